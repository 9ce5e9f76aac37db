"""Personal data are forgotten when their time is over, wherever the database has them, and what is counted stays."""

import json
from collections.abc import Iterable
from contextlib import nullcontext
from datetime import datetime, timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from axes.models import AccessAttempt
from django.apps import apps
from django.conf import settings
from django.core.checks import run_checks
from django.core.management import call_command
from django.db import ProgrammingError, connection, transaction
from django.utils import timezone

from accounts.models import Session
from config.management.commands.check_invariants import ALL
from ledger.models import KeptAnswer, OutboxEvent
from ledger.retention import may_change
from matching.choices import ExchangeState, Side
from matching.models import Disclosure, EventRegistration
from notifications import retention
from notifications.digests import build_due
from notifications.models import Delivery, Notice
from notifications.planning import plan
from tests.builders import make_contact, make_need, make_organization, make_resource, plain_create, principal_of
from tests.conftest import World
from tests.events import make_event, make_registration
from tests.exchanges import make_consent, make_exchange
from tests.imports import make_import_job
from zones.errors import Conflict
from zones.importing.jobs import undo_import
from zones.models import ContactAccess, ContactPoint, ImportFile, ImportRow, Invitation, Organization
from zones.services.contacts import write_contacts

pytestmark = pytest.mark.django_db
PAGE = Path(settings.BASE_DIR) / "docs" / "privacy.md"
OLD, NEW = "旧", "新"
"""Whatever tells of a person whose time is over has the first in it, whatever is to stay the second."""


def days_ago(days: int) -> datetime:
    return timezone.now() - timedelta(days=days)


def aged(row: Any, **columns: Any) -> None:
    """Put a row into the past, also one that is written once."""
    model = type(row)
    with nullcontext() if model is Organization else may_change(model):
        model._base_manager.filter(pk=row.pk).update(**columns)


def told_of(words: str) -> set[str]:
    """Tables, histories among them, in which the words stand in any column."""
    found = set()
    with connection.cursor() as cursor:
        for model in apps.get_models(include_auto_created=True):
            table = model._meta.db_table
            if table in connection.introspection.table_names():
                cursor.execute(f'SELECT count(*) FROM "{table}" AS t WHERE t::text LIKE %s', [f"%{words}%"])
                found |= {table} if cursor.fetchone()[0] else set()
    return found


def rows() -> dict[str, int]:
    models = [
        model for model in apps.get_models() if model._meta.managed and "pghistory.models" not in model.__module__
    ]
    return {model._meta.label: model._base_manager.count() for model in models}


def broken() -> dict[str, int]:
    """What the invariants count."""
    return {one.name: one.count() for one in ALL}


def counts(dues: Iterable[retention.Due]) -> dict[str, int]:
    return {due.rule.name: due.rows for due in dues}


@pytest.fixture
def kept(world: World) -> World:
    """Of each rule one that is over and one that is not."""
    for word, is_over in ((OLD, True), (NEW, False)):
        _people(world, word, is_over=is_over)
        _work(world, word, is_over=is_over)
    return world


def _people(world: World, word: str, *, is_over: bool) -> None:
    Session.objects.create(
        session_key=word, browser=f"浏览器{word}人", expire_date=days_ago(1 if is_over else -1), user=world.eve
    )
    attempt = AccessAttempt.objects.create(
        username=f"{word}人", user_agent="x", ip_address="192.0.2.7", failures_since_start=1
    )
    AccessAttempt.objects.filter(pk=attempt.pk).update(attempt_time=days_ago(191 if is_over else 189))
    owner = make_organization(zone=world.east, name_zh=f"{'停业' if is_over else '在业'}单位")
    contact = make_contact(owner, person_name=f"{word}人", email="", phone="13900000000")
    aged(owner, updated_at=days_ago(1_100))
    if not is_over:
        make_need(organization=owner)
    access = plain_create(
        ContactAccess,
        {"organization": world.enterprise, "contact": contact.public_id, "title": "岗位", "user": world.ana,
         "reason": f"与{word}人约定时间"},
    )  # fmt: skip
    aged(access, seen_at=days_ago(1_100 if is_over else 1_000))
    ends = {"invited_at": days_ago(120), "expires_at": days_ago(100 if is_over else 80)}
    plain_create(
        Invitation,
        {"display_name": f"{word}人", "role": "zone_staff", "zone": world.east, "token_hash": word} | ends,
    )


