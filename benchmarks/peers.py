"""The other ways to do the same work, for comparison: BM25 libraries, textbook assignment, features pair by pair in
Python."""

import sqlite3
from collections import Counter
from collections.abc import Mapping, Sequence
from math import exp2
from pathlib import Path

import bm25s
import numpy as np
from numpy.typing import NDArray
from ortools.graph.python.min_cost_flow import SimpleMinCostFlow
from rank_bm25 import BM25Okapi
from scipy.optimize import linear_sum_assignment
from scipy.sparse import csc_matrix

from benchmarks.postgres_peer import word_of
from matching.engine.features import DAYS_PER_MONTH
from matching.engine.records import NeedFacts, ResourceFacts, ScoringConfig

Matrix = NDArray[np.float64]
Counts = NDArray[np.int64]
Flags = NDArray[np.bool_]


def bm25s_index(documents: Sequence[str]) -> bm25s.BM25:
    """Index documents (tokens joined by blanks) with bm25s and its numba back end."""
    index = bm25s.BM25(k1=1.2, b=0.75, backend="numba")
    index.index([document.split() for document in documents], show_progress=False)
    return index


def bm25s_search(index: bm25s.BM25, queries: Sequence[Sequence[str]], k: int) -> None:
    """Retrieve the best k of each query, in one thread."""
    index.retrieve([list(query) for query in queries], k=k, n_threads=1, show_progress=False)


def rank_bm25_search(documents: Sequence[str], queries: Sequence[Sequence[str]]) -> tuple[BM25Okapi, list[list[str]]]:
    """Return rank_bm25's index and its queries; scoring is ``index.get_scores(query)``."""
    return BM25Okapi([document.split() for document in documents]), [list(query) for query in queries]


def fts5_index(documents: Sequence[str], path: Path | None = None, times: int = 1) -> sqlite3.Connection:
    """Index all documents, ``times`` over, with SQLite's FTS5, in memory or in a file; tokens become words of letters,
    which its tokeniser leaves whole."""
    database = sqlite3.connect(path or ":memory:")
    database.execute("CREATE TEMPORARY TABLE once (id INTEGER PRIMARY KEY, tokens TEXT)")
    rows = ((" ".join(map(word_of, document.split())),) for document in documents)
    database.executemany("INSERT INTO once (tokens) VALUES (?)", rows)
    database.execute("CREATE VIRTUAL TABLE documents USING fts5(tokens, detail=none, content='')")
    for copy in range(times):
        first = copy * len(documents)
        database.execute("INSERT INTO documents (rowid, tokens) SELECT id + ?, tokens FROM once ORDER BY id", (first,))
    return database


def fts5_search(database: sqlite3.Connection, queries: Sequence[Sequence[str]], k: int) -> None:
    """Rank by BM25 the documents that hold any word of a query."""
    for query in queries:
        words = " OR ".join(map(word_of, query))
        database.execute(
            "SELECT rowid FROM documents WHERE documents MATCH ? ORDER BY rank LIMIT ?", (words, k)
        ).fetchall()


def sparse_index(documents: Sequence[str], k1: float = 1.2, b: float = 0.75) -> tuple[csc_matrix, dict[str, int]]:
    """Return BM25 weights of every term in every document as a sparse matrix, and the column of each term."""
    columns: dict[str, int] = {}
    rows, places, counts, lengths = [], [], [], []
    for row, document in enumerate(documents):
        words = document.split()
        lengths.append(len(words))
        for word, count in Counter(words).items():
            rows.append(row)
            places.append(columns.setdefault(word, len(columns)))
            counts.append(count)
    tf, owner, column = np.array(counts, dtype=np.float32), np.array(rows), np.array(places)
    df = np.bincount(column, minlength=len(columns))
    idf = np.log(1 + (len(documents) - df + 0.5) / (df + 0.5))
    length = np.array(lengths)[owner] / np.mean(lengths)
    values = (idf[column] * tf * (k1 + 1) / (tf + k1 * (1 - b + b * length))).astype(np.float32)
    return csc_matrix((values, (owner, column)), shape=(len(documents), len(columns))), columns


def sparse_search(index: tuple[csc_matrix, dict[str, int]], queries: Sequence[Sequence[str]], k: int) -> None:
    """Multiply the matrix with each query and take the best k."""
    weights, columns = index
    for query in queries:
        scores = weights[:, [columns[word] for word in query if word in columns]].sum(axis=1).A1
        np.argpartition(-scores, min(k, scores.size - 1))


def scipy_assignment(values: Matrix, capacity: int) -> float:
    """One partner per need by the Hungarian method on a matrix in which every resource stands ``capacity`` times."""
    expanded = np.repeat(values, capacity, axis=1)
    rows, columns = linear_sum_assignment(expanded, maximize=True)
    return float(expanded[rows, columns].sum())


