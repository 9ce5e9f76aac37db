"""Framework agreements: those in force as of a day, and the parties of one."""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from figures.definitions.base import AREAS, Definition
from figures.definitions.kept import day_after
from figures.definitions.registry import define
from figures.facts import ONE, Fact, Reading
from figures.rows import counted
from figures.units import ITEMS, ORGANIZATIONS
from matching.agreement_choices import AgreementState
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
    title = _("有效合作协议")
    rule = _("截止日当天生效中的协议：自生效日起，至到期日、终止日止；每个签署方所在范围各计一次，合计计一次。")
    unit = ITEMS
    scopes = AREAS
    is_stock = True
    sources = ("matching.agreement", "matching.agreementparty", "zones.organization")

    def facts(self, reading: Reading, milestone: str) -> Iterable[Fact]:
        places = self._places(reading)
        rows = counted(Agreement, reading).exclude(state__in=UNSIGNED).order_by("pk")
        for pk, start, last, ended, state in rows.values_list("pk", "valid_from", "valid_to", "ended_on", "state"):
            end = ended if state == AgreementState.ENDED else day_after(last)
            yield Fact("matching.agreement", pk, start, end, ONE, places.get(pk, frozenset()))

    def _places(self, reading: Reading) -> dict[int, frozenset[str]]:
        found: dict[int, frozenset[str]] = {}
        rows = counted(AgreementParty, reading, sample="agreement__is_sample")
        columns = ("agreement_id", "zone_id", "association_id", "organization__zone_id")
        for pk, zone, association, owner in rows.values_list(*columns):
            ground = reading.geography.of_zone(zone or owner, reading.as_of)
            named = frozenset() if association is None else reading.geography.of_association(association)
            found[pk] = found.get(pk, frozenset()) | ground | named
        return found
