"""What happens by the clock happens because the beat fires it: each day here is every entry of its table that has an
hour, in that order, twice, as two beats fire it; then what was written is told.
"""

import re
from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from celery.schedules import crontab
from django.conf import settings
from django.utils import timezone
from django.utils.module_loading import import_string

from accounts.models import User
from config.queues import OWN_PREFIX, beat_schedule
from ledger.models import OutboxEvent
from matching.choices import ExchangeState, RunKind
from matching.models import Exchange, MatchRun
from notifications.inbox import inbox_of
from notifications.models import Delivery, Notice
from notifications.planning import plan
from tests.agreements import make_agreement, make_commitment
from tests.builders import make_config, make_need, make_organization, make_resource, principal_of
from tests.conftest import World
from tests.cooperations import make_cooperation, make_milestone
from tests.events import make_event, make_registration
from tests.exchanges import make_exchange
from tests.requests import make_request
from tests.reviews import make_call, make_review
from zones.models import Resource
from zones.scoping import today
from zones.services.calendar import after_working_days

CHINA = timezone.get_default_timezone()
PAGE = Path(settings.BASE_DIR) / "docs" / "operations.md"
TABLE = beat_schedule(15)
DAY = timedelta(days=1)
Clock = Callable[[date], None]


def hours_of(when: Any) -> list[tuple[int, int]]:
    """(hour, minute) of an entry; none of one that is fired every few seconds."""
    if not isinstance(when, crontab):
        return []
    at: Any = when
    return [(hour, minute) for hour in at.hour for minute in at.minute]


BY_THE_HOUR = sorted((*at, entry["task"]) for entry in TABLE.values() for at in hours_of(entry["schedule"]))


@pytest.fixture
def clock(world: World, time_machine: Any) -> Clock:
    make_config()

    def live(day: date) -> None:
        for hour, minute, task in BY_THE_HOUR:
            time_machine.move_to(datetime(day.year, day.month, day.day, hour, minute, tzinfo=CHINA), tick=False)
            for _beat in range(2):
                import_string(task)()
        plan()

    return live


def told(user: User) -> list[str]:
    """What kinds of notices, the oldest first; but for reports of figures, which every first of a month brings."""
    rows = inbox_of(principal_of(user)).exclude(kind="figures.reported")
    return [kind.partition(".")[2] or kind for kind in reversed(list(rows.values_list("kind", flat=True)))]


def test_what_the_beat_fires_stands_on_the_operators_page_with_its_hour() -> None:
    section = PAGE.read_text(encoding="utf-8").split("## What happens by the clock")[1].split("\n## ")[0]
    named = set(re.findall(r"^\| `([^`]+)` \| ([^|]+) \|", section, re.MULTILINE))
    expected = {(name.removeprefix(OWN_PREFIX), _spelled(entry["schedule"])) for name, entry in TABLE.items()}
    assert {pair for pair in named if pair[0] in dict(expected)} == expected
    for test in re.findall(r"`(tests/[\w/]+\.py)`", section):
        assert (PAGE.parents[1] / test).is_file(), test


def _spelled(when: Any) -> str:
    if not isinstance(when, crontab):
        return {15: "every tick", 5: "every 5 s", 60: "every minute"}[when]
    hours = hours_of(when)
    return ", ".join(f"{hour}:{minute:02}" for hour, minute in sorted(hours))


def test_a_need_is_told_of_three_times_before_its_day_and_once_after_it(world: World, clock: Clock) -> None:
    ends = today() + 31 * DAY
    make_need(organization=world.enterprise, zone=world.east, expires_on=ends)
    seen = {}
    for days in (31, 30, 29, 8, 7, 6, 2, 1, 0, -1):
        clock(ends - days * DAY)
        seen[days] = told(world.eve)
    terms = ["expiring_30", "expiring_7", "expiring_1", "expired"]
    assert [seen[days] for days in (31, 30, 29, 8, 7, 6, 2)] == [[], *[terms[:1]] * 3, *[terms[:2]] * 3]
    assert [seen[days] for days in (1, 0, -1)] == [terms[:3], terms, terms]
    assert (told(world.ana), told(world.lin), told(world.cy)) == (terms, [], [])


def test_a_site_that_was_down_tells_the_nearest_term_alone(world: World, clock: Clock) -> None:
    ends = today() + 5 * DAY
    make_need(organization=world.enterprise, zone=world.east, expires_on=ends)
    clock(today())
    assert told(world.eve) == ["expiring_7"]


def test_an_interest_is_reminded_of_reported_and_expires(world: World, clock: Clock) -> None:
    need = make_need(organization=world.enterprise, zone=world.east, expires_on=today() + 300 * DAY)
    resource = make_resource(organization=world.laboratory, confirmed_on=today())
    begin = today()
    terms = {"remind_on": 3, "answer_due_on": 5, "expires_on": 15}
    row = make_exchange(need, resource, **{name: after_working_days(begin, days) for name, days in terms.items()})
    for day in (row.remind_on - DAY, row.remind_on, row.answer_due_on, row.expires_on - DAY, row.expires_on):
        clock(day)
    assert told(world.lin) == ["reminded", "expired"]
    assert told(world.bo) == ["reminded", "overdue", "expired"]
    assert (told(world.ana), told(world.eve)) == (["overdue", "expired"], ["expired"])


