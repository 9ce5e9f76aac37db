"""Cooperations: proposed by one party, counted once another confirms or a document proves it, ended on a day."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.models import User
from ledger.models import OutboxEvent
from matching.choices import CooperationState as State
from matching.choices import ExchangeState, Side
from matching.models import Booking, Cooperation, CooperationMilestone, CooperationParty, CooperationStep, Exchange
from matching.services.cooperation_progress import (
    agree_to_publish,
    complete_cooperation,
    delay_cooperation,
    hide_again,
    meet_milestone,
    start_cooperation,
    sweep,
    terminate_cooperation,
)
from matching.services.cooperation_states import TRANSITIONS
from matching.services.cooperations import (
    CooperationParts,
    change_proposal,
    confirm_agreement,
    confirm_by_evidence,
    propose_agreement,
    record_cooperation,
    refuse_agreement,
    take_back_proposal,
)
from matching.services.exchanges import give_up
from matching.services.invariants import agreed_without_cooperation, cooperations_off_their_path
from matching.services.merging import merge_organizations
from matching.services.places_booked import hold_place
from tests.builders import (
    make_association,
    make_need,
    make_organization,
    make_resource,
    make_role,
    make_staff,
    principal_of,
)
from tests.conftest import World
from tests.cooperations import ENDED, SIGNED, make_cooperation, make_milestone
from tests.exchanges import make_consent, make_exchange
from zones.errors import Conflict, DomainError, IllegalTransition, InvalidInput, NotAllowed, NotFound
from zones.scoping import SYSTEM, VISITOR, today

pytestmark = pytest.mark.django_db
AGREED: dict[str, Any] = {"kind": "project", "title_zh": "外延片缺陷检测联合攻关", "signed_on": SIGNED}


def kinds() -> list[str]:
    rows = OutboxEvent.objects.filter(object_type="matching.cooperation").order_by("pk")
    return list(rows.values_list("kind", flat=True))


@pytest.fixture
def exchange(world: World) -> Exchange:
    """Both sides have consented and talk; a place is held."""
    need = make_need(zone=world.east, organization=world.enterprise)
    resource = make_resource(organization=world.laboratory, capacity=1)
    row = make_exchange(need, resource, state=ExchangeState.NEGOTIATING)
    hold_place(row)
    for side in Side:
        make_consent(row, side)
    return row


def propose(user: User, exchange: Exchange, parts: CooperationParts | None = None, **values: Any) -> Cooperation:
    return propose_agreement(
        principal_of(user), exchange_id=exchange.pk, version=None, with_parts=parts or CooperationParts(),
        **(AGREED | values),
    )  # fmt: skip


def at(row: Cooperation) -> dict[str, Any]:
    return {"cooperation_id": row.pk, "version": row.version}


def test_one_side_proposes_the_other_confirms_and_only_then_it_counts(world: World, exchange: Exchange) -> None:
    parts = CooperationParts(
        milestones=[{"name_zh": "样机验收", "due_on": date(2026, 12, 1)}],
        amounts=[{"kind": "contract_sum", "amount": Decimal("1200000.50")}],
        associations=[{"association": world.alliance}],
    )
    row = propose(world.eve, exchange, parts)
    assert (row.state, row.is_confirmed, row.source) == (State.PROPOSED, False, "match")
    assert Exchange.plain.get().state == ExchangeState.NEGOTIATING
    assert agreed_without_cooperation() == 0
    for person, error in ((world.eve, NotAllowed), (world.cy, NotFound), (world.ana, NotAllowed)):
        with pytest.raises(error):
            confirm_agreement(principal_of(person), **at(row))
    done = confirm_agreement(principal_of(world.lin), **at(row))
    assert (done.state, done.confirmed_by, done.confirmer, done.signed_on) == (
        State.AGREED, "parties", world.lin, SIGNED,
    )  # fmt: skip
    assert Exchange.plain.get().state == ExchangeState.AGREED
    parties = CooperationParty.plain.filter(cooperation=row)
    assert [(one.organization, one.zone, one.role) for one in parties] == [
        (world.enterprise, world.east, "lead"), (world.laboratory, world.west, "member"),
    ]  # fmt: skip
    assert kinds() == ["cooperation.proposed", "cooperation.agreed"]
    assert agreed_without_cooperation() == cooperations_off_their_path() == 0


def test_the_staff_of_a_zone_confirm_by_a_document_and_members_do_not(world: World, exchange: Exchange) -> None:
    row = propose(world.ana, exchange)
    with pytest.raises(NotAllowed):
        confirm_by_evidence(principal_of(world.lin), evidence="合同 2026-018 号", **at(row))
    with pytest.raises(InvalidInput, match="凭证"):
        confirm_by_evidence(principal_of(world.ana), **at(row))
    done = confirm_by_evidence(principal_of(world.ana), evidence="合同 2026-018 号", **at(row))
    assert (done.state, done.confirmed_by, done.evidence_zh) == (State.AGREED, "evidence", "合同 2026-018 号")


def test_who_proposed_does_not_confirm_for_the_other_side_too(world: World, exchange: Exchange) -> None:
    both = make_staff(world.east, username="both")
    make_role(both, "zone_staff", zone=world.west)
    row = propose_agreement(principal_of(both), exchange_id=exchange.pk, version=None, side=Side.NEED, **AGREED)
    with pytest.raises(Conflict, match="另一方确认"):
        confirm_agreement(principal_of(both), **at(row))


def test_an_agreement_is_proposed_once_and_only_where_both_have_met(world: World, exchange: Exchange) -> None:
    row = propose(world.eve, exchange)
    with pytest.raises(InvalidInput, match="原有合作"):
        propose(world.lin, exchange)
    refuse_agreement(principal_of(world.lin), words="金额不符", **at(row))
    again = propose(world.lin, exchange)
    take_back_proposal(principal_of(world.lin), **at(again))
    Exchange.plain.filter(pk=exchange.pk).update(state=ExchangeState.CONSENT_PENDING)
    with pytest.raises(IllegalTransition):
        propose(world.eve, exchange)
    Exchange.plain.filter(pk=exchange.pk).update(state=ExchangeState.DISCLOSED)
    exchange.consents.filter(side=Side.NEED).update(withdrawn_at=timezone.now())
    with pytest.raises(Conflict, match="同意书"):
        propose(world.lin, exchange)


def test_an_exchange_that_ends_takes_its_proposal_along(world: World, exchange: Exchange) -> None:
    row = propose(world.eve, exchange)
    give_up(principal_of(world.lin), exchange_id=exchange.pk, version=None, reason="price")
    row.refresh_from_db()
    assert row.state == State.TAKEN_BACK
    with pytest.raises(DomainError):
        confirm_agreement(principal_of(world.lin), **at(row))
    assert agreed_without_cooperation() == cooperations_off_their_path() == 0


def test_a_cooperation_told_without_an_exchange_needs_its_parties_or_evidence(world: World) -> None:
    parts = CooperationParts(
        parties=[{"organization": world.enterprise, "role": "lead"}, {"organization": world.laboratory}]
    )
    row = record_cooperation(principal_of(world.ana), with_parts=parts, **AGREED)
    with pytest.raises(Conflict):
        confirm_agreement(principal_of(world.ana), **at(row))
    half = confirm_agreement(principal_of(world.lin), **at(row))
    assert half.state == State.PROPOSED
    assert confirm_agreement(principal_of(world.eve), **at(half)).state == State.AGREED
    assert cooperations_off_their_path() == 0
    with pytest.raises(InvalidInput, match="对接页"):
        record_cooperation(principal_of(world.ana), with_parts=parts, **(AGREED | {"source": "match"}))


BAD: dict[str, tuple[dict[str, Any], dict[str, Any], str]] = {
    "signed in the future": ({"signed_on": date(2027, 1, 1)}, {}, "不能晚于今天"),
    "one party": ({}, {"parties": 1}, "至少有两方"),
    "a consortium without a lead": ({"kind": "consortium"}, {"parties": 2}, "牵头单位"),
    "an association nobody belongs to": ({}, {"strange": True}, "签约日"),
    "a sum of nothing": ({}, {"amounts": [{"kind": "grant", "amount": Decimal(0)}]}, "大于 0"),
    "one kind of sum twice": ({}, {"amounts": [{"kind": "grant", "amount": Decimal(5)}] * 2}, "一个合计数"),
    "a call that is not named": ({"source": "call"}, {}, "需求征集"),
}


@pytest.mark.parametrize("fault", BAD)
def test_what_cannot_be_is_refused_with_a_sentence_and_stores_nothing(world: World, fault: str) -> None:
    values, more, sentence = BAD[fault]
    owners = [{"organization": world.enterprise}, {"organization": world.laboratory}]
    parts = CooperationParts(
        parties=owners[: more.get("parties", 2)],
        amounts=more.get("amounts"),
        associations=[{"association": make_association(world.far)}] if "strange" in more else None,
    )
    with pytest.raises(InvalidInput, match=sentence):
        record_cooperation(principal_of(world.ana), with_parts=parts, **(AGREED | values))
    assert not Cooperation.plain.exists()


def test_nobody_records_what_none_of_theirs_is_party_to(world: World) -> None:
    parts = CooperationParts(parties=[{"organization": world.laboratory}, {"name_zh": "某外地公司"}])
    with pytest.raises(NotAllowed):
        record_cooperation(principal_of(world.ana), with_parts=parts, **AGREED)


def test_a_changed_proposal_is_confirmed_anew(world: World, exchange: Exchange) -> None:
    row = propose(world.eve, exchange)
    with pytest.raises(NotAllowed):
        change_proposal(principal_of(world.lin), title_zh="改", **at(row))
    done = change_proposal(principal_of(world.ana), title_zh="新题", **at(row))
    assert (done.title_zh, done.version) == ("新题", 2)
    with pytest.raises(Conflict):
        confirm_agreement(principal_of(world.lin), **at(row))
    agreed = confirm_agreement(principal_of(world.lin), **at(done))
    with pytest.raises(IllegalTransition):
        change_proposal(principal_of(world.ana), title_zh="再改", **at(agreed))


def test_it_runs_is_late_and_is_completed_on_a_day_and_gives_its_place_back(world: World, exchange: Exchange) -> None:
    row = confirm_agreement(principal_of(world.lin), **at(propose(world.eve, exchange)))
    row = start_cooperation(principal_of(world.eve), **at(row))
    row = delay_cooperation(principal_of(world.ana), words="设备到货晚，顺延两个月", **at(row))
    with pytest.raises(InvalidInput, match="签约日"):
        complete_cooperation(principal_of(world.eve), completed_on=SIGNED - timedelta(1), **at(row))
    row.refresh_from_db()
    done = complete_cooperation(principal_of(world.eve), completed_on=ENDED, **at(row))
    assert (done.state, done.completed_on) == (State.COMPLETED, ENDED)
    assert Booking.plain.get().released_at is not None
    days = list(CooperationStep.plain.filter(cooperation=row).values_list("to_state", "on_day"))
    assert days[-1] == (State.COMPLETED, ENDED)
    assert cooperations_off_their_path() == 0


def test_an_end_before_the_end_has_a_reason_and_stays_signed(world: World) -> None:
    row = make_cooperation(world.enterprise, world.laboratory, state=State.RUNNING)
    with pytest.raises(InvalidInput, match="原因"):
        terminate_cooperation(principal_of(world.ana), terminated_on=ENDED, reason="", **at(row))
    done = terminate_cooperation(principal_of(world.ana), terminated_on=ENDED, reason="funding", **at(row))
    assert (done.state, done.signed_on, done.end_reason, done.is_confirmed) == (
        State.TERMINATED, SIGNED, "funding", True,
    )  # fmt: skip


@pytest.mark.parametrize("state", State)
def test_every_step_outside_the_table_is_refused(world: World, state: State) -> None:
    row = make_cooperation(world.enterprise, world.laboratory, state=state)
    steps: dict[str, Any] = {
        State.AGREED: lambda: confirm_by_evidence(SYSTEM, evidence="合同 1 号", **at(row)),
        State.REFUSED: lambda: refuse_agreement(SYSTEM, words="不符", **at(row)),
        State.TAKEN_BACK: lambda: take_back_proposal(SYSTEM, **at(row)),
        State.RUNNING: lambda: start_cooperation(SYSTEM, **at(row)),
        State.DELAYED: lambda: delay_cooperation(SYSTEM, words="晚", **at(row)),
        State.COMPLETED: lambda: complete_cooperation(SYSTEM, completed_on=ENDED, **at(row)),
        State.TERMINATED: lambda: terminate_cooperation(SYSTEM, terminated_on=ENDED, reason="other", **at(row)),
    }
    for target, step in steps.items():
        if state not in TRANSITIONS[target]:
            with pytest.raises(IllegalTransition):
                step()


UNTRUE: list[dict[str, Any]] = [
    {"state": State.COMPLETED}, {"completed_on": ENDED}, {"state": State.TERMINATED, "terminated_on": ENDED},
    {"end_reason": "market"}, {"confirmed_at": None}, {"evidence_zh": ""}, {"state": State.PROPOSED},
    {"source": "match"}, {"source": "call"},
]  # fmt: skip


def test_the_database_ties_states_to_their_columns(world: World) -> None:
    row = make_cooperation(world.enterprise, world.laboratory)
    for fields in UNTRUE:
        with pytest.raises(IntegrityError), transaction.atomic():
            Cooperation.plain.filter(pk=row.pk).update(**fields)


def test_a_milestone_is_told_of_once_and_met_once(world: World) -> None:
    row = make_cooperation(world.enterprise, world.laboratory, state=State.RUNNING)
    make_milestone(row)
    make_milestone(row, position=2, due_on=today() + timedelta(30))
    assert (sweep(), sweep()) == (1, 0)
    row.refresh_from_db()
    met = meet_milestone(principal_of(world.lin), position=1, met_on=ENDED, **at(row))
    assert met.met_on == ENDED
    row.refresh_from_db()
    with pytest.raises(Conflict):
        meet_milestone(principal_of(world.lin), position=1, met_on=ENDED, **at(row))
    assert kinds() == ["cooperation.milestone_late", "cooperation.milestone_met"]
    assert CooperationMilestone.plain.filter(met_on__isnull=True).count() == 1


def test_strangers_see_it_while_all_its_parties_let_it_be_published(world: World) -> None:
    row = make_cooperation(world.enterprise, world.laboratory)
    seen = Cooperation.objects.visible_to
    assert seen(principal_of(world.auditor)).exists()
    row = agree_to_publish(principal_of(world.eve), **at(row))
    assert not seen(VISITOR).exists()
    with pytest.raises(InvalidInput, match="依据"):
        agree_to_publish(principal_of(world.bo), **at(row))
    row.refresh_from_db()
    row = agree_to_publish(principal_of(world.bo), basis="同意函 2026-11-20", **at(row))
    assert seen(VISITOR).exists()
    assert seen(principal_of(world.cy)).exists()
    assert CooperationParty.objects.visible_to(VISITOR).count() == 2
    assert not CooperationStep.objects.visible_to(principal_of(world.cy)).exists()
    hide_again(principal_of(world.lin), cooperation_id=row.pk)
    assert not seen(VISITOR).exists()


def test_a_proposal_is_never_public(world: World) -> None:
    row = make_cooperation(world.enterprise, world.laboratory, state=State.PROPOSED)
    CooperationParty.plain.filter(cooperation=row).update(published_on=today())
    assert not Cooperation.objects.visible_to(principal_of(world.cy)).exists()


def test_a_merged_organization_s_cooperations_go_on_with_the_kept_one(world: World) -> None:
    other = make_organization(name_zh="东方微电子股份有限公司", zone=world.east)
    row = make_cooperation(other, world.laboratory)
    both = make_cooperation(other, world.enterprise)
    with pytest.raises(Conflict, match="两方"):
        merge_organizations(SYSTEM, kept_id=world.enterprise.pk, merged_id=other.pk)
    CooperationParty.plain.filter(cooperation=both, organization=other).update(organization=world.outside)
    merge_organizations(SYSTEM, kept_id=world.enterprise.pk, merged_id=other.pk)
    assert CooperationParty.plain.filter(cooperation=row, organization=world.enterprise).exists()
