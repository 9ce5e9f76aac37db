"""From the need to the cooperation: 需求 → 匹配 → 意向 → 促成 → 完成, each counted by its own day."""

from collections.abc import Iterable
from datetime import date, datetime
from itertools import chain
from typing import Any, ClassVar, Final

from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from figures.definitions.base import Definition
from figures.definitions.registry import define
from figures.facts import ONE, Fact, Reading
from figures.geography import without_associations
from figures.rows import counted
from figures.units import ITEMS, NEEDS, Unit
from matching.choices import NeedKind, NeedState, NeedStep
from matching.models import Cooperation, Exchange, Need, NeedDay
from matching.models.cooperations import CONFIRMED
from matching.services.need_days import UNMET

NOT_YET = (NeedState.DRAFT,)
FUNNEL: Final = tuple((f"needs.{step}", "") for step in ("collected", "matched", "interested", "signed", "completed"))
"""Figure and milestone of each step from a need to a completed cooperation, all over the same needs."""
Days = Iterable[tuple[int, date | datetime]]


class NeedsBy(Definition):
    """One fact per need on the day of one event of its life. It counts for its zone, its call's association, and the
    association it is shared in: the same for every step, so that the steps are those of the same needs.
    """

    unit: ClassVar[Unit] = NEEDS
    kinds: ClassVar[tuple[str, ...]] = tuple(NeedKind.values)
    sources: ClassVar[tuple[str, ...]] = ("matching.need", "matching.needcall")

    def days(self, reading: Reading) -> Days:
        """Need → the day it counts on; of several the first."""
        raise NotImplementedError

    def facts(self, reading: Reading, milestone: str) -> Iterable[Fact]:
        needs = counted(Need, reading).filter(kind__in=self.kinds)
        rows = needs.values_list("pk", "zone_id", "association_id", "call__association_id")
        places = {row[0]: row[1:] for row in rows}
        for pk, day in sorted(self._first(reading).items()):
            if pk in places and day <= reading.as_of:
                yield Fact("matching.need", pk, day, None, ONE, self._places(reading, places[pk], day))

    def _first(self, reading: Reading) -> dict[int, date]:
        found: dict[int, date] = {}
        for pk, at in self.days(reading):
            day = timezone.localdate(at) if isinstance(at, datetime) else at
            found[pk] = min(day, found.get(pk, day))
        return found

    def _places(self, reading: Reading, row: Any, day: date) -> frozenset[str]:
        zone, *associations = row
        ground = without_associations(reading.geography.of_zone(zone, day))
        return ground.union(*(reading.geography.of_association(one) for one in associations if one is not None))


def _kept(reading: Reading, step: NeedStep) -> Any:
    """Need → day, of a step whose day is kept."""
    return counted(NeedDay, reading, sample="need__is_sample").filter(step=step).values_list("need_id", "day")


@define
class NeedsCollected(NeedsBy):
    id = "needs.collected"
    title = _("征集需求")
    rule = _("按填报日计入当期；草稿不计，审核未通过的计。联盟（网络）计在其中共享的和响应其征集的需求。")

    def days(self, reading: Reading) -> Days:
        rows: Any = counted(Need, reading).exclude(state__in=NOT_YET)
        return rows.values_list("pk", "created_at")  # type: ignore[no-any-return]


@define
class NeedsOpened(NeedsBy):
    """One that was opened once more counts on the first day."""

    id = "needs.valid"
    version = 2
    title = _("有效需求")
    rule = _("按首次审核通过、对外开放之日计入当期。联盟（网络）计在其中共享的和响应其征集的需求。")
    sources = (*NeedsBy.sources, "matching.needday")

    def days(self, reading: Reading) -> Days:
        rows = counted(Need, reading).filter(opened_at__isnull=False).values_list("pk", "opened_at")
        return chain(rows, _kept(reading, NeedStep.OPENED))


