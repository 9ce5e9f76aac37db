"""Digests: at the account's hour in China, on working days, once; of what may be read when it is sent."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from io import StringIO
from typing import Any

import pytest
from django.core import mail
from django.core.management import call_command
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import User
from ledger.events import record_event
from ledger.models import OutboxEvent
from matching.models import Need
from notifications.channels.base import Outgoing
from notifications.channels.registry import CHANNELS
from notifications.choices import DeliveryKind, Rhythm, Way
from notifications.choices import DeliveryState as State
from notifications.composing import Nothing, compose
from notifications.delivering import claim, deliver_due
from notifications.digests import build_due
from notifications.hours import first_hour_outside, is_daily_due, is_weekly_due
from notifications.inbox import mark_all_read
from notifications.models import Delivery, Endpoint, Notice, NoticeSettings
from notifications.planning import plan
from notifications.subscribing import choose, set_times
from notifications.sweeping import sweep
from tests.builders import make_need, make_resource, make_role, make_special_day, make_user, principal_of
from tests.conftest import World
from zones.models import Resource
from zones.scoping import today

CHINA = timezone.get_default_timezone()
WEDNESDAY = datetime(2026, 11, 25, 9, 0, tzinfo=CHINA)


@pytest.fixture
def ana(world: World) -> User:
    """Staff of zone East, with two notices for her daily digest."""
    User.objects.filter(pk=world.ana.pk).update(email="ana@example.cn")
    for number in range(2):
        need = make_need(organization=world.enterprise, title_zh=f"需求{number}")
        record_event("need.expired", object_type="matching.need", public_id=need.public_id)
    plan()
    return world.ana


def digests() -> list[Delivery]:
    return list(Delivery.plain.filter(kind=DeliveryKind.DAILY))


def test_what_waits_is_sent_in_one_mail_at_its_hour_once_a_day(ana: User) -> None:
    assert build_due(WEDNESDAY - timedelta(minutes=1)) == 0
    assert build_due(WEDNESDAY) == 1
    assert build_due(WEDNESDAY + timedelta(hours=3)) == 0
    assert [row.dedupe_key for row in digests()] == [f"daily:2026-11-25:u{ana.pk}"]
    deliver_due(Way.MAIL)
    (sent,) = mail.outbox
    assert sent.subject == "高新链每日汇总：2 条"
    assert "需求0" in sent.body
    assert "需求1" in sent.body
    assert "一键退订" in sent.body


def test_what_comes_after_the_digest_of_a_day_goes_with_the_next(ana: User, world: World) -> None:
    build_due(WEDNESDAY)
    deliver_due(Way.MAIL)
    late = make_need(organization=world.enterprise, title_zh="晚到")
    record_event("need.expired", object_type="matching.need", public_id=late.public_id)
    plan()
    build_due(WEDNESDAY + timedelta(hours=5))
    assert Notice.plain.filter(user=ana, delivery__isnull=True).count() == 1
    build_due(WEDNESDAY + timedelta(days=1))
    assert len(digests()) == 2
    assert not Notice.plain.filter(user=ana, delivery__isnull=True).exists()


def test_what_was_read_on_the_site_is_not_mailed_again(ana: User) -> None:
    build_due(WEDNESDAY)
    mark_all_read(principal_of(ana))
    deliver_due(Way.MAIL)
    assert digests()[0].state == State.CANCELLED
    assert mail.outbox == []


@pytest.mark.parametrize(
    ("day", "is_working_only", "is_due"),
    [(28, True, False), (28, False, True), (26, True, True)],
)
def test_days_off_have_no_digest(ana: User, day: int, is_working_only: bool, is_due: bool) -> None:
    set_times(ana, is_working_days_only=is_working_only)
    assert build_due(WEDNESDAY.replace(day=day)) == is_due


def test_a_holiday_is_no_working_day_though_it_is_a_wednesday(ana: User) -> None:
    make_special_day(day=WEDNESDAY.date(), is_working=False)
    assert build_due(WEDNESDAY) == 0


@pytest.mark.parametrize(
    ("weekday", "hour", "day", "is_due"),
    [(2, 9, 25, True), (2, 10, 25, False), (3, 9, 25, False), (0, 9, 25, True), (5, 9, 27, False)],
)
def test_a_week_s_digest_is_due_on_its_day_or_after_it_in_the_same_week(
    weekday: int, hour: int, day: int, is_due: bool
) -> None:
    settings = NoticeSettings(digest_weekday=weekday, digest_hour=hour)
    assert is_weekly_due(settings, WEDNESDAY.replace(day=day), is_worked=True) == is_due
    assert not is_daily_due(NoticeSettings(digest_hour=23), WEDNESDAY, is_worked=True)


@pytest.mark.parametrize(
    ("hour", "begin", "end", "until"),
    [
        (23, 22, 7, (26, 7)),
        (3, 22, 7, (25, 7)),
        (7, 22, 7, None),
        (12, 22, 7, None),
        (13, 12, 14, (25, 14)),
        (3, 5, 5, None),
    ],
)
def test_quiet_hours_end_in_the_morning(hour: int, begin: int, end: int, until: Any) -> None:
    now = WEDNESDAY.replace(hour=hour, minute=30)
    settings = NoticeSettings(quiet_from=begin, quiet_to=end)
    wanted = until and WEDNESDAY.replace(day=until[0], hour=until[1])
    assert first_hour_outside(settings, now) == wanted


def test_a_dry_run_says_what_would_be_sent_and_keeps_nothing(world: World) -> None:
    User.objects.filter(pk=world.eve.pk).update(email="eve@example.cn")
    set_times(world.eve, quiet_from=0, quiet_to=0)
    need = make_need(organization=world.enterprise, title_zh="降低光刻胶缺陷")
    record_event("need.returned", object_type="matching.need", public_id=need.public_id)
    out = StringIO()
    call_command("dispatch", "--dry-run", stdout=out)
    assert "mail" in out.getvalue()
    assert "需求被退回修改：降低光刻胶缺陷" in out.getvalue()
    assert not Delivery.plain.exists()
    call_command("dispatch", "--once", stdout=out)
    assert [sent.subject for sent in mail.outbox] == ["需求被退回修改：降低光刻胶缺陷"]


def test_days_that_come_near_are_told_once_each_in_the_nearest_term(world: World) -> None:
    for days in (1, 5, 20, 40):
        make_need(organization=world.enterprise, expires_on=today() + timedelta(days=days))
    sweep()
    sweep()
    kinds = OutboxEvent.objects.filter(kind__startswith="need.expiring").values_list("kind", flat=True)
    assert sorted(kinds) == ["need.expiring_1", "need.expiring_30", "need.expiring_7"]


def test_stale_resources_are_told_together_and_not_when_they_were_confirmed(world: World) -> None:
    for _number in range(3):
        make_resource(organization=world.laboratory, confirmed_on=today() - timedelta(days=200))
    sweep()
    plan()
    assert Notice.plain.get(user=world.lin, kind="organization.resources_stale").rhythm == Rhythm.OFF
    Resource.plain.update(confirmed_on=today())
    assert Notice.plain.filter(user=world.lin).count() == 1


def test_a_robot_gets_a_weekly_digest_and_a_webhook_everything_at_once(world: World) -> None:
    """Each as far as the staff of its zone may see."""
    for kind in ("wecom", "webhook"):
        Endpoint.plain.create(kind=kind, name=kind, zone=world.east, language="en")
    need = make_need(organization=world.enterprise, title_zh="降低光刻胶缺陷", title_en="Fewer defects")
    record_event("need.expired", object_type="matching.need", public_id=need.public_id)
    plan()
    at_once = Delivery.plain.get(endpoint__isnull=False)
    assert (at_once.channel, at_once.kind) == (Way.WEBHOOK, DeliveryKind.NOTICE)
    assert build_due(WEDNESDAY) == 1
    weekly = Delivery.plain.get(channel=Way.WECOM)
    assert weekly.dedupe_key == f"weekly:2026-11-23:e{weekly.endpoint_id}"
    for delivery in (at_once, weekly):
        assert delivery.endpoint is not None
        message = compose(delivery)
        assert isinstance(message, Outgoing)
        assert [item.title for item in message.items] == ["Need has expired: Fewer defects"]
        assert message.why == "This group is told because the need belongs to your organization or zone."
        assert message.stop_url.endswith(f"/account/endpoints/{delivery.endpoint.public_id}/")
    Need.plain.update(zone=world.far, state="draft")
    assert isinstance(compose(weekly), Nothing)


def test_a_sender_asks_five_questions_for_each_digest(world: World) -> None:
    """Claim, notices, what may be read of their records, whether it is still the sender's, and what became of it."""
    asked = []
    for people in (1, 4):
        for number in range(people):
            user = make_user(f"member{people}{number}", email=f"m{people}{number}@example.cn")
            make_role(user, "organization_member", organization=world.enterprise)
            choose(user, topic="needs", way="mail", rhythm="daily")
        need = make_need(organization=world.enterprise)
        record_event("need.expired", object_type="matching.need", public_id=need.public_id)
        plan()
        build_due(WEDNESDAY + people * timedelta(days=1))
        with CaptureQueriesContext(connection) as queries:
            deliver_due(Way.MAIL)
        asked.append((len(mail.outbox), len(queries)))
        mail.outbox.clear()
    (one, few), (more, many) = asked
    assert many - few <= 5 * (more - one)


@pytest.mark.django_db(transaction=True)
def test_no_sender_takes_a_digest_up_while_more_is_put_into_it(world: World) -> None:
    """It would leave without what was put into it last, which nobody would be told of any more."""
    User.objects.filter(pk=world.ana.pk).update(email="ana@example.cn")
    for number in range(2):
        need = make_need(organization=world.enterprise)
        record_event("need.expired", object_type="matching.need", public_id=need.public_id, version=number + 1)
        plan()
        with transaction.atomic():
            build_due(WEDNESDAY)
            claimed = ThreadPoolExecutor(1).submit(_claimed_elsewhere).result() if number else None
    assert claimed is None
    assert Notice.plain.filter(delivery__isnull=False).count() == 2
    assert _claimed_elsewhere() is not None


def _claimed_elsewhere() -> Delivery | None:
    try:
        return claim(CHANNELS["mail"])
    finally:
        connection.close()
