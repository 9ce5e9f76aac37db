"""Guests of events: seats are never oversold, who waits moves up, and each reads what the others let be listed."""

from datetime import timedelta
from threading import Barrier, Thread
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from accounts.models import User
from ledger.models import OutboxEvent
from matching.choices import RegistrationState
from matching.models import Event, EventInvitation, EventRegistration
from matching.services.event_invariants import miscounted_seats
from matching.services.event_registrations import (
    cancel_registration,
    change_registration,
    check_in,
    register,
    undo_check_in,
)
from matching.services.events import (
    cancel_event,
    update_event,
)
from matching.services.merging import merge_organizations
from tests.builders import make_organization, principal_of
from tests.conftest import World
from tests.events import (
    make_event,
    make_invitation,
    make_registration,
)
from zones.errors import Conflict, IllegalTransition, InvalidInput, NotAllowed, NotFound
from zones.models import Organization
from zones.scoping import SYSTEM, VISITOR

pytestmark = pytest.mark.django_db
State = RegistrationState


def kinds() -> list[str]:
    return list(OutboxEvent.objects.order_by("pk").values_list("kind", flat=True))


def visible(model: Any, user: User | None) -> set[int]:
    principal = VISITOR if user is None else principal_of(user)
    return set(model.objects.visible_to(principal).values_list("pk", flat=True))


def join(user: User, event: Event, organization: Organization, **values: Any) -> EventRegistration:
    return register(principal_of(user), event_id=event.pk, organization_id=organization.pk, **values)


def owners(zone: Any, count: int) -> list[Organization]:
    return [make_organization(zone=zone) for _ in range(count)]


def test_who_finds_no_seat_waits_and_moves_up_when_one_is_free(world: World) -> None:
    event = make_event(zone=world.east, capacity=3)
    first = join(world.eve, event, world.enterprise, seats=2, brings_zh="检测")
    big, small = join(world.lin, event, world.laboratory, seats=2), join(world.cy, event, world.outside)
    assert [row.state for row in (first, big, small)] == [State.REGISTERED, State.WAITING, State.REGISTERED]
    with pytest.raises(Conflict, match="已报名"):
        join(world.eve, event, world.enterprise)
    with pytest.raises(Conflict, match="还剩 0 个"):
        change_registration(principal_of(world.eve), registration_id=first.pk, version=1, seats=3)
    with pytest.raises(InvalidInput, match="席位不能少于"):
        update_event(principal_of(world.ana), event_id=event.pk, version=1, capacity=2)
    cancel_registration(principal_of(world.eve), registration_id=first.pk, version=1)
    big.refresh_from_db()
    event.refresh_from_db()
    assert (big.state, event.taken, miscounted_seats()) == (State.REGISTERED, 3, 0)
    back = join(world.eve, event, world.enterprise, seats=1)
    assert (back.pk, back.state) == (first.pk, State.WAITING)
    update_event(principal_of(world.ana), event_id=event.pk, version=1, capacity=None)
    back.refresh_from_db()
    assert (back.state, miscounted_seats()) == (State.REGISTERED, 0)
    assert kinds().count("event_registration.moved_up") == 2


def test_who_registers_whom_and_when(world: World) -> None:
    event = make_event(zone=world.east)
    with pytest.raises(NotFound):
        register(VISITOR, event_id=event.pk, organization_id=world.enterprise.pk)
    with pytest.raises(NotAllowed):
        join(world.lin, event, world.enterprise)
    with pytest.raises(NotAllowed, match="由该单位决定"):
        join(world.ana, event, world.laboratory, is_listed=True)
    Event.plain.update(registration_opens_at=timezone.now() + timedelta(days=1))
    with pytest.raises(IllegalTransition, match="尚未开始"):
        join(world.eve, event, world.enterprise)
    Event.plain.update(registration_opens_at=None, registration_closes_at=timezone.now())
    with pytest.raises(IllegalTransition, match="已截止"):
        join(world.eve, event, world.enterprise)
    assert join(world.ana, event, world.laboratory).state == State.REGISTERED
    cancel_event(principal_of(world.ana), event_id=event.pk, version=1, because="台风")
    with pytest.raises(IllegalTransition):
        join(world.ana, event, world.enterprise)


