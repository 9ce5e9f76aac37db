"""How good the stored results are against judgments: nDCG@10 and Recall@100, with a words baseline on the same
texts.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.util import find_spec

import numpy as np
from django.db.models import F

from matching.engine.evaluation import Difference, ndcg_at, paired_bootstrap, recall_at
from matching.models import CandidateList
from zones.models import Resource
from zones.scoping import SYSTEM

Grades = Mapping[str, Mapping[str, float]]
Rankings = Mapping[str, Sequence[str]]
SEED = 20_261_123


@dataclass(frozen=True, slots=True)
class Quality:
    """Means over the judged queries."""

    queries: int
    ndcg_at_10: float
    recall_at_100: float
    ndcg_of_query: tuple[float, ...]


def stored_rankings(prefix: str) -> dict[str, list[str]]:
    """query external id → external ids of its live candidates, best first, of one collection."""
    resources = dict(
        Resource.objects.visible_to(SYSTEM).filter(external_id__startswith=prefix).values_list("pk", "external_id")
    )
    rows = CandidateList.objects.filter(run=F("need__live_result__run"), need__external_id__startswith=prefix)
    return {
        query: [resources[pk] for pk in ids if pk in resources]
        for query, ids in rows.values_list("need__external_id", "resource_ids")
    }


def measure(rankings: Rankings, grades: Grades, *, own: Mapping[str, str]) -> Quality:
    """Quality over all judged queries; a query without a ranking counts zero, its `own` document does not count
    at all.
    """
    ndcg, recall = [], []
    for query in sorted(grades):
        ranking = [document for document in rankings.get(query, []) if document != own.get(query)]
        ndcg.append(ndcg_at(ranking, dict(grades[query]), 10))
        recall.append(recall_at(ranking, dict(grades[query]), 100))
    return Quality(len(ndcg), float(np.mean(ndcg or [0.0])), float(np.mean(recall or [0.0])), tuple(ndcg))


def difference(ours: Quality, peer: Quality) -> Difference:
    """The paired difference in nDCG@10 with its interval."""
    return paired_bootstrap(ours.ndcg_of_query, peer.ndcg_of_query, seed=SEED)


def has_words_baseline() -> bool:
    """Whether the peers of the benchmarks are installed."""
    return find_spec("jieba") is not None and find_spec("rank_bm25") is not None


def words_rankings(documents: Mapping[str, str], queries: Mapping[str, str]) -> dict[str, list[str]]:
    """The peer: BM25 over words of jieba, on the same texts."""
    import jieba
    from rank_bm25 import BM25Okapi

    ids = sorted(documents)
    index = BM25Okapi([jieba.lcut(documents[pk]) for pk in ids], k1=1.2, b=0.75)
    rankings = {}
    for query, text in queries.items():
        scores = index.get_scores(jieba.lcut(text))
        rankings[query] = [ids[place] for place in np.argsort(-scores, kind="stable")[:101]]
    return rankings
