"""Periods of figures, in days of Asia/Shanghai: a year, half, quarter or month, years in a row, the year to date."""

import re
import unicodedata
from calendar import monthrange
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from django.utils.translation import gettext as _

from zones.errors import InvalidInput

FIRST_YEAR, LAST_YEAR = 1978, 2100
PATTERN: Final = re.compile(
    r"(?P<year>[0-9]{4})(?:-(?:H(?P<half>[12])|Q(?P<quarter>[1-4])|(?P<month>0[1-9]|1[0-2])|(?P<ytd>ytd))|\.\.(?P<last>[0-9]{4}))?"
)
IN_CHINESE: Final = re.compile(r"([0-9]{4})年(?:(0?[1-9]|1[0-2])月)?")
"""How people write a year and a month."""
MONTHS: Final = {"half": 6, "quarter": 3, "month": 1}
LABELS: Final = {"half": "上下", "quarter": "一二三四"}


@dataclass(frozen=True, slots=True)
class Period:
    """Days from `start` to `end`, both counted. `code` is how it is asked for: 2024, 2024-Q3, 2013..2024, 2025-ytd.
    One that `is_cut` holds only the first days of what its code names.
    """

    code: str
    start: date
    end: date
    is_cut: bool = False

    def __contains__(self, day: date) -> bool:
        return self.start <= day <= self.end

    def __str__(self) -> str:
        return self.code

    @property
    def years(self) -> range:
        """The calendar years it touches."""
        return range(self.start.year, self.end.year + 1)

    @property
    def is_to_date(self) -> bool:
        return self.code.endswith("-ytd")

    @property
    def is_year(self) -> bool:
        return self.code.isdigit()

    @property
    def is_range(self) -> bool:
        return ".." in self.code

    def until(self, day: date) -> "Period":
        """The part of it up to a day. Raises InvalidInput where it or its last year begins later: the answer
        would be of fewer years than its words say.
        """
        if self.start > day:
            message = _("统计期 %(period)s 在截止日 %(day)s 之后才开始：请改选统计期或截止日。")
            raise InvalidInput.single("period", message % {"period": self.code, "day": day.isoformat()})
        if self.is_range and self.end.year > day.year:
            message = _("统计期 %(period)s 的末年在截止日 %(day)s 之后才开始：请改选末年或截止日。")
            raise InvalidInput.single("period", message % {"period": self.code, "day": day.isoformat()})
        return self if self.end <= day else replace(self, end=day, is_cut=True)

    def has_days_of(self, other: "Period") -> bool:
        """Whether both are the same days: a code alone does not say how far a year has gone."""
        return (self.start, self.end) == (other.start, other.end)

    def is_over(self, day: date) -> bool:
        """Whether all days of what its code names are over; it may hold only those up to a day."""
        return self.is_to_date or parsed(self.code, as_of=day).end <= day

    def a_year_before(self) -> "Period":
        """The same days of the year before, to compare 同比 with. Raises InvalidInput for years in a row."""
        if self.is_range:
            raise InvalidInput.single("period", _("同比须选一年、半年、季度、月份或年初至今。"))
        year = self.start.year - 1
        code = self.code.replace(str(self.start.year), str(year), 1)
        return replace(self, code=code, start=_same_day(self.start), end=_same_day(self.end))

    def before(self) -> "Period":
        """The period of the same length right before it, to compare 环比 with. Raises InvalidInput where none is."""
        for part, months in MONTHS.items():
            if _part_of(self.code) == part:
                year, month = self.start.year, self.start.month - months
                year, month = (year - 1, month + 12) if month < 1 else (year, month)
                return _of_months(year, part, (month - 1) // months + 1)
        raise InvalidInput.single("period", _("环比须选半年、季度或月份。"))


def year(number: int) -> Period:
    return Period(str(number), date(number, 1, 1), date(number, 12, 31))


def years(first: int, last: int) -> Period:
    return Period(f"{first}..{last}", date(first, 1, 1), date(last, 12, 31))


def parsed(code: str, *, as_of: date) -> Period:
    """The period of a code, or of a year or month as people type it: ２０２４, 2024年, 2024年5月. `2025-ytd` ends
    on the day the question is asked for. Raises InvalidInput.
    """
    code = _as_code(code)
    found = PATTERN.fullmatch(code)
    if found is None:
        message = _("统计期“%(code)s”无法识别：请写 2024、2024-H1、2024-Q3、2024-05、2013..2024 或 2025-ytd。")
        raise InvalidInput.single("period", message % {"code": code[:20]})
    number = int(found["year"])
    if not all(FIRST_YEAR <= int(one) <= LAST_YEAR for one in (found["year"], found["last"]) if one):
        message = _("统计期“%(code)s”的年份超出范围：请写 %(first)d 至 %(last)d 之间的年份。")
        raise InvalidInput.single("period", message % {"code": code, "first": FIRST_YEAR, "last": LAST_YEAR})
    if found["ytd"]:
        return Period(
            code, date(number, 1, 1), min(as_of, date(number, 12, 31)) if as_of.year >= number else date(number, 12, 31)
        )
    if found["last"]:
        return _in_a_row(number, int(found["last"]))
    for part in MONTHS:
        if found[part]:
            return _of_months(number, part, int(found[part]))
    return year(number)


def _as_code(typed: str) -> str:
    plain = unicodedata.normalize("NFKC", typed).strip()
    found = IN_CHINESE.fullmatch(plain)
    return plain if found is None else "-".join(part.zfill(2) for part in found.groups() if part)


def _in_a_row(first: int, last: int) -> Period:
    if not first < last:
        raise InvalidInput.single("period", _("统计期的末年须晚于首年。"))
    return years(first, last)


def _of_months(number: int, part: str, position: int) -> Period:
    months = MONTHS[part]
    first, last = (position - 1) * months + 1, position * months
    code = f"{number}-{position:02d}" if part == "month" else f"{number}-{part[0].upper()}{position}"
    return Period(code, date(number, first, 1), date(number, last, monthrange(number, last)[1]))


def _part_of(code: str) -> str | None:
    found = PATTERN.fullmatch(code)
    return None if found is None else next((part for part in MONTHS if found[part]), None)


def _same_day(day: date) -> date:
    """The same day of the year before; the 28th for a 29th of February."""
    last = monthrange(day.year - 1, day.month)[1]
    return date(day.year - 1, day.month, last if day.day == monthrange(day.year, day.month)[1] else min(day.day, last))


def name_of(period: Period) -> str:
    """The period as a sentence begins with it: 2024年, 2024年第三季度, 2013年以来, 2025年以来."""
    number, part = period.start.year, _part_of(period.code)
    if period.is_range:
        return _("%(first)d—%(last)d年") % {"first": number, "last": period.end.year}
    if period.is_to_date:
        return _("%(year)d年1月1日至%(month)d月%(day)d日") % {
            "year": number, "month": period.end.month, "day": period.end.day,
        }  # fmt: skip
    if part == "month":
        return _("%(year)d年%(month)d月") % {"year": number, "month": period.start.month}
    if part is None:
        return _("%(year)d年") % {"year": number}
    return _part_name(number, part, (period.start.month - 1) // MONTHS[part])


def _part_name(number: int, part: str, index: int) -> str:
    names = {
        "half": [_("上半年"), _("下半年")],
        "quarter": [_("第一季度"), _("第二季度"), _("第三季度"), _("第四季度")],
    }
    return _("%(year)d年%(part)s") % {"year": number, "part": names[part][index]}
