"""What came of events: interests and cooperations, and how many events led to one."""

from collections.abc import Iterable
from typing import ClassVar

from django.utils.translation import gettext_lazy as _

from figures.definitions.base import Definition
from figures.definitions.events import AllEvents
from figures.definitions.registry import define
from figures.definitions.shares import Share
from figures.facts import ONE, Fact, Reading
from figures.rows import counted
from figures.units import ITEMS, Unit
from matching.choices import EventResult
from matching.models import EventOutcome

SOURCES = (*AllEvents.sources, "matching.eventoutcome")


class Outcomes(Definition):
    """Outcomes of one kind of events that were held, on the day of the event and where it counts."""

    unit: ClassVar[Unit] = ITEMS
    sources = SOURCES
    result: ClassVar[str]

    def facts(self, reading: Reading, milestone: str) -> Iterable[Fact]:
        held = {fact.key: fact for fact in AllEvents().facts(reading, "")}
        rows = counted(EventOutcome, reading, sample="event__is_sample").filter(result=self.result, event__in=held)
        for pk, event in rows.order_by("pk").values_list("pk", "event_id"):
            yield held[event]._replace(table="matching.eventoutcome", key=pk)


@define
class EventInterests(Outcomes):
    id = "events.interests"
    title = _("活动达成的合作意向")
    rule = _("已举办活动登记的“有合作意向”成果，按举办日计入当期；活动所在的各范围各计一次，合计计一次。")
    result = EventResult.INTERESTED


@define
class EventCooperations(Outcomes):
    id = "events.cooperations"
    title = _("活动促成的合作")
    rule = _("已举办活动登记的“达成合作”成果，按举办日计入当期；活动所在的各范围各计一次，合计计一次。")
    result = EventResult.COOPERATION


@define
class EventsConverted(Share):
    id = "events.converted"
    title = _("有成果的活动占比")
    rule = _("登记了“有合作意向”或“达成合作”成果的活动，占当期举办活动的百分比。")
    sources = SOURCES

    def facts(self, reading: Reading, milestone: str) -> Iterable[Fact]:
        results = (EventResult.INTERESTED, EventResult.COOPERATION)
        rows = counted(EventOutcome, reading, sample="event__is_sample").filter(result__in=results)
        converted = set(rows.values_list("event_id", flat=True))
        for fact in AllEvents().facts(reading, ""):
            yield fact._replace(amount=ONE if fact.key in converted else ONE - ONE)
