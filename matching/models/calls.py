"""Calls for needs: an association collects the needs of its zones in a window of time."""

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxLengthValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from ledger.classification import classified
from matching.choices import CallState, NeedKind
from zones.models import Association
from zones.models.base import Recorded, in_language


@pghistory.track(exclude=["updated_at"])
@classified(
    public="id public_id association title_zh title_en purpose_zh guidance_zh kinds required_fields opens_on closes_on "
    "state is_sample version created_at updated_at"
)
class NeedCall(Recorded):
    """A window in which an association collects needs: of which kinds and with what filled. Its last day counts."""

    association = models.ForeignKey(
        Association, on_delete=models.PROTECT, related_name="calls", verbose_name=_("联盟或网络")
    )
    title_zh = models.CharField(_("名称"), max_length=80)
    title_en = models.CharField(_("英文名称"), max_length=200, blank=True)
    purpose_zh = models.TextField(_("征集说明"), validators=[MaxLengthValidator(1000)])
    guidance_zh = models.TextField(
        _("填写要求"), blank=True, validators=[MaxLengthValidator(1000)], help_text=_("填报时显示在表单上方")
    )
    kinds = ArrayField(
        models.CharField(max_length=30, choices=NeedKind.choices),
        default=list,
        blank=True,
        verbose_name=_("需求类型"),
        help_text=_("不选表示不限"),
    )
    required_fields = ArrayField(models.CharField(max_length=40), default=list, blank=True, verbose_name=_("必填项"))
    opens_on = models.DateField(_("开始日"))
    closes_on = models.DateField(_("截止日"), help_text=_("当日仍可提交"))
    state = models.CharField(_("状态"), max_length=8, choices=CallState.choices, default=CallState.DRAFT)

    class Meta(Recorded.Meta):
        ordering = ("-opens_on", "-id")
        verbose_name = verbose_name_plural = _("需求征集")
        constraints = (
            models.CheckConstraint(
                name="call_closes_after_it_opens",
                condition=Q(closes_on__gte=F("opens_on")),
                violation_error_message=_("截止日不得早于开始日。"),
            ),
        )

    def __str__(self) -> str:
        return in_language(self.title_zh, self.title_en)
