"""Events: written by who organizes, held or called off; whom they invite; what came of them."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from accounts.models import User
from ledger.models import OutboxEvent
from matching.choices import EventState
from matching.models import Event, EventInvitation, EventOutcome, EventRegistration
from matching.services.cooperations import CooperationParts, record_cooperation
from matching.services.event_invariants import events_off_their_path
from matching.services.event_invitations import decline_invitation, draw, invite, invite_drawn
from matching.services.event_outcomes import change_outcome, record_outcome
from matching.services.event_registrations import (
    register,
)
from matching.services.events import (
    cancel_event,
    draft_event,
    hold_event,
    publish_event,
    start_event,
    sweep,
    update_event,
)
from tests.builders import make_match, make_need, make_organization, make_resource, principal_of
from tests.conftest import World
from tests.cooperations import make_cooperation
from tests.events import (
    event_values,
    make_co_host,
    make_event,
    make_event_meeting,
    make_invitation,
    make_registration,
    release,
)
from tests.exchanges import make_exchange
from zones.errors import Conflict, IllegalTransition, InvalidInput, NotAllowed, NotFound
from zones.models import Organization
from zones.scoping import VISITOR, today

pytestmark = pytest.mark.django_db


def kinds() -> list[str]:
    return list(OutboxEvent.objects.order_by("pk").values_list("kind", flat=True))


def visible(model: Any, user: User | None) -> set[int]:
    principal = VISITOR if user is None else principal_of(user)
    return set(model.objects.visible_to(principal).values_list("pk", flat=True))


def join(user: User, event: Event, organization: Organization, **values: Any) -> EventRegistration:
    return register(principal_of(user), event_id=event.pk, organization_id=organization.pk, **values)


def test_an_event_is_drafted_published_begun_and_held(world: World) -> None:
    ana = principal_of(world.ana)
    with pytest.raises(NotAllowed):
        draft_event(principal_of(world.bo), **event_values(zone=world.east))
    rows: list[dict[str, Any]] = [{"association": world.alliance}, {"name_zh": "行业协会", "role": "support"}]
    event = draft_event(ana, organizers=rows, **event_values(zone=world.east))
    assert [visible(Event, user) for user in (world.ana, world.secretariat, world.bo)] == [
        {event.pk},
        {event.pk},
        set(),
    ]
    with pytest.raises(Conflict):
        publish_event(ana, event_id=event.pk, version=7)
    event = publish_event(ana, event_id=event.pk, version=1)
    for early in (start_event, hold_event):
        with pytest.raises(IllegalTransition, match="尚未开始"):
            early(ana, event_id=event.pk, version=2)
    Event.plain.update(starts_at=timezone.now() - timedelta(hours=1))
    start_event(ana, event_id=event.pk, version=2)
    event = hold_event(principal_of(world.secretariat), event_id=event.pk, version=3, result="签约 2 项")
    assert (event.state, event.version, event.result_zh) == (EventState.HELD, 4, "签约 2 项")
    with pytest.raises(IllegalTransition):
        cancel_event(ana, event_id=event.pk, version=4, because="来不及了")
    assert kinds() == [f"event.{word}" for word in ("drafted", "published", "running", "held")]
    assert events_off_their_path() == 0


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"association": "alliance"}, "__all__"),
        ({"ends_at": "starts_at", "slots": 0}, "__all__"),
        ({"registration_closes_at": "late"}, "__all__"),
        ({"tables": 0}, "__all__"),
        ({"slots": 40}, "slots"),
        ({"visibility": "association"}, "visibility"),
        ({"title_zh": ""}, "title_zh"),
        ({"capacity": 0}, "capacity"),
    ],
)
def test_what_an_event_may_not_be_is_refused_in_words(world: World, changed: dict[str, Any], field: str) -> None:
    values = event_values(zone=world.east)
    real = {"alliance": world.alliance, "starts_at": values["starts_at"], "late": values["ends_at"] + timedelta(1)}
    with pytest.raises(InvalidInput) as refused:
        draft_event(principal_of(world.ana), **(values | {name: real.get(v, v) for name, v in changed.items()}))
    assert list(refused.value.errors) == [field]
    assert not Event.plain.exists()


def test_guests_are_told_of_another_place_and_of_the_end_with_its_reason(world: World) -> None:
    ana, event = principal_of(world.ana), make_event(zone=world.east)
    update_event(ana, event_id=event.pk, version=1, title_zh="检测对接会")
    update_event(ana, event_id=event.pk, version=2, place_zh="线上")
    with pytest.raises(InvalidInput, match="取消原因"):
        cancel_event(ana, event_id=event.pk, version=3, because=" ")
    cancel_event(ana, event_id=event.pk, version=3, because="台风")
    assert kinds() == ["event.updated", "event.moved", "event.cancelled"]
    with pytest.raises(IllegalTransition):
        update_event(ana, event_id=event.pk, version=4, title_zh="又办了")


def test_who_reads_an_event(world: World) -> None:
    """East hosts: by visibility, by the alliance, by an invitation; a draft and what it knows are its host's."""
    draft = make_event(zone=world.east, state="draft", visibility="public")
    shown = {one: make_event(zone=world.east, visibility=one) for one in ("zone", "association", "national", "public")}
    make_co_host(shown["association"], association=world.alliance, role="support")
    asked = make_event(zone=world.east, visibility="zone")
    make_invitation(asked, world.outside)
    ids = {name: event.pk for name, event in shown.items()}
    assert visible(Event, world.ana) == {draft.pk, asked.pk, *ids.values()}
    assert visible(Event, world.eve) == {asked.pk, *ids.values()}
    assert visible(Event, world.lin) == {ids["association"], ids["national"], ids["public"]}
    assert visible(Event, world.cy) == {asked.pk, ids["national"], ids["public"]}
    assert visible(Event, None) == {ids["public"]}


