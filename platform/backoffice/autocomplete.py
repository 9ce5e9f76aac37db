"""Autocomplete: suggests, by public id, exactly the rows that the form behind it would accept."""

from typing import Any

from django.apps import apps
from django.contrib.admin.views.autocomplete import AutocompleteJsonView
from django.contrib.admin.widgets import AutocompleteSelect
from django.db.models import QuerySet
from django.http import Http404, HttpRequest

from backoffice.keys import parse_public_id
from backoffice.principals import principal_of
from backoffice.rows import choices_of

FIELDS = {
    ("matching", "need", "organization"),
    ("matching", "need", "review_zone"),
    ("matching", "shortlisting", "resource"),
    ("matching", "cooperationparty", "organization"),
    ("matching", "eventinvitation", "organization"),
    ("matching", "eventorganizer", "zone"),
    ("matching", "eventregistration", "organization"),
    ("matching", "agreementparty", "organization"),
    ("matching", "agreementparty", "zone"),
    ("matching", "techcontract", "seller_organization"),
    ("matching", "techcontract", "buyer_organization"),
    ("matching", "needexclusion", "organization"),
    ("matching", "needexclusion", "zone"),
    ("matching", "conversion", "resource"),
    ("matching", "trial", "testbed"),
    ("matching", "trial", "organization"),
    ("zones", "catalogue", "partner"),
    ("zones", "chainplace", "organization"),
    ("zones", "chainplace", "zone"),
    ("zones", "enclave", "operator"),
    ("zones", "enclave", "resource"),
    ("zones", "enclavetenant", "organization"),
    ("zones", "fund", "manager"),
    ("zones", "fundcommitment", "organization"),
    ("zones", "fundcommitment", "zone"),
    ("zones", "importjob", "organization"),
    ("zones", "resource", "organization"),
    ("zones", "equipmentdetail", "laboratory"),
    ("zones", "resourceexclusion", "organization"),
    ("zones", "resourceexclusion", "zone"),
    ("zones", "sharinggrant", "zone"),
    ("zones", "organization", "parent"),
}
"""The foreign keys that ask here; any other answers 404."""


class ScopedAutocompleteView(AutocompleteJsonView):
    """Django's view over `choices_of`, answering public ids."""

    def process_request(self, request: HttpRequest) -> tuple[str, Any, Any, str]:
        key = tuple(request.GET.get(name, "") for name in ("app_label", "model_name", "field_name"))
        if key not in FIELDS:
            raise Http404
        app, model, field_name = key
        field = apps.get_model(app, model)._meta.get_field(field_name)
        related: Any = field.related_model
        term = request.GET.get("term", "").replace("\x00", "")
        return term, self.admin_site.get_model_admin(related), field, "public_id"  # type: ignore[union-attr]

    def get_queryset(self) -> QuerySet[Any]:
        rows = choices_of(self.source_field.model, self.source_field.name, principal_of(self.request))
        found, is_repeating = self.model_admin.get_search_results(
            self.request, rows.order_by(*self.model_admin.get_ordering(self.request)), self.term
        )
        return found.distinct() if is_repeating else found


class PublicIdAutocomplete(AutocompleteSelect):
    """Select2 over the view above; the chosen row is named by its public id."""

    def optgroups(self, name: str, value: Any, attr: Any = None) -> Any:
        field: Any = self.choices.field
        chosen = [key for text in value if (key := parse_public_id(str(text)))]
        options = [] if self.is_required else [self.create_option(name, "", "", False, 0)]
        rows = field.queryset.filter(public_id__in=chosen) if chosen else []
        options += [self.create_option(name, str(row.public_id), str(row), True, at) for at, row in enumerate(rows, 1)]
        return [(None, options, 0)]
