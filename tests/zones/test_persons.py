"""What is held of a person: exported whole, and erased wherever the database has it."""

import json
from collections.abc import Iterator
from io import StringIO
from typing import Any

import pghistory
import pytest
from axes.models import AccessAttempt
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction
from django.db.models import Model

from accounts.models import ExternalIdentity, Session, User
from config.management.commands.check_invariants import ALL
from ledger.events import record_event
from ledger.history import event_model
from ledger.models import KeptAnswer, OutboxEvent
from ledger.traces import OF_OTHERS, Words, unguarded
from matching.choices import ExchangeState, Side
from matching.models import CooperationMilestone, Disclosure, EventRegistration, Exchange, Need, SavedSearch
from notifications.models import Delivery, Notice
from tests.builders import (
    make_contact,
    make_need,
    make_organization,
    make_resource,
    make_role,
    make_user,
    plain_create,
    principal_of,
)
from tests.conftest import World
from tests.cooperations import make_cooperation
from tests.events import make_event, make_registration
from tests.exchanges import make_consent, make_exchange
from tests.imports import make_import_job
from zones.choices import Role
from zones.errors import NotAllowed
from zones.models import ContactAccess, ContactPoint, ImportFile, ImportRow, Invitation, StaffRole
from zones.scoping import SYSTEM
from zones.services.erasing import erase_person
from zones.services.persons import export_person, person_of

pytestmark = pytest.mark.django_db
LOGIN, NAME, MAIL, PHONE = "zhuque-7788x", "朱雀寒武", "zhuque.hanwu@people.example", "13987654321"
OTHERS_NAME = "玄武白泽"
PLANTED = f"请联系{NAME}（{LOGIN}），{MAIL}，{PHONE}"


@pytest.fixture
def person(world: World) -> User:
    """Somebody of whom every room of the house has something."""
    user = make_user(LOGIN, display_name=NAME, email=MAIL, first_name="寒武", last_name="朱雀")
    make_role(user, Role.ORGANIZATION_MEMBER, organization=world.enterprise)
    contact = make_contact(world.enterprise, person_name=NAME, email=MAIL.upper(), phone=PHONE)
    make_contact(world.enterprise, person_name=OTHERS_NAME, email="other@people.example", phone="13811112222")
    _of_the_account(world, user, contact)
    _of_the_work(world, user, contact)
    return user


def _of_the_account(world: World, user: User, contact: ContactPoint) -> None:
    Session.objects.create(session_key="k", browser=f"{NAME}的浏览器", expire_date="2030-01-01T00:00Z", user=user)
    AccessAttempt.objects.create(username=LOGIN, user_agent="x", ip_address="192.0.2.7", failures_since_start=1)
    searched = {"user": user, "name": f"{NAME}的检索", "request": {"q": MAIL}, "key": "k"}
    plain_create(SavedSearch, searched)
    ExternalIdentity.objects.create(user=user, issuer="https://id.example", subject=LOGIN, shown_name=NAME)
    KeptAnswer.objects.create(user_id=user.pk, key_hash="k", asked_hash="x", status=201, body=PLANTED)
    access = {"organization": world.enterprise, "contact": contact.public_id, "title": "岗位", "user": world.ana}
    plain_create(ContactAccess, access | {"reason": f"与{NAME}通话 139 8765 4321"})
    invited = {"display_name": NAME, "role": "zone_staff", "zone": world.east, "token_hash": "t", "accepted_by": user}
    times = {"expires_at": "2026-01-02T00:00Z", "ended_at": "2026-01-01T00:00Z"}
    plain_create(Invitation, invited | times | {"state": "accepted"})
    delivery = plain_create(Delivery, {"user": user, "channel": "mail", "kind": "notice", "dedupe_key": "d"})
    values = {"user": user, "kind": "need.opened", "topic": "needs", "object_type": "matching.need", "rhythm": "daily"}
    times = {"happened_at": "2026-01-01T00:00Z"}
    plain_create(Notice, values | times | {"object_public_id": user.public_id, "delivery": delivery, "dedupe_key": "n"})
    with pghistory.context(user=user.pk, url=f"/search/?q={MAIL}"):
        ContactPoint.plain.filter(pk=contact.pk).update(title="技术负责人")


