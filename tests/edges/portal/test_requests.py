"""Requests for service in the portal: asked for with an estimate, answered, recorded and rated by members."""

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from portal import request_steps
from portal.request_steps import STEPS
from tests.builders import make_organization, make_role
from tests.conftest import World
from tests.edges.portal.conftest import Page, See
from tests.requests import (
    PURPOSE,
    accepted,
    asked,
    make_entry,
    make_rating,
    make_record,
    make_request,
    offered,
    question,
    recorded,
    served,
)
from zones.choices import RequestSide, RequestState, Role
from zones.models import ResourceExclusion, ServiceEntry, ServiceRating, ServiceRecord, ServiceRequest
from zones.scoping import today

ClientOf = Callable[[User | None], Client]
LIST = "/my/requests/"
MOST_STATEMENTS = 20


def sent(**changed: Any) -> dict[str, Any]:
    """The form as a browser sends it."""
    day = today() + timedelta(3)
    return {
        "kind": "commissioned", "wished_from": day.isoformat(), "wished_to": day.isoformat(), "quantity": "20",
        "hours": "2", "purpose": PURPOSE, "confirmed": "on", **changed,
    }  # fmt: skip


def form_of(world: World, **fields: Any) -> str:
    return f"/resources/{offered(world, **fields).public_id}/request/"


def page_of(row: ServiceRequest) -> str:
    return f"{LIST}{row.public_id}/"


def take(client: Client, row: ServiceRequest, step: str, **values: Any) -> Page:
    """Press the button of one step on the page as it stands."""
    row.refresh_from_db()
    data = {f"{step}-{name}": value for name, value in values.items()}
    return Page.of(client.post(page_of(row), {"step": step, "version": row.version, **data}))


def test_the_resource_leads_members_of_others_and_visitors_to_the_form(see: See, world: World) -> None:
    resource = offered(world, visibility="public")
    page = f"/resources/{resource.public_id}/"
    assert "登录后申请使用或服务" in see(None, page).text
    assert f"{page}request/" in see(world.eve, page).links
    for person in (world.lin, world.ana, world.auditor):
        assert f"{page}request/" not in see(person, page).links
    answer = see(None, f"{page}request/")
    assert answer.headers["Location"] == f"/account/log-in/?next={page}request/"
    make_role(world.lin, Role.ORGANIZATION_MEMBER, organization=world.outside)
    assert f"{page}request/" in see(world.lin, page).links


