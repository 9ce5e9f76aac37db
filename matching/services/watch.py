"""Watching: what has become out of date since the last look (new or changed needs and resources) becomes one
delta run.
"""

from collections.abc import Iterable

import numpy as np
from django.db import transaction
from django.db.models import F, Q

from ledger.bell import STEP
from ledger.leases import ring_forgotten
from ledger.locks import Lock, hold, leave, take_for_session
from matching.choices import NeedState, RunKind, RunState
from matching.engine.packing import Flags
from matching.engine.pipeline import reverse
from matching.engine.records import Market
from matching.models import CandidateList, MatchRun, Need, RunStep
from matching.services import live_lists as live_lists_kept
from matching.services import open_needs as open_needs_kept
from matching.services import vector_copies as vector_copies_kept
from matching.services.configs import active_config, settings_of
from matching.services.documents import follow_resources
from matching.services.failed_runs import backlog, is_full_run_due
from matching.services.live_lists import LiveLists, live_lists
from matching.services.meaning import latest_semantics
from matching.services.need_documents import follow_needs, refresh_stale_needs
from matching.services.open_needs import Segment, open_needs
from matching.services.runs import UNFINISHED, request_full_run, start_delta, unfinished_runs
from matching.services.statistics import latest_statistics
from matching.snapshot import read_resources
from matching.surroundings import read_codes, read_geography, read_need_context
from zones.scoping import SYSTEM, today

PAIRS_AT_ONCE = 400_000
"""Pairs of needs and changed resources judged together: some 500 bytes each."""
MANY_RESOURCES = 2_000
"""More changes than this concern everybody: matching all open needs is cheaper than asking which."""
REASON = "the watch looks at every open need"


def look() -> MatchRun | None:
    """Bring documents up to date and start one delta run for all needs concerned; None when nothing changed.

    One process looks at a time and one waits for its turn; a third leaves at once, because the one that waits will see
    whatever it would have seen.
    """
    if not _take_the_waiting_place():
        return None
    try:
        with transaction.atomic():
            _wait_for_our_turn()
            return _looked()
    except BaseException:
        _forget_what_was_rolled_back()
        raise


def _looked() -> MatchRun | None:
    _follow_context()
    follow_needs()
    changed = follow_resources()
    if is_full_run_due():
        request_full_run(SYSTEM, reason="again")
    failed = backlog()
    pending = set(pending_needs()) | failed.due
    concerned = pending - failed.resting - _needs_in_work()
    concerned |= set(needs_concerned_by(changed))
    return start_delta(sorted(concerned), reason="changes") if concerned else None


def pending_needs() -> list[int]:
    """Open needs whose live result is missing or was made from an older version of the need."""
    needs = Need.objects.unscoped(reason=REASON).filter(state=NeedState.OPEN)
    outdated = needs.filter(~Q(live_result__need_version=F("version")))
    return list(outdated.order_by("pk").values_list("pk", flat=True))


def needs_concerned_by(resource_ids: list[int]) -> list[int]:
    """Open needs in whose live candidates a changed resource stands, or now would stand."""
    if not resource_ids:
        return []
    if len(resource_ids) > MANY_RESOURCES:
        return _open_need_ids()
    statistics = latest_statistics()
    if statistics is None:
        return []
    config = active_config()
    market = Market(
        statistics,
        read_geography(on=today()),
        read_codes(),
        settings_of(config),
        today().toordinal(),
        latest_semantics(),
    )
    live = live_lists(config)
    concerned: list[int] = []
    for segment in open_needs(statistics):
        is_concerned = live.naming(resource_ids, segment.needs.id) | _would_enter(segment, resource_ids, live, market)
        concerned += segment.needs.id[is_concerned & segment.is_current].tolist()
    return sorted(concerned)


def _would_enter(segment: Segment, resource_ids: list[int], live: LiveLists, market: Market) -> Flags:
    """Which needs any of the resources would enter, scored exactly as a run of today would: bool[needs]."""
    bars = live.bars_of(segment.needs.id)
    enters = np.zeros(bars.shape, dtype=np.bool_)
    for some in _batches(resource_ids, max(1, PAIRS_AT_ONCE // max(len(segment.needs), 1))):
        changed = read_resources(np.array(some, dtype=np.int64))
        ranks = reverse(
            changed, segment.needs, market.statistics, market.geography, market.codes, market.config, market.today,
            segment.queries, market.semantics,
        )  # fmt: skip
        enters |= np.nan_to_num(ranks, nan=-1.0).max(axis=1, initial=-1.0) >= bars
    return enters


def ring_again() -> int:
    """Ring for steps nobody came for; returns how many times."""
    return ring_forgotten(RunStep.objects.all(), STEP)


def _take_the_waiting_place() -> bool:
    """A lock of the session: it ends with the process, whatever ends the process."""
    return take_for_session(Lock.WAIT_TO_LOOK)


def _wait_for_our_turn() -> None:
    """Wait for whoever looks, then leave the waiting place: who comes from now on waits for us."""
    try:
        hold(Lock.LOOK)
    finally:
        leave(Lock.WAIT_TO_LOOK)


def _follow_context() -> None:
    """Make documents of needs again when memberships or company groups have changed, or the day has."""
    key = read_need_context(on=today()).key
    if _known_context != [key]:
        refresh_stale_needs()
        _known_context[:] = [key]


def _forget_what_was_rolled_back() -> None:
    for forget in (open_needs_kept.forget, live_lists_kept.forget, vector_copies_kept.forget, _known_context.clear):
        forget()


_known_context: list[str] = []


def _needs_in_work() -> set[int]:
    """Needs whose present version an unfinished run has read, or will read."""
    return _needs_waiting() | _needs_done_unpublished() if unfinished_runs().exists() else set()


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


def _batches(ids: list[int], size: int) -> Iterable[list[int]]:
    return (ids[first : first + size] for first in range(0, len(ids), size))
