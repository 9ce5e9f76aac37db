"""Requests for service: who may ask for what, every step and its terms, the record, and ratings of both sides."""

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from ledger.models import OutboxEvent
from tests.builders import make_organization, make_resource, make_role, principal_of
from tests.conftest import World
from tests.requests import (
    accepted,
    asked,
    known,
    make_request,
    offered,
    placed,
    question,
    recorded,
    reply,
    told,
)
from zones.choices import RequestSide, RequestState, Role
from zones.errors import Conflict, IllegalTransition, InvalidInput, NotAllowed, NotFound
from zones.models import ServiceEntry, ServiceRecord, ServiceRequest
from zones.scoping import today
from zones.services.calendar import after_working_days
from zones.services.fees import Wish, estimate_fee
from zones.services.service_records import (
    confirm_record,
    dispute_record,
    rate_service,
)
from zones.services.service_requests import (
    MOST_OF_ONE,
    ask_back,
    cancel_request,
    decline_request,
    reply_to_question,
    withdraw_request,
    write_message,
)

DAY = timedelta(1)


def test_a_request_keeps_the_price_and_the_estimate_of_its_day(world: World) -> None:
    resource = offered(world)
    row = asked(world, resource)
    assert (row.state, row.zone, row.requested_by) == (RequestState.SENT, world.east, world.eve)
    assert (row.price_from, row.price_to, row.price_unit) == (Decimal(400), Decimal(500), "hour")
    assert (row.estimate_from, row.estimate_to) == (Decimal("800.00"), Decimal("1000.00"))
    type(resource).plain.filter(pk=resource.pk).update(price_from=1, price_to=1)
    question(world, row)
    row = reply(world, row, hours=Decimal(3))
    assert (row.estimate_from, row.estimate_to) == (Decimal("1200.00"), Decimal("1500.00"))


@pytest.mark.parametrize(
    ("unit", "amount", "expected"),
    [
        ("hour", {"hours": Decimal("1.5")}, "150.00"),
        ("hour", {}, None),
        ("day", {}, "3100.00"),
        ("month", {}, "200.00"),
        ("year", {}, "100.00"),
        ("piece", {"quantity": 7}, "700.00"),
        ("batch", {"quantity": 0}, "0.00"),
        ("person", {}, None),
        ("project", {}, "100.00"),
        ("piece", {"quantity": 2_000_000_000_000}, None),
    ],
)
def test_a_fee_is_price_times_amount_and_unknown_is_not_zero(
    world: World, unit: str, amount: dict[str, Any], expected: str | None
) -> None:
    resource = offered(world, price_from=Decimal(100), price_to=None, price_unit=unit)
    found = estimate_fee(resource, Wish(today(), today() + 30 * DAY, **amount))
    assert (found.low, found.high) == (expected and Decimal(expected),) * 2
    assert bool(found.why) == (expected is None)


def test_a_resource_without_a_price_is_asked_for_without_an_estimate(world: World) -> None:
    row = asked(world, offered(world, price_from=None, price_to=None, price_unit=""))
    assert (row.estimate_from, row.estimate_to) == (None, None)


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"purpose": " "}, "purpose"),
        ({"purpose": "长" * 1001}, "purpose"),
        ({"purpose": "请致电 13812345678 联系"}, "purpose"),
        ({"purpose": "回信到 li@example.com"}, "purpose"),
        ({"purpose": "坏\x00字"}, "purpose"),
        ({"is_classified": True}, "is_classified"),
        ({"kind": "consultation"}, "kind"),
        ({"kind": "none"}, "kind"),
        ({"wished_to": today() + DAY}, "wished_to"),
        ({"wished_to": today() + 800 * DAY}, "wished_to"),
        ({"wished_from": today() - DAY}, "wished_from"),
        ({"hours": Decimal(-1)}, "hours"),
        ({"hours": Decimal("NaN")}, "hours"),
        ({"hours": Decimal("0.001")}, "hours"),
        ({"quantity": -1}, "quantity"),
        ({"quantity": 3_000_000_000}, "quantity"),
    ],
)
def test_what_will_not_do_is_refused_and_nothing_is_stored(world: World, wrong: dict[str, Any], field: str) -> None:
    with pytest.raises(InvalidInput) as refusal:
        asked(world, **wrong)
    assert field in refusal.value.errors
    assert not ServiceRequest.plain.exists()
    assert not ServiceEntry.plain.exists()


