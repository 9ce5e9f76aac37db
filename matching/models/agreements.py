"""Framework agreements of zones, associations and organizations: who, about what, until when, who promises what."""

from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pghistory
import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxLengthValidator, RegexValidator
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ledger.classification import classified
from matching.agreement_choices import AgreementEnd, AgreementKind, AgreementScope, AgreementState
from matching.choices import Dimension, FileKind
from zones.models import Association, Organization, Zone
from zones.models.base import Recorded, ScopedModel
from zones.models.codes import CodesField
from zones.models.columns import public_key, user_key

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as StrPromise

UNSIGNED = (AgreementState.DRAFT, AgreementState.DROPPED)
SHA256 = RegexValidator(r"^[0-9a-f]{64}\Z")


def _optional(model: type[models.Model], label: "StrPromise", related_name: str, **options: Any) -> Any:
    return models.ForeignKey(
        model,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name=related_name,
        verbose_name=label,
        **options,
    )


@pghistory.track(exclude=["updated_at"])
@classified(
    public="id public_id version zone association kind title_zh title_en summary_zh scopes industry_codes dimension "
    "state signed_on valid_from valid_to document_sha256 renews ended_on end_reason end_zh is_sample "
    "created_at updated_at",
    scoped="author",
)
class Agreement(Recorded):
    """One agreement. `zone` or `association` keeps the record; the parties read it once it is in force. Its days are
    inclusive, and without `valid_to` it has no end.
    """

    zone = _optional(Zone, _("登记的高新区"), "kept_agreements")
    association = _optional(Association, _("登记的联盟或网络"), "kept_agreements")
    kind = models.CharField(_("协议类型"), max_length=12, choices=AgreementKind.choices)
    title_zh = models.CharField(_("协议名称"), max_length=120)
    title_en = models.CharField(_("英文名称"), max_length=200, blank=True)
    summary_zh = models.TextField(_("主要内容"), blank=True, validators=[MaxLengthValidator(1000)])
    scopes: "ArrayField[Any, Any]" = ArrayField(
        models.CharField(max_length=12, choices=AgreementScope.choices), verbose_name=_("合作范围"), size=10
    )
    industry_codes = CodesField("industry", verbose_name=_("产业分类"))
    dimension = models.CharField(_("协同维度"), max_length=12, choices=Dimension.choices, blank=True)
    state = models.CharField(
        _("状态"), max_length=10, choices=AgreementState.choices, default=AgreementState.DRAFT, editable=False
    )
    signed_on = models.DateField(_("签署日"), null=True, blank=True)
    valid_from = models.DateField(_("生效日"))
    valid_to = models.DateField(_("到期日"), null=True, blank=True, help_text=_("到期日当天仍有效；长期有效的留空"))
    document_sha256 = models.CharField(
        _("签署文件 SHA-256"), max_length=64, blank=True, editable=False, validators=[SHA256]
    )
    renews = models.OneToOneField(
        "self", null=True, blank=True, editable=False, on_delete=models.PROTECT, related_name="renewal",
        verbose_name=_("续签自"),
    )  # fmt: skip
    ended_on = models.DateField(_("终止日"), null=True, editable=False)
    end_reason = models.CharField(
        _("终止原因"), max_length=10, choices=AgreementEnd.choices, blank=True, editable=False
    )
    end_zh = models.CharField(_("说明"), max_length=300, blank=True, editable=False)
    author = user_key(_("填报人"))

    class Meta(Recorded.Meta):
        ordering = (F("valid_to").asc(nulls_last=True), "-id")
        verbose_name = _("合作协议")
        verbose_name_plural = pgettext_lazy("plural", "合作协议")
        indexes = (models.Index(fields=["valid_to"], condition=Q(state="in_force"), name="agreement_to_expire"),)
        constraints = (
            models.CheckConstraint(
                name="agreement_kept_by_one",
                condition=Q(zone__isnull=False, association__isnull=True)
                | Q(zone__isnull=True, association__isnull=False),
                violation_error_message=_("请选择由哪个高新区或哪个联盟登记，两者选一。"),
            ),
            models.CheckConstraint(
                name="agreement_days_in_order",
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                violation_error_message=_("到期日不得早于生效日。"),
            ),
            models.CheckConstraint(
                name="agreement_has_a_scope",
                condition=Q(scopes__len__gt=0),
                violation_error_message=_("请至少选择一项合作范围。"),
            ),
            models.CheckConstraint(
                name="agreement_in_force_was_signed",
                condition=Q(state__in=UNSIGNED) | (Q(signed_on__isnull=False) & ~Q(document_sha256="")),
                violation_error_message=_("生效前须填写签署日并上传签署文件。"),
            ),
            models.CheckConstraint(
                name="agreement_expires_on_a_day",
                condition=~Q(state="expired") | Q(valid_to__isnull=False),
            ),
            models.CheckConstraint(
                name="agreement_ended_with_reason",
                condition=(Q(state="ended", ended_on__isnull=False) & ~Q(end_reason=""))
                | (~Q(state="ended") & Q(ended_on__isnull=True, end_reason="")),
                violation_error_message=_("请选择终止原因，并填写终止日。"),
            ),
            models.CheckConstraint(
                name="agreement_ends_after_it_begins",
                condition=Q(ended_on__isnull=True) | Q(ended_on__gte=F("valid_from")),
                violation_error_message=_("终止日不得早于生效日。"),
            ),
        )

    def __str__(self) -> str:
        return self.title_zh