def _of_the_work(world: World, user: User, contact: ContactPoint) -> None:
    need = make_need(organization=world.enterprise, author=user, title_zh="晶圆缺陷检测", problem_zh=PLANTED)
    Need.plain.filter(pk=need.pk).update(title_zh=f"{NAME}的课题")
    event = make_event(zone=world.east)
    guest = make_registration(event, world.enterprise, registrant=user, attendees_zh="", seats=2)
    EventRegistration.plain.filter(pk=guest.pk).update(attendees_zh=f"{NAME}、{OTHERS_NAME}")
    job = make_import_job(world.east, state="applied", applied_at="2026-01-01T00:00Z")
    plain_create(ImportRow, {"job": job, "number": 1, "verdict": "new", "values": {"name": NAME, "mail": MAIL}})
    exchange = make_exchange(need, make_resource(organization=world.laboratory), state=ExchangeState.DISCLOSED)
    Exchange.plain.filter(pk=exchange.pk).update(asker=user)
    look = {"exchange": exchange, "consent": make_consent(exchange, Side.RESOURCE), "side": Side.NEED, "user": user}
    plain_create(Disclosure, look | {"contact": contact.public_id, "fields": ["phone"]})
    record_event("test.told", object_type="matching.need", public_id=need.public_id, payload={"who": PLANTED})


