"""A list costs the same number of queries at any length, and few."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.agreements import make_agreement, make_commitment
from tests.builders import (
    make_catalogue,
    make_code,
    make_match,
    make_need,
    make_organization,
    make_resource,
    make_run,
    make_staff,
    plain_create,
)
from tests.conftest import World
from tests.cooperations import make_contract, make_cooperation
from tests.edges.backoffice.conftest import Browse, address, pages
from tests.events import make_event
from tests.exchanges import make_exchange
from tests.imports import make_import_job
from tests.mechanisms import SHAPES, values_of
from tests.notifications.messages import make_delivery
from tests.requests import make_request

Counting = Callable[[int], AbstractContextManager[Any]]
QUERIES_AT_MOST = 15


def fill(world: World, count: int) -> None:
    """Rows of every list, in Ana's zone."""
    run = make_run()
    for number in range(count):
        organization = make_organization(zone=world.east)
        need, resource = make_need(organization=organization), make_resource(organization=organization)
        make_match(need, resource, run=run)
        make_request(resource=resource, organization=organization)
        make_exchange(need, resource)
        make_event(zone=world.east)
        make_cooperation(organization, world.laboratory)
        make_contract(organization, world.laboratory)
        make_commitment(make_agreement(world.east, organization))
        make_code("industry", f"T{number}")
        make_import_job(world.east)
        make_delivery(make_staff(world.east), "dead")
        make_catalogue(resource, zone=world.east)
        for shape in SHAPES:
            plain_create(shape.model, values_of(shape, world))


@pytest.mark.parametrize("person", ["ana", "ops", "cy"])
def test_every_list_takes_at_most_fifteen_queries_at_any_length(
    world: World, browse: Browse, django_assert_max_num_queries: Counting, person: str
) -> None:
    client = browse(getattr(world, person))
    urls = [address(page, "changelist") for page in pages()]
    fill(world, 3)
    few = {url: _count(client, url) for url in urls}
    fill(world, 45)
    for url in urls:
        with django_assert_max_num_queries(min(QUERIES_AT_MOST, few[url] + 1)):
            client.get(url)


def _count(client: Any, url: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        client.get(url)
    return len(captured)


def test_the_first_page_takes_few_queries(
    world: World, browse: Browse, django_assert_max_num_queries: Counting
) -> None:
    fill(world, 20)
    client = browse(world.ana)
    with django_assert_max_num_queries(25):
        client.get("/office/")
