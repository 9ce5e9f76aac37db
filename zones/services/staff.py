"""Accounts and dated roles. Nobody grants what they lack."""

import secrets
from datetime import date
from typing import NamedTuple

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from ledger.events import record_event
from zones.errors import InvalidInput
from zones.models import Association, Organization, StaffRole, Zone
from zones.scoping import Principal, today
from zones.services.base import must_be_editable, tell_fact, validated


class NewAccount(NamedTuple):
    """A fresh account; `password` is shown once and stored only as a hash."""

    user: User
    password: str


@transaction.atomic
def create_account(*, username: str, display_name: str, password: str = "", language: str = "zh-hans") -> NewAccount:
    """Create a log-in without any right. An empty password means: generate one."""
    chosen = password or secrets.token_urlsafe(12)
    user = User(username=username, display_name=display_name, is_staff=True, language=language)
    try:
        validate_password(chosen, user)
    except ValidationError as error:
        raise InvalidInput({"password": error.messages}) from error
    user.set_password(chosen)
    validated(user).save()
    record_event("account.created", object_type="accounts.user", public_id=user.public_id)
    return NewAccount(user, chosen)


@transaction.atomic
def grant_role(
    principal: Principal,
    *,
    user: User,
    role: str,
    zone: Zone | None = None,
    association: Association | None = None,
    organization: Organization | None = None,
    valid_from: date | None = None,
) -> StaffRole:
    """Give a user a role from `valid_from` (today). Managers grant within their zone; everything else is the
    system's.
    """
    granted = StaffRole(
        user=user,
        role=role,
        zone=zone,
        association=association,
        organization=organization,
        valid_from=valid_from or today(),
    )
    validated(granted).save()
    must_be_editable(granted, principal)
    _tell(granted, "role.granted", day=granted.valid_from)
    return granted


@transaction.atomic
def end_role(principal: Principal, *, role_id: int, valid_to: date) -> StaffRole:
    """End a role; its history stays."""
    ended: StaffRole | None = (
        StaffRole.objects.editable_by(principal).select_for_update(of=("self",)).filter(pk=role_id).first()
    )
    if ended is None:
        raise InvalidInput.single("role", _("没有找到该角色授权，或您无权结束它。"))
    ended.valid_to = valid_to
    validated(ended).save(update_fields=["valid_to"])
    _tell(ended, "role.ended", day=valid_to)
    return ended


def _tell(role: StaffRole, kind: str, *, day: date) -> None:
    places = {"zone": role.zone, "association": role.association, "organization": role.organization}
    tell_fact(role, kind, user=role.user, role=role.role, day=day, **places)
