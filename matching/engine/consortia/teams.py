"""The smallest team that covers the most: a set cover with capacities (``cover_model``).

In this order: cover the greatest weight of sub-tasks, come from at least two zones, be as few organizations as
possible, cover as strongly as possible. One worker, a fixed seed and a limit in deterministic time: the same offers
give the same teams on every machine.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from matching.engine.consortia.coverage import Offer
from matching.engine.consortia.tasks import SubTask

MAX_MEMBERS: Final = 6
TEAMS: Final = 3
"""The best team and its alternatives."""

OFFERS_PER_TASK: Final = 12


@dataclass(frozen=True, slots=True)
class Assigned:
    """One sub-task (its position) with the offer that covers it."""

    task: int
    resource: int
    organization: int
    zone: int
    strength: float
    evidence: str


@dataclass(frozen=True, slots=True)
class Team:
    """organizations: the lead first, the others by what they carry; uncovered: positions of sub-tasks nobody covers;
    is_proven: no better team exists, else none was found within the limit."""

    organizations: tuple[int, ...]
    zones: tuple[int, ...]
    assigned: tuple[Assigned, ...]
    uncovered: tuple[int, ...]
    is_proven: bool


def best_teams(
    tasks: Sequence[SubTask], offers: Iterable[Offer], *, teams: int = TEAMS, max_members: int = MAX_MEMBERS
) -> tuple[Team, ...]:
    """Return the best team and alternatives, best first; each lacks at least one member of every team before it.

    The first may be a single organization: then nobody else covers anything that it does not, and no team is needed.
    """
    from matching.engine.consortia.cover_model import (
        CoverModel,  # the solver takes a second to load; pages need no solver
    )

    model = CoverModel(tasks, _strongest(offers), max_members)
    found: list[Team] = []
    while len(found) < teams and (team := model.solve()) is not None:
        found.append(team)
        model.forbid(team)
    return tuple(found)


def _strongest(offers: Iterable[Offer]) -> list[Offer]:
    """Keep the offers that are among the strongest of some sub-task; the order of the input does not matter."""
    by_task: dict[int, list[tuple[float, float, int]]] = defaultdict(list)
    usable = sorted((offer for offer in offers if offer.places > 0), key=lambda offer: offer.resource)
    for offer in usable:
        for cover in offer.covers:
            by_task[cover.task].append((-cover.strength, -offer.relevance, offer.resource))
    kept = {resource for rows in by_task.values() for *_, resource in sorted(rows)[:OFFERS_PER_TASK]}
    return [offer for offer in usable if offer.resource in kept]