@define
class ScenariosOpened(NeedsOpened):
    """Opportunities; what was put into use is a cooperation (`cooperations.scenarios`)."""

    id = "scenarios.opened"
    version = 1
    title = _("开放示范场景")
    rule = _("“示范场景”类需求，按首次审核通过、对外开放之日计入当期。联盟（网络）计在其中共享的和响应其征集的需求。")
    unit = ITEMS
    kinds = (NeedKind.DEMONSTRATION_SCENARIO,)


@define
class NeedsMatched(NeedsBy):
    id = "needs.matched"
    version = 2
    title = _("匹配到资源的需求")
    rule = _("按首次有匹配结果可见之日计入当期，每项需求计一次。联盟（网络）计在其中共享的和响应其征集的需求。")
    sources = (*NeedsBy.sources, "matching.needday")

    def days(self, reading: Reading) -> Days:
        return _kept(reading, NeedStep.MATCHED)  # type: ignore[no-any-return]


@define
class NeedsInterested(NeedsBy):
    """The step of the funnel between a match and a cooperation, counted in needs."""

    id = "needs.interested"
    title = _("有对接意向的需求")
    rule = _("按该需求首次发出对接意向之日计入当期，每项需求计一次。联盟（网络）计在其中共享的和响应其征集的需求。")
    sources = (*NeedsBy.sources, "matching.exchange")

    def days(self, reading: Reading) -> Days:
        rows: Any = counted(Exchange, reading)
        return rows.values_list("need_id", "sent_at")  # type: ignore[no-any-return]


class NeedsAgreed(NeedsBy):
    """Needs whose exchange led to a cooperation that counts, by its first day of one kind."""

    sources = (*NeedsBy.sources, "matching.exchange", "matching.cooperation")
    column: ClassVar[str]

    def days(self, reading: Reading) -> Days:
        rows = counted(Cooperation, reading).filter(state__in=CONFIRMED, exchange__isnull=False)
        told: Any = rows.filter(**{f"{self.column}__isnull": False})
        return told.values_list("exchange__need_id", self.column)  # type: ignore[no-any-return]


@define
class NeedsSigned(NeedsAgreed):
    id = "needs.signed"
    title = _("促成合作的需求")
    rule = _("由对接意向促成合作的需求，按首次签约日计入当期，每项需求计一次；另行登记的合作不计。")
    column = "signed_on"


@define
class NeedsCompleted(NeedsAgreed):
    id = "needs.completed"
    title = _("完成合作的需求")
    rule = _("由对接意向促成的合作成功办结的需求，按首次办结日计入当期，每项需求计一次；另行登记的合作不计。")
    column = "completed_on"


@define
class NeedsUnmet(NeedsBy):
    """For 招引 and 立项: what nobody could serve."""

    id = "needs.unmet"
    version = 3
    title = _("未满足需求")
    rule = _("已到期或以“未满足”关闭的需求，按到期、关闭之日计入当期。联盟（网络）计在其中共享的和响应其征集的需求。")
    sources = (*NeedsBy.sources, "matching.needday")

    def days(self, reading: Reading) -> Days:
        """As of a past day also of needs that were opened once more since: what was told then is told of then."""
        spans = counted(NeedDay, reading, sample="need__is_sample").filter(step=NeedStep.UNMET)
        kept: dict[int, date] = dict(spans.filter(until__isnull=True).values_list("need_id", "day"))
        rows = counted(Need, reading).filter(state__in=UNMET).values_list("pk", "updated_at")
        then: Any = spans.filter(until__gt=reading.as_of).values_list("need_id", "day")
        return chain(((pk, kept.get(pk, changed)) for pk, changed in rows), then)


@define
class Interests(Definition):
    """Expressions of interest by the day they were sent."""

    id = "exchanges.interests"
    title = pgettext_lazy("figure", "对接意向")
    rule = _("按意向发出之日计入当期，每件计一次；计入需求方和资源方所在高新区及其当天所在的联盟（网络），合计计一次。")
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
