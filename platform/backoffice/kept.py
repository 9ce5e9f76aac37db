"""What the pages of the mechanisms share: a list with its files, a form with lists below it, a page to read and to
withdraw on. A page names its `Shape` and what people see of it.
"""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any, ClassVar

from django.contrib import admin
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from backoffice.base import ChildRows
from backoffice.changelist import name_column
from backoffice.cooperation_panels import StepForm
from backoffice.details import EMPTY, value_text
from backoffice.filters import Rows, SideFilter, ZoneFilter, choice_filter, rule_filter
from backoffice.framework import display
from backoffice.inlines import RowsInline
from backoffice.list_files import ListFiles, Table
from backoffice.panel_fields import words
from backoffice.panels import Panel, PanelsMixin
from backoffice.principals import principal_of
from backoffice.rows import choices_of, editable_rows, visible_rows
from zones.choices import Dimension
from zones.errors import listed
from zones.models.base import ScopedModel
from zones.models.kept import Kept
from zones.scoping import Principal, today
from zones.services.keeping import Shape, change_kept, record_kept, withdraw_kept
from zones.wording import money

MONEY = frozenset({"size", "amount", "planned_value", "actual_value"})
"""Columns in 元."""
KEEPING = (
    _("登记与依据"),
    {"fields": (("zone", "association"), ("visibility", "dimension"), "source_zh", "source_url")},
)
TONES = {"current": "success", "over": "default", "withdrawn": "danger"}


class WithdrawForm(StepForm):
    because = words(
        _("撤销原因"), is_required=True, help_text=_("登记有误或重复时撤销；已结束的请填写结束日期，不要撤销")
    )


def rows_below(shape: Shape, name: str, title: Any) -> type[RowsInline]:
    """The rows of one list, as its record's form takes them."""
    fields = {"model": shape.parts[name], "fk_name": shape.whole, "fields": shape.part_columns(name)}
    return type(f"{name.title()}Inline", (RowsInline,), fields | {"verbose_name_plural": title, "max_num": 100})


def _by_state(rows: Rows, value: str, principal: Principal) -> Rows:
    model: type[Kept] = rows.model
    if value == "withdrawn":
        return rows.filter(withdrawn_on__isnull=False)
    rows = rows.filter(withdrawn_on__isnull=True)
    there = model.there_on(today())
    return rows.filter(there) if value == "current" else rows.exclude(there)


StateFilter = rule_filter(
    "state", _("状态"), [("current", _("现行")), ("over", _("已结束")), ("withdrawn", _("已撤销"))], _by_state
)


class ReadPage(PanelsMixin):
    """A record its editors fill in by a form, with a page beside it on which it is read and its panels stand."""

    def tabs(self, request: HttpRequest, row: Any, *, is_own: bool) -> list[dict[str, Any]]:
        found = super().tabs(request, row, is_own=is_own)
        if self.has_change_permission(request, row):
            url = self.url_of(row, "read")
            title = {"title": gettext("详情与办理"), "icon": "article"}
            found.insert(1, {"url": url, "is_here": url == request.path} | title)
        return found

    def read_page(self, request: HttpRequest, object_id: str) -> HttpResponse:
        row = self.row_or_404(request, object_id)
        return self.read_view(request, row, self.record_context(request, row))

    def get_urls(self) -> list[Any]:
        view, name = self.admin_site.admin_view(self.read_page), self.name_of("read").removeprefix("admin:")
        return [path("<path:object_id>/read/", view, name=name), *super().get_urls()]


def _is_there(row: Any) -> bool:
    """Whether it is there today; `there_on` asks the same of the database."""
    ended = getattr(row, row.ends) if row.ends else None
    return ended is None or ended > today() or (row.is_inclusive and ended == today())


def list_of(shape: Shape, *told: str) -> tuple[str, ...]:
    """The columns of a list: what and whose it is, what its page tells besides, its days, how it stands."""
    days = tuple(name for name in (shape.model.begins, shape.model.ends) if name)
    return ("shown_title", "shown_keeper", *told, *days, "shown_state")


