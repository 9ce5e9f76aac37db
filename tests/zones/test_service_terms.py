"""Requests for service after the agreement: terms, ratings of both sides, what the database holds, races."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from matching.services.maintenance import run_nightly
from tests.builders import make_organization, make_resource, make_role, make_user, principal_of
from tests.conftest import World, build_world
from tests.requests import (
    accepted,
    asked,
    known,
    make_rating,
    make_request,
    offered,
    placed,
    question,
    recorded,
    served,
    told,
)
from zones.choices import RequestSide, RequestState, ResourceKind, Role
from zones.errors import Conflict, DomainError, IllegalTransition, InvalidInput
from zones.models import ServiceRating, ServiceRequest
from zones.models.service_requests import WAITS_FOR
from zones.scoping import RATING_DAYS, SYSTEM, today
from zones.services.calendar import after_working_days
from zones.services.merging import absorb_organization, absorb_resource
from zones.services.service_records import (
    average_rating,
    confirm_record,
    rate_service,
    side_to_rate,
)
from zones.services.service_requests import (
    KINDS_OF,
    MOST_OF_ONE,
    decline_request,
    withdraw_request,
)
from zones.services.service_terms import close_overdue_requests, remind_of_requests

DAY = timedelta(1)


# Terms


def test_whose_turn_it_is_is_reminded_once_and_told_once_that_it_is_late(world: World) -> None:
    row = asked(world)
    rows = ServiceRequest.plain.filter(pk=row.pk)
    assert (row.remind_on, row.due_on, row.expires_on) == tuple(after_working_days(today(), n) for n in (3, 5, 15))
    assert remind_of_requests() == 0
    rows.update(remind_on=today())
    assert (remind_of_requests(), remind_of_requests()) == (1, 0)
    rows.update(due_on=today())
    assert remind_of_requests() == 0
    rows.update(due_on=today() - DAY)
    assert (remind_of_requests(), remind_of_requests()) == (1, 0)
    assert told(row) == ["sent", "reminder", "overdue"]
    row = question(world, row)
    assert (row.reminders, row.remind_on) == (0, after_working_days(today(), 3))


@pytest.mark.parametrize(
    ("state", "expected"), [("sent", "expired"), ("questioned", "expired"), ("recorded", "confirmed")]
)
def test_what_nobody_answers_ends_by_the_clock(world: World, state: str, expected: str) -> None:
    row = placed(world, state)
    ServiceRequest.plain.filter(pk=row.pk).update(expires_on=today() + DAY)
    assert close_overdue_requests() == 0
    ServiceRequest.plain.filter(pk=row.pk).update(expires_on=today())
    run_nightly()
    row.refresh_from_db()
    assert (row.state, row.ended_side, told(row)) == (expected, RequestSide.SYSTEM, [expected])
    assert close_overdue_requests() == 0


def test_a_resource_that_is_absorbed_leaves_its_requests_to_the_other(world: World) -> None:
    row = asked(world)
    kept = make_resource(organization=world.laboratory, kind=ResourceKind.EQUIPMENT, visibility="national")
    absorb_resource(SYSTEM, kept_id=kept.pk, merged_id=row.resource.pk, kept_version=None, merged_version=None)
    other = make_organization(zone=world.east)
    absorb_organization(SYSTEM, kept_id=other.pk, merged_id=world.enterprise.pk, kept_version=None, merged_version=None)
    row.refresh_from_db()
    assert (row.resource, row.organization) == (kept, other)


# Ratings


def rate(world: World, row: ServiceRequest, person: str, stars: int = 4, **fields: Any) -> ServiceRating:
    return rate_service(principal_of(getattr(world, person)), request_id=row.pk, stars=stars, **fields)


def seen(world: World, person: str) -> set[str]:
    return set(ServiceRating.objects.visible_to(principal_of(getattr(world, person))).values_list("side", flat=True))


def test_a_rating_is_its_own_side_s_until_both_have_rated(world: World) -> None:
    row = served(world)
    rate(world, row, "eve", 5, comment="很快")
    assert [seen(world, name) for name in ("eve", "ana", "lin", "bo", "cy")] == [
        {"requester"}, {"requester"}, set(), set(), set()
    ]  # fmt: skip
    rate(world, row, "bo", 3)
    for name in ("eve", "ana", "lin", "bo"):
        assert seen(world, name) == {"requester", "provider"}
    assert seen(world, "cy") == set()


def test_a_rating_is_told_to_the_other_side_when_it_can_rate_no_more(world: World) -> None:
    row = served(world)
    rate(world, row, "eve")
    ServiceRequest.plain.filter(pk=row.pk).update(ended_at=timezone.now() - timedelta(days=RATING_DAYS, minutes=1))
    assert seen(world, "lin") == {"requester"}
    with pytest.raises(IllegalTransition, match="现在不能评价"):
        rate(world, row, "lin")


def test_each_side_rates_once_and_only_what_was_confirmed(world: World) -> None:
    row = recorded(world, accepted(world, asked(world)))
    with pytest.raises(IllegalTransition):
        rate(world, row, "eve")
    row = confirm_record(principal_of(world.eve), request_id=row.pk, version=row.version)
    assert side_to_rate(principal_of(world.lin), row) == RequestSide.PROVIDER
    rate(world, row, "lin")
    assert side_to_rate(principal_of(world.lin), row) is None
    with pytest.raises(IllegalTransition):
        rate(world, row, "bo")
    for wrong in ({"stars": 0}, {"stars": 6}, {"comment": "请加 QQ 12345678"}, {"comment": "长" * 501}):
        with pytest.raises(InvalidInput):
            rate(world, row, "eve", **wrong)


def test_an_average_is_shown_from_three_ratings_on_that_both_sides_read(world: World) -> None:
    resource = offered(world)
    for stars in (5, 4, 4):
        assert average_rating(resource) is None
        row = make_request(resource=resource, organization=world.enterprise, state=RequestState.CONFIRMED)
        make_rating(row, RequestSide.REQUESTER, stars=stars)
    assert average_rating(resource) is None
    for row in ServiceRequest.plain.all():
        make_rating(row, RequestSide.PROVIDER, stars=1)
    found = average_rating(resource)
    assert found is not None
    assert (found.stars, found.count) == (Decimal("4.3"), 3)


# The database


@pytest.mark.parametrize(
    ("state", "fields"),
    [
        ("sent", {"is_classified": True}),
        ("sent", {"wished_to": today()}),
        ("sent", {"agreed_from": today(), "agreed_to": today(), "agreed_fee": 1}),
        ("sent", {"due_on": None}),
        ("sent", {"ended_at": timezone.now()}),
        ("sent", {"reason": "price"}),
        ("sent", {"hours": -1}),
        ("accepted", {"agreed_fee": None}),
        ("accepted", {"agreed_from": None, "agreed_to": None, "agreed_fee": None}),
        ("accepted", {"agreed_from": today() + DAY}),
        ("accepted", {"expires_on": today()}),
        ("declined", {"reason": ""}),
        ("declined", {"ended_at": None}),
        ("cancelled", {"ended_side": ""}),
        ("confirmed", {"due_on": today()}),
        ("recorded", {"expires_on": None}),
    ],
)
def test_the_database_refuses_a_state_without_its_columns(world: World, state: str, fields: dict[str, Any]) -> None:
    row = make_request(resource=offered(world), organization=world.enterprise, state=state)
    with pytest.raises(IntegrityError), transaction.atomic():
        ServiceRequest.plain.filter(pk=row.pk).update(**fields)


def test_every_state_that_has_not_ended_waits_for_a_side_and_every_kind_can_be_asked_for() -> None:
    assert set(KINDS_OF) == set(ResourceKind)
    assert all(KINDS_OF.values())
    assert {state for state in RequestState if state not in WAITS_FOR} == {
        "confirmed", "declined", "withdrawn", "expired", "cancelled"
    }  # fmt: skip


# Races


@pytest.fixture
def real(transactional_db: None) -> World:
    return build_world()


def at_once(*calls: Callable[[], Any]) -> list[Any]:
    """The calls at the same time, on connections of their own; what each returned or was refused with."""

    def run(call: Callable[[], Any]) -> Any:
        try:
            return call()
        except DomainError as error:
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(len(calls)) as pool:
        return list(pool.map(run, calls))


def test_of_two_answers_at_once_one_wins(real: World) -> None:
    for number in range(8):
        row = asked(real, offered(real, name_zh=f"仪器{number}"))
        answers = at_once(
            lambda row=row: accepted(real, row),  # type: ignore[misc]
            lambda row=row: decline_request(principal_of(real.bo), reason="no_time", **known(row, 1)),  # type: ignore[misc]
            lambda row=row: withdraw_request(principal_of(real.eve), **known(row, 1)),  # type: ignore[misc]
        )
        won = [answer for answer in answers if isinstance(answer, ServiceRequest)]
        assert len(won) == 1
        assert all(isinstance(answer, Conflict) for answer in answers if answer not in won)
        row.refresh_from_db()
        assert (row.state, row.version, len(told(row))) == (won[0].state, 2, 2)


def test_the_bound_on_open_requests_holds_for_requests_at_once(real: World) -> None:
    resource = offered(real)
    answers = at_once(*[lambda: asked(real, resource)] * (MOST_OF_ONE + 3))
    assert ServiceRequest.plain.count() == MOST_OF_ONE
    assert sum(isinstance(answer, IllegalTransition) for answer in answers) == 3


def test_the_bound_on_all_that_an_organization_asks_for_holds_for_requests_at_once(
    real: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("zones.services.service_requests.MOST_OF_ALL", 2)
    resources = [offered(real, name_zh=f"仪器{number}") for number in range(6)]
    answers = at_once(*[lambda row=row: asked(real, row) for row in resources])
    assert ServiceRequest.plain.count() == 2
    assert sum(isinstance(answer, IllegalTransition) for answer in answers) == 4


def test_two_colleagues_at_once_give_one_rating(real: World) -> None:
    row = served(real)
    make_role(make_user("colleague"), Role.ORGANIZATION_MEMBER, organization=real.enterprise)
    answers = at_once(lambda: rate(real, row, "eve"), lambda: rate(real, row, "eve"))
    assert sum(isinstance(answer, ServiceRating) for answer in answers) == 1
