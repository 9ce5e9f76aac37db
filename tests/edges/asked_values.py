"""What the two worlds of the API are asked with: values of every filter and facet, among them all that is hidden."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from api.views.kept import MECHANISMS
from tests.conftest import World

SHOWN = {
    "resources": ["shown-resource", "public-resource"],
    "needs": ["shown-need", "own-need"],
    "matches": ["shown-match"],
    "consortia": ["shown-team"],
    "exchanges": ["shown-exchange"],
    "cooperations": ["shown-cooperation", "public-cooperation"],
    "contracts": ["shown-contract"],
    "agreements": ["shown-agreement"],
    "events": ["own-event", "shown-event"],
    "registrations": ["own-guest", "lin-guest", "far-guest"],
    "runs": ["full-run"],
    "requests": ["own-request", "received-request"],
    "calls": ["shown-call"],
    "endpoints": ["own-endpoint"],
    "series": ["shown-series"],
    "publications": ["shown-publication"],
    "catalogues": ["shown-catalogue"],
    **{name: [f"shown-{view.kept.name}"] for name, view in MECHANISMS.items()},
}
"""By resource: names of what Cy may see."""
HIDDEN_OWNERS = ("hidden-organization", "other-hidden-organization")


def filter_values(world: World, fixed: Callable[[str], UUID], hidden_word: str) -> dict[str, list[Any]]:
    """Values of every filter, among them all that is hidden; a filter without values fails the test."""
    return {
        "asked_by_side": ["need", "resource"],
        "association": [world.alliance.public_id, fixed("nothing")],
        "capacity_min": [0, 2, 30],
        "partner": [world.outside.public_id, *map(fixed, HIDDEN_OWNERS)],
        "price_max": [0, 5000, 10**9],
        "price_unit": ["hour", "project", "framework"],
        "confirmed_from": ["2020-01-01"],
        "cooperation": [fixed(name) for name in ("shown-cooperation", "hidden-cooperation")],
        "deadline_from": ["2030-01-02"],
        "deadline_to": ["2030-01-02"],
        "dimension": ["innovation", "factor"],
        "discipline": ["520"],
        "equipment": ["03"],
        "event": [fixed(name) for name in ("own-event", "shown-event", "hidden-event")],
        "from_day": ["2024-01-02"],
        "industry": ["9.9"],
        "is_assigned": ["true", "false"],
        "is_enabled": ["true", "false"],
        "is_read": ["true", "false"],
        "is_sample": ["false"],
        "kind": [
            *("laboratory", "enterprise", "commissioned_development", "alliance", "project", "forum", "need.opened"),
            "wecom",
        ],
        "level": ["national"],
        "mode": ["M1"],
        "need": [fixed(name) for name in ("west-need-0", "shown-need", "sealed-need")],
        "on": ["2026-01-01"],
        "on_day": ["2024-01-01"],
        "organization": [world.outside.public_id, *map(fixed, HIDDEN_OWNERS)],
        "q": [hidden_word, "测试", "东方"],
        "region": ["110000"],
        "resource": [fixed(name) for name in ("far-resource-0", "far-resource-1", "zone-resource")],
        "registered_from": ["2026-01-01"],
        "registered_to": ["2100-01-01"],
        "scope": ["research", "finance"],
        "valid_to_from": ["2026-01-01"],
        "valid_to_to": ["2100-01-01"],
        "side": ["requester", "provider"],
        "signed_from": ["2026-01-01"],
        "signed_to": ["2100-01-01"],
        "source": ["direct", "match"],
        "due_to": ["2100-01-01"],
        "closes_from": ["2026-01-01"],
        "opens_to": ["2100-01-01"],
        "slug": ["east", "alliance"],
        "state": [
            *("open", "draft", "published", "sent", "disclosed", "consent_pending", "agreed", "signed", "waiting"),
            "in_force",
        ],
        "status": ["active", "draft"],
        "to_day": ["2024-12-31"],
        "topic": ["needs", "matches"],
        "trl_max": [2],
        "trl_min": [5],
        "trl_need_max": [5],
        "trl_need_min": [1],
        "visibility": ["public", "zone", "association", "sealed", "national"],
        "zone": [world.east.public_id, world.west.public_id, world.far.public_id],
    }


def facet_values(fixed: Callable[[str], UUID], hidden_word: str) -> dict[str, list[str]]:
    """Values of every facet of search, among them all that is hidden."""
    return {
        "association": ["alliance"],
        "equipment": ["03"],
        "field": ["9.9"],
        "fresh": ["month", "never"],
        "kind": ["laboratory", "equipment", "need.commissioned_development", "organization.enterprise"],
        "near": ["east"],
        "price": ["free", "stated", "unknown"],
        "q": ["测试", "", "实验室", "检测服务", hidden_word, str(fixed("zone-resource"))],
        "region": ["110000"],
        "sharing": ["reserve"],
        "subject": ["resource", "organization", "need"],
        "trl": ["1", "9"],
        "within": ["50"],
        "zone": ["east", "west", "far"],
    }
