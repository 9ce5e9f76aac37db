"""What to try when a question finds little: pinyin read as characters, other spellings, what to drop."""

from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import get_close_matches
from itertools import islice
from typing import Final

from lexicon.normalise import normalise
from zones.search.asking import ALL, Outcome, Pool, ask
from zones.search.facets import Narrowed
from zones.search.phrases import CJK_CHARACTER, NOT_LETTERS, sound_of
from zones.search.results import Help, Loosened
from zones.search.words import AskedWord, Question, read_question

LEAST_LETTERS: Final = 2
LEAST_SPELLED: Final = 4
ALIKE: Final = 0.75
COMPARED: Final = 4_000
MAX_WORDS: Final = 8
MAX_MEANT: Final = 3
FEW: Final = 3
"""Fewer records than this, and other spellings are looked for."""
ReadAs = tuple[tuple[str, str], ...]


def reread(pools: Sequence[Pool], outcome: Outcome, words: str) -> tuple[Outcome, ReadAs]:
    """Read Latin words that stand in no record one may see as pinyin or initials of a phrase that does.

    Returns the outcome of the question so read, and how: (what was typed, what it was read as), the last pair whole.
    """
    if (outcome.level == ALL and outcome.total) or not outcome.question.words:
        return outcome, ()
    whole = " ".join(normalise(words).split())
    typed = [whole] if whole.isascii() else []
    typed += [word.text for word in _unknown(outcome) if word.text.isascii()]
    for text in dict.fromkeys(typed):
        phrase = _sounding(pools, NOT_LETTERS.sub("", text))
        if phrase:
            replaced = whole.replace(text, f" {phrase} ").strip()
            again = ask(pools, read_question(replaced))
            pairs = ((text, phrase),) if replaced == phrase else ((text, phrase), (whole, replaced))
            return again, pairs
    return outcome, ()


def help_for(outcome: Outcome, narrowed: Narrowed, words: str, read_as: ReadAs) -> Help:
    """What to try instead; nothing where enough was found."""
    is_whole = outcome.level == ALL and outcome.total >= FEW
    return Help(
        did_you_mean=() if is_whole or read_as else tuple(_meant(outcome, words)),
        words=tuple(_without_words(outcome)) if outcome.level != ALL or not outcome.total else (),
        facets=tuple(_without_facets(narrowed)) if not narrowed.total else (),
    )


def _unknown(outcome: Outcome) -> list[AskedWord]:
    """Words of the question none of whose tokens stands in any record one may see."""
    known = 0
    for token in outcome.question.tokens:
        if outcome.known.get(token.text):
            known |= token.units
    return [word for word in outcome.question.words if not word.units & known]


def _sounding(pools: Sequence[Pool], letters: str) -> str:
    """The phrase most records hold that is spelled so in pinyin or initials; empty where there is none."""
    if len(letters) < LEAST_LETTERS:
        return ""
    counts: Counter[str] = Counter()
    for pool in pools:
        table = pool.segment.phrases
        for form, _written, count in table.counts(table.sounding(letters), pool.visible):
            counts[form] += count
    return min(counts, key=lambda form: (-counts[form], len(form), form)) if counts else ""


def _meant(outcome: Outcome, words: str) -> Iterator[str]:
    """The question with one word spelled as others spell it."""
    if not outcome.question.words:
        return
    whole = " ".join(normalise(words).split())
    lacking = _unknown(outcome) or list(outcome.question.words)[:1]
    for word in lacking[:MAX_MEANT]:
        for spelling in _spellings(outcome.pools, word.text):
            if spelling != word.text:
                yield whole.replace(word.text, spelling, 1)


def _spellings(pools: Sequence[Pool], word: str) -> list[str]:
    if CJK_CHARACTER.search(word):
        phrase = _sounding(pools, sound_of(word)[0]) if len(word) > 1 else ""
        return [phrase] if phrase else []
    if len(word) < LEAST_SPELLED:
        return []
    known: set[str] = set()
    for pool in pools:
        table = pool.segment.phrases
        alike = islice(table.counts(table.starting(word[:1]), pool.visible), COMPARED)
        known |= {form for form, _written, _count in alike if form.isascii() and " " not in form}
    return get_close_matches(word, sorted(known), n=MAX_MEANT, cutoff=ALIKE)


def _without_words(outcome: Outcome) -> Iterator[Loosened]:
    """Which word to drop so that records cover all the others."""
    question: Question = outcome.question
    if not 2 <= len(question.words) <= MAX_WORDS:
        return
    for word in question.words:
        count = outcome.covering(question.all_units & ~word.units)
        if count:
            yield Loosened(word.text, count)


def _without_facets(narrowed: Narrowed) -> Iterator[Loosened]:
    for name, count in narrowed.without.items():
        if count:
            yield Loosened(name, count)
