"""The reranking model the settings ask for, made once per process."""

from functools import lru_cache
from typing import Final, NamedTuple

from django.conf import settings

from matching.choices import RunState
from matching.embedding.reranking import Reranker, RerankFailed, RerankSettings, rerank_problems_of
from matching.models import MatchRun


class Judge(NamedTuple):
    """Who judges the best pairs of a run: empty where nobody does; `error` says why somebody should and cannot."""

    model: str = ""
    error: str = ""


NO_JUDGE: Final = Judge()


def reranker() -> Reranker | None:
    """The model; None where none is set. Raises RerankFailed where the settings cannot work."""
    return _made(settings.RERANK)


def judge_of_now() -> Judge:
    """Who would judge a run that begins now."""
    try:
        found = reranker()
    except RerankFailed as problem:
        return Judge(error=str(problem))
    return Judge(found.model) if found is not None else NO_JUDGE


def rerank_state() -> dict[str, object]:
    """For the health page: whether a model is set, can be asked, and how many needs of the last run it judged."""
    judge = judge_of_now()
    if not settings.RERANK.url:
        return {"is_on": False}
    runs = MatchRun.objects.unscoped(reason="the health page counts").filter(state=RunState.PUBLISHED)
    last = runs.order_by("-pk").values("need_reranked", "need_total").first()
    return {"is_on": True, "is_usable": not judge.error, "last_run": last}


@lru_cache(maxsize=1)
def _made(asked: RerankSettings) -> Reranker | None:
    problems = rerank_problems_of(asked)
    if problems:
        raise RerankFailed("; ".join(problems))
    return Reranker(asked) if asked.url else None
