"""Agreements become cooperations: proposed by one party, counted once the others confirm or a document proves it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from matching.choices import Confirmation, CooperationKind, CooperationSource, ExchangeState, PartyRole, Side
from matching.choices import CooperationState as State
from matching.models import (
    Cooperation,
    CooperationAmount,
    CooperationAssociation,
    CooperationMilestone,
    CooperationParty,
    Event,
    Exchange,
)
from matching.services.consents import standing_consents
from matching.services.cooperation_states import (
    acts_for_party,
    is_staff_of_a_party,
    locked_cooperation,
    move,
    must_act,
    parties_of,
    past_day,
    step_of,
)
from matching.services.exchange_sides import acting_side, locked_exchange, organization_of
from matching.services.exchange_states import TRANSITIONS as EXCHANGE_TRANSITIONS
from matching.services.exchange_states import move as move_exchange
from zones.errors import Conflict, IllegalTransition, InvalidInput, NotAllowed
from zones.models import Organization
from zones.scoping import SYSTEM, Principal, associations_of
from zones.services.base import (
    clean_text,
    clean_values,
    must_be_editable,
    save_next_version,
    tell,
    validated,
)
from zones.services.children import replace_children
from zones.services.codes import check_codes
from zones.services.public_texts import must_name_nobody

Values = Mapping[str, Any]
WRITTEN: Final = (
    "kind", "title_zh", "summary_zh", "source", "call", "event", "signed_on", "dimension", "industry_codes",
    "evidence_zh",
)  # fmt: skip
"""What a proposal says of a cooperation; the rest follows from its steps."""
LED: Final = frozenset({CooperationKind.CONSORTIUM, CooperationKind.JOINT_CENTRE})
"""Kinds that have a lead."""
EVIDENCE_AT_LEAST: Final = 4
REASON = "a proposal is found by its exchange, which the caller has locked"


@dataclass(frozen=True, slots=True)
class CooperationParts:
    """What hangs on a cooperation; None leaves a list as it is, a list replaces it."""

    parties: Sequence[Values] | None = None
    milestones: Sequence[Values] | None = None
    amounts: Sequence[Values] | None = None
    associations: Sequence[Values] | None = None


NO_PARTS: Final = CooperationParts()


@transaction.atomic
def propose_agreement(
    principal: Principal, *, exchange_id: int, version: int | None, side: str = "",
    with_parts: CooperationParts = NO_PARTS, **values: Any,
) -> Cooperation:  # fmt: skip
    """Say for one side of an exchange what both have agreed on; it counts once the other side confirms. Parties are
    both sides, and those of `with_parts` besides.

    Raises NotFound, NotAllowed, IllegalTransition, InvalidInput; Conflict where the exchange has changed, or a consent
    to tell each other is missing.
    """
    exchange = locked_exchange(principal, exchange_id=exchange_id, version=version)
    who = acting_side(principal, exchange, side)
    _must_have_met(exchange)
    row = prepared(principal, values, source=CooperationSource.MATCH, exchange=exchange, is_sample=exchange.is_sample)
    parties = [_side_party(exchange, one, is_proposing=one == who) for one in Side]
    parties += placed(principal, with_parts.parties or ())
    return _stored(principal, row, parties, with_parts)


@transaction.atomic
def record_cooperation(
    principal: Principal, *, with_parts: CooperationParts, is_sample: bool = False, **values: Any
) -> Cooperation:
    """Write down a cooperation that came about otherwise than by an exchange. It counts once its parties confirm, or by
    evidence. Raises InvalidInput; NotAllowed for one without a party the principal speaks for.
    """
    if values.get("source") == CooperationSource.MATCH:
        raise InvalidInput.single("source", _("“平台匹配对接”的合作请在对接页提交；其他合作请另选来源。"))
    must_read_event(principal, values.get("event"))
    row = prepared(principal, values, is_sample=is_sample)
    return _stored(principal, row, placed(principal, with_parts.parties or ()), with_parts)


@transaction.atomic
def change_proposal(
    principal: Principal, *, cooperation_id: int, version: int | None, with_parts: CooperationParts = NO_PARTS,
    **values: Any,
) -> Cooperation:  # fmt: skip
    """Change what is proposed, before it counts; whoever has confirmed is asked again. Raises NotFound, NotAllowed,
    Conflict, InvalidInput, IllegalTransition.
    """
    row = locked_cooperation(principal, cooperation_id=cooperation_id, version=version)
    parties = parties_of(row)
    _must_be_proposed(row)
    _must_be_the_proposer(principal, row, parties)
    must_read_event(principal, values.get("event"))
    for name, value in _checked(values).items():
        setattr(row, name, value)
    past_day("signed_on", row.signed_on)
    save_next_version(validated(row))
    if with_parts.parties is not None and row.exchange_id is None:
        _write_parties(row, placed(principal, with_parts.parties))
    else:
        _ask_again(parties)
    _write_parts(row, with_parts)
    must_be_editable(row, principal)
    tell(row, "cooperation.changed")
    return row


@transaction.atomic
def confirm_agreement(principal: Principal, *, cooperation_id: int, version: int | None) -> Cooperation:
    """Say yes for the parties the principal speaks for. With the last of them it is agreed, and so is its exchange.

    Raises NotFound, NotAllowed, IllegalTransition; Conflict where it has changed, or who proposed it would confirm it.
    """
    row = _locked_with_exchange(principal, cooperation_id, version)
    _must_be_proposed(row)
    parties = parties_of(row)
    asked = [party for party in parties if party.organization_id and party.confirmed_at is None]
    mine = [party for party in asked if acts_for_party(principal, party)]
    must_act(principal, mine)
    if row.proposer_id is not None and row.proposer_id == principal.user_id:
        raise Conflict(_("须由另一方确认：提交人不能自行确认；已有签约文件的，请由园区凭凭证确认。"))
    for party in mine:
        party.confirmed_at, party.confirmer_id = timezone.now(), principal.user_id
        party.save(update_fields=["confirmed_at", "confirmer"])
    if len(mine) == len(asked):
        return _agreed(principal, row, Confirmation.PARTIES)
    tell(save_next_version(row), "cooperation.party_confirmed")
    return row


@transaction.atomic
def confirm_by_evidence(
    principal: Principal, *, cooperation_id: int, version: int | None, evidence: str = ""
) -> Cooperation:
    """Confirm by a document what the parties have signed: for the staff of a party's zone. Raises NotFound, NotAllowed,
    Conflict, InvalidInput without a name and number of the document, IllegalTransition.
    """
    row = _locked_with_exchange(principal, cooperation_id, version)
    _must_be_proposed(row)
    if not is_staff_of_a_party(principal, parties_of(row)):
        raise NotAllowed(_("凭凭证确认由合作方所在园区办理：请联系园区，或请对方确认。"))
    row.evidence_zh = clean_text("evidence", evidence) or row.evidence_zh
    if len(row.evidence_zh) < EVIDENCE_AT_LEAST:
        message = _("请写明凭证的名称与编号（至少 %(count)d 个字），例如“技术开发合同 2026-018 号”。")
        raise InvalidInput.single("evidence", message % {"count": EVIDENCE_AT_LEAST})
    return _agreed(principal, row, Confirmation.EVIDENCE)


@transaction.atomic
def refuse_agreement(principal: Principal, *, cooperation_id: int, version: int | None, words: str = "") -> Cooperation:
    """Say for another party that it was not agreed like this; a corrected proposal can follow. Raises NotFound,
    NotAllowed, Conflict, InvalidInput without words, IllegalTransition.
    """
    row = locked_cooperation(principal, cooperation_id=cooperation_id, version=version)
    _must_be_proposed(row)
    must_act(principal, [party for party in parties_of(row) if not party.is_proposing])
    if not clean_text("words", words):
        raise InvalidInput.single("words", _("请写明哪里不符，便于对方更正后重新提交。"))
    return move(principal, row, State.REFUSED, words=words)


@transaction.atomic
def take_back_proposal(principal: Principal, *, cooperation_id: int, version: int | None) -> Cooperation:
    """Take a proposal back before it counts. Raises NotFound, NotAllowed, Conflict, IllegalTransition."""
    row = locked_cooperation(principal, cooperation_id=cooperation_id, version=version)
    _must_be_the_proposer(principal, row, parties_of(row))
    return move(principal, row, State.TAKEN_BACK)


def _agreed(principal: Principal, row: Cooperation, by: Confirmation) -> Cooperation:
    row.confirmed_by, row.confirmed_at, row.confirmer_id = by, timezone.now(), principal.user_id
    moved = move(principal, row, State.AGREED, on_day=row.signed_on)
    if row.exchange is not None:
        move_exchange(principal, row.exchange, ExchangeState.AGREED)
    return moved


def _locked_with_exchange(principal: Principal, cooperation_id: int, version: int | None) -> Cooperation:
    """The exchange is locked before its cooperation, with need and resource, as every step of it does."""
    found = Cooperation.objects.visible_to(principal).filter(pk=cooperation_id).values_list("exchange_id", flat=True)
    exchange_id = found.first()
    exchange = locked_exchange(SYSTEM, exchange_id=exchange_id, version=None) if exchange_id else None
    row = locked_cooperation(principal, cooperation_id=cooperation_id, version=version)
    if exchange is not None:
        row.exchange = exchange
    return row


def prepared(principal: Principal, values: Values, **given: Any) -> Cooperation:
    """A cooperation not yet stored, signed on a day that has come. Raises InvalidInput."""
    row = Cooperation(**(_checked(values) | given), proposer_id=principal.user_id)
    if row.signed_on is None:
        raise InvalidInput.single("signed_on", _("请填写签约日。"))
    past_day("signed_on", row.signed_on)
    return row


def _checked(values: Values) -> dict[str, Any]:
    cleaned = clean_values({name: value for name, value in values.items() if name in WRITTEN})
    check_codes(cleaned)
    must_name_nobody({"title_zh": str(cleaned.get("title_zh") or "")})
    return cleaned


def _stored(
    principal: Principal, row: Cooperation, parties: list[dict[str, Any]], with_parts: CooperationParts
) -> Cooperation:
    validated(row).save()
    row.refresh_from_db(fields=["created_at", "updated_at"])
    _write_parties(row, parties)
    _write_parts(row, with_parts)
    must_be_editable(row, principal)
    step_of(principal, row, before="", on_day=row.signed_on, reason="", words="").save()
    tell(row, "cooperation.proposed")
    return row


def _side_party(exchange: Exchange, side: Side, *, is_proposing: bool) -> dict[str, Any]:
    owner = organization_of(exchange, side)
    role = PartyRole.LEAD if side == Side.NEED else PartyRole.MEMBER
    return _on_record(owner, role, is_proposing=is_proposing)


def must_read_event(principal: Principal, event: Event | None) -> None:
    """Raises InvalidInput for an event the principal may not read."""
    if event is not None and not Event.objects.visible_to(principal).filter(pk=event.pk).exists():
        raise InvalidInput.single("event", _("所选活动不存在，或您无权查看：请重新选择。"))


def placed(principal: Principal, rows: Sequence[Values]) -> list[dict[str, Any]]:
    """Parties with the zone and region they are in now; those of a member who proposes have thereby confirmed."""
    named = [row["organization"].pk for row in rows if row.get("organization")]
    seen = set(Organization.objects.visible_to(principal).filter(pk__in=named).values_list("pk", flat=True))
    if set(named) - seen:
        raise InvalidInput.single("organization", _("所选单位不存在，或您无权查看：请重新选择。"))
    return [_party(principal, row) for row in rows]


def _party(principal: Principal, row: Values) -> dict[str, Any]:
    owner, role = row.get("organization"), row.get("role") or PartyRole.MEMBER
    if owner is not None:
        return _on_record(owner, role, is_proposing=owner.pk in principal.organizations)
    return {"name_zh": row.get("name_zh") or "", "region": row.get("region"), "role": role}


def _on_record(owner: Organization, role: str, *, is_proposing: bool) -> dict[str, Any]:
    region = owner.region or (owner.zone.region if owner.zone else None)
    confirmed_at = timezone.now() if is_proposing else None
    return {
        "organization": owner, "zone": owner.zone, "region": region, "role": role, "is_proposing": is_proposing,
        "confirmed_at": confirmed_at,
    }  # fmt: skip


def must_have_a_lead(row: Cooperation, parties: Sequence[Values]) -> None:
    """At least two parties, and a lead where the kind has one. Raises InvalidInput."""
    if len(parties) < len(Side):
        raise InvalidInput.single("parties", _("合作至少有两方：请补充合作方。"))
    if row.kind in LED and not any(party["role"] == PartyRole.LEAD for party in parties):
        raise InvalidInput.single("parties", _("联合研发中心与攻关联合体须有牵头单位：请为一方选择“牵头单位”。"))


def _write_parties(row: Cooperation, parties: list[dict[str, Any]]) -> None:
    must_have_a_lead(row, parties)
    replace_children(row, CooperationParty, foreign_key="cooperation", rows=parties)


def _write_parts(row: Cooperation, parts: CooperationParts) -> None:
    for model, rows in (
        (CooperationMilestone, parts.milestones),
        (CooperationAmount, parts.amounts),
        (CooperationAssociation, parts.associations),
    ):
        if rows is not None:
            replace_children(row, model, foreign_key="cooperation", rows=rows)
    _must_be_members(row)


def _must_be_members(row: Cooperation) -> None:
    """It counts for an association only with a party of a zone that was a member on the day of signing."""
    zones = frozenset(party.zone_id for party in parties_of(row) if party.zone_id)
    known = associations_of(zones, on=row.signed_on)
    links = CooperationAssociation.objects.unscoped(reason=REASON).filter(cooperation=row)
    strange = links.exclude(association_id__in=known).select_related("association").first()
    if strange is not None:
        message = _("签约日没有合作方所在高新区是“%(association)s”的成员：请核对签约日、合作方或所计入的联盟。")
        raise InvalidInput.single("association", message % {"association": strange.association})


def _ask_again(parties: list[CooperationParty]) -> None:
    for party in parties:
        if not party.is_proposing and party.confirmed_at is not None:
            party.confirmed_at, party.confirmer = None, None
            party.save(update_fields=["confirmed_at", "confirmer"])


def _must_have_met(exchange: Exchange) -> None:
    if exchange.state not in EXCHANGE_TRANSITIONS[ExchangeState.AGREED]:
        message = _("对接现为“%(now)s”，还不到提交合作这一步：双方互换联系方式后再提交。")
        raise IllegalTransition(message % {"now": exchange.get_state_display()})
    if len(standing_consents(exchange)) < len(Side):
        raise Conflict(_("双方的同意书须都在有效期内：请先补办同意，再提交合作。"))


def _must_be_proposed(row: Cooperation) -> None:
    if row.state != State.PROPOSED:
        message = _("合作现为“%(now)s”，已不在确认阶段：请刷新后再看。")
        raise IllegalTransition(message % {"now": row.get_state_display()})


def _must_be_the_proposer(principal: Principal, row: Cooperation, parties: list[CooperationParty]) -> None:
    """Who proposed it, or whoever speaks for the party that did."""
    is_own = row.proposer_id is not None and row.proposer_id == principal.user_id
    if not is_own and not principal.is_system:
        must_act(principal, [party for party in parties if party.is_proposing])
