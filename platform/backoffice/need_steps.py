"""The steps of a need: the buttons above it and what they may do from which state."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from backoffice.base import is_editable
from backoffice.steps import Step
from matching.choices import NeedState
from matching.models import LiveResult, Need
from matching.services.needs import IN_REVIEW, TRANSITIONS, open_need, pause_need, withdraw_need
from matching.services.reviews import recall_need, submit_need
from matching.services.team_steps import request_teams
from zones.scoping import Principal

OPENS_FROM, WITHDRAWS_FROM = TRANSITIONS[NeedState.OPEN], TRANSITIONS[NeedState.WITHDRAWN]
SUBMITS_FROM = TRANSITIONS[NeedState.SUBMITTED]


def may_open(principal: Principal, need: Any) -> bool:
    """A draft is opened by its review; only the system opens it without."""
    is_reviewed = need.state != NeedState.DRAFT or principal.is_system
    return need.state in OPENS_FROM and is_reviewed and is_editable(Need)(principal, need)


def may_build_teams(principal: Principal, need: Any) -> bool:
    """Where the need has been matched, for those who may edit it."""
    is_matched = need.state == NeedState.OPEN and LiveResult.objects.filter(need=need).exists()
    return is_matched and is_editable(Need)(principal, need)


STEPS = (
    Step(
        "submit",
        _("提交审核"),
        "send",
        lambda principal, need, version: submit_need(principal, need_id=need.pk, version=version),
        lambda principal, need: need.state in SUBMITS_FROM and is_editable(Need)(principal, need),
        _("已提交审核"),
        style="primary",
    ),
    Step(
        "recall",
        _("撤回审核"),
        "undo",
        lambda principal, need, version: recall_need(principal, need_id=need.pk, version=version),
        lambda principal, need: need.state in IN_REVIEW and is_editable(Need)(principal, need),
        _("已撤回，可修改后再提交"),
    ),
    Step(
        "open",
        _("开放对接"),
        "play_arrow",
        lambda principal, need, version: open_need(principal, need_id=need.pk, version=version),
        may_open,
        _("已开放对接"),
        style="primary",
    ),
    Step(
        "pause",
        _("暂停"),
        "pause",
        lambda principal, need, version: pause_need(principal, need_id=need.pk, version=version),
        lambda principal, need: need.state == NeedState.OPEN and is_editable(Need)(principal, need),
        _("已暂停"),
    ),
    Step(
        "teams",
        _("组建联合体方案"),
        "groups",
        lambda principal, need, version: request_teams(principal, need_id=need.pk),
        lambda principal, need: may_build_teams(principal, need),
        _("已开始组建联合体方案"),
    ),
    Step(
        "withdraw",
        _("撤回"),
        "undo",
        lambda principal, need, version: withdraw_need(principal, need_id=need.pk, version=version),
        lambda principal, need: need.state in WITHDRAWS_FROM and is_editable(Need)(principal, need),
        _("已撤回"),
        style="danger",
        confirm=_("撤回后不再参与匹配，且不能恢复。确定撤回？"),
    ),
)


def step_named(name: str) -> Step:
    return next(step for step in STEPS if step.name == name)