def tables_with(word: str) -> set[str]:
    """Tables, histories among them, in which a word stands in any column, whoever knows of the table."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT table_name FROM information_schema.tables WHERE table_schema = current_schema()"
            " AND table_type = 'BASE TABLE'"
        )
        found = set()
        for (table,) in cursor.fetchall():
            cursor.execute(f'SELECT count(*) FROM "{table}" AS t WHERE t::text ILIKE %s', [f"%{word}%"])
            found |= {table} if cursor.fetchone()[0] else set()
    return found


def broken() -> dict[str, int]:
    return {one.name: one.count() for one in ALL}


def test_after_an_erasure_no_table_has_a_word_of_the_person(world: World, person: User) -> None:
    assert len(tables_with(NAME) | tables_with(MAIL)) >= 12
    others, already = tables_with(OTHERS_NAME), broken()
    erase_person(principal_of(person), user=person)
    for word in (LOGIN, NAME, MAIL, PHONE, "139 8765 4321"):
        assert tables_with(word) == set(), word
    assert tables_with(OTHERS_NAME) == others
    assert all(count <= already[name] for name, count in broken().items())
    person.refresh_from_db()
    assert (person.is_active, person.has_usable_password(), person.email) == (False, False, "")


def test_what_is_evidence_stays_and_tells_nobody(world: World, person: User) -> None:
    erase_person(SYSTEM, user=person)
    assert EventRegistration.plain.get().attendees_zh == f"已删除、{OTHERS_NAME}"
    assert Disclosure.plain.get().user == person
    assert Exchange.plain.get().asker == person
    assert Need.plain.get().title_zh == "已删除的课题"
    names = set(ContactPoint.plain.filter(organization=world.enterprise).values_list("person_name", flat=True))
    assert OTHERS_NAME in names
    assert NAME not in names
    assert StaffRole.plain.filter(user=person, valid_to__isnull=False).count() == 1
    assert not Session.objects.filter(user=person).exists()
    assert not Notice.plain.filter(user=person).exists()
    assert ImportFile.plain.get().content == b""
    (told,) = OutboxEvent.objects.filter(kind="person.erased")
    assert told.payload["by"] == "system"


def test_every_text_of_every_table_is_looked_at(world: World, person: User) -> None:
    """A row of each table gets the address in each column that takes it: none is overlooked."""
    planted = list(_plant_everywhere())
    assert len(planted) > 100
    erase_person(SYSTEM, user=person)
    assert tables_with(MAIL) == set()


def _plant_everywhere() -> Iterator[str]:
    with unguarded():
        for model in apps.get_models(include_auto_created=True):
            for field in model._meta.concrete_fields if model._meta.app_label not in OF_OTHERS else ():
                is_of_others = field.name == "email"  # an address others have, too, is nobody's own
                if field.get_internal_type() in ("CharField", "TextField", "JSONField") and not is_of_others:
                    yield from _planted(model, field)


def _planted(model: type[Model], field: Any) -> Iterator[str]:
    """Where the column takes it."""
    value = {"x": [PLANTED]} if field.get_internal_type() == "JSONField" else MAIL
    try:
        with transaction.atomic():
            row = model._base_manager.order_by("pk").first() if model._meta.managed else None
            if row is not None and model._base_manager.filter(pk=row.pk).update(**{field.attname: value}):
                yield f"{model._meta.label}.{field.name}"
    except DatabaseError:
        return


def test_an_export_has_what_is_held_and_no_secret(world: World, person: User) -> None:
    told = export_person(principal_of(person), user=person)
    assert told["account"]["display_name"] == NAME
    assert "password" not in told["account"]
    assert [row["phone"] for row in told["held"]["zones.ContactPoint"]] == [PHONE]
    assert told["held"]["matching.EventRegistration"][0]["attendees_zh"].startswith(NAME)
    assert told["held"]["accounts.Session"][0]["browser"] == f"{NAME}的浏览器"
    assert "session_key" not in told["held"]["accounts.Session"][0]
    assert {"zones.StaffRole", "notifications.Notice", "matching.Disclosure"} <= told["held"].keys()
    (need,) = told["worked_on"]["matching.Need"]
    assert (need["as"], "title_zh" in need) == (["author"], False)
    assert json.dumps(told, ensure_ascii=False)


def test_nobody_exports_or_erases_somebody_else(world: World, person: User) -> None:
    for reader in (world.ana, world.eve, world.cy):
        for ask in (export_person, erase_person):
            with pytest.raises(NotAllowed):
                ask(principal_of(reader), user=person)


def test_a_zone_is_not_left_without_its_manager(world: World) -> None:
    manager = make_user("manager-east", display_name="园区负责人")
    make_role(manager, Role.ZONE_MANAGER, zone=world.east)
    with pytest.raises(NotAllowed, match="园区负责人"):
        erase_person(principal_of(manager), user=manager)
    make_role(world.ana, Role.ZONE_MANAGER, zone=world.east)
    erase_person(principal_of(manager), user=manager)
    with pytest.raises(NotAllowed, match="已经删除"):
        erase_person(SYSTEM, user=User.objects.get(pk=manager.pk))


def test_what_others_have_too_is_nobody_s_word(world: World) -> None:
    """An account called like its zone, a number that is a switchboard's: they stay where they stand."""
    user = make_user("bo2", display_name=world.east.name_zh, email=MAIL)
    make_contact(world.enterprise, person_name="", email=MAIL, phone="02188880000")
    make_contact(make_organization(zone=world.west), person_name="", email="", phone="02188880000")
    make_role(user, Role.ORGANIZATION_MEMBER, organization=world.enterprise)
    assert person_of(user).words == Words(addresses=frozenset({MAIL}), labels=frozenset({"bo2"}))
    erase_person(SYSTEM, user=user)
    assert tables_with("02188880000") >= {"zones_contactpoint"}


