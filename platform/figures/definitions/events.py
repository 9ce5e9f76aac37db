"""Events that were held, by kind (G8)."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import ClassVar

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from figures.definitions.base import Definition
from figures.definitions.registry import define
from figures.facts import ONE, Fact, Reading
from figures.rows import counted
from figures.units import EVENTS, Unit
from matching.choices import EventKind, EventState, OrganizerRole
from matching.models import Event, EventOrganizer


class EventsHeld(Definition):
    """One fact per event, on the day in China on which it began. It counts for its host and its co-hosts, and for the
    associations in which one of these zones was on that day; three hosts of one association are one event of it.
    """

    unit: ClassVar[Unit] = EVENTS
    rule = _(
        "按举办日（活动开始当天）计入当期；主办、协办园区当天所在的联盟（网络）各计一次，合计只计一次；取消的不计。"
    )
    sources = ("matching.event", "matching.eventorganizer")
    kinds: ClassVar[tuple[str, ...]]

    def facts(self, reading: Reading, milestone: str) -> Iterable[Fact]:
        rows = counted(Event, reading).filter(state=EventState.HELD, kind__in=self.kinds).order_by("starts_at", "pk")
        helping = self._organizers(reading)
        for pk, starts_at, zone, association in rows.values_list("pk", "starts_at", "zone_id", "association_id"):
            day = _day(starts_at)
            if day <= reading.as_of:
                hosts = [(zone, association), *helping.get(pk, [])]
                places = frozenset().union(*(_places(reading, host, starts_at) for host in hosts))
                yield Fact("matching.event", pk, day, None, ONE, places)

    def _organizers(self, reading: Reading) -> dict[int, list[tuple[int | None, int | None]]]:
        rows = counted(EventOrganizer, reading, sample="event__is_sample").filter(role=OrganizerRole.CO_HOST)
        found: dict[int, list[tuple[int | None, int | None]]] = {}
        for pk, zone, association in rows.values_list("event_id", "zone_id", "association_id"):
            found.setdefault(pk, []).append((zone, association))
        return found


def _day(at: datetime) -> date:
    return timezone.localdate(at)


def _places(reading: Reading, host: tuple[int | None, int | None], at: datetime) -> frozenset[str]:
    zone, association = host
    if association is not None:
        return reading.geography.of_association(association)
    return reading.geography.of_zone(zone, _day(at))


@define
class ExchangeEvents(EventsHeld):
    id = "events.exchange"
    title = _("举办交流活动")
    kinds = (EventKind.EXCHANGE,)


@define
class MatchmakingEvents(EventsHeld):
    id = "events.matchmaking"
    title = _("开展产业、人才、金融等对接活动")
    kinds = (EventKind.INDUSTRY, EventKind.TALENT, EventKind.FINANCE)


@define
class Forums(EventsHeld):
    id = "events.forums"
    title = _("举办论坛")
    kinds = (EventKind.FORUM,)


@define
class Signings(EventsHeld):
    id = "events.signings"
    title = _("举办签约活动")
    kinds = (EventKind.SIGNING,)


@define
class AllEvents(EventsHeld):
    id = "events.all"
    title = _("举办活动")
    kinds = tuple(EventKind.values)
