"""The rows of a list page as HTML, drawn in Python: headings once, one class per cell, no template per row.

A page of fifty rows took a third of a second by unfold's tag, which makes the headings anew for each row.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any, Final, NamedTuple

from django.contrib.admin.utils import lookup_field
from django.db.models import ForeignKey
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from unfold.templatetags.unfold_list import result_headers
from unfold.utils import display_for_field, display_for_value

TONES: Final = frozenset({"info", "success", "warning", "danger"})
CHECKBOX: Final = "action_checkbox"


class Column(NamedTuple):
    """One column: its name in `list_display`, and its title, which a narrow screen shows before each value."""

    name: str
    title: Any


def headings_of(changelist: Any) -> list[Mapping[str, Any]]:
    """What the head of the table shows; unfold's template draws it."""
    return list(result_headers(changelist))


def rows_of(changelist: Any, headings: Sequence[Mapping[str, Any]]) -> Iterator[SafeString]:
    """Each row of the page as a `tr`; the first column after the boxes leads to the record."""
    names = changelist.list_display
    columns = [Column(name, heading["text"]) for name, heading in zip(names, headings, strict=True)]
    linked = next(name for name in names if name != CHECKBOX)
    for row in changelist.result_list:
        cells = ((_cell(changelist, row, column, column.name == linked),) for column in columns)
        yield format_html('<tr class="data-row">{}</tr>', format_html_join("", "{}", cells))


def _cell(changelist: Any, row: Any, column: Column, is_linked: bool) -> SafeString:
    page = changelist.model_admin
    if column.name == CHECKBOX:
        cell = '<td class="action-checkbox" data-label="{}">{}</td>'
        return format_html(cell, _("选择记录"), page.action_checkbox(row))
    shown = _shown(page, row, column.name)
    if not is_linked:
        return format_html('<td class="field-{}" data-label="{}">{}</td>', column.name, column.title, shown)
    cell = '<th scope="row" class="field-{}" data-label="{}"><a href="{}">{}</a></th>'
    return format_html(cell, column.name, column.title, _address(changelist, row), shown)


def _address(changelist: Any, row: Any) -> str:
    """Where a row leads; the way back remembers the filters of the list."""
    filters = changelist.preserved_filters
    url: str = changelist.url_for_result(row)
    return f"{url}?{filters}" if filters else url


def _shown(page: Any, row: Any, name: str) -> Any:
    """The value of a column as people read it."""
    field, shown, value = lookup_field(name, row, page)
    empty = page.get_empty_value_display()
    if field is None:
        tones = getattr(shown, "label", None)
        return _label(value, tones) if tones else display_for_value(value, empty, getattr(shown, "boolean", False))
    if isinstance(field, ForeignKey):
        return empty if value is None else value
    text = display_for_field(value, field, empty)
    return format_html('<span class="office-unbroken">{}</span>', text) if isinstance(value, date) else text


def _label(value: tuple[str, str] | str, tones: Mapping[str, str]) -> SafeString | str:
    """A state as a coloured word; `value` is its key and its name, or a text that is no state."""
    if isinstance(value, str):
        return value
    key, name = value
    tone = tones.get(key, "")
    return format_html('<span class="office-label office-label-{}">{}</span>', tone if tone in TONES else "plain", name)
