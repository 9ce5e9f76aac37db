"""What an organization tells of its need, and the rows of its metrics."""

import re
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, Final

from django import forms
from django.db.models import Model, Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from matching.choices import MetricOperator, MetricPriority, NeedVisibility
from matching.models import Need, NeedMetric
from matching.services.typed import parse_metric
from matching.wording import metric_text
from zones.choices import CodeScheme
from zones.errors import InvalidInput, RowPlace, listed
from zones.models import Association, Code, Organization, Zone
from zones.models.base import in_language
from zones.scoping import Principal, today
from zones.services.organizations import key_of_name

PLAIN: Final = ("kind", "title_zh", "summary_zh", "problem_zh", "content_zh", "deadline", "budget_max", "visibility")
"""Columns whose fields are those of the model."""
CODED: Final = {"industry_codes": CodeScheme.INDUSTRY, "modes": CodeScheme.MODE}
TEXTS: Final = {"summary_zh": (3, 200), "problem_zh": (5, 1000), "content_zh": (5, 1000)}
"""Texts of several lines: how many are shown, and how many characters there may be."""
IN_ORDER: Final = (
    "organization", "kind", "title_zh", "summary_zh", "problem_zh", "content_zh", "industry_codes", "modes", "keywords",
    "deadline", "budget_max", "visibility", "association", "review_zone", "confirmed",
)  # fmt: skip
METRIC: Final = ("name_zh", "operator", "unit", "priority", "condition_zh")
BLANK_ROWS: Final = 3
MOST_ROWS: Final = 30
SEPARATORS: Final = re.compile(r"[、，,;；\n]+")