def test_who_was_just_too_late_reads_where_the_request_stands(
    client_of: ClientOf, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = asked(world)

    def taken_by_a_colleague_first(*told: Any, **known: Any) -> Any:
        accepted(world, row)
        return own_take(*told, **known)

    own_take = request_steps.take
    monkeypatch.setattr("portal.views.requests.take", taken_by_a_colleague_first)
    page = take(client_of(world.lin), row, "decline", reason="no_time")
    assert page.status == 409
    assert "该申请目前为“已接受”" in page.text


@pytest.mark.parametrize("by", ["itself", "its group", "its zone"])
def test_the_provider_alone_reads_that_who_asks_is_not_served(see: See, world: World, by: str) -> None:
    row, told = asked(world), "不服务的单位与园区"
    assert told not in see(world.lin, page_of(row)).text
    group = make_organization(name_zh="东方集团", zone=world.east)
    sister = make_organization(name_zh="东方封测", zone=world.east, parent=group)
    type(sister).plain.filter(pk=world.enterprise.pk).update(parent=group)
    named = {"itself": {"organization": world.enterprise}, "its group": {"organization": sister}}
    ResourceExclusion.plain.create(resource=row.resource, **named.get(by, {"zone": world.east}))
    assert told in see(world.lin, page_of(row)).text
    assert told not in see(world.eve, page_of(row)).text


def test_a_member_asks_and_lands_on_the_request(client_of: ClientOf, world: World) -> None:
    path, client = form_of(world), client_of(world.eve)
    page = Page.of(client.get(path))
    assert (page.status, page.headers["Cache-Control"]) == (200, "private, no-store")
    assert "每小时 400–500 元" in page.text
    row_page = Page.of(client.post(path, sent()))
    row = ServiceRequest.plain.get()
    assert row_page.headers["Location"] == page_of(row)
    assert (row.organization, row.quantity, row.hours, row.purpose) == (world.enterprise, 20, Decimal(2), PURPOSE)
    text = Page.of(client.get(page_of(row))).text
    assert "800–1,000 元" in text
    assert "等待提供方答复" in text
    assert "西山光学实验室" in text


@pytest.mark.parametrize("part", [True, False])
@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({"hours": "3", "purpose": "", "confirmed": ""}, "1,200–1,500 元"),
        ({"hours": ""}, "填写机时后可估算"),
        ({"wished_from": ""}, "填写起止日期"),
        ({"wished_to": "2020-01-01"}, "结束日不得早于开始日"),
    ],
)
def test_the_estimate_is_told_without_storing_or_complaining(
    client_of: ClientOf, world: World, changed: dict[str, str], expected: str, part: bool
) -> None:
    headers = {"hx-request": "true"} if part else {}
    answer = client_of(world.eve).post(form_of(world), sent(estimate="1", **changed), headers=headers)
    page = Page.of(answer)
    assert page.status == 200
    assert expected in page.text
    assert ("<html" in page.html) is not part
    if not part:
        assert 'value="20"' in page.html
        assert "没有提交" not in page.text
    assert not ServiceRequest.plain.exists()


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"purpose": ""}, "请填写此项"),
        ({"purpose": "请联系 13812345678"}, "疑为联系方式"),
        ({"confirmed": ""}, "请填写此项"),
        ({"kind": "consultation"}, "申请类型"),
        ({"wished_from": "2020-01-01"}, "不得早于今天"),
        ({"wished_to": "soon"}, "希望结束日"),
        ({"hours": "-1"}, "机时"),
        ({"quantity": "9" * 30}, "样品数"),
        ({"purpose": "坏\x00字"}, "用途"),
    ],
)
def test_what_will_not_do_comes_back_with_what_was_typed(
    client_of: ClientOf, world: World, changed: dict[str, str], told: str
) -> None:
    page = Page.of(client_of(world.eve).post(form_of(world), sent(**changed)))
    assert page.status == 400
    assert "没有提交" in page.text
    assert told in page.text
    assert not ServiceRequest.plain.exists()


def test_who_cannot_ask_is_told_what_to_do_instead(see: See, world: World) -> None:
    path = form_of(world)
    assert "请先注册单位" in see(world.ana, path).text
    assert "无需申请" in see(world.lin, path).text
    assert "已约满" in see(world.eve, form_of(world, name_zh="满", capacity=0)).text
    assert "不对外单位开放" in see(world.eve, form_of(world, name_zh="内", share_mode="内部")).text
    assert see(world.eve, form_of(world, name_zh="园", visibility="zone")).status == 404
    assert see(world.eve, path, more="1").status == 400


def test_who_belongs_to_two_organizations_says_for_which(client_of: ClientOf, world: World) -> None:
    make_role(world.eve, Role.ORGANIZATION_MEMBER, organization=world.outside)
    client, path = client_of(world.eve), form_of(world)
    assert Page.of(client.post(path, sent())).status == 400
    assert client.post(path, sent(organization=str(world.laboratory.public_id))).status_code == 400
    assert client.post(path, sent(organization=str(world.outside.public_id))).status_code == 302
    assert ServiceRequest.plain.get().organization == world.outside


