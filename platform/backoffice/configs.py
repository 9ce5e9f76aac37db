"""Scoring configurations: versions of weights and thresholds, read and added by the system."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from backoffice.base import ChildRows, ScopedModelAdmin
from backoffice.filters import Rows
from backoffice.principals import principal_of
from backoffice.steps import Step
from matching.models import ScoringConfig
from matching.services.configs import activate_config, active_config, add_config
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

    steps = (
        Step(
            "activate",
            _("启用此版本"),
            "history",
            lambda principal, config, version: activate_config(principal, number=config.number, replacing=version),
            lambda principal, config: principal.is_system and not config.is_active,
            _("已启用，下次匹配起生效"),
            confirm=_("启用后，今后的匹配都按此版本评分。确定启用？"),
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

    def version_of(self, row: Any) -> int:
        """The version in force: a configuration itself never changes, which one is active does."""
        return active_config().number

    def find(self, rows: Rows, key: str) -> Any:
        is_number = key.isascii() and key.isdigit() and len(key) < 9
        return rows.filter(number=int(key)).first() if is_number else None

    def row_or_404(self, request: HttpRequest, key: str) -> Any:
        if not principal_of(request).is_system:
            key = ""
        return super().row_or_404(request, key)

    def initial_values(self, request: HttpRequest) -> dict[str, Any]:
        return {"parameters": active_config().parameters}

    def read_tables(self, request: HttpRequest, row: Any, *, is_own: bool) -> list[dict[str, Any]]:
        """Why a learned version was promoted."""
        return [evidence_table(row.evidence)] if row.evidence else []

    def write(
        self, principal: Principal, *, row: Any, version: int | None, values: dict[str, Any], rows: ChildRows
    ) -> Any:
        return add_config(principal, parameters=values["parameters"], note=values["note"])


def evidence_table(evidence: dict[str, Any]) -> dict[str, Any]:
    """The numbers of the guard as people read them."""
    rows = [
        [gettext("基于"), f"v{evidence['from_config']}"],
        [gettext("学习所用"), _amounts(evidence["train"])],
        [gettext("检验所用（时间在后）"), _amounts(evidence["test"])],
        [gettext("nDCG@5 提高"), _interval(evidence["ndcg_at_5_gain"])],
        [gettext("对数损失降低"), _interval(evidence["log_loss_saved"])],
        [gettext("评价时间"), f"{evidence['decided_from'][:10]} – {evidence['decided_to'][:10]}"],
    ]
    return {"title": gettext("启用依据"), "rows": rows}


def _amounts(counts: dict[str, int]) -> str:
    return gettext("%(needs)d 个需求，%(decisions)d 条评价") % counts


def _interval(found: dict[str, float]) -> str:
    return "{mean:+.4f}（95%: {low:+.4f} … {high:+.4f}）".format(**found)
