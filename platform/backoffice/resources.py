"""Resources of all kinds: published, confirmed, retired; parts, capabilities and sharing written with them."""

from typing import Any

from django.contrib import admin
from django.db.models import prefetch_related_objects
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from backoffice.bare import bare_page
from backoffice.base import ChildRows, is_editable
from backoffice.campaigns import ReconfirmPages
from backoffice.changelist import name_column
from backoffice.details import EMPTY, plain_text, value_text
from backoffice.duplicates import OF_RESOURCES, MergePages
from backoffice.expiry import StaleFilter
from backoffice.filters import Rows, SideFilter, ZoneFilter, choice_filter
from backoffice.framework import display
from backoffice.photos import PhotoPages
from backoffice.principals import principal_of
from backoffice.pushed import PushedFilter, PushedPages
from backoffice.resource_rows import (
    DETAIL_INLINES,
    CapabilityInline,
    ExclusionInline,
    GrantInline,
    PartInline,
)
from backoffice.rows import choices_of, may_show, visible_rows
from backoffice.steps import Step
from zones.choices import ResourceKind, ResourceStatus, Visibility
from zones.models import (
    DETAIL_MODELS,
    Capability,
    Organization,
    Resource,
    ResourcePart,
)
from zones.models.resources import RESOURCE_GRAMS
from zones.scoping import Principal, today
from zones.services.resources import (
    WITHOUT_PARTS,
    ResourceParts,
    confirm_resource,
    publish_resource,
    retire_resource,
    update_resource,
)
from zones.wording import quantity_text

STATUS_LABELS = {
    ResourceStatus.ACTIVE: "success",
    ResourceStatus.DRAFT: "info",
    ResourceStatus.PAUSED: "warning",
    ResourceStatus.RETIRED: "default",
}
KIND_ICONS = {
    ResourceKind.LABORATORY: "biotech",
    ResourceKind.EQUIPMENT: "precision_manufacturing",
    ResourceKind.ACHIEVEMENT: "emoji_objects",
    ResourceKind.EXPERT_TEAM: "groups",
    ResourceKind.TESTBED: "science",
    ResourceKind.PILOT_LINE: "factory",
    ResourceKind.FINANCE_PRODUCT: "account_balance",
    ResourceKind.ENCLAVE_SPACE: "domain",
    ResourceKind.SERVICE: "support_agent",
}


STEPS = (
    Step(
        "confirm",
        _("核实无误"),
        "verified",
        lambda principal, row, version: confirm_resource(
            principal, resource_id=row.pk, version=version, confirmed_on=today()
        ),
        lambda principal, row: row.status != ResourceStatus.RETIRED and is_editable(Resource)(principal, row),
        _("已登记今日核实"),
        style="primary",
    ),
    Step(
        "retire",
        _("下线"),
        "archive",
        lambda principal, row, version: retire_resource(principal, resource_id=row.pk, version=version),
        lambda principal, row: row.status != ResourceStatus.RETIRED and is_editable(Resource)(principal, row),
        _("已下线"),
        style="danger",
        confirm=_("下线后不再推荐给任何需求。确定下线？"),
    ),
)


