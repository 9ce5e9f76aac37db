"""From one need to its teams: sub-tasks, candidates of the text index for the need and for each sentence, teams."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from matching.engine import retrieval
from matching.engine.consortia.coverage import offers_of, probes_of
from matching.engine.consortia.tasks import SubTask, tasks_of
from matching.engine.consortia.teams import Team, best_teams
from matching.engine.encoding import ResourceTable
from matching.engine.facts import NeedFacts
from matching.engine.packing import Integers
from matching.engine.retrieval import CandidateSource
from matching.engine.surroundings import Market


@dataclass(frozen=True, slots=True)
class Plan:
    """The sub-tasks of a need and the teams for it, best first."""

    tasks: tuple[SubTask, ...]
    teams: tuple[Team, ...]


def plan_teams(
    need: NeedFacts,
    source: CandidateSource,
    load: Callable[[Integers], ResourceTable],
    market: Market,
    places: Callable[[Integers], Mapping[int, int]] | None = None,
) -> Plan:
    """Return the teams for one need; ``places`` gives the free places of resources, their capacity unless given."""
    tasks = tasks_of(need)
    probes = probes_of(need, tasks)
    queries = retrieval.queries_of(probes, market.statistics, market.config)
    found = source.candidates(queries, market.config.depth)
    ids = np.unique(np.concatenate(found)).astype(np.int64)
    resources = load(ids)
    offers = offers_of(probes, tasks, resources, market, places(ids) if places else None)
    return Plan(tasks, best_teams(tasks, offers))
