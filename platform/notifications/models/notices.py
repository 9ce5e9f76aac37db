"""What somebody is told, and the ledger of what leaves the site because of it."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from ledger.classification import classified
from notifications.choices import DeliveryKind, DeliveryState, Rhythm, Topic, Way
from notifications.models.endpoints import Endpoint
from zones.models.base import ScopedModel

FINISHED = (DeliveryState.SENT, DeliveryState.UNKNOWN, DeliveryState.DEAD, DeliveryState.CANCELLED)


def one_recipient() -> Q:
    """An account, or a robot or webhook."""
    return Q(user__isnull=False, endpoint__isnull=True) | Q(user__isnull=True, endpoint__isnull=False)


@classified(
    public="id public_id user endpoint channel kind state attempts next_at reason created_at finished_at",
    scoped="fence lease_until rung_at dedupe_key",
)
class Delivery(ScopedModel):
    """One message to one recipient through one channel. It holds no text: what is said is asked for when it is sent.

    Claimed by lease like other work; `fence` grows with each claim, so that what a zombie finishes is dropped.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.CASCADE, related_name="+", verbose_name=_("账号")
    )
    endpoint = models.ForeignKey(
        Endpoint, null=True, on_delete=models.CASCADE, related_name="+", verbose_name=_("机器人或 Webhook")
    )
    channel = models.CharField(_("渠道"), max_length=10, choices=Way.choices)
    kind = models.CharField(_("类型"), max_length=10, choices=DeliveryKind.choices)
    state = models.CharField(
        _("状态"), max_length=10, choices=DeliveryState.choices, default=DeliveryState.PENDING, editable=False
    )
    fence = models.PositiveIntegerField(default=0)
    attempts = models.PositiveSmallIntegerField(_("已试次数"), default=0)
    lease_until = models.DateTimeField(null=True, blank=True)
    next_at = models.DateTimeField(_("下次发送"), db_default=Now())
    rung_at = models.DateTimeField(null=True, blank=True)
    reason = models.CharField(_("原因"), max_length=200, blank=True)
    dedupe_key = models.CharField(max_length=300, unique=True)
    created_at = models.DateTimeField(_("生成时间"), db_default=Now(), editable=False)
    finished_at = models.DateTimeField(_("完成时间"), null=True, blank=True)

    class Meta(ScopedModel.Meta):
        ordering = ("-id",)
        verbose_name = _("消息")
        verbose_name_plural = _("发送记录")
        indexes = (
            models.Index(
                fields=["channel", "next_at"], condition=Q(state__in=["pending", "leased"]), name="delivery_due"
            ),
            models.Index(fields=["user", "channel", "created_at"], name="delivery_of_user"),
            models.Index(
                fields=["created_at"], condition=Q(state__in=["unknown", "dead"]), name="delivery_undelivered"
            ),
        )
        constraints = (
            models.CheckConstraint(name="delivery_has_one_recipient", condition=one_recipient()),
            models.CheckConstraint(
                name="delivery_state_tells_its_lease",
                condition=Q(state="leased", lease_until__isnull=False)
                | (~Q(state="leased") & Q(lease_until__isnull=True)),
            ),
            models.CheckConstraint(
                name="delivery_state_tells_its_end",
                condition=Q(state__in=["pending", "leased"], finished_at__isnull=True)
                | (~Q(state__in=["pending", "leased"]) & Q(finished_at__isnull=False)),
            ),
        )

    def __str__(self) -> str:
        return str(self.public_id)[:8]

    @property
    def version(self) -> int:
        """What its reader saw of it: it grows with each claim and each time it is sent again by hand."""
        return self.fence


@classified(
    public="public_id kind topic read_at happened_at created_at",
    scoped="id user endpoint object_type object_public_id facts is_in_inbox rhythm delivery dedupe_key",
)
class Notice(ScopedModel):
    """One event told to one recipient. It names a record and holds no text of it: each reading asks what its reader
    may see now.

    An account reads it in the inbox at once. `rhythm` says when it leaves by mail (or, for a robot or webhook, at
    all), and `delivery` with which message it has left.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.CASCADE, related_name="notices")
    endpoint = models.ForeignKey(Endpoint, null=True, on_delete=models.CASCADE, related_name="notices")
    kind = models.CharField(_("事项"), max_length=60)
    topic = models.CharField(_("主题"), max_length=12, choices=Topic.choices)
    object_type = models.CharField(max_length=60)
    object_public_id = models.UUIDField()
    facts = models.JSONField(default=dict)
    is_in_inbox = models.BooleanField(default=True)
    rhythm = models.CharField(_("何时发出"), max_length=10, choices=Rhythm.choices)
    delivery = models.ForeignKey(Delivery, null=True, on_delete=models.SET_NULL, related_name="notices")
    read_at = models.DateTimeField(_("阅读时间"), null=True, blank=True)
    dedupe_key = models.CharField(max_length=300, unique=True)
    happened_at = models.DateTimeField(_("发生时间"))
    created_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta(ScopedModel.Meta):
        ordering = ("-id",)
        verbose_name = verbose_name_plural = _("通知")
        indexes = (
            models.Index(fields=["user", "-id"], name="notice_inbox"),
            models.Index(fields=["user"], condition=Q(read_at__isnull=True, is_in_inbox=True), name="notice_unread"),
            models.Index(
                fields=["rhythm", "user"],
                condition=Q(delivery__isnull=True, rhythm__in=["daily", "weekly"]),
                name="notice_waits_for_digest",
            ),
        )
        constraints = (models.CheckConstraint(name="notice_has_one_recipient", condition=one_recipient()),)

    def __str__(self) -> str:
        return self.kind


@classified(scoped="id need_id resource_id side")
class ToldPair(ScopedModel):
    """A match that one of its sides has been told of: a run that finds it again says nothing new."""

    need_id = models.BigIntegerField()
    resource_id = models.BigIntegerField()
    side = models.CharField(max_length=8)

    class Meta(ScopedModel.Meta):
        verbose_name = verbose_name_plural = _("已告知的匹配")
        constraints = (models.UniqueConstraint(fields=["need_id", "resource_id", "side"], name="one_told_pair"),)

    def __str__(self) -> str:
        return f"{self.need_id} → {self.resource_id}"


@classified(scoped="id place held_at")
class SendingPlace(ScopedModel):
    """Where this database stands, in one row. A copy of it stands elsewhere: there nothing leaves by itself."""

    place = models.CharField(max_length=80)
    held_at = models.DateTimeField(null=True)

    class Meta(ScopedModel.Meta):
        verbose_name = verbose_name_plural = _("发送位置")
        constraints = (models.CheckConstraint(name="one_sending_place", condition=Q(pk=1)),)

    def __str__(self) -> str:
        return self.place
