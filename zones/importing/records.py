"""Resources written as JSON records (see data/demo): each becomes a resource."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from zones.choices import GrantScope, OrganizationKind, ResourceKind
from zones.errors import InvalidInput
from zones.importing.prices import YUAN_PER_WAN, read_price
from zones.models import Association, Organization, Resource, Zone
from zones.scoping import Principal
from zones.services.base import clean_values, errors_of
from zones.services.batches import Draft, publish_resources, register_organizations
from zones.services.resources import ResourceParts

Record = Mapping[str, Any]
ORGANIZATION_WORDS = (
    ("大学", OrganizationKind.UNIVERSITY),
    ("学院", OrganizationKind.UNIVERSITY),
    ("医院", OrganizationKind.HOSPITAL),
    ("研究院", OrganizationKind.INSTITUTE),
    ("研究所", OrganizationKind.INSTITUTE),
    ("实验室", OrganizationKind.LABORATORY),
    ("公司", OrganizationKind.ENTERPRISE),
    ("集团", OrganizationKind.ENTERPRISE),
)


@dataclass(slots=True)
class Places:
    """Zones and associations by slug and organizations by (name, zone), looked up once for a whole file."""

    zones: dict[str, Zone] = field(
        default_factory=lambda: {zone.slug: zone for zone in Zone.objects.select_related("region")}
    )
    associations: dict[str, Association] = field(
        default_factory=lambda: {row.slug: row for row in Association.objects.all()}
    )
    organizations: dict[tuple[str, int], Organization] = field(default_factory=dict)

    def zone(self, slug: str) -> Zone:
        """Raises InvalidInput for a slug nobody knows."""
        if slug not in self.zones:
            raise InvalidInput.single("zone_slug", _("未知高新区代号：%(slug)s。") % {"slug": slug})
        return self.zones[slug]

    def association(self, slug: str | None) -> Association | None:
        if not slug:
            return None
        if slug not in self.associations:
            raise InvalidInput.single("association", _("未知联盟或网络代号：%(slug)s。") % {"slug": slug})
        return self.associations[slug]

    def organization(self, name: str, zone: Zone) -> Organization:
        """The owner of that name in the zone, which `register_owners` has seen."""
        return self.organizations[name, zone.pk]

    def register_owners(self, principal: Principal, records: Iterable[Record]) -> None:
        """Look up the organizations records name; register those nobody has."""
        named = {(record["organization_zh"], self.zone(record["zone_slug"]).pk) for record in records}
        rows = Organization.objects.visible_to(principal).filter(name_zh__in={name for name, _zone in named})
        self.organizations |= {(row.name_zh, row.zone_id): row for row in rows if row.zone_id}
        zones = {zone.pk: zone for zone in self.zones.values()}
        fresh = [_organization(name, zones[zone]) for name, zone in sorted(named - self.organizations.keys())]
        register_organizations(principal, fresh)
        self.organizations |= {(row.name_zh, row.zone_id): row for row in fresh if row.zone_id}


def _organization(name: str, zone: Zone) -> Organization:
    values = {"name_zh": name, "zone": zone, "region": zone.region, "city": zone.city}
    return Organization(**clean_values(values), kind=organization_kind(name), is_sample=name.startswith("示例"))


def organization_kind(name: str) -> str:
    """Guess the kind from the last telling word of a name; a centre or station is a service."""
    hits = [(name.rfind(word), kind) for word, kind in ORGANIZATION_WORDS if word in name]
    return max(hits)[1] if hits else OrganizationKind.SERVICE


def publish_records(
    principal: Principal, records: Sequence[Record], places: Places, *, is_sample: bool
) -> list[Resource]:
    """Publish records. Raises InvalidInput naming record and field; then nothing is stored."""
    places.register_owners(principal, records)
    drafts = []
    for record in records:
        with errors_of(record["name_zh"]):
            drafts.append(_draft(record, places, is_sample=is_sample))
    publish_resources(principal, drafts)
    return [draft.resource for draft in drafts]


def _draft(record: Record, places: Places, *, is_sample: bool) -> Draft:
    zone = places.zone(record["zone_slug"])
    parts = ResourceParts(
        details=_details(record),
        parts=_parts(record),
        capabilities=_capabilities(record),
        grants=_grants(record, zone, places),
    )
    return Draft(Resource(**clean_values(_values(record, zone, places)), is_sample=is_sample), parts)


def _values(record: Record, zone: Zone, places: Places) -> dict[str, Any]:
    return {
        "kind": record["kind"],
        "name_zh": record["name_zh"],
        "name_en": record.get("name_en", ""),
        "organization": places.organization(record["organization_zh"], zone),
        "zone": zone,
        "visibility": record["visibility"],
        "description_zh": record.get("description_zh", ""),
        "description_en": record.get("description_en", ""),
        "keywords": list(record.get("keywords_zh", [])),
        "industry_codes": list(record.get("industry_codes", [])),
        "discipline_codes": list(record.get("discipline_codes", [])),
        "equipment_codes": _equipment_codes(record),
        "modes": list(record.get("cooperation_modes", [])),
        "trl": record.get("trl"),
        "capacity": record.get("capacity", 1),
        "capacity_note": record.get("capacity_zh", ""),
        **_price(record),
        "share_mode": record.get("share_mode_zh", ""),
        "lead_time_days": record.get("lead_time_working_days"),
        "qualification": record.get("qualification_zh", ""),
        "conditions": record.get("constraints_zh", ""),
        "confirmed_on": day(record.get("confirmed_on")),
        "latitude": zone.latitude,
        "longitude": zone.longitude,
        "source_note": record.get("spec_basis_zh", ""),
    }


def day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def yuan(wan: float | None) -> Decimal | None:
    """万元 → 元."""
    return None if wan is None else (Decimal(str(wan)) * YUAN_PER_WAN).quantize(Decimal("0.01"))


def _price(record: Record) -> dict[str, Any]:
    """The note as it is, and in numbers where it says them plainly."""
    note = record.get("price_zh", "")
    price = read_price(note)
    return {"price_note": note} | (price._asdict() if price else {})


def _equipment_codes(record: Record) -> list[str]:
    codes = [record.get("equipment_class"), *(item.get("equipment_class") for item in record.get("items", []))]
    return list(dict.fromkeys(code for code in codes if code))


def _details(record: Record) -> dict[str, Any]:
    match record["kind"]:
        case ResourceKind.LABORATORY:
            return {"is_public": record.get("is_public", False), "level_zh": record.get("level_zh", "")}
        case ResourceKind.EQUIPMENT:
            return {
                "manufacturer": record.get("manufacturer", ""),
                "model": record.get("model", ""),
                "quantity": record.get("quantity", 1),
                "unit": record.get("unit", "台"),
                "counts_as": record.get("counts_as", 1),
                "original_value": yuan(record.get("original_value_wan")),
                "commissioned_on": day(record.get("commissioned_on")),
            }
        case ResourceKind.ACHIEVEMENT:
            return {
                "ip_status_zh": record.get("ip_status_zh", ""),
                "conversion_zh": list(record.get("conversion_zh", [])),
            }
        case ResourceKind.PILOT_LINE:
            return {"quantity": record.get("quantity", 1), "unit": record.get("unit", "条")}
        case ResourceKind.FINANCE_PRODUCT:
            return {"instrument_zh": record.get("instrument_zh", "")}
    return {}


def _parts(record: Record) -> list[dict[str, Any]]:
    default = 1 if record["kind"] == ResourceKind.LABORATORY else 0
    return [
        {
            "name_zh": item["name_zh"],
            "manufacturer": item.get("manufacturer", ""),
            "model": item.get("model", ""),
            "quantity": item.get("quantity", 1),
            "unit": item.get("unit", "台"),
            "counts_as": item.get("counts_as", default),
            "equipment_code": item.get("equipment_class") or "",
            "original_value": yuan(item.get("original_value_wan")),
        }
        for item in [*record.get("items", []), *record.get("parts", [])]
    ]


def _capabilities(record: Record) -> list[dict[str, Any]]:
    return [_capability(row) for row in record.get("capabilities", [])]


def _capability(row: Record) -> dict[str, Any]:
    value = row.get("value")
    low, high = (value, value) if "value" in row else (row.get("min"), row.get("max"))
    truth, choices = row.get("bool"), list(row.get("set", []))
    return {
        "key": row["key"],
        "name_zh": row["name_zh"],
        "unit": row.get("unit", ""),
        "note_zh": row.get("note_zh", ""),
        "low": low,
        "high": high,
        "truth": truth,
        "choices": choices,
        "is_known": any(known is not None for known in (low, high, truth)) or bool(choices),
    }


def _grants(record: Record, zone: Zone, places: Places) -> list[dict[str, Any]]:
    return [_grant(slug, zone, places) for slug in record.get("sharing_scope", [])]


def _grant(slug: str, zone: Zone, places: Places) -> dict[str, Any]:
    if slug == "national":
        return {"scope": GrantScope.NATIONAL}
    if slug == "zone":
        return {"scope": GrantScope.ZONE, "zone": zone}
    return {"scope": GrantScope.ASSOCIATION, "association": places.association(slug)}
