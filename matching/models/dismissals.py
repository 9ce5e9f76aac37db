"""Dismissed pairs: what the side of a need does not want to be shown again, with who, when, why and of which
versions."""

import uuid

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from ledger.classification import classified
from matching.choices import DismissalReason
from matching.models.needs import Need
from zones.models import Resource
from zones.models.base import ScopedModel


@pghistory.track()
@classified(
    scoped="id public_id need resource reason note dismissed_by dismissed_at ended_at ended_by need_version "
    "resource_version need_fingerprint resource_fingerprint"
)
class Dismissal(ScopedModel):
    """One pair its need's side has dismissed; ended when it was taken back or replaced by a later one.

    The fingerprints tell whether a side has changed materially since (`matching.engine.material`): then the pair is
    matched again though nobody has ended the dismissal.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    need = models.ForeignKey(Need, on_delete=models.CASCADE, related_name="dismissals", verbose_name=_("需求"))
    resource = models.ForeignKey(Resource, on_delete=models.CASCADE, related_name="dismissals", verbose_name=_("资源"))
    reason = models.CharField(_("原因"), max_length=20, choices=DismissalReason.choices)
    note = models.CharField(_("说明"), max_length=200, blank=True)
    dismissed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    dismissed_at = models.DateTimeField(db_default=Now(), editable=False)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    need_version = models.PositiveIntegerField()
    resource_version = models.PositiveIntegerField()
    need_fingerprint = models.CharField(max_length=64)
    resource_fingerprint = models.CharField(max_length=64)

    class Meta(ScopedModel.Meta):
        ordering = ("-id",)
        verbose_name = verbose_name_plural = _("已排除的推荐")
        constraints = (
            models.UniqueConstraint(
                fields=["need", "resource"], condition=Q(ended_at__isnull=True), name="one_dismissal_per_pair"
            ),
        )

    def __str__(self) -> str:
        return f"{self.need_id} × {self.resource_id}"
