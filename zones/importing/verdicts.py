"""A verdict per row: new, changed, unchanged, in conflict with what the zone has, or in error."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from zones.choices import Verdict
from zones.importing.kinds import Kind, Values
from zones.importing.known import PART_FIELDS, Existing, Known
from zones.importing.rows import ReadRow
from zones.importing.sentences import CONFLICTS, Fault

PART_DEFAULTS = {
    "manufacturer": "", "model": "", "quantity": 1, "unit": "台", "counts_as": 0, "equipment_code": "",
    "original_value": None,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Judged:
    """A row and what becomes of it; `values` hold what would be written, `existing` what is there."""

    row: ReadRow
    verdict: str
    values: Values
    existing: Existing | None = None

    @property
    def faults(self) -> list[Fault]:
        return self.row.faults


def judge(rows: list[ReadRow], known: Known, kind: Kind, *, owner: str = "") -> list[Judged]:
    """Verdicts in the order of the file; `owner` is whose rows are that name none."""
    for row in rows:
        _resolve(row, known, owner)
    parts = _gather_parts(rows) if kind.has_parts else set()
    _find_repeats(row for row in rows if row.number not in parts)
    alone = (_judged(row, known) for row in rows if row.number not in parts)
    judged = {one.row.number: one for one in once_each(alone, kind)}
    hosts = {name: judged[number] for name, number in _names(rows, parts).items() if number in judged}
    return [judged.get(row.number) or _judged_part(row, hosts) for row in rows]


def _resolve(row: ReadRow, known: Known, owner: str) -> None:
    """Names become records of the zone: the owner, and the laboratory a machine stands in."""
    resolve_owner(row, known, owner)
    if laboratory := row.values.get("laboratory"):
        row.values["laboratory"] = known.laboratories.get(laboratory)
        if row.values["laboratory"] is None:
            row.blame("unknown_laboratory", "laboratory", text=laboratory[:40])


def resolve_owner(row: ReadRow, known: Known, owner: str) -> None:
    """The owner by the name the zone knows it by; `owner` is whose a row is that names none."""
    values = row.values
    if owner and not values.get("organization"):
        values["organization"] = owner
        row.faults[:] = [fault for fault in row.faults if (fault.code, fault.field) != ("required", "organization")]
    if name := values.get("organization"):
        values["organization"] = known.owner(name)
        if values["organization"] not in known.organizations:
            row.blame("new_organization", "organization")


def _gather_parts(rows: list[ReadRow]) -> set[int]:
    """Hang rows that name a parent onto it, wherever in the file it stands; returns their numbers."""
    parts = {row.number for row in rows if row.values.get("parent")}
    by_number = {row.number: row for row in rows}
    hosts = {name: by_number[number] for name, number in _names(rows, parts).items()}
    if any("parent" in row.columns for row in rows):
        for row in rows:
            row.values["parts"] = []
    for row in rows:
        if row.number not in parts:
            continue
        host = hosts.get(row.values["parent"])
        if host is None:
            row.blame("unknown_parent", "parent", text=row.values["parent"][:40])
        elif host.number in parts:
            row.blame("parent_is_part", "parent", row=host.number)
        else:
            host.values["parts"].append(_part(row.values))
    return parts


def _names(rows: list[ReadRow], parts: set[int]) -> dict[str, int]:
    """What a part may call its host, by number or by name → row number; numbers of parts too, to tell them apart."""
    by_name = {row.values.get("name_zh", ""): row.number for row in rows if row.number not in parts}
    by_id = {row.values.get("external_id", ""): row.number for row in rows}
    return {name: number for name, number in (by_name | by_id).items() if name}


def _part(values: Values) -> Values:
    said = {name: values[name] for name in PART_FIELDS if name in values}
    codes = values.get("equipment_codes") or [""]
    return {**PART_DEFAULTS, **said, "equipment_code": codes[0], "name_zh": values.get("name_zh", "")}


def _find_repeats(rows: Iterable[ReadRow]) -> None:
    numbers: dict[Any, int] = {}
    names: dict[Any, int] = {}
    for row in rows:
        blame_repeat(row, numbers, row.values.get("external_id"), "repeated_id", "external_id")
        owner, name = row.values.get("organization"), row.values.get("name_zh")
        blame_repeat(row, names, (owner, name) if owner and name else None, "repeated_name", "name_zh")


def once_each(judged: Iterable[Judged], kind: Kind) -> Iterator[Judged]:
    """Of rows that mean one record, some by its number and some by its name, all but the first are in error: each would
    be compared with what the record was, and the last would win.
    """
    seen: dict[int, int] = {}
    for one in judged:
        if one.existing and seen.setdefault(one.existing.id, one.row.number) != one.row.number:
            one.row.blame("same_record", kind.named, row=seen[one.existing.id])
            yield replace(one, verdict=Verdict.ERROR)
        else:
            yield one


def blame_repeat(row: ReadRow, seen: dict[Any, int], key: Any, code: str, name: str) -> None:
    if key and seen.setdefault(key, row.number) != row.number:
        row.blame(code, name, row=seen[key])


def _judged(row: ReadRow, known: Known) -> Judged:
    version = row.values.pop("version", None)
    row.values.pop("parent", None)
    if not row.is_sound:
        return Judged(row, Verdict.ERROR, row.values)
    existing = known.of(row.values)
    _find_conflicts(row, existing, known, version)
    if any(fault.code in CONFLICTS for fault in row.faults):
        return Judged(row, Verdict.CONFLICT, row.values, existing)
    if existing is None:
        return Judged(row, Verdict.NEW, row.values)
    return _compared(row, existing)


def _find_conflicts(row: ReadRow, existing: Existing | None, known: Known, version: int | None) -> None:
    number = row.values.get("external_id", "")
    if number in known.other_ids:
        row.blame("id_in_use", "external_id")
    if existing is None:
        return
    namesake = known.by_name.get((row.values["organization"], row.values["name_zh"]), existing)
    theirs = namesake.values["external_id"]
    if namesake.id != existing.id or (number and theirs and theirs != number):
        row.blame("name_in_use", "name_zh", text=theirs or row.values["name_zh"])
    if version is not None and version != existing.version:
        row.blame("changed_since", "version", ours=version, theirs=existing.version)


def _compared(row: ReadRow, existing: Existing) -> Judged:
    changes = {name: value for name, value in row.values.items() if existing.values.get(name) != value}
    if existing.is_retired:
        row.blame("comes_back", "name_zh")
    verdict = Verdict.CHANGED if changes or existing.is_retired else Verdict.UNCHANGED
    return Judged(row, verdict, changes, existing)


def _judged_part(row: ReadRow, hosts: dict[Any, Judged]) -> Judged:
    """A part goes the way of its host; its own faults are its own."""
    host = hosts.get(row.values.get("parent"))
    verdict = host.verdict if row.is_sound and host else Verdict.ERROR
    if verdict == Verdict.CHANGED and host and "parts" not in host.values:
        verdict = Verdict.UNCHANGED
    return Judged(row, verdict, {"part": row.values.get("name_zh", "")})
