"""What an organization tells of a resource it offers: columns of every kind, those of its kind, and what it can do."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django import forms
from django.contrib.postgres.fields import ArrayField
from django.db.models import Field, Model
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.forms.needs import MetricRows, codes_field
from zones.choices import CodeScheme, GrantScope, ResourceKind, ResourceStatus, Visibility
from zones.errors import InvalidInput, listed
from zones.models import (
    DETAIL_MODELS,
    Association,
    Capability,
    Organization,
    Resource,
    ResourcePart,
    SharingGrant,
)
from zones.scoping import Principal
from zones.services.organizations import key_of_name
from zones.services.resources import WITHOUT_PARTS, ResourceParts
from zones.services.typed import parse_quantity
from zones.wording import quantity_text

PLAIN: Final = (
    "name_zh", "name_en", "description_zh", "description_en", "trl", "capacity", "capacity_note", "price_from",
    "price_to", "price_unit", "price_note", "share_mode", "lead_time_days", "qualification", "conditions", "visibility",
)  # fmt: skip
CODED: Final = {
    "industry_codes": CodeScheme.INDUSTRY, "equipment_codes": CodeScheme.EQUIPMENT, "modes": CodeScheme.MODE
}  # fmt: skip
BEFORE_DETAILS: Final = ("organization", "name_zh", "name_en", "description_zh", "description_en", "keywords")
AFTER_DETAILS: Final = (
    *CODED, "trl", "capacity", "capacity_note", "price_from", "price_to", "price_unit", "price_note", "share_mode",
    "lead_time_days", "qualification", "conditions", "status", "visibility", "associations",
)  # fmt: skip
STATES: Final = [
    (state.value, state.label) for state in (ResourceStatus.ACTIVE, ResourceStatus.PAUSED, ResourceStatus.DRAFT)
]
CAPABILITY: Final = ("name_zh", "unit", "note_zh", "key")
BLANK_ROWS: Final = 3
MOST_ROWS: Final = 40
MOST_PARTS: Final = 200
PART: Final = (
    "name_zh", "manufacturer", "model", "quantity", "unit", "counts_as", "equipment_code", "original_value"
)  # fmt: skip
Stored = Sequence[Mapping[str, Any]]
SEPARATORS: Final = re.compile(r"[、，,;；\n]+")
DETAIL: Final = "detail_"
"""What stands before the name of a column of one kind."""


def detail_columns(kind: str) -> list["Field[Any, Any]"]:
    """The columns only this kind has; what leads to other rows stays as it is."""
    columns: list[Field[Any, Any]] = [column for column in DETAIL_MODELS[kind]._meta.fields if not column.is_relation]
    return columns


class ResourceForm(forms.Form):
    """The kind is chosen before and never changes; nor does the owner of what is stored."""

    keywords = forms.CharField(
        label=gettext_lazy("关键词"), required=False, max_length=400, help_text=gettext_lazy("多个用顿号或逗号分隔")
    )
    status = forms.ChoiceField(label=gettext_lazy("状态"), choices=STATES)

    def __init__(self, principal: Principal, kind: str, *arguments: Any, is_new: bool = False, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.kind = kind
        own = Organization.objects.visible_to(principal).filter(pk__in=principal.organizations, zone__isnull=False)
        self.organizations = list(own)
        made: dict[str, Any] = {name: _field(Resource, name) for name in PLAIN}
        made |= {name: _codes(name, self.initial.get(name, ())) for name in CODED}
        made |= {DETAIL + column.name: _detail_field(column) for column in detail_columns(kind)}
        made["associations"] = _associations(principal, self.initial.get("associations", ()))
        if is_new and len(self.organizations) > 1:
            made["organization"] = forms.ModelChoiceField(own, label=_("权属单位"), to_field_name="public_id")
        names = (*BEFORE_DETAILS, *(DETAIL + column.name for column in detail_columns(kind)), *AFTER_DETAILS)
        made |= self.fields
        self.fields = {name: made[name] for name in names if name in made}

    def clean_keywords(self) -> list[str]:
        return _words(self.cleaned_data["keywords"])

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = self.cleaned_data
        if values.get("visibility") == Visibility.ASSOCIATION and not values.get("associations"):
            self.add_error("associations", _("请选择可以看到它的联盟或网络。"))
        return values

    def owner(self) -> Organization:
        """Whose a new resource is. Raises InvalidInput where no organization can offer one."""
        owner: Organization | None = self.cleaned_data.get("organization") or next(iter(self.organizations), None)
        if owner is None:
            raise InvalidInput.single("__all__", _("本单位还没有登记所在高新区，不能登记资源：请联系所在园区。"))
        return owner

    def values(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in (*PLAIN, *CODED, "keywords", "status")}

    def details(self) -> dict[str, Any]:
        return {column.name: _detail_value(column, self.cleaned_data) for column in detail_columns(self.kind)}


class CapabilityForm(forms.Form):
    """A capability as people write it: 5, 5–20, ≥ 5, 是, 100、150、200; empty means not known yet."""

    name_zh = forms.CharField(label=gettext_lazy("指标"), max_length=60)
    value = forms.CharField(label=gettext_lazy("数值"), max_length=200, required=False)
    unit = forms.CharField(label=gettext_lazy("计量单位"), max_length=20, required=False)
    note_zh = forms.CharField(label=gettext_lazy("备注"), max_length=120, required=False)
    key = forms.SlugField(max_length=40, required=False, widget=forms.HiddenInput)

    def clean_value(self) -> dict[str, Any]:
        return parse_quantity(self.cleaned_data["value"])

    def values(self) -> dict[str, Any]:
        told = {name: self.cleaned_data[name] for name in CAPABILITY}
        told["key"] = told["key"] or key_of_name(told["name_zh"])
        quantity: dict[str, Any] = self.cleaned_data["value"]
        return told | quantity


CapabilityFormSet: Any = forms.formset_factory(
    CapabilityForm,
    formset=MetricRows,
    extra=BLANK_ROWS,
    max_num=MOST_ROWS,
    absolute_max=2 * MOST_ROWS,
    can_delete=True,
    can_delete_extra=False,
)


class PartForm(forms.Form):
    """An instrument of a laboratory, or a part of a set: of those the set alone counts."""

    def __init__(self, *arguments: Any, kind: str, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.fields = {name: _field(ResourcePart, name) for name in PART}
        self.fields["equipment_code"].help_text = _("分类代码，可不填")
        if kind == ResourceKind.EQUIPMENT:
            self.fields["counts_as"].initial = 0

    def values(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in PART}


PartFormSet: Any = forms.formset_factory(
    PartForm,
    formset=MetricRows,
    extra=BLANK_ROWS,
    max_num=MOST_PARTS,
    absolute_max=2 * MOST_PARTS,
    can_delete=True,
    can_delete_extra=False,
)


@dataclass(frozen=True, slots=True)
class Lists:
    """The rows below a resource; no parts where its kind has none."""

    capabilities: Any
    parts: Any = None

    def are_valid(self) -> bool:
        """Asked of every list, so that all that is wrong is told at once."""
        are = [rows.is_valid() for rows in (self.capabilities, self.parts) if rows is not None]
        return all(are)

    @property
    def total_error_count(self) -> int:
        return sum(rows.total_error_count() for rows in (self.capabilities, self.parts) if rows is not None)


def lists_of(kind: str, sent: Any = None, *, capabilities: Stored = (), parts: Stored = ()) -> Lists:
    """The lists of a kind, with the rows that are stored."""
    told = CapabilityFormSet(sent, initial=capabilities, prefix="capabilities")
    if kind in WITHOUT_PARTS and not parts:
        return Lists(told)
    return Lists(told, PartFormSet(sent, initial=parts, prefix="parts", form_kwargs={"kind": kind}))


class PhotoForm(forms.Form):
    photo = forms.FileField(label=gettext_lazy("照片"))
    caption = forms.CharField(label=gettext_lazy("说明"), max_length=120, required=False)


def initial_of(
    row: Resource, detail: Model | None, capabilities: Iterable[Capability], grants: Iterable[SharingGrant]
) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """What the form and the rows of a stored resource begin with."""
    columns = {name: getattr(row, name) for name in (*PLAIN, *CODED, "status")} | {"keywords": listed(row.keywords)}
    for column in detail_columns(row.kind) if detail is not None else ():
        value = getattr(detail, column.name)
        columns[DETAIL + column.name] = listed(map(str, value)) if isinstance(value, list) else value
    columns["associations"] = [grant.association.slug for grant in grants if is_plain(grant)]  # type: ignore[union-attr]
    rows = [{name: getattr(one, name) for name in CAPABILITY} | {"value": quantity_text(one)} for one in capabilities]
    return columns, rows


def is_plain(grant: SharingGrant) -> bool:
    """A grant the form shows: to an association, without days. Others are the zone's work and stay."""
    return grant.scope == GrantScope.ASSOCIATION and grant.valid_from is None and grant.valid_to is None


