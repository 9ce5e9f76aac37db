"""Which numbers are hidden beside the small ones so that none of these can be computed: as few as it takes, parts
first.

Small numbers are safe in a **bundle**: hidden parts of which every sum that is told holds all or none. Whatever can be
computed from what is told can be computed from the sums of bundles; how a bundle is divided among its members, nobody
can know. A bundle has at least two members and five facts. Where a told sum holds one part and not another, either that
sum is hidden as well or another part is looked for: whatever costs less.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import reduce
from operator import and_, or_
from typing import Final

from figures.leeway import Leeway, Line, is_sum, rest_of
from figures.protection import FEWEST

COSTS: Final = {"zone": 1, "association": 10, "group": 30, "region": 30, "nation": 10_000}
"""What it costs to hide a place of a kind: zones go first, the nation last. Of two of a kind the larger costs more."""
TRIES: Final = 4
MANY: Final = 40
PLENTY: Final = 10**9
Bundle = frozenset[str]


def hidden_beside(numbers: Mapping[str, int], lines: Iterable[Line]) -> frozenset[str]:
    """The small numbers and what is hidden beside them: the cheaper of two choices. With bundles alone little is hidden
    where few numbers are small; where many are, most of them have leeway without.
    """
    lines = tuple(lines)
    found = Sums(numbers, lines, with_leeway=True)
    most = found.protect()
    if len(most) > MANY and ("nation" not in most or numbers.get("nation", 0) < FEWEST):
        return most
    other = Sums(numbers, lines, with_leeway=False)
    less = other.protect()
    return less if other.cost() <= found.cost() else most


class Sums:
    """The numbers of one figure and year with the sums they stand in; `hidden` grows until nothing can be computed.

    What a bundle holds are *atoms*: zones, and of hidden regions what lies in none of their zones (called by the code
    of the region). Sets of lines are bit masks.
    """

    def __init__(self, numbers: Mapping[str, int], lines: Iterable[Line], *, with_leeway: bool) -> None:
        self.numbers = numbers
        self._with_leeway = with_leeway
        self.hidden = {place for place, number in numbers.items() if number < FEWEST}
        self._known: tuple[set[str], Leeway] | None = None
        self._region_of: dict[str, str] = {}
        self._apart = {place: number for place, number in numbers.items() if place.startswith("region:")}
        self._sums: list[Line] = []
        self._totals: list[str] = []
        self._rests: list[int] = []
        self._held: dict[str, int] = {}
        self._masks: dict[str, int] = {}
        self._parts: dict[str, set[str]] = {}
        for line in lines:
            self._add(line[0], [part for part in line[1:] if part in numbers])
        self._tight = sum(1 << bit for bit, rest in enumerate(self._rests) if not rest)
        self._weak = sum(1 << bit for bit, rest in enumerate(self._rests) if rest < FEWEST)
        by_region = reduce(or_, (self._held[region] for region in self._held.keys() & self._apart), 0)
        self._ground = sum(
            1 << bit for bit, total in enumerate(self._totals) if total.startswith(("nation", "region:"))
        )
        self._near = self._weak & ~(self._masks.get("nation", 0) & ~by_region)
        self._told = sum(1 << bit for bit, total in enumerate(self._totals) if total not in self.hidden)

    def _add(self, total: str, parts: list[str]) -> None:
        """A line, if it is one. What its total holds that is in none of the parts is its rest: nobody outside knows it,
        so that it protects like a part.
        """
        if (
            not parts
            or total not in self.numbers
            or not is_sum(self.numbers[total], (self.numbers[part] for part in parts))
        ):
            return
        bit = 1 << len(self._totals)
        self._totals.append(total)
        self._rests.append(rest_of(self.numbers[total], (self.numbers[part] for part in parts)))
        self._sums.append((total, *parts))
        self._masks[total] = self._masks.get(total, 0) | bit
        self._parts.setdefault(total, {total}).update(parts)
        for part in parts:
            self._held[part] = self._held.get(part, 0) | bit
        if total.startswith("region:"):
            self._region_of |= dict.fromkeys(parts, total)
            self._apart[total] = self._rests[-1]

    def protect(self) -> frozenset[str]:
        """Hide what it takes. Returns all that is hidden."""
        bundles = self._merged(frozenset({atom}) for atom in self._small_atoms())
        while (bundle := next((one for one in bundles if not self._is_safe(one)), None)) is not None:
            others = [one for one in bundles if one is not bundle]
            near = self._near_by(bundle) if self._with_leeway else None
            if near is not None:
                self._hide(near)
                bundles = others
                continue
            joined = self._joined(bundle, others)
            bundles = self._merged([joined, *(one for one in others if not one <= joined)])
        return frozenset(self.hidden)

    def _is_loose(self, bundle: Bundle, more: frozenset[str] = frozenset()) -> bool:
        """Whether the small ones of a bundle have leeway as things are, with `more` hidden too. They are asked in one
        order: all processes of a site hide the same.
        """
        if more or self._known is None or self._known[0] != self.hidden:
            found = Leeway(self.numbers, self._sums, self.hidden | more)
            if not more:
                self._known = (set(self.hidden), found)
        else:
            found = self._known[1]
        return all(found.has(atom, FEWEST) for atom in sorted(bundle) if self._number(atom) < FEWEST)

    def _near_by(self, bundle: Bundle) -> set[str] | None:
        """A zone that is enough to hide, with its region where it must: of those in the most sums of the bundle the
        smallest. Nothing where the bundle has leeway as things are.
        """
        if self._is_loose(bundle):
            return set()
        near, atom = reduce(or_, map(self._lines, bundle)), min(bundle)
        told = [zone for zone in self._held if zone.startswith("zone:") and zone not in self.hidden]
        told.sort(key=lambda zone: (-(self._held[zone] & near).bit_count(), self.numbers[zone], zone))
        ways = [frozenset(self._dividing({atom, zone}, self._ground)) for zone in told[:TRIES]]
        cheapest = sorted((way for way in ways if "nation" not in way), key=lambda way: (self._cost(way), sorted(way)))
        return next((set(way) for way in cheapest if self._is_loose(bundle, way)), None)

    def _small_atoms(self) -> list[str]:
        """Small zones, and small regions with facts in none of their zones only."""
        apart = self._apart.keys() - self._region_of.values()
        return sorted(place for place in self.hidden if place.startswith("zone:") or place in apart)

    def _merged(self, bundles: Iterable[Bundle]) -> list[Bundle]:
        """Those in the same lines as one; the smallest first."""
        found: dict[frozenset[int], Bundle] = {}
        for bundle in bundles:
            lines = frozenset(map(self._loose_lines, bundle))
            found[lines] = found.get(lines, Bundle()) | bundle
        return sorted(found.values(), key=lambda bundle: (self._size(bundle), sorted(bundle)))

    def _is_safe(self, bundle: Bundle) -> bool:
        """Whether five values remain for each small member, and for the small totals that hold the bundle."""
        tight = set(map(self._lines, bundle))
        if len(tight) > 1:
            return False
        is_bound = tight != {0}
        if is_bound and any(self.numbers[total] < FEWEST and bundle <= held for total, held in self._parts.items()):
            return False
        return all(self._is_wide(atom, bundle, is_bound=is_bound) for atom in bundle if self._number(atom) < FEWEST)

    def _is_wide(self, atom: str, bundle: Bundle, *, is_bound: bool) -> bool:
        """Whether an atom may have five values: by what it exchanges with the others, or with the rests of its lines
        where none is without one.
        """
        number, others, own = self._number(atom), bundle - {atom}, self._loose_lines(atom)
        if not is_bound:
            return number + self._least(own) + self._size(one for one in others if self._holds(one, own)) >= FEWEST
        size = self._size(bundle)
        most = min(number + self._taken(atom, others), self._most(atom))
        fewest = max(number - self._given(atom, others), size - sum(map(self._most, others)))
        return size >= FEWEST and most - fewest >= FEWEST - 1

    def _holds(self, atom: str, lines: int) -> bool:
        return not lines & ~self._loose_lines(atom)

    def _taken(self, atom: str, others: Bundle) -> int:
        """How much an atom can take from the others: no more than the rest of a line that holds it and not them."""
        own = self._loose_lines(atom)
        room = {one: self._least(own & ~self._loose_lines(one)) for one in others}
        near = [one for one in others if room[one] >= FEWEST]
        most = min(self._size(near), min((room[one] for one in near), default=0))
        return max([most, *(min(room[one], self._number(one)) for one in others)])

    def _given(self, atom: str, others: Bundle) -> int:
        """How much it can give them."""
        own = self._loose_lines(atom)
        room = [self._least(self._loose_lines(one) & ~own) for one in others]
        return min(self._number(atom), max(room, default=0))

    def _least(self, lines: int) -> int:
        """The smallest rest."""
        return min((self._rests[bit] for bit in _bits(lines)), default=PLENTY)

    def _most(self, atom: str) -> int:
        """No part is larger than a total that holds it."""
        return min((self.numbers[self._totals[bit]] for bit in _bits(self._loose_lines(atom))), default=PLENTY)

    def _joined(self, bundle: Bundle, others: list[Bundle]) -> Bundle:
        """Hide the cheapest that makes the bundle safe, with another part; where nothing does, what is cheapest."""
        taken = {atom for one in (bundle, *others) for atom in one}
        ways = [
            (self._cost(more), sorted(other), more)
            for other in (*others, *self._partners(taken))
            for lines in (self._tight, self._tight | self._near, self._weak)
            for more in [self._dividing(bundle | other, lines)]
        ]
        near = reduce(or_, map(self._loose_lines, bundle)) & self._weak
        ways += [(self._cost({total}), [], {total}) for total in {self._totals[bit] for bit in _bits(near)}]
        ways.sort(key=lambda way: (*way[:2], sorted(way[2])))
        _, other, more = next((way for way in ways if self._would_be_safe(bundle.union(way[1]), way[2])), ways[0])
        if "nation" in more and (others_told := sorted(self.numbers.keys() - self.hidden - {"nation"})):
            other, more = [], {min(others_told, key=lambda place: self._cost({place}))}
        self._hide(more)
        return bundle.union(other)

    def _would_be_safe(self, bundle: Bundle, more: set[str]) -> bool:
        hidden, told = set(self.hidden), self._told
        self._hide(more)
        is_safe = self._is_safe(bundle)
        self.hidden, self._told = hidden, told
        return is_safe

    def _partners(self, taken: set[str]) -> Iterator[Bundle]:
        """Of the atoms in no bundle the cheapest of each kind."""
        found: dict[tuple[int, str], str] = {}
        for atom in sorted(self._atoms(), key=lambda one: (one not in self.hidden, self._number(one), one)):
            if atom not in taken:
                found.setdefault(self._kind(atom), atom)
        return (frozenset({atom}) for atom in found.values())

    def _atoms(self) -> Iterator[str]:
        yield from (place for place in self._held if place.startswith("zone:"))
        yield from (region for region, number in self._apart.items() if number and region in self._held)

    def _kind(self, atom: str) -> tuple[int, str]:
        return self._held.get(atom, 0), self._region(atom)

    def _dividing(self, atoms: Iterable[str], lines_that_count: int) -> set[str]:
        """What is to be hidden until the atoms stand in the same of these lines; themselves too."""
        kinds = {self._kind(atom): atom for atom in atoms}
        more = {atom for atom in atoms if atom not in self.hidden}
        while True:
            lines = {atom: self._loose_lines(atom, more) & lines_that_count for atom in kinds.values()}
            differing = reduce(or_, lines.values()) & ~reduce(and_, lines.values())
            if not differing:
                return more
            more.add(self._divider(lines, next(_bits(differing)), more))

    def _divider(self, lines: Mapping[str, int], bit: int, more: set[str]) -> str:
        """The region by which one stands in the line and another does not; else the total of the line."""
        told = {self._region(atom) for atom, found in lines.items() if not found >> bit & 1} - self.hidden - more
        near = [region for region in told if self._held.get(region, 0) >> bit & 1]
        return min(near, default=self._totals[bit])

    def cost(self) -> int:
        """Of all that is hidden."""
        return self._cost(self.hidden)

    def _cost(self, places: Iterable[str]) -> int:
        """In thousandths."""
        whole = self.numbers.get("nation", 1)
        return sum(COSTS[place.partition(":")[0]] * (1000 + 1000 * self.numbers[place] // whole) for place in places)

    def _hide(self, places: set[str]) -> None:
        self.hidden |= places
        for place in places:
            self._told &= ~self._masks.get(place, 0)

    def _lines(self, atom: str, more: Collection[str] = ()) -> int:
        """The told lines without a rest that hold an atom, with `more` hidden too."""
        return self._loose_lines(atom, more) & self._tight

    def _loose_lines(self, atom: str, more: Collection[str] = ()) -> int:
        """Also those with a rest. An atom of a hidden region stands in the lines of the region."""
        region, found = self._region(atom), self._held.get(atom, 0)
        if region in self.hidden or region in more:
            found |= self._held.get(region, 0)
        for place in more:
            found &= ~self._masks.get(place, 0)
        return found & self._told

    def _region(self, atom: str) -> str:
        return atom if atom.startswith("region:") else self._region_of.get(atom, "")

    def _number(self, atom: str) -> int:
        return self._apart[atom] if atom in self._apart else self.numbers[atom]

    def _size(self, atoms: Iterable[str]) -> int:
        return sum(map(self._number, atoms))


def _bits(mask: int) -> Iterator[int]:
    while mask:
        low = mask & -mask
        yield low.bit_length() - 1
        mask ^= low
