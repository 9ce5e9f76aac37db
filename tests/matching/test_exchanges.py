"""Exchanges: one side asks, the other answers in its term; every step is legal, told once and bound to a place."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from functools import partial
from threading import Barrier
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from accounts.models import User
from ledger.models import OutboxEvent
from matching.choices import ExchangeState as State
from matching.choices import Side
from matching.models import Booking, Exchange, ExchangeStep, MatchRun, Need
from matching.services import exchanges
from matching.services.exchange_states import ENDS, TRANSITIONS
from matching.services.exchanges import (
    accept_interest,
    decline_interest,
    give_up,
    recall_interest,
    send_interest,
    sweep,
)
from matching.services.needs import pause_need
from tests.builders import make_exclusion, make_need, make_resource, principal_of
from tests.conftest import World
from tests.exchanges import make_exchange
from zones.errors import Conflict, DomainError, IllegalTransition, InvalidInput, NotAllowed, NotFound
from zones.models import Resource
from zones.scoping import today
from zones.services.calendar import after_working_days

pytestmark = pytest.mark.django_db
Run = Callable[[], MatchRun]
ANSWERS = {"cooperation_zh": "委托检测", "offer_zh": "样品与经费", "unclear_zh": "排期"}


def send(user: User, need: Need, resource: Resource, side: str = Side.NEED, **answers: str) -> Exchange:
    said = ANSWERS | answers
    return send_interest(principal_of(user), need_id=need.pk, resource_id=resource.pk, side=side, **said)


def accept(user: User, exchange: Exchange, **more: Any) -> Exchange:
    return accept_interest(principal_of(user), exchange_id=exchange.pk, version=exchange.version, **more)


def kinds() -> list[str]:
    rows = OutboxEvent.objects.filter(object_type="matching.exchange").order_by("pk")
    return list(rows.values_list("kind", flat=True))


@pytest.fixture
def pair(need: Need, fitting: Resource, run_all: Run) -> tuple[Need, Resource]:
    run_all()
    return need, fitting


def test_an_interest_has_its_three_answers_its_terms_a_step_and_an_event(
    world: World, pair: tuple[Need, Resource]
) -> None:
    exchange = send(world.ana, *pair)
    assert (exchange.state, exchange.asked_by_side, exchange.asker) == (State.INTEREST_SENT, Side.NEED, world.ana)
    assert (exchange.cooperation_zh, exchange.unclear_zh, exchange.offer_zh) == ("委托检测", "排期", "样品与经费")
    terms = [after_working_days(today(), days) for days in (3, 5, 15)]
    assert [exchange.remind_on, exchange.answer_due_on, exchange.expires_on] == terms
    assert exchange.told["need"]["title_zh"] == pair[0].title_zh
    assert world.enterprise.name_zh not in str(exchange.told)
    step = ExchangeStep.plain.get(exchange=exchange)
    assert (step.from_state, step.to_state, step.side, step.user) == ("", State.INTEREST_SENT, Side.NEED, world.ana)
    assert kinds() == ["exchange.interest_sent"]


def test_either_side_may_ask_its_members_and_its_staff(world: World, pair: tuple[Need, Resource]) -> None:
    assert send(world.lin, *pair, side=Side.RESOURCE).answering_side == Side.NEED
    with pytest.raises(InvalidInput, match="双方已在对接中"):
        send(world.eve, *pair)


@pytest.mark.parametrize(("who", "side"), [("bo", Side.NEED), ("lin", Side.NEED), ("ana", Side.RESOURCE)])
def test_nobody_asks_for_the_other_side(world: World, pair: tuple[Need, Resource], who: str, side: Side) -> None:
    with pytest.raises(NotAllowed):
        send(getattr(world, who), *pair, side=side)


def test_cy_finds_no_exchange_of_others(world: World, pair: tuple[Need, Resource]) -> None:
    with pytest.raises(NotAllowed):
        send(world.cy, *pair)
    exchange = send(world.ana, *pair)
    assert not Exchange.objects.visible_to(principal_of(world.cy)).exists()
    with pytest.raises(NotFound):
        accept(world.cy, exchange)
    assert not ExchangeStep.objects.visible_to(principal_of(world.cy)).exists()


def test_an_auditor_reads_and_does_not_answer(world: World, pair: tuple[Need, Resource]) -> None:
    exchange = send(world.bo, *pair, side=Side.RESOURCE)
    assert Exchange.objects.visible_to(principal_of(world.auditor)).get() == exchange
    with pytest.raises(NotAllowed):
        accept(world.auditor, exchange)


def test_what_must_not_meet_does_not_talk(world: World, need: Need, fitting: Resource, run_all: Run) -> None:
    make_exclusion(need, organization=fitting.organization)
    run_all()
    with pytest.raises(Conflict, match="不能对接"):
        send(world.ana, need, fitting)


def test_an_interest_that_would_not_arrive_is_refused(world: World, need: Need, run_all: Run) -> None:
    Need.plain.filter(pk=need.pk).update(visibility="zone")
    run_all()
    far = make_resource(organization=world.outside, visibility="national")
    with pytest.raises(Conflict, match="意向不会送达"):
        send(world.ana, need, far)


def test_an_answer_of_nothing_is_refused_and_stores_nothing(world: World, pair: tuple[Need, Resource]) -> None:
    with pytest.raises(InvalidInput) as error:
        send(world.ana, *pair, offer_zh=" ")
    assert list(error.value.errors) == ["offer_zh"]
    assert not Exchange.plain.exists()


def test_yes_holds_a_place_and_asks_both_for_consent(world: World, pair: tuple[Need, Resource]) -> None:
    exchange = accept(world.lin, send(world.ana, *pair), words="下周可排期")
    assert (exchange.state, exchange.answerer, exchange.answer_zh) == (State.CONSENT_PENDING, world.lin, "下周可排期")
    assert exchange.answered_at is not None
    assert Booking.plain.get(exchange=exchange).slot == 0
    assert kinds() == ["exchange.interest_sent", "exchange.consent_pending"]


def test_the_side_that_asked_does_not_answer(world: World, pair: tuple[Need, Resource]) -> None:
    exchange = send(world.ana, *pair)
    with pytest.raises(NotAllowed):
        accept(world.eve, exchange)


def test_no_has_a_reason_from_the_list(world: World, pair: tuple[Need, Resource]) -> None:
    exchange = send(world.ana, *pair)
    asked: dict[str, Any] = {"exchange_id": exchange.pk, "version": exchange.version}
    with pytest.raises(InvalidInput, match="请从列表中选择原因"):
        decline_interest(principal_of(world.bo), **asked, reason="whatever")
    ended = decline_interest(principal_of(world.bo), **asked, reason="capacity", words="排期已满")
    assert (ended.state, ended.exit_side, ended.exit_reason, ended.exit_zh) == (
        State.DECLINED, Side.RESOURCE, "capacity", "排期已满",
    )  # fmt: skip
    assert ended.ended_at is not None
    send(world.ana, *pair)  # what has ended may begin anew


def test_of_two_who_answer_at_once_the_second_is_told(world: World, pair: tuple[Need, Resource]) -> None:
    exchange = send(world.ana, *pair)
    accept(world.lin, exchange)
    with pytest.raises(Conflict, match="已被他人修改"):
        decline_interest(principal_of(world.bo), exchange_id=exchange.pk, version=exchange.version, reason="capacity")


def test_what_was_answered_is_not_answered_again(world: World, pair: tuple[Need, Resource]) -> None:
    """Also where the table of states leads from contacts back to consents, as a withdrawal goes."""
    exchange = make_exchange(*pair, state=State.DISCLOSED)
    for answer in (partial(accept_interest, words="好"), partial(decline_interest, reason="price")):
        with pytest.raises(IllegalTransition):
            answer(principal_of(world.lin), exchange_id=exchange.pk, version=None)


def test_an_interest_is_taken_back_only_while_it_waits(world: World, pair: tuple[Need, Resource]) -> None:
    exchange = send(world.ana, *pair)
    with pytest.raises(NotAllowed):
        recall_interest(principal_of(world.lin), exchange_id=exchange.pk, version=None)
    assert recall_interest(principal_of(world.eve), exchange_id=exchange.pk, version=None).state == State.RECALLED
    again = accept(world.lin, send(world.ana, *pair))
    with pytest.raises(IllegalTransition):
        recall_interest(principal_of(world.ana), exchange_id=again.pk, version=None)


def test_a_full_resource_accepts_nobody_and_an_end_gives_the_place_back(
    world: World, pair: tuple[Need, Resource]
) -> None:
    need, resource = pair
    Resource.plain.filter(pk=resource.pk).update(capacity=1)
    first = accept(world.lin, send(world.ana, need, resource))
    other = make_need(zone=world.east, organization=world.enterprise, visibility="national")
    second = send(world.ana, other, resource)
    with pytest.raises(Conflict, match="现已排满"):
        accept(world.lin, second)
    second.refresh_from_db()
    assert (second.state, second.answered_at) == (State.INTEREST_SENT, None)
    give_up(principal_of(world.lin), exchange_id=first.pk, version=None, reason="time")
    assert accept(world.lin, second).state == State.CONSENT_PENDING


def test_the_database_itself_refuses_a_second_booking_of_a_place(world: World, pair: tuple[Need, Resource]) -> None:
    need, resource = pair
    accept(world.lin, send(world.ana, need, resource))
    rival = make_exchange(make_need(zone=world.east), resource)
    with pytest.raises(IntegrityError, match="one_booking_per_place"), transaction.atomic():
        Booking(exchange=rival, resource=resource, slot=0).save()


def test_terms_remind_report_and_expire_once(world: World, pair: tuple[Need, Resource], time_machine: Any) -> None:
    exchange = send(world.ana, *pair)
    seen = []
    for day in (exchange.remind_on, exchange.remind_on, exchange.answer_due_on, exchange.expires_on):
        time_machine.move_to(f"{day.isoformat()}T02:00:00Z", tick=False)
        seen.append((sweep(), kinds()[-1]))
    assert seen == [
        (1, "exchange.reminded"),
        (0, "exchange.reminded"),
        (1, "exchange.overdue"),
        (1, "exchange.expired"),
    ]
    exchange.refresh_from_db()
    assert exchange.state == State.EXPIRED


def test_a_closed_resource_ends_what_waits_and_frees_its_place(world: World, pair: tuple[Need, Resource]) -> None:
    exchange = accept(world.lin, send(world.ana, *pair))
    Resource.plain.filter(pk=pair[1].pk).update(status="retired")
    assert sweep() == 1
    exchange.refresh_from_db()
    assert exchange.state == State.SUPERSEDED
    assert Booking.plain.filter(exchange=exchange, released_at__isnull=False).exists()


def test_a_paused_need_keeps_what_it_has_begun_and_begins_nothing(world: World, pair: tuple[Need, Resource]) -> None:
    exchange = accept(world.lin, send(world.ana, *pair))
    pause_need(principal_of(world.ana), need_id=pair[0].pk)
    assert sweep() == 0
    give_up(principal_of(world.ana), exchange_id=exchange.pk, version=None, reason="solved")
    with pytest.raises(Conflict, match="需求未开放对接"):
        send(world.ana, *pair)


def test_every_state_but_the_first_can_be_entered_and_no_end_is_left() -> None:
    entered = {str(state) for state in TRANSITIONS}
    assert entered == set(State.values) - {State.INTEREST_SENT}
    assert not {str(state) for sources in TRANSITIONS.values() for state in sources} & {str(end) for end in ENDS}


def test_steps_are_never_changed(world: World, pair: tuple[Need, Resource]) -> None:
    step = ExchangeStep.plain.get(exchange=send(world.ana, *pair))
    with pytest.raises(Exception, match="Cannot update or delete"), transaction.atomic():
        ExchangeStep.plain.filter(pk=step.pk).update(words_zh="改写")


@pytest.mark.django_db(transaction=True)
def test_of_many_answers_at_once_a_last_place_goes_to_one(world: World, pair: tuple[Need, Resource]) -> None:
    _need, resource = pair
    Resource.plain.filter(pk=resource.pk).update(capacity=1)
    needs = [make_need(zone=world.east, organization=world.enterprise, visibility="national") for _ in range(6)]
    sent = [send(world.ana, need, resource) for need in needs]
    start = Barrier(len(sent))

    def answer(exchange: Exchange) -> None:
        try:
            start.wait(timeout=20)
            with suppress(DomainError):
                accept(world.lin, exchange)
        finally:
            connection.close()

    with ThreadPoolExecutor(len(sent)) as pool:
        list(pool.map(answer, sent))
    assert Booking.plain.filter(resource=resource, released_at__isnull=True).count() == 1
    assert Exchange.plain.filter(state=State.CONSENT_PENDING).count() == 1
    assert exchanges.sweep() == 0
