"""Panels: small forms beside a record, each posting one verb of a service that needs more than a button."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, ClassVar

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import path
from django.utils.decorators import method_decorator
from django.views.decorators.http import require_POST

from backoffice.base import ScopedModelAdmin
from backoffice.details import refusal_text
from backoffice.principals import principal_of
from zones.errors import DomainError, InvalidInput, NotFound
from zones.scoping import Principal

MakeForm = Callable[[Principal, Any, Any], forms.Form]
Submit = Callable[[Principal, Any, dict[str, Any]], Any]


@dataclass(frozen=True, slots=True)
class Panel:
    """One small form: `make(principal, row, data)` builds it, `submit(principal, row, values)` calls the service."""

    name: str
    title: Any
    button: Any
    make: MakeForm
    submit: Submit
    is_offered: Callable[[Principal, Any], bool]
    done: Any


class PanelsMixin(ScopedModelAdmin):
    """A read-only record with panels."""

    panels: ClassVar[tuple[Panel, ...]] = ()

    def offered_panels(self, principal: Principal, row: Any) -> list[Panel]:
        return [panel for panel in self.panels if panel.is_offered(principal, row)]

    def record_context(self, request: HttpRequest, row: Any) -> dict[str, Any]:
        principal = principal_of(request)
        bound = getattr(request, "bound_panel", (None, None))
        shown = []
        for panel in self.offered_panels(principal, row):
            form: Any = bound[1] if bound[0] == panel.name else panel.make(principal, row, None)
            form.auto_id = f"id_{panel.name}_%s"  # two panels of a page may ask for the same thing
            shown.append({"panel": panel, "form": form, "url": self.url_of(row, "panel", panel.name)})
        return super().record_context(request, row) | {"panels": shown}

    @method_decorator(require_POST)
    def panel_view(self, request: HttpRequest, object_id: str, name: str) -> HttpResponse:
        """Submit one panel; a refusal comes back on its form with what was typed."""
        row, principal = self.row_or_404(request, object_id), principal_of(request)
        panel = next((known for known in self.offered_panels(principal, row) if known.name == name), None)
        if panel is None:
            raise Http404
        form = panel.make(principal, row, request.POST)
        form.files = request.FILES
        if form.is_valid() and submitted(form, lambda: panel.submit(principal, row, form.cleaned_data)):
            messages.success(request, str(panel.done))
            return HttpResponseRedirect(self.url_of(row))
        request.bound_panel = (panel.name, form)  # type: ignore[attr-defined]
        return self.read_view(request, row, self.record_context(request, row))

    def get_urls(self) -> list[Any]:
        route = path(
            "<path:object_id>/panels/<slug:name>/",
            self.admin_site.admin_view(self.panel_view),
            name=self.name_of("panel").removeprefix("admin:"),
        )
        return [route, *super().get_urls()]


def submitted(form: forms.Form, call: Callable[[], Any]) -> bool:
    """Call the service; a refusal becomes errors of the form, and nothing is stored."""
    try:
        with transaction.atomic():
            call()
    except NotFound as error:
        raise Http404 from error
    except DomainError as error:
        for name, sentences in _by_field(form, error):
            form.add_error(name, sentences)
        return False
    return True


def _by_field(form: forms.Form, error: DomainError) -> Iterable[tuple[str | None, list[str]]]:
    if not isinstance(error, InvalidInput):
        return [(None, [refusal_text(error)])]
    return [(name if name in form.fields else None, sentences) for name, sentences in error.errors.items()]
