"""Funds zones set up together (协同基金): who commits how much, and what was paid in by when."""

from decimal import Decimal
from typing import Any

import pghistory
from django.core.validators import MaxLengthValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ledger.classification import classified
from zones.models.base import ScopedModel
from zones.models.codes import CodesField
from zones.models.columns import money, public_key, reference
from zones.models.kept import KEPT, Kept, in_order, one_named
from zones.models.organizations import Organization
from zones.models.places import Zone


@pghistory.track(exclude=["updated_at"])
@classified(public=f"{KEPT} size manager manager_zh focus_zh industry_codes established_on closed_on", scoped="author")
class Fund(Kept):
    """One fund; `size` is what was announced, in 元, and may be more, and never less, than what is committed."""

    begins, ends = "established_on", "closed_on"

    size = money(_("基金规模（元）"))
    manager = models.ForeignKey(
        Organization, null=True, blank=True, on_delete=models.PROTECT, related_name="managed_funds",
        verbose_name=_("管理机构"),
    )  # fmt: skip
    manager_zh = models.CharField(_("平台外管理机构"), max_length=120, blank=True)
    focus_zh = models.CharField(_("投向"), max_length=300, blank=True, validators=[MaxLengthValidator(300)])
    industry_codes = CodesField("industry", verbose_name=_("产业分类"))
    established_on = models.DateField(_("设立日"))
    closed_on = models.DateField(_("清算日"), null=True, blank=True, help_text=_("首个不再存续的日期"))

    class Meta(Kept.Meta):
        ordering = ("-established_on", "-id")
        verbose_name = _("协同基金")
        verbose_name_plural = pgettext_lazy("plural", "协同基金")
        constraints = (
            *Kept.Meta.constraints,
            in_order("fund_closes_after_it_is_set_up", "established_on", "closed_on"),
            models.CheckConstraint(
                name="fund_has_a_size", condition=Q(size__gt=0), violation_error_message=_("基金规模须大于 0。")
            ),
            models.CheckConstraint(
                name="fund_has_one_manager",
                condition=Q(manager__isnull=True) | Q(manager_zh=""),
                violation_error_message=_("管理机构请选择平台上的单位；平台上没有时，只填写名称。"),
            ),
        )


@pghistory.track()
@classified(public="id public_id fund position number zone organization name_zh amount committed_on withdrawn_on")
class FundCommitment(ScopedModel):
    """How much one promises to pay in (认缴), from a day on and until it is taken back."""

    public_id = public_key()
    fund = models.ForeignKey(Fund, on_delete=models.CASCADE, related_name="commitments")
    position = models.PositiveSmallIntegerField()
    number = models.PositiveSmallIntegerField(_("编号"), blank=True, help_text=_("到位资金按编号填写；留空自动编号"))
    zone = reference(Zone, _("高新区"))
    organization = models.ForeignKey(
        Organization, null=True, blank=True, on_delete=models.PROTECT, related_name="fund_commitments",
        verbose_name=_("单位"),
    )  # fmt: skip
    name_zh = models.CharField(_("平台外出资方"), max_length=120, blank=True)
    amount: "models.DecimalField[Any, Decimal]" = money(_("认缴额（元）"))
    committed_on = models.DateField(_("认缴日"))
    withdrawn_on = models.DateField(_("退出日"), null=True, blank=True, help_text=_("首个不再出资的日期"))

    class Meta(ScopedModel.Meta):
        ordering = ("position", "id")
        verbose_name = _("认缴")
        verbose_name_plural = pgettext_lazy("plural", "认缴")
        constraints = (
            models.UniqueConstraint(
                fields=["fund", "number"],
                name="one_fund_commitment_of_a_number",
                violation_error_message=_("认缴的编号不能重复。"),
            ),
            one_named("fund_commitment_is_of_one", "zone", "organization"),
            in_order("fund_commitment_days_in_order", "committed_on", "withdrawn_on"),
            models.CheckConstraint(
                name="fund_commitment_has_an_amount",
                condition=Q(amount__gt=0),
                violation_error_message=_("认缴额须大于 0。"),
            ),
        )

    def __str__(self) -> str:
        return str(self.zone or self.organization or self.name_zh)


@pghistory.track()
@classified(public="id public_id fund position commitment_number amount paid_on evidence_zh")
class FundPayment(ScopedModel):
    """What was paid in (到位) of a commitment on a day."""

    public_id = public_key()
    fund = models.ForeignKey(Fund, on_delete=models.CASCADE, related_name="payments")
    position = models.PositiveSmallIntegerField()
    commitment_number = models.PositiveSmallIntegerField(_("认缴编号"))
    amount: "models.DecimalField[Any, Decimal]" = money(_("到位额（元）"))
    paid_on = models.DateField(_("到位日"))
    evidence_zh = models.CharField(_("凭证"), max_length=200, blank=True)

    class Meta(ScopedModel.Meta):
        ordering = ("position", "id")
        verbose_name = _("到位资金")
        verbose_name_plural = pgettext_lazy("plural", "到位资金")
        constraints = (
            models.CheckConstraint(
                name="fund_payment_has_an_amount",
                condition=Q(amount__gt=0),
                violation_error_message=_("到位额须大于 0。"),
            ),
        )

    def __str__(self) -> str:
        return f"{self.commitment_number} · {self.paid_on}"
