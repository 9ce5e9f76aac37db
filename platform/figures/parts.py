"""Quarters and months of a year, as a dashboard is looked at by them."""

import re
from collections.abc import Sequence
from datetime import date
from typing import Final, NamedTuple

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from figures import periods
from figures.periods import Period

CODE: Final = re.compile(r"Q([1-4])|(0[1-9]|1[0-2])")
QUARTER: Final = 3


class Part(NamedTuple):
    """Months of a year, both counted: a quarter or one month."""

    year: int
    first: int
    last: int

    @property
    def is_month(self) -> bool:
        return self.first == self.last

    @property
    def code(self) -> str:
        """Within its year: Q3, 05."""
        return f"{self.first:02d}" if self.is_month else f"Q{self.last // QUARTER}"

    @property
    def period(self) -> Period:
        return periods.parsed(f"{self.year}-{self.code}", as_of=date.max)

    @property
    def label(self) -> str:
        """Its name within its year."""
        if self.is_month:
            return date_format(self.period.start, _("n月"))
        return [_("第一季度"), _("第二季度"), _("第三季度"), _("第四季度")][self.last // QUARTER - 1]

    def a_year_before(self) -> "Part":
        return self._replace(year=self.year - 1)

    def before(self) -> "Part":
        """The quarter or month right before it."""
        length = self.last - self.first + 1
        if self.first > 1:
            return Part(self.year, self.first - length, self.last - length)
        return Part(self.year - 1, 13 - length, 12)


def quarters(year: int) -> list[Part]:
    return [Part(year, first, first + QUARTER - 1) for first in range(1, 13, QUARTER)]


def months(year: int) -> list[Part]:
    return [Part(year, month, month) for month in range(1, 13)]


def beside(part: Part) -> list[Part]:
    """All quarters, or all months, of its year."""
    return months(part.year) if part.is_month else quarters(part.year)


def begun(parts: Sequence[Part], day: date) -> list[Part]:
    return [part for part in parts if part.period.start <= day]


def parsed(code: str, year: int) -> Part | None:
    """The part of a year a code names; None for what is none."""
    found = CODE.fullmatch(code)
    if found is None:
        return None
    return quarters(year)[int(found[1]) - 1] if found[1] else months(year)[int(found[2]) - 1]
