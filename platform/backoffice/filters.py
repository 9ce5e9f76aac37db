"""Filters of lists. Each has a closed list of values made from public facts; an unlisted value is refused (400)."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from django.core.exceptions import SuspiciousOperation
from django.db.models import QuerySet
from django.forms import Select
from django.forms.utils import flatatt
from django.http import HttpRequest
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.forms import DropdownForm

from backoffice.framework import DropdownFilter
from backoffice.principals import principal_of
from backoffice.rows import is_public_path, own_side
from zones.models import Zone
from zones.scoping import Principal

Rows = QuerySet[Any]
Apply = Callable[[Rows, str, Principal], Rows]
SELECTED = mark_safe(" selected")


class FilterSelect(Select):
    """What unfold's widget draws, without a template for each of its options: a list of zones has 183."""

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        chosen = self.format_value(value)
        lines = ((key, SELECTED if str(key) in chosen else "", label) for key, label in self.choices)
        options = format_html_join("", '<option value="{}"{}>{}</option>', lines)
        return format_html(
            '<div class="grow relative max-w-2xl"><select name="{}"{}>{}</select></div>',
            name,
            flatatt(self.build_attrs(self.attrs, attrs)),
            options,
        )


class FilterForm(DropdownForm):
    widget = FilterSelect(attrs=DropdownForm.widget.attrs)


class RefusingFilter(DropdownFilter):
    """A filter that answers listed values only."""

    form_class = FilterForm

    def choices(self, changelist: Any) -> Iterator[Any]:
        """Under its own title: unfold's "By …" reads badly in Chinese."""
        shown: Iterator[Any] = super().choices(changelist)
        for choice in shown:
            for field in choice["form"].fields.values():
                field.label = self.title
            yield choice

    def queryset(self, request: HttpRequest, queryset: Rows) -> Rows:
        value = self.value()
        if not value:
            return queryset
        if value not in {str(key) for key, _label in self.lookup_choices}:
            raise SuspiciousOperation("unlisted filter value")
        return self.narrow(queryset, value, principal_of(request))

    def narrow(self, rows: Rows, value: str, principal: Principal) -> Rows:
        raise NotImplementedError


def choice_filter(field: str, title: Any, choices: Iterable[tuple[Any, Any]]) -> type[RefusingFilter]:
    """Filter by a public column with a closed list of values."""

    class ChoiceFilter(RefusingFilter):
        parameter_name = field

        def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[Any, Any]]:
            return [(str(key), label) for key, label in choices]

        def narrow(self, rows: Rows, value: str, principal: Principal) -> Rows:
            assert is_public_path(rows.model, field)
            return rows.filter(**{field: value})

    ChoiceFilter.title = title
    return ChoiceFilter


def rule_filter(parameter: str, title: Any, choices: Iterable[tuple[str, Any]], apply: Apply) -> type[RefusingFilter]:
    """Filter by a rule that gets the principal."""

    class RuleFilter(RefusingFilter):
        parameter_name = parameter

        def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[Any, Any]]:
            return list(choices)

        def narrow(self, rows: Rows, value: str, principal: Principal) -> Rows:
            return apply(rows, value, principal)

    RuleFilter.title = title
    return RuleFilter


class ZoneFilter(RefusingFilter):
    """By zone; zones are public, so the list of values is the same for everybody."""

    title = _("高新区")
    parameter_name = "zone"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[Any, Any]]:
        return [(zone.slug, str(zone)) for zone in Zone.objects.order_by("pinyin_key", "pk")]

    def narrow(self, rows: Rows, value: str, principal: Principal) -> Rows:
        return rows.filter(zone__slug=value)


def _by_side(rows: Rows, value: str, principal: Principal) -> Rows:
    mine = own_side(rows.model, principal)
    return rows.filter(mine) if value == "own" else rows.exclude(mine)


SideFilter = rule_filter("side", _("范围"), [("own", _("本园区（单位）")), ("others", _("其他园区共享"))], _by_side)
