"""Find what in a text tells who wrote it: numbers, addresses, codes and names. No Django, no wording.

Texts are compared in half-width characters, one for one, so that a span counts characters as people typed them.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import Final

from stdnum.cn import uscc

from lexicon.normalise import normalise
from lexicon.persons import PERSON
from lexicon.synonyms import synonyms
from lexicon.tokenise import plain_tokens


class LeakKind(StrEnum):
    MOBILE = "mobile"
    LANDLINE = "landline"
    MESSENGER = "messenger"
    EMAIL = "email"
    URL = "url"
    CREDIT_CODE = "credit_code"
    PATENT = "patent"
    PERSON = "person"
    NAME = "name"


@dataclass(frozen=True, slots=True, order=True)
class Leak:
    """Characters `start` to `end` (exclusive) of `field` tell an identity."""

    field: str
    start: int
    end: int
    kind: LeakKind


PATTERNS: Final[Mapping[LeakKind, re.Pattern[str]]] = {
    LeakKind.MOBILE: re.compile(
        r"(?<![\d.])(?:\+?86[- ]?)?1[3-9]\d(?:(?P<gap>[-. ]?)\d{4}(?P=gap)\d{4})(?![\d.]\d|\d)(?! ?(?:次|nm|mm|Hz))"
    ),
    LeakKind.LANDLINE: re.compile(
        r"(?<![\d.])(?:\+?86[- ]?\(?0?|\(?0)(?:10|2\d|[3-9]\d{2})\)?[- ]?\d{3,4}[- ]?\d{4}(?:-\d{1,5})?(?!\d)"
        r"|(?<![\d.])[48]00-(?:\d{3}-\d{4}|\d{4}-\d{3}|\d{7})(?!\d)(?! ?(?:nm|mm|Hz))"
        r"|(?:电话|座机|热线|传真)(?:号码|号)?[: 为是]*\d{3,4}[- ]?\d{4}(?!\d)"
    ),
    LeakKind.MESSENGER: re.compile(
        r"(?:微信|加v|v信|扣扣|(?<![a-z])(?:wechat|weixin|vx|qq))"
        r"(?: ?(?:号码|号|群|id)[: 为是]*|[ ]*[:为是][ ]*|[ ]*(?=\d))(?:[a-z][-_a-z0-9]{5,19}|\d{5,12})",
        re.IGNORECASE,
    ),
    LeakKind.EMAIL: re.compile(r"[A-Za-z0-9._%+-]+ ?@ ?[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*\.[A-Za-z]{2,}(?![A-Za-z0-9])"),
    LeakKind.URL: re.compile(
        r"(?:https?://|www\.)[!-~]*[A-Za-z0-9/=_-]|(?<![A-Za-z0-9@._-])(?!asp\.net(?![.\w]))[A-Za-z0-9-]{2,}"
        r"(?:\.[A-Za-z0-9-]+)*\.(?:com|cn|net|org|top|tech|xyz|edu|gov|cc|vip|info|ai)(?![A-Za-z0-9-])",
        re.IGNORECASE,
    ),
    LeakKind.CREDIT_CODE: re.compile(r"(?<![0-9A-Za-z])[0-9A-Za-z]{18}(?![0-9A-Za-z])"),
    LeakKind.PATENT: re.compile(
        r"(?<![A-Za-z0-9])(?:ZL|CN) ?\d{7,13}(?:\.[\dXx]| ?[A-CSUY]\d?)?(?![0-9A-Za-z])"
        r"|(?<![0-9A-Za-z.])(?:19|20)\d{2}[1-389]\d{7}\.[\dXx](?![0-9A-Za-z])"
        r"|PCT/[A-Z]{2}\d{4}/\d{5,6}"
        r"|(?<![A-Za-z0-9])US ?(?:\d{7,8}|\d{1,2},\d{3},\d{3}) ?[AB]\d(?![0-9A-Za-z])"
    ),
    LeakKind.PERSON: PERSON,
}
LEGAL_FORM: Final = re.compile(
    r"(?:集团|[(]集团[)])?(?:股份有限公司|有限责任公司|有限公司|总公司|公司|集团)$"
    r"|,? *(?:co\.?,? *)?(?:ltd|inc|llc|corp|gmbh|limited|corporation|company|group|holdings)\.?$"
)
SHORTEST_HAN, SHORTEST_LATIN = 2, 4
"""A brand of three Latin letters is as often a technical word: CNC, TSN, AVX."""

WORD_GAP: Final = r"[ \-_.]?"
SPELT: Final = (LeakKind.MOBILE, LeakKind.LANDLINE)
"""Numbers that people also spell, to hide them from a scan."""

FIGURES: Final = str.maketrans("〇零一二三四五六七八九幺壹贰叁肆伍陆柒捌玖—–‐‑−―·•", "001234567891123456789------..")


def find_leaks(texts: Mapping[str, str], *, names: Iterable[str] = (), aliases: Iterable[str] = ()) -> list[Leak]:
    """Return the leaks of named texts, in the order of the texts and within each from left to right.

    `names` are the full ones of the organization the texts must not tell, `aliases` its short names and brands. What is
    left of either without its legal form, and every alias, counts only if it says more than an ordinary word does.
    """
    forms = {form for name in names for form in _full_and_short(name)}
    forms |= {form for alias in aliases for form in _forms_of(alias) if _is_telling(form)}
    told = [_pattern(form) for form in sorted(forms)]
    return [leak for field, text in texts.items() for leak in _without_overlaps(_found(field, text, told))]


def _found(field: str, text: str, names: Iterable[re.Pattern[str]]) -> Iterator[Leak]:
    plain = "".join(map(_half_width, text))
    for kind, pattern in PATTERNS.items():
        for found in (one for reading in _readings(kind, plain) for one in pattern.finditer(reading)):
            if kind is not LeakKind.CREDIT_CODE or uscc.is_valid(found.group()):
                yield Leak(field, *found.span(), kind)
    folded = "".join(map(_folded, text))
    for name in names:
        for found in name.finditer(folded):
            yield Leak(field, *found.span(), LeakKind.NAME)


def _readings(kind: LeakKind, plain: str) -> tuple[str, ...]:
    """As written, and with spelt figures as digits: the 三 of 张三 before a number is no part of it."""
    return (plain, plain.translate(FIGURES)) if kind in SPELT else (plain,)


def _without_overlaps(leaks: Iterable[Leak]) -> Iterator[Leak]:
    """Of leaks that overlap, the first and longest: one number is told once."""
    end = 0
    for leak in sorted(leaks, key=lambda leak: (leak.start, -leak.end)):
        if leak.start >= end:
            yield leak
            end = leak.end


def _full_and_short(name: str) -> Iterator[str]:
    """A full name, whatever it is, and its short form where that is telling."""
    full, *short = _forms_of(name)
    if len(full) >= SHORTEST_HAN:
        yield full
    yield from filter(_is_telling, short)


def _forms_of(name: str) -> list[str]:
    """A name and what is left without its legal form."""
    folded = "".join(map(_folded, name)).strip()
    return [folded, LEGAL_FORM.sub("", folded)]


def _is_telling(form: str) -> bool:
    """Whether a short name is more than an ordinary word: neither a few Latin letters nor a term of the table."""
    if not form.isascii():
        return len(form) >= SHORTEST_HAN
    letters = sum(character.isalpha() for character in form)
    return letters >= SHORTEST_LATIN and form not in synonyms().named_in(form, plain_tokens(form))


def _pattern(form: str) -> re.Pattern[str]:
    """Latin names as whole words, however their words are joined."""
    if not form.isascii():
        return re.compile(re.escape(form))
    joined = WORD_GAP.join(map(re.escape, re.split(r"[ \-_]+", form)))
    return re.compile(rf"(?<![a-z0-9]){joined}(?![a-z0-9])")


@lru_cache(maxsize=10_000)
def _half_width(character: str) -> str:
    return _one_for_one(character, unicodedata.normalize("NFKC", character))


@lru_cache(maxsize=10_000)
def _folded(character: str) -> str:
    return _one_for_one(character, normalise(character))


def _one_for_one(character: str, changed: str) -> str:
    return changed if len(changed) == 1 else character
