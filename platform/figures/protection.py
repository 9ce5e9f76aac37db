"""Small numbers are not told to strangers: fewer than five facts could speak of single parties, and that there are none
is told like a few, so that a hidden row changes nothing. Where one number of a
sum is left out, a second one is, or it could be taken from the sum (complementary suppression).
"""

from collections.abc import Sequence
from typing import Final

from figures.answering import Answer
from figures.leeway import Leeway
from figures.scopes import DOCUMENTS, Scope
from zones.models import Association, Zone
from zones.scoping import Principal, reads_figures_of

FEWEST: Final = 5


def reads_whole(principal: Principal, scope: Scope) -> bool:
    """Whether the reader is told small numbers of this scope."""
    if scope.kind in DOCUMENTS:
        return True  # who may not read the document was not given its scope
    key = scope.code.partition(":")[2]
    if scope.kind == "zone":
        return reads_figures_of(principal, zone_id=Zone.objects.filter(slug=key).values_list("pk", flat=True).first())
    if scope.kind == "association":
        rows = Association.objects.filter(slug=key).values_list("pk", flat=True)
        return reads_figures_of(principal, association_id=rows.first())
    if scope.kind == "flow" and not principal.is_system:
        return all(_reads_an_end(principal, pair) for pair in scope.places)
    return principal.is_system


def _reads_an_end(principal: Principal, pair: str) -> bool:
    """Of a flow between zones: what a zone sells and buys it is told, as on its dashboard."""
    slugs = [end.removeprefix("zone:") for end in pair.split(">") if end.startswith("zone:")]
    keys = Zone.objects.filter(slug__in=slugs).values_list("pk", flat=True)
    return any(reads_figures_of(principal, zone_id=key) for key in keys)


def is_too_small(answer: Answer) -> bool:
    """Whether the answer of a sensitive figure is made of fewer facts than may be told; none is told like a few."""
    parts = answer.parts or (answer,)
    return answer.definition.is_sensitive and any(len(part.facts) < FEWEST for part in parts)


Table = Sequence[Sequence[int]]
Place = tuple[int, int]


def suppressed_cells(table: Table) -> set[Place]:
    """Cells of a matrix with totals of its rows and columns: the small ones, and others until in no row or column one
    stands alone, and none follows from rows and columns together. For cells that are none nothing else is hidden.
    """
    hidden = {(i, j) for i, row in enumerate(table) for j, count in enumerate(row) if count < FEWEST}
    while (more := _lonely(table, hidden) or _computable(table, hidden)) is not None:
        hidden.add(more)
    return hidden


def _lonely(table: Table, hidden: set[Place]) -> Place | None:
    """The smallest cell to hide next to one that stands alone in its row or column; None where none does."""
    for line in _lines(table):
        gone = [table[i][j] for i, j in line if (i, j) in hidden]
        if gone and (len(gone) == 1 or sum(gone) < FEWEST) and (more := _smallest(table, [line], hidden)):
            return more
    return None


def _computable(table: Table, hidden: set[Place]) -> Place | None:
    """The smallest cell to hide in the row or column of one that could be told by solving all of them."""
    lines = _lines(table)
    totals = [sum(table[i][j] for i, j in line) for line in lines]
    numbers = {str((i, j)): table[i][j] for line in lines for i, j in line}
    numbers |= {f"line {at}": total for at, total in enumerate(totals)}
    sums = [(f"line {at}", *map(str, line)) for at, line in enumerate(lines)]
    unknown = [str(cell) for cell in hidden if str(cell) in numbers]
    small = [f"line {at}" for at, total in enumerate(totals) if total < FEWEST]
    found = Leeway(numbers, sums, [*unknown, *small])
    for i, j in sorted(hidden):
        if 0 < table[i][j] < FEWEST and not found.has(str((i, j)), FEWEST):
            more = _smallest(table, [line for line in lines if (i, j) in line], hidden)
            if more:
                return more
    return None


def _lines(table: Table) -> list[list[Place]]:
    """Rows and columns without the cells that are none."""
    cells = [(i, j) for i, row in enumerate(table) for j, count in enumerate(row) if count]
    rows = [[cell for cell in cells if cell[0] == i] for i in range(len(table))]
    columns = [[cell for cell in cells if cell[1] == j] for j in range(len(table[0]) if table else 0)]
    return [line for line in (*rows, *columns) if line]


def _smallest(table: Table, lines: list[list[Place]], hidden: set[Place]) -> Place | None:
    left = [(table[i][j], (i, j)) for line in lines for i, j in line if (i, j) not in hidden]
    return min(left)[1] if left else None
