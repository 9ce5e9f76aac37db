"""Consent and disclosure: contacts are seen only while both sides consent, and each look at them is written down."""

from collections.abc import Sequence
from datetime import date
from typing import Final
from uuid import UUID

from django.db import transaction
from django.db.models.functions import Now
from django.utils.translation import gettext as _

from ledger.events import record_event
from matching.choices import ContactField, Side
from matching.choices import ExchangeState as State
from matching.models import Consent, Disclosure, Exchange
from matching.services.exchange_sides import (
    acting_side,
    is_on_behalf,
    locked_exchange,
    organization_of,
    other,
    sides_of,
)
from matching.services.exchange_states import move
from matching.services.exchange_words import anonymous_text
from zones.errors import Conflict, IllegalTransition, InvalidInput, NotFound
from zones.models import Organization
from zones.scoping import Principal, as_reader, today
from zones.services.base import clean_text, tell_fact, validated
from zones.services.contacts import ShownContact, consented_contact, has_contact

TEXT_VERSION: Final = 1
"""Of the text that is agreed to: a changed text is a new version."""
OPEN_STATES: Final = (State.DISCLOSED, State.NEGOTIATING, State.AGREED)
REASON = "consents of both sides decide what is shown; the exchange was found by its own rule"
BASIS_AT_LEAST = 4


@transaction.atomic
def give_consent(
    principal: Principal, *, exchange_id: int, version: int | None, contact: UUID, fields: Sequence[str],
    purpose: str, valid_until: date, text_version: int, basis: str = "", side: str = "",
) -> Consent:  # fmt: skip
    """Let the other side see fields of one contact of one's own, until a day. With the second consent both are open.

    Raises NotFound, NotAllowed, IllegalTransition, InvalidInput; Conflict where the exchange has changed, the text is
    not today's, or somebody would consent for both sides.
    """
    exchange = locked_exchange(principal, exchange_id=exchange_id, version=version)
    who = acting_side(principal, exchange, side)
    _must_be_asked(exchange, who)
    _must_be_two_pairs_of_eyes(principal, exchange, who)
    if text_version != TEXT_VERSION:
        raise Conflict(_("同意书已更新：请阅读新版后再同意。"))
    consent = Consent(
        exchange=exchange, side=who, text_version=text_version, contact=_own_contact(exchange, who, contact),
        fields=_clean_fields(fields), purpose_zh=anonymous_text(exchange, who, field="purpose", text=purpose),
        valid_until=_later(valid_until),
        giver_id=principal.user_id, basis_zh=_clean_basis(principal, exchange, who, basis),
    )  # fmt: skip
    validated(consent).save()
    consent.refresh_from_db(fields=["given_at"])
    _tell(exchange, f"consent.given.{who}", consent)
    if exchange.state == State.CONSENT_PENDING and len(standing_consents(exchange)) == len(Side):
        move(principal, exchange, State.DISCLOSED, side=who)
    return consent


@transaction.atomic
def withdraw_consent(principal: Principal, *, exchange_id: int, side: str = "") -> Consent:
    """Take it back, as easily as it was given: the next look at contacts finds nothing. Raises NotFound, NotAllowed."""
    exchange = locked_exchange(principal, exchange_id=exchange_id, version=None)
    who = acting_side(principal, exchange, side)
    consent = standing_consents(exchange).get(who)
    if consent is None:
        raise NotFound(_("没有生效中的同意书。"))
    consent.withdrawn_at, consent.withdrawer_id = Now(), principal.user_id
    consent.save(update_fields=["withdrawn_at", "withdrawer"])
    consent.refresh_from_db(fields=["withdrawn_at"])
    _tell(exchange, f"consent.withdrawn.{who}", consent)
    if exchange.state == State.DISCLOSED:
        move(principal, exchange, State.CONSENT_PENDING, side=who)
    return consent


