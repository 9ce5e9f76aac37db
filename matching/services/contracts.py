"""Technology contracts through their registration: signed, submitted within its term, registered, changed, cancelled.

Each version the register has seen is a row of its own: what was registered as of any day can be counted again.
"""

from collections.abc import Mapping
from contextlib import suppress
from datetime import date
from decimal import Decimal
from typing import Any, Final

from django.db import transaction
from django.utils.translation import gettext as _

from matching.choices import ContractEnd, RegistrationKind
from matching.choices import ContractState as State
from matching.models import ContractRegistration, Cooperation, TechContract
from matching.services.contract_versions import versions_of
from matching.services.cooperation_states import past_day
from zones.choices import CodeScheme
from zones.errors import DomainError, IllegalTransition, InvalidInput, NotAllowed
from zones.models import Code, Organization
from zones.scoping import SYSTEM, Principal, today
from zones.services.base import (
    clean_text,
    clean_values,
    constraint_errors,
    editable_or_error,
    expect_version,
    must_be_editable,
    save_next_version,
    tell,
    validated,
)
from zones.services.calendar import after_working_days

Values = Mapping[str, Any]
SUBMIT_WITHIN: Final = 15
"""Working days from the signature."""
SIDES: Final = ("seller", "buyer")
WRITTEN: Final = frozenset(
    {"zone", "cooperation", "title_zh", "contract_type", "total_amount", "traded_amount", "signed_on"}
    | {f"{side}_{name}" for side in SIDES for name in ("organization", "name_zh", "region", "nature")}
)
CHANGED_BY_REGISTER: Final = frozenset({"title_zh", "contract_type", "total_amount", "traded_amount"})
"""What a change in the register may say anew."""
BEFORE_THE_REGISTER: Final = (State.SIGNED, State.SUBMITTED)
TRANSITIONS: Final[dict[str, frozenset[str]]] = {
    State.SUBMITTED: frozenset({State.SIGNED}),
    State.REGISTERED: frozenset({State.SUBMITTED}),
    State.CHANGED: frozenset({State.REGISTERED, State.CHANGED}),
    State.CANCELLED: frozenset({State.SIGNED, State.SUBMITTED, State.REGISTERED, State.CHANGED}),
}
"""target state → states it may be entered from."""
REASON = "versions and terms of a contract are read for whoever may edit it"


@transaction.atomic
def record_contract(principal: Principal, *, is_sample: bool = False, **values: Any) -> TechContract:
    """Write down a contract that was signed; it is to be submitted within 15 working days. Raises InvalidInput,
    NotAllowed.
    """
    contract = TechContract(is_sample=is_sample, author_id=principal.user_id)
    write_contract(principal, contract, values)
    validated(contract).save()
    contract.refresh_from_db(fields=["created_at", "updated_at"])
    must_be_editable(contract, principal)
    tell(contract, "contract.signed")
    return contract


@transaction.atomic
def change_contract(principal: Principal, *, contract_id: int, version: int | None, **values: Any) -> TechContract:
    """Correct a contract before it is in the register; after that only the register changes it. Raises NotFound,
    NotAllowed, Conflict, InvalidInput, IllegalTransition.
    """
    contract = locked_contract(principal, contract_id=contract_id, version=version)
    if contract.state not in BEFORE_THE_REGISTER:
        raise IllegalTransition(_("合同已登记：请办理变更登记，原版次保留。"))
    write_contract(principal, contract, values)
    save_next_version(validated(contract))
    must_be_editable(contract, principal)
    tell(contract, "contract.updated")
    return contract


@transaction.atomic
def submit_contract(principal: Principal, *, contract_id: int, version: int | None, submitted_on: date) -> TechContract:
    """It was handed to the registration office. Raises NotFound, NotAllowed, Conflict, InvalidInput,
    IllegalTransition.
    """
    contract = locked_contract(principal, contract_id=contract_id, version=version)
    contract.submitted_on = past_day("submitted_on", submitted_on, not_before=contract.signed_on)
    return _moved(contract, State.SUBMITTED)


@transaction.atomic
def register_contract(
    principal: Principal, *, contract_id: int, version: int | None, registered_on: date, registration_number: str
) -> TechContract:
    """It stands in the register under a number, counted in the year of the registration: for zone staff. Raises
    NotFound, NotAllowed, Conflict, InvalidInput, IllegalTransition.
    """
    contract = locked_contract(principal, contract_id=contract_id, version=version)
    must_keep_the_register(principal, contract)
    _must_follow(contract, State.REGISTERED)
    contract.registered_on = past_day("registered_on", registered_on, not_before=contract.signed_on)
    contract.registration_number = clean_text("registration_number", registration_number)
    moved = _moved(contract, State.REGISTERED)
    enter(registration_of(principal, moved, RegistrationKind.FIRST, on=registered_on))
    return moved


