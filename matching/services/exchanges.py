"""Exchanges of interest: one side asks with three answers, the other accepts or declines within its term.

Terms run in working days: 3 until the reminder, 5 until the answer is due and the zone is told, 15 until the interest
expires.
"""

from contextlib import suppress
from datetime import date
from typing import Any, Final

from django.db import transaction
from django.db.models.functions import Now
from django.utils.translation import gettext as _

from matching.choices import ExchangeState as State
from matching.choices import NeedState, Side
from matching.models import Exchange, Need
from matching.services.exchange_sides import acting_side, acts_for, locked_exchange
from matching.services.exchange_states import clean_reason, move, step_of
from matching.services.exchange_words import anonymous_text
from matching.services.negotiations import nudge
from matching.services.pair_facts import must_not_conflict
from matching.services.pairs import locked_resource
from matching.services.places_booked import hold_place
from zones.choices import ResourceStatus
from zones.errors import Conflict, DomainError, IllegalTransition, NotAllowed, NotFound
from zones.models import Resource
from zones.scoping import SYSTEM, Principal, staff_of, today
from zones.services.base import must_be_editable, tell, validated
from zones.services.calendar import after_working_days

REMIND_AFTER, DUE_AFTER, EXPIRES_AFTER = 3, 5, 15
QUESTIONS: Final = ("cooperation_zh", "unclear_zh", "offer_zh")
"""The three of every expression of interest: what cooperation, what is unclear, what we bring."""
SWEEP = "terms are watched by the system for all sides"


@transaction.atomic
def send_interest(principal: Principal, *, need_id: int, resource_id: int, side: str, **answers: str) -> Exchange:
    """Express interest for one side of a pair. Raises NotFound, NotAllowed (not one's own side), InvalidInput;
    Conflict where the pair talks already, where a side is closed or may not see the other, or where the two must not
    be brought together.
    """
    resource = locked_resource(principal, pk=resource_id)
    need = _locked_need(principal, need_id)
    asker = Side(side)
    if not acts_for(principal, need if asker == Side.NEED else resource):
        raise NotAllowed(_("您不能代表该方：请由其单位或所在园区办理。"))
    _must_be_open(need, resource)
    _must_reach(need, resource)
    must_not_conflict(principal, need, resource)
    exchange = Exchange(
        need=need, resource=resource, asked_by_side=asker, asker_id=principal.user_id,
        need_version=need.version, resource_version=resource.version, told=_told(need, resource),
        is_sample=need.is_sample and resource.is_sample, **_terms(today()),
    )  # fmt: skip
    for name in QUESTIONS:
        setattr(exchange, name, anonymous_text(exchange, asker, field=name, text=answers.get(name, "")))
    validated(exchange).save()
    exchange.refresh_from_db(fields=["sent_at", "created_at", "updated_at"])
    must_be_editable(exchange, principal)
    step_of(principal, exchange, before="", side=asker).save()
    tell(exchange, "exchange.interest_sent", side=asker)
    return exchange


@transaction.atomic
def accept_interest(principal: Principal, *, exchange_id: int, version: int | None, words: str = "") -> Exchange:
    """Say yes: a place of the resource is held, and both sides are asked for their consent. Raises NotFound,
    NotAllowed, IllegalTransition; Conflict where it has changed, a side is closed, or no place is free.
    """
    exchange, side = _to_be_answered(principal, exchange_id, version)
    _must_be_open(exchange.need, exchange.resource)
    must_not_conflict(principal, exchange.need, exchange.resource)
    _answer(principal, exchange, words)
    hold_place(exchange)
    return move(principal, exchange, State.CONSENT_PENDING, side=side)


@transaction.atomic
def decline_interest(
    principal: Principal, *, exchange_id: int, version: int | None, reason: str, words: str = ""
) -> Exchange:
    """Say no, and why. Raises NotFound, NotAllowed, Conflict, InvalidInput, IllegalTransition."""
    exchange, side = _to_be_answered(principal, exchange_id, version)
    _answer(principal, exchange, words)
    return move(principal, exchange, State.DECLINED, side=side, reason=clean_reason(reason), words=exchange.answer_zh)


@transaction.atomic
def recall_interest(principal: Principal, *, exchange_id: int, version: int | None) -> Exchange:
    """Take one's own interest back while it waits. Raises NotFound, NotAllowed, Conflict, IllegalTransition."""
    exchange = locked_exchange(principal, exchange_id=exchange_id, version=version)
    side = acting_side(principal, exchange, exchange.asked_by_side)
    return move(principal, exchange, State.RECALLED, side=side)


