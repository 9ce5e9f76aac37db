"""Which stretches of Chinese text are words: what people wrote as a keyword, what the table of synonyms names, and what
these leave of each other. No dictionary and no guess: 储能电 of 储能电芯 is nobody's word.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from typing import Final, NamedTuple

from lexicon.normalise import normalise
from lexicon.synonyms import CJK, synonyms
from lexicon.tokenise import plain_tokens

HAN_RUN: Final = re.compile(rf"(?<![\d{CJK}])[{CJK}]+")
"""Behind a digit stands a unit: 英寸 of 8英寸 says nothing alone."""

JOINED_RUN: Final = re.compile(rf"(?:(?![的与及或和])[{CJK}])+")
"""A run of characters without those that join words. (饱和 and 共和 are lost by it; 与颗粒 is nobody's word.)"""

SUFFIXES: Final = "厂机器仪台线室站炉泵阀率度性化法剂料层膜片体品件型级类区"
"""They end a word of three characters or more, and a known term does not end before one: 污水处理厂, not 厂曝气."""

COMPOUND: Final = 4
"""A keyword of four characters is two words of two: 缺陷检测, 激光焊接."""

UNIT: Final = {0, 1}
"""Characters of a run behind a digit that are its unit: 8英寸, 3.35米, 5吨级."""

LONGEST: Final = 8
LITERAL: Final = 4
"""Characters from which a stretch with one certain end is a word where the other side has it to the letter."""


class Run(NamedTuple):
    """Chinese characters between all that parts words for certain; behind a digit its beginning is no word's."""

    text: str
    is_behind_digit: bool


def known_terms(keywords: Iterable[str], text: str) -> frozenset[str]:
    """Return the Chinese words that keywords name, what these leave of each other (储能电芯 less 储能 gives 电芯), and
    the terms of the synonym table that stand in the text.
    """
    runs = {run for keyword in keywords for run in HAN_RUN.findall(normalise(keyword))}
    normal = normalise(text)
    listed = {term for term in synonyms().named_in(normal, plain_tokens(normal)) if HAN_RUN.fullmatch(term)}
    whole = {run for run in runs | listed if len(run) > 1}
    halves = {half for run in runs if len(run) == COMPOUND for half in (run[:2], run[2:])}
    return frozenset(whole | halves | _rests(whole))


def runs_of(text: str) -> list[Run]:
    """Return the runs of a text in which a word may stand."""
    normal = normalise(text)
    found = (run for run in JOINED_RUN.finditer(normal) if len(run.group()) > 1)
    return [Run(run.group(), normal[: run.start()][-1:].isdigit()) for run in found]


def stretches(
    run: Run, is_shared: Callable[[str], bool], known: Iterable[str], *, taken: Iterable[str], theirs: str
) -> Iterator[str]:
    """Yield the longest words of a run that are shared, pair by pair, outside the words ``taken`` already.

    A word begins and ends where the run or a known term does. Where only one end is certain, the word must end with a
    suffix, or ``theirs`` (what the other side wrote) have it to the letter; where none is, it is four characters.
    """
    text = run.text
    ends = _certain_ends(run, known)
    covered = {place for word in taken for start, end in _places(text, word) for place in range(start, end)}
    covered |= UNIT if run.is_behind_digit else set()
    for start, end in _shared_intervals(text, is_shared, covered):
        yield from _words(text, start, end, ends, theirs)


def _certain_ends(run: Run, known: Iterable[str]) -> set[int]:
    """Where in a run a word may begin or end: at its own ends and at those of known terms."""
    ends = {len(run.text)} if run.is_behind_digit else {0, len(run.text)}
    for start, end in (place for term in known for place in _places(run.text, term)):
        has_suffix = run.text[end : end + 1] in tuple(SUFFIXES)
        ends |= {start, end + 1 if has_suffix else end}
    return ends


def _rests(words: Iterable[str]) -> set[str]:
    """What one word leaves of a longer one that begins or ends with it."""
    known = list(words)
    pairs = [(longer, word) for longer in known for word in known if len(longer) >= len(word) + 2]
    after = {longer.removeprefix(word) for longer, word in pairs if longer.startswith(word)}
    return after | {longer.removesuffix(word) for longer, word in pairs if longer.endswith(word)}


def _places(run: str, word: str) -> Iterator[tuple[int, int]]:
    start = run.find(word)
    while start >= 0:
        yield start, start + len(word)
        start = run.find(word, start + 1)


def _shared_intervals(run: str, is_shared: Callable[[str], bool], covered: set[int]) -> Iterator[tuple[int, int]]:
    """Where all pairs of neighbours are shared and no character is covered, as long as possible."""
    start = 0
    for place in range(1, len(run) + 1):
        goes_on = place < len(run) and {place - 1, place}.isdisjoint(covered) and is_shared(run[place - 1 : place + 1])
        if not goes_on:
            if place - start > 1:
                yield start, place
            start = place


def _words(text: str, start: int, end: int, ends: set[int], theirs: str) -> Iterator[str]:
    """The longest word of an interval, then those before and behind it."""
    spans = [
        (first, last)
        for first in range(start, end - 1)
        for last in range(first + 2, min(end, first + LONGEST) + 1)
        if _is_word(text[first:last], (first in ends) + (last in ends), theirs)
    ]
    if not spans and end - start == COMPOUND:
        yield text[start:end]
    if not spans:
        return
    first, last = max(spans, key=lambda span: (span[1] - span[0], -span[0]))
    yield text[first:last]
    yield from _words(text, start, first, ends, theirs)
    yield from _words(text, last, end, ends, theirs)


def _is_word(text: str, certain_ends: int, theirs: str) -> bool:
    if certain_ends == 1 and len(text) > 2:
        return text[-1] in SUFFIXES or (len(text) >= LITERAL and text in theirs)
    return certain_ends == 2
