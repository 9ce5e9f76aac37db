"""The last stage of a run: assign partners within everybody's capacity, store the matches, move the live pointers."""

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
from django.contrib.postgres.fields import ArrayField
from django.db.models import F, Func, IntegerField

from ledger.crash import crash_point
from ledger.events import record_event
from matching.engine.assignment import Assignment, Choices, Limits, assign
from matching.engine.exploration import explored
from matching.engine.packing import Integers
from matching.engine.reasons import EXPOSURE_CAP
from matching.engine.records import ScoringConfig
from matching.models import CandidateList, MatchRun, Need, RunStep
from matching.models.places import Hold, holds_of
from matching.services import candidate_sources
from matching.services.configs import settings_of
from matching.services.exposure_cap import exposures_left, shown_pairs
from matching.services.exposures import log_published
from matching.services.facts import facts_of_pairs
from matching.services.team_steps import needs_for_teams, open_team_steps
from matching.store import NewMatch, publish, save_matches, save_quarantined, save_reason
from zones.models import Resource

REASON = "runs work for everybody; readers are scoped"
EXPLAINED = (
    "ARRAY(SELECT (place - 1)::int FROM jsonb_array_elements(%(expressions)s) WITH ORDINALITY AS told(fact, place) "
    "WHERE fact <> 'null')"
)
NO_VALUE = -1.0
"""The rank value of a pair that is not to be assigned: below every threshold."""
SAME_SCORE = 1e-9
"""A pair whose side changed since it was scored scores otherwise now: it waits for the next run."""


class _Listed(NamedTuple):
    """What assignment reads of one candidate list."""

    need_id: int
    need_version: int
    resource_ids: list[int]
    resource_versions: list[int]
    scores: list[float]
    confidences: list[float]
    rank_values: list[float]
    told_places: list[int]
    explained: list[int]
    """The places of resources whose facts the list holds."""


class _Places(NamedTuple):
    """Of one resource: its zone, and how many needs of the run it may serve."""

    zone_id: int
    free: int


def assign_and_publish(step: RunStep) -> Callable[[], None]:
    """Choose partners for all needs of the run. The returned function stores and publishes, in one transaction."""
    candidate_sources.let_go()
    run, config = step.run, settings_of(step.run.config)
    lists = _candidate_lists(run)
    choices = _choices(lists)
    needs = _needs(lists)
    holds = holds_of(np.unique(choices.resource_id).tolist())
    choices = _not_booked(lists, choices, holds)
    result = assign(choices, _limits(lists, choices, needs, holds, config), solver=config.solver)
    assigned = _assigned(lists, choices, result)
    matches = list(_matches(run, lists, assigned, config))
    held_back = Counter(lists[row].need_id for row in choices.need_row[result.held_back].tolist())
    counts = {
        "matches": len(matches),
        "assigned": int(result.pair.size),
        "candidates": int(choices.need_row.size),
        EXPOSURE_CAP: int(result.held_back.size),
        "solver": config.solver,
        "total_value": result.total_value,
        "gap": result.gap,
    }
    return lambda: _publish(run, matches, counts, held_back)


def quarantine(step: RunStep, *, error: str) -> None:
    """Publish without a need that fails every time: its result is empty and marked."""
    version = Need.objects.unscoped(reason=REASON).values_list("version", flat=True).get(pk=step.need_ids[0])
    save_quarantined(step.run, step, need_version=version, error=error)


def _publish(
    run: MatchRun, matches: Sequence[NewMatch], counts: Mapping[str, object], held_back: Mapping[int, int]
) -> None:
    save_matches(run, matches)
    save_reason(run, EXPOSURE_CAP, held_back)
    crash_point("before_publish")
    publish(run, counts=counts)
    log_published(run)
    open_team_steps(run.pk, needs_for_teams(run))
    record_event("run.published", object_type="matching.matchrun", public_id=run.public_id, payload=dict(counts))


def _candidate_lists(run: MatchRun) -> list[_Listed]:
    explained = Func(F("facts"), template=EXPLAINED, output_field=ArrayField(IntegerField()))
    rows = CandidateList.objects.filter(run=run).order_by("need_id").annotate(explained=explained)
    return list(map(_Listed._make, rows.values_list(*_Listed._fields)))


def _choices(lists: Sequence[_Listed]) -> Choices:
    sizes = [len(row.resource_ids) for row in lists]
    return Choices(
        np.repeat(np.arange(len(lists)), sizes),
        np.array([pk for row in lists for pk in row.resource_ids], dtype=np.int64),
        np.array([value for row in lists for value in row.rank_values]),
        np.array([value for row in lists for value in row.confidences]),
    )


def _not_booked(lists: Sequence[_Listed], choices: Choices, holds: Sequence[Hold]) -> Choices:
    """The choices, with those pairs worth no place that have booked one already: they are talking."""
    booked = {(hold.need_id, hold.resource_id) for hold in holds if hold.is_booked}
    if not booked:
        return choices
    needs = [lists[row].need_id for row in choices.need_row.tolist()]
    pairs = zip(needs, choices.resource_id.tolist(), strict=True)
    is_booked = np.fromiter((pair in booked for pair in pairs), dtype=np.bool_, count=len(needs))
    return choices._replace(rank_value=np.where(is_booked, NO_VALUE, choices.rank_value))


