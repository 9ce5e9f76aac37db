"""Needs: write, submit, open, pause, withdraw. Every step is a transition of one table, with its outbox row."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models.functions import Now
from django.utils.translation import gettext as _

from matching.choices import MetricOperator, NeedState, NeedVisibility
from matching.models import Need, NeedExclusion, NeedMetric
from matching.services.leaks import check_leaks
from matching.services.need_days import keep_day
from matching.services.statements import write_statements
from matching.store import release_places
from zones.errors import IllegalTransition, InvalidInput, NotAllowed
from zones.scoping import Principal, associations_of, today
from zones.services.base import (
    check_units,
    clean_values,
    editable_or_error,
    expect_version,
    must_be_editable,
    save_next_version,
    tell,
    validated,
)
from zones.services.children import replace_all_children, replace_children
from zones.services.codes import check_codes

Values = dict[str, Any]
OPEN_DAYS = 180
IN_REVIEW = frozenset({NeedState.SUBMITTED, NeedState.IN_REVIEW})

TRANSITIONS: dict[str, frozenset[str]] = {
    NeedState.DRAFT: IN_REVIEW,
    NeedState.SUBMITTED: frozenset({NeedState.DRAFT, NeedState.RETURNED}),
    NeedState.IN_REVIEW: IN_REVIEW,
    NeedState.RETURNED: IN_REVIEW,
    NeedState.REJECTED: IN_REVIEW,
    NeedState.APPROVED: IN_REVIEW,
    NeedState.OPEN: frozenset({NeedState.DRAFT, NeedState.APPROVED, NeedState.PAUSED, NeedState.EXPIRED}),
    NeedState.PAUSED: frozenset({NeedState.OPEN}),
    NeedState.WITHDRAWN: frozenset(
        {NeedState.DRAFT, NeedState.RETURNED, NeedState.APPROVED, NeedState.OPEN, NeedState.PAUSED}
    ),
    NeedState.EXPIRED: frozenset({NeedState.OPEN}),
    NeedState.FULFILLED: frozenset({NeedState.OPEN, NeedState.PAUSED}),
    NeedState.CLOSED_UNMET: frozenset({NeedState.OPEN, NeedState.PAUSED, NeedState.EXPIRED}),
}
"""target state → states it may be entered from."""


@dataclass(frozen=True, slots=True)
class NeedParts:
    """What hangs on a need; None leaves a list as it is, a list replaces it."""

    metrics: Sequence[Values] | None = None
    exclusions: Sequence[Values] | None = None
    no_identity: Mapping[str, str] = field(default_factory=dict)
    """Reasons why what looks like an identity is none, by fingerprint (`matching.services.statements`)."""


NO_PARTS = NeedParts()


@transaction.atomic
def draft_need(principal: Principal, *, with_parts: NeedParts = NO_PARTS, **values: Any) -> Need:
    """Write a need down. Raises InvalidInput, NotAllowed; stores nothing by halves."""
    need = Need(**_prepared(values))
    need.author_id = principal.user_id
    check_need(need)
    validated(need).save()
    must_be_editable(need, principal)
    _write_parts(principal, need, with_parts)
    tell(need, "need.drafted")
    return need


@transaction.atomic
def update_need(
    principal: Principal, *, need_id: int, version: int | None, with_parts: NeedParts = NO_PARTS, **values: Any
) -> Need:
    """Change a need. An open one stays open and is matched again. Raises Conflict when it changed since `version`
    was read.
    """
    need = editable_or_error(Need, principal, pk=need_id)
    expect_version(need, version)
    if need.state in IN_REVIEW:
        raise IllegalTransition(_("需求正在审核，不能修改：请先“撤回审核”，改好后再提交。"))
    for name, value in _prepared(values).items():
        setattr(need, name, value)
    check_need(need)
    need.text_version = need.version + 1
    save_next_version(validated(need))
    must_be_editable(need, principal)
    _write_parts(principal, need, with_parts)
    if need.state == NeedState.OPEN:
        check_before_strangers(need)
    tell(need, "need.updated")
    return need


@transaction.atomic
def open_need(principal: Principal, *, need_id: int, version: int | None = None) -> Need:
    """Open a need to matching again: it must have a metric, a future deadline and, on behalf of others, their consent;
    and its text must not tell strangers whose it is. A draft is opened by its review (`matching.services.reviews`).
    """
    need = editable_or_error(Need, principal, pk=need_id)
    expect_version(need, version)
    if need.state == NeedState.DRAFT:
        must_open_unreviewed(principal)
    check_before_strangers(need)
    enter_open(need)
    save_next_version(need)
    need.refresh_from_db(fields=["opened_at"])
    tell(need, "need.opened")
    return need


def pause_need(principal: Principal, *, need_id: int, version: int | None = None) -> Need:
    """Take a need out of matching for a while."""
    return _move(principal, need_id=need_id, version=version, target=NeedState.PAUSED)


def withdraw_need(principal: Principal, *, need_id: int, version: int | None = None) -> Need:
    """End a need at its owner's wish."""
    return _move(principal, need_id=need_id, version=version, target=NeedState.WITHDRAWN)


def expire_need(principal: Principal, *, need_id: int) -> Need:
    """End a need whose time has run out; its owner may open it again."""
    return _move(principal, need_id=need_id, version=None, target=NeedState.EXPIRED)