@transaction.atomic
def change_registration(
    principal: Principal, *, contract_id: int, version: int | None, changed_on: date, reason: str,
    registration_number: str = "", **values: Any,
) -> TechContract:  # fmt: skip
    """The register holds a new version; the former one stays. Without a new number the old one goes on. Raises
    NotFound, NotAllowed, Conflict, InvalidInput without a reason, IllegalTransition.
    """
    contract = locked_contract(principal, contract_id=contract_id, version=version)
    must_keep_the_register(principal, contract)
    _must_follow(contract, State.CHANGED)
    said = clean_text("reason", reason)
    if not said:
        raise InvalidInput.single("reason", _("请写明变更了什么、为什么。"))
    day = past_day("changed_on", changed_on)
    _must_be_later(contract, "changed_on", day)
    for name, value in clean_values({name: values[name] for name in values if name in CHANGED_BY_REGISTER}).items():
        setattr(contract, name, value)
    check_type(contract.contract_type)
    contract.registration_number = (
        clean_text("registration_number", registration_number) or contract.registration_number
    )
    moved = _moved(contract, State.CHANGED)
    enter(registration_of(principal, moved, RegistrationKind.CHANGE, on=day, reason=said))
    return moved


@transaction.atomic
def cancel_contract(
    principal: Principal, *, contract_id: int, version: int | None, cancelled_on: date, reason: str, words: str = ""
) -> TechContract:
    """It is dissolved or taken off the register, with a coded reason: for zone staff. From that day on it counts in no
    total. Raises NotFound, NotAllowed, Conflict, InvalidInput, IllegalTransition.
    """
    contract = locked_contract(principal, contract_id=contract_id, version=version)
    must_keep_the_register(principal, contract)
    if reason not in ContractEnd.values:
        raise InvalidInput.single("reason", _("请从列表中选择原因。"))
    day = past_day("cancelled_on", cancelled_on, not_before=contract.signed_on)
    was_entered = contract.registered_on is not None
    if was_entered:
        _must_be_later(contract, "cancelled_on", day)
    contract.cancelled_on, contract.end_reason, contract.end_zh = day, reason, clean_text("words", words)
    moved = _moved(contract, State.CANCELLED)
    if was_entered:
        enter(registration_of(principal, moved, RegistrationKind.CANCELLATION, on=day, reason=moved.end_zh))
    return moved


def remind_of_submission() -> int:
    """Tell once of each signed contract whose term for submission ends within three days or is over; returns how many
    were told.
    """
    rows = TechContract.objects.unscoped(reason=REASON).filter(state=State.SIGNED, reminded_on__isnull=True)
    due = rows.filter(submit_by__lte=after_working_days(today(), 3)).order_by("pk")
    return sum(_reminded(pk) for pk in list(due.values_list("pk", flat=True)))


def _reminded(pk: int) -> bool:
    with suppress(DomainError), transaction.atomic():
        contract = locked_contract(SYSTEM, contract_id=pk, version=None)
        if contract.state == State.SIGNED and contract.reminded_on is None:
            contract.reminded_on = today()
            tell(save_next_version(contract), "contract.to_submit", submit_by=contract.submit_by.isoformat())
            return True
    return False


def locked_contract(principal: Principal, *, contract_id: int, version: int | None) -> TechContract:
    """The contract, locked for a step. Raises NotFound, NotAllowed, Conflict where it has changed since."""
    contract = editable_or_error(TechContract, principal, pk=contract_id)
    expect_version(contract, version)
    return contract


def write_contract(principal: Principal, contract: TechContract, values: Values) -> None:
    """Put what is said onto the contract, with the places of its sides; nothing is stored. Raises InvalidInput."""
    for name, value in clean_values({name: values[name] for name in values if name in WRITTEN}).items():
        setattr(contract, name, value)
    if contract.signed_on is None:
        raise InvalidInput.single("signed_on", _("请填写签订日。"))
    past_day("signed_on", contract.signed_on)
    contract.submit_by = after_working_days(contract.signed_on, SUBMIT_WITHIN)
    check_type(contract.contract_type)
    _must_see(principal, contract)
    for side in SIDES:
        _place(contract, side)
    _must_differ(contract)
    if contract.zone_id is None:
        contract.zone = contract.seller_zone or contract.buyer_zone


