"""The form of a need: its main button, its defaults, and refusals where the fault is."""

import re
from html.parser import HTMLParser

import pytest
from django.contrib.staticfiles import finders

from matching.models import Need
from tests.builders import make_need
from tests.conftest import World
from tests.edges.backoffice.conftest import Browse, errors_of
from tests.edges.backoffice.test_writing import ADD_NEED, change_url, metric, need_form

pytestmark = pytest.mark.django_db


def test_a_phone_number_is_told_at_its_field_when_a_need_is_submitted(world: World, browse: Browse) -> None:
    response = browse(world.ana).post(ADD_NEED, need_form(world, summary_zh="电１３８１２３４５６７８", _submit="1"))
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


def test_the_main_button_submits_what_may_be_submitted_and_else_saves(world: World, browse: Browse) -> None:
    client = browse(world.ana)
    assert PrimaryButtons(client.get(ADD_NEED).content).names == ["_submit"]
    need = make_need(zone=world.east, organization=world.enterprise, state="draft")
    assert PrimaryButtons(client.get(change_url(need)).content).names == ["_submit"]
    open_one = make_need(zone=world.east, organization=world.enterprise)
    assert PrimaryButtons(client.get(change_url(open_one)).content).names == ["_save"]


def test_an_unknown_unit_is_told_at_its_row_and_not_at_the_head(world: World, browse: Browse) -> None:
    form = need_form(world, metric(), metric(name_zh="厚度", unit="尺寸单位"))
    response = browse(world.ana).post(ADD_NEED, form)
    metrics = response.context["inline_admin_formsets"][0].formset
    assert [list(row.errors) for row in metrics.forms] == [[], ["unit"]]
    assert "无法识别" in metrics.forms[1].errors["unit"][0]
    assert errors_of(response) == {}
    assert not Need.plain.exists()


def test_errors_come_in_the_order_of_the_fields(world: World, browse: Browse) -> None:
    form = need_form(world, deadline="", consent_recorded_on="", content_zh="13812345678", title_zh="")
    response = browse(world.ana).post(ADD_NEED, form | {"_submit": "1"})
    found = list(errors_of(response))
    assert found == [name for name in response.context["adminform"].form.fields if name in found]
    response = browse(world.ana).post(ADD_NEED, need_form(world, deadline="", consent_recorded_on="", _submit="1"))
    assert list(errors_of(response)) == ["consent_recorded_on", "deadline"]


def test_what_the_form_offers_first_can_be_saved(world: World, browse: Browse) -> None:
    offered = browse(world.ana).get(ADD_NEED).context["adminform"].form.initial
    assert (offered["visibility"], offered["association"]) == ("association", world.alliance)
    offered = browse(world.cy).get(ADD_NEED).context["adminform"].form.initial
    assert (offered["visibility"], offered.get("association")) == ("national", None)


def test_the_pages_name_an_icon_that_exists(world: World, browse: Browse) -> None:
    (icon,) = re.findall(r'<link rel="icon" href="([^"]+)"', browse(world.ana).get(ADD_NEED).content.decode())
    assert finders.find(icon.removeprefix("/static/"))
