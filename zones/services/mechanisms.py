"""The kinds of records zones keep of their mechanisms, and what each asks of its parts together."""

from collections import Counter
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any, Final

from django.utils.translation import gettext as _

from ledger.locks import Lock, hold_of
from zones.choices import ResourceKind
from zones.errors import InvalidInput
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
    """A fund is on record once; no more is committed than its size; payments are of commitments there are, on days
    that have come and were not before them, and no more than was committed.
    """
    _must_be_recorded_once(row)
    _must_fit_size(row, lists["commitments"])
    committed = {one.number: one for one in lists["commitments"]}
    paid: Counter[int] = Counter()
    for payment in lists["payments"]:
        promise = committed.get(payment.commitment_number)
        if promise is None:
            message = _("没有编号为 %(number)d 的认缴：请先登记认缴；已有到位资金的认缴不能删除或改号。")
            number = payment.commitment_number
            raise at_row(FundPayment, payment.position, "commitment_number", message % {"number": number})
        _check_day(row, promise, payment)
        paid[promise.number] += payment.amount
        if Decimal(paid[promise.number]) > promise.amount:
            raise at_row(FundPayment, payment.position, "amount", _("到位额合计超过认缴额：请核对金额或认缴编号。"))


def _must_be_recorded_once(fund: Any) -> None:
    """By its name with its keeper, who sees the other one; one that was withdrawn is none. Funds of one keeper are
    looked through one after the other. A unique index would refuse a stranger's row before it is known to be one, and
    so tell what is there.
    """
    hold_of(Lock.NAME_FUND, fund.zone_id or -fund.association_id)
    same = Fund.objects.unscoped(reason="the keeper's own, and asked of who may write there").filter(
        zone=fund.zone_id, association=fund.association_id, title_zh=fund.title_zh, withdrawn_on__isnull=True
    )
    other = same.exclude(pk=fund.pk).order_by("pk").first()
    if other is not None:
        message = _("已登记同名基金（设立日 %(day)s）：请在那条记录上修改；不是同一只的，请在名称中写明期次或设立地。")
        raise InvalidInput.single("title_zh", message % {"day": other.established_on.isoformat()})


def _must_fit_size(fund: Any, commitments: Sequence[Any]) -> None:
    """What is still promised; a commitment that was taken back makes room."""
    total = Decimal(0)
    for one in commitments:
        total += 0 if one.withdrawn_on else one.amount
        if total > fund.size:
            message = _("认缴额合计超过基金规模：请核对金额；基金扩募的，请先更新基金规模。")
            raise at_row(FundCommitment, one.position, "amount", message)


def _check_day(fund: Any, promise: Any, payment: Any) -> None:
    if payment.paid_on > today():
        raise at_row(FundPayment, payment.position, "paid_on", _("到位日不能晚于今天。"))
    if payment.paid_on < promise.committed_on:
        message = _("到位日不能早于认缴日 %(day)s：请核对日期或认缴编号。")
        raise at_row(FundPayment, payment.position, "paid_on", message % {"day": promise.committed_on.isoformat()})
    if payment.paid_on < fund.established_on:
        message = _("到位日不能早于基金的设立日 %(day)s：请核对日期。")
        raise at_row(FundPayment, payment.position, "paid_on", message % {"day": fund.established_on.isoformat()})


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
