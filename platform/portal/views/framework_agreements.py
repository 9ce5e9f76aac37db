"""Framework agreements an organization of the member is a party of: the list, one with its promises, its document."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, Final
from uuid import UUID

from django import forms
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ledger.downloads import to_keep
from matching.agreement_choices import AgreementScope
from matching.agreement_choices import AgreementState as State
from matching.models import Agreement, AgreementCommitment, AgreementDocument, AgreementParty, AgreementStep
from matching.services.agreement_states import speaks_for
from matching.services.agreements import report_commitment
from matching.services.negotiation_files import MEDIA_TYPES
from portal.base import row_or_404
from portal.forms.cooperations import day_field
from portal.record_steps import OwnList, RecordStep, SteppedPage
from portal.specification import classes_of, pairs_of
from portal.views.own import MemberPage
from zones.errors import listed
from zones.scoping import Principal, today

STATES: Final = {"in_force": pgettext_lazy("agreement", "生效中"), "over": _("已结束")}
FACTS: Final = ("kind", "signed_on", "valid_from", "valid_to", "ended_on", "end_reason", "end_zh", "document_sha256")
SOON: Final = 30


def own_agreements(principal: Principal) -> Any:
    """Those an organization of the principal has put its name to."""
    parties = AgreementParty.objects.visible_to(principal).filter(organization__in=principal.organizations)
    return Agreement.objects.visible_to(principal).filter(pk__in=parties.values("agreement"))


def _answered_for(principal: Principal, row: Any) -> list[Any]:
    """The promises of the own organizations."""
    parties = AgreementParty.objects.visible_to(principal).filter(agreement=row).select_related("organization")
    mine = [one.position for one in parties if speaks_for(principal, one)]
    return list(AgreementCommitment.objects.visible_to(principal).filter(agreement=row, party_position__in=mine))


class ReportForm(forms.Form):
    """What has come of a promise of one's own, and what shows it."""

    position = forms.TypedChoiceField(label=_("承诺事项"), coerce=int)
    actual = forms.DecimalField(label=_("实际值"), max_digits=16, decimal_places=2, min_value=Decimal(0))
    reported_on = day_field(_("实际值的日期"), initial=today)
    evidence = forms.CharField(label=_("凭证"), max_length=200, help_text=_("验收意见、报告或文件的名称与编号"))

    def __init__(self, principal: Principal, row: Any, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        mine = _answered_for(principal, row)
        choices = [(one.position, f"{one.what_zh}（{one.target:f} {one.unit}）") for one in mine]
        self.fields["position"].choices = choices  # type: ignore[attr-defined]


STEPS: Final[Mapping[str, RecordStep]] = {
    "report": RecordStep(
        _("填报承诺进展"),
        lambda principal, row: bool(_answered_for(principal, row)),
        ReportForm,
        lambda principal, row, version, values: report_commitment(
            principal, agreement_id=row.pk, version=version, **values
        ),
        True,
    ),
}


class AgreementsPage(OwnList):
    template = "portal/my/agreements.html"
    states = STATES

    def get(self, request: HttpRequest) -> HttpResponse:
        rows, frame = self.part_of(own_agreements(self.principal).filter(self._standing()))
        parties = AgreementParty.objects.visible_to(self.principal).filter(agreement__in=rows)
        named: dict[int, list[str]] = {row.pk: [] for row in rows}
        for party in parties.select_related("zone", "association", "organization"):
            named[party.agreement_id].append(str(party))
        told = [{"row": row, "parties": named[row.pk], "scopes": _scopes(row), "left": _days_left(row)} for row in rows]
        return self.page(frame | {"rows": told})

    def _standing(self) -> Q:
        in_force = Q(state=State.IN_FORCE)
        return {"": Q(), "in_force": in_force, "over": ~in_force}[self.state]


class AgreementPage(SteppedPage):
    template = "portal/my/agreement.html"
    steps = STEPS
    address = "portal:agreement"
    passed = _("协议目前为“%(state)s”，不能这样办理：请查看下面的最新进展。")

    def row(self, public_id: UUID) -> Any:
        return row_or_404(own_agreements(self.principal).select_related("zone", "association"), public_id)

    def told(self, row: Any) -> dict[str, Any]:
        def found(model: Any, *related: str) -> Any:
            return model.objects.visible_to(self.principal).filter(agreement=row).select_related(*related)

        parties = list(found(AgreementParty, "zone", "association", "organization"))
        names = {party.position: str(party) for party in parties}
        promises = found(AgreementCommitment)
        return {
            "left": _days_left(row),
            "facts": pairs_of(row, FACTS),
            "scopes": _scopes(row),
            "classes": classes_of(row),
            "parties": parties,
            "own": self.principal.organizations,
            "promises": [{"row": one, "party": names[one.party_position]} for one in promises],
            "documents": list(found(AgreementDocument).defer("content")),
            "course": list(found(AgreementStep)),
            "today": today(),
        }


class AgreementDocumentFile(MemberPage):
    """One signed document, to be saved and not opened here."""

    def get(self, request: HttpRequest, public_id: UUID, document_id: UUID) -> HttpResponse:
        row = row_or_404(own_agreements(self.principal), public_id)
        rows = AgreementDocument.objects.visible_to(self.principal).filter(agreement=row)
        document = row_or_404(rows, document_id)
        return to_keep(bytes(document.content), MEDIA_TYPES[document.kind], document.name)


def _scopes(row: Any) -> str:
    return listed([str(AgreementScope(scope).label) for scope in row.scopes])


def _days_left(row: Any) -> int | None:
    """Of one in force that is over soon."""
    if row.state != State.IN_FORCE or row.valid_to is None:
        return None
    days: int = (row.valid_to - today()).days
    return days if days <= SOON else None