@transaction.atomic
def _move(principal: Principal, *, need_id: int, version: int | None, target: NeedState) -> Need:
    """Into a state outside matching; the places the need holds are others' at once."""
    need = editable_or_error(Need, principal, pk=need_id)
    expect_version(need, version)
    enter(need, target)
    save_next_version(need)
    release_places(need.pk)
    tell(need, f"need.{target}")
    return need


def enter(need: Need, target: NeedState) -> None:
    """Into a state, where the table of transitions has the way; the caller saves it. Raises IllegalTransition."""
    if need.state not in TRANSITIONS[target]:
        message = _("需求现为“%(now)s”，不能转为“%(target)s”。")
        raise IllegalTransition(message % {"now": need.get_state_display(), "target": target.label})
    keep_day(need, target)
    need.state = target


def must_open_unreviewed(principal: Principal) -> None:
    """Only the system opens what nobody has reviewed: collections it loads. Raises NotAllowed."""
    if not principal.is_system:
        raise NotAllowed(_("草稿须先通过审核才能开放对接：请“提交审核”。"))


def enter_open(need: Need) -> None:
    """Into the state of open needs, from now until its term ends; the caller saves it."""
    enter(need, NeedState.OPEN)
    need.opened_at = Now()
    need.expires_on = today() + timedelta(days=OPEN_DAYS)


def _prepared(values: Values) -> Values:
    cleaned = clean_values(values)
    check_codes(cleaned)
    return cleaned


def check_need(need: Need, *, associations: Collection[int] | None = None) -> None:
    """What the columns alone cannot say; `associations` of the need's zone, where many are checked. Raises
    InvalidInput.
    """
    errors: dict[str, list[str]] = {}
    if need.is_classified:
        errors["is_classified"] = [_("涉密需求不得在本平台填报，请走保密渠道。")]
    if need.organization_id and need.organization.zone_id not in (None, need.zone_id):
        errors["organization"] = [_("需求单位不在该高新区：请选择本园区的单位，或更正所在高新区。")]
    if need.visibility == NeedVisibility.ASSOCIATION and need.association_id is None:
        errors["association"] = [_("可见范围为“联盟或网络内”时，请选择联盟或网络。")]
    if need.association_id and need.association_id not in (
        associations_of(frozenset({need.zone_id}), on=today()) if associations is None else associations
    ):
        errors["association"] = [_("该高新区目前不是此联盟或网络的成员：请选择其所在的联盟或网络，或留空。")]
    if need.trl_have is not None and need.trl_need is not None and need.trl_have > need.trl_need:
        errors["trl_need"] = [_("目标就绪度不得低于现有就绪度：请核对两者。")]
    if need.consent_recorded_on is not None and need.consent_recorded_on > today():
        errors["consent_recorded_on"] = [_("授权日期在今天之后：请填写企业实际同意的日期。")]
    if errors:
        raise InvalidInput(errors)


def check_ready(need: Need, *, has_metrics: bool) -> None:
    """What an open need must have. Raises InvalidInput."""
    errors: dict[str, list[str]] = {}
    if not has_metrics:
        errors["metrics"] = [_("请至少填写一项量化指标（名称、关系、数值、单位），否则无法精准匹配。")]
    if need.deadline is None:
        errors["deadline"] = [_("请填写要求完成日。")]
    elif need.deadline < today():
        errors["deadline"] = [_("要求完成日已过：请改为今后的日期。")]
    if need.consent_recorded_on is None:
        errors["consent_recorded_on"] = [_("请登记需求单位同意发布的日期。")]
    if errors:
        raise InvalidInput(errors)


def check_before_strangers(need: Need) -> None:
    """What a need must be before others read it. Raises InvalidInput."""
    metrics = list(need.metrics.values())
    check_ready(need, has_metrics=bool(metrics))
    check_leaks(need, metrics)


def _write_parts(principal: Principal, need: Need, parts: NeedParts) -> None:
    if parts.metrics is not None:
        replace_children(need, NeedMetric, foreign_key="need", rows=metric_rows(parts))
    if parts.exclusions is not None:
        replace_children(need, NeedExclusion, foreign_key="need", rows=parts.exclusions)
    write_statements(principal, need, parts.no_identity)


def write_all_children(families: Sequence[tuple[Need, NeedParts]]) -> None:
    """The metrics and exclusions of many needs the caller has made."""
    metrics = [(need, metric_rows(parts)) for need, parts in families]
    replace_all_children(metrics, NeedMetric, foreign_key="need")
    exclusions = [(need, parts.exclusions or ()) for need, parts in families]
    replace_all_children(exclusions, NeedExclusion, foreign_key="need")


def metric_rows(parts: NeedParts) -> list[Values]:
    """The metrics of a need as columns. Raises InvalidInput for a unit nobody knows."""
    rows = parts.metrics or ()
    check_units(rows, model=NeedMetric)
    return [with_bounds(row) for row in rows]


def with_bounds(row: Values) -> Values:
    """A metric given as operator and `value` becomes bounds: ≥ has a low one, ≤ a high one, = both."""
    values = dict(row)
    value = values.pop("value", None)
    if value is None:
        return values
    match values["operator"]:
        case MetricOperator.IS:
            values["truth"] = bool(value)
        case MetricOperator.INCLUDES:
            values["choices"] = list(value)
        case MetricOperator.AT_LEAST:
            values["low"] = value
        case MetricOperator.AT_MOST:
            values["high"] = value
        case MetricOperator.EQUAL:
            values["low"] = values["high"] = value
        case MetricOperator.BETWEEN:
            values["low"], values["high"] = value
    return values
