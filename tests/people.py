"""Builders of what stands beside accounts and contacts: invitations, and who was shown what."""

from datetime import timedelta
from itertools import count
from typing import Any

from django.utils import timezone

from tests.builders import make_user, plain_create
from zones.choices import Role
from zones.models import ContactAccess, ContactPoint, Invitation

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
