"""Cooperation funds as of a day: how many, of what size, committed and paid in."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from figures.definitions.base import Definition
from figures.definitions.kept import keeper_alone, keepers, kept
from figures.definitions.registry import define
from figures.facts import ONE, Fact, Reading
from figures.geography import Interval
from figures.rows import counted
from figures.units import ITEMS, YUAN, Unit
from zones.models import Fund, FundCommitment, FundPayment


class Funds(Definition):
    """Funds that exist on the day: for who keeps the record, and for the zones that committed to it."""

    version = 2
    is_stock = True
    sources = ("zones.fund", "zones.fundcommitment", "zones.organization")
    rule = _("截止日当天存续的协同基金：自设立日起、清算日前；按登记方与出资高新区各计一次，合计计一次。")

    def amount(self, size: Decimal) -> Decimal:
        return size

    def facts(self, reading: Reading, milestone: str) -> Iterable[Fact]:
        givers = _givers(reading)
        columns = ("pk", "established_on", "closed_on", "size", "zone_id", "association_id")
        for pk, start, end, size, zone, association in kept(Fund, reading).order_by("pk").values_list(*columns):
            zones = [zone, *givers.get(pk, [])]
            kept_by = keeper_alone(reading, association)
            yield from reading.stock(("zones.fund", pk), Interval(start, end), self.amount(size), zones, kept_by)


@define
class FundNumber(Funds):
    id = "funds.active"
    title = pgettext_lazy("figure", "协同基金")
    unit: ClassVar[Unit] = ITEMS

    def amount(self, size: Decimal) -> Decimal:
        return ONE


@define
class FundSize(Funds):
    id = "funds.size"
    title = _("协同基金规模")
    unit: ClassVar[Unit] = YUAN


@define
class FundPaidIn(Definition):
    """A flow, by the day of the payment; Σ since the beginning is what has been paid in."""

    id = "funds.paid_in"
    title = _("协同基金到位资金")
    rule = _("按到位日计入当期；按出资高新区与基金登记方各计一次，合计计一次。")
    unit = YUAN
    sources = (*Funds.sources, "zones.fundpayment")

    def facts(self, reading: Reading, milestone: str) -> Iterable[Fact]:
        payers = {(fund, number): (zone or owner) for fund, number, zone, owner in _commitments(reading)}
        rows = counted(FundPayment, reading, sample="fund__is_sample").filter(fund__withdrawn_on__isnull=True)
        columns = ("pk", "fund_id", "commitment_number", "amount", "paid_on", "fund__zone_id", "fund__association_id")
        for pk, fund, number, amount, day, zone, association in rows.order_by("pk").values_list(*columns):
            places = keepers(reading, zone, association, day) | reading.geography.of_zone(
                payers.get((fund, number)), day
            )
            yield Fact("zones.fundpayment", pk, day, None, amount, places)


def _commitments(reading: Reading) -> Any:
    rows = counted(FundCommitment, reading, sample="fund__is_sample")
    return rows.values_list("fund_id", "number", "zone_id", "organization__zone_id")


def _givers(reading: Reading) -> dict[int, list[int | None]]:
    """Fund → the zones that committed to it."""
    found: dict[int, list[int | None]] = {}
    for fund, _number, zone, owner in _commitments(reading):
        found.setdefault(fund, []).append(zone or owner)
    return found
