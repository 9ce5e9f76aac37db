"""Memberships through the API: who keeps the associations records which zone joins and leaves, on which day."""

from datetime import date, timedelta

from tests.conftest import World
from tests.edges.test_api_writing import ROOT, writer
from zones.models import Membership
from zones.scoping import today

JOINED = {"zone": "far", "joined_on": "2025-03-01"}


def test_a_zone_joins_and_leaves_on_a_day(world: World) -> None:
    ops, path = writer(world.ops), f"associations/{world.alliance.public_id}/"
    made = ops.post(f"{path}join/", JOINED | {"role": "lead"}, idempotency_key="once")
    assert made.status_code == 200, made.content.decode()
    told = {row["zone"]: (row["role"], row["joined_on"]) for row in made.json()["members"]}
    assert told[str(world.far.public_id)] == ("lead", "2025-03-01")
    assert ops.post(f"{path}join/", JOINED | {"role": "lead"}, idempotency_key="once").json() == made.json()
    left = ops.post(f"{path}leave/", {"zone": "far", "left_on": "2025-06-01"})
    assert (left.status_code, len(left.json()["members"])) == (200, 2)
    assert Membership.objects.get(zone=world.far).left_on == date(2025, 6, 1)
    assert len(ops.client.get(f"{ROOT}{path}?on=2025-05-31").json()["members"]) == 3
    tomorrow = (today() + timedelta(1)).isoformat()
    assert len(ops.post(f"{path}join/", {"zone": "far", "joined_on": tomorrow}).json()["members"]) == 2


def test_what_is_no_membership_is_told_by_field(world: World) -> None:
    ops, path = writer(world.ops), f"associations/{world.alliance.public_id}/"
    wrong = {"join": [JOINED | {"zone": "east"}, {"zone": "far"}, JOINED | {"zone": "none"}, JOINED | {"left_on": "x"}]}
    wrong["leave"] = [{"zone": "nowhere", "left_on": "2025-06-01"}, {"zone": "east"}]
    for step, bodies in wrong.items():
        for body in bodies:
            answer = ops.post(f"{path}{step}/", body)
            assert (answer.status_code, bool(answer.json()["errors"])) == (400, True), (step, body)
    assert ops.post(f"{path}join/?on=2025-01-01", JOINED).status_code == 400
    assert ops.post(f"{path}leave/", {"zone": "far", "left_on": "2025-06-01"}).status_code == 409
    ops.post(f"{path}join/", JOINED)
    assert "left_on" in ops.post(f"{path}leave/", {"zone": "far", "left_on": "2025-03-01"}).json()["errors"]


def test_nobody_else_writes_memberships(world: World) -> None:
    path = f"associations/{world.alliance.public_id}/"
    for person in (world.ana, world.cy, world.secretariat, world.eve):
        assert writer(person).post(f"{path}join/", JOINED).status_code == 404, person
        assert writer(person).post(f"{path}leave/", {"zone": "west", "left_on": "2026-01-01"}).status_code == 404
    reading = writer(world.ops, "read").post(f"{path}join/", JOINED)
    assert (reading.status_code, Membership.objects.count()) == (403, 2)
