"""The rows below a need: its metrics as people write them, and whom it excludes."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from unfold import widgets

from backoffice.forms import RowForm
from backoffice.inlines import RowsInline
from matching.models import NeedExclusion, NeedMetric
from matching.services.typed import parse_metric
from matching.wording import metric_text
from zones.services.organizations import key_of_name


class MetricForm(RowForm):
    """A metric as people write it: one value, read by its operator."""

    value = forms.CharField(
        label=_("数值"),
        max_length=200,
        widget=widgets.UnfoldAdminTextInputWidget(attrs={"placeholder": _("0.5　或 5–20　或 是")}),
    )

    key = forms.SlugField(required=False, max_length=40, widget=forms.HiddenInput)

    class Meta:
        model = NeedMetric
        fields = ("name_zh", "operator", "unit", "priority", "condition_zh")

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or self.cleaned_data
        if "value" in values and "operator" in values:
            try:
                values["value"] = parse_metric(values["operator"], values["value"])
            except forms.ValidationError as error:
                self.add_error("value", error)
        values["key"] = values.get("key") or key_of_name(values.get("name_zh", ""))
        return values

    def values(self) -> dict[str, Any]:
        return super().values() | {"value": self.cleaned_data["value"]}

    @classmethod
    def initial_of(cls, row: Any, names: Iterable[str]) -> dict[str, Any]:
        return super().initial_of(row, names) | {"value": metric_text(row)}


class MetricInline(RowsInline):
    model = NeedMetric
    form = MetricForm
    fk_name = "need"
    fields = ("name_zh", "operator", "value", "unit", "priority", "condition_zh", "key")
    verbose_name_plural = _("量化指标（至少一项，越具体匹配越准）")
    max_num = 40


class ExclusionInline(RowsInline):
    model = NeedExclusion
    fk_name = "need"
    fields = ("organization", "zone")
    verbose_name_plural = _("排除的单位或园区（每行选一个，不会向其推荐）")
    max_num = 40
