"""The states of a request for service, and what every step does: who may, from where, by when, and who is told."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Final

from django.utils import timezone
from django.utils.translation import gettext as _

from lexicon.leaks import LeakKind, find_leaks
from zones import scoping
from zones.choices import EndReason, EntryKind, RequestSide, RequestState
from zones.errors import IllegalTransition, InvalidInput, NotAllowed
from zones.models import ResourceExclusion, ServiceEntry, ServiceRequest
from zones.models.service_requests import ENDED, WAITING, WAITS_FOR
from zones.querysets import excluding
from zones.scoping import Principal, today
from zones.services.base import (
    clean_text,
    editable_or_error,
    expect_version,
    save_next_version,
    tell,
    tell_fact,
    validated,
)
from zones.services.calendar import after_working_days

TRANSITIONS: Final[Mapping[RequestState, frozenset[RequestState]]] = {
    RequestState.SENT: frozenset({RequestState.QUESTIONED}),
    RequestState.QUESTIONED: frozenset({RequestState.SENT}),
    RequestState.ACCEPTED: frozenset({RequestState.SENT, RequestState.QUESTIONED}),
    RequestState.DECLINED: frozenset({RequestState.SENT, RequestState.QUESTIONED}),
    RequestState.WITHDRAWN: frozenset({RequestState.SENT, RequestState.QUESTIONED}),
    RequestState.EXPIRED: frozenset({RequestState.SENT, RequestState.QUESTIONED}),
    RequestState.RECORDED: frozenset({RequestState.ACCEPTED, RequestState.RECORDED, RequestState.DISPUTED}),
    RequestState.DISPUTED: frozenset({RequestState.RECORDED}),
    RequestState.CONFIRMED: frozenset({RequestState.RECORDED, RequestState.DISPUTED}),
    RequestState.CANCELLED: frozenset({RequestState.ACCEPTED, RequestState.DISPUTED}),
}
"""State → the states it is entered from."""
REMIND_AFTER, DUE_AFTER, EXPIRES_AFTER = 3, 5, 15
"""Working days until whose turn it is is reminded, is late, and has let it pass."""
FURTHEST: Final = timedelta(days=730)
"""How far ahead dates may lie, and how long ago a service may have begun that is recorded now."""
SIDES: Final = {RequestSide.REQUESTER: scoping.requesting, RequestSide.PROVIDER: scoping.providing}
WAYS_TO_REACH: Final = frozenset({LeakKind.MOBILE, LeakKind.LANDLINE, LeakKind.MESSENGER, LeakKind.EMAIL, LeakKind.URL})
"""What no text of a thread may hold: contacts leave only with the consent of both sides."""


def sides_of(principal: Principal, row: ServiceRequest) -> list[RequestSide]:
    """For whom the principal acts in a request: for one side, for both where it belongs to both, for none."""
    rows = ServiceRequest.objects.editable_by(principal).filter(pk=row.pk)
    return [side for side, rule in SIDES.items() if rows.filter(rule(principal)).exists()]


def is_excluded(principal: Principal, row: ServiceRequest) -> bool:
    """Whether the resource does not serve who asks, by what its own side has noted; nobody else is told."""
    if RequestSide.PROVIDER not in sides_of(principal, row):
        return False
    noted = ResourceExclusion.objects.visible_to(principal).filter(resource=row.resource_id)
    return bool(noted.filter(excluding(row.organization)).exists())


def side_of(principal: Principal, row: ServiceRequest) -> RequestSide:
    """For whom the principal acts now; who belongs to both sides, for the one whose turn it is. Raises NotAllowed."""
    sides = sides_of(principal, row)
    if not sides:
        raise NotAllowed(_("您可以查看但不能办理此申请：请联系申请单位或资源所在园区。"))
    turn = WAITS_FOR.get(RequestState(row.state))
    return turn if turn in sides else sides[-1]


def locked(
    principal: Principal, request_id: int, version: int | None, side: RequestSide | None = None
) -> ServiceRequest:
    """The request for one step of one side. Raises NotFound, NotAllowed, Conflict where it was moved meanwhile."""
    row = editable_or_error(ServiceRequest, principal, pk=request_id)
    if side is not None and side not in sides_of(principal, row):
        raise NotAllowed(
            _("这一步由提供方办理：请等待资源的提供单位或其园区。")
            if side == RequestSide.PROVIDER
            else _("这一步由申请单位办理：请等待对方。")
        )
    expect_version(row, version)
    return row


def must_come_from(row: ServiceRequest, target: RequestState) -> None:
    """Raises IllegalTransition with where the request stands."""
    if row.state not in TRANSITIONS[target]:
        told = {"state": row.get_state_display()}
        raise IllegalTransition(_("该申请目前为“%(state)s”，不能这样办理：请刷新页面查看最新进展。") % told)


def entered(
    principal: Principal,
    row: ServiceRequest,
    target: RequestState,
    *,
    side: RequestSide,
    entry: EntryKind,
    text: str = "",
    reason: str = "",
) -> ServiceRequest:
    """Into a state, with what the state requires, its line in the thread and its outbox row. Raises
    IllegalTransition, InvalidInput.
    """
    must_come_from(row, target)
    row.state, row.reason, row.reminders = target, reason, 0
    set_terms(row)
    row.ended_at, row.ended_side = (timezone.now(), side) if target in ENDED else (None, "")
    save_next_version(validated(row))
    add_entry(principal, row, entry, side=side, text=text)
    tell(row, f"service_request.{target.value}", side=side.value, waits_for=str(row.waits_for))
    return row


def add_entry(
    principal: Principal, row: ServiceRequest, kind: EntryKind, *, side: RequestSide, text: str = ""
) -> ServiceEntry:
    """One more line of the thread. Raises InvalidInput."""
    said = ServiceEntry(request=row, kind=kind, side=side, text=checked_text("text", text), author_id=principal.user_id)
    validated(said).save()
    if kind == EntryKind.MESSAGE:
        tell_fact(said, "service_request.message", request=row)
    return said


def checked_text(field: str, text: str) -> str:
    """A text the other side reads. Raises InvalidInput where it holds a number or an address to reach somebody by."""
    cleaned = clean_text(field, text)
    found = [leak for leak in find_leaks({field: cleaned}) if leak.kind in WAYS_TO_REACH]
    if found:
        place = {"start": found[0].start + 1, "end": found[0].end}
        raise InvalidInput.single(
            field,
            _("第 %(start)d–%(end)d 字疑为联系方式：双方同意前不得给出，请删去；需要沟通的内容请写在本页。") % place,
        )
    return cleaned


def required_text(field: str, text: str, told: str) -> str:
    """The same for a text without which the step says nothing."""
    cleaned = checked_text(field, text)
    if not cleaned:
        raise InvalidInput.single(field, told)
    return cleaned


def given_reason(reason: str, known: tuple[EndReason, ...]) -> str:
    if reason not in known:
        raise InvalidInput.single("reason", _("请选择原因。"))
    return reason


def check_days(first: date, last: date, *, names: tuple[str, str]) -> None:
    """Raises InvalidInput for days in the wrong order or further ahead than two years."""
    if first > last:
        raise InvalidInput.single(names[1], _("结束日不得早于开始日。"))
    if last > today() + FURTHEST:
        raise InvalidInput.single(names[1], _("日期过远：请填写两年以内的日期。"))


def set_terms(row: ServiceRequest) -> None:
    """By when whose turn it is should act: after what is agreed on has been, or from today."""
    row.remind_on = row.due_on = row.expires_on = None
    if row.state in ENDED:
        return
    start = today()
    if row.state == RequestState.ACCEPTED and row.agreed_to is not None:
        start = max(start, row.agreed_to)
    row.remind_on = after_working_days(start, REMIND_AFTER)
    row.due_on = after_working_days(start, DUE_AFTER)
    row.expires_on = after_working_days(start, EXPIRES_AFTER) if row.state in WAITING else None
