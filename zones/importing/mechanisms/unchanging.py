"""Importers of records that files bring in and never change: what is on record already is compared, a difference is
told as a conflict, and a correction is made on the record's own page.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, ClassVar

from django.db.models import Prefetch, QuerySet

from zones.choices import Verdict
from zones.importing.kinds import Kind, Values
from zones.importing.known import Existing
from zones.importing.mechanisms.lists import lock_kept
from zones.importing.mechanisms.names import tell_refusal
from zones.importing.mechanisms.records import RecordColumns
from zones.importing.mechanisms.titled import Titled, alike
from zones.importing.rows import ReadRow
from zones.importing.verdicts import Judged
from zones.models import Organization
from zones.models.base import ScopedModel
from zones.scoping import Principal


class WholeColumns(RecordColumns):
    """Columns for the record and for what hangs on it: a blank cell of a list or of a sum says that there is none."""

    def blank(self, name: str) -> Any:
        return None if self.model_field(name) is None else super().blank(name)


class Unchanging:
    """What these importers have in common (`zones.importing.importers.Importer`)."""

    kind: ClassVar[Kind]
    model: ClassVar[Any]

    def offered(self, principal: Principal, rows: "QuerySet[Any]") -> "QuerySet[Any]":
        """None: lists of such records have files of their own."""
        return rows.none()

    def lock(self, principal: Principal, versions: Mapping[int, int]) -> dict[int, Any]:
        return lock_kept(self.model, principal, versions)

    def overwritten(self, record: Any) -> Values:
        return {}

    def renew(self, record: Any) -> None:
        """It stays what it is."""

    def draft(self, record: Any, values: Values, owners: Mapping[str, Organization]) -> tuple[Any, Values]:
        return record, values


class KnownByTitle(Unchanging):
    """Those known again by their title and a day. `day`: the column that holds it; `compared`: those that must agree;
    `at_odds`: the code of the sentence at a cell that does not; `parties`: those that say whose it is.
    """

    day: ClassVar[str]
    compared: ClassVar[Sequence[str]]
    at_odds: ClassVar[str]
    parties: ClassVar[Sequence[str]] = ("parties",)

    def key(self, values: Values) -> tuple[Any, Any] | None:
        title, day = values.get("title_zh"), values.get(self.day)
        return (title, day) if title and day else None

    def titled(self, stored: Iterable[Existing]) -> Titled:
        return Titled(stored, day=self.day, parties=self.parties)

    def comparable(self, values: Values) -> Values:
        """What a row or a record says, where that is not told by its columns one by one."""
        return values

    def judged(self, row: ReadRow, known: Titled, check: Callable[[], Any]) -> Judged:
        """The verdict of a row; `check` raises what its writer would refuse."""
        if not row.is_sound:
            return Judged(row, Verdict.ERROR, row.values)
        existing = known.get(self.key(row.values))
        if existing is None:
            tell_refusal(row, check)
            known.tell_another_day(row)
            return Judged(row, Verdict.NEW if row.is_sound else Verdict.ERROR, row.values)
        said, ours = self.comparable(row.values), self.comparable(existing.values)
        other = [name for name in self.compared if name in said and not alike(said[name], ours[name])]
        for name in other:
            row.blame(self.at_odds, name)
        return Judged(row, Verdict.CONFLICT if other else Verdict.UNCHANGED, row.values, existing)


def hanging(principal: Principal, lists: Mapping[str, type[ScopedModel]]) -> "list[Prefetch[Any]]":
    """What hangs on records, to be read with them; each list by the name of its relation."""
    return [Prefetch(name, model.objects.visible_to(principal)) for name, model in lists.items()]
