"""The pages of one event for who organizes it: invitations, guests, the door, meetings, what came of it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.urls import path
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from backoffice import event_panels as panels
from backoffice import event_rows as rows
from backoffice.base import ScopedModelAdmin
from backoffice.details import about, refusal_text
from backoffice.dismissals import named_row
from backoffice.event_exports import ExportPages
from backoffice.panels import Panel, submitted
from backoffice.polling import POLL_SECONDS, progress_fragment
from backoffice.principals import principal_of
from backoffice.rows import is_on_own_side, visible_rows
from matching.models import EventRegistration
from matching.services import event_registrations
from zones.errors import DomainError, NotFound
from zones.scoping import Principal

Context = Callable[[Principal, Any, QueryDict], dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Page:
    """One page: `context(principal, row, asked)` says what its template shows, `panels` what is posted from it."""

    name: str
    title: Any
    icon: str
    context: Context
    panels: tuple[Panel, ...] = ()

    @property
    def template(self) -> str:
        return f"admin/backoffice/event_{self.name}.html"


PAGES: Final = (
    Page("invitations", _("邀请"), "outgoing_mail", rows.invitations_context, (panels.DRAWN, panels.BY_HAND)),
    Page("guests", _("报名名单"), "groups", rows.guests_context, (panels.AT_THE_DOOR,)),
    Page("door", _("现场签到"), "how_to_reg", rows.door_context),
    Page("meetings", _("洽谈安排"), "calendar_view_week", rows.meetings_context),
    Page("outcomes", _("成果与收尾"), "task_alt", rows.outcomes_context, (panels.OUTCOME, panels.HELD, panels.OFF)),
)
BY_NAME: Final = {page.name: page for page in PAGES}
GUEST_STEPS: Final[dict[str, tuple[Any, Any]]] = {
    "check-in": (event_registrations.check_in, _("已签到：%(name)s")),
    "undo": (event_registrations.undo_check_in, _("已撤销签到：%(name)s")),
    "cancel": (event_registrations.cancel_registration, _("已取消报名：%(name)s")),
}
RETURNS_TO: Final = frozenset({"door", "guests"})


class EventPages(ExportPages, ScopedModelAdmin):
    """Read by the host's and co-hosts' side; written by whom the services let."""

    def tabs(self, request: HttpRequest, row: Any, *, is_own: bool) -> list[dict[str, Any]]:
        found = super().tabs(request, row, is_own=is_own)
        if is_own:
            own = [(self.url_of(row, page.name), page) for page in PAGES]
            found[1:1] = [
                {"url": url, "title": page.title, "icon": page.icon, "is_here": request.path == url}
                for url, page in own
            ]
        return found

    @method_decorator(never_cache)
    def event_page_view(self, request: HttpRequest, object_id: str, name: str) -> HttpResponse:
        row = self._own_or_404(request, object_id)
        return self._shown(request, row, BY_NAME[name])

    @method_decorator(require_POST)
    def event_panel_view(self, request: HttpRequest, object_id: str, name: str, panel: str) -> HttpResponse:
        """Submit one small form of a page; a refusal comes back on it with what was typed."""
        row, principal, page = self._own_or_404(request, object_id), principal_of(request), BY_NAME[name]
        found = next((one for one in _offered(page, principal, row) if one.name == panel), None)
        if found is None:
            raise Http404
        form = found.make(principal, row, request.POST)
        if form.is_valid() and submitted(form, lambda: found.submit(principal, row, form.cleaned_data)):
            messages.success(request, str(found.done))
            return HttpResponseRedirect(self.url_of(row, name))
        return self._shown(request, row, page, bound=(panel, form))

    @method_decorator(require_POST)
    def guest_view(self, request: HttpRequest, object_id: str, name: str) -> HttpResponse:
        """One tap on a guest: checked in, undone, called off; back to the page it was tapped on."""
        row, principal = self._own_or_404(request, object_id), principal_of(request)
        service, done = GUEST_STEPS[name]
        guest = named_row(request, "guest", visible_rows(EventRegistration, principal).filter(event=row))
        try:
            service(principal, registration_id=guest.pk, version=rows.version_of(request.POST))
        except NotFound as error:
            raise Http404 from error
        except DomainError as error:
            messages.error(request, about(guest, refusal_text(error)))
        else:
            messages.success(request, done % {"name": guest})
        page = request.POST.get("page", "")
        return HttpResponseRedirect(self.url_of(row, page if page in RETURNS_TO else "guests"))

    def building_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Whether the timetable is still being built; asked again and again by the page that waits."""
        row = self._own_or_404(request, object_id)
        is_finished = row.timetable_asked_at is None
        return progress_fragment(request, "admin/backoffice/event_building.html", {}, is_finished=is_finished)

    def _shown(self, request: HttpRequest, row: Any, page: Page, bound: tuple[str, Any] = ("", None)) -> HttpResponse:
        principal = principal_of(request)
        context, shown = page.context(principal, row, request.GET), []
        for panel in _offered(page, principal, row):
            form: Any = bound[1] if bound[0] == panel.name else panel.make(principal, row, None)
            form.auto_id = f"id_{panel.name}_%s"
            if context.get("association") and panel is panels.DRAWN:
                form.initial["association"] = context["association"]  # what was previewed is what is sent
            url = self.url_of(row, f"{page.name}_panel", panel.name)
            shown.append({"panel": panel, "form": form, "url": url})
        context |= {
            "panels": shown,
            "event": row,
            "may_act": self.has_change_permission(request, row),
            "exports": self.export_links(row) if page.name == "guests" else [],
            "progress_url": self.url_of(row, "building"),
            "poll_seconds": POLL_SECONDS,
        }
        return self.page(request, page.template, row, context)

    def _own_or_404(self, request: HttpRequest, object_id: str) -> Any:
        row = self.row_or_404(request, object_id)
        if not is_on_own_side(row, principal_of(request)):
            raise Http404
        return row

    def get_urls(self) -> list[Any]:
        view, name = self.admin_site.admin_view, "matching_event_{}"
        own = [
            path(
                f"<path:object_id>/{page.name}/",
                view(self.event_page_view),
                {"name": page.name},
                name=name.format(page.name),
            )
            for page in PAGES
        ]
        steps = [
            path(f"<path:object_id>/guests/{step}/", view(self.guest_view), {"name": step}, name=name.format(step))
            for step in GUEST_STEPS
        ]
        posted = [
            path(
                f"<path:object_id>/{page.name}/panels/<slug:panel>/",
                view(self.event_panel_view),
                {"name": page.name},
                name=name.format(f"{page.name}_panel"),
            )
            for page in PAGES
        ]
        building = path("<path:object_id>/meetings/building/", view(self.building_view), name=name.format("building"))
        return [building, *steps, *posted, *own, *super().get_urls()]


def _offered(page: Page, principal: Principal, row: Any) -> list[Panel]:
    return [panel for panel in page.panels if panel.is_offered(principal, row)]
