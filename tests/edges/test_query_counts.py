"""A list costs the same few queries with five rows and with fifty."""

from collections.abc import Callable

import pytest
from django.test import Client

from accounts.models import User
from tests.builders import (
    make_association,
    make_capability,
    make_grant,
    make_live,
    make_match,
    make_membership,
    make_need,
    make_organization,
    make_part,
    make_resource,
    make_run,
    make_zone,
)
from tests.conftest import World
from tests.events import make_co_host, make_event, make_registration
from tests.exchanges import make_exchange
from zones.choices import ResourceKind

QUERIES_AT_MOST = 15


def _zones(world: World, count: int) -> None:
    for _ in range(count):
        make_membership(make_zone(), world.alliance)


def _associations(world: World, count: int) -> None:
    for _ in range(count):
        make_association(world.east, world.west, host=world.east)


def _organizations(world: World, count: int) -> None:
    for _ in range(count):
        make_organization(zone=world.east, parent=world.enterprise)


def _resources(world: World, count: int) -> None:
    for n in range(count):
        resource = make_resource(organization=world.enterprise, kind=ResourceKind.values[n % 9])
        make_part(resource)
        make_capability(resource)
        make_grant(resource, association=world.alliance)


def _needs(world: World, count: int) -> None:
    for _ in range(count):
        make_need(organization=world.enterprise, association=world.alliance, metrics=2)


def _matches(world: World, count: int) -> None:
    run, resource = make_run(), make_resource(organization=world.laboratory)
    for _ in range(count):
        make_live(make_match(make_need(organization=world.enterprise), resource, run=run, is_live=False))


def _runs(world: World, count: int) -> None:
    for _ in range(count):
        make_run()


def _exchanges(world: World, count: int) -> None:
    resource = make_resource(organization=world.laboratory)
    for _ in range(count):
        make_exchange(make_need(organization=world.enterprise), resource)


def _events(world: World, count: int) -> None:
    for _ in range(count):
        make_co_host(make_event(zone=world.east), zone=world.west)


def _registrations(world: World, count: int) -> None:
    for _ in range(count):
        make_registration(make_event(zone=world.east), world.enterprise)


@pytest.mark.parametrize(
    "fill",
    [_events, _registrations, _exchanges, _zones, _associations, _organizations, _resources, _needs, _matches, _runs],
)
@pytest.mark.parametrize("count", [5, 50])
def test_a_list_costs_at_most_15_queries_at_any_size(
    world: World,
    client_of: Callable[[User | None], Client],
    django_assert_max_num_queries: Callable[[int], object],
    fill: Callable[[World, int], None],
    count: int,
) -> None:
    fill(world, count)
    client = client_of(world.ana)
    with django_assert_max_num_queries(QUERIES_AT_MOST):  # type: ignore[attr-defined]
        body = client.get(f"/api/v1/{fill.__name__[1:]}/?page_size=200").json()
    assert len(body["results"]) >= count
