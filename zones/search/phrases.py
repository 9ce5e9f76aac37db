"""Names and keywords as people begin to type them: by their characters, by their pinyin, by their initials.

Which phrases there are, and how often, is asked for the records one may see only.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from lexicon.normalise import normalise
from lexicon.synonyms import CJK

TEXT_BYTES: Final = 72
PINYIN_BYTES: Final = 72
INITIALS_BYTES: Final = 24
IN_CONTEXT: Final = 8
"""Characters that sound in several ways are told apart in phrases up to here; longer ones are read one by one."""
AFTER_ALL: Final = b"\xff"
CJK_CHARACTER: Final = re.compile(f"[{CJK}]")
LATIN_WORD: Final = re.compile("[A-Za-z]{4,}")
NOT_LETTERS: Final = re.compile("[^a-z0-9]")


class PhraseTable(NamedTuple):
    """u phrases. written bytes[u]: as it was written; text bytes[u], ascending: in normal form; starts int64[u + 1]
    and rows int32[n]: the records of each; pinyin, initials bytes[v], ascending, with pinyin_of, initials_of int32[v]:
    the phrases that sound so.
    """

    written: NDArray[np.bytes_]
    text: NDArray[np.bytes_]
    starts: NDArray[np.int64]
    rows: NDArray[np.int32]
    pinyin: NDArray[np.bytes_]
    pinyin_of: NDArray[np.int32]
    initials: NDArray[np.bytes_]
    initials_of: NDArray[np.int32]

    def beginning(self, typed: str) -> NDArray[np.int64]:
        """The phrases that begin with what was typed, in characters or in pinyin, or whose initials do."""
        letters = NOT_LETTERS.sub("", typed)
        found = [self.starting(typed)]
        if letters and letters == typed.replace(" ", "").replace("'", ""):
            found.append(self.pinyin_of[slice(*_range(self.pinyin, letters))].astype(np.int64))
            found.append(self.initials_of[slice(*_range(self.initials, letters))].astype(np.int64))
        return np.unique(np.concatenate(found))

    def starting(self, typed: str) -> NDArray[np.int64]:
        """The phrases that begin with these characters."""
        return np.arange(*_range(self.text, typed), dtype=np.int64)

    def sounding(self, letters: str) -> NDArray[np.int64]:
        """The phrases whose pinyin or initials are exactly these letters."""
        whole = letters.encode()
        found = [
            of[np.searchsorted(sounds, whole, "left") : np.searchsorted(sounds, whole, "right")]
            for sounds, of in ((self.pinyin, self.pinyin_of), (self.initials, self.initials_of))
        ]
        return np.unique(np.concatenate(found).astype(np.int64))

    def counts(self, phrases: NDArray[np.int64], visible: NDArray[np.bool_]) -> Iterator[tuple[str, str, int]]:
        """Of the phrases that visible records hold: normal form, as written, and how many such records."""
        first, size = self.starts[phrases], self.starts[phrases + 1] - self.starts[phrases]
        begins = np.cumsum(size) - size
        rows = self.rows[np.repeat(first - begins, size) + np.arange(int(size.sum()))]
        found = np.add.reduceat(visible[rows], begins, dtype=np.int64) if rows.size else np.zeros(0, dtype=np.int64)
        for place in np.flatnonzero(found).tolist():
            phrase = int(phrases[place])
            yield self.text[phrase].decode(), self.written[phrase].decode("utf-8", "ignore"), int(found[place])


def phrase_table(records: Sequence[Sequence[str]]) -> PhraseTable:
    """Collect the phrases of records, by row, and the words of those written in several.

    A phrase that is written in two ways is two, so that nobody reads how it is written where one may not see.
    """
    rows: defaultdict[str, list[int]] = defaultdict(list)
    for row, phrases in enumerate(records):
        for phrase in dict.fromkeys(" ".join(one.split()) for one in [*phrases, *_words(phrases)]):
            rows[phrase].append(row)
    forms = {phrase: normalise(phrase) for phrase in rows}
    kept = [phrase for phrase, form in forms.items() if len(form) > 1 and len(form.encode()) < TEXT_BYTES]
    kept.sort(key=lambda phrase: (forms[phrase].encode(), phrase))
    sounds = [sound_of(forms[phrase]) if CJK_CHARACTER.search(forms[phrase]) else ("", "") for phrase in kept]
    ends = np.cumsum([0, *(len(rows[phrase]) for phrase in kept)])
    return PhraseTable(
        np.array([phrase.encode()[: 2 * TEXT_BYTES] for phrase in kept], dtype=f"S{2 * TEXT_BYTES}"),
        np.array([forms[phrase].encode() for phrase in kept], dtype=f"S{TEXT_BYTES}"),
        ends.astype(np.int64),
        np.array([row for phrase in kept for row in rows[phrase]], dtype=np.int32),
        *_sorted([pinyin for pinyin, _ in sounds], PINYIN_BYTES),
        *_sorted([initials for _, initials in sounds], INITIALS_BYTES),
    )


def _words(phrases: Sequence[str]) -> Iterator[str]:
    """Latin words of some length, by which a misspelled one is corrected."""
    return (word.lower() for phrase in phrases for word in LATIN_WORD.findall(phrase) if word != phrase)


@lru_cache(maxsize=1 << 12)
def sound_of(text: str) -> tuple[str, str]:
    """Return the toneless pinyin of a text and its initials, letters and digits only."""
    syllables = _syllables(text) if len(text) <= IN_CONTEXT else [part for one in text for part in _syllables(one)]
    return "".join(syllables), "".join(syllable[:1] for syllable in syllables)


@lru_cache(maxsize=1 << 14)
def _syllables(text: str) -> list[str]:
    from pypinyin import lazy_pinyin  # its dictionary takes half a second to load; pages that search may never ask

    return [NOT_LETTERS.sub("", syllable.lower().replace("ü", "v")) for syllable in lazy_pinyin(text)]


def _sorted(sounds: Sequence[str], size: int) -> tuple[NDArray[np.bytes_], NDArray[np.int32]]:
    kept = [place for place, sound in enumerate(sounds) if sound]
    column = np.array([sounds[place].encode()[:size] for place in kept], dtype=f"S{size}")
    order = np.argsort(column, kind="stable")
    return column[order], np.array(kept, dtype=np.int32)[order]


def _range(column: NDArray[np.bytes_], prefix: str) -> tuple[int, int]:
    first = prefix.encode()
    if not first or len(first) >= column.dtype.itemsize:
        return 0, 0
    return int(np.searchsorted(column, first)), int(np.searchsorted(column, first + AFTER_ALL))
