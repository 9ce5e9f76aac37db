"""Talking after disclosure: messages, and the step that comes next. The first word begins the negotiation."""

from datetime import date, timedelta
from typing import Final

from django.db import transaction
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import gettext as _

from matching.choices import ExchangeState as State
from matching.choices import Side
from matching.models import Exchange, NegotiationMessage, NextStep
from matching.services.consents import OPEN_STATES
from matching.services.exchange_sides import acting_side, locked_exchange
from matching.services.exchange_states import move
from zones.errors import IllegalTransition, InvalidInput, NotFound
from zones.scoping import Principal, today
from zones.services.base import clean_text, tell_fact, validated

REASON = "the exchange was found by its own rule and is locked"
STALE_AFTER: Final = timedelta(days=14)
FURTHEST: Final = timedelta(days=366)


@transaction.atomic
def write_message(principal: Principal, *, exchange_id: int, text: str, side: str = "") -> NegotiationMessage:
    """Say something to the other side. Raises NotFound, NotAllowed, InvalidInput, IllegalTransition before both have
    consented and after the end.
    """
    exchange, who = talking(principal, exchange_id, side)
    said = clean_text("text", text)
    if not said:
        raise InvalidInput.single("text", _("请写明要说的内容。"))
    message = NegotiationMessage(exchange=exchange, side=who, author_id=principal.user_id, text=said)
    validated(message).save()
    tell_fact(message, "negotiation.message", exchange=exchange, side=who, message=message)
    return message


@transaction.atomic
def set_next_step(
    principal: Principal, *, exchange_id: int, what: str, due_on: date, by: str, side: str = ""
) -> NextStep:
    """Say what comes next, `by` which side and until when, in place of what was to come next. Raises as above."""
    exchange, who = talking(principal, exchange_id, side)
    if by not in Side.values:
        raise InvalidInput.single("by", _("请选择需求方或资源方。"))
    if not today() <= due_on <= today() + FURTHEST:
        raise InvalidInput.single("due_on", _("请填写今天起一年以内的日期。"))
    _end_open_step(principal, exchange, is_done=False)
    step = NextStep(exchange=exchange, side=by, what_zh=clean_text("what", what), due_on=due_on)
    step.setter_id = principal.user_id
    validated(step).save()
    tell_fact(step, "next_step.set", exchange=exchange, side=who, by=by, due_on=due_on)
    return step


@transaction.atomic
def finish_next_step(principal: Principal, *, exchange_id: int, side: str = "") -> NextStep:
    """Say that it is done. Raises as above, NotFound where there is none."""
    exchange, who = talking(principal, exchange_id, side)
    step = _end_open_step(principal, exchange, is_done=True)
    if step is None:
        raise NotFound(_("没有待办的下一步：请先登记。"))
    tell_fact(step, "next_step.done", exchange=exchange, side=who)
    return step


def talking(principal: Principal, exchange_id: int, side: str) -> tuple[Exchange, Side]:
    """The exchange, locked, in which the two may talk, and for which side the principal does; what follows stirs it."""
    exchange = locked_exchange(principal, exchange_id=exchange_id, version=None)
    who = acting_side(principal, exchange, side)
    if exchange.state not in OPEN_STATES:
        message = _("对接现为“%(now)s”：双方同意互换联系方式后、结束之前可以洽谈。")
        raise IllegalTransition(message % {"now": exchange.get_state_display()})
    if exchange.state == State.DISCLOSED:
        move(principal, exchange, State.NEGOTIATING, side=who)
    exchange.stirred_at, exchange.nudged_on = Now(), None
    exchange.save(update_fields=["stirred_at", "nudged_on"])
    exchange.refresh_from_db(fields=["stirred_at"])
    return exchange, who


def nudge(exchange: Exchange, day: date) -> bool:
    """Tell both sides of a locked exchange, once, that nothing has happened for long. Whether they were told now."""
    if exchange.nudged_on is not None or not is_stale(exchange):
        return False
    exchange.nudged_on = day
    exchange.save(update_fields=["nudged_on"])
    tell_fact(exchange, "exchange.stale", exchange=exchange)
    return True


def is_stale(exchange: Exchange) -> bool:
    """Whether nobody has said or done anything for 14 days, the wait for a step that was agreed on not counted."""
    if exchange.state not in (State.DISCLOSED, State.NEGOTIATING) or waits_for_a_day(exchange):
        return False
    latest = max(filter(None, (exchange.stirred_at, exchange.updated_at)))
    return timezone.now() - latest >= STALE_AFTER


def waits_for_a_day(exchange: Exchange) -> bool:
    """Whether the step that comes next is due later."""
    rows = NextStep.objects.unscoped(reason=REASON).filter(exchange=exchange, ended_at__isnull=True)
    return bool(rows.filter(due_on__gt=today()).exists())


def _end_open_step(principal: Principal, exchange: Exchange, *, is_done: bool) -> NextStep | None:
    rows = NextStep.objects.unscoped(reason=REASON).filter(exchange=exchange, ended_at__isnull=True)
    step: NextStep | None = rows.select_for_update(of=("self",)).first()
    if step is not None:
        step.ended_at, step.is_done, step.ender_id = timezone.now(), is_done, principal.user_id
        step.save(update_fields=["ended_at", "is_done", "ender"])
    return step
