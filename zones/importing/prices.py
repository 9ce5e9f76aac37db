"""Prices as people write them in a note: read only where the note says one price and what it is for, plainly."""

import re
from decimal import Decimal
from typing import NamedTuple

from zones.choices import PriceUnit

YUAN_PER_WAN = Decimal(10_000)
UNITS = {
    PriceUnit.HOUR: ("小时", "机时"),
    PriceUnit.DAY: ("天", "日"),
    PriceUnit.MONTH: ("月",),
    PriceUnit.YEAR: ("年",),
    PriceUnit.PIECE: (*"件样片台只款组项例副支条型块", "试样", "型号", "产品", "模型"),
    PriceUnit.BATCH: ("批", "次", "炉", "轮", "炉次", "台次"),
    PriceUnit.PERSON: ("人",),
    PriceUnit.PROJECT: ("项目",),
}
UNIT_OF_WORD = {word: unit for unit, words in UNITS.items() for word in words}
WORDS = "|".join(sorted(UNIT_OF_WORD, key=len, reverse=True))
AMOUNT = r"(?P<low>\d+(?:\.\d+)?)(?:[—–-](?P<high>\d+(?:\.\d+)?))?(?P<wan>万)?元"
REMARK = r"(?:[，,；;][^\d]*)?"
PATTERNS = tuple(
    re.compile(pattern)
    for pattern in (
        rf"[^\d，,；;、每单]*{AMOUNT}/(?P<unit>{WORDS})起?{REMARK}",
        rf"[^\d，,；;、]*[每单](?P<unit>{WORDS}){AMOUNT}起?{REMARK}",
        rf"[^\d，,；;、]*(?P<unit>合计){AMOUNT}起?{REMARK}",
    )
)


class Price(NamedTuple):
    """From and to in 元 (`to` None: one price), and what for."""

    price_from: Decimal
    price_to: Decimal | None
    price_unit: str


def read_price(note: str) -> Price | None:
    """The price a note states; None for several prices, for none, and for a unit that is none of ours (元/㎡·天)."""
    match = next((found for pattern in PATTERNS if (found := pattern.fullmatch(note.strip()))), None)
    if match is None:
        return None
    factor = YUAN_PER_WAN if match["wan"] else Decimal(1)
    low, high = (Decimal(text) * factor if text else None for text in (match["low"], match["high"]))
    if low is None or (high is not None and high < low):
        return None
    return Price(low, high, UNIT_OF_WORD.get(match["unit"], PriceUnit.PROJECT))
