"""The smallest team that covers the most: a set cover with capacities, solved by OR-Tools CP-SAT.

In this order: cover the greatest weight of sub-tasks, come from at least two zones, be as few organizations as
possible, cover as strongly as possible. One worker, a fixed seed and a limit in deterministic time: the same offers
give the same teams on every machine.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from ortools.sat.python import cp_model

from matching.engine.consortia.coverage import Offer
from matching.engine.consortia.tasks import SubTask

MAX_MEMBERS: Final = 6
TEAMS: Final = 3
"""The best team and its alternatives."""

TASKS_PER_PLACE: Final = 6
"""Sub-tasks that one free place of a resource can carry."""

OFFERS_PER_TASK: Final = 12
STRENGTH_STEPS: Final = 100
WANTED_ZONES: Final = 2
DETERMINISTIC_LIMIT: Final = 3.0
"""Work allowed per team, in the solver's deterministic seconds."""


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
    """Return the best team and alternatives, best first; each lacks at least one member of every team before it."""
    model = _Model(tasks, _strongest(offers), max_members)
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


class _Model:
    """The set cover as a CP-SAT model: is_member per organization, carries per (offer, cover)."""

    def __init__(self, tasks: Sequence[SubTask], offers: Sequence[Offer], max_members: int) -> None:
        self.tasks, self.offers = tasks, offers
        self.model = cp_model.CpModel()
        organizations = sorted({offer.organization for offer in offers})
        self.is_member = {pk: self.model.new_bool_var(f"member {pk}") for pk in organizations}
        self.carries = {
            (offer.resource, cover.task): self.model.new_bool_var(f"{offer.resource} carries {cover.task}")
            for offer in offers
            for cover in offer.covers
        }
        self.model.add(sum(self.is_member.values()) <= max_members)
        self._limit_tasks()
        self._limit_members()
        self._aim(self._missing_zones(), max_members)

    def solve(self) -> Team | None:
        """Return the best team that is not forbidden; None where nothing is left to cover."""
        solver = cp_model.CpSolver()
        solver.parameters.num_workers = 1
        solver.parameters.random_seed = 0
        solver.parameters.max_deterministic_time = DETERMINISTIC_LIMIT
        status = solver.solve(self.model)
        if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            return None
        assigned = tuple(self._assigned(solver))
        return self._team(assigned, is_proven=status == cp_model.OPTIMAL) if assigned else None

    def forbid(self, team: Team) -> None:
        """Let every later team lack one of its members."""
        self.model.add(sum(self.is_member[pk] for pk in team.organizations) <= len(team.organizations) - 1)

    def _limit_tasks(self) -> None:
        """Nobody does twice what one does, and no resource more than its places carry."""
        for task in range(len(self.tasks)):
            self.model.add(sum(var for (_offer, of_task), var in self.carries.items() if of_task == task) <= 1)
        for offer in self.offers:
            load = sum(self.carries[offer.resource, cover.task] for cover in offer.covers)
            self.model.add(load <= offer.places * TASKS_PER_PLACE)

    def _limit_members(self) -> None:
        """Who carries something is a member, and a member carries something."""
        loads: dict[int, list[cp_model.IntVar]] = defaultdict(list)
        for offer in self.offers:
            for cover in offer.covers:
                carries = self.carries[offer.resource, cover.task]
                loads[offer.organization].append(carries)
                self.model.add(carries <= self.is_member[offer.organization])
        for organization, carried in loads.items():
            self.model.add(sum(carried) >= self.is_member[organization])

    def _missing_zones(self) -> cp_model.IntVar:
        """How many zones short of two the team is."""
        members: dict[int, set[int]] = defaultdict(set)
        for offer in self.offers:
            members[offer.zone].add(offer.organization)
        zones = []
        for zone in sorted(members):
            zones.append(self.model.new_bool_var(f"zone {zone}"))
            carried = [
                self.carries[offer.resource, cover.task]
                for offer in self.offers
                if offer.zone == zone
                for cover in offer.covers
            ]
            self.model.add(sum(carried) >= zones[-1])
        missing = self.model.new_int_var(0, WANTED_ZONES, "missing zones")
        self.model.add(missing + sum(zones) >= WANTED_ZONES)
        return missing

    def _aim(self, missing_zones: cp_model.IntVar, max_members: int) -> None:
        """Each aim outweighs all that come after it."""
        member = STRENGTH_STEPS * len(self.tasks) + 1
        zone = member * (max_members + 1)
        cover = zone * (WANTED_ZONES + 1)
        gains = [
            (cover * self.tasks[of.task].weight + round(STRENGTH_STEPS * of.strength))
            * self.carries[offer.resource, of.task]
            for offer in self.offers
            for of in offer.covers
        ]
        self.model.maximize(sum(gains) - zone * missing_zones - member * sum(self.is_member.values()))

    def _assigned(self, solver: cp_model.CpSolver) -> Iterable[Assigned]:
        taken = [
            Assigned(cover.task, offer.resource, offer.organization, offer.zone, cover.strength, cover.evidence)
            for offer in self.offers
            for cover in offer.covers
            if solver.boolean_value(self.carries[offer.resource, cover.task])
        ]
        return sorted(taken, key=lambda one: one.task)

    def _team(self, assigned: tuple[Assigned, ...], *, is_proven: bool) -> Team:
        carried: dict[int, list[float]] = defaultdict(lambda: [0.0, 0.0])
        for one in assigned:
            carried[one.organization][0] += self.tasks[one.task].weight
            carried[one.organization][1] += one.strength
        return Team(
            tuple(sorted(carried, key=lambda pk: (-carried[pk][0], -carried[pk][1], pk))),
            tuple(sorted({one.zone for one in assigned})),
            assigned,
            tuple(sorted(set(range(len(self.tasks))) - {one.task for one in assigned})),
            is_proven,
        )
