"""Contact points: the functions that read and write them. They are shown masked; whole to those who may edit them and
say why, once, and it is written down.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any, Final, NamedTuple
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from zones.errors import InvalidInput, NotFound, RowPlace
from zones.models import ContactAccess, ContactPoint, Organization
from zones.scoping import Principal, as_reader
from zones.services.base import check_fields, clean_text, clean_values, tell_fact, validated

REASON_AT_LEAST = 4
"""Characters of a reason: fewer say nothing."""


class ShownContact(NamedTuple):
    """What one reader is shown of a contact point."""

    key: UUID
    title: str
    person_name: str
    phone: str
    email: str


def contacts_of(principal: Principal, *, organization_id: int) -> list[ShownContact]:
    """Contacts of an organization, masked, for its own side and its zone's auditors; none for others."""
    readable = ContactPoint.objects.editable_by(as_reader(principal)).filter(organization_id=organization_id)
    return [_masked(contact) for contact in readable.order_by("pk")]


@transaction.atomic
def see_contact(principal: Principal, *, organization_id: int, contact: UUID, reason: str) -> ShownContact:
    """One contact whole, for those who may edit it and say why; who, when, which and why is kept for good.

    Raises NotFound, InvalidInput.
    """
    rows = ContactPoint.objects.editable_by(principal).filter(organization_id=organization_id, public_id=contact)
    found: ContactPoint | None = rows.first()
    if found is None:
        raise NotFound(_("没有找到：它不存在，或您无权查看。"))
    said = clean_text("reason", reason)
    if len(said) < REASON_AT_LEAST:
        message = _("请写明查看理由（至少 %(count)d 个字），例如“与企业约定现场交流时间”。")
        raise InvalidInput.single("reason", message % {"count": REASON_AT_LEAST})
    access = ContactAccess(organization_id=organization_id, contact=found.public_id, title=found.title, reason=said)
    access.user_id = principal.user_id
    validated(access).save()
    tell_fact(access, "contact.seen", organization=found.organization, contact=found, user=access.user)
    return _whole(found)


def has_contact(organization: Organization, contact: UUID) -> bool:
    """Whether an organization that the caller has checked has this contact."""
    rows = ContactPoint.objects.unscoped(reason="the organization was checked")
    return bool(rows.filter(organization=organization, public_id=contact).exists())


def consented_contact(organization: Organization, *, contact: UUID, fields: Collection[str]) -> ShownContact:
    """What a consent opens of a contact, once the caller has found it standing. Raises NotFound where it is gone."""
    rows = ContactPoint.objects.unscoped(reason="a standing consent names the contact and its fields")
    found: ContactPoint | None = rows.filter(organization=organization, public_id=contact).first()
    if found is None:
        raise NotFound(_("对方的联系方式已被删除：请对方重新选择。"))
    opened = {name: getattr(found, name) if name in fields else "" for name in MASKS}
    return ShownContact(found.public_id, found.title, **opened)


def write_contacts(organization: Organization, rows: Sequence[Mapping[str, Any]]) -> None:
    """Put the rows in place of the contacts of an organization that the caller has checked. Raises InvalidInput.

    A row with the `key` of a stored contact changes it, and a value that is its mask as it was shown stays as stored.
    Rows that are as stored are not written: their history tells changes only.
    """
    plain = ContactPoint.objects.unscoped(reason="the organization was checked").filter(organization=organization)
    stored = {contact.public_id: contact for contact in plain}
    written = [_written(row, position, stored, organization) for position, row in enumerate(rows, start=1)]
    plain.exclude(pk__in=[contact.pk for contact in written if contact.pk]).delete()
    before = {contact.pk: _whole(contact) for contact in plain.all()}
    for contact in written:
        if before.get(contact.pk) != _whole(contact):
            contact.save()


def _written(
    row: Mapping[str, Any], position: int, stored: dict[UUID, ContactPoint], organization: Organization
) -> ContactPoint:
    """The contact a row makes of a stored one, or a new one."""
    key = row.get("key")
    contact = (stored.pop(key, None) if key else None) or ContactPoint(organization=organization)
    for name, text in clean_values({name: row.get(name) or "" for name in ShownContact._fields[1:]}).items():
        setattr(contact, name, _meant(contact, name, text, position))
    check_fields(contact, position=position)
    if not (contact.phone or contact.email):
        raise InvalidInput({RowPlace.of(ContactPoint, position, "phone"): [_("请填写电话或邮箱。")]})
    return contact


def _meant(contact: ContactPoint, name: str, text: str, position: int) -> str:
    """What was stored where the text is its mask; a mask that somebody changed in part is no value."""
    mask, before = MASKS.get(name), getattr(contact, name)
    if mask is None or "*" not in text:
        return text
    if contact.pk and text == mask(before):
        return str(before)
    message = _("含有掩码“*”：请填写完整内容，或保留原来显示的内容不动。")
    raise InvalidInput({RowPlace.of(ContactPoint, position, name): [message]})


def _whole(contact: ContactPoint) -> ShownContact:
    return ShownContact(contact.public_id, contact.title, contact.person_name, contact.phone, contact.email)


def _masked(contact: ContactPoint) -> ShownContact:
    shown = {name: mask(getattr(contact, name)) for name, mask in MASKS.items()}
    return ShownContact(contact.public_id, contact.title, **shown)


def mask_phone(phone: str) -> str:
    """138****5678; a short one is hidden whole."""
    return f"{phone[:3]}****{phone[-4:]}" if len(phone) >= 8 else "****" if phone else ""


def mask_email(email: str) -> str:
    """z***@example.cn"""
    name, _at, host = email.partition("@")
    return f"{name[:1]}***@{host}" if host else ""


def mask_name(name: str) -> str:
    """张*"""
    return f"{name[:1]}*" if name else ""


MASKS: Final[Mapping[str, Callable[[str], str]]] = {
    "person_name": mask_name,
    "phone": mask_phone,
    "email": mask_email,
}