def part_rows(parts: Iterable[ResourcePart]) -> list[dict[str, Any]]:
    """What the rows of the parts of a stored resource begin with."""
    return [{name: getattr(one, name) for name in PART} for one in parts]


def parts_of(form: ResourceForm, lists: Lists, grants: Iterable[SharingGrant] = ()) -> ResourceParts:
    """What is written with the resource; grants the form does not show are kept."""
    kept = [_grant(grant.scope, grant.association, grant) for grant in grants if not is_plain(grant)]
    chosen = [_grant(GrantScope.ASSOCIATION, association, None) for association in form.cleaned_data["associations"]]
    parts = None if lists.parts is None else lists.parts.values()
    capabilities = lists.capabilities.values()
    return ResourceParts(details=form.details(), parts=parts, capabilities=capabilities, grants=[*kept, *chosen])


def _grant(scope: str, association: Association | None, row: SharingGrant | None) -> dict[str, Any]:
    days = {name: getattr(row, name, None) for name in ("zone", "valid_from", "valid_to")}
    return {"scope": scope, "association": association} | days


def _field(model: type[Model], name: str) -> Any:
    """The field of a column; texts of several lines with their length."""
    column: Any = model._meta.get_field(name)
    field = column.formfield()
    if isinstance(field.widget, forms.Textarea):
        field.widget = forms.Textarea(attrs={"rows": 5, "maxlength": column.max_length})
    if isinstance(field, forms.DateField):
        field.widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    return field


def _detail_field(column: "Field[Any, Any]") -> Any:
    if isinstance(column, ArrayField):
        help_text = _("多个用顿号或逗号分隔")
        return forms.CharField(label=column.verbose_name, required=False, max_length=400, help_text=help_text)
    return _field(column.model, column.name)


def _detail_value(column: "Field[Any, Any]", values: Mapping[str, Any]) -> Any:
    value = values[DETAIL + column.name]
    return _words(value) if isinstance(column, ArrayField) else value


def _words(text: str) -> list[str]:
    return list(dict.fromkeys(word.strip() for word in SEPARATORS.split(text) if word.strip()))


def _codes(name: str, kept: Iterable[str]) -> forms.MultipleChoiceField:
    return codes_field(Resource, name, CODED[name], kept)


def _associations(principal: Principal, kept: Iterable[str]) -> Any:
    """Those of the writer's zones, and those it is shared with already."""
    known = Association.objects.filter(pk__in=principal.associations) | Association.objects.filter(slug__in=list(kept))
    return forms.ModelMultipleChoiceField(
        known,
        label=_("可以看到它的联盟或网络"),
        to_field_name="slug",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("可见范围为“联盟或网络内”时选择"),
    )
