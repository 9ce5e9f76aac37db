"""Resources: everything that can be offered, searched, mapped and matched. One row each, detail per kind beside it."""

from typing import Final

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ledger.classification import classified
from ledger.history import tracked_by_statement
from zones.choices import GrantScope, PriceUnit, ResourceKind, ResourceStatus, Visibility
from zones.models.base import Recorded, ScopedModel, in_language
from zones.models.codes import CodesField
from zones.models.grams import Grams, Texts
from zones.models.organizations import Organization
from zones.models.places import Association, Zone

MARK_CHANGE = "INSERT INTO ledger_changemark (subject, object_id) VALUES ('resource', NEW.id); RETURN NEW;"

RESOURCE_GRAMS: Final = Grams(Texts("name_zh", "name_en", "external_id"), "keywords")
"""What a word in a list of resources is looked for in."""


@tracked_by_statement(exclude=["updated_at"])
@classified(
    public="id public_id kind name_zh name_en organization zone status visibility description_zh description_en "
    "keywords industry_codes "
    "discipline_codes equipment_codes modes trl capacity capacity_note price_from price_to price_unit price_note "
    "share_mode lead_time_days qualification conditions "
    "confirmed_on latitude longitude is_sample version updated_at",
    scoped="external_id source_note accepted_count decided_count created_at merged_into",
)
class Resource(Recorded):
    """One thing on offer. What only its kind has stands in `zones.models.details`."""

    kind = models.CharField(_("资源类型"), max_length=20, choices=ResourceKind.choices)
    name_zh = models.CharField(_("名称"), max_length=80)
    name_en = models.CharField(_("英文名称"), max_length=200, blank=True)
    organization = models.ForeignKey(
        Organization, on_delete=models.PROTECT, related_name="resources", verbose_name=_("权属单位")
    )
    zone = models.ForeignKey(Zone, on_delete=models.PROTECT, related_name="resources", verbose_name=_("所在高新区"))
    status = models.CharField(_("状态"), max_length=10, choices=ResourceStatus.choices, default=ResourceStatus.ACTIVE)
    visibility = models.CharField(_("可见范围"), max_length=12, choices=Visibility.choices, default=Visibility.NATIONAL)
    description_zh = models.TextField(_("说明"), max_length=4000, blank=True)
    description_en = models.TextField(_("英文说明"), max_length=4000, blank=True)
    keywords = ArrayField(models.CharField(max_length=40), default=list, blank=True, verbose_name=_("关键词"))
    industry_codes = CodesField("industry", verbose_name=_("产业分类"))
    discipline_codes = CodesField("discipline", verbose_name=_("学科分类"))
    equipment_codes = CodesField("equipment", verbose_name=_("仪器设备分类"))
    modes = CodesField("mode", verbose_name=_("合作方式"))
    trl = models.PositiveSmallIntegerField(
        _("技术就绪度"), null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(9)]
    )
    capacity = models.PositiveIntegerField(
        _("可承接数"), default=1, help_text=_("当前还可承接的合作或预约数；0 表示已满")
    )
    capacity_note = models.CharField(_("能力余量说明"), max_length=200, blank=True)
    price_from = models.DecimalField(_("价格（元，起）"), max_digits=16, decimal_places=2, null=True, blank=True)
    price_to = models.DecimalField(
        _("价格（元，止）"), max_digits=16, decimal_places=2, null=True, blank=True, help_text=_("固定价格不填")
    )
    price_unit = models.CharField(
        _("计价单位"),
        max_length=10,
        choices=PriceUnit.choices,
        blank=True,
        help_text=_("只有按项目整体计价的价格才与需求预算比较"),
    )
    price_note = models.CharField(_("价格说明"), max_length=200, blank=True)
    share_mode = models.CharField(_("共享方式"), max_length=40, blank=True)
    lead_time_days = models.PositiveIntegerField(_("响应周期（工作日）"), null=True, blank=True)
    qualification = models.CharField(_("资质"), max_length=200, blank=True)
    conditions = models.CharField(_("使用条件"), max_length=500, blank=True)
    confirmed_on = models.DateField(_("最近核实日"), null=True, blank=True)
    latitude = models.DecimalField(_("纬度"), max_digits=8, decimal_places=5, null=True, blank=True)
    longitude = models.DecimalField(_("经度"), max_digits=8, decimal_places=5, null=True, blank=True)
    external_id = models.CharField(
        _("外部编号"), max_length=80, blank=True, help_text=_("来源系统中的编号，本园区内唯一")
    )
    source_note = models.CharField(_("数据来源"), max_length=200, blank=True)
    accepted_count = models.PositiveIntegerField(_("接受次数"), default=0, editable=False)
    decided_count = models.PositiveIntegerField(_("答复次数"), default=0, editable=False)
    merged_into = models.ForeignKey(
        "self", null=True, blank=True, editable=False, on_delete=models.PROTECT, related_name="merged",
        verbose_name=_("已并入"),
    )  # fmt: skip

    class Meta(Recorded.Meta):
        ordering = ("-updated_at", "-id")
        verbose_name = _("资源")
        verbose_name_plural = pgettext_lazy("plural", "资源")
        indexes = (
            models.Index(fields=["zone", "kind"], name="resource_zone_kind"),
            models.Index(fields=["status", "visibility"], name="resource_status_visibility"),
            models.Index(fields=["-updated_at", "-id"], name="resource_latest"),
            GinIndex(fields=["industry_codes"], name="resource_industries"),
            GinIndex(RESOURCE_GRAMS, name="resource_words"),
        )
        constraints = (
            models.UniqueConstraint(
                fields=["organization", "kind", "name_zh"],
                name="one_resource_name_per_owner",
                violation_error_message=_("该单位已登记同名同类资源：请修改名称，或编辑原有记录。"),
            ),
            models.UniqueConstraint(
                fields=["zone", "external_id"],
                condition=~Q(external_id=""),
                name="one_resource_per_external_id",
                violation_error_message=_("本园区已有该外部编号的资源：请编辑原有记录，或更正编号。"),
            ),
            models.CheckConstraint(name="resource_trl_in_range", condition=Q(trl__isnull=True) | Q(trl__range=(1, 9))),
            models.CheckConstraint(
                name="resource_price_has_its_unit",
                condition=Q(price_unit="", price_from__isnull=True, price_to__isnull=True)
                | (~Q(price_unit="") & Q(price_from__isnull=False)),
                violation_error_message=_("请同时填写价格（起）与计价单位，或都不填。"),
            ),
            models.CheckConstraint(
                name="resource_price_ordered",
                condition=Q(price_from__isnull=True)
                | Q(price_from__gte=0, price_to__isnull=True)
                | Q(price_from__gte=0, price_from__lte=F("price_to")),
                violation_error_message=_("价格不得为负，且起价不得高于止价。"),
            ),
            models.CheckConstraint(
                name="merged_resource_is_retired",
                condition=Q(merged_into__isnull=True) | Q(status=ResourceStatus.RETIRED),
                violation_error_message=_("该记录已并入另一条，不能再上线：请使用保留的记录。"),
            ),
            models.CheckConstraint(
                name="resource_accepted_within_decided", condition=Q(accepted_count__lte=F("decided_count"))
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
        return in_language(self.name_zh, self.name_en)


@tracked_by_statement()
@classified(
    public="id resource position name_zh manufacturer model quantity unit counts_as equipment_code",
    scoped="original_value",
)
class ResourcePart(ScopedModel):
    """An instrument of a laboratory (counts 1 each) or a part of a 成套设备 (counts 0: the set counts once)."""

    resource = models.ForeignKey(Resource, on_delete=models.CASCADE, related_name="parts", verbose_name=_("资源"))
    position = models.PositiveSmallIntegerField(_("序号"), default=1)
    name_zh = models.CharField(_("名称"), max_length=80)
    manufacturer = models.CharField(_("制造商"), max_length=100, blank=True)
    model = models.CharField(_("型号"), max_length=100, blank=True)
    quantity = models.PositiveIntegerField(_("数量"), default=1)
    unit = models.CharField(pgettext_lazy("measure", "单位"), max_length=4, default="台")
    counts_as = models.PositiveIntegerField(_("每件折合台（套）"), default=1)
    equipment_code = models.CharField(_("仪器设备分类"), max_length=20, blank=True)
    original_value = models.DecimalField(_("原值（元）"), max_digits=16, decimal_places=2, null=True, blank=True)

    class Meta(ScopedModel.Meta):
        ordering = ("resource", "position")
        verbose_name = _("仪器与部件")
        verbose_name_plural = pgettext_lazy("plural", "仪器与部件")
        constraints = (
            models.UniqueConstraint(fields=["resource", "position"], name="one_part_per_position"),
            models.CheckConstraint(
                name="part_value_not_negative", condition=Q(original_value__isnull=True) | Q(original_value__gte=0)
            ),
        )

    def __str__(self) -> str:
        return self.name_zh


@tracked_by_statement()
@classified(public="id resource position key name_zh low high truth choices unit is_known note_zh")
class Capability(ScopedModel):
    """One quantified capability of a resource: a value or interval [low, high], a yes/no, or a set of choices."""

    resource = models.ForeignKey(
        Resource, on_delete=models.CASCADE, related_name="capabilities", verbose_name=_("资源")
    )
    position = models.PositiveSmallIntegerField(_("序号"), default=1)
    key = models.SlugField(_("指标键"), max_length=40)
    name_zh = models.CharField(_("指标名称"), max_length=60)
    low = models.FloatField(_("下限"), null=True, blank=True)
    high = models.FloatField(_("上限"), null=True, blank=True)
    truth = models.BooleanField(_("是/否"), null=True, blank=True)
    choices = models.JSONField(_("可选值"), default=list, blank=True)
    unit = models.CharField(pgettext_lazy("measure", "单位"), max_length=20, blank=True)
    is_known = models.BooleanField(_("已知"), default=True, help_text=_("登记了指标但尚无数值时取消勾选"))
    note_zh = models.CharField(_("备注"), max_length=120, blank=True)

    class Meta(ScopedModel.Meta):
        ordering = ("resource", "position")
        verbose_name = _("能力指标")
        verbose_name_plural = pgettext_lazy("plural", "能力指标")
        constraints = (
            models.UniqueConstraint(fields=["resource", "key"], name="one_capability_per_key"),
            models.CheckConstraint(
                name="capability_interval_ordered",
                condition=Q(low__isnull=True) | Q(high__isnull=True) | Q(low__lte=F("high")),
            ),
        )

    def __str__(self) -> str:
        return self.name_zh


@tracked_by_statement()
@classified(scoped="id resource organization zone")
class ResourceExclusion(ScopedModel):
    """An organization (with its group) or a zone this resource does not serve. A filter, never a cost."""

    resource = models.ForeignKey(Resource, on_delete=models.CASCADE, related_name="exclusions", verbose_name=_("资源"))
    organization = models.ForeignKey(
        Organization, null=True, blank=True, on_delete=models.PROTECT, verbose_name=_("排除单位")
    )
    zone = models.ForeignKey(Zone, null=True, blank=True, on_delete=models.PROTECT, verbose_name=_("排除园区"))

    class Meta(ScopedModel.Meta):
        verbose_name = _("不服务的单位与园区")
        verbose_name_plural = pgettext_lazy("plural", "不服务的单位与园区")
        constraints = (
            models.CheckConstraint(
                name="resource_exclusion_names_one_thing",
                condition=Q(organization__isnull=False, zone__isnull=True)
                | Q(organization__isnull=True, zone__isnull=False),
                violation_error_message=_("请选择一个单位或一个园区。"),
            ),
        )

    def __str__(self) -> str:
        return str(self.organization or self.zone)


@tracked_by_statement()
@classified(scoped="id resource scope zone association valid_from valid_to")
class SharingGrant(ScopedModel):
    """Who may use a resource, for [valid_from, valid_to): ownership and sharing are different things."""

    resource = models.ForeignKey(Resource, on_delete=models.CASCADE, related_name="grants", verbose_name=_("资源"))
    scope = models.CharField(_("共享范围"), max_length=12, choices=GrantScope.choices)
    zone = models.ForeignKey(Zone, null=True, blank=True, on_delete=models.PROTECT, verbose_name=_("高新区"))
    association = models.ForeignKey(
        Association, null=True, blank=True, on_delete=models.PROTECT, verbose_name=_("联盟或网络")
    )
    valid_from = models.DateField(_("生效日"), null=True, blank=True)
    valid_to = models.DateField(_("终止日"), null=True, blank=True, help_text=_("首个不再共享的日期"))

    class Meta(ScopedModel.Meta):
        verbose_name = _("共享授权")
        verbose_name_plural = pgettext_lazy("plural", "共享授权")
        constraints = (
            models.UniqueConstraint(
                fields=["resource", "scope", "zone", "association", "valid_from"],
                name="one_grant_per_scope",
                nulls_distinct=False,
            ),
            models.CheckConstraint(
                name="grant_names_its_scope",
                condition=Q(scope=GrantScope.ZONE, zone__isnull=False, association__isnull=True)
                | Q(scope=GrantScope.ASSOCIATION, zone__isnull=True, association__isnull=False)
                | Q(scope=GrantScope.NATIONAL, zone__isnull=True, association__isnull=True),
                violation_error_message=_(
                    "共享范围与对象不符：请按范围选择高新区，或选择联盟（网络），全国共享则都不选。"
                ),
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_scope_display()} {self.zone or self.association or ''}".strip()
