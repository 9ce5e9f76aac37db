"""Where needs and offers do not meet, by field: open needs against resources on offer, needs nobody could serve, and
offers nobody asks for. Counted from the rows as they are now, those the reader may see and no others.
"""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.db.models import CharField, Count, F, Func, QuerySet, Value

from matching.choices import NeedState
from matching.models import Need
from matching.services.need_days import UNMET
from zones.choices import CodeScheme, ResourceStatus
from zones.models import Code, Resource
from zones.models.base import in_language
from zones.scoping import Principal

Counts = dict[str, dict[int, int]]
"""Field → zone → how many."""


@dataclass(frozen=True, slots=True)
class Field:
    """One field of industry in a scope."""

    code: str
    name: str
    open: int
    offered: int
    unmet: int
    lacking: tuple[tuple[int, int, int], ...]
    """Zones where more needs are open than resources on offer, the worst first: zone, needs, offers."""

    @property
    def is_gap(self) -> bool:
        """More needs are open than resources are on offer."""
        return self.open > self.offered

    @property
    def is_idle(self) -> bool:
        """Resources are on offer, and no need is open."""
        return self.offered > 0 and not self.open


def fields(principal: Principal, zones: Collection[int] | None, *, samples: bool) -> list[Field]:
    """Every field with a need or an offer in these zones (None: in any), by what is missing most."""
    needs, resources = Need.objects.visible_to(principal), Resource.objects.visible_to(principal)
    if not samples:
        needs, resources = needs.filter(is_sample=False), resources.filter(is_sample=False)
    counts = [
        _by_field(needs.filter(state=NeedState.OPEN), zones),
        _by_field(resources.filter(status=ResourceStatus.ACTIVE), zones),
        _by_field(needs.filter(state__in=UNMET), zones),
    ]
    codes = sorted({code for found in counts for code in found})
    names = _names(codes)
    told = [_field(code, names.get(code, code), *(found.get(code, {}) for found in counts)) for code in codes]
    return sorted(told, key=lambda one: (one.offered - one.open, one.code))


def _field(code: str, name: str, open_: dict[int, int], offered: dict[int, int], unmet: dict[int, int]) -> Field:
    short = [(zone, count, offered.get(zone, 0)) for zone, count in open_.items() if count > offered.get(zone, 0)]
    lacking = tuple(sorted(short, key=lambda row: (row[2] - row[1], row[0])))
    return Field(code, name, sum(open_.values()), sum(offered.values()), sum(unmet.values()), lacking)


def _by_field(rows: "QuerySet[Any]", zones: Collection[int] | None) -> Counts:
    """How many rows name a code of the field, each row once."""
    if zones is not None:
        rows = rows.filter(zone__in=zones)
    code = Func(F("industry_codes"), function="unnest", output_field=CharField())
    field = Func(code, Value("."), Value(1), function="split_part", output_field=CharField())
    found: Counts = {}
    counts = rows.order_by().annotate(field=field).values("field", "zone_id").annotate(count=Count("pk", distinct=True))
    for name, zone, count in counts.values_list("field", "zone_id", "count"):
        found.setdefault(name, {})[zone] = count
    return found


def _names(codes: Collection[str]) -> dict[str, str]:
    rows = Code.objects.filter(scheme=CodeScheme.INDUSTRY, code__in=codes)
    return {code: in_language(zh, en) for code, zh, en in rows.values_list("code", "name_zh", "name_en")}
