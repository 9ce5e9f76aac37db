"""Registrations in the back office: found on the first page, read, accepted or refused."""

from typing import Any

import pytest

from tests.conftest import World
from tests.edges.backoffice.conftest import Browse
from tests.people import make_registration
from zones.models import Registration, StaffRole

LIST = "/office/zones/registration/"


def page_of(row: Registration) -> str:
    return f"{LIST}{row.public_id}/change/"


def steps_of(row: Registration, step: str) -> str:
    return f"{LIST}{row.public_id}/{step}/"


def test_the_first_page_counts_those_that_wait_for_the_own_zone(world: World, browse: Browse) -> None:
    for zone in (world.east, world.east, world.far):
        make_registration(zone=zone)
    make_registration(zone=world.east, state="withdrawn", ended_at="2026-01-05T08:00:00Z")
    found = {}
    for person in ("ana", "auditor", "cy", "bo", "secretariat"):
        cards = browse(getattr(world, person)).get("/office/").context["cards"]
        found[person] = [card["count"] for card in cards if "registration" in card["url"]]
    assert browse(world.ana).get(f"{LIST}?state=waiting").context["cl"].result_count == 2
    assert found == {"ana": [2], "auditor": [2], "cy": [1], "bo": [0], "secretariat": []}


def test_accepted_with_a_button_the_applicant_is_a_member(world: World, browse: Browse) -> None:
    row, client = make_registration(zone=world.east, name_zh="东方新厂"), browse(world.ana)
    page = client.get(page_of(row)).content.decode()
    assert "核验通过" in page
    assert row.credit_code in page
    answer = client.post(steps_of(row, "steps/accept"), {"version": 1}, follow=True)
    assert "已成为该单位用户" in answer.content.decode()
    assert StaffRole.plain.get(user=row.user).organization.name_zh == "东方新厂"  # type: ignore[union-attr]
    assert "核验通过" not in client.get(page_of(row)).content.decode()


def test_refused_with_a_reason_and_words(world: World, browse: Browse) -> None:
    row, client = make_registration(zone=world.east), browse(world.ana)
    url = steps_of(row, "panels/refuse")
    assert "请填写此项" in client.post(url, {"version": 1}).content.decode()
    values = {"reason": "not_in_zone", "words": "请向西山高新区申请。", "version": 1}
    client.post(url, values)
    row.refresh_from_db()
    assert (row.state, row.words, row.decided_by) == ("refused", "请向西山高新区申请。", world.ana)


@pytest.mark.parametrize("version", [0, 2])
def test_what_was_changed_since_it_was_read_is_not_decided(world: World, browse: Browse, version: int) -> None:
    row, client = make_registration(zone=world.east), browse(world.ana)
    client.post(steps_of(row, "steps/accept"), {"version": version})
    values: dict[str, Any] = {"reason": "other", "words": "说明", "version": version}
    client.post(steps_of(row, "panels/refuse"), values)
    row.refresh_from_db()
    assert row.state == "waiting"


@pytest.mark.parametrize("person", ["bo", "cy", "auditor", "secretariat", "eve"])
def test_others_decide_nothing(world: World, browse: Browse, person: str) -> None:
    row, client = make_registration(zone=world.east), browse(getattr(world, person))
    values: dict[str, Any] = {"reason": "other", "words": "说明", "version": 1}
    for step in ("steps/accept", "panels/refuse"):
        assert client.post(steps_of(row, step), values).status_code in (302, 404)
    row.refresh_from_db()
    assert row.state == "waiting"
