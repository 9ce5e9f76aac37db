"""What scoped models share: a random public id, a version for optimistic locking, and the two managers."""

import uuid
from typing import Any, ClassVar

from django.db import models
from django.db.models.functions import Now
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from zones.querysets import ScopedManager, ScopedQuerySet


def in_language(chinese: str, english: str) -> str:
    """The name in the reader's language, as far as there is one."""
    return english if english and (get_language() or "").startswith("en") else chinese


PlainManager = models.Manager.from_queryset(ScopedQuerySet)


class ScopedModel(models.Model):
    """A row somebody may not see. `objects` asks for whom; `plain` serves Django's own machinery only."""

    plain: ClassVar[models.Manager[Any]] = PlainManager()
    objects: ClassVar[ScopedManager[Any]] = ScopedManager()

    class Meta:
        abstract = True
        base_manager_name = "plain"
        default_manager_name = "plain"


class Recorded(ScopedModel):
    """A people's record: public id, version (counted up by the services), times."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    version = models.PositiveIntegerField(_("版本"), default=1, editable=False)
    is_sample = models.BooleanField(_("样例"), default=False, help_text=_("演示数据，不计入统计"))
    created_at = models.DateTimeField(_("创建时间"), db_default=Now(), editable=False)
    updated_at = models.DateTimeField(_("更新时间"), db_default=Now(), editable=False)

    class Meta(ScopedModel.Meta):
        abstract = True
