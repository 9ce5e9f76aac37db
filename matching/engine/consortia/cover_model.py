"""The set cover behind a team, as a model for OR-Tools CP-SAT."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Final

from ortools.sat.python import cp_model

from matching.engine.consortia.coverage import Offer
from matching.engine.consortia.tasks import SubTask
from matching.engine.consortia.teams import Assigned, Team

TASKS_PER_PLACE: Final = 6
"""Sub-tasks that one free place of a resource can carry."""

STRENGTH_STEPS: Final = 100
WANTED_ZONES: Final = 2
FEWEST_IN_A_TEAM: Final = 2
DETERMINISTIC_LIMIT: Final = 3.0
"""Work allowed per team, in the solver's deterministic seconds."""


class CoverModel:
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
        """Let every later team lack one of its members, and be a team: one alone is no alternative to several."""
        self.model.add(sum(self.is_member[pk] for pk in team.organizations) <= len(team.organizations) - 1)
        self.model.add(sum(self.is_member.values()) >= FEWEST_IN_A_TEAM)

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
