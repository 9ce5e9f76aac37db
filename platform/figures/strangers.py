"""What strangers are told of one figure: what the dashboards and the open data tell, and nothing of other days, of
parts of years, or with and without the rows of the demonstration: by their differences a single row could be taken.
Whether a question is of that kind is decided before anything is counted.
"""

from datetime import date
from enum import Enum

from django.conf import settings

from figures.answering import Answer
from figures.boards import Board
from figures.definitions.derived import Derived
from figures.definitions.registry import all_definitions
from figures.matrices import FLOW, regions_flow
from figures.periods import Period
from figures.protection import is_too_small, reads_whole
from figures.questions import Question
from zones.scoping import VISITOR, Principal, today


class KeptBack(Enum):
    """Why a number is not told."""

    QUESTION = "strangers are not told such numbers of anything"
    NUMBER = "it is small, or another that is could be taken from it"


def kept_back(asked: Question, reader: Principal) -> KeptBack | None:
    """Why the reader is not told; None where he is. Raises InvalidInput where the figure is not derived so."""
    if not asked.definition.is_sensitive or reads_whole(reader, asked.scope):
        return None
    parts = asked.definition.parts(asked) if isinstance(asked.definition, Derived) else [asked]
    if asked.samples != bool(settings.DEMO) or not all(map(_is_public_kind, parts)) or any(map(_is_part, parts)):
        return KeptBack.QUESTION
    board = Board({_key(one) for one in parts}, principal=VISITOR, samples=asked.samples)
    return None if all(_is_published(one, board) for one in parts) else KeptBack.NUMBER


def _is_part(one: Question) -> bool:
    """One of the values a figure is split by: with the whole and the other parts, each would tell the last."""
    return one.definition.id not in all_definitions()


def is_kept_back(given: Answer, reader: Principal, *, was_reported: bool = False) -> bool:
    """Whether the reader is not told an answer. Of what was reported in public, only small numbers are kept back."""
    if not was_reported:
        return kept_back(given.question, reader) is not None
    return is_too_small(given) and not reads_whole(reader, given.question.scope)


def _key(asked: Question) -> tuple[str, str]:
    return asked.definition.id, asked.milestone


def _is_public_kind(asked: Question) -> bool:
    """Whole years, or the ends of years, as of today; flows between regions, of contracts."""
    if asked.scope.kind == "flow" and (_key(asked) != FLOW or not _pairs(asked)):
        return False
    return bool(_years(asked)) and (asked.as_of == today() or asked.definition.is_stock)


def _is_published(asked: Question, board: Board) -> bool:
    years = _years(asked)
    if not asked.definition.is_open or not set(years).issubset(board.years):
        return False
    if asked.scope.kind == "flow":
        return all(_is_flow_told(asked, board, year) for year in years)
    return all(board.is_told(_key(asked), asked.scope.code, year) for year in years)


def _is_flow_told(asked: Question, board: Board, year: int) -> bool:
    """Whether the table of the nation's flows tells each of the pairs by itself."""
    matrix = regions_flow(board, year)
    told = {
        (row, column)
        for row, line in zip(matrix.rows, matrix.cells, strict=True)
        for column, cell in zip(matrix.columns, line, strict=True)
        if cell is not None
    }
    return all(pair in told for pair in _pairs(asked))


def _pairs(asked: Question) -> list[tuple[str, str]]:
    """From region to region; none where it is asked of zones."""
    pairs = [(seller, buyer) for seller, _, buyer in (place.partition(">") for place in sorted(asked.scope.places))]
    return pairs if all(end.startswith("region:") for pair in pairs for end in pair) else []


def _years(asked: Question) -> list[int]:
    """The years it is the number of; none where it is that of other days."""
    if asked.definition.is_stock:
        ends_a_year = (asked.day.month, asked.day.day) == (12, 31)
        return [asked.day.year] if ends_a_year or asked.day == today() else []
    return list(asked.period.years) if asked.period and _is_whole(asked.period) else []


def _is_whole(period: Period) -> bool:
    """Years, or this one as far as it has gone; not the first days of a year before."""
    if period.is_cut or period.is_to_date:
        return period.end in (today(), _last_day(period))
    return period.is_year or period.is_range


def _last_day(period: Period) -> date:
    return period.end.replace(month=12, day=31)