def greedy_assignment(values: Matrix, capacity: int) -> float:
    """One partner per need, best pairs first."""
    free, served, total = np.full(values.shape[1], capacity), np.zeros(len(values), dtype=np.bool_), 0.0
    for pair in np.argsort(-values, axis=None):
        need, resource = divmod(int(pair), values.shape[1])
        if not served[need] and free[resource] > 0:
            served[need], free[resource], total = True, free[resource] - 1, total + float(values[need, resource])
    return total


def min_max_assignment(values: Matrix, capacity: int, scale: int = 10**6) -> float:
    """The min-max model of openreview-matcher: one flow with everybody's minimum load, a second one for the rest, both
    built and read arc by arc from Python."""
    loads = np.ones(values.shape[1], dtype=np.int64)
    first = _simple_flow(values, np.ones(len(values), dtype=np.int64), loads, np.ones(values.shape, np.bool_), scale)
    left = 1 - first.sum(axis=1)
    second = _simple_flow(values, left, capacity - first.sum(axis=0), first == 0, scale)
    return float(values[(first + second) > 0].sum())


def _simple_flow(values: Matrix, demands: Counts, loads: Counts, allowed: Flags, scale: int) -> Counts:
    solver, pairs = SimpleMinCostFlow(), {}
    needs, resources = values.shape
    sink = needs + resources + 1
    for need in range(needs):
        solver.add_arc_with_capacity_and_unit_cost(0, 1 + need, int(demands[need]), 0)
        for resource in range(resources):
            if allowed[need, resource]:
                cost = -int(values[need, resource] * scale)
                arc = solver.add_arc_with_capacity_and_unit_cost(1 + need, 1 + needs + resource, 1, cost)
                pairs[arc] = (need, resource)
    for resource in range(resources):
        solver.add_arc_with_capacity_and_unit_cost(1 + needs + resource, sink, int(loads[resource]), 0)
    amount = int(min(demands.sum(), loads.sum()))
    solver.set_node_supply(0, amount)
    solver.set_node_supply(sink, -amount)
    solver.solve_max_flow_with_min_cost()
    flow = np.zeros(values.shape, dtype=np.int64)
    for arc, pair in pairs.items():
        flow[pair] = solver.flow(arc)
    return flow


def plain_features(
    need: NeedFacts, resource: ResourceFacts, parents: Mapping[str, str], config: ScoringConfig, today: int
) -> list[float | None]:
    """The components of one pair that are neither text nor metric nor proximity, as one would write them in plain
    Python."""
    return [
        _class_fit(need, resource, parents),
        _trl_fit(need, resource),
        _time_fit(need, resource, today),
        _mode_fit(need, resource),
        resource.capacity / (resource.capacity + 1),
        None if not resource.decided else (resource.accepted + 2) / (resource.decided + 4),
        None
        if resource.confirmed_day is None
        else exp2(-(today - resource.confirmed_day) / config.freshness_half_life_days),
    ]


def _class_fit(need: NeedFacts, resource: ResourceFacts, parents: Mapping[str, str]) -> float | None:
    groups = (
        (need.industry_codes, resource.industry_codes),
        (need.discipline_codes, resource.discipline_codes),
        (need.equipment_codes, resource.equipment_codes),
    )
    fits = [
        sum(max(_similarity(a, b, parents) for b in right) for a in left) / len(left)
        for left, right in groups
        if left and right
    ]
    return sum(fits) / len(fits) if fits else None


def _similarity(a: str, b: str, parents: Mapping[str, str]) -> float:
    left, right = _line(a, parents), _line(b, parents)
    common = sum(1 for x, y in zip(left, right, strict=False) if x == y)
    return 2 * common / (len(left) + len(right))


def _line(code: str, parents: Mapping[str, str]) -> list[str]:
    line = [code]
    while parent := parents.get(line[-1]):
        line.append(parent)
    return line[::-1]


def _trl_fit(need: NeedFacts, resource: ResourceFacts) -> float | None:
    if need.trl_need is None or resource.trl is None:
        return None
    span = 3 if need.trl_have is None else max(need.trl_need - need.trl_have, 3)
    return max(0.0, 1 - max(need.trl_need - resource.trl, 0) / (span + 1))


def _time_fit(need: NeedFacts, resource: ResourceFacts, today: int) -> float | None:
    if need.deadline_day is None or resource.lead_time_days is None:
        return None
    available = max(need.deadline_day - today, 1)
    delay = max(resource.lead_time_days + (need.duration_months or 0) * DAYS_PER_MONTH - available, 0)
    return max(0.0, 1 - delay / available)


def _mode_fit(need: NeedFacts, resource: ResourceFacts) -> float | None:
    smaller = min(len(need.modes), len(resource.modes))
    return len(set(need.modes) & set(resource.modes)) / smaller if smaller else None
