"""Documents out: NRII's report of instruments, and schema.org as JSON-LD."""

import json
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from zones.choices import ResourceKind
from zones.exporting.records import Exported
from zones.importing.kinds import Values

NRII_SINGLE_INSTRUMENTS = 4
YUAN_PER_WAN = Decimal(10_000)
NRII_FIELDS = {
    "innerId": "external_id", "cname": "name_zh", "ename": "name_en", "instrBelongsName": "laboratory",
    "manufacturer": "manufacturer", "beginDate": "commissioned_on", "instrVersion": "model",
    "function": "description_zh", "requirement": "conditions", "fee": "price_note", "shareMode": "share_mode",
}  # fmt: skip
SCHEMA_TYPES = {
    ResourceKind.EQUIPMENT: "Product",
    ResourceKind.LABORATORY: "ResearchOrganization",
    ResourceKind.ACHIEVEMENT: "CreativeWork",
    ResourceKind.EXPERT_TEAM: "Organization",
    ResourceKind.TESTBED: "Service",
    ResourceKind.PILOT_LINE: "Service",
    ResourceKind.FINANCE_PRODUCT: "FinancialProduct",
    ResourceKind.ENCLAVE_SPACE: "Service",
    ResourceKind.SERVICE: "Service",
}


def to_nrii(records: Iterable[Exported], kind: str) -> bytes:
    """Instruments as the national network takes them; values in 万元 with two decimals, as it asks."""
    report = {"instruType": NRII_SINGLE_INSTRUMENTS, "instruData": [_instrument(record.values) for record in records]}
    return _json(report)


def to_json_ld(records: Iterable[Exported], kind: str) -> bytes:
    graph = [_thing(record.values, SCHEMA_TYPES[ResourceKind(kind)]) for record in records]
    return _json({"@context": "https://schema.org", "@graph": graph})


def _instrument(values: Values) -> dict[str, Any]:
    said = {key: values.get(name) or "" for key, name in NRII_FIELDS.items()}
    worth = values.get("original_value")
    return said | {
        "insName": values["organization"],
        "instrCategory": "；".join(values.get("equipment_codes", [])),
        "subject": "；".join(values.get("discipline_codes", [])),
        "worth": str((Decimal(worth) / YUAN_PER_WAN).quantize(Decimal("0.01"))) if worth else "",
    }


def _thing(values: Values, schema_type: str) -> dict[str, Any]:
    names = [values["name_zh"], values.get("name_en")]
    thing = {
        "@type": schema_type,
        "name": [name for name in names if name],
        "description": values.get("description_zh"),
        "keywords": values.get("keywords"),
        "serialNumber": values.get("external_id"),
        "model": values.get("model"),
        "manufacturer": _organization(values.get("manufacturer"), "Organization"),
    }
    owner = _organization(values["organization"], "ResearchOrganization")
    offer = {"@type": "Offer", "itemOffered": _said(thing), "offeredBy": owner}
    return _said(offer)


def _organization(name: str | None, schema_type: str) -> dict[str, str] | None:
    return {"@type": schema_type, "name": name} if name else None


def _said(values: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in values.items() if value}


def _json(document: Any) -> bytes:
    return json.dumps(document, ensure_ascii=False, indent=1).encode()
