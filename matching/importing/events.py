"""Events that were held, from files: a line each with its days, who organized it, how many came and what came of it.
What is on record already is compared, never changed; taken back, they count no more.
"""

from collections.abc import Sequence
from datetime import date, datetime, time
from functools import partial
from typing import Any, Final

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from matching.choices import Dimension, EventKind, EventState
from matching.importing.cooperations import names
from matching.importing.hosts import ERRORS, NamedHosts
from matching.models import Event, EventOrganizer
from matching.services.past import PastEvent, checked_event, record_held_events, take_back_held
from zones.choices import ImportKind, Visibility
from zones.errors import InvalidInput
from zones.importing import cells
from zones.importing.importers import add_importer
from zones.importing.kinds import Column, Kind, Values
from zones.importing.known import Existing, plain
from zones.importing.mechanisms.unchanging import KnownByTitle, WholeColumns, hanging
from zones.importing.rows import ReadRow
from zones.importing.sentences import add_sentences
from zones.importing.verdicts import Judged, blame_repeat
from zones.models import Association, ImportJob, Zone
from zones.scoping import Principal
from zones.services.base import validated
from zones.services.batches import Report

BACKWARD: Final[dict[str, Promise]] = {"event_backward": _("结束日早于开始日：请核对。")}
AT_ODDS: Final[dict[str, Promise]] = {
    "event_known": _("同一天已登记同名活动，此列与登记的不同：更正请在其页面办理，或从文件中删去此行。"),
}
PLAIN: Final = ("kind", "title_zh", "title_en", "summary_zh", "place_zh", "dimension", "visibility")
COMPARED: Final = (*PLAIN, "association", "organizers", "ends_on", "result_zh")
"""Besides the day it began, by which with its title one is known again."""
DAYS: Final = {"starts_on": "starts_at", "ends_on": "ends_at"}
PLACES: Final = {at: on for on, at in DAYS.items()} | {"result": "result_zh"}
"""What services call a column otherwise than files do."""
LAST_MINUTE: Final = time(23, 59)
FAR: Final = "9999"
CAME: Final = (("came_organizations", "家单位"), ("came_people", "人"))


def _with_numbers(values: Values, _written: Any) -> Values:
    """How many came stands before what came of it: of an event that is over nobody registers any more."""
    came = [f"{values[name]} {unit}" for name, unit in CAME if values.get(name)]
    told = {name: value for name, value in values.items() if name not in dict(CAME)}
    if came:
        told["result_zh"] = f"到会 {'、'.join(came)}。{told.get('result_zh') or ''}"
    return told


class EventColumns(WholeColumns):
    model = Event


EVENT: Final[Kind] = EventColumns(
    name=ImportKind.EVENT,
    columns=(
        Column("kind", cells.one_of(EventKind.choices), is_required=True),
        Column("title_zh", cells.text, is_required=True),
        Column("title_en", cells.text),
        Column("summary_zh", cells.text, is_required=True),
        Column("place_zh", cells.text, is_required=True),
        Column("starts_on", cells.day, is_required=True, title=_("开始日")),
        Column("ends_on", cells.day, title=_("结束日")),
        Column("association", cells.text),
        Column("organizers", names, title=_("协办与支持")),
        Column("came_organizations", cells.whole, title=_("到会单位数")),
        Column("came_people", cells.whole, title=_("到会人数")),
        Column("result_zh", cells.text),
        Column("dimension", cells.one_of(Dimension.choices)),
        Column("visibility", cells.one_of(Visibility.choices)),
    ),
    row_types=frozenset(),
    finish=_with_numbers,
    named="title_zh",
)


