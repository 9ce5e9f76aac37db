"""Closed lists of figures."""

from typing import Final

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class LockState(models.TextChoices):
    """A figure that was published: put down, locked, and replaced by a newer version with a reason."""

    DRAFT = "draft", _("草稿")
    LOCKED = "locked", pgettext_lazy("figure", "已锁定")
    RESTATED = "restated", pgettext_lazy("figure", "已重述")
    DROPPED = "dropped", pgettext_lazy("figure", "已作废")


MILESTONES: Final = {"signed": _("促成"), "completed": _("完成")}
"""What milestones are called where one is chosen."""