@pytest.mark.parametrize(
    "fields",
    [{"status": "paused"}, {"share_mode": "不共享"}, {"share_mode": " 内部共享 "}, {"capacity": 0}],
)
def test_what_is_not_offered_to_others_cannot_be_asked_for(world: World, fields: dict[str, Any]) -> None:
    resource = offered(world, visibility="national", **fields)
    with pytest.raises((IllegalTransition, NotFound)):
        asked(world, resource)


def test_only_members_ask_and_only_for_what_they_see_and_do_not_own(world: World) -> None:
    resource = offered(world)
    for person, refusal in ((world.ana, NotAllowed), (world.cy, NotAllowed), (world.lin, InvalidInput)):
        organization = world.laboratory if person == world.lin else world.enterprise
        with pytest.raises(refusal):
            asked(world, resource, by=person, organization=organization)
    with pytest.raises(NotAllowed):
        asked(world, resource, organization=world.outside)
    with pytest.raises(NotFound):
        asked(world, offered(world, name_zh="另一台", visibility="zone"))
    homeless = make_organization(name_zh="无园区公司", zone=None)
    make_role(world.eve, Role.ORGANIZATION_MEMBER, organization=homeless)
    with pytest.raises(InvalidInput, match="还没有登记所在高新区"):
        asked(world, resource, organization=homeless)


def test_an_organization_waits_for_three_answers_about_one_resource_at_most(world: World) -> None:
    resource = offered(world)
    rows = [asked(world, resource) for _number in range(MOST_OF_ONE)]
    with pytest.raises(IllegalTransition, match="已有 3 份申请"):
        asked(world, resource)
    withdraw_request(principal_of(world.eve), request_id=rows[0].pk, version=1)
    assert asked(world, resource).state == RequestState.SENT


def test_how_many_requests_of_an_organization_wait_is_not_told_to_others(world: World) -> None:
    resource = offered(world)
    for _number in range(MOST_OF_ONE):
        asked(world, resource)
    with pytest.raises(NotAllowed):
        asked(world, resource, by=world.cy)


def test_the_whole_way_from_request_to_rating_is_told_step_by_step(world: World) -> None:
    row = asked(world)
    question(world, row)
    row = accepted(world, reply(world, row))
    assert (row.agreed_fee, row.due_on, row.expires_on) == (Decimal(900), after_working_days(today(), 5), None)
    row = recorded(world, row)
    row = dispute_record(principal_of(world.eve), request_id=row.pk, version=row.version, text="机时应为 1 小时。")
    row = recorded(world, row, hours=Decimal(1))
    row = confirm_record(principal_of(world.eve), request_id=row.pk, version=row.version)
    assert (row.state, row.ended_side, row.due_on) == (RequestState.CONFIRMED, RequestSide.REQUESTER, None)
    record = ServiceRecord.plain.get()
    assert (record.hours, record.fee, record.result) == (Decimal(1), Decimal(850), "已出报告。")
    assert record.confirmed_at is not None
    steps = ["sent", "questioned", "sent", "accepted", "recorded", "disputed", "recorded", "confirmed"]
    assert told(row) == steps
    assert [entry.kind for entry in ServiceEntry.plain.order_by("pk")] == [
        "sent", "question", "reply", "accepted", "recorded", "disputed", "recorded", "confirmed"
    ]  # fmt: skip


Step = Callable[[World, ServiceRequest, int | None], Any]


