"""A form of the portal that makes a record makes one: pressed twice, sent again, sent with other words; and no form
makes the server draw more rows than a record may have.
"""

import re
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from matching.models import Need
from portal.forms.needs import MOST_ROWS
from portal.views.posting import NewNeed
from tests.builders import make_code
from tests.conftest import World
from tests.edges.portal.conftest import Page
from tests.edges.portal.test_offering import NEW as NEW_RESOURCE
from tests.edges.portal.test_offering import sent as resource_sent
from tests.edges.portal.test_own import NEW, ClientOf, sent
from zones.models import Resource

OTHERWISE = {"title_zh": "另一条需求", "name_zh": "另一台仪器"}


def name_in(html: str) -> str:
    (name,) = re.findall(r'name="form_name" value="([0-9a-f]{32})"', html)
    return str(name)


def test_a_form_sent_again_leads_to_the_record_it_made(client_of: ClientOf, world: World) -> None:
    make_code("industry", "9", name_zh="电子信息")
    pages = {
        (world.eve, NEW, Need): sent(submit="1", industry_codes=["9"]),
        (world.lin, f"{NEW_RESOURCE}?kind=equipment", Resource): resource_sent(industry_codes=["9"]),
    }
    for (person, path, model), fields in pages.items():
        client, before = client_of(person), model.plain.count()
        fields["form_name"] = name_in(client.get(path).content.decode())
        answers = [client.post(path, fields) for _again in range(2)]
        assert [answer.status_code for answer in answers] == [302, 302], path
        assert len({answer["Location"] for answer in answers}) == 1
        assert model.plain.count() == before + 1
        changed = client.post(path, fields | OTHERWISE)
        assert (changed.status_code, model.plain.count()) == (400, before + 1)
        assert "已经保存过一次" in changed.content.decode()
        answer = client.post(path, fields | OTHERWISE | {"form_name": name_in(changed.content.decode())})
        assert (answer.status_code, model.plain.count()) == (302, before + 2)


def test_a_form_of_somebody_else_or_without_a_name_is_a_form_of_its_own(client_of: ClientOf, world: World) -> None:
    for name in ("0" * 32, "0" * 32, "", "x"):
        client_of(world.eve).post(NEW, sent(form_name=name))
    assert Need.plain.count() == 3
    refused = client_of(world.eve).post(NEW, sent(form_name="1" * 32, deadline="", submit="1"))
    assert (refused.status_code, name_in(refused.content.decode())) == (400, "1" * 32)


@pytest.mark.django_db(transaction=True)
def test_two_presses_at_once_make_one_need(client_of: ClientOf, world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """The second arrives while the first is being written, waits, and shows the same need."""
    began, written = Barrier(2), NewNeed.written

    def slowly(page: NewNeed, *told: object) -> Need:
        began.wait(timeout=20)
        return written(page, *told)  # type: ignore[arg-type]

    monkeypatch.setattr(NewNeed, "written", slowly)
    clients = [client_of(world.eve), client_of(world.eve)]

    def press(place: int) -> str:
        if place:
            began.wait(timeout=20)
        try:
            return str(clients[place].post(NEW, sent(form_name="2" * 32))["Location"])
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        addresses = list(pool.map(press, range(2)))
    assert addresses == [f"/my/needs/{Need.plain.get().public_id}/"] * 2


@pytest.mark.parametrize("claimed", ["99999", "9" * 40])
def test_a_form_that_claims_many_rows_gets_no_more_than_a_record_may_have(
    client_of: ClientOf, world: World, claimed: str
) -> None:
    page = Page.of(client_of(world.eve).post(NEW, sent(**{"metrics-TOTAL_FORMS": claimed})))
    assert page.status == 400
    assert page.html.count('class="metric"') <= 2 * MOST_ROWS
