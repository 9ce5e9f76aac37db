"""Cooperations: what was agreed, by whom, since when, and what became of it; recorded directly or from an exchange."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from backoffice.base import ChildRows
from backoffice.changelist import name_column
from backoffice.cooperation_files import CooperationFiles
from backoffice.cooperation_panels import PANELS, STEPS, is_asked, is_proposing
from backoffice.cooperation_rows import AmountInline, AssociationInline, MilestoneInline, PartyInline, tables_of
from backoffice.filters import RefusingFilter, Rows, SideFilter, choice_filter, rule_filter
from backoffice.framework import display
from backoffice.outcome_panels import OUTCOME_PANELS
from backoffice.panels import PanelsMixin
from backoffice.principals import principal_of
from matching.choices import CooperationKind, CooperationSource, CooperationState, Dimension
from matching.models import Cooperation, CooperationAssociation, CooperationParty
from matching.services.cooperations import CooperationParts, change_proposal, record_cooperation
from zones.models import Association
from zones.scoping import Principal

TONES = {
    CooperationState.PROPOSED: "warning",
    CooperationState.REFUSED: "danger",
    CooperationState.TAKEN_BACK: "default",
    CooperationState.AGREED: "info",
    CooperationState.RUNNING: "info",
    CooperationState.DELAYED: "warning",
    CooperationState.COMPLETED: "success",
    CooperationState.TERMINATED: "danger",
}
SOURCES = [choice for choice in CooperationSource.choices if choice[0] != CooperationSource.MATCH]


def _by_turn(rows: Rows, value: str, principal: Principal) -> Rows:
    waiting = CooperationParty.objects.editable_by(principal).filter(
        organization__isnull=False, confirmed_at__isnull=True, zone__in=principal.staff_zones
    )
    return rows.filter(state=CooperationState.PROPOSED, pk__in=waiting.values("cooperation"))


TurnFilter = rule_filter("turn", _("待办"), [("confirm", _("待我方确认"))], _by_turn)


class AssociationFilter(RefusingFilter):
    """Cooperations that count for an association."""

    title = _("计入的联盟或网络")
    parameter_name = "association"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[Any, Any]]:
        return [(row.slug, str(row)) for row in Association.objects.all()]

    def narrow(self, rows: Rows, value: str, principal: Principal) -> Rows:
        links = CooperationAssociation.objects.visible_to(principal).filter(association__slug=value)
        return rows.filter(pk__in=links.values("cooperation"))


@admin.register(Cooperation)
class CooperationAdmin(CooperationFiles, PanelsMixin):
    """A proposal is a form to its proposer; whatever counts is read, and moved on by steps."""

    add_title = _("登记合作")
    when_empty = _("在对接页“提交合作”，或在这里登记一项合作后，会显示在这里。")
    ordering = ("-signed_on", "-id")
    shown_title = name_column(_("合作主题"), "title_zh")
    list_display = ("shown_title", "kind", "shown_parties", "shown_state", "signed_on", "completed_on")
    list_filter = (
        SideFilter,
        TurnFilter,
        choice_filter("state", _("状态"), CooperationState.choices),
        choice_filter("kind", _("合作类型"), CooperationKind.choices),
        choice_filter("source", _("合作来源"), CooperationSource.choices),
        choice_filter("dimension", _("协同维度"), Dimension.choices),
        AssociationFilter,
    )
    search_fields = ("title_zh", "summary_zh")
    search_help_text = _("按合作主题、内容查找")
    actions = None
    inlines = (PartyInline, MilestoneInline, AmountInline, AssociationInline)
    panels = (*PANELS, *OUTCOME_PANELS)
    steps = STEPS
    fieldsets = (
        (
            _("合作"),
            {
                "fields": (("kind", "signed_on"), "title_zh", "summary_zh", ("source", "call", "event"), "evidence_zh"),
                "description": _("提交后须由其他各方确认，或由园区凭签约文件确认，确认后计入统计。"),
            },
        ),
        (_("分类"), {"fields": ("dimension", "industry_codes")}),
    )

    def has_module_permission(self, request: HttpRequest) -> bool:
        principal = principal_of(request)
        return principal.is_system or bool(principal.own_zones)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.has_module_permission(request) and super().has_view_permission(request, obj)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Only what does not count yet is changed, by who proposed it."""
        if obj is None or obj.pk is None:
            return super().has_change_permission(request, obj)
        return is_proposing(principal_of(request), obj)

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """Where it came from is not changed for one that came of an exchange."""
        if obj is None or obj.exchange_id is None:
            return self.fieldsets
        first: dict[str, Any] = {"fields": (("kind", "signed_on"), "title_zh", "summary_zh", "evidence_zh")}
        return ((self.fieldsets[0][0], self.fieldsets[0][1] | first), *self.fieldsets[1:])

    def get_inline_instances(self, request: HttpRequest, obj: Any = None) -> list[Any]:
        """The parties of an exchange are its two sides."""
        found = super().get_inline_instances(request, obj)
        is_of_exchange = obj is not None and obj.exchange_id is not None
        return [one for one in found if not (is_of_exchange and isinstance(one, PartyInline))]

    def formfield_for_choice_field(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "source":
            kwargs["choices"] = SOURCES
        return super().formfield_for_choice_field(db_field, request, **kwargs)

    def initial_values(self, request: HttpRequest) -> dict[str, Any]:
        return {"source": CooperationSource.DIRECT}

    def write(
        self, principal: Principal, *, row: Any, version: int | None, values: dict[str, Any], rows: ChildRows
    ) -> Any:
        parts = CooperationParts(
            parties=rows.get("parties"), milestones=rows.get("milestones"), amounts=rows.get("amounts"),
            associations=rows.get("association_links"),
        )  # fmt: skip
        if row is None:
            return record_cooperation(principal, with_parts=parts, **values)
        return change_proposal(principal, cooperation_id=row.pk, version=version, with_parts=parts, **values)

    # The list and one cooperation

    def prepare_page(self, request: HttpRequest, rows: list[Any]) -> None:
        parties = CooperationParty.objects.visible_to(principal_of(request)).filter(cooperation__in=rows)
        for row in rows:
            row.told_parties = []
        by_key = {row.pk: row for row in rows}
        for party in parties.select_related("organization").order_by("position"):
            by_key[party.cooperation_id].told_parties.append(str(party))

    @admin.display(description=_("合作方"))
    def shown_parties(self, row: Any) -> str:
        return " · ".join(row.told_parties)

    @display(description=_("状态"), label=TONES)
    def shown_state(self, row: Cooperation) -> tuple[str, str]:
        return row.state, row.get_state_display()

    def record_context(self, request: HttpRequest, row: Any) -> dict[str, Any]:
        self.prepare_page(request, [row])
        told = {
            "record_badge": {"text": row.get_state_display(), "type": TONES[row.state]},
            "record_facts": [row.get_kind_display(), " · ".join(row.told_parties)],
            "record_note": _turn(principal_of(request), row),
        }
        return super().record_context(request, row) | told

    def read_fieldsets(self, request: HttpRequest, row: Any) -> list[tuple[Any, list[str]]]:
        what = ["kind", "source", "call", "event", "summary_zh", "dimension", "industry_codes"]
        days = ["signed_on", "confirmed_by", "confirmed_at", "evidence_zh", "completed_on", "terminated_on"]
        return [(gettext("合作"), what), (gettext("签约与完成"), [*days, "end_reason", "end_zh"])]

    def read_tables(self, request: HttpRequest, row: Any, *, is_own: bool) -> list[dict[str, Any]]:
        return tables_of(principal_of(request), row)


def _turn(principal: Principal, row: Any) -> str:
    """What is waited for before it counts."""
    if row.state != CooperationState.PROPOSED:
        return ""
    if is_asked(principal, row) and row.proposer_id != principal.user_id:
        return gettext("请核对签约日、金额与各方后确认；有出入请退回更正。确认前不计入统计。")
    return gettext("等待其他各方确认；有签约文件的，可由园区凭凭证确认。确认前不计入统计。")