@pghistory.track()
@classified(public="id public_id agreement position zone association organization name_zh")
class AgreementParty(ScopedModel):
    """One party: a zone, an association, an organization on record, or an outside one by name."""

    public_id = public_key()
    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="parties")
    position = models.PositiveSmallIntegerField(_("序号"))
    zone = _optional(Zone, _("高新区"), "agreement_parties")
    association = _optional(Association, _("联盟与网络"), "agreement_parties")
    organization = _optional(Organization, _("单位"), "agreement_parties")
    name_zh = models.CharField(
        _("其他签署方名称"), max_length=120, blank=True, help_text=_("平台上没有的签署方填写名称")
    )

    class Meta(ScopedModel.Meta):
        ordering = ("position", "id")
        verbose_name = _("签署方")
        verbose_name_plural = pgettext_lazy("plural", "签署方")
        constraints = (
            models.CheckConstraint(
                name="agreement_party_is_one",
                condition=Q(zone__isnull=False, association__isnull=True, organization__isnull=True, name_zh="")
                | Q(zone__isnull=True, association__isnull=False, organization__isnull=True, name_zh="")
                | Q(zone__isnull=True, association__isnull=True, organization__isnull=False, name_zh="")
                | (Q(zone__isnull=True, association__isnull=True, organization__isnull=True) & ~Q(name_zh="")),
                violation_error_message=_("每个签署方只填一项：高新区、联盟、单位，或平台外的名称。"),
            ),
            models.UniqueConstraint(fields=["agreement", "position"], name="one_agreement_party_of_a_position"),
            *(
                models.UniqueConstraint(
                    fields=["agreement", name],
                    name=f"one_agreement_party_per_{name}",
                    violation_error_message=_("同一签署方只填一次。"),
                )
                for name in ("zone", "association", "organization")
            ),
        )

    def __str__(self) -> str:
        return str(self.zone or self.association or self.organization or self.name_zh)


