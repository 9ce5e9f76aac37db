"""Saved searches of an account: keep one, see what is new, open, rename and delete them."""

from http import HTTPStatus
from typing import Any, Final
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from matching.services.saved_searches import (
    AlreadySaved,
    answered,
    delete_search,
    look_at_search,
    own_searches,
    rename_search,
    save_search,
)
from matching.services.search_copies import SearchNotReady
from portal.links import read_address, search_url
from portal.views.own import sentences_of
from portal.views.own_account import OwnPages
from zones.errors import InvalidInput

LONGEST_ADDRESS: Final = 8_190
"""Bytes; a search that fits into no address was on no page."""


class SearchesPage(OwnPages):
    """The searches an account keeps, each asked again; a search is kept by sending its address here."""

    template = "portal/account/searches.html"
    here = "searches"

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.shown()

    def post(self, request: HttpRequest) -> HttpResponse:
        address = request.POST.get("search", "")
        if len(address) > LONGEST_ADDRESS:
            raise InvalidInput.single("search", _("检索地址过长：请换成更短的说法。"))
        wanted = read_address(QueryDict(address.partition("?")[2] or address))
        try:
            save_search(self.principal, request=wanted, name=request.POST.get("name", "") or wanted.words[:60])
        except AlreadySaved as error:
            messages.info(request, error.message)
            return HttpResponseRedirect(reverse("portal:searches"))
        except InvalidInput as error:
            return self.shown(refused=sentences_of(error), status=HTTPStatus.BAD_REQUEST)
        return HttpResponseRedirect(search_url(wanted))

    def shown(self, *, refused: list[str] | None = None, status: int = HTTPStatus.OK) -> HttpResponse:
        """While search is being prepared the list stands without its numbers."""
        rows = list(own_searches(self.principal))
        try:
            told = [{"row": one.row, "asked": one} for one in answered(self.principal, rows)]
        except SearchNotReady:
            told = [{"row": row, "asked": None} for row in rows]
        return self.page({"searches": told, "refused": refused or []}, status=status)


class OwnSearch(SearchesPage):
    """One step with one of them. Opening it takes what it answers as seen, so it is no plain link."""

    http_method_names = ["post", "options"]

    def post(self, request: HttpRequest, public_id: UUID) -> HttpResponse:  # type: ignore[override]
        step: Any = {"open": self._open, "rename": self._rename, "delete": self._delete}.get(
            request.POST.get("step", "")
        )
        if step is None:
            raise Http404
        answer: HttpResponse = step(public_id)
        return answer

    def _open(self, public_id: UUID) -> HttpResponse:
        return HttpResponseRedirect(search_url(look_at_search(self.principal, public_id=public_id)))

    def _rename(self, public_id: UUID) -> HttpResponse:
        try:
            rename_search(self.principal, public_id=public_id, name=self.request.POST.get("name", ""))
        except InvalidInput as error:
            return self.shown(refused=sentences_of(error), status=HTTPStatus.BAD_REQUEST)
        return self.back()

    def _delete(self, public_id: UUID) -> HttpResponse:
        delete_search(self.principal, public_id=public_id)
        return self.back()