STEPS: dict[str, tuple[str, Step, frozenset[str]]] = {
    "ask back": ("lin", lambda w, r, v: ask_back(principal_of(w.lin), text="？", **known(r, v)), frozenset({"sent"})),
    "reply": (
        "eve",
        lambda w, r, v: reply_to_question(principal_of(w.eve), text="！", **known(r, v)),
        frozenset({"questioned"}),
    ),
    "accept": ("lin", lambda w, r, v: accepted(w, r, version=v), frozenset({"sent", "questioned"})),
    "decline": (
        "lin",
        lambda w, r, v: decline_request(principal_of(w.lin), reason="price", **known(r, v)),
        frozenset({"sent", "questioned"}),
    ),
    "withdraw": (
        "eve",
        lambda w, r, v: withdraw_request(principal_of(w.eve), **known(r, v)),
        frozenset({"sent", "questioned"}),
    ),
    "cancel": (
        "lin",
        lambda w, r, v: cancel_request(principal_of(w.lin), reason="price", **known(r, v)),
        frozenset({"accepted", "disputed"}),
    ),
    "record": ("lin", lambda w, r, v: recorded(w, r, version=v), frozenset({"accepted", "recorded", "disputed"})),
    "dispute": (
        "eve",
        lambda w, r, v: dispute_record(principal_of(w.eve), text="不符", **known(r, v)),
        frozenset({"recorded"}),
    ),
    "confirm": (
        "eve",
        lambda w, r, v: confirm_record(principal_of(w.eve), **known(r, v)),
        frozenset({"recorded", "disputed"}),
    ),
}


@pytest.mark.parametrize("state", RequestState.values)
@pytest.mark.parametrize("name", STEPS)
def test_a_step_is_possible_from_its_states_only(world: World, state: str, name: str) -> None:
    _actor, step, sources = STEPS[name]
    row = placed(world, state)
    if state in sources:
        step(world, row, row.version)
        row.refresh_from_db()
        assert row.version == 2
    else:
        with pytest.raises(IllegalTransition, match="目前为"):
            step(world, row, row.version)


@pytest.mark.parametrize("name", STEPS)
def test_a_step_from_a_version_that_has_passed_is_a_conflict(world: World, name: str) -> None:
    _actor, step, sources = STEPS[name]
    with pytest.raises(Conflict):
        step(world, placed(world, min(sources)), 7)


@pytest.mark.parametrize("name", [name for name in STEPS if name != "cancel"])
def test_a_step_of_one_side_is_not_the_other_s(world: World, name: str) -> None:
    """Eve's cast and Lin's change places: she answers, he asks."""
    _actor, step, _sources = STEPS[name]
    row = make_request(resource=make_resource(organization=world.enterprise), organization=world.laboratory)
    with pytest.raises(NotAllowed):
        step(world, row, row.version)


@pytest.mark.parametrize("person", ["cy", "secretariat"])
def test_to_strangers_a_request_does_not_exist(world: World, person: str) -> None:
    row, principal = asked(world), principal_of(getattr(world, person))
    for step in (
        lambda: ask_back(principal, text="？", **known(row, 1)),
        lambda: withdraw_request(principal, **known(row, 1)),
        lambda: write_message(principal, request_id=row.pk, text="你好"),
        lambda: rate_service(principal, request_id=row.pk, stars=5),
    ):
        with pytest.raises(NotFound):
            step()


def test_the_zone_of_the_resource_answers_and_that_of_the_requester_reads(world: World) -> None:
    row = asked(world)
    for person in (world.ana, world.auditor):
        assert ServiceRequest.objects.visible_to(principal_of(person)).get() == row
        with pytest.raises(NotAllowed):
            write_message(principal_of(person), request_id=row.pk, text="你好")
    row = accepted(world, row, by=world.bo)
    assert ServiceEntry.plain.latest("pk").side == RequestSide.PROVIDER
    with pytest.raises(NotAllowed, match="由申请单位办理"):
        withdraw_request(principal_of(world.bo), **known(row, row.version))


