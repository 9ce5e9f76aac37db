"""Figures as they were published: a locked one never changes; a newer version says why."""

from decimal import Decimal
from typing import Any

import pgtrigger
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from figures.choices import LockState
from ledger.classification import classified
from zones.models import Association, Zone
from zones.models.base import ScopedModel, in_language
from zones.models.columns import public_key, user_key

SHA256 = RegexValidator(r"^[0-9a-f]{64}\Z")
WHAT = ("figure", "scope", "period", "milestone", "samples")
"""What makes two rows versions of one figure."""
KEEP = """
IF OLD.state <> 'draft' AND (to_jsonb(OLD) - 'state') IS DISTINCT FROM (to_jsonb(NEW) - 'state') THEN
    RAISE EXCEPTION 'a figure that was published is never changed';
END IF;
IF (OLD.state, NEW.state) NOT IN
    (('draft', 'draft'), ('draft', 'locked'), ('draft', 'dropped'), ('locked', 'restated')) THEN
    RAISE EXCEPTION 'a figure goes from draft to locked to restated';
END IF;
RETURN NEW;
"""


@classified(
    public="id public_id figure definition_version scope zone association period milestone as_of samples state number "
    "value day_value unit is_forecast sentence_zh sentence_en evidence_count evidence_sha256 reason_zh at locked_at",
    scoped="evidence user locker",
)
class LockedFigure(ScopedModel):
    """One version of a figure of one scope and period, with what it was made of.

    `evidence` lists [table, key, amount] of every fact. `zone` or `association` keeps it; with neither the system does.
    """

    public_id = public_key()
    figure = models.CharField(_("指标"), max_length=60)
    definition_version = models.PositiveSmallIntegerField(_("口径版次"))
    scope = models.CharField(_("统计范围"), max_length=200)
    zone = models.ForeignKey(
        Zone, null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("高新区")
    )
    association = models.ForeignKey(
        Association, null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("联盟或网络")
    )
    period = models.CharField(_("统计期"), max_length=12, blank=True)
    milestone = models.CharField(_("口径"), max_length=20, blank=True)
    as_of = models.DateField(_("截止日"))
    samples = models.BooleanField(_("含样例数据"), default=False)
    state = models.CharField(_("状态"), max_length=10, choices=LockState.choices, default=LockState.DRAFT)
    number = models.PositiveSmallIntegerField(_("版次"))
    value: "models.DecimalField[Any, Decimal | None]" = models.DecimalField(
        _("数值"), max_digits=28, decimal_places=10, null=True, blank=True
    )
    day_value = models.DateField(_("日期"), null=True, blank=True)
    unit = models.CharField(_("计量单位"), max_length=20)
    is_forecast = models.BooleanField(_("预计数"), default=False)
    sentence_zh = models.TextField(_("表述"))
    sentence_en = models.TextField(_("英文表述"))
    evidence = models.JSONField(_("依据"), blank=True)
    evidence_count = models.PositiveIntegerField(_("依据行数"))
    evidence_sha256 = models.CharField(_("依据校验值"), max_length=64, validators=[SHA256])
    reason_zh = models.CharField(_("重述原因"), max_length=300, blank=True)
    user = user_key(_("填报人"))
    at = models.DateTimeField(_("填报时间"), db_default=Now(), editable=False)
    locker = user_key(_("锁定人"))
    locked_at = models.DateTimeField(_("锁定时间"), null=True, blank=True)

    class Meta(ScopedModel.Meta):
        ordering = ("-id",)
        verbose_name = verbose_name_plural = _("统计发布")
        triggers = (
            pgtrigger.Trigger(name="keep_published", when=pgtrigger.Before, operation=pgtrigger.Update, func=KEEP),
            pgtrigger.Protect(name="never_deleted", operation=pgtrigger.Delete),
        )
        constraints = (
            models.UniqueConstraint(
                fields=[*WHAT, "number"],
                condition=~Q(state=LockState.DROPPED),
                name="one_figure_version",
                violation_error_message=_("该指标刚由他人拟稿：请刷新后核对。"),
            ),
            models.UniqueConstraint(
                fields=WHAT,
                condition=Q(state=LockState.LOCKED),
                name="one_locked_figure",
                violation_error_message=_("该指标已锁定：更正请重述，并写明原因。"),
            ),
            models.UniqueConstraint(
                fields=WHAT,
                condition=Q(state=LockState.DRAFT),
                name="one_figure_draft",
                violation_error_message=_("该指标已有草稿：请先锁定或作废。"),
            ),
            models.CheckConstraint(
                name="locked_figure_has_its_time",
                condition=Q(state__in=("draft", "dropped"), locked_at__isnull=True)
                | Q(state__in=("locked", "restated"), locked_at__isnull=False),
            ),
            models.CheckConstraint(
                name="figure_restated_with_reason",
                condition=Q(number=1) | ~Q(reason_zh=""),
                violation_error_message=_("请写明重述原因。"),
            ),
            models.CheckConstraint(
                name="figure_kept_by_one", condition=Q(zone__isnull=True) | Q(association__isnull=True)
            ),
        )

    def __str__(self) -> str:
        return in_language(self.sentence_zh, self.sentence_en)

    @property
    def version(self) -> int:
        """A row never changes but for its state: its number tells the versions apart."""
        return self.number
