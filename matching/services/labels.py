"""Labels: explicit decisions about suggested pairs. Whoever is silent has said nothing."""

from collections.abc import Collection
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from matching.choices import Grade, LabelSource
from matching.models import LIVE, Label, Match, Need
from matching.services.pairs import locked_resource
from zones.errors import InvalidInput
from zones.scoping import Principal
from zones.services.base import editable_or_error, save_next_version, tell

REASON = "the need was checked; its label stands beside it"


@transaction.atomic
def record_label(principal: Principal, *, need_id: int, resource_id: int, source: str, grade: int) -> Label:
    """Write down what somebody who may edit the need decided about a resource; deciding anew replaces it.

    Raises NotFound, NotAllowed; InvalidInput for an unknown source or grade; Conflict for a resource that was merged
    into another.
    """
    locked_resource(principal, pk=resource_id)
    need = editable_or_error(Need, principal, pk=need_id)
    _check(source, grade)
    match = _live_match(principal, need_id, resource_id)
    labels = Label.objects.unscoped(reason=REASON).select_for_update()
    label: Label | None = labels.filter(need=need, resource_id=resource_id, source=source).first()
    values = _values_of(match) | {"grade": grade, "decided_by_id": principal.user_id}
    if label is None:
        label = Label(need=need, resource_id=resource_id, source=source, is_sample=need.is_sample, **values)
        label.save()
    elif label.grade != grade:
        for name, value in values.items():
            setattr(label, name, value)
        save_next_version(label)
    tell(label, "label.recorded", grade=grade, source=source)
    return label


@transaction.atomic
def withdraw_label(principal: Principal, *, need_id: int, resource_id: int, source: str) -> None:
    """Take back what was decided about a pair, if anything was. Raises NotFound, NotAllowed."""
    need = editable_or_error(Need, principal, pk=need_id)
    labels = Label.objects.unscoped(reason=REASON).select_for_update()
    label = labels.filter(need=need, resource_id=resource_id, source=source).first()
    if label is not None:
        tell(label, "label.withdrawn", grade=label.grade, source=source)
        label.delete()


def ratings_of(principal: Principal, *, need_id: int, resource_ids: Collection[int]) -> dict[int, int]:
    """resource id → the broker's rating, for those who may read them: the need's own side."""
    rows = Label.objects.visible_to(principal).filter(
        need_id=need_id, resource_id__in=resource_ids, source=LabelSource.RATING
    )
    return dict(rows.values_list("resource_id", "grade"))


def _check(source: str, grade: int) -> None:
    if source not in LabelSource.values:
        raise InvalidInput.single("source", _("未知的评价来源：请使用系统提供的来源。"))
    if grade not in Grade.values:
        raise InvalidInput.single("grade", _("评价应为 0 至 4：0 不合适，1 值得联系，2 接受，3 会面，4 签约。"))


def _live_match(principal: Principal, need_id: int, resource_id: int) -> Match | None:
    """The match readers see now, if there is one."""
    live = Match.objects.visible_to(principal).filter(LIVE, need_id=need_id, resource_id=resource_id)
    found: Match | None = live.select_related("run__config").first()
    return found


def _values_of(match: Match | None) -> dict[str, Any]:
    """What the engine says of the pair now: the label keeps it, whatever becomes of run and records."""
    if match is None:
        return {"run": None, "config_number": None, "score": None, "parts": {}}
    known = {row["component"]: [row["fit"], row["known"]] for row in match.contributions if row["fit"] is not None}
    return {"run": match.run, "config_number": match.run.config.number, "score": match.score, "parts": known}
