"""Technology contracts: signed between a seller and a buyer, registered with an office, changed or cancelled there."""

import uuid
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pghistory
import pgtrigger
from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import BigIntegerField, ExpressionWrapper, F, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ledger.classification import classified
from matching.choices import ContractEnd, ContractState, RegistrationKind
from matching.models.cooperations import Cooperation
from zones.models import Organization, Region, Zone
from zones.models.base import Recorded, ScopedModel

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as StrPromise

NUMBER = RegexValidator(r"^([0-9]{14}|[0-9]{16})\Z", _("登记编号为 16 位数字（旧编号 14 位）。"))
NATURE = RegexValidator(r"^[0-9]{3}\Z", _("法人性质代码为 3 位数字，例如 022。"))
ENTERED = (ContractState.REGISTERED, ContractState.CHANGED)
"""States in which it stands in the register."""
CONTRACT_AS_NUMBER = ExpressionWrapper(F("contract") + 0, output_field=BigIntegerField())
"""As an expression no look-up by contract is mistaken for one of the constraint's index, which would be read whole."""
SIDES = " ".join(
    f"{side}_{name}" for side in ("seller", "buyer") for name in ("organization", "name_zh", "region", "zone", "nature")
)


def _party(label: "StrPromise") -> dict[str, Any]:
    return {"null": True, "blank": True, "on_delete": models.PROTECT, "verbose_name": label}


def _amount(label: "StrPromise", **options: Any) -> "models.DecimalField[Any, Any]":
    return models.DecimalField(label, max_digits=16, decimal_places=2, **options)


def _named(side: str) -> Q:
    """An organization on record, or a name."""
    organization, name = f"{side}_organization__isnull", f"{side}_name_zh"
    return Q(**{organization: False, name: ""}) | (Q(**{organization: True}) & ~Q(**{name: ""}))


@pghistory.track(exclude=["updated_at"])
@classified(
    public="id public_id version zone cooperation title_zh contract_type total_amount traded_amount signed_on "
    "submitted_on registered_on registration_number state cancelled_on end_reason end_zh submit_by is_sample "
    f"created_at updated_at {SIDES}",
    scoped="reminded_on author",
)
class TechContract(Recorded):
    """One contract as it stands now; `ContractRegistration` holds each version the register has seen. Amounts in 元."""

    zone = models.ForeignKey(
        Zone, on_delete=models.PROTECT, related_name="tech_contracts", verbose_name=_("登记的高新区")
    )
    cooperation = models.ForeignKey(
        Cooperation,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="contracts",
        verbose_name=_("所属合作"),
    )
    title_zh = models.CharField(_("合同名称"), max_length=120)
    contract_type = models.CharField(_("合同类型"), max_length=20)
    seller_organization = models.ForeignKey(Organization, related_name="sold_contracts", **_party(_("卖方单位")))
    seller_name_zh = models.CharField(_("卖方名称（平台外单位）"), max_length=120, blank=True)
    seller_region = models.ForeignKey(Region, related_name="+", **_party(_("卖方省级区域")))
    seller_zone = models.ForeignKey(Zone, related_name="+", editable=False, **_party(_("签订时卖方所在高新区")))
    seller_nature = models.CharField(_("卖方法人性质代码"), max_length=3, blank=True, validators=[NATURE])
    buyer_organization = models.ForeignKey(Organization, related_name="bought_contracts", **_party(_("买方单位")))
    buyer_name_zh = models.CharField(_("买方名称（平台外单位）"), max_length=120, blank=True)
    buyer_region = models.ForeignKey(Region, related_name="+", **_party(_("买方省级区域")))
    buyer_zone = models.ForeignKey(Zone, related_name="+", editable=False, **_party(_("签订时买方所在高新区")))
    buyer_nature = models.CharField(_("买方法人性质代码"), max_length=3, blank=True, validators=[NATURE])
    total_amount: "models.DecimalField[Any, Decimal]" = _amount(_("合同成交额（元）"))
    traded_amount: "models.DecimalField[Any, Decimal]" = _amount(
        _("技术交易额（元）"), help_text=_("成交额中扣除设备、材料等之后的部分")
    )
    signed_on = models.DateField(_("签订日"))
    submit_by = models.DateField(_("应提交登记日"), editable=False)
    reminded_on = models.DateField(_("已提醒日"), null=True, editable=False)
    submitted_on = models.DateField(_("提交登记日"), null=True, blank=True, editable=False)
    registered_on = models.DateField(
        _("登记日"), null=True, blank=True, editable=False, help_text=_("按登记日计入年度")
    )
    registration_number = models.CharField(
        _("登记编号"), max_length=16, blank=True, editable=False, validators=[NUMBER]
    )
    state = models.CharField(
        _("状态"), max_length=12, choices=ContractState.choices, default=ContractState.SIGNED, editable=False
    )
    cancelled_on = models.DateField(_("注销日"), null=True, blank=True, editable=False)
    end_reason = models.CharField(_("注销原因"), max_length=20, choices=ContractEnd.choices, blank=True, editable=False)
    end_zh = models.CharField(_("说明"), max_length=300, blank=True, editable=False)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, editable=False, on_delete=models.PROTECT, related_name="+",
        verbose_name=_("填报人"),
    )  # fmt: skip

    class Meta(Recorded.Meta):
        ordering = ("-signed_on", "-id")
        verbose_name = _("技术合同")
        verbose_name_plural = pgettext_lazy("plural", "技术合同")
        indexes = (models.Index(fields=["submit_by"], condition=Q(state="signed"), name="contract_to_submit"),)
        constraints = (
            models.CheckConstraint(
                name="contract_amounts_in_order",
                condition=Q(traded_amount__gte=0, traded_amount__lte=F("total_amount")),
                violation_error_message=_("技术交易额须在 0 与成交额之间，单位为元。"),
            ),
            models.CheckConstraint(
                name="contract_seller_named",
                condition=_named("seller"),
                violation_error_message=_("请选择卖方单位；平台上没有该单位时，只填写其名称。"),
            ),
            models.CheckConstraint(
                name="contract_buyer_named",
                condition=_named("buyer"),
                violation_error_message=_("请选择买方单位；平台上没有该单位时，只填写其名称。"),
            ),
            models.CheckConstraint(
                name="contract_sides_differ",
                condition=Q(seller_organization__isnull=True)
                | Q(buyer_organization__isnull=True)
                | ~Q(seller_organization=F("buyer_organization")),
                violation_error_message=_("卖方与买方不能是同一单位。"),
            ),
            models.CheckConstraint(
                name="contract_days_in_order",
                condition=(Q(submitted_on__isnull=True) | Q(submitted_on__gte=F("signed_on")))
                & (Q(registered_on__isnull=True) | Q(registered_on__gte=F("signed_on")))
                & (Q(cancelled_on__isnull=True) | Q(cancelled_on__gte=F("signed_on"))),
                violation_error_message=_("提交、登记、注销日都不得早于签订日。"),
            ),
            models.CheckConstraint(
                name="registered_contract_has_its_number",
                condition=(Q(state__in=ENTERED, registered_on__isnull=False) & ~Q(registration_number=""))
                | Q(state="cancelled")
                | Q(state__in=("signed", "submitted"), registered_on__isnull=True, registration_number=""),
                violation_error_message=_("登记须有登记日与登记编号。"),
            ),
            models.CheckConstraint(
                name="submitted_contract_has_its_day",
                condition=Q(state="signed", submitted_on__isnull=True)
                | Q(state="cancelled")
                | (~Q(state__in=("signed", "cancelled")) & Q(submitted_on__isnull=False)),
            ),
            models.CheckConstraint(
                name="cancelled_contract_has_its_reason",
                condition=(Q(state="cancelled", cancelled_on__isnull=False) & ~Q(end_reason=""))
                | (~Q(state="cancelled") & Q(cancelled_on__isnull=True, end_reason="")),
                violation_error_message=_("请选择注销原因。"),
            ),
        )

    def __str__(self) -> str:
        return self.title_zh


