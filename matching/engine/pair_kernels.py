"""Compiled loops over pairs whose inputs are rows of different length: shared hashes and code similarity."""

from typing import Any

import numpy as np

from matching.engine.compiling import kernel


@kernel
def shared_count(
    left_rows: Any,
    right_rows: Any,
    left: Any,
    left_start: Any,
    left_length: Any,
    right: Any,
    right_start: Any,
    right_length: Any,
) -> Any:
    """Return how many words two sorted rows share, per pair; int64[p]."""
    shared = np.zeros(left_rows.size, dtype=np.int64)
    for pair in range(left_rows.size):
        i, j = left_start[left_rows[pair]], right_start[right_rows[pair]]
        i_end, j_end = i + left_length[left_rows[pair]], j + right_length[right_rows[pair]]
        while i < i_end and j < j_end:
            a, b = left[i], right[j]
            shared[pair] += a == b
            i += a <= b
            j += b <= a
    return shared


@kernel
def contains(rows: Any, values: Any, words: Any, start: Any, length: Any) -> Any:
    """Return whether a row contains a value, per pair; bool[p]. values int64[p]; rows need not be sorted."""
    found = np.zeros(rows.size, dtype=np.bool_)
    for pair in range(rows.size):
        begin = start[rows[pair]]
        for index in range(begin, begin + length[rows[pair]]):
            if words[index] == np.uint64(values[pair]):
                found[pair] = True
    return found


@kernel
def best_similarity(
    left_rows: Any, right_rows: Any, left: Any, left_ends: Any, right: Any, right_ends: Any, similarity: Any
) -> Any:
    """Return the mean over the left codes of the best similarity to a right code; NaN where either side has none;
    float64[p].

    left, right int64: positions in ``similarity``, or < -1 for codes outside the tree (equal only to themselves); row i
    of a side is ``codes[ends[i] : ends[i + 1]]``.
    """
    result = np.zeros(left_rows.size)
    for pair in range(left_rows.size):
        i, i_end = left_ends[left_rows[pair]], left_ends[left_rows[pair] + 1]
        j, j_end = right_ends[right_rows[pair]], right_ends[right_rows[pair] + 1]
        if i == i_end or j == j_end:
            result[pair] = np.nan
            continue
        total = 0.0
        for a in range(i, i_end):
            best = 0.0
            for b in range(j, j_end):
                if left[a] == right[b]:
                    best = 1.0
                elif left[a] >= 0 and right[b] >= 0:
                    best = max(best, similarity[left[a], right[b]])
            total += best
        result[pair] = total / (i_end - i)
    return result
