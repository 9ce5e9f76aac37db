"""What parties have agreed on: signed and completed cooperations, joint centers and consortia that are active, sums."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any, ClassVar, Final

from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from figures.definitions.base import Definition
from figures.definitions.parts import FIELDS, code_name, tops
from figures.definitions.registry import define
from figures.facts import ONE, Fact, Reading
from figures.geography import without_associations
from figures.rows import counted
from figures.units import ITEMS, YUAN, Unit
from matching.choices import AmountKind, CooperationKind, PartyRole
from matching.models import Cooperation, CooperationAmount, CooperationAssociation, CooperationParty
from matching.models.cooperations import CONFIRMED
from zones.choices import CodeScheme

if TYPE_CHECKING:
    from figures.questions import Question

SIGNED, COMPLETED = "signed", "completed"
"""Milestones: 促成 by the day of the signature, 完成 by the day of the successful end."""


@dataclass(frozen=True, slots=True)
class _Signed:
    """A cooperation that counts, with its days and places."""

    key: int
    signed_on: date
    completed_on: date | None
    terminated_on: date | None
    places: frozenset[str]


class Cooperations(Definition):
    """Confirmed cooperations of some kinds. They count for the associations they are recorded for and for the zones of
    their parties at the time: in each whole, in a total once.
    """

    version = 2
    sources: ClassVar[tuple[str, ...]] = (
        "matching.cooperation", "matching.cooperationparty", "matching.cooperationassociation",
        "matching.cooperationamount",
    )  # fmt: skip
    kinds: ClassVar[tuple[str, ...]] = ()
    roles: ClassVar[tuple[str, ...]] = tuple(PartyRole.values)
    """Whose places count."""

    def rows(self, reading: Reading) -> list[_Signed]:
        """Those signed by the day."""
        rows = counted(Cooperation, reading).filter(state__in=CONFIRMED, signed_on__lte=reading.as_of)
        if self.kinds:
            rows = rows.filter(kind__in=self.kinds)
        days = rows.order_by("signed_on", "pk").values_list("pk", "signed_on", "completed_on", "terminated_on")
        places = self._places(reading)
        return [_Signed(pk, signed, done, ended, places.get(pk, frozenset())) for pk, signed, done, ended in days]

    def _places(self, reading: Reading) -> Mapping[int, frozenset[str]]:
        geography = reading.geography
        found: dict[int, frozenset[str]] = {}
        parties = counted(CooperationParty, reading, sample="cooperation__is_sample").filter(role__in=self.roles)
        for pk, zone, region, day in parties.values_list(
            "cooperation_id", "zone_id", "region_id", "cooperation__signed_on"
        ):
            ground = without_associations(frozenset().union(*geography.of_side(zone, region, day)))
            found[pk] = found.get(pk, frozenset()) | ground
        links = counted(CooperationAssociation, reading, sample="cooperation__is_sample")
        for pk, association in links.values_list("cooperation_id", "association_id"):
            found[pk] = found.get(pk, frozenset()) | geography.of_association(association)
        return found


class CooperationNumber(Cooperations):
    """How many, by the day of the signature or of the completion: the milestone is asked for, never guessed."""

    unit: ClassVar[Unit] = ITEMS
    milestones = (SIGNED, COMPLETED)
    rule = _(
        "促成：按签约日计入当期，须经各方确认或有凭证；完成：按成功办结日计入当期。未获确认的不计，终止的不计完成。"
        "联盟（网络）只计登记计入其中的。"
    )

    def words(self, question: "Question") -> str:
        verbs = {SIGNED: gettext("促成%(what)s"), COMPLETED: gettext("完成%(what)s")}
        return verbs[question.milestone] % {"what": self.name}

    def facts(self, reading: Reading, milestone: str) -> Iterable[Fact]:
        for row in self.rows(reading):
            day = row.signed_on if milestone == SIGNED else row.completed_on
            if day is not None and day <= reading.as_of:
                yield Fact("matching.cooperation", row.key, day, None, ONE, row.places)


@define
class Projects(CooperationNumber):
    """G7, G8: 促成 9, 完成 20; 57 projects of an alliance."""

    id = "cooperations.projects"
    title = _("产学研与科研合作项目")
    kinds = (CooperationKind.PROJECT,)


@define
class AllCooperations(CooperationNumber):
    id = "cooperations.all"
    title = pgettext_lazy("figure", "合作")


@define
class PairedProjects(CooperationNumber):
    id = "cooperations.paired"
    title = pgettext_lazy("figure", "对口合作项目")
    kinds = (CooperationKind.PAIRED_PROJECT,)


@define
class LandedScenarios(CooperationNumber):
    id = "cooperations.scenarios"
    title = pgettext_lazy("figure", "示范场景落地")
    kinds = (CooperationKind.SCENARIO_ADOPTION,)


@define
class FinancingCases(CooperationNumber):
    id = "cooperations.financing"
    title = _("科技金融融资案例")
    kinds = (CooperationKind.FINANCING,)


@define
class EnclaveLandings(CooperationNumber):
    id = "cooperations.enclaves"
    title = _("飞地入驻项目")
    kinds = (CooperationKind.ENCLAVE_LANDING,)


class ActiveCooperations(Cooperations):
    """A stock: from the signature until it ended."""

    unit: ClassVar[Unit] = ITEMS
    is_stock = True
    rule = _("截止日当天有效：已签约且尚未终止、未办结；一个中心（联合体）有几个伙伴园区都计一次。")

    def facts(self, reading: Reading, milestone: str) -> Iterable[Fact]:
        for row in self.rows(reading):
            end = row.terminated_on or row.completed_on
            yield Fact("matching.cooperation", row.key, row.signed_on, end, ONE, row.places)


@define
class JointCentres(ActiveCooperations):
    """G6: 35 joint centers, active as of a day."""

    id = "centres.active"
    title = pgettext_lazy("figure", "联合研发中心")
    kinds = (CooperationKind.JOINT_CENTRE,)


@define
class LedCentres(JointCentres):
    """The same for the place of the lead alone."""

    id = "centres.led"
    title = _("牵头设立的联合研发中心")
    roles = (PartyRole.LEAD,)


@define
class ActiveConsortia(ActiveCooperations):
    id = "consortia.active"
    title = pgettext_lazy("figure", "攻关联合体")
    kinds = (CooperationKind.CONSORTIUM,)


class CooperationSums(Cooperations):
    """Σ of one kind of amount, by the day of the signature."""

    unit: ClassVar[Unit] = YUAN
    rule: ClassVar[Any] = _(
        "按签约日计入当期，取每项合作该类金额的合计数，须经各方确认或有凭证；各方所在高新区和登记计入的联盟（网络）"
        "各计一次，合计计一次。"
    )
    amount: ClassVar[str]

    def facts(self, reading: Reading, milestone: str) -> Iterable[Fact]:
        amounts = counted(CooperationAmount, reading, sample="cooperation__is_sample").filter(kind=self.amount)
        sums: Final[dict[int, Decimal]] = dict(amounts.values_list("cooperation_id", "amount"))
        for row in self.rows(reading):
            if row.key in sums:
                yield Fact("matching.cooperation", row.key, row.signed_on, None, sums[row.key], row.places)


@define
class PairingInvestment(CooperationSums):
    """G5: 50 多亿元 of investment in a pairing."""

    id = "pairing.investment"
    title = _("对口合作项目总投资额")
    rule = _(
        "按签约日计入当期，取每项合作该类金额的合计数；同时计入另一对口合作的项目，在各自范围各计一次、在合计中计一次。"
    )
    kinds = (CooperationKind.PAIRED_PROJECT,)
    amount = AmountKind.INVESTMENT
    part_codes = FIELDS

    def part_name(self, code: str) -> str:
        return code_name(CodeScheme.INDUSTRY, code)

    def parts_of(self, reading: Reading) -> Mapping[int, Collection[str]]:
        rows = counted(Cooperation, reading).filter(kind__in=self.kinds).values_list("pk", "industry_codes")
        return {pk: tops(codes) for pk, codes in rows}


@define
class FinancingSums(CooperationSums):
    id = "financing.amount"
    title = _("科技金融融资额")
    kinds = (CooperationKind.FINANCING,)
    amount = AmountKind.FINANCING


@define
class CooperationValue(CooperationSums):
    id = "cooperations.amount"
    title = _("合作合同金额")
    amount = AmountKind.CONTRACT_SUM