@classified(
    public="id public_id contract number kind registration_number registered_on total_amount traded_amount "
    "contract_type reason_zh at",
    scoped="user",
)
class ContractRegistration(ScopedModel):
    """One version the register has seen: the first, a change, or the cancellation. Rows are never changed, so that the
    amount as of any day stays known; two contracts never share a number.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    contract = models.ForeignKey(TechContract, on_delete=models.PROTECT, related_name="registrations")
    number = models.PositiveSmallIntegerField(_("版次"))
    kind = models.CharField(_("登记事项"), max_length=12, choices=RegistrationKind.choices)
    registration_number = models.CharField(_("登记编号"), max_length=16, validators=[NUMBER])
    registered_on = models.DateField(_("登记日"))
    total_amount = _amount(_("合同成交额（元）"))
    traded_amount = _amount(_("技术交易额（元）"))
    contract_type = models.CharField(_("合同类型"), max_length=20)
    reason_zh = models.CharField(_("说明"), max_length=300, blank=True)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("经手人")
    )
    at = models.DateTimeField(_("登记时间"), db_default=Now(), editable=False)

    class Meta(ScopedModel.Meta):
        ordering = ("id",)
        verbose_name = verbose_name_plural = _("合同登记版次")
        triggers = (pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete),)
        constraints = (
            models.UniqueConstraint(fields=["contract", "number"], name="one_registration_of_a_number"),
            ExclusionConstraint(
                name="registration_number_of_one_contract",
                expressions=[
                    ("registration_number", RangeOperators.EQUAL),
                    (CONTRACT_AS_NUMBER, RangeOperators.NOT_EQUAL),
                ],
                violation_error_message=_("该登记编号已用于另一份合同：请核对编号。"),
            ),
        )

    def __str__(self) -> str:
        return f"{self.registration_number} · {self.number}"
