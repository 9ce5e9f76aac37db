"""Reports of a month or a year, as they were made."""

import pgtrigger
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from ledger.classification import classified
from zones.models import Association, Zone
from zones.models.base import ScopedModel
from zones.models.columns import public_key, user_key


@classified(public="id public_id zone association scope period as_of samples number at", scoped="content user")
class FigureReport(ScopedModel):
    """What was reported of a zone, an association or the nation for a period. A report made anew is a row of its own;
    rows never change. `content` holds its sections with sentences in both languages, values and evidence counts.
    """

    public_id = public_key()
    zone = models.ForeignKey(
        Zone, null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("高新区")
    )
    association = models.ForeignKey(
        Association, null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("联盟或网络")
    )
    scope = models.CharField(_("统计范围"), max_length=200)
    period = models.CharField(_("统计期"), max_length=12, help_text=_("例如 2024、2024-Q3、2024-05"))
    as_of = models.DateField(_("截止日"))
    samples = models.BooleanField(_("含样例数据"), default=False)
    number = models.PositiveSmallIntegerField(_("版次"))
    content = models.JSONField(_("内容"))
    user = user_key(_("制作人"))
    at = models.DateTimeField(_("制作时间"), db_default=Now(), editable=False)

    class Meta(ScopedModel.Meta):
        ordering = ("-id",)
        verbose_name = verbose_name_plural = _("统计报告")
        triggers = (pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete),)
        constraints = (
            models.UniqueConstraint(
                fields=["scope", "period", "samples", "number"],
                name="one_report_version",
                violation_error_message=_("该报告刚由他人生成：请刷新后查看。"),
            ),
            models.CheckConstraint(name="report_of_one", condition=Q(zone__isnull=True) | Q(association__isnull=True)),
        )

    def __str__(self) -> str:
        return f"{self.association or self.zone or _('全国')} {self.period}"

    @property
    def version(self) -> int:
        return self.number
