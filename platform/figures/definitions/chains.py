"""Nodes of industrial chains as of a day, and the organizations that stand on them."""

from collections.abc import Iterable
from typing import ClassVar

from django.utils.translation import gettext_lazy as _

from figures.definitions.base import Definition
from figures.definitions.kept import keeper_alone, kept
from figures.definitions.registry import define
from figures.facts import ONE, Fact, Reading
from figures.geography import Interval
from figures.rows import counted
from figures.units import ITEMS, ORGANIZATIONS, Unit
from zones.choices import ChainRole
from zones.models import ChainNode, ChainPlace


@define
class ChainNodes(Definition):
    id = "chains.nodes"
    version = 2
    title = _("产业链环节")
    rule = _("截止日当天列入的产业链环节，计入登记的高新区或联盟（网络）。")
    unit = ITEMS
    is_stock = True
    sources = ("zones.chainnode",)

    def facts(self, reading: Reading, milestone: str) -> Iterable[Fact]:
        columns = ("pk", "valid_from", "valid_to", "zone_id", "association_id")
        for pk, start, end, zone, association in kept(ChainNode, reading).order_by("pk").values_list(*columns):
            kept_by = keeper_alone(reading, association)
            yield from reading.stock(("zones.chainnode", pk), Interval(start, end), ONE, [zone], kept_by)


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
