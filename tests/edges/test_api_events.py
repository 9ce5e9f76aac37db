"""Events through the API: read as far as one may see, and one's own registrations with their wishes."""

from typing import Any

import pytest

from matching.models import EventRegistration, EventWish
from tests.conftest import World
from tests.edges.test_api_writing import ROOT, writer
from tests.events import make_co_host, make_event, make_event_meeting, make_registration, release

pytestmark = pytest.mark.django_db


def body_of(event: Any, owner: Any, **changed: Any) -> dict[str, Any]:
    return {"event": str(event.public_id), "organization": str(owner.public_id), "text_version": 1, **changed}


def test_an_event_is_read_with_who_organizes_it_and_the_seats_that_are_left(world: World) -> None:
    event = make_event(zone=world.east, capacity=5)
    make_co_host(event, zone=world.west)
    make_registration(event, world.enterprise, seats=2)
    told = writer(world.cy).client.get(f"{ROOT}events/{event.public_id}/").json()
    assert (told["zone"], told["places_left"]) == (str(world.east.public_id), 3)
    assert told["organizers"] == [
        {"role": "co_host", "zone": str(world.west.public_id), "association": None, "name_zh": ""}
    ]
    assert not {"timetable", "result_zh", "taken", "call"} & told.keys()
    assert writer(world.cy).client.get(f"{ROOT}registrations/").json()["results"] == []


def test_a_program_registers_changes_wishes_and_calls_off(world: World) -> None:
    event, eve = make_event(zone=world.west), writer(world.eve)
    other = make_registration(event, world.laboratory)
    assert eve.post("registrations/", body_of(event, world.laboratory)).status_code == 403
    assert eve.post("registrations/", body_of(event, world.enterprise, text_version=9)).status_code == 400
    made = eve.post("registrations/", body_of(event, world.enterprise, seats=2, is_listed=True, attendees_zh="王工"))
    assert (made.status_code, made.json()["state"]) == (201, "registered")
    path = f"registrations/{made.json()['public_id']}/"
    changed = eve.patch(path, {"seats": 3}, if_match=eve.tag(path))
    assert (changed.status_code, changed.json()["seats"]) == (200, 3)
    wished = eve.post(f"{path}wish/", {"wanted": [str(other.public_id)]}, if_match=eve.tag(path))
    assert (wished.json()["wishes"], EventWish.plain.count()) == ([str(other.public_id)], 1)
    seen = writer(world.lin).client.get(ROOT + path).json()
    assert (seen["wishes"], seen["attendees_zh"], seen["meetings"]) == ([], None, [])
    assert writer(world.lin).post(f"{path}cancel/", if_match=eve.tag(path)).status_code == 404
    assert writer(world.bo).post(f"{path}wish/", {"wanted": []}, if_match=eve.tag(path)).status_code == 403
    assert eve.post(f"{path}cancel/", if_match=eve.tag(path)).json()["state"] == "cancelled"
    assert EventRegistration.plain.get(organization=world.enterprise).cancelled_at is not None


def test_meetings_are_told_once_they_are_released(world: World) -> None:
    event = make_event(zone=world.east)
    eve, lin = make_registration(event, world.enterprise), make_registration(event, world.laboratory)
    make_event_meeting(eve, lin, slot=1)
    path = f"{ROOT}registrations/{eve.public_id}/"
    assert writer(world.eve).client.get(path).json()["meetings"] == []
    release(event)
    told = writer(world.eve).client.get(path).json()["meetings"]
    assert [(one["other"], one["table"], one["other_zh"]) for one in told] == [
        (str(lin.public_id), 1, world.laboratory.name_zh)
    ]
    assert writer(world.cy).client.get(path).status_code == 404
