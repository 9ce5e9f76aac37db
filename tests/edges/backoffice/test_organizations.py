"""Organizations in the back office: aliases and contacts are changed with their record, by those who may edit it."""

from typing import Any

import pytest

from tests.builders import make_contact
from tests.conftest import World
from tests.edges.backoffice.conftest import Browse, errors_of
from tests.edges.backoffice.test_writing import change_url, rows
from zones.models import ContactPoint, Organization, OrganizationAlias

CONTACT = {"title": "成果转化办公室", "person_name": "周工", "phone": "13900001111", "email": ""}


def form_of(organization: Organization, *contacts: dict[str, Any], **fields: Any) -> dict[str, Any]:
    values = {
        "name_zh": organization.name_zh,
        "kind": organization.kind,
        "zone": organization.zone.public_id if organization.zone else "",
        "version": organization.version,
    }
    return values | rows("contact_points", *contacts) | fields


def contacts_of(organization: Organization) -> list[tuple[str, str]]:
    return list(ContactPoint.plain.filter(organization=organization).order_by("pk").values_list("title", "phone"))


def aliases_of(organization: Organization) -> set[str]:
    return set(OrganizationAlias.objects.filter(organization=organization).values_list("name", flat=True))


def test_aliases_are_changed_after_registration(world: World, browse: Browse) -> None:
    OrganizationAlias.objects.create(organization=world.enterprise, name="东微")
    client = browse(world.ana)
    assert 'value="东微"' in client.get(change_url(world.enterprise)).content.decode()
    saved = client.post(change_url(world.enterprise), form_of(world.enterprise, aliases="东方微、DFW"))
    assert saved.status_code == 302, errors_of(saved)
    assert aliases_of(world.enterprise) == {"东方微", "DFW"}


def test_contacts_are_added_changed_and_removed_with_their_organization(world: World, browse: Browse) -> None:
    client = browse(world.ana)
    make_contact(world.enterprise)
    client.post(change_url(world.enterprise), form_of(world.enterprise, CONTACT, CONTACT | {"title": "总机"}))
    assert contacts_of(world.enterprise) == [("成果转化办公室", "13900001111"), ("总机", "13900001111")]
    world.enterprise.refresh_from_db()
    assert world.enterprise.version == 2
    client.post(change_url(world.enterprise), form_of(world.enterprise))
    assert contacts_of(world.enterprise) == []


def masked(contact: ContactPoint) -> dict[str, Any]:
    """The contact as the form gives it back when nobody has touched it."""
    return {
        "key": str(contact.public_id),
        "title": contact.title,
        "person_name": "张*",
        "phone": "138****5678",
        "email": "z***@example.cn",
    }


def test_contacts_that_stay_as_they_are_are_not_written_again(world: World, browse: Browse) -> None:
    contact = make_contact(world.enterprise)
    client = browse(world.ana)
    assert contact.phone not in (page := client.get(change_url(world.enterprise)).content.decode())
    assert all(value in page for value in masked(contact).values())
    saved = client.post(change_url(world.enterprise), form_of(world.enterprise, masked(contact), city="西安"))
    assert saved.status_code == 302, errors_of(saved)
    stored = ContactPoint.plain.get()
    assert (stored.pk, stored.person_name, stored.phone) == (contact.pk, contact.person_name, contact.phone)


def test_what_is_written_over_a_mask_is_stored_and_the_rest_stays(world: World, browse: Browse) -> None:
    contact = make_contact(world.enterprise)
    form = form_of(world.enterprise, masked(contact) | {"phone": "13700001111"})
    browse(world.ana).post(change_url(world.enterprise), form)
    stored = ContactPoint.plain.get()
    assert (stored.pk, stored.phone, stored.email) == (contact.pk, "13700001111", contact.email)


@pytest.mark.parametrize("phone", ["138****9999", "139****5678", "****"])
def test_a_mask_changed_in_part_is_refused_and_tells_what_to_do(world: World, browse: Browse, phone: str) -> None:
    contact = make_contact(world.enterprise)
    form = form_of(world.enterprise, masked(contact) | {"phone": phone})
    answer = browse(world.ana).post(change_url(world.enterprise), form)
    assert "请填写完整内容" in answer.content.decode()
    assert ContactPoint.plain.get().phone == contact.phone


def test_the_key_of_another_organization_s_contact_is_no_key(world: World, browse: Browse) -> None:
    foreign = make_contact(world.laboratory, phone="13812345678")
    browse(world.ana).post(change_url(world.enterprise), form_of(world.enterprise, masked(foreign)))
    assert not ContactPoint.plain.filter(organization=world.enterprise).exists()
    form = form_of(world.enterprise, masked(foreign) | {"phone": "13700001111", "person_name": "", "email": ""})
    browse(world.ana).post(change_url(world.enterprise), form)
    assert ContactPoint.plain.get(organization=world.laboratory).phone == foreign.phone


@pytest.mark.parametrize(
    ("wrong", "told"), [({"phone": ""}, "电话或邮箱"), ({"email": "nobody"}, "邮箱"), ({"title": ""}, "请填写此项")]
)
def test_a_contact_nobody_can_reach_is_refused_and_nothing_is_stored(
    world: World, browse: Browse, wrong: dict[str, str], told: str
) -> None:
    answer = browse(world.ana).post(
        change_url(world.enterprise), form_of(world.enterprise, CONTACT | wrong, city="西安")
    )
    assert answer.status_code == 200
    assert told in answer.content.decode()
    world.enterprise.refresh_from_db()
    assert (contacts_of(world.enterprise), world.enterprise.city) == ([], "")


def test_a_second_editor_of_contacts_is_told_of_the_first(world: World, browse: Browse) -> None:
    form = form_of(world.enterprise, CONTACT)
    client = browse(world.ana)
    assert client.post(change_url(world.enterprise), form).status_code == 302
    second = client.post(change_url(world.enterprise), form | {"contact_points-0-phone": "13999999999"})
    assert second.status_code == 409
    assert contacts_of(world.enterprise) == [("成果转化办公室", "13900001111")]


@pytest.mark.parametrize("person", ["bo", "cy", "auditor", "secretariat"])
def test_others_change_no_contacts_and_get_no_form_for_them(world: World, browse: Browse, person: str) -> None:
    contact = make_contact(world.enterprise)
    client = browse(getattr(world, person))
    page = client.get(change_url(world.enterprise)).content.decode()
    assert "contact_points-" not in page
    assert contact.phone not in page
    assert client.post(change_url(world.enterprise), form_of(world.enterprise)).status_code == 404
    assert ContactPoint.plain.get().phone == contact.phone
