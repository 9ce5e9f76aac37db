"""Form fields and their widgets: foreign keys by public id, codes of a scheme, lists and quantities as typed."""

import re
from collections.abc import Iterable
from typing import Any

from django import forms
from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from unfold import widgets

from backoffice.framework import ModelChoiceField
from zones.choices import CodeScheme
from zones.errors import listed
from zones.models import Code

SEPARATORS = re.compile(r"[、，,;；\n]+")


class PublicIdChoiceField(ModelChoiceField):
    """A foreign key posted as public id. A row outside the choices and a row that does not exist get one answer."""

    def __init__(self, queryset: Any, **kwargs: Any) -> None:
        kwargs.setdefault("to_field_name", "public_id")
        super().__init__(queryset, **kwargs)

    def to_python(self, value: Any) -> Any:
        try:
            return super().to_python(value)
        except (ValidationError, ValueError) as error:
            message = self.error_messages["invalid_choice"]
            raise ValidationError(message, code="invalid_choice", params={"value": value}) from error


class ListField(forms.CharField):
    """A list typed as text, items separated by 、 or commas."""

    def prepare_value(self, value: Any) -> Any:
        return listed(map(str, value)) if isinstance(value, list | tuple) else value

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        return list(dict.fromkeys(item.strip() for item in SEPARATORS.split(text) if item.strip()))

    def has_changed(self, initial: Any, data: Any) -> bool:
        return super().has_changed(self.prepare_value(initial), data)


def list_field(column: Any) -> ListField:
    """The form field of a plain ArrayField of texts."""
    limit = 40 * (column.base_field.max_length or 40) if isinstance(column, ArrayField) else 1000
    return ListField(
        label=column.verbose_name,
        required=False,
        max_length=limit,
        help_text=_("多个用顿号或逗号分隔"),
        widget=widgets.UnfoldAdminTextInputWidget(),
    )


def codes_field(column: Any) -> forms.TypedMultipleChoiceField:
    """Codes of one scheme, chosen by name."""
    return forms.TypedMultipleChoiceField(
        label=column.verbose_name,
        required=False,
        choices=lambda: code_choices(column.scheme),
        empty_value=[],
        widget=widgets.UnfoldAdminSelect2MultipleWidget(attrs={"data-placeholder": _("按代码或名称查找")}),
    )


def code_choices(scheme: str) -> list[tuple[str, str]]:
    """Codes with what people read: a class is known by its number, a mode by its name only."""
    column = "name_zh" if (get_language() or "zh").startswith("zh") else "name_en"
    rows = Code.objects.filter(scheme=scheme, is_active=True).order_by("code").values_list("code", column, "name_zh")
    known = [(code, name or name_zh) for code, name, name_zh in rows]
    return known if scheme == CodeScheme.MODE else [(code, f"{code} {name}") for code, name in known]


def names_of_codes(scheme: str, codes: Iterable[str]) -> list[str]:
    """Names of codes, in their order, for reading."""
    wanted = list(codes)
    column = "name_zh" if (get_language() or "zh").startswith("zh") else "name_en"
    found = Code.objects.filter(scheme=scheme, code__in=wanted).values_list("code", column)
    names = {code: name for code, name in found if name}
    return [names.get(code, code) for code in wanted]
