"""Who was shown a contact whole is kept for good, told without what was shown, and by services only."""

import json

import pytest
from django.db import ProgrammingError, transaction

from ledger.models import OutboxEvent
from tests.builders import make_contact
from tests.conftest import World, principal_of
from tests.people import make_access
from zones.errors import InvalidInput, NotFound
from zones.models import ContactAccess
from zones.services.contacts import contacts_of, mask_email, mask_name, mask_phone, see_contact


@pytest.mark.parametrize(
    ("shown", "wanted"),
    [
        (mask_phone("13812345678"), "138****5678"),
        (mask_phone("010-123"), "****"),
        (mask_phone(""), ""),
        (mask_email("zhang@example.cn"), "z***@example.cn"),
        (mask_email(""), ""),
        (mask_name("张三"), "张*"),
        (mask_name(""), ""),
    ],
)
def test_masks(shown: str, wanted: str) -> None:
    assert shown == wanted


def test_a_member_of_the_organization_sees_a_contact_whole_with_a_reason(world: World) -> None:
    contact, eve = make_contact(world.enterprise), principal_of(world.eve)
    (masked,) = contacts_of(eve, organization_id=world.enterprise.pk)
    assert masked.phone == "138****5678"
    shown = see_contact(eve, organization_id=world.enterprise.pk, contact=masked.key, reason="核对来电")
    assert shown.phone == contact.phone
    assert ContactAccess.plain.get().user == world.eve


@pytest.mark.parametrize("person", ["bo", "cy", "lin", "auditor", "secretariat"])
def test_for_others_there_is_no_contact(world: World, person: str) -> None:
    contact = make_contact(world.enterprise)
    with pytest.raises(NotFound):
        see_contact(
            principal_of(getattr(world, person)),
            organization_id=world.enterprise.pk,
            contact=contact.public_id,
            reason="核对来电",
        )


def test_the_fact_is_told_by_public_ids_without_what_was_shown(world: World) -> None:
    contact = make_contact(world.enterprise)
    see_contact(
        principal_of(world.ana), organization_id=world.enterprise.pk, contact=contact.public_id, reason="核对来电"
    )
    (payload,) = OutboxEvent.objects.filter(kind="contact.seen").values_list("payload", flat=True)
    assert payload == {
        "organization": str(world.enterprise.public_id),
        "contact": str(contact.public_id),
        "user": str(world.ana.public_id),
    }
    assert contact.phone not in json.dumps(payload)


def test_a_reason_too_short_leaves_no_trace(world: World) -> None:
    contact = make_contact(world.enterprise)
    with pytest.raises(InvalidInput):
        see_contact(
            principal_of(world.ana), organization_id=world.enterprise.pk, contact=contact.public_id, reason="看看"
        )
    assert not ContactAccess.plain.exists()
    assert not OutboxEvent.objects.filter(kind="contact.seen").exists()


def test_the_record_of_an_access_can_be_neither_changed_nor_deleted(world: World) -> None:
    access = make_access(make_contact(world.enterprise))
    rows = ContactAccess.plain.filter(pk=access.pk)
    with pytest.raises(ProgrammingError, match="Cannot update or delete"), transaction.atomic():
        rows.update(reason="另一个")
    with pytest.raises(ProgrammingError, match="Cannot update or delete"), transaction.atomic():
        rows.delete()