class EventImporter(KnownByTitle):
    """The importer of events that were held (`zones.importing.importers.Importer`)."""

    kind = EVENT
    model = Event
    day = "starts_on"
    compared = COMPARED
    at_odds = "event_known"
    parties = ("association", "organizers")

    def judge(self, job: ImportJob, principal: Principal, rows: list[ReadRow], *, owner: str) -> list[Judged]:
        titles = {row.values.get("title_zh") for row in rows}
        stored = self.read(principal, _of_zone(principal, job.zone).filter(title_zh__in=titles))
        known = self.titled(stored)
        hosts, seen = NamedHosts(), dict[Any, int]()
        for one in stored:
            one.values["organizers"] = [hosts.as_told(host) for host in one.values["organizers"]]
        for row in rows:
            blame_repeat(row, seen, self.key(row.values), "same_record", "title_zh")
            hosts.resolve(row, job.zone)
            if (row.values.get("ends_on") or FAR) < (row.values.get("starts_on") or ""):
                row.blame("event_backward", "ends_on")
            row.values["ends_on"] = row.values.get("ends_on") or row.values.get("starts_on")
        return [self.judged(row, known, partial(_check, principal, job.zone, row.values)) for row in rows]

    def read(self, principal: Principal, rows: "QuerySet[Any]") -> list[Existing]:
        whole = rows.prefetch_related(*hanging(principal, {"organizers": EventOrganizer}))
        return [Existing(row.pk, row.version, row.state != EventState.HELD, _values(row)) for row in whole]

    def new(self, job: ImportJob) -> Any:
        return Event(zone=job.zone)

    def write(self, principal: Principal, drafts: Sequence[tuple[Any, Values]], *, report: Report) -> None:
        stored = record_held_events(principal, [_past(record.zone, values) for record, values in drafts])
        for (record, _said), row in zip(drafts, stored, strict=True):
            record.pk, record.version = row.pk, row.version
        report(len(drafts))

    def retract(self, principal: Principal, records: Sequence[Any], *, report: Report) -> None:
        """Taken back: nobody counts or reads them any more but their hosts."""
        take_back_held(principal, records)
        report(len(records))


def add_events() -> None:
    """Let files bring in events that were held."""
    add_sentences(ERRORS | BACKWARD | AT_ODDS, conflicts=AT_ODDS)
    add_importer(EventImporter())


def _of_zone(principal: Principal, zone: Zone) -> "QuerySet[Any]":
    """Held events that the zone hosts, alone or with others."""
    rows: QuerySet[Any] = Event.objects.editable_by(principal).filter(state=EventState.HELD)
    return rows.filter(Q(zone=zone) | Q(organizers__zone=zone)).distinct().order_by("pk")


def _values(row: Event) -> Values:
    days = {on: timezone.localdate(getattr(row, at)).isoformat() for on, at in DAYS.items()}
    told = {name: plain(getattr(row, name)) for name in (*PLAIN, "result_zh")}
    organizers = [
        {"role": one.role, "zone": one.zone_id, "association": one.association_id, "name_zh": one.name_zh}
        for one in row.organizers.all()
    ]
    return told | days | {"association": row.association_id, "organizers": organizers}


def _check(principal: Principal, zone: Zone, values: Values) -> None:
    try:
        validated(checked_event(principal, _past(zone, values)))
    except InvalidInput as error:
        raise InvalidInput({PLACES.get(name, name): told for name, told in error.errors.items()}) from error


def _past(zone: Zone, values: Values) -> PastEvent:
    """What a row says, as the service takes it: whole days, as files know no hours."""
    key = values.get("association")
    association = Association.objects.get(pk=key) if key else None
    told = {name: values[name] for name in PLAIN if name in values}
    host = {"association": association} if association else {"zone": zone}
    days = {
        "starts_at": _at(values["starts_on"], time.min),
        "ends_at": _at(values.get("ends_on") or values["starts_on"], LAST_MINUTE),
    }
    return PastEvent(told | host | days, _organizers(values.get("organizers") or []), values.get("result_zh") or "")


def _organizers(rows: Sequence[Values]) -> list[dict[str, Any]]:
    zones = Zone.objects.in_bulk([row["zone"] for row in rows if row["zone"]])
    associations = Association.objects.in_bulk([row["association"] for row in rows if row["association"]])
    return [
        dict(row) | {"zone": zones.get(row["zone"]), "association": associations.get(row["association"])}
        for row in rows
    ]


def _at(day: str, clock: time) -> datetime:
    return timezone.make_aware(datetime.combine(date.fromisoformat(day), clock))