def _place(contract: TechContract, side: str) -> None:
    """Zone and region of a side on record are those it is in now, and stay."""
    owner: Organization | None = getattr(contract, f"{side}_organization")
    zone = owner.zone if owner else None
    setattr(contract, f"{side}_zone", zone)
    region = owner and (owner.region or (zone.region if zone else None))
    if region:
        setattr(contract, f"{side}_region", region)
    if getattr(contract, f"{side}_region") is None:
        raise InvalidInput.single(f"{side}_region", _("请选择省级区域：技术合同按卖方与买方所在区域统计流向。"))


def _must_see(principal: Principal, contract: TechContract) -> None:
    """What a contract names must be known to who writes it."""
    named = {contract.seller_organization_id, contract.buyer_organization_id} - {None}
    if Organization.objects.visible_to(principal).filter(pk__in=named).count() != len(named):
        raise InvalidInput.single("seller_organization", _("所选单位不存在，或您无权查看：请重新选择。"))
    rows = Cooperation.objects.editable_by(principal).filter(pk=contract.cooperation_id)
    if contract.cooperation_id is not None and not rows.exists():
        raise InvalidInput.single("cooperation", _("所选合作不存在，或您不是其合作方：请重新选择。"))


def _must_differ(contract: TechContract) -> None:
    names = {_name(contract, side) for side in SIDES}
    if len(names) == 1:
        raise InvalidInput.single("buyer_organization", _("卖方与买方不能是同一单位。"))


def _name(contract: TechContract, side: str) -> str:
    owner: Organization | None = getattr(contract, f"{side}_organization")
    return owner.name_zh if owner else str(getattr(contract, f"{side}_name_zh"))


def check_type(contract_type: str) -> None:
    """Raises InvalidInput for a type nobody knows."""
    known = Code.objects.filter(scheme=CodeScheme.CONTRACT_TYPE, code=contract_type, is_active=True)
    if not known.exists():
        raise InvalidInput.single("contract_type", _("请从技术合同类型中选择。"))


def must_keep_the_register(principal: Principal, contract: TechContract) -> None:
    """Raises NotAllowed for who is not of the zone that registers."""
    if not (principal.is_system or contract.zone_id in principal.staff_zones):
        raise NotAllowed(_("登记、变更与注销由负责登记的高新区办理：请联系园区。"))


def _must_follow(contract: TechContract, target: State) -> None:
    if contract.state not in TRANSITIONS[target]:
        message = _("合同现为“%(now)s”，不能转为“%(target)s”：请刷新后再看。")
        raise IllegalTransition(message % {"now": contract.get_state_display(), "target": target.label})


def _must_be_later(contract: TechContract, field: str, day: date) -> None:
    last = max((one.registered_on for one in versions_of([contract.pk]).get(contract.pk, ())), default=day)
    if day < last:
        raise InvalidInput.single(field, _("日期不得早于上一次登记 %(day)s。") % {"day": last.isoformat()})


def _moved(contract: TechContract, target: State) -> TechContract:
    _must_follow(contract, target)
    contract.state = target
    save_next_version(validated(contract))
    tell(contract, f"contract.{target}")
    return contract


def registration_of(
    principal: Principal, contract: TechContract, kind: RegistrationKind, *, on: date, reason: str = "",
    **amounts: Decimal | None,
) -> ContractRegistration:  # fmt: skip
    """One more version the register has seen, to be entered; its `amounts` are those of the contract unless told
    otherwise.
    """
    rows = ContractRegistration.objects.unscoped(reason=REASON).filter(contract=contract)
    total, traded = amounts.get("total"), amounts.get("traded")
    return ContractRegistration(
        contract=contract, number=rows.count() + 1, kind=kind, registration_number=contract.registration_number,
        registered_on=on, total_amount=contract.total_amount if total is None else total,
        traded_amount=contract.traded_amount if traded is None else traded,
        contract_type=contract.contract_type, reason_zh=reason, user_id=principal.user_id,
    )  # fmt: skip


def enter(row: ContractRegistration) -> None:
    """Store a version. Raises InvalidInput where its number is of another contract."""
    with constraint_errors(ContractRegistration):
        validated(row, exclude=("user",)).save()  # nobody, where the system registers
