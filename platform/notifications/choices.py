"""Closed lists of notifications."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class EndpointKind(models.TextChoices):
    """Each is a channel of that name."""

    WECOM = "wecom", _("企业微信群机器人")
    DINGTALK = "dingtalk", _("钉钉群机器人")
    FEISHU = "feishu", _("飞书群机器人")
    WEBHOOK = "webhook", _("Webhook")


class FeedKind(models.TextChoices):
    CALENDAR = "calendar", _("日历（.ics）")
    ATOM = "atom", _("订阅源（Atom）")