def test_both_sides_lead_a_request_to_ratings(client_of: ClientOf, world: World) -> None:
    row, eve, lin = asked(world), client_of(world.eve), client_of(world.lin)
    assert take(lin, row, "question", text="样品多大？").status == 302
    assert "样品多大？" in Page.of(eve.get(page_of(row))).text
    day = today().isoformat()
    wishes = {"wished_from": day, "wished_to": day, "quantity": "", "hours": "4"}
    assert take(eve, row, "reply", text="6 英寸", **wishes).status == 302
    page = Page.of(lin.get(page_of(row)))
    assert "1,600–2,000 元" in page.text
    assert f'name="accept-agreed_from" value="{day}"' in page.html
    agreed = {"agreed_from": day, "agreed_to": day, "agreed_hours": "4", "agreed_fee": "1800", "text": "上午送样"}
    assert take(lin, row, "accept", **agreed).status == 302
    assert take(eve, row, "message", text="好的").status == 302
    record = {"started_on": day, "ended_on": day, "hours": "4", "quantity": "20", "fee": "1800", "result": "见报告"}
    assert take(lin, row, "record", **record).status == 302
    assert take(eve, row, "dispute", text="多算一小时").status == 302
    assert take(lin, row, "record", **(record | {"hours": "3"})).status == 302
    assert take(eve, row, "confirm").status == 302
    assert take(eve, row, "rate", stars="5", comment="及时").status == 302
    assert "及时" not in Page.of(lin.get(page_of(row))).text
    assert take(lin, row, "rate", stars="4", comment="").status == 302
    text = Page.of(lin.get(page_of(row))).text
    for words in ("及时", "1,800 元", "见报告", "上午送样", "多算一小时", "已完成"):
        assert words in text
    assert ServiceRecord.plain.get().hours == Decimal(3)
    assert ServiceRating.plain.count() == 2


def test_a_stale_step_and_a_refusal_lose_nothing_that_was_typed(client_of: ClientOf, world: World) -> None:
    row, lin = asked(world), client_of(world.lin)
    stale = {"step": "decline", "version": "7", "decline-reason": "price", "decline-text": "费用不足"}
    page = Page.of(lin.post(page_of(row), stale))
    assert page.status == 400
    assert "记录已被他人修改" in page.text
    assert "费用不足" in page.html
    page = take(lin, row, "accept", agreed_from="2020-01-01", agreed_to="2020-01-01", agreed_fee="5")
    assert (page.status, "不得早于今天" in page.text) == (400, True)
    assert take(lin, row, "decline", reason="", text="请加微信号 abcdef12").status == 400
    take(client_of(world.eve), row, "withdraw")
    page = take(lin, row, "decline", reason="price")
    assert (page.status, "目前为“已撤回”" in page.text) == (409, True)


@pytest.mark.parametrize("step", [*STEPS, "nonsense", ""])
@pytest.mark.parametrize("person", ["cy", "ana", "bo", "ops"])
def test_others_find_no_request_in_the_portal(client_of: ClientOf, world: World, person: str, step: str) -> None:
    row = asked(world)
    client = client_of(getattr(world, person))
    assert client.get(page_of(row)).status_code == 404
    assert client.post(page_of(row), {"step": step, "version": 1}).status_code == 404


@pytest.mark.parametrize("state", RequestState.values)
def test_a_page_offers_each_side_its_own_steps(see: See, world: World, state: str) -> None:
    row = make_request(resource=offered(world), organization=world.enterprise, state=state)
    if state in ("recorded", "disputed", "confirmed"):
        make_record(row)
    for person, side in ((world.eve, RequestSide.REQUESTER), (world.lin, RequestSide.PROVIDER)):
        html = see(person, page_of(row)).html
        found = {name for name in STEPS if f'name="step" value="{name}"' in html}
        assert all(STEPS[name].side in (None, side) for name in found)
        assert bool(found) == (state not in ("declined", "withdrawn", "expired", "cancelled"))


def test_lists_show_what_came_in_and_went_out_with_what_waits(see: See, world: World) -> None:
    row = asked(world)
    assert "1 份待办" in see(world.lin, "/my/").text
    assert "1 份待办" not in see(world.eve, "/my/").text
    page = see(world.lin, LIST)
    assert "东方微电子有限公司" in page.text
    assert page_of(row) in page.links
    assert page_of(row) in see(world.lin, LIST, side="received", state="waiting").links
    assert page_of(row) not in see(world.lin, LIST, side="sent").links
    assert page_of(row) in see(world.eve, LIST, state="open").links
    assert page_of(row) not in see(world.eve, LIST, state="waiting").links
    assert page_of(row) not in see(world.eve, LIST, state="ended").links
    question(world, row)
    assert page_of(row) in see(world.eve, LIST, state="waiting").links
    for wrong in ({"side": "both"}, {"state": "x"}, {"page": "0"}, {"page": "²"}, {"page": "99999"}, {"more": "1"}):
        assert see(world.eve, LIST, **wrong).status == 400
    assert see(None, LIST).status == 302
    assert see(world.ana, LIST).status == 404


