"""Technology contracts by the year of their registration: sums, numbers, and where they go."""

from collections.abc import Collection, Iterable, Iterator
from datetime import date
from decimal import Decimal
from itertools import groupby
from typing import Any, ClassVar, Final, NamedTuple

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from figures.definitions.base import Definition
from figures.definitions.registry import define
from figures.facts import ONE, Fact, Reading
from figures.rows import counted
from figures.units import CONTRACTS, YUAN, Unit
from matching.choices import RegistrationKind
from matching.models import ContractRegistration, TechContract

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


def sums_between(
    reading: Reading, year: int, zones: Collection[int] | None
) -> dict[tuple[int, int], tuple[Decimal, int]]:
    """From the zone of the seller to that of the buyer: the sum and number of contracts of a year, asked of the rows;
    of those with a side in `zones`, or of all.
    """
    days = (date(year, 1, 1), date(year, 12, 31))
    only = Q(
        pk__in=counted(ContractRegistration, reading, sample="contract__is_sample")
        .filter(registered_on__range=days)
        .values("contract")
    )
    if zones is not None:
        only &= Q(seller_zone__in=zones) | Q(buyer_zone__in=zones)
    found: dict[tuple[int, int], tuple[Decimal, int]] = {}
    for row in _read(reading, only):
        if row.day.year == year and row.seller_zone is not None and row.buyer_zone is not None:
            amount, number = found.get((row.seller_zone, row.buyer_zone), (Decimal(0), 0))
            found[row.seller_zone, row.buyer_zone] = amount + row.total, number + 1
    return found


def _read(reading: Reading, only: Q | None = None) -> Iterator[_Registered]:
    contracts = counted(TechContract, reading)
    rows = counted(ContractRegistration, reading, sample="contract__is_sample").filter(registered_on__lte=reading.as_of)
    if only is not None:
        contracts = contracts.filter(only)
        rows = rows.filter(contract__in=contracts)
    sides = {row[0]: row[1:] for row in contracts.values_list("pk", *SIDES).iterator(10_000)}
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
    rule = _("按首次登记日计入当期；变更登记后按变更后的金额，已注销的不计。")
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
    unit: ClassVar[Unit] = YUAN


@define
class ContractsTraded(Contracts):
    id = "contracts.traded"
    title = _("技术合同技术交易额")
    unit: ClassVar[Unit] = YUAN

    def amount(self, contract: _Registered) -> Decimal:
        return contract.traded


@define
class ContractNumber(Contracts):
    id = "contracts.count"
    title = _("登记技术合同")
    unit: ClassVar[Unit] = CONTRACTS

    def amount(self, contract: _Registered) -> Decimal:
        return ONE


@define
class ContractsSold(Contracts):
    id = "contracts.sold"
    title = _("输出技术合同成交额")
    unit: ClassVar[Unit] = YUAN
    way = "sold"


@define
class ContractsBought(Contracts):
    id = "contracts.bought"
    title = _("吸纳技术合同成交额")
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


@define
class FlowsTraded(Flows):
    id = "contracts.flow_traded"
    title = _("技术合同技术交易额")

    def amount(self, contract: _Registered) -> Decimal:
        return contract.traded
