"""Addresses under which an account's calendar and news are read by programs that cannot log in."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from ledger.classification import classified
from notifications.choices import FeedKind
from zones.models.base import ScopedModel


@classified(scoped="id public_id user kind created_at used_at", secret="token_hash password_mark")
class FeedLink(ScopedModel):
    """One address of one account; only the hash of its token is kept. It ends with a new password and with the account,
    and what it gives is what the account may read at that moment.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="feed_links", verbose_name=_("账号")
    )
    kind = models.CharField(_("种类"), max_length=10, choices=FeedKind.choices)
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    password_mark = models.CharField(max_length=64, editable=False)
    created_at = models.DateTimeField(_("创建时间"), db_default=Now(), editable=False)
    used_at = models.DateTimeField(_("最近读取"), null=True, editable=False)

    class Meta(ScopedModel.Meta):
        ordering = ("kind",)
        verbose_name = verbose_name_plural = _("订阅地址")
        constraints = (models.UniqueConstraint(fields=["user", "kind"], name="one_feed_link_of_a_kind"),)

    def __str__(self) -> str:
        return self.get_kind_display()
