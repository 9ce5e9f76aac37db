"""The timetable as a model for OR-Tools CP-SAT: is_held per (pair, slot)."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from typing import Final

from ortools.sat.python import cp_model

from matching.engine.meetings.timetable import Hall, Meeting, Pair, Wanted

STRENGTH_STEPS: Final = 100
DETERMINISTIC_LIMIT: Final = 5.0
"""Work allowed for one timetable, in the solver's deterministic seconds."""


class TimetableModel:
    """Which pair meets in which slot. What is kept is not in the model: it only takes guests and tables."""

    def __init__(self, wanted: Sequence[Wanted], hall: Hall, kept: Sequence[Meeting]) -> None:
        self.wanted, self.hall, self.kept = wanted, hall, kept
        self.busy = {(guest, meeting.slot) for meeting in kept for guest in meeting.pair}
        self.model = cp_model.CpModel()
        self.is_held = {
            (one.pair, slot): self.model.new_bool_var(f"{one.pair} in {slot}")
            for one in wanted
            for slot in range(hall.slots)
            if all(self._can_come(guest, slot) for guest in one.pair)
        }
        self._meet_once()
        self._limit_guests()
        self._limit_tables()
        self._aim()
        self._hint()

    def solve(self) -> tuple[Mapping[Pair, int], bool]:
        """Return the slot of each pair that meets, and whether no better timetable exists."""
        solver = cp_model.CpSolver()
        solver.parameters.num_workers = 1
        solver.parameters.random_seed = 0
        solver.parameters.max_deterministic_time = DETERMINISTIC_LIMIT
        status = solver.solve(self.model)
        if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            return self._by_hand(), False
        held = {pair: slot for (pair, slot), var in self.is_held.items() if solver.boolean_value(var)}
        return held, status == cp_model.OPTIMAL

    def _can_come(self, guest: int, slot: int) -> bool:
        return self.hall.is_there(guest, slot) and (guest, slot) not in self.busy

    def _meet_once(self) -> None:
        by_pair: dict[Pair, list[cp_model.IntVar]] = defaultdict(list)
        for (pair, _slot), var in self.is_held.items():
            by_pair[pair].append(var)
        for held in by_pair.values():
            self.model.add_at_most_one(held)

    def _limit_guests(self) -> None:
        """One meeting at a time, and no more in all than the guest wants."""
        at_once: dict[tuple[int, int], list[cp_model.IntVar]] = defaultdict(list)
        in_all: dict[int, list[cp_model.IntVar]] = defaultdict(list)
        for (pair, slot), var in self.is_held.items():
            for guest in pair:
                at_once[guest, slot].append(var)
                in_all[guest].append(var)
        for held in at_once.values():
            self.model.add_at_most_one(held)
        had = Counter(guest for meeting in self.kept for guest in meeting.pair)
        for guest, held in in_all.items():
            self.model.add(sum(held) <= max(self.hall.most_of(guest) - had[guest], 0))

    def _limit_tables(self) -> None:
        taken = Counter(meeting.slot for meeting in self.kept)
        by_slot: dict[int, list[cp_model.IntVar]] = defaultdict(list)
        for (_pair, slot), var in self.is_held.items():
            by_slot[slot].append(var)
        for slot, held in by_slot.items():
            self.model.add(sum(held) <= max(self.hall.tables - taken[slot], 0))

    def _aim(self) -> None:
        """Each aim outweighs all that come after it."""
        early = self.hall.slots
        strength = early * len(self.wanted) + 1
        one_sided = strength * (STRENGTH_STEPS * len(self.wanted) + 1)
        mutual = one_sided * (len(self.wanted) + 1)
        gains = {
            one.pair: (mutual if one.is_mutual else one_sided) + strength * round(STRENGTH_STEPS * one.strength)
            for one in self.wanted
        }
        self.model.maximize(sum((gains[pair] + early - slot) * var for (pair, slot), var in self.is_held.items()))

    def _hint(self) -> None:
        by_hand = self._by_hand()
        for (pair, slot), var in self.is_held.items():
            self.model.add_hint(var, by_hand.get(pair) == slot)

    def _by_hand(self) -> dict[Pair, int]:
        """What a secretary would do: the best pairs first, each in the first slot that is free for both."""
        busy, tables = set(self.busy), Counter(meeting.slot for meeting in self.kept)
        had = Counter(guest for meeting in self.kept for guest in meeting.pair)
        placed: dict[Pair, int] = {}
        for one in sorted(self.wanted, key=lambda one: (not one.is_mutual, -one.strength, one.pair)):
            if any(had[guest] >= self.hall.most_of(guest) for guest in one.pair):
                continue
            for slot in range(self.hall.slots):
                is_free = (one.pair, slot) in self.is_held and tables[slot] < self.hall.tables
                if is_free and not any((guest, slot) in busy for guest in one.pair):
                    placed[one.pair] = slot
                    tables[slot] += 1
                    busy |= {(guest, slot) for guest in one.pair}
                    had.update(one.pair)
                    break
        return placed
