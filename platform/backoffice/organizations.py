"""Organizations: registered and changed by their zone; contacts whole for those who edit, masked for its auditors."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from unfold import widgets

from backoffice.base import ChildRows, ScopedModelAdmin
from backoffice.details import EMPTY
from backoffice.fields import ListField
from backoffice.filters import SideFilter, ZoneFilter, choice_filter
from backoffice.forms import RecordForm
from backoffice.principals import principal_of
from backoffice.rows import choices_of
from zones.choices import OrganizationKind
from zones.models import Organization, OrganizationAlias
from zones.scoping import Principal
from zones.services.contacts import contacts_of
from zones.services.organizations import register_organization, update_organization


class OrganizationForm(RecordForm):
    aliases = ListField(
        label=_("别名"),
        required=False,
        max_length=600,
        help_text=_("曾用名、简称，多个用顿号分隔"),
        widget=widgets.UnfoldAdminTextInputWidget(),
    )

    def values(self) -> dict[str, Any]:
        return super().values() | {name: self.cleaned_data[name] for name in ("aliases",) if name in self.fields}


@admin.register(Organization)
class OrganizationAdmin(ScopedModelAdmin):
    form = OrganizationForm
    add_title = _("登记单位")
    ordering = ("pinyin_key",)
    list_display = ("name_zh", "kind", "zone", "city", "website")
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

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """Aliases are given once, at registration."""
        if obj is None:
            return self.fieldsets
        first, *others = self.fieldsets
        named = tuple(name for name in first[1]["fields"] if name != "aliases")
        return ((first[0], {**first[1], "fields": named}), *others)

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        form = super().get_form(request, obj, change=change, **kwargs)
        if obj is not None:
            form.base_fields.pop("aliases", None)
        return form

    def initial_values(self, request: HttpRequest) -> dict[str, Any]:
        zones = list(choices_of(Organization, "zone", principal_of(request))[:2])
        return {"zone": zones[0]} if len(zones) == 1 else {}

    def write(
        self, principal: Principal, *, row: Any, version: int | None, values: dict[str, Any], rows: ChildRows
    ) -> Any:
        if row is None:
            return register_organization(principal, **values | {"aliases": tuple(values["aliases"])})
        return update_organization(principal, organization_id=row.pk, version=version, **values)

    def read_fieldsets(self, request: HttpRequest, row: Any) -> list[tuple[Any, list[str]]]:
        return [
            (title, [name for name in names if name != "aliases"])
            for title, names in super().read_fieldsets(request, row)
        ]

    def record_context(self, request: HttpRequest, row: Any) -> dict[str, Any]:
        facts = [row.get_kind_display(), str(row.zone) if row.zone else gettext("不在高新区")]
        contacts = contact_table(row, principal_of(request))
        if self.has_change_permission(request, row):
            contacts["empty"] = gettext("尚未登记联系方式。")
        return super().record_context(request, row) | {"record_facts": facts, "side_tables": [contacts]}

    def read_tables(self, request: HttpRequest, row: Any, *, is_own: bool) -> list[dict[str, Any]]:
        names = OrganizationAlias.objects.filter(organization=row).values_list("name", flat=True)
        rows = [[name] for name in names]
        return [{"title": gettext("别名"), "headings": [], "rows": rows}] if rows else []


def contact_table(organization: Organization, principal: Principal) -> dict[str, Any]:
    """Whole for those who may edit the organization; masked for its zone's auditors; for others nothing."""
    contacts = contacts_of(principal, organization_id=organization.pk)
    rows = [[text or EMPTY for text in contact] for contact in contacts]
    return {
        "title": gettext("联系方式"),
        "headings": [gettext("岗位"), gettext("联系人"), gettext("电话"), gettext("邮箱")],
        "rows": rows,
        "empty": gettext("联系方式在双方同意对接后显示。"),
    }
