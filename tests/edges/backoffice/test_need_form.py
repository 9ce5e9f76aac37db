"""The form of a need: its main button, its defaults, and refusals where the fault is."""

from html.parser import HTMLParser

import pytest

from matching.models import Need
from tests.builders import make_need
from tests.conftest import World
from tests.edges.backoffice.conftest import Browse, errors_of
from tests.edges.backoffice.test_writing import ADD_NEED, change_url, need_form

pytestmark = pytest.mark.django_db


def test_a_phone_number_is_told_at_its_field_when_a_need_is_opened(world: World, browse: Browse) -> None:
    response = browse(world.ana).post(ADD_NEED, need_form(world, summary_zh="电１３８１２３４５６７８", _open="1"))
    (sentence,) = errors_of(response)["summary_zh"]
    assert "手机号码" in sentence
    assert not Need.plain.exists()


class PrimaryButtons(HTMLParser):
    """Names of the buttons of a page that are drawn as the main ones."""

    def __init__(self, page: bytes) -> None:
        super().__init__()
        self.names: list[str | None] = []
        self.feed(page.decode())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        if tag == "button" and "office-button-primary" in (values.get("class") or "") and "name" in values:
            self.names.append(values["name"])


def test_the_main_button_opens_what_may_be_opened_and_else_saves(world: World, browse: Browse) -> None:
    client = browse(world.ana)
    assert PrimaryButtons(client.get(ADD_NEED).content).names == ["_open"]
    need = make_need(zone=world.east, organization=world.enterprise, state="draft")
    assert PrimaryButtons(client.get(change_url(need)).content).names == ["_open"]
    open_one = make_need(zone=world.east, organization=world.enterprise)
    assert PrimaryButtons(client.get(change_url(open_one)).content).names == ["_save"]
