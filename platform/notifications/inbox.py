"""The inbox of an account: what it was told, newest first, and what it has read."""

from typing import Any, Final
from uuid import UUID

from django.db.models import QuerySet
from django.db.models.functions import Now
from django.utils.translation import gettext as _

from notifications.models import Notice
from zones.errors import NotFound
from zones.scoping import Principal

MOST_COUNTED: Final = 99
"""What is beyond is shown as “99+”: counting stays cheap on every page."""


def inbox_of(principal: Principal) -> "QuerySet[Any]":
    """The account's own notices, whoever else it may act for."""
    rows: QuerySet[Any] = Notice.objects.visible_to(principal).filter(user_id=principal.user_id, is_in_inbox=True)
    return rows.order_by("-pk")


def unread_count(principal: Principal) -> int:
    """How many are unread, up to one more than is shown."""
    if principal.user_id is None:
        return 0
    return int(inbox_of(principal).filter(read_at__isnull=True).order_by()[: MOST_COUNTED + 1].count())


def mark_read(principal: Principal, *, public_id: UUID) -> Notice:
    """Take one as read. Raises NotFound."""
    row: Notice | None = inbox_of(principal).filter(public_id=public_id).first()
    if row is None:
        raise NotFound(_("没有找到：它不存在，或您无权查看。"))
    inbox_of(principal).filter(pk=row.pk, read_at__isnull=True).order_by().update(read_at=Now())
    return row


def mark_unread(principal: Principal, *, public_id: UUID) -> None:
    """Take one as not read yet; one that is not there stays so."""
    inbox_of(principal).filter(public_id=public_id).order_by().update(read_at=None)


def mark_all_read(principal: Principal) -> int:
    """Take all as read; returns how many were not."""
    return int(inbox_of(principal).filter(read_at__isnull=True).order_by().update(read_at=Now()))
