"""Shortlisted pairs and pushes: which resources the side of a need wants to go on with, and which of them it has handed
to their zones.
"""

import uuid

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from ledger.classification import classified
from matching.models.needs import Need
from matching.models.runs import ScoringConfig
from zones.models import Resource
from zones.models.base import ScopedModel


@pghistory.track(exclude=["facts"])
@classified(
    scoped="id public_id need resource is_by_hand note added_by added_at ended_at ended_by need_version "
    "resource_version config facts"
)
class Shortlisting(ScopedModel):
    """One pair on the shortlist of its need: a pair, not a match, so that a new run does not take it off.

    `facts` is what the engine said of the pair when it was put there, by the scoring configuration `config`; or only
    why it would not propose the pair.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    need = models.ForeignKey(Need, on_delete=models.CASCADE, related_name="shortlistings", verbose_name=_("需求"))
    resource = models.ForeignKey(
        Resource, on_delete=models.CASCADE, related_name="shortlistings", verbose_name=_("资源")
    )
    is_by_hand = models.BooleanField(_("人工添加"), default=False)
    note = models.CharField(_("说明"), max_length=200, blank=True)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    added_at = models.DateTimeField(db_default=Now(), editable=False)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    need_version = models.PositiveIntegerField()
    resource_version = models.PositiveIntegerField()
    config = models.ForeignKey(ScoringConfig, on_delete=models.PROTECT, related_name="+", verbose_name=_("评分配置"))
    facts = models.JSONField(_("依据"))

    class Meta(ScopedModel.Meta):
        ordering = ("id",)
        verbose_name = verbose_name_plural = _("入围资源")
        constraints = (
            models.UniqueConstraint(
                fields=["need", "resource"], condition=Q(ended_at__isnull=True), name="one_shortlisting_per_pair"
            ),
        )

    def __str__(self) -> str:
        return f"{self.need_id} × {self.resource_id}"

    @property
    def removed_by(self) -> str:
        """Why the engine would not propose the pair; empty where it scored it."""
        return str(self.facts.get("removed_by", ""))


@pghistory.track()
@classified(public="public_id need resource need_version pushed_at", scoped="id pushed_by")
class Push(ScopedModel):
    """A shortlisted pair handed to the zone of its resource: once per pair and version of the need."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    need = models.ForeignKey(Need, on_delete=models.CASCADE, related_name="pushes", verbose_name=_("需求"))
    resource = models.ForeignKey(Resource, on_delete=models.CASCADE, related_name="pushes", verbose_name=_("资源"))
    need_version = models.PositiveIntegerField()
    pushed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    pushed_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta(ScopedModel.Meta):
        ordering = ("-id",)
        verbose_name = verbose_name_plural = _("推送")
        constraints = (
            models.UniqueConstraint(
                fields=["need", "resource", "need_version"], name="one_push_per_pair_and_need_version"
            ),
        )

    def __str__(self) -> str:
        return f"{self.need_id} → {self.resource_id}"
