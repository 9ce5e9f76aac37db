"""What a member can do with a request for service: for which side, from which states, by which form and service."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from portal.forms.requests import (
    AcceptForm,
    CancelForm,
    DeclineForm,
    DisputeForm,
    MessageForm,
    QuestionForm,
    RatingForm,
    RecordForm,
    ReplyForm,
    WithdrawForm,
)
from zones.choices import RequestSide, RequestState
from zones.models import ServiceRequest
from zones.scoping import Principal
from zones.services.service_records import confirm_record, dispute_record, rate_service, record_service, side_to_rate
from zones.services.service_requests import (
    accept_request,
    ask_back,
    cancel_request,
    decline_request,
    reply_to_question,
    withdraw_request,
    write_message,
)
from zones.services.service_steps import TRANSITIONS, sides_of

Initial = Callable[[ServiceRequest], dict[str, Any]]
ASKING: Final = RequestSide.REQUESTER
ANSWERING: Final = RequestSide.PROVIDER


@dataclass(frozen=True, slots=True)
class RequestStep:
    """One step. `side` None is either side; `target` None is no change of state; `is_main` is what one should do."""

    title: Any
    form: type[forms.Form]
    service: Callable[..., Any]
    side: RequestSide | None = None
    target: RequestState | None = None
    is_main: bool = False
    initial: Initial = lambda row: {}


def _wishes(row: ServiceRequest) -> dict[str, Any]:
    return {name: getattr(row, name) for name in ("wished_from", "wished_to", "quantity", "hours")}


def _as_wished(row: ServiceRequest) -> dict[str, Any]:
    """What is asked for, as a first proposal of what is agreed."""
    fee = row.estimate_from if row.estimate_from == row.estimate_to else None
    return {
        "agreed_from": row.wished_from, "agreed_to": row.wished_to, "agreed_hours": row.hours, "agreed_fee": fee
    }  # fmt: skip


def _as_agreed(row: ServiceRequest) -> dict[str, Any]:
    return {
        "started_on": row.agreed_from, "ended_on": row.agreed_to, "hours": row.agreed_hours, "fee": row.agreed_fee,
        "quantity": row.quantity,
    }  # fmt: skip


STEPS: Final = {
    "accept": RequestStep(
        pgettext_lazy("button", "接受申请"),
        AcceptForm,
        accept_request,
        ANSWERING,
        RequestState.ACCEPTED,
        True,
        _as_wished,
    ),
    "question": RequestStep(_("请对方补充"), QuestionForm, ask_back, ANSWERING, RequestState.QUESTIONED),
    "decline": RequestStep(_("不接受"), DeclineForm, decline_request, ANSWERING, RequestState.DECLINED),
    "reply": RequestStep(
        pgettext_lazy("button", "补充说明"), ReplyForm, reply_to_question, ASKING, RequestState.SENT, True, _wishes
    ),
    "record": RequestStep(
        pgettext_lazy("button", "登记服务记录"),
        RecordForm,
        record_service,
        ANSWERING,
        RequestState.RECORDED,
        True,
        _as_agreed,
    ),
    "confirm": RequestStep(
        pgettext_lazy("button", "确认服务记录"), forms.Form, confirm_record, ASKING, RequestState.CONFIRMED, True
    ),
    "dispute": RequestStep(_("提出异议"), DisputeForm, dispute_record, ASKING, RequestState.DISPUTED),
    "rate": RequestStep(_("评价"), RatingForm, rate_service, None, None, True),
    "message": RequestStep(pgettext_lazy("button", "留言"), MessageForm, write_message),
    "withdraw": RequestStep(
        pgettext_lazy("button", "撤回申请"), WithdrawForm, withdraw_request, ASKING, RequestState.WITHDRAWN
    ),
    "cancel": RequestStep(
        pgettext_lazy("button", "取消服务"), CancelForm, cancel_request, None, RequestState.CANCELLED
    ),
}
WITHOUT_VERSION: Final = frozenset({"rate", "message"})
"""Steps that add something and change nothing."""


def offered(principal: Principal, row: ServiceRequest) -> dict[str, RequestStep]:
    """The steps the principal may take now."""
    sides = sides_of(principal, row)
    found = {name: step for name, step in STEPS.items() if step.target is not None and _fits(step, row, sides)}
    if sides and not row.is_ended:
        found["message"] = STEPS["message"]
    if sides and side_to_rate(principal, row) is not None:
        found["rate"] = STEPS["rate"]
    return {name: step for name, step in STEPS.items() if name in found}


def take(principal: Principal, row: ServiceRequest, name: str, *, version: int, values: dict[str, Any]) -> Any:
    """Call the service of one step. Raises DomainError."""
    known = {} if name in WITHOUT_VERSION else {"version": version}
    return STEPS[name].service(principal, request_id=row.pk, **known, **values)


def _fits(step: RequestStep, row: ServiceRequest, sides: list[RequestSide]) -> bool:
    is_own = bool(sides) if step.side is None else step.side in sides
    return is_own and step.target is not None and row.state in TRANSITIONS[step.target]
