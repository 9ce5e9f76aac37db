"""From the need to the cooperation: 需求 → 匹配 → 意向 → 促成 → 完成, each counted by its own day."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any, ClassVar

from django.db.models import F, Min
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from figures.definitions.base import Definition
from figures.definitions.registry import define
from figures.facts import ONE, Fact, Reading
from figures.rows import counted
from figures.units import ITEMS, NEEDS, Unit
from matching.choices import NeedState
from matching.models import Exchange, Exposure, Need

NOT_YET = (NeedState.DRAFT,)


class NeedsBy(Definition):
    """One fact per need on the day of one event of its life. It counts for its zone, its call's association, and the
    association it is shared in.
    """

    unit: ClassVar[Unit] = NEEDS
    sources: ClassVar[tuple[str, ...]] = ("matching.need", "matching.needcall")

    def days(self, reading: Reading) -> Iterable[tuple[int, date | datetime]]:
        """Need → the day it counts on."""
        raise NotImplementedError

    def facts(self, reading: Reading, milestone: str) -> Iterable[Fact]:
        rows = counted(Need, reading).values_list("pk", "zone_id", "association_id", "call__association_id")
        places = {row[0]: row[1:] for row in rows}
        for pk, at in self.days(reading):
            day = timezone.localdate(at) if isinstance(at, datetime) else at
            if pk in places and day <= reading.as_of:
                yield Fact("matching.need", pk, day, None, ONE, self._places(reading, places[pk], day))

    def _places(self, reading: Reading, row: Any, day: date) -> frozenset[str]:
        zone, *associations = row
        ground = frozenset(code for code in reading.geography.of_zone(zone, day) if not code.startswith("association:"))
        return ground.union(*(reading.geography.of_association(one) for one in associations if one is not None))


@define
class NeedsCollected(NeedsBy):
    id = "needs.collected"
    title = _("征集需求")
    rule = _("按填报日计入当期；草稿不计，审核未通过的计。")

    def days(self, reading: Reading) -> Iterable[tuple[int, datetime]]:
        rows: Any = counted(Need, reading).exclude(state__in=NOT_YET).order_by("pk")
        return rows.values_list("pk", "created_at")  # type: ignore[no-any-return]


@define
class NeedsOpened(NeedsBy):
    id = "needs.valid"
    title = _("有效需求")
    rule = _("按审核通过、对外开放之日计入当期。")

    def days(self, reading: Reading) -> Iterable[tuple[int, datetime]]:
        rows: Any = counted(Need, reading).filter(opened_at__isnull=False).order_by("pk")
        return rows.values_list("pk", "opened_at")  # type: ignore[no-any-return]


@define
class NeedsMatched(NeedsBy):
    id = "needs.matched"
    title = _("匹配到资源的需求")
    rule = _("按首次向使用者展示匹配结果之日计入当期，每项需求计一次。")
    sources = (*NeedsBy.sources, "matching.exposure")

    def days(self, reading: Reading) -> Iterable[tuple[int, date]]:
        rows = counted(Exposure, reading, sample="need__is_sample")
        return rows.values("need_id").annotate(day=Min("shown_on")).order_by("need_id").values_list("need_id", "day")  # type: ignore[no-any-return]


@define
class NeedsUnmet(NeedsBy):
    """For 招引 and 立项: what nobody could serve."""

    id = "needs.unmet"
    title = _("未满足需求")
    rule = _("已到期或以“未满足”关闭的需求，按最近一次变化之日计入当期。")

    def days(self, reading: Reading) -> Iterable[tuple[int, datetime]]:
        states = (NeedState.EXPIRED, NeedState.CLOSED_UNMET)
        rows: Any = counted(Need, reading).filter(state__in=states).order_by("pk")
        return rows.values_list("pk", "updated_at")  # type: ignore[no-any-return]


@define
class Interests(Definition):
    """Expressions of interest by the day they were sent."""

    id = "exchanges.interests"
    title = _("对接意向")
    rule = _("按意向发出之日计入当期；双方同属一个范围的计一次。")
    unit = ITEMS
    sources = ("matching.exchange", "matching.need", "zones.resource")

    def facts(self, reading: Reading, milestone: str) -> Iterable[Fact]:
        rows = (
            counted(Exchange, reading)
            .order_by("pk")
            .annotate(need_zone=F("need__zone_id"), zone=F("resource__zone_id"))
        )
        for pk, at, need_zone, zone in rows.values_list("pk", "sent_at", "need_zone", "zone"):
            day = timezone.localdate(at)
            if day <= reading.as_of:
                places = reading.geography.of_zone(need_zone, day) | reading.geography.of_zone(zone, day)
                yield Fact("matching.exchange", pk, day, None, ONE, places)
