"""URL table of the API. A new resource is one more line in RESOURCES and its rule in `config.routes`."""

from typing import Any

from django.urls import URLPattern, path

from api.views.agreements import AgreementViewSet
from api.views.associations import AssociationViewSet
from api.views.base import ReadViewSet
from api.views.calls import CallViewSet
from api.views.catalogues import CatalogueViewSet
from api.views.consortia import ConsortiumViewSet
from api.views.contracts import ContractViewSet
from api.views.cooperations import CooperationViewSet
from api.views.endpoints import TEST, EndpointViewSet
from api.views.events import EventViewSet, RegistrationViewSet
from api.views.exchanges import ExchangeViewSet
from api.views.figures import DefinitionsView, FigureView, PublicationViewSet, SeriesViewSet
from api.views.kept import MECHANISMS
from api.views.matches import MatchViewSet
from api.views.needs import NeedViewSet
from api.views.notices import NoticeViewSet, SubscriptionsView
from api.views.organizations import OrganizationViewSet
from api.views.requests import RequestViewSet
from api.views.resources import ResourceViewSet
from api.views.root import DocsView, NothingView, RootView, SchemaView
from api.views.runs import RunViewSet
from api.views.search import SearchView, SuggestionsView
from api.views.searches import SavedSearchViewSet
from api.views.writing import CHANGE, CREATE, STEP
from api.views.zones import ZoneViewSet

app_name = "api"

RESOURCES: dict[str, type[ReadViewSet]] = {
    "zones": ZoneViewSet,
    "associations": AssociationViewSet,
    "organizations": OrganizationViewSet,
    "resources": ResourceViewSet,
    "needs": NeedViewSet,
    "calls": CallViewSet,
    "matches": MatchViewSet,
    "consortia": ConsortiumViewSet,
    "exchanges": ExchangeViewSet,
    "cooperations": CooperationViewSet,
    "contracts": ContractViewSet,
    "events": EventViewSet,
    "registrations": RegistrationViewSet,
    "agreements": AgreementViewSet,
    "catalogues": CatalogueViewSet,
    **MECHANISMS,
    "runs": RunViewSet,
    "requests": RequestViewSet,
    "searches": SavedSearchViewSet,
    "notices": NoticeViewSet,
    "series": SeriesViewSet,
    "publications": PublicationViewSet,
    "endpoints": EndpointViewSet,
}


def _list_and_detail(name: str, view: type[ReadViewSet]) -> list[URLPattern]:
    """The addresses of a resource: what can be read, and of what can be written each as far as there is."""
    offers: frozenset[str] = getattr(view, "writes", frozenset())
    many: dict[str, Any] = {"get": "list"} | ({"post": CREATE} if CREATE in offers else {})
    one: dict[str, Any] = {"get": "retrieve"} | ({"patch": CHANGE} if CHANGE in offers else {})
    one |= {"delete": "destroy"} if "destroy" in offers else {}
    row, step = f"{name}/<str:public_id>/", view.as_view({"post": STEP}, basename=name)
    bulk = [path(f"{name}/bulk/", view.as_view({"post": "bulk"}, basename=name), name=f"{name}-bulk")]
    return [
        path(f"{name}/", view.as_view(many, basename=name), name=f"{name}-list"),
        *(bulk if "bulk" in offers else []),
        path(row, view.as_view(one, basename=name), name=f"{name}-detail"),
        *(path(f"{row}{word}/", step, {"step": word}, name=f"{name}-{word}") for word in getattr(view, "steps", ())),
    ]


urlpatterns = [
    path("", RootView.as_view(resources=tuple(RESOURCES)), name="root"),
    path(
        "notices/read_all/",
        NoticeViewSet.as_view({"post": "read_all"}, basename="notices"),
        name="notices-read_all",
    ),
    path("subscriptions/", SubscriptionsView.as_view(), name="subscriptions"),
    *(pattern for name, view in RESOURCES.items() for pattern in _list_and_detail(name, view)),
    path("runs/<str:public_id>/compare/", RunViewSet.as_view({"get": "compare"}), name="runs-compare"),
    path(
        "resources/<str:public_id>/similar/",
        ResourceViewSet.as_view({"get": "similar"}, basename="similar"),
        name="resources-similar",
    ),
    path(
        "exchanges/<str:public_id>/look/",
        ExchangeViewSet.as_view({"post": "look"}, basename="exchanges"),
        name="exchanges-look",
    ),
    path("figures/", DefinitionsView.as_view(), name="figures"),
    path("figures/<str:figure>/", FigureView.as_view(), name="figure"),
    path(
        "endpoints/<str:public_id>/test/",
        EndpointViewSet.as_view({"post": TEST}, basename="endpoints"),
        name="endpoints-test",
    ),
    path("search/", SearchView.as_view(), name="search"),
    path("suggestions/", SuggestionsView.as_view(), name="suggestions"),
    path("schema/", SchemaView.as_view(), name="schema"),
    path("docs/", DocsView.as_view(url_name="api:schema"), name="docs"),
    path("<path:rest>/", NothingView.as_view(), name="nothing"),
]
