"""Photos of resources, kept small and without what a camera writes beside the picture."""

import uuid

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from ledger.classification import classified
from zones.models.base import ScopedModel
from zones.models.resources import Resource


@pghistory.track(exclude=["content"])
@classified(public="id public_id resource position caption_zh content width height created_at", scoped="uploaded_by")
class ResourcePhoto(ScopedModel):
    """One photo of a resource as JPEG, at most 1,600 pixels wide and high."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    resource = models.ForeignKey(Resource, on_delete=models.CASCADE, related_name="photos", verbose_name=_("资源"))
    position = models.PositiveSmallIntegerField(_("序号"))
    caption_zh = models.CharField(_("说明"), max_length=120, blank=True)
    content = models.BinaryField()
    width = models.PositiveSmallIntegerField()
    height = models.PositiveSmallIntegerField()
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, verbose_name=_("上传人")
    )
    created_at = models.DateTimeField(_("创建时间"), db_default=Now(), editable=False)

    class Meta(ScopedModel.Meta):
        ordering = ("resource", "position")
        verbose_name = verbose_name_plural = _("照片")
        constraints = (
            models.UniqueConstraint(fields=["resource", "position"], name="one_photo_per_position"),
            models.CheckConstraint(name="photo_has_an_area", condition=Q(width__gte=1, height__gte=1)),
        )

    def __str__(self) -> str:
        return self.caption_zh or f"{self.resource_id} {self.position}"
