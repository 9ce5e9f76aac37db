"""Accounts and their dated roles: managers grant within their zone, secretariats their own, the system everywhere."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.http import HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from unfold import widgets

from accounts.models import User
from accounts.second_factors import has_second_factor
from backoffice.base import ChildRows
from backoffice.details import EMPTY
from backoffice.forms import RecordForm
from backoffice.panels import Panel, PanelsMixin
from backoffice.principals import principal_of
from backoffice.roles import chosen_role, date_field, offer_places, place_fields, place_names, role_label
from backoffice.steps import Step
from zones.errors import Conflict
from zones.models import StaffRole
from zones.scoping import Principal, today
from zones.services.accounts import deactivate_account, reactivate_account, standing_roles
from zones.services.second_factors import lift_second_factors
from zones.services.staff import create_account, end_role, grant_role


class GrantForm(forms.Form):
    def __init__(self, principal: Principal, data: Any = None) -> None:
        super().__init__(data)
        self.fields.update(place_fields())
        self.fields["valid_from"] = date_field(_("生效日"), required=True)
        self.fields["valid_to"] = date_field(_("终止日"), _("首个不再有效的日期，长期有效请留空"))
        self.initial["valid_from"] = today()
        offer_places(self, principal)


def _grant(principal: Principal, user: Any, values: dict[str, Any]) -> StaffRole:
    days = {name: values[name] for name in ("valid_from", "valid_to")}
    return grant_role(principal, user=user, **chosen_role(values), **days)


def _current_roles(principal: Principal, user: Any) -> list[StaffRole]:
    """Roles that have not ended, also those yet to begin."""
    roles = StaffRole.objects.editable_by(principal).filter(user=user)
    return list(
        roles.filter(standing_roles())
        .select_related("zone", "organization", "association")
        .order_by("valid_from", "role", "pk")
    )


def _has_left(principal: Principal, user: Any) -> bool:
    """Held a role the principal gives, and holds none now."""
    held = StaffRole.objects.editable_by(principal).filter(user=user)
    return held.exists() and not held.filter(standing_roles()).exists()


class EndForm(forms.Form):
    """Which role ends, by what it says."""

    role = forms.ChoiceField(label=_("角色"), widget=widgets.UnfoldAdminSelectWidget())
    valid_to = date_field(_("终止日"), _("首个不再有效的日期"), required=True)


def _end_form(principal: Principal, user: Any, data: Any) -> forms.Form:
    form = EndForm(data, initial={"valid_to": today()})
    labels = [role_label(role) for role in _current_roles(principal, user)]
    form.fields["role"].choices = [(label, label) for label in labels]  # type: ignore[attr-defined]
    return form


def _end(principal: Principal, user: Any, values: dict[str, Any]) -> StaffRole:
    roles = {role_label(role): role for role in _current_roles(principal, user)}
    role = roles.get(values["role"])
    if role is None:
        raise Conflict(gettext("该角色授权刚被改动：请刷新页面后重试。"))
    return end_role(principal, role_id=role.pk, valid_to=values["valid_to"])


class LiftForm(forms.Form):
    """Why nobody else can have asked for it."""

    reason = forms.CharField(
        label=_("原因"),
        max_length=200,
        help_text=_("例如怎样核实了本人身份；写入审计记录"),
        widget=widgets.UnfoldAdminTextInputWidget(),
    )


class AccountForm(RecordForm):
    """A new account with its first role; the password is generated and shown once."""

    class Meta:
        model = User
        fields = ("username", "display_name")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields.update(place_fields())
        offer_places(self, principal_of(self.request))

    def values(self) -> dict[str, Any]:
        return self.cleaned_data


@admin.register(User)
class UserAdmin(PanelsMixin):
    form = AccountForm
    add_title = _("新建账号")
    ordering = ("display_name",)
    list_display = ("shown_name", "shown_roles", "shown_standing")
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
    steps = (
        Step(
            "leave",
            _("离开（停用）"),
            "person_off",
            lambda principal, user, version: deactivate_account(principal, user=user),
            lambda principal, user: user.pk != principal.user_id and bool(_current_roles(principal, user)),
            _("已离开：您可管理的角色均已结束"),
            style="danger",
            confirm=_("将结束此人在您管理范围内的全部角色；没有其他角色的账号随之停用，记录保留。确定？"),
        ),
        Step(
            "return",
            _("恢复账号"),
            "person_check",
            lambda principal, user, version: reactivate_account(principal, user=user),
            lambda principal, user: _has_left(principal, user),
            _("账号已恢复，请重新授予角色"),
        ),
    )
    panels = (
        Panel(
            "grant",
            _("授予角色"),
            _("授予"),
            lambda principal, user, data: GrantForm(principal, data),
            _grant,
            lambda principal, user: principal.may_grant,
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
        Panel(
            "lift",
            _("解除第二重验证"),
            _("解除"),
            lambda principal, user, data: LiftForm(data),
            lambda principal, user, values: lift_second_factors(principal, user=user, reason=values["reason"]),
            lambda principal, user: principal.is_system and has_second_factor(user),
            _("已解除：此人下次只凭密码登录，所有设备须重新登录"),
        ),
    )

    def has_module_permission(self, request: HttpRequest) -> bool:
        principal = principal_of(request)
        return principal.may_grant or bool(principal.own_zones)

    def may_write_here(self, principal: Principal) -> bool:
        return principal.may_grant

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Accounts are read; their roles change by panels."""
        return False

    def get_inline_instances(self, request: HttpRequest, obj: Any = None) -> list[Any]:
        return []

    @admin.display(description=_("账号"), ordering="display_name")
    def shown_name(self, user: User) -> str:
        return str(user)

    @admin.display(description=_("状态"))
    def shown_standing(self, user: Any) -> str:
        """By the roles its reader sees: whether the account is open would tell of roles elsewhere."""
        return gettext("在任") if getattr(user, "is_standing", False) else gettext("已离开")

    def version_of(self, row: Any) -> int:
        """Accounts have no version: a person who has left has left."""
        return 0

    @admin.display(description=_("角色"))
    def shown_roles(self, user: Any) -> str:
        return "；".join(getattr(user, "role_labels", [])) or EMPTY

    def prepare_page(self, request: HttpRequest, rows: list[Any]) -> None:
        roles = StaffRole.objects.visible_to(principal_of(request)).filter(user__in=[user.pk for user in rows])
        labels: dict[int, list[str]] = {}
        for role in roles.select_related("zone", "organization", "association").order_by("valid_from", "role", "pk"):
            labels.setdefault(role.user_id, []).append(role_label(role))
        standing = set(roles.filter(standing_roles()).values_list("user_id", flat=True))
        for user in rows:
            user.role_labels = labels.get(user.pk, [])
            user.is_standing = user.pk in standing

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        return super().get_form(request, obj, change=change, **(kwargs | {"fields": ("username", "display_name")}))

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        (title, options), names = self.fieldsets[0], place_names(principal_of(request))
        return ((title, {**options, "fields": (("username", "display_name"), *names)}),)

    def read_fieldsets(self, request: HttpRequest, row: Any) -> list[tuple[Any, list[str]]]:
        """When somebody last logged in, and whether they can, would tell of roles elsewhere: the system reads it."""
        more = ["is_active", "last_login"] if principal_of(request).is_system else []
        return [(_("账号"), ["username", "display_name", "date_joined", *more])]

    def read_tables(self, request: HttpRequest, row: Any, *, is_own: bool) -> list[dict[str, Any]]:
        roles = StaffRole.objects.visible_to(principal_of(request)).filter(user=row)
        rows = [
            [
                role.get_role_display(),
                str(role.place or EMPTY),
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
        grant_role(principal, user=account.user, **chosen_role(values))
        account.user.fresh_password = account.password  # type: ignore[attr-defined]
        return account.user

    def after_write(self, request: HttpRequest, stored: Any) -> None:
        text = gettext("初始密码（只显示这一次）：%(password)s")
        messages.warning(request, text % {"password": stored.fresh_password})
