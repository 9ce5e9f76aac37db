"""What somebody wants to be told, by which way and how often."""

from django.conf import settings
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from ledger.classification import classified
from notifications.choices import Rhythm, Topic, Way, Weekday
from notifications.models.endpoints import Endpoint
from notifications.models.notices import one_recipient
from zones.models.base import ScopedModel

HOUR = [MaxValueValidator(23)]


@classified(scoped="id user endpoint topic channel rhythm changed_at")
class Subscription(ScopedModel):
    """A choice that differs from what the role brings by default; without a row, the default holds."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.CASCADE, related_name="subscriptions"
    )
    endpoint = models.ForeignKey(Endpoint, null=True, on_delete=models.CASCADE, related_name="subscriptions")
    topic = models.CharField(_("主题"), max_length=12, choices=Topic.choices)
    channel = models.CharField(_("渠道"), max_length=10, choices=Way.choices)
    rhythm = models.CharField(_("频率"), max_length=10, choices=Rhythm.choices)
    changed_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta(ScopedModel.Meta):
        verbose_name = verbose_name_plural = _("订阅")
        constraints = (
            models.CheckConstraint(name="subscription_has_one_recipient", condition=one_recipient()),
            models.UniqueConstraint(fields=["user", "topic", "channel"], name="one_subscription_of_account"),
            models.UniqueConstraint(fields=["endpoint", "topic", "channel"], name="one_subscription_of_endpoint"),
        )

    def __str__(self) -> str:
        return f"{self.topic} · {self.channel} · {self.rhythm}"


@classified(scoped="id user object_type object_public_id is_muted created_at")
class Watch(ScopedModel):
    """A record somebody follows, or wants to hear nothing of."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="watches")
    object_type = models.CharField(max_length=60)
    object_public_id = models.UUIDField()
    is_muted = models.BooleanField(default=False)
    created_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta(ScopedModel.Meta):
        ordering = ("-id",)
        verbose_name = verbose_name_plural = _("关注")
        constraints = (models.UniqueConstraint(fields=["user", "object_public_id"], name="one_watch_of_a_record"),)

    def __str__(self) -> str:
        return f"{self.object_type} {self.object_public_id}"


@classified(
    scoped="user takes_mail digest_hour digest_weekday quiet_from quiet_to is_working_days_only most_mails_a_day "
    "changed_at"
)
class NoticeSettings(ScopedModel):
    """When an account wants its mails, in China's time. Without a row, the defaults of the columns hold."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, primary_key=True, on_delete=models.CASCADE, related_name="notice_settings"
    )
    takes_mail = models.BooleanField(_("接收邮件"), default=True)
    digest_hour = models.PositiveSmallIntegerField(_("汇总时间（时）"), default=9, validators=HOUR)
    digest_weekday = models.PositiveSmallIntegerField(_("每周汇总日"), default=Weekday.MONDAY, choices=Weekday.choices)
    quiet_from = models.PositiveSmallIntegerField(_("免打扰自（时）"), default=22, validators=HOUR)
    quiet_to = models.PositiveSmallIntegerField(_("免打扰至（时）"), default=7, validators=HOUR)
    is_working_days_only = models.BooleanField(_("汇总只在工作日发送"), default=True)
    most_mails_a_day = models.PositiveSmallIntegerField(
        _("每天最多即时邮件数"), default=20, validators=[MaxValueValidator(200)], help_text=_("超出的并入每日汇总")
    )
    changed_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta(ScopedModel.Meta):
        verbose_name = verbose_name_plural = _("通知设置")
        constraints = (
            models.CheckConstraint(
                name="notice_hours_in_day",
                condition=Q(digest_hour__lte=23, quiet_from__lte=23, quiet_to__lte=23, digest_weekday__lte=6),
            ),
        )

    def __str__(self) -> str:
        return f"{self.user_id}"
