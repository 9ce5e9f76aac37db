"""From where to where: who sells to whom, as a table of the largest places; and activities by dimension and kind."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import chain
from typing import Final

from figures.boards import Board, When
from figures.cells import NONE, Cell
from figures.definitions.contracts import of_field
from figures.definitions.dimensions import OF, UNTAGGED, place_of
from figures.pairs import Part
from figures.protection import suppressed_cells
from figures.scopes import NATION, Scope
from figures.services.rollups import ready_pairs
from zones.choices import Dimension

FLOW: Final = ("contracts.flow", "")
ACTIVITIES: Final = ("activities.all", "")
LARGEST: Final = 10
OTHER: Final = ""
"""Stands for all places that are not among the largest."""
Pairs = Mapping[tuple[str, str], Cell]


@dataclass(frozen=True, slots=True)
class Matrix:
    """Codes of the rows and columns, and the cells between them; None where the reader is not told."""

    rows: tuple[str, ...]
    columns: tuple[str, ...]
    cells: tuple[tuple[Cell | None, ...], ...]

    @property
    def is_told(self) -> bool:
        return any(cell is not None and cell.number for cell in chain.from_iterable(self.cells))

    @property
    def has_hidden(self) -> bool:
        return any(cell is None for cell in chain.from_iterable(self.cells))


def regions_flow(board: Board, year: int) -> Matrix:
    """Of the nation between regions, from what is kept ready."""
    pairs = {}
    for place, cell in board.places(FLOW, year, "region:").items():
        seller, _, buyer = place.partition(">")
        pairs[seller, buyer] = cell
    return _flow(board, pairs)


def flow_of_contracts(
    board: Board, scope: Scope, when: When, *, between: str, contract_type: str = "", field: str = ""
) -> Matrix:
    """Between zones or regions: pairs with an end in the scope. Of some contracts only, or of a part of a year, nothing
    is told but to who reads one of the ends whole: beside the whole it would tell what is left.
    """
    names = board.geography.zones if between == "zone" else board.geography.regions
    asked = Part(
        between,
        (1, 12) if isinstance(when, int) else (when.first, when.last),
        None if scope.kind == NATION else board.zone_keys(scope, when),
        contract_type,
        of_field(field, board.reading) if field else None,
    )
    year = when if isinstance(when, int) else when.year
    found = ready_pairs(FLOW, year, samples=board.samples).sums(asked)
    pairs = {(names[seller], names[buyer]): cell for (seller, buyer), cell in found.items()}
    if contract_type or field or not isinstance(when, int):
        return _own_flow(board, pairs)
    return _flow(board, pairs)


def _flow(board: Board, pairs: Pairs) -> Matrix:
    """The largest places by what they sell and buy, and all others together. A small number is told to who reads one
    of its ends whole.
    """
    codes, sums = _gathered(pairs)
    return _told(codes, codes, sums, lambda seller, buyer: board.reads_whole(seller) or board.reads_whole(buyer))


def _own_flow(board: Board, pairs: Pairs) -> Matrix:
    """The same of pairs of which the reader reads an end whole; of others nothing, nor which are the largest."""

    def reads(seller: str, buyer: str) -> bool:
        return board.reads_whole(seller) or board.reads_whole(buyer)

    codes, sums = _gathered({ends: cell for ends, cell in pairs.items() if reads(*ends)})
    cells = tuple(tuple(sums.get((a, b), NONE) if reads(a, b) else None for b in codes) for a in codes)
    return Matrix(codes, codes, cells)


def _gathered(pairs: Pairs) -> tuple[tuple[str, ...], Pairs]:
    names = _largest(pairs)
    shown = dict(zip(names, names, strict=True))
    sums: dict[tuple[str, str], Cell] = {}
    for (seller, buyer), (amount, number) in pairs.items():
        ends = shown.get(seller, OTHER), shown.get(buyer, OTHER)
        held = sums.get(ends, NONE)
        sums[ends] = Cell(held.amount + amount, held.number + number)
    return (*names, *([OTHER] if any(OTHER in ends for ends in sums) else [])), sums


def _largest(pairs: Pairs) -> list[str]:
    sizes: dict[str, Decimal] = {}
    for ends, cell in pairs.items():
        for code in set(ends):
            sizes[code] = sizes.get(code, Decimal(0)) + cell.amount
    return sorted(sorted(sizes, key=lambda code: (-sizes[code], code))[:LARGEST])


def dimension_places(scope: Scope) -> list[str]:
    """Codes of what `dimensions` tells."""
    return [
        place_of(f"dimension:{row}", figure, scope.code) for row in (*Dimension.values, UNTAGGED) for figure, _ in OF
    ]


def dimensions(board: Board, scope: Scope, when: When) -> Matrix:
    """Activities of a scope by dimension (rows; the last: not tagged) and kind of figure (columns)."""
    rows, columns = (*Dimension.values, UNTAGGED), [figure for figure, _ in OF]
    cells = {
        (row, figure): board.counted(ACTIVITIES, place_of(f"dimension:{row}", figure, scope.code), when)
        for row in rows
        for figure in columns
    }
    return _told(rows, columns, cells, lambda row, figure: board.reads_whole(scope.code))


def _told(rows: Sequence[str], columns: Sequence[str], cells: Pairs, reads: Callable[[str, str], bool]) -> Matrix:
    """The table with what the reader is told: small numbers, and those beside them, only where `reads` says so."""
    table = [[cells.get((row, column), NONE) for column in columns] for row in rows]
    kept = {(row, column) for row in rows for column in columns if not reads(row, column)}
    hidden = kept and {
        (rows[i], columns[j]) for i, j in suppressed_cells([[cell.number for cell in line] for line in table])
    }.intersection(kept)
    told = tuple(
        tuple(None if (row, column) in hidden else cell for column, cell in zip(columns, line, strict=True))
        for row, line in zip(rows, table, strict=True)
    )
    return Matrix(tuple(rows), tuple(columns), told)
