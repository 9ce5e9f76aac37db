"""What crosses between zones besides contracts: achievements that are converted, people, trials at testbeds."""

from collections.abc import Collection, Iterable, Mapping
from decimal import Decimal
from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from figures.definitions.base import AREAS, Definition
from figures.definitions.kept import day_after, keeper_alone, keepers, kept
from figures.definitions.parts import code_name, tops
from figures.definitions.registry import define
from figures.definitions.shares import Share
from figures.facts import ONE, Fact, Reading
from figures.geography import Interval
from figures.units import ITEMS, PERSON_TIMES, YUAN, Unit
from matching.models import Conversion, TalentExchange, Trial
from zones.choices import CodeScheme

TRACKS = tuple(f"FI{number}" for number in range(1, 7))


class Conversions(Definition):
    """By the day of the conversion, for where the achievement comes from and where it lands."""

    unit: ClassVar[Unit] = ITEMS
    rule: ClassVar[Any] = _("按转化日计入当期；成果所在高新区与落地高新区各计一次，合计计一次。")
    sources = ("matching.conversion",)

    def amount(self, amount: Decimal | None) -> Decimal:
        return ONE

    def counts(self, home: int, landing: int | None) -> bool:
        return True

    def facts(self, reading: Reading, milestone: str) -> Iterable[Fact]:
        rows = kept(Conversion, reading).filter(converted_on__lte=reading.as_of).order_by("pk")
        columns = ("pk", "converted_on", "amount", "from_zone_id", "landing_zone_id", "landing_region_id")
        for pk, day, amount, home, landing, region in rows.values_list(*columns):
            if self.counts(home, landing):
                geography = reading.geography
                places = geography.of_zone(home, day) | geography.of_zone(landing, day) | geography.of_region(region)
                yield Fact("matching.conversion", pk, day, None, self.amount(amount), places)


@define
class ConversionNumber(Conversions):
    id = "conversions.count"
    title = _("科技成果转化")


@define
class ConversionsElsewhere(Conversions):
    """What landed in another zone or outside of zones."""

    id = "conversions.elsewhere"
    title = _("跨区落地的科技成果转化")
    rule = _("按转化日计入当期，只计落地在成果所在高新区以外的。")

    def counts(self, home: int, landing: int | None) -> bool:
        return home != landing


@define
class ShareElsewhere(Conversions, Share):
    id = "conversions.share_elsewhere"
    title = _("跨区落地的科技成果转化占比")
    rule = _("当期的科技成果转化中，落地在成果所在高新区以外的占全部的百分比。")
    unit = Share.unit

    def facts(self, reading: Reading, milestone: str) -> Iterable[Fact]:
        elsewhere = {fact.key for fact in ConversionsElsewhere().facts(reading, milestone)}
        for fact in super().facts(reading, milestone):
            yield fact._replace(amount=ONE if fact.key in elsewhere else ONE - ONE)


@define
class ConversionSums(Conversions):
    id = "conversions.amount"
    title = _("科技成果转化金额")
    unit: ClassVar[Unit] = YUAN

    def amount(self, amount: Decimal | None) -> Decimal:
        return amount or Decimal(0)


class PersonTimes(Definition):
    """By the day on which an exchange began."""

    unit = PERSON_TIMES
    sources = ("matching.talentexchange",)
    scopes: ClassVar[tuple[str, ...]] = AREAS

    def places(self, reading: Reading, row: dict[str, Any]) -> frozenset[str]:
        geography, day = reading.geography, row["started_on"]
        ground = geography.of_zone(row["from_zone_id"], day) | geography.of_zone(row["to_zone_id"], day)
        return ground | geography.of_region(row["from_region_id"]) | geography.of_region(row["to_region_id"])

    def facts(self, reading: Reading, milestone: str) -> Iterable[Fact]:
        rows = kept(TalentExchange, reading).filter(started_on__lte=reading.as_of).order_by("pk")
        columns = ("pk", "started_on", "person_times", "from_zone_id", "to_zone_id", "from_region_id", "to_region_id")
        for row in rows.values(*columns):
            amount = Decimal(row["person_times"])
            yield Fact("matching.talentexchange", row["pk"], row["started_on"], None, amount, self.places(reading, row))


@define
class TalentExchanged(PersonTimes):
    id = "talent.exchanged"
    title = pgettext_lazy("figure", "人才交流")
    rule = _("按交流开始日计入当期的人次；派出地与接收地各计一次，合计计一次。")


@define
class TalentFlows(PersonTimes):
    """From where to where."""

    id = "talent.flow"
    title = pgettext_lazy("figure", "人才交流")
    rule = _("按交流开始日计入当期的人次，按派出地与接收地。")
    scopes = ("nation", "flow")

    def places(self, reading: Reading, row: dict[str, Any]) -> frozenset[str]:
        found = set()
        for names, kind in ((reading.geography.zones, "zone"), (reading.geography.regions, "region")):
            ends = row[f"from_{kind}_id"], row[f"to_{kind}_id"]
            if None not in ends:
                found.add(f"{names[ends[0]]}>{names[ends[1]]}")
        return frozenset(found)


class OfATrack(Definition):
    """Trials by the field of future industry they are in."""

    unit = ITEMS
    part_codes = TRACKS

    def part_name(self, code: str) -> str:
        return code_name(CodeScheme.INDUSTRY, code)

    def parts_of(self, reading: Reading) -> Mapping[int, Collection[str]]:
        return {pk: tops([track]) for pk, track in kept(Trial, reading).values_list("pk", "track_code")}


@define
class Trials(OfATrack):
    """Trials that were going on on the day."""

    id = "trials.active"
    version = 2
    title = _("未来产业试验")
    rule = _("截止日当天进行中的试验：自开始日起，至结束日止。")
    unit = ITEMS
    is_stock = True
    sources = ("matching.trial",)

    def facts(self, reading: Reading, milestone: str) -> Iterable[Fact]:
        columns = ("pk", "started_on", "ended_on", "zone_id", "association_id")
        for pk, start, last, zone, association in kept(Trial, reading).order_by("pk").values_list(*columns):
            there, kept_by = Interval(start, day_after(last)), keeper_alone(reading, association)
            yield from reading.stock(("matching.trial", pk), there, ONE, [zone], kept_by)


@define
class TrialsStarted(OfATrack):
    id = "trials.started"
    title = _("开展未来产业试验")
    rule = _("按试验开始日计入当期。")
    unit = ITEMS
    sources = Trials.sources

    def facts(self, reading: Reading, milestone: str) -> Iterable[Fact]:
        rows = kept(Trial, reading).filter(started_on__lte=reading.as_of).order_by("pk")
        for pk, day, zone, association in rows.values_list("pk", "started_on", "zone_id", "association_id"):
            yield Fact("matching.trial", pk, day, None, ONE, keepers(reading, zone, association, day))
