"""PostgreSQL or Valkey is killed, or Valkey emptied again and again, or a process killed, while a site plans and sends
with two beats and two senders: nobody misses anything, and only what was on its way comes twice.
"""

import json
import os
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Final

import pytest
import redis

from tests.faults.sending_site import Site, sending_site
from tests.sites import REPOSITORY, wait_until

pytestmark = pytest.mark.faults

WITHIN_SECONDS: Final = 240.0
MEMBERS: Final = 40
SECONDS_A_MAIL: Final = 0.15
"""So that a round of mails takes some seconds, in which something can happen."""
SENDERS: Final = 2
ON_THEIR_WAY: Final = 2
"""Places of a channel: so many messages may be between our question and their answer."""
PEOPLE: Final = f"""
from tests.builders import *
from notifications.subscribing import set_times
zone = make_zone(slug="east", name_zh="东方高新区")
owner = make_organization(name_zh="东方微电子", zone=zone)
for number in range({MEMBERS}):
    member = make_user(f"member{{number}}", email=f"member{{number}}@example.cn")
    make_role(member, "organization_member", organization=owner)
    set_times(member, quiet_from=0, quiet_to=0, most_mails_a_day=100)
"""
HAPPENS: Final = """
from accounts.models import User
from ledger.events import record_event
from tests.builders import make_need
from zones.models import Organization
author = User.objects.get(username="member0")
need = make_need(organization=Organization.plain.get(name_zh="东方微电子"), author=author, title_zh="仪器检测")
record_event("need.returned", object_type="matching.need", public_id=need.public_id)
"""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """With another beat beside that of the supervisor, a worker and two senders."""
    with sending_site(tmp_path_factory.mktemp("site"), LEASE_SECONDS="5", TICK_SECONDS="2") as found:
        found.mail.seconds_each = SECONDS_A_MAIL
        found.shell(PEOPLE)
        found.start_beat()
        found.start_worker()
        for number in range(SENDERS):
            found.start_sender(number)
        yield found


def kill_server(name: str) -> Callable[[Site], None]:
    def killed(site: Site) -> None:
        pid = site.run.child(name).pid
        assert pid is not None
        os.kill(pid, signal.SIGKILL)

    return killed


def empty_the_queue(site: Site) -> None:
    """Nine times while mails go out."""
    with redis.Redis.from_url(site.environment["REDIS_URL"]) as client:
        for round_number in range(9):
            came = len(site.mail.mails)
            client.flushall()
            wait_until(lambda came=came, last=round_number == 8: last or len(site.mail.mails) > came)  # type: ignore[misc]


def kill_sender(site: Site) -> None:
    """And start another in its place, as the supervisor would."""
    site.end("sender-0")
    site.start_sender(0)


def let_be(site: Site) -> None:
    """Nothing happens but two beats and two senders."""


FAULTS: Final[dict[str, tuple[Callable[[Site], None], int]]] = {
    "none": (let_be, 0),
    "valkey is killed": (kill_server("valkey"), 0),
    "valkey is emptied": (empty_the_queue, 0),
    "postgres is killed": (kill_server("postgres"), ON_THEIR_WAY),
    "a sender is killed": (kill_sender, ON_THEIR_WAY),
}


@pytest.mark.parametrize("name", list(FAULTS))
def test_everybody_is_told_and_twice_only_what_was_on_its_way(site: Site, name: str) -> None:
    fault, most_twice = FAULTS[name]
    before = site.asked("SELECT count(*) FROM notifications_delivery")
    site.mail.mails.clear()
    site.shell(HAPPENS)
    wait_until(lambda: len(site.mail.mails) > MEMBERS // 8, seconds=WITHIN_SECONDS)
    fault(site)
    wait_until(lambda: site.is_settled(before + MEMBERS), seconds=WITHIN_SECONDS)
    came = Counter(str(mail["Message-ID"]) for mail in site.mail.mails)
    assert len(came) == MEMBERS
    assert sum(came.values()) - MEMBERS <= most_twice
    assert site.asked("SELECT count(*) FROM notifications_delivery WHERE state <> 'sent'") == 0
    assert site.asked("SELECT count(*) FROM notifications_notice WHERE user_id IS NOT NULL") == before + MEMBERS
    assert broken(site) == {}


def broken(site: Site) -> dict[str, int]:
    command = [sys.executable, str(REPOSITORY / "manage.py"), "check_invariants", "--json"]
    found = subprocess.run(command, cwd=REPOSITORY, env=site.environment, check=False, capture_output=True).stdout
    return {name: count for name, count in json.loads(found).items() if count}
