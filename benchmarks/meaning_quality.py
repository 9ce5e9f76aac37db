"""What meaning adds to words: the labelled collections through the whole pipeline, with and without a model.

Run ``python -m benchmarks.meaning_quality --data FOLDER [--queries N] [--cache FOLDER]`` from the repository. It uses
the bundled model; embedding a set takes minutes of processor time, so it is not among the modules of ``./run bench``.
``--cache`` keeps vectors by text.
"""

import argparse
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

import numpy as np

from benchmarks.engine_quality import (
    COLLECTIONS,
    RECALL_DEPTH,
    SEED,
    TODAY,
    Collection,
    Measures,
    facts_of,
    interval_text,
    measure,
    ranked_documents,
    read_collection,
)
from benchmarks.report import Measure, publish
from benchmarks.world import build, record_of
from matching.embedding import Embedder, EmbeddingSettings, Role, embedder_of
from matching.engine.evaluation import paired_bootstrap
from matching.engine.packing import Integers
from matching.engine.records import DEFAULT, CodeTree, Geography
from matching.engine.scales import cosines_of
from matching.engine.vector_statistics import Filter, Semantics, VectorStatistics
from matching.engine.vectors import VectorTable, Whole, text_hash, text_of, whole

BARS: Final = {"stard_dev": 0.56, "csl_rel_dev": 0.37}
AT_ONCE: Final = 32


@dataclass(frozen=True, slots=True)
class Everything:
    """Nearest among all documents: a labelled collection hides none."""

    table: VectorTable

    def nearest(self, queries: Whole, center: Whole, filters: Sequence[Filter], limit: int) -> list[Integers]:
        """Return, per query, ids of the documents of the largest cosine."""
        assert len(filters) == len(queries)
        order = np.argsort(-cosines_of(queries, self.table.vectors, center), axis=1, kind="stable")[:, :limit]
        return [self.table.ids[row] for row in order]


def semantics_of(collection: Collection, embedder: Embedder, cache: Path | None) -> Semantics:
    """Embed a collection and freeze its statistics."""
    resources, needs = facts_of(collection)
    documents = _table([text_of(facts) for facts in resources], embedder, Role.PASSAGE, cache)
    queries = _table([text_of(facts) for facts in needs], embedder, Role.QUERY, cache)
    statistics = VectorStatistics.of(embedder.model, queries, documents)
    return Semantics(statistics, queries, lambda _ids: documents, Everything(documents))


def measured(collection: Collection, semantics: Semantics) -> tuple[Measures, Measures]:
    """Return the measures by words and by words and meaning."""
    resources, needs = facts_of(collection)
    config = replace(DEFAULT, keep=RECALL_DEPTH)
    with tempfile.TemporaryDirectory() as folder:
        world = build(map(record_of, resources), Path(folder), Geography.of([1]), CodeTree.of({}))
        results = [world.match(needs, config, TODAY, way) for way in (None, semantics)]
    words, both = (measure(collection, ranked_documents(collection, result)) for result in results)
    return words, both


def collection_row(collection: Collection, embedder: Embedder, cache: Path | None) -> tuple[dict[str, Any], Measure]:
    """Return one line of the table and what counts."""
    words, both = measured(collection, semantics_of(collection, embedder, cache))
    difference = interval_text(paired_bootstrap(both.ndcg, words.ndcg, seed=SEED))
    quality = float(np.mean(both.ndcg))
    row = {
        "collection": collection.name,
        "queries": len(collection.queries),
        "documents": len(collection.documents),
        "nDCG@10 with the model": quality,
        "words only": float(np.mean(words.ndcg)),
        "difference": difference,
        "Recall@100 with the model": float(np.mean(both.recall)),
        "words only ": float(np.mean(words.recall)),
    }
    what = f"{collection.name}, {len(collection.queries)} queries, {embedder.model}: nDCG@10"
    return row, Measure(what, quality, at_least=BARS[collection.name], spread=f"against words {difference}")


def main() -> None:
    """Print and store the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder of the labelled collections")
    parser.add_argument("--queries", type=int, help="only the first N queries of each")
    parser.add_argument("--cache", type=Path, help="folder where vectors are kept by text")
    options = parser.parse_args()
    embedder = embedder_of(EmbeddingSettings("bundled"))
    assert embedder is not None
    present = [name for name in COLLECTIONS if (options.data / name).is_dir()]
    found = [
        collection_row(read_collection(options.data, name, options.queries), embedder, options.cache)
        for name in present
    ]
    publish(
        "meaning_quality", "What meaning adds to words", [row for row, _ in found],
        measures=[counted for _, counted in found], seed=SEED,
    )  # fmt: skip


def _table(texts: Sequence[str], embedder: Embedder, role: Role, cache: Path | None) -> VectorTable:
    rows: list[np.ndarray[Any, Any]] = []
    for first in range(0, len(texts), AT_ONCE):
        rows.append(_vectors(texts[first : first + AT_ONCE], embedder, role, cache))
        print(f"\r{role}: {min(first + AT_ONCE, len(texts))} of {len(texts)}", end="", file=sys.stderr, flush=True)
    print(file=sys.stderr)
    return VectorTable(np.arange(1, len(texts) + 1), whole(np.concatenate(rows)))


def _vectors(texts: Sequence[str], embedder: Embedder, role: Role, cache: Path | None) -> "np.ndarray[Any, Any]":
    if cache is None:
        return embedder.embed(texts, role)
    kept = cache / f"{text_hash(chr(0).join([embedder.model, role, *texts])).hex()}.npy"
    if not kept.exists():
        cache.mkdir(parents=True, exist_ok=True)
        np.save(kept, embedder.embed(texts, role))
    loaded: np.ndarray[Any, Any] = np.load(kept)
    return loaded


if __name__ == "__main__":
    main()
