"""Builders of framework agreements: as they stand in a state, with what that state requires."""

from collections.abc import Callable
from datetime import timedelta
from hashlib import sha256
from itertools import pairwise
from typing import Any
from uuid import UUID

from matching.agreement_choices import AgreementState as State
from matching.models import Agreement, AgreementCommitment, AgreementDocument, AgreementParty, AgreementStep
from tests.builders import plain_create
from zones.models import Association, Organization, Zone
from zones.scoping import today

PDF = b"%PDF-1.7 signed"
PATHS = {
    State.DRAFT: [State.DRAFT],
    State.DROPPED: [State.DRAFT, State.DROPPED],
    State.IN_FORCE: [State.DRAFT, State.IN_FORCE],
    State.EXPIRED: [State.DRAFT, State.IN_FORCE, State.EXPIRED],
    State.ENDED: [State.DRAFT, State.IN_FORCE, State.ENDED],
}
Named = Zone | Association | Organization


def make_agreement(*parties: Named, state: str = State.IN_FORCE, **fields: Any) -> Agreement:
    """Kept by the first zone among its parties, in force for a year from a month ago, with its document."""
    day = today()
    values: dict[str, Any] = {
        "kind": "framework", "title_zh": "东西高新区协同创新合作框架协议", "scopes": ["research", "talent"],
        "valid_from": day - timedelta(30), "valid_to": day + timedelta(335), "state": state,
    }  # fmt: skip
    if "zone" not in fields and "association" not in fields:
        values["zone"] = next(one for one in parties if isinstance(one, Zone))
    if state not in (State.DRAFT, State.DROPPED):
        values |= {"signed_on": day - timedelta(31), "document_sha256": sha256(PDF).hexdigest()}
    if state == State.ENDED:
        values |= {"ended_on": day, "end_reason": "mutual"}
    row: Agreement = plain_create(Agreement, values | fields)
    for position, party in enumerate(parties, start=1):
        make_agreement_party(row, party, position=position)
    if row.document_sha256:
        make_document(row)
    for before, after in pairwise(["", *PATHS[State(state)]]):
        plain_create(AgreementStep, {"agreement": row, "from_state": before, "to_state": after, "on_day": day})
    return row


def make_agreement_party(row: Agreement, party: Named, **fields: Any) -> AgreementParty:
    name = {Zone: "zone", Association: "association", Organization: "organization"}[type(party)]
    return plain_create(AgreementParty, {"agreement": row, name: party} | fields)


def make_commitment(row: Agreement, **fields: Any) -> AgreementCommitment:
    """The first party promises four events within the week."""
    values = {
        "agreement": row, "position": 1, "party_position": 1, "what_zh": "联合举办产学研对接会", "target": "4.00",
        "unit": "场", "due_on": today() + timedelta(5),
    }  # fmt: skip
    return plain_create(AgreementCommitment, values | fields)


def make_document(row: Agreement, **fields: Any) -> AgreementDocument:
    values = {
        "agreement": row, "name": "协议.pdf", "kind": "pdf", "size": len(PDF), "content": PDF,
        "sha256": sha256(PDF).hexdigest(),
    }  # fmt: skip
    return plain_create(AgreementDocument, values | fields)


def show_agreements(named: Callable[[str], UUID], own: Organization, partner: Zone) -> None:
    """One that Far's organization has put its name to, in the world of `tests.edges.test_two_worlds`."""
    make_commitment(make_agreement(own, partner, public_id=named("shown-agreement")))


def hide_agreements(named: Callable[[str], UUID], words: str, *zones: Zone) -> None:
    """One of others, and a draft that names Far and is not signed yet."""
    make_commitment(make_agreement(*zones, title_zh=words, public_id=named("hidden-agreement")))
    told = Agreement.plain.get(public_id=named("shown-agreement"))
    own = told.parties.get(position=1).organization
    assert own is not None
    make_agreement(zones[0], own, state=State.DRAFT, title_zh=words, public_id=named("draft-agreement"))
