"""Addresses of feeds: made by their account, shown once, replaced and ended by it, and with its password."""

import secrets
from datetime import timedelta
from hmac import compare_digest
from typing import Final, NamedTuple
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet
from django.db.models.functions import Now
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.tokens import mark_of
from ledger.events import record_event
from notifications.choices import FeedKind
from notifications.models import FeedLink
from zones.errors import InvalidInput, NotFound
from zones.scoping import SYSTEM, Principal
from zones.services.invitations import hash_of

TOKEN_BYTES: Final = 32
USE_IS_TOLD_AFTER: Final = timedelta(hours=1)


class NewLink(NamedTuple):
    """A fresh address; `token` is shown once and stored only as a hash."""

    link: FeedLink
    token: str


@transaction.atomic
def make_link(user: User, *, kind: str) -> NewLink:
    """Give the account an address for this kind of feed; a former one works no more. Raises InvalidInput."""
    if kind not in FeedKind.values:
        raise InvalidInput.single("kind", _("请选择种类。"))
    User.objects.select_for_update(no_key=True).get(pk=user.pk)  # two at once make one address
    token = secrets.token_urlsafe(TOKEN_BYTES)
    rows = FeedLink.objects.editable_by(SYSTEM).filter(user=user, kind=kind)
    rows.delete()
    link = FeedLink(user=user, kind=kind, token_hash=hash_of(token), password_mark=mark_of(user))
    link.save()
    _tell(link, "feed.made")
    return NewLink(link, token)


@transaction.atomic
def end_link(principal: Principal, *, public_id: UUID) -> None:
    """End an address of one's own. Raises NotFound."""
    row = FeedLink.objects.editable_by(principal).select_for_update(of=("self",)).filter(public_id=public_id).first()
    if row is None:
        raise NotFound(_("没有找到：它不存在，或您无权查看。"))
    _tell(row, "feed.ended")
    row.delete()


def links_of(principal: Principal) -> list[FeedLink]:
    """The addresses of an account that still work."""
    rows: QuerySet[FeedLink] = FeedLink.objects.visible_to(principal).filter(user_id=principal.user_id)
    return [row for row in rows.select_related("user") if _is_of_password(row)]


def reader_of(token: str, *, kind: str) -> User | None:
    """Whose address it is, if it still works. That it was read is noted at most once an hour."""
    rows = FeedLink.objects.visible_to(SYSTEM)  # who holds the token reads as its account
    link = rows.filter(token_hash=hash_of(token), kind=kind, user__is_active=True).select_related("user").first()
    if link is None or not _is_of_password(link):
        return None
    stale = Q(used_at__isnull=True) | Q(used_at__lt=Now() - USE_IS_TOLD_AFTER)
    rows.filter(stale, pk=link.pk).update(used_at=Now())
    reader: User = link.user
    return reader


def _is_of_password(link: FeedLink) -> bool:
    """Whether its owner's password is still that under which the address was made."""
    marks = [link.user.get_session_auth_hash(), *link.user.get_session_auth_fallback_hash()]
    return any(compare_digest(link.password_mark, mark) for mark in marks)


def _tell(link: FeedLink, kind: str) -> None:
    payload = {"user": str(link.user.public_id), "kind": link.kind}
    record_event(kind, object_type=link._meta.label_lower, public_id=link.public_id, payload=payload)
