"""How often resources were put before needs this week: what the weekly exposure cap counts.

A resource is put before a need when a published run proposes it (`Match.is_assigned`); the days are the database's.
"""

from collections.abc import Sequence
from datetime import timedelta
from typing import NamedTuple

import numpy as np
from django.db.models import BooleanField, Count, Exists, ExpressionWrapper, OuterRef, QuerySet
from django.db.models.functions import Now
from numpy.typing import NDArray

from matching.models import LIVE, Match, MatchRun

REASON = "the exposure cap counts what every need was shown"
WEEK = timedelta(days=7)
FLAG = BooleanField()


def exposures_left(resource_ids: NDArray[np.int64], cap: int) -> dict[int, int]:
    """How many new needs each resource may still be put before this week, by resource id."""
    shown = _this_week().filter(resource__among=resource_ids.tolist()).order_by().values("resource_id")
    counts = dict(shown.annotate(needs=Count("need_id", distinct=True)).values_list("resource_id", "needs"))
    return {pk: max(cap - counts.get(pk, 0), 0) for pk in resource_ids.tolist()}


class Shown(NamedTuple):
    """Of each pair, bool[pairs]: whether its resource is proposed to its need now, and whether it is neither proposed
    now nor was within the week.
    """

    is_held: NDArray[np.bool_]
    is_new: NDArray[np.bool_]


def shown_pairs(need_ids: NDArray[np.int64], resource_ids: NDArray[np.int64]) -> Shown:
    """What the needs of these pairs have been shown of their resources."""
    rows = _this_week().filter(need__among=np.unique(need_ids).tolist()).annotate(is_live=ExpressionWrapper(LIVE, FLAG))
    shown = list(rows.values_list("need_id", "resource_id", "is_live"))
    pairs = list(zip(need_ids.tolist(), resource_ids.tolist(), strict=True))
    held = {(need, resource) for need, resource, is_live in shown if is_live}
    known = {(need, resource) for need, resource, _ in shown}
    return Shown(_are_in(held, pairs), ~_are_in(known, pairs))


def _are_in(known: set[tuple[int, int]], pairs: Sequence[tuple[int, int]]) -> NDArray[np.bool_]:
    return np.fromiter((pair in known for pair in pairs), dtype=np.bool_, count=len(pairs))


def _this_week() -> QuerySet[Match]:
    """Pairs that are proposed now or were published within the week. Runs are asked about, not joined: a plan that
    begins with them looks into every run of the week for a few resources.
    """
    published = MatchRun.objects.unscoped(reason=REASON).filter(pk=OuterRef("run"), published_at__gt=Now() - WEEK)
    return _proposed().filter(LIVE | Exists(published))


def _proposed() -> QuerySet[Match]:
    rows: QuerySet[Match] = Match.objects.unscoped(reason=REASON).filter(is_assigned=True)
    return rows
