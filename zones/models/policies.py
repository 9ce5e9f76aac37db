"""Policy documents: what zones and regions have announced, the numbered parts, the targets, and what came of them."""

from decimal import Decimal
from typing import Any

import pghistory
from django.core.validators import MaxLengthValidator, MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ledger.classification import classified
from zones.choices import MoneyUnit, PolicyItemKind
from zones.models.base import ScopedModel
from zones.models.codes import CodesField
from zones.models.columns import money, public_key, reference
from zones.models.kept import KEPT, Kept, in_order
from zones.models.places import Region


@pghistory.track(exclude=["updated_at"])
@classified(
    public=f"{KEPT} issuer_region issuer_zh number issued_on ended_on summary_zh industry_codes", scoped="author"
)
class PolicyDocument(Kept):
    """One document as it was issued: by the keeper itself, or by the region or authority it names."""

    begins, ends = "issued_on", "ended_on"

    issuer_region = reference(Region, _("发文省份"))
    issuer_zh = models.CharField(_("发文机关"), max_length=120, blank=True, help_text=_("由登记方自己印发的留空"))
    number = models.CharField(_("文号"), max_length=60, blank=True)
    issued_on = models.DateField(_("印发日"))
    ended_on = models.DateField(_("废止日"), null=True, blank=True, help_text=_("首个不再有效的日期"))
    summary_zh = models.TextField(_("主要内容"), blank=True, validators=[MaxLengthValidator(1000)])
    industry_codes = CodesField("industry", verbose_name=_("产业分类"))

    class Meta(Kept.Meta):
        ordering = ("-issued_on", "-id")
        verbose_name = _("政策文件")
        verbose_name_plural = pgettext_lazy("plural", "政策文件")
        constraints = (*Kept.Meta.constraints, in_order("policy_ends_after_it_is_issued", "issued_on", "ended_on"))


@pghistory.track()
@classified(public="id public_id document kind position text_zh")
class PolicyItem(ScopedModel):
    """One numbered part, in the words of the document."""

    public_id = public_key()
    document = models.ForeignKey(PolicyDocument, on_delete=models.CASCADE, related_name="items")
    position = models.PositiveSmallIntegerField(_("序号"))
    kind = models.CharField(_("类别"), max_length=8, choices=PolicyItemKind.choices, default=PolicyItemKind.MEASURE)
    text_zh = models.CharField(_("内容"), max_length=300)

    class Meta(ScopedModel.Meta):
        ordering = ("position", "id")
        verbose_name = _("政策条目")
        verbose_name_plural = pgettext_lazy("plural", "政策条目")

    def __str__(self) -> str:
        return self.text_zh


@pghistory.track()
@classified(
    public="id public_id document position number indicator_zh year planned_count count_unit_zh planned_value "
    "value_unit is_each"
)
class PolicyTarget(ScopedModel):
    """What is to be reached by the end of a year: how many, or an amount in 元; or so many of such an amount each."""

    public_id = public_key()
    document = models.ForeignKey(PolicyDocument, on_delete=models.CASCADE, related_name="targets")
    position = models.PositiveSmallIntegerField()
    number = models.PositiveSmallIntegerField(_("编号"), blank=True, help_text=_("实际值按编号填写；留空自动编号"))
    indicator_zh = models.CharField(_("指标"), max_length=80)
    year = models.PositiveSmallIntegerField(
        _("目标年份"), validators=[MinValueValidator(2000), MaxValueValidator(2100)]
    )
    planned_count = models.PositiveIntegerField(_("目标数量"), null=True, blank=True)
    count_unit_zh = models.CharField(_("数量单位"), max_length=12, blank=True, help_text=_("例如：个、家、项"))
    planned_value: "models.DecimalField[Any, Decimal | None]" = money(_("目标金额（元）"), null=True, blank=True)
    value_unit = models.CharField(
        _("金额显示单位"), max_length=6, choices=MoneyUnit.choices, default=MoneyUnit.YI, blank=True
    )
    is_each = models.BooleanField(_("每个的金额"), default=False, help_text=_("如“2 个 1000 亿元”，金额是每个的"))

    class Meta(ScopedModel.Meta):
        ordering = ("position", "id")
        verbose_name = _("政策目标")
        verbose_name_plural = pgettext_lazy("plural", "政策目标")
        constraints = (
            models.UniqueConstraint(
                fields=["document", "number"],
                name="one_policy_target_of_a_number",
                violation_error_message=_("目标的编号不能重复。"),
            ),
            models.CheckConstraint(
                name="policy_target_says_how_much",
                condition=Q(planned_count__isnull=False) | Q(planned_value__isnull=False),
                violation_error_message=_("请填写目标数量或目标金额。"),
            ),
            models.CheckConstraint(
                name="policy_target_in_range",
                condition=(Q(planned_value__isnull=True) | Q(planned_value__gt=0))
                & (Q(planned_count__isnull=True) | Q(planned_count__gt=0)),
                violation_error_message=_("目标数量与目标金额须大于 0。"),
            ),
            models.CheckConstraint(
                name="policy_target_of_each_has_both",
                condition=Q(is_each=False) | Q(planned_count__isnull=False, planned_value__isnull=False),
                violation_error_message=_("按每个计的目标，请同时填写数量与每个的金额。"),
            ),
        )

    def __str__(self) -> str:
        return self.indicator_zh


@pghistory.track()
@classified(public="id public_id document position target_number as_of actual_count actual_value evidence_zh")
class PolicyActual(ScopedModel):
    """What has come of a target as of a day, by what evidence; a later day does not replace an earlier one."""

    public_id = public_key()
    document = models.ForeignKey(PolicyDocument, on_delete=models.CASCADE, related_name="actuals")
    position = models.PositiveSmallIntegerField()
    target_number = models.PositiveSmallIntegerField(_("目标编号"))
    as_of = models.DateField(_("截至日"))
    actual_count = models.PositiveIntegerField(_("实际数量"), null=True, blank=True)
    actual_value: "models.DecimalField[Any, Decimal | None]" = money(_("实际金额（元）"), null=True, blank=True)
    evidence_zh = models.CharField(_("凭证"), max_length=200)

    class Meta(ScopedModel.Meta):
        ordering = ("position", "id")
        verbose_name = _("目标实际值")
        verbose_name_plural = pgettext_lazy("plural", "目标实际值")
        constraints = (
            models.UniqueConstraint(
                fields=["document", "target_number", "as_of"],
                name="one_policy_actual_of_a_day",
                violation_error_message=_("同一目标在同一天只填一个实际值。"),
            ),
            models.CheckConstraint(
                name="policy_actual_says_how_much",
                condition=(Q(actual_count__isnull=False) | Q(actual_value__isnull=False))
                & (Q(actual_value__isnull=True) | Q(actual_value__gte=0)),
                violation_error_message=_("请填写实际数量或实际金额，金额不得为负。"),
            ),
        )

    def __str__(self) -> str:
        return f"{self.target_number} · {self.as_of}"
