"""A role and its place in forms: what a principal may give, and how a role is told."""

from datetime import date, timedelta
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _
from unfold import widgets

from backoffice.fields import PublicIdChoiceField
from backoffice.rows import editable_rows
from zones.choices import Role
from zones.models import Association, Organization, StaffRole, Zone
from zones.scoping import Principal, today

MANAGERS_ROLES: Final = (Role.ZONE_STAFF, Role.ZONE_MANAGER, Role.AUDITOR, Role.ORGANIZATION_MEMBER)
SOON: Final = timedelta(days=30)


def date_field(label: Any, help_text: Any = "", *, required: bool = False) -> forms.DateField:
    return forms.DateField(
        label=label, help_text=help_text, required=required, widget=widgets.UnfoldAdminSingleDateWidget()
    )


def place_fields() -> dict[str, forms.Field]:
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


def place_names(principal: Principal) -> list[str]:
    """The fields a principal needs to say which role it gives."""
    gives_in_zones = principal.is_system or bool(principal.manager_zones)
    gives_in_associations = principal.is_system or bool(principal.secretariats)
    places = (["zone", "organization"] if gives_in_zones else []) + (["association"] if gives_in_associations else [])
    return ["role", *places]


def offer_places(form: Any, principal: Principal) -> None:
    """Offer what the principal may grant: within its zones, for its associations, or everywhere."""
    zones = Zone.objects.all() if principal.is_system else Zone.objects.filter(pk__in=principal.manager_zones)
    own = Association.objects.filter(pk__in=principal.secretariats)
    associations = Association.objects.all() if principal.is_system else own
    form.fields["zone"].queryset = zones
    form.fields["organization"].queryset = editable_rows(Organization, principal).filter(zone__in=zones)
    form.fields["association"].queryset = associations
    for name in {"zone", "organization", "association"}.difference(place_names(principal)):
        del form.fields[name]
    form.fields["role"].choices = [(role, label) for role, label in Role.choices if _may_give(principal, role)]
    for name, rows in (("zone", zones), ("association", associations)):
        if name in form.fields and len(rows) == 1:
            form.initial.setdefault(name, rows[0])


def _may_give(principal: Principal, role: str) -> bool:
    as_manager = bool(principal.manager_zones) and role in MANAGERS_ROLES
    return principal.is_system or as_manager or (bool(principal.secretariats) and role == Role.SECRETARIAT)


def chosen_role(values: dict[str, Any]) -> dict[str, Any]:
    """The role with the one place that it needs."""
    by_role = {Role.ORGANIZATION_MEMBER: "organization", Role.SECRETARIAT: "association", Role.SYSTEM: None}
    place = by_role.get(values["role"], "zone")
    return {"role": values["role"]} | ({place: values.get(place)} if place else {})


def role_label(role: StaffRole) -> str:
    """A role as people call it, which is how a form names it: roles have no public id."""
    begins_and_ends = f"{role.valid_from}–{role.valid_to or ''}".rstrip("–")
    return f"{role.get_role_display()} {role.place or ''} {begins_and_ends}".replace("  ", " ")


def ends_soon(valid_to: date | None) -> bool:
    return valid_to is not None and today() < valid_to <= today() + SOON
