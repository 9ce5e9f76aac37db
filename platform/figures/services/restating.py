"""Published figures whose rows an import has written: restated with its reason by who publishes them; of the others
their keepers are told.
"""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from functools import partial
from typing import Any, Final

from figures.answering import Answering, answer
from figures.choices import LockState
from figures.definitions.base import GEOGRAPHY
from figures.definitions.registry import definition_of
from figures.models import LockedFigure
from figures.services.locks import asked_of, draft_figure, lock_figure, says_nothing_new, tell_published
from zones.errors import DomainError
from zones.importing.published import WATCHERS, Changed, Watch
from zones.models.base import in_language
from zones.scoping import Principal

REASON: Final = "what was published is looked for whoever keeps it"
MOST_CHARACTERS: Final = 300
Values = dict[int, Decimal | date | None]


def watch_imports() -> None:
    """Let imports ask what they change of what was published."""
    if watch not in WATCHERS:
        WATCHERS.append(watch)


def watch(table: str) -> Watch:
    """What is published of figures that read the table, as the rows say it before they are written."""
    rows = [row for row in _locked() if table in _sources(row)]
    return partial(_changed, rows, _values(rows))


def _locked() -> Iterable[LockedFigure]:
    rows: Any = LockedFigure.objects.unscoped(reason=REASON).filter(state=LockState.LOCKED)
    found: Iterable[LockedFigure] = rows.defer("evidence")
    return found


def _sources(row: LockedFigure) -> tuple[str, ...]:
    try:
        return (*definition_of(row.figure).sources, *GEOGRAPHY)
    except DomainError:
        return ()  # a figure that is defined no more says nothing else today


def _values(rows: Iterable[LockedFigure]) -> Values:
    """Each as the rows say it now, for the very question that was published; read once for each day."""
    answerings: dict[object, Answering] = {}
    found: Values = {}
    for row in rows:
        held = answerings.setdefault((row.as_of, row.samples), Answering(as_of=row.as_of, samples=row.samples))
        try:
            found[row.pk] = held.answer(asked_of(row)).value
        except DomainError:
            found[row.pk] = None
    return found


def _changed(rows: list[LockedFigure], before: Values, principal: Principal) -> Changed:
    now = _values(rows)
    found = [row for row in rows if now[row.pk] != before[row.pk]]
    keys = [row.pk for row in found]
    seen = set(LockedFigure.objects.visible_to(principal).filter(pk__in=keys).values_list("pk", flat=True))
    sentences = [in_language(row.sentence_zh, row.sentence_en) for row in found if row.pk in seen]
    return Changed(sentences, partial(_settle, found))


def _settle(rows: list[LockedFigure], principal: Principal, reason: str) -> None:
    editable = LockedFigure.objects.editable_by(principal).filter(pk__in=[row.pk for row in rows])
    own = set(editable.values_list("pk", flat=True))
    for row in rows:
        if row.pk not in own:
            tell_published(row, "figure.outdated", reason=reason)
        elif not says_nothing_new(row, answer(asked_of(row))):
            draft = draft_figure(principal, asked=asked_of(row), reason=reason[:MOST_CHARACTERS])
            lock_figure(principal, locked_id=draft.pk)
