"""What figures are made of: one fact per row that counts, with its day, its amount and the places it counts for."""

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple, TypeVar

from figures.geography import NOWHERE, Geography, Interval, read_geography
from figures.periods import Period
from figures.scopes import Scope

ONE = Decimal(1)
Rows = TypeVar("Rows")


class Fact(NamedTuple):
    """`table` and `key` name the row that is the evidence. A flow happened on `start`; a stock is there from `start`
    (None: since ever) until before `end` (None: still). `amount` is 1 or a sum in the unit of the figure.
    """

    table: str
    key: int
    start: date | None
    end: date | None
    amount: Decimal
    places: frozenset[str]


@dataclass(frozen=True)
class Reading:
    """As of which day rows are read, whether those of the demonstration count, and where everything lies."""

    as_of: date
    samples: bool
    geography: Geography
    _read: dict[str, Any] = field(default_factory=dict, repr=False)
    _joined: dict[tuple[frozenset[str], ...], frozenset[str]] = field(default_factory=dict, repr=False)

    def once(self, name: str, read: Callable[[], Rows]) -> Rows:
        """What several definitions read, read once."""
        if name not in self._read:
            self._read[name] = read()
        return self._read[name]  # type: ignore[no-any-return]

    def joined(self, *parts: frozenset[str]) -> frozenset[str]:
        """All places of the parts; the same parts give the same set, so that sums are added up by sets."""
        found = self._joined.get(parts)
        if found is None:
            found = self._joined[parts] = frozenset().union(*parts)
        return found

    def stock(
        self,
        row: tuple[str, int],
        there: Interval,
        amount: Decimal,
        zones: Collection[int | None],
        places: frozenset[str] = NOWHERE,
    ) -> Iterator[Fact]:
        """The facts of a row that is there for a time: one from each turn of its zones to the next, with the places it
        counts for besides theirs. Whoever asks for a day finds one of them, with the places of that day.
        """
        for part, ground in self.geography.spans(zones, there):
            yield Fact(*row, part.start, part.end, amount, self.joined(ground, places))


def reading(*, as_of: date, samples: bool) -> Reading:
    return Reading(as_of, samples, read_geography(samples=samples))


def there_on(facts: Iterable[Fact], day: date, scope: Scope) -> list[Fact]:
    """Of a stock, what is there on a day."""
    return [
        fact
        for fact in facts
        if (fact.start is None or fact.start <= day)
        and (fact.end is None or day < fact.end)
        and scope.covers(fact.places)
    ]


def within(facts: Iterable[Fact], period: Period, scope: Scope) -> list[Fact]:
    """Of a flow, what happened in a period."""
    return [fact for fact in facts if fact.start is not None and fact.start in period and scope.covers(fact.places)]


def total(facts: Iterable[Fact]) -> Decimal:
    """The sum of the amounts; each fact once."""
    return sum((fact.amount for fact in facts), Decimal(0))
