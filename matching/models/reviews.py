"""Reviews of needs before other zones see them: by what thresholds, who has asked whom, and what was decided."""

import uuid

import pghistory
from django.conf import settings
from django.core.validators import MaxLengthValidator, MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from ledger.classification import classified
from matching.choices import ReviewDecision
from matching.models.needs import Need
from zones.models import Zone
from zones.models.base import ScopedModel

CRITERIA = {
    "necessity": _("必要性"),
    "clarity": _("清晰度"),
    "cooperation": _("合作期望"),
    "deidentification": _("去标识"),
}
"""What is graded, as columns, with their names."""
HIGHEST_GRADE = 5
MOST_POINTS = HIGHEST_GRADE * len(CRITERIA)
MOST_WORKING_DAYS = 60


@pghistory.track()
@classified(
    public="id number pass_from return_from does_zero_return comment_below working_days note is_active created_at",
    scoped="created_by",
)
class ReviewPolicy(models.Model):
    """One version of the thresholds of reviews. Never changed: a new version is a new row."""

    number = models.PositiveIntegerField(_("版本号"), unique=True)
    pass_from = models.PositiveSmallIntegerField(_("通过所需总分"), help_text=_("四项各 0–5 分，满分 20"))
    return_from = models.PositiveSmallIntegerField(_("退回修改所需总分"), help_text=_("低于此分不予通过"))
    does_zero_return = models.BooleanField(_("任何一项为 0 即退回"), default=True)
    comment_below = models.PositiveSmallIntegerField(
        _("低于此分须写意见"), validators=[MaxValueValidator(HIGHEST_GRADE)]
    )
    working_days = models.PositiveSmallIntegerField(
        _("审核时限（工作日）"), validators=[MinValueValidator(1), MaxValueValidator(MOST_WORKING_DAYS)]
    )
    note = models.CharField(_("说明"), max_length=200, blank=True)
    is_active = models.BooleanField(_("启用"), default=False, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        editable=False,
        on_delete=models.PROTECT,
        verbose_name=_("创建人"),
    )
    created_at = models.DateTimeField(_("创建时间"), db_default=Now(), editable=False)

    class Meta:
        ordering = ("-number",)
        verbose_name = verbose_name_plural = _("审核标准")
        constraints = (
            models.UniqueConstraint(fields=["is_active"], condition=Q(is_active=True), name="one_active_review_policy"),
            models.CheckConstraint(
                name="review_thresholds_ordered",
                condition=Q(return_from__lte=F("pass_from"), pass_from__lte=MOST_POINTS),
                violation_error_message=_("退回分不得高于通过分，通过分不得高于 20。"),
            ),
        )

    def __str__(self) -> str:
        return f"v{self.number}"


def _grade(criterion: str) -> "models.PositiveSmallIntegerField[int | None, int | None]":
    """The column of one grade; empty until the review is decided."""
    limits = [MaxValueValidator(HIGHEST_GRADE)]
    return models.PositiveSmallIntegerField(CRITERIA[criterion], null=True, blank=True, validators=limits)


@pghistory.track()
@classified(
    public="id public_id need need_version zone policy submitted_at due_on necessity clarity cooperation "
    "deidentification comment_zh decision decided_at",
    scoped="submitted_by reviewer reminded_on",
)
class NeedReview(ScopedModel):
    """One zone asked to review one version of a need; decided or not yet."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    need = models.ForeignKey(Need, on_delete=models.CASCADE, related_name="reviews", verbose_name=_("需求"))
    need_version = models.PositiveIntegerField(_("需求版本"))
    zone = models.ForeignKey(Zone, on_delete=models.PROTECT, related_name="reviews", verbose_name=_("审核园区"))
    policy = models.ForeignKey(ReviewPolicy, on_delete=models.PROTECT, verbose_name=_("审核标准"))
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="submitted_reviews",
        verbose_name=_("提交人"),
    )
    submitted_at = models.DateTimeField(_("提交时间"), db_default=Now(), editable=False)
    due_on = models.DateField(_("应审结日"))
    reminded_on = models.DateField(_("提醒日"), null=True, blank=True)
    reviewer = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="decided_reviews",
        verbose_name=_("审核人"),
    )
    necessity = _grade("necessity")
    clarity = _grade("clarity")
    cooperation = _grade("cooperation")
    deidentification = _grade("deidentification")
    comment_zh = models.TextField(_("审核意见"), blank=True, validators=[MaxLengthValidator(500)])
    decision = models.CharField(_("结论"), max_length=8, choices=ReviewDecision.choices, blank=True)
    decided_at = models.DateTimeField(_("审结时间"), null=True, blank=True, editable=False)

    class Meta(ScopedModel.Meta):
        ordering = ("due_on", "id")
        verbose_name = verbose_name_plural = _("需求审核")
        indexes = (models.Index(fields=["zone", "due_on"], condition=Q(decision=""), name="review_waiting"),)
        constraints = (
            models.UniqueConstraint(fields=["need", "need_version", "zone"], name="one_review_per_version_and_zone"),
            models.CheckConstraint(
                name="review_is_decided_whole",
                condition=Q(
                    decision="",
                    decided_at__isnull=True,
                    reviewer__isnull=True,
                    **{f"{name}__isnull": True for name in CRITERIA},
                )
                | (
                    ~Q(decision="")
                    & Q(decided_at__isnull=False, reviewer__isnull=False)
                    & Q(**{f"{name}__isnull": False for name in CRITERIA})
                    & Q(**{f"{name}__lte": HIGHEST_GRADE for name in CRITERIA})
                ),
            ),
            models.CheckConstraint(
                name="reviewer_is_not_submitter",
                condition=Q(reviewer__isnull=True) | Q(submitted_by__isnull=True) | ~Q(reviewer=F("submitted_by")),
                violation_error_message=_("提交人不能审核自己提交的需求：请由同园区的另一位同事审核。"),
            ),
        )

    def __str__(self) -> str:
        return f"{self.need} · {self.zone}"
