"""What only one kind of resource has: one table per kind, one row per resource. A new kind is a copy of its
neighbour.
"""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ledger.classification import classified
from ledger.history import tracked_by_statement
from zones.choices import ResourceKind
from zones.models.base import ScopedModel
from zones.models.resources import Resource


class Detail(ScopedModel):
    """Shape of a detail table."""

    resource = models.OneToOneField(
        Resource, on_delete=models.CASCADE, primary_key=True, related_name="%(class)s", verbose_name=_("资源")
    )

    class Meta(ScopedModel.Meta):
        abstract = True

    def __str__(self) -> str:
        return str(self.resource)


@tracked_by_statement()
@classified(public="resource is_public level_zh")
class LaboratoryDetail(Detail):
    """A laboratory; its instruments are `ResourcePart` rows."""

    is_public = models.BooleanField(_("公共实验室"), default=False)
    level_zh = models.CharField(_("级别"), max_length=40, blank=True)

    class Meta(Detail.Meta):
        verbose_name = verbose_name_plural = _("实验室信息")


@tracked_by_statement()
@classified(
    public="resource manufacturer model quantity unit counts_as commissioned_on laboratory", scoped="original_value"
)
class EquipmentDetail(Detail):
    """An instrument: `quantity` in `unit` (台 or 套); a 套 counts 1 and its parts 0."""

    manufacturer = models.CharField(_("制造商"), max_length=100, blank=True)
    model = models.CharField(_("型号"), max_length=100, blank=True)
    quantity = models.PositiveIntegerField(_("数量"), default=1)
    unit = models.CharField(pgettext_lazy("measure", "单位"), max_length=4, default="台")
    counts_as = models.PositiveIntegerField(_("每件折合台（套）"), default=1)
    original_value = models.DecimalField(_("原值（元）"), max_digits=16, decimal_places=2, null=True, blank=True)
    commissioned_on = models.DateField(_("启用日期"), null=True, blank=True)
    laboratory = models.ForeignKey(
        Resource,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="instruments",
        verbose_name=_("所属实验室"),
    )

    class Meta(Detail.Meta):
        verbose_name = verbose_name_plural = _("仪器设备信息")
        constraints = (
            models.CheckConstraint(
                name="equipment_value_not_negative", condition=Q(original_value__isnull=True) | Q(original_value__gte=0)
            ),
            models.CheckConstraint(
                name="equipment_is_not_its_own_laboratory",
                condition=Q(laboratory__isnull=True) | ~Q(laboratory=F("resource")),
            ),
        )


@tracked_by_statement()
@classified(public="resource ip_status_zh conversion_zh")
class AchievementDetail(Detail):
    """A research result on offer."""

    ip_status_zh = models.CharField(_("知识产权状态"), max_length=200, blank=True)
    conversion_zh = ArrayField(models.CharField(max_length=40), default=list, blank=True, verbose_name=_("转化方式"))

    class Meta(Detail.Meta):
        verbose_name = verbose_name_plural = _("成果信息")


@tracked_by_statement()
@classified(public="resource headcount focus_zh")
class ExpertTeamDetail(Detail):
    """A team; persons are never named here."""

    headcount = models.PositiveIntegerField(_("人数"), null=True, blank=True)
    focus_zh = models.CharField(_("研究方向"), max_length=200, blank=True)

    class Meta(Detail.Meta):
        verbose_name = verbose_name_plural = _("团队信息")


@tracked_by_statement()
@classified(public="resource track_zh")
class TestbedDetail(Detail):
    """A proving ground for a future industry."""

    track_zh = models.CharField(_("赛道"), max_length=60, blank=True)

    class Meta(Detail.Meta):
        verbose_name = verbose_name_plural = _("试验场信息")


@tracked_by_statement()
@classified(public="resource quantity unit")
class PilotLineDetail(Detail):
    """A pilot production line."""

    quantity = models.PositiveIntegerField(_("数量"), default=1)
    unit = models.CharField(pgettext_lazy("measure", "单位"), max_length=4, default="条")

    class Meta(Detail.Meta):
        verbose_name = verbose_name_plural = _("中试线信息")


@tracked_by_statement()
@classified(public="resource instrument_zh amount_min amount_max")
class FinanceProductDetail(Detail):
    """A loan, fund or guarantee; amounts in 元."""

    instrument_zh = models.CharField(_("金融工具"), max_length=40, blank=True)
    amount_min = models.DecimalField(_("单笔下限（元）"), max_digits=16, decimal_places=2, null=True, blank=True)
    amount_max = models.DecimalField(_("单笔上限（元）"), max_digits=16, decimal_places=2, null=True, blank=True)

    class Meta(Detail.Meta):
        verbose_name = verbose_name_plural = _("金融产品信息")
        constraints = (
            models.CheckConstraint(
                name="finance_amounts_ordered",
                condition=Q(amount_min__isnull=True)
                | Q(amount_max__isnull=True)
                | Q(amount_min__gte=0, amount_min__lte=F("amount_max")),
            ),
        )


@tracked_by_statement()
@classified(public="resource area_m2 sharing_terms_zh")
class EnclaveSpaceDetail(Detail):
    """Premises of an enclave."""

    area_m2 = models.PositiveIntegerField(_("面积（平方米）"), null=True, blank=True)
    sharing_terms_zh = models.CharField(_("利益共享条款"), max_length=400, blank=True)

    class Meta(Detail.Meta):
        verbose_name = verbose_name_plural = _("飞地信息")


@tracked_by_statement()
@classified(public="resource standards_zh")
class ServiceDetail(Detail):
    """A service such as certification, simulation or metrology."""

    standards_zh = models.CharField(_("依据标准"), max_length=400, blank=True)

    class Meta(Detail.Meta):
        verbose_name = verbose_name_plural = _("服务信息")


DETAIL_MODELS: dict[str, type[Detail]] = {
    ResourceKind.LABORATORY: LaboratoryDetail,
    ResourceKind.EQUIPMENT: EquipmentDetail,
    ResourceKind.ACHIEVEMENT: AchievementDetail,
    ResourceKind.EXPERT_TEAM: ExpertTeamDetail,
    ResourceKind.TESTBED: TestbedDetail,
    ResourceKind.PILOT_LINE: PilotLineDetail,
    ResourceKind.FINANCE_PRODUCT: FinanceProductDetail,
    ResourceKind.ENCLAVE_SPACE: EnclaveSpaceDetail,
    ResourceKind.SERVICE: ServiceDetail,
}
