"""Catalogues: published by a zone with a partner; resources are listed and taken off by day, many at a time."""

from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import Count
from django.http import HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from unfold import widgets

from backoffice.base import ChildRows
from backoffice.changelist import name_column
from backoffice.cooperation_panels import StepForm
from backoffice.details import EMPTY
from backoffice.filters import Rows, SideFilter, ZoneFilter
from backoffice.kept import ReadPage
from backoffice.list_files import ListFiles, Table, day_text
from backoffice.panel_fields import day
from backoffice.panels import Panel
from backoffice.principals import principal_of
from backoffice.rows import choices_of, editable_rows, visible_rows
from zones.models import Catalogue, CatalogueItem, Organization, Resource
from zones.scoping import Principal, today
from zones.services.catalogues import (
    change_catalogue,
    count_catalogue,
    list_named,
    publish_catalogue,
    withdraw_named,
)

SHOWN_ITEMS = 500


class NamesForm(StepForm):
    names = forms.CharField(
        label=_("资源"),
        max_length=20_000,
        help_text=_("每行一个：资源编号，或完整名称"),
        widget=widgets.UnfoldAdminTextareaWidget(attrs={"rows": 5}),
    )

    def clean_names(self) -> list[str]:
        return [line.strip() for line in self.cleaned_data["names"].splitlines() if line.strip()]


class ListingForm(NamesForm):
    listed_on = day(_("入目录日"))


class WithdrawalForm(NamesForm):
    withdrawn_on = day(_("出目录日"), _("首个不在目录中的日期"))


def _panel(name: str, title: Any, form: Any, service: Any, done: Any) -> Panel:
    return Panel(
        name,
        title,
        title,
        lambda principal, row, data: form(data, initial={"version": row.version}),
        lambda principal, row, values: service(principal, catalogue_id=row.pk, **values),
        lambda principal, row: editable_rows(Catalogue, principal).filter(pk=row.pk).exists(),
        done,
    )


@admin.register(Catalogue)
class CatalogueAdmin(ListFiles, ReadPage):
    file_title = _("资源目录")
    add_title = _("发布目录")
    when_empty = _("发布第一份资源目录后，会显示在这里。")
    ordering = ("-published_on", "id")
    shown_title = name_column(_("名称"), "title_zh")
    list_display = ("shown_title", "zone", "shown_partner", "published_on", "shown_items")
    list_select_related = ("zone",)
    list_filter = (SideFilter, ZoneFilter)
    search_fields = ("title_zh", "title_en")
    search_help_text = _("按名称查找")
    actions = None
    fieldsets = ((_("资源目录"), {"fields": ("zone", "partner", ("title_zh", "title_en"), "published_on")}),)
    panels = (
        _panel("list", _("列入资源"), ListingForm, list_named, _("资源已列入目录")),
        _panel("take-off", _("登记出目录"), WithdrawalForm, withdraw_named, _("已登记出目录")),
    )

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """Whose it is does not change."""
        names = ["zone", "partner", ("title_zh", "title_en"), "published_on"]
        return ((_("资源目录"), {"fields": names if obj is None else names[1:]}),)

    def initial_values(self, request: HttpRequest) -> dict[str, Any]:
        zones = list(choices_of(Catalogue, "zone", principal_of(request))[:2])
        return {"zone": zones[0]} if len(zones) == 1 else {}

    def write(
        self, principal: Principal, *, row: Any, version: int | None, values: dict[str, Any], rows: ChildRows
    ) -> Any:
        if row is None:
            return publish_catalogue(principal, resources=[], **values)
        return change_catalogue(principal, catalogue_id=row.pk, version=version, **values)

    def prepare_page(self, request: HttpRequest, rows: list[Any]) -> None:
        partners = visible_rows(Organization, principal_of(request))
        names = {one.pk: str(one) for one in partners.filter(pk__in={row.partner_id for row in rows})}
        seen = visible_rows(Resource, principal_of(request)).values("pk")
        items = CatalogueItem.objects.filter(catalogue__in=rows, withdrawn_on__isnull=True, resource__in=seen)
        counts = dict(items.order_by().values_list("catalogue").annotate(Count("pk")))
        for row in rows:
            row.partner_name, row.item_count = names.get(row.partner_id, EMPTY), counts.get(row.pk, 0)

    @admin.display(description=_("合作机构"))
    def shown_partner(self, row: Any) -> str:
        return str(getattr(row, "partner_name", EMPTY))

    @admin.display(description=_("现有条目"))
    def shown_items(self, row: Any) -> int:
        return int(getattr(row, "item_count", 0))

    def record_context(self, request: HttpRequest, row: Any) -> dict[str, Any]:
        counts = count_catalogue(principal_of(request), catalogue=row, on=today())
        told = gettext("公共实验室 %(laboratories)d 家 · 仪器设备 %(units)d 台(套)") % counts._asdict()
        return super().record_context(request, row) | {"record_facts": [str(row.zone), told]}

    def read_fieldsets(self, request: HttpRequest, row: Any) -> list[tuple[Any, list[str]]]:
        return [(gettext("资源目录"), ["zone", "partner", "title_zh", "title_en", "published_on"])]

    def read_tables(self, request: HttpRequest, row: Any, *, is_own: bool) -> list[dict[str, Any]]:
        items = list(_items(principal_of(request), row)[: SHOWN_ITEMS + 1])
        note = gettext("只显示前 %(count)d 条，全部请导出。") % {"count": SHOWN_ITEMS}
        return [
            {
                "title": gettext("目录条目"),
                "note": note if len(items) > SHOWN_ITEMS else "",
                "headings": [gettext("资源"), gettext("类型"), gettext("入目录日"), gettext("出目录日")],
                "rows": [
                    [one.resource.name_zh, one.resource.get_kind_display(), one.listed_on, one.withdrawn_on or EMPTY]
                    for one in items[:SHOWN_ITEMS]
                ],
                "empty": gettext("目录中还没有您能看到的资源。"),
            }
        ]

    def table(self, principal: Principal, rows: Rows) -> Table:
        yield [gettext("目录"), gettext("高新区"), gettext("资源"), gettext("类型"), gettext("入目录日"),
               gettext("出目录日")]  # fmt: skip
        for row in rows.select_related("zone"):
            for one in _items(principal, row):
                told = [row.title_zh, str(row.zone), one.resource.name_zh, one.resource.get_kind_display()]
                yield [*told, day_text(one.listed_on), day_text(one.withdrawn_on)]


def _items(principal: Principal, row: Any) -> Any:
    """The items whose resource the reader may see."""
    seen = visible_rows(Resource, principal).filter(zone_id=row.zone_id).values("pk")
    items = CatalogueItem.objects.filter(catalogue=row, resource__in=seen)
    return items.select_related("resource").order_by("listed_on", "pk")
