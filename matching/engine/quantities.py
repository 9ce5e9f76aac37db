"""Metrics and capabilities as columns: canonical values, so that μm meets mm and 万元 meets 亿元 without a unit in
sight.

Per quantity ``FIELDS`` words; choices (floats or hashes) and the token hashes of the name lie in sections of their own.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

import numpy as np

from lexicon.hashing import token_hash
from lexicon.normalise import clean, normalise
from lexicon.tokenise import tokens_of
from lexicon.units import canonical
from matching.engine.facts import OPERATORS, Quantity
from matching.engine.packing import Integers, Ragged

QUANTITY_SECTIONS: Final = 3
FIELDS: Final = 10
KEY, NAME, DIMENSION, LOW, HIGH, FLAGS, CHOICE_START, CHOICE_COUNT, TOKEN_START, TOKEN_COUNT = range(FIELDS)
OPERATOR_MASK: Final = 0xFF
MUST: Final = 1 << 8
KNOWN: Final = 1 << 9
TRUE: Final = 1 << 10
FALSE: Final = 1 << 11
TEXT_CHOICES: Final = 1 << 12
MAX_QUANTITIES: Final = 200
MAX_CHOICES: Final = 500


@dataclass(frozen=True, slots=True)
class QuantityTable:
    """Quantities of many records: per record a ragged row of ``FIELDS`` words each, of choices and of name tokens."""

    rows: Ragged
    choices: Ragged
    names: Ragged

    def take(self, rows: Integers) -> "QuantityTable":
        """Return the quantities of the given records."""
        return QuantityTable(self.rows.take(rows), self.choices.take(rows), self.names.take(rows))

    def count(self, record: int) -> int:
        """Return the number of quantities of one record."""
        return int(self.rows.length[record]) // FIELDS


def quantity_sections(quantities: Sequence[Quantity]) -> list[bytes]:
    """Return the three sections of a record: quantities, choices (float64 or uint64 bits), hashes of name tokens."""
    rows: list[int] = []
    choices: list[int] = []
    names: list[int] = []
    for quantity in quantities[:MAX_QUANTITIES]:
        chosen, named = _choices(quantity), _name_hashes(quantity.name)
        rows += [*_head(quantity), len(choices), len(chosen), len(names), len(named)]
        choices += chosen
        names += named
    return [np.array(part, dtype="<u8").tobytes() for part in (rows, choices, names)]


def displayed(quantity: Quantity) -> dict[str, Any]:
    """Return a quantity as people read it, in its own unit; only what it states, and nothing that JSON cannot."""
    choices = [choice for choice in quantity.choices if isinstance(choice, str) or math.isfinite(choice)]
    optional = {
        "low": _finite(quantity.low),
        "high": _finite(quantity.high),
        "truth": quantity.truth,
        "choices": choices or None,
        "unit": clean(quantity.unit) or None,
        "op": quantity.op or None,
    }
    stated = {name: value for name, value in optional.items() if value is not None}
    return {"key": quantity.key, "name": clean(quantity.name), "is_must": quantity.is_must, **stated}


def _head(quantity: Quantity) -> list[int]:
    """Key, name, dimension, bounds and flags of one quantity as words."""
    low, high = _bounds(quantity)
    dimension = canonical(0.0, quantity.unit).dimension
    key = token_hash(normalise(quantity.key)) if quantity.key else 0
    name = token_hash("".join(normalise(quantity.name).split()))
    return [
        key,
        name,
        token_hash(f"dimension {dimension}"),
        _bits(low, quantity.unit),
        _bits(high, quantity.unit),
        _flags(quantity),
    ]


def _bounds(quantity: Quantity) -> tuple[float | None, float | None]:
    """Return the interval; a bound given on the wrong side of its operator is read as meant."""
    low, high = _finite(quantity.low), _finite(quantity.high)
    if quantity.op == ">=":
        return (low if low is not None else high), None
    if quantity.op == "<=":
        return None, (high if high is not None else low)
    if quantity.op == "=":
        value = low if low is not None else high
        return value, value
    if low is not None and high is not None and low > high:
        return high, low
    return low, high


def _flags(quantity: Quantity) -> int:
    flags = OPERATORS.index(quantity.op) if quantity.op in OPERATORS else 0
    flags |= MUST if quantity.is_must else 0
    flags |= KNOWN if quantity.is_known else 0
    flags |= TRUE if quantity.truth is True else FALSE if quantity.truth is False else 0
    return flags | (TEXT_CHOICES if _is_text(quantity) else 0)


def _is_text(quantity: Quantity) -> bool:
    return any(isinstance(choice, str) for choice in quantity.choices)


def _choices(quantity: Quantity) -> list[int]:
    """Return the choices as words: all as numbers in base units, or all as hashes of their normalised writing."""
    chosen = quantity.choices[:MAX_CHOICES]
    if _is_text(quantity):
        return sorted({token_hash("".join(normalise(str(choice)).split())) for choice in chosen})
    return [_bits(value, quantity.unit) for value in sorted(map(float, chosen)) if math.isfinite(value)]


@lru_cache(maxsize=4096)
def _name_hashes(name: str) -> list[int]:
    return sorted({token_hash(token) for token in tokens_of(name) if len(token) > 1})


def _finite(value: float | None) -> float | None:
    return value if value is not None and math.isfinite(value) else None


def _bits(value: float | None, unit: str) -> int:
    """Return the bits of a value in base units, NaN for none."""
    converted = np.nan if value is None else canonical(float(value), unit).value
    return int(np.float64(converted).view(np.uint64))