class NeedForm(forms.Form):
    """The columns of a need that its organization fills in; whose it is follows from who writes."""

    confirmed = forms.BooleanField(label=gettext_lazy("本单位同意发布，内容不涉及国家秘密和不宜公开的商业秘密"))

    keywords = forms.CharField(
        label=gettext_lazy("关键词"), required=False, max_length=400, help_text=gettext_lazy("多个用顿号或逗号分隔")
    )

    def __init__(self, principal: Principal, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        own = Organization.objects.visible_to(principal).filter(pk__in=principal.organizations, zone__isnull=False)
        self.organizations = list(own)
        made = {name: _field(name) for name in PLAIN}
        made |= {name: codes_field(Need, name, CODED[name], self.initial.get(name, ())) for name in CODED}
        associations = Association.objects.filter(pk__in=principal.associations)
        made["association"] = _choice(associations, _("联盟或网络"), "slug")
        made["review_zone"] = _choice(Zone.objects.all(), _("复核园区"), "slug")
        made["review_zone"].help_text = _("面向全国或公开的需求，还由这个园区审核")
        if len(self.organizations) > 1:
            made["organization"] = _choice(own, _("需求单位"), "public_id", is_required=True)
        self.fields = {name: (made | self.fields)[name] for name in IN_ORDER if name in made or name in self.fields}

    def clean_keywords(self) -> list[str]:
        words = SEPARATORS.split(self.cleaned_data["keywords"])
        return list(dict.fromkeys(word.strip() for word in words if word.strip()))

    def values(self) -> dict[str, Any]:
        """What the service stores. Raises InvalidInput where no organization can post."""
        owner = self.cleaned_data.get("organization") or next(iter(self.organizations), None)
        if owner is None:
            raise InvalidInput.single("__all__", _("本单位还没有登记所在高新区，不能发布需求：请联系所在园区。"))
        told = {name: self.cleaned_data[name] for name in (*PLAIN, *CODED, "keywords", "association", "review_zone")}
        if told["visibility"] != NeedVisibility.ASSOCIATION:
            told["association"] = None
        return told | {"organization": owner, "zone": owner.zone, "consent_recorded_on": today()}


class MetricForm(forms.Form):
    """A metric as people write it: one value, read by its operator."""

    name_zh = forms.CharField(label=gettext_lazy("指标"), max_length=60)
    operator = forms.ChoiceField(
        label=gettext_lazy("关系"), choices=MetricOperator.choices, initial=MetricOperator.AT_LEAST
    )
    value = forms.CharField(label=gettext_lazy("数值"), max_length=200)
    unit = forms.CharField(label=gettext_lazy("计量单位"), max_length=20, required=False)
    priority = forms.ChoiceField(
        label=gettext_lazy("优先级"), choices=MetricPriority.choices, initial=MetricPriority.MUST
    )
    condition_zh = forms.CharField(label=gettext_lazy("测试条件"), max_length=120, required=False)
    key = forms.CharField(max_length=40, required=False, widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        values = self.cleaned_data
        if "value" in values and "operator" in values:
            try:
                values["value"] = parse_metric(values["operator"], values["value"])
            except forms.ValidationError as error:
                self.add_error("value", error)
        return values

    def values(self) -> dict[str, Any]:
        told = {name: self.cleaned_data[name] for name in (*METRIC, "value")}
        return told | {"key": self.cleaned_data["key"] or key_of_name(told["name_zh"])}


if TYPE_CHECKING:
    Rows = forms.BaseFormSet[MetricForm]
else:
    Rows = forms.BaseFormSet


class MetricRows(Rows):
    """The rows that say something, less those that are taken away."""

    def values(self) -> list[dict[str, Any]]:
        kept = [form for form in self.forms if form not in self.deleted_forms]
        return [form.values() for form in kept if form.has_changed() or form.initial]


MetricFormSet = forms.formset_factory(
    MetricForm,
    formset=MetricRows,
    extra=BLANK_ROWS,
    max_num=MOST_ROWS,
    absolute_max=2 * MOST_ROWS,
    can_delete=True,
    can_delete_extra=False,
)


def initial_of(need: Need, metrics: Iterable[NeedMetric]) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """What the form and the rows of a stored need begin with."""
    columns = {name: getattr(need, name) for name in (*PLAIN, *CODED)} | {"keywords": listed(need.keywords)}
    places = {name: getattr(need, name) for name in ("association", "review_zone")}
    columns |= {name: place.slug for name, place in places.items() if place is not None}
    columns |= {"organization": need.organization.public_id}
    rows = [{name: getattr(row, name) for name in (*METRIC, "key")} | {"value": metric_text(row)} for row in metrics]
    return columns, rows


def tell_refusal(form: forms.Form, errors: Mapping[str, list[str]]) -> None:
    """Put what a service refuses to the fields it is about; what belongs to none to the head of the form."""
    for name, sentences in errors.items():
        for sentence in sentences:
            row = f"{name.row}：" if isinstance(name, RowPlace) else ""
            form.add_error(str(name) if name in form.fields else None, row + sentence)


def _field(name: str) -> Any:
    """The field of a plain column."""
    field: Any = Need._meta.get_field(name).formfield()  # type: ignore[union-attr]
    if name in TEXTS:
        rows, most = TEXTS[name]
        field.widget = forms.Textarea(attrs={"rows": rows, "maxlength": most})
    if name == "deadline":
        field.widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    if name == "budget_max":
        field.help_text = _("只有本单位与所在园区可见，用于匹配")
    return field


def codes_field(model: type[Model], name: str, scheme: str, kept: Iterable[str]) -> forms.MultipleChoiceField:
    """The first level of a scheme, and what is chosen of the others."""
    rows = Code.objects.filter(Q(parent_code="") | Q(code__in=list(kept)), scheme=scheme, is_active=True)
    names = rows.order_by("code").values_list("code", "name_zh", "name_en")
    choices = [(code, in_language(zh, en)) for code, zh, en in names]
    label = model._meta.get_field(name).verbose_name  # type: ignore[union-attr]
    return forms.MultipleChoiceField(label=label, required=False, choices=choices, widget=forms.CheckboxSelectMultiple)


def _choice(rows: Any, label: str, key: str, *, is_required: bool = False) -> "forms.ModelChoiceField[Any]":
    """A row that is named by its public key."""
    return forms.ModelChoiceField(rows, label=label, to_field_name=key, required=is_required)
