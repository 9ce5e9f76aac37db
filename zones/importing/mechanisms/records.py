"""Whole records, a line each: known again by title and day; withdrawn where an import is taken back. Their lists have
files of their own.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.db import models
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from zones.choices import Verdict
from zones.errors import InvalidInput
from zones.importing.kinds import Kind, Values
from zones.importing.kinds.base import VERSION
from zones.importing.known import Existing, plain
from zones.importing.mechanisms.lists import lock_kept
from zones.importing.mechanisms.names import (
    OTHER_NAMES,
    column_of,
    instances,
    must_hold,
    name_parties,
    resolve,
    tell_between,
    tell_refusal,
    without_hidden,
)
from zones.importing.mechanisms.titled import Titled
from zones.importing.rows import ReadRow
from zones.importing.verdicts import Judged, blame_repeat
from zones.models import ImportJob, Organization
from zones.scoping import Principal, read_whole
from zones.services.base import validated
from zones.services.batches import Report
from zones.services.keeping import Shape, change_kept, must_have_begun, record_kept, stored_rows, withdraw_kept
from zones.services.public_texts import free_texts, must_name_nobody

KEPT_BY = frozenset({"zone", "association"})
OTHERS = frozenset(OTHER_NAMES.values())
NAMED: Final = "named_before"
"""Beside what a row overwrites: whom the record itself named, also what whoever imports does not see."""


class RecordColumns(Kind):
    model: type[models.Model]

    @property
    def tables(self) -> tuple[type[models.Model], ...]:
        return (self.model,)

    def blank(self, name: str) -> Any:
        known = self.model_field(name)
        return None if known is not None and known.is_relation else super().blank(name)


@dataclass(frozen=True, slots=True)
class RecordImporter:
    """The importer of one kind of record, without its lists (`zones.importing.importers.Importer`)."""

    kind: Kind
    shape: Shape

    @classmethod
    def of(cls, name: str, shape: Shape) -> "RecordImporter":
        model: Any = shape.model
        told = [field for field in model._meta.fields if field.name in shape.written - KEPT_BY - OTHERS]
        columns = [column_of(field, is_required=_is_required(field)) for field in told]
        kind = type("Columns", (RecordColumns,), {"model": model})
        return cls(kind(name=name, columns=(*columns, VERSION), row_types=frozenset(), named="title_zh"), shape)

    @property
    def model(self) -> Any:
        return self.shape.model

    @property
    def _parties(self) -> list[str]:
        """Columns that name an organization on record, or one that is not."""
        return [column for column, other in OTHER_NAMES.items() if {column, other} <= self.shape.written]

    @property
    def _named(self) -> list[str]:
        """Columns that say whose a record is."""
        return [field.name for field in self.model._meta.concrete_fields if _is_named(field, self.kind)]

    def judge(self, job: ImportJob, principal: Principal, rows: list[ReadRow], *, owner: str) -> list[Judged]:
        for column in self._parties:
            name_parties(principal, rows, column)
        resolve(principal, rows, self.model, kinds=self.shape.resources, skipped={*self._parties, *KEPT_BY})
        mine = self.model.objects.editable_by(principal).filter(zone=job.zone, withdrawn_on__isnull=True)
        stored = self.read(principal, mine.order_by("pk"))
        known = Titled(stored, day=self.model.begins, parties=self._named)
        seen: dict[Any, int] = {}
        for row in rows:
            blame_repeat(row, seen, self._key(row.values), "same_record", "title_zh")
        return [self._judged(job, row, known) for row in rows]

    def _key(self, values: Values) -> tuple[Any, Any] | None:
        title, day = values.get("title_zh"), values.get(self.model.begins)
        return (title, day) if title and day else None

    def _judged(self, job: ImportJob, row: ReadRow, known: Titled) -> Judged:
        version = row.values.pop("version", None)
        if not row.is_sound:
            tell_between(row, lambda said: self._record(job, said))
            return Judged(row, Verdict.ERROR, row.values)
        existing = known.get(self._key(row.values))
        if existing is None:
            tell_refusal(row, lambda: self._check(job, row.values))
            known.tell_another_day(row)
            return Judged(row, Verdict.NEW if row.is_sound else Verdict.ERROR, row.values)
        changes = self._changes(row.values, existing.values)
        if not changes:
            return Judged(row, Verdict.UNCHANGED, changes, existing)
        if version is not None and version != existing.version:
            row.blame("changed_since", "version", ours=version, theirs=existing.version)
            return Judged(row, Verdict.CONFLICT, changes, existing)
        tell_refusal(row, lambda: self._check(job, existing.values | row.values, pk=existing.id))
        return Judged(row, Verdict.CHANGED if row.is_sound else Verdict.ERROR, changes, existing)

    def _changes(self, said: Values, ours: Values) -> Values:
        """Who is on record and who is only named change together: one of them may be hidden."""
        other = {name for name, value in said.items() if ours.get(name) != value}
        for pair in ({column, OTHER_NAMES[column]} for column in self._parties):
            other |= pair & said.keys() if other & pair else set()
        return {name: value for name, value in said.items() if name in other}

    def _check(self, job: ImportJob, values: Values, *, pk: int | None = None) -> None:
        """With the lists of a record that is there."""
        row = self._record(job, values)
        must_name_nobody(free_texts(self.model, values))
        try:
            validated(row).pk = pk
        except InvalidInput:
            must_hold(row)  # the same, at the cells
            raise
        must_have_begun(row)
        self.shape.check(row, {name: stored_rows(self.shape, row, name) if pk else [] for name in self.shape.parts})

    def _record(self, job: ImportJob, values: Values) -> Any:
        return self.model(zone=job.zone, **instances(self.model, values))

    def read(self, principal: Principal, rows: "QuerySet[Any]") -> list[Existing]:
        names = [name for name in self.kind.fields if name != "version"]
        names += [OTHER_NAMES[column] for column in self._parties]
        keys = {name: self.model._meta.get_field(name).attname for name in names}
        found = list(rows)
        told = [{name: plain(getattr(row, key)) for name, key in keys.items()} for row in found]
        without_hidden(principal, self.model, told)
        pairs = zip(found, told, strict=True)
        return [Existing(row.pk, row.version, row.withdrawn_on is not None, values) for row, values in pairs]

    def offered(self, principal: Principal, rows: "QuerySet[Any]") -> "QuerySet[Any]":
        """The asker's own."""
        own = rows.filter(read_whole(self.model, principal))
        return own.filter(withdrawn_on__isnull=True).order_by("pk")

    def lock(self, principal: Principal, versions: Mapping[int, int]) -> dict[int, Any]:
        return lock_kept(self.model, principal, versions)

    def new(self, job: ImportJob) -> Any:
        return self.model(zone=job.zone)

    def overwritten(self, record: Any) -> Values:
        """Whom it names, so that undoing gives that back."""
        known = (field for field in self.model._meta.concrete_fields if _is_named(field, self.kind))
        return {NAMED: {field.name: getattr(record, field.attname) for field in known}}

    def renew(self, record: Any) -> None:
        """It stays what it is."""

    def draft(self, record: Any, values: Values, owners: Mapping[str, Organization]) -> tuple[Any, Values]:
        return record, values

    def write(self, principal: Principal, drafts: Sequence[tuple[Any, Values]], *, report: Report) -> None:
        for done, (record, values) in enumerate(drafts, start=1):
            named = values.get(NAMED)
            said = {name: value for name, value in values.items() if name != NAMED}
            told = instances(self.model, {name: (named or {}).get(name, value) for name, value in said.items()})
            if record.pk is None:
                stored = record_kept(principal, self.shape, zone=record.zone, **told)
            else:
                known: dict[str, Any] = {"record_id": record.pk, "version": record.version}
                stored = change_kept(principal, self.shape, **known, is_restoring=named is not None, **told)
            record.pk, record.version = stored.pk, stored.version
            report(done)

    def retract(self, principal: Principal, records: Sequence[Any], *, report: Report) -> None:
        """Withdrawn: nobody counts them any more."""
        for done, record in enumerate(records, start=1):
            known: dict[str, Any] = {"record_id": record.pk, "version": record.version}
            withdraw_kept(principal, self.shape, **known, because=_("导入已撤销"))
            report(done)


def _is_named(field: Any, kind: Kind) -> bool:
    return field.is_relation and field.name in kind.fields


def _is_required(field: Any) -> bool:
    return not (field.null or field.blank or field.has_default())
