"""Nodes of industrial chains as of a day, and the organizations that stand on them."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from decimal import Decimal
from itertools import pairwise
from typing import ClassVar

from django.utils.translation import gettext_lazy as _

from figures.definitions.base import Definition
from figures.definitions.kept import keeper_alone, kept
from figures.definitions.registry import define
from figures.definitions.shares import Share
from figures.facts import ONE, Fact, Reading
from figures.geography import Interval
from figures.rows import counted
from figures.units import ITEMS, ORGANIZATIONS, Unit
from zones.choices import ChainRole
from zones.models import ChainNode, ChainPlace
from zones.scoping import Principal


class OfAChain(Definition):
    """Nodes, each with its chain as a part: `chains.gaps.集成电路`."""

    unit: ClassVar[Unit] = ITEMS
    is_stock = True
    sources: ClassVar[tuple[str, ...]] = ("zones.chainnode",)

    def has_part(self, code: str, reader: Principal) -> bool:
        """A chain some node the reader may see is on. The system asks again for what was published of any."""
        on_record: bool = ChainNode.objects.visible_to(reader).filter(chain_zh=code).exists()
        return bool(code) and (reader.is_system or on_record)

    def parts_of(self, reading: Reading) -> Mapping[int, Collection[str]]:
        return {pk: (chain,) for pk, chain in kept(ChainNode, reading).values_list("pk", "chain_zh")}


@define
class ChainNodes(OfAChain):
    id = "chains.nodes"
    version = 2
    title = _("产业链环节")
    rule = _("截止日当天列入的产业链环节，计入登记的高新区或联盟（网络）。")

    def facts(self, reading: Reading, milestone: str) -> Iterable[Fact]:
        columns = ("pk", "valid_from", "valid_to", "zone_id", "association_id")
        for pk, start, end, zone, association in kept(ChainNode, reading).order_by("pk").values_list(*columns):
            kept_by = keeper_alone(reading, association)
            yield from reading.stock(("zones.chainnode", pk), Interval(start, end), ONE, [zone], kept_by)


class Standing(OfAChain):
    """Nodes from each turn to the next of whether anybody stands there."""

    sources = ("zones.chainnode", "zones.chainplace")

    def amount(self, *, is_taken: bool) -> Decimal | None:
        """What a node adds; None: nothing."""
        raise NotImplementedError

    def facts(self, reading: Reading, milestone: str) -> Iterable[Fact]:
        taken: dict[int, list[Interval]] = {}
        rows = counted(ChainPlace, reading, sample="node__is_sample")
        for node, start, end in rows.values_list("node_id", "valid_from", "valid_to"):
            taken.setdefault(node, []).append(Interval(start, end))
        for fact in ChainNodes().facts(reading, ""):
            for there, is_taken in _turns(Interval(fact.start, fact.end), taken.get(fact.key, [])):
                amount = self.amount(is_taken=is_taken)
                if amount is not None:
                    yield fact._replace(start=there.start, end=there.end, amount=amount)


def _turns(node: Interval, taken: list[Interval]) -> Iterator[tuple[Interval, bool]]:
    """The days of a node, cut where somebody comes or the last one leaves."""
    days = {day for one in taken for day in one if day is not None and day != node.start and node.holds(day)}
    for start, end in pairwise([node.start, *sorted(days), node.end]):
        yield Interval(start, end), any(start is not None and one.holds(start) for one in taken)


@define
class ChainGaps(Standing):
    id = "chains.gaps"
    title = _("产业链缺口环节")
    rule = _("截止日当天列入、但没有任何单位的产业链环节，计入登记的高新区或联盟（网络）；可按产业链分列。")

    def amount(self, *, is_taken: bool) -> Decimal | None:
        return None if is_taken else ONE


@define
class ChainCoverage(Standing, Share):
    id = "chains.coverage"
    title = _("产业链环节覆盖率")
    rule = _("截止日当天列入的产业链环节中，至少有一家单位的占百分比；可按产业链分列。")
    unit: ClassVar[Unit] = Share.unit

    def amount(self, *, is_taken: bool) -> Decimal | None:
        return ONE if is_taken else ONE - ONE


@define
class ChainOrganizations(Definition):
    """Places taken on nodes: for the zone of the organization, and for who keeps the node."""

    id = "chains.places"
    version = 2
    title = _("产业链上的单位")
    rule = _("截止日当天列在产业链环节上的单位，每个环节各计一次；计入单位所在高新区与环节的登记方。")
    unit: ClassVar[Unit] = ORGANIZATIONS
    is_stock = True
    sources = ("zones.chainnode", "zones.chainplace", "zones.organization")
    roles: ClassVar[tuple[str, ...]] = tuple(ChainRole.values)

    def facts(self, reading: Reading, milestone: str) -> Iterable[Fact]:
        rows = counted(ChainPlace, reading, sample="node__is_sample").filter(
            node__withdrawn_on__isnull=True, role__in=self.roles
        )
        columns = (
            "pk", "valid_from", "valid_to", "node__valid_from", "node__valid_to", "zone_id", "organization__zone_id",
            "node__zone_id", "node__association_id",
        )  # fmt: skip
        for pk, start, end, first, last, zone, owner, keeper, association in rows.order_by("pk").values_list(*columns):
            there = Interval(start, end).cut(Interval(first, last))
            if there is not None:
                kept_by = keeper_alone(reading, association)
                yield from reading.stock(("zones.chainplace", pk), there, ONE, [zone or owner, keeper], kept_by)


@define
class ChainLeaders(ChainOrganizations):
    id = "chains.leaders"
    title = _("链主单位")
    roles = (ChainRole.LEADING,)
