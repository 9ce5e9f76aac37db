"""Needs that fit a resource, as its own side reads them: without budgets, and never whose they are."""

from typing import Any, Final

from django.utils.translation import get_language

from matching.choices import ExposureChannel
from matching.models import LIVE, Match
from matching.services.explanations import explain_many
from matching.services.exposures import Shown, log_shown
from portal.cards import plain_cards
from portal.exchange_lists import live_of_pairs
from zones.choices import ResourceStatus
from zones.models import Resource
from zones.scoping import Principal
from zones.search.requests import NEED

MATCHES_SHOWN: Final = 10


def matches_of_resource(principal: Principal, resource: Resource) -> list[dict[str, Any]]:
    """The best live matches that the resource's side is told of, each with one sentence that says why; logged as
    shown.
    """
    if resource.status != ResourceStatus.ACTIVE:
        return []
    live = Match.objects.visible_to(principal).filter(LIVE, resource=resource, is_told=True)
    matches = list(live.select_related("need__zone").order_by("-told_score", "pk")[:MATCHES_SHOWN])
    log_shown(principal, [Shown(match, is_need_side=False) for match in matches], channel=ExposureChannel.PORTAL)
    told = explain_many(matches, principal=principal, language=get_language() or "zh-hans") if matches else []
    cards = plain_cards(principal, NEED, [match.need for match in matches])
    talking = live_of_pairs(principal, resource=resource)
    return [
        {
            "card": card, "percent": round(100 * one.score), "sentence": one.sentence,
            "confidence": one.confidence_band, "exchange": talking.get((match.need_id, match.resource_id)),
            "other": f"need={match.need.public_id}&resource={resource.public_id}",
        }
        for card, one, match in zip(cards, told, matches, strict=True)
    ]  # fmt: skip
