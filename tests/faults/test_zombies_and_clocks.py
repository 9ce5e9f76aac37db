"""A sender that wakes after its lease, one whose clock is two hours off: neither says anything twice or too soon."""

import signal
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

import pytest
from django.utils import timezone

from accounts.models import User
from accounts.sealing import seal
from notifications.channels import webhook
from notifications.channels.registry import CHANNELS
from notifications.choices import DeliveryState as State
from notifications.delivering import AT_A_TIME
from notifications.hours import china_now
from notifications.models import Delivery, Endpoint, NoticeSettings
from tests.conftest import World
from tests.faults.outside import ALL_DUE, ROBOTS, Outside, happen, make_recipients, standing_outside
from tests.faults.senders import (
    Order,
    broken_invariants,
    database_now,
    ended,
    overdue,
    run,
    settle,
    started,
    until_it_stops,
    wait_until,
    wake,
)
from tests.faults.test_notification_kills import ONCE_EACH, came, unknown

pytestmark = [pytest.mark.faults, pytest.mark.django_db(transaction=True)]

AHEAD_AND_BEHIND = pytest.mark.parametrize("hours", [2.0, -2.0])
OLD_SECRET = webhook.new_secret()


@pytest.fixture
def outside(world: World) -> Iterator[Outside]:
    """Everybody who is to be told, with all planned."""
    with standing_outside() as running:
        make_recipients(world, running)
        happen(world)
        assert run(Order(works=("plan", "look"))) == 0
        yield running


def test_senders_that_fall_silent_lose_the_places_of_their_channel(outside: Outside) -> None:
    """Stopped, or cut off: both places are taken until PostgreSQL has heard nothing of them for long enough."""
    silent = Order(works=("mail",), mail_port=outside.mail_port, stops_at="before_send", place_seconds=3)
    stopped = [started(silent) for _place in range(AT_A_TIME)]
    for one in stopped:
        until_it_stops(one)
    mails = Delivery.plain.filter(channel="mail")
    assert run(Order(works=("mail",), mail_port=outside.mail_port)) == 0
    assert not mails.filter(state=State.SENT).exists()
    time.sleep(silent.place_seconds + 1)
    settle(Order(works=("mail",), mail_port=outside.mail_port))
    assert not mails.exclude(state=State.SENT).exists()
    for one in stopped:
        assert wake(one) != 0
    different, in_all = came(outside)["mail"]
    assert different == in_all == ALL_DUE["mail"]


@pytest.mark.parametrize("point", ["before_send", "after_send"])
def test_a_sender_that_wakes_after_its_lease_changes_nothing(outside: Outside, point: str) -> None:
    """It sends nothing where it had not, and what it has to say of what it sent is not heard."""
    port = outside.mail_port
    zombies = [started(Order(works=(channel,), mail_port=port, stops_at=point)) for channel in CHANNELS]
    for zombie in zombies:
        until_it_stops(zombie)
    wait_until(lambda: overdue().count() == len(zombies))
    settle(Order(mail_port=port))
    told = sorted(Delivery.plain.values_list("pk", "state", "fence", "finished_at"))
    for zombie in zombies:
        assert wake(zombie) == 0
    assert sorted(Delivery.plain.values_list("pk", "state", "fence", "finished_at")) == told
    was_sent = point == "after_send"
    for channel, (different, in_all) in came(outside).items():
        is_robot = channel in ROBOTS
        assert different == ALL_DUE[channel] - (is_robot and not was_sent)
        assert in_all == different + (was_sent and not is_robot)
        assert unknown()[channel] == is_robot
    assert broken_invariants() == {}


@AHEAD_AND_BEHIND
def test_a_lease_is_kept_whatever_another_s_clock_says(outside: Outside, hours: float) -> None:
    """One waits for every receiver; another with its own clock finds nothing that was left."""
    for channel in CHANNELS:
        outside.hold(channel)
    port = outside.mail_port
    holders = [started(Order(works=(channel,), mail_port=port, lease_seconds=30)) for channel in CHANNELS]
    wait_until(lambda: Delivery.plain.filter(state=State.LEASED).count() == len(CHANNELS))
    Delivery.plain.filter(state=State.PENDING).update(next_at=timezone.now() + timedelta(hours=1))
    stranger = Order(mail_port=port, clock_hours=hours, patience_seconds=5)
    assert run(stranger) == 0
    leased = Delivery.plain.filter(state=State.LEASED)
    assert (leased.count(), set(leased.values_list("fence", flat=True))) == (len(CHANNELS), {1})
    outside.release()
    assert [ended(one) for one in holders] == [0] * len(CHANNELS)
    assert Delivery.plain.filter(state=State.SENT).count() == len(CHANNELS)
    assert run(stranger) == 0
    assert Delivery.plain.filter(state=State.SENT).count() == len(CHANNELS), "due in an hour"


@AHEAD_AND_BEHIND
def test_who_dies_with_a_wrong_clock_is_followed_up_like_any_other(outside: Outside, hours: float) -> None:
    for channel in CHANNELS:
        order = Order(works=(channel,), mail_port=outside.mail_port, clock_hours=hours, crash_at="before_send:1")
        assert run(order) == -signal.SIGKILL
    settle(Order(mail_port=outside.mail_port, clock_hours=-hours))
    assert {channel: count for channel, count in unknown().items() if count} == dict.fromkeys(ROBOTS, 1)
    assert {channel: came(outside)[channel] for channel in ("mail", "webhook")} == {
        channel: ONCE_EACH[channel] for channel in ("mail", "webhook")
    }


@AHEAD_AND_BEHIND
def test_what_is_signed_and_dated_has_the_time_of_the_database(outside: Outside, hours: float) -> None:
    """A former secret is good until then too."""
    now = database_now()
    left = timedelta(hours=1) if hours > 0 else -timedelta(hours=1)
    Endpoint.plain.filter(kind="webhook").update(sealed_former=seal(OLD_SECRET), former_until=now + left)
    assert run(Order(mail_port=outside.mail_port, clock_hours=hours)) == 0
    assert came(outside) == ONCE_EACH
    headers, body = outside.asked["webhook"][0]
    times = [datetime.fromtimestamp(int(headers["webhook-timestamp"]), tz=now.tzinfo)]
    times += [parsedate_to_datetime(str(mail["Date"])).replace(tzinfo=UTC) for mail in outside.mail.mails]
    assert max(abs(time - now) for time in times) < timedelta(minutes=5)
    old = webhook.signature(OLD_SECRET, headers["webhook-id"], int(headers["webhook-timestamp"]), body)
    assert (old in headers["webhook-signature"].split(" ")) == (left > timedelta())


def test_a_digest_is_built_at_its_hour_and_no_other_s(outside: Outside, world: World) -> None:
    """By a clock that is ahead it would be too early, by one that is behind too late."""
    Delivery.plain.filter(kind="daily").delete()
    hour = china_now().hour
    NoticeSettings.plain.filter(user=world.ana).update(digest_hour=min(hour + 1, 23))
    assert run(Order(works=("look",), clock_hours=2)) == 0
    assert Delivery.plain.filter(kind="daily").count() == (hour == 23)
    NoticeSettings.plain.filter(user=world.ana).update(digest_hour=china_now().hour)
    assert run(Order(works=("look",), clock_hours=-2)) == 0
    assert Delivery.plain.get(kind="daily").user == User.objects.get(pk=world.ana.pk)
