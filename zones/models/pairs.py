"""Pairs of records that look alike and are not the same: nobody is asked again."""

from django.conf import settings
from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from ledger.classification import classified
from zones.models.base import ScopedModel
from zones.models.places import Zone


@classified(scoped="id zone first second said_by said_at")
class SeparatePair(ScopedModel):
    """Two records of a zone, by their public ids, the lower one first."""

    zone = models.ForeignKey(Zone, on_delete=models.CASCADE, verbose_name=_("高新区"))
    first = models.UUIDField()
    second = models.UUIDField()
    said_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT)
    said_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta(ScopedModel.Meta):
        verbose_name = verbose_name_plural = _("不是重复的记录")
        constraints = (models.UniqueConstraint(fields=["first", "second"], name="one_separate_pair"),)

    def __str__(self) -> str:
        return f"{self.first} ≠ {self.second}"
