"""Accounts and dated roles. Nobody grants what they lack."""

import secrets
from datetime import date
from typing import NamedTuple

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import F, Q
from django.utils.translation import gettext as _

from accounts.models import User
from ledger.events import record_event
from zones.choices import Role
from zones.errors import InvalidInput, NotAllowed
from zones.models import Association, Organization, StaffRole, Zone
from zones.scoping import Principal, in_force, today
from zones.services.base import must_be_editable, tell_fact, validated


class NewAccount(NamedTuple):
    """A fresh account; `password` is shown once and stored only as a hash."""

    user: User
    password: str


@transaction.atomic
def create_account(
    *, username: str, display_name: str, password: str = "", language: str = "zh-hans", email: str = ""
) -> NewAccount:
    """Create a log-in without any right. An empty password means: generate one."""
    chosen = password or secrets.token_urlsafe(12)
    user = User(username=username, display_name=display_name, is_staff=True, language=language, email=email)
    set_checked_password(user, chosen)
    try:
        with transaction.atomic():
            validated(user).save()
    except IntegrityError as error:  # another took the name since it was looked for
        raise InvalidInput.single("username", _("该用户名刚被他人使用：请换一个。")) from error
    record_event("account.created", object_type="accounts.user", public_id=user.public_id)
    return NewAccount(user, chosen)


def set_checked_password(user: User, password: str) -> None:
    """Set, not saved. Raises InvalidInput for one that is easily guessed."""
    try:
        validate_password(password, user)
    except ValidationError as error:
        raise InvalidInput({"password": error.messages}) from error
    user.set_password(password)


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
    valid_to: date | None = None,
) -> StaffRole:
    """Give a user a role for [valid_from (today), valid_to). Managers grant within their zone, secretariats their own
    role; everything else is the system's. Raises InvalidInput, NotAllowed.
    """
    granted = StaffRole(
        user=user,
        role=role,
        zone=zone,
        association=association,
        organization=organization,
        valid_from=valid_from or today(),
        valid_to=valid_to,
    )
    if granted.valid_from < today():
        raise InvalidInput.single("valid_from", _("生效日不得早于今天：过去的授权不能改动。"))
    if valid_to is not None and valid_to <= granted.valid_from:
        raise InvalidInput.single("valid_to", _("终止日须晚于生效日。"))
    list(User.objects.select_for_update(no_key=True).filter(pk=user.pk))  # whose roles are looked through
    _must_be_new(validated(granted))
    granted.save()
    must_be_editable(granted, principal)
    _tell(granted, "role.granted", day=granted.valid_from)
    return granted


def _must_be_new(granted: StaffRole) -> None:
    """Refuse the same role in the same place twice at a time: ending one of them would end nothing."""
    places = {"zone": granted.zone, "association": granted.association, "organization": granted.organization}
    rows = StaffRole.objects.unscoped(reason="of the user who is granted a role, in the place it is granted in")
    same = rows.filter(user=granted.user, role=granted.role, **places).exclude(valid_to=F("valid_from"))
    overlapping = same.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=granted.valid_from))
    if granted.valid_to is not None:
        overlapping = overlapping.filter(valid_from__lt=granted.valid_to)
    if overlapping.exists():
        raise InvalidInput.single("role", _("该账号在此期间已有同一角色：请先结束原授权，或改选日期。"))


@transaction.atomic
def end_role(principal: Principal, *, role_id: int, valid_to: date) -> StaffRole:
    """End a role on a day to come, or today; its history stays. One that has not begun by then is called off.

    Raises InvalidInput; NotAllowed where a zone would be left without a manager.
    """
    ended = _role_to_end(principal, role_id)
    if valid_to < today():
        raise InvalidInput.single("valid_to", _("终止日不得早于今天：过去的授权不能改动。"))
    if ended.valid_to is not None and ended.valid_to <= today():
        raise InvalidInput.single("role", _("该授权已经结束，不能再改动。"))
    ended.valid_to = max(valid_to, ended.valid_from)
    if not principal.is_system:
        _keep_a_manager(ended)
    validated(ended).save(update_fields=["valid_to"])
    _tell(ended, "role.ended", day=ended.valid_to)
    return ended


def _role_to_end(principal: Principal, role_id: int) -> StaffRole:
    """The role, locked, and before it its zone: the last two managers of a zone end their roles one after the other."""
    editable = StaffRole.objects.editable_by(principal).filter(pk=role_id)
    list(Zone.objects.select_for_update(no_key=True).filter(pk__in=editable.values("zone_id")))
    role: StaffRole | None = editable.select_for_update(of=("self",)).first()
    if role is None:
        raise InvalidInput.single("role", _("没有找到该角色授权，或您无权结束它。"))
    return role


def _keep_a_manager(ended: StaffRole) -> None:
    """A zone without a manager could not get one any more, but from the system."""
    if ended.role != Role.ZONE_MANAGER or ended.valid_to is None:
        return
    rows = StaffRole.objects.unscoped(reason="managers of the zone whose role is ended").exclude(pk=ended.pk)
    others = rows.filter(in_force(ended.valid_to), role=Role.ZONE_MANAGER, zone=ended.zone, user__is_active=True)
    if not others.exists():
        raise NotAllowed(_("届时本高新区将没有园区负责人：请先授予另一人“园区负责人”，再结束此授权。"))


def _tell(role: StaffRole, kind: str, *, day: date) -> None:
    places = {"zone": role.zone, "association": role.association, "organization": role.organization}
    tell_fact(role, kind, user=role.user, role=role.role, day=day, **places)
