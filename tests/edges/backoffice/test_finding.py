"""Words in the search box of a list: which rows hold them, whose numbers are asked, and that an index answers."""

import pytest
from django.db import connection

from accounts.models import User
from backoffice.finding import may_hold, words_of
from tests.builders import make_resource
from tests.conftest import World
from tests.edges.backoffice.conftest import Browse
from zones.models import Resource
from zones.models.resources import RESOURCE_GRAMS
from zones.scoping import SYSTEM

LIST = "/office/zones/resource/"


def found(browse: Browse, user: User, words: str) -> set[str]:
    page = browse(user).get(LIST, {"q": words})
    assert page.status_code == 200
    return {row.name_zh for row in page.context["cl"].result_list}


@pytest.mark.parametrize(
    ("words", "is_found"),
    [
        ("缺陷", True),
        ("外延片缺陷检测", True),
        ("gan", True),
        ("EPI-wafer", True),
        ("缺", True),
        ("检测 GaN", True),
        ('"epi-wafer defect"', True),
        ("缺陷检查", False),
        ("陷缺", False),
        ("荧光成像", True),
        ("成像荧光", False),
        ("%", False),
        ("_", False),
    ],
)
def test_a_resource_is_found_by_pieces_of_its_names_and_keywords(
    world: World, browse: Browse, words: str, is_found: bool
) -> None:
    make_resource(
        zone=world.east, name_zh="氮化镓外延片缺陷检测仪", name_en="GaN epi-wafer defect tester", keywords=["荧光成像"]
    )
    assert ("氮化镓外延片缺陷检测仪" in found(browse, world.ana, words)) == is_found


def test_an_external_number_finds_a_row_on_its_own_side_only(world: World, browse: Browse) -> None:
    make_resource(zone=world.east, name_zh="检测仪甲", external_id="EQ-4711")
    assert found(browse, world.ana, "eq-47") == {"检测仪甲"}
    assert found(browse, world.bo, "eq-47") == set()
    assert found(browse, world.bo, "检测仪甲") == {"检测仪甲"}


@pytest.mark.django_db
def test_a_word_is_looked_up_in_the_index_and_not_in_every_row() -> None:
    rows = Resource.objects.visible_to(SYSTEM).filter(may_hold("缺陷检测", RESOURCE_GRAMS))
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        assert "resource_words" in rows.explain()


def test_words_in_quotes_are_one() -> None:
    assert list(words_of("""a "b c" 'd e' " 'f""")) == ["a", "b c", "d e", '"', "'f"]


def test_a_list_in_order_of_two_columns_tells_which_comes_first(world: World, browse: Browse) -> None:
    make_resource(zone=world.east)
    page = browse(world.ana).get(LIST, {"o": "1.-2"})
    assert page.context["cl"].num_sorted_fields == 2
    assert page.content.decode().count("sortpriority") == 2
    assert "sortpriority" not in browse(world.ana).get(LIST, {"o": "1"}).content.decode()