def test_guests_read_of_each_other_what_each_lets_be_listed(world: World) -> None:
    event = make_event(zone=world.east)
    eve, lin = make_registration(event, world.enterprise), make_registration(event, world.laboratory)
    quiet = make_registration(event, world.outside, is_listed=False)
    waiting = make_registration(event, make_organization(zone=world.west), state="waiting")
    assert visible(EventRegistration, world.ana) == {eve.pk, lin.pk, quiet.pk, waiting.pk}
    assert visible(EventRegistration, world.eve) == {eve.pk, lin.pk}
    assert visible(EventRegistration, world.cy) == {eve.pk, lin.pk, quiet.pk}
    assert visible(EventRegistration, world.lin) == {eve.pk, lin.pk}
    cancel_registration(principal_of(world.lin), registration_id=lin.pk, version=1)
    assert visible(EventRegistration, world.lin) == {lin.pk}
    with pytest.raises(NotFound):
        change_registration(principal_of(world.lin), registration_id=quiet.pk, version=1, seats=2)


def test_guests_are_checked_in_by_who_organizes_on_the_day(world: World) -> None:
    event, ana = make_event(zone=world.east, capacity=1), principal_of(world.ana)
    guest = make_registration(event, world.enterprise)
    waiting = make_registration(event, world.laboratory, state="waiting")
    with pytest.raises(IllegalTransition, match="当天才能签到"):
        check_in(ana, registration_id=guest.pk)
    Event.plain.update(starts_at=timezone.now())
    with pytest.raises(NotAllowed):
        check_in(principal_of(world.eve), registration_id=guest.pk)
    for _ in range(2):
        assert check_in(ana, registration_id=guest.pk).state == State.CHECKED_IN
    with pytest.raises(Conflict, match="席位已满"):
        check_in(ana, registration_id=waiting.pk)
    with pytest.raises(IllegalTransition, match="撤销签到"):
        cancel_registration(ana, registration_id=guest.pk, version=2)
    assert undo_check_in(ana, registration_id=guest.pk).checked_in_at is None
    cancel_registration(ana, registration_id=guest.pk, version=3)
    assert check_in(ana, registration_id=waiting.pk).state == State.CHECKED_IN
    assert miscounted_seats() == 0


def test_the_database_itself_refuses_one_seat_too_many(world: World) -> None:
    event = make_event(zone=world.east, capacity=1)
    make_registration(event, world.enterprise)
    with pytest.raises(IntegrityError, match="event_never_oversold"), transaction.atomic():
        make_registration(event, world.laboratory)


@pytest.mark.django_db(transaction=True)
def test_of_twenty_who_register_at_once_as_many_come_as_there_are_seats(world: World) -> None:
    event = make_event(zone=world.east, capacity=5)
    rivals, start = owners(world.east, 20), Barrier(10, timeout=30)

    def register_two(pair: list[Organization]) -> None:
        try:
            for one in pair:
                start.wait()
                register(SYSTEM, event_id=event.pk, organization_id=one.pk)
        finally:
            connection.close()

    threads = [Thread(target=register_two, args=(rivals[n : n + 2],)) for n in range(0, 20, 2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    states = list(EventRegistration.plain.values_list("state", flat=True))
    event.refresh_from_db()
    assert (states.count(State.REGISTERED), states.count(State.WAITING), event.taken) == (5, 15, 5)
    assert miscounted_seats() == 0


def test_guests_go_on_with_the_organization_that_was_kept(world: World) -> None:
    merged = make_organization(name_zh="东方微电子公司", zone=world.east)
    event, other = make_event(zone=world.east), make_event(zone=world.east)
    moving = make_registration(event, merged)
    for one in (world.enterprise, merged):
        make_invitation(other, one)
    doubled = make_registration(other, merged)
    make_registration(other, world.enterprise)
    with pytest.raises(Conflict, match="同一活动"):
        merge_organizations(SYSTEM, kept_id=world.enterprise.pk, merged_id=merged.pk)
    cancel_registration(SYSTEM, registration_id=doubled.pk, version=1)
    merge_organizations(SYSTEM, kept_id=world.enterprise.pk, merged_id=merged.pk)
    moving.refresh_from_db()
    doubled.refresh_from_db()
    assert (moving.organization, doubled.organization, EventInvitation.plain.count()) == (world.enterprise, merged, 2)
