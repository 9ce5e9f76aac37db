"""Scoring configurations: versions, never edits."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from matching.engine.config import DEFAULT
from matching.engine.config import ScoringConfig as Settings
from matching.models import ReviewPolicy, ScoringConfig
from zones.errors import Conflict, InvalidInput, NotAllowed, NotFound
from zones.scoping import Principal
from zones.services.base import tell_fact


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
    except (TypeError, ValueError) as error:
        raise InvalidInput.single("parameters", _("参数有误：%(reason)s") % {"reason": error}) from error
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
