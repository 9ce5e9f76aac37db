"""A stranger who computes: every sum that is published is an equation, and linear programming says between which
bounds each hidden number lies.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import numpy as np
from scipy.optimize import linprog

Line = tuple[str, ...]


@dataclass
class Attack:
    """What is known of the numbers of some places: all that are not hidden, and that there are none where there are
    none. A total may hold facts of none of its parts. Where facts count in two parts, by how much a total is short of
    its zones is known, for their sum is told beside it; not of its regions, nor of a total that is hidden.
    """

    numbers: Mapping[str, int]
    lines: Iterable[Line]
    hidden: frozenset[str]
    columns: dict[str, int] = field(default_factory=dict)
    bounds: list[tuple[float | None, float | None]] = field(default_factory=list)
    rows: list[dict[int, int]] = field(default_factory=list)
    counts_twice: bool = False

    def __post_init__(self) -> None:
        sums = [(line[0], [self.numbers.get(part, 0) for part in line[1:]]) for line in self.lines]
        self.counts_twice = any(max(parts, default=0) <= self.numbers.get(one, 0) < sum(parts) for one, parts in sums)
        for place in sorted(self.hidden & self.numbers.keys()):
            self._column(place, self.numbers[place])
        for number, line in enumerate(self.lines):
            self._equation(number, line[0], [part for part in line[1:] if part in self.numbers])

    def _column(self, name: str, number: int | None) -> int:
        """A change of what is not known: downwards to none."""
        self.bounds.append((None if number is None else -number, None))
        return self.columns.setdefault(name, len(self.columns))

    def _equation(self, number: int, total: str, parts: list[str]) -> None:
        """Nothing follows of a total that is smaller than one of its parts: it is no sum of them."""
        if total not in self.numbers or not parts or self.numbers[total] < max(self.numbers[part] for part in parts):
            return
        changes = {self.columns[part]: 1 for part in parts if part in self.columns}
        if total in self.columns:
            changes[self.columns[total]] = -1
        else:
            self._cap(self.numbers[total], parts)
        rest = self.numbers[total] - sum(self.numbers[part] for part in parts)
        if self.counts_twice and total in self.columns:
            return
        if self.counts_twice and parts[0].startswith("region:"):
            changes[self._column(f"rest {number}", None)] = 1
            self.bounds[-1] = (None, None if rest > 0 else -rest)
        elif rest > 0:
            changes[self._column(f"rest {number}", rest)] = 1
        self.rows.append(changes)

    def _cap(self, total: int, parts: list[str]) -> None:
        for part in parts:
            if part in self.columns:
                low, high = self.bounds[self.columns[part]]
                room = total - self.numbers[part]
                self.bounds[self.columns[part]] = (low, room if high is None else min(high, room))

    def values_left(self, place: str) -> float:
        """How many values a hidden number may have, as far as this stranger can tell."""
        equations = np.zeros((len(self.rows), len(self.bounds)))
        for row, changes in zip(equations, self.rows, strict=True):
            for column, sign in changes.items():
                row[column] = sign
        ends = []
        for sign in (1, -1):
            goal = np.zeros(len(self.bounds))
            goal[self.columns[place]] = sign
            found = linprog(goal, A_eq=equations, b_eq=np.zeros(len(self.rows)), bounds=self.bounds)
            if found.status == 3:  # no bound
                return float("inf")
            assert found.status == 0, found.message
            ends.append(found.fun)
        return float(-ends[1] - ends[0] + 1)
