"""The kinds of records zones keep of their mechanisms, and what each asks of its parts together."""

from collections import Counter
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any, Final

from django.utils.translation import gettext as _

from zones.choices import ResourceKind
from zones.models import (
    ChainNode,
    ChainPlace,
    Enclave,
    EnclaveTenant,
    Fund,
    FundCommitment,
    FundPayment,
    PolicyActual,
    PolicyDocument,
    PolicyItem,
    PolicyTarget,
)
from zones.scoping import today
from zones.services.keeping import Shape, at_row

Lists = Mapping[str, Sequence[Any]]


def _check_policy(row: Any, lists: Lists) -> None:
    """Actuals are of targets there are, and of days that have come."""
    numbers = {target.number for target in lists["targets"]}
    for actual in lists["actuals"]:
        if actual.target_number not in numbers:
            message = _("没有编号为 %(number)d 的目标：请先登记目标；已有实际值的目标不能删除或改号。")
            raise at_row(PolicyActual, actual.position, "target_number", message % {"number": actual.target_number})
        if actual.as_of > today():
            raise at_row(PolicyActual, actual.position, "as_of", _("截至日不能晚于今天。"))


def _check_fund(row: Any, lists: Lists) -> None:
    """Payments are of commitments there are, on days that have come, and no more than was committed."""
    committed = {one.number: one for one in lists["commitments"]}
    paid: Counter[int] = Counter()
    for payment in lists["payments"]:
        promise = committed.get(payment.commitment_number)
        if promise is None:
            message = _("没有编号为 %(number)d 的认缴：请先登记认缴；已有到位资金的认缴不能删除或改号。")
            number = payment.commitment_number
            raise at_row(FundPayment, payment.position, "commitment_number", message % {"number": number})
        if payment.paid_on > today():
            raise at_row(FundPayment, payment.position, "paid_on", _("到位日不能晚于今天。"))
        paid[promise.number] += payment.amount
        if Decimal(paid[promise.number]) > promise.amount:
            raise at_row(FundPayment, payment.position, "amount", _("到位额合计超过认缴额：请核对金额或认缴编号。"))


POLICY: Final = Shape(
    name="policy",
    model=PolicyDocument,
    parts={"items": PolicyItem, "targets": PolicyTarget, "actuals": PolicyActual},
    whole="document",
    check=_check_policy,
)
FUND: Final = Shape(
    name="fund",
    model=Fund,
    parts={"commitments": FundCommitment, "payments": FundPayment},
    whole="fund",
    check=_check_fund,
)
CHAIN: Final = Shape(name="chain_node", model=ChainNode, parts={"places": ChainPlace}, whole="node")
ENCLAVE: Final = Shape(
    name="enclave",
    model=Enclave,
    parts={"tenants": EnclaveTenant},
    whole="enclave",
    resources={"resource": ResourceKind.ENCLAVE_SPACE},
)
