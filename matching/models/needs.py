"""Needs: what a company asks for, with quantified metrics and exclusions."""

import pghistory
import pgtrigger
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxLengthValidator, MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ledger.classification import classified
from matching.choices import MetricOperator, MetricPriority, NeedKind, NeedState, NeedVisibility
from zones.models import Association, Organization, Zone
from zones.models.base import Recorded, ScopedModel, in_language
from zones.models.codes import CodesField

SECTION = [MaxLengthValidator(1000)]
MARK_CHANGE = "INSERT INTO ledger_changemark (subject, object_id) VALUES ('need', NEW.id); RETURN NEW;"


@pghistory.track(exclude=["updated_at"])
@classified(
    public="id public_id kind title_zh title_en summary_zh zone association call state visibility background_zh "
    "problem_zh content_zh tried_zh "
    "conditions_offered_zh duration_months deadline trl_have trl_need industry_codes discipline_codes "
    "equipment_codes modes keywords "
    "is_sample version text_version opened_at expires_on updated_at",
    scoped="organization author consent_recorded_on external_id budget_min budget_max budget_source_zh "
    "ip_preference_zh "
    "payment_zh exclusions_zh "
    "is_classified wanted_partners review_zone created_at",
)
class Need(Recorded):
    """One R&D need. Its organization stays unnamed to others until both sides consent."""

    kind = models.CharField(_("需求类型"), max_length=30, choices=NeedKind.choices)
    title_zh = models.CharField(_("标题"), max_length=80)
    title_en = models.CharField(_("英文标题"), max_length=200, blank=True)
    summary_zh = models.TextField(_("摘要"), validators=[MaxLengthValidator(200)])
    zone = models.ForeignKey(Zone, on_delete=models.PROTECT, related_name="needs", verbose_name=_("所在高新区"))
    organization = models.ForeignKey(
        Organization, on_delete=models.PROTECT, related_name="needs", verbose_name=_("需求单位")
    )
    association = models.ForeignKey(
        Association, null=True, blank=True, on_delete=models.PROTECT, related_name="needs", verbose_name=_("联盟或网络")
    )
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="needs",
        verbose_name=_("填报人"),
    )
    consent_recorded_on = models.DateField(
        _("单位授权日期"), null=True, blank=True, help_text=_("代企业填报时，企业同意发布的日期")
    )
    state = models.CharField(_("状态"), max_length=14, choices=NeedState.choices, default=NeedState.DRAFT)
    visibility = models.CharField(
        _("可见范围"), max_length=12, choices=NeedVisibility.choices, default=NeedVisibility.ASSOCIATION
    )
    review_zone = models.ForeignKey(
        Zone,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="needs_to_review",
        verbose_name=_("复核园区"),
        help_text=_("面向全国或公开的需求必选，除本园区外还由该园区审核；其他需求选了就由该园区审核"),
    )
    call = models.ForeignKey(
        "matching.NeedCall",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="needs",
        verbose_name=_("所属征集"),
        help_text=_("响应联盟或网络的征集时选择"),
    )
    background_zh = models.TextField(_("背景"), blank=True, validators=SECTION)
    problem_zh = models.TextField(_("技术难题"), blank=True, validators=SECTION)
    content_zh = models.TextField(_("需求内容"), blank=True, validators=SECTION)
    tried_zh = models.TextField(_("已做尝试"), blank=True, validators=SECTION)
    conditions_offered_zh = models.TextField(_("可提供条件"), blank=True, validators=SECTION)
    budget_min = models.DecimalField(_("预算下限（元）"), max_digits=16, decimal_places=2, null=True, blank=True)
    budget_max = models.DecimalField(_("预算上限（元）"), max_digits=16, decimal_places=2, null=True, blank=True)
    budget_source_zh = models.CharField(_("资金来源"), max_length=120, blank=True)
    deadline = models.DateField(_("要求完成日"), null=True, blank=True)
    duration_months = models.PositiveSmallIntegerField(_("周期（月）"), null=True, blank=True)
    trl_have = models.PositiveSmallIntegerField(
        _("现有就绪度"), null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(9)]
    )
    trl_need = models.PositiveSmallIntegerField(
        _("目标就绪度"), null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(9)]
    )
    industry_codes = CodesField("industry", verbose_name=_("产业分类"))
    discipline_codes = CodesField("discipline", verbose_name=_("学科分类"))
    equipment_codes = CodesField("equipment", verbose_name=_("仪器设备分类"))
    modes = CodesField("mode", verbose_name=_("合作方式"))
    keywords = ArrayField(models.CharField(max_length=40), default=list, blank=True, verbose_name=_("关键词"))
    ip_preference_zh = models.CharField(_("知识产权意向"), max_length=200, blank=True)
    payment_zh = models.CharField(_("付款方式"), max_length=200, blank=True)
    exclusions_zh = models.CharField(_("排除说明"), max_length=300, blank=True)
    is_classified = models.BooleanField(_("涉密"), default=False, help_text=_("涉密需求不得在本平台填报"))
    wanted_partners = models.PositiveSmallIntegerField(
        _("期望推荐数"), default=5, validators=[MinValueValidator(1), MaxValueValidator(20)]
    )
    external_id = models.CharField(
        _("外部编号"), max_length=80, blank=True, help_text=_("来源系统中的编号，本园区内唯一")
    )
    text_version = models.PositiveIntegerField(
        _("文本版本"), default=1, editable=False, help_text=_("最近一次修改内容时的版本；状态变化不计")
    )
    opened_at = models.DateTimeField(_("开放时间"), null=True, blank=True, editable=False)
    expires_on = models.DateField(_("到期日"), null=True, blank=True)

    class Meta(Recorded.Meta):
        ordering = ("-updated_at", "-id")
        verbose_name = _("需求")
        verbose_name_plural = pgettext_lazy("plural", "需求")
        indexes = (
            models.Index(fields=["zone", "state"], name="need_zone_state"),
            models.Index(fields=["state", "visibility"], name="need_state_visibility"),
            models.Index(fields=["-updated_at", "-id"], name="need_latest"),
            models.Index(fields=["id"], include=["version"], condition=Q(state="open"), name="need_open_version"),
            models.Index(fields=["expires_on"], condition=Q(state="open"), name="need_open_expiry"),
        )
        constraints = (
            models.UniqueConstraint(
                fields=["zone", "external_id"],
                condition=~Q(external_id=""),
                name="one_need_per_external_id",
                violation_error_message=_("本园区已有该外部编号的需求：请编辑原有记录，或更正编号。"),
            ),
            models.CheckConstraint(
                name="need_is_not_classified",
                condition=Q(is_classified=False),
                violation_error_message=_("涉密需求不得在本平台填报，请走保密渠道。"),
            ),
            models.CheckConstraint(
                name="open_need_has_dates",
                condition=~Q(state="open") | Q(opened_at__isnull=False, expires_on__isnull=False),
            ),
            models.CheckConstraint(
                name="association_need_names_it",
                condition=~Q(visibility="association") | Q(association__isnull=False),
                violation_error_message=_("可见范围为“联盟或网络内”时，请选择联盟或网络。"),
            ),
            models.CheckConstraint(
                name="need_budget_ordered",
                condition=Q(budget_min__isnull=True)
                | Q(budget_max__isnull=True)
                | Q(budget_min__gte=0, budget_min__lte=F("budget_max")),
                violation_error_message=_("预算下限不得为负，且不得高于上限。"),
            ),
            models.CheckConstraint(
                name="need_trl_in_range",
                condition=(Q(trl_have__isnull=True) | Q(trl_have__range=(1, 9)))
                & (Q(trl_need__isnull=True) | Q(trl_need__range=(1, 9))),
            ),
        )
        triggers = (
            pgtrigger.Trigger(
                name="mark_change",
                when=pgtrigger.After,
                operation=pgtrigger.Insert | pgtrigger.Update,
                func=MARK_CHANGE,
            ),
        )

    def __str__(self) -> str:
        return in_language(self.title_zh, self.title_en)


