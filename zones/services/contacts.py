"""Contact points: the one function that reads them, the one that writes them, and how they are masked."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from zones.errors import InvalidInput, RowPlace
from zones.models import ContactPoint, Organization
from zones.scoping import Principal, as_reader
from zones.services.children import replace_children


class ShownContact(NamedTuple):
    """What one reader is shown of a contact point; masked for those who audit."""

    title: str
    person_name: str
    phone: str
    email: str


def contacts_of(principal: Principal, *, organization_id: int) -> list[ShownContact]:
    """Contacts of an organization: whole for those who may edit it, masked for its zone's auditors, for others none."""
    readable = ContactPoint.objects.editable_by(as_reader(principal)).filter(organization_id=organization_id)
    whole = set(ContactPoint.objects.editable_by(principal).filter(organization_id=organization_id).values_list("pk"))
    return [_whole(contact) if (contact.pk,) in whole else _masked(contact) for contact in readable.order_by("pk")]


def write_contacts(organization: Organization, rows: Sequence[Mapping[str, Any]]) -> None:
    """Put the rows in place of the contacts of an organization that the caller has checked. Raises InvalidInput.

    Rows that are as stored are not written: their history tells changes only.
    """
    for number, row in enumerate(rows, start=1):
        if not (row.get("phone") or row.get("email")):
            raise InvalidInput({RowPlace.of(ContactPoint, number, "phone"): [_("请填写电话或邮箱。")]})
    plain = ContactPoint.objects.unscoped(reason="the organization was checked")
    stored = plain.filter(organization=organization).order_by("pk").values_list(*ShownContact._fields)
    if [ShownContact(*values) for values in stored] != [_row(row) for row in rows]:
        replace_children(organization, ContactPoint, foreign_key="organization", rows=rows)


def _row(values: Mapping[str, Any]) -> ShownContact:
    return ShownContact(*(str(values.get(name, "")) for name in ShownContact._fields))


def _whole(contact: ContactPoint) -> ShownContact:
    return ShownContact(contact.title, contact.person_name, contact.phone, contact.email)


def _masked(contact: ContactPoint) -> ShownContact:
    return ShownContact(
        contact.title, mask_name(contact.person_name), mask_phone(contact.phone), mask_email(contact.email)
    )


def mask_phone(phone: str) -> str:
    """138****5678; a short one is hidden whole."""
    return f"{phone[:3]}****{phone[-4:]}" if len(phone) >= 8 else "****" if phone else ""


def mask_email(email: str) -> str:
    name, _at, host = email.partition("@")
    return f"{name[:1]}***@{host}" if host else ""


def mask_name(name: str) -> str:
    return f"{name[:1]}**" if name else ""
