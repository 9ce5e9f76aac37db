"""Accounts and their dated roles: managers grant within their zone, the system everywhere."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.http import HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from unfold import widgets

from accounts.models import User
from backoffice.base import ChildRows
from backoffice.details import EMPTY
from backoffice.fields import PublicIdChoiceField
from backoffice.forms import RecordForm
from backoffice.panels import Panel, PanelsMixin
from backoffice.principals import principal_of
from backoffice.rows import editable_rows
from zones.choices import Role
from zones.models import Association, Organization, StaffRole, Zone
from zones.scoping import Principal, today
from zones.services.staff import create_account, end_role, grant_role

ZONE_ROLES = (Role.ZONE_STAFF, Role.ZONE_MANAGER, Role.AUDITOR, Role.ORGANIZATION_MEMBER)


def may_grant(principal: Principal) -> bool:
    return principal.is_system or bool(principal.manager_zones)


def _place_fields() -> dict[str, forms.Field]:
    """A role and its place; which place counts follows from the role."""
    select, search = widgets.UnfoldAdminSelectWidget, widgets.UnfoldAdminSelect2Widget
    return {
        "role": forms.ChoiceField(label=_("角色"), widget=select()),
        "zone": PublicIdChoiceField(Zone.objects.none(), label=_("高新区"), required=False, widget=select()),
        "organization": PublicIdChoiceField(
            Zone.objects.none(), label=_("单位"), required=False, help_text=_("仅“单位用户”须选"), widget=search()
        ),
        "association": PublicIdChoiceField(
            Association.objects.none(),
            label=_("联盟或网络"),
            required=False,
            help_text=_("仅“秘书处”须选"),
            widget=select(),
        ),
    }


def _offer_places(form: Any, principal: Principal) -> None:
    """Offer what the principal may grant: within its zones, or everywhere."""
    zones = Zone.objects.all() if principal.is_system else Zone.objects.filter(pk__in=principal.manager_zones)
    form.fields["zone"].queryset = zones
    form.fields["organization"].queryset = editable_rows(Organization, principal).filter(zone__in=zones)
    if principal.is_system:
        form.fields["association"].queryset = Association.objects.all()
    else:
        del form.fields["association"]
    form.fields["role"].choices = [
        (role, label) for role, label in Role.choices if principal.is_system or role in ZONE_ROLES
    ]
    if len(zones) == 1:
        form.initial.setdefault("zone", zones[0])


def _places(values: dict[str, Any]) -> dict[str, Any]:
    """The role with the one place that it needs."""
    by_role = {Role.ORGANIZATION_MEMBER: "organization", Role.SECRETARIAT: "association", Role.SYSTEM: None}
    place = by_role.get(values["role"], "zone")
    return {"role": values["role"]} | ({place: values.get(place)} if place else {})


class GrantForm(forms.Form):
    def __init__(self, principal: Principal, data: Any = None) -> None:
        super().__init__(data)
        self.fields.update(_place_fields())
        _offer_places(self, principal)


def _role_label(role: StaffRole) -> str:
    place = role.zone or role.organization or role.association or ""
    return f"{role.get_role_display()} {place} {role.valid_from}".strip()


def _current_roles(principal: Principal, user: Any) -> list[StaffRole]:
    roles = StaffRole.objects.editable_by(principal).filter(user=user, valid_to__isnull=True)
    return list(roles.select_related("zone", "organization", "association").order_by("valid_from", "role", "pk"))


class EndForm(forms.Form):
    """Which role ends, by what it says: roles have no public id."""

    role = forms.ChoiceField(label=_("角色"), widget=widgets.UnfoldAdminSelectWidget())
    valid_to = forms.DateField(
        label=_("终止日"), help_text=_("首个不再有效的日期"), widget=widgets.UnfoldAdminSingleDateWidget()
    )


def _end_form(principal: Principal, user: Any, data: Any) -> forms.Form:
    form = EndForm(data, initial={"valid_to": today()})
    labels = [_role_label(role) for role in _current_roles(principal, user)]
    form.fields["role"].choices = [(label, label) for label in labels]  # type: ignore[attr-defined]
    return form


def _end(principal: Principal, user: Any, values: dict[str, Any]) -> StaffRole:
    role = next(role for role in _current_roles(principal, user) if _role_label(role) == values["role"])
    return end_role(principal, role_id=role.pk, valid_to=values["valid_to"])


class AccountForm(RecordForm):
    """A new account with its first role; the password is generated and shown once."""

    class Meta:
        model = User
        fields = ("username", "display_name")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields.update(_place_fields())
        _offer_places(self, principal_of(self.request))

    def values(self) -> dict[str, Any]:
        return self.cleaned_data


@admin.register(User)
class UserAdmin(PanelsMixin):
    form = AccountForm
    add_title = _("新建账号")
    ordering = ("display_name",)
    list_display = ("shown_name", "shown_roles", "is_active")
    search_fields = ("display_name",)
    search_help_text = _("按显示名称查找")
    actions = None
    fieldsets = (
        (
            _("账号"),
            {
                "fields": (("username", "display_name"),),
                "description": _("保存后生成初始密码，只显示一次，请当面或经安全渠道告知本人。"),
            },
        ),
    )
    panels = (
        Panel(
            "grant",
            _("授予角色"),
            _("授予"),
            lambda principal, user, data: GrantForm(principal, data),
            lambda principal, user, values: grant_role(principal, user=user, **_places(values)),
            lambda principal, user: may_grant(principal),
            _("已授予角色"),
        ),
        Panel(
            "end",
            _("结束角色"),
            _("结束"),
            _end_form,
            _end,
            lambda principal, user: bool(_current_roles(principal, user)),
            _("已登记终止日"),
        ),
    )

    def has_module_permission(self, request: HttpRequest) -> bool:
        principal = principal_of(request)
        return principal.is_system or bool(principal.own_zones)

    def may_write_here(self, principal: Principal) -> bool:
        return may_grant(principal)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Accounts are read; their roles change by panels."""
        return False

    def get_inline_instances(self, request: HttpRequest, obj: Any = None) -> list[Any]:
        return []

    @admin.display(description=_("账号"), ordering="display_name")
    def shown_name(self, user: User) -> str:
        return str(user)

    @admin.display(description=_("角色"))
    def shown_roles(self, user: Any) -> str:
        return "；".join(getattr(user, "role_labels", [])) or EMPTY

    def prepare_page(self, request: HttpRequest, rows: list[Any]) -> None:
        roles = StaffRole.objects.visible_to(principal_of(request)).filter(user__in=[user.pk for user in rows])
        labels: dict[int, list[str]] = {}
        for role in roles.select_related("zone", "organization", "association").order_by("valid_from", "role", "pk"):
            labels.setdefault(role.user_id, []).append(_role_label(role))
        for user in rows:
            user.role_labels = labels.get(user.pk, [])

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        return super().get_form(request, obj, change=change, **(kwargs | {"fields": ("username", "display_name")}))

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        (title, options), names = self.fieldsets[0], ["role", "zone", "organization"]
        names += ["association"] if principal_of(request).is_system else []
        return ((title, {**options, "fields": (("username", "display_name"), *names)}),)

    def read_fieldsets(self, request: HttpRequest, row: Any) -> list[tuple[Any, list[str]]]:
        return [(_("账号"), ["username", "display_name", "is_active", "date_joined", "last_login"])]

    def read_tables(self, request: HttpRequest, row: Any, *, is_own: bool) -> list[dict[str, Any]]:
        roles = StaffRole.objects.visible_to(principal_of(request)).filter(user=row)
        rows = [
            [
                role.get_role_display(),
                str(role.zone or role.organization or role.association or EMPTY),
                role.valid_from.isoformat(),
                role.valid_to.isoformat() if role.valid_to else EMPTY,
            ]
            for role in roles.select_related("zone", "organization", "association").order_by("valid_from", "role", "pk")
        ]
        headings = [gettext("角色"), gettext("范围"), gettext("生效日"), gettext("终止日")]
        return [{"title": gettext("角色"), "headings": headings, "rows": rows, "empty": gettext("没有角色。")}]

    def write(
        self, principal: Principal, *, row: Any, version: int | None, values: dict[str, Any], rows: ChildRows
    ) -> Any:
        account = create_account(username=values["username"], display_name=values["display_name"])
        grant_role(principal, user=account.user, **_places(values))
        account.user.fresh_password = account.password  # type: ignore[attr-defined]
        return account.user

    def after_write(self, request: HttpRequest, stored: Any) -> None:
        text = gettext("初始密码（只显示这一次）：%(password)s")
        messages.warning(request, text % {"password": stored.fresh_password})
