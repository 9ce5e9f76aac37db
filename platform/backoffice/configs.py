"""Scoring configurations: versions of weights and thresholds, read and added by the system."""

import json
from typing import Any, Final

from django import forms
from django.contrib import admin
from django.forms.fields import InvalidJSONInput
from django.http import HttpRequest
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from backoffice.principals import principal_of
from backoffice.steps import Step
from backoffice.versions import VersionsAdmin
from matching.engine.config import COMPONENTS
from matching.engine.config import ScoringConfig as EngineConfig
from matching.engine.wording import COMPONENT_LABELS
from matching.models import ScoringConfig
from matching.services.configs import activate_config, active_config, add_config
from zones.scoping import Principal

SETTINGS: Final = {
    "alpha": _("把握度之外的得分占比"),
    "depth": _("每条需求检索的候选数"),
    "keep": _("每条需求保存的候选数"),
    "top": _("每条需求说明理由的候选数"),
    "query_terms": _("检索用词上限"),
    "max_document_share": _("常见词界限（文档占比）"),
    "minimum_query_terms": _("检索用词下限"),
    "trl_gap_max": _("技术就绪度最大差距（级）"),
    "same_zone": _("同一高新区的得分"),
    "same_network": _("同一产业网络的得分"),
    "same_alliance": _("同一区域联盟的得分"),
    "same_region_group": _("同一区域的得分"),
    "other_zone": _("其他高新区的得分"),
    "cross_zone_bonus": _("跨区加分"),
    "freshness_half_life_days": _("信息时效半衰期（天）"),
    "track_prior_accepted": _("合作记录先验：接受"),
    "track_prior_declined": _("合作记录先验：谢绝"),
    "assign_threshold": _("推荐的最低排序值"),
    "exploration_slots": _("探索名额"),
    "solver": _("分配算法"),
    "weekly_exposures": _("每项资源每周曝光上限"),
    "other_zone_places": _("留给其他高新区的名额"),
    "item_gain": _("设备与成果的加分比例"),
    "semantic_short": _("短需求中语义的占比"),
    "semantic_long": _("长需求中语义的占比"),
    "semantic_floor": _("语义下限（标准差）"),
    "semantic_ceiling": _("语义上限（标准差）"),
    "semantic_depth": _("按语义检索的候选数"),
    "rerank_share": _("逐对精读的占比"),
}
"""What people call the settings beside the weights; ``matching.engine.config`` says what each does."""


class OneSettingALine(json.JSONEncoder):
    """As people read and edit it."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(**{**settings, "indent": 2})


class SettingsField(forms.JSONField):
    """Settings as JSON; what is none is told by its line."""

    def to_python(self, value: Any) -> Any:
        try:
            json.loads(value or "{}")
        except json.JSONDecodeError as error:
            message = _("第 %(line)d 行第 %(column)d 个字符处不是有效的 JSON：请检查其前后的引号、逗号和括号。")
            raise forms.ValidationError(message, params={"line": error.lineno, "column": error.colno}) from error
        except (ValueError, RecursionError) as error:
            raise forms.ValidationError(_("数字过长或嵌套过深：请对照现行版本改正。")) from error
        return super().to_python(value)

    def bound_data(self, data: Any, initial: Any) -> Any:
        """What was typed, shown again as it was where it cannot be read."""
        try:
            return super().bound_data(data, initial)
        except (ValueError, RecursionError):
            return InvalidJSONInput(data)


@admin.register(ScoringConfig)
class ScoringConfigAdmin(VersionsAdmin):
    add_title = _("新版评分配置")
    ordering = ("-number",)
    list_display = ("number", "is_active", "note", "created_at")
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

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "parameters":
            kwargs["form_class"] = SettingsField
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if db_field.name == "parameters":
            field.encoder = OneSettingALine
        return field

    def version_in_force(self) -> ScoringConfig:
        return active_config()

    def starting_values(self, row: ScoringConfig) -> dict[str, Any]:
        return {"parameters": row.parameters}

    def add(self, principal: Principal, values: dict[str, Any], *, replacing: int) -> ScoringConfig:
        given = {name: values[name] for name in ("parameters", "note")}
        return add_config(principal, replacing=replacing, **given)

    def row_or_404(self, request: HttpRequest, key: str) -> Any:
        if not principal_of(request).is_system:
            key = ""
        return super().row_or_404(request, key)

    def read_fieldsets(self, request: HttpRequest, row: Any) -> list[tuple[Any, list[str]]]:
        """The note; what the parameters say is read in tables."""
        found = super().read_fieldsets(request, row)
        return [(title, [name for name in names if name != "parameters"]) for title, names in found]

    def read_tables(self, request: HttpRequest, row: Any, *, is_own: bool) -> list[dict[str, Any]]:
        """Weights, settings, and why a learned version was promoted."""
        config = EngineConfig.from_dict(row.parameters)
        evidence = [evidence_table(row.evidence)] if row.evidence else []
        return [weights_table(config), settings_table(config), *evidence]


def weights_table(config: EngineConfig) -> dict[str, Any]:
    """Each component with its weight."""
    tongue = "zh" if (get_language() or "zh").startswith("zh") else "en"
    pairs = zip(COMPONENTS, config.weights, strict=True)
    rows = [[COMPONENT_LABELS[name][tongue], f"{weight:g}"] for name, weight in pairs]
    return {"title": gettext("权重"), "headings": [gettext("分项"), gettext("权重")], "rows": rows}


def settings_table(config: EngineConfig) -> dict[str, Any]:
    """Everything else, by name."""
    rows = [[str(label), str(getattr(config, name))] for name, label in SETTINGS.items()]
    return {"title": gettext("其他设置"), "headings": [gettext("设置"), gettext("值")], "rows": rows}


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
