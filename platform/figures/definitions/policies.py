"""Policy documents: their numbered parts by kind, what they plan and what has come of it (G12)."""

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from itertools import zip_longest
from typing import TYPE_CHECKING, Any, ClassVar, Final

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from figures.definitions.base import Definition
from figures.definitions.registry import define
from figures.facts import ONE, Fact, Reading, total
from figures.rows import counted
from figures.units import ACTIONS, ELEMENTS, FIELDS, ITEMS, MEASURES, YUAN, Unit
from zones.choices import PolicyItemKind
from zones.models import PolicyActual, PolicyItem, PolicyTarget

if TYPE_CHECKING:
    from figures.questions import Question

IN_FORCE: Final = ("document__public_id", "document__issued_on", "document__ended_on")


class OfADocument(Definition):
    """What one document says, from the day it was issued until it is repealed. A withdrawn record counts nowhere."""

    scopes = ("policy",)
    is_stock = True
    sources: ClassVar[tuple[str, ...]] = ("zones.policydocument",)

    def rows(self, model: Any, reading: Reading) -> Any:
        rows = counted(model, reading, sample="document__is_sample").filter(document__withdrawn_on__isnull=True)
        return rows.order_by("document_id", "position")

    def fact(self, table: str, key: int, amount: Decimal, days: Sequence[Any]) -> Fact:
        document, start, end = days
        return Fact(table, key, start, end, amount, frozenset({f"policy:{document}"}))


class Items(OfADocument):
    """How many numbered parts of one kind."""

    rule = _("该文件登记的该类条目，每条计一次；文件废止后、记录撤销后不计。")
    sources = (*OfADocument.sources, "zones.policyitem")
    kind: ClassVar[str]

    def facts(self, reading: Reading, milestone: str) -> Iterable[Fact]:
        for key, *days in self.rows(PolicyItem, reading).filter(kind=self.kind).values_list("pk", *IN_FORCE):
            yield self.fact("zones.policyitem", key, ONE, days)


@define
class Measures(Items):
    id = "policy.measures"
    title = pgettext_lazy("figure", "政策措施")
    unit = MEASURES
    kind = PolicyItemKind.MEASURE


@define
class Elements(Items):
    id = "policy.elements"
    title = pgettext_lazy("figure", "健全要素")
    unit = ELEMENTS
    kind = PolicyItemKind.ELEMENT


@define
class Actions(Items):
    id = "policy.actions"
    title = pgettext_lazy("figure", "推进行动")
    unit = ACTIONS
    kind = PolicyItemKind.ACTION


@define
class Fields(Items):
    id = "policy.fields"
    title = pgettext_lazy("figure", "布局领域")
    unit = FIELDS
    kind = PolicyItemKind.FIELD


class Targets(OfADocument):
    """What the targets of a document add up to; None where none says so."""

    sources = (*OfADocument.sources, "zones.policytarget")
    unit: ClassVar[Unit]

    def amount(self, count: int | None, value: Decimal | None, *, is_each: bool) -> Decimal | None:
        """What one target adds; None: nothing of the kind."""
        raise NotImplementedError

    def facts(self, reading: Reading, milestone: str) -> Iterable[Fact]:
        columns = ("pk", "planned_count", "planned_value", "is_each", *IN_FORCE)
        for key, count, value, is_each, *days in self.rows(PolicyTarget, reading).values_list(*columns):
            amount = self.amount(count, value, is_each=is_each)
            if amount is not None:
                yield self.fact("zones.policytarget", key, amount, days)

    def value_of(self, facts: Sequence[Fact], question: "Question") -> Decimal | date | None:
        return total(facts) if facts else None


@define
class PlannedCount(Targets):
    """2个1000亿元未来产业集群: the two."""

    id = "policy.planned_count"
    title = pgettext_lazy("figure", "目标数量")
    rule = _("该文件各项目标的目标数量之和。")
    unit = ITEMS

    def amount(self, count: int | None, value: Decimal | None, *, is_each: bool) -> Decimal | None:
        return None if count is None else Decimal(count)


@define
class PlannedEach(Targets):
    """The amount each of them is to reach; not known where a document names several."""

    id = "policy.planned_each"
    title = pgettext_lazy("figure", "每个的目标规模")
    rule = _("该文件按“每个”计的目标金额；有几个不同的金额时不合并，不给出数值。")
    unit = YUAN

    def amount(self, count: int | None, value: Decimal | None, *, is_each: bool) -> Decimal | None:
        return value if is_each else None

    def value_of(self, facts: Sequence[Fact], question: "Question") -> Decimal | date | None:
        amounts = {fact.amount for fact in facts}
        return amounts.pop() if len(amounts) == 1 else None


@define
class PlannedValue(Targets):
    id = "policy.planned_value"
    title = pgettext_lazy("figure", "目标总规模")
    rule = _("该文件各项目标的目标金额之和；按“每个”计的目标，以数量乘金额。")
    unit = YUAN

    def amount(self, count: int | None, value: Decimal | None, *, is_each: bool) -> Decimal | None:
        return value * (count or 1) if is_each and value is not None else value


class Actuals(OfADocument):
    """What has come of the targets, the newest word on each as of the day; beside what was planned."""

    version = 2
    sources = (*OfADocument.sources, "zones.policyactual")
    rule = _("该文件各项目标在截止日前最近一次填报的实际值之和；没有填报的目标不作推算。")
    column: ClassVar[str]

    def facts(self, reading: Reading, milestone: str) -> Iterable[Fact]:
        rows = self.rows(PolicyActual, reading).filter(as_of__lte=reading.as_of, **{f"{self.column}__isnull": False})
        columns = ("pk", "document_id", "target_number", self.column, "as_of", *IN_FORCE)
        by_target: dict[tuple[int, int], list[tuple[Any, ...]]] = {}
        for key, document, number, *said in rows.order_by("as_of", "position").values_list(*columns):
            by_target.setdefault((document, number), []).append((key, *said))
        for told in by_target.values():
            yield from self._in_turn(told)

    def _in_turn(self, told: list[tuple[Any, ...]]) -> Iterable[Fact]:
        """Each word on a target from its day until the next, or until the document ends."""
        for (key, value, on, document, _issued, ended), following in zip_longest(told, told[1:]):
            ends = [day for day in (ended, following and following[2]) if day is not None]
            yield self.fact("zones.policyactual", key, Decimal(value), (document, on, min(ends, default=None)))

    def value_of(self, facts: Sequence[Fact], question: "Question") -> Decimal | date | None:
        return total(facts) if facts else None


@define
class ActualCount(Actuals):
    id = "policy.actual_count"
    title = pgettext_lazy("figure", "实际数量")
    unit = ITEMS
    column = "actual_count"


@define
class ActualValue(Actuals):
    id = "policy.actual_value"
    title = pgettext_lazy("figure", "实际规模")
    unit = YUAN
    column = "actual_value"