@pghistory.track()
@classified(public="id need position key name_zh operator low high truth choices unit priority condition_zh")
class NeedMetric(ScopedModel):
    """One quantified requirement. `low`/`high` hold the bound(s) of the operator, `truth` a yes/no, `choices` a set."""

    need = models.ForeignKey(Need, on_delete=models.CASCADE, related_name="metrics", verbose_name=_("需求"))
    position = models.PositiveSmallIntegerField(_("序号"), default=1)
    key = models.SlugField(_("指标键"), max_length=40)
    name_zh = models.CharField(_("指标名称"), max_length=60)
    operator = models.CharField(_("关系"), max_length=10, choices=MetricOperator.choices)
    low = models.FloatField(_("数值（下限）"), null=True, blank=True)
    high = models.FloatField(_("上限"), null=True, blank=True)
    truth = models.BooleanField(_("是/否"), null=True, blank=True)
    choices = models.JSONField(_("须包含"), default=list, blank=True)
    unit = models.CharField(pgettext_lazy("measure", "单位"), max_length=20, blank=True)
    priority = models.CharField(_("优先级"), max_length=4, choices=MetricPriority.choices, default=MetricPriority.MUST)
    condition_zh = models.CharField(_("测试条件"), max_length=120, blank=True)

    class Meta(ScopedModel.Meta):
        ordering = ("need", "position")
        verbose_name = _("指标")
        verbose_name_plural = pgettext_lazy("plural", "指标")
        constraints = (
            models.UniqueConstraint(fields=["need", "key"], name="one_metric_per_key"),
            models.CheckConstraint(
                name="metric_has_the_value_of_its_operator",
                condition=Q(operator=">=", low__isnull=False)
                | Q(operator="<=", high__isnull=False)
                | Q(operator="=", low__isnull=False, high__isnull=False)
                | Q(operator="between", low__isnull=False, high__isnull=False, low__lte=F("high"))
                | Q(operator="bool", truth__isnull=False)
                | (Q(operator="includes") & ~Q(choices=[])),
                violation_error_message=_("请按关系填写数值：≥ 填下限，≤ 填上限，区间填两者，是/否与包含填对应值。"),
            ),
        )

    def __str__(self) -> str:
        return self.name_zh


@pghistory.track()
@classified(scoped="id need organization zone")
class NeedExclusion(ScopedModel):
    """An organization (with its group) or a zone this need must never meet. A filter, never a cost."""

    need = models.ForeignKey(Need, on_delete=models.CASCADE, related_name="exclusions", verbose_name=_("需求"))
    organization = models.ForeignKey(
        Organization, null=True, blank=True, on_delete=models.PROTECT, verbose_name=_("排除单位")
    )
    zone = models.ForeignKey(Zone, null=True, blank=True, on_delete=models.PROTECT, verbose_name=_("排除园区"))

    class Meta(ScopedModel.Meta):
        verbose_name = _("排除")
        verbose_name_plural = pgettext_lazy("plural", "排除")
        constraints = (
            models.CheckConstraint(
                name="exclusion_names_one_thing",
                condition=Q(organization__isnull=False, zone__isnull=True)
                | Q(organization__isnull=True, zone__isnull=False),
                violation_error_message=_("请选择一个单位或一个园区。"),
            ),
        )

    def __str__(self) -> str:
        return str(self.organization or self.zone)
