"""Exchanges in the portal: interest from a match to both consents, contacts on request, and what each side may read."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from matching.choices import ExchangeState as State
from matching.choices import Side
from matching.models import Consent, Cooperation, Disclosure, Exchange, Need
from portal.exchange_steps import STEPS
from tests.builders import make_contact, make_match, make_need, make_organization, make_resource, make_role, make_run
from tests.conftest import World
from tests.edges.portal.conftest import Page, See
from tests.exchanges import make_consent, make_exchange
from zones.choices import Role
from zones.models import Resource
from zones.scoping import today

ClientOf = Callable[[User | None], Client]
LIST = "/my/exchanges/"
PHONES = {Side.NEED: "13800000001", Side.RESOURCE: "13800000002"}
MOST_STATEMENTS = 30
ANSWERS = {"cooperation_zh": "委托检测二十片", "unclear_zh": "", "offer_zh": "样品与经费"}
TOLD = {
    "need": {"title_zh": "外延片检测", "title_en": "Wafer inspection", "summary_zh": "要无损"},
    "resource": {"name_zh": "检测平台", "name_en": "Inspection platform"},
}


def pair_of(world: World, **fields: Any) -> tuple[Need, Resource]:
    need = make_need(zone=world.east, organization=world.enterprise, title_zh="外延片检测")
    return need, make_resource(organization=world.laboratory, **fields)


def exchange_of(world: World, **fields: Any) -> Exchange:
    return make_exchange(*pair_of(world), **{"told": TOLD} | fields)


def disclosed(world: World, **fields: Any) -> Exchange:
    """Both have consented to be called by phone."""
    row = exchange_of(world, state=State.DISCLOSED, **fields)
    for side, owner in ((Side.NEED, world.enterprise), (Side.RESOURCE, world.laboratory)):
        contact = make_contact(owner, phone=PHONES[side])
        make_consent(row, side, contact=contact.public_id)
    return row


def page_of(row: Exchange) -> str:
    return f"{LIST}{row.public_id}/"


def take(client: Client, row: Exchange, step: str, **values: Any) -> Page:
    """Press the button of one step on the page as it stands."""
    row.refresh_from_db()
    data = {f"{step}-{name}": value for name, value in values.items()}
    return Page.of(client.post(page_of(row), {"step": step, "version": row.version, **data}))


def consent(client: Client, row: Exchange, owner: Any, **changed: Any) -> Page:
    contact = make_contact(owner, phone=PHONES[Side.NEED if owner == row.need.organization else Side.RESOURCE])
    values = {
        "contact": str(contact.public_id), "fields_shown": ["phone"], "purpose": "商谈检测委托", "text_version": "1",
        "valid_until": (today() + timedelta(90)).isoformat(), "agreed": "on",
    }  # fmt: skip
    return take(client, row, "consent", **(values | changed))


def steps_on(page: Page) -> set[str]:
    return {name for name in (*STEPS, "look") if f'name="step" value="{name}"' in page.html}


def test_interest_is_sent_from_a_match_of_a_need_and_leads_to_the_exchange(
    client_of: ClientOf, see: See, world: World
) -> None:
    need, resource = pair_of(world)
    make_match(need, resource)
    way = f"{LIST}new/?need={need.public_id}&resource={resource.public_id}"
    assert way in see(world.eve, f"/my/needs/{need.public_id}/").links
    client = client_of(world.eve)
    assert "回答三个问题" in Page.of(client.get(way)).text
    page = Page.of(client.post(way, ANSWERS))
    row = Exchange.plain.get()
    assert page.headers["Location"] == page_of(row)
    assert (row.asked_by_side, row.asker, row.offer_zh) == (Side.NEED, world.eve, "样品与经费")
    assert client.get(way).headers["Location"] == page_of(row)
    assert page_of(row) in see(world.eve, f"/my/needs/{need.public_id}/").links
    assert client.post(way, ANSWERS).status_code == 400


def test_the_resource_side_finds_fitting_needs_without_owner_or_budget_and_may_ask(
    client_of: ClientOf, see: See, world: World
) -> None:
    need, resource = pair_of(world)
    make_match(need, resource, score=0.9, told_score=0.3)
    page = see(world.lin, f"/my/resources/{resource.public_id}/")
    assert "外延片检测" in page.text
    assert ">30<" in page.html
    assert "东方微电子" not in page.text
    way = f"{LIST}new/?need={need.public_id}&resource={resource.public_id}"
    assert way in page.links
    assert client_of(world.lin).post(way, ANSWERS).status_code == 302
    assert Exchange.plain.get().asked_by_side == Side.RESOURCE


def test_from_the_page_of_the_other_one_chooses_what_of_ones_own(client_of: ClientOf, see: See, world: World) -> None:
    need, resource = pair_of(world)
    make_match(need, resource)
    way = f"{LIST}new/?resource={resource.public_id}"
    assert way in see(world.eve, f"/resources/{resource.public_id}/").links
    assert way not in see(world.lin, f"/resources/{resource.public_id}/").links
    client = client_of(world.eve)
    foreign = make_need(organization=world.laboratory)
    assert client.post(way, ANSWERS | {"need": str(foreign.public_id)}).status_code == 400
    assert client.post(way, ANSWERS | {"need": str(need.public_id)}).status_code == 302
    assert f"{LIST}new/?need={foreign.public_id}" in see(world.eve, f"/needs/{foreign.public_id}/").links
    assert "先登记资源" in see(world.eve, f"{LIST}new/", need=str(foreign.public_id)).text


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("请打 13812345678", "疑为联系方式"),
        ("东方微电子有限公司急需", "会透露需求单位"),
        ("", "请填写此项"),
        ("长" * 501, "500"),
    ],
)
def test_answers_that_tell_too_much_or_nothing_come_back(
    client_of: ClientOf, world: World, name: str, told: str
) -> None:
    need, resource = pair_of(world)
    make_match(need, resource)
    way = f"{LIST}new/?need={need.public_id}&resource={resource.public_id}"
    page = Page.of(client_of(world.eve).post(way, ANSWERS | {"cooperation_zh": name}))
    assert (page.status, told in page.text) == (400, True)
    assert not Exchange.plain.exists()


def test_what_is_not_ones_own_or_not_to_be_seen_leads_nowhere(see: See, world: World) -> None:
    need, resource = pair_of(world)
    both = {"need": str(need.public_id), "resource": str(resource.public_id)}
    make_role(world.cy, Role.ORGANIZATION_MEMBER, organization=world.outside)
    assert see(world.cy, f"{LIST}new/", **both).status == 404
    hidden = make_need(organization=world.enterprise, visibility="zone")
    assert see(world.cy, f"{LIST}new/", need=str(hidden.public_id)).status == 404
    assert see(world.eve, f"{LIST}new/", need="x").status == 404
    assert see(world.eve, f"{LIST}new/", need=str(need.public_id)).status == 400
    assert see(world.eve, f"{LIST}new/").status == 400
    assert see(None, f"{LIST}new/", **both).status == 302
    assert see(world.ana, f"{LIST}new/", **both).status == 404


def test_two_sides_go_from_interest_to_contacts_and_back(client_of: ClientOf, world: World) -> None:
    row, eve, lin = exchange_of(world), client_of(world.eve), client_of(world.lin)
    make_run()
    page = Page.of(lin.get(page_of(row)))
    assert "请答复" in page.text
    assert "东方微电子" not in page.text
    assert "东方高新区的单位（双方同意后可见名称）" in page.text
    assert take(lin, row, "accept", words="可以排期").status == 302
    assert "可以排期" in Page.of(eve.get(page_of(row))).text
    assert consent(eve, row, world.enterprise).status == 302
    for client in (eve, lin):
        page = take(client, row, "look")
        assert (page.status, "双方都同意后才能查看" in page.text) == (409, True)
        assert not any(phone in page.html for phone in PHONES.values())
    assert consent(lin, row, world.laboratory).status == 302
    page = Page.of(lin.get(page_of(row)))
    assert "东方微电子有限公司" in page.text
    assert PHONES[Side.NEED] not in page.html
    assert not Disclosure.plain.exists()
    page = take(lin, row, "look")
    assert (page.status, page.headers["Cache-Control"], PHONES[Side.NEED] in page.text) == (
        200,
        "private, no-store",
        True,
    )
    assert (Disclosure.plain.get().user, "查看对方联系方式" in Page.of(eve.get(page_of(row))).text) == (world.lin, True)
    assert take(eve, row, "withdraw").status == 302
    page = take(lin, row, "look")
    assert (page.status, PHONES[Side.NEED] in page.html) == (409, False)
    text = Page.of(lin.get(page_of(row))).text
    assert "东方微电子" not in text
    assert "撤回同意" in text
    assert take(eve, row, "give_up", reason="price", words="费用偏高").status == 302
    page = Page.of(lin.get(page_of(row)))
    assert "费用未谈拢" in page.text
    assert steps_on(page) == set()


def test_a_decline_needs_its_reason_and_a_recall_none(client_of: ClientOf, world: World) -> None:
    row = exchange_of(world)
    lin = client_of(world.lin)
    assert take(lin, row, "decline", reason="", words="").status == 400
    assert take(lin, row, "decline", reason="capacity", words="请加微信号 abcdef12").status == 400
    assert take(lin, row, "decline", reason="capacity", words="下季度再看").status == 302
    assert "暂无承接能力 · 下季度再看" in Page.of(client_of(world.eve).get(page_of(row))).text
    other = make_exchange(row.need, make_resource(organization=world.laboratory))
    assert take(client_of(world.eve), other, "recall").status == 302
    page = take(lin, other, "accept")
    assert (page.status, "目前为“已撤回意向”" in page.text) == (409, True)


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"text_version": "0"}, "同意书已更新"),
        ({"agreed": ""}, "请填写此项"),
        ({"fields_shown": []}, "请填写此项"),
        ({"contact": "11111111-1111-4111-8111-111111111111"}, "由谁联系"),
        ({"valid_until": "2020-01-01"}, "不能早于今天"),
        ({"purpose": "打 13812345678"}, "疑为联系方式"),
    ],
)
def test_a_consent_that_will_not_do_comes_back(
    client_of: ClientOf, world: World, changed: dict[str, Any], told: str
) -> None:
    row = exchange_of(world, state=State.CONSENT_PENDING)
    page = consent(client_of(world.eve), row, world.enterprise, **changed)
    assert (page.status, told in page.text) == (400, True)
    assert not Consent.plain.exists()


def test_who_has_no_contact_on_record_adds_one_and_consents(client_of: ClientOf, world: World) -> None:
    row, eve = exchange_of(world, state=State.CONSENT_PENDING), client_of(world.eve)
    assert "请先在下面补登" in Page.of(eve.get(page_of(row))).text
    assert take(eve, row, "contact", title="技术部", person_name="", phone="", email="").status == 400
    assert take(eve, row, "contact", title="技术部", person_name="李工", phone="13812345678", email="").status == 302
    page = Page.of(eve.get(page_of(row)))
    assert "技术部 · 李* · 138****5678" in page.text
    assert "13812345678" not in page.html


@pytest.mark.parametrize("state", State.values)
def test_a_page_offers_each_side_its_own_steps(see: See, world: World, state: str) -> None:
    ended = {
        "ended_at": "2026-11-01T00:00Z",
        "exit_side": "need",
        "exit_reason": "price" if state in ("declined", "failed") else "",
    }
    is_end = state in ("declined", "recalled", "expired", "superseded", "failed")
    row = exchange_of(world, state=state, **(ended if is_end else {}))
    asking, asked = steps_on(see(world.eve, page_of(row))), steps_on(see(world.lin, page_of(row)))
    asked_now, said = {"contact"}, {"message", "meeting", "file", "next"}
    talking = asked_now | said | {"give_up"}
    expected = {
        "interest_sent": ({"recall"}, {"accept", "decline"}), "agreed": (asked_now | said,) * 2,
        "consent_pending": (asked_now | {"give_up"},) * 2, "disclosed": (talking,) * 2, "negotiating": (talking,) * 2,
    }  # fmt: skip
    shown = [{step for step in steps if step != "consent"} for steps in (asking, asked)]
    assert shown == [set(steps) - {"consent"} for steps in expected.get(state, (set(), set()))]


@pytest.mark.parametrize("person", ["cy", "ana", "bo", "ops", "auditor"])
def test_others_find_no_exchange_in_the_portal(client_of: ClientOf, world: World, person: str) -> None:
    row, client = disclosed(world), client_of(getattr(world, person))
    assert client.get(page_of(row)).status_code == 404
    for step in (*STEPS, "look", "nonsense"):
        assert client.post(page_of(row), {"step": step, "version": 1}).status_code == 404
    assert not Disclosure.plain.exists()


def test_the_list_has_what_waits_first_with_its_term(see: See, world: World) -> None:
    late, soon = today() + timedelta(9), today() + timedelta(1)
    talking = disclosed(world)
    for_lin = exchange_of(world, answer_due_on=late, remind_on=soon)
    sooner = exchange_of(world, answer_due_on=soon, remind_on=soon)
    over = exchange_of(world, state=State.RECALLED, ended_at="2026-11-01T00:00Z")
    page = see(world.lin, LIST)
    found = [link for link in page.links if link.startswith(LIST) and link != LIST]
    assert found == [page_of(row) for row in (sooner, for_lin, talking, over)]
    assert f"应于 {soon.isoformat()} 前答复" in page.text
    assert "2 项待办" in see(world.lin, "/my/").text
    assert "0 项待办" in see(world.eve, "/my/").text
    assert page_of(talking) not in see(world.lin, LIST, state="waiting").links
    assert page_of(over) in see(world.lin, LIST, state="ended").links
    for wrong in ({"state": "x"}, {"page": "0"}, {"page": "²"}, {"more": "1"}):
        assert see(world.eve, LIST, **wrong).status == 400
    assert see(None, LIST).status == 302
    assert see(world.ana, LIST).status == 404


def test_a_list_and_a_page_tell_what_was_told_then_not_what_is_hidden_now(see: See, world: World) -> None:
    row = exchange_of(world)
    Need.plain.update(title_zh="玄武改题", visibility="zone")
    Resource.plain.update(name_zh="玄武改名", visibility="zone")
    for person, hidden in ((world.lin, "玄武改题"), (world.eve, "玄武改名")):
        for path in (LIST, page_of(row)):
            page = see(person, path)
            assert "外延片检测" in page.text
            assert "检测平台" in page.text
            assert hidden not in page.html
    lost = exchange_of(world, told={})
    Need.plain.update(visibility="sealed")
    assert "现已不对本单位显示" in see(world.lin, page_of(lost)).text


def test_an_unlisted_provider_is_named_after_both_consents_only(see: See, world: World) -> None:
    hidden = make_organization(name_zh="朱雀隐名所", zone=world.west, is_listed=False)
    need = make_need(zone=world.east, organization=world.enterprise)
    row = make_exchange(need, make_resource(organization=hidden), state=State.CONSENT_PENDING, told=TOLD)
    assert "朱雀" not in see(world.eve, page_of(row)).html
    for side in Side:
        make_consent(row, side)
    Exchange.plain.update(state=State.DISCLOSED)
    assert "朱雀隐名所" in see(world.eve, page_of(row)).text


def test_english_pages_hold_no_chinese_of_ours(see: See, world: World) -> None:
    disclosed(world)
    row = exchange_of(world)
    assert "Wafer inspection" in see(world.lin, LIST, language="en").text
    for person in (world.eve, world.lin):
        for path in (LIST, page_of(row), page_of(disclosed(world)), f"{LIST}new/?need={row.need.public_id}"):
            text = see(person, path, language="en").text
            assert re.findall("[一-鿿]*(?:对接|意向|同意|联系|工作日)[一-鿿]*", text) == []


@pytest.mark.parametrize("count", [2, 19])
def test_pages_ask_the_database_no_more_for_many_than_for_few(client_of: ClientOf, world: World, count: int) -> None:
    for _number in range(count):
        row = disclosed(world)
        exchange_of(world)
    client = client_of(world.lin)
    for path in (LIST, page_of(row)):
        client.get(path)
        with CaptureQueriesContext(connection) as found:
            assert client.get(path).status_code == 200
        assert len(found.captured_queries) <= MOST_STATEMENTS


def test_what_one_types_is_shown_as_text(see: See, world: World) -> None:
    row = exchange_of(world, cooperation_zh="<script>alert(1)</script>", answer_zh="<b>粗</b>")
    html = see(world.lin, page_of(row)).html
    assert "<script>alert" not in html
    assert "<b>粗" not in html


def test_one_side_proposes_an_agreement_and_the_other_confirms_it(client_of: ClientOf, world: World) -> None:
    row = disclosed(world)
    eve, lin = client_of(world.eve), client_of(world.lin)
    told = {"kind": "project", "title_zh": "外延片缺陷检测", "signed_on": "2026-03-02", "contract_sum": "1200000"}
    assert "不能晚于今天" in take(eve, row, "propose", **told | {"signed_on": "2027-01-01"}).html
    take(eve, row, "propose", **told)
    agreement = Cooperation.plain.get()
    asked = Page.of(lin.get(page_of(row)))
    assert {"agree", "return"} <= steps_on(asked)
    assert "1,200,000.00" in asked.html
    waits = steps_on(Page.of(eve.get(page_of(row))))
    assert "take_back" in waits
    assert not {"agree", "propose"} & waits
    assert "已被他人修改" in take(lin, row, "agree", read=agreement.version + 1).html
    take(lin, row, "return", read=agreement.version, words="金额应为 130 万元")
    take(eve, row, "propose", **told | {"contract_sum": "1300000"})
    agreement = Cooperation.plain.latest("pk")
    take(lin, row, "agree", read=agreement.version)
    agreement.refresh_from_db()
    row.refresh_from_db()
    assert (agreement.state, agreement.confirmed_by, row.state) == ("agreed", "parties", State.AGREED)
    assert not {"agree", "propose", "take_back"} & steps_on(Page.of(lin.get(page_of(row))))
