"""Registrations: an organization asks for an account with its credit code; the staff of its zone accept or refuse.

Whatever is known of a code elsewhere, the answer to who registers is the same.
"""

from typing import Any, Final

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from ledger.audit import acting
from ledger.pace import Pace, is_within
from zones.choices import RegistrationState, Role
from zones.errors import IllegalTransition, InvalidInput, NotFound, TooOften
from zones.models import Organization, Registration
from zones.scoping import SYSTEM, Principal
from zones.services.base import (
    clean_text,
    clean_values,
    editable_or_error,
    expect_version,
    save_next_version,
    tell,
    validated,
)
from zones.services.organizations import clean_credit_code, register_organization
from zones.services.staff import create_account, grant_role

ABOUT: Final = ("name_zh", "name_en", "kind", "credit_code", "city", "website", "zone")
"""What who registers says of the organization."""
DAY: Final = 86_400
PER_ADDRESS: Final = Pace("registration.address", most=10, seconds=DAY)
PER_CODE: Final = Pace("registration.code", most=5, seconds=DAY)


def register(
    *,
    address: str,
    username: str,
    display_name: str,
    email: str,
    password: str,
    language: str,
    consented: bool,
    **about: Any,
) -> Registration:
    """Make an account without a role and the registration that waits for its zone. Raises InvalidInput, TooOften.

    What was tried counts, whatever comes of it: it is counted outside the transaction.
    """  # fmt: skip
    code = _code_of(about)
    _must_be_within(address, code)
    with transaction.atomic():
        account = create_account(
            username=username,
            display_name=display_name,
            email=_given("email", email, _("请填写邮箱。")),
            password=_given("password", password, _("请设置密码。")),
            language=language,
        )
        if not consented:
            raise InvalidInput.single("consented", _("请先阅读并同意。"))
        with acting("registration", user_id=account.user.pk):
            row = Registration(
                user=account.user, consented_at=timezone.now(), **clean_values(about | {"credit_code": code})
            )
            validated(row).save()
        tell(row, "registration.submitted")
        return row


@transaction.atomic
def correct_registration(principal: Principal, *, version: int | None, **about: Any) -> Registration:
    """Say anew what was wrong; one that was refused or withdrawn waits again. Raises IllegalTransition where it was
    accepted, InvalidInput, NotFound, Conflict.
    """
    row = _own(principal)
    expect_version(row, version)
    if row.state == RegistrationState.ACCEPTED:
        raise IllegalTransition(_("注册已通过：单位资料请联系所在园区修改。"))
    for field, value in clean_values(about | {"credit_code": _code_of(about)}).items():
        setattr(row, field, value)
    return _moved(row, RegistrationState.WAITING, "registration.corrected")


@transaction.atomic
def withdraw_registration(principal: Principal, *, version: int | None) -> Registration:
    """Take one's own registration back while it waits. Raises IllegalTransition, NotFound, Conflict."""
    row = _own(principal)
    expect_version(row, version)
    _must_wait(row)
    return _moved(row, RegistrationState.WITHDRAWN, "registration.withdrawn")


@transaction.atomic
def accept_registration(principal: Principal, *, registration_id: int, version: int | None) -> Registration:
    """The zone says that it is so: the organization of that code is linked, or made, and the account is its member's.

    Raises IllegalTransition, InvalidInput, NotAllowed, NotFound, Conflict.
    """
    row = _to_decide(principal, registration_id, version)
    row.organization = _organization_of(principal, row)
    row.decided_by_id = principal.user_id
    _moved(row, RegistrationState.ACCEPTED, "registration.accepted")
    # the role follows from the decision, which is the staff's: it is not theirs to grant without one
    grant_role(SYSTEM, user=row.user, role=Role.ORGANIZATION_MEMBER, organization=row.organization)
    return row


@transaction.atomic
def refuse_registration(
    principal: Principal, *, registration_id: int, version: int | None, reason: str, words: str
) -> Registration:
    """Refuse with a reason and with words that say what to do. Raises as accepting does."""
    row = _to_decide(principal, registration_id, version)
    row.reason = _given("reason", reason, _("请选择原因。"))
    row.words = _given("words", clean_text("words", words), _("请说明原因，以及申请人可以怎样补正。"))
    row.decided_by_id = principal.user_id
    return _moved(row, RegistrationState.REFUSED, "registration.refused")


def own_registration(principal: Principal) -> Registration | None:
    """The registration of the account that asks."""
    rows = Registration.objects.visible_to(principal).filter(user_id=principal.user_id)
    found: Registration | None = rows.select_related("zone", "organization").first()
    return found


def _own(principal: Principal) -> Registration:
    rows = Registration.objects.visible_to(principal).select_for_update(of=("self",), no_key=True)
    row: Registration | None = rows.filter(user_id=principal.user_id).first()
    if row is None:
        raise NotFound(_("没有找到：它不存在，或您无权查看。"))
    return row


def _to_decide(principal: Principal, registration_id: int, version: int | None) -> Registration:
    row = editable_or_error(Registration, principal, pk=registration_id)
    expect_version(row, version)
    _must_wait(row)
    return row


def _must_wait(row: Registration) -> None:
    if not row.is_open:
        raise IllegalTransition(_("该申请已有结论或已撤回：请刷新页面查看。"))


def _organization_of(principal: Principal, row: Registration) -> Organization:
    """The organization of that code in the zone, or a new one. Where it cannot be made the zone turns to the system,
    which sees why.
    """
    known = Organization.objects.unscoped(reason="a credit code is one organization's in the whole country")
    found: Organization | None = known.filter(credit_code=row.credit_code).first()
    if found is not None and found.zone_id != row.zone_id:
        raise IllegalTransition(_("此信用代码暂不能在本园区登记：请联系系统管理员核对。"))
    if found is not None:
        return found
    if known.filter(name_zh=row.name_zh, zone=row.zone).exists():
        raise IllegalTransition(_("本园区已有同名单位，但信用代码不同或未登记：请先在该单位核对信用代码，再通过。"))
    return register_organization(principal, **{name: getattr(row, name) for name in ABOUT})


def _moved(row: Registration, state: RegistrationState, kind: str) -> Registration:
    """Into a state, with what the state requires."""
    row.state, row.ended_at = state, None if state == RegistrationState.WAITING else timezone.now()
    if state != RegistrationState.REFUSED:
        row.reason = row.words = ""
    if state in (RegistrationState.WAITING, RegistrationState.WITHDRAWN):
        row.decided_by = None
    save_next_version(validated(row))
    tell(row, kind)
    return row


def _code_of(about: dict[str, Any]) -> str:
    code = clean_credit_code(clean_text("credit_code", about.get("credit_code") or ""))
    return _given("credit_code", code or "", _("请填写统一社会信用代码。"))


def _must_be_within(address: str, code: str) -> None:
    """The pace of one address and of one code; which of the two was too fast is not told."""
    kept = [is_within(PER_ADDRESS, address), is_within(PER_CODE, code)]
    if not all(kept):
        raise TooOften(_("提交过于频繁：请明天再试，或联系所在园区代为登记。"))


def _given(field: str, value: str, told: str) -> str:
    if not value:
        raise InvalidInput.single(field, told)
    return value