def filters_of(*own: Any) -> tuple[Any, ...]:
    dimension = choice_filter("dimension", _("协同维度"), Dimension.choices)
    return (StateFilter, SideFilter, *own, dimension, ZoneFilter)


def fields_of(title: Any, *names: Any) -> tuple[Any, ...]:
    """The form: what it is, then who keeps it and by what it is known."""
    return ((title, {"fields": ("title_zh", "title_en", *names)}), KEEPING)


def own_keeper(model: type[Model], principal: Principal) -> dict[str, Any]:
    """Who keeps a new record, where there is no choice."""
    zones, associations = (list(choices_of(model, name, principal)[:2]) for name in ("zone", "association"))
    if len(zones) == 1:
        return {"zone": zones[0]}
    return {"association": associations[0]} if len(associations) == 1 and not zones else {}


def count_column(title: Any) -> Any:
    """How many rows a record has in the list its page counts."""

    @admin.display(description=title)
    def shown_count(page: Any, row: Any) -> int:
        return int(getattr(row, "counted", 0))

    return shown_count


def withdrawal(shape: Shape) -> tuple[Panel, ...]:
    def is_offered(principal: Principal, row: Any) -> bool:
        return row.withdrawn_on is None and editable_rows(shape.model, principal).filter(pk=row.pk).exists()

    return (
        Panel(
            "withdraw",
            _("撤销记录"),
            _("撤销"),
            lambda principal, row, data: WithdrawForm(data, initial={"version": row.version}),
            lambda principal, row, values: withdraw_kept(principal, shape, record_id=row.pk, **values),
            is_offered,
            _("记录已撤销，不再计入统计"),
        ),
    )


class KeptAdmin(ListFiles, ReadPage):
    """Whoever keeps a record writes it; others read it as far as it is open."""

    shape: ClassVar[Shape]
    counted: ClassVar[str] = ""
    """The list whose rows the column `shown_count` counts."""
    actions = None
    search_fields: ClassVar[tuple[str, ...]] = ("title_zh", "title_en")
    search_help_text: ClassVar[Any] = _("按名称查找")
    list_filter = filters_of()
    list_select_related: ClassVar[tuple[str, ...]] = ("zone", "association")
    shown_title = name_column(_("名称"), "title_zh")

    # Rights

    def may_write_here(self, principal: Principal) -> bool:
        return super().may_write_here(principal) or bool(principal.secretariats)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """What was withdrawn is read."""
        is_over = obj is not None and obj.pk is not None and obj.withdrawn_on is not None
        return not is_over and super().has_change_permission(request, obj)

    # Writing

    def initial_values(self, request: HttpRequest) -> dict[str, Any]:
        return own_keeper(self.model, principal_of(request))

    def write(
        self, principal: Principal, *, row: Any, version: int | None, values: dict[str, Any], rows: ChildRows
    ) -> Any:
        parts = {name: rows[name] for name in self.shape.parts if name in rows}
        if row is None:
            return record_kept(principal, self.shape, with_parts=parts, **values)
        return change_kept(principal, self.shape, record_id=row.pk, version=version, with_parts=parts, **values)

    # Reading

    def prepare_page(self, request: HttpRequest, rows: list[Any]) -> None:
        if not self.counted:
            return
        counts: dict[int, int] = {}
        found = visible_rows(self.shape.parts[self.counted], principal_of(request))
        for pk in found.filter(**{f"{self.shape.whole}__in": rows}).values_list(f"{self.shape.whole}_id", flat=True):
            counts[pk] = counts.get(pk, 0) + 1
        for row in rows:
            row.counted = counts.get(row.pk, 0)

    @admin.display(description=_("登记方"))
    def shown_keeper(self, row: Any) -> str:
        return str(row.zone or row.association)

    @display(description=_("状态"), label=TONES)
    def shown_state(self, row: Any) -> tuple[str, str]:
        if row.withdrawn_on is not None:
            return "withdrawn", gettext("已撤销")
        if not row.ends:
            return "current", gettext("已登记")
        return ("current", gettext("现行")) if _is_there(row) else ("over", gettext("已结束"))

    def record_context(self, request: HttpRequest, row: Any) -> dict[str, Any]:
        tone, state = self.shown_state(row)
        told = {
            "record_badge": {"text": state, "type": TONES[tone]},
            "record_facts": [str(row.zone or row.association), row.get_visibility_display()],
            "record_note": row.withdrawn_because_zh,
        }
        return super().record_context(request, row) | told

    def read_fieldsets(self, request: HttpRequest, row: Any) -> list[tuple[Any, list[str]]]:
        ours, keeping = super().read_fieldsets(request, row)
        return [ours, (keeping[0], [*keeping[1], "withdrawn_on", "withdrawn_because_zh"])]

    def read_tables(self, request: HttpRequest, row: Any, *, is_own: bool) -> list[dict[str, Any]]:
        principal = principal_of(request)
        return [table_of(self.shape, name, row, principal) for name in self.shape.parts]

    # Files

    def table(self, principal: Principal, rows: Rows) -> Table:
        columns = [self.model._meta.get_field(name) for name in told_columns(self.shape)]
        yield [gettext("编号"), *(str(column.verbose_name) for column in columns), *self._list_titles()]
        found = list(rows)
        names = {column.name: names_of(column, found, principal) for column in columns if column.is_relation}
        counts = {name: self._counts(name, found, principal) for name in self.shape.parts}
        for row in found:
            told = [cell_of(row, column, names) for column in columns]
            yield [str(row.public_id), *told, *(str(count.get(row.pk, 0)) for count in counts.values())]

    def _list_titles(self) -> list[str]:
        return [str(model._meta.verbose_name_plural) for model in self.shape.parts.values()]

    def _counts(self, name: str, found: list[Any], principal: Principal) -> dict[int, int]:
        counts: dict[int, int] = {}
        rows = visible_rows(self.shape.parts[name], principal).filter(**{f"{self.shape.whole}__in": found})
        for pk in rows.values_list(f"{self.shape.whole}_id", flat=True):
            counts[pk] = counts.get(pk, 0) + 1
        return counts


