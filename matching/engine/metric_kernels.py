"""Compiled judgment of metrics against capabilities: which capability answers a metric, and whether it meets it.

All values are in base units already (see ``quantities``). A record's quantities, choices and name tokens are three
ragged rows over the same words; ``floats`` is the float64 view of ``words``. A *view* is the tuple (words, floats, row
start, row length, choice start, name start) of one table.
"""

from typing import Any

import numpy as np

from matching.engine.compiling import inner, kernel
from matching.engine.quantities import (
    CHOICE_COUNT,
    CHOICE_START,
    DIMENSION,
    FALSE,
    FIELDS,
    FLAGS,
    HIGH,
    KEY,
    KNOWN,
    LOW,
    MUST,
    NAME,
    NEGATED,
    OPERATOR_MASK,
    TEXT_CHOICES,
    TOKEN_COUNT,
    TOKEN_START,
    TRUE,
)

MUST_WEIGHT = 2.0
NICE_WEIGHT = 1.0
NAME_OVERLAP = 0.75
"""Dice coefficient of the bigrams of two names from which they are taken for the same quantity."""

TOLERANCE = 1e-9
NEAR_MISS = 0.5
"""A missed value keeps at most this much of its fit."""

UNKNOWN, MET, MISSED, PARTLY = range(4)
NOT_DECLARED, BY_OVERLAP, BY_NAME, BY_KEY = 0, 1, 2, 3
NO_OPERATOR, AT_LEAST, AT_MOST, EQUAL, BOOLEAN, INCLUDES, BETWEEN = range(7)


@kernel
def metric_fit(need_rows: Any, resource_rows: Any, needs: Any, resources: Any) -> Any:
    """Return, per pair, fit of the known metrics, their share of the weight of all, and how many must-metrics are
    impossible.

    need_rows, resource_rows int64[p]; needs, resources: views. Returns float64[p] (NaN where nothing is known),
    float64[p], int64[p]. Σ w · fit / Σ w over the known metrics, w = 2 for must and 1 for nice. A name that only
    resembles the metric's never excludes.
    """
    fit = np.zeros(need_rows.size)
    share = np.zeros(need_rows.size)
    impossible = np.zeros(need_rows.size, dtype=np.int64)
    for pair in range(need_rows.size):
        total, known, value = 0.0, 0.0, 0.0
        first = needs[2][need_rows[pair]]
        for metric in range(first, first + needs[3][need_rows[pair]], FIELDS):
            is_must = needs[0][metric + FLAGS] & MUST != 0
            weight = MUST_WEIGHT if is_must else NICE_WEIGHT
            total += weight
            verdict, part, _, relation = judge(need_rows[pair], metric, resource_rows[pair], needs, resources)
            if verdict != UNKNOWN:
                known += weight
                value += weight * part
            if verdict == MISSED and is_must and relation >= BY_NAME:
                impossible[pair] += 1
        fit[pair] = np.nan
        if known > 0.0:
            fit[pair] = value / known
            share[pair] = known / total
    return fit, share, impossible


@kernel
def metric_verdicts(need_row: Any, resource_row: Any, needs: Any, resources: Any) -> Any:
    """Return one row per metric of one need: verdict, fit, position of the capability (-1: none), relation; float64[m,
    4]."""
    first, count = needs[2][need_row], needs[3][need_row] // FIELDS
    rows = np.zeros((count, 4))
    for metric in range(count):
        verdict, part, capability, relation = judge(need_row, first + metric * FIELDS, resource_row, needs, resources)
        rows[metric, 0], rows[metric, 1], rows[metric, 2], rows[metric, 3] = verdict, part, capability, relation
    return rows


