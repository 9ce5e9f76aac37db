"""Watching: what has become out of date since the last look (new or changed needs and resources) becomes one
delta run.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
from django.db import connection, transaction
from django.db.models import Exists, F, OuterRef

from ledger.bell import STEP
from ledger.leases import ring_forgotten
from matching.choices import NeedState, RunKind, RunState
from matching.engine.pipeline import reverse
from matching.engine.records import CodeTree, Geography, NeedTable, ScoringConfig, TermStatistics
from matching.models import CandidateList, MatchRun, Need, RunStep
from matching.services.configs import active_config, settings_of
from matching.services.documents import follow_resources
from matching.services.runs import UNFINISHED, start_delta, unfinished_runs
from matching.services.statistics import latest_statistics
from matching.snapshot import read_codes, read_geography, read_needs, read_resources
from zones.scoping import today

LOOK_LOCK = 7_401_002
NEED_BATCH = 2_000
RESOURCE_BATCH = 200
MANY_RESOURCES = 2_000
"""More changes than this concern everybody: matching all open needs is cheaper than asking which."""
REASON = "the watch looks at every open need"


def look() -> MatchRun | None:
    """Bring documents up to date and start one delta run for all needs concerned; None when nothing changed.

    One process looks at a time; another one that comes meanwhile leaves at once, and the change waits for the next
    look.
    """
    with transaction.atomic():
        if not _this_process_looks():
            return None
        changed = follow_resources()
        waiting = _needs_waiting()
        concerned = set(pending_needs()) - waiting - _needs_done_unpublished()
        concerned |= set(needs_concerned_by(changed))
        return start_delta(sorted(concerned), reason="changes") if concerned else None


def pending_needs() -> list[int]:
    """Open needs whose live result is missing or was made from an older version of the need."""
    current = CandidateList.objects.filter(
        need=OuterRef("pk"), run=OuterRef("live_result__run"), need_version=OuterRef("version")
    )
    needs = Need.objects.unscoped(reason=REASON).filter(state=NeedState.OPEN)
    return list(needs.filter(~Exists(current)).order_by("pk").values_list("pk", flat=True))


def needs_concerned_by(resource_ids: list[int]) -> list[int]:
    """Open needs in whose live candidates a changed resource stands, or now would stand."""
    statistics = latest_statistics()
    if not resource_ids or statistics is None:
        return []
    if len(resource_ids) > MANY_RESOURCES:
        return _open_need_ids()
    judge = _Judge.of_today(statistics)
    concerned = set(_needs_listing(resource_ids))
    for batch in _batches(_open_need_ids(), NEED_BATCH):
        needs = read_needs(batch, on=judge.day)
        bars = _bars(needs.id.tolist(), judge.settings.keep)
        wanted = np.array([bars[pk] for pk in needs.id.tolist()])
        for some in _batches(resource_ids, RESOURCE_BATCH):
            concerned.update(needs.id[judge.best_ranks(needs, some) >= wanted].tolist())
    return sorted(concerned)


@dataclass(frozen=True, slots=True)
class _Judge:
    """Scores changed resources against needs exactly as a run of today would."""

    statistics: TermStatistics
    geography: Geography
    codes: CodeTree
    settings: ScoringConfig
    day: date

    @classmethod
    def of_today(cls, statistics: TermStatistics) -> "_Judge":
        return cls(statistics, read_geography(on=today()), read_codes(), settings_of(active_config()), today())

    def best_ranks(self, needs: NeedTable, resource_ids: list[int]) -> "np.ndarray[Any, np.dtype[np.float64]]":
        """Highest rank value of any of the resources, per need: float64[needs], -1 where all are ruled out."""
        changed = read_resources(np.array(resource_ids, dtype=np.int64))
        surroundings = (self.statistics, self.geography, self.codes, self.settings, self.day.toordinal())
        best: np.ndarray[Any, np.dtype[np.float64]] = np.nan_to_num(
            reverse(changed, needs, *surroundings), nan=-1.0
        ).max(axis=1, initial=-1.0)
        return best


def ring_again() -> int:
    """Ring for steps nobody came for; returns how many times."""
    return ring_forgotten(RunStep.objects.all(), STEP)


def _this_process_looks() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [LOOK_LOCK])
        return bool(cursor.fetchone()[0])


def _needs_waiting() -> set[int]:
    """Needs some unfinished run will read later, and so as they are now."""
    if unfinished_runs().filter(kind=RunKind.FULL, state=RunState.PREPARING).exists():
        return set(_open_need_ids())
    steps = RunStep.objects.filter(run__state__in=UNFINISHED, state=RunStep.State.QUEUED)
    return {pk for ids in steps.values_list("need_ids", flat=True) for pk in ids}


def _needs_done_unpublished() -> set[int]:
    """Needs whose present version a run has scored, or is scoring, without having published yet."""
    done = CandidateList.objects.filter(run__state__in=UNFINISHED, need_version=F("need__version")).values_list(
        "need_id", flat=True
    )
    doing = RunStep.objects.filter(run__state__in=UNFINISHED, state=RunStep.State.LEASED).values_list(
        "need_ids", flat=True
    )
    return set(done) | {pk for ids in doing for pk in ids}


def _open_need_ids() -> list[int]:
    return list(
        Need.objects.unscoped(reason=REASON).filter(state=NeedState.OPEN).order_by("pk").values_list("pk", flat=True)
    )


def _needs_listing(resource_ids: list[int]) -> list[int]:
    lists = CandidateList.objects.filter(run=F("need__live_result__run"), resource_ids__overlap=resource_ids)
    return list(lists.values_list("need_id", flat=True))


def _bars(need_ids: Iterable[int], keep: int) -> dict[int, float]:
    """The rank value a newcomer must reach to enter the live candidates of each need; 0 where there is room."""
    bars = dict.fromkeys(need_ids, 0.0)
    lists = CandidateList.objects.filter(run=F("need__live_result__run"), need_id__in=list(bars))
    for need, ranks in lists.values_list("need_id", "rank_values"):
        bars[need] = ranks[-1] if len(ranks) >= keep else 0.0
    return bars


def _batches(ids: list[int], size: int) -> Iterable[list[int]]:
    return (ids[first : first + size] for first in range(0, len(ids), size))
