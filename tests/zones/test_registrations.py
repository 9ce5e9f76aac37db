"""Registrations: what who registers is told, who decides, and what comes of it."""

import json
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from accounts.models import Session, User
from ledger.models import OutboxEvent, PaceCount
from ledger.pace import Pace, is_within
from matching.services.maintenance import tidy
from notifications.retention import sweep
from tests.builders import make_organization, principal_of
from tests.conftest import World, build_world
from tests.people import make_registration
from zones.choices import RegistrationState, Role
from zones.errors import Conflict, DomainError, IllegalTransition, InvalidInput, NotAllowed, NotFound, TooOften
from zones.models import Organization, Registration, StaffRole
from zones.scoping import VISITOR
from zones.services.merging import absorb_organization
from zones.services.registrations import (
    PER_ADDRESS,
    PER_CODE,
    accept_registration,
    correct_registration,
    own_registration,
    refuse_registration,
    register,
    withdraw_registration,
)

PASSWORD = "correct horse battery"
CODE, OTHER_CODE = "91110108MA01A2B3CF", "91110108551385082Q"


def registered(world: World, **fields: Any) -> Registration:
    values: dict[str, Any] = {
        "address": "192.0.2.1", "username": "newcomer", "display_name": "新用户", "email": "new@example.cn",
        "password": PASSWORD, "language": "zh-hans", "consented": True, "name_zh": "东方新材料有限公司", "name_en": "",
        "kind": "enterprise", "credit_code": CODE, "city": "", "website": "", "zone": world.east,
    }  # fmt: skip
    return register(**(values | fields))


def accepted(world: World, row: Registration) -> Registration:
    return accept_registration(principal_of(world.ana), registration_id=row.pk, version=row.version)


def refused(world: World, row: Registration) -> Registration:
    told = {"reason": "code_mismatch", "words": "请按营业执照填写名称。"}
    return refuse_registration(principal_of(world.ana), registration_id=row.pk, version=row.version, **told)


def test_a_registration_is_an_account_without_a_role_that_waits(world: World) -> None:
    row = registered(world, credit_code="９１１１０１０８-ma01a2b3cf")
    assert (row.state, row.credit_code, row.user.email) == (RegistrationState.WAITING, CODE, "new@example.cn")
    assert row.user.check_password(PASSWORD)
    principal = principal_of(row.user)
    assert (principal.organizations, principal.is_member) == (frozenset(), False)
    assert own_registration(principal) == row


def test_accepted_it_makes_the_organization_and_its_member(world: World) -> None:
    row = accepted(world, registered(world, city="苏州", website="https://example.cn"))
    made = Organization.plain.get(credit_code=CODE)
    assert (made.name_zh, made.zone, made.city, made.website) == (row.name_zh, world.east, "苏州", "https://example.cn")
    assert (row.organization, row.decided_by) == (made, world.ana)
    role = StaffRole.plain.get(user=row.user)
    assert (role.role, role.organization) == (Role.ORGANIZATION_MEMBER, made)


def test_an_organization_of_that_code_in_the_zone_is_linked_not_doubled(world: World) -> None:
    known = make_organization(zone=world.east, credit_code=CODE, name_zh="另名")
    row = accepted(world, registered(world))
    assert row.organization == known
    assert Organization.plain.filter(name_zh="东方新材料有限公司").count() == 0
    assert principal_of(row.user).organizations == {known.pk}


def test_an_organization_of_that_name_is_not_doubled_either(world: World) -> None:
    make_organization(zone=world.east, name_zh="东方新材料有限公司")
    row = registered(world)
    with pytest.raises(IllegalTransition, match="先在该单位核对信用代码"):
        accepted(world, row)
    assert Registration.plain.get().state == RegistrationState.WAITING


