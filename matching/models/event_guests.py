"""Guests of events: who is invited, who comes, who wishes to meet whom, who meets, and what came of it."""

import secrets
from typing import Final

import pghistory
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Func, Q, Value
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ledger.classification import classified
from matching.choices import EventResult, ExitReason, RegistrationState
from matching.models.cooperations import Cooperation
from matching.models.events import MOST_SLOTS, Event
from zones.models import Organization
from zones.models.base import Recorded, ScopedModel
from zones.models.columns import public_key, user_key

COMING: Final = (RegistrationState.REGISTERED, RegistrationState.CHECKED_IN)
"""States of registrations that take seats."""
MOST_SEATS: Final = 20
CODE_LETTERS: Final = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
"""What is read out at a desk: none that is taken for another."""
CODE_LENGTH: Final = 8


def new_code() -> str:
    """The code a guest shows at the desk."""
    return "".join(secrets.choice(CODE_LETTERS) for _ in range(CODE_LENGTH))


@pghistory.track(exclude=["updated_at"])
@classified(
    public="id public_id version event organization is_sample created_at updated_at",
    scoped="matches is_anonymous inviter declined_at",
)
class EventInvitation(Recorded):
    """An organization is asked to come, once. Where it was drawn by a need whose owner the organizers may not know,
    `is_anonymous`: they learn of it only if it registers. `matches` says by how many pairs it was drawn.
    """

    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="invitations")
    organization = models.ForeignKey(
        Organization, on_delete=models.PROTECT, related_name="event_invitations", verbose_name=_("单位")
    )
    matches = models.PositiveIntegerField(_("相关匹配"), default=0, editable=False)
    is_anonymous = models.BooleanField(_("匿名邀请"), default=False, editable=False)
    inviter = user_key(_("邀请人"))
    declined_at = models.DateTimeField(_("谢绝时间"), null=True, editable=False)

    class Meta(Recorded.Meta):
        ordering = ("id",)
        verbose_name = _("活动邀请")
        verbose_name_plural = pgettext_lazy("plural", "活动邀请")
        constraints = (
            models.UniqueConstraint(
                fields=["event", "organization"],
                name="one_invitation_per_organization",
                violation_error_message=_("该单位已被邀请。"),
            ),
        )

    def __str__(self) -> str:
        return str(self.organization)


@pghistory.track(exclude=["updated_at"])
@classified(
    public="id public_id version event organization state seats brings_zh is_listed is_sample created_at updated_at",
    scoped="attendees_zh most_meetings text_version registrant asked_at checked_in_at checker cancelled_at code",
)
class EventRegistration(Recorded):
    """An organization at an event: it comes, waits for a seat, is there, or has called off.

    Other guests read its name and `brings_zh`, and only if it let itself be listed. `asked_at` is its place in the
    queue.
    """

    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="registrations")
    organization = models.ForeignKey(
        Organization, on_delete=models.PROTECT, related_name="event_registrations", verbose_name=_("单位")
    )
    state = models.CharField(_("状态"), max_length=10, choices=RegistrationState.choices, editable=False)
    seats = models.PositiveSmallIntegerField(
        _("人数"), default=1, validators=[MinValueValidator(1), MaxValueValidator(MOST_SEATS)]
    )
    attendees_zh = models.CharField(_("参会人"), max_length=200, blank=True, help_text=_("姓名；只有主办方可以看到"))
    brings_zh = models.CharField(
        _("希望洽谈的内容"), max_length=200, blank=True, help_text=_("列入名单后，其他报名单位可以看到")
    )
    is_listed = models.BooleanField(
        _("列入参会名单"), default=False, help_text=_("只有报名的单位可以看到名单；不列入则不能预约一对一洽谈")
    )
    most_meetings = models.PositiveSmallIntegerField(
        _("最多洽谈场数"), null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(MOST_SLOTS)]
    )
    text_version = models.PositiveSmallIntegerField(_("报名须知版本"), editable=False)
    registrant = user_key(_("报名人"))
    asked_at = models.DateTimeField(_("报名时间"), editable=False)
    checked_in_at = models.DateTimeField(_("签到时间"), null=True, editable=False)
    checker = user_key(_("签到经手人"))
    cancelled_at = models.DateTimeField(_("取消时间"), null=True, editable=False)
    code = models.CharField(_("签到码"), max_length=CODE_LENGTH, unique=True, default=new_code, editable=False)

    class Meta(Recorded.Meta):
        ordering = ("asked_at", "id")
        verbose_name = _("活动报名")
        verbose_name_plural = pgettext_lazy("plural", "活动报名")
        constraints = (
            models.UniqueConstraint(
                fields=["event", "organization"],
                name="one_registration_per_organization",
                violation_error_message=_("该单位已报名。"),
            ),
            models.CheckConstraint(
                name="guest_is_checked_in_at_a_time",
                condition=Q(state=RegistrationState.CHECKED_IN, checked_in_at__isnull=False)
                | (~Q(state=RegistrationState.CHECKED_IN) & Q(checked_in_at__isnull=True)),
            ),
            models.CheckConstraint(
                name="registration_is_cancelled_at_a_time",
                condition=Q(state=RegistrationState.CANCELLED, cancelled_at__isnull=False)
                | (~Q(state=RegistrationState.CANCELLED) & Q(cancelled_at__isnull=True)),
            ),
        )

    def __str__(self) -> str:
        return str(self.organization)

    @property
    def is_coming(self) -> bool:
        return self.state in COMING

    @property
    def is_live(self) -> bool:
        return self.state != RegistrationState.CANCELLED


