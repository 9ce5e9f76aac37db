"""Scoring configurations: versions, never edits."""

import json
from typing import Any, Final

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from matching.engine.config import DEFAULT, BadSetting
from matching.engine.config import ScoringConfig as Settings
from matching.models import ReviewPolicy, ScoringConfig
from zones.errors import Conflict, InvalidInput, NotAllowed, NotFound
from zones.scoping import Principal
from zones.services.base import tell_fact

WANTED: Final[dict[str, Any]] = {
    "text": gettext_lazy("应为文字，请加双引号。"),
    "whole": gettext_lazy("应为整数，不加引号。"),
    "number": gettext_lazy("应为数字，不加引号。"),
    "at_least": gettext_lazy("不得小于 %(low)s。"),
    "between": gettext_lazy("应在 %(low)s 与 %(high)s 之间。"),
    "among": gettext_lazy("应为其中之一：%(choices)s。"),
    "known": gettext_lazy("没有这一项：请删去，或对照现行版本改正名称。"),
    "known_near": gettext_lazy("没有这一项：请删去，或改为 %(near)s。"),
    "settings": gettext_lazy('应为一组设置，写在花括号中，如 {"keep": 50}。'),
    "so_many": gettext_lazy("应写明各分项及其权重，或按顺序列出 %(count)d 个数字。"),
    "one_besides": gettext_lazy("除 %(hidden)s 外，至少一项须大于 0。"),
}
"""What a setting must be (`matching.engine.config.BadSetting`)."""


def active_config() -> ScoringConfig:
    """The configuration new runs use; the engine's default becomes version 1 when there is none."""
    config = ScoringConfig.objects.filter(is_active=True).first()
    if config is not None:
        return config
    config, is_new = ScoringConfig.objects.get_or_create(
        number=1, defaults={"parameters": DEFAULT.to_dict(), "note": "默认权重", "is_active": True}
    )
    if is_new:
        tell_fact(config, "scoring_config.added", number=config.number)
    return config


def settings_of(config: ScoringConfig) -> Settings:
    """The engine's settings of a stored configuration."""
    return Settings.from_dict(config.parameters)


@transaction.atomic
def add_config(
    principal: Principal,
    *,
    parameters: dict[str, Any],
    note: str,
    evidence: dict[str, Any] | None = None,
    replacing: int | None = None,
) -> ScoringConfig:
    """Store a new version and make it the active one; old versions stay for replay and roll-back.

    `evidence` says why a learned version was promoted; `replacing` is the number the caller believes active. Raises
    NotAllowed, InvalidInput, Conflict.
    """
    must_maintain(principal)
    must_be_in_force(ScoringConfig, replacing)
    added = _store(principal, parameters=parameters, note=note, evidence=evidence or {})
    ScoringConfig.objects.filter(is_active=True).update(is_active=False)
    added.is_active = True
    added.save(update_fields=["is_active"])
    return added


@transaction.atomic
def config_keeping(principal: Principal, *, keep: int) -> ScoringConfig:
    """The active settings with `keep` candidates stored per need, for a run of its own: the active version stays
    active. Raises NotAllowed.
    """
    must_maintain(principal)
    parameters = settings_of(active_config()).to_dict() | {"keep": keep}
    stored = ScoringConfig.objects.filter(parameters=parameters).order_by("number").first()
    note = _("仅供单次运行：保留%(keep)d个候选") % {"keep": keep}
    return stored or _store(principal, parameters=parameters, note=note, evidence={})


def _store(principal: Principal, *, parameters: dict[str, Any], note: str, evidence: dict[str, Any]) -> ScoringConfig:
    try:
        complete = Settings.from_dict(parameters).to_dict()
    except BadSetting as bad:
        raise InvalidInput.single("parameters", _told(bad)) from bad
    latest = ScoringConfig.objects.select_for_update().order_by("-number").first()
    added = ScoringConfig.objects.create(
        number=latest.number + 1 if latest else 1,
        parameters=complete,
        note=note,
        evidence=evidence,
        created_by_id=principal.user_id,
    )
    tell_fact(added, "scoring_config.added", number=added.number)
    return added


@transaction.atomic
def activate_config(principal: Principal, *, number: int, replacing: int | None = None) -> ScoringConfig:
    """Make a stored version the active one: the roll-back. Runs that follow use it.

    ``replacing`` is the number the caller believes active. Raises NotAllowed, NotFound, Conflict.
    """
    must_maintain(principal)
    configs = {row.number: row for row in ScoringConfig.objects.select_for_update().order_by("number")}
    chosen = configs.get(number)
    if chosen is None:
        raise NotFound(_("没有版本号为 %(number)d 的评分配置。") % {"number": number})
    must_be_in_force(ScoringConfig, replacing)
    ScoringConfig.objects.filter(is_active=True).exclude(pk=chosen.pk).update(is_active=False)
    chosen.is_active = True
    chosen.save(update_fields=["is_active"])
    tell_fact(chosen, "scoring_config.activated", number=number)
    return chosen


def _told(bad: BadSetting) -> str:
    """Which setting is wrong, what stands there, and what to put there."""
    wanted = "known_near" if bad.params.get("near") else bad.wanted
    told = str(WANTED[wanted]) % bad.params
    return _("参数有误，%(path)s：%(told)s") % {"path": bad.path, "told": told} + (
        _("现为 %(given)s。") % {"given": json.dumps(bad.given, ensure_ascii=False, default=str)[:60]}
        if bad.given != ""
        else ""
    )


def must_be_in_force(model: type[ScoringConfig] | type[ReviewPolicy], number: int | None) -> None:
    """Lock the active version of some settings. Raises Conflict where it is not the one the caller has seen; None: the
    caller has seen none.
    """
    active = model.objects.select_for_update().filter(is_active=True).first()
    if number is not None and (active is None or active.number != number):
        raise Conflict(_("启用的版本已由他人更换：请重新打开页面，核对后再操作。"))


def must_maintain(principal: Principal) -> None:
    """Raise NotAllowed for everybody but the system."""
    if not principal.is_system:
        raise NotAllowed(_("评分配置由系统管理员维护。"))
