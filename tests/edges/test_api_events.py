"""Events through the API: read as far as one may see, and one's own registrations with their wishes."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from matching.models import Event, EventRegistration, EventWish
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
    assert not {"timetable", "taken"} & told.keys()
    assert (told["result_zh"], told["call"]) == (None, None)
    assert writer(world.cy).client.get(f"{ROOT}registrations/").json()["results"] == []


def event_body(**fields: Any) -> dict[str, Any]:
    starts = timezone.now().replace(microsecond=0) + timedelta(days=10)
    times = {"starts_at": starts, "ends_at": starts + timedelta(hours=6), "registration_closes_at": starts}
    told = {name: at.isoformat() for name, at in times.items()}
    return {
        "zone": "east", "kind": "industry", "title_zh": "半导体检测对接会", "summary_zh": "路演与洽谈。",
        "place_zh": "会议中心", "dimension": "opening", "organizers": [{"zone": "west"}],
    } | told | fields  # fmt: skip


def test_an_event_is_drafted_changed_published_and_called_off(world: World) -> None:
    ana, cy = writer(world.ana), writer(world.cy)
    assert cy.post("events/", event_body()).status_code == 403
    lacking = {name: value for name, value in event_body().items() if name != "registration_closes_at"}
    assert "registration_closes_at" in ana.post("events/", lacking).json()["errors"]
    made = ana.post("events/", event_body())
    assert (made.status_code, made.json()["state"], made.json()["dimension"]) == (201, "draft", "opening")
    path = f"events/{made.json()['public_id']}/"
    assert cy.client.get(ROOT + path).status_code == 404
    bo = writer(world.bo)
    changed = bo.patch(path, {"dimension": "factor", "organizers": []}, if_match=bo.tag(path))
    assert changed.status_code == 403
    changed = ana.patch(path, {"dimension": "factor"}, if_match=ana.tag(path)).json()
    assert (changed["dimension"], len(changed["organizers"])) == ("factor", 1)
    published = ana.post(f"{path}publish/", if_match=ana.tag(path))
    assert (published.json()["state"], cy.client.get(ROOT + path).json()["result_zh"]) == ("published", None)
    assert ana.post(f"{path}hold/", {"result": "签约"}, if_match=ana.tag(path)).status_code == 409
    assert ana.post(f"{path}cancel/", {"because": ""}, if_match=ana.tag(path)).status_code == 400
    assert ana.post(f"{path}cancel/", {"because": "场地维修"}, if_match=ana.tag(path)).json()["state"] == "cancelled"


def test_an_event_that_is_over_is_written_down_at_once(world: World) -> None:
    ana = writer(world.ana)
    over = {"starts_at": "2025-03-02T09:00:00+08:00", "ends_at": "2025-03-02T17:00:00+08:00", "is_held": True}
    body = {name: value for name, value in event_body(result="签约 3 项", **over).items() if "closes" not in name}
    assert ana.post("events/", event_body(is_held=True)).status_code == 400
    made = ana.post("events/", body)
    assert (made.status_code, made.json()["state"], made.json()["result_zh"]) == (201, "held", "签约 3 项")
    assert Event.plain.get().registration_closes_at == Event.plain.get().starts_at


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
