"""Notices survive `kill -9` at every named point: nobody misses anything, and at most the one mail that was on its way
comes twice, under the same id.
"""

import os
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from functools import partial
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.utils import timezone

from accounts.models import User
from ledger.events import record_event
from notifications.choices import DeliveryState as State
from notifications.models import Delivery, Notice
from notifications.planning import plan
from notifications.subscribing import set_times
from tests.builders import make_need, make_role, make_user
from tests.conftest import World
from tests.faults.test_run_kills import REPOSITORY, database_url
from tests.notifications.sink import Sink, sink
from zones.choices import Role

pytestmark = [pytest.mark.faults, pytest.mark.django_db(transaction=True)]

LEASE_SECONDS = 1
MEMBERS = 3
DAY_AND_NIGHT = {"quiet_from": 0, "quiet_to": 0, "digest_hour": 0, "is_working_days_only": False}


@pytest.fixture
def server() -> Iterator[tuple[Sink, int]]:
    with sink() as running:
        yield running


@pytest.fixture
def due(world: World) -> int:
    """Three members of an enterprise: one mail at once for each, and a digest for a colleague of the zone's staff."""
    for number in range(MEMBERS):
        member = make_user(f"member{number}", email=f"member{number}@example.cn")
        make_role(member, Role.ORGANIZATION_MEMBER, organization=world.enterprise)
        set_times(member, **DAY_AND_NIGHT)
    User.objects.filter(pk=world.ana.pk).update(email="ana@example.cn")
    set_times(world.ana, **DAY_AND_NIGHT)
    for kind in ("need.returned", "need.expired"):
        need = make_need(organization=world.enterprise)
        record_event(kind, object_type="matching.need", public_id=need.public_id)
    return 2 * MEMBERS + 1


def dispatch(port: int, folder: Path, *, crash_at: str = "", lease_seconds: int = LEASE_SECONDS) -> int:
    """A process of its own that plans, builds and sends; returns how it ended."""
    environment = os.environ | {
        "DATABASE_URL": database_url(),
        "REDIS_URL": settings.REDIS_URL,
        "DATA_DIR": str(folder),
        "EMAIL_URL": f"smtp://127.0.0.1:{port}",
        "LEASE_SECONDS": str(lease_seconds),
        "CRASH_AT": crash_at,
    }
    command = [sys.executable, "manage.py", "dispatch", "--once"]
    return subprocess.run(command, env=environment, cwd=REPOSITORY, check=False, capture_output=True).returncode


def arrived(server: Sink) -> Counter[str]:
    return Counter(str(mail["Message-ID"]) for mail in server.mails)


def settle(port: int, folder: Path) -> None:
    """As long as a beat would: until nothing is under way."""
    for _round in range(5):
        time.sleep(LEASE_SECONDS + 0.3)
        assert dispatch(port, folder) == 0
        if not Delivery.plain.filter(state__in=(State.PENDING, State.LEASED)).exists():
            return


@pytest.mark.parametrize(
    ("crash_at", "twice"),
    [
        ("before_plan_commit:1", 0),
        ("before_digest_commit:1", 0),
        ("after_claim:1", 0),
        ("before_send:2", 0),
        ("after_send:1", 1),
        ("after_send:3", 1),
    ],
)
def test_nobody_misses_a_mail_whatever_is_killed(
    due: int, server: tuple[Sink, int], tmp_path: Path, crash_at: str, twice: int
) -> None:
    handler, port = server
    assert dispatch(port, tmp_path, crash_at=crash_at) == -signal.SIGKILL
    settle(port, tmp_path)
    came = arrived(handler)
    assert len(came) == due
    assert sum(came.values()) == due + twice
    assert set(Delivery.plain.values_list("state", flat=True)) == {State.SENT}


def test_two_that_send_at_once_send_nothing_twice(due: int, server: tuple[Sink, int], tmp_path: Path) -> None:
    """A lease that a busy machine cannot outlast: who loses one is sent twice by right."""
    handler, port = server
    both = [Thread(target=partial(dispatch, port, tmp_path, lease_seconds=60)) for _number in range(2)]
    for one in both:
        one.start()
    for one in both:
        one.join()
    settle(port, tmp_path)
    assert sorted(arrived(handler).values()) == [1] * due


def test_a_server_that_is_away_loses_nothing(due: int, server: tuple[Sink, int], tmp_path: Path) -> None:
    handler, port = server
    assert dispatch(1, tmp_path) == 0
    assert arrived(handler) == Counter()
    Delivery.plain.update(next_at=timezone.now() - timedelta(seconds=1))
    settle(port, tmp_path)
    assert sorted(arrived(handler).values()) == [1] * due


def test_events_of_many_writers_are_planned_once_each(world: World) -> None:
    """Four connections write while two plan: every event is told once to each, whichever commits last."""
    needs = [make_need(organization=world.enterprise) for _number in range(20)]

    def write(part: list[Any]) -> None:
        for need in part:
            record_event("need.opened", object_type="matching.need", public_id=need.public_id)
        connection.close()

    def keep_planning() -> None:
        for _turn in range(10):
            plan()
        connection.close()

    threads = [Thread(target=write, args=(needs[start::4],)) for start in range(4)]
    threads += [Thread(target=keep_planning) for _number in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    plan()
    assert Notice.plain.filter(user=world.eve).count() == len(needs)