@admin.register(Resource)
class ResourceAdmin(PhotoPages, PushedPages, MergePages, ReconfirmPages):
    """Everything on offer."""

    steps = STEPS
    doubles = OF_RESOURCES
    add_title = _("登记资源")
    when_empty = _("登记或导入后即参与匹配。")
    ordering = ("-updated_at",)
    inlines = (PartInline, CapabilityInline, GrantInline, ExclusionInline)
    shown_name = name_column(_("名称"), "name_zh")
    list_display = ("shown_name", "kind", "shown_status", "zone", "shown_owner", "visibility", "confirmed_on")
    list_select_related = ()
    list_filter = (
        SideFilter,
        choice_filter("kind", _("资源类型"), ResourceKind.choices),
        choice_filter("status", _("状态"), ResourceStatus.choices),
        choice_filter("visibility", _("可见范围"), Visibility.choices),
        StaleFilter,
        PushedFilter,
        ZoneFilter,
    )
    search_fields = ("name_zh", "name_en", "keywords")
    own_search_fields = ("external_id",)
    search_grams = RESOURCE_GRAMS
    search_help_text = _("按名称、关键词或本园区的外部编号查找")
    actions = ("confirm_chosen", "retire_chosen")
    fieldsets = (
        (
            _("① 是什么"),
            {"fields": ("kind", "name_zh", "name_en", ("zone", "organization"), "description_zh", "keywords")},
        ),
        (_("② 分类"), {"fields": ("industry_codes", "discipline_codes", "equipment_codes", "modes")}),
        (
            _("③ 怎么合作"),
            {
                "fields": (
                    ("capacity", "capacity_note"),
                    ("trl", "lead_time_days"),
                    ("price_from", "price_to", "price_unit"),
                    ("price_note", "share_mode"),
                    "qualification",
                    "conditions",
                )
            },
        ),
        (
            _("④ 可见与核实"),
            {
                "fields": (("status", "visibility"), ("confirmed_on", "source_note"), ("latitude", "longitude")),
                "description": _("“联盟或网络内”可见的资源，还须在下方“共享授权”中选定联盟或网络。"),
            },
        ),
    )

    @display(description=_("状态"), label=STATUS_LABELS)
    def shown_status(self, row: Resource) -> tuple[str, str]:
        return row.status, row.get_status_display()

    @display(description=_("权属单位"))
    def shown_owner(self, row: Any) -> str:
        return getattr(row, "owner_name", EMPTY)

    def prepare_page(self, request: HttpRequest, rows: list[Any]) -> None:
        prefetch_related_objects(rows, "zone")  # joined, every row found would be, not only those of the page
        owners = {row.organization_id for row in rows}
        seen = visible_rows(Organization, principal_of(request)).filter(pk__in=owners)
        names = {organization.pk: str(organization) for organization in seen}
        for row in rows:
            row.owner_name = names.get(row.organization_id, EMPTY)

    @admin.action(description=_("确认仍有效（今日）"), permissions=["change"])
    def confirm_chosen(self, request: HttpRequest, queryset: Rows) -> None:
        self.run_for_each(request, queryset, STEPS[0])

    @admin.action(description=_("下线"), permissions=["change"])
    def retire_chosen(self, request: HttpRequest, queryset: Rows) -> None:
        self.run_for_each(request, queryset, STEPS[1])

    # Writing: the kind is chosen first, on a page of its own, and never changes

    def add_view(self, request: HttpRequest, form_url: str = "", extra_context: Any = None) -> HttpResponse:
        if self.has_add_permission(request) and self.kind_of(request, None) is None:
            return self.choose_kind(request)
        return super().add_view(request, form_url, extra_context)

    def choose_kind(self, request: HttpRequest) -> HttpResponse:
        url = reverse("admin:zones_resource_add")
        kinds = [
            {"url": f"{url}?kind={kind}", "label": label, "icon": KIND_ICONS[ResourceKind(kind)]}
            for kind, label in ResourceKind.choices
        ]
        context = {"title": gettext("登记资源"), "kinds": kinds}
        return bare_page(self, request, "admin/backoffice/choose_kind.html", context)

    def kind_of(self, request: HttpRequest, row: Any) -> str | None:
        if row is not None and row.pk:
            return str(row.kind)
        kind = request.GET.get("kind", "")
        return kind if kind in ResourceKind.values else None

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        form = super().get_form(request, obj, change=change, **kwargs)
        kind = form.base_fields["kind"]
        kind.disabled = True
        kind.initial = self.kind_of(request, obj)
        return form

    def get_inlines(self, request: HttpRequest, obj: Any = None) -> Any:
        kind = self.kind_of(request, obj)
        if kind is None:
            return self.inlines
        has_parts = kind not in WITHOUT_PARTS or _has_parts(obj, principal_of(request))
        own = self.inlines if has_parts else tuple(one for one in self.inlines if one is not PartInline)
        return (DETAIL_INLINES[kind], *own)

    def initial_values(self, request: HttpRequest) -> dict[str, Any]:
        zones = list(choices_of(Resource, "zone", principal_of(request))[:2])
        kind = {"kind": self.kind_of(request, None)}
        return kind | ({"zone": zones[0]} if len(zones) == 1 else {})

    def write(
        self, principal: Principal, *, row: Any, version: int | None, values: dict[str, Any], rows: ChildRows
    ) -> Any:
        kind = row.kind if row is not None else values["kind"]
        details = rows.get(f"{kind.replace('_', '')}detail", [])
        parts = ResourceParts(
            details=details[0] if details else None,
            parts=rows.get("parts"),
            capabilities=rows.get("capabilities"),
            grants=rows.get("grants"),
            exclusions=rows.get("exclusions"),
        )
        if row is None:
            return publish_resource(principal, with_parts=parts, **values)
        return update_resource(principal, resource_id=row.pk, version=version, with_parts=parts, **values)

    # Reading

    def record_context(self, request: HttpRequest, row: Any) -> dict[str, Any]:
        badge = {"text": row.get_status_display(), "type": STATUS_LABELS.get(row.status, "default")}
        confirmed = row.confirmed_on.isoformat() if row.confirmed_on else gettext("从未核实")
        facts = [row.get_kind_display(), str(row.zone), gettext("最近核实 %(day)s") % {"day": confirmed}]
        return super().record_context(request, row) | {"record_badge": badge, "record_facts": facts}

    def read_tables(self, request: HttpRequest, row: Any, *, is_own: bool) -> list[dict[str, Any]]:
        principal = principal_of(request)
        tables = [
            _detail_table(row, principal, is_own=is_own),
            _part_table(row, principal),
            _capability_table(row, principal),
        ]
        return [table for table in tables if table["rows"]]


def _detail_table(row: Resource, principal: Principal, *, is_own: bool) -> dict[str, Any]:
    model = DETAIL_MODELS[row.kind]
    detail = visible_rows(model, principal).filter(pk=row.pk).first()
    columns = [
        field for field in model._meta.fields if not field.primary_key and may_show(model, field.name, is_own=is_own)
    ]
    rows = [[str(field.verbose_name), value_text(detail, field, principal)] for field in columns] if detail else []
    known = [pair for pair in rows if pair[1] != EMPTY]
    return {"title": str(model._meta.verbose_name), "headings": [], "rows": known}


def _has_parts(row: Resource | None, principal: Principal) -> bool:
    return row is not None and ResourcePart.objects.visible_to(principal).filter(resource=row).exists()


def _part_table(row: Resource, principal: Principal) -> dict[str, Any]:
    parts = ResourcePart.objects.visible_to(principal).filter(resource=row)
    names = ("name_zh", "manufacturer", "model", "quantity", "unit")
    rows = [[plain_text(name, getattr(part, name)) for name in names] for part in parts]
    headings = [str(ResourcePart._meta.get_field(name).verbose_name) for name in names]  # type: ignore[union-attr]
    return {"title": gettext("仪器与部件"), "headings": headings, "rows": rows}


def _capability_table(row: Resource, principal: Principal) -> dict[str, Any]:
    found = Capability.objects.visible_to(principal).filter(resource=row)
    rows = [[one.name_zh, f"{quantity_text(one) or EMPTY} {one.unit}".strip(), one.note_zh or EMPTY] for one in found]
    return {"title": gettext("能力指标"), "headings": [gettext("指标"), gettext("数值"), gettext("备注")], "rows": rows}
