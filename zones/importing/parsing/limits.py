"""How much a file may hold, and how a file that holds too much or is no table is refused."""

from typing import Any

MEGABYTE = 1 << 20
MAX_FILE_BYTES = 20 * MEGABYTE
MAX_UNPACKED_BYTES = 200 * MEGABYTE
MAX_PACKING = 200
"""Unpacked bytes per packed byte of an entry of a zip archive; real sheets stay below 30."""
MAX_ENTRIES = 2_000
MAX_ROWS = 10_000
"""Rows of data; the rows of the header come on top."""
MAX_HEADER_ROWS = 20
MAX_COLUMNS = 200
MAX_CELLS = 600_000
MAX_CELL_CHARACTERS = 20_000
MAX_DEPTH = 8
"""Nesting of a JSON or XML document."""

MEMORY_BYTES = 300 * MEGABYTE
CPU_SECONDS = 20
WALL_SECONDS = 30


class Refused(Exception):
    """The file is not read. `code` names the sentence people get, `params` fill it."""

    def __init__(self, code: str, **params: Any) -> None:
        super().__init__(code)
        self.code = code
        self.params = params


def check_extent(*, rows: int, columns: int, cell: str = "") -> None:
    """Refuse a table that is too long or too wide; `cell` is the one at its far corner."""
    if rows > MAX_ROWS + MAX_HEADER_ROWS:
        raise Refused("too_many_rows", rows=rows, limit=MAX_ROWS, cell=cell)
    if columns > MAX_COLUMNS:
        raise Refused("too_many_columns", columns=columns, limit=MAX_COLUMNS, cell=cell)
    if rows * columns > MAX_CELLS:
        raise Refused("too_many_cells", cells=rows * columns, limit=MAX_CELLS)
