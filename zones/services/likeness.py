"""Records of one zone that are likely the same: by number, by name and model, by nearly the same words."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import combinations
from typing import Any, Final, NamedTuple

from lexicon.normalise import normalise
from zones.choices import ResourceStatus
from zones.models import Organization, Resource, SeparatePair, Zone
from zones.scoping import Principal

NEIGHBORS: Final = 12
"""With how many of its neighbors in the order of names a record is compared (sorted neighborhood; Hernández and Stolfo,
The merge/purge problem, SIGMOD 1995)."""
ALIKE: Final = 0.72
"""Share of common pairs of characters (Jaccard) from which on two names are alike."""
PAIRS_AT_MOST: Final = 50
SAME_GROUP_AT_MOST: Final = 6
MARKS: Final = re.compile(r"[\W_]+")
DIGITS: Final = re.compile(r"\d+")
COMPANY: Final = re.compile(r"(?:股份|有限|责任|公司|集团|总公司)+$|\((?:中国|集团)\)")


class Named(NamedTuple):
    """A record as it is compared: `group` holds what must be equal, `number` its number in another system."""

    id: int
    public_id: Any
    group: str
    name: str
    number: str


class Pair(NamedTuple):
    """Two records by id and why they are likely one: same_number, same_name or alike."""

    first: int
    second: int
    reason: str
    share: float


def likely_resources(principal: Principal, zone: Zone) -> list[Pair]:
    """Pairs of the zone's resources that the principal may edit."""
    rows = Resource.objects.editable_by(principal).filter(zone=zone).exclude(status=ResourceStatus.RETIRED)
    columns = ("pk", "public_id", "kind", "name_zh", "equipmentdetail__model", "external_id")
    named = [
        Named(pk, public_id, kind, _key(f"{name} {model or ''}"), _key(number))
        for pk, public_id, kind, name, model, number in rows.order_by("pk").values_list(*columns)
    ]
    return _likely(named, principal, zone)


def likely_organizations(principal: Principal, zone: Zone) -> list[Pair]:
    """Pairs of the zone's organizations that the principal may edit."""
    rows = Organization.objects.editable_by(principal).filter(zone=zone)
    named = [
        Named(pk, public_id, "", _key(COMPANY.sub("", normalise(name))), "")
        for pk, public_id, name in rows.order_by("pk").values_list("pk", "public_id", "name_zh")
    ]
    return _likely(named, principal, zone)


def _likely(rows: Sequence[Named], principal: Principal, zone: Zone) -> list[Pair]:
    """Surest first, each pair once, without those somebody told apart."""
    separate = set(SeparatePair.objects.visible_to(principal).filter(zone=zone).values_list("first", "second"))
    keys = {row.id: row.public_id for row in rows}
    found: dict[tuple[int, int], Pair] = {}
    for pair in _candidates(rows):
        known = tuple(sorted((keys[pair.first], keys[pair.second])))
        if known not in separate:
            found.setdefault((pair.first, pair.second), pair)
    return sorted(found.values(), key=lambda pair: (-pair.share, pair.first, pair.second))[:PAIRS_AT_MOST]


def _candidates(rows: Sequence[Named]) -> Iterator[Pair]:
    yield from _same(rows, "same_number", lambda row: row.number)
    yield from _same(rows, "same_name", lambda row: row.name)
    for order in (lambda row: (row.group, row.name), lambda row: (row.group, row.name[::-1])):
        yield from _near(sorted(rows, key=order))


def _same(rows: Iterable[Named], reason: str, key_of: Callable[[Named], str]) -> Iterator[Pair]:
    groups: dict[tuple[str, str], list[int]] = {}
    for row in rows:
        if key := key_of(row):
            groups.setdefault((row.group, key), []).append(row.id)
    for ids in groups.values():
        for first, second in combinations(ids[:SAME_GROUP_AT_MOST], 2):
            yield Pair(first, second, reason, 1.0)


def _near(rows: Sequence[Named]) -> Iterator[Pair]:
    """Neighbors with nearly the same words; two that differ in a number are two machines of a series."""
    words = [(row, _bigrams(row.name), DIGITS.findall(row.name)) for row in rows]
    for index, (row, pairs, digits) in enumerate(words):
        for other, others, their_digits in words[index + 1 : index + 1 + NEIGHBORS]:
            if row.group == other.group and digits == their_digits and (share := _jaccard(pairs, others)) >= ALIKE:
                first, second = sorted((row.id, other.id))
                yield Pair(first, second, "alike", share)


def _key(text: str) -> str:
    return MARKS.sub("", normalise(text))


def _bigrams(text: str) -> frozenset[str]:
    return frozenset(text[at : at + 2] for at in range(len(text) - 1))


def _jaccard(mine: frozenset[str], theirs: frozenset[str]) -> float:
    both = len(mine & theirs)
    return both / (len(mine) + len(theirs) - both) if both else 0.0
