"""What of each side a dismissed pair hangs on. While none of it has changed, the pair stays dismissed.

Material is what is asked for and what is offered. Not material: notes and other columns the engine never reads, and
facts that say nothing new about the fit: who may see it, free places, freshness, track record, how many are wanted.
"""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any, Final

from matching.engine.facts import NeedFacts, ResourceFacts

_SHARED: Final = (
    "zone", "organization", "kind", "title", "keywords", "text", "industry_codes", "discipline_codes",
    "equipment_codes", "modes", "quantities",
)  # fmt: skip
MATERIAL_OF_NEED: Final = (
    *_SHARED, "trl_have", "trl_need", "budget_min", "budget_max", "deadline_day", "duration_months",
)  # fmt: skip
MATERIAL_OF_RESOURCE: Final = (*_SHARED, "items", "trl", "lead_time_days", "price_from", "price_unit")


def fingerprint_of_need(facts: NeedFacts) -> str:
    """Return a digest (64 hexadecimal characters) that changes exactly when a material fact does."""
    return _fingerprint(asdict(facts), MATERIAL_OF_NEED)


def fingerprint_of_resource(facts: ResourceFacts) -> str:
    """The same for a resource."""
    return _fingerprint(asdict(facts), MATERIAL_OF_RESOURCE)


def _fingerprint(values: dict[str, Any], names: Sequence[str]) -> str:
    material = json.dumps({name: values[name] for name in names}, sort_keys=True, ensure_ascii=True)
    return hashlib.sha256(material.encode()).hexdigest()
