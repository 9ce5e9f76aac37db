"""Importers of records that files bring in and never change: what is on record already is compared, a difference is
told as a conflict, and a correction is made on the record's own page.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, ClassVar

from django.db.models import QuerySet

from zones.choices import Verdict
from zones.importing.kinds import Kind, Values
from zones.importing.known import Existing
from zones.importing.mechanisms.lists import lock_kept
from zones.importing.mechanisms.names import tell_refusal
from zones.importing.rows import ReadRow
from zones.importing.verdicts import Judged
from zones.models import Organization
from zones.scoping import Principal


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
    `at_odds`: the code of the sentence where they do not.
    """

    day: ClassVar[str]
    compared: ClassVar[Sequence[str]]
    at_odds: ClassVar[str]

    def key(self, values: Values) -> tuple[Any, Any] | None:
        title, day = values.get("title_zh"), values.get(self.day)
        return (title, day) if title and day else None

    def judged(self, row: ReadRow, known: Mapping[Any, Existing], check: Callable[[], Any]) -> Judged:
        """The verdict of a row; `check` raises what its writer would refuse."""
        if not row.is_sound:
            return Judged(row, Verdict.ERROR, row.values)
        existing = known.get(self.key(row.values))
        if existing is None:
            tell_refusal(row, check)
            return Judged(row, Verdict.NEW if row.is_sound else Verdict.ERROR, row.values)
        if all(row.values[name] == existing.values[name] for name in self.compared if name in row.values):
            return Judged(row, Verdict.UNCHANGED, row.values, existing)
        row.blame(self.at_odds, "title_zh")
        return Judged(row, Verdict.CONFLICT, row.values, existing)
