"""The inbox: what an account was told, as it may read it now."""

from typing import Any, Final
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from notifications.inbox import inbox_of, mark_all_read, mark_read
from notifications.showing import shown
from portal.views.own_account import OwnPages
from zones.errors import InvalidInput

SHOWN_AT_ONCE: Final = 30
MOST_PAGES: Final = 1_000


class InboxPage(OwnPages):
    """Newest first. A notice whose record is not for the reader any more says only that."""

    template = "portal/account/inbox.html"
    here = "inbox"
    parameters = ("page", "unread")

    def get(self, request: HttpRequest) -> HttpResponse:
        number, is_unread = self._number(), self._is_unread()
        rows = inbox_of(self.principal).filter(**({"read_at__isnull": True} if is_unread else {}))
        first = (number - 1) * SHOWN_AT_ONCE
        found = list(rows[first : first + SHOWN_AT_ONCE + 1])
        context = {
            "notices": shown(found[:SHOWN_AT_ONCE], self.principal),
            "is_unread": is_unread,
            "before": number - 1,
            "after": number + 1 if len(found) > SHOWN_AT_ONCE else 0,
        }
        return self.page(context)

    def post(self, request: HttpRequest, **of_the_address: Any) -> HttpResponse:
        """All are read now."""
        count = mark_all_read(self.principal)
        messages.success(
            request, ngettext("%(count)d 条通知标为已读。", "%(count)d 条通知标为已读。", count) % {"count": count}
        )
        return HttpResponseRedirect(reverse("portal:inbox"))

    def _number(self) -> int:
        text = self.request.GET.get("page", "1")
        if not (text.isascii() and text.isdigit() and 1 <= int(text[:6]) <= MOST_PAGES):
            raise InvalidInput.single("page", _("没有这一页：请从第一页看起。"))
        return int(text)

    def _is_unread(self) -> bool:
        text = self.request.GET.get("unread", "")
        if text not in ("", "1"):
            raise InvalidInput.single("unread", _("没有这个选项：请从列表中选择。"))
        return text == "1"


class OpenNotice(InboxPage):
    """Take one as read and go where it leads; a plain link would be followed by programs that only look."""

    http_method_names = ["post", "options"]

    def post(self, request: HttpRequest, public_id: UUID) -> HttpResponse:  # type: ignore[override]
        notice = mark_read(self.principal, public_id=public_id)
        told = shown([notice], self.principal)[0].told
        return HttpResponseRedirect(told.url if told is not None else reverse("portal:inbox"))
