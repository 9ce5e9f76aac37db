"""Replays: what an old run would have ranked under other weights. Nothing is published.

Frozen with the run: its candidates, their parts, the needs' versions, the day. Not replayed: settings that act before
the parts (they are named), candidates beyond the stored ones (needs with full lists are counted), and pairs that do not
give their stored score back (they are counted).
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from django.utils.translation import gettext as _

from matching.engine.config import ScoringConfig as Settings
from matching.engine.replaying import (
    Replayed,
    cause_of,
    overlap_at,
    rank_correlation,
    replay,
    settings_beyond_weights,
)
from matching.models import MatchRun, Need, ScoringConfig
from matching.services.configs import must_maintain, settings_of
from matching.services.stored import StoredList, stored_lists
from zones.errors import NotFound
from zones.models import Resource
from zones.scoping import Principal

TOP = 5


@dataclass(frozen=True, slots=True)
class Move:
    """One candidate that entered or left the first five; places count from 1. `component` is what moved it most, by
    `change` of its contribution against the candidates it changed places with.
    """

    resource_id: int
    before: int
    after: int
    component: str
    change: float


@dataclass(frozen=True, slots=True)
class NeedReplay:
    """One need under both configurations. `inexact`: pairs whose stored score does not follow from their parts."""

    need_id: int
    correlation: float
    overlap: float
    inexact: int
    is_cut_off: bool
    moves: list[Move]


@dataclass(frozen=True, slots=True)
class ReplayReport:
    """A run under another configuration. `unreplayed_needs`: stored by another set of components."""

    run: MatchRun
    old: ScoringConfig
    new: ScoringConfig
    needs: list[NeedReplay]
    unreplayed_needs: int
    unreplayed_settings: list[str]
    resources_changed_since: int

    @property
    def changed(self) -> list[NeedReplay]:
        """Needs whose first five are others, the most changed first."""
        return sorted((need for need in self.needs if need.moves), key=lambda need: (need.overlap, need.need_id))

    def mean(self, measure: str) -> float:
        """Mean of `correlation` or `overlap` over all needs; 1 where there is none."""
        return float(np.mean([getattr(need, measure) for need in self.needs])) if self.needs else 1.0


def replay_run(principal: Principal, *, run: MatchRun, config: ScoringConfig) -> ReplayReport:
    """Score the stored candidates of a run under another configuration. Raises NotAllowed; NotFound once the run's
    candidates have been tidied away.
    """
    must_maintain(principal)
    old, new = settings_of(run.config), settings_of(config)
    found, versions, unreplayed = [], dict[int, int](), 0
    for row in stored_lists(run):
        versions |= row.versions
        if row.value is None:
            unreplayed += 1
        else:
            found.append(_replayed(row, old, new))
    if not found and not unreplayed:
        raise NotFound(_("该次运行的候选已清理，无法回放：请选择较近的运行。"))
    return ReplayReport(
        run, run.config, config, found, unreplayed, settings_beyond_weights(old, new), _changed_since(versions)
    )


def _replayed(row: StoredList, old: Settings, new: Settings) -> NeedReplay:
    result = replay(row.as_stored(), old, new)
    after = [row.ids[place] for place in result.order.tolist()]
    return NeedReplay(
        need_id=row.need_id,
        correlation=rank_correlation(row.ids, after),
        overlap=overlap_at(row.ids, after, TOP),
        inexact=int(np.count_nonzero(~result.is_exact)),
        is_cut_off=len(row.ids) >= old.keep,
        moves=_moves(row.ids, result),
    )


def _moves(ids: Sequence[int], result: Replayed) -> list[Move]:
    order = result.order.tolist()
    place = {row: number for number, row in enumerate(order)}
    entered = [row for row in order[:TOP] if row >= TOP]
    left = [row for row in range(min(TOP, len(ids))) if place[row] >= TOP]
    pairs = [(row, left) for row in entered] + [(row, entered) for row in left]
    moves = []
    for row, rivals in pairs:
        component, change = cause_of(result.before.contributions, result.after.contributions, row, rivals)
        moves.append(Move(ids[row], row + 1, place[row] + 1, component, change))
    return moves


def _changed_since(versions: dict[int, int]) -> int:
    """How many candidates have been edited since: a new run would read other parts of them."""
    rows = Resource.objects.unscoped(reason="a replay counts versions").filter(pk__in=versions)
    return sum(version != versions[pk] for pk, version in rows.values_list("pk", "version"))


def as_json(report: ReplayReport) -> dict[str, object]:
    """The report with public ids and names, for people and programs."""
    needs = _names(Need, [need.need_id for need in report.changed], "title_zh")
    resources = _names(Resource, [move.resource_id for need in report.changed for move in need.moves], "name_zh")
    return {
        "run": str(report.run.public_id),
        "config_before": report.old.number,
        "config_after": report.new.number,
        "needs": len(report.needs),
        "needs_with_other_top_5": len(report.changed),
        "mean_rank_correlation": round(report.mean("correlation"), 6),
        "mean_top_5_overlap": round(report.mean("overlap"), 6),
        "frozen": ["candidates", "parts", "need versions", "day of the run"],
        "settings_not_replayed": report.unreplayed_settings,
        "needs_of_other_components": report.unreplayed_needs,
        "needs_with_full_lists": sum(need.is_cut_off for need in report.needs),
        "pairs_not_exact": sum(need.inexact for need in report.needs),
        "resources_changed_since": report.resources_changed_since,
        "changes": [
            {
                "need": needs[need.need_id][0],
                "title": needs[need.need_id][1],
                "rank_correlation": round(need.correlation, 6),
                "top_5_overlap": need.overlap,
                "moves": [
                    {
                        "resource": resources[move.resource_id][0],
                        "name": resources[move.resource_id][1],
                        "before": move.before,
                        "after": move.after,
                        "component": move.component,
                        "change": round(move.change, 6),
                    }
                    for move in need.moves
                ],
            }
            for need in report.changed
        ],
    }


def _names(model: type[Need] | type[Resource], ids: Sequence[int], column: str) -> dict[int, tuple[str, str]]:
    rows = model.objects.unscoped(reason="a replay is the system's").filter(pk__in=ids)
    return {pk: (str(public_id), name) for pk, public_id, name in rows.values_list("pk", "public_id", column)}
