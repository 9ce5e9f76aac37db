"""How reports phrase a value: exactly, 超, 多, 约, 左右, in words (七大要素); and a growth as 同比增长 or 同比下降.

A phrase says nothing that is not so: "超3700亿元" is written only of more than 3700亿元.
"""

from dataclasses import dataclass
from decimal import ROUND_FLOOR, Decimal
from typing import Final, Literal

from figures.units import PERCENT, Unit, is_english, plain, rounded, scale_of, value_en, value_zh

Manner = Literal["exact", "over", "more", "roughly", "about", "words"]
ENGLISH: Final[dict[str, str]] = {"over": "over %s", "more": "over %s", "roughly": "about %s", "about": "around %s"}


@dataclass(frozen=True, slots=True)
class Phrase:
    """A manner and the step the value is rounded to, in the unit of the value (money: in 元)."""

    manner: Manner = "exact"
    step: Decimal = Decimal(0)


EXACT: Final = Phrase()


def phrased(value: Decimal, unit: Unit, phrase: Phrase = EXACT) -> str:
    """The value in the reader's language and in this manner."""
    shown = _stepped(value, phrase)
    manner = _manner(value, shown, phrase)
    if is_english():
        told = value_en(shown, unit)
        return ENGLISH[manner] % told if manner in ENGLISH else told
    if manner == "more":
        return _more_zh(shown, unit)
    told = _in_words_zh(shown, unit) if manner == "words" else value_zh(shown, unit)
    return {"over": f"超{told}", "roughly": f"约{told}", "about": f"{told}左右"}.get(manner, told)


def _manner(value: Decimal, shown: Decimal, phrase: Phrase) -> Manner:
    """What is reached exactly is not exceeded; what is too small for the step is told as it is."""
    is_exact = shown == value and (phrase.manner in ("over", "more") or (phrase.step and value < phrase.step))
    return "exact" if is_exact else phrase.manner


def _stepped(value: Decimal, phrase: Phrase) -> Decimal:
    """Rounded to the step: down where more is said to be meant, to the nearest otherwise; a value below the step
    stays: it would be told as over nothing.
    """
    if not phrase.step or value < phrase.step:
        return value
    if phrase.manner in ("over", "more"):
        return (value / phrase.step).to_integral_value(rounding=ROUND_FLOOR) * phrase.step
    return rounded(value, phrase.step)


def _more_zh(value: Decimal, unit: Unit) -> str:
    """50多亿元, 5亿多元: after tens the 多 stands before the unit, else within it; where neither can be said, 超."""
    size, name = scale_of(value) if unit.is_money else (Decimal(1), unit.zh)
    number = value / size
    if number % 10 == 0:
        return f"{plain(number)}多{name}"
    if unit.is_money and size > 1:
        return f"{plain(number)}{name.removesuffix('元')}多元"
    return f"超{value_zh(value, unit)}"


def _in_words_zh(value: Decimal, unit: Unit) -> str:
    """七大要素: a number up to ten as titles of documents write it."""
    numerals = dict(enumerate("一二三四五六七八九十", start=1))
    return f"{numerals[int(value)]}{unit.zh}" if value in numerals else value_zh(value, unit)


def growth_zh(percent: Decimal, *, word: str = "同比") -> str:
    """同比增长12.7%, 同比下降3.2%, 与上年同期持平."""
    if rounded(percent, Decimal("0.1")) == 0:
        return f"{word}持平"
    return f"{word}{'增长' if percent > 0 else '下降'}{value_zh(abs(percent), PERCENT)}"


def growth_en(percent: Decimal, *, word: str = "year on year") -> str:
    """Up 12.7% year on year."""
    if rounded(percent, Decimal("0.1")) == 0:
        return f"unchanged {word}"
    return f"{'up' if percent > 0 else 'down'} {value_en(abs(percent), PERCENT)} {word}"
