"""Code tables: looked up by everybody, loaded from the reference data."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from backoffice.base import ScopedModelAdmin
from backoffice.filters import Rows, choice_filter
from zones.choices import CodeScheme
from zones.models import Code


@admin.register(Code)
class CodeAdmin(ScopedModelAdmin):
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
                "fields": (
                    "scheme",
                    "code",
                    "parent_code",
                    "level",
                    "name_zh",
                    "name_en",
                    "family",
                    "confidence",
                    "is_active",
                )
            },
        ),
    )

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def key_of(self, row: Any) -> str:
        return f"{row.scheme}:{row.code}"

    def find(self, rows: Rows, key: str) -> Any:
        scheme, _colon, code = key.partition(":")
        return rows.filter(scheme=scheme, code=code).first() if "\x00" not in key else None