def test_an_agreement_waits_for_its_record_from_its_last_day_on(see: See, world: World) -> None:
    row = accepted(world, asked(world), agreed_to=today() + timedelta(2))
    assert page_of(row) not in see(world.lin, LIST, side="received", state="waiting").links
    ServiceRequest.plain.update(agreed_to=today())
    assert page_of(row) in see(world.lin, LIST, side="received", state="waiting").links


def test_names_are_told_only_where_they_may_be_seen(see: See, world: World) -> None:
    hidden = make_organization(name_zh="朱雀隐名厂", zone=world.east, is_listed=False)
    row = make_request(resource=offered(world), organization=hidden)
    for path in (page_of(row), LIST):
        text = see(world.lin, path).text
        assert "朱雀" not in text
        assert "东方高新区的单位（未公开名称）" in text
    row = asked(world, offered(world, name_zh="改名前"))
    type(row.resource).plain.filter(pk=row.resource_id).update(name_zh="改名后", visibility="zone")
    for path in (page_of(row), LIST):
        text = see(world.eve, path).text
        assert "改名后" not in text
        assert "现已不对本单位显示" in text


def test_the_page_of_a_resource_tells_the_average_from_three_ratings_on(see: See, world: World) -> None:
    resource = offered(world, visibility="public")
    for stars in (5, 4, 4):
        assert "次评价" not in see(None, f"/resources/{resource.public_id}/").text
        row = make_request(resource=resource, organization=world.enterprise, state="confirmed")
        make_rating(row, RequestSide.REQUESTER, stars=stars, comment="白虎评语")
        make_rating(row, RequestSide.PROVIDER, stars=1)
    page = see(None, f"/resources/{resource.public_id}/")
    assert "4.3 分（3 次评价）" in page.text
    assert "白虎" not in page.text


def test_english_pages_hold_no_chinese_of_ours(see: See, world: World) -> None:
    row = served(world, offered(world, name_en="Defect inspection"))
    for person in (world.eve, world.lin):
        for path in (page_of(row), LIST, f"{LIST}?side=sent"):
            text = see(person, path.partition("?")[0], language="en").text
            assert "Waiting" in text or "Completed" in text or "No such" in text
            assert "申请" not in text


@pytest.mark.parametrize("count", [2, 19])
def test_pages_ask_the_database_no_more_for_many_than_for_few(client_of: ClientOf, world: World, count: int) -> None:
    resource = offered(world)
    for _number in range(count):
        row = make_request(resource=resource, organization=world.enterprise)
        make_entry(row)
    for _number in range(count):
        make_entry(row)
    client = client_of(world.lin)
    for path in (LIST, page_of(row)):
        client.get(path)
        with CaptureQueriesContext(connection) as found:
            assert client.get(path).status_code == 200
        assert len(found.captured_queries) <= MOST_STATEMENTS


def test_more_than_a_page_of_requests_is_turned_over(see: See, world: World) -> None:
    resource = offered(world)
    rows = [make_request(resource=resource, organization=world.enterprise) for _number in range(21)]
    assert page_of(rows[0]) not in see(world.eve, LIST).links
    assert page_of(rows[0]) in see(world.eve, LIST, page="2").links


def test_what_one_types_is_shown_as_text(client_of: ClientOf, world: World) -> None:
    row = recorded(world, accepted(world, asked(world, purpose="<script>alert(1)</script>")))
    take(client_of(world.lin), row, "message", text="<b>粗</b>")
    html = Page.of(client_of(world.eve).get(page_of(row))).html
    assert "<script>alert" not in html
    assert "<b>粗" not in html
    assert ServiceEntry.plain.filter(text="<b>粗</b>").exists()