@inner
def judge(need_row: Any, metric: Any, resource_row: Any, needs: Any, resources: Any) -> Any:
    """Return verdict, fit, position and relation of the capability that answers a metric best.

    Same key before same name before similar name; among equals the one that fits best.
    """
    best_relation, best_verdict, best_fit, best_index = NOT_DECLARED, UNKNOWN, 0.0, -1
    first = resources[2][resource_row]
    count = resources[3][resource_row] // FIELDS
    key = needs[0][metric + KEY]
    wanted = BY_NAME
    for index in range(count):
        if key != 0 and key == resources[0][first + index * FIELDS + KEY]:
            wanted = BY_KEY
    for index in range(count):
        capability = first + index * FIELDS
        if wanted == BY_KEY:
            relation = BY_KEY if key == resources[0][capability + KEY] else NOT_DECLARED
        else:
            relation = _relation(need_row, metric, resource_row, capability, needs, resources)
        if relation == NOT_DECLARED or relation < best_relation:
            continue
        verdict, fit = UNKNOWN, 0.0
        if resources[0][capability + FLAGS] & KNOWN:
            verdict, fit = _compare(need_row, metric, resource_row, capability, needs, resources)
        if relation > best_relation or fit > best_fit or best_verdict == UNKNOWN:
            best_relation, best_verdict, best_fit, best_index = relation, verdict, fit, index
    return best_verdict, best_fit, best_index, best_relation


@inner
def _relation(need_row: Any, metric: Any, resource_row: Any, capability: Any, needs: Any, resources: Any) -> Any:
    """Say why two quantities with different keys are the same one, if they are: same dimension, and same or similar
    name."""
    a, b = needs[0], resources[0]
    if a[metric + DIMENSION] != b[capability + DIMENSION]:
        return NOT_DECLARED
    if a[metric + NAME] == b[capability + NAME]:
        return BY_NAME
    left_count, right_count = np.int64(a[metric + TOKEN_COUNT]), np.int64(b[capability + TOKEN_COUNT])
    needed = NAME_OVERLAP * (left_count + right_count)
    if 2 * min(left_count, right_count) < needed or needed == 0:
        return NOT_DECLARED
    i, j = (
        needs[5][need_row] + np.int64(a[metric + TOKEN_START]),
        resources[5][resource_row] + np.int64(b[capability + TOKEN_START]),
    )
    i_end, j_end, shared = i + left_count, j + right_count, 0
    while i < i_end and j < j_end:
        left, right = a[i], b[j]
        shared += left == right
        i += left <= right
        j += right <= left
    return BY_OVERLAP if 2 * shared >= needed else NOT_DECLARED


@inner
def _compare(need_row: Any, metric: Any, resource_row: Any, capability: Any, needs: Any, resources: Any) -> Any:
    """Return verdict and fit of one known capability for one metric; what cannot be compared is unknown."""
    need_flags, flags = needs[0][metric + FLAGS], resources[0][capability + FLAGS]
    operator = need_flags & OPERATOR_MASK
    if operator == BOOLEAN or (operator == NO_OPERATOR and need_flags & (TRUE | FALSE)):
        if need_flags & (TRUE | FALSE) == 0 or flags & (TRUE | FALSE) == 0:
            return UNKNOWN, 0.0
        same = (need_flags & TRUE != 0) == (flags & TRUE != 0)
        if (need_flags ^ flags) & NEGATED and _names_one_thing(needs[0], metric, resources[0], capability):
            same = not same
        return (MET, 1.0) if same else (MISSED, 0.0)
    if needs[0][metric + DIMENSION] != resources[0][capability + DIMENSION]:
        return UNKNOWN, 0.0
    start = resources[4][resource_row] + np.int64(resources[0][capability + CHOICE_START])
    count = np.int64(resources[0][capability + CHOICE_COUNT])
    if operator == INCLUDES or (operator == NO_OPERATOR and needs[0][metric + CHOICE_COUNT] > 0):
        return _includes(need_row, metric, start, count, capability, needs, resources)
    if flags & TEXT_CHOICES:
        return UNKNOWN, 0.0
    return _interval(needs[1][metric + LOW], needs[1][metric + HIGH], start, count, capability, resources)


