"""Cells become values: what people write, in full width, with units or as a serial day, read by kind of column.

A reader takes a cell as the child gives it and what is known of its column, and returns a value JSON can carry (money
as a decimal string in 元, days in ISO form). It raises Unreadable with the code of a sentence in `sentences`.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation
from functools import partial
from typing import Any

from django.utils import translation

from zones.importing.parsing.limits import MAX_CELL_CHARACTERS

Cell = Any
LARGEST_WHOLE = 2_147_483_647
LARGEST_AMOUNT = Decimal(10) ** 14
LARGEST_NUMBER = Decimal(10) ** 10
SERIAL_ORIGIN = date(1899, 12, 30)
SERIALS = range(10_000, 80_000)
FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(2100, 1, 1)
YUAN, WAN, YI = 1, 10**4, 10**8
FACTORS = {
    **dict.fromkeys(("元", "yuan", "cny", "rmb"), YUAN),
    **dict.fromkeys(("万", "万元", "wan"), WAN),
    **dict.fromkeys(("亿", "亿元"), YI),
}
FORMULA_MARKS = ("=", "+", "-", "@")
SPLIT = re.compile(r"[、,，;；|\n]+")
BLANKS = re.compile(r"[ \t\u00a0\u2000-\u200b\u3000\ufeff]+")
FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
AMOUNT = re.compile(r"[¥￥]?(-?\d[\d,]*(?:\.\d+)?)(亿元|万元|元|亿|万|yuan|cny|rmb)?(?:人民币)?", re.IGNORECASE)
COUNT = re.compile(r"(-?\d[\d,]*(?:\.\d+)?)(?:个?工作日|[台套件个只条人名位天日年次批])?(?:[（(/].*)?")
DAY = re.compile(r"(\d{4})[年./-](\d{1,2})[月./-](\d{1,2})日?(?:[ T]\d{1,2}:\d{2}(?::\d{2})?)?|(\d{4})(\d{2})(\d{2})")
MONTH = re.compile(r"\d{4}(?:年(?:\d{1,2}月?)?|[./-]\d{1,2})?")
YES = frozenset({"是", "有", "对", "yes", "y", "true", "1", "√", "✓"})
NO = frozenset({"否", "无", "不", "no", "n", "false", "0", "×", "✗"})


class Unreadable(Exception):
    """The cell does not say what its column asks for."""

    def __init__(self, code: str, **params: Any) -> None:
        super().__init__(code)
        self.code = code
        self.params = params


@dataclass(frozen=True, slots=True)
class About:
    """What is known of a cell's column: the unit its title names, the longest text, the codes it may hold, the title
    as the file has it.
    """

    unit: str = ""
    max_length: int = MAX_CELL_CHARACTERS
    codes: Mapping[str, str] = field(default_factory=dict)
    title: str = ""


Reader = Callable[[Cell, About], Any]


def is_blank(cell: Cell) -> bool:
    return cell is None or (isinstance(cell, str) and not BLANKS.sub("", cell).strip())


def text(cell: Cell, about: About) -> str:
    """A text as written, without outer blanks; `'=` at its front, as exports write it, becomes `=` again."""
    written = BLANKS.sub(" ", _written(cell)).strip()
    if written.startswith("="):
        raise Unreadable("formula_text")
    if written.startswith("'") and written[1:].startswith(FORMULA_MARKS):
        written = written[1:]
    if FORBIDDEN.search(written):
        raise Unreadable("control_character")
    if len(written) > about.max_length:
        raise Unreadable("too_long", length=len(written), limit=about.max_length)
    return written


def identifier(cell: Cell, about: About) -> str:
    """A number of another system: half-width and without blanks."""
    return unicodedata.normalize("NFKC", text(cell, about)).replace(" ", "")


def whole(cell: Cell, about: About) -> int:
    """A count, with its unit behind it or without: ２ 台."""
    found = COUNT.fullmatch(_half_width(cell))
    number = _decimal(found[1]) if found else None
    if number is None or number != number.to_integral_value():
        raise Unreadable("not_whole", text=_shown(cell))
    if not 0 <= number <= LARGEST_WHOLE:
        raise Unreadable("out_of_range", low=0, high=LARGEST_WHOLE)
    return int(number)


def level(cell: Cell, about: About) -> int:
    """A technology readiness level: 6, TRL 6 or 6级."""
    digits = re.fullmatch(r"(?:TRL)?([1-9])级?", _half_width(cell).upper())
    if digits is None:
        raise Unreadable("out_of_range", low=1, high=9)
    return int(digits[1])


def amount(cell: Cell, about: About) -> str:
    """Money in 元. The unit in the cell goes before the unit in the title; with neither it is not guessed."""
    found = AMOUNT.fullmatch(_half_width(cell))
    number = _decimal(found[1]) if found else None
    if found is None or number is None:
        raise Unreadable("not_an_amount", text=_shown(cell))
    unit = (found[2] or about.unit).lower()
    if unit not in FACTORS:
        raise Unreadable("no_unit")
    yuan = number * FACTORS[unit]
    if not 0 <= yuan < LARGEST_AMOUNT:
        raise Unreadable("out_of_range", low=0, high="10^14")
    return str(yuan.quantize(Decimal("0.01")))


def number(cell: Cell, about: About) -> str:
    """A quantity of two decimal places at most that is no money: 3000 or 1,250.5."""
    found = _decimal(_half_width(cell).removesuffix("平方米").removesuffix("㎡").removesuffix("m2"))
    if found is None or not found.is_finite():
        raise Unreadable("not_a_number", text=_shown(cell))
    if not 0 <= found < LARGEST_NUMBER:
        raise Unreadable("out_of_range", low=0, high="10^10")
    return str(found.quantize(Decimal("0.01")))


def day(cell: Cell, about: About) -> str:
    """A day: a date of the sheet, a serial number, 2024年3月5日, 2024-03-05, 2024/3/5, 2024.3.5 or 20240305."""
    if isinstance(cell, dict) and "date" in cell:
        return _sensible(date.fromisoformat(cell["date"]))
    written = _half_width(cell, keep_blanks=True)
    if re.fullmatch(r"\d{5}(?:\.\d+)?", written) and int(float(written)) in SERIALS:
        return _sensible(SERIAL_ORIGIN + timedelta(days=int(float(written))))
    if found := DAY.fullmatch(written):
        return _calendar_day([int(part) for part in found.groups() if part], written)
    raise Unreadable("no_day" if MONTH.fullmatch(written) else "not_a_date", text=_shown(cell))


def words(cell: Cell, about: About) -> list[str]:
    """Words between 、 commas, semicolons or new lines, each once."""
    found = [text(word, about) for word in SPLIT.split(_written(cell)) if word.strip()]
    return list(dict.fromkeys(found))


def codes(cell: Cell, about: About) -> list[str]:
    """Codes or names of a code table. A longer code of digits means the nearest class above it that the table has."""
    found = [_code(word, about.codes) for word in SPLIT.split(_half_width(cell)) if word]
    return list(dict.fromkeys(found))


def yes_no(cell: Cell, about: About) -> bool:
    written = _half_width(cell).lower()
    if written in YES or written in NO:
        return written in YES
    raise Unreadable("not_yes_no", text=_shown(cell))


def one_of(choices: Sequence[tuple[str, Any]]) -> Reader:
    """One of a closed list, by its value or its label in either language."""
    return partial(_one_of, choices)


def _one_of(choices: Sequence[tuple[str, Any]], cell: Cell, about: About) -> str:
    written = _half_width(cell).lower()
    for value, label in choices:
        if written in {value.lower(), *_labels(label)}:
            return value
    raise Unreadable("unknown_choice", text=_shown(cell), choices=by_language(label for _value, label in choices))


def _labels(label: Any) -> set[str]:
    """In both languages; what has been done is also written without 已."""
    (chinese,), (english,) = by_language([label]).values()
    texts = {unicodedata.normalize("NFKC", text).replace(" ", "").lower() for text in (chinese, english)}
    return texts | {text.removeprefix("已") for text in texts}


def by_language(labels: Iterable[Any]) -> dict[str, list[str]]:
    """Labels in each language: whoever reads a message later reads it in their own."""
    known, found = list(labels), {}
    for language in ("zh-hans", "en"):
        with translation.override(language):
            found[language] = [str(label) for label in known]
    return found


def _written(cell: Cell) -> str:
    """The cell as text. Raises Unreadable for errors and formulas without a result."""
    if isinstance(cell, dict):
        if "unread" in cell:
            raise Unreadable(cell["unread"])
        return str(cell["date"])
    return str(cell)


def _half_width(cell: Cell, *, keep_blanks: bool = False) -> str:
    written = unicodedata.normalize("NFKC", _written(cell)).strip()
    if written.startswith("="):
        raise Unreadable("formula_text")
    written = written.removeprefix("'")
    return BLANKS.sub(" " if keep_blanks else "", written)


def _shown(cell: Cell) -> str:
    return FORBIDDEN.sub("�", _written(cell))[:40]


def as_written(cell: Cell, *, limit: int = 60) -> str:
    """A cell for people to look at: without invisible characters, cut where it is long; a formula or error has none."""
    if is_blank(cell) or (isinstance(cell, dict) and "date" not in cell):
        return ""
    plain = FORBIDDEN.sub("�", _written(cell)).strip()
    return plain if len(plain) <= limit else f"{plain[:limit]}…"


def _decimal(digits: str) -> Decimal | None:
    try:
        return Decimal(digits.replace(",", ""))
    except InvalidOperation:
        return None


def _calendar_day(parts: list[int], written: str) -> str:
    try:
        return _sensible(date(*parts))
    except ValueError as error:
        raise Unreadable("not_a_date", text=written[:40]) from error


def _sensible(found: date) -> str:
    if not FIRST_DAY <= found < LAST_DAY:
        raise Unreadable("out_of_range", low=FIRST_DAY.isoformat(), high=LAST_DAY.isoformat())
    return found.isoformat()


def _code(word: str, known: Mapping[str, str]) -> str:
    if word.lower() in known:
        return known[word.lower()]
    above = next((known[word[:size]] for size in range(len(word) - 1, 1, -1) if word[:size] in known), None)
    if above is None or not word.isdigit():
        raise Unreadable("unknown_code", text=word[:40])
    return above