def _work(world: World, word: str, *, is_over: bool) -> None:
    starts = days_ago(92 if is_over else 88)
    times: dict[str, Any] = {
        "starts_at": starts, "meetings_start_at": starts, "registration_closes_at": starts,
        "ends_at": starts + timedelta(hours=6),
    }  # fmt: skip
    guest = make_registration(make_event(zone=world.east, **times), world.enterprise, attendees_zh="", seats=2)
    EventRegistration.plain.filter(pk=guest.pk).update(attendees_zh=f"{word}人、{word}人二")
    job = make_import_job(world.east, state="applied", applied_at=days_ago(100))
    plain_create(ImportRow, {"job": job, "number": 1, "verdict": "new", "values": {"name": f"{word}人"}})
    ImportFile.plain.filter(pk=job.file_id).update(created_at=days_ago(91 if is_over else 89))
    exchange = make_exchange(
        make_need(organization=world.enterprise),
        make_resource(organization=world.laboratory),
        state=ExchangeState.DISCLOSED,
    )
    look = plain_create(
        Disclosure,
        {"exchange": exchange, "consent": make_consent(exchange, Side.RESOURCE), "side": Side.NEED, "user": world.eve,
         "contact": exchange.public_id, "fields": ["phone"]},
    )  # fmt: skip
    aged(look, seen_at=days_ago(1_100 if is_over else 1_000))
    KeptAnswer.objects.create(user_id=1, key_hash=word, asked_hash="x", status=201, body=f"{word}人")
    KeptAnswer.objects.filter(key_hash=word).update(created_at=days_ago(3 if is_over else 1))
    for number, (created, read) in enumerate([(181, None), (100, 91)] if is_over else [(179, None), (100, 89)]):
        _notice(world, f"{word}{number}", created=created, read=read)


def _notice(world: World, key: str, *, created: int, read: int | None) -> None:
    sent = {"state": "sent", "finished_at": days_ago(created), "user": world.eve, "channel": "mail", "kind": "notice"}
    delivery = plain_create(Delivery, sent | {"dedupe_key": key, "created_at": days_ago(created)})
    values = {"user": world.eve, "kind": "need.opened", "topic": "needs", "object_type": "matching.need"}
    values |= {"object_public_id": delivery.public_id, "rhythm": "daily", "delivery": delivery, "dedupe_key": key}
    times = {"happened_at": days_ago(created), "created_at": days_ago(created)}
    plain_create(Notice, values | times | {"read_at": days_ago(read) if read else None})


EXPECTED = {
    "sessions": 1, "login_tries": 1, "import_files": 1, "invitations": 1, "former_contacts": 0, "contact_accesses": 1,
    "event_guests": 1, "disclosures": 1, "contacts": 1, "read_notices": 1, "notices": 1, "deliveries": 1,
    "kept_answers": 1,
}  # fmt: skip


def test_what_is_over_is_found_nowhere_any_more_and_the_rest_stays(kept: World) -> None:
    already, before, seats = broken(), told_of(f"{NEW}人"), list(EventRegistration.plain.values_list("seats", "state"))
    assert len(told_of(f"{OLD}人")) >= 10
    assert counts(retention.sweep()) == EXPECTED
    assert told_of(f"{OLD}人") == set()
    assert told_of(f"{NEW}人") == before
    assert not {row.user_id for row in Disclosure.plain.all()} - {kept.eve.pk, None}
    assert (Disclosure.plain.count(), ContactAccess.plain.count(), Invitation.plain.count()) == (2, 2, 2)
    assert list(EventRegistration.plain.values_list("seats", "state")) == seats
    assert sorted(ImportFile.plain.values_list("size", "content")) == [(1, b""), (1, b"x")]
    assert {row.display_name for row in Invitation.plain.all()} == {"", f"{NEW}人"}
    assert counts(retention.sweep()) == dict.fromkeys(EXPECTED, 0) | {"deliveries": 0}
    assert broken() == already


def test_a_dry_run_says_what_would_go_and_changes_nothing(kept: World) -> None:
    before = rows()
    said = StringIO()
    call_command("retention", "--json", stdout=said)
    told = json.loads(said.getvalue())
    expected = EXPECTED | {"deliveries": 0}  # theirs go first
    assert {name: due["count"] for name, due in told.items()} == expected
    assert told["event_guests"]["days"] == 90
    call_command("retention", stdout=said)
    assert "nothing was changed" in said.getvalue()
    assert rows() == before
    call_command("retention", "--commit", stdout=said)
    assert told_of(f"{OLD}人") == set()


