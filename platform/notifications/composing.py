"""A message made at the moment it is sent, of what its recipient may read then; or the reason why there is none."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from accounts.models import User
from ledger.rowsets import rows_of
from notifications.channels.base import Attachment, Item, Outgoing
from notifications.channels.reasons import Reason
from notifications.choices import DeliveryKind, Rhythm, Topic, Way
from notifications.endpoints import audience_of, why_here
from notifications.kinds.base import Told
from notifications.kinds.registry import KINDS
from notifications.models import Delivery, Notice
from notifications.readers import Readers
from notifications.showing import readable
from notifications.unsubscribing import EVERYTHING, unsubscribe_url
from zones.scoping import SYSTEM, Principal, scope_of

MOST_ENTRIES: Final = 100
"""What a digest lists; the inbox has the rest."""
NOTICES: Final = (
    "SELECT {columns} FROM notifications_notice WHERE delivery_id = %(delivery)s ORDER BY id LIMIT %(most)s"
)
Readable = Sequence[tuple[Notice, Told]]


@dataclass(frozen=True, slots=True)
class Nothing:
    """Why nothing is sent."""

    reason: Reason


def compose(delivery: Delivery, readers: Readers | None = None) -> Outgoing | Nothing:
    """Ask anew who the recipient is and what it may read; nothing of a text was kept. `readers`: those of a turn."""
    return compose_of(delivery, notices_of(delivery), readers or Readers())


def compose_of(delivery: Delivery, notices: Sequence[Notice], readers: Readers) -> Outgoing | Nothing:
    """The same, of these notices: those of the delivery, or those it would have."""
    addressed = _addressed(delivery, notices, readers)
    if isinstance(addressed, Nothing):
        return addressed
    return composed(delivery, addressed.notices, addressed.principal, language=addressed.language, user=delivery.user)


def entries_of(delivery: Delivery, notices: Sequence[Notice], readers: Readers) -> int | Nothing:
    """How many entries a message would have, without its words."""
    addressed = _addressed(delivery, notices, readers)
    if isinstance(addressed, Nothing):
        return addressed
    with override(addressed.language):
        return len(readable(addressed.notices, addressed.principal)) or Nothing(Reason.HIDDEN)


@dataclass(frozen=True, slots=True)
class _Addressed:
    """What its recipient still wants to be told, for whom it is asked, and in which language."""

    notices: Sequence[Notice]
    principal: Principal
    language: str


def _addressed(delivery: Delivery, notices: Sequence[Notice], readers: Readers) -> _Addressed | Nothing:
    if delivery.endpoint is not None:
        return _Addressed(notices, audience_of(delivery.endpoint), delivery.endpoint.language)
    user = delivery.user
    assert user is not None
    if not user.is_active:
        return Nothing(Reason.INACTIVE)
    if not user.email:
        return Nothing(Reason.NO_ADDRESS)
    reader = readers.of(user)
    wanted = [notice for notice in notices if reader.wants(notice.topic)]
    if not wanted:
        return Nothing(Reason.STOPPED)
    if delivery.kind != DeliveryKind.NOTICE:
        wanted = [notice for notice in wanted if notice.read_at is None]
        if not wanted:
            return Nothing(Reason.READ)
    return _Addressed(wanted, reader.principal, user.language)


def composed(
    delivery: Delivery, notices: Sequence[Notice], principal: Principal, *, language: str, user: User | None = None
) -> Outgoing | Nothing:
    """The message in a language, for a principal."""
    with override(language):
        told = readable(notices, principal)
        if not told:
            return Nothing(Reason.HIDDEN)
        title, unsubscribe = _title(delivery, told), _unsubscribe(delivery, told, user)
        context = _context(told, title)
        context |= {"unsubscribe": unsubscribe, "is_digest": delivery.kind != DeliveryKind.NOTICE}
        is_mail, endpoint = delivery.channel == Way.MAIL, delivery.endpoint
        return Outgoing(
            id=str(delivery.public_id),
            kind=told[0][0].kind if delivery.kind == DeliveryKind.NOTICE else f"digest.{delivery.kind}",
            language=language,
            title=title,
            created_at=delivery.created_at or timezone.now(),
            text=render_to_string("notifications/mail.txt", context) if is_mail else "",
            html=render_to_string("notifications/mail.html", context) if is_mail else "",
            items=tuple(_items(told)),
            url=context["entries_url"],
            unsubscribe=unsubscribe,
            attachments=_attachments(delivery, told, principal) if is_mail else (),
            **({} if endpoint is None else why_here(endpoint, _why_of(told))),
        )


def waiting_entries(user: User) -> list[Told]:
    """What the next digest of an account would tell, as it may be read now."""
    rows = Notice.objects.visible_to(SYSTEM).filter(user=user, delivery__isnull=True, read_at__isnull=True)
    waiting = rows.filter(rhythm__in=(Rhythm.DAILY, Rhythm.WEEKLY)).order_by("pk")[:MOST_ENTRIES]
    return [words for _notice, words in readable(list(waiting), scope_of(user))]


def notices_of(delivery: Delivery) -> list[Notice]:
    """What the message is about, in the order in which it happened."""
    return rows_of(Notice, NOTICES, {"delivery": delivery.pk, "most": MOST_ENTRIES})


def absolute(path: str) -> str:
    """An address of this site as it stands in a message."""
    return f"{settings.SITE_URL}{path}"


def _title(delivery: Delivery, told: Readable) -> str:
    if delivery.kind == DeliveryKind.NOTICE:
        return told[0][1].title
    words = {"count": len(told), "period": delivery.get_kind_display()}
    return ngettext("高新链%(period)s：%(count)d 条", "高新链%(period)s：%(count)d 条", len(told)) % words


def _unsubscribe(delivery: Delivery, told: Readable, user: User | None) -> str:
    if user is None:
        return ""
    return unsubscribe_url(user, told[0][0].topic if delivery.kind == DeliveryKind.NOTICE else EVERYTHING)


def _context(told: Readable, title: str) -> dict[str, Any]:
    sections: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for notice, words, count in _distinct(told):
        entry = {
            "title": _counted(words, count),
            "text": words.text,
            "url": absolute(words.url),
            "items": [{"title": one.title, "text": one.text, "url": absolute(one.url)} for one in words.items],
        }
        sections[str(Topic(notice.topic).label)].append(entry)
    return {
        "title": title,
        "sections": list(sections.items()),
        "why": _why_of(told) or _("您的角色与订阅"),
        "inbox_url": absolute("/inbox/"),
        "settings_url": absolute("/my/notifications/"),
        "entries_url": absolute(told[0][1].url) if len(told) == 1 else absolute("/inbox/"),
        "site": settings.SITE_URL,
    }


def _why_of(told: Readable) -> str:
    """The one reason of everything in it, or nothing where there are several."""
    whys = {str(KINDS[notice.kind].why) for notice, _words in told}
    return whys.pop() if len(whys) == 1 else ""


def _attachments(delivery: Delivery, told: Readable, principal: Principal) -> tuple[Attachment, ...]:
    """The files of a single notice, made of its record as it may be read now."""
    if delivery.kind != DeliveryKind.NOTICE:
        return ()
    notice = told[0][0]
    kind = KINDS[notice.kind]
    row = kind.subject.rows(principal, [notice.object_public_id]).get(notice.object_public_id)
    return () if row is None else kind.attachments(row)


def _items(told: Readable) -> list[Item]:
    """For channels that put their own together: a line for each notice, and those below it."""
    lines = []
    for _notice, words, count in _distinct(told):
        lines.append(Item(_counted(words, count), words.text, absolute(words.url)))
        lines += [Item(one.title, one.text, absolute(one.url), is_below=True) for one in words.items]
    return lines


def _distinct(told: Readable) -> list[tuple[Notice, Told, int]]:
    """What reads the same stands once, with how often: a zone has many organizations that are invited to one event."""
    found: dict[tuple[str, Told], tuple[Notice, Told, int]] = {}
    for notice, words in told:
        first, same, count = found.get((notice.topic, words), (notice, words, 0))
        found[notice.topic, words] = (first, same, count + 1)
    return list(found.values())


def _counted(words: Told, count: int) -> str:
    return words.title if count == 1 else _("%(title)s（共 %(count)d 条）") % {"title": words.title, "count": count}