def _needs(lists: Sequence[_Listed]) -> dict[int, tuple[int, int]]:
    """need id → (zone, wanted partners)."""
    rows = Need.objects.unscoped(reason=REASON).filter(pk__among=[row.need_id for row in lists])
    return {pk: (zone, wanted) for pk, zone, wanted in rows.values_list("pk", "zone_id", "wanted_partners")}


def _limits(
    lists: Sequence[_Listed],
    choices: Choices,
    needs: Mapping[int, tuple[int, int]],
    holds: Sequence[Hold],
    config: ScoringConfig,
) -> Limits:
    ids, place = np.unique(choices.resource_id, return_inverse=True)
    places = _places(ids, needs, holds)
    need_zone = np.array([needs[row.need_id][0] for row in lists], dtype=np.int64)
    resource_zone = np.array([places[pk].zone_id for pk in ids.tolist()], dtype=np.int64)[place]
    need_id = np.array([row.need_id for row in lists], dtype=np.int64)
    shown = shown_pairs(need_id[choices.need_row], choices.resource_id)
    return Limits(
        np.array([needs[row.need_id][1] for row in lists], dtype=np.int64),
        {pk: row.free for pk, row in places.items()},
        resource_zone != need_zone[choices.need_row],
        np.full(len(lists), config.other_zone_places, dtype=np.int64),
        config.assign_threshold,
        shown.is_new,
        exposures_left(ids, config.weekly_exposures),
        shown.is_held,
    )


def _assigned(lists: Sequence[_Listed], choices: Choices, result: Assignment) -> dict[int, set[int]]:
    """need id → resources assigned to it."""
    assigned: dict[int, set[int]] = {row.need_id: set() for row in lists}
    for pair in result.pair.tolist():
        assigned[lists[int(choices.need_row[pair])].need_id].add(int(choices.resource_id[pair]))
    return assigned


def _places(ids: Integers, own: Collection[int], holds: Sequence[Hold]) -> dict[int, _Places]:
    """By resource id: zone, and capacity less what is booked and what other needs hold; what its own needs are promised
    is dealt out anew.
    """
    held = {(hold.resource_id, hold.need_id) for hold in holds if hold.is_booked or hold.need_id not in own}
    taken = Counter(pk for pk, _ in held)
    rows = Resource.objects.unscoped(reason=REASON).filter(pk__among=ids.tolist())
    return {
        pk: _Places(zone, max(capacity - taken[pk], 0))
        for pk, zone, capacity in rows.values_list("pk", "zone_id", "capacity")
    }


def _matches(
    run: MatchRun, lists: Sequence[_Listed], assigned: Mapping[int, set[int]], config: ScoringConfig
) -> Iterator[NewMatch]:
    """The best few of each need, those that everybody is told of, and everything assigned to it."""
    chosen = {row.need_id: _shown(row, assigned[row.need_id], config.top) for row in lists}
    further = {row.need_id: _explored(run, row, chosen[row.need_id], config) for row in lists}
    missing = {
        row.need_id: [
            row.resource_ids[place]
            for place in (*chosen[row.need_id], *further[row.need_id])
            if place not in row.explained
        ]
        for row in lists
    }
    more = facts_of_pairs(run, {need: ids for need, ids in missing.items() if ids})
    for row in lists:
        for place in (*chosen[row.need_id], *further[row.need_id]):
            is_explained = place in row.explained
            facts = None if is_explained else more.get((row.need_id, row.resource_ids[place]))
            if is_explained or (facts is not None and abs(facts["score"] - row.scores[place]) <= SAME_SCORE):
                yield _match(row, place, facts, assigned[row.need_id], is_exploration=place in further[row.need_id])


def _match(
    row: _Listed, place: int, facts: dict[str, Any] | None, assigned: set[int], *, is_exploration: bool
) -> NewMatch:
    resource = row.resource_ids[place]
    return NewMatch(
        row.need_id, row.need_version, resource, row.resource_versions[place], place + 1, row.scores[place],
        row.confidences[place], facts, resource in assigned, place in row.told_places, is_exploration,
    )  # fmt: skip


def _shown(row: _Listed, assigned: set[int], top: int) -> list[int]:
    return [
        place for place, pk in enumerate(row.resource_ids) if place < top or pk in assigned or place in row.told_places
    ]


def _explored(run: MatchRun, row: _Listed, shown: Sequence[int], config: ScoringConfig) -> list[int]:
    """Further places to show so that we learn about them, worth assigning but not assigned. The seed is the run's
    input: the same input shows the same, another day explores anew.
    """
    rest = set(range(len(row.resource_ids))).difference(shown)
    worthy = sorted(place for place in rest if row.rank_values[place] >= config.assign_threshold)
    return explored(worthy, config.exploration_slots, need_id=row.need_id, seed=run.input_hash)
