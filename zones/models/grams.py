"""Pairs of neighbouring characters, so that an index finds a word inside a name: Chinese has no spaces to split at,
and an index of three characters does not find words of two.
"""

from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db.models import Func, Q, TextField, Value

MAKE_GRAMS = """
CREATE FUNCTION zones_grams(texts text[]) RETURNS text[] LANGUAGE sql IMMUTABLE PARALLEL SAFE COST 10000 AS $$
SELECT array(SELECT first || second FROM unnest(characters, characters[2:]) AS pair(first, second) WHERE second <> '')
FROM (SELECT string_to_array(upper(array_to_string(texts, ' ')), NULL) AS characters) AS split
$$
"""
"""What it costs keeps the planner from making the pairs of every row anew where it could ask the index."""
DROP_GRAMS = "DROP FUNCTION zones_grams(text[])"


class Texts(Func):
    """Several texts as one array."""

    template = "ARRAY[%(expressions)s]::text[]"
    output_field = ArrayField(TextField())


class Grams(Func):
    """The pairs of characters of all texts of some arrays, in capitals."""

    function = "zones_grams"
    arg_joiner = " || "
    output_field = ArrayField(TextField())


def contains(grams: Grams, word: str) -> Q:
    """Rows that have all pairs of the word, made by the same function; every row for a single character."""
    texts: Any = ArrayField(TextField())
    lookup = texts.get_lookup("contains")
    return Q(lookup(grams, Grams(Texts(Value(word)))))