def test_the_day_before_is_told_once_and_the_hour_starts_it(world: World) -> None:
    event = make_event(zone=world.east)
    make_registration(event, world.enterprise)
    assert sweep() == 0
    day = timezone.localtime() + timedelta(days=1)
    Event.plain.update(starts_at=day, ends_at=day + timedelta(hours=9), registration_closes_at=timezone.now())
    assert [sweep(), sweep()] == [1, 0]
    Event.plain.update(starts_at=timezone.now() - timedelta(minutes=1))
    assert [sweep(), sweep()] == [1, 0]
    assert kinds() == ["event.tomorrow", "event.running"]


def test_matches_bring_both_sides_once_and_the_owner_of_a_need_stays_unnamed(world: World) -> None:
    """Ana reads West's need, which matches a resource of East, but not whose it is."""
    event = make_event(zone=world.east)
    own = make_need(zone=world.east, organization=world.enterprise)
    foreign = make_need(zone=world.west, organization=make_organization(zone=world.west))
    make_match(own, make_resource(organization=world.outside))
    make_match(foreign, make_resource(organization=world.enterprise))
    make_exchange(own, make_resource(organization=world.laboratory))
    ana = principal_of(world.ana)
    found = draw(ana, event, association=world.alliance)
    assert (found.named, found.needs) == ({world.enterprise.pk: 2, world.laboratory.pk: 1}, 1)
    done = invite_drawn(ana, event_id=event.pk, version=1)
    assert set(done.named) == {world.enterprise.pk, world.laboratory.pk, world.outside.pk}
    assert list(done.anonymous) == [foreign.organization_id]
    assert kinds().count("event_invitation.sent") == 4
    hidden = EventInvitation.plain.get(organization=foreign.organization_id)
    assert hidden.pk not in visible(EventInvitation, world.ana)
    assert visible(EventInvitation, world.bo) >= {hidden.pk}
    with pytest.raises(InvalidInput, match="没有新的单位"):
        invite_drawn(ana, event_id=event.pk, version=1)
    join(world.bo, event, foreign.organization)
    assert EventRegistration.objects.visible_to(ana).get().organization_id == foreign.organization_id


