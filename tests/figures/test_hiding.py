"""What is not told cannot be computed from what is: checked by solving every sum that is published, not by the rule."""

from collections import Counter
from datetime import date
from fractions import Fraction
from random import Random

import pytest

from figures.geography import read_geography
from figures.hiding import hidden_places, lines_of, whole_places
from figures.leeway import Line
from figures.protection import FEWEST
from tests.conftest import World, principal_of
from tests.figures.attacking import Attack
from zones.models import Membership
from zones.services.places import MADE_UP

ZONES = [f"zone:{letter}" for letter in "abcdefgh"]


def lines() -> tuple[Line, ...]:
    """Two regions, a group of both, and associations across them."""
    return (
        ("nation", *ZONES), ("nation", "region:1", "region:2"), ("region:1", *ZONES[:4]), ("region:2", *ZONES[4:]),
        ("association:x", *ZONES[:3], ZONES[6]), ("association:y", *ZONES[2:6]), ("association:z", *ZONES[1:]),
    )  # fmt: skip


def numbers(choose: Random) -> dict[str, int]:
    """Each fact in one zone, so that every sum is exact: what is easiest to compute."""
    zones = {zone: choose.choice((0, 1, 3, 6, 9, 40)) for zone in ZONES}
    return zones | {
        line[0]: sum(zones[zone] for zone in line[1:] if zone in zones)
        for line in lines()
        if "region:1" not in line[1:]
    }


def solved(hidden: frozenset[str]) -> set[str]:
    """Hidden numbers that the equations determine, by elimination in exact fractions; zeros are taken as known."""
    unknown = sorted(hidden)
    rows = []
    for total, *parts in lines():
        row = [Fraction((place in parts) - (place == total)) for place in unknown]
        rows.append(row)
    for column in range(len(unknown)):
        pivot = next((row for row in rows if row[column] and not any(row[:column])), None)
        if pivot is None:
            continue
        scale = pivot[column]
        pivot[:] = [value / scale for value in pivot]
        for row in rows:
            if row is not pivot and row[column]:
                factor = row[column]
                row[:] = [value - factor * other for value, other in zip(row, pivot, strict=True)]
    alone = [[place for place, value in zip(unknown, row, strict=True) if value] for row in rows]
    return {places[0] for places in alone if len(places) == 1}


def test_no_hidden_number_can_be_computed_from_the_sums() -> None:
    choose = Random(20261127)
    told = 0
    for _ in range(60):
        counts = numbers(choose)
        hidden = hidden_places(frozenset(counts.items()), lines())
        assert {place for place, count in counts.items() if count < FEWEST} <= hidden
        computed = solved(frozenset(place for place in hidden if counts[place]))
        assert not [place for place in computed if counts[place] < FEWEST], (counts, hidden)
        for total, *parts in lines():
            gone = [counts[part] for part in parts if part in hidden and counts[part]]
            assert total in hidden or not gone or (len(gone) > 1 and sum(gone) >= FEWEST), (counts, hidden)
        told += len(counts) - len(hidden)
    assert told > 60  # something is still told


class Country:
    """Zones in regions, regions in groups, associations across all of it; and facts in any of them."""

    def __init__(self, choose: Random) -> None:
        regions = [f"region:{number}" for number in range(choose.randint(1, 5))]
        self.zones = [f"zone:{number}" for number in range(choose.randint(1, 12))]
        of = {zone: choose.choice(regions) for zone in self.zones}
        groups = [choose.sample(regions, choose.randint(1, len(regions))) for _ in range(choose.randint(0, 2))]
        members = [choose.sample(self.zones, choose.randint(1, len(self.zones))) for _ in range(choose.randint(0, 5))]
        self.lines: tuple[Line, ...] = (
            ("nation", *self.zones), ("nation", *regions),
            *((region, *(zone for zone in self.zones if of[zone] == region)) for region in regions),
            *((f"group:{i}", *group) for i, group in enumerate(groups)),
            *((f"group:{i}", *(zone for zone in self.zones if of[zone] in group)) for i, group in enumerate(groups)),
            *((f"association:{i}", *zones) for i, zones in enumerate(members)),
        )  # fmt: skip
        self.regions = regions

    def facts(self, choose: Random, most: int, *, overlap: bool, apart: bool) -> Counter[str]:
        """Each in a zone; if told so also in two, or in a region or association but no zone."""
        counts: Counter[str] = Counter()
        weights = [choose.choice((1, 1, 5, 30)) for _ in self.zones]
        for _ in range(choose.randint(1, most)):
            held = set(choose.choices(self.zones, weights, k=choose.choice((1, 1, 2)) if overlap else 1))
            if apart and choose.random() < 0.2:
                held = {choose.choice([*self.regions, "association:0", "nation"])}
            counts.update({"nation"} | self._around(held))
        return Counter({place: count for place, count in counts.items() if place in self.places})

    def _around(self, held: set[str]) -> set[str]:
        regions = held | {total for total, *parts in self.lines if held.intersection(parts)}
        return regions | {total for total, *parts in self.lines if regions.intersection(parts)}

    @property
    def places(self) -> set[str]:
        return {place for line in self.lines for place in line}


