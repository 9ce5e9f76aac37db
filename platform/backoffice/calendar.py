"""The working-day calendar: read by everybody who works here, kept by the system."""

from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from unfold import widgets

from backoffice.base import ChildRows, ScopedModelAdmin
from backoffice.filters import Rows, choice_filter
from backoffice.steps import Step
from zones.models import SpecialDay
from zones.scoping import Principal
from zones.services.calendar import drop_special_day, set_special_day


def _day(key: str) -> Any:
    """2026-10-01 as a date, or None."""
    try:
        return forms.DateField(input_formats=["%Y-%m-%d"]).clean(key)
    except forms.ValidationError:
        return None


@admin.register(SpecialDay)
class SpecialDayAdmin(ScopedModelAdmin):
    add_title = _("登记放假或调休")
    ordering = ("-day",)
    list_display = ("day", "is_working", "name_zh", "name_en", "source")
    list_filter = (choice_filter("is_working", _("上班"), [("True", _("调休上班")), ("False", _("放假"))]),)
    search_fields = ("name_zh", "name_en")
    search_help_text = _("按名称查找")
    actions = None
    fieldsets = (
        (
            _("工作日历"),
            {
                "fields": (("day", "is_working"), ("name_zh", "name_en"), "source"),
                "description": _("只登记与星期不符的日子：放假的工作日、调休上班的周末。审核等时限按此计算。"),
            },
        ),
    )
    steps = (
        Step(
            "drop",
            _("取消登记"),
            "undo",
            lambda principal, row, version: drop_special_day(principal, day=row.day, version=version),
            lambda principal, row: principal.is_system,
            _("已取消，该日按星期计算"),
            style="danger",
            confirm=_("取消后该日按星期计算。确定取消？"),
        ),
    )

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """The day is given once."""
        ((title, options),) = self.fieldsets
        first, *others = options["fields"]
        return ((title, {**options, "fields": (first if obj is None else first[1:], *others)}),)

    def may_write_here(self, principal: Principal) -> bool:
        return principal.is_system

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "day":
            kwargs["widget"] = widgets.UnfoldAdminSingleDateWidget()
        return super().formfield_for_dbfield(db_field, request, **kwargs)

    def key_of(self, row: Any) -> str:
        return str(row.day.isoformat())

    def find(self, rows: Rows, key: str) -> Any:
        day = _day(key)
        return rows.filter(day=day).first() if day else None

    def url_after_step(self, row: Any, step: Step) -> str:
        return reverse(self.name_of("changelist"))

    def write(
        self, principal: Principal, *, row: Any, version: int | None, values: dict[str, Any], rows: ChildRows
    ) -> Any:
        if row is None:
            return set_special_day(principal, **values)
        return set_special_day(principal, **(values | {"day": row.day, "version": version}))