def test_each_side_may_call_off_what_was_agreed_and_the_row_says_which(world: World) -> None:
    for person, side in (("eve", "requester"), ("lin", "provider"), ("bo", "provider")):
        row = accepted(world, asked(world, offered(world, name_zh=f"仪器{person}")))
        values: dict[str, Any] = {"reason": "no_longer_needed", "text": "计划有变。"}
        row = cancel_request(principal_of(getattr(world, person)), **known(row, row.version), **values)
        assert (row.ended_side, row.reason, row.agreed_fee) == (side, "no_longer_needed", Decimal(900))


def test_reasons_are_coded_and_those_of_their_step(world: World) -> None:
    row = asked(world)
    for reason in ("", "nonsense", "no_longer_needed"):
        with pytest.raises(InvalidInput, match="请选择原因"):
            decline_request(principal_of(world.lin), **known(row, 1), reason=reason)
    row = accepted(world, row)
    with pytest.raises(InvalidInput, match="请选择原因"):
        cancel_request(principal_of(world.eve), **known(row, row.version), reason="not_shared")


@pytest.mark.parametrize(
    "wrong",
    [
        {"agreed_to": today() - DAY, "agreed_from": today() - 2 * DAY},
        {"agreed_from": today() + DAY, "agreed_to": today()},
        {"agreed_to": today() + 900 * DAY},
        {"agreed_fee": Decimal(-1)},
        {"agreed_fee": None},
        {"text": "电话 010-62345678"},
    ],
)
def test_an_agreement_that_will_not_do_is_refused(world: World, wrong: dict[str, Any]) -> None:
    row = asked(world)
    with pytest.raises(InvalidInput):
        accepted(world, row, **wrong)
    row.refresh_from_db()
    assert (row.state, row.agreed_from) == (RequestState.SENT, None)


@pytest.mark.parametrize(
    "wrong",
    [
        {"ended_on": today() + DAY},
        {"started_on": today() + DAY},
        {"started_on": date(1, 1, 1)},
        {"fee": Decimal(-1)},
        {"result": "微信号 abcdef123"},
    ],
)
def test_a_record_that_will_not_do_is_refused(world: World, wrong: dict[str, Any]) -> None:
    row = accepted(world, asked(world))
    with pytest.raises(InvalidInput):
        recorded(world, row, **wrong)
    assert not ServiceRecord.plain.exists()


def test_the_thread_takes_messages_of_both_sides_until_the_end(world: World) -> None:
    row = asked(world)
    for person in (world.eve, world.lin, world.bo):
        write_message(principal_of(person), request_id=row.pk, text="周三可以吗？")
    assert [entry.side for entry in ServiceEntry.plain.filter(kind="message")] == ["requester", "provider", "provider"]
    for text in ("", "加微信号 abcdefg1", "长" * 1001):
        with pytest.raises(InvalidInput):
            write_message(principal_of(world.eve), request_id=row.pk, text=text)
    row.refresh_from_db()
    withdraw_request(principal_of(world.eve), **known(row, row.version))
    with pytest.raises(IllegalTransition):
        write_message(principal_of(world.eve), request_id=row.pk, text="还在吗？")
    assert OutboxEvent.objects.filter(kind="service_request.message").count() == 3


def test_who_belongs_to_both_sides_acts_for_the_one_whose_turn_it_is(world: World) -> None:
    make_role(world.eve, Role.ORGANIZATION_MEMBER, organization=world.laboratory)
    row = asked(world)
    write_message(principal_of(world.eve), request_id=row.pk, text="样品已备好。")
    row = question(world, row)
    write_message(principal_of(world.eve), request_id=row.pk, text="好的。")
    assert [entry.side for entry in ServiceEntry.plain.filter(kind="message")] == ["provider", "requester"]