@pytest.mark.parametrize(("overlap", "apart"), [(False, False), (True, False), (False, True), (True, True)])
def test_five_values_are_left_for_every_small_number_whatever_a_stranger_computes(overlap: bool, apart: bool) -> None:
    choose = Random(f"{overlap} {apart}")
    kinds: Counter[str] = Counter()
    told = 0
    for _ in range(25):
        country = Country(choose)
        counts = country.facts(choose, choose.choice((8, 30, 200)), overlap=overlap, apart=apart)
        hidden = hidden_places(frozenset(counts.items()), country.lines)
        attack = Attack(counts, country.lines, hidden)
        for place in (one for one, count in counts.items() if count < FEWEST):
            assert place in hidden
            assert attack.values_left(place) >= FEWEST - 1e-6, (place, dict(counts), country.lines, hidden)
        kinds.update(place.partition(":")[0] for place in hidden if counts[place] >= FEWEST)
        told += "nation" in counts.keys() - hidden
    assert kinds["nation"] <= apart * told // 10
    assert kinds["zone"] > kinds["group"]


def test_the_check_finds_what_a_rule_of_single_lines_would_give_away() -> None:
    """Each line has two hidden numbers or none, and two lines together still tell one."""
    some = (
        ("nation", "zone:a", "zone:b", "zone:c"),
        ("association:x", "zone:a", "zone:b"),
        ("group:y", "zone:c", "zone:d"),
    )
    counts = {"nation": 46, "association:x": 6, "group:y": 43, "zone:a": 3, "zone:b": 3, "zone:c": 40, "zone:d": 3}
    by_lines = Attack(counts, some, frozenset({"zone:a", "zone:b", "zone:c", "zone:d"}))
    assert by_lines.values_left("zone:d") == pytest.approx(1)
    hidden = hidden_places(frozenset(counts.items()), some)
    assert hidden == {"zone:a", "zone:b", "zone:d", "group:y"}
    assert min(Attack(counts, some, hidden).values_left(place) for place in hidden) >= FEWEST


def test_where_all_is_large_all_is_told_and_where_parts_are_not_the_whole_they_stay_hidden() -> None:
    counts = dict.fromkeys(["nation", "region:1", "region:2", *ZONES], 40)
    some = (("nation", *ZONES),)
    assert hidden_places(frozenset(counts.items()), some) == set()
    counts = {"nation": 100, "zone:a": 3}
    assert hidden_places(frozenset(counts.items()), some) == set(ZONES)


@pytest.mark.django_db
def test_lines_are_the_places_as_they_were_on_the_day(world: World) -> None:
    geography = read_geography(samples=False)
    found = {line[0]: line[1:] for line in lines_of(geography, date(2026, 6, 1)) if line[0].startswith("association:")}
    assert found["association:alliance"] == ("zone:east", "zone:west")
    Membership.objects.filter(zone=world.west).update(confidence=MADE_UP)
    found = {line[0]: line[1:] for line in lines_of(read_geography(samples=False), date(2026, 6, 1))}
    assert found["association:alliance"] == ("zone:east",)  # made-up members are samples
    assert geography == read_geography(samples=True)
    Membership.objects.filter(zone=world.west).update(left_on=date(2026, 5, 1), confidence="")
    found = {line[0]: line[1:] for line in lines_of(read_geography(samples=False), date(2026, 6, 1))}
    assert found["association:alliance"] == ("zone:east",)


@pytest.mark.django_db
def test_everything_is_told_of_the_own_zone_and_association(world: World) -> None:
    geography = read_geography(samples=False)
    assert "zone:east" in whole_places(principal_of(world.ana), geography)
    assert whole_places(principal_of(world.lin), geography) == set()
    assert "association:alliance" in whole_places(principal_of(world.bo), geography)
