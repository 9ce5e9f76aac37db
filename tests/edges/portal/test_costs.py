"""What a page costs: statements that do not grow with what is shown, and what a browser has to fetch."""

import gzip
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.staticfiles import finders
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from matching.models import SavedSearch
from matching.services.saved_searches import as_json
from tests.builders import make_capability, make_match, make_need, make_part, make_resource, make_role, make_run
from tests.conftest import World
from tests.matching.search.looking import follow
from zones.choices import ResourceKind, Role
from zones.search.requests import SearchRequest

ClientOf = Callable[[User | None], Client]
MOST_BYTES = 60_000
STATEMENTS = {
    "/": 5, "/search/?q=检测": 5, "/search/": 6, "/search/suggestions/?q=检": 1, "/about/": 0, "/zones/": 2,
    "/map/": 8, "/map/?q=检测&view=70,15,140,56": 9,
    "/zones/west/": 6, "/associations/alliance/": 5,
}  # fmt: skip
"""At most; a search asks once more for each subject and its owners that are on the page."""
OF_MEMBERS = 15
"""One of them counts the inbox, one asks which of the matches are in talks."""
OF_SEARCHES = 10
OF_RECORDS = {"resource": 10, "organization": 4, "need": 2}


def fill(world: World, count: int) -> dict[str, Any]:
    for number in range(count):
        row = make_resource(
            organization=(world.laboratory, world.outside)[number % 2], kind=ResourceKind.values[number % 9],
            name_zh=f"检测平台{number}", visibility="public", description_zh="检测晶圆缺陷，" * 20, trl=number % 9 + 1,
        )  # fmt: skip
        make_part(row)
        make_capability(row)
    need = make_need(organization=world.enterprise, visibility="public")
    follow()
    return {"resource": row, "organization": world.laboratory, "need": need}


def statements(client: Client, address: str) -> int:
    client.get(address)  # what is remembered between requests is not of this one
    with CaptureQueriesContext(connection) as found:
        assert client.get(address).status_code == 200
    return len(found.captured_queries)


@pytest.mark.parametrize("count", [3, 30])
def test_a_page_asks_the_database_the_same_few_times_at_any_size(world: World, client_of: ClientOf, count: int) -> None:
    rows, client = fill(world, count), client_of(None)
    addresses = STATEMENTS | {f"/{name}s/{rows[name].public_id}/": most for name, most in OF_RECORDS.items()}
    told = {one: statements(client, one) for one in addresses}
    assert {one: number for one, number in told.items() if number > addresses[one]} == {}


@pytest.mark.parametrize("count", [3, 20])
def test_the_pages_of_a_member_ask_no_more_for_many_needs_than_for_few(
    world: World, client_of: ClientOf, count: int
) -> None:
    need, run = make_need(organization=world.enterprise), make_run()
    for number in range(count):
        make_need(organization=world.enterprise, title_zh=f"需求{number}")
        make_resource(organization=world.enterprise, name_zh=f"产线{number}")
        offered = make_resource(organization=world.laboratory, name_zh=f"电镜{number}")
        make_match(need, offered, run=run, rank=number + 1, is_live=number == 0)
        row = SavedSearch(user=world.eve, name=f"检索{number}", key=str(number))
        row.request = as_json(SearchRequest(words=f"需求{number}"))
        row.save()
    follow()
    client = client_of(world.eve)
    assert statements(client, "/my/searches/") <= OF_SEARCHES
    assert statements(client, "/my/") <= OF_MEMBERS
    assert statements(client, f"/my/needs/{need.public_id}/") <= OF_MEMBERS


def weight(client: Client, address: str) -> int:
    """Bytes of a page and of all that it names, compressed as they travel."""
    answer = client.get(address, headers={"accept-encoding": "gzip"})
    assert answer["Content-Encoding"] == "gzip"
    html = gzip.decompress(answer.content).decode()
    files = set(re.findall(r'(?:href|src)="/static/([^"?]+)"', html))
    assert {"portal/portal.css", "portal/portal.js", "vendor/htmx/htmx.js"} <= files
    paths = [str(finders.find(name)) for name in files]
    return len(answer.content) + sum(len(gzip.compress(open(path, "rb").read())) for path in paths)


@pytest.mark.parametrize(
    "address", ["/", "/search/?q=检测&size=50", "/search/?q=检测", "/associations/alliance/", "/map/", "/figures/"]
)
def test_a_page_with_all_it_names_weighs_at_most_60_kilobytes(world: World, client_of: ClientOf, address: str) -> None:
    fill(world, 60)
    make_role(world.eve, Role.ZONE_STAFF, zone=world.west)
    assert weight(client_of(world.eve), address) <= MOST_BYTES
