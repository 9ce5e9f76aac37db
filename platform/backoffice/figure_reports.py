"""Reports of a month or a year: made by the clock or asked for, read here, and taken along as DOCX, PDF or XLSX."""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib import admin
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import path
from django.utils.html import format_html_join
from django.utils.http import content_disposition_header
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from unfold import widgets

from backoffice.base import ChildRows, ScopedModelAdmin
from backoffice.papers.blocks import Chart, Heading, Paper, Table, Text
from backoffice.papers.figures import paper_of
from backoffice.papers.figures_book import workbook_of
from backoffice.papers.pages import TYPES, bytes_of
from backoffice.principals import principal_of
from backoffice.publishable import publishable_scopes
from figures.models import FigureReport
from figures.services.reports import make_report
from zones.scoping import Principal

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ENDINGS = {**TYPES, "xlsx": XLSX}


@admin.register(FigureReport)
class FigureReportAdmin(ScopedModelAdmin):
    """Read by who is told small numbers; made by who publishes."""

    add_title = _("制作统计报告")
    when_empty = _("每月初自动生成上月报告，每年初生成上年报告；也可现在制作一份。")
    ordering = ("-id",)
    list_display = ("shown_name", "period", "as_of", "number", "at")
    search_fields = ("scope", "period")
    search_help_text = _("按统计范围、统计期查找")
    actions = None
    fieldsets = (
        (
            _("报告"),
            {
                "fields": ("scope", "period"),
                "description": _("按现有记录计算。同一统计期再次制作为新的版次，原报告保留。"),
            },
        ),
    )

    def may_write_here(self, principal: Principal) -> bool:
        return principal.is_system or bool(principal.manager_zones or principal.secretariats)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return obj is None and super().has_change_permission(request, obj)

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name != "scope":
            return super().formfield_for_dbfield(db_field, request, **kwargs)
        return forms.ChoiceField(
            label=db_field.verbose_name, choices=publishable_scopes(principal_of(request)),
            widget=widgets.UnfoldAdminSelectWidget(),
        )  # fmt: skip

    def write(
        self, principal: Principal, *, row: Any, version: int | None, values: dict[str, Any], rows: ChildRows
    ) -> Any:
        return make_report(principal, scope=values["scope"], period=values["period"], samples=settings.DEMO)

    @admin.display(description=_("统计范围"))
    def shown_name(self, row: FigureReport) -> str:
        return str(row.association or row.zone or gettext("全国"))

    def record_context(self, request: HttpRequest, row: Any) -> dict[str, Any]:
        links = format_html_join(
            " · ", '<a href="{}">{}</a>', ((self.url_of(row, "file", one), one.upper()) for one in ENDINGS)
        )
        return super().record_context(request, row) | {"record_facts": [row.period, links]}

    def read_tables(self, request: HttpRequest, row: Any, *, is_own: bool) -> list[dict[str, Any]]:
        tables: list[dict[str, Any]] = []
        for block in paper_of(row).blocks:
            if isinstance(block, Heading):
                tables.append(_table(block.text))
            elif isinstance(block, Table):
                tables.append(_table(block.caption, block))
            elif isinstance(block, Chart):
                tables.append(_table(block.title, block.table))
            elif isinstance(block, Text):
                if not tables or tables[-1]["headings"]:
                    tables.append(_table(""))
                tables[-1]["rows"].append([block.text])
        return tables

    def file_view(self, request: HttpRequest, object_id: str, ending: str) -> HttpResponse:
        """The report as a file with a Chinese name."""
        row = self.row_or_404(request, object_id)
        paper = paper_of(row)
        if ending not in ENDINGS:
            raise Http404
        content = workbook_of(row) if ending == "xlsx" else bytes_of(paper, ending)
        answer = HttpResponse(content, content_type=ENDINGS[ending])
        name = content_disposition_header(as_attachment=True, filename=f"{_file_name(paper, row)}.{ending}")
        answer["Content-Disposition"] = name or ""
        return answer

    def get_urls(self) -> list[Any]:
        view, name = self.admin_site.admin_view(self.file_view), self.name_of("file").removeprefix("admin:")
        return [path("<path:object_id>/report.<str:ending>", view, name=name), *super().get_urls()]


def _file_name(paper: Paper, report: FigureReport) -> str:
    """Whose it is and of when, as its title says, and which version."""
    return gettext("%(title)s-第%(number)d版") % {"title": paper.title, "number": report.number}


def _table(title: str, block: Table | None = None) -> dict[str, Any]:
    """As the page of a record shows it."""
    rows = [] if block is None else [list(one) for one in block.rows]
    return {"title": title, "headings": [] if block is None else list(block.headings), "rows": rows}
