"""Technology contracts by the year of their registration: sums, numbers, and where they go."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import groupby
from typing import Any, ClassVar, Final, NamedTuple

from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from figures.definitions.base import Definition
from figures.definitions.registry import define
from figures.facts import ONE, Fact, Reading
from figures.rows import counted
from figures.units import CONTRACTS, YUAN, Unit
from matching.choices import RegistrationKind
from matching.models import ContractRegistration, TechContract
from zones.choices import CodeScheme
from zones.models import Code

SIDES: Final = ("seller_zone_id", "seller_region_id", "buyer_zone_id", "buyer_region_id")


class _Registered(NamedTuple):
    """A contract as the register had it on a day: first registered on `day`, of these sums since its last change."""

    key: int
    day: date
    total: Decimal
    traded: Decimal
    seller_zone: int | None
    seller_region: int | None
    buyer_zone: int | None
    buyer_region: int | None


def _registered(reading: Reading) -> list[_Registered]:
    """What stood in the register on the day, read once. A change alters the sum, not the year; what was cancelled is
    gone.
    """
    return reading.once("contracts", lambda: list(_read(reading)))


@dataclass(frozen=True, slots=True)
class Flow:
    """Which contracts between places are asked for: first registered on these days (both counted)."""

    days: tuple[date, date]
    between: str = "zone"
    """Zones or regions."""
    inside: Collection[int] | None = None
    """Keys of zones of which at least one is a side; None: any."""
    contract_type: str = ""
    field: str = ""
    """A field of industry, which the cooperation names that the contract belongs to."""


def sums_between(reading: Reading, asked: Flow) -> dict[tuple[int, int], tuple[Decimal, int]]:
    """From the zone (region) of the seller to that of the buyer: the sum and number of contracts, asked of the rows."""
    registered = {
        key: total for key, total, kind in _first_within(reading, asked.days) if asked.contract_type in ("", kind)
    }
    ends = (f"seller_{asked.between}_id", f"buyer_{asked.between}_id")
    contracts = counted(TechContract, reading).filter(_only(asked), pk__in=list(registered)).order_by()
    found: dict[tuple[int, int], tuple[Decimal, int]] = {}
    for key, seller, buyer in contracts.values_list("pk", *ends):
        if seller is not None and buyer is not None:
            amount, number = found.get((seller, buyer), (Decimal(0), 0))
            found[seller, buyer] = amount + registered[key], number + 1
    return found


def _only(asked: Flow) -> Q:
    only = Q()
    if asked.inside is not None:
        only &= Q(seller_zone__in=asked.inside) | Q(buyer_zone__in=asked.inside)
    if asked.field:
        only &= Q(cooperation__industry_codes__overlap=codes_of(asked.field))
    return only


def _first_within(reading: Reading, days: tuple[date, date]) -> Iterator[tuple[int, Decimal, str]]:
    """Contracts first registered on these days, as the register has them since: key, sum, type. Without joining their
    contracts: from there the database would look each one up in an index by numbers, and read all of it.
    """
    changed = Q(number__gt=1, registered_on__range=(days[0], reading.as_of))
    rows = counted(ContractRegistration, reading, sample="").filter(Q(number=1, registered_on__range=days) | changed)
    columns = ("contract_id", "number", "kind", "total_amount", "contract_type")
    for key, versions in groupby(rows.order_by("contract_id", "number").values_list(*columns), _key):
        told = list(versions)
        _, _, kind, total, contract_type = told[-1]
        if told[0][1] == 1 and kind != RegistrationKind.CANCELLATION:
            yield key, total, contract_type


def codes_of(field: str) -> list[str]:
    """A field of industry and everything below it."""
    below = Q(code=field) | Q(code__startswith=f"{field}.")
    return list(Code.objects.filter(below, scheme=CodeScheme.INDUSTRY).values_list("code", flat=True))


def _read(reading: Reading) -> Iterator[_Registered]:
    rows = counted(ContractRegistration, reading, sample="contract__is_sample").filter(registered_on__lte=reading.as_of)
    contracts = counted(TechContract, reading).values_list("pk", *SIDES)
    sides = {row[0]: row[1:] for row in contracts.iterator(10_000)}
    columns = ("contract_id", "kind", "registered_on", "total_amount", "traded_amount")
    for key, versions in groupby(rows.order_by("contract_id", "number").values_list(*columns).iterator(10_000), _key):
        told = list(versions)
        _, kind, _, total, traded = told[-1]
        if kind != RegistrationKind.CANCELLATION:
            yield _Registered(key, told[0][2], total, traded, *sides[key])


def _key(row: tuple[Any, ...]) -> int:
    return int(row[0])


class Contracts(Definition):
    """One fact per contract. `way` says for whose places it counts: of both sides, of one, or of a pair."""

    version = 2
    sources = ("matching.contractregistration", "matching.techcontract")
    way: ClassVar[str] = "both"

    def amount(self, contract: _Registered) -> Decimal:
        return contract.total

    def facts(self, reading: Reading, milestone: str) -> Iterable[Fact]:
        rows = _registered(reading)
        places = reading.once(self.way, lambda: [self.places(reading, row) for row in rows])
        for row, codes in zip(rows, places, strict=True):
            yield Fact("matching.techcontract", row.key, row.day, None, self.amount(row), codes)

    def places(self, reading: Reading, row: _Registered) -> frozenset[str]:
        geography, parts = reading.geography, list[frozenset[str]]()
        if self.way != "bought":
            parts += geography.of_side(row.seller_zone, row.seller_region, row.day)
        if self.way != "sold":
            parts += geography.of_side(row.buyer_zone, row.buyer_region, row.day)
        return reading.joined(*parts)


@define
class ContractSums(Contracts):
    id = "contracts.amount"
    title = _("技术合同成交额")
    rule = _(
        "技术合同成交额（合同总金额）之和，卖方或买方在范围内即计，双方都在范围内只计一次；按首次登记日计入当期，"
        "变更登记后按变更后的金额，已注销的不计。"
    )
    unit: ClassVar[Unit] = YUAN


@define
class ContractsTraded(Contracts):
    id = "contracts.traded"
    title = _("技术合同技术交易额")
    rule = _(
        "技术交易额之和，即成交额中扣除设备、材料等非技术性费用后的部分，卖方或买方在范围内即计，双方都在范围内只计一次；"
        "按首次登记日计入当期，变更登记后按变更后的金额，已注销的不计。"
    )
    unit: ClassVar[Unit] = YUAN

    def amount(self, contract: _Registered) -> Decimal:
        return contract.traded


@define
class ContractNumber(Contracts):
    id = "contracts.count"
    title = pgettext_lazy("figure", "登记技术合同")
    rule = _(
        "技术合同项数，卖方或买方在范围内即计，双方都在范围内只计一次；按首次登记日计入当期，变更登记不另计，已注销的不计。"
    )
    unit: ClassVar[Unit] = CONTRACTS

    def amount(self, contract: _Registered) -> Decimal:
        return ONE


@define
class ContractsSold(Contracts):
    id = "contracts.sold"
    title = _("输出技术合同成交额")
    rule = _(
        "输出即卖方在范围内：这些合同的成交额（合同总金额）之和，不论买方在何处；按首次登记日计入当期，"
        "变更登记后按变更后的金额，已注销的不计。"
    )
    unit: ClassVar[Unit] = YUAN
    way = "sold"


@define
class ContractsBought(Contracts):
    id = "contracts.bought"
    title = _("吸纳技术合同成交额")
    rule = _(
        "吸纳即买方在范围内：这些合同的成交额（合同总金额）之和，不论卖方在何处；按首次登记日计入当期，"
        "变更登记后按变更后的金额，已注销的不计。"
    )
    unit: ClassVar[Unit] = YUAN
    way = "bought"


class Flows(Contracts):
    """G3: from where the seller is to where the buyer is; between regions and between zones."""

    version = 1
    unit: ClassVar[Unit] = YUAN
    scopes = ("nation", "flow")
    way = "flow"

    def places(self, reading: Reading, row: _Registered) -> frozenset[str]:
        zones, regions = reading.geography.zones, reading.geography.regions
        pairs = ((zones, row.seller_zone, row.buyer_zone), (regions, row.seller_region, row.buyer_region))
        return frozenset(f"{names[a]}>{names[b]}" for names, a, b in pairs if a is not None and b is not None)


@define
class FlowSums(Flows):
    id = "contracts.flow"
    title = _("技术合同成交额")
    rule = _(
        "从卖方所在地流向买方所在地的技术合同成交额（合同总金额）之和；按首次登记日计入当期，变更登记后按变更后的金额，"
        "已注销的不计。"
    )


@define
class FlowsTraded(Flows):
    id = "contracts.flow_traded"
    title = _("技术合同技术交易额")
    rule = _(
        "从卖方所在地流向买方所在地的技术交易额之和，即成交额中扣除设备、材料等非技术性费用后的部分；按首次登记日计入当期，"
        "变更登记后按变更后的金额，已注销的不计。"
    )

    def amount(self, contract: _Registered) -> Decimal:
        return contract.traded
