"""Scoring configurations: versions of weights and thresholds, read and added by the system."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from backoffice.base import ChildRows, ScopedModelAdmin
from backoffice.filters import Rows
from backoffice.principals import principal_of
from matching.models import ScoringConfig
from matching.services.configs import active_config, add_config
from zones.scoping import Principal


@admin.register(ScoringConfig)
class ScoringConfigAdmin(ScopedModelAdmin):
    add_title = _("新版评分配置")
    ordering = ("-number",)
    list_display = ("number", "is_active", "note", "created_at")
    actions = None
    fieldsets = (
        (
            _("评分配置"),
            {
                "fields": ("note", "parameters"),
                "description": _("保存即成为新版本并启用；旧版本保留，可用于回放。各权重不必合计为 1。"),
            },
        ),
    )

    def has_module_permission(self, request: HttpRequest) -> bool:
        return principal_of(request).is_system

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return principal_of(request).is_system

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """A version is never edited; a new one is added."""
        return False

    def may_write_here(self, principal: Principal) -> bool:
        return principal.is_system

    def get_inline_instances(self, request: HttpRequest, obj: Any = None) -> list[Any]:
        return []

    def key_of(self, row: Any) -> str:
        return str(row.number)

    def find(self, rows: Rows, key: str) -> Any:
        is_number = key.isascii() and key.isdigit() and len(key) < 9
        return rows.filter(number=int(key)).first() if is_number else None

    def row_or_404(self, request: HttpRequest, key: str) -> Any:
        if not principal_of(request).is_system:
            key = ""
        return super().row_or_404(request, key)

    def initial_values(self, request: HttpRequest) -> dict[str, Any]:
        return {"parameters": active_config().parameters}

    def write(
        self, principal: Principal, *, row: Any, version: int | None, values: dict[str, Any], rows: ChildRows
    ) -> Any:
        return add_config(principal, parameters=values["parameters"], note=values["note"])
