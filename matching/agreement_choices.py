"""Closed lists of framework agreements."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class AgreementKind(models.TextChoices):
    """What kind of paper zones, associations and organizations have put their names to."""

    FRAMEWORK = "framework", _("合作框架协议")
    PAIRING = "pairing", _("对口合作协议")
    MEMORANDUM = "memorandum", _("合作备忘录")
    INITIATIVE = "initiative", _("倡议")


class AgreementScope(models.TextChoices):
    """What an agreement is about."""

    RESEARCH = "research", _("联合研发与攻关")
    SHARING = "sharing", _("研发资源共享")
    TRANSFER = "transfer", _("成果转化")
    INDUSTRY = "industry", _("产业链协同")
    SCENARIO = "scenario", _("示范场景共建")
    TALENT = "talent", _("人才交流")
    FINANCE = "finance", _("科技金融与基金")
    ENCLAVE = "enclave", _("飞地与园区共建")
    DIGITAL = "digital", _("数据与平台互联")
    EVENTS = "events", _("交流对接活动")


class AgreementState(models.TextChoices):
    """A framework agreement from its draft to its end."""

    DRAFT = "draft", _("草稿")
    DROPPED = "dropped", pgettext_lazy("agreement", "已作废")
    IN_FORCE = "in_force", pgettext_lazy("agreement", "生效中")
    EXPIRED = "expired", _("已到期")
    ENDED = "ended", pgettext_lazy("agreement", "提前终止")
    RENEWED = "renewed", pgettext_lazy("agreement", "已续签")


class AgreementEnd(models.TextChoices):
    """Why an agreement ended before its day."""

    FULFILLED = "fulfilled", _("约定事项已完成")
    MUTUAL = "mutual", _("各方协商终止")
    WITHDRAWN = "withdrawn", _("一方退出")
    POLICY = "policy", _("政策或审批原因")
    OTHER = "other", _("其他")
