"""Contacts in the back office: masked for their own side, whole for one answer to those who say why, and told to nobody
else.
"""

from typing import Any

import pytest

from tests.builders import make_contact, make_staff
from tests.conftest import World
from tests.edges.backoffice.conftest import Browse
from tests.edges.backoffice.test_writing import change_url
from tests.people import make_access
from zones.choices import Role
from zones.models import ContactAccess, ContactPoint, Organization

SECRETS = ("13812345678", "zhang@example.cn", "张三")
MASKS = ("138****5678", "z***@example.cn", "张*")
ACCESSES = "/office/zones/contactaccess/"


def contacts_url(organization: Organization) -> str:
    return change_url(organization).replace("change", "contacts")


def asked(contact: ContactPoint, reason: str = "约定现场交流") -> dict[str, Any]:
    return {"contact": contact.public_id, "reason": reason}


@pytest.mark.parametrize("person", ["ana", "auditor", "ops"])
@pytest.mark.parametrize("page", ["change", "contacts", "history"])
def test_the_own_side_sees_masks_on_every_page(world: World, browse: Browse, person: str, page: str) -> None:
    make_contact(world.enterprise)
    url = change_url(world.enterprise).replace("change", page)
    told = browse(getattr(world, person)).get(url).content.decode()
    assert not [secret for secret in SECRETS if secret in told]
    assert page == "history" or all(mask in told for mask in MASKS)


@pytest.mark.parametrize("person", ["bo", "cy", "secretariat"])
def test_other_zones_see_nothing_at_all(world: World, browse: Browse, person: str) -> None:
    contact = make_contact(world.enterprise)
    client = browse(getattr(world, person))
    told = client.get(change_url(world.enterprise)).content.decode()
    assert "5678" not in told
    assert "双方同意" in told
    assert client.get(contacts_url(world.enterprise)).status_code == 404
    assert client.post(contacts_url(world.enterprise), asked(contact)).status_code == 404
    assert not ContactAccess.plain.exists()


def test_a_reason_shows_one_contact_once_and_is_kept(world: World, browse: Browse) -> None:
    contact = make_contact(world.enterprise)
    make_contact(world.enterprise, title="总机", phone="13999990000", email="", person_name="")
    client = browse(world.ana)
    answer = client.post(contacts_url(world.enterprise), asked(contact))
    told = answer.content.decode()
    assert all(secret in told for secret in SECRETS)
    assert "13999990000" not in told
    assert "no-store" in answer["Cache-Control"]
    assert "13812345678" not in client.get(contacts_url(world.enterprise)).content.decode()
    access = ContactAccess.plain.get()
    assert (access.user, access.contact, access.reason) == (world.ana, contact.public_id, "约定现场交流")


@pytest.mark.parametrize("reason", ["", "  ", "查看", "三个字", " 三个字 "])
def test_without_a_reason_nothing_is_shown(world: World, browse: Browse, reason: str) -> None:
    contact = make_contact(world.enterprise)
    told = browse(world.ana).post(contacts_url(world.enterprise), asked(contact, reason)).content.decode()
    assert "至少 4 个字" in told
    assert "13812345678" not in told
    assert not ContactAccess.plain.exists()


def test_an_auditor_sees_no_contact_whole(world: World, browse: Browse) -> None:
    contact = make_contact(world.enterprise)
    assert browse(world.auditor).post(contacts_url(world.enterprise), asked(contact)).status_code == 404


@pytest.mark.parametrize("key", ["", "nothing", "00000000-0000-4000-8000-000000000000"])
def test_a_contact_that_is_none_is_not_found(world: World, browse: Browse, key: str) -> None:
    foreign = make_contact(world.laboratory)
    client = browse(world.ana)
    for wanted in (key, foreign.public_id):
        values = {"contact": wanted, "reason": "约定现场交流"}
        assert client.post(contacts_url(world.enterprise), values).status_code == 404


def test_managers_and_auditors_of_the_zone_read_who_was_shown_what(world: World, browse: Browse) -> None:
    access = make_access(make_contact(world.enterprise), user=world.ana, reason="约定现场交流")
    manager = make_staff(world.east, role=Role.ZONE_MANAGER, username="manager")
    for reader in (manager, world.auditor, world.ops):
        told = browse(reader).get(ACCESSES).content.decode()
        assert "约定现场交流" in told
        assert "Ana" in told
        assert browse(reader).get(f"{ACCESSES}{access.public_id}/change/").status_code == 200
    assert "约定现场交流" not in browse(make_staff(world.west, role=Role.AUDITOR)).get(ACCESSES).content.decode()
    for other in (world.ana, world.bo, world.secretariat):
        assert browse(other).get(ACCESSES).status_code == 404
        assert "contactaccess" not in browse(other).get("/office/").content.decode()
