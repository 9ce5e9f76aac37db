"""Cooperations: what parties have agreed on, from the proposal of an agreement to its completion or a coded reason."""

from decimal import Decimal
from typing import Any

import pghistory
import pgtrigger
from django.core.validators import MaxLengthValidator
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ledger.classification import classified
from matching.choices import (
    AmountKind,
    Confirmation,
    CooperationKind,
    CooperationSource,
    CooperationState,
    Dimension,
    PartyRole,
    TerminationReason,
)
from matching.models.calls import NeedCall
from matching.models.exchanges import Exchange
from zones.models import Association, Organization, Region, Zone
from zones.models.base import Recorded, ScopedModel
from zones.models.codes import CodesField
from zones.models.columns import public_key, user_key

CONFIRMED = (
    CooperationState.AGREED,
    CooperationState.RUNNING,
    CooperationState.DELAYED,
    CooperationState.COMPLETED,
    CooperationState.TERMINATED,
)
"""States of what counts."""
DROPPED = (CooperationState.REFUSED, CooperationState.TAKEN_BACK)
SCOPED_PARTY = "confirmed_at confirmer publish_basis_zh is_proposing"


def _given_in(column: str, *states: str) -> Q:
    """A column that is filled in these states and in no other."""
    is_empty = {f"{column}__isnull": True}
    return (Q(state__in=states) & ~Q(**is_empty)) | (~Q(state__in=states) & Q(**is_empty))


@pghistory.track(exclude=["updated_at"])
@classified(
    public="id public_id version kind title_zh summary_zh source state signed_on completed_on terminated_on dimension "
    "industry_codes is_sample created_at updated_at",
    scoped="exchange call event proposer evidence_zh confirmed_by confirmed_at confirmer end_reason end_zh",
)
class Cooperation(Recorded):
    """What n parties do together. `signed_on` is the day of 促成, `completed_on` that of 完成; both count only while
    the state is one of `CONFIRMED`.
    """

    kind = models.CharField(_("合作类型"), max_length=20, choices=CooperationKind.choices)
    title_zh = models.CharField(_("合作主题"), max_length=80)
    summary_zh = models.TextField(_("合作内容"), blank=True, validators=[MaxLengthValidator(1000)])
    source = models.CharField(
        _("合作来源"), max_length=8, choices=CooperationSource.choices, default=CooperationSource.DIRECT
    )
    exchange = models.ForeignKey(
        Exchange, null=True, blank=True, editable=False, on_delete=models.PROTECT, related_name="cooperations",
        verbose_name=_("来自对接"),
    )  # fmt: skip
    call = models.ForeignKey(
        NeedCall, null=True, blank=True, on_delete=models.PROTECT, related_name="cooperations",
        verbose_name=_("来自需求征集"),
    )  # fmt: skip
    event = models.ForeignKey(
        "matching.Event", null=True, blank=True, on_delete=models.PROTECT, related_name="cooperations",
        verbose_name=_("来自活动"),
    )  # fmt: skip
    state = models.CharField(
        _("状态"), max_length=12, choices=CooperationState.choices, default=CooperationState.PROPOSED, editable=False
    )
    signed_on = models.DateField(_("签约日"), help_text=_("“促成”按签约日统计"))
    completed_on = models.DateField(_("完成日"), null=True, blank=True, editable=False)
    terminated_on = models.DateField(_("终止日"), null=True, blank=True, editable=False)
    end_reason = models.CharField(
        _("终止原因"), max_length=12, choices=TerminationReason.choices, blank=True, editable=False
    )
    end_zh = models.CharField(_("说明"), max_length=300, blank=True, editable=False)
    dimension = models.CharField(_("协同维度"), max_length=12, choices=Dimension.choices, blank=True)
    industry_codes = CodesField("industry", verbose_name=_("产业分类"))
    evidence_zh = models.CharField(
        _("凭证"), max_length=200, blank=True, help_text=_("合同或文件名称与编号，例如“技术开发合同 2026-018 号”")
    )
    proposer = user_key(_("提交人"))
    confirmed_by = models.CharField(
        _("确认方式"), max_length=8, choices=Confirmation.choices, blank=True, editable=False
    )
    confirmed_at = models.DateTimeField(_("确认时间"), null=True, editable=False)
    confirmer = user_key(_("确认人"))

    class Meta(Recorded.Meta):
        ordering = ("-signed_on", "-id")
        verbose_name = _("合作")
        verbose_name_plural = pgettext_lazy("plural", "合作")
        indexes = (models.Index(fields=["kind", "signed_on"], name="cooperation_kind_signed"),)
        constraints = (
            models.UniqueConstraint(
                fields=["exchange"],
                condition=~Q(state__in=DROPPED),
                name="one_cooperation_per_exchange",
                violation_error_message=_("本次对接已提交合作：请在原有合作中继续。"),
            ),
            models.CheckConstraint(
                name="cooperation_of_a_match_has_its_exchange",
                condition=Q(source="match", exchange__isnull=False) | (~Q(source="match") & Q(exchange__isnull=True)),
                violation_error_message=_("“平台匹配对接”的合作请在对接页提交；其他合作请另选来源。"),
            ),
            models.CheckConstraint(
                name="cooperation_of_a_call_names_it",
                condition=~Q(source="call") | Q(call__isnull=False),
                violation_error_message=_("请选择来自哪次需求征集。"),
            ),
            models.CheckConstraint(
                name="cooperation_names_an_event_it_comes_of",
                condition=Q(event__isnull=True) | Q(source="event"),
                violation_error_message=_("只有来源为“交流对接活动”的合作才填写活动。"),
            ),
            models.CheckConstraint(
                name="confirmed_cooperation_says_by_what",
                condition=(Q(state__in=CONFIRMED, confirmed_at__isnull=False) & ~Q(confirmed_by=""))
                | (~Q(state__in=CONFIRMED) & Q(confirmed_at__isnull=True, confirmed_by="")),
            ),
            models.CheckConstraint(
                name="confirmed_by_evidence_has_it",
                condition=~Q(confirmed_by="evidence") | ~Q(evidence_zh=""),
                violation_error_message=_("请写明凭证的名称与编号。"),
            ),
            models.CheckConstraint(
                name="cooperation_completed_on_a_day", condition=_given_in("completed_on", "completed")
            ),
            models.CheckConstraint(
                name="cooperation_terminated_with_reason",
                condition=_given_in("terminated_on", "terminated")
                & ((Q(state="terminated") & ~Q(end_reason="")) | (~Q(state="terminated") & Q(end_reason=""))),
                violation_error_message=_("请选择终止原因。"),
            ),
            models.CheckConstraint(
                name="cooperation_ends_after_it_is_signed",
                condition=(Q(completed_on__isnull=True) | Q(completed_on__gte=F("signed_on")))
                & (Q(terminated_on__isnull=True) | Q(terminated_on__gte=F("signed_on"))),
                violation_error_message=_("完成日、终止日不得早于签约日。"),
            ),
        )

    def __str__(self) -> str:
        return self.title_zh

    @property
    def is_confirmed(self) -> bool:
        """Whether it counts."""
        return self.state in CONFIRMED


