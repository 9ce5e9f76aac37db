"""Atom (RFC 4287): an account's inbox for feed readers, each notice as the account may read it at that moment."""

import re
from collections.abc import Callable
from datetime import UTC, datetime
from io import BytesIO
from typing import Any, Final

from django.conf import settings
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from notifications.inbox import inbox_of
from notifications.kinds.base import Told
from notifications.showing import readable
from zones.scoping import Principal

MOST: Final = 50
"""The newest; readers keep what they have read."""
SINCE: Final = 2026
"""The year in which the tags begin to be ours (RFC 4151): it never changes."""
UNKNOWN: Final = datetime(1970, 1, 1, tzinfo=UTC)
ILLEGAL: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
"""What XML cannot hold."""
Absolute = Callable[[str], str]


class Feed(Atom1Feed):
    """Summaries are plain text; a feed without entries is as old as can be, so that its bytes stay the same."""

    def add_item_elements(self, handler: Any, item: Any) -> None:
        super().add_item_elements(handler, {**item, "description": None})
        handler.addQuickElement("summary", item["description"], {"type": "text"})

    def latest_post_date(self) -> datetime:
        return max((item["updateddate"] for item in self.items), default=UNKNOWN)


def written(principal: Principal, absolute: Absolute) -> bytes:
    """The feed. Its own address is not in it: that holds the token."""
    told = readable(list(inbox_of(principal)[:MOST]), principal)
    feed = Feed(
        title=_("高新链 · 我的通知"), link=absolute("/"), description=None, language=get_language(),
        author_name="ZoneLink", feed_guid=_tag("inbox"),
    )  # fmt: skip
    for notice, words in told:
        feed.add_item(
            title=_legal(words.title),
            link=absolute(words.url),
            description=_legal(_summary(words)),
            unique_id=_tag(f"notice/{notice.public_id}"),
            updateddate=notice.happened_at,
            categories=[notice.topic],
        )
    buffer = BytesIO()
    feed.write(buffer, "utf-8")
    return buffer.getvalue()


def _summary(words: Told) -> str:
    return "\n".join([words.text, *(f"{item.title} {item.text}".strip() for item in words.items)]).strip()


def _tag(specific: str) -> str:
    return f"tag:{settings.TAG_AUTHORITY},{SINCE}:{specific}"


def _legal(text: str) -> str:
    return ILLEGAL.sub("�", text)
