"""What zones have listed in their catalogues as of a day: public laboratories, sets of equipment."""

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any, ClassVar

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from figures.definitions.base import Definition
from figures.definitions.registry import define
from figures.facts import ONE, Fact, Reading
from figures.rows import counted
from figures.units import LABORATORIES, SETS
from ledger.history import event_model
from zones.choices import ResourceKind, ResourceStatus
from zones.models import CatalogueItem, Resource

COLUMNS = (
    "pk", "listed_on", "withdrawn_on", "resource_id", "resource__merged_into_id", "resource__zone_id",
    "resource__name_zh", "resource__organization_id", "resource__organization__parent_id", "catalogue__zone_id",
)  # fmt: skip


class Listed(Definition):
    """Resources of one kind in catalogues, [listed, withdrawn), and not retired since."""

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
                yield {**row, "end": end}

    def fact(self, row: Mapping[str, Any], amount: Decimal, reading: Reading) -> Fact:
        places = reading.geography.of_zone(row["catalogue__zone_id"], reading.as_of)
        return Fact("zones.catalogueitem", row["pk"], row["listed_on"], row["end"], amount, places)


@define
class PublicLaboratories(Listed):
    """G1: distinct public laboratories. One that two departments of a group list is one: it has one name."""

    id = "catalogue.laboratories"
    title = _("公共实验室")
    rule = _(
        "截止日当天在资源目录中的公共实验室；同一实验室由同一单位的两个部门列入的计一次，非公共、已出目录、已下线的不计。"
    )
    unit = LABORATORIES
    kind = ResourceKind.LABORATORY
    sources = (*Listed.sources, "zones.laboratorydetail")
    details = ("resource__laboratorydetail__is_public",)

    def facts(self, reading: Reading, milestone: str) -> Iterable[Fact]:
        public = [row for row in self.rows(reading) if row["resource__laboratorydetail__is_public"]]
        return _distinct([self.fact(row, ONE, reading) for row in public], [_laboratory(row) for row in public])


@define
class EquipmentSets(Listed):
    """G2: Σ quantity. A 套 counts 1, its parts are not resources of their own and count 0."""

    id = "catalogue.equipment"
    title = _("仪器设备")
    rule = _("截止日当天在资源目录中的仪器设备台（套）数之和：一套计 1，其部件不另计；已出目录、已下线的不计。")
    unit = SETS
    kind = ResourceKind.EQUIPMENT
    sources = (*Listed.sources, "zones.equipmentdetail")
    details = ("resource__equipmentdetail__quantity", "resource__equipmentdetail__counts_as")

    def facts(self, reading: Reading, milestone: str) -> Iterable[Fact]:
        rows = list(self.rows(reading))
        facts = [self.fact(row, _sets(row), reading) for row in rows]
        return _distinct(facts, [row["resource__merged_into_id"] or row["resource_id"] for row in rows])


def _sets(row: Mapping[str, Any]) -> Decimal:
    quantity, each = (row[f"resource__equipmentdetail__{name}"] for name in ("quantity", "counts_as"))
    return Decimal((1 if quantity is None else quantity) * (1 if each is None else each))


def _laboratory(row: Mapping[str, Any]) -> object:
    """What makes a laboratory one: the group of its owner and its name."""
    return (
        row["resource__organization__parent_id"] or row["resource__organization_id"],
        row["resource__name_zh"].strip(),
    )


def _distinct(facts: list[Fact], keys: list[Any]) -> list[Fact]:
    """One fact at a time for each key: where two overlap, the later begins when the earlier has ended."""
    found: list[Fact] = []
    over: dict[Any, date | None] = {}
    for key, fact in zip(keys, facts, strict=True):
        if key in over:
            until = over[key]
            if until is None or (fact.end is not None and fact.end <= until):
                continue
            fact = fact._replace(start=max(until, fact.start or until))
        over[key] = fact.end
        found.append(fact)
    return found


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
