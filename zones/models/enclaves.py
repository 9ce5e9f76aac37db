"""Enclaves (飞地): premises of one zone in another, and who works there, since when, and went home when."""

from decimal import Decimal
from typing import Any

import pghistory
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.core.validators import MaxLengthValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ledger.classification import classified
from zones.models.base import ScopedModel
from zones.models.columns import public_key, reference
from zones.models.kept import KEPT, Kept, in_order, one_named, one_of_two
from zones.models.organizations import Organization
from zones.models.places import DateRange, Region, Zone
from zones.models.resources import Resource


@pghistory.track(exclude=["updated_at"])
@classified(
    public=f"{KEPT} home_zone host_zone host_region operator operator_zh resource area_m2 sharing_terms_zh opened_on "
    "closed_on",
    scoped="author",
)
class Enclave(Kept):
    """Premises the home zone has in the host zone, or in a region outside of any."""

    begins, ends = "opened_on", "closed_on"

    home_zone = reference(Zone, _("飞出地"), is_optional=False, help_text=_("设立飞地的高新区"))
    host_zone = reference(Zone, _("飞入地高新区"))
    host_region = reference(Region, _("飞入地省份"), help_text=_("飞地不在任何高新区时填写"))
    operator = models.ForeignKey(
        Organization, null=True, blank=True, on_delete=models.PROTECT, related_name="operated_enclaves",
        verbose_name=_("运营机构"),
    )  # fmt: skip
    operator_zh = models.CharField(_("平台外运营机构"), max_length=120, blank=True)
    resource = models.ForeignKey(
        Resource, null=True, blank=True, on_delete=models.PROTECT, related_name="enclaves",
        verbose_name=_("飞地空间"), help_text=_("平台上登记的飞地空间资源"),
    )  # fmt: skip
    area_m2: "models.DecimalField[Any, Decimal | None]" = models.DecimalField(
        _("面积（平方米）"), max_digits=12, decimal_places=2, null=True, blank=True
    )
    sharing_terms_zh = models.TextField(
        _("利益共享办法"), blank=True, validators=[MaxLengthValidator(500)], help_text=_("税收、产值与指标的分成")
    )
    opened_on = models.DateField(_("启用日"))
    closed_on = models.DateField(_("关闭日"), null=True, blank=True, help_text=_("首个不再使用的日期"))

    class Meta(Kept.Meta):
        ordering = ("-opened_on", "-id")
        verbose_name = _("飞地")
        verbose_name_plural = pgettext_lazy("plural", "飞地")
        constraints = (
            *Kept.Meta.constraints,
            in_order("enclave_closes_after_it_opens", "opened_on", "closed_on"),
            one_of_two(
                "enclave_is_in_a_zone_or_region", "host_zone", "host_region",
                _("飞入地请填写高新区；不在高新区内的，只填写省份。"),
            ),
            models.CheckConstraint(
                name="enclave_is_elsewhere",
                condition=Q(host_zone__isnull=True) | ~Q(host_zone=F("home_zone")),
                violation_error_message=_("飞入地不能就是飞出地。"),
            ),
            models.CheckConstraint(
                name="enclave_has_one_operator",
                condition=Q(operator__isnull=True) | Q(operator_zh=""),
                violation_error_message=_("运营机构请选择平台上的单位；平台上没有时，只填写名称。"),
            ),
            models.CheckConstraint(
                name="enclave_area_in_range",
                condition=Q(area_m2__isnull=True) | Q(area_m2__gt=0),
                violation_error_message=_("面积须大于 0。"),
            ),
        )  # fmt: skip


@pghistory.track()
@classified(public="id public_id enclave position organization name_zh entered_on left_on landed_back_on")
class EnclaveTenant(ScopedModel):
    """Who works in an enclave for [entered_on, left_on), and the day its work landed in the home zone."""

    public_id = public_key()
    enclave = models.ForeignKey(Enclave, on_delete=models.CASCADE, related_name="tenants")
    position = models.PositiveSmallIntegerField()
    organization = models.ForeignKey(
        Organization, null=True, blank=True, on_delete=models.PROTECT, related_name="tenancies",
        verbose_name=_("单位"),
    )  # fmt: skip
    name_zh = models.CharField(_("平台外单位名称"), max_length=120, blank=True)
    entered_on = models.DateField(_("入驻日"))
    left_on = models.DateField(_("迁出日"), null=True, blank=True, help_text=_("首个不在飞地的日期"))
    landed_back_on = models.DateField(_("回流落地日"), null=True, blank=True, help_text=_("项目在飞出地落地的日期"))

    class Meta(ScopedModel.Meta):
        ordering = ("position", "id")
        verbose_name = _("入驻单位")
        verbose_name_plural = pgettext_lazy("plural", "入驻单位")
        constraints = (
            one_named("enclave_tenant_is_one", "organization"),
            in_order("enclave_tenant_days_in_order", "entered_on", "left_on"),
            in_order("enclave_tenant_lands_later", "entered_on", "landed_back_on", is_inclusive=True),
            ExclusionConstraint(
                name="enclave_tenants_do_not_overlap",
                expressions=[
                    ("enclave", RangeOperators.EQUAL),
                    ("organization", RangeOperators.EQUAL),
                    (DateRange(F("entered_on"), F("left_on")), RangeOperators.OVERLAPS),
                ],
                violation_error_message=_("同一单位在同一飞地的时间不能重叠：请先填写原记录的迁出日。"),
            ),
        )

    def __str__(self) -> str:
        return str(self.organization) if self.organization_id else self.name_zh
