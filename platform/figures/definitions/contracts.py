"""Technology contracts by the year of their registration: sums, numbers, and where they go."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from itertools import groupby
from typing import Any, ClassVar, Final, NamedTuple

from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from figures.definitions.base import Definition
from figures.definitions.parts import FIELDS
from figures.definitions.registry import define
from figures.facts import ONE, Fact, Reading
from figures.pairs import TYPE_BELOW, Deal
from figures.rows import counted
from figures.units import CONTRACTS, YUAN, Unit
from matching.choices import RegistrationKind
from matching.models import ContractRegistration, Cooperation, TechContract
from zones.choices import CodeScheme
from zones.errors import listed
from zones.models import Code
from zones.models.base import in_language
from zones.scoping import Principal

TYPES: Final = ("KF", "ZR", "XK", "ZX", "FW")
"""The types of contracts; below each lie others."""
FIELD_BELOW, AND = ".", "+"
SCHEMES: Final = {"contract_type": CodeScheme.CONTRACT_TYPE, "field": CodeScheme.INDUSTRY}
SIDES: Final = ("seller_zone_id", "seller_region_id", "buyer_zone_id", "buyer_region_id", "cooperation_id")


class _Registered(NamedTuple):
    """A contract as the register had it on a day: first registered on `day`, of these sums since its last change."""

    key: int
    day: date
    total: Decimal
    traded: Decimal
    contract_type: str
    seller_zone: int | None
    seller_region: int | None
    buyer_zone: int | None
    buyer_region: int | None
    cooperation: int | None


def _registered(reading: Reading) -> list[_Registered]:
    """What stood in the register on the day, read once. A change alters the sum, not the year; what was cancelled is
    gone.
    """
    return reading.once("contracts", lambda: list(_read(reading)))


def of_field(field: str, reading: Reading) -> list[int]:
    """Keys of the cooperations in a field of industry, by which their contracts belong to it, samples or not."""
    rows = counted(Cooperation, reading, sample="").filter(industry_codes__overlap=codes_of(field)).order_by()
    return list(rows.values_list("pk", flat=True))


def codes_of(field: str) -> list[str]:
    """A field of industry and everything below it."""
    below = Q(code=field) | Q(code__startswith=f"{field}.")
    return list(Code.objects.filter(below, scheme=CodeScheme.INDUSTRY).values_list("code", flat=True))


def _read(reading: Reading) -> Iterator[_Registered]:
    rows = counted(ContractRegistration, reading, sample="contract__is_sample").filter(registered_on__lte=reading.as_of)
    contracts = counted(TechContract, reading).values_list("pk", *SIDES)
    sides = {row[0]: row[1:] for row in contracts.iterator(10_000)}
    columns = ("contract_id", "kind", "registered_on", "total_amount", "traded_amount", "contract_type")
    for key, versions in groupby(rows.order_by("contract_id", "number").values_list(*columns).iterator(10_000), _key):
        told = list(versions)
        _, kind, _, total, traded, contract_type = told[-1]
        if kind != RegistrationKind.CANCELLATION:
            yield _Registered(key, told[0][2], total, traded, contract_type, *sides[key])


def within(code: str, below: str) -> tuple[str, ...]:
    """A code and all it lies in: KF-WT and KF; SEI1.2.4, SEI1.2 and SEI1."""
    parts = code.split(below)
    return tuple(below.join(parts[:length]) for length in range(1, len(parts) + 1))


def _parts(reading: Reading) -> dict[int, frozenset[str]]:
    """Of each contract its type, as the register had it, and the fields of the cooperation it belongs to."""
    fields = dict(counted(Cooperation, reading, sample="").values_list("pk", "industry_codes"))
    known: dict[tuple[str, ...], frozenset[str]] = {}
    found = {}
    for row in _registered(reading):
        codes = (row.contract_type, *fields.get(row.cooperation, ()))
        if codes not in known:
            known[codes] = frozenset(within(codes[0], TYPE_BELOW)).union(
                *(within(one, FIELD_BELOW) for one in codes[1:])
            )
        found[row.key] = known[codes]
    return found


def _key(row: tuple[Any, ...]) -> int:
    return int(row[0])


class Contracts(Definition):
    """One fact per contract. `way` says for whose places it counts: of both sides, of one, or of a pair. It is asked
    for by contract type, by field of industry, or by both: `contracts.flow.KF-WT+SEI1`.
    """

    version = 2
    sources = ("matching.contractregistration", "matching.techcontract")
    part_codes = (*TYPES, *FIELDS)
    part_sources = ("matching.cooperation",)
    way: ClassVar[str] = "both"

    def has_part(self, code: str, reader: Principal) -> bool:
        kind, plus, field = code.partition(AND)
        if plus:
            return self.takes("contract_type", kind) and self.takes("field", field)
        return self.takes("contract_type", code) or self.takes("field", code)

    def takes(self, name: str, code: str) -> bool:
        return Code.objects.filter(scheme=SCHEMES[name], code=code).exists()

    def codes_in(self, code: str) -> frozenset[str]:
        return frozenset(code.split(AND))

    def part_name(self, code: str) -> str:
        told = Code.objects.filter(scheme__in=SCHEMES.values(), code__in=self.codes_in(code)).order_by("scheme", "code")
        return listed(in_language(row.name_zh, row.name_en) for row in told)

    def parts_of(self, reading: Reading) -> Mapping[int, Collection[str]]:
        return reading.once("parts of contracts", lambda: _parts(reading))

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

    def deals(self, reading: Reading) -> Mapping[int, list[Deal]]:
        found: dict[int, list[Deal]] = {}
        for row in _registered(reading):
            sides = (row.seller_zone, row.seller_region, row.buyer_zone, row.buyer_region)
            deal = Deal(*sides, row.day.month, row.contract_type, row.cooperation, row.total)
            found.setdefault(row.day.year, []).append(deal)
        return found


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
