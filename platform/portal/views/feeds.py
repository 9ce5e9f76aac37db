"""Addresses of feeds: made and ended on a page of the account, read by programs that cannot log in."""

import hashlib
from http import HTTPStatus
from typing import Any, ClassVar
from uuid import UUID

from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import translation
from django.utils.cache import get_conditional_response
from django.utils.decorators import method_decorator
from django.utils.http import quote_etag
from django.views import View
from django.views.decorators.debug import sensitive_variables

from accounts.models import User
from notifications.choices import FeedKind
from notifications.feeds import calendar, news
from notifications.feeds.dates import entries_for
from notifications.feeds.links import end_link, links_of, make_link, reader_of
from portal.views.own_account import OwnPages
from zones.scoping import scope_of


class FeedsPage(OwnPages):
    """One's own addresses; a new one takes the place of the former."""

    template = "portal/account/feeds.html"
    here = "feeds"

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.shown()

    @method_decorator(sensitive_variables())
    def post(self, request: HttpRequest) -> HttpResponse:
        """The address stands in this answer and nowhere else: it is neither stored nor put into a message."""
        made = make_link(self.account, kind=request.POST.get("kind", ""))
        path = reverse(f"portal:{made.link.kind}_feed", args=[made.token])
        return self.shown(made=made.link, address=request.build_absolute_uri(path))

    def shown(self, *, status: int = HTTPStatus.OK, **more: Any) -> HttpResponse:
        links = {link.kind: link for link in links_of(self.principal)}
        kinds = [{"kind": kind, "link": links.get(kind)} for kind in FeedKind]
        return self.page({"kinds": kinds, **more}, status=status)


class EndFeed(FeedsPage):
    http_method_names = ["post", "options"]

    def post(self, request: HttpRequest, public_id: UUID) -> HttpResponse:  # type: ignore[override]
        end_link(self.principal, public_id=public_id)
        return self.back()


class Feed(View):
    """What an address gives: for its account, as of now, in its language. One that does not work is a 404."""

    kind: ClassVar[str]
    content_type: ClassVar[str]
    http_method_names = ["get", "head", "options"]

    @method_decorator(sensitive_variables())
    def get(self, request: HttpRequest, token: str) -> HttpResponse:
        if request.GET:
            raise BadRequest("a feed takes no parameters")
        reader = reader_of(token, kind=self.kind)
        if reader is None:
            raise Http404
        with translation.override(reader.language or "zh-hans"):
            body = self.body(request, reader)
        etag = quote_etag(hashlib.sha256(body).hexdigest()[:32])
        answer = get_conditional_response(request, etag=etag, response=None) or HttpResponse(
            body, content_type=self.content_type
        )
        answer["ETag"], answer["Cache-Control"] = etag, "private, no-cache"
        return answer

    def body(self, request: HttpRequest, reader: User) -> bytes:
        raise NotImplementedError


class CalendarFeed(Feed):
    kind = FeedKind.CALENDAR
    content_type = "text/calendar; charset=utf-8"

    def body(self, request: HttpRequest, reader: User) -> bytes:
        return calendar.written(entries_for(scope_of(reader)), request.build_absolute_uri)


class AtomFeed(Feed):
    kind = FeedKind.ATOM
    content_type = "application/atom+xml; charset=utf-8"

    def body(self, request: HttpRequest, reader: User) -> bytes:
        return news.written(scope_of(reader), request.build_absolute_uri)
