"""Robots and webhooks: where a zone, an association or an organization is told what concerns it."""

import pghistory
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ledger.classification import classified
from notifications.choices import EndpointKind
from zones.models import Association, Organization, Zone
from zones.models.base import Recorded


def _one_owner() -> Q:
    nobody = {"zone__isnull": True, "association__isnull": True, "organization__isnull": True}
    one, two, three = (Q(**(nobody | {name: False})) for name in nobody)
    return one | two | three


@pghistory.track(exclude=["sealed_address", "sealed_secret", "sealed_former", "seen_at", "seen_result", "seen_reason"])
@classified(
    public="id public_id version is_sample created_at updated_at kind name zone association organization language "
    "shown_address is_enabled off_reason former_until seen_at seen_result seen_reason",
    secret="sealed_address sealed_secret sealed_former",
)
class Endpoint(Recorded):
    """One address of one owner. A robot's address is a secret itself; all three are sealed (`accounts.sealing`), and
    `shown_address` is what may be read of it. `seen_*`: what became of the last message.
    """

    kind = models.CharField(_("种类"), max_length=10, choices=EndpointKind.choices)
    name = models.CharField(_("名称"), max_length=60, help_text=_("例如：对接工作群"))
    zone = models.ForeignKey(Zone, null=True, blank=True, on_delete=models.PROTECT, verbose_name=_("高新区"))
    association = models.ForeignKey(
        Association, null=True, blank=True, on_delete=models.PROTECT, verbose_name=_("联盟或网络")
    )
    organization = models.ForeignKey(
        Organization, null=True, blank=True, on_delete=models.PROTECT, verbose_name=_("单位")
    )
    language = models.CharField(
        _("语言"), max_length=10, choices=[("zh-hans", "简体中文"), ("en", "English")], default="zh-hans"
    )
    shown_address = models.CharField(_("接收地址"), max_length=300, editable=False)
    sealed_address = models.TextField(editable=False)
    sealed_secret = models.TextField(blank=True, editable=False)
    sealed_former = models.TextField(blank=True, editable=False)
    former_until = models.DateTimeField(_("旧密钥有效期至"), null=True, blank=True, editable=False)
    is_enabled = models.BooleanField(_("启用"), default=True, editable=False)
    off_reason = models.CharField(_("停用原因"), max_length=60, blank=True, editable=False)
    seen_at = models.DateTimeField(_("最近发送"), null=True, blank=True, editable=False)
    seen_result = models.CharField(max_length=10, blank=True, editable=False)
    seen_reason = models.CharField(max_length=60, blank=True, editable=False)

    class Meta(Recorded.Meta):
        ordering = ("name", "pk")
        verbose_name = verbose_name_plural = _("机器人与 Webhook")
        constraints = (
            models.CheckConstraint(
                name="endpoint_has_one_owner",
                condition=_one_owner(),
                violation_error_message=_("请选择一个归属：高新区、联盟（网络）或单位。"),
            ),
            models.CheckConstraint(
                name="endpoint_former_secret_ends",
                condition=Q(sealed_former="", former_until__isnull=True)
                | (~Q(sealed_former="") & Q(former_until__isnull=False)),
            ),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def place(self) -> models.Model:
        """Whose it is."""
        owner = self.zone or self.association or self.organization
        assert owner is not None
        return owner
