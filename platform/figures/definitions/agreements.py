"""Framework agreements: those in force as of a day, and the parties of one."""

from collections.abc import Collection, Iterable, Mapping

from django.utils.translation import gettext_lazy as _

from figures.definitions.base import AREAS, Definition
from figures.definitions.kept import day_after, keeper_alone
from figures.definitions.registry import define
from figures.facts import ONE, Fact, Reading
from figures.geography import NOWHERE, Interval
from figures.rows import counted
from figures.units import ITEMS, ORGANIZATIONS
from matching.agreement_choices import AgreementScope, AgreementState
from matching.models import Agreement, AgreementParty
from matching.models.agreements import UNSIGNED


@define
class AgreementParties(Definition):
    """Who put their names to one agreement."""

    id = "agreement.parties"
    title = _("协议签署方")
    rule = _("该协议登记的签署方，每方计一次。")
    unit = ORGANIZATIONS
    scopes = ("agreement",)
    is_sensitive = False
    is_stock = True
    sources = ("matching.agreement", "matching.agreementparty")

    def facts(self, reading: Reading, milestone: str) -> Iterable[Fact]:
        rows = counted(AgreementParty, reading, sample="agreement__is_sample").exclude(agreement__state__in=UNSIGNED)
        for pk, agreement, signed_on in rows.values_list("pk", "agreement__public_id", "agreement__signed_on"):
            yield Fact("matching.agreementparty", pk, signed_on, None, ONE, frozenset({f"agreement:{agreement}"}))


@define
class ActiveAgreements(Definition):
    """In force on the day, for each of its parties and their associations whole, in a total once."""

    id = "agreements.active"
    version = 2
    title = _("有效合作协议")
    rule = _(
        "截止日当天生效中的协议：自生效日起，到期日当天仍计，终止日当天起不计；每个签署方所在范围各计一次，合计计一次。"
    )
    unit = ITEMS
    scopes = AREAS
    is_stock = True
    sources = ("matching.agreement", "matching.agreementparty", "zones.organization")
    part_codes = tuple(AgreementScope.values)

    def part_name(self, code: str) -> str:
        return str(AgreementScope(code).label)

    def parts_of(self, reading: Reading) -> Mapping[int, Collection[str]]:
        return dict(counted(Agreement, reading).values_list("pk", "scopes"))

    def facts(self, reading: Reading, milestone: str) -> Iterable[Fact]:
        parties = parties_of(reading)
        rows = counted(Agreement, reading).exclude(state__in=UNSIGNED).order_by("pk")
        for pk, start, last, ended, state in rows.values_list("pk", "valid_from", "valid_to", "ended_on", "state"):
            there = Interval(start, ended if state == AgreementState.ENDED else day_after(last))
            yield from reading.stock(("matching.agreement", pk), there, ONE, *parties.get(pk, ((), NOWHERE)))


def parties_of(reading: Reading) -> dict[int, tuple[list[int | None], frozenset[str]]]:
    """Agreement → the zones of its parties, and the associations that are parties themselves."""
    found: dict[int, tuple[list[int | None], frozenset[str]]] = {}
    rows = counted(AgreementParty, reading, sample="agreement__is_sample")
    for pk, zone, association, owner in rows.values_list(
        "agreement_id", "zone_id", "association_id", "organization__zone_id"
    ):
        zones, associations = found.get(pk, ([], NOWHERE))
        found[pk] = [*zones, zone or owner], associations | keeper_alone(reading, association)
    return found