@pghistory.track()
@classified(
    public="id public_id agreement position party_position what_zh target unit due_on actual reported_on evidence_zh",
    scoped="reporter told_on",
)
class AgreementCommitment(ScopedModel):
    """What a party (`party_position`) promises by when, in which unit, and what has come of it by what evidence."""

    public_id = public_key()
    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="commitments")
    position = models.PositiveSmallIntegerField(_("序号"))
    party_position = models.PositiveSmallIntegerField(_("由第几签署方承诺"), help_text=_("签署方的序号，从 1 起"))
    what_zh = models.CharField(_("承诺事项"), max_length=120)
    target: "models.DecimalField[Any, Decimal]" = models.DecimalField(_("目标值"), max_digits=16, decimal_places=2)
    unit = models.CharField(_("计量单位"), max_length=20, help_text=_("例如：场、台(套)、万元、人次"))
    due_on = models.DateField(_("应完成日"))
    actual: "models.DecimalField[Any, Decimal | None]" = models.DecimalField(
        _("实际值"), max_digits=16, decimal_places=2, null=True, editable=False
    )
    reported_on = models.DateField(_("实际值的日期"), null=True, editable=False)
    evidence_zh = models.CharField(_("凭证"), max_length=200, blank=True, editable=False)
    reporter = user_key(_("填报人"))
    told_on = models.DateField(_("已提醒日"), null=True, editable=False)

    class Meta(ScopedModel.Meta):
        ordering = ("position", "id")
        verbose_name = _("承诺事项")
        verbose_name_plural = pgettext_lazy("plural", "承诺事项")
        constraints = (
            models.UniqueConstraint(fields=["agreement", "position"], name="one_commitment_of_a_position"),
            models.CheckConstraint(
                name="commitment_amounts_in_range",
                condition=Q(target__gt=0) & (Q(actual__isnull=True) | Q(actual__gte=0)),
                violation_error_message=_("目标值须大于 0，实际值不得为负。"),
            ),
            models.CheckConstraint(
                name="commitment_actual_is_whole",
                condition=Q(actual__isnull=True, reported_on__isnull=True, evidence_zh="")
                | (Q(actual__isnull=False, reported_on__isnull=False) & ~Q(evidence_zh="")),
                violation_error_message=_("请同时填写实际值、日期与凭证。"),
            ),
        )

    def __str__(self) -> str:
        return self.what_zh

    @property
    def is_kept(self) -> bool:
        """Whether what has come of it is at least what was promised."""
        return self.actual is not None and self.actual >= self.target


@classified(public="id public_id agreement name kind size sha256 at", scoped="uploader content")
class AgreementDocument(ScopedModel):
    """A signed document, as it was uploaded. Rows never change; the agreement names the hash of the newest."""

    public_id = public_key()
    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="documents")
    name = models.CharField(_("文件名"), max_length=120)
    kind = models.CharField(_("格式"), max_length=4, choices=FileKind.choices, editable=False)
    size = models.PositiveIntegerField(_("字节数"), editable=False)
    sha256 = models.CharField("SHA-256", max_length=64, editable=False, validators=[SHA256])
    content = models.BinaryField()
    uploader = user_key(_("上传人"))
    at = models.DateTimeField(_("时间"), db_default=Now(), editable=False)

    class Meta(ScopedModel.Meta):
        ordering = ("id",)
        verbose_name = verbose_name_plural = _("签署文件")
        triggers = (pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete),)
        constraints = (
            models.UniqueConstraint(
                fields=["agreement", "sha256"],
                name="one_document_of_a_content",
                violation_error_message=_("这份文件已经上传过。"),
            ),
        )

    def __str__(self) -> str:
        return self.name


@classified(public="id public_id agreement from_state to_state on_day at", scoped="user reason words_zh")
class AgreementStep(ScopedModel):
    """One transition: who took it, when, and the day it is true of. Rows are never changed."""

    public_id = public_key()
    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="steps")
    from_state = models.CharField(max_length=10, choices=AgreementState.choices, blank=True)
    to_state = models.CharField(max_length=10, choices=AgreementState.choices)
    on_day = models.DateField(_("日期"))
    user = user_key(_("经手人"))
    reason = models.CharField(_("原因"), max_length=10, choices=AgreementEnd.choices, blank=True)
    words_zh = models.CharField(_("说明"), max_length=300, blank=True)
    at = models.DateTimeField(_("登记时间"), db_default=Now(), editable=False)

    class Meta(ScopedModel.Meta):
        ordering = ("id",)
        verbose_name = verbose_name_plural = _("协议进程")
        triggers = (pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete),)

    def __str__(self) -> str:
        return f"{self.from_state} → {self.to_state}"
