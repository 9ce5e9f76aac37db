"""The rules of the house hold, and each guard is shown to fail on a small example that breaks it."""

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import django_filters as filters
import pytest
from django.apps import apps
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.test import Client, override_settings
from django.urls import include, path

from api.filters.base import ReadableFilterSet
from api.filters.needs import NeedFilters
from api.serializers.needs import NeedSerializer
from api.urls import RESOURCES
from api.views.base import ReadViewSet
from config.mechanism_rules import READ, RouteRule
from config.routes import RULES, has_rule, registry, unruled, unused
from ledger.classification import ClassifiedField, FieldClass, all_fields
from ledger.locks import Lock
from tests.architecture import guards
from tests.architecture.guards import Source
from zones.models.base import ScopedModel

ROOT = Path(__file__).resolve().parents[2]


def page(request: HttpRequest) -> HttpResponse:
    return HttpResponse("open")


def domain_models() -> list[type[models.Model]]:
    found = [model for app in ("zones", "matching", "notifications") for model in apps.get_app_config(app).get_models()]
    return [model for model in found if not hasattr(model, "pgh_tracked_model")]


# Routes


def test_every_route_and_method_has_a_rule() -> None:
    assert unruled() == []
    assert all(line.rule for line in registry())


def test_no_rule_is_left_over() -> None:
    assert unused() == []


def test_the_guard_sees_a_route_without_a_rule() -> None:
    urlconf = SimpleNamespace(urlpatterns=[path("open/", page, name="open")])
    assert unruled((), urlconf) == ["open open/: no rule"]
    assert [line.rule for line in registry((), urlconf)] == [""]
    assert unruled((RouteRule("open", READ, "everybody"),), urlconf) == []


def test_the_guard_sees_a_namespace_and_a_pattern_without_a_name() -> None:
    inner = ([path("a/", page), path("b/", page, name="b")], "inner")
    urlconf = SimpleNamespace(urlpatterns=[path("x/", include(inner))])
    rules = (RouteRule("inner:b", READ, "everybody"),)
    assert unruled(rules, urlconf) == [f"inner:{__name__}.page x/a/: no rule"]


def test_the_guard_sees_a_method_without_a_rule() -> None:
    class Writing(ReadViewSet):
        def create(self, request: Any) -> None: ...

    view = Writing.as_view({"get": "list", "post": "create"})
    urlconf = SimpleNamespace(urlpatterns=[path("open/", view, name="open")])
    assert unruled((RouteRule("open", READ, "everybody"),), urlconf) == ["open POST: no rule"]


def test_the_guard_sees_a_rule_that_names_nothing() -> None:
    assert unused((*RULES, RouteRule("gone", READ, "nobody"))) == ["gone"]


urlpatterns = [path("open/", page, name="open"), path("health/", page, name="health")]


@override_settings(ROOT_URLCONF=__name__)
def test_a_route_without_a_rule_is_refused_at_run_time() -> None:
    assert Client().get("/health/").content == b"open"
    assert Client().get("/open/").status_code == 404
    assert Client().post("/health/").status_code == 404


def test_without_the_registry_s_guard_the_api_answers_nothing(settings: Any, db: None) -> None:
    settings.MIDDLEWARE = [name for name in settings.MIDDLEWARE if "RouteRegistry" not in name]
    assert Client().get("/api/v1/zones/").status_code in (403, 404)


def test_a_star_stands_for_the_rest_of_a_name_and_for_no_other() -> None:
    rules = (RouteRule("api:needs-*", READ, ""),)
    assert has_rule("api:needs-list", "GET", rules)
    assert not has_rule("api:needs", "GET", rules)
    assert not has_rule("api:needs-list", "POST", rules)


# Fields


def test_every_field_is_classified() -> None:
    assert guards.unclassified(all_fields()) == []


def test_the_guard_sees_an_unclassified_field() -> None:
    fields = [ClassifiedField("zones.x", "a", FieldClass.PUBLIC), ClassifiedField("zones.x", "b", None)]
    assert guards.unclassified(fields) == ["zones.x.b"]


@pytest.mark.parametrize("view", RESOURCES.values(), ids=RESOURCES)
def test_filters_and_orderings_read_public_columns_only(view: type[ReadViewSet]) -> None:
    assert guards.unreadable_parameters(view) == []


def test_the_guard_sees_a_filter_and_an_ordering_by_a_scoped_column() -> None:
    class Leaking(ReadableFilterSet):
        budget = filters.NumberFilter(field_name="budget_max")
        owner = filters.CharFilter(field_name="organization__name_zh")
        excluded = filters.CharFilter(field_name="exclusions__zone")

    class View(ReadViewSet):
        serializer_class = NeedSerializer
        filterset_class = Leaking
        ordering_fields = ("-updated_at", "budget_min")

    assert guards.unreadable_parameters(View) == [
        "View filter budget: budget_max",
        "View filter owner: organization__name_zh",
        "View filter excluded: exclusions__zone",
        "View ordering budget_min: budget_min",
    ]


# Rows


def test_every_model_of_the_domain_is_scoped_by_a_rule_or_listed_as_public() -> None:
    assert guards.without_scoping_rule(domain_models()) == []