@pghistory.track()
@classified(
    public="id public_id cooperation position organization name_zh region zone role published_on", scoped=SCOPED_PARTY
)
class CooperationParty(ScopedModel):
    """One party: an organization on record, or an outside one by name. `zone` and `region` are those on the day of
    signing. Strangers see a cooperation only while all its parties let it be published.
    """

    public_id = public_key()
    cooperation = models.ForeignKey(Cooperation, on_delete=models.CASCADE, related_name="parties")
    position = models.PositiveSmallIntegerField()
    organization = models.ForeignKey(
        Organization, null=True, blank=True, on_delete=models.PROTECT, related_name="cooperation_parties",
        verbose_name=_("单位"),
    )  # fmt: skip
    name_zh = models.CharField(_("平台外单位名称"), max_length=120, blank=True, help_text=_("平台上没有该单位时填写"))
    region = models.ForeignKey(
        Region, null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("省级区域")
    )
    zone = models.ForeignKey(
        Zone, null=True, blank=True, editable=False, on_delete=models.PROTECT, related_name="+",
        verbose_name=_("签约时所在高新区"),
    )  # fmt: skip
    role = models.CharField(_("角色"), max_length=10, choices=PartyRole.choices, default=PartyRole.MEMBER)
    is_proposing = models.BooleanField(_("提交方"), default=False, editable=False)
    confirmed_at = models.DateTimeField(_("确认时间"), null=True, editable=False)
    confirmer = user_key(_("确认人"))
    published_on = models.DateField(_("同意公开日"), null=True, editable=False)
    publish_basis_zh = models.CharField(_("同意公开的依据"), max_length=200, blank=True, editable=False)

    class Meta(ScopedModel.Meta):
        ordering = ("position", "id")
        verbose_name = _("合作方")
        verbose_name_plural = pgettext_lazy("plural", "合作方")
        constraints = (
            models.UniqueConstraint(
                fields=["cooperation", "organization"],
                name="one_party_per_organization",
                violation_error_message=_("同一单位只填一次。"),
            ),
            models.CheckConstraint(
                name="party_is_on_record_or_named",
                condition=(Q(organization__isnull=False) & Q(name_zh=""))
                | (Q(organization__isnull=True) & ~Q(name_zh="")),
                violation_error_message=_("请选择单位；平台上没有该单位时，只填写其名称。"),
            ),
        )

    def __str__(self) -> str:
        return str(self.organization) if self.organization_id else self.name_zh


