"""What zones have listed in their catalogues as of a day: public laboratories, sets of equipment."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from itertools import pairwise
from typing import Any, ClassVar, Final

from django.utils import timezone
from django.utils.translation import gettext, gettext_noop, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from figures.definitions.base import Definition
from figures.definitions.parts import code_name
from figures.definitions.registry import define
from figures.facts import ONE, Fact, Reading
from figures.geography import Interval
from figures.rows import counted
from figures.units import LABORATORIES, SETS
from ledger.history import event_model
from zones.choices import CodeScheme, ResourceKind, ResourceStatus
from zones.models import CatalogueItem, Resource

COLUMNS = ("pk", "listed_on", "withdrawn_on", "resource_id", "resource__merged_into_id", "catalogue__zone_id")
SAME = ("name_zh", "zone_id", "organization_id", "organization__parent_id")
"""By what a laboratory is known again: of the resource, or of the one it was merged into."""


LEVELS: Final = {
    "national": gettext_noop("国家级"), "provincial": gettext_noop("省级"), "municipal": gettext_noop("市级"),
}  # fmt: skip
"""Classes of laboratories, by the first word of their level."""
BANDS: Final[dict[str, tuple[str, int, int | None]]] = {
    "below_500k": (gettext_noop("原值50万元以下"), 0, 500_000),
    "from_500k": (gettext_noop("原值50万元（含）至500万元"), 500_000, 5_000_000),
    "from_5m": (gettext_noop("原值500万元及以上"), 5_000_000, None),
}
"""Bands of the original value of an instrument: the state asks for those from 500,000 to be shared."""


class Listed(Definition):
    """Resources of one kind in catalogues, [listed, withdrawn), and not retired since."""

    version = 2
    is_stock = True
    is_sensitive = False
    sources: ClassVar[tuple[str, ...]] = (
        "zones.catalogueitem",
        "zones.catalogue",
        "zones.resource",
        "zones.organization",
    )
    kind: ClassVar[str]
    details: ClassVar[tuple[str, ...]] = ()

    def rows(self, reading: Reading) -> Iterable[Mapping[str, Any]]:
        items = counted(CatalogueItem, reading, sample="resource__is_sample").filter(resource__kind=self.kind)
        retired = _retired_on(items.values("resource_id"), reading)
        for row in items.order_by("listed_on", "pk").values(*COLUMNS, *self.details):
            end = min((day for day in (row["withdrawn_on"], retired.get(row["resource_id"])) if day), default=None)
            if end is None or end > row["listed_on"]:
                yield {**row, "there": Interval(row["listed_on"], end)}


@define
class PublicLaboratories(Listed):
    """G1: distinct public laboratories. One that two departments of a group list is one: it has one name."""

    id = "catalogue.laboratories"
    title = pgettext_lazy("figure", "公共实验室")
    rule = _(
        "截止日当天在资源目录中的公共实验室；同一园区内同一单位的两个部门列入的同名实验室计一次，非公共、已出目录、已下线的不计。"
    )
    unit = LABORATORIES
    kind = ResourceKind.LABORATORY
    sources = (*Listed.sources, "zones.laboratorydetail")
    part_codes = tuple(LEVELS)
    details = (
        "resource__laboratorydetail__is_public",
        *(f"resource__{way}{name}" for way in ("", "merged_into__") for name in SAME),
    )

    def part_name(self, code: str) -> str:
        return gettext(LEVELS[code])

    def parts_of(self, reading: Reading) -> Mapping[int, Collection[str]]:
        rows = _items(self.kind, reading).values_list("pk", "resource__laboratorydetail__level_zh")
        return {pk: [code for code, level in LEVELS.items() if (said or "").startswith(level[0])] for pk, said in rows}

    def facts(self, reading: Reading, milestone: str) -> Iterable[Fact]:
        public = (row for row in self.rows(reading) if row["resource__laboratorydetail__is_public"])
        return _distinct(((_laboratory(row), row, ONE) for row in public), reading)


@define
class EquipmentSets(Listed):
    """G2: Σ quantity. A 套 counts 1, its parts are not resources of their own and count 0."""

    id = "catalogue.equipment"
    title = pgettext_lazy("figure", "仪器设备")
    rule = _("截止日当天在资源目录中的仪器设备台（套）数之和：一套计 1，其部件不另计；已出目录、已下线的不计。")
    unit = SETS
    kind = ResourceKind.EQUIPMENT
    sources = (*Listed.sources, "zones.equipmentdetail")
    part_codes = (*(f"{number:02d}" for number in range(1, 16)), *BANDS)
    details = ("resource__equipmentdetail__quantity", "resource__equipmentdetail__counts_as")

    def part_name(self, code: str) -> str:
        return gettext(BANDS[code][0]) if code in BANDS else code_name(CodeScheme.EQUIPMENT, code)

    def parts_of(self, reading: Reading) -> Mapping[int, Collection[str]]:
        columns = ("pk", "resource__equipment_codes", "resource__equipmentdetail__original_value")
        rows = _items(self.kind, reading).values_list(*columns)
        return {pk: [*dict.fromkeys(code[:2] for code in codes or ()), *_bands(value)] for pk, codes, value in rows}

    def facts(self, reading: Reading, milestone: str) -> Iterable[Fact]:
        rows = self.rows(reading)
        return _distinct(
            ((row["resource__merged_into_id"] or row["resource_id"], row, _sets(row)) for row in rows), reading
        )


def _items(kind: str, reading: Reading) -> Any:
    return counted(CatalogueItem, reading, sample="resource__is_sample").filter(resource__kind=kind)


def _bands(value: Decimal | None) -> list[str]:
    """The band of an original value; none where it is not on record."""
    if value is None:
        return []
    return [code for code, (_name, least, most) in BANDS.items() if least <= value and (most is None or value < most)]


def _sets(row: Mapping[str, Any]) -> Decimal:
    quantity, each = (row[f"resource__equipmentdetail__{name}"] for name in ("quantity", "counts_as"))
    return Decimal((1 if quantity is None else quantity) * (1 if each is None else each))


def _laboratory(row: Mapping[str, Any]) -> object:
    """What makes a laboratory one: the group of its owner, its name, and the zone it is in: every group has a testing
    center in several.
    """
    way = "resource__merged_into__" if row["resource__merged_into_id"] else "resource__"
    name, zone, owner, group = (row[f"{way}{column}"] for column in SAME)
    return group or owner, name.strip(), zone


def _distinct(rows: Iterable[tuple[object, Mapping[str, Any], Decimal]], reading: Reading) -> Iterator[Fact]:
    """One fact at a time of each key, that of the row listed first, for the zones of all catalogues that list it."""
    by_key: dict[object, list[tuple[Mapping[str, Any], Decimal]]] = {}
    for key, row, amount in rows:
        by_key.setdefault(key, []).append((row, amount))
    for listed in by_key.values():
        days = {day for row, _ in listed for day in row["there"] if day is not None}
        for start, end in pairwise([*sorted(days), None]):
            there = [(row, amount) for row, amount in listed if row["there"].holds(start)]
            if there:
                row, amount = there[0]
                zones = [one["catalogue__zone_id"] for one, _ in there]
                yield from reading.stock(("zones.catalogueitem", row["pk"]), Interval(start, end), amount, zones)


def _retired_on(resources: Any, reading: Reading) -> dict[int, date]:
    """When resources that are retired today were taken off, by their history."""
    rows = counted(Resource, reading).filter(pk__in=resources, status=ResourceStatus.RETIRED)
    events = event_model(Resource).objects.filter(pgh_obj__in=rows).order_by("pgh_id")
    found: dict[int, date] = {}
    before: dict[int, str] = {}
    for pk, status, at in events.values_list("pgh_obj_id", "status", "pgh_created_at"):
        if status == ResourceStatus.RETIRED and before.get(pk) != ResourceStatus.RETIRED:
            found[pk] = timezone.localdate(at)
        before[pk] = status
    return found
