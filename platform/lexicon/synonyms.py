"""Terms that mean the same, from the editable table ``synonyms.csv`` (one group per row: zh;… and en;…); no spelling
rules here."""

import csv
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from lexicon.normalise import normalise

TABLE: Final = "synonyms.csv"
HERE: Final = Path(__file__).resolve()
PLACES: Final = (HERE.parents[2] / "data" / "reference", HERE.parents[1] / "zones" / "reference")
"""Where the table lies: in the source tree, or beside the installed packages."""

GAP: Final = re.compile(r"[\s-]+")
HEAD: Final = 2
LATIN_WORD: Final = re.compile(r"[a-z0-9]+")
CJK: Final = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
CJK_PAIR: Final = re.compile(rf"[{CJK}]{{{HEAD}}}")


@dataclass(frozen=True, slots=True)
class Term:
    """One way to write something, how to find it, and the other ways to write it."""

    text: str
    pattern: re.Pattern[str]
    others: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Synonyms:
    """All terms by their beginning: a text is searched only for terms whose beginning it contains.

    ``mixed_heads`` are the few beginnings of two scripts (α相), which no token of a text begins with.
    """

    terms_by_head: dict[str, tuple[Term, ...]]
    mixed_heads: tuple[str, ...]

    @classmethod
    def of(cls, groups: Iterable[Sequence[str]]) -> "Synonyms":
        """Build from groups of terms as written; a term that occurs twice stays in its first group."""
        seen: set[str] = set()
        by_head: defaultdict[str, list[Term]] = defaultdict(list)
        for group in groups:
            names = [name for name in dict.fromkeys(map(_form, group)) if len(name) >= HEAD and name not in seen]
            seen.update(names)
            for name in names if len(names) > 1 else []:
                by_head[_head(name)].append(Term(name, _pattern(name), _others(name, names)))
        mixed = tuple(sorted(head for head in by_head if not (LATIN_WORD.fullmatch(head) or CJK_PAIR.fullmatch(head))))
        return cls({head: tuple(terms) for head, terms in by_head.items()}, mixed)

    def expansions(self, normal: str, tokens: Iterable[str]) -> list[str]:
        """Return, once per mention in a normalised text, the other terms of the group; sorted by the term mentioned.

        ``tokens`` are those of the text: its pairs of CJK characters are among them, and need not be cut out again.
        """
        likely = sorted(self._likely(normal, tokens), key=lambda term: term.text)
        return [other for term in likely for _ in term.pattern.findall(normal) for other in term.others]

    def named_in(self, normal: str, tokens: Iterable[str]) -> set[str]:
        """Return the terms that stand in a normalised text, as they are normalised."""
        return {term.text for term in self._likely(normal, tokens) if term.pattern.search(normal)}

    def _likely(self, normal: str, tokens: Iterable[str]) -> Iterator[Term]:
        """The terms whose beginning the text contains."""
        heads = {*tokens, *LATIN_WORD.findall(normal), *(head for head in self.mixed_heads if head in normal)}
        return (term for head in self.terms_by_head.keys() & heads for term in self.terms_by_head[head])


@cache
def synonyms() -> Synonyms:
    """Return the table of this installation; an installation without one has no synonyms."""
    path = next((place / TABLE for place in PLACES if (place / TABLE).is_file()), None)
    return Synonyms.of(read_table(path) if path is not None else [])


def read_table(path: Path) -> list[list[str]]:
    """Read the groups of a table with columns ``zh`` and ``en``; several terms in a cell are separated by ``;``."""
    with path.open(encoding="utf-8-sig", newline="") as lines:
        return [[*row["zh"].split(";"), *row["en"].split(";")] for row in csv.DictReader(lines)]


def _form(written: str) -> str:
    return " ".join(part for part in GAP.split(normalise(written)) if part)


def _head(name: str) -> str:
    """Return what a text must contain to be searched for a term: its first two characters, or its first Latin word."""
    word = LATIN_WORD.match(name)
    return word.group() if word and name.isascii() else name[:HEAD]


def _others(name: str, names: Sequence[str]) -> tuple[str, ...]:
    """The rest of the group, and an English phrase itself too: its joined form is the token that both sides share."""
    return tuple(other for other in names if other != name or " " in other)


def _pattern(name: str) -> re.Pattern[str]:
    """A Latin term counts only where no letter or digit touches it (gan, not gang); a gap may be a space or a
    hyphen."""
    pattern = r"[\s-]+".join(map(re.escape, name.split(" ")))
    return re.compile(rf"(?<![a-z0-9]){pattern}(?![a-z0-9])" if name.isascii() else pattern)
