"""Registrations: an organization that asks its zone for an account, known by its credit code."""

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ledger.classification import classified
from zones.choices import OrganizationKind, RefusalReason, RegistrationState
from zones.models.base import Recorded
from zones.models.organizations import Organization
from zones.models.places import Zone


@pghistory.track()
@classified(
    public="id public_id version user zone name_zh name_en kind city website state reason words organization "
    "consented_at ended_at decided_by is_sample created_at updated_at",
    scoped="credit_code",
)
class Registration(Recorded):
    """What an account without a role says of its organization; the staff of the zone accept or refuse it.

    Several may name one credit code: who else has asked is told to nobody.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        editable=False,
        on_delete=models.PROTECT,
        related_name="registrations",
        verbose_name=_("申请人"),
    )
    zone = models.ForeignKey(Zone, on_delete=models.PROTECT, related_name="registrations", verbose_name=_("所在高新区"))
    credit_code = models.CharField(_("统一社会信用代码"), max_length=18, db_index=True)
    name_zh = models.CharField(_("单位名称"), max_length=120)
    name_en = models.CharField(_("英文名称"), max_length=200, blank=True)
    kind = models.CharField(_("类型"), max_length=20, choices=OrganizationKind.choices)
    city = models.CharField(_("城市"), max_length=40, blank=True)
    website = models.URLField(_("网站"), blank=True)
    consented_at = models.DateTimeField(_("同意时间"), editable=False)
    state = models.CharField(
        _("状态"),
        max_length=10,
        choices=RegistrationState.choices,
        default=RegistrationState.WAITING,
        editable=False,
    )
    reason = models.CharField(_("未通过原因"), max_length=20, choices=RefusalReason.choices, blank=True, editable=False)
    words = models.CharField(_("说明"), max_length=300, blank=True, editable=False)
    organization = models.ForeignKey(
        Organization,
        null=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="registrations",
        verbose_name=_("单位"),
    )
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("核验人"),
    )
    ended_at = models.DateTimeField(_("核验或撤回时间"), null=True, editable=False)

    class Meta(Recorded.Meta):
        ordering = ("-id",)
        verbose_name = _("单位注册")
        verbose_name_plural = pgettext_lazy("plural", "单位注册")
        constraints = (
            models.UniqueConstraint(
                fields=["user"],
                name="one_registration_per_account",
                violation_error_message=_("此账号已有一份注册申请：请修改原申请。"),
            ),
            models.CheckConstraint(
                name="registration_state_tells_its_end",
                condition=Q(
                    state=RegistrationState.WAITING, ended_at__isnull=True, reason="", organization__isnull=True
                )
                | Q(state=RegistrationState.ACCEPTED, ended_at__isnull=False, reason="", organization__isnull=False)
                | (
                    Q(state=RegistrationState.REFUSED, ended_at__isnull=False, organization__isnull=True)
                    & ~Q(reason="")
                )
                | Q(state=RegistrationState.WITHDRAWN, ended_at__isnull=False, reason="", organization__isnull=True),
            ),
        )

    def __str__(self) -> str:
        return self.name_zh

    @property
    def is_open(self) -> bool:
        return self.state == RegistrationState.WAITING
