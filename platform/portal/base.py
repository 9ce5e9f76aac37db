"""What every page of the portal stands on: for whom it is shown, what it refuses, and how it says so."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any, ClassVar, Final
from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.utils.decorators import method_decorator
from django.utils.functional import SimpleLazyObject, cached_property
from django.utils.translation import gettext as _
from django.views import View
from django.views.decorators.gzip import gzip_page

from matching.services.search_copies import SearchNotReady
from notifications.inbox import unread_count
from portal.appearance import theme_of
from zones.errors import InvalidInput, NotAllowed, NotFound
from zones.scoping import Principal, scope_of

NAME_CHARACTERS: Final = 40


@method_decorator(gzip_page, name="dispatch")
class PortalPage(View):
    """A page that is read. `parameters`: those its address may have; any other is a 400 that says so."""

    template: ClassVar[str]
    parameters: ClassVar[tuple[str, ...]] = ()
    way_on: ClassVar[str] = ""
    """Name of the page to go on from a refusal; its own without parameters unless it cannot do without."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            self.refuse_unknown_parameters()
            return super().dispatch(request, *args, **kwargs)
        except InvalidInput as error:
            return self.refusal(error)
        except SearchNotReady as error:
            return self.not_ready(error)
        except (NotFound, NotAllowed) as error:
            raise Http404 from error

    @cached_property
    def principal(self) -> Principal:
        """For whom the page is shown, as of today."""
        return scope_of(self.request.user)

    @property
    def is_part(self) -> bool:
        """Whether the browser asks for what changes on a page it has, not for the page."""
        headers = self.request.headers
        return "HX-Request" in headers and "HX-History-Restore-Request" not in headers

    def refuse_unknown_parameters(self) -> None:
        for name in self.request.GET:
            if name not in self.parameters:
                raise InvalidInput.single(name, _("本页没有参数 %(name)s：请去掉后再打开。") % {"name": shown(name)})

    def page(self, context: Mapping[str, Any], *, template: str = "", status: int = HTTPStatus.OK) -> HttpResponse:
        """Answer with a template and what the frame around it shows."""
        answer = render(self.request, template or self.template, {**self.frame(), **context}, status=status)
        patch_vary_headers(answer, ("HX-Request",))
        return answer

    def frame(self) -> dict[str, Any]:
        return {
            "principal": self.principal,
            "unread": SimpleLazyObject(lambda: unread_count(self.principal)),
            "theme": theme_of(self.request),
            "here": self.request.get_full_path(),
            "canonical": self.request.build_absolute_uri(self.request.path),
        }

    def refusal(self, error: InvalidInput) -> HttpResponse:
        """A 400 with every sentence, and a way on."""
        sentences = [sentence for sentences in error.errors.values() for sentence in sentences]
        path = reverse(self.way_on) if self.way_on else self.request.path
        context = {"sentences": sentences, "path": path, "is_elsewhere": bool(self.way_on)}
        return self.page(context, template="portal/refused.html", status=HTTPStatus.BAD_REQUEST)

    def not_ready(self, error: SearchNotReady) -> HttpResponse:
        context = {"sentence": error.message, "seconds": error.retry_seconds}
        answer = self.page(context, template="portal/not_ready.html", status=HTTPStatus.SERVICE_UNAVAILABLE)
        answer["Retry-After"] = str(error.retry_seconds)
        return answer


def shown(text: str) -> str:
    """What was sent, short enough and without what cannot be printed."""
    return "".join(character if character.isprintable() else "�" for character in text[:NAME_CHARACTERS])


def row_or_404(rows: "QuerySet[Any]", public_id: UUID) -> Any:
    """The row with a public id; what may not be seen answers as what is not there."""
    row = rows.filter(public_id=public_id).first()
    if row is None:
        raise Http404
    return row
