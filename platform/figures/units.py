"""Units of figures, and how a value is written in them: money is held in 元 and told in 万元, 亿元 or 万亿元."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
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
    (Decimal(10) ** 12, "trillion"), (Decimal(10) ** 9, "billion"), (Decimal(10) ** 6, "million"),
)  # fmt: skip
TENTH, HUNDREDTH = Decimal("0.1"), Decimal("0.01")


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
    """A number as people write it, with or without separators. Raises InvalidInput."""
    try:
        value = Decimal(text.replace(",", "").replace("，", "").strip())
    except InvalidOperation as error:
        raise InvalidInput.single("value", _("不是有效的数值：请填写数字。")) from error
    if not value.is_finite():
        raise InvalidInput.single("value", _("不是有效的数值：请填写有限的数字。"))
    return value


def scale_of(value: Decimal) -> tuple[Decimal, str]:
    """The largest of 元, 万元, 亿元, 万亿元 in which the amount is at least 1, and its size in 元."""
    for name, size in reversed(list(SCALES.items())):
        if abs(value) >= size:
            return size, name
    return Decimal(1), "元"


def plain(number: Decimal) -> str:
    """A number without trailing zeros or exponent: 843.7, 317, 0."""
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def rounded(number: Decimal, step: Decimal = HUNDREDTH) -> Decimal:
    """To a step, halves away from zero, as reports round."""
    return (number / step).quantize(Decimal(1), rounding=ROUND_HALF_UP) * step


def value_zh(value: Decimal, unit: Unit) -> str:
    """The value with its unit in Chinese: 843.7亿元, 317台（套）, 12.7%."""
    if unit.is_money:
        size, name = scale_of(value)
        return f"{plain(rounded(value / size))}{name}"
    return f"{plain(rounded(value, TENTH) if unit == PERCENT else rounded(value))}{unit.zh}"


def value_en(value: Decimal, unit: Unit) -> str:
    """The value with its unit in English: CNY 84.37 billion, 317 sets, 12.7%."""
    if unit.is_money:
        for size, name in ENGLISH_SCALES:
            if abs(value) >= size:
                return f"CNY {plain(rounded(value / size))} {name}"
        return f"CNY {rounded(value):,f}".removesuffix(".00")
    if unit == PERCENT:
        return f"{plain(rounded(value, TENTH))}%"
    return f"{rounded(value):,f}".removesuffix(".00") + (f" {unit.en}" if unit.en else "")
