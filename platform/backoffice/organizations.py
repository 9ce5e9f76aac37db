"""Organizations: registered and changed by their zone. Contacts are shown masked; see `backoffice.contacts`."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from unfold import widgets

from backoffice.base import ChildRows
from backoffice.changelist import name_column
from backoffice.contacts import ContactInline, ContactPages, contact_table
from backoffice.duplicates import OF_ORGANIZATIONS, MergePages
from backoffice.fields import ListField
from backoffice.filters import SideFilter, ZoneFilter, choice_filter
from backoffice.forms import RecordForm
from backoffice.principals import principal_of
from backoffice.rows import choices_of
from zones.choices import OrganizationKind
from zones.models import Organization, OrganizationAlias
from zones.scoping import Principal
from zones.services.organizations import OrganizationParts, register_organization, update_organization


class OrganizationForm(RecordForm):
    aliases = ListField(
        label=_("别名"),
        required=False,
        max_length=600,
        help_text=_("曾用名、简称，多个用顿号分隔"),
        widget=widgets.UnfoldAdminTextInputWidget(),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.initial["aliases"] = _aliases_of(self.instance)

    def values(self) -> dict[str, Any]:
        return super().values() | {"aliases": self.cleaned_data["aliases"]}


def _aliases_of(organization: Organization) -> list[str]:
    names = OrganizationAlias.objects.filter(organization=organization).order_by("pk")
    return list(names.values_list("name", flat=True))


@admin.register(Organization)
class OrganizationAdmin(ContactPages, MergePages):
    doubles = OF_ORGANIZATIONS
    form = OrganizationForm
    inlines = (ContactInline,)
    add_title = _("登记单位")
    ordering = ("pinyin_key",)
    shown_name = name_column(_("名称"), "name_zh")
    list_display = ("shown_name", "kind", "zone", "city", "website")
    list_select_related = ("zone",)
    list_filter = (SideFilter, choice_filter("kind", _("类型"), OrganizationKind.choices), ZoneFilter)
    search_fields = ("name_zh", "name_en", "pinyin_key", "aliases__name")
    own_search_fields = ("credit_code",)
    search_help_text = _("按名称、别名、拼音查找；本园区单位可按信用代码查找")
    fieldsets = (
        (
            _("① 单位"),
            {
                "fields": ("name_zh", "name_en", "aliases", ("kind", "credit_code"), ("zone", "parent")),
                "description": _("所属集团用于识别关联方：同一集团的单位不会互相推荐。"),
            },
        ),
        (_("② 所在地与领域"), {"fields": (("region", "city"), "website", "industry_codes", "discipline_codes")}),
        (_("③ 名录"), {"fields": ("is_listed", "confidence")}),
    )

    def initial_values(self, request: HttpRequest) -> dict[str, Any]:
        zones = list(choices_of(Organization, "zone", principal_of(request))[:2])
        return {"zone": zones[0]} if len(zones) == 1 else {}

    def write(
        self, principal: Principal, *, row: Any, version: int | None, values: dict[str, Any], rows: ChildRows
    ) -> Any:
        parts = OrganizationParts(aliases=values["aliases"], contacts=rows.get("contact_points"))
        columns = {name: value for name, value in values.items() if name != "aliases"}
        if row is None:
            return register_organization(principal, with_parts=parts, **columns)
        return update_organization(principal, organization_id=row.pk, version=version, with_parts=parts, **columns)

    def read_fieldsets(self, request: HttpRequest, row: Any) -> list[tuple[Any, list[str]]]:
        return [
            (title, [name for name in names if name != "aliases"])
            for title, names in super().read_fieldsets(request, row)
        ]

    def record_context(self, request: HttpRequest, row: Any) -> dict[str, Any]:
        facts = [row.get_kind_display(), str(row.zone) if row.zone else gettext("不在高新区")]
        may_change = self.has_change_permission(request, row)
        tables = [] if may_change else [contact_table(row, principal_of(request))]
        return super().record_context(request, row) | {"record_facts": facts, "side_tables": tables}

    def read_tables(self, request: HttpRequest, row: Any, *, is_own: bool) -> list[dict[str, Any]]:
        rows = [[name] for name in _aliases_of(row)]
        return [{"title": gettext("别名"), "headings": [], "rows": rows}] if rows else []
