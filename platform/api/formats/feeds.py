"""Atom (RFC 4287): what is new, for feed readers. An entry is the same wherever and whenever it is read."""

import re
from collections.abc import Callable
from datetime import UTC, datetime
from io import BytesIO
from typing import Any, Final, NamedTuple
from urllib.parse import parse_qsl, urlencode

from django.conf import settings
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from api.formats.base import Format, Row, model_of, rows_of
from matching.models import Need
from zones.models import Resource
from zones.models.base import in_language

UNKNOWN: Final = datetime(1970, 1, 1, tzinfo=UTC)
"""For organizations, of which others do not read when they changed, and for feeds without entries."""
SINCE: Final = 2026
"""The year in which the tags begin to be ours (RFC 4151): it never changes."""
PAGE_ONLY: Final = ("cursor", "page", "page_size", "size", "format")
ILLEGAL: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
"""What XML cannot hold."""


class Entry(NamedTuple):
    """One record as a feed tells it; `subject` is what its page in the portal is called by."""

    subject: str
    public_id: str
    title: str
    updated: datetime
    kind: str
    summary: str = ""


class Feed(Atom1Feed):
    """Atom with links to other pages; a feed without entries is as old as can be, not as new as the question."""

    def add_root_elements(self, handler: Any) -> None:
        super().add_root_elements(handler)
        for relation, address in self.feed["pages"].items():
            handler.addQuickElement("link", "", {"rel": relation, "href": address})

    def add_item_elements(self, handler: Any, item: Any) -> None:
        """Summaries are plain text: Django would call them HTML."""
        super().add_item_elements(handler, {**item, "description": None})
        if item["description"]:
            handler.addQuickElement("summary", item["description"], {"type": "text"})

    def latest_post_date(self) -> datetime:
        return max((item["updateddate"] for item in self.items), default=UNKNOWN)


class Atom(Format):
    """The records of a page as entries, with links to the pages beside it."""

    media_type = "application/atom+xml"
    format = "atom"
    charset = "utf-8"
    needs = frozenset({"public_id", "kind", "name_zh", "name_en", "title_zh", "title_en", "updated_at"})

    def write(self, data: Any, view: Any) -> bytes:
        model, request = model_of(view), view.request
        read = _READ[model]
        links = view.page_links(data)
        feed = Feed(
            title=_legal(f"ZoneLink · {_about(model, request.query_params.get('q', ''))}"),
            link=request.build_absolute_uri(_page(model, request)),
            description=None,
            language=get_language(),
            author_name="ZoneLink",
            feed_url=request.build_absolute_uri(),
            feed_guid=_tag(_address(request)),
            pages={{"prev": "previous"}.get(relation, relation): address for relation, address in links.items()},
        )
        for entry in map(read, rows_of(data) or ()):
            address = reverse(f"portal:{entry.subject}", args=[entry.public_id])
            feed.add_item(
                title=_legal(entry.title),
                link=request.build_absolute_uri(address),
                description=_legal(entry.summary),
                unique_id=_tag(f"{entry.subject}/{entry.public_id}"),
                updateddate=entry.updated,
                categories=[entry.kind],
            )
        buffer = BytesIO()
        feed.write(buffer, "utf-8")
        return buffer.getvalue()


def _resource(row: Row) -> Entry:
    summary = in_language(row.get("description_zh") or "", row.get("description_en") or "")
    title = in_language(row["name_zh"], row["name_en"])
    return Entry("resource", row["public_id"], title, _moment(row["updated_at"]), row["kind"], summary)


def _need(row: Row) -> Entry:
    title = in_language(row["title_zh"], row["title_en"])
    summary = row.get("summary_zh") or ""
    return Entry("need", row["public_id"], title, _moment(row["updated_at"]), row["kind"], summary)


def _hit(row: Row) -> Entry:
    excerpt = "".join(piece["text"] for piece in row["excerpt"])
    return Entry(row["subject"], row["id"], row["name"], _moment(row["updated_at"]), row["kind"], excerpt)


_SUBJECTS: Final[dict[Any, str]] = {Resource: "resource", Need: "need"}
_READ: Final[dict[Any, Callable[[Row], Entry]]] = {Resource: _resource, Need: _need, None: _hit}


def _about(model: Any, words: str) -> str:
    if model is None:
        return _("搜索：%(words)s") % {"words": words} if words else _("搜索")
    return str(model._meta.verbose_name_plural)


def _moment(text: str | None) -> datetime:
    return datetime.fromisoformat(text) if text else UNKNOWN


def _page(model: Any, request: Any) -> str:
    """The page of the portal that shows the like to people: the same search, or all of the subject."""
    asked = _asked(request) if model is None else [("subject", _SUBJECTS[model])]
    return f"{reverse('portal:search')}?{urlencode(asked)}" if asked else reverse("portal:search")


def _address(request: Any) -> str:
    """What is asked for, whatever page of it: pages of one feed have one id."""
    path, asked = request.path.strip("/"), sorted(_asked(request))
    return f"{path}?{urlencode(asked)}" if asked else str(path)


def _asked(request: Any) -> list[tuple[str, str]]:
    return [(name, value) for name, value in parse_qsl(request.META["QUERY_STRING"]) if name not in PAGE_ONLY]


def _tag(specific: str) -> str:
    return f"tag:{settings.TAG_AUTHORITY},{SINCE}:{specific}"


def _legal(text: str) -> str:
    return ILLEGAL.sub("�", text)
