"""Zones, associations and codes as a search needs them: where a zone lies and belongs to, and what a value is called.
Public facts, read again when one of them has changed or a day has begun.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from matching.choices import NeedKind
from zones.choices import CodeScheme, OrganizationKind, ResourceKind
from zones.models import Association, Code, Membership, Region, Zone
from zones.models.base import in_language
from zones.scoping import in_force, today
from zones.search.facets import ZonePlace
from zones.search.requests import FREE, NEED, ORGANIZATION, RESOURCE, STATED, UNKNOWN

Names = tuple[str, str]
SCHEMES: Final = {"field": CodeScheme.INDUSTRY, "equipment": CodeScheme.EQUIPMENT}


@dataclass(frozen=True, slots=True)
class Places:
    """`zones` and their `rows` (with regions) by key; `names`: facet → value → its name in Chinese and English;
    `parents`: facet → code → the code above it; `said`: names in the languages that were asked for.
    """

    zones: Mapping[str, ZonePlace]
    rows: Mapping[int, Zone]
    names: Mapping[str, Mapping[str, Names]]
    parents: Mapping[str, Mapping[str, str]]
    said: dict[tuple[str, str | None], Mapping[str, str]] = field(default_factory=dict)

    def origin(self, slug: str) -> tuple[float, float] | None:
        """Where a zone lies; None where there is none."""
        return next(((one.latitude, one.longitude) for one in self.zones.values() if one.slug == slug), None)

    def known(self, facet: str) -> Collection[str] | None:
        """The values a facet can have; None where anything may be one."""
        return KINDS if facet == "kind" else self.names.get(facet)

    def labels(self, facet: str) -> Mapping[str, str]:
        """What values are called in the reader's language, which is remembered; others are called as they are."""
        key = (facet, get_language())
        if key not in self.said:
            names = self.names.get(facet)
            self.said[key] = (
                _labels(facet) if names is None else {value: in_language(*pair) for value, pair in names.items()}
            )
        return self.said[key]


@lru_cache(maxsize=1)
def read_places(stamp: tuple[object, ...]) -> Places:
    """All of it, as of a stamp."""
    members: defaultdict[int, list[str]] = defaultdict(list)
    rows = Membership.objects.filter(in_force(today(), start="joined_on", end="left_on"))
    for zone, association in rows.order_by("association__slug").values_list("zone_id", "association__slug"):
        members[zone].append(association)
    by_key = {zone.pk: zone for zone in Zone.objects.select_related("region")}
    zones = {
        str(pk): ZonePlace(zone.slug, zone.region.code, tuple(members[pk]), float(zone.latitude), float(zone.longitude))
        for pk, zone in by_key.items()
    }
    codes = {facet: list(Code.objects.filter(scheme=scheme)) for facet, scheme in SCHEMES.items()}
    names: dict[str, Mapping[str, Names]] = {
        "zone": {zone.slug: (zone.short_zh, zone.name_en) for zone in by_key.values()},
        "region": {code: (zh, en) for code, zh, en in Region.objects.values_list("code", "name_zh", "name_en")},
        "association": {
            slug: (zh, en) for slug, zh, en in Association.objects.values_list("slug", "name_zh", "name_en")
        },
        **{facet: {row.code: (row.name_zh, row.name_en) for row in rows} for facet, rows in codes.items()},
    }
    parents = {facet: {row.code: row.parent_code for row in rows} for facet, rows in codes.items()}
    return Places(zones, by_key, names, parents)


KINDS: Final = frozenset(
    {
        *ResourceKind.values,
        *(f"{ORGANIZATION}.{kind}" for kind in OrganizationKind.values),
        *(f"{NEED}.{kind}" for kind in NeedKind.values),
    }
)


def _labels(facet: str) -> dict[str, str]:
    match facet:
        case "subject":
            return {RESOURCE: _("资源"), ORGANIZATION: _("单位"), NEED: _("需求")}
        case "kind":
            return _kinds()
        case "price":
            return {FREE: _("免费"), STATED: _("已标价"), UNKNOWN: _("未标价")}
        case "fresh":
            return {
                "month": _("30 天内核实"),
                "quarter": _("一季度内核实"),
                "year": _("一年内核实"),
                "older": _("一年以前核实"),
                "never": _("未核实"),
            }
    return {}


def _kinds() -> dict[str, str]:
    return {
        **{str(value): str(label) for value, label in ResourceKind.choices},
        **{f"{ORGANIZATION}.{value}": str(label) for value, label in OrganizationKind.choices},
        **{f"{NEED}.{value}": str(label) for value, label in NeedKind.choices},
    }