@pghistory.track()
@classified(scoped="id asker asked created_at")
class EventWish(ScopedModel):
    """One guest would like to meet another. Nobody but its own side learns of it; where both wish, they meet."""

    asker = models.ForeignKey(EventRegistration, on_delete=models.CASCADE, related_name="wishes")
    asked = models.ForeignKey(EventRegistration, on_delete=models.CASCADE, related_name="wished_by")
    created_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta(ScopedModel.Meta):
        ordering = ("id",)
        verbose_name = verbose_name_plural = _("洽谈意愿")
        constraints = (
            models.UniqueConstraint(fields=["asker", "asked"], name="one_wish_per_guest"),
            models.CheckConstraint(name="nobody_wishes_oneself", condition=~Q(asker=F("asked"))),
        )

    def __str__(self) -> str:
        return f"{self.asker_id} → {self.asked_id}"


def _just(column: str) -> Func:
    return Func(F(column), F(column), Value("[]"), function="int8range")


@classified(public="id public_id event first second slot table is_mutual cancelled_at created_at")
class EventMeeting(ScopedModel):
    """Two guests at a table in a slot; `first` is the guest of the lower id. Rows are made anew as a whole until the
    timetable is released; then one can only be called off.
    """

    public_id = public_key()
    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="meetings")
    first = models.ForeignKey(EventRegistration, on_delete=models.PROTECT, related_name="+", verbose_name=_("甲方"))
    second = models.ForeignKey(EventRegistration, on_delete=models.PROTECT, related_name="+", verbose_name=_("乙方"))
    slot = models.PositiveSmallIntegerField(_("场次"))
    table = models.PositiveSmallIntegerField(_("洽谈桌"))
    is_mutual = models.BooleanField(_("双方都有意愿"), default=False)
    cancelled_at = models.DateTimeField(_("取消时间"), null=True, editable=False)
    created_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta(ScopedModel.Meta):
        ordering = ("slot", "table", "id")
        verbose_name = _("一对一洽谈")
        verbose_name_plural = pgettext_lazy("plural", "一对一洽谈")
        constraints = (
            models.UniqueConstraint(
                fields=["event", "slot", "table"], condition=Q(cancelled_at__isnull=True), name="one_meeting_at_a_table"
            ),
            models.UniqueConstraint(
                fields=["first", "second"], condition=Q(cancelled_at__isnull=True), name="one_meeting_per_pair"
            ),
            models.CheckConstraint(name="meeting_in_order_of_guests", condition=Q(first__lt=F("second"))),
            ExclusionConstraint(
                name="guest_is_at_one_table_at_a_time",
                expressions=(
                    ("slot", RangeOperators.EQUAL),
                    (Func(_just("first"), _just("second"), function="int8multirange"), RangeOperators.OVERLAPS),
                ),
                condition=Q(cancelled_at__isnull=True),
            ),
        )

    def __str__(self) -> str:
        return f"{self.slot + 1}–{self.table + 1}"


@pghistory.track(exclude=["updated_at"])
@classified(
    public="id public_id version event meeting result is_sample created_at updated_at",
    scoped="reason words_zh cooperation recorder",
)
class EventOutcome(Recorded):
    """What came of an event: of one of its meetings, or of the event at large; a cooperation is named."""

    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="outcomes")
    meeting = models.ForeignKey(
        EventMeeting, null=True, blank=True, on_delete=models.PROTECT, related_name="outcomes",
        verbose_name=_("一对一洽谈"),
    )  # fmt: skip
    result = models.CharField(_("结果"), max_length=12, choices=EventResult.choices)
    reason = models.CharField(_("未达成原因"), max_length=12, choices=ExitReason.choices, blank=True)
    words_zh = models.CharField(_("说明"), max_length=300, blank=True)
    cooperation = models.ForeignKey(
        Cooperation, null=True, blank=True, on_delete=models.PROTECT, related_name="event_outcomes",
        verbose_name=_("形成的合作"),
    )  # fmt: skip
    recorder = user_key(_("登记人"))

    class Meta(Recorded.Meta):
        ordering = ("id",)
        verbose_name = _("活动成果")
        verbose_name_plural = pgettext_lazy("plural", "活动成果")
        constraints = (
            models.UniqueConstraint(
                fields=["meeting"],
                name="one_outcome_per_meeting",
                violation_error_message=_("该场洽谈已登记成果：请修改原有记录。"),
            ),
            models.UniqueConstraint(
                fields=["event", "cooperation"],
                name="one_outcome_per_cooperation",
                violation_error_message=_("该合作已登记为本活动的成果。"),
            ),
            models.CheckConstraint(
                name="outcome_names_its_cooperation",
                condition=Q(result=EventResult.COOPERATION, cooperation__isnull=False)
                | (~Q(result=EventResult.COOPERATION) & Q(cooperation__isnull=True)),
                violation_error_message=_("“达成合作”请选择合作记录；其他结果请勿选择。"),
            ),
            models.CheckConstraint(
                name="nothing_came_of_it_for_a_reason",
                condition=(Q(result=EventResult.NOTHING) & ~Q(reason=""))
                | (~Q(result=EventResult.NOTHING) & Q(reason="")),
                violation_error_message=_("“未达成”请选择原因；其他结果请勿选择。"),
            ),
        )

    def __str__(self) -> str:
        return str(self.get_result_display())
