"""Requests for service in the back office: counted on the first page, read by both zones, answered by one."""

from decimal import Decimal
from typing import Any

import pytest

from tests.builders import make_organization
from tests.conftest import World
from tests.edges.backoffice.conftest import Browse
from tests.requests import accepted, asked, make_rating, make_request, offered, recorded, served
from zones.choices import RequestSide
from zones.models import ResourceExclusion, ServiceEntry, ServiceRating, ServiceRecord, ServiceRequest
from zones.scoping import today

LIST = "/office/zones/servicerequest/"


def page_of(row: ServiceRequest) -> str:
    return f"{LIST}{row.public_id}/change/"


def send(client: Any, row: ServiceRequest, panel: str, **values: Any) -> str:
    """Submit one panel with the version of now; the page that follows, as text."""
    row.refresh_from_db()
    url = f"{LIST}{row.public_id}/panels/{panel}/"
    answer = client.post(url, {"version": row.version, **values}, follow=True)
    text: str = answer.content.decode()
    return text


def test_the_first_page_counts_what_waits_for_the_zone_of_the_resource(world: World, browse: Browse) -> None:
    resource = offered(world)
    for state in ("sent", "questioned", "disputed", "confirmed"):
        make_request(resource=resource, organization=world.enterprise, state=state)
    make_request(resource=resource, organization=world.enterprise, state="accepted", due_on="2020-01-02")
    found = {}
    for person in ("bo", "ana", "auditor", "cy", "secretariat"):
        cards = browse(getattr(world, person)).get("/office/").context["cards"]
        found[person] = [(card["count"], card["hint"]) for card in cards if "servicerequest" in card["url"]]
    calm = "答复申请，或登记已完成的服务"
    assert found == {
        "bo": [(3, "其中 1 份已逾期")], "ana": [(0, calm)], "auditor": [(0, calm)], "cy": [(0, calm)], "secretariat": []
    }  # fmt: skip
    client = browse(world.bo)
    for query, count in (("turn=waiting", 3), ("turn=late", 1), ("state=sent", 1), ("kind=visit", 0), ("", 5)):
        assert client.get(f"{LIST}?{query}").context["cl"].result_count == count


def test_both_zones_read_and_the_lists_say_who_answers(world: World, browse: Browse) -> None:
    row = asked(world)
    for person, answering, asking in (("bo", 1, 0), ("ana", 0, 1), ("auditor", 0, 1), ("cy", 0, 0)):
        client = browse(getattr(world, person))
        assert client.get(f"{LIST}?role=answering").context["cl"].result_count == answering
        assert client.get(f"{LIST}?role=asking").context["cl"].result_count == asking
        assert client.get(page_of(row)).status_code == (200 if answering + asking else 404)
    text = browse(world.bo).get(page_of(row)).content.decode()
    for words in ("东方微电子有限公司", "外延片缺陷检测仪", "估算 800–1,000 元", "接受申请", "缺陷分布图"):
        assert words in text
    assert "panels/" not in browse(world.ana).get(page_of(row)).content.decode()


def test_the_zone_answers_records_and_rates_for_who_provides(world: World, browse: Browse) -> None:
    row, client, day = asked(world), browse(world.bo), today().isoformat()
    assert "请填写此项" in send(client, row, "question", text="")
    assert "样品多大？" in send(client, row, "question", text="样品多大？")
    agreed = {"agreed_from": day, "agreed_to": day, "agreed_hours": "2", "agreed_fee": "900", "text": ""}
    assert "疑为联系方式" in send(client, row, "accept", **(agreed | {"text": "电话 13812345678"}))
    assert "约定 900 元" in send(client, row, "accept", **agreed)
    record = {"started_on": day, "ended_on": day, "hours": "2", "quantity": "20", "fee": "880", "result": "见报告"}
    assert "见报告" in send(client, row, "record", **record)
    send(client, row, "message", text="请确认")
    assert (ServiceRecord.plain.get().fee, ServiceEntry.plain.latest("pk").text) == (Decimal(880), "请确认")
    assert {entry.side for entry in ServiceEntry.plain.exclude(kind="sent")} == {"provider"}
    other = served(world, offered(world, name_zh="另一台"))
    send(client, other, "rate", stars="4", comment="配合")
    assert ServiceRating.plain.get().side == RequestSide.PROVIDER


