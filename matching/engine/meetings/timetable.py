"""The timetable of one-to-one meetings: slots × tables × guests, mutual wishes first (``timetable_model``).

One worker, a fixed seed and a limit in deterministic time: the same wishes give the same timetable on every machine.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

NO_SLOTS: Final[frozenset[int]] = frozenset()
Pair = tuple[int, int]
"""Two guests, the lower id first."""


@dataclass(frozen=True, slots=True)
class Wish:
    """One guest wants to meet another. strength: from 0 to 1, how much is expected of it (a match's score)."""

    asker: int
    asked: int
    strength: float


@dataclass(frozen=True, slots=True)
class Hall:
    """slots: how many there are; tables: how many meetings one slot holds; away: guest → slots in which it cannot;
    most: guest → how many meetings it wants at most, all slots unless given.
    """

    slots: int
    tables: int
    away: Mapping[int, frozenset[int]] = field(default_factory=dict)
    most: Mapping[int, int] = field(default_factory=dict)

    def is_there(self, guest: int, slot: int) -> bool:
        """Whether the guest can meet anybody in this slot."""
        return slot not in self.away.get(guest, NO_SLOTS)

    def most_of(self, guest: int) -> int:
        """How many meetings the guest has at most."""
        return min(self.most.get(guest, self.slots), self.slots)


@dataclass(frozen=True, slots=True)
class Meeting:
    """first is the guest of the lower id; slot and table count from 0."""

    first: int
    second: int
    slot: int
    table: int

    @property
    def pair(self) -> Pair:
        return self.first, self.second


@dataclass(frozen=True, slots=True)
class Timetable:
    """meetings: by slot and table; unplaced: pairs that wanted and did not get one; is_proven: no better one exists,
    else none was found within the limit.
    """

    meetings: tuple[Meeting, ...]
    unplaced: tuple[Pair, ...]
    is_proven: bool


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be gained by one pair: both want it, or one does; strength is that of the stronger wish."""

    pair: Pair
    is_mutual: bool
    strength: float


def pairs_of(wishes: Iterable[Wish]) -> tuple[Wanted, ...]:
    """Return each pair once, in order of ids; nobody meets oneself."""
    askers: dict[Pair, set[int]] = defaultdict(set)
    strengths: dict[Pair, float] = defaultdict(float)
    for wish in wishes:
        if wish.asker == wish.asked:
            continue
        pair = min(wish.asker, wish.asked), max(wish.asker, wish.asked)
        askers[pair].add(wish.asker)
        strengths[pair] = max(strengths[pair], min(max(wish.strength, 0.0), 1.0))
    return tuple(Wanted(pair, len(askers[pair]) == 2, strengths[pair]) for pair in sorted(askers))


def timetable_of(wishes: Iterable[Wish], hall: Hall, *, kept: Sequence[Meeting] = ()) -> Timetable:
    """Return the best timetable in which the meetings ``kept`` stay where they are: told is told.

    In this order: as many mutual wishes as possible, as many wishes of one side, the greatest strength, early slots.
    """
    from matching.engine.meetings.timetable_model import (
        TimetableModel,  # the solver takes a second to load; pages need no solver
    )

    settled = {meeting.pair for meeting in kept}
    wanted = [one for one in pairs_of(wishes) if one.pair not in settled]
    slots, is_proven = TimetableModel(wanted, hall, kept).solve()
    unplaced = tuple(one.pair for one in wanted if one.pair not in slots)
    return Timetable(_seated(slots, hall, kept), unplaced, is_proven)


def _seated(slots: Mapping[Pair, int], hall: Hall, kept: Sequence[Meeting]) -> tuple[Meeting, ...]:
    """Give each new meeting a free table, one where one of its guests sat before if possible: less walking."""
    taken = {(meeting.slot, meeting.table) for meeting in kept}
    last: dict[int, int] = {}
    seated: list[Meeting] = []
    for slot in range(hall.slots):
        there = [meeting for meeting in kept if meeting.slot == slot]
        for pair in sorted(pair for pair, of_pair in slots.items() if of_pair == slot):
            free = [table for table in range(hall.tables) if (slot, table) not in taken]
            known = [last[guest] for guest in pair if last.get(guest) in free]
            table = known[0] if known else free[0]
            taken.add((slot, table))
            there.append(Meeting(*pair, slot, table))
        last |= {guest: meeting.table for meeting in there for guest in meeting.pair}
        seated += sorted(there, key=lambda meeting: meeting.table)
    return tuple(seated)
