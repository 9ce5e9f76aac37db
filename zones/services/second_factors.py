"""A second factor beside the password: set up, asked for, taken away, and lifted for whoever has lost everything.

Codes can be guessed, keys cannot: tries of codes are counted per account, whatever the address, since whoever gets to
try one knows the password. What was tried counts whatever comes of it, outside the transaction.
"""

from typing import Any, Final, NamedTuple

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from accounts import second_factors as factors
from accounts.models import Session, User
from ledger.pace import Pace, forget, is_within
from zones.errors import Conflict, InvalidInput, NotAllowed, NotFound, TooOften
from zones.models import StaffRole
from zones.scoping import Principal, in_force, today
from zones.services.accounts import tell_account
from zones.services.base import clean_text
from zones.services.tokens import end_tokens

FEW_CODES: Final = 3
NAME_CHARACTERS: Final = 40
REASON_CHARACTERS: Final = 200


class Added(NamedTuple):
    """A factor that was added; `codes` are shown once, with the first factor of an account."""

    codes: list[str]


def tries_of_codes() -> Pace:
    """As many as wrong passwords, as long."""
    seconds = int(settings.AXES_COOLOFF_TIME.total_seconds())
    return Pace("second_factor", most=settings.AXES_FAILURE_LIMIT, seconds=seconds)


@transaction.atomic
def add_app(user: User, *, secret: str, code: str) -> Added:
    """An app that shows codes, of which this is one. Raises InvalidInput, Conflict."""
    _lock(user)
    counter = factors.counter_of(secret, clean_text("code", code))
    if counter is None:
        raise InvalidInput.single("code", _("验证码不正确：请核对手机时间是否准确，输入最新的验证码。"))
    if factors.factors_of(user).app is not None:
        raise Conflict(_("已有验证器应用：请先移除原来的，再添加新的。"))
    factors.add_app(user, secret, counter)
    return _added(user, "totp")


@transaction.atomic
def add_key(user: User, *, name: str, credential: dict[str, Any]) -> Added:
    """A security key, as the browser has just told it. Raises InvalidInput."""
    _lock(user)
    named = clean_text("name", name)[:NAME_CHARACTERS]
    if not named:
        raise InvalidInput.single("name", _("请为安全密钥起一个名称。"))
    if len(factors.factors_of(user).keys) >= factors.KEYS_AT_MOST:
        raise InvalidInput.single("name", _("安全密钥已达上限：请先移除不用的。"))
    factors.add_key(user, named, credential)
    return _added(user, "webauthn")


@transaction.atomic
def remove_factor(user: User, *, public_id: str) -> None:
    """Recovery codes go with the last factor. Raises NotFound, NotAllowed where a role asks for one."""
    _lock(user)
    held = factors.factors_of(user)
    rows = [row for row in (held.app, *held.keys) if row is not None]
    row = next((row for row in rows if row.data["public_id"] == public_id), None)
    if row is None:
        raise NotFound(_("没有找到：它不存在，或您无权查看。"))
    if len(rows) == 1 and must_have_factor(user):
        raise NotAllowed(_("您的角色须有第二重验证：请先添加另一种，再移除这一种。"))
    row.delete()
    if len(rows) == 1:
        factors.remove_all(user)
    tell_account(user, "account.second_factor_removed", factor=str(row.type))


@transaction.atomic
def renew_recovery_codes(user: User) -> list[str]:
    """Fresh ones, shown once. Raises NotAllowed where there is nothing they could stand in for."""
    _lock(user)
    if not factors.has_second_factor(user):
        raise NotAllowed(_("还没有第二重验证：请先添加验证器应用或安全密钥。"))
    codes = factors.new_recovery_codes(user)
    tell_account(user, "account.recovery_codes_renewed")
    return codes


def take_code(user: User, *, code: str) -> bool:
    """A code of the app or a recovery code; tells whether it was the latter. Raises TooOften, InvalidInput."""
    pace = tries_of_codes()
    if not is_within(pace, str(user.pk)):
        told = _("验证失败次数过多：请 %(minutes)d 分钟后再试，或使用安全密钥。")
        raise TooOften(told % {"minutes": pace.seconds // 60})
    with transaction.atomic():
        is_recovery = not factors.take_app_code(user, clean_text("code", code))
        if is_recovery and not factors.take_recovery_code(user, clean_text("code", code)):
            raise InvalidInput.single("code", _("验证码不正确或已经用过：请输入最新的验证码，或一个未用过的恢复码。"))
        if is_recovery:
            tell_account(user, "account.recovery_code_used")
    forget(pace, str(user.pk))
    return is_recovery


@transaction.atomic
def take_key(user: User, *, told: str) -> None:
    """An answer of a security key. Raises InvalidInput."""
    if not factors.take_key(user, told):
        raise InvalidInput.single("code", _("安全密钥未通过验证：请重试，或输入验证码。"))


@transaction.atomic
def lift_second_factors(principal: Principal, *, user: User, reason: str) -> int:
    """For whoever has lost phone, keys and codes: none is asked for any more, every session and token ends. Returns how
    many factors there were. Raises NotAllowed for all but the system, InvalidInput.
    """
    if not principal.is_system:
        raise NotAllowed(_("解除第二重验证由系统管理员办理：请与其联系。"))
    said = clean_text("reason", reason)[:REASON_CHARACTERS]
    if not said:
        raise InvalidInput.single("reason", _("请写明原因，例如怎样核实了本人身份。"))
    _lock(user)
    held = factors.factors_of(user)
    factors.remove_all(user)
    Session.objects.filter(user=user).delete()
    end_tokens(user)
    forget(tries_of_codes(), str(user.pk))
    tell_account(user, "account.second_factors_lifted", reason=said, by=_named(principal))
    return len(held.keys) + (held.app is not None)


def must_have_factor(user: User) -> bool:
    """Whether a role the account holds today asks for a second factor (`MFA_REQUIRED_ROLES`)."""
    if not settings.MFA_REQUIRED_ROLES:
        return False
    rows = StaffRole.objects.unscoped(reason="which roles of one's own ask for a second factor")
    return bool(rows.filter(in_force(today()), user=user, role__in=settings.MFA_REQUIRED_ROLES).exists())


def _added(user: User, kind: str) -> Added:
    """Recovery codes come with the first factor."""
    tell_account(user, "account.second_factor_added", factor=kind)
    held = factors.factors_of(user)
    is_first = len(held.keys) + (held.app is not None) == 1
    return Added(factors.new_recovery_codes(user) if is_first else [])


def _lock(user: User) -> None:
    """Two changes of what protects one account come one after the other."""
    list(User.objects.select_for_update(no_key=True).filter(pk=user.pk).values_list("pk"))


def _named(principal: Principal) -> str:
    """Who lifts, by public id; a command has none."""
    if principal.user_id is None:
        return "command"
    return str(User.objects.get(pk=principal.user_id).public_id)
