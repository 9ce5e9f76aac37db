"""Compiled loops over postings: sorting them by term, adding up the terms of a need, taking the best documents."""

from typing import Any

import numpy as np

from matching.engine.compiling import inner, kernel


@kernel
def place_postings(
    term: Any, owner: Any, saturated: Any, angular: Any, free: Any, document: Any, all_saturated: Any, all_angular: Any
) -> None:
    """Write postings that come by document to the next free place of their term; ``free`` int64[t] moves on.

    term int32[p], negative for one that is left out; owner int32[p]; saturated, angular float32[p]; the last three are
    the columns to be filled.
    """
    for posting in range(term.size):
        if term[posting] < 0:
            continue
        place = free[term[posting]]
        free[term[posting]] = place + 1
        document[place] = owner[posting]
        all_saturated[place] = saturated[posting]
        all_angular[place] = angular[posting]


@kernel
def add_terms(term: Any, worth: Any, starts: Any, document: Any, saturated: Any, angular: Any, scores: Any) -> None:
    """Add to ``scores`` float64[d] what every document gains by every term: worth[:, 0] · saturated + worth[:, 1] ·
    angular.

    term int64[n]; worth float64[n, 2]; a need without a cosine half reads two thirds of the memory. Postings of a
    term are sliced first: counting from 0 the compiler knows that no place is negative and drops a test per array.
    """
    for index in range(term.size):
        first, last = starts[term[index]], starts[term[index] + 1]
        rows, tf, angle = document[first:last], saturated[first:last], angular[first:last]
        a, b = worth[index, 0], worth[index, 1]
        if b == 0.0:
            for place in range(rows.size):
                scores[rows[place]] += a * tf[place]
        else:
            for place in range(rows.size):
                scores[rows[place]] += a * tf[place] + b * angle[place]


@kernel
def best_rows(scores: Any, audience: Any, is_open: Any, limit: Any) -> Any:
    """Return the rows of the at most ``limit`` documents with the largest score > 0 among those that ``is_open`` allows
    (bool[audiences]), best first, then by lower row; int64.

    A heap with the worst of the best at its root: of equal scores the higher row is worse, and later rows are higher,
    so that only a larger score enters. The bar is 0 until the heap is full, then the score of its root.
    """
    heap = np.empty(limit, dtype=np.int64)
    size, bar = 0, 0.0
    for row in range(scores.size):
        if scores[row] <= bar or not is_open[audience[row]]:
            continue
        if size < limit:
            heap[size] = row
            size += 1
            _lift(heap, scores, size - 1)
        else:
            heap[0] = row
            _sink(heap, scores, size)
        if size == limit:
            bar = scores[heap[0]]
    ordered = np.empty(size, dtype=np.int64)
    for place in range(size - 1, -1, -1):
        ordered[place] = heap[0]
        heap[0] = heap[place]
        _sink(heap, scores, place)
    return ordered


@inner
def _is_worse(a: Any, b: Any, scores: Any) -> Any:
    return scores[a] < scores[b] or (scores[a] == scores[b] and a > b)


@inner
def _lift(heap: Any, scores: Any, place: Any) -> None:
    while place > 0 and _is_worse(heap[place], heap[(place - 1) // 2], scores):
        above = (place - 1) // 2
        heap[place], heap[above] = heap[above], heap[place]
        place = above


@inner
def _sink(heap: Any, scores: Any, size: Any) -> None:
    place = 0
    while True:
        worst, left, right = place, 2 * place + 1, 2 * place + 2
        if left < size and _is_worse(heap[left], heap[worst], scores):
            worst = left
        if right < size and _is_worse(heap[right], heap[worst], scores):
            worst = right
        if worst == place:
            return
        heap[place], heap[worst] = heap[worst], heap[place]
        place = worst
