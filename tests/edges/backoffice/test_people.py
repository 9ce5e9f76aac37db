"""Who may do what here, and dated roles by panels."""

from datetime import timedelta
from typing import Any

import pytest

from accounts.models import User
from tests.builders import make_role, make_staff, make_user
from tests.conftest import World
from tests.edges.backoffice.conftest import Browse
from zones.choices import Role
from zones.models import StaffRole
from zones.scoping import today

DAY = timedelta(days=1)


def people_of(place: Any) -> str:
    return f"/office/zones/{place._meta.model_name}/{place.public_id}/people/"


@pytest.mark.parametrize("person", ["ana", "auditor", "ops"])
def test_a_zone_s_own_people_read_who_may_do_what_until_when(world: World, browse: Browse, person: str) -> None:
    soon, late, gone = (make_user(name, display_name=name) for name in ("soon", "late", "gone"))
    make_role(soon, Role.AUDITOR, zone=world.east, valid_to=today() + 30 * DAY)
    make_role(late, Role.AUDITOR, zone=world.east, valid_to=today() + 31 * DAY)
    make_role(gone, Role.AUDITOR, zone=world.east, valid_to=today())
    page = browse(getattr(world, person)).get(people_of(world.east))
    marks = {line["who"]: line["mark"] for line in page.context["standing"]}
    assert marks["soon"] == "30 天内到期"
    assert marks["late"] == marks["Eve"] == ""
    assert [line["who"] for line in page.context["over"]] == ["gone"]
    told = page.content.decode()
    assert "东方微电子有限公司" in told
    assert "Bo" not in {line["who"] for line in page.context["standing"]}


@pytest.mark.parametrize("person", ["bo", "cy", "secretariat"])
def test_others_learn_nothing_of_a_zone_s_people(world: World, browse: Browse, person: str) -> None:
    client = browse(getattr(world, person))
    assert client.get(people_of(world.east)).status_code == 404
    url = people_of(world.east)
    assert url not in client.get(url.replace("people", "change")).content.decode()


def test_a_secretariat_reads_its_own_people_and_finds_them_from_the_menu(world: World, browse: Browse) -> None:
    client = browse(world.secretariat)
    answer = client.get("/office/zones/association/people/", follow=True)
    assert answer.redirect_chain[-1][0] == people_of(world.alliance)
    assert [line["who"] for line in answer.context["standing"]] == ["Secretariat"]
    assert client.get("/office/zones/zone/people/").status_code == 404
    assert browse(world.ana).get(people_of(world.alliance)).status_code == 404
    assert browse(world.ana).get("/office/zones/zone/people/", follow=True).status_code == 200


def grant(world: World, browse: Browse, giver: User, **values: Any) -> Any:
    defaults = {"role": "auditor", "zone": world.east.public_id, "valid_from": today().isoformat()}
    return browse(giver).post(f"/office/accounts/user/{world.ana.public_id}/panels/grant/", defaults | values)


def test_a_manager_grants_a_role_with_dates_and_not_in_the_past(world: World, browse: Browse) -> None:
    manager = make_staff(world.east, role=Role.ZONE_MANAGER)
    early = grant(world, browse, manager, valid_from=(today() - DAY).isoformat())
    assert "过去的授权不能改动" in early.content.decode()
    assert StaffRole.plain.filter(user=world.ana).count() == 1
    grant(world, browse, manager, valid_to=(today() + 9 * DAY).isoformat())
    assert StaffRole.plain.get(user=world.ana, role="auditor").valid_to == today() + 9 * DAY


def test_the_last_manager_is_told_what_to_do_first(world: World, browse: Browse) -> None:
    manager = make_staff(world.east, role=Role.ZONE_MANAGER)
    client = browse(manager)
    url = f"/office/accounts/user/{manager.public_id}/"
    page = client.get(f"{url}change/")
    (label,) = (value for value, _text in page.context["panels"][1]["form"].fields["role"].choices)
    told = client.post(f"{url}panels/end/", {"role": label, "valid_to": today().isoformat()}).content.decode()
    assert "请先授予另一人" in told
    assert StaffRole.plain.get(user=manager).valid_to is None


def test_a_secretariat_grants_its_own_role_by_the_panel(world: World, browse: Browse) -> None:
    client = browse(world.secretariat)
    colleague = make_user()
    make_role(colleague, Role.SECRETARIAT, association=world.alliance, valid_to=today())
    url = f"/office/accounts/user/{colleague.public_id}/panels/grant/"
    values = {"role": "secretariat", "association": world.alliance.public_id, "valid_from": today().isoformat()}
    assert client.post(url, values).status_code == 302
    assert StaffRole.plain.filter(user=colleague, valid_to__isnull=True).exists()
    assert client.post(url, values | {"role": "zone_staff", "zone": world.east.public_id}).status_code == 200