def enumerations() -> dict[str, list[Any]]:
    """What programs read of every table: choices, slugs, codes; migrations and content types among them."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT app, name FROM django_migrations ORDER BY 1, 2")
        found: dict[str, list[Any]] = {"django_migrations": cursor.fetchall()}
    for model in apps.get_models(include_auto_created=True):
        names = [one.attname for one in model._meta.concrete_fields if one.choices or one.name in {"slug", "code"}]
        if names and model._meta.managed and model is not User:
            found[model._meta.label] = list(model._base_manager.order_by("pk").values_list("pk", *names))
    return found


@pytest.mark.parametrize("word", ["matching", "national", "enterprise", "laboratory", "open", "zone_staff", "east"])
def test_a_log_in_name_that_is_a_word_of_ours_changes_nothing_of_ours(world: World, person: User, word: str) -> None:
    user = make_user(word, display_name="检测", email="")
    make_role(user, Role.ORGANIZATION_MEMBER, organization=world.enterprise)
    title, problem = "晶圆缺陷检测", f"an {word} question"
    need = make_need(organization=world.enterprise, author=user, title_zh=title, problem_zh=problem)
    before = enumerations()
    erase_person(SYSTEM, user=user)
    after = enumerations()
    assert {name: lost for name, rows in before.items() if (lost := set(rows) - set(after[name]))} == {}
    kept = Need.plain.get(pk=need.pk)
    assert (kept.title_zh, kept.problem_zh) == (title, problem)


def test_an_address_nobody_has_checked_takes_and_tells_nothing_of_others(world: World, person: User) -> None:
    """A stranger who gives the address of somebody else, and was never taken in."""
    contact = make_contact(world.laboratory, person_name=OTHERS_NAME, email="lab@people.example", phone="13811112222")
    make_need(organization=world.laboratory, problem_zh="来信请寄 lab@people.example，13811112222")
    stranger = make_user("stranger", display_name="青龙白虎", email="LAB@people.example")
    assert "zones.ContactPoint" not in export_person(principal_of(stranger), user=stranger)["held"]
    erase_person(principal_of(stranger), user=stranger)
    assert ContactPoint.plain.filter(pk=contact.pk).exists()
    assert tables_with("lab@people.example") >= {"zones_contactpoint", "matching_need"}
    assert tables_with("13811112222") >= {"zones_contactpoint", "matching_need"}


def test_what_hangs_on_rows_of_the_person_is_cleaned_too_and_numbers_stay(world: World, person: User) -> None:
    cooperation = make_cooperation(world.enterprise)
    values = {
        "cooperation": cooperation,
        "position": 1,
        "name_zh": "样机",
        "note_zh": f"{NAME}负责",
        "due_on": "2026-01-01",
    }
    milestone = plain_create(CooperationMilestone, values)
    ContactPoint.plain.filter(email=MAIL.upper()).update(phone="62345678")
    record_event("test.told", object_type="x", public_id=person.public_id, payload={"sum": 62345678, "tel": "62345678"})
    erase_person(SYSTEM, user=person)
    assert CooperationMilestone.plain.get(pk=milestone.pk).note_zh == "已删除负责"
    assert OutboxEvent.objects.filter(kind="test.told").latest("pk").payload == {"sum": 62345678, "tel": "已删除"}


def test_an_export_tells_of_oneself_and_only_names_what_tells_of_others(world: World, person: User) -> None:
    guest = make_registration(make_event(zone=world.east), world.laboratory, registrant=world.lin, seats=1)
    EventRegistration.plain.filter(pk=guest.pk).update(checker=person, attendees_zh=OTHERS_NAME)
    invited = {"display_name": OTHERS_NAME, "role": "zone_staff", "zone": world.east, "token_hash": "u"}
    times = {"expires_at": "2026-01-02T00:00Z", "ended_at": "2026-01-01T00:00Z"}
    plain_create(Invitation, invited | times | {"state": "accepted", "invited_by": person, "accepted_by": world.bo})
    told = export_person(principal_of(person), user=person)
    assert "checker" in str(told["worked_on"]["matching.EventRegistration"])
    assert "invited_by" in str(told["worked_on"]["zones.Invitation"])
    others = [row for row in told["held"]["matching.EventRegistration"] if OTHERS_NAME in row["attendees_zh"]]
    assert [row["registrant_id"] for row in others] == [person.pk]
    assert OTHERS_NAME not in str(told["held"]["zones.Invitation"])


def test_both_are_commands(world: World, person: User, tmp_path: Any) -> None:
    out = StringIO()
    call_command("export_person", LOGIN, "--output", str(tmp_path / "person.json"), stdout=out)
    assert json.loads((tmp_path / "person.json").read_text())["account"]["email"] == MAIL
    call_command("erase_person", LOGIN, stdout=out)
    assert "nothing was changed" in out.getvalue()
    assert User.objects.filter(username=LOGIN).exists()
    call_command("erase_person", MAIL, "--commit", stdout=out)
    assert not User.objects.filter(username=LOGIN).exists()
    with pytest.raises(CommandError):
        call_command("export_person", LOGIN, stdout=out)
    assert event_model(ContactPoint).objects.exclude(person_name="").count() >= 1
