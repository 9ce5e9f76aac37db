"""Technology contracts by the year of their registration: sums, numbers, and where they go."""

from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from typing import ClassVar, Final, NamedTuple

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

    contract: int
    day: date
    total: Decimal
    traded: Decimal


def _registered(reading: Reading) -> Iterator[_Registered]:
    """What stood in the register on the day. A change alters the sum, not the year; what was cancelled is gone."""
    rows = counted(ContractRegistration, reading, sample="contract__is_sample").filter(registered_on__lte=reading.as_of)
    found: dict[int, _Registered] = {}
    columns = ("contract_id", "kind", "registered_on", "total_amount", "traded_amount")
    for contract, kind, day, total, traded in (
        rows.order_by("contract_id", "number").values_list(*columns).iterator(10_000)
    ):
        if kind == RegistrationKind.CANCELLATION:
            found.pop(contract, None)
        else:
            first = found[contract].day if contract in found else day
            found[contract] = _Registered(contract, first, total, traded)
    return iter(found.values())


class Contracts(Definition):
    """One fact per contract. `sides` says for whose places it counts."""

    rule = _("按首次登记日计入当期；变更登记后按变更后的金额，已注销的不计。")
    sources = ("matching.contractregistration", "matching.techcontract")
    sides: ClassVar[tuple[str, ...]] = ("seller", "buyer")

    def amount(self, contract: _Registered) -> Decimal:
        return contract.total

    def facts(self, reading: Reading, milestone: str) -> Iterable[Fact]:
        rows = counted(TechContract, reading).values_list("pk", *SIDES).iterator(10_000)
        sides = {pk: tuple(places) for pk, *places in rows}
        for contract in _registered(reading):
            places = self.places(reading, sides[contract.contract], contract.day)
            yield Fact("matching.techcontract", contract.contract, contract.day, None, self.amount(contract), places)

    def places(self, reading: Reading, sides: tuple[int | None, ...], day: date) -> frozenset[str]:
        found: frozenset[str] = frozenset()
        for name, first in (("seller", 0), ("buyer", 2)):
            if name in self.sides:
                zone, region = sides[first : first + 2]
                found |= reading.geography.of_zone(zone, day) | reading.geography.of_region(region)
        return found


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
    sides = ("seller",)


@define
class ContractsBought(Contracts):
    id = "contracts.bought"
    title = _("吸纳技术合同成交额")
    unit: ClassVar[Unit] = YUAN
    sides = ("buyer",)


class Flows(Contracts):
    """G3: from where the seller is to where the buyer is; between regions and between zones."""

    unit: ClassVar[Unit] = YUAN
    scopes = ("nation", "flow")

    def places(self, reading: Reading, sides: tuple[int | None, ...], day: date) -> frozenset[str]:
        geography = reading.geography
        pairs = ((geography.zones, sides[0], sides[2]), (geography.regions, sides[1], sides[3]))
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
