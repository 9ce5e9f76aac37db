"""Official series and their values as their sources published them, version by version."""

from decimal import Decimal
from typing import Any

import pghistory
import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from figures.units import UNITS
from ledger.classification import classified
from zones.models import Association, Zone
from zones.models.base import Recorded, ScopedModel, in_language
from zones.models.columns import public_key, user_key

UNIT_CHOICES = [(key, unit.zh or key) for key, unit in UNITS.items()]


@pghistory.track(exclude=["updated_at"])
@classified(
    public="id public_id version code name_zh name_en unit zone association figure scope milestone source_zh "
    "source_url is_sample created_at updated_at",
    scoped="author",
)
class Series(Recorded):
    """One official series: of a zone, of an association, or of neither (kept by the system). `figure`, `scope` and
    `milestone` name the figure counted here that it reports, so that both are shown side by side. Money is in 元.
    """

    code = models.SlugField(_("代号"), unique=True, max_length=60)
    name_zh = models.CharField(_("名称"), max_length=120)
    name_en = models.CharField(_("英文名称"), max_length=200, blank=True)
    unit = models.CharField(_("计量单位"), max_length=20, choices=UNIT_CHOICES)
    zone = models.ForeignKey(
        Zone, null=True, blank=True, on_delete=models.PROTECT, related_name="series", verbose_name=_("登记的高新区")
    )
    association = models.ForeignKey(
        Association, null=True, blank=True, on_delete=models.PROTECT, related_name="series",
        verbose_name=_("登记的联盟或网络"),
    )  # fmt: skip
    figure = models.CharField(
        _("对应指标"), max_length=60, blank=True, help_text=_("与平台按记录计算的指标并列显示，例如 contracts.flow")
    )
    scope = models.CharField(_("对应范围"), max_length=200, blank=True)
    milestone = models.CharField(
        _("对应口径"), max_length=20, blank=True, help_text=_("对应指标分口径时必填：signed 促成、completed 完成")
    )
    source_zh = models.CharField(_("数据来源"), max_length=200)
    source_url = models.URLField(_("来源网址"), blank=True)
    author = user_key(_("填报人"))

    class Meta(Recorded.Meta):
        ordering = ("code",)
        verbose_name = verbose_name_plural = _("官方数据系列")
        constraints = (
            models.CheckConstraint(
                name="series_kept_by_one_at_most",
                condition=Q(zone__isnull=True) | Q(association__isnull=True),
                violation_error_message=_("请选择由哪个高新区或哪个联盟登记，两者最多选一。"),
            ),
            models.CheckConstraint(
                name="series_names_figure_and_scope_together",
                condition=Q(figure="", scope="") | (~Q(figure="") & ~Q(scope="")),
                violation_error_message=_("对应指标与对应范围请一并填写，或都不填。"),
            ),
        )

    def __str__(self) -> str:
        return in_language(self.name_zh, self.name_en)


@classified(
    public="id public_id series period first_day last_day value is_forecast published_on number source_zh reason_zh at",
    scoped="user",
)
class Observation(ScopedModel):
    """The value of a series for one period, in one version. A correction is a row of its own with its reason; rows are
    never changed, so that what was known on any day can be asked.
    """

    public_id = public_key()
    series = models.ForeignKey(Series, on_delete=models.PROTECT, related_name="observations", verbose_name=_("系列"))
    period = models.CharField(_("统计期"), max_length=12, help_text=_("例如 2024、2024-H1、2024-Q3、2024-05"))
    first_day = models.DateField(editable=False)
    last_day = models.DateField(editable=False)
    value: "models.DecimalField[Any, Decimal]" = models.DecimalField(_("数值"), max_digits=24, decimal_places=6)
    is_forecast = models.BooleanField(_("预计数"), default=False)
    published_on = models.DateField(_("公布日"))
    number = models.PositiveSmallIntegerField(_("版次"), editable=False)
    source_zh = models.CharField(_("出处"), max_length=200, blank=True)
    reason_zh = models.CharField(_("更正原因"), max_length=300, blank=True)
    user = user_key(_("经手人"))
    at = models.DateTimeField(_("登记时间"), db_default=Now(), editable=False)

    class Meta(ScopedModel.Meta):
        ordering = ("series", "first_day", "number")
        verbose_name = verbose_name_plural = _("官方数据")
        triggers = (pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete),)
        constraints = (
            models.UniqueConstraint(
                fields=["series", "first_day", "last_day", "number"], name="one_observation_version"
            ),
            models.CheckConstraint(name="observation_days_in_order", condition=Q(last_day__gte=F("first_day"))),
            models.CheckConstraint(
                name="observation_corrected_with_reason",
                condition=Q(number=1) | ~Q(reason_zh=""),
                violation_error_message=_("该期已有数据：更正请写明原因。"),
            ),
        )

    def __str__(self) -> str:
        return f"{self.series} {self.period}"
