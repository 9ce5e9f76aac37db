"""How often resources were put before needs this week: what the weekly exposure cap counts.

A resource is put before a need when a published run proposes it (`Match.is_assigned`); the days are the database's.
"""

from collections.abc import Iterable
from datetime import timedelta

import numpy as np
from django.db.models import Count, Q, QuerySet
from django.db.models.functions import Now
from numpy.typing import NDArray

from matching.models import LIVE, Match

REASON = "the exposure cap counts what every need was shown"
WEEK = timedelta(days=7)


def exposures_left(resource_ids: NDArray[np.int64], cap: int) -> dict[int, int]:
    """How many new needs each resource may still be put before this week, by resource id."""
    shown = _this_week().filter(resource__among=resource_ids.tolist()).order_by().values("resource_id")
    counts = dict(shown.annotate(needs=Count("need_id", distinct=True)).values_list("resource_id", "needs"))
    return {pk: max(cap - counts.get(pk, 0), 0) for pk in resource_ids.tolist()}


def is_new_pair(need_ids: NDArray[np.int64], resource_ids: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Whether the resource of each pair is neither proposed to its need now nor was this week; bool[pairs]."""
    return ~_are_among(_this_week(), need_ids, resource_ids)


def is_held_pair(need_ids: NDArray[np.int64], resource_ids: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Whether the resource of each pair is proposed to its need now; bool[pairs]."""
    return _are_among(_proposed().filter(LIVE), need_ids, resource_ids)


def _are_among(
    matches: QuerySet[Match], need_ids: NDArray[np.int64], resource_ids: NDArray[np.int64]
) -> NDArray[np.bool_]:
    known = set(matches.filter(need__among=np.unique(need_ids).tolist()).values_list("need_id", "resource_id"))
    pairs: Iterable[tuple[int, int]] = zip(need_ids.tolist(), resource_ids.tolist(), strict=True)
    return np.fromiter((pair in known for pair in pairs), dtype=np.bool_, count=need_ids.size)


def _this_week() -> QuerySet[Match]:
    """Pairs that are proposed now or were published within the week."""
    return _proposed().filter(LIVE | Q(run__published_at__gt=Now() - WEEK))


def _proposed() -> QuerySet[Match]:
    rows: QuerySet[Match] = Match.objects.unscoped(reason=REASON).filter(is_assigned=True)
    return rows
