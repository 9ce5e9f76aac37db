"""Records as files know them again: by their title and a day."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from typing import Any

from zones.importing.kinds import Values
from zones.importing.known import Existing
from zones.importing.rows import NOTHING, ReadRow


class Titled(dict[Any, Existing]):
    """Records by title and day. `parties`: the columns that say whose one is."""

    def __init__(self, stored: Iterable[Existing], *, day: str, parties: Collection[str]) -> None:
        super().__init__()
        self._day, self._parties = day, parties
        self._of_title: dict[Any, list[Values]] = defaultdict(list)
        for one in stored:
            self[one.values["title_zh"], one.values[day]] = one
            self._of_title[one.values["title_zh"]].append(one.values)

    def tell_another_day(self, row: ReadRow) -> None:
        """Of a new row without faults: one of the same title and parties is on record with another day. A register
        that corrects a day would else have two.
        """
        named = [name for name in self._parties if name in row.values]
        others = self._of_title.get(row.values["title_zh"], ())
        days = [one[self._day] for one in others if all(alike(row.values[name], one[name]) for name in named)]
        if days and row.is_sound:
            row.blame("another_day", self._day, text=max(days))


def alike(said: Any, ours: Any) -> bool:
    """Whether both say the same, in whatever order lists stand."""
    return bool(_unordered(said) == _unordered(ours))


def _unordered(value: Any) -> Any:
    if value in NOTHING:
        return None
    if isinstance(value, dict):
        return sorted((name, _unordered(one)) for name, one in value.items())
    return sorted(map(_unordered, value), key=repr) if isinstance(value, list) else value
