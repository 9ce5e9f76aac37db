"""Two runs side by side: which needs of the reader got other first candidates, and why.

Only the reader's own needs, and of their candidates only those the reader may see: the order and the first five are
taken among these, so that what is hidden changes nothing here.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.db import connection
from django.utils.translation import gettext_lazy as _

from matching.choices import RunState
from matching.engine.config import ScoringConfig as Settings
from matching.engine.replaying import EXACT, Replayed, cause_of, replay
from matching.models import MatchRun, Need
from matching.services.configs import settings_of
from matching.services.removals import told_reason
from matching.services.stored import StoredList, stored_lists
from zones.models import Resource
from zones.scoping import Principal, read_whole

TOP = 5
LOOKED_THROUGH = 1_000
SHOWN = 50
ENTERED, LEFT, MOVED = "entered", "left", "moved"
REASON_TEXTS = {
    "need_changed": _("需求已修改"),
    "resource_changed": _("资源已修改"),
    "new_resource": _("新发布的资源"),
    "config_changed": _("评分配置不同"),
    "statistics_changed": _("词频统计已更新"),
    "day_changed": _("计算基准日不同"),
    "constraint": _("不再满足条件"),
    "not_listed": _("此前未进入候选"),
    "displaced": _("其他候选变化所致"),
}
DIFFERING = """
SELECT a.need_id FROM matching_candidatelist a JOIN matching_candidatelist b ON b.need_id = a.need_id
WHERE a.run_id = %(before)s AND b.run_id = %(after)s AND a.need_id = ANY(%(needs)s)
AND a.resource_ids IS DISTINCT FROM b.resource_ids ORDER BY a.need_id LIMIT %(limit)s
"""


@dataclass(frozen=True, slots=True)
class Change:
    """One candidate in the first five of one run. Places count from 1 among what the reader sees, None where it is not
    listed; `reasons` are keys of `REASON_TEXTS`; `removed_by` is the constraint that rules the pair out now, as the
    reader may be told it.
    """

    resource: Resource
    kind: str
    before: int | None
    after: int | None
    score_before: float | None
    score_after: float | None
    reasons: tuple[str, ...]
    component: str
    removed_by: str


class NeedComparison(NamedTuple):
    """One need whose first five differ."""

    need: Need
    changes: list[Change]


class Comparison(NamedTuple):
    """`is_cut`: there are more needs than are shown. `is_tidied`: a run's candidates are gone."""

    before: MatchRun
    after: MatchRun
    needs: list[NeedComparison]
    is_cut: bool
    is_tidied: bool


class _Sides(NamedTuple):
    """One need in both runs, with the orders the reader sees."""

    before: StoredList
    after: StoredList
    order_before: list[int]
    order_after: list[int]

    @property
    def common_before(self) -> list[int]:
        """The old order of what both runs list."""
        return [pk for pk in self.order_before if pk in self.order_after]

    @property
    def common_after(self) -> list[int]:
        return [pk for pk in self.order_after if pk in self.order_before]


def previous_run(principal: Principal, run: MatchRun) -> MatchRun | None:
    """The run published before this one, of the same kind, among those the reader may see."""
    rows = MatchRun.objects.visible_to(principal).filter(state=RunState.PUBLISHED, kind=run.kind, pk__lt=run.pk)
    found: MatchRun | None = rows.select_related("config").order_by("-pk").first()
    return found


def compare_runs(principal: Principal, *, before: MatchRun, after: MatchRun) -> Comparison:
    """Compare two runs the reader may see."""
    from matching.services.facts import reasons_of_pairs  # loads the kernels; a page that compares nothing needs none

    own = Need.objects.visible_to(principal).filter(read_whole(Need, principal))
    needs = {need.pk: need for need in own.filter(candidate_lists__run=before).filter(candidate_lists__run=after)}
    sides = _differing(principal, before, after, list(needs))
    changed = {need_id: side for need_id, side in sides.items() if side.order_before[:TOP] != side.order_after[:TOP]}
    shown = dict(list(changed.items())[:SHOWN])
    resources = _resources(principal, shown.values())
    gone = {need_id: _gone(side) for need_id, side in shown.items() if _gone(side)}
    removed = _told(principal, reasons_of_pairs(after, gone))
    return Comparison(
        before,
        after,
        [
            NeedComparison(needs[need_id], _changes(before, after, side, resources, removed))
            for need_id, side in shown.items()
        ],
        is_cut=len(changed) > SHOWN,
        is_tidied=not needs,
    )


