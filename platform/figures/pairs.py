"""What was traded from where to where in a year, kept as columns of numbers with a line for each contract: any part is
picked and added up at once, without reading rows.
"""

import io
from collections.abc import Collection, Iterable, Mapping
from decimal import Decimal
from typing import Any, Final, NamedTuple

import numpy as np

from figures.cells import CENTS, Cell

ENDS: Final = ("seller_zone", "seller_region", "buyer_zone", "buyer_region")
"""Keys of places; 0 where none is known."""
COLUMNS: Final = (*ENDS, "month", "type", "cooperation", "cents")
"""`type` is a position among `types`."""
TYPE_BELOW: Final = "-"
"""Behind the code of a type in those of the types below it."""
BILLION: Final = 10**9
"""Cents are added up in two parts: no machine word is too small for their sums."""
HALF: Final = 31
"""Both keys of a pair in one machine word."""
LOWER: Final = 2**HALF - 1
Array = np.ndarray[Any, Any]
Ends = tuple[int, int]


class Deal(NamedTuple):
    """A contract as it counts in a year. Places are keys."""

    seller_zone: int | None
    seller_region: int | None
    buyer_zone: int | None
    buyer_region: int | None
    month: int
    contract_type: str
    cooperation: int | None
    amount: Decimal


class Part(NamedTuple):
    """Which contracts are asked for, between zones or regions."""

    between: str = "zone"
    months: tuple[int, int] = (1, 12)
    """The first and the last, both counted."""
    inside: Collection[int] | None = None
    """Keys of zones of which at least one is a side; None: any."""
    contract_type: str = ""
    """With those below it."""
    cooperations: Collection[int] | None = None
    """Those they belong to; None: whichever, and none."""


def packed(deals: Iterable[Deal]) -> bytes:
    """As they are kept."""
    rows = list(deals)
    types = sorted({deal.contract_type for deal in rows})
    positions = {code: position for position, code in enumerate(types)}
    columns: dict[str, Any] = {end: [getattr(deal, end) or 0 for deal in rows] for end in ENDS}
    columns["month"] = [deal.month for deal in rows]
    columns["type"] = [positions[deal.contract_type] for deal in rows]
    columns["cooperation"] = [deal.cooperation or 0 for deal in rows]
    columns["cents"] = [int(deal.amount * CENTS) for deal in rows]
    file = io.BytesIO()
    numbers: dict[str, Any] = {name: _narrow(column) for name, column in columns.items()}
    np.savez(file, types=np.array(types, dtype=np.str_), **numbers)
    return file.getvalue()


def _narrow(column: list[int]) -> Array:
    """In as few bytes each as they need: packing them closer would take longer than all sums of contracts."""
    return np.array(column, dtype=np.min_scalar_type(max(column, default=0)))


class Pairs:
    """What was packed."""

    def __init__(self, kept: bytes) -> None:
        with np.load(io.BytesIO(kept), allow_pickle=False) as file:
            self._columns: Mapping[str, Array] = {name: file[name].astype(np.int64) for name in COLUMNS}
            self._types: list[str] = file["types"].tolist()

    def sums(self, asked: Part) -> dict[Ends, Cell]:
        """From the place of the seller to that of the buyer: keys."""
        some = self._picked(asked)
        seller, buyer = (self._columns[f"{side}_{asked.between}"][some] for side in ("seller", "buyer"))
        pairs, at = np.unique(seller << HALF | buyer, return_inverse=True)
        cents = self._columns["cents"][some]
        billions, rest, numbers = (_added(column, at) for column in (cents // BILLION, cents % BILLION, cents * 0 + 1))
        return {
            (pair >> HALF, pair & LOWER): Cell(Decimal(billion * BILLION + cent).scaleb(-2), number)
            for pair, billion, cent, number in zip(pairs.tolist(), billions, rest, numbers, strict=True)
        }

    def _picked(self, asked: Part) -> Array:
        """Which lines: those with both ends known."""
        held = self._columns
        zones = (held["seller_zone"], held["buyer_zone"])
        some = (held[f"seller_{asked.between}"] > 0) & (held[f"buyer_{asked.between}"] > 0)
        some &= (held["month"] >= asked.months[0]) & (held["month"] <= asked.months[1])
        if asked.contract_type:
            wanted = f"{asked.contract_type}{TYPE_BELOW}"
            some &= np.isin(
                held["type"], [at for at, code in enumerate(self._types) if f"{code}{TYPE_BELOW}".startswith(wanted)]
            )
        if asked.inside is not None:
            some &= np.logical_or(*(np.isin(zone, list(asked.inside)) for zone in zones))
        if asked.cooperations is not None:
            some &= np.isin(held["cooperation"], list(asked.cooperations))
        return some


def _added(column: Array, at: Array) -> list[int]:
    sums = np.zeros(int(at.max()) + 1 if len(at) else 0, dtype=np.int64)
    np.add.at(sums, at, column)
    found: list[int] = sums.tolist()
    return found
