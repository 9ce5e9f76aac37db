"""Technology contracts as a register has them, written down together: each with the way it went until today. Rights and
checks are those of the single steps; nobody is told of what happened long ago.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Final

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from matching.choices import ContractEnd, RegistrationKind
from matching.choices import ContractState as State
from matching.models import TechContract
from matching.services.contracts import check_type, enter, must_keep_the_register, registration_of, write_contract
from matching.services.cooperation_states import past_day
from zones.errors import InvalidInput
from zones.scoping import Principal
from zones.services.base import clean_text, errors_of, must_all_be_editable, save_next_version, tell, validated

Values = Mapping[str, Any]
LONGEST: Final = 300
NEVER_COUNTED: Final = {
    "state": State.CANCELLED,
    "end_reason": ContractEnd.MISTAKE,
    "cancelled_on": F("registered_on"),
}
"""Taken off as a mistake on the day it entered: its number may be recorded again, with the versions it had."""


@dataclass(frozen=True, slots=True)
class PastContract:
    """What was signed, and what the register has seen of it; `former` are the amounts before the last change."""

    values: Values
    submitted_on: date | None = None
    registered_on: date | None = None
    registration_number: str = ""
    changed_on: date | None = None
    change_reason: str = ""
    former_total: Decimal | None = None
    former_traded: Decimal | None = None
    cancelled_on: date | None = None
    end_reason: str = ""
    end_zh: str = ""

    @property
    def state(self) -> State:
        reached = (
            (State.CANCELLED, self.cancelled_on),
            (State.CHANGED, self.changed_on),
            (State.REGISTERED, self.registered_on),
            (State.SUBMITTED, self.submitted_on),
        )
        return next((state for state, day in reached if day is not None), State.SIGNED)


@transaction.atomic
def record_past_contracts(principal: Principal, past: Sequence[PastContract]) -> list[TechContract]:
    """Write down contracts with each version the register has seen: for staff of the registering zone. Raises
    InvalidInput, NotAllowed; then nothing is stored.
    """
    rows = []
    for one in past:
        with errors_of(one.values.get("title_zh", "")):
            rows.append(_stored(principal, one))
    must_all_be_editable(TechContract, principal, [row.pk for row in rows])
    return rows


@transaction.atomic
def take_back_contracts(principal: Principal, rows: Sequence[TechContract]) -> None:
    """What a file brought by mistake, changed by nobody since: cancelled on the day it entered, so that no total of any
    day counts it; its versions stay. The caller has locked the rows. Raises NotAllowed.
    """
    must_all_be_editable(TechContract, principal, [row.pk for row in rows])
    for row in rows:
        must_keep_the_register(principal, row)
        row.state, row.end_reason, row.end_zh = State.CANCELLED, ContractEnd.MISTAKE, _("导入已撤销")
        row.cancelled_on = row.registered_on or row.signed_on
        save_next_version(row)
        if row.registered_on is not None:
            enter(
                registration_of(principal, row, RegistrationKind.CANCELLATION, on=row.registered_on, reason=row.end_zh)
            )
        tell(row, "contract.taken_back")


def checked_contract(principal: Principal, past: PastContract) -> TechContract:
    """What would be stored; nothing is. Raises InvalidInput, NotAllowed."""
    contract = _known(principal, past) or TechContract(author_id=principal.user_id)
    write_contract(principal, contract, past.values)
    check_past(past)
    if contract.pk is not None and contract.registered_on != past.registered_on:
        message = _("此编号曾以登记日 %(day)s 写入并撤销：请保持该登记日，或核对编号。")
        raise InvalidInput.single("registered_on", message % {"day": contract.registered_on})
    contract.state = past.state
    contract.registered_on, contract.registration_number = past.registered_on, past.registration_number
    contract.submitted_on = past.submitted_on or past.registered_on
    contract.cancelled_on, contract.end_reason = past.cancelled_on, past.end_reason
    contract.end_zh = clean_text("end_zh", past.end_zh)
    return validated(contract)


def check_past(past: PastContract) -> None:
    """What its amounts and days must be among themselves. Raises InvalidInput."""
    check_type(past.values["contract_type"])
    _check_amounts(past)
    _check_registration(past)
    _check_change(past)
    _check_end(past)


def _stored(principal: Principal, past: PastContract) -> TechContract:
    contract = checked_contract(principal, past)
    must_keep_the_register(principal, contract)
    if contract.pk is None:
        contract.save()
        contract.refresh_from_db(fields=["created_at", "updated_at"])
    else:
        save_next_version(contract)
    _add_versions(principal, contract, past)
    tell(contract, "contract.recorded")
    return contract


def _add_versions(principal: Principal, contract: TechContract, past: PastContract) -> None:
    if past.registered_on is None:
        return
    former: dict[str, Any] = {"total": past.former_total, "traded": past.former_traded} if past.changed_on else {}
    enter(registration_of(principal, contract, RegistrationKind.FIRST, on=past.registered_on, **former))
    if past.changed_on is not None:
        reason = clean_text("change_reason", past.change_reason)
        enter(registration_of(principal, contract, RegistrationKind.CHANGE, on=past.changed_on, reason=reason))
    if past.cancelled_on is not None:
        enter(
            registration_of(
                principal, contract, RegistrationKind.CANCELLATION, on=past.cancelled_on, reason=contract.end_zh
            )
        )


def _known(principal: Principal, past: PastContract) -> TechContract | None:
    """The contract that was taken back under this number."""
    if not past.registration_number:
        return None
    rows = TechContract.objects.editable_by(principal).filter(registration_number=past.registration_number)
    found: TechContract | None = rows.filter(**NEVER_COUNTED).first()
    return found


def _check_amounts(past: PastContract) -> None:
    total, traded = past.values["total_amount"], past.values["traded_amount"]
    message = _("技术交易额须在 0 与成交额之间，单位为元。")
    if not 0 <= traded <= total:
        raise InvalidInput.single("traded_amount", message)
    before, left = past.former_total, past.former_traded
    if (total if before is None else before) < (traded if left is None else left):
        raise InvalidInput.single("former_traded", message)


def _check_registration(past: PastContract) -> None:
    signed = past.values["signed_on"]
    for name in ("submitted_on", "registered_on"):
        if (day := getattr(past, name)) is not None:
            past_day(name, day, not_before=signed)
    if past.registered_on is None and past.registration_number:
        raise InvalidInput.single("registered_on", _("登记须有登记日与登记编号。"))
    if past.registered_on is not None and not past.registration_number:
        raise InvalidInput.single("registration_number", _("登记须有登记日与登记编号。"))
    if past.submitted_on and past.registered_on and past.submitted_on > past.registered_on:
        raise InvalidInput.single("submitted_on", _("提交登记日不得晚于登记日。"))


def _check_change(past: PastContract) -> None:
    if past.changed_on is None:
        if past.change_reason or past.former_total is not None or past.former_traded is not None:
            raise InvalidInput.single("changed_on", _("写了变更内容，请写明变更登记日。"))
        return
    _must_not_precede("changed_on", past.changed_on, past.registered_on)
    if not past.change_reason:
        raise InvalidInput.single("change_reason", _("请写明变更了什么、为什么。"))
    if len(past.change_reason) > LONGEST:
        raise InvalidInput.single("change_reason", _("文字过长：最多 %(limit)d 字。") % {"limit": LONGEST})


def _check_end(past: PastContract) -> None:
    if past.cancelled_on is None:
        if past.end_reason or past.end_zh:
            raise InvalidInput.single("cancelled_on", _("写了注销原因或说明，请写明注销日。"))
        return
    past_day("cancelled_on", past.cancelled_on, not_before=past.values["signed_on"])
    if past.registered_on is not None:
        _must_not_precede("cancelled_on", past.cancelled_on, past.changed_on or past.registered_on)
    if past.end_reason not in ContractEnd.values:
        raise InvalidInput.single("end_reason", _("请从列表中选择原因。"))


def _must_not_precede(name: str, day: date, last: date | None) -> None:
    past_day(name, day)
    if last is None:
        raise InvalidInput.single(name, _("未登记的合同没有变更登记：请补充登记日与登记编号。"))
    if day < last:
        message = _("日期不得早于上一次登记 %(day)s。")
        raise InvalidInput.single(name, message % {"day": last.isoformat()})
