"""攻关联合体: how large those that are active are, what they have at their disposal, and what they have reached."""

from collections import Counter
from collections.abc import Iterable
from decimal import Decimal
from typing import ClassVar

from django.utils.translation import gettext_lazy as _

from figures.definitions.base import Definition
from figures.definitions.cooperations import ActiveConsortia, CooperationSums
from figures.definitions.registry import define
from figures.facts import ONE, Fact, Reading
from figures.rows import counted
from figures.units import ITEMS, ORGANIZATIONS, Unit
from matching.choices import AmountKind, CooperationKind
from matching.models import CooperationMilestone, CooperationParty

SOURCES = (*ActiveConsortia.sources, "matching.cooperationmilestone")


@define
class ConsortiumMembers(ActiveConsortia):
    """Of each consortium the number of its parties; one in two consortia counts in each."""

    id = "consortia.members"
    title = _("攻关联合体成员单位")
    rule = _("截止日当天有效的攻关联合体的成员单位数之和；同一单位在几个联合体中，各计一次。")
    unit: ClassVar[Unit] = ORGANIZATIONS

    def facts(self, reading: Reading, milestone: str) -> Iterable[Fact]:
        rows = counted(CooperationParty, reading, sample="cooperation__is_sample")
        parties = Counter(rows.values_list("cooperation_id", flat=True))
        for fact in super().facts(reading, milestone):
            yield fact._replace(amount=Decimal(parties[fact.key]))


@define
class ConsortiumBudgets(CooperationSums):
    id = "consortia.budget"
    title = _("攻关联合体经费预算")
    rule = _(
        "按签约日计入当期，取每个攻关联合体登记的合同金额；各方所在高新区和登记计入的联盟（网络）各计一次，合计计一次。"
    )
    kinds = (CooperationKind.CONSORTIUM,)
    amount = AmountKind.CONTRACT_SUM


class ConsortiumMilestones(Definition):
    """Milestones of consortia that count, by one of their days, where the consortium counts."""

    unit: ClassVar[Unit] = ITEMS
    sources = SOURCES
    column: ClassVar[str]

    def facts(self, reading: Reading, milestone: str) -> Iterable[Fact]:
        places = {fact.key: fact.places for fact in ActiveConsortia().facts(reading, "")}
        rows = counted(CooperationMilestone, reading, sample="cooperation__is_sample").order_by("pk")
        told = rows.filter(cooperation__in=places, **{f"{self.column}__lte": reading.as_of})
        for pk, consortium, day in told.values_list("pk", "cooperation_id", self.column):
            yield Fact("matching.cooperationmilestone", pk, day, None, ONE, places[consortium])


@define
class MilestonesDue(ConsortiumMilestones):
    id = "consortia.milestones_due"
    title = _("攻关联合体应达到的里程碑")
    rule = _("攻关联合体的里程碑，按应达到日计入当期。")
    column = "due_on"


@define
class MilestonesMet(ConsortiumMilestones):
    id = "consortia.milestones_met"
    title = _("攻关联合体达到的里程碑")
    rule = _("攻关联合体的里程碑，按达到日计入当期。")
    column = "met_on"