def _differing(principal: Principal, before: MatchRun, after: MatchRun, need_ids: Sequence[int]) -> dict[int, _Sides]:
    """need id → both lists, where they differ at all."""
    values: dict[str, Any] = {"before": before.pk, "after": after.pk, "needs": list(need_ids), "limit": LOOKED_THROUGH}
    with connection.cursor() as cursor:
        cursor.execute(DIFFERING, values)
        ids = [need_id for (need_id,) in cursor.fetchall()]
    first = {row.need_id: row for row in stored_lists(before, ids)}
    second = {row.need_id: row for row in stored_lists(after, ids)}
    listed = {pk for lists in (first, second) for row in lists.values() for pk in row.ids}
    visible = set(Resource.objects.visible_to(principal).filter(pk__in=listed).values_list("pk", flat=True))
    return {
        need_id: _Sides(
            first[need_id],
            second[need_id],
            [pk for pk in first[need_id].ids if pk in visible],
            [pk for pk in second[need_id].ids if pk in visible],
        )
        for need_id in ids
    }


def _told(principal: Principal, removed: Mapping[tuple[int, int], str]) -> dict[tuple[int, int], str]:
    """The needs are the reader's own; of the resources only some may be."""
    own = Resource.objects.visible_to(principal).filter(read_whole(Resource, principal))
    mine = set(own.filter(pk__in={pk for _need, pk in removed}).values_list("pk", flat=True))
    return {
        pair: told_reason(reason, is_need_side=True, is_resource_side=pair[1] in mine)
        for pair, reason in removed.items()
    }


def _concerned(side: _Sides) -> list[int]:
    """Candidates in either first five whose place there differs, those of the new run first."""
    first, second = side.order_before[:TOP], side.order_after[:TOP]
    pairs = dict.fromkeys([*second, *first])
    return [pk for pk in pairs if _place(first, pk) != _place(second, pk)]


def _gone(side: _Sides) -> list[int]:
    return [pk for pk in side.order_before[:TOP] if pk not in side.after.score]


def _resources(principal: Principal, sides: Collection[_Sides]) -> dict[int, Resource]:
    ids = {pk for side in sides for pk in _concerned(side)}
    rows = Resource.objects.visible_to(principal).filter(pk__in=ids).select_related("zone")
    return {row.pk: row for row in rows}


def _changes(
    before: MatchRun,
    after: MatchRun,
    side: _Sides,
    resources: Mapping[int, Resource],
    removed: Mapping[tuple[int, int], str],
) -> list[Change]:
    replays = _rescored(side.before, settings_of(before.config)), _rescored(side.after, settings_of(after.config))
    changes = []
    for pk in _concerned(side):
        ruled_out = removed.get((side.before.need_id, pk), "")
        reasons = _reasons(before, after, side, resources[pk], ruled_out)
        changes.append(
            Change(
                resource=resources[pk],
                kind=_kind(side, pk),
                before=_place(side.order_before, pk),
                after=_place(side.order_after, pk),
                score_before=side.before.score.get(pk),
                score_after=side.after.score.get(pk),
                reasons=reasons,
                component=_component(side, pk, *replays) if reasons != ("displaced",) else "",
                removed_by=ruled_out,
            )
        )
    return changes


def _kind(side: _Sides, pk: int) -> str:
    if pk not in side.order_before[:TOP]:
        return ENTERED
    return MOVED if pk in side.order_after[:TOP] else LEFT


def _place(order: Sequence[int], pk: int) -> int | None:
    return order.index(pk) + 1 if pk in order else None


def _reasons(before: MatchRun, after: MatchRun, side: _Sides, resource: Resource, removed_by: str) -> tuple[str, ...]:
    """Everything that differs and can have moved the pair, unless others did."""
    pk = resource.pk
    old = side.before.score.get(pk)
    if _is_displaced(side, pk):
        return ("displaced",)
    versions = side.before.versions.get(pk), side.after.versions.get(pk)
    is_new = resource.created_at > before.created_at
    differs = {
        "need_changed": side.before.need_version != side.after.need_version,
        "resource_changed": None not in versions and versions[0] != versions[1],
        "new_resource": old is None and is_new,
        "constraint": bool(removed_by),
        "config_changed": before.config_id != after.config_id,
        "statistics_changed": before.statistics_id != after.statistics_id,
        "day_changed": before.as_of != after.as_of,
        "not_listed": old is None and not is_new,
    }
    return tuple(reason for reason, holds in differs.items() if holds) or ("displaced",)


def _is_displaced(side: _Sides, pk: int) -> bool:
    """Whether others moved and this one did not: its score is the same, or its place among those listed in both."""
    old, new = side.before.score.get(pk), side.after.score.get(pk)
    if old is None or new is None:
        return False
    return abs(old - new) <= EXACT or _place(side.common_before, pk) == _place(side.common_after, pk)


def _rescored(row: StoredList, config: Settings) -> Replayed | None:
    return replay(row.as_stored(), config, config) if row.value is not None else None


def _component(side: _Sides, pk: int, before: Replayed | None, after: Replayed | None) -> str:
    """The component of a pair listed in both runs whose contribution changed most; empty where that is not known."""
    if before is None or after is None or pk not in side.before.score or pk not in side.after.score:
        return ""
    old = before.before.contributions[side.before.ids.index(pk)][None, :]
    new = after.before.contributions[side.after.ids.index(pk)][None, :]
    return cause_of(old, new, 0, [])[0]
