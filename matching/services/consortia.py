"""How one step builds the consortium proposals of its needs; ``team_steps`` says for which."""

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np

from matching.choices import NeedState
from matching.engine.consortia import Team, plan_teams
from matching.engine.consortia.plan import Plan
from matching.models import MatchRun, Need, RunStep
from matching.models.places import holds_of
from matching.services.documents import caught_up_index
from matching.services.facts import market_of
from matching.services.team_steps import open_team_steps
from matching.snapshot import ResourceReader, read_need_facts
from matching.store import lock_places, save_proposals
from matching.surroundings import read_need_context
from zones.models import Resource

REASON = "runs work for everybody; readers are scoped"


class _Planned(NamedTuple):
    """The teams of one need, and from which version of it they were made."""

    need_id: int
    need_version: int
    plan: Plan

    @property
    def held(self) -> frozenset[int]:
        """The resources of which the first team holds a place."""
        return _resources_of(self.plan.teams[0]) if self.plan.teams else frozenset()


def build_teams(step: RunStep) -> Callable[[], None]:
    """Find the teams of some needs. The returned function replaces their proposals, in one transaction."""
    run = step.run
    open_needs = Need.objects.unscoped(reason=REASON).filter(pk__in=step.need_ids, state=NeedState.OPEN)
    planned = _planned(run, dict(open_needs.values_list("pk", "version")))
    return lambda: _save(run, planned)


def _planned(run: MatchRun, versions: Mapping[int, int]) -> list[_Planned]:
    """Plan one need after the other: each finds taken what the first teams before it take."""
    market, index, reader = market_of(run), caught_up_index(), ResourceReader()
    planned: list[_Planned] = []
    for need in read_need_facts(sorted(versions), context=read_need_context(on=run.as_of)):
        places = _Places(need.id, {row.need_id: row.held for row in planned})
        planned.append(_Planned(need.id, versions[need.id], plan_teams(need, index, reader, market, places)))
    return planned


def _save(run: MatchRun, planned: Sequence[_Planned]) -> None:
    """Keep what was made from needs as they still are; plan those anew whose place another has taken meanwhile."""
    lock_places()
    used = sorted({pk for row in planned for team in row.plan.teams for pk in _resources_of(team)})
    resources = Resource.objects.unscoped(reason=REASON).filter(pk__in=used).order_by("pk")
    resource_versions = dict(resources.select_for_update(no_key=True).values_list("pk", "version"))
    needs = Need.objects.unscoped(reason=REASON).filter(pk__in=[row.need_id for row in planned]).order_by("pk")
    versions = dict(needs.select_for_update().values_list("pk", "version"))
    current = [row for row in planned if versions.get(row.need_id) == row.need_version]
    kept = _kept(current)
    plans = {row.need_id: (row.need_version, row.plan) for row in kept}
    save_proposals(run, plans, resource_versions=resource_versions)
    open_team_steps(run.pk, [row.need_id for row in current if row.need_id not in plans])


def _kept(planned: Sequence[_Planned]) -> list[_Planned]:
    """Those whose first team finds its places free, each after the ones before it."""
    kept: list[_Planned] = []
    for row in planned:
        free = _Places(row.need_id, {other.need_id: other.held for other in kept}).of(row.held)
        if all(free.values()):
            kept.append(row)
    return kept


def _resources_of(team: Team) -> frozenset[int]:
    return frozenset(one.resource for one in team.assigned)


class _Places:
    """Free places of resources, seen from one need: capacity less what others hold by a match, by their first team or
    by an exchange. ``replaced``, need id → resources of its first team, stands for teams that are not stored yet.
    """

    def __init__(self, need_id: int, replaced: Mapping[int, frozenset[int]]) -> None:
        self.need_id = need_id
        self.replaced = replaced

    def __call__(self, ids: "np.ndarray[Any, np.dtype[np.int64]]") -> dict[int, int]:
        return self.of(ids.tolist())

    def of(self, pks: Collection[int]) -> dict[int, int]:
        """Resource id → free places; of a resource that is gone, none."""
        held = Counter(pk for pk, _need in {*self._stored(pks), *self._replacing()})
        rows = Resource.objects.unscoped(reason=REASON).filter(pk__in=pks).values_list("pk", "capacity")
        return dict.fromkeys(pks, 0) | {pk: max(capacity - held[pk], 0) for pk, capacity in rows}

    def _stored(self, pks: Collection[int]) -> Iterator[tuple[int, int]]:
        for held in holds_of(pks):
            if held.need_id != self.need_id and not (held.is_by_team and held.need_id in self.replaced):
                yield held.resource_id, held.need_id

    def _replacing(self) -> Iterator[tuple[int, int]]:
        return ((pk, need) for need, pks in self.replaced.items() for pk in pks)