def test_each_sweep_leaves_one_row_that_tells_periods_and_counts(kept: World) -> None:
    for _beat in range(2):
        retention.sweep_daily()
    (row,) = OutboxEvent.objects.filter(kind="retention.swept")
    assert row.payload["event_guests"] == {"days": 90, "count": 1}
    assert {name: due["count"] for name, due in row.payload.items()} == EXPECTED


def test_periods_are_the_operators_and_a_name_nobody_knows_is_refused(kept: World, settings: Any) -> None:
    settings.RETENTION_DAYS = {"event_guests": 80, "login_tries": 400}
    found = counts(retention.preview())
    assert (found["event_guests"], found["login_tries"]) == (2, 0)
    assert [one.id for one in run_checks() if one.id == "zonelink.E006"] == []
    settings.RETENTION_DAYS = {"guests": 80, "kept_answers": 1, "notices": 0}
    assert [one.msg.split()[-1] for one in run_checks() if one.id == "zonelink.E006"] == [
        "guests", "kept_answers", "notices",
    ]  # fmt: skip


def test_former_contacts_go_from_the_history_and_the_one_that_holds_stays(world: World) -> None:
    contact = make_contact(world.enterprise, person_name="从前的人", phone="13900000001", email="")
    key = contact.public_id
    write_contacts(world.enterprise, [{"key": key, "title": "技术", "person_name": "现在的人", "phone": "13900000002"}])
    assert counts(retention.preview())["former_contacts"] == 0
    for event in ContactPoint.pgh_event_model.objects.all():  # type: ignore[attr-defined]
        aged(event, pgh_created_at=days_ago(366))
    assert counts(retention.sweep())["former_contacts"] == 1
    assert told_of("从前的人") == set()
    assert told_of("现在的人") == {"zones_contactpoint", "zones_contactpointevent"}


@pytest.mark.parametrize("sign", ["member", "resource", "need", "consent"])
def test_a_contact_of_an_organization_that_lives_is_kept(world: World, sign: str) -> None:
    owner = world.enterprise if sign == "member" else make_organization(zone=world.east)
    contact = make_contact(owner)
    if sign == "resource":
        make_resource(organization=owner)
    if sign == "need":
        make_need(organization=owner, state="withdrawn")
    if sign == "consent":
        exchange = make_exchange(make_need(zone=world.east), make_resource(organization=world.laboratory))
        make_consent(exchange, Side.RESOURCE, contact=contact.public_id)
    Organization.plain.filter(pk=owner.pk).update(updated_at=days_ago(1_100))
    assert counts(retention.preview())["contacts"] == 0


def test_a_kept_notice_keeps_what_it_left_with_or_it_would_be_sent_again(world: World, settings: Any) -> None:
    settings.RETENTION_DAYS = {"notices": 400, "deliveries": 30}
    _notice(world, "x", created=100, read=None)
    retention.sweep()
    assert Delivery.plain.count() == 1
    assert build_due(datetime(2026, 11, 25, 12, tzinfo=timezone.get_default_timezone())) == 0


def test_an_import_whose_file_is_gone_cannot_be_undone_by_halves(world: World) -> None:
    job = make_import_job(world.east, state="applied", applied_at=days_ago(100))
    ImportFile.plain.update(created_at=days_ago(91))
    retention.sweep()
    with pytest.raises(Conflict, match="保存期限"):
        undo_import(principal_of(world.ana), job_id=job.pk)


def test_what_is_written_once_can_be_changed_by_retention_alone(kept: World) -> None:
    retention.sweep()
    for model in (Disclosure, ContactAccess, ContactPoint.pgh_event_model):  # type: ignore[attr-defined]
        with pytest.raises(ProgrammingError, match="Cannot update or delete"), transaction.atomic():
            model._base_manager.all().delete()


def test_the_page_has_every_rule_as_the_code_has_it() -> None:
    table = "\n".join(retention.lines())
    assert table in PAGE.read_text(encoding="utf-8"), f"docs/privacy.md should have:\n{table}"


def test_facts_are_planned_before_notices_are_forgotten(kept: World) -> None:
    """What a sweep has forgotten is not told anew."""
    retention.sweep()
    assert plan() == 0
