"""Official series: set up by who keeps them; values are written down version by version, by form or by file."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import admin
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.http import content_disposition_header
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from unfold import widgets

from backoffice.base import ChildRows
from backoffice.changelist import name_column
from backoffice.cooperation_panels import StepForm, column
from backoffice.details import EMPTY
from backoffice.panels import Panel, PanelsMixin
from backoffice.principals import principal_of
from backoffice.publishable import reported_scopes
from backoffice.rows import editable_rows, visible_rows
from figures.choices import MILESTONES
from figures.definitions.registry import all_definitions, definition_of
from figures.models import Observation, Series
from figures.scopes import parsed
from figures.services.observation_files import COLUMNS, MOST_BYTES, record_file
from figures.services.observations import add_series, change_series, record_observation
from figures.units import UNITS, value_en, value_zh
from zones.errors import InvalidInput
from zones.exporting.formats import XLSX
from zones.exporting.tables import xlsx_of
from zones.models.base import in_language
from zones.scoping import SYSTEM, Principal

SAID_OF = {
    "figure": _("平台按记录计算的同一项指标：两者并列显示"),
    "scope": _("所选指标的统计范围；与对应指标一并选择，或都不选"),
    "milestone": _("所选指标分“促成”“完成”时必选"),
}


class ObservationForm(StepForm):
    """One value as it was published."""

    period = column(Observation, "period")
    value = forms.CharField(label=_("数值"), max_length=40, widget=widgets.UnfoldAdminTextInputWidget())
    unit = forms.CharField(
        label=_("单位"), max_length=10, required=False, help_text=_("金额必填：元、万元、亿元或万亿元；其他可留空"),
        widget=widgets.UnfoldAdminTextInputWidget(),
    )  # fmt: skip
    published_on = column(Observation, "published_on")
    is_forecast = forms.BooleanField(label=_("预计数"), required=False, widget=widgets.UnfoldBooleanSwitchWidget())
    source = column(Observation, "source_zh", is_required=False)
    reason = forms.CharField(
        label=_("更正原因"), max_length=300, required=False, help_text=_("该期已有数据时必填；已锁定的统计将按此重述"),
        widget=widgets.UnfoldAdminTextInputWidget(),
    )  # fmt: skip


class ObservationFileForm(StepForm):
    """Many values at once: all or none."""

    file = forms.FileField(
        label=_("XLSX 或 CSV 文件"),
        help_text=_("列：统计期、数值、单位（金额必填）、公布日、预计数、出处、更正原因；全部写入，或一行也不写"),
        widget=widgets.UnfoldAdminFileFieldWidget(),
    )  # fmt: skip


class SeriesForm(StepForm):
    """What is said of a series; its code and unit stay."""

    name_zh = column(Series, "name_zh")
    name_en = column(Series, "name_en", is_required=False)
    source_zh = column(Series, "source_zh")
    source_url = column(Series, "source_url", is_required=False)
    figure = forms.ChoiceField(label=_("对应指标"), required=False, widget=widgets.UnfoldAdminSelectWidget())
    scope = forms.ChoiceField(label=_("对应范围"), required=False, widget=widgets.UnfoldAdminSelectWidget())
    milestone = forms.ChoiceField(label=_("对应口径"), required=False, widget=widgets.UnfoldAdminSelectWidget())

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        told = kwargs.get("initial") or {}
        for name, choices in REPORTED.items():
            field: Any = self.fields[name]
            field.choices = choices(told.get(name, ""))


def _figures(_current: str = "") -> list[tuple[str, str]]:
    return [
        ("", "—"),
        *(
            (one.id, gettext("%(what)s（%(part)s）") % {"what": capfirst(one.name), "part": one.id})
            for one in all_definitions().values()
        ),
    ]


def _milestones(_current: str = "") -> list[tuple[str, str]]:
    return [("", "—"), *((key, str(name)) for key, name in MILESTONES.items())]


REPORTED: dict[str, Callable[[str], Any]] = {"figure": _figures, "scope": reported_scopes, "milestone": _milestones}
"""What names the figure a series reports: chosen by name, kept as codes."""


def _keeps(principal: Principal, row: Any) -> bool:
    return editable_rows(Series, principal).filter(pk=row.pk).exists()


def _observe(principal: Principal, row: Any, values: dict[str, Any]) -> Any:
    values.pop("version")
    return record_observation(principal, series_id=row.pk, **values)


def _observe_file(principal: Principal, row: Any, values: dict[str, Any]) -> Any:
    return record_file(principal, series_id=row.pk, content=values["file"].read(MOST_BYTES + 1))


def _change(principal: Principal, row: Any, values: dict[str, Any]) -> Any:
    return change_series(principal, series_id=row.pk, **values)


def _panel(name: str, title: Any, form: type[StepForm], submit: Any, done: Any) -> Panel:
    def make(principal: Principal, row: Any, data: Any) -> forms.Form:
        told = {one: getattr(row, one) for one in form.base_fields if hasattr(row, one)}
        is_money = UNITS[row.unit].is_money
        made = form(data, initial=told | {"unit": "亿元" if is_money else ""})
        if "file" in made.fields:
            template = reverse("admin:figures_series_template"), gettext("下载空白表格")
            made.fields["file"].help_text = format_html(
                '{} <a class="office-link" href="{}">{}</a>', form.base_fields["file"].help_text, *template
            )
        if "unit" in made.fields:
            made.fields["unit"].required = is_money
            made.fields["unit"].error_messages["required"] = gettext("请填写金额单位：元、万元、亿元或万亿元。")
        return made

    return Panel(name, title, title, make, submit, _keeps, done)


@admin.register(Series)
class SeriesAdmin(PanelsMixin):
    """Read by everybody here; kept by the staff of its zone, a secretariat, or the system."""

    add_title = _("登记官方数据系列")
    when_empty = _("登记第一个官方数据系列后，会显示在这里。")
    ordering = ("code",)
    shown_name = name_column(_("名称"), "name_zh")
    list_display = ("shown_name", "code", "shown_unit", "shown_figure", "source_zh")
    search_fields = ("code", "name_zh", "name_en")
    search_help_text = _("按名称、代号查找")
    actions = None
    panels = (
        _panel("observe", _("登记数值"), ObservationForm, _observe, _("已登记数值")),
        _panel("observe-file", _("批量登记数值"), ObservationFileForm, _observe_file, _("已登记文件中的全部数值")),
        _panel("change", _("修改说明"), SeriesForm, _change, _("已保存")),
    )
    fieldsets = (
        (
            _("系列"),
            {
                "fields": (
                    ("zone", "association"),
                    ("code", "unit"),
                    ("name_zh", "name_en"),
                    ("source_zh", "source_url"),
                ),
                "description": _("官方公布、平台不能自行统计的数据；金额一律以元存储，登记时写明单位即可。"),
            },
        ),
        (_("与平台统计并列显示"), {"fields": ("figure", "scope", "milestone")}),
    )

    def may_write_here(self, principal: Principal) -> bool:
        return super().may_write_here(principal) or bool(principal.secretariats)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """A series is read with its values; what is changed stands in panels beside them."""
        return obj is None and super().has_change_permission(request, obj)

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "unit":
            kwargs["choices"] = [
                ("", "—"),
                *((key, str(unit) or unit.zh or gettext("日期")) for key, unit in UNITS.items()),
            ]
        if db_field.name in REPORTED:
            return forms.ChoiceField(
                label=db_field.verbose_name, choices=REPORTED[db_field.name](""), required=False,
                help_text=SAID_OF.get(db_field.name, ""), widget=widgets.UnfoldAdminSelectWidget(),
            )  # fmt: skip
        return super().formfield_for_dbfield(db_field, request, **kwargs)

    def write(
        self, principal: Principal, *, row: Any, version: int | None, values: dict[str, Any], rows: ChildRows
    ) -> Any:
        return add_series(principal, **values)

    def template_view(self, request: HttpRequest) -> HttpResponse:
        """A table of values with nothing but its headings."""
        if not self.has_add_permission(request):
            raise Http404
        answer = HttpResponse(xlsx_of([list(COLUMNS)], title=gettext("数值")), content_type=XLSX)
        name = gettext("官方数据-登记模板.xlsx")
        answer["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name)
        return answer

    def get_urls(self) -> list[Any]:
        view, name = self.admin_site.admin_view(self.template_view), self.name_of("template").removeprefix("admin:")
        return [path("template/", view, name=name), *super().get_urls()]

    @admin.display(description=_("计量单位"))
    def shown_unit(self, row: Any) -> str:
        return str(UNITS[row.unit]) or EMPTY

    @admin.display(description=_("对应指标"))
    def shown_figure(self, row: Any) -> str:
        return _named(row)["figure"]

    def read_sections(self, request: HttpRequest, row: Any, *, is_own: bool) -> list[dict[str, Any]]:
        """With names where codes are kept."""
        names = {str(row._meta.get_field(name).verbose_name): told for name, told in _named(row).items()}
        sections = super().read_sections(request, row, is_own=is_own)
        for pair in (pair for section in sections for pair in section["pairs"]):
            pair["value"] = names.get(pair["label"], pair["value"])
        return sections

    def read_fieldsets(self, request: HttpRequest, row: Any) -> list[tuple[Any, list[str]]]:
        what = [
            "zone",
            "association",
            "code",
            "unit",
            "name_en",
            "source_zh",
            "source_url",
            "figure",
            "scope",
            "milestone",
        ]
        return [(gettext("系列"), what)]

    def read_tables(self, request: HttpRequest, row: Any, *, is_own: bool) -> list[dict[str, Any]]:
        found = visible_rows(Observation, principal_of(request)).filter(series=row).order_by("-first_day", "-number")
        headings = [
            gettext("统计期"),
            gettext("数值"),
            gettext("公布日"),
            gettext("版次"),
            gettext("出处"),
            gettext("更正原因"),
        ]
        rows = [
            [one.period, _value(row, one), one.published_on, one.number, one.source_zh or EMPTY, one.reason_zh or EMPTY]
            for one in found
        ]
        return [{"title": gettext("数值"), "headings": headings, "rows": rows}]


def _named(row: Any) -> dict[str, str]:
    """What the codes of a series are called, by column."""
    try:
        scope = parsed(row.scope, SYSTEM).name if row.scope else EMPTY
    except InvalidInput:
        scope = row.scope
    return {
        "figure": definition_of(row.figure).name if row.figure else EMPTY,
        "scope": scope,
        "milestone": str(MILESTONES.get(row.milestone, EMPTY)),
        "unit": str(UNITS[row.unit]) or EMPTY,
    }


def _value(series: Any, row: Any) -> str:
    unit = UNITS[series.unit]
    told = in_language(value_zh(row.value, unit), value_en(row.value, unit))
    return gettext("%(value)s（预计）") % {"value": told} if row.is_forecast else told
