"""Builders of what stands beside accounts and contacts: invitations, and who was shown what."""

from datetime import timedelta
from itertools import count
from typing import Any

from django.utils import timezone

from tests.builders import make_user, plain_create
from zones.choices import OrganizationKind, Role
from zones.models import ContactAccess, ContactPoint, Invitation, Registration

_numbers = count(1)


def make_access(contact: ContactPoint, **fields: Any) -> ContactAccess:
    """Somebody was shown the contact."""
    values = {"organization": contact.organization, "contact": contact.public_id, "title": contact.title}
    return plain_create(ContactAccess, values | {"user": make_user(), "reason": "核对来电"} | fields)


def make_invitation(**fields: Any) -> Invitation:
    """An open invitation of a zone's staff whose token nobody knows."""
    values = {
        "display_name": "新经办人",
        "role": Role.ZONE_STAFF,
        "token_hash": f"hash-{next(_numbers)}",
        "expires_at": timezone.now() + timedelta(days=7),
    }
    return plain_create(Invitation, values | fields)


def make_registration(**fields: Any) -> Registration:
    """A waiting registration of a fresh account."""
    values = {
        "name_zh": f"待核验{next(_numbers)}公司",
        "kind": OrganizationKind.ENTERPRISE,
        "credit_code": "91110108MA01A2B3CF",
        "consented_at": timezone.now(),
    }
    return plain_create(Registration, values | ({} if "user" in fields else {"user": make_user()}) | fields)
