"""Timetables of one-to-one meetings: what holds for each, and the best one against brute force."""

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import product
from random import Random

import pytest

from matching.engine.meetings import Hall, Meeting, Timetable, Wish, pairs_of, timetable_of
from matching.engine.meetings.timetable import Wanted

A, B, C, D = 1, 2, 3, 4


def mutual(first: int, second: int, strength: float = 0.5) -> list[Wish]:
    return [Wish(first, second, strength), Wish(second, first, strength)]


def held(timetable: Timetable) -> dict[tuple[int, int], int]:
    return {meeting.pair: meeting.slot for meeting in timetable.meetings}


def test_both_wishes_are_one_pair_and_nobody_meets_oneself() -> None:
    assert pairs_of([Wish(B, A, 0.2), Wish(A, B, 0.7), Wish(A, A, 1.0), Wish(A, C, 9.0)]) == (
        Wanted((A, B), is_mutual=True, strength=0.7),
        Wanted((A, C), is_mutual=False, strength=1.0),
    )


def test_a_mutual_wish_comes_before_stronger_wishes_of_one_side() -> None:
    wishes = [*mutual(A, B, 0.1), Wish(A, C, 1.0), Wish(C, B, 1.0)]
    timetable = timetable_of(wishes, Hall(slots=1, tables=3))
    assert held(timetable) == {(A, B): 0}
    assert (timetable.unplaced, timetable.is_proven) == (((A, C), (B, C)), True)


def test_more_meetings_come_before_one_that_promises_more() -> None:
    """With one slot, B and C would meet best, but then A and D meet nobody."""
    timetable = timetable_of([Wish(A, B, 0.3), Wish(B, C, 1.0), Wish(C, D, 0.3)], Hall(slots=1, tables=2))
    assert held(timetable) == {(A, B): 0, (C, D): 0}


def test_who_is_away_or_wants_no_more_is_left_alone() -> None:
    hall = Hall(slots=3, tables=2, away={B: frozenset({0, 1})}, most={C: 0})
    timetable = timetable_of([*mutual(A, B), *mutual(A, C)], hall)
    assert held(timetable) == {(A, B): 2}
    assert timetable.unplaced == ((A, C),)


def test_what_was_told_stays_and_the_rest_is_planned_around_it() -> None:
    kept = Meeting(A, B, slot=1, table=1)
    timetable = timetable_of([*mutual(A, B), *mutual(A, C), *mutual(B, D)], Hall(2, 2), kept=[kept])
    assert kept in timetable.meetings
    assert held(timetable) == {(A, B): 1, (A, C): 0, (B, D): 0}


def test_a_guest_with_one_meeting_kept_gets_no_second_beyond_the_wanted_number() -> None:
    timetable = timetable_of(mutual(A, C), Hall(3, 2, most={A: 1}), kept=[Meeting(A, B, slot=0, table=0)])
    assert held(timetable) == {(A, B): 0}


def test_a_guest_stays_at_its_table_where_that_is_free() -> None:
    wishes = [Wish(A, B, 0.9), Wish(A, C, 0.5), Wish(A, D, 0.1)]
    assert {meeting.table for meeting in timetable_of(wishes, Hall(slots=3, tables=4)).meetings} == {0}


@pytest.mark.parametrize("hall", [Hall(0, 5), Hall(5, 0)])
def test_without_slots_or_tables_nobody_meets(hall: Hall) -> None:
    assert timetable_of(mutual(A, B), hall) == Timetable((), ((A, B),), is_proven=True)


def test_nothing_wished_is_nothing_planned() -> None:
    assert timetable_of([], Hall(5, 5)) == Timetable((), (), is_proven=True)


def test_the_order_of_wishes_changes_nothing() -> None:
    wishes = _wishes(Random(5), guests=8, wanted=20)
    shuffled = Random(6).sample(wishes, len(wishes))
    assert timetable_of(wishes, Hall(4, 3)) == timetable_of(shuffled, Hall(4, 3))


@pytest.mark.parametrize("seed", range(8))
def test_no_guest_is_at_two_tables_and_no_table_is_taken_twice(seed: int) -> None:
    random = Random(seed)
    hall = Hall(4, 3, away={3: frozenset({0, 2})}, most={5: 1})
    timetable = timetable_of(_wishes(random, guests=9, wanted=25), hall)
    seats = Counter((meeting.slot, meeting.table) for meeting in timetable.meetings)
    guests = Counter((meeting.slot, guest) for meeting in timetable.meetings for guest in meeting.pair)
    assert max(seats.values()) == max(guests.values()) == 1
    assert all(0 <= slot < 4 and 0 <= table < 3 for slot, table in seats)
    assert not {(0, 3), (2, 3)} & set(guests)
    assert sum(5 in meeting.pair for meeting in timetable.meetings) <= 1
    pairs = {meeting.pair for meeting in timetable.meetings}
    assert pairs | set(timetable.unplaced) == {one.pair for one in pairs_of(_wishes(Random(seed), guests=9, wanted=25))}


@pytest.mark.parametrize("seed", range(6))
def test_it_is_as_good_as_the_best_of_all(seed: int) -> None:
    wishes, hall = _wishes(Random(seed), guests=5, wanted=7), Hall(2, 2)
    wanted = pairs_of(wishes)
    best = max(_gain(wanted, slots) for slots in _all_timetables(wanted, hall))
    slots = held(timetable_of(wishes, hall))
    assert _gain(wanted, [slots.get(one.pair) for one in wanted]) == best


def _wishes(random: Random, *, guests: int, wanted: int) -> list[Wish]:
    asked = [random.sample(range(guests), 2) for _ in range(wanted)]
    return [Wish(asker, guest, random.randint(0, 10) / 10) for asker, guest in asked]


def _all_timetables(wanted: Sequence[Wanted], hall: Hall) -> Iterator[Sequence[int | None]]:
    for slots in product([None, *range(hall.slots)], repeat=len(wanted)):
        placed = [(one, slot) for one, slot in zip(wanted, slots, strict=True) if slot is not None]
        guests = Counter((slot, guest) for one, slot in placed for guest in one.pair)
        tables = Counter(slot for _one, slot in placed)
        if max(guests.values(), default=0) <= 1 and max(tables.values(), default=0) <= hall.tables:
            yield slots


def _gain(wanted: Sequence[Wanted], slots: Sequence[int | None]) -> tuple[int, int, int, int]:
    placed = [(one, slot) for one, slot in zip(wanted, slots, strict=True) if slot is not None]
    mutual = sum(one.is_mutual for one, _slot in placed)
    strength = sum(round(100 * one.strength) for one, _slot in placed)
    return mutual, len(placed), strength, -sum(slot for _one, slot in placed)
