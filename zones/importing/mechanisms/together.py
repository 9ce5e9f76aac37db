"""What the lines of one record ask of each other, and of all it has already, told at the line that is too much."""

from collections import defaultdict
from collections.abc import Sequence
from functools import partial
from typing import Any, Final

from django.contrib.postgres.constraints import ExclusionConstraint
from django.db.models import UniqueConstraint
from django.utils import translation

from zones.errors import InvalidInput
from zones.importing.mechanisms.names import tell_refusal
from zones.importing.rows import ReadRow
from zones.services.keeping import Shape, at_row, numbered, stored_rows

MOST_TOLD: Final = 200
"""Of one record; nothing is written while one line is wrong."""
LAST_DAY: Final = "9999-12-31"


def blame_together(shape: Shape, part: str, record: Any, rows: Sequence[tuple[ReadRow, dict[str, Any]]]) -> None:
    """Blame each line, in their order, that cannot be added to what is there and to the lines before it; beside each
    stands what it says, as services take it.
    """
    left = list(rows)
    for _told in range(MOST_TOLD):
        stored = {name: stored_rows(shape, record, name) for name in shape.parts}
        check = partial(_check, shape, part, record, stored, [said for _row, said in left])
        at = _first_refused(check, after=len(stored[part]))
        if at is None:
            return
        tell_refusal(left[min(at, len(left) - 1)][0], check)
        del left[min(at, len(left) - 1)]


def _first_refused(check: Any, *, after: int) -> int | None:
    """Which of the new lines is refused first, counted from 0."""
    try:
        with translation.override("zh-hans"):
            check()
    except InvalidInput as error:
        position = getattr(next(iter(error.errors)), "position", 0)
        return max(int(position) - after - 1, 0)
    return None


def _check(shape: Shape, part: str, record: Any, stored: dict[str, list[Any]], said: Sequence[dict[str, Any]]) -> None:
    model: Any = shape.parts[part]
    has_number = any(column.name == "number" for column in model._meta.fields)
    before = [{"number": one.number} for one in stored[part]] if has_number else [{} for _one in stored[part]]
    values = numbered(model, [*before, *said])[len(before) :]
    fresh = [
        model(**{shape.whole: record, "position": position}, **one)
        for position, one in enumerate(values, start=len(before) + 1)
    ]
    lists = stored | {part: [*stored[part], *fresh]}
    _must_be_once(model, shape.whole, lists[part])
    _must_not_overlap(model, lists[part])
    shape.check(record, lists)


def _must_be_once(model: Any, whole: str, rows: Sequence[Any]) -> None:
    for constraint in (one for one in model._meta.constraints if isinstance(one, UniqueConstraint)):
        columns = [name for name in constraint.fields if name != whole]
        seen = set()
        for row in rows:
            key = tuple(getattr(row, name) for name in columns)
            if key in seen:
                raise at_row(model, row.position, columns[-1], str(constraint.get_violation_error_message()))
            seen.add(key)


def _must_not_overlap(model: Any, rows: Sequence[Any]) -> None:
    for constraint in (one for one in model._meta.constraints if isinstance(one, ExclusionConstraint)):
        same = [model._meta.get_field(name).attname for name, _with in constraint.expressions[:-1]]
        days: Any = constraint.expressions[-1][0]
        begins, ends = (one.name for one in days.get_source_expressions()[:2])
        terms: dict[Any, list[tuple[str, str]]] = defaultdict(list)
        for row in rows:
            key = tuple(getattr(row, name) for name in same)
            begin, end = str(getattr(row, begins)), str(getattr(row, ends) or LAST_DAY)
            if None not in key and any(begin < other[1] and other[0] < end for other in terms[key]):
                raise at_row(model, row.position, begins, str(constraint.get_violation_error_message()))
            terms[key].append((begin, end))
