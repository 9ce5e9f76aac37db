"""What two sides who have consented tell each other: messages, files, meetings, and the step that comes next."""

from typing import Any

import pghistory
import pgtrigger
from django.core.validators import MaxLengthValidator, URLValidator
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ledger.classification import classified
from matching.choices import FileKind, MeetingState, Side
from matching.models.exchanges import Exchange
from zones.models.base import Recorded, ScopedModel
from zones.models.columns import public_key, user_key

LONGEST_MESSAGE = 2000
APPEND_ONLY = (pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete),)


def _exchange(name: str) -> Any:
    return models.ForeignKey(Exchange, on_delete=models.PROTECT, related_name=name, verbose_name=_("对接"))


def _side() -> Any:
    return models.CharField(_("哪一方"), max_length=8, choices=Side.choices, editable=False)


@classified(public="id public_id exchange side text at", scoped="author")
class NegotiationMessage(ScopedModel):
    """One message of a thread. Rows are never changed."""

    public_id = public_key()
    exchange = _exchange("messages")
    side = _side()
    author = user_key(_("发言人"))
    text = models.TextField(_("内容"), validators=[MaxLengthValidator(LONGEST_MESSAGE)])
    at = models.DateTimeField(_("时间"), db_default=Now(), editable=False)

    class Meta(ScopedModel.Meta):
        ordering = ("id",)
        verbose_name = verbose_name_plural = _("洽谈留言")
        triggers = APPEND_ONLY

    def __str__(self) -> str:
        return self.text[:40]


@classified(public="id public_id exchange side name kind size at", scoped="uploader content")
class NegotiationFile(ScopedModel):
    """One file that a side gave the other, as it was sent, of the kind its content has. Rows never change."""

    public_id = public_key()
    exchange = _exchange("files")
    side = _side()
    uploader = user_key(_("上传人"))
    name = models.CharField(_("文件名"), max_length=120)
    kind = models.CharField(_("格式"), max_length=4, choices=FileKind.choices, editable=False)
    size = models.PositiveIntegerField(_("字节数"), editable=False)
    content = models.BinaryField()
    at = models.DateTimeField(_("时间"), db_default=Now(), editable=False)

    class Meta(ScopedModel.Meta):
        ordering = ("id",)
        verbose_name = verbose_name_plural = _("洽谈文件")
        triggers = APPEND_ONLY

    def __str__(self) -> str:
        return self.name


@pghistory.track(exclude=["updated_at"])
@classified(
    public="id public_id version exchange state side topic_zh starts_at ends_at place_zh link sequence confirmed_at "
    "cancelled_at is_sample created_at updated_at",
    scoped="proposer confirmer canceller",
)
class NegotiationMeeting(Recorded):
    """A meeting one side proposes and the other confirms. `sequence` grows whenever calendars must take it anew."""

    exchange = _exchange("meetings")
    state = models.CharField(
        _("状态"), max_length=10, choices=MeetingState.choices, default=MeetingState.PROPOSED, editable=False
    )
    side = _side()
    topic_zh = models.CharField(_("议题"), max_length=120)
    starts_at = models.DateTimeField(_("开始时间"))
    ends_at = models.DateTimeField(_("结束时间"))
    place_zh = models.CharField(_("地点"), max_length=120, blank=True)
    link = models.URLField(_("会议链接"), blank=True, validators=[URLValidator(schemes=["https"])])
    sequence = models.PositiveIntegerField(default=0, editable=False)
    proposer = user_key(_("提议人"))
    confirmer = user_key(_("确认人"))
    confirmed_at = models.DateTimeField(_("确认时间"), null=True, editable=False)
    canceller = user_key(_("取消人"))
    cancelled_at = models.DateTimeField(_("取消时间"), null=True, editable=False)

    class Meta(Recorded.Meta):
        ordering = ("starts_at", "id")
        verbose_name = _("会议")
        verbose_name_plural = pgettext_lazy("plural", "会议")
        constraints = (
            models.CheckConstraint(
                name="meeting_ends_after_it_starts",
                condition=Q(ends_at__gt=F("starts_at")),
                violation_error_message=_("结束时间须晚于开始时间。"),
            ),
            models.CheckConstraint(
                name="meeting_is_somewhere",
                condition=~Q(place_zh="") | ~Q(link=""),
                violation_error_message=_("请填写地点或会议链接。"),
            ),
            models.CheckConstraint(
                name="meeting_state_has_its_time",
                condition=Q(state="proposed", confirmed_at__isnull=True, cancelled_at__isnull=True)
                | Q(state="confirmed", confirmed_at__isnull=False, cancelled_at__isnull=True)
                | Q(state="cancelled", cancelled_at__isnull=False),
            ),
        )

    def __str__(self) -> str:
        return self.topic_zh


@pghistory.track()
@classified(public="id public_id exchange side what_zh due_on set_at ended_at is_done", scoped="setter ender")
class NextStep(ScopedModel):
    """What comes next, by when and by whom; at most one of an exchange is open."""

    public_id = public_key()
    exchange = _exchange("next_steps")
    side = models.CharField(_("由哪一方办理"), max_length=8, choices=Side.choices)
    what_zh = models.CharField(_("下一步"), max_length=200)
    due_on = models.DateField(_("截止日"))
    setter = user_key(_("登记人"))
    set_at = models.DateTimeField(_("登记时间"), db_default=Now(), editable=False)
    ended_at = models.DateTimeField(_("了结时间"), null=True, editable=False)
    is_done = models.BooleanField(_("已完成"), default=False, editable=False)
    ender = user_key(_("了结人"))

    class Meta(ScopedModel.Meta):
        ordering = ("id",)
        verbose_name = verbose_name_plural = _("下一步")
        constraints = (
            models.UniqueConstraint(
                fields=["exchange"], condition=Q(ended_at__isnull=True), name="one_open_next_step_per_exchange"
            ),
            models.CheckConstraint(name="done_step_has_ended", condition=Q(is_done=False) | Q(ended_at__isnull=False)),
        )

    def __str__(self) -> str:
        return self.what_zh
