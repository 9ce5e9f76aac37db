"""How one step builds the consortium proposals of its needs; ``team_steps`` says for which."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from typing import Any, NamedTuple

import numpy as np

from matching.choices import NeedState
from matching.engine.consortia import plan_teams
from matching.engine.consortia.plan import Plan
from matching.models import (
    LIVE,
    ConsortiumPart,
    Match,
    MatchRun,
    Need,
    RunStep,
)
from matching.services.documents import caught_up_index
from matching.services.facts import market_of
from matching.snapshot import ResourceReader, read_need_facts
from matching.store import save_proposals
from matching.surroundings import read_need_context
from zones.models import Resource

REASON = "runs work for everybody; readers are scoped"


class _Planned(NamedTuple):
    """The teams of one need, and from which version of it they were made."""

    need_id: int
    need_version: int
    plan: Plan


def build_teams(step: RunStep) -> Callable[[], None]:
    """Find the teams of some needs. The returned function replaces their proposals, in one transaction."""
    run, market, index = step.run, market_of(step.run), caught_up_index()
    open_needs = Need.objects.unscoped(reason=REASON).filter(pk__in=step.need_ids, state=NeedState.OPEN)
    versions = dict(open_needs.values_list("pk", "version"))
    reader = ResourceReader()
    planned = [
        _Planned(need.id, versions[need.id], plan_teams(need, index, reader, market, _Places(need.id)))
        for need in read_need_facts(sorted(versions), context=read_need_context(on=run.as_of))
    ]
    return lambda: _save(run, planned)


def _save(run: MatchRun, planned: Sequence[_Planned]) -> None:
    """Keep what was made from needs as they still are."""
    needs = Need.objects.unscoped(reason=REASON).filter(pk__in=[row.need_id for row in planned])
    versions = dict(needs.select_for_update().values_list("pk", "version"))
    current = [row for row in planned if versions.get(row.need_id) == row.need_version]
    save_proposals(run, {row.need_id: (row.need_version, row.plan) for row in current})


class _Places:
    """Free places of resources, seen from one need: capacity less what others hold by a match or by their first
    team."""

    def __init__(self, need_id: int) -> None:
        self.need_id = need_id

    def __call__(self, ids: "np.ndarray[Any, np.dtype[np.int64]]") -> dict[int, int]:
        pks = ids.tolist()
        held = Counter(pk for pk, _need in {*self._matched(pks), *self._teamed(pks)})
        rows = Resource.objects.unscoped(reason=REASON).filter(pk__in=pks).values_list("pk", "capacity")
        return {pk: max(capacity - held[pk], 0) for pk, capacity in rows}

    def _matched(self, pks: list[int]) -> Iterator[tuple[int, int]]:
        rows = Match.objects.unscoped(reason=REASON).filter(LIVE, is_assigned=True, need__state=NeedState.OPEN)
        others = rows.filter(resource__in=pks).exclude(need=self.need_id)
        yield from others.values_list("resource_id", "need_id")

    def _teamed(self, pks: list[int]) -> Iterator[tuple[int, int]]:
        rows = ConsortiumPart.objects.unscoped(reason=REASON).filter(proposal__rank=1, resource__in=pks)
        others = rows.filter(proposal__need__state=NeedState.OPEN).exclude(proposal__need=self.need_id)
        yield from others.values_list("resource_id", "proposal__need_id").distinct()
