"""What strangers are told of one figure: what the open data tell, and nothing of other days or parts of years: by their
differences a single row could be taken.
"""

from figures.answering import Answer
from figures.boards import Board
from figures.periods import Period
from figures.protection import is_too_small, reads_whole
from figures.questions import Question
from zones.scoping import VISITOR, Principal, today


def is_kept_back(given: Answer, reader: Principal, *, was_reported: bool = False) -> bool:
    """Whether the reader is not told the number. Of what was reported in public, only small numbers are kept back."""
    if not given.definition.is_sensitive or reads_whole(reader, given.question.scope):
        return False
    if is_too_small(given) or was_reported:
        return is_too_small(given)
    return not _are_published([part.question for part in given.parts or (given,)])


def _are_published(asked: list[Question]) -> bool:
    """Whether the open data tell them all: whole years, or the ends of years, as of today."""
    if not all(one.definition.is_open for one in asked):
        return False
    if asked[0].scope.kind == "flow":
        return True
    if not all(_years(one) for one in asked):
        return False
    keys = {(one.definition.id, one.milestone) for one in asked}
    board = Board(keys, principal=VISITOR, samples=asked[0].samples)
    return all(_is_published(one, board) for one in asked)


def _is_published(asked: Question, board: Board) -> bool:
    key, years = (asked.definition.id, asked.milestone), _years(asked)
    return bool(years) and all(year in board.years and board.is_told(key, asked.scope.code, year) for year in years)


def _years(asked: Question) -> list[int]:
    """The years it is the number of; none where it is that of other days."""
    if asked.definition.is_stock:
        ends_a_year = (asked.day.month, asked.day.day) == (12, 31)
        return [asked.day.year] if ends_a_year or asked.day == today() else []
    is_whole = asked.period is not None and _is_whole(asked.period)
    return list(asked.period.years) if asked.period and is_whole and asked.as_of == today() else []


def _is_whole(period: Period) -> bool:
    return period.is_year or period.is_range