@pytest.mark.parametrize("is_listed", [True, False])
def test_a_code_known_elsewhere_gives_nothing_away(world: World, is_listed: bool) -> None:
    make_organization(zone=world.far, credit_code=OTHER_CODE, name_zh="远海隐名厂", is_listed=is_listed)
    make_registration(zone=world.far, credit_code=OTHER_CODE)
    row, plain = registered(world, credit_code=OTHER_CODE), registered(world, username="another")
    assert (row.state, row.version) == (plain.state, plain.version)
    with pytest.raises(IllegalTransition) as refusal:
        accepted(world, row)
    assert "远海" not in refusal.value.message


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"credit_code": "91110108MA01A2B3C5"}, "credit_code"),
        ({"credit_code": ""}, "credit_code"),
        ({"consented": False}, "consented"),
        ({"password": "short"}, "password"),
        ({"password": ""}, "password"),
        ({"email": "nobody"}, "email"),
        ({"email": ""}, "email"),
        ({"username": "eve"}, "username"),
        ({"kind": "none"}, "kind"),
        ({"name_zh": " "}, "name_zh"),
        ({"name_zh": "甲\x00"}, "name_zh"),
    ],
)
def test_what_will_not_do_leaves_neither_account_nor_registration(world: World, wrong: Any, field: str) -> None:
    before = User.objects.count()
    with pytest.raises(InvalidInput) as refusal:
        registered(world, **wrong)
    assert field in refusal.value.errors
    assert (User.objects.count(), Registration.plain.count()) == (before, 0)


def test_refused_it_says_why_and_waits_again_once_corrected(world: World) -> None:
    row = refused(world, registered(world))
    principal = principal_of(row.user)
    assert (row.state, row.get_reason_display(), row.decided_by) == ("refused", "信用代码与名称不符", world.ana)
    assert StaffRole.plain.filter(user=row.user).count() == 0
    about = {"name_zh": "东方新材料股份有限公司", "kind": "enterprise", "credit_code": CODE, "zone": world.west}
    with pytest.raises(Conflict):
        correct_registration(principal, version=1, **about)
    row = correct_registration(principal, version=row.version, **about)
    assert (row.state, row.reason, row.words, row.decided_by, row.ended_at) == ("waiting", "", "", None, None)
    assert not Registration.objects.visible_to(principal_of(world.ana)).exists()
    assert Registration.objects.visible_to(principal_of(world.bo)).get() == row


@pytest.mark.parametrize("told", [{"reason": "", "words": "说明"}, {"reason": "other", "words": " "}])
def test_a_refusal_has_a_reason_and_words(world: World, told: dict[str, str]) -> None:
    row = registered(world)
    with pytest.raises(InvalidInput):
        refuse_registration(principal_of(world.ana), registration_id=row.pk, version=row.version, **told)


def test_one_s_own_is_withdrawn_and_applied_for_again(world: World) -> None:
    row = registered(world)
    principal = principal_of(row.user)
    row = withdraw_registration(principal, version=row.version)
    with pytest.raises(IllegalTransition):
        accepted(world, row)
    with pytest.raises(IllegalTransition):
        withdraw_registration(principal, version=row.version)
    row = correct_registration(principal, version=row.version, credit_code=CODE)
    row = accepted(world, row)
    with pytest.raises(IllegalTransition):
        correct_registration(principal, version=row.version, credit_code=CODE)


SEES = {"ana": True, "auditor": True, "ops": True}


def test_it_is_known_to_its_zone_and_to_its_own_account(world: World) -> None:
    row, other = registered(world), make_registration(zone=world.far).user
    people = {name: principal_of(user) for name, user in world.people().items()} | {"visitor": VISITOR}
    seen = {name: Registration.objects.visible_to(one).filter(pk=row.pk).exists() for name, one in people.items()}
    assert seen == {name: SEES.get(name, False) for name in people}
    assert Registration.objects.visible_to(principal_of(row.user)).get() == row
    assert not Registration.objects.visible_to(principal_of(other)).filter(pk=row.pk).exists()


@pytest.mark.parametrize(
    ("person", "refusal"),
    [("bo", NotFound), ("cy", NotFound), ("eve", NotFound), ("secretariat", NotFound), ("auditor", NotAllowed)],
)
def test_only_the_staff_of_the_zone_decide(world: World, person: str, refusal: type[DomainError]) -> None:
    row, principal = registered(world), principal_of(getattr(world, person))
    with pytest.raises(refusal):
        accept_registration(principal, registration_id=row.pk, version=1)
    with pytest.raises(refusal):
        refuse_registration(principal, registration_id=row.pk, version=1, reason="other", words="说明")


def test_nobody_decides_about_oneself(world: World) -> None:
    row = registered(world)
    with pytest.raises(NotAllowed):
        accept_registration(principal_of(row.user), registration_id=row.pk, version=1)


