"""Code tables: looked up by everybody, maintained by the system, each code with the crosswalks that start at it."""

from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from unfold import widgets

from backoffice.base import ChildRows, ScopedModelAdmin
from backoffice.details import EMPTY
from backoffice.filters import Rows, choice_filter
from backoffice.forms import RecordForm
from zones.choices import CodeScheme
from zones.models import Code, Crosswalk
from zones.scoping import Principal
from zones.services.codes import add_code, update_code
from zones.services.typed import parse_number
from zones.wording import number_text


class CrosswalksField(forms.CharField):
    """Crosswalks as typed: one a line, target, likeness and source between blanks."""

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, str) or value is None:
            return value
        return "\n".join(f"{row.target} {number_text(row.weight)} {row.origin}".strip() for row in value)

    def clean(self, value: Any) -> Any:
        lines = super().clean(value).splitlines()
        return [_crosswalk(number, line) for number, line in enumerate(lines, start=1) if line.strip()]

    def has_changed(self, initial: Any, data: Any) -> bool:
        return super().has_changed(self.prepare_value(initial), data)


def _crosswalk(number: int, line: str) -> dict[str, Any]:
    target, weight, origin = (*line.split(maxsplit=2), "", "")[:3]
    try:
        return {"target": target, "weight": parse_number(weight), "origin": origin}
    except ValidationError as error:
        message = gettext("第 %(number)d 行应为“代码 相似度 依据”，例如“SEI1.2 0.5 国家标准”。")
        raise ValidationError(message % {"number": number}) from error


def crosswalks_from(code: Code) -> list[Crosswalk]:
    return list(Crosswalk.objects.filter(scheme=code.scheme, source=code.code).order_by("target"))


def crosswalks_to(code: Code) -> list[Crosswalk]:
    return list(Crosswalk.objects.filter(scheme=code.scheme, target=code.code).order_by("source"))


class CodeForm(RecordForm):
    crosswalks = CrosswalksField(
        label=_("对照"),
        required=False,
        max_length=4000,
        help_text=_("每行一个：代码、相似度（0–1）、依据，以空格分隔。匹配时相近的代码按相似度计分。"),
        widget=widgets.UnfoldAdminTextareaWidget(attrs={"rows": 4}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.initial["crosswalks"] = crosswalks_from(self.instance)

    def values(self) -> dict[str, Any]:
        return super().values() | {"crosswalks": self.cleaned_data["crosswalks"]}


@admin.register(Code)
class CodeAdmin(ScopedModelAdmin):
    form = CodeForm
    add_title = _("新增代码")
    ordering = ("scheme", "code")
    list_display = ("code", "scheme", "name_zh", "name_en", "parent_code", "level", "is_active")
    list_filter = (
        choice_filter("scheme", _("分类"), CodeScheme.choices),
        choice_filter("is_active", _("启用"), [("True", _("是")), ("False", _("否"))]),
    )
    search_fields = ("code", "name_zh", "name_en")
    search_help_text = _("按代码、名称查找")
    actions = None
    fieldsets = (
        (
            _("代码"),
            {
                "fields": (("scheme", "code"), "parent_code", ("name_zh", "name_en"), ("family", "is_active")),
                "description": _("代码登记后不能更改；不再使用的代码请停用。"),
            },
        ),
        (_("对照与来源"), {"fields": ("crosswalks", "confidence")}),
    )

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """Scheme and code are given once."""
        (title, options), *others = self.fieldsets
        names = options["fields"] if obj is None else options["fields"][1:]
        return ((title, {**options, "fields": names}), *others)

    def read_fieldsets(self, request: HttpRequest, row: Any) -> list[tuple[Any, list[str]]]:
        names = ["scheme", "code", "parent_code", "level", "name_zh", "name_en", "family", "confidence", "is_active"]
        return [(_("代码"), names)]

    def read_tables(self, request: HttpRequest, row: Any, *, is_own: bool) -> list[dict[str, Any]]:
        pairs = [(one.target, one) for one in crosswalks_from(row)] + [(one.source, one) for one in crosswalks_to(row)]
        rows = [[code, number_text(one.weight), one.origin or EMPTY] for code, one in pairs]
        headings = [gettext("代码"), gettext("相似度"), gettext("依据")]
        return [{"title": gettext("对照"), "headings": headings, "rows": rows}] if rows else []

    def record_context(self, request: HttpRequest, row: Any) -> dict[str, Any]:
        facts = [row.get_scheme_display(), row.code]
        return super().record_context(request, row) | {"record_facts": facts}

    def may_write_here(self, principal: Principal) -> bool:
        return principal.is_system

    def key_of(self, row: Any) -> str:
        return f"{row.scheme}:{row.code}"

    def find(self, rows: Rows, key: str) -> Any:
        scheme, _colon, code = key.partition(":")
        return rows.filter(scheme=scheme, code=code).first() if "\x00" not in key else None

    def write(
        self, principal: Principal, *, row: Any, version: int | None, values: dict[str, Any], rows: ChildRows
    ) -> Any:
        if row is None:
            return add_code(principal, **values)
        return update_code(principal, code_id=row.pk, version=version, **values)
