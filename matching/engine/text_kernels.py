"""The inner loops of text scoring, compiled: what a need's terms are worth, and the terms that a pair shares."""

from math import log, sqrt
from typing import Any

import numpy as np

from matching.engine.compiling import inner, kernel
from matching.engine.facts import MAX_TOKENS
from matching.engine.packing import Floats, Integers

K1 = 1.2
TITLE_B = 0.5
TEXT_B = 0.75
TITLE_WEIGHT = 2.0
KEYWORD_WEIGHT = 2.0
BEST_ITEMS = 3
SLOTS_PER_TOKEN = 8
NATURAL_VARIETY = 0.8
VOCABULARY_GROWTH = 0.75
"""Distinct tokens grow as length^0.75 (Heaps 1978). The least varied of 6,000 Chinese and English texts has 0.87 times
that many; a text below 0.8 repeats words in order to be found."""


def field_norms(lengths: Floats, own_terms: Integers, mean_lengths: Floats) -> Floats:
    """Return weight / (1 − b + b · length / mean) for title, keywords and text, √(distinct terms), and variety:
    float64[resources, 5].

    Variety is 1 for texts that people write and falls towards 0 as the same words come again and again: it multiplies
    the score of the text, so that stuffing a text with words does not pay.

    lengths float64[resources, 3]; mean_lengths float64[3].
    """
    weights, b = np.array([TITLE_WEIGHT, KEYWORD_WEIGHT, 1.0]), np.array([TITLE_B, TEXT_B, TEXT_B])
    norms = weights / (1.0 - b + b * lengths / mean_lengths)
    terms, total = np.maximum(own_terms, 1.0), np.maximum(lengths.sum(axis=1), 1.0)
    variety = np.minimum(terms / (NATURAL_VARIETY * total**VOCABULARY_GROWTH), 1.0)
    return np.column_stack([norms, np.sqrt(terms), variety])


@kernel
def term_factors(ends: Any, weight: Any, lightness: Any, idf: Any, ideal_terms: Any, cosine_scale: Any) -> Any:
    """Return the BM25F and cosine factors of all terms of all needs: float64[tokens] each.

    Row i is ``[ends[i], ends[i + 1])``; weight, lightness, idf float64[tokens]. BM25F: weight · idf over the sum of the
    largest ``ideal_terms`` of them; cosine: (1 + ln tf) · idf² · lightness² over the query's norm, times
    ``cosine_scale``. Loops where NumPy has one expression: compiling the expression takes seconds.
    """
    bm25, cosine = np.zeros(weight.size), np.zeros(weight.size)
    for token in range(weight.size):
        bm25[token] = weight[token] * idf[token]
    for row in range(ends.size - 1):
        first, last = ends[row], ends[row + 1]
        ideal = _sum_of_largest(bm25, first, last, ideal_terms)
        square = 0.0
        for token in range(first, last):
            cosine[token] = (1.0 + log(max(weight[token] / lightness[token], 1.0))) * idf[token] * lightness[token]
            square += cosine[token] * cosine[token]
        for token in range(first, last):
            bm25[token] = bm25[token] / ideal if ideal > 0.0 else 0.0
            cosine[token] *= idf[token] * lightness[token] * cosine_scale / sqrt(square) if square > 0.0 else 0.0
    return bm25, cosine


@inner
def _sum_of_largest(values: Any, first: Any, last: Any, count: Any) -> Any:
    """Return the sum of the largest ``count`` values of a row, by insertion: compiling a sort would take seconds."""
    largest = np.zeros(count)
    for place in range(first, last):
        value = values[place]
        if value > largest[count - 1]:
            slot = count - 1
            while slot > 0 and largest[slot - 1] < value:
                largest[slot] = largest[slot - 1]
                slot -= 1
            largest[slot] = value
    total = 0.0
    for slot in range(count):
        total += largest[slot]
    return total


