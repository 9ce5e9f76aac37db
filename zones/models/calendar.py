"""The working-day calendar: days that are not what their weekday says."""

import pghistory
from django.db import models
from django.utils.translation import gettext_lazy as _

from ledger.classification import classified
from zones.models.base import in_language


@pghistory.track()
@classified(public="id day is_working name_zh name_en source version")
class SpecialDay(models.Model):
    """A weekday off, or a day of a weekend that is worked, by a notice of the State Council or by the operator."""

    day = models.DateField(_("日期"), unique=True)
    is_working = models.BooleanField(_("上班"), default=False, help_text=_("勾选为调休上班，不勾选为放假"))
    name_zh = models.CharField(_("名称"), max_length=60)
    name_en = models.CharField(_("英文名称"), max_length=120, blank=True)
    source = models.CharField(_("依据"), max_length=120, blank=True)
    version = models.PositiveIntegerField(_("版本"), default=1, editable=False)

    class Meta:
        ordering = ("-day",)
        verbose_name = verbose_name_plural = _("工作日历")

    def __str__(self) -> str:
        return f"{self.day} {in_language(self.name_zh, self.name_en)}"
