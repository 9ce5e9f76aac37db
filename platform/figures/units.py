"""Units of figures, and how a value is written in them: money is held in 元 and told in 万元, 亿元 or 万亿元."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Context, Decimal
from typing import Final

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from zones.errors import InvalidInput

SCALES: Final[Mapping[str, Decimal]] = {
    "元": Decimal(1),
    "万元": Decimal(10) ** 4,
    "亿元": Decimal(10) ** 8,
    "万亿元": Decimal(10) ** 12,
}
ENGLISH_SCALES: Final = (
    (Decimal(1), ""), (Decimal(10) ** 6, "million"), (Decimal(10) ** 9, "billion"), (Decimal(10) ** 12, "trillion"),
)  # fmt: skip
TENTH, HUNDREDTH = Decimal("0.1"), Decimal("0.01")
PRECISE: Final = Context(prec=60, rounding=ROUND_HALF_UP)
NUMBER: Final = re.compile(r"[+-]?(?:[0-9]+|[0-9]{1,3}(?:[,，][0-9]{3})+)(?:\.[0-9]+)?")
"""Separators stand before groups of three digits: "12,34" may be meant as 12.34."""
MOST_DIGITS: Final = 24


def is_english() -> bool:
    """Whether the reader's language is English; Chinese otherwise."""
    return (get_language() or "").startswith("en")


@dataclass(frozen=True, slots=True)
class Unit:
    """What is counted: `zh` follows a number in Chinese, `en` in English."""

    key: str
    zh: str
    en: str

    @property
    def is_money(self) -> bool:
        return self.key == "yuan"

    def __str__(self) -> str:
        return self.en if is_english() else self.zh


ZONES: Final = Unit("zones", "家", "zones")
ORGANIZATIONS: Final = Unit("organizations", "家", "organizations")
ITEMS: Final = Unit("items", "个", "")
LABORATORIES: Final = Unit("laboratories", "家", "laboratories")
SETS: Final = Unit("sets", "台（套）", "sets")
EVENTS: Final = Unit("events", "场", "events")
MEASURES: Final = Unit("measures", "条", "")
ELEMENTS: Final = Unit("elements", "大要素", "")
ACTIONS: Final = Unit("actions", "大行动", "")
FIELDS: Final = Unit("fields", "大领域", "")
NEEDS: Final = Unit("needs", "项", "needs")
CONTRACTS: Final = Unit("contracts", "项", "contracts")
PERSON_TIMES: Final = Unit("person_times", "人次", "person-times")
YUAN: Final = Unit("yuan", "元", "CNY")
PERCENT: Final = Unit("percent", "%", "%")
DAY: Final = Unit("day", "", "")
SINGULAR: Final = {"laboratories": "laboratory"}
"""English units that lose more than their s where there is one."""
UNITS: Final = {
    unit.key: unit
    for unit in (
        ZONES, ORGANIZATIONS, ITEMS, LABORATORIES, SETS, EVENTS, MEASURES, NEEDS, CONTRACTS, PERSON_TIMES, YUAN,
        PERCENT, DAY,
    )
}  # fmt: skip


def in_yuan(number: str, unit: str) -> Decimal:
    """A sum of money as it is written, in 元. Raises InvalidInput for what is no number or no unit of money."""
    if unit not in SCALES:
        message = _("金额单位“%(unit)s”无法识别：请用元、万元、亿元或万亿元。")
        raise InvalidInput.single("unit", message % {"unit": unit[:20]})
    return number_of(number) * SCALES[unit]


def number_of(text: str) -> Decimal:
    """A number as people write it, with or without separators. Raises InvalidInput, also for 1e999999."""
    written = text.strip()
    if not NUMBER.fullmatch(written):
        raise InvalidInput.single("value", _("不是有效的数值：请填写数字，例如 843.7 或 12,500。"))
    digits = written.replace(",", "").replace("，", "")
    if len(digits) > MOST_DIGITS:
        raise InvalidInput.single("value", _("数值过长：最多 %(most)d 位。") % {"most": MOST_DIGITS})
    return Decimal(digits)


def scale_of(value: Decimal) -> tuple[Decimal, str]:
    """The largest of 元, 万元, 亿元, 万亿元 in which the amount is at least 1 as it is written, and its size in 元:
    9999.9999万元 is written 1亿元.
    """
    return _scale_of(value, [(size, name) for name, size in SCALES.items()])


def _scale_of(value: Decimal, scales: Sequence[tuple[Decimal, str]]) -> tuple[Decimal, str]:
    """From the smallest on: the next one as soon as the rounded number reaches it."""
    found = scales[0]
    for size, name in scales[1:]:
        if rounded(abs(value) / found[0]) * found[0] >= size:
            found = size, name
    return found


def plain(number: Decimal) -> str:
    """A number without trailing zeros or exponent: 843.7, 317, 0."""
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def rounded(number: Decimal, step: Decimal = HUNDREDTH) -> Decimal:
    """To a step, halves away from zero, as reports round: the one place where numbers are rounded to be told."""
    return (number / step).quantize(Decimal(1), rounding=ROUND_HALF_UP) * step


def kept(number: Decimal, places: int) -> Decimal:
    """To as many decimals as a column holds, halves away from zero; a number that has no more is left as it is."""
    exponent = number.as_tuple().exponent
    if isinstance(exponent, int) and exponent >= -places:
        return number
    return PRECISE.quantize(number, Decimal(1).scaleb(-places))


def percent(number: Decimal) -> str:
    """A rate as reports tell it, without its sign: one decimal."""
    return plain(rounded(number, TENTH))


def value_zh(value: Decimal, unit: Unit) -> str:
    """The value with its unit in Chinese: 843.7亿元, 317台（套）, 12.7%."""
    if unit.is_money:
        size, name = scale_of(value)
        return f"{plain(rounded(value / size))}{name}"
    return f"{percent(value) if unit == PERCENT else plain(rounded(value))}{unit.zh}"


def value_en(value: Decimal, unit: Unit) -> str:
    """The value with its unit in English: CNY 84.37 billion, 317 sets, 12.7%."""
    if unit.is_money:
        size, name = _scale_of(value, ENGLISH_SCALES)
        return f"CNY {plain(rounded(value / size))} {name}" if name else f"CNY {rounded(value):,f}".removesuffix(".00")
    if unit == PERCENT:
        return f"{percent(value)}%"
    told = f"{rounded(value):,f}".removesuffix(".00")
    return f"{told} {SINGULAR.get(unit.key) or unit.en.removesuffix('s') if told == '1' else unit.en}".rstrip()