def test_a_secretariat_draws_from_the_matches_of_its_network(world: World) -> None:
    event = make_event(association=world.alliance)
    need = make_need(zone=world.east, organization=world.enterprise, visibility="national")
    make_match(need, make_resource(organization=world.laboratory))
    make_match(make_need(zone=world.east, visibility="zone"), make_resource(organization=world.laboratory))
    found = draw(principal_of(world.secretariat), event, association=world.alliance)
    assert (found.named, found.anonymous, found.pairs) == ({world.laboratory.pk: 1}, {world.enterprise.pk: 1}, 1)


def test_by_hand_nobody_is_asked_twice_and_a_secret_stays_one(world: World) -> None:
    event, ana = make_event(zone=world.east), principal_of(world.ana)
    secret = make_invitation(event, world.outside, is_anonymous=True, matches=3)
    with pytest.raises(NotFound):
        invite(ana, event_id=event.pk, version=1, organizations=[])
    assert invite(ana, event_id=event.pk, version=1, organizations=[world.outside.pk, world.enterprise.pk]) == 2
    assert invite(ana, event_id=event.pk, version=1, organizations=[world.enterprise.pk]) == 1
    secret.refresh_from_db()
    assert (secret.is_anonymous, secret.matches) == (False, 0)
    assert kinds().count("event_invitation.sent") == 1
    row = EventInvitation.plain.get(organization=world.enterprise)
    with pytest.raises(NotAllowed):
        decline_invitation(principal_of(world.ana), invitation_id=secret.pk, version=2)
    decline_invitation(principal_of(world.eve), invitation_id=row.pk, version=1)
    with pytest.raises(IllegalTransition):
        decline_invitation(principal_of(world.eve), invitation_id=row.pk, version=2)


def test_outcomes_are_coded_and_name_the_cooperation(world: World) -> None:
    ana = principal_of(world.ana)
    event = make_event(zone=world.east, state="running")
    eve, lin = make_registration(event, world.enterprise), make_registration(event, world.laboratory)
    meeting = make_event_meeting(eve, lin)
    cooperation, hidden = make_cooperation(world.enterprise, world.laboratory), make_cooperation(world.outside)
    refused: list[dict[str, Any]] = [
        {"result": "x"}, {"result": "nothing"}, {"result": "cooperation"}, {"result": "again", "reason": "price"},
        {"result": "again", "meeting": meeting}, {"result": "cooperation", "cooperation": hidden},
    ]  # fmt: skip
    for values in refused:
        with pytest.raises(InvalidInput):
            record_outcome(ana, event_id=event.pk, **values)
    release(event)
    row = record_outcome(ana, event_id=event.pk, meeting=meeting, result="interested")
    with pytest.raises(InvalidInput, match="已登记成果"):
        record_outcome(ana, event_id=event.pk, meeting=meeting, result="interested")
    change_outcome(ana, outcome_id=row.pk, version=1, result="cooperation", cooperation=cooperation)
    with pytest.raises(Conflict):
        change_outcome(ana, outcome_id=row.pk, version=1, result="again")
    assert [visible(EventOutcome, user) for user in (world.ana, world.auditor, world.eve, world.bo)] == [
        {row.pk}, {row.pk}, set(), set(),
    ]  # fmt: skip
    with pytest.raises(IllegalTransition):
        record_outcome(ana, event_id=make_event(zone=world.east).pk, result="again")


def test_a_cooperation_may_say_which_event_it_comes_of(world: World) -> None:
    parts = CooperationParts(parties=[{"organization": world.enterprise}, {"organization": world.laboratory}])
    values: dict[str, Any] = {"kind": "project", "title_zh": "联合攻关", "signed_on": today(), "with_parts": parts}
    event = make_event(zone=world.east, state="held")
    hidden = make_event(zone=world.west, state="held", visibility="zone")
    row = record_cooperation(principal_of(world.ana), source="event", event=event, **values)
    assert row.event == event
    with pytest.raises(InvalidInput, match="所选活动不存在"):
        record_cooperation(principal_of(world.ana), source="event", event=hidden, **values)
    with pytest.raises(InvalidInput, match="才填写活动"):
        record_cooperation(principal_of(world.ana), source="direct", event=event, **values)
