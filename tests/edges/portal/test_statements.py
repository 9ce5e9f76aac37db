"""In the form of a need each alarm about an identity that may be wrong comes with a box for the reason."""

import re
from typing import Any

import pytest
from django.test import Client

from matching.models import LeakStatement, Need
from tests.conftest import World
from tests.edges.portal.conftest import Page
from tests.edges.portal.test_own import NEW, ClientOf, post
from zones.models import OrganizationAlias

BOX = re.compile(r'name="(no-identity-[0-9a-f]{64})"')
TEXT = {"summary_zh": "用于银力牌焊膏。", "visibility": "association", "association": "alliance", "submit": "1"}
REASON = "这是技术术语"


@pytest.fixture
def eve(world: World, client_of: ClientOf) -> Client:
    OrganizationAlias.objects.create(organization=world.enterprise, name="银力牌")
    return client_of(world.eve)


def boxes(page: Page) -> list[str]:
    return BOX.findall(page.html)


def refused(client: Client, path: str = NEW, **changed: Any) -> Page:
    page = post(client, path, **(TEXT | changed))
    assert page.status == 400
    return page


def test_a_member_states_a_wrong_alarm_and_the_need_is_submitted(eve: Client, world: World) -> None:
    page = refused(eve)
    (box,) = boxes(page)
    assert "“摘要”中的“银力牌”不是单位信息，理由：" in page.text
    assert not Need.plain.exists()
    assert post(eve, NEW, **TEXT, **{box: REASON}).status == 302
    statement = LeakStatement.plain.get()
    assert (statement.need.state, statement.reason, statement.stated_by) == ("submitted", REASON, world.eve)


def test_a_stored_need_meets_the_same_alarm_and_the_same_box(eve: Client) -> None:
    post(eve, NEW, **{name: text for name, text in TEXT.items() if name != "submit"})
    path = f"/my/needs/{Need.plain.get().public_id}/edit/"
    (box,) = boxes(refused(eve, path, version="1"))
    assert post(eve, path, version="1", **TEXT, **{box: REASON}).status == 302
    assert Need.plain.get().state == "submitted"


def test_after_a_refused_step_the_form_asks_for_the_reason_at_once(eve: Client, world: World) -> None:
    post(eve, NEW, **{name: text for name, text in TEXT.items() if name != "submit"})
    path = f"/my/needs/{Need.plain.get().public_id}/"
    assert "请在编辑页写明理由" in Page.of(eve.post(path, {"step": "submit", "version": "1"})).text
    (box,) = boxes(Page.of(eve.get(f"{path}edit/")))
    kept = {name: text for name, text in TEXT.items() if name != "submit"}
    assert post(eve, f"{path}edit/", version="1", **kept, **{box: REASON}).status == 302
    assert boxes(Page.of(eve.get(f"{path}edit/"))) == []
    assert eve.post(path, {"step": "submit", "version": "2"}).status_code == 302
    Need.plain.update(visibility="zone", state="draft")
    LeakStatement.plain.all().delete()
    assert boxes(Page.of(eve.get(f"{path}edit/"))) == []


def test_a_short_reason_comes_back_with_what_was_typed(eve: Client) -> None:
    (box,) = boxes(refused(eve))
    again = refused(eve, **{box: "术语"})
    assert boxes(again) == [box]
    assert 'value="术语"' in again.html
    assert "请写明为何不是单位信息" in again.text


def test_a_phone_number_gets_no_box_and_a_forged_one_is_nothing(eve: Client) -> None:
    assert boxes(refused(eve, summary_zh="请拨 13812345678")) == []
    refused(eve, summary_zh="请拨 13812345678", **{f"no-identity-{'0' * 64}": REASON})
    assert not LeakStatement.plain.exists()
