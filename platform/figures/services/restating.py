"""Published figures whose rows an import has written: restated with its reason by who publishes them; of the others
their keepers are told.
"""

from collections.abc import Iterable
from functools import partial
from typing import Any, Final

from django.utils.translation import gettext as _

from figures.answering import Answer, Answering, answer
from figures.choices import LockState
from figures.definitions.base import GEOGRAPHY
from figures.definitions.registry import definition_of
from figures.models import LockedFigure
from figures.questions import Question
from figures.services.locks import (
    asked_of,
    draft_figure,
    is_over,
    lock_figure,
    open_draft,
    says_nothing_new,
    tell_outdated,
)
from zones.errors import Conflict, DomainError
from zones.importing.published import WATCHERS, Changed, Watch
from zones.models.base import in_language
from zones.scoping import Principal

REASON: Final = "what was published is looked for whoever keeps it"
MOST_CHARACTERS: Final = 300
Told = dict[int, int | None]
"""Row → what stands for its value and the rows it is made of; None: no answer."""


def watch_imports() -> None:
    """Let imports ask what they change of what was published."""
    if watch not in WATCHERS:
        WATCHERS.append(watch)


def watch(table: str) -> Watch:
    """What is published of figures that read the table, as the rows say it before they are written."""
    rows = [row for row in _locked() if table in _sources(row)]
    return partial(_changed, rows, _told(rows))


def _locked() -> Iterable[LockedFigure]:
    rows: Any = LockedFigure.objects.unscoped(reason=REASON).filter(state=LockState.LOCKED)
    found: Iterable[LockedFigure] = rows.defer("evidence")
    return found


def _sources(row: LockedFigure) -> tuple[str, ...]:
    try:
        return (*definition_of(row.figure).sources, *GEOGRAPHY)
    except DomainError:
        return ()  # a figure that is defined no more says nothing else today


def _told(rows: Iterable[LockedFigure]) -> Told:
    """Each as the rows say it now, for the very question that was published; read once for each day."""
    answerings: dict[object, Answering] = {}
    found: Told = {}
    for row in rows:
        day = (row.as_of, row.samples)
        if day not in answerings:
            answerings[day] = Answering(as_of=row.as_of, samples=row.samples)
        try:
            found[row.pk] = _mark(answerings[day].answer(asked_of(row)))
        except DomainError:
            found[row.pk] = None
    return found


def _mark(given: Answer) -> int:
    """As `evidence_hash`, but of no more use than to compare: of 100,000 contracts in a tenth of the time."""
    return hash((given.value, frozenset((fact.table, fact.key, fact.amount) for fact in given.facts)))


def _changed(rows: list[LockedFigure], before: Told, principal: Principal) -> Changed:
    """Of the same sum of other rows, too, the page would say that it differs from the records."""
    now = _told(rows)
    found = [row for row in rows if now[row.pk] != before[row.pk]]
    keys = [row.pk for row in found]
    seen = set(LockedFigure.objects.visible_to(principal).filter(pk__in=keys).values_list("pk", flat=True))
    sentences = [in_language(row.sentence_zh, row.sentence_en) for row in found if row.pk in seen]
    return Changed(sentences, partial(_settle, found))


def _settle(rows: list[LockedFigure], principal: Principal, reason: str) -> None:
    editable = LockedFigure.objects.editable_by(principal).filter(pk__in=[row.pk for row in rows])
    own = set(editable.values_list("pk", flat=True))
    for row in rows:
        if row.pk not in own or not _is_restated(row, principal, reason):
            tell_outdated(row, reason=reason)


def _is_restated(row: LockedFigure, principal: Principal, reason: str) -> bool:
    """Whether the rows say something that can be published; what they do not keeps nobody from taking a file back."""
    asked = asked_of(row)
    given = _answer(asked)
    if given is None or given.value is None or not is_over(asked):
        return False
    if says_nothing_new(row, given):
        return True
    if open_draft(principal, asked) is not None:
        message = _("已发布的“%(figure)s”另有草稿未锁定，不能随导入重述：请先锁定或作废该草稿，再重新提交。")
        raise Conflict(message % {"figure": in_language(row.sentence_zh, row.sentence_en)})
    draft = draft_figure(principal, asked=asked, reason=reason[:MOST_CHARACTERS])
    lock_figure(principal, locked_id=draft.pk)
    return True


def _answer(asked: Question) -> Answer | None:
    """None where the rows give none any more."""
    try:
        return answer(asked)
    except DomainError:
        return None
