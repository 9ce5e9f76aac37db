"""One written form per word: NFKC, lower case, simplified characters; and nothing that a database or a JSON reader
would refuse."""

import re
import unicodedata
from collections.abc import Mapping
from functools import cache
from importlib import resources
from typing import Final

UNSTORABLE: Final = re.compile("[\x00\ud800-\udfff]")
BEYOND_ASCII: Final = re.compile(r"[^\x00-\x7f]")


def clean(text: str) -> str:
    """Drop NUL (refused by PostgreSQL) and lone surrogates (refused by UTF-8); everything else stays as written."""
    return UNSTORABLE.sub("", text)


def normalise(text: str) -> str:
    """Return the form in which words are compared; idempotent, so stored text may be normalised again."""
    folded = unicodedata.normalize("NFKC", clean(text)).lower()
    if BEYOND_ASCII.search(folded) is None:
        return folded
    # Lower-casing can undo the composition (İ becomes i and a combining dot), so compose once more.
    return unicodedata.normalize("NFKC", simplify(folded))


def simplify(text: str) -> str:
    """Convert traditional characters to simplified ones with OpenCC's t2s tables; text without any is returned as it
    is."""
    pattern, table, traditional = _conversion()
    if traditional.isdisjoint(text):
        return text
    return pattern.sub(lambda found: table[found.group()], text)


@cache
def _conversion() -> tuple[re.Pattern[str], Mapping[str, str], frozenset[str]]:
    """Return the pattern of everything that converts (longest phrase first), what it becomes, and the characters
    involved.

    OpenCC's own converter recurses once per character of an unbroken string, which 100,000 characters do not survive.
    """
    table = _opencc_table("TSCharacters.txt") | _opencc_table("TSPhrases.txt")
    phrases = sorted((key for key in table if len(key) > 1), key=lambda key: (-len(key), key))
    characters = "".join(sorted(key for key in table if len(key) == 1 and table[key] != key))
    heads = "".join(sorted({phrase[0] for phrase in phrases}))
    pattern = re.compile(f"(?=[{heads}])(?:{'|'.join(map(re.escape, phrases))})|[{characters}]")
    return pattern, table, frozenset(characters)


def _opencc_table(name: str) -> dict[str, str]:
    """Read one OpenCC dictionary; where it offers several readings the first is the most frequent one."""
    lines = (resources.files("opencc") / "dictionary" / name).read_text(encoding="utf-8").splitlines()
    pairs = (line.split("\t") for line in lines if "\t" in line)
    return {key: value.split(" ")[0] for key, value in pairs}
