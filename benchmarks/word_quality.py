"""What each part of comparing words adds: labelled collections through the whole pipeline, with one part taken away.

Run ``python -m benchmarks.word_quality --data FOLDER [--quick]`` from the repository. These collections have nothing
but words, so that taking away a component of the score (``benchmarks.engine_quality``) would change nothing.
"""

import argparse
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

import numpy as np

from benchmarks.engine_quality import (
    COLLECTIONS,
    QUICK_QUERIES,
    SEED,
    Collection,
    Measures,
    measure,
    rank_by_pipeline,
    read_collection,
)
from benchmarks.report import REPOSITORY, publish
from benchmarks.svg import Bar, bars
from lexicon.tokenise import UNIGRAM_WEIGHT
from matching.engine import retrieval
from matching.engine.evaluation import paired_bootstrap

FIGURES: Final = REPOSITORY / "docs" / "figures"
NOTHING: Final = 1e-6
"""A weight of exactly 0 would divide by it."""
WAYS: Final[dict[str, dict[str, Any]]] = {
    "everything": {},
    "without the cosine": {"LONG_NEED_CHARACTERS": 10**9},
    "without single characters": {"UNIGRAM_WEIGHT": NOTHING, "SHORT_NEED_UNIGRAM_WEIGHT": NOTHING},
    "characters as in long needs": {"SHORT_NEED_UNIGRAM_WEIGHT": UNIGRAM_WEIGHT},
    "one weight for all fields": {"NEED_FIELD_WEIGHTS": (1.0, 1.0, 1.0)},
}


def ablation_rows(collection: Collection) -> list[dict[str, Any]]:
    """Return nDCG@10 with everything and with each part taken away, with the interval of the difference."""
    found = {}
    for way, constants in WAYS.items():
        with _changed(constants):
            found[way] = measure(collection, rank_by_pipeline(collection))
    whole = found["everything"]
    return [
        {
            "words": way,
            "collection": collection.name,
            "nDCG@10": float(np.mean(one.ndcg)),
            **_difference(one, whole),
            "Recall@100": float(np.mean(one.recall)),
        }
        for way, one in found.items()
    ]


def _difference(one: Measures, whole: Measures) -> dict[str, float]:
    found = paired_bootstrap(one.ndcg, whole.ndcg, seed=SEED)
    return {"difference": found.mean, "low": found.low, "high": found.high}


def plot(name: str, rows: Sequence[dict[str, Any]]) -> None:
    """Draw the differences of one collection with their intervals."""
    drawn = [
        Bar(
            row["words"], row["difference"], f"{row['difference']:+.3f} → {row['nDCG@10']:.3f}", row["low"], row["high"]
        )
        for row in rows[1:]
    ]
    bars(FIGURES / f"words-{name}.svg", f"{name}: nDCG@10 with one part of comparing words changed", drawn)


@contextmanager
def _changed(constants: dict[str, Any]) -> Iterator[None]:
    """Give constants of the retrieval other values for a while."""
    before = {name: getattr(retrieval, name) for name in constants}
    for name, value in constants.items():
        setattr(retrieval, name, value)
    try:
        yield
    finally:
        for name, value in before.items():
            setattr(retrieval, name, value)


def main() -> None:
    """Print and store the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder of the labelled collections")
    parser.add_argument("--quick", action="store_true", help="fewer queries")
    options = parser.parse_args()
    limit = QUICK_QUERIES if options.quick else None
    collections = [read_collection(options.data, name, limit) for name in COLLECTIONS]
    rows = [row for collection in collections for row in ablation_rows(collection)]
    if not options.quick:
        for collection in collections:
            plot(collection.name, [row for row in rows if row["collection"] == collection.name])
    publish("word_quality", "What each part of comparing words adds", rows, seed=SEED)


if __name__ == "__main__":
    main()