def test_the_guard_sees_a_scoped_model_without_a_rule_and_an_unlisted_one() -> None:
    class Forgotten(ScopedModel):
        class Meta(ScopedModel.Meta):
            app_label = "architecture_example"

    class Open(models.Model):
        class Meta:
            app_label = "architecture_example"

        def __str__(self) -> str:
            return ""

    assert guards.without_scoping_rule([Forgotten, Open]) == [
        "architecture_example.forgotten: no scoping rule",
        "architecture_example.open: neither scoped nor public",
    ]


def test_no_door_goes_round_visible_to() -> None:
    files = guards.sources(ROOT, guards.DOORS)
    scoped = [model.__name__ for model in domain_models() if issubclass(model, ScopedModel)]
    assert len(files) > 20
    assert guards.unscoped_access(files) == []
    assert guards.querysets_of_scoped_models(files, scoped) == []


@pytest.mark.parametrize(
    "line",
    [
        "Need.plain.all()",
        "Need._default_manager.get(pk=1)",
        "Need._base_manager.get(pk=1)",
        "Need.objects.unscoped(reason='quick')",
        "zone.need_set.all()",
        "Need.objects.raw('SELECT 1')",
    ],
)
def test_the_guard_sees_a_door_that_goes_round(line: str) -> None:
    assert len(guards.unscoped_access([Source("platform/api/x.py", line)])) == 1


def test_the_guard_sees_a_scoped_queryset_without_a_principal() -> None:
    files = [Source("platform/api/x.py", "Need.objects.filter(pk=1)\nNeed.objects.visible_to(p)\nZone.objects.all()")]
    assert guards.querysets_of_scoped_models(files, ["Need"]) == ["platform/api/x.py:1 Need.objects.filter"]


def test_unscoped_rows_are_asked_for_in_the_listed_places_only() -> None:
    files = guards.sources(ROOT, ("platform", "zones", "matching"))
    assert guards.unscoped_elsewhere(files) == []


def test_the_guard_sees_an_unscoped_query_elsewhere() -> None:
    line = "Need.objects.unscoped(reason='x')"
    assert guards.unscoped_elsewhere([Source("matching/engine/x.py", line)]) == ["matching/engine/x.py:1"]
    assert guards.unscoped_elsewhere([Source("matching/snapshot.py", line)]) == []


@pytest.mark.parametrize("view", RESOURCES.values(), ids=RESOURCES)
def test_every_view_takes_its_rows_from_its_serializer(view: type[ReadViewSet]) -> None:
    assert not guards.not_made_by_visible_to(view)


def test_the_guard_sees_a_view_with_a_queryset_of_its_own() -> None:
    class View(ReadViewSet):
        queryset = None
        filterset_class = NeedFilters

    assert guards.not_made_by_visible_to(View)


# Floors


def test_the_domain_imports_no_door_and_no_queue() -> None:
    files = guards.sources(ROOT, guards.DOMAIN)
    assert len(files) > 40
    assert guards.door_imports(files) == []


@pytest.mark.parametrize(
    "line", ["import celery", "from django.http import Http404", "from rest_framework.views import APIView"]
)
def test_the_guard_sees_a_domain_that_knows_a_door(line: str) -> None:
    assert len(guards.door_imports([Source("zones/x.py", line)])) == 1


def test_the_tasks_may_know_celery() -> None:
    for room in ("matching", "zones"):
        assert guards.door_imports([Source(f"{room}/tasks.py", "from celery import shared_task")]) == []


# Outbox

TOLD_LATER = {"request_full_run", "request_run_of_need", "request_teams"}
"""Runs and the teams they propose are told when they are published."""


def service_files() -> list[Source]:
    return guards.sources(ROOT, ("zones/services", "matching/services"))


def test_every_write_service_leaves_an_outbox_row() -> None:
    assert set(guards.silent_services(service_files())) == TOLD_LATER


def test_the_guard_sees_a_service_that_tells_nothing() -> None:
    base = "def _stored(row):\n    row.save()\n"
    silent = Source("zones/services/x.py", f"{base}def end_it(principal, *, row):\n    _stored(row)\n")
    telling = Source(
        "zones/services/x.py", f"{base}def end_it(principal, *, row):\n    _stored(row)\n    tell(row, 'x')\n"
    )
    assert guards.silent_services([silent]) == ["end_it"]
    assert guards.silent_services([telling]) == []


def test_every_lock_without_a_row_has_its_number_in_one_place() -> None:
    files = [file for file in guards.sources(ROOT, ("platform", "zones", "matching")) if "advisory" in file.text]
    assert [file.path for file in files] == ["platform/ledger/locks.py"]
    assert len({int(lock) for lock in Lock.__members__.values()}) == len(Lock.__members__)


def test_lists_are_joined_by_the_language_of_the_reader() -> None:
    """`listed` knows how; the engine says each sentence in one language and asks for none."""
    files = guards.sources(ROOT, ("platform", "zones", "matching"))
    assert [file.path for file in files if '"、".join' in file.text and "matching/engine/" not in file.path] == []
    assert any('"、".join' in file.text for file in files)
