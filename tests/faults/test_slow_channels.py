"""One channel that keeps silent delays no other: the sender as a site runs it, and each channel silent in turn."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.conf import settings

from config.queues import DELIVERY_QUEUES
from config.up.application import WORKER_ENVIRONMENT
from ledger.models import OutboxEvent
from notifications.channels.registry import CHANNELS
from notifications.choices import DeliveryState as State
from notifications.delivering import ring_for_due
from notifications.digests import build_due
from notifications.models import Delivery
from notifications.planning import plan
from tests.conftest import World
from tests.faults.outside import Outside, happen, make_recipients, standing_outside
from tests.faults.senders import broken_invariants, wait_until
from tests.faults.test_run_kills import REPOSITORY, database_url

pytestmark = [pytest.mark.faults, pytest.mark.django_db(transaction=True)]

LEASE_SECONDS = 3


@pytest.fixture
def outside(world: World) -> Iterator[Outside]:
    with standing_outside() as running:
        make_recipients(world, running)
        yield running


@contextmanager
def sender(outside: Outside, folder: Path, **more: str) -> Iterator["subprocess.Popen[bytes]"]:
    """The one process that sends, with its threads and queues, on the test's database."""
    environment = os.environ | WORKER_ENVIRONMENT | {
        "DATABASE_URL": database_url(),
        "REDIS_URL": settings.REDIS_URL,
        "SECRET_KEY": settings.SECRET_KEY,
        "PYTHONPATH": os.pathsep.join(str(REPOSITORY / folder) for folder in ("", "platform")),
        "DATA_DIR": str(folder),
        "EMAIL_URL": f"smtp://127.0.0.1:{outside.mail_port}",
        "EMAIL_TIMEOUT": "60",
        "MAIL_DEADLINE_SECONDS": "60",
        "LEASE_SECONDS": str(LEASE_SECONDS),
        **more,
    }  # fmt: skip
    command = [sys.executable, "-m", "celery", "-A", "tests.faults.local_sender", "worker", "--without-gossip",
               "--without-mingle", "--pool", "threads", "--concurrency", str(2 * len(DELIVERY_QUEUES)),
               "--queues", ",".join(DELIVERY_QUEUES)]  # fmt: skip
    process = subprocess.Popen(
        command, env=environment, cwd=REPOSITORY, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        yield process
    finally:
        process.kill()
        process.wait()


def beat() -> None:
    """What the beat's tick does."""
    Delivery.plain.update(rung_at=None)
    ring_for_due()


def are_all_sent(channels: set[str]) -> bool:
    return not Delivery.plain.filter(channel__in=channels).exclude(state=State.SENT).exists()


def test_a_silent_channel_keeps_no_other_waiting_and_its_lease(world: World, outside: Outside, tmp_path: Path) -> None:
    """Longer than a lease lasts: it is renewed, so that nobody sends the same beside it."""
    with sender(outside, tmp_path):
        for slow in CHANNELS:
            others = set(CHANNELS) - {slow}
            outside.hold(slow)
            happen(world)
            plan()
            build_due()
            wait_until(lambda others=others: are_all_sent(others), ring=beat)  # type: ignore[misc]
            held = Delivery.plain.filter(channel=slow, state=State.LEASED)
            wait_until(held.exists, ring=beat)
            before = set(held.values_list("pk", "fence"))
            assert not Delivery.plain.filter(channel=slow, state=State.SENT, pk__in=[pk for pk, _fence in before])
            time.sleep(LEASE_SECONDS + 1)
            assert set(held.values_list("pk", "fence")) == before
            outside.release()
            wait_until(lambda: are_all_sent(set(CHANNELS)), ring=beat)
    assert {max(outside.arrived(channel).values()) for channel in ("mail", "webhook")} == {1}
    rounds = len(CHANNELS)
    assert {channel: sum(outside.arrived(channel).values()) for channel in CHANNELS} == {
        channel: Delivery.plain.filter(channel=channel).count() for channel in CHANNELS
    }
    assert OutboxEvent.objects.filter(kind="need.returned").count() == rounds
    assert broken_invariants() == {}