@pytest.mark.parametrize(("panel", "state"), [("decline", "declined"), ("cancel", "cancelled")])
def test_no_and_no_more_have_their_reasons(world: World, browse: Browse, panel: str, state: str) -> None:
    row = asked(world)
    if panel == "cancel":
        accepted(world, row)
    client = browse(world.bo)
    assert "请填写此项" in send(client, row, panel, reason="")
    send(client, row, panel, reason="out_of_order", text="设备检修")
    row.refresh_from_db()
    assert (row.state, row.reason, row.ended_side) == (state, "out_of_order", RequestSide.PROVIDER)


@pytest.mark.parametrize("version", ["", "7", "x"])
def test_what_was_moved_since_it_was_read_is_not_answered(world: World, browse: Browse, version: str) -> None:
    row = asked(world)
    url = f"{LIST}{row.public_id}/panels/decline/"
    browse(world.bo).post(url, {"version": version, "reason": "price"})
    row.refresh_from_db()
    assert row.state == "sent"


@pytest.mark.parametrize("person", ["ana", "auditor", "cy", "secretariat", "eve", "lin"])
def test_others_answer_nothing_here(world: World, browse: Browse, person: str) -> None:
    row, client = asked(world), browse(getattr(world, person))
    for panel in ("accept", "question", "decline", "record", "cancel", "rate", "message"):
        values = {"version": 1, "reason": "price", "text": "甲", "stars": "1"}
        assert client.post(f"{LIST}{row.public_id}/panels/{panel}/", values).status_code in (302, 404)
    row.refresh_from_db()
    assert (row.state, row.version, ServiceEntry.plain.count()) == ("sent", 1, 1)


def test_names_and_ratings_are_told_only_where_they_may_be_seen(world: World, browse: Browse) -> None:
    hidden = make_organization(name_zh="朱雀隐名厂", zone=world.east, is_listed=False)
    row = make_request(resource=offered(world), organization=hidden, state="confirmed")
    make_rating(row, RequestSide.REQUESTER, comment="白虎评语")
    client = browse(world.bo)
    for url in (LIST, page_of(row)):
        text = client.get(url).content.decode()
        assert "朱雀" not in text
        assert "白虎" not in text
        assert "东方高新区的单位（未公开名称）" in text
    make_rating(row, RequestSide.PROVIDER)
    assert "白虎评语" in client.get(page_of(row)).content.decode()
    row = recorded(world, accepted(world, asked(world, offered(world, name_zh="改名前"))))
    type(row.resource).plain.filter(pk=row.resource_id).update(name_zh="改名后", visibility="zone")
    assert "改名后" not in browse(world.ana).get(page_of(row)).content.decode()


def test_the_staff_who_answer_read_that_who_asks_is_not_served(world: World, browse: Browse) -> None:
    row, told = asked(world), "不服务的单位与园区"
    ResourceExclusion.plain.create(resource=row.resource, organization=world.enterprise)
    assert told in browse(world.bo).get(page_of(row)).content.decode()
    assert told not in browse(world.ana).get(page_of(row)).content.decode()


def test_the_name_of_a_resource_that_was_hidden_since_is_on_no_page(world: World, browse: Browse) -> None:
    row = asked(world)
    type(row.resource).plain.filter(pk=row.resource_id).update(visibility="zone")
    client = browse(world.ana)
    for path in (page_of(row), LIST, page_of(row).replace("change", "history")):
        assert "外延片缺陷检测仪" not in client.get(path).content.decode()
    assert "外延片缺陷检测仪" in browse(world.bo).get(page_of(row)).content.decode()


def test_hours_have_no_needless_digits_and_none_is_not_zero(world: World, browse: Browse) -> None:
    row = served(world)
    page = browse(world.bo).get(page_of(row)).content.decode()
    assert "2.00" not in page
    assert "1.50" not in page
    ServiceRecord.plain.update(quantity=0, hours=None)
    (table,) = [one for one in browse(world.bo).get(page_of(row)).context["tables"] if one["title"] == "服务记录"]
    assert table["rows"][0][2:4] == ["—", "0"]
