"""Closed lists of notifications."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class EndpointKind(models.TextChoices):
    """Each is a channel of that name."""

    WECOM = "wecom", _("企业微信群机器人")
    DINGTALK = "dingtalk", _("钉钉群机器人")
    FEISHU = "feishu", _("飞书群机器人")
    WEBHOOK = "webhook", _("Webhook")


class FeedKind(models.TextChoices):
    CALENDAR = "calendar", _("日历（.ics）")
    ATOM = "atom", _("订阅源（Atom）")


class Topic(models.TextChoices):
    """What notices are about: subscriptions choose by these."""

    REVIEWS = "reviews", _("需求审核")
    NEEDS = "needs", _("我的需求")
    MATCHES = "matches", _("匹配结果")
    EXCHANGES = "exchanges", _("对接进展")
    COOPERATIONS = "cooperations", _("合作与协议")
    REQUESTS = "requests", _("服务申请")
    RESOURCES = "resources", _("资源维护")
    CALLS = "calls", _("需求征集")
    EVENTS = "events", pgettext_lazy("plural", "活动")
    FIGURES = "figures", _("统计报告")
    SEARCHES = "searches", _("保存的检索")
    WATCHES = "watches", _("关注的记录")
    ACCOUNTS = "accounts", _("账号与注册")


class Rhythm(models.TextChoices):
    OFF = "off", _("不发送")
    IMMEDIATE = "immediate", _("即时")
    DAILY = "daily", _("每日汇总")
    WEEKLY = "weekly", _("每周汇总")


class Way(models.TextChoices):
    """By which way somebody is told: the inbox on the site, or one of the channels."""

    INBOX = "inbox", _("站内收件箱")
    MAIL = "mail", _("邮件")
    WECOM = "wecom", _("企业微信群机器人")
    DINGTALK = "dingtalk", _("钉钉群机器人")
    FEISHU = "feishu", _("飞书群机器人")
    WEBHOOK = "webhook", _("Webhook")


class DeliveryKind(models.TextChoices):
    NOTICE = "notice", _("单条")
    DAILY = "daily", _("每日汇总")
    WEEKLY = "weekly", _("每周汇总")


class DeliveryState(models.TextChoices):
    PENDING = "pending", _("待发送")
    LEASED = "leased", _("发送中")
    SENT = "sent", _("已发出")
    UNKNOWN = "unknown", _("结果不明")
    DEAD = "dead", _("未能发出")
    CANCELLED = "cancelled", _("已取消")


class Weekday(models.IntegerChoices):
    MONDAY = 0, _("星期一")
    TUESDAY = 1, _("星期二")
    WEDNESDAY = 2, _("星期三")
    THURSDAY = 3, _("星期四")
    FRIDAY = 4, _("星期五")
    SATURDAY = 5, _("星期六")
    SUNDAY = 6, _("星期日")
