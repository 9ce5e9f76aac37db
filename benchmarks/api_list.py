"""What scoping, fields by class and strict parameters cost a list of the API.

Run ``python -m benchmarks.api_list [--resources N] [--quick]`` from the repository. Uses DATABASE_URL where it is set
(and fills it when it is empty), else a PostgreSQL of its own that goes away afterwards. Fifty resources with their
parts, capabilities and grants are asked for in this process, from request to bytes, by a staff member of the largest
zone. The peer is what Django REST framework gives in twenty lines: a ModelViewSet over the same table with the same
columns and nested rows, prefetched, with its own cursor pagination, and no rule of who may see what. Both are asked in
turns, so that whatever else the machine does slows both.
"""

import argparse
import os
import time
from collections.abc import Callable
from typing import Any, Final

import numpy as np

from benchmarks.database import database, filled
from benchmarks.filling import set_up
from benchmarks.report import Measure, publish

RESOURCES, ROUNDS = 20_000, 150
QUICK: Final = (1_000, 20)
SHARE: Final = 0.6
"""Of the bare list's requests per second."""
PAGE: Final = 50


def main() -> None:
    """Print and store the table."""
    options = _options()
    resources, rounds = QUICK if options.quick else (options.resources, options.rounds)
    with database() as environment:
        filled(environment, resources=resources, needs=resources // 20)
        os.environ.update(environment)
        set_up()
        taken = _measured(rounds)
    rates = {name: 1e3 / float(np.median(times)) for name, times in taken.items()}
    bare = rates["bare ModelViewSet (peer)"]
    rows = [
        {
            "list of 50 resources": name,
            "requests per second": rates[name],
            "of the bare list": rates[name] / bare,
            "p50 ms": float(np.percentile(times, 50)),
            "p95 ms": float(np.percentile(times, 95)),
        }
        for name, times in taken.items()
    ]
    share = rates["ours"] / bare
    measures = [Measure("list of the API, share of a bare list's requests per second", share, at_least=SHARE)]
    publish("api_list", f"List of the API, {resources:,} resources", rows, measures=measures, rounds=rounds)


def _measured(rounds: int) -> dict[str, list[float]]:
    """Milliseconds of each round of each list; the lists take turns, and the first two rounds warm up."""
    from api.views.resources import ResourceViewSet

    user, ours, bare = _staff(), ResourceViewSet.as_view({"get": "list"}, basename="resources"), _bare_view()
    asked: dict[str, Callable[[], None]] = {
        "bare ModelViewSet (peer)": lambda: _ask(bare, user, ""),
        "ours": lambda: _ask(ours, user, ""),
        "ours, six fields": lambda: _ask(ours, user, "?fields=name_zh,kind,zone,organization,trl,updated_at"),
        "ours as CSV": lambda: _ask(ours, user, "?format=csv"),
        "ours as GeoJSON": lambda: _ask(ours, user, "?format=geojson"),
    }
    taken: dict[str, list[float]] = {name: [] for name in asked}
    for _ in range(rounds + 2):
        for name, ask in asked.items():
            started = time.perf_counter()
            ask()
            taken[name].append(1e3 * (time.perf_counter() - started))
    return {name: times[2:] for name, times in taken.items()}


def _ask(view: Callable[..., Any], user: Any, query: str) -> None:
    """From request to bytes, without middleware."""
    from rest_framework.test import APIRequestFactory, force_authenticate

    request = APIRequestFactory().get(f"/api/v1/resources/{query}", HTTP_HOST="localhost")
    force_authenticate(request, user=user)
    answer = view(request)
    answer.render()
    if answer.status_code != 200 or len(answer.content) < PAGE:
        raise RuntimeError(f"answered {answer.status_code}: {answer.content[:200]!r}")


def _bare_view() -> Callable[..., Any]:
    """The same columns and nested rows as Django REST framework tells them by itself."""
    from rest_framework import pagination, permissions, serializers, viewsets

    from api.serializers import resources as told
    from zones.models import Resource

    def bare(serializer: Any, **nested: Any) -> Any:
        meta = type("Meta", (), {"model": serializer.Meta.model, "fields": serializer.Meta.fields})
        return type("Bare", (serializers.ModelSerializer,), {"Meta": meta, **nested})

    class Pages(pagination.CursorPagination):
        page_size = PAGE
        ordering = ("-updated_at", "public_id")

    nested = {
        "parts": bare(told.PartSerializer)(many=True, read_only=True),
        "capabilities": bare(told.CapabilitySerializer)(many=True, read_only=True),
        "grants": bare(told.GrantSerializer)(many=True, read_only=True),
    }

    class Bare(viewsets.ModelViewSet[Any]):
        queryset = Resource.plain.filter(status="active").prefetch_related(*nested)
        serializer_class = bare(told.ResourceSerializer, **nested)
        pagination_class = Pages
        permission_classes = (permissions.IsAuthenticated,)

    return Bare.as_view({"get": "list"})


def _staff() -> Any:
    """A staff member of the zone with most resources."""
    from django.db.models import Count

    from zones.models import Zone
    from zones.scoping import SYSTEM
    from zones.services.staff import create_account, grant_role

    zone = Zone.objects.annotate(held=Count("resources")).order_by("-held", "pk").first()
    name = f"measured-staff-{os.getpid()}"
    user = create_account(username=name, display_name=name).user
    grant_role(SYSTEM, user=user, role="zone_staff", zone=zone)
    return user


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--resources", type=int, default=RESOURCES)
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--quick", action="store_true", help="a small site, to see that it works")
    return parser.parse_args()


if __name__ == "__main__":
    main()