@inner
def _names_one_thing(a: Any, metric: Any, b: Any, capability: Any) -> Any:
    """Say whether two yes-or-no quantities of which one denies speak of the same: 不含铅 and 含铅. Equal keys alone do
    not say so: 无损检测 and 支持超声检测 may share one."""
    return a[metric + NAME] == b[capability + NAME] or a[metric + KEY] == 0 or a[metric + KEY] != b[capability + KEY]


@inner
def _interval(low: Any, high: Any, start: Any, count: Any, capability: Any, resources: Any) -> Any:
    """Judge the best value that the resource can take: of its choices, or of its range (a missing end is open)."""
    least, most = resources[1][capability + LOW], resources[1][capability + HIGH]
    if (count == 0 and np.isnan(least) and np.isnan(most)) or (np.isnan(low) and np.isnan(high)):
        return UNKNOWN, 0.0
    if np.isnan(low):
        low = -np.inf
    if np.isnan(high):
        high = np.inf
    gap = np.inf
    if count > 0:
        for index in range(start, start + count):
            value = resources[1][index]
            gap = min(gap, max(low - value, value - high))
    else:
        least = -np.inf if np.isnan(least) else least
        most = np.inf if np.isnan(most) else most
        gap = max(low - most, least - high)
        if most > least and high > low and np.isfinite(high - low) and gap < 0.0:
            return _overlap(low, high, least, most)
    target = abs(low) if np.isfinite(low) else abs(high)
    if gap <= TOLERANCE * target:
        return MET, 1.0
    return MISSED, NEAR_MISS * max(0.0, 1.0 - gap / target) if target > 0.0 else 0.0


@inner
def _overlap(low: Any, high: Any, least: Any, most: Any) -> Any:
    """Return the share of a wanted range that an offered range covers; covered in part, it is missed in part and
    excludes nobody."""
    share = (min(high, most) - max(low, least)) / (high - low)
    return (MET, 1.0) if share >= 1.0 - TOLERANCE else (PARTLY, share)


@inner
def _includes(need_row: Any, metric: Any, start: Any, count: Any, capability: Any, needs: Any, resources: Any) -> Any:
    """Judge whether all wanted choices are offered; the fit of a miss is the share that is, times NEAR_MISS."""
    need_flags, flags = needs[0][metric + FLAGS], resources[0][capability + FLAGS]
    wanted = np.int64(needs[0][metric + CHOICE_COUNT])
    least, most = resources[1][capability + LOW], resources[1][capability + HIGH]
    is_range = count == 0 and not (np.isnan(least) and np.isnan(most))
    if wanted == 0 or (count == 0 and not is_range) or (need_flags & TEXT_CHOICES) != (flags & TEXT_CHOICES):
        return UNKNOWN, 0.0
    found = 0
    first = needs[4][need_row] + np.int64(needs[0][metric + CHOICE_START])
    for position in range(first, first + wanted):
        if is_range:
            value = needs[1][position]
            found += not (value < least - TOLERANCE * abs(value) or value > most + TOLERANCE * abs(value))
        elif need_flags & TEXT_CHOICES:
            found += _offers_text(needs[0][position], start, count, resources[0])
        else:
            found += _offers_number(needs[1][position], start, count, resources[1])
    return (MET, 1.0) if found == wanted else (MISSED, NEAR_MISS * found / wanted)


@inner
def _offers_text(wanted: Any, start: Any, count: Any, words: Any) -> Any:
    found = False
    for index in range(start, start + count):
        found |= words[index] == wanted
    return found


@inner
def _offers_number(wanted: Any, start: Any, count: Any, floats: Any) -> Any:
    found = False
    for index in range(start, start + count):
        found |= abs(floats[index] - wanted) <= TOLERANCE * abs(wanted)
    return found
