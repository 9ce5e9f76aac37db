"""What came of a cooperation: each party is asked once a year, and after the end the parties rate each other."""

from decimal import Decimal
from typing import Any, Final

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxLengthValidator, MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ledger.classification import classified
from matching.choices import Gain, OutcomeResult
from matching.models.cooperations import CooperationParty
from zones.models.base import Recorded, ScopedModel
from zones.models.columns import user_key

LAST_YEAR: Final = 3
"""Years after the signature in which is asked what came of it."""
WAITING: Final = Q(answered_at__isnull=True, closed_on__isnull=True)
"""Polls that nobody has answered yet."""


@pghistory.track(exclude=["updated_at"])
@classified(
    public="id public_id version party year asked_on due_on is_sample created_at updated_at",
    scoped="reminded_on closed_on answered_at answerer result gains revenue patents jobs words_zh",
)
class OutcomePoll(Recorded):
    """What one party says has come of a cooperation by the end of a year after it was signed; asked once a year. One
    that nobody answers in its term is closed without an answer, which is told as such: no answer is no result.
    """

    party = models.ForeignKey(
        CooperationParty, editable=False, on_delete=models.PROTECT, related_name="polls", verbose_name=_("合作方")
    )
    year = models.PositiveSmallIntegerField(_("签约后第几年"), editable=False)
    asked_on = models.DateField(_("回访日"), editable=False)
    due_on = models.DateField(_("应填报日"), editable=False)
    reminded_on = models.DateField(_("提醒日"), null=True, editable=False)
    closed_on = models.DateField(_("关闭日"), null=True, editable=False)
    answered_at = models.DateTimeField(_("填报时间"), null=True, editable=False)
    answerer = user_key(_("填报人"))
    result = models.CharField(_("进展"), max_length=10, choices=OutcomeResult.choices, blank=True)
    gains = ArrayField(
        models.CharField(max_length=10, choices=Gain.choices), blank=True, default=list, verbose_name=_("取得的成效")
    )
    revenue: "models.DecimalField[Any, Decimal | None]" = models.DecimalField(
        _("新增收入（元）"), max_digits=16, decimal_places=2, null=True, blank=True,
        validators=[MinValueValidator(Decimal(0))],
    )  # fmt: skip
    patents = models.PositiveIntegerField(_("专利申请（件）"), null=True, blank=True)
    jobs = models.PositiveIntegerField(_("新增岗位（个）"), null=True, blank=True)
    words_zh = models.TextField(
        _("说明"), blank=True, validators=[MaxLengthValidator(500)], help_text=_("仅本单位与所在园区可见")
    )

    class Meta(Recorded.Meta):
        ordering = ("-asked_on", "-id")
        verbose_name = _("成效回访")
        verbose_name_plural = pgettext_lazy("plural", "成效回访")
        constraints = (
            models.UniqueConstraint(fields=["party", "year"], name="asked_once_a_year"),
            models.CheckConstraint(name="poll_of_the_first_years", condition=Q(year__range=(1, LAST_YEAR))),
            models.CheckConstraint(name="poll_is_due_after_it_is_asked", condition=Q(due_on__gt=F("asked_on"))),
            models.CheckConstraint(
                name="answered_poll_has_a_result",
                condition=(Q(answered_at__isnull=True) & Q(result="")) | (Q(answered_at__isnull=False) & ~Q(result="")),
                violation_error_message=_("请选择进展。"),
            ),
            models.CheckConstraint(
                name="poll_is_answered_or_closed", condition=Q(answered_at__isnull=True) | Q(closed_on__isnull=True)
            ),
        )

    def __str__(self) -> str:
        return f"{self.party.cooperation} · {self.year}"


@pghistory.track()
@classified(public="id rater rated stars comment created_at", scoped="rated_by")
class CooperationRating(ScopedModel):
    """How one party found another, after the end; shown to the other once both have rated, or the time is over."""

    rater = models.ForeignKey(
        CooperationParty, on_delete=models.PROTECT, related_name="ratings_given", verbose_name=_("评价方")
    )
    rated = models.ForeignKey(
        CooperationParty, on_delete=models.PROTECT, related_name="ratings_got", verbose_name=_("被评价方")
    )
    stars = models.PositiveSmallIntegerField(_("评分"), validators=[MinValueValidator(1), MaxValueValidator(5)])
    comment = models.TextField(_("评语"), blank=True, validators=[MaxLengthValidator(500)])
    rated_by = user_key(_("评价人"))
    created_at = models.DateTimeField(_("创建时间"), db_default=Now(), editable=False)

    class Meta(ScopedModel.Meta):
        ordering = ("id",)
        verbose_name = _("合作评价")
        verbose_name_plural = pgettext_lazy("plural", "合作评价")
        constraints = (
            models.UniqueConstraint(
                fields=["rater", "rated"],
                name="one_rating_per_party",
                violation_error_message=_("本方已经评价过：每方评价一次。"),
            ),
            models.CheckConstraint(name="cooperation_rating_in_range", condition=Q(stars__range=(1, 5))),
            models.CheckConstraint(name="nobody_rates_oneself", condition=~Q(rater=F("rated"))),
        )

    def __str__(self) -> str:
        return f"{self.rated} {self.stars}"