def test_a_negotiation_that_has_fallen_silent_is_told_of_to_both(world: World, clock: Clock) -> None:
    need = make_need(organization=world.enterprise, zone=world.east)
    resource = make_resource(organization=world.laboratory, confirmed_on=today())
    make_exchange(need, resource, state=ExchangeState.NEGOTIATING)
    Exchange.plain.update(stirred_at=timezone.now())
    begin = today()
    for days in (13, 15, 16):
        clock(begin + days * DAY)
        expected = ["stale"] if days > 13 else []
        assert (told(world.eve), told(world.lin)) == (expected, expected)


def test_an_agreement_is_told_of_three_times_before_its_day_and_ends_after_it(world: World, clock: Clock) -> None:
    last = today() + 31 * DAY
    make_agreement(world.east, world.laboratory, valid_to=last)
    for days in (31, 30, 29, 7, 6, 1, 0, -1, -2):
        clock(last - days * DAY)
    told_of = ["expiring_30", "expiring_7", "expiring_1", "expired"]
    assert (told(world.ana), told(world.lin), told(world.cy)) == (told_of, told_of, [])


def test_resources_are_confirmed_by_their_owner_or_the_zone_is_told(world: World, clock: Clock) -> None:
    """Asked after half a year, once a week; after a month without an answer the staff are told, as they are at once of
    what belongs to nobody with an account.
    """
    begin = today()
    make_resource(organization=world.laboratory, confirmed_on=begin - 170 * DAY)
    make_resource(organization=make_organization(zone=world.east), confirmed_on=begin - 170 * DAY)
    clock(begin)
    assert (told(world.lin), told(world.bo), told(world.ana)) == ([], [], [])
    for day in (11, 12, 18):
        clock(begin + day * DAY)
    weeks = len({(begin + day * DAY).isocalendar().week for day in (11, 12, 18)})
    assert told(world.lin) == ["resources_stale"] * weeks
    assert (told(world.bo), told(world.ana)) == ([], ["resources_unanswered"] * weeks)
    clock(begin + 41 * DAY)
    assert told(world.bo) == ["resources_unanswered"]
    Resource.plain.update(confirmed_on=today())
    before = OutboxEvent.objects.filter(kind__contains="resources_").count()
    clock(begin + 60 * DAY)
    assert OutboxEvent.objects.filter(kind__contains="resources_").count() == before
    assert Resource.plain.filter(status="active").count() == 2


def test_a_night_matches_everything_anew_once(world: World, clock: Clock) -> None:
    for day in (1, 2):
        clock(today() + DAY)
        MatchRun.plain.filter(kind=RunKind.FULL).update(state="published", published_at=timezone.now())
        assert MatchRun.plain.filter(kind=RunKind.FULL, reason="nightly").count() == day


def test_what_waits_becomes_a_digest_at_its_hour(world: World, clock: Clock, monkeypatch: Any) -> None:
    User.objects.filter(pk=world.ana.pk).update(email="ana@example.cn")
    make_need(organization=world.enterprise, zone=world.east, expires_on=today() + 20 * DAY)
    clock(today())
    assert Notice.plain.filter(user=world.ana, rhythm="daily", delivery__isnull=True).exists()
    monday = today() + (7 - today().weekday()) * DAY
    for hour, count in ((8, 0), (9, 1), (10, 1)):
        moment = datetime(monday.year, monday.month, monday.day, hour, tzinfo=CHINA)
        monkeypatch.setattr("notifications.digests.china_now", lambda moment=moment: moment)
        import_string(TABLE[f"{OWN_PREFIX}look for notices"]["task"])()
        assert Delivery.plain.filter(user=world.ana, kind="daily").count() == count


def test_everything_else_that_is_due_is_told_once(world: World, clock: Clock) -> None:
    day = today() + DAY
    resource = make_resource(organization=world.laboratory, confirmed_on=today())
    make_review(make_need(zone=world.east, state="in_review", organization=world.enterprise), due_on=day)
    make_request(organization=world.enterprise, resource=resource, remind_on=day, due_on=day + DAY)
    make_milestone(make_cooperation(world.enterprise, world.laboratory), due_on=day + 3 * DAY)
    make_commitment(make_agreement(world.east, world.laboratory), due_on=day + 3 * DAY)
    make_call(world.alliance, closes_on=day + DAY)
    starts = datetime(day.year, day.month, day.day, 14, tzinfo=CHINA) + DAY
    times: dict[str, Any] = {"starts_at": starts, "meetings_start_at": starts, "ends_at": starts + timedelta(hours=6)}
    event = make_event(zone=world.east, registration_closes_at=starts, **times)
    make_registration(event, world.enterprise)
    clock(day)
    kinds = OutboxEvent.objects.order_by("kind").values_list("kind", flat=True)
    assert [kind for kind in kinds if kind in DUE] == sorted(DUE)
    clock(day + DAY)
    late = {"need.review_due": 2, "service_request.overdue": 0, "event.running": 1}
    for kind, count in late.items():
        assert OutboxEvent.objects.filter(kind=kind).count() == count, kind


DUE = {
    "need.review_due", "service_request.reminder", "cooperation.milestone_due", "agreement.commitment_due",
    "call.closing_1", "event.tomorrow",
}  # fmt: skip
