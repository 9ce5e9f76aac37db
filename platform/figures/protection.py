"""Small numbers are not told to strangers: fewer than five facts could speak of single parties, and that there are none
is told like a few, so that a hidden row changes nothing. Where one number of a
sum is left out, a second one is, or it could be taken from the sum (complementary suppression).
"""

from collections.abc import Sequence
from typing import Final

from figures.answering import Answer
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
    return principal.is_system


def is_too_small(answer: Answer) -> bool:
    """Whether the answer of a sensitive figure is made of fewer facts than may be told; none is told like a few."""
    parts = answer.parts or (answer,)
    return answer.definition.is_sensitive and any(len(part.facts) < FEWEST for part in parts)


def suppressed_cells(table: Sequence[Sequence[int]]) -> set[tuple[int, int]]:
    """Cells of a matrix with totals of its rows and columns: until in no row or column one cell stands alone."""
    hidden = {(i, j) for i, row in enumerate(table) for j, count in enumerate(row) if count < FEWEST}
    while (more := _lonely(table, hidden)) is not None:
        hidden.add(more)
    return hidden


def _lonely(table: Sequence[Sequence[int]], hidden: set[tuple[int, int]]) -> tuple[int, int] | None:
    """The smallest cell to hide next to one that stands alone in its row or column; None where none does."""
    rows, columns = range(len(table)), range(len(table[0]) if table else 0)
    lines = [*([(i, j) for j in columns] for i in rows), *([(i, j) for i in rows] for j in columns)]
    for line in lines:
        gone = [cell for cell in line if cell in hidden]
        left = [cell for cell in line if cell not in hidden and table[cell[0]][cell[1]] > 0]
        if left and gone and (len(gone) == 1 or sum(table[i][j] for i, j in gone) < FEWEST):
            return min(left, key=lambda cell: (table[cell[0]][cell[1]], cell))
    return None
