"""In the form of a need each alarm that may be wrong comes with a box for the reason; reviewers read it."""

import re
from typing import Any

import pytest

from matching.models import LeakStatement, Need, NeedReview
from tests.builders import make_staff
from tests.conftest import World
from tests.edges.backoffice.conftest import Browse
from tests.edges.backoffice.test_writing import ADD_NEED, change_url, metric, need_form
from zones.choices import Role
from zones.models import OrganizationAlias

pytestmark = pytest.mark.django_db
BOX = re.compile(r'name="(no-identity-[0-9a-f]{64})"')
TEXT = {"summary_zh": "用于银力牌焊膏。", "_submit": "1"}


@pytest.fixture(autouse=True)
def _brand(world: World) -> None:
    OrganizationAlias.objects.create(organization=world.enterprise, name="银力牌")


def boxes(answer: Any) -> list[str]:
    return BOX.findall(answer.content.decode())


def test_a_wrong_alarm_is_stated_and_the_need_submitted(world: World, browse: Browse) -> None:
    client = browse(world.ana)
    refused = client.post(ADD_NEED, need_form(world, metric(), **TEXT))
    (box,) = boxes(refused)
    assert "“摘要”中的“银力牌”不是单位信息，理由：" in refused.content.decode()
    assert not Need.plain.exists()
    saved = client.post(ADD_NEED, need_form(world, metric(), **TEXT, **{box: "这是技术术语"}))
    assert saved.status_code == 302
    need = Need.plain.get()
    assert need.state == "submitted"
    reviewer = make_staff(world.east, role=Role.ZONE_MANAGER)
    review = NeedReview.plain.filter(need=need, zone=world.east).get()
    for url in (f"/office/matching/needreview/{review.public_id}/change/", change_url(need)):
        told = browse(reviewer).get(url).content.decode()
        assert "这是技术术语" in told
        assert "非单位信息的说明" in told
    history = browse(reviewer).get(change_url(need).replace("change", "history")).content.decode()
    assert "说明不是单位信息" in history
    assert "这是技术术语" in history


def test_a_short_reason_comes_back_with_what_was_typed(world: World, browse: Browse) -> None:
    client = browse(world.ana)
    (box,) = boxes(client.post(ADD_NEED, need_form(world, metric(), **TEXT)))
    again = client.post(ADD_NEED, need_form(world, metric(), **TEXT, **{box: "术语"}))
    assert boxes(again) == [box]
    assert 'value="术语"' in again.content.decode()
    assert not Need.plain.exists()


def test_a_phone_number_gets_no_box_and_a_forged_one_is_nothing(world: World, browse: Browse) -> None:
    client = browse(world.ana)
    values = TEXT | {"summary_zh": "请拨 13812345678"}
    assert boxes(client.post(ADD_NEED, need_form(world, metric(), **values))) == []
    forged = {f"no-identity-{'0' * 64}": "这是技术术语"}
    assert client.post(ADD_NEED, need_form(world, metric(), **values, **forged)).status_code == 200
    assert not LeakStatement.plain.exists()