@transaction.atomic
def give_up(
    principal: Principal, *, exchange_id: int, version: int | None, reason: str, words: str = "", side: str = ""
) -> Exchange:
    """End an exchange that does not come to an agreement; its place is free again. Raises NotFound, NotAllowed,
    Conflict, InvalidInput, IllegalTransition.
    """
    exchange = locked_exchange(principal, exchange_id=exchange_id, version=version)
    who = acting_side(principal, exchange, side)
    said = anonymous_text(exchange, who, field="words", text=words)
    return move(principal, exchange, State.FAILED, side=who, reason=clean_reason(reason), words=said)


def sweep() -> int:
    """Remind, report and expire what waits too long, nudge who has fallen silent, and end what a closed need or
    resource has left behind. Each is told once. Returns how many exchanges were touched.
    """
    day = today()
    rows = Exchange.objects.unscoped(reason=SWEEP).filter(ended_at__isnull=True).order_by("pk")
    touched = [_swept(pk, day) for pk in list(rows.values_list("pk", flat=True))]
    return sum(touched)


def _swept(exchange_id: int, day: date) -> bool:
    with suppress(DomainError), transaction.atomic():
        exchange = locked_exchange(SYSTEM, exchange_id=exchange_id, version=None)
        if exchange.state in (State.INTEREST_SENT, State.CONSENT_PENDING) and not _is_open(exchange):
            move(SYSTEM, exchange, State.SUPERSEDED)
            return True
        if exchange.state == State.INTEREST_SENT:
            return _hurried(exchange, day)
        return nudge(exchange, day)
    return False


def _hurried(exchange: Exchange, day: date) -> bool:
    """What a day means for an interest that waits."""
    if day >= exchange.expires_on:
        move(SYSTEM, exchange, State.EXPIRED)
    elif day >= exchange.answer_due_on and exchange.escalated_on is None:
        _told_once(exchange, "escalated_on", day, "exchange.overdue")
    elif exchange.remind_on <= day < exchange.answer_due_on and exchange.reminded_on is None:
        _told_once(exchange, "reminded_on", day, "exchange.reminded")
    else:
        return False
    return True


def _told_once(exchange: Exchange, column: str, day: date, kind: str) -> None:
    setattr(exchange, column, day)
    exchange.save(update_fields=[column])
    tell(exchange, kind, side=exchange.answering_side)


def _to_be_answered(principal: Principal, exchange_id: int, version: int | None) -> tuple[Exchange, Side]:
    exchange = locked_exchange(principal, exchange_id=exchange_id, version=version)
    side = acting_side(principal, exchange, exchange.answering_side)
    if exchange.state != State.INTEREST_SENT:  # a withdrawn consent leads back to where an answer leads, too
        message = _("对接现为“%(now)s”，已不能答复：请刷新后再看。")
        raise IllegalTransition(message % {"now": exchange.get_state_display()})
    return exchange, side


def _answer(principal: Principal, exchange: Exchange, words: str) -> None:
    exchange.answered_at, exchange.answerer_id = Now(), principal.user_id
    exchange.answer_zh = anonymous_text(exchange, exchange.answering_side, field="words", text=words)


def _locked_need(principal: Principal, need_id: int) -> Need:
    rows = Need.objects.visible_to(principal).select_for_update(of=("self",), no_key=True)
    need: Need | None = rows.filter(pk=need_id).first()
    if need is None:
        raise NotFound(_("没有找到：它不存在，或您无权查看。"))
    return need


def _must_be_open(need: Need, resource: Resource) -> None:
    if need.state != NeedState.OPEN:
        raise Conflict(_("需求未开放对接：请在需求开放后再联系。"))
    if resource.status != ResourceStatus.ACTIVE:
        raise Conflict(_("资源未在提供服务：请另选资源。"))


def _is_open(exchange: Exchange) -> bool:
    return (
        exchange.need.state in (NeedState.OPEN, NeedState.PAUSED) and exchange.resource.status == ResourceStatus.ACTIVE
    )


def _must_reach(need: Need, resource: Resource) -> None:
    """Who is asked must be able to read what it is about."""
    is_need_read = Need.objects.visible_to(staff_of(resource.zone_id)).filter(pk=need.pk).exists()
    is_resource_read = Resource.objects.visible_to(staff_of(need.zone_id)).filter(pk=resource.pk).exists()
    if not (is_need_read and is_resource_read):
        raise Conflict(_("对方所在园区看不到本需求或资源，意向不会送达：请先扩大可见范围，或线下联系。"))


def _terms(day: date) -> dict[str, date]:
    return {
        "remind_on": after_working_days(day, REMIND_AFTER),
        "answer_due_on": after_working_days(day, DUE_AFTER),
        "expires_on": after_working_days(day, EXPIRES_AFTER),
    }


def _told(need: Need, resource: Resource) -> dict[str, Any]:
    """What the sides read of each other now: names, never whose need it is."""
    return {
        "need": {"title_zh": need.title_zh, "title_en": need.title_en, "summary_zh": need.summary_zh},
        "resource": {"name_zh": resource.name_zh, "name_en": resource.name_en},
    }
