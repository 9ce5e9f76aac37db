"""Which rows of a list hold the words somebody typed."""

from collections.abc import Iterator, Sequence

from django.db.models import Q
from django.utils.text import smart_split, unescape_string_literal

from zones.models.grams import Grams, contains


def words_of(term: str) -> Iterator[str]:
    """The words of a term; what stands in quotes is one."""
    for word in smart_split(term):
        yield unescape_string_literal(word) if word[0] in "\"'" and word[-1:] == word[0] and len(word) > 1 else word


def holds(word: str, columns: Sequence[str]) -> Q:
    """Rows of which one of the columns holds the word somewhere, in whatever case; none where there is no column."""
    q = Q(pk__in=[])
    for column in columns:
        q |= Q(**{f"{column}__icontains": word})
    return q


def may_hold(word: str, grams: Grams | None) -> Q:
    """Rows that have all pairs of the word, by the index of a model that has one."""
    return contains(grams, word) if grams is not None and len(word) > 1 else Q()
