"""Long lists are counted up to a limit, told as such, and end where nobody leafs; what expires, for its zone."""

from datetime import timedelta

import pytest

from backoffice import counting
from backoffice.resources import ResourceAdmin
from tests.builders import make_need, make_resource
from tests.conftest import World
from tests.edges.backoffice.conftest import Browse
from zones.scoping import today

LIST = "/office/zones/resource/"
pytestmark = pytest.mark.django_db


@pytest.fixture
def three(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """Three resources, where two are as many as anybody leafs through."""
    for number in range(3):
        make_resource(zone=world.east, organization=world.enterprise, name_zh=f"台架{number}")
    monkeypatch.setattr(counting, "MOST", 2)
    monkeypatch.setattr(ResourceAdmin, "list_per_page", 1)


def test_a_long_list_says_that_there_are_more(world: World, browse: Browse, three: None) -> None:
    page = browse(world.ana).get(LIST)
    assert page.content.decode().count("2+ 条") == 3, "in the heading, at the foot, and where all are chosen"


def test_the_pages_end_at_the_limit_and_a_page_beyond_leads_back(world: World, browse: Browse, three: None) -> None:
    client = browse(world.ana)
    assert client.get(LIST).context["cl"].paginator.num_pages == 2
    assert client.get(LIST, {"p": "2"}).status_code == 200
    assert client.get(LIST, {"p": "3"}).status_code == 302


def test_the_first_page_counts_to_the_limit_too(world: World, browse: Browse, three: None) -> None:
    page = browse(world.ana).get("/office/")
    assert page.context["shared"]["resources"] == 3
    assert ">2+</a>" in page.content.decode()


def test_a_short_list_is_told_exactly(world: World, browse: Browse) -> None:
    make_resource(zone=world.east, organization=world.enterprise)
    assert "1 条" in browse(world.ana).get(LIST).content.decode()


def test_expiring_needs_are_counted_for_the_own_zone_only(world: World, browse: Browse) -> None:
    soon = today() + timedelta(days=5)
    make_need(organization=world.enterprise, expires_on=soon)
    make_need(organization=world.laboratory, expires_on=soon)
    cards = browse(world.ana).get("/office/").context["cards"]
    assert [card["count"] for card in cards if "30" in card["title"]] == [1]
