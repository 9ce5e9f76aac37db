"""Consent: contacts are seen only after both sides have said so, each look is written down, and a no acts at once."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from accounts.models import User
from ledger.models import OutboxEvent
from matching.choices import ExchangeState as State
from matching.choices import Side
from matching.models import Consent, Disclosure, Exchange, Need
from matching.services.consents import TEXT_VERSION, are_open, contact_for, give_consent, withdraw_consent
from matching.services.exchanges import give_up
from tests.builders import make_contact, make_need, make_resource, make_staff, principal_of
from tests.conftest import World, build_world
from tests.exchanges import make_consent, make_exchange
from zones.errors import Conflict, DomainError, IllegalTransition, InvalidInput, NotAllowed, NotFound
from zones.models import ContactPoint, Resource
from zones.scoping import today

pytestmark = pytest.mark.django_db
PHONES = {Side.NEED: "13800000001", Side.RESOURCE: "13800000002"}
Give = Callable[..., Consent]


def contact_of(exchange: Exchange, side: Side) -> ContactPoint:
    owner = (exchange.need if side == Side.NEED else exchange.resource).organization
    row: ContactPoint | None = ContactPoint.plain.filter(organization=owner).first()
    return row or make_contact(owner, phone=PHONES[side], email=f"{side}@example.cn", person_name="联络岗")


def give(user: User, exchange: Exchange, side: Side, **more: Any) -> Consent:
    values: dict[str, Any] = {
        "contact": contact_of(exchange, side).public_id, "fields": ["phone"], "purpose": "商谈检测委托",
        "valid_until": today() + timedelta(90), "text_version": TEXT_VERSION, "side": side, "version": None,
    }  # fmt: skip
    return give_consent(principal_of(user), exchange_id=exchange.pk, **(values | more))


def look(user: User, exchange: Exchange, side: str = "") -> str:
    return contact_for(principal_of(user), exchange_id=exchange.pk, side=side).phone


def pair_of(world: World) -> tuple[Need, Resource]:
    need = make_need(zone=world.east, organization=world.enterprise)
    return need, make_resource(organization=world.laboratory)


@pytest.fixture
def exchange(world: World) -> Exchange:
    """Accepted: both are asked for their consent."""
    return make_exchange(*pair_of(world), state=State.CONSENT_PENDING)


def test_contacts_are_seen_only_after_both_consents(world: World, exchange: Exchange) -> None:
    for user in (world.eve, world.lin):
        with pytest.raises(NotFound, match="双方都同意后"):
            look(user, exchange)
    give(world.eve, exchange, Side.NEED)
    for user in (world.eve, world.lin):
        with pytest.raises(NotFound, match="双方都同意后"):
            look(user, exchange)
    give(world.lin, exchange, Side.RESOURCE)
    exchange.refresh_from_db()
    assert exchange.state == State.DISCLOSED
    assert (look(world.eve, exchange), look(world.lin, exchange)) == (PHONES[Side.RESOURCE], PHONES[Side.NEED])


def test_only_the_fields_that_were_agreed_to_are_shown(world: World, exchange: Exchange) -> None:
    give(world.eve, exchange, Side.NEED)
    give(world.lin, exchange, Side.RESOURCE, fields=["email"])
    shown = contact_for(principal_of(world.eve), exchange_id=exchange.pk)
    assert (shown.person_name, shown.phone, shown.email) == ("", "", "resource@example.cn")


def test_each_look_is_written_down_and_stays(world: World, exchange: Exchange) -> None:
    give(world.eve, exchange, Side.NEED)
    consent = give(world.lin, exchange, Side.RESOURCE)
    look(world.eve, exchange)
    look(world.ana, exchange)
    rows = list(Disclosure.plain.order_by("pk").values_list("user__username", "side", "consent_id", "contact"))
    told = (Side.NEED, consent.pk, consent.contact)
    assert rows == [("eve", *told), ("ana", *told)]
    with pytest.raises(Exception, match="Cannot update or delete"), transaction.atomic():
        Disclosure.plain.all().delete()


def test_withdrawal_acts_on_the_next_look_and_is_as_easy_as_consent(world: World, exchange: Exchange) -> None:
    give(world.eve, exchange, Side.NEED)
    give(world.lin, exchange, Side.RESOURCE)
    look(world.eve, exchange)
    withdrawn = withdraw_consent(principal_of(world.lin), exchange_id=exchange.pk)
    assert (withdrawn.withdrawer, withdrawn.withdrawn_at is not None) == (world.lin, True)
    for user in (world.eve, world.lin):
        with pytest.raises(NotFound):
            look(user, exchange)
    exchange.refresh_from_db()
    assert exchange.state == State.CONSENT_PENDING
    give(world.lin, exchange, Side.RESOURCE)
    assert look(world.eve, exchange) == PHONES[Side.RESOURCE]
    kinds = OutboxEvent.objects.filter(kind__startswith="consent.").order_by("pk").values_list("kind", flat=True)
    assert list(kinds) == [
        "consent.given.need", "consent.given.resource", "consent.withdrawn.resource", "consent.given.resource",
    ]  # fmt: skip


def test_each_consent_and_each_withdrawal_is_told_though_the_other_side_has_not_answered(
    world: World, exchange: Exchange
) -> None:
    for _turn in range(2):
        give(world.eve, exchange, Side.NEED)
        withdraw_consent(principal_of(world.eve), exchange_id=exchange.pk)
    kinds = OutboxEvent.objects.filter(kind__startswith="consent.").order_by("pk").values_list("kind", flat=True)
    assert list(kinds) == ["consent.given.need", "consent.withdrawn.need"] * 2


def test_withdrawal_in_the_middle_of_a_negotiation_hides_contacts_and_keeps_the_talk(
    world: World, exchange: Exchange
) -> None:
    give(world.eve, exchange, Side.NEED)
    give(world.lin, exchange, Side.RESOURCE)
    Exchange.plain.filter(pk=exchange.pk).update(state=State.NEGOTIATING)
    withdraw_consent(principal_of(world.eve), exchange_id=exchange.pk)
    exchange.refresh_from_db()
    assert exchange.state == State.NEGOTIATING
    assert not are_open(principal_of(world.lin), exchange)
    for user in (world.eve, world.lin):
        with pytest.raises(NotFound):
            look(user, exchange)


def test_a_consent_ends_with_its_day_and_can_be_given_anew(world: World, exchange: Exchange, time_machine: Any) -> None:
    time_machine.move_to("2026-11-23T02:00:00Z", tick=False)
    give(world.eve, exchange, Side.NEED)
    give(world.lin, exchange, Side.RESOURCE, valid_until=today())
    assert look(world.eve, exchange) == PHONES[Side.RESOURCE]
    time_machine.move_to("2026-11-24T02:00:00Z", tick=False)
    with pytest.raises(NotFound):
        look(world.eve, exchange)
    give(world.lin, exchange, Side.RESOURCE)
    assert look(world.eve, exchange) == PHONES[Side.RESOURCE]


def test_the_staff_of_a_zone_consent_for_an_organization_by_what_they_name(world: World, exchange: Exchange) -> None:
    with pytest.raises(InvalidInput, match="写明依据"):
        give(world.ana, exchange, Side.NEED)
    assert give(world.ana, exchange, Side.NEED, basis="授权书 2026-11-20").basis_zh == "授权书 2026-11-20"


def test_nobody_consents_for_both(world: World) -> None:
    """Both in one zone: its staff speak for either, but not for both."""
    need = make_need(zone=world.east, organization=world.enterprise)
    exchange = make_exchange(need, make_resource(zone=world.east), state=State.CONSENT_PENDING)
    with pytest.raises(InvalidInput, match="代表哪一方"):
        withdraw_consent(principal_of(world.ana), exchange_id=exchange.pk)
    give(world.ana, exchange, Side.NEED, basis="授权书 1 号")
    with pytest.raises(Conflict, match="不能代表双方"):
        give(world.ana, exchange, Side.RESOURCE, basis="授权书 2 号")
    give(make_staff(world.east), exchange, Side.RESOURCE, basis="授权书 2 号")


@pytest.mark.parametrize("who", ["cy", "auditor", "secretariat"])
def test_others_neither_consent_nor_look(world: World, exchange: Exchange, who: str) -> None:
    give(world.eve, exchange, Side.NEED)
    give(world.lin, exchange, Side.RESOURCE)
    for attempt in (
        lambda: look(getattr(world, who), exchange),
        lambda: give(getattr(world, who), exchange, Side.NEED),
    ):
        with pytest.raises((NotFound, NotAllowed)):
            attempt()
    assert not Disclosure.plain.exists()


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"fields": []}, "fields"),
        ({"fields": ["phone", "home"]}, "fields"),
        ({"valid_until": today() - timedelta(1)}, "valid_until"),
        ({"purpose": ""}, "purpose_zh"),
    ],
)
def test_what_cannot_be_agreed_to_is_refused(
    world: World, exchange: Exchange, wrong: dict[str, Any], field: str
) -> None:
    with pytest.raises(InvalidInput) as error:
        give(world.eve, exchange, Side.NEED, **wrong)
    assert list(error.value.errors) == [field]


def test_a_contact_of_somebody_else_is_refused(world: World, exchange: Exchange) -> None:
    strange = make_contact(world.outside)
    with pytest.raises(InvalidInput, match="从本单位的联系方式中选择"):
        give(world.eve, exchange, Side.NEED, contact=strange.public_id)


def test_an_old_text_is_not_agreed_to(world: World, exchange: Exchange) -> None:
    with pytest.raises(Conflict, match="同意书已更新"):
        give(world.eve, exchange, Side.NEED, text_version=TEXT_VERSION - 1)


def test_before_the_answer_nobody_is_asked(world: World) -> None:
    waiting = make_exchange(*pair_of(world))
    with pytest.raises(IllegalTransition):
        give(world.eve, waiting, Side.NEED)


def test_after_the_end_nothing_is_shown(world: World, exchange: Exchange) -> None:
    give(world.eve, exchange, Side.NEED)
    give(world.lin, exchange, Side.RESOURCE)
    give_up(principal_of(world.lin), exchange_id=exchange.pk, version=None, reason="time")
    with pytest.raises(NotFound):
        look(world.eve, exchange)


def test_consents_of_an_exchange_are_read_by_its_sides_only(world: World, exchange: Exchange) -> None:
    make_consent(exchange, Side.NEED)
    seen = {name: Consent.objects.visible_to(principal_of(user)).count() for name, user in world.people().items()}
    assert {name for name, count in seen.items() if count} == {"ana", "bo", "eve", "lin", "ops", "auditor"}


class Consenting(RuleBasedStateMachine):
    """Whatever is done in whichever order: a look succeeds exactly while both consents stand."""

    @initialize()
    def begin(self) -> None:
        world = build_world()
        self.people = {Side.NEED: world.eve, Side.RESOURCE: world.lin}
        self.exchange = make_exchange(*pair_of(world), state=State.CONSENT_PENDING)
        self.standing: set[Side] = set()
        self.is_over = False

    @rule(side=st.sampled_from(list(Side)))
    def consent(self, side: Side) -> None:
        is_possible = not self.is_over and side not in self.standing
        try:
            give(self.people[side], self.exchange, side)
        except DomainError:
            assert not is_possible
        else:
            assert is_possible
            self.standing.add(side)

    @rule(side=st.sampled_from(list(Side)))
    def withdraw(self, side: Side) -> None:
        try:
            withdraw_consent(principal_of(self.people[side]), exchange_id=self.exchange.pk)
        except NotFound:
            assert side not in self.standing
        else:
            self.standing.remove(side)

    @rule()
    def end(self) -> None:
        if not self.is_over:
            give_up(principal_of(self.people[Side.NEED]), exchange_id=self.exchange.pk, version=None, reason="other")
            self.is_over = True

    @invariant()
    def contacts_follow_the_consents(self) -> None:
        are_both = len(self.standing) == len(Side) and not self.is_over
        for user in self.people.values():
            try:
                look(user, self.exchange)
            except NotFound:
                assert not are_both
            else:
                assert are_both


def test_in_any_order_contacts_follow_the_consents() -> None:
    class Rolled(Consenting):
        """Each example in a transaction that is rolled back."""

        def __init__(self) -> None:
            super().__init__()
            self.atomic = transaction.atomic()
            self.atomic.__enter__()

        def teardown(self) -> None:
            transaction.set_rollback(True)
            self.atomic.__exit__(None, None, None)

    steps = settings(max_examples=12, stateful_step_count=10, deadline=None, suppress_health_check=list(HealthCheck))
    run_state_machine_as_test(Rolled, settings=steps)