@kernel
def score_texts(
    need_rows: Any,
    resource_rows: Any,
    is_by_need: Any,
    needs: Any,
    factors: Any,
    is_long: Any,
    resources: Any,
    norms: Any,
    items: Any,
    mean_title_length: Any,
) -> Any:
    """Return the normalised score of each pair's own text, of its best items, and which items those are.

    need_rows, resource_rows int64[p]; needs, resources: (words uint64 with sorted rows, start, length); factors: (ends,
    bm25, cosine) of ``term_factors``; is_long bool[needs]; norms float64[resources, 5] of ``field_norms``; items:
    (counts uint32, first count of each resource, item start, item length). Returns float64[p], float64[p], int64[p, 3].

    BM25F (Robertson, Zaragoza, Taylor 2004): tf = Σ weight · count / (1 − b + b · length / mean), then tf / (k1 + tf),
    times k1 + 1, so that a term that occurs once in a record of mean length is worth its factor.

    One side of consecutive pairs is usually the same (``is_by_need`` says which): its tokens go into a hash table,
    those of the other side are looked up in order. Shared terms are met in ascending order either way, so sums are the
    same to the last bit.
    """
    pairs = need_rows.size
    own, best = np.zeros(pairs), np.zeros(pairs)
    chosen = np.full((pairs, BEST_ITEMS), -1, dtype=np.int64)
    gain = np.zeros(MAX_TOKENS)
    keys = np.zeros(2 * SLOTS_PER_TOKEN * MAX_TOKENS, dtype=np.uint64)
    places = np.zeros(keys.size, dtype=np.int64)
    anchor, mask = -1, np.uint64(0)
    for pair in range(pairs):
        need, resource = need_rows[pair], resource_rows[pair]
        fixed = need if is_by_need else resource
        if anchor != fixed:
            anchor, mask = fixed, _fill(keys, places, needs if is_by_need else resources, fixed)
        side, row = (resources, resource) if is_by_need else (needs, need)
        gain[: resources[2][resource]] = 0.0
        saturated, angular = _shared(
            keys, places, mask, side, row, is_by_need, need, resource, factors, norms, items, gain
        )
        own[pair] = (K1 + 1.0) * saturated
        if is_long[need]:
            own[pair] = 0.5 * own[pair] + 0.5 * angular / norms[resource, 3]
        own[pair] *= norms[resource, 4]
        if items[3][resource] > 0:
            best[pair] = _best_items(gain, items[0], 2 * items[2][resource], mean_title_length, chosen, pair)
    return own, best, chosen


@inner
def _shared(
    keys: Any,
    places: Any,
    mask: Any,
    side: Any,
    row: Any,
    is_by_need: Any,
    need: Any,
    resource: Any,
    factors: Any,
    norms: Any,
    items: Any,
    gain: Any,
) -> Any:
    """Return the saturated and the angular sum over the terms that both records have, and note in ``gain`` what each is
    worth."""
    saturated, angular = 0.0, 0.0
    first, first_count, first_factor = side[1][row], 2 * items[1][resource], factors[0][need]
    for place in range(side[2][row]):
        found = _look_up(keys, places, mask, side[0][first + place])
        if found < 0:
            continue
        mine, theirs = (found, place) if is_by_need else (place, found)
        count = items[0][first_count + theirs]
        in_title, in_keywords, in_text = count & 0xFF, (count >> 8) & 0xFF, (count >> 16) & 0xFF
        tf = norms[resource, 0] * in_title + norms[resource, 1] * in_keywords + norms[resource, 2] * in_text
        gain[theirs] = factors[1][first_factor + mine]
        if tf > 0.0:
            weighted = TITLE_WEIGHT * in_title + KEYWORD_WEIGHT * in_keywords + in_text
            saturated += factors[1][first_factor + mine] * tf / (K1 + tf)
            angular += factors[2][first_factor + mine] * (1.0 + log(weighted))
    return saturated, angular


@inner
def _look_up(keys: Any, places: Any, mask: Any, token: Any) -> Any:
    """Return the place of a token in the row that fills the table, -1 if it is not there."""
    slot = token & mask
    while keys[slot] != token and keys[slot] != 0:
        slot = (slot + np.uint64(1)) & mask
    return places[slot] if keys[slot] == token else -1


@inner
def _fill(keys: Any, places: Any, side: Any, row: Any) -> Any:
    """Put the tokens of one row into the hash table and return the mask of slots; an empty slot is 0, no token's
    hash."""
    first, count = side[1][row], side[2][row]
    size = 64
    while size < SLOTS_PER_TOKEN * count:
        size *= 2
    keys[:size] = 0
    mask = np.uint64(size - 1)
    for place in range(count):
        slot = side[0][first + place] & mask
        while keys[slot] != 0:
            slot = (slot + np.uint64(1)) & mask
        keys[slot] = side[0][first + place]
        places[slot] = place
    return mask


@inner
def _best_items(gain: Any, section: Any, first: Any, mean_length: Any, chosen: Any, pair: Any) -> Any:
    """Return the mean score of the best three items (fewer where there are fewer) and note their positions in
    ``chosen[pair]``.

    section uint32: item count, ends, token positions. Items are titles: b = 0.5 against the mean title length. Only
    items that share a term are chosen.
    """
    count = section[first]
    scores = np.zeros(BEST_ITEMS)
    begin = 0
    for item in range(count):
        end = section[first + 1 + item]
        total = 0.0
        for position in range(begin, end):
            total += gain[section[first + 1 + count + position]]
        tf = 1.0 / (1.0 - TITLE_B + TITLE_B * (end - begin) / mean_length)
        total *= (K1 + 1.0) * tf / (K1 + tf)
        begin = end
        slot = BEST_ITEMS
        while slot > 0 and total > scores[slot - 1]:
            slot -= 1
        if slot < BEST_ITEMS:
            for later in range(BEST_ITEMS - 1, slot, -1):
                scores[later] = scores[later - 1]
                chosen[pair, later] = chosen[pair, later - 1]
            scores[slot] = total
            chosen[pair, slot] = item
    return (scores[0] + scores[1] + scores[2]) / max(1, min(count, BEST_ITEMS))
