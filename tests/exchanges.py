"""Builders of exchanges: as they stand in a state, with what that state requires."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.utils import timezone

from matching.choices import ExchangeState, Side
from matching.models import (
    Consent,
    Exchange,
    ExchangeStep,
    Need,
    NegotiationFile,
    NegotiationMeeting,
    NegotiationMessage,
)
from matching.models.exchanges import ACCEPTED
from tests.builders import make_contact, make_user, plain_create
from zones.models import Resource
from zones.scoping import today


def make_exchange(need: Need, resource: Resource, **fields: Any) -> Exchange:
    """An exchange of this pair: by default the need's side has asked today."""
    day = today()
    values: dict[str, Any] = {
        "need": need, "resource": resource, "asked_by_side": Side.NEED, "cooperation_zh": "委托检测",
        "offer_zh": "样品与经费", "need_version": need.version, "resource_version": resource.version,
        "told": {
            "need": {"title_zh": need.title_zh, "title_en": need.title_en, "summary_zh": need.summary_zh},
            "resource": {"name_zh": resource.name_zh, "name_en": resource.name_en},
        },
        "remind_on": day + timedelta(3), "answer_due_on": day + timedelta(7), "expires_on": day + timedelta(21),
    }  # fmt: skip
    if fields.get("state", ExchangeState.INTEREST_SENT) in ACCEPTED:
        values["answered_at"] = timezone.now()
    exchange: Exchange = plain_create(Exchange, values | fields)
    plain_create(ExchangeStep, {"exchange": exchange, "to_state": exchange.state, "side": exchange.asked_by_side})
    return exchange


def make_consent(exchange: Exchange, side: Side, **fields: Any) -> Consent:
    """A standing consent of one side to be called by phone."""
    owner = (exchange.need if side == Side.NEED else exchange.resource).organization
    values: dict[str, Any] = {
        "exchange": exchange, "side": side, "text_version": 1, "fields": ["phone"], "purpose_zh": "商谈检测委托",
        "valid_until": today() + timedelta(90),
    }  # fmt: skip
    if "contact" not in fields:
        values["contact"] = make_contact(owner).public_id
    return plain_create(Consent, values | fields)


def make_talk(exchange: Exchange, words: str, *, file: UUID, meeting: UUID) -> None:
    """A message, a file and a meeting of two who talk."""
    said = {"exchange": exchange, "side": Side.NEED}
    plain_create(NegotiationMessage, said | {"text": words})
    plain_create(
        NegotiationFile,
        said | {"name": f"{words}.pdf", "kind": "pdf", "size": 5, "content": b"%PDF-", "public_id": file},
    )
    starts = timezone.now() + timedelta(days=2)
    held = {"topic_zh": words, "place_zh": words, "starts_at": starts, "ends_at": starts + timedelta(hours=1)}
    plain_create(NegotiationMeeting, said | held | {"public_id": meeting})


def show_exchange(named: Callable[[str], UUID]) -> None:
    """An exchange of Far's own need, to whose resource's owner it is to be told."""
    own, asked = Need.plain.get(public_id=named("own-need")), Resource.plain.get(public_id=named("public-resource"))
    shown = {"state": ExchangeState.CONSENT_PENDING, "public_id": named("shown-exchange")}
    make_consent(make_exchange(own, asked, **shown), Side.RESOURCE)


def hide_exchanges(named: Callable[[str], UUID], words: str) -> None:
    """Exchanges of others over the same resource and need, and what the other side keeps to itself of a shown one, in
    the world of `tests.edges.test_two_worlds`.
    """
    needs = [Need.plain.get(public_id=named(word)) for word in ("zone-need", "shown-need")]
    resource = Resource.plain.get(public_id=named("public-resource"))
    for need, word in zip(needs, ("hidden-exchange", "other-hidden-exchange"), strict=True):
        exchange = make_exchange(need, resource, state=ExchangeState.DISCLOSED, public_id=named(word))
        make_consent(exchange, Side.NEED)
        make_talk(exchange, words, file=named(f"file-of-{word}"), meeting=named(f"meeting-of-{word}"))
    told = Exchange.plain.get(public_id=named("shown-exchange"))
    make_contact(told.resource.organization, person_name=words)
    Consent.plain.filter(exchange=told).update(basis_zh=words, giver=make_user("giver"))