@pghistory.track()
@classified(
    public="id public_id cooperation position name_zh due_on met_on", scoped="note_zh evidence_zh told_on late_told_on"
)
class CooperationMilestone(ScopedModel):
    """What is to be reached by a day, and the day on which it was, by what evidence."""

    public_id = public_key()
    cooperation = models.ForeignKey(Cooperation, on_delete=models.CASCADE, related_name="milestones")
    position = models.PositiveSmallIntegerField()
    name_zh = models.CharField(_("里程碑"), max_length=80)
    due_on = models.DateField(_("应达到日"))
    met_on = models.DateField(_("达到日"), null=True, blank=True)
    note_zh = models.CharField(_("说明"), max_length=200, blank=True)
    evidence_zh = models.CharField(
        _("达到的凭证"), max_length=200, blank=True, help_text=_("验收意见、报告或文件的名称与编号")
    )
    told_on = models.DateField(_("已提醒日"), null=True, editable=False)
    late_told_on = models.DateField(_("已告知逾期日"), null=True, editable=False)

    class Meta(ScopedModel.Meta):
        ordering = ("position", "id")
        verbose_name = _("里程碑")
        verbose_name_plural = pgettext_lazy("plural", "里程碑")
        constraints = (
            models.CheckConstraint(
                name="milestone_evidence_once_met",
                condition=Q(evidence_zh="") | Q(met_on__isnull=False),
                violation_error_message=_("填写凭证时，请一并填写达到日。"),
            ),
        )

    def __str__(self) -> str:
        return self.name_zh


@pghistory.track()
@classified(public="id cooperation kind", scoped="amount note_zh")
class CooperationAmount(ScopedModel):
    """A sum in 元: the whole of its kind, so that nothing is counted twice."""

    cooperation = models.ForeignKey(Cooperation, on_delete=models.CASCADE, related_name="amounts")
    kind = models.CharField(_("金额类别"), max_length=12, choices=AmountKind.choices)
    amount: "models.DecimalField[Any, Decimal]" = models.DecimalField(_("金额（元）"), max_digits=16, decimal_places=2)
    note_zh = models.CharField(_("说明"), max_length=200, blank=True)

    class Meta(ScopedModel.Meta):
        ordering = ("kind",)
        verbose_name = _("合作金额")
        verbose_name_plural = pgettext_lazy("plural", "合作金额")
        constraints = (
            models.UniqueConstraint(
                fields=["cooperation", "kind"],
                name="one_amount_of_a_kind",
                violation_error_message=_("每类金额只填一个合计数。"),
            ),
            models.CheckConstraint(
                name="cooperation_amount_positive",
                condition=Q(amount__gt=0),
                violation_error_message=_("金额须大于 0，单位为元。"),
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.amount}"


@pghistory.track()
@classified(public="id cooperation association")
class CooperationAssociation(ScopedModel):
    """An association the cooperation counts for: in each whole, in a total once."""

    cooperation = models.ForeignKey(Cooperation, on_delete=models.CASCADE, related_name="association_links")
    association = models.ForeignKey(
        Association, on_delete=models.PROTECT, related_name="+", verbose_name=_("计入的联盟或网络")
    )

    class Meta(ScopedModel.Meta):
        ordering = ("association_id",)
        verbose_name = _("计入的联盟或网络")
        verbose_name_plural = pgettext_lazy("plural", "计入的联盟或网络")
        constraints = (
            models.UniqueConstraint(
                fields=["cooperation", "association"],
                name="one_link_per_association",
                violation_error_message=_("同一联盟或网络只填一次。"),
            ),
        )

    def __str__(self) -> str:
        return str(self.association)


@classified(public="id public_id cooperation from_state to_state on_day at", scoped="user reason words_zh")
class CooperationStep(ScopedModel):
    """One transition: who took it, when, and the day it is true of. Rows are never changed."""

    public_id = public_key()
    cooperation = models.ForeignKey(Cooperation, on_delete=models.PROTECT, related_name="steps")
    from_state = models.CharField(max_length=12, choices=CooperationState.choices, blank=True)
    to_state = models.CharField(max_length=12, choices=CooperationState.choices)
    on_day = models.DateField(_("日期"))
    user = user_key(_("经手人"))
    reason = models.CharField(_("原因"), max_length=12, choices=TerminationReason.choices, blank=True)
    words_zh = models.CharField(_("说明"), max_length=300, blank=True)
    at = models.DateTimeField(_("登记时间"), db_default=Now(), editable=False)

    class Meta(ScopedModel.Meta):
        ordering = ("id",)
        verbose_name = verbose_name_plural = _("合作进程")
        triggers = (pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete),)

    def __str__(self) -> str:
        return f"{self.from_state} → {self.to_state}"
