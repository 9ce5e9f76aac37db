"""Needs written as JSON records (see data/demo): each becomes an open need, or one that waits for its review."""

from collections.abc import Mapping, Sequence
from typing import Any

from matching.models import Need
from matching.services.need_batches import NeedDraft, open_drafts
from matching.services.needs import NeedParts, draft_need
from matching.services.reviews import submit_need
from zones.importing.records import Places, day, yuan
from zones.models import Organization, Zone
from zones.scoping import Principal, today
from zones.services.base import clean_values, errors_of

Record = Mapping[str, Any]


def open_records(principal: Principal, records: Sequence[Record], places: Places, *, is_sample: bool) -> list[Need]:
    """Write records down and open them. Raises InvalidInput naming record and field; then nothing is stored."""
    places.register_owners(principal, records)
    drafts = []
    for record in records:
        with errors_of(record["title_zh"]):
            drafts.append(_draft(principal, record, places, is_sample=is_sample))
    open_drafts(principal, drafts)
    return [draft.need for draft in drafts]


def submit_record(principal: Principal, record: Record, places: Places) -> Need:
    """Write a record down as its author would, and submit it for review. Raises InvalidInput, NotAllowed."""
    review_zone = record.get("review_zone_slug")
    need = draft_need(
        principal,
        with_parts=NeedParts(metrics=[_metric(row) for row in record["metrics"]]),
        **_values(record, places),
        review_zone=places.zone(review_zone) if review_zone else None,
        is_sample=True,
    )
    return submit_need(principal, need_id=need.pk)


def _draft(principal: Principal, record: Record, places: Places, *, is_sample: bool) -> NeedDraft:
    metrics = [_metric(row) for row in record.get("metrics", [])]
    parts = NeedParts(metrics=metrics, exclusions=_exclusions(principal, record))
    return NeedDraft(Need(**clean_values(_values(record, places)), is_sample=is_sample), parts)


def _values(record: Record, places: Places) -> dict[str, Any]:
    zone = places.zone(record["zone_slug"])
    budget = record.get("budget_wan") or {}
    return {
        "kind": record["kind"],
        "title_zh": record["title_zh"],
        "title_en": record.get("title_en", ""),
        "summary_zh": record["summary_zh"],
        "zone": zone,
        "organization": places.organization(record["organization_zh"], zone),
        "association": places.association(record.get("association")),
        "consent_recorded_on": today(),
        "visibility": record["visibility"],
        "background_zh": record.get("background_zh", ""),
        "problem_zh": record.get("problem_zh", ""),
        "content_zh": record.get("content_zh", ""),
        "tried_zh": record.get("tried_zh", ""),
        "conditions_offered_zh": record.get("conditions_offered_zh", ""),
        "budget_min": yuan(budget.get("min")),
        "budget_max": yuan(budget.get("max")),
        "budget_source_zh": record.get("budget_source_zh", ""),
        "deadline": day(record.get("deadline")),
        "duration_months": record.get("duration_months"),
        "trl_have": record.get("trl_have"),
        "trl_need": record.get("trl_need"),
        "industry_codes": list(record.get("industry_codes", [])),
        "discipline_codes": list(record.get("discipline_codes", [])),
        "equipment_codes": list(record.get("equipment_classes", [])),
        "modes": list(record.get("cooperation_modes", [])),
        "keywords": [*record.get("keywords_zh", []), *record.get("keywords_en", [])],
        "ip_preference_zh": record.get("ip_preference_zh", ""),
        "payment_zh": record.get("payment_zh", ""),
        "exclusions_zh": record.get("exclusions_zh", ""),
        "is_classified": record.get("classified", False),
    }


def _metric(row: Record) -> dict[str, Any]:
    return {
        "key": row["key"],
        "name_zh": row["name_zh"],
        "operator": row["op"],
        "value": row["value"],
        "unit": row.get("unit", ""),
        "priority": row.get("priority", "must"),
        "condition_zh": row.get("condition_zh", ""),
    }


def _exclusions(principal: Principal, record: Record) -> list[dict[str, Any]]:
    names = record.get("excluded_organizations", [])
    organizations = Organization.objects.visible_to(principal).filter(name_zh__in=names)
    zones = Zone.objects.filter(slug__in=record.get("excluded_zones", []))
    return [{"organization": row} for row in organizations] + [{"zone": row} for row in zones]
