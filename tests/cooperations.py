"""Builders of cooperations: as they stand in a state, with what that state requires."""

from collections.abc import Callable
from datetime import date, timedelta
from itertools import pairwise
from typing import Any
from uuid import UUID

from django.utils import timezone

from matching.choices import CooperationState as State
from matching.models import (
    Cooperation,
    CooperationAmount,
    CooperationMilestone,
    CooperationParty,
    CooperationStep,
    OutcomePoll,
    TechContract,
)
from matching.models.cooperations import CONFIRMED
from tests.builders import plain_create
from zones.models import Organization
from zones.scoping import today

SIGNED = date(2026, 3, 2)
ENDED = date(2026, 10, 9)
PATHS = {
    State.PROPOSED: [State.PROPOSED],
    State.REFUSED: [State.PROPOSED, State.REFUSED],
    State.TAKEN_BACK: [State.PROPOSED, State.TAKEN_BACK],
    State.AGREED: [State.PROPOSED, State.AGREED],
    State.RUNNING: [State.PROPOSED, State.AGREED, State.RUNNING],
    State.DELAYED: [State.PROPOSED, State.AGREED, State.DELAYED],
    State.COMPLETED: [State.PROPOSED, State.AGREED, State.RUNNING, State.COMPLETED],
    State.TERMINATED: [State.PROPOSED, State.AGREED, State.TERMINATED],
}


def make_cooperation(*owners: Organization, state: str = State.AGREED, **fields: Any) -> Cooperation:
    """A project of these organizations, signed in March 2026 and confirmed by evidence."""
    values: dict[str, Any] = {
        "kind": "project", "title_zh": "外延片缺陷检测联合攻关", "signed_on": SIGNED, "state": state,
    }  # fmt: skip
    if state in CONFIRMED:
        values |= {"confirmed_at": timezone.now(), "confirmed_by": "evidence", "evidence_zh": "合同 2026-018 号"}
    if state == State.COMPLETED:
        values["completed_on"] = ENDED
    if state == State.TERMINATED:
        values |= {"terminated_on": ENDED, "end_reason": "market"}
    row: Cooperation = plain_create(Cooperation, values | fields)
    for position, owner in enumerate(owners, start=1):
        make_party(row, owner, position=position)
    for before, after in pairwise(["", *PATHS[State(state)]]):
        step = {"cooperation": row, "from_state": before, "to_state": after, "on_day": SIGNED}
        plain_create(CooperationStep, step)
    return row


def make_party(row: Cooperation, owner: Organization, **fields: Any) -> CooperationParty:
    place = {"zone": owner.zone, "region": owner.zone.region if owner.zone else None}
    return plain_create(CooperationParty, {"cooperation": row, "organization": owner, "position": 1} | place | fields)


def make_milestone(row: Cooperation, **fields: Any) -> CooperationMilestone:
    values = {"cooperation": row, "position": 1, "name_zh": "样机验收", "due_on": date(2026, 9, 30)}
    return plain_create(CooperationMilestone, values | fields)


def make_amount(row: Cooperation, **fields: Any) -> CooperationAmount:
    values = {"cooperation": row, "kind": "contract_sum", "amount": "1200000.00"}
    return plain_create(CooperationAmount, values | fields)


def make_contract(seller: Organization, buyer: Organization, **fields: Any) -> TechContract:
    """A contract signed in March 2026, of the seller's zone."""
    values: dict[str, Any] = {
        "zone": seller.zone, "title_zh": "外延片检测委托开发", "contract_type": "KF-WT", "seller_organization": seller,
        "buyer_organization": buyer, "seller_zone": seller.zone, "buyer_zone": buyer.zone, "total_amount": "1200000.00",
        "traded_amount": "900000.00", "signed_on": SIGNED, "submit_by": date(2026, 3, 23),
    }  # fmt: skip
    return plain_create(TechContract, values | fields)


def show_cooperations(named: Callable[[str], UUID], own: Organization, partner: Organization) -> None:
    """What Far's organization has agreed on and sold, and what two others let everybody see of theirs, one of them
    unlisted, in the world of `tests.edges.test_two_worlds`.
    """
    make_milestone(make_cooperation(own, partner, public_id=named("shown-cooperation")))
    make_contract(own, partner, public_id=named("shown-contract"))
    hidden = Organization.plain.get(public_id=named("hidden-organization"))
    told = make_cooperation(partner, hidden, public_id=named("public-cooperation"), state=State.RUNNING)
    make_milestone(told)
    CooperationParty.plain.filter(cooperation=told).update(published_on=SIGNED)


def hide_cooperations(named: Callable[[str], UUID], words: str, partner: Organization) -> None:
    """Those of others that are not published, and what the parties of a published one keep to themselves."""
    hidden = Organization.plain.get(public_id=named("hidden-organization"))
    others = make_cooperation(partner, hidden, title_zh=words, public_id=named("hidden-cooperation"))
    make_amount(others)
    make_contract(partner, hidden, title_zh=words, public_id=named("hidden-contract"), cooperation=others)
    told = Cooperation.plain.get(public_id=named("public-cooperation"))
    make_amount(told)
    make_contract(partner, hidden, title_zh=words, cooperation=told, public_id=named("other-hidden-contract"))
    Cooperation.plain.filter(pk=told.pk).update(evidence_zh=words, end_zh=words)
    CooperationParty.plain.filter(cooperation=told).update(publish_basis_zh=words, is_proposing=True)
    CooperationMilestone.plain.filter(cooperation=told).update(note_zh=words, told_on=SIGNED)


def make_poll(party: CooperationParty, **fields: Any) -> OutcomePoll:
    """Asked today, after the first year."""
    values = {"party": party, "year": 1, "asked_on": today(), "due_on": today() + timedelta(30)}
    return plain_create(OutcomePoll, values | fields)
