"""Enclaves as of a day, their tenants, and projects that landed back where they came from."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from figures.definitions.base import Definition
from figures.definitions.kept import kept
from figures.definitions.registry import define
from figures.facts import ONE, Fact, Reading
from figures.geography import Interval
from figures.rows import counted
from figures.units import ITEMS, ORGANIZATIONS
from zones.models import Enclave, EnclaveTenant

SOURCES = ("zones.enclave", "zones.enclavetenant")
ENDS = ("home_zone_id", "host_zone_id", "host_region_id")


def _tenants(reading: Reading) -> Any:
    return counted(EnclaveTenant, reading, sample="enclave__is_sample").filter(enclave__withdrawn_on__isnull=True)


@define
class Enclaves(Definition):
    id = "enclaves.active"
    version = 2
    title = pgettext_lazy("figure", "飞地")
    rule = _("截止日当天使用中的飞地；飞出地与飞入地各计一次，合计计一次。")
    unit = ITEMS
    is_stock = True
    sources = SOURCES

    def facts(self, reading: Reading, milestone: str) -> Iterable[Fact]:
        rows = kept(Enclave, reading).order_by("pk")
        for pk, start, end, *ends in rows.values_list("pk", "opened_on", "closed_on", *ENDS):
            *zones, region = ends
            ground = reading.geography.of_region(region)
            yield from reading.stock(("zones.enclave", pk), Interval(start, end), ONE, zones, ground)


@define
class Tenants(Definition):
    id = "enclaves.tenants"
    version = 2
    title = _("飞地在孵单位")
    rule = _("截止日当天在使用中的飞地内的入驻单位；迁出的、飞地已关闭的不计。")
    unit = ORGANIZATIONS
    is_stock = True
    sources = SOURCES

    def facts(self, reading: Reading, milestone: str) -> Iterable[Fact]:
        columns = ("pk", "entered_on", "left_on", "enclave__opened_on", "enclave__closed_on")
        ends = (f"enclave__{name}" for name in ENDS)
        rows = _tenants(reading).order_by("pk")
        for pk, start, end, first, last, *zones, region in rows.values_list(*columns, *ends):
            there = Interval(start, end).cut(Interval(first, last))
            if there is not None:
                ground = reading.geography.of_region(region)
                yield from reading.stock(("zones.enclavetenant", pk), there, ONE, zones, ground)


@define
class LandedBack(Definition):
    id = "enclaves.landed_back"
    version = 2
    title = _("飞地孵化回流项目")
    rule = _("按回流落地日计入当期。")
    unit = ITEMS
    sources = SOURCES

    def facts(self, reading: Reading, milestone: str) -> Iterable[Fact]:
        rows = _tenants(reading).filter(landed_back_on__lte=reading.as_of).order_by("pk")
        geography = reading.geography
        for pk, day, *zones, region in rows.values_list("pk", "landed_back_on", *(f"enclave__{name}" for name in ENDS)):
            ground = [geography.of_zone(zone, day) for zone in zones]
            yield Fact("zones.enclavetenant", pk, day, None, ONE, reading.joined(*ground, geography.of_region(region)))