@transaction.atomic
def contact_for(principal: Principal, *, exchange_id: int, side: str = "") -> ShownContact:
    """The contact of the other side, as far as it has consented; the look is written down.

    Raises NotFound also where a consent is missing, withdrawn or over: both are the same to who asks.
    """
    exchange = locked_exchange(principal, exchange_id=exchange_id, version=None)
    who = acting_side(principal, exchange, side)
    consents = standing_consents(exchange)
    if exchange.state not in OPEN_STATES or len(consents) != len(Side):
        raise NotFound(_("双方都同意后才能查看联系方式：请先完成同意，或等待对方。"))
    consent = consents[other(who)]
    shown = consented_contact(organization_of(exchange, other(who)), contact=consent.contact, fields=consent.fields)
    look = Disclosure(
        exchange=exchange, consent=consent, side=who, user_id=principal.user_id, contact=consent.contact,
        fields=consent.fields,
    )  # fmt: skip
    look.save()
    tell_fact(look, "contact.disclosed", exchange=exchange, side=who)
    return shown


def are_open(principal: Principal, exchange: Exchange) -> bool:
    """Whether the principal, on one of the sides, could see the other side's contact now."""
    is_side = bool(sides_of(principal, exchange))
    return is_side and exchange.state in OPEN_STATES and len(standing_consents(exchange)) == len(Side)


def told_organization(principal: Principal, exchange: Exchange, side: Side) -> Organization | None:
    """Whose side it is, as far as the principal may know: one's own, with both consents the other's, and before that
    who offers the resource where that may be seen anyway.
    """
    owner = organization_of(exchange, side)
    if side in sides_of(as_reader(principal), exchange) or are_open(principal, exchange):
        return owner
    if side == Side.NEED:
        return None
    found: Organization | None = Organization.objects.visible_to(principal).filter(pk=owner.pk).first()
    return found


def standing_consents(exchange: Exchange) -> dict[Side, Consent]:
    """By side: those that are neither withdrawn nor over today."""
    rows = Consent.objects.unscoped(reason=REASON).filter(
        exchange=exchange, withdrawn_at__isnull=True, valid_until__gte=today()
    )
    return {Side(row.side): row for row in rows}


def _tell(exchange: Exchange, kind: str, consent: Consent) -> None:
    """The fact counts once for each consent: one may be withdrawn and given anew while the exchange stays as it is."""
    record_event(
        kind, object_type=exchange._meta.label_lower, public_id=exchange.public_id, version=consent.pk,
        payload={"consent": str(consent.public_id)},
    )  # fmt: skip


def _must_be_asked(exchange: Exchange, side: Side) -> None:
    if exchange.state not in (State.CONSENT_PENDING, *OPEN_STATES):
        message = _("对接现为“%(now)s”，还不到同意这一步。")
        raise IllegalTransition(message % {"now": exchange.get_state_display()})
    if side in standing_consents(exchange):
        raise Conflict(_("本方已同意：如需修改，请先撤回原来的同意。"))
    lapsed = Consent.objects.unscoped(reason=REASON).filter(exchange=exchange, side=side, withdrawn_at__isnull=True)
    lapsed.update(withdrawn_at=Now())


def _must_be_two_pairs_of_eyes(principal: Principal, exchange: Exchange, side: Side) -> None:
    across = standing_consents(exchange).get(other(side))
    if across is not None and across.giver_id == principal.user_id:
        raise Conflict(_("同一人不能代表双方同意：请由另一位同事或单位本人办理。"))


def _own_contact(exchange: Exchange, side: Side, contact: UUID) -> UUID:
    if not has_contact(organization_of(exchange, side), contact):
        raise InvalidInput.single("contact", _("请从本单位的联系方式中选择。"))
    return contact


def _clean_fields(fields: Sequence[str]) -> list[str]:
    chosen = [field for field in ContactField.values if field in fields]
    if not chosen or len(chosen) != len(set(fields)):
        raise InvalidInput.single("fields", _("请至少选择一项可见内容：联系人、电话或邮箱。"))
    return chosen


def _later(day: date) -> date:
    if day < today():
        raise InvalidInput.single("valid_until", _("有效期不能早于今天。"))
    return day


def _clean_basis(principal: Principal, exchange: Exchange, side: Side, basis: str) -> str:
    said = clean_text("basis", basis)
    if is_on_behalf(principal, exchange, side) and len(said) < BASIS_AT_LEAST:
        message = _("代单位同意时，请写明依据（至少 %(count)d 个字），例如“授权书 2026-11-20”。")
        raise InvalidInput.single("basis", message % {"count": BASIS_AT_LEAST})
    return said
