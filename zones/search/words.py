"""What somebody typed becomes a question: units that a record should cover, the tokens that cover them, quoted phrases.

A unit is a Latin word or one Chinese character. A pair of characters covers both: 氮化镓外延片 is covered by a record
that has 氮化, 化镓, 外延 and 延片, whether or not 镓 stands before 外. At most 64 units, one bit each.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Final, NamedTuple

from lexicon.normalise import clean, normalise
from lexicon.synonyms import synonyms
from lexicon.tokenise import PARTS, PIECES, plain_tokens, token_weight

MAX_CHARACTERS: Final = 20_000
"""Longer texts are read up to here, as records are; the answer says that they were cut."""
MAX_UNITS: Final = 64
MAX_PHRASES: Final = 8
QUOTED: Final = re.compile(r"[\"“”]([^\"“”]+)[\"“”]|「([^」]+)」|『([^』]+)』")
WORD_GAP: Final = r"[\s-]+"


class AskedToken(NamedTuple):
    """A token of the index, its weight, and the units it covers (a bit each; none where it only adds to the score)."""

    text: str
    weight: float
    units: int


class AskedWord(NamedTuple):
    """A piece of the question as people see it, and its units."""

    text: str
    units: int


@dataclass(frozen=True, slots=True)
class Question:
    """A text as the index is asked. `is_long`: more units than bits: the most telling tokens become the units."""

    tokens: tuple[AskedToken, ...] = ()
    words: tuple[AskedWord, ...] = ()
    phrases: tuple[str, ...] = ()
    units: int = 0
    is_long: bool = False
    is_cut: bool = False

    @property
    def all_units(self) -> int:
        """The bits of all units."""
        return (1 << self.units) - 1


def read_question(text: str) -> Question:
    """Read what was typed; operators of query languages are punctuation, control characters are blanks."""
    written = clean(text)[:MAX_CHARACTERS]
    phrases = [normalise(next(filter(None, found.groups()))).strip() for found in QUOTED.finditer(written)]
    normal = normalise(written)
    units = _Units(normal)
    return Question(
        tokens=tuple(_merged(units.tokens())),
        words=tuple(units.words()) if not units.is_long else (),
        phrases=tuple(dict.fromkeys(filter(None, phrases)))[:MAX_PHRASES],
        units=0 if units.is_long else units.count,
        is_long=units.is_long,
        is_cut=len(text) > MAX_CHARACTERS,
    )


class _Units:
    """The units of a normalised text: which one stands at each character."""

    def __init__(self, normal: str) -> None:
        self.normal = normal
        self.pieces = list(PIECES.finditer(normal))
        self.mentions = self._mentions()
        self.at: dict[int, int] = {}
        self.count = 0
        seen: dict[str, int] = {}
        for start, end, token in self._written():
            unit = seen.setdefault(token, len(seen))
            self.at.update(dict.fromkeys(range(start, end), unit))
        self.count = len(seen)
        self.is_long = self.count > MAX_UNITS

    def _written(self) -> Iterator[tuple[int, int, str]]:
        """Where each unit stands, and the token by which two of the same are one."""
        for piece in self.pieces:
            if piece.group(1):
                places = range(piece.start(), piece.end())
                spans: Iterator[tuple[int, int]] = ((place, place + 1) for place in places)
            else:
                spans = ((piece.start() + part.start(), piece.start() + part.end()) for part in _parts(piece.group(2)))
            for start, end in spans:
                for token in plain_tokens(self.normal[start:end])[:1]:
                    yield start, end, token

    def covered(self, start: int, end: int) -> int:
        """The bits of the units between two places; none in a long text."""
        if self.is_long:
            return 0
        bits = 0
        for place in range(start, end):
            if place in self.at:
                bits |= 1 << self.at[place]
        return bits

    def tokens(self) -> Iterator[AskedToken]:
        for piece in self.pieces:
            found = self._characters(piece) if piece.group(1) else self._latin(piece)
            yield from found
        for term, start, end in self.mentions:
            if " " in term:
                yield AskedToken(term.replace(" ", "_"), 1.0, self.covered(start, end))

    def _characters(self, piece: re.Match[str]) -> Iterator[AskedToken]:
        """Pairs cover their characters; a single one covers itself only where it stands alone."""
        run, first = piece.group(1), piece.start()
        for place, (left, right) in enumerate(pairwise(run), start=first):
            yield AskedToken(left + right, 1.0, self.covered(place, place + 2))
        for place, character in enumerate(run, start=first):
            for token in plain_tokens(character):
                yield AskedToken(token, token_weight(token), self.covered(place, place + 1) if len(run) == 1 else 0)

    def _latin(self, piece: re.Match[str]) -> Iterator[AskedToken]:
        word, first = piece.group(2), piece.start()
        parts = _parts(word)
        if len(parts) > 1:
            for token in plain_tokens(word)[:1]:
                yield AskedToken(token, 1.0, self.covered(first, piece.end()))
        for part in parts:
            for token in plain_tokens(part.group()):
                yield AskedToken(token, 1.0, self.covered(first + part.start(), first + part.end()))

    def _mentions(self) -> list[tuple[str, int, int]]:
        """Terms of the synonym table that stand in the text, and where."""
        named = synonyms().named_in(self.normal, plain_tokens(self.normal))
        found = []
        for term in sorted(named, key=lambda name: (-len(name), name)):
            pattern = WORD_GAP.join(map(re.escape, term.split(" ")))
            found += [(term, hit.start(), hit.end()) for hit in re.finditer(pattern, self.normal)]
        return found

    def words(self) -> Iterator[AskedWord]:
        """Cut the text into words: known terms, and what stands between them."""
        cuts = set[int]()
        taken = set[int]()
        for _term, start, end in self.mentions:
            if taken.isdisjoint(range(start, end)):
                taken.update(range(start, end))
                cuts |= {start, end}
        seen = set[int]()
        for start, end in self._stretches(cuts, taken):
            units = self.covered(start, end)
            if units and units not in seen:
                seen.add(units)
                yield AskedWord(self.normal[start:end], units)

    def _stretches(self, cuts: set[int], taken: set[int]) -> Iterator[tuple[int, int]]:
        """Pieces, cut where known terms begin and end; a term of several words is one."""
        edges = {edge for piece in self.pieces for edge in piece.span()} | cuts
        inner = {place for place in edges - cuts if place in taken and place - 1 in taken}
        yield from pairwise(sorted(edges - inner))


def _parts(word: str) -> list[re.Match[str]]:
    return list(PARTS.finditer(word))


def _merged(tokens: Iterator[AskedToken]) -> Iterator[AskedToken]:
    """Each token once: the units of all its places, weighed by how often it stands there, at most three times."""
    units: dict[str, int] = {}
    weights: dict[str, list[float]] = {}
    for token in tokens:
        units[token.text] = units.get(token.text, 0) | token.units
        weights.setdefault(token.text, []).append(token.weight)
    return (AskedToken(text, sum(sorted(weights[text])[-3:]), bits) for text, bits in units.items())
