"""How far hidden numbers may move while all that is told stays as it is: what a stranger who computes is left to guess.

Every sum of places is an equation between what is told and what is not. From the true numbers one walks to others that
keep all equations, one number as far down or up as it goes (affine scaling: what is large moves most). Wherever one
comes to could be the truth, so that a number has at least the leeway that was walked.
"""

from collections.abc import Iterable, Mapping
from typing import Final

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Line = tuple[str, ...]
"""The code of a total, then those of its parts."""
TINY: Final = 1e-9
STEPS: Final = 5
FAR: Final = 20.0
EXACT: Final = 1e-6
SHORT: Final = 0.97
"""Of the way to the next border: on it one would be stuck."""


def is_sum(total: int, parts: Iterable[int]) -> bool:
    """Whether a total can hold its parts: it cannot where one is larger. Cooperations count for associations by a link
    of their own, not by their zones.
    """
    return total >= max(parts, default=0)


def rest_of(total: int, parts: Iterable[int]) -> int:
    """What a total holds that is in none of its parts: nobody outside knows it, so it hides like a part. Where facts
    count in two parts, by how much the total is short of them is taken as known.
    """
    return max(0, total - sum(parts))


class Leeway:
    """Of one figure and year: the hidden numbers as a stranger knows them."""

    def __init__(self, numbers: Mapping[str, int], lines: Iterable[Line], hidden: Iterable[str]) -> None:
        """Lines are sums with parts that are not none."""
        rows, sizes, room = _equations(numbers, lines, sorted(hidden, key=lambda place: (-numbers[place], place)))
        self._at = {name: column for column, name in enumerate(sizes)}
        matrix = np.zeros((len(rows), len(sizes)))
        for line, row in zip(matrix, rows, strict=True):
            for name, sign in row.items():
                line[self._at[name]] = sign
        self._rows = _independent(matrix)
        self._true = np.array([float(size) for size in sizes.values()])
        self._most = self._true + np.array([float(room.get(name, np.inf)) for name in sizes])
        self._low, self._high = self._true.copy(), self._true.copy()

    def has(self, place: str, enough: float) -> bool:
        """Whether a number may be that much more than at its lowest. One that stands in no sum may be anything."""
        column = self._at.get(place)
        if column is None:
            return True
        for sign in (1, -1):
            if self._high[column] - self._low[column] < enough:
                self._walk(column, sign)
        return bool(self._high[column] - self._low[column] >= enough)

    def _walk(self, column: int, sign: int) -> None:
        here = self._true.copy()
        for _ in range(STEPS):
            scale = np.minimum(here, self._most - here) ** 2
            goal = np.zeros(len(here))
            goal[column] = sign
            scaled = self._rows * scale
            try:
                prices = np.linalg.solve(scaled @ self._rows.T, scaled @ goal)
            except np.linalg.LinAlgError:
                return
            move = scale * (goal - self._rows.T @ prices)
            if abs(move[column]) < TINY:
                return
            with np.errstate(divide="ignore", invalid="ignore"):
                limits = np.where(move < 0, here / -move, np.where(move > 0, (self._most - here) / move, np.inf))
            here = here + min(SHORT * float(limits.min()), FAR / abs(float(move[column]))) * move
            if np.abs(self._rows @ (here - self._true)).max(initial=0) > EXACT:
                return
            self._low, self._high = np.minimum(self._low, here), np.maximum(self._high, here)


def _equations(
    numbers: Mapping[str, int], lines: Iterable[Line], hidden: list[str]
) -> tuple[list[dict[str, int]], dict[str, int], dict[str, int]]:
    """Of each line what is not told, with its sign; the size of each unknown; and how much larger it may be at most:
    no part is larger than a total that holds it.
    """
    unknown, rows, rests, room = dict.fromkeys(hidden), [], {}, dict[str, int]()
    for number, (total, *parts) in enumerate(lines):
        row = {part: 1 for part in parts if part in unknown}
        if total in unknown:
            row[total] = -1
        else:
            for part in row:
                room[part] = min(room.get(part, numbers[total]), numbers[total] - numbers[part])
        if rest := rest_of(numbers[total], (numbers[part] for part in parts)):
            rests[f"rest {number}"] = rest
            row[f"rest {number}"] = 1
        if row:
            rows.append(row)
    met = {name for row in rows for name in row}
    return rows, {place: numbers[place] for place in hidden if place in met} | rests, room


def _independent(rows: Array) -> Array:
    """The same equations, none of them twice: reduced row echelon form."""
    height, width = rows.shape
    top = 0
    for column in range(width):
        if top == height:
            break
        pivot = top + int(np.argmax(np.abs(rows[top:, column])))
        if abs(rows[pivot, column]) <= TINY:
            continue
        rows[[top, pivot]] = rows[[pivot, top]]
        rows[top] /= rows[top, column]
        factors = rows[:, column].copy()
        factors[top] = 0
        rows -= np.outer(factors, rows[top])
        rows[np.abs(rows) <= TINY] = 0
        top += 1
    return rows[:top]
