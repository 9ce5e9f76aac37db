"""Searches that somebody keeps, to ask them again and to hear what is new in them."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from ledger.classification import classified
from zones.models.base import ScopedModel


@classified(public="id public_id name request looked_at created_at", scoped="user key seen")
class SavedSearch(ScopedModel):
    """One search of one account. Nobody else reads it, and no history is kept of what people looked for.

    `request` is the search as it was read (`saved_searches.as_json`), `key` what tells it from others of the account;
    `seen` are the records that answered when it was last looked at, packed by `matching.services.seen`.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="saved_searches", verbose_name=_("账号")
    )
    name = models.CharField(_("名称"), max_length=60)
    request = models.JSONField(_("检索条件"))
    key = models.CharField(max_length=64, editable=False)
    seen = models.BinaryField(default=bytes, editable=False)
    looked_at = models.DateTimeField(_("上次查看"), db_default=Now(), editable=False)
    created_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta(ScopedModel.Meta):
        ordering = ("-id",)
        verbose_name = verbose_name_plural = _("保存的检索")
        constraints = (
            models.UniqueConstraint(
                fields=["user", "key"],
                name="one_saved_search_per_account",
                violation_error_message=_("这个检索已经保存过。"),
            ),
        )

    def __str__(self) -> str:
        return self.name
