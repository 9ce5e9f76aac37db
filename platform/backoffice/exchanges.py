"""Exchanges: who talks to whom about what, what is due from whom, and what a broker does for the side he speaks for."""

from typing import Any

from django.contrib import admin
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.utils.decorators import method_decorator
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from backoffice import exchange_filters as filters
from backoffice.details import EMPTY, refusal_text
from backoffice.exchange_board import BoardPages
from backoffice.exchange_exports import ExportPages
from backoffice.exchange_panels import PANELS, STEPS
from backoffice.exchange_rows import (
    TONES,
    links_of,
    own_sides,
    pair_of,
    sections_of,
    sides_text,
    urgency_of,
    whose_turn,
    zones_text,
)
from backoffice.exchange_talk import TALK_PANELS, TalkPages, talk_of
from backoffice.finding import words_of
from backoffice.framework import display
from backoffice.interests import InterestPages
from backoffice.muting import MUTING
from backoffice.principals import principal_of
from backoffice.rows import Rows
from matching.choices import ContactField, ExchangeState
from matching.models import Exchange
from matching.services.consents import are_open, contact_for
from matching.services.exchange_sides import sides_of
from matching.services.exchange_timeline import timeline_of
from zones.errors import DomainError
from zones.scoping import Principal

TOLD = ("told__need__title_zh", "told__need__title_en", "told__resource__name_zh", "told__resource__name_en")
"""The names both sides were told: searched instead of the records, which may have been closed to the reader."""


@admin.register(Exchange)
class ExchangeAdmin(TalkPages, InterestPages, BoardPages, ExportPages):
    """Read by both sides' zones; each acts for its own side only, by panels and steps."""

    ordering = ("-id",)
    when_empty = _("在需求的匹配结果中“表达意向”后，对接会显示在这里。")
    list_display = ("shown_need", "shown_resource", "shown_side", "shown_zones", "shown_state", "shown_due", "sent_at")
    list_select_related = ("need__zone", "resource__zone")
    list_filter = (
        filters.TurnFilter,
        filters.SideFilter,
        filters.StateFilter,
        filters.EitherZoneFilter,
        filters.AssociationFilter,
    )
    search_help_text = _("按需求标题或资源名称查找")
    actions = None
    steps = (*STEPS, *MUTING)
    panels = (*TALK_PANELS, *PANELS)

    def has_module_permission(self, request: HttpRequest) -> bool:
        principal = principal_of(request)
        return principal.is_system or bool(principal.own_zones)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.has_module_permission(request) and super().has_view_permission(request, obj)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """What was said is not changed; steps are taken instead."""
        return False

    def may_write_here(self, principal: Principal) -> bool:
        return False

    def may_read_history(self, request: HttpRequest, *, is_own: bool) -> bool:
        """The timeline tells it; the history would name who acted for the other side."""
        return False

    def get_inline_instances(self, request: HttpRequest, obj: Any = None) -> list[Any]:
        return []

    # The list

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        links = [self.board_link(request)]
        answer: HttpResponse = super().changelist_view(request, {**(extra_context or {}), "list_links": links})
        return answer

    def get_search_fields(self, request: HttpRequest) -> tuple[str, ...]:
        return TOLD

    def get_search_results(self, request: HttpRequest, queryset: Rows, search_term: str) -> tuple[Rows, bool]:
        for word in words_of(search_term):
            found = Q(pk__in=[])
            for place in TOLD:
                found |= Q(**{f"{place}__icontains": word})
            queryset = queryset.filter(found)
        return queryset, False

    def prepare_page(self, request: HttpRequest, rows: list[Any]) -> None:
        for row in rows:
            row.told_pair, row.sides = pair_of(row), own_sides(principal_of(request), row)

    @admin.display(description=_("需求标题"))
    def shown_need(self, row: Any) -> str:
        return str(row.told_pair.need)

    @admin.display(description=_("资源名称"))
    def shown_resource(self, row: Any) -> str:
        return str(row.told_pair.resource)

    @admin.display(description=_("我方"))
    def shown_side(self, row: Any) -> str:
        return sides_text(row.sides)

    @admin.display(description=_("需求方园区 → 资源方园区"))
    def shown_zones(self, row: Any) -> str:
        return zones_text(row)

    @display(description=_("状态"), label=TONES)
    def shown_state(self, row: Exchange) -> tuple[str, str]:
        return row.state, row.get_state_display()

    @display(description=_("应答复日"), label={"overdue": "danger", "soon": "warning", "later": "info"})
    def shown_due(self, row: Exchange) -> Any:
        return (urgency_of(row), row.answer_due_on.isoformat()) if row.state == ExchangeState.INTEREST_SENT else EMPTY

    # One exchange

    def record_context(self, request: HttpRequest, row: Any) -> dict[str, Any]:
        self.prepare_page(request, [row])
        told = {
            "record_badge": {"text": row.get_state_display(), "type": TONES[row.state]},
            "record_facts": [zones_text(row), gettext("我方：%(side)s") % {"side": sides_text(row.sides)}],
            "record_note": whose_turn(principal_of(request), row),
            "subtitle": f"{row.told_pair.need} × {row.told_pair.resource}",
        }
        return super().record_context(request, row) | told

    def read_view(self, request: HttpRequest, row: Any, context: dict[str, Any]) -> HttpResponse:
        principal = principal_of(request)
        context |= {
            "sections": sections_of(principal, row),
            "links": links_of(principal, row),
            "timeline": timeline_of(principal, row),
            "talk": talk_of(principal, row),
            "row": row,
            "contact_url": self.url_of(row, "contact"),
            "open_sides": sorted(sides_of(principal, row)) if are_open(principal, row) else (),
        }
        return self.page(request, "admin/backoffice/exchange.html", row, context)

    @method_decorator([never_cache, require_POST])
    def contact_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """The contact of the other side on the answer to this post, and on no other page; the look is written down."""
        row, principal = self.row_or_404(request, object_id), principal_of(request)
        context: dict[str, Any] = {}
        try:
            contact = contact_for(principal, exchange_id=row.pk, side=request.POST.get("side", ""))
        except DomainError as error:
            context["contact_fault"] = refusal_text(error)
        else:
            shown = [(gettext("岗位"), contact.title), *((name.label, getattr(contact, name)) for name in ContactField)]
            context["contact"] = [(label, value) for label, value in shown if value]
        return self.read_view(request, row, {**self.record_context(request, row), **context})

    def get_urls(self) -> list[Any]:
        view = self.admin_site.admin_view
        return [
            path("<path:object_id>/contact/", view(self.contact_view), name="matching_exchange_contact"),
            *super().get_urls(),
        ]
