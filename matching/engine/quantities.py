"""Metrics and capabilities as columns: canonical values, so that μm meets mm and 万元 meets 亿元 without a unit in
sight.

Per quantity ``FIELDS`` words; choices (floats or hashes) and the token hashes of the name lie in sections of their own.
"""

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

import numpy as np

from lexicon.hashing import token_hash
from lexicon.normalise import clean, normalise
from lexicon.tokenise import tokens_of
from lexicon.units import canonical, difference_unit
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
NEGATED: Final = 1 << 13
"""The name of a yes-or-no quantity denies: 不含铅, lead-free. Its ``NAME`` and tokens are those of what it denies."""

MAX_QUANTITIES: Final = 200
MAX_CHOICES: Final = 500
DENIAL: Final = re.compile(
    r"不含|不需要|无需|不需|不带|不得|不|无|非|未|免|\b(?:no|non|not|without|never)\b|-?\bfree\b"
)
PRESENCE: Final = re.compile(
    r"含有|含|具有|具备|带有|需要|须|需|有|\b(?:with|contains?|containing|required?|requires)\b"
)
DIFFERENCE: Final = re.compile(
    r"精度|准确度|温差|波动|均匀|漂移|稳定|分辨|温升|升温|变化|偏差|误差|梯度|不确定度|重复性|滞后"
    r"|accuracy|uniformity|stability|resolution|drift|difference|deviation|error|gradient|uncertainty|repeatability"
)
"""Names of quantities that are differences, so that ℃ is a kelvin and not a point above 0 K."""


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
        chosen, named = _choices(quantity), _name_hashes(_compared_name(quantity))
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
    unit = _unit(quantity)
    key = token_hash(normalise(quantity.key)) if quantity.key else 0
    name = token_hash("".join(_compared_name(quantity).split()))
    dimension = token_hash(f"dimension {canonical(0.0, unit).dimension}")
    return [key, name, dimension, _bits(low, unit), _bits(high, unit), _flags(quantity)]


def _unit(quantity: Quantity) -> str:
    return difference_unit(quantity.unit) if DIFFERENCE.search(normalise(quantity.name)) else quantity.unit


def _compared_name(quantity: Quantity) -> str:
    """Return the name by which quantities are recognised; a yes-or-no quantity without its yes or no."""
    name = normalise(quantity.name)
    if quantity.truth is None:
        return name
    return PRESENCE.sub("", DENIAL.sub("", name)).strip() or name


def _is_denial(quantity: Quantity) -> bool:
    """Whether a yes-or-no quantity states that something is absent; twice denied is affirmed."""
    return quantity.truth is not None and len(DENIAL.findall(normalise(quantity.name))) % 2 == 1


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
    flags |= NEGATED if _is_denial(quantity) else 0
    return flags | (TEXT_CHOICES if _is_text(quantity) else 0)


def _is_text(quantity: Quantity) -> bool:
    return any(isinstance(choice, str) for choice in quantity.choices)


def _choices(quantity: Quantity) -> list[int]:
    """Return the choices as words: all as numbers in base units, or all as hashes of their normalised writing."""
    chosen = quantity.choices[:MAX_CHOICES]
    if _is_text(quantity):
        return sorted({token_hash("".join(normalise(str(choice)).split())) for choice in chosen})
    return [_bits(value, _unit(quantity)) for value in sorted(map(float, chosen)) if math.isfinite(value)]


@lru_cache(maxsize=4096)
def _name_hashes(name: str) -> list[int]:
    return sorted({token_hash(token) for token in tokens_of(name) if len(token) > 1})


def _finite(value: float | None) -> float | None:
    return value if value is not None and math.isfinite(value) else None


def _bits(value: float | None, unit: str) -> int:
    """Return the bits of a value in base units, NaN for none."""
    converted = np.nan if value is None else canonical(float(value), unit).value
    return int(np.float64(converted).view(np.uint64))
