"""Accounts that leave and come back, and what everybody sets for themselves. An account is never deleted."""

from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.db.models.functions import Now
from django.utils.translation import gettext as _

from accounts.models import Session, User
from ledger.events import record_fact
from zones.errors import InvalidInput, NotAllowed
from zones.models import StaffRole
from zones.scoping import Principal, scope_of, today
from zones.services.base import clean_text, validated
from zones.services.staff import end_role, set_checked_password
from zones.services.tokens import end_tokens


def standing_roles() -> Q:
    """Roles that have not ended, also those yet to begin."""
    return (Q(valid_to__isnull=True) | Q(valid_to__gt=today())) & ~Q(valid_to__isnull=False, valid_to=F("valid_from"))


@transaction.atomic
def deactivate_account(principal: Principal, *, user: User) -> User:
    """Somebody leaves: every role the principal may end ends today, and the account is shut where it holds no other.

    What it holds elsewhere, and whether it is shut, is not told to who may not see it. Raises NotAllowed.
    """
    if user.pk == principal.user_id:
        raise NotAllowed(_("不能停用自己的账号：请由另一位负责人办理。"))
    roles = StaffRole.objects.editable_by(principal).filter(standing_roles(), user=user)
    for role_id in roles.order_by("pk").values_list("pk", flat=True):
        end_role(principal, role_id=role_id, valid_to=today())
    if not _roles_anywhere(user).exists():
        user.is_active, user.deactivated_by_id = False, principal.user_id
        user.save(update_fields=["is_active", "deactivated_by"])
        end_tokens(user)
        tell_account(user, "account.deactivated")
    return user


@transaction.atomic
def reactivate_account(principal: Principal, *, user: User) -> User:
    """Open a shut account again; its roles are granted anew. What the system has shut the system opens.

    Raises NotAllowed.
    """
    _must_know(principal, user)
    if not principal.is_system and scope_of(user.deactivated_by).is_system:
        raise NotAllowed(_("此账号由系统管理员停用：请联系系统管理员恢复。"))
    if not user.is_active:
        user.is_active, user.deactivated_by = True, None
        user.save(update_fields=["is_active", "deactivated_by"])
        tell_account(user, "account.reactivated")
    return user


@transaction.atomic
def update_own_account(user: User, *, display_name: str, language: str) -> User:
    """What everybody sets for themselves. Raises InvalidInput."""
    user.display_name, user.language = clean_text("display_name", display_name), language
    validated(user).save(update_fields=["display_name", "language"])
    tell_account(user, "account.updated")
    return user


@transaction.atomic
def change_own_password(user: User, *, old: str, password: str) -> User:
    """Every other browser of the account is logged out by it, every token of it ends. Raises InvalidInput."""
    if not user.check_password(old):
        raise InvalidInput.single("old", _("原密码不正确：请重新输入。"))
    set_checked_password(user, password)
    user.save(update_fields=["password"])
    end_tokens(user)
    tell_account(user, "account.password_changed")
    return user


def sessions_of(user: User) -> "QuerySet[Session]":
    """The browsers in which the account is logged in, those begun last first."""
    return Session.objects.filter(user=user, expire_date__gt=Now()).order_by("-started_at")


@transaction.atomic
def end_other_sessions(user: User, *, kept: str | None) -> int:
    """Log out every browser of the account but the one that asks. Returns how many there were."""
    ended, _by_table = Session.objects.filter(user=user).exclude(session_key=kept or "").delete()
    if ended:
        tell_account(user, "account.sessions_ended")
    return ended


def _roles_anywhere(user: User) -> "QuerySet[StaffRole]":
    rows = StaffRole.objects.unscoped(reason="an account is shut where it holds no role at all")
    found: QuerySet[StaffRole] = rows.filter(standing_roles(), user=user)
    return found


def _must_know(principal: Principal, user: User) -> None:
    """An account belongs to those who may grant or could have ended one of its roles."""
    if not StaffRole.objects.editable_by(principal).filter(user=user).exists():
        raise NotAllowed(_("您没有管理此账号的权限：请联系其所在园区负责人。"))


def tell_account(user: User, kind: str, **more: str) -> None:
    record_fact(kind, object_type="accounts.user", key=user.pk, payload={"user": str(user.public_id), **more})
