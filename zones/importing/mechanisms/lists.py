"""The rows of a list of a record, a line each: the record is named by its title and must be there; a line that it has
already changes nothing.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from django.db import models
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from zones.choices import Verdict
from zones.importing import cells
from zones.importing.kinds import Column, Kind, Values
from zones.importing.known import Existing, plain
from zones.importing.mechanisms.names import (
    column_of,
    instances,
    name_parties,
    resolve,
    tell_between,
    tell_refusal,
    without_hidden,
)
from zones.importing.mechanisms.together import blame_together
from zones.importing.rows import ReadRow
from zones.importing.verdicts import Judged
from zones.models import ImportJob, Organization
from zones.scoping import Principal, read_whole
from zones.services.base import validated
from zones.services.batches import Moved, Report
from zones.services.keeping import Shape, add_parts, change_kept, check_row

RECORD: Final = "title_zh"
BEFORE: Final = "rows_before"
"""Beside what a line says: the rows its record had before the import."""
PARTY: Final = "organization"
TITLES: Final = {("fund_commitment", "zone"): _("出资高新区")}
"""Where a file of ours has another column of the same title: the zone of the record."""


class ListColumns(Kind):
    """The columns of one list, and the title of the record each line belongs to."""

    model: type[models.Model]

    @property
    def tables(self) -> tuple[type[models.Model], ...]:
        return (self.model,)


@dataclass(frozen=True, slots=True)
class ListImporter:
    """The importer of one list (`zones.importing.importers.Importer`)."""

    kind: Kind
    shape: Shape
    part: str

    @classmethod
    def of(cls, name: str, shape: Shape, part: str) -> "ListImporter":
        model: Any = shape.parts[part]
        fields = [model._meta.get_field(column) for column in shape.part_columns(part)]
        record = Column(RECORD, cells.text, is_required=True, title=_title_of(shape.model))
        told = [
            column_of(field, is_required=_is_required(field), title=TITLES.get((name, field.name), ""))
            for field in fields
            if not _is_other_name(field)
        ]
        kind = type("Columns", (ListColumns,), {"model": model})
        columns = (record, *told)
        return cls(kind(name=name, columns=columns, row_types=frozenset(), named=RECORD), shape, part)

    @property
    def model(self) -> Any:
        return self.shape.model

    def judge(self, job: ImportJob, principal: Principal, rows: list[ReadRow], *, owner: str) -> list[Judged]:
        part: Any = self.shape.parts[self.part]
        records = self._records(principal, job)
        stored = self._stored(principal, [one for found in records.values() for one in found])
        if PARTY in self.kind.fields:
            name_parties(principal, rows, PARTY)
        resolve(principal, rows, part, kinds={}, skipped={PARTY})
        judged = [self._judged(row, records, stored) for row in rows]
        self._blame_together({one.pk: one for found in records.values() for one in found}, judged)
        return [one if one.row.is_sound else replace(one, verdict=Verdict.ERROR) for one in judged]

    def _blame_together(self, records: Mapping[int, Any], judged: Iterable[Judged]) -> None:
        lines: dict[int, list[tuple[ReadRow, dict[str, Any]]]] = defaultdict(list)
        for one in judged:
            if one.verdict == Verdict.NEW and one.existing is not None:
                said = {name: value for name, value in one.values.items() if name != RECORD}
                lines[one.existing.id].append((one.row, instances(self.shape.parts[self.part], said)))
        for pk, rows in lines.items():
            blame_together(self.shape, self.part, records[pk], rows)

    def _records(self, principal: Principal, job: ImportJob) -> dict[str, list[Any]]:
        found: dict[str, list[Any]] = defaultdict(list)
        rows = self.model.objects.editable_by(principal).filter(zone=job.zone, withdrawn_on__isnull=True)
        for row in rows.order_by("pk"):
            found[row.title_zh].append(row)
        return found

    def _stored(self, principal: Principal, records: Iterable[Any]) -> dict[int, list[Values]]:
        """The rows of each record as lines say them."""
        told: dict[int, list[Values]] = {}
        model, columns = self.shape.parts[self.part], self.shape.part_columns(self.part)
        rows = model.objects.visible_to(principal).filter(**{f"{self.shape.whole}__in": list(records)})
        for row in rows.order_by(self.shape.whole, "position", "pk"):
            line = {name: plain(getattr(row, model._meta.get_field(name).attname)) for name in columns}  # type: ignore[union-attr]
            told.setdefault(getattr(row, f"{self.shape.whole}_id"), []).append(line)
        without_hidden(principal, model, (line for lines in told.values() for line in lines))
        return told

    def _judged(self, row: ReadRow, records: dict[str, list[Any]], stored: dict[int, list[Values]]) -> Judged:
        title = row.values.get(RECORD, "")
        named = records.get(title, [])
        if title and len(named) != 1:
            row.blame("many_records" if named else "no_record", RECORD, text=title[:40])
        if not row.is_sound:
            tell_between(row, self._line)
            return Judged(row, Verdict.ERROR, row.values)
        (record,) = named
        existing = Existing(record.pk, record.version, False, {RECORD: title})
        if not row.values.get("number"):
            row.values.pop("number", None)
        said = {name: value for name, value in row.values.items() if name != RECORD}
        if any(said.items() <= one.items() for one in stored.get(record.pk, [])):
            return Judged(row, Verdict.UNCHANGED, row.values, existing)
        tell_refusal(row, lambda: self._check(record, said))
        return Judged(row, Verdict.NEW if row.is_sound else Verdict.ERROR, row.values, existing)

    def _line(self, values: Values) -> Any:
        model: Any = self.shape.parts[self.part]
        return model(position=1, **instances(model, {name: one for name, one in values.items() if name != RECORD}))

    def _check(self, record: Any, said: Values) -> None:
        model: Any = self.shape.parts[self.part]
        numbered = {"number": 0} if "number" in self.kind.fields and not said.get("number") else {}
        row = model(**{self.shape.whole: record}, position=1, **(instances(model, said) | numbered))
        check_row(row, position=1)
        validated(row)

    def read(self, principal: Principal, rows: "QuerySet[Any]") -> list[Existing]:
        """A line for each row of the list."""
        records = {row.pk: row for row in rows}
        lines = self._stored(principal, records.values())
        return [
            Existing(pk, row.version, row.withdrawn_on is not None, line | {RECORD: row.title_zh})
            for pk, row in records.items()
            for line in lines.get(pk, [{}])
        ]

    def offered(self, principal: Principal, rows: "QuerySet[Any]") -> "QuerySet[Any]":
        """The asker's own."""
        own = rows.filter(read_whole(self.model, principal))
        return own.filter(withdrawn_on__isnull=True).order_by("pk")

    def lock(self, principal: Principal, versions: Mapping[int, int]) -> dict[int, Any]:
        return lock_kept(self.model, principal, versions)

    def new(self, job: ImportJob) -> Any:
        return self.model(zone=job.zone)

    def overwritten(self, record: Any) -> Values:
        """Its rows, so that undoing gives them back."""
        rows = self.shape.parts[self.part].objects.unscoped(reason="the record is locked")
        model, columns = self.shape.parts[self.part], self.shape.part_columns(self.part)
        found = rows.filter(**{self.shape.whole: record}).order_by("position", "pk")
        names = {name: model._meta.get_field(name).attname for name in columns}  # type: ignore[union-attr]
        return {BEFORE: [{name: plain(getattr(row, key)) for name, key in names.items()} for row in found]}

    def renew(self, record: Any) -> None:
        """It stays what it is."""

    def draft(self, record: Any, values: Values, owners: Mapping[str, Organization]) -> tuple[Any, Values]:
        return record, values

    def write(self, principal: Principal, drafts: Sequence[tuple[Any, Values]], *, report: Report) -> None:
        """Lines of one record together: it changes once."""
        lines: dict[int, list[Values]] = defaultdict(list)
        records = {record.pk: record for record, _values in drafts}
        for record, values in drafts:
            lines[record.pk].append(values)
        for done, (pk, found) in enumerate(lines.items(), start=1):
            self._write(principal, records[pk], found)
            report(done)

    def _write(self, principal: Principal, record: Any, lines: list[Values]) -> None:
        model = self.shape.parts[self.part]
        known: dict[str, Any] = {"record_id": record.pk, "version": record.version}
        if BEFORE in lines[0]:
            rows = [instances(model, line) for line in lines[0][BEFORE]]
            stored = change_kept(principal, self.shape, **known, with_parts={self.part: rows})
        else:
            said = [{name: value for name, value in line.items() if name != RECORD} for line in lines]
            rows = [instances(model, line) for line in said]
            stored = add_parts(principal, self.shape, **known, added={self.part: rows})
        record.version = stored.version

    def retract(self, principal: Principal, records: Sequence[Any], *, report: Report) -> None:
        """No record is new."""


def lock_kept(model: Any, principal: Principal, versions: Mapping[int, int]) -> dict[int, Any]:
    """The records, locked in the order of their ids. Raises Moved where one is no longer what was compared."""
    rows = model.objects.editable_by(principal).filter(pk__in=list(versions))
    found = {row.pk: row for row in rows.order_by("pk").select_for_update(of=("self",))}
    moved = [pk for pk, version in versions.items() if pk not in found or found[pk].version != version]
    if moved:
        raise Moved(moved)
    return found


def _title_of(model: Any) -> Any:
    """What a record is called, in the language of whoever reads the title."""
    return model._meta.verbose_name


def _is_required(field: Any) -> bool:
    return not (field.null or field.blank or field.has_default())


def _is_other_name(field: Any) -> bool:
    """What is not on record is named in the same column as what is."""
    return bool(field.name == "name_zh")
