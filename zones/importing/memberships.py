"""Memberships from files of the system's administrators: a line each, of any zone and association. Those on record end
where a line tells the day; all else is compared. Taken back, what a file brought is gone, and what it ended goes on.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zones.choices import ImportKind, MemberRole, Verdict
from zones.errors import InvalidInput
from zones.importing import cells
from zones.importing.kinds import Column, Kind, Values
from zones.importing.known import Existing, plain
from zones.importing.mechanisms.names import Names, tell_refusal
from zones.importing.mechanisms.records import RecordColumns
from zones.importing.mechanisms.unchanging import Unchanging
from zones.importing.rows import ReadRow
from zones.importing.verdicts import Judged
from zones.models import Association, ImportJob, Membership, Zone
from zones.scoping import Principal
from zones.services.batches import Report
from zones.services.places import (
    Told,
    add_membership,
    end_membership,
    must_be_system,
    take_back_memberships,
)

SENTENCES: Final[dict[str, Promise]] = {
    "member_known": gettext_lazy("记录中此成员关系为“%(ours)s”：请核对，或从文件中删去此行。"),
    "member_since": gettext_lazy("该园区在此期间已是成员（%(ours)s 加入）：请核对加入日，或先填写原成员关系的退出日。"),
    "member_twice": gettext_lazy("与第 %(row)d 行是同一园区的同一成员关系，时间重叠：请更正日期，或删去重复的行。"),
    "member_left": gettext_lazy("记录中该园区已退出：此行不改动记录。"),
}
NOTES: Final = frozenset({"member_left"})
CONFLICTS: Final = frozenset({"member_known", "member_since"})
BEFORE, TOLD = "members_before", "members_told"
"""Beside what a line says: the members its association had, and what all lines of the file say of them."""
LINE: Final = ("zone", "joined_on", "left_on")
FOREVER: Final = "9999-12-31"
EVER: Final = "0001-01-01"


class MembershipColumns(RecordColumns):
    model = Membership


MEMBERSHIP: Final[Kind] = MembershipColumns(
    name=ImportKind.MEMBERSHIP,
    columns=(
        Column("association", cells.text, is_required=True),
        Column("zone", cells.text, is_required=True),
        Column("role", cells.one_of(MemberRole.choices)),
        Column("joined_on", cells.day),
        Column("left_on", cells.day),
    ),
    row_types=frozenset(),
    named="association",
)


class MembershipImporter(Unchanging):
    """The importer of memberships (`zones.importing.importers.Importer`); the record is the association."""

    kind = MEMBERSHIP
    model = Association

    def judge(self, job: ImportJob, principal: Principal, rows: list[ReadRow], *, owner: str) -> list[Judged]:
        must_be_system(principal)
        for column, model in (("association", Association), ("zone", Zone)):
            names = Names(principal, model, [row.values.get(column) or "" for row in rows])
            for row in rows:
                row.values[column] = names.find(row, column)
        known, seen = _known(), dict[Any, list[ReadRow]]()
        return [self._judged(row, known, seen) for row in rows]

    def _judged(self, row: ReadRow, known: Mapping[Any, list[Membership]], seen: dict[Any, list[ReadRow]]) -> Judged:
        if not row.is_sound:
            return Judged(row, Verdict.ERROR, row.values)
        pair = (row.values["association"], row.values["zone"])
        _blame_overlap(row, seen.setdefault(pair, []))
        existing = Existing(pair[0], 1, False, {})
        ours = _same(row.values, known.get(pair, []))
        verdict = _new(row, known.get(pair, [])) if ours is None else _compared(row, ours)
        if any(fault.code in CONFLICTS for fault in row.faults):
            return Judged(row, Verdict.CONFLICT, row.values, existing)
        return Judged(row, verdict if row.is_sound else Verdict.ERROR, row.values, existing)

    def read(self, principal: Principal, rows: "QuerySet[Any]") -> list[Existing]:
        return [Existing(row.pk, row.version, False, {}) for row in rows]

    def lock(self, principal: Principal, versions: Mapping[int, int]) -> dict[int, Any]:
        rows = Association.objects.select_for_update(no_key=True).filter(pk__in=list(versions))
        return {row.pk: row for row in rows.order_by("pk")}

    def overwritten(self, record: Any) -> Values:
        """The members the association had, and what the lines of the file say of it, which `draft` adds."""
        if not hasattr(record, TOLD):
            setattr(record, TOLD, [])
            members = Membership.objects.filter(association=record).order_by("pk")
            setattr(record, BEFORE, [_line(one) for one in members])
        return {BEFORE: getattr(record, BEFORE), TOLD: getattr(record, TOLD)}

    def new(self, job: ImportJob) -> Any:
        raise NotImplementedError("a membership is of an association there is")

    def draft(self, record: Any, values: Values, owners: Mapping[str, Any]) -> tuple[Any, Values]:
        if BEFORE not in values:
            getattr(record, TOLD).append({name: values.get(name) for name in LINE})
        return record, values

    def write(self, principal: Principal, drafts: Sequence[tuple[Any, Values]], *, report: Report) -> None:
        taken_back: set[int] = set()
        zones = Zone.objects.in_bulk()
        for done, (record, values) in enumerate(drafts, start=1):
            if BEFORE not in values:
                _write(principal, record, zones[values["zone"]], values)
            elif record.pk not in taken_back:
                taken_back.add(record.pk)
                before = [_told(one) for one in values[BEFORE]]
                take_back_memberships(principal, record, [_told(one) for one in values[TOLD]], before)
            report(done)

    def retract(self, principal: Principal, records: Sequence[Any], *, report: Report) -> None:
        """No record is new."""


def _write(principal: Principal, association: Association, zone: Zone, values: Values) -> None:
    joined_on, left_on = _day(values.get("joined_on")), _day(values.get("left_on"))
    ours = _same(values, list(Membership.objects.filter(association=association, zone=zone)))
    if ours is None:
        role = values.get("role") or MemberRole.MEMBER
        ours = add_membership(
            principal, zone=zone, association=association, joined_on=joined_on, role=role, left_on=left_on
        )
    elif left_on is not None:
        end_membership(principal, membership=ours, left_on=left_on)


def _line(row: Membership) -> Values:
    return {"zone": row.zone_id, "joined_on": plain(row.joined_on), "left_on": plain(row.left_on)}


def _told(line: Values) -> Told:
    return Told(line["zone"], _day(line["joined_on"]), _day(line["left_on"]))


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _known() -> dict[tuple[int, int], list[Membership]]:
    found: dict[tuple[int, int], list[Membership]] = defaultdict(list)
    for row in Membership.objects.order_by("pk"):
        found[row.association_id, row.zone_id].append(row)
    return found


def _same(values: Values, ours: Sequence[Membership]) -> Membership | None:
    """The membership a line means: of the same day; one without a day means the one that goes on."""
    day = values.get("joined_on")
    if day:
        return next((one for one in ours if plain(one.joined_on) == day), None)
    return next((one for one in ours if one.joined_on is None or one.left_on is None), None)


def _compared(row: ReadRow, ours: Membership) -> str:
    role, left_on = row.values.get("role"), row.values.get("left_on")
    row.values["joined_on"] = plain(ours.joined_on)
    if role and role != ours.role:
        row.blame("member_known", "role", ours=cells.by_language([MemberRole(ours.role).label]))
    if left_on and ours.left_on is None:
        tell_refusal(row, lambda: _must_be_in_order(ours.joined_on, left_on))
        ours.left_on = _day(left_on)  # a later line may say that the zone joined again
        return Verdict.CHANGED
    if left_on and left_on != plain(ours.left_on):
        row.blame("member_known", "left_on", ours=plain(ours.left_on))
    if ours.left_on and not left_on:
        row.blame("member_left", "left_on")
    return Verdict.UNCHANGED


def _must_be_in_order(joined_on: date | None, left_on: str | None) -> None:
    if joined_on and left_on and left_on <= joined_on.isoformat():
        raise InvalidInput.single("left_on", _("退出日须晚于加入日。"))


def _new(row: ReadRow, ours: Sequence[Membership]) -> str:
    tell_refusal(row, lambda: _must_be_in_order(_day(row.values.get("joined_on")), row.values.get("left_on")))
    for one in ours:
        if _overlap(row.values, {"joined_on": plain(one.joined_on), "left_on": plain(one.left_on)}):
            row.blame("member_since", "joined_on", ours=plain(one.joined_on) or "—")
    return Verdict.NEW


def _blame_overlap(row: ReadRow, seen: list[ReadRow]) -> None:
    other = next((one for one in seen if _overlap(row.values, one.values)), None)
    if other is not None:
        row.blame("member_twice", "zone", row=other.number)
    seen.append(row)


def _overlap(one: Values, other: Values) -> bool:
    begins = (one.get("joined_on") or EVER, other.get("joined_on") or EVER)
    ends = (one.get("left_on") or FOREVER, other.get("left_on") or FOREVER)
    return begins[0] < ends[1] and begins[1] < ends[0]
