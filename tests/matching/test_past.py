"""What has already happened is written down together, with the rights and the checks of the single services."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from ledger.models import OutboxEvent
from matching.models import Cooperation, CooperationStep, Event
from matching.services import invariants
from matching.services.cooperations import CooperationParts
from matching.services.event_invariants import events_off_their_path
from matching.services.past import PastCooperation, PastEvent, record_held_events, record_past_cooperations
from tests.conftest import World
from zones.errors import InvalidInput, NotAllowed
from zones.scoping import scope_of

pytestmark = pytest.mark.django_db


def _event(world: World, *, ends_in: timedelta = timedelta(days=-300), **values: Any) -> PastEvent:
    ends_at = timezone.now() + ends_in
    given = {
        "zone": world.east, "kind": "exchange", "title_zh": "去年的交流活动", "summary_zh": "说明", "place_zh": "东方",
        "starts_at": ends_at - timedelta(hours=3), "ends_at": ends_at, "visibility": "public",
    }  # fmt: skip
    return PastEvent(given | values, [{"role": "co_host", "zone": world.west}])


def _cooperation(world: World, *, evidence: str = "合同 2024-01 号", **ended: Any) -> PastCooperation:
    values = {
        "kind": "project", "title_zh": "去年的项目", "source": "direct", "signed_on": date(2024, 3, 1),
        "evidence_zh": evidence,
    }  # fmt: skip
    parties: list[dict[str, Any]] = [
        {"organization": world.enterprise, "role": "lead"},
        {"organization": world.laboratory},
    ]
    links = [{"association": world.alliance}]
    return PastCooperation(values, CooperationParts(parties=parties, associations=links), **ended)


def test_an_event_of_last_year_is_held_at_once(world: World) -> None:
    (event,) = record_held_events(scope_of(world.ana), [_event(world)])
    event.refresh_from_db()
    assert (event.state, event.registration_closes_at) == ("held", event.starts_at)
    assert [one.zone for one in event.organizers.all()] == [world.west]
    assert list(OutboxEvent.objects.values_list("kind", flat=True)) == ["event.held"]
    assert events_off_their_path() == 0


def test_an_event_that_is_not_over_or_of_others_is_refused(world: World) -> None:
    with pytest.raises(InvalidInput, match="尚未结束"):
        record_held_events(scope_of(world.ana), [_event(world), _event(world, ends_in=timedelta(hours=1))])
    with pytest.raises(NotAllowed):
        record_held_events(scope_of(world.cy), [_event(world)])
    assert not Event.plain.exists()


def test_a_cooperation_goes_through_all_its_states(world: World) -> None:
    past = [_cooperation(world), _cooperation(world, completed_on=date(2025, 1, 1))]
    past.append(_cooperation(world, terminated_on=date(2025, 2, 1), end_reason="market"))
    rows = record_past_cooperations(scope_of(world.ana), past)
    assert [row.state for row in rows] == ["agreed", "completed", "terminated"]
    states = CooperationStep.plain.filter(cooperation=rows[1]).values_list("to_state", "on_day")
    signed = date(2024, 3, 1)
    assert list(states) == [
        ("proposed", signed), ("agreed", signed), ("running", signed), ("completed", date(2025, 1, 1))
    ]  # fmt: skip
    assert invariants.cooperations_off_their_path() == 0


@pytest.mark.parametrize(
    ("values", "error"),
    [
        ({"evidence": "无"}, InvalidInput),
        ({"completed_on": date(2024, 2, 1)}, InvalidInput),
        ({"terminated_on": date(2025, 2, 1)}, InvalidInput),
    ],
)
def test_what_a_single_service_refuses_is_refused_here(
    world: World, values: dict[str, Any], error: type[Exception]
) -> None:
    with pytest.raises(error):
        record_past_cooperations(scope_of(world.ana), [_cooperation(world), _cooperation(world, **values)])
    assert not Cooperation.plain.exists()


def test_it_counts_for_an_association_only_with_a_member_of_the_day(world: World) -> None:
    world.alliance.memberships.update(joined_on=date(2024, 3, 2))  # the day after it was signed
    with pytest.raises(InvalidInput, match="成员"):
        record_past_cooperations(scope_of(world.ana), [_cooperation(world)])


def test_only_the_staff_of_a_party_writes_it_down(world: World) -> None:
    with pytest.raises((NotAllowed, InvalidInput)):
        record_past_cooperations(scope_of(world.cy), [_cooperation(world)])
    with pytest.raises(NotAllowed):
        record_past_cooperations(scope_of(world.eve), [_cooperation(world)])
