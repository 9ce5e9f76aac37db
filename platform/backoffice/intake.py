"""While a need is written its form asks what a reader would ask: completeness, traces of identity, doubles, codes."""

from typing import Any

from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.views.decorators.http import require_POST

from backoffice.base import ScopedModelAdmin
from backoffice.keys import parse_public_id
from backoffice.principals import principal_of
from backoffice.rows import editable_rows
from matching.models import Need, NeedMetric
from matching.services.intake import Look, look_at
from matching.services.needs import with_bounds


class IntakePages(ScopedModelAdmin):
    """The fragment beside the form of a need, asked for anew whenever somebody stops typing."""

    @method_decorator(require_POST)
    def intake_view(self, request: HttpRequest) -> HttpResponse:
        """Look at a form that nobody has saved; what cannot be read yet is left out."""
        if not self.has_add_permission(request):
            raise Http404
        stored = self._stored(request)
        form = self.get_form(request, stored, change=stored is not None)(request.POST, instance=stored or Need())
        form.is_valid()
        values = {name: value for name, value in form.cleaned_data.items() if name != "version"}
        own_id = stored.pk if stored else None
        look = look_at(principal_of(request), values, self._metrics(request), own_id=own_id)
        return render(request, "admin/backoffice/intake.html", context_of(look))

    def _stored(self, request: HttpRequest) -> Any:
        """The need that is being edited, if its writer may; none for a new one."""
        key = parse_public_id(request.GET.get("need", ""))
        return editable_rows(Need, principal_of(request)).filter(public_id=key).first() if key else None

    def _metrics(self, request: HttpRequest) -> list[dict[str, Any]]:
        """The rows of metrics that can be read as they stand."""
        formsets = [formset for formset, _inline in self.get_formsets_with_inlines(request, None)]
        (kind,) = (formset for formset in formsets if formset.model is NeedMetric)
        bound = kind(request.POST, instance=Need(), prefix=kind.get_default_prefix())
        bound.is_valid()
        return [with_bounds(form.values()) for form in bound.forms if form.has_changed() and not form.errors]


def context_of(look: Look) -> dict[str, Any]:
    """What the fragment shows."""
    return {
        "quality": look.quality,
        "missing": look.missing,
        "leaks": [sentence for sentences in look.leaks.values() for sentence in sentences],
        "alike": [
            {
                "need": need,
                "zone": need.zone,
                "percent": round(100 * share),
                "url": reverse("admin:matching_need_change", args=[need.public_id]),
            }
            for need, share in look.alike
        ],
        "codes": [{"field": name, "label": _label(name), "codes": codes} for name, codes in look.codes.items()],
    }


def _label(name: str) -> str:
    model: type[Model] = Need
    known = {field.name: str(getattr(field, "verbose_name", field.name)) for field in model._meta.get_fields()}
    return known[name]
