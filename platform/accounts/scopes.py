"""What a token may be allowed: the whole list. A token does with them what its owner may do, and nothing else."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Scope(models.TextChoices):
    """One permission of a token; a view of the API names the one that it asks for."""

    READ = "read", _("读取")
    WRITE_NEEDS = "write:needs", _("填报与修改需求")
    WRITE_RESOURCES = "write:resources", _("填报与修改资源")
    WRITE_REQUESTS = "write:requests", _("发出与办理服务申请")
    WRITE_SEARCHES = "write:searches", _("保存与删除检索")
    WRITE_ORGANIZATIONS = "write:organizations", _("修改单位资料")
    WRITE_EXCHANGES = "write:exchanges", _("表达意向与推进对接")
    WRITE_COOPERATIONS = "write:cooperations", _("登记与办理合作、技术合同")
    WRITE_MECHANISMS = "write:mechanisms", _("登记协同机制（基金、飞地、成果转化等）")
    WRITE_EVENTS = "write:events", _("为本单位报名活动")
    WRITE_NOTICES = "write:notices", _("标记通知已读与修改订阅")
    WRITE_ENDPOINTS = "write:endpoints", _("管理机器人与 Webhook")
