"""Cooperation funds as of a day: how many, of what size, committed and paid in."""

from collections.abc import Iterable, Iterator
from decimal import Decimal
from itertools import pairwise
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

Given = tuple[int | None, Interval]
"""A zone, and the days on which it is committed to a fund."""


class Funds(Definition):
    """Funds that exist on the day: for who keeps the record, and for the zones that are committed to it on that day."""

    version = 3
    is_stock = True
    sources = ("zones.fund", "zones.fundcommitment", "zones.organization")
    rule = _("截止日当天存续的协同基金：自设立日起、清算日前；按登记方与当天有认缴的高新区各计一次，合计计一次。")

    def amount(self, size: Decimal) -> Decimal:
        return size

    def facts(self, reading: Reading, milestone: str) -> Iterable[Fact]:
        givers = _givers(reading)
        columns = ("pk", "established_on", "closed_on", "size", "zone_id", "association_id")
        for pk, start, end, size, zone, association in kept(Fund, reading).order_by("pk").values_list(*columns):
            kept_by = keeper_alone(reading, association)
            for there, zones in _turns(Interval(start, end), givers.get(pk, [])):
                yield from reading.stock(("zones.fund", pk), there, self.amount(size), [zone, *zones], kept_by)


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


def _givers(reading: Reading) -> dict[int, list[Given]]:
    """Fund → the zones that committed to it, each for its days."""
    found: dict[int, list[Given]] = {}
    rows = counted(FundCommitment, reading, sample="fund__is_sample")
    for fund, zone, owner, *days in rows.values_list(
        "fund_id", "zone_id", "organization__zone_id", "committed_on", "withdrawn_on"
    ):
        found.setdefault(fund, []).append((zone or owner, Interval(*days)))
    return found


def _turns(fund: Interval, given: list[Given]) -> Iterator[tuple[Interval, list[int | None]]]:
    """The days of a fund, cut where a zone commits to it or withdraws, each with the zones that are committed then."""
    days = {day for _, there in given for day in there if day is not None and day != fund.start and fund.holds(day)}
    for start, end in pairwise([fund.start, *sorted(days), fund.end]):
        yield Interval(start, end), [zone for zone, there in given if start is not None and there.holds(start)]
