"""The rows below a resource: parts, capabilities as people write them, grants, exclusions, details of its kind."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from unfold import widgets

from backoffice.forms import OneRowFormSet, RowForm
from backoffice.inlines import RowsInline
from zones.models import DETAIL_MODELS, Capability, ResourceExclusion, ResourcePart, SharingGrant
from zones.services.organizations import key_of_name
from zones.services.typed import parse_quantity
from zones.wording import quantity_text


class CapabilityForm(RowForm):
    """A capability as people write it: 5, 5–20, ≥ 5, ≤ 20, 是, 100、150、200; empty means not known yet."""

    value = forms.CharField(
        label=_("数值"),
        required=False,
        max_length=200,
        widget=widgets.UnfoldAdminTextInputWidget(attrs={"placeholder": _("5–20　或 ≤0.5　或 是")}),
    )

    key = forms.SlugField(required=False, max_length=40, widget=forms.HiddenInput)

    class Meta:
        model = Capability
        fields = ("name_zh", "unit", "note_zh")

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or self.cleaned_data
        try:
            values["quantity"] = parse_quantity(values.get("value", ""))
        except ValidationError as error:
            self.add_error("value", error)
        name = values.get("name_zh", "")
        values["key"] = values.get("key") or key_of_name(name)
        return values

    def values(self) -> dict[str, Any]:
        quantity: dict[str, Any] = self.cleaned_data["quantity"]
        return super().values() | quantity

    @classmethod
    def initial_of(cls, row: Any, names: Iterable[str]) -> dict[str, Any]:
        return super().initial_of(row, names) | {"value": quantity_text(row)}


class PartInline(RowsInline):
    model = ResourcePart
    fk_name = "resource"
    fields = (
        "name_zh",
        "manufacturer",
        "model",
        "quantity",
        "unit",
        "counts_as",
        "equipment_code",
        "original_value",
    )
    verbose_name_plural = _("仪器与部件（成套设备的部件折合 0 台套）")


class CapabilityInline(RowsInline):
    model = Capability
    form = CapabilityForm
    fk_name = "resource"
    fields = ("name_zh", "value", "unit", "note_zh", "key")
    verbose_name_plural = _("能力指标（用于与需求的指标比对）")


class GrantInline(RowsInline):
    model = SharingGrant
    fk_name = "resource"
    fields = ("scope", "zone", "association", "valid_from", "valid_to")
    verbose_name_plural = _("共享授权（谁可以使用，起止日期）")


class ExclusionInline(RowsInline):
    model = ResourceExclusion
    fk_name = "resource"
    fields = ("organization", "zone")
    verbose_name_plural = _("不服务的单位或园区（每行选一个，不会推荐给其需求）")
    max_num = 40


def _detail_inline(kind: str) -> type[RowsInline]:
    """The one row of columns that only this kind has."""
    detail = DETAIL_MODELS[kind]
    columns = tuple(field.name for field in detail._meta.fields if not field.primary_key)

    class DetailInline(RowsInline):
        model = detail
        fk_name = "resource"
        formset = OneRowFormSet
        fields = columns
        max_num = min_num = 1
        extra = 1
        can_delete = False
        verbose_name = detail._meta.verbose_name

    return DetailInline


DETAIL_INLINES = {kind: _detail_inline(kind) for kind in DETAIL_MODELS}
