"""What people were shown, what they decided, and the calibrations fitted to it. Silence leaves no row."""

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from ledger.classification import classified
from matching.choices import Audience, ExposureChannel, Grade, LabelSource, NeedStep
from matching.models.needs import Need
from matching.models.runs import MatchRun, ScoringConfig
from zones.models import Resource
from zones.models.base import Recorded


@classified(
    scoped="id need resource run config_number calibration_number shown_on first_shown_at channel audience reader "
    "position is_exploration"
)
class Exposure(models.Model):
    """One suggestion as it was shown: once per day, channel, audience and kind of reader.

    `position` counts from 1 as the reader saw it, `reader` is the kind of principal, never the person.
    """

    need = models.ForeignKey(Need, on_delete=models.CASCADE, related_name="exposures")
    resource = models.ForeignKey(Resource, on_delete=models.CASCADE, related_name="exposures")
    run = models.ForeignKey(MatchRun, on_delete=models.CASCADE, related_name="exposures")
    config_number = models.PositiveIntegerField()
    calibration_number = models.PositiveIntegerField(default=0)
    shown_on = models.DateField()
    first_shown_at = models.DateTimeField(db_default=Now(), editable=False)
    channel = models.CharField(max_length=12, choices=ExposureChannel.choices)
    audience = models.CharField(max_length=14, choices=Audience.choices)
    reader = models.CharField(max_length=12)
    position = models.PositiveSmallIntegerField()
    is_exploration = models.BooleanField(default=False)

    class Meta:
        verbose_name = verbose_name_plural = _("曝光记录")
        indexes = (models.Index(fields=["resource", "shown_on"], name="exposure_resource_day"),)
        constraints = (
            models.UniqueConstraint(
                fields=["shown_on", "need", "resource", "channel", "audience", "reader"],
                name="one_exposure_per_day",
            ),
            models.CheckConstraint(name="exposure_position_counts_from_one", condition=Q(position__gte=1)),
        )

    def __str__(self) -> str:
        return f"{self.shown_on} {self.need_id} → {self.resource_id}"


@classified(scoped="id need step day until")
class NeedDay(models.Model):
    """The day of a step of a need, for as long as the need is kept: exposures are deleted, and any change moves
    `updated_at`. The first day; of `unmet` one row each time, `until` the need was something else again.
    """

    need = models.ForeignKey(Need, on_delete=models.CASCADE, related_name="days")
    step = models.CharField(max_length=8, choices=NeedStep.choices)
    day = models.DateField()
    until = models.DateField(null=True)

    class Meta:
        verbose_name = verbose_name_plural = _("需求各步日期")
        constraints = (
            models.UniqueConstraint(
                fields=["need", "step"], condition=Q(until__isnull=True), name="one_day_of_a_need_step"
            ),
        )

    def __str__(self) -> str:
        return f"{self.need_id} {self.step} {self.day}"


@pghistory.track(exclude=["updated_at"])
@classified(
    scoped="id public_id version is_sample created_at updated_at need resource source grade decided_by run "
    "config_number score parts"
)
class Label(Recorded):
    """One explicit decision about a pair, with what the engine said of it at that moment.

    `parts`: component → [fit, known share], of known components; empty where no match was live.
    """

    need = models.ForeignKey(Need, on_delete=models.CASCADE, related_name="labels", verbose_name=_("需求"))
    resource = models.ForeignKey(Resource, on_delete=models.CASCADE, related_name="labels", verbose_name=_("资源"))
    source = models.CharField(_("来源"), max_length=12, choices=LabelSource.choices)
    grade = models.PositiveSmallIntegerField(_("评价"), choices=Grade.choices)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="labels"
    )
    run = models.ForeignKey(MatchRun, null=True, on_delete=models.PROTECT, related_name="labels")
    config_number = models.PositiveIntegerField(null=True)
    score = models.FloatField(null=True)
    parts = models.JSONField(default=dict)

    class Meta(Recorded.Meta):
        ordering = ("id",)
        verbose_name = verbose_name_plural = _("评价")
        constraints = (
            models.UniqueConstraint(fields=["need", "resource", "source"], name="one_label_per_pair_and_source"),
            models.CheckConstraint(name="label_grade_in_range", condition=Q(grade__lte=4)),
        )

    def __str__(self) -> str:
        return f"{self.need_id} → {self.resource_id}: {self.grade}"


@classified(
    scoped="id number config slope intercept needs decisions positives error_before error_after decided_from "
    "decided_to is_active fitted_at"
)
class ScoreCalibration(models.Model):
    """One version of how a score is read as a likelihood, for one scoring configuration.

    `error_before` and `error_after`: expected calibration error of the score itself, and of the likelihood told by a
    calibration that has not seen the need.
    """

    number = models.PositiveIntegerField(unique=True)
    config = models.ForeignKey(ScoringConfig, on_delete=models.PROTECT, related_name="calibrations")
    slope = models.FloatField()
    intercept = models.FloatField()
    needs = models.PositiveIntegerField()
    decisions = models.PositiveIntegerField()
    positives = models.PositiveIntegerField()
    error_before = models.FloatField()
    error_after = models.FloatField()
    decided_from = models.DateTimeField()
    decided_to = models.DateTimeField()
    is_active = models.BooleanField(default=True)
    fitted_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        ordering = ("-number",)
        verbose_name = verbose_name_plural = _("得分校准")
        constraints = (
            models.UniqueConstraint(
                fields=["config"], condition=Q(is_active=True), name="one_active_calibration_per_config"
            ),
        )

    def __str__(self) -> str:
        return f"v{self.number}"