@pytest.mark.parametrize("person", ["ana", "eve", "visitor"])
def test_who_has_registered_nothing_withdraws_nothing(world: World, person: str) -> None:
    registered(world)
    with pytest.raises(NotFound):
        withdraw_registration(principal_of(world.people().get(person)), version=1)


def test_each_step_is_told_and_kept_without_mail_and_name(world: World) -> None:
    row = refused(world, registered(world))
    row = correct_registration(principal_of(row.user), version=row.version, credit_code=OTHER_CODE)
    row = withdraw_registration(principal_of(row.user), version=row.version)
    row = correct_registration(principal_of(row.user), version=row.version, credit_code=OTHER_CODE)
    accepted(world, row)
    steps = ["submitted", "refused", "corrected", "withdrawn", "corrected", "accepted"]
    told = OutboxEvent.objects.filter(object_public_id=row.public_id).order_by("pk")
    assert list(told.values_list("kind", flat=True)) == [f"registration.{step}" for step in steps]
    everything = json.dumps(list(OutboxEvent.objects.values_list("payload", flat=True)), ensure_ascii=False)
    assert "new@example.cn" not in everything
    with connection.cursor() as cursor:
        cursor.execute("SELECT state, credit_code FROM zones_registrationevent ORDER BY pgh_id")
        kept = cursor.fetchall()
    assert kept[0] == ("waiting", CODE)
    assert [state for state, _code in kept][1:] == ["refused", "waiting", "withdrawn", "waiting", "accepted"]


def test_one_address_and_one_code_are_tried_so_often_a_day(world: World) -> None:
    for number in range(PER_CODE.most):
        registered(world, username=f"code{number}", address=f"192.0.2.{number}")
    with pytest.raises(TooOften) as by_code:
        registered(world, username="one-more", address="192.0.2.99")
    for number in range(PER_ADDRESS.most):
        code = (OTHER_CODE, "91440300708461136T")[number % 2]
        with pytest.raises(InvalidInput):
            registered(world, password="short", credit_code=code, address="198.51.100.7")
    with pytest.raises(TooOften) as by_address:
        registered(world, username="one-more", credit_code="91110000100000017G", address="198.51.100.7")
    assert by_code.value.message == by_address.value.message
    assert not any("192.0.2" in key for key in PaceCount.objects.values_list("key", flat=True))


def test_a_new_window_begins_anew(db: None) -> None:
    pace = Pace("test", most=2, seconds=86_400)
    assert [is_within(pace, "a") for _ in range(3)] == [True, True, False]
    assert is_within(pace, "b")
    PaceCount.objects.update(slot=1)
    assert is_within(pace, "a")


def test_counts_of_the_past_and_sessions_nobody_can_use_are_tidied_away(db: None) -> None:
    pace = Pace("test", most=2, seconds=86_400)
    assert [is_within(pace, subject) for subject in "aab"] == [True, True, True]
    PaceCount.objects.filter(taken=1).update(slot=1)
    for name, days in (("past", -1), ("present", 1)):
        Session.objects.create(session_key=name, expire_date=timezone.now() + timedelta(days=days))
    tidy()
    sweep()
    assert list(PaceCount.objects.values_list("taken", flat=True)) == [2]
    assert list(Session.objects.values_list("session_key", flat=True)) == ["present"]


@pytest.mark.django_db(transaction=True)
def test_tries_at_once_are_all_counted() -> None:
    pace = Pace("test", most=4, seconds=86_400)

    def take(_number: int) -> bool:
        try:
            return is_within(pace, "a")
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        assert sum(pool.map(take, range(12))) == 4


@pytest.mark.django_db(transaction=True)
def test_two_who_accept_at_once_make_one_organization() -> None:
    world = build_world()
    row = registered(world)

    def accept(_number: int) -> str:
        try:
            return accepted(world, row).state
        except DomainError as error:
            return error.code
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(accept, range(2))) == ["accepted", "conflict"]
    assert Organization.plain.filter(credit_code=CODE).count() == 1


def test_a_merged_organization_takes_its_registrations_along(world: World) -> None:
    row = accepted(world, registered(world))
    kept = make_organization(zone=world.east, name_zh="东方新材料")
    assert row.organization is not None
    absorb_organization(
        principal_of(world.ana),
        kept_id=kept.pk, merged_id=row.organization.pk, kept_version=None, merged_version=None,
    )  # fmt: skip
    row.refresh_from_db()
    assert row.organization == kept
