"""Where the words of a question stand in a text: pieces of it, each a hit or not. Templates and serializers escape
them as any other text.
"""

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate, groupby, pairwise
from typing import Final, NamedTuple
from unicodedata import is_normalized

from lexicon.normalise import clean, normalise
from lexicon.synonyms import CJK, synonyms
from lexicon.tokenise import PARTS, PIECES, STOP_WORDS, plain_tokens, stem

FRAGMENT_CHARACTERS: Final = 120
BEFORE_HIT: Final = 24
READ_CHARACTERS: Final = 1_000
GAP: Final = "…"
CJK_RUN: Final = re.compile(f"[{CJK}]+")
MAX_TERMS: Final = 400


class Piece(NamedTuple):
    """A stretch of a text."""

    text: str
    is_hit: bool


Pieces = tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Marker:
    """What is marked: pairs of Chinese characters, stems of Latin words, and other names of what was asked for."""

    pairs: frozenset[str]
    stems: frozenset[str]
    names: re.Pattern[str] | None

    def mark(self, text: str) -> Pieces:
        """Return the whole text in pieces."""
        return _pieces(text, self._flags(text))

    def fragment(self, text: str) -> Pieces:
        """Return the stretch of a text with the most hits; its beginning where there is none."""
        read = clean(text)[:READ_CHARACTERS]
        flags = self._flags(read)
        if len(read) <= FRAGMENT_CHARACTERS:
            return _pieces(read, flags)
        first = _densest(flags)
        last = min(first + FRAGMENT_CHARACTERS, len(read))
        before = (Piece(GAP, False),) if first else ()
        after = (Piece(GAP, False),) if last < len(text) else ()
        return (*before, *_pieces(read[first:last], flags[first:last]), *after)

    def _flags(self, text: str) -> list[int]:
        """1 for every character of the text that is part of a hit."""
        normal, origin = _traced(text)
        flags = [0] * len(text)
        for start, end in self._hits(normal):
            for place in range(origin[start], origin[end - 1] + 1):
                flags[place] = 1
        return flags

    def _hits(self, normal: str) -> list[tuple[int, int]]:
        hits = [found.span() for found in self.names.finditer(normal)] if self.names else []
        for run in CJK_RUN.finditer(normal):
            first = run.start()
            hits += [
                (first + place, first + place + 2)
                for place, pair in enumerate(pairwise(run.group()))
                if "".join(pair) in self.pairs
            ]
        for piece in PIECES.finditer(normal):
            parts = PARTS.finditer(normal, *piece.span(2)) if piece.group(2) else ()
            hits += [part.span() for part in parts if stem(part.group()) in self.stems]
        return hits


def marker_of(question: str) -> Marker:
    """Return what to mark for a question."""
    normal = normalise(question[:READ_CHARACTERS])
    tokens = plain_tokens(normal)[:MAX_TERMS]
    pairs = {token for token in tokens if len(token) == 2 and CJK_RUN.fullmatch(token)}
    alone = {run for run in CJK_RUN.findall(normal) if len(run) == 1 and run not in STOP_WORDS}
    stems = {token for token in tokens if token.isascii() and PARTS.fullmatch(token)}
    names = [*synonyms().expansions(normal, tokens), *alone]
    return Marker(frozenset(pairs), frozenset(stems), _any_of(names))


def _pieces(text: str, flags: Sequence[int]) -> Pieces:
    runs = [(flag, len(list(run))) for flag, run in groupby(flags)]
    ends = accumulate(length for _flag, length in runs)
    return tuple(Piece(text[end - length : end], bool(flag)) for (flag, length), end in zip(runs, ends, strict=True))


def _any_of(names: Sequence[str]) -> re.Pattern[str] | None:
    """A Latin name counts only where no letter or digit touches it."""
    if not names:
        return None
    patterns = []
    for name in sorted(set(names), key=lambda one: (-len(one), one)):
        spaced = r"[\s-]+".join(map(re.escape, name.split(" ")))
        patterns.append(rf"(?<![a-z0-9]){spaced}(?![a-z0-9])" if name.isascii() else spaced)
    return re.compile("|".join(patterns))


def _traced(text: str) -> tuple[str, Sequence[int]]:
    """Return a text in normal form, and for each of its characters the place it comes from."""
    normal = normalise(text)
    if len(normal) == len(text) and is_normalized("NFC", text):
        return normal, range(len(text))
    parts = [_normal_character(character) for character in text]
    origin = [place for place, part in enumerate(parts) for _ in part]
    return "".join(parts), origin


@lru_cache(maxsize=1 << 14)
def _normal_character(character: str) -> str:
    return normalise(character)


def _densest(flags: Sequence[int]) -> int:
    """Where a fragment begins: a little before the hit from which most hits lie within its length."""
    hits = [place for place, flag in enumerate(flags) if flag]
    if not hits:
        return 0
    reach = FRAGMENT_CHARACTERS - BEFORE_HIT
    _, first = max((bisect_right(hits, place + reach) - number, -place) for number, place in enumerate(hits))
    return max(min(-first - BEFORE_HIT, len(flags) - FRAGMENT_CHARACTERS), 0)