def told_columns(shape: Shape) -> list[str]:
    """The columns people fill, in the order of the table."""
    return [column.name for column in shape.model._meta.fields if column.name in shape.written]


def names_of(column: Any, rows: Iterable[Any], principal: Principal) -> dict[int, str]:
    """What a column names, by its keys: of those the reader may see."""
    keys = {getattr(row, column.attname) for row in rows} - {None}
    return {row.pk: str(row) for row in visible_rows(column.related_model, principal).filter(pk__in=keys)}


def cell_of(row: Any, column: Any, names: dict[str, dict[int, str]]) -> str:
    """A value in a file; what the reader may not see is empty."""
    value = getattr(row, column.attname)
    if column.is_relation:
        return names[column.name].get(value, "")
    if column.choices:
        return str(getattr(row, f"get_{column.name}_display")())
    if isinstance(value, list):
        return listed(map(str, value))
    return "" if value is None else str(value)


def table_of(shape: Shape, name: str, row: Any, principal: Principal) -> dict[str, Any]:
    """One list of a record, for reading: an organization is named to who may see it."""
    model = shape.parts[name]
    columns: list[Any] = [model._meta.get_field(column) for column in shape.part_columns(name)]
    found = list(visible_rows(model, principal).filter(**{shape.whole: row}).order_by("position", "pk"))
    names = {column.name: names_of(column, found, principal) for column in columns if column.is_relation}
    return {
        "title": str(model._meta.verbose_name_plural),
        "headings": [str(column.verbose_name) for column in columns],
        "rows": [[_shown(one, column, names, principal) for column in columns] for one in found],
        "empty": gettext("尚未登记。"),
    }


def _shown(row: ScopedModel, column: Any, names: dict[str, dict[int, str]], principal: Principal) -> str:
    value = getattr(row, column.attname)
    if column.is_relation:
        return names[column.name].get(value, EMPTY)
    if column.name in MONEY and isinstance(value, Decimal):
        return money(value)
    return value_text(row, column, principal)
