"""Exchanges in the back office: both zones read them, each acts for its own side, contacts only after both consents."""

from datetime import timedelta
from typing import Any

import pytest

from accounts.models import User
from matching.choices import ExchangeState, NeedState, Side
from matching.models import Booking, Consent, Disclosure, Exchange, ExchangeStep, Need
from tests.builders import make_contact, make_match, make_need, make_organization, make_resource, make_run, make_staff
from tests.conftest import World
from tests.edges.backoffice.conftest import Browse
from tests.exchanges import make_consent, make_exchange
from tests.shortlists import make_shortlisting
from zones.models import Resource
from zones.scoping import today

PHONES = {Side.NEED: "13912345671", Side.RESOURCE: "13912345672"}
LIST = "/office/matching/exchange/"
PANELS = ("accept", "decline", "consent-need", "consent-resource", "give-up")
STEPS = ("recall", "withdraw-need", "withdraw-resource")


@pytest.fixture
def need(world: World) -> Need:
    return make_need(organization=world.enterprise, title_zh="外延片缺陷检测", visibility="national")


@pytest.fixture
def resource(world: World) -> Resource:
    return make_resource(organization=world.laboratory, name_zh="缺陷检测仪", visibility="national")


@pytest.fixture
def waiting(need: Need, resource: Resource) -> Exchange:
    """East's need has asked West's resource; the platform has matched before."""
    make_run()
    return make_exchange(need, resource)


def page_of(row: Exchange) -> str:
    return f"{LIST}{row.public_id}/change/"


def send(client: Any, row: Exchange, name: str, kind: str = "panels", **values: Any) -> str:
    """Submit one panel or step with the version of now; the page that follows, as text."""
    row.refresh_from_db()
    answer = client.post(f"{LIST}{row.public_id}/{kind}/{name}/", {"version": row.version, **values}, follow=True)
    row.refresh_from_db()
    text: str = answer.content.decode()
    return text


def consent_of(row: Exchange, side: Side) -> dict[str, Any]:
    """What the form of a side's consent is filled in with."""
    owner = (row.need if side == Side.NEED else row.resource).organization
    return {
        "contact": make_contact(owner, phone=PHONES[side]).public_id, "fields_shown": ["phone"],
        "purpose": "商谈检测", "text_version": 1,
        "valid_until": (today() + timedelta(30)).isoformat(), "basis": "函件甲号", "agreed": "on",
    }  # fmt: skip


def test_an_interest_is_expressed_from_the_matches_with_three_answers(
    world: World, browse: Browse, need: Need, resource: Resource
) -> None:
    make_match(need, resource)
    make_shortlisting(need, resource)
    url, client = f"{LIST}interest/{need.public_id}/{resource.public_id}/need/", browse(world.ana)
    for page in ("", f"side-by-side/?with={resource.public_id}&with={_another(world, need)}"):
        assert url in client.get(f"/office/matching/need/{need.public_id}/matches/{page}").content.decode()
    assert "希望怎样合作" in client.get(url).content.decode()
    assert "请填写此项" in client.post(url, {"offer_zh": "样品"}).content.decode()
    assert Exchange.plain.count() == 0
    words = {"cooperation_zh": "委托检测", "unclear_zh": "样品多大？", "offer_zh": "样品与经费"}
    assert "意向已发出" in client.post(url, words, follow=True).content.decode()
    row = Exchange.plain.get()
    assert (row.asked_by_side, row.asker, row.unclear_zh) == ("need", world.ana, "样品多大？")
    assert "对接：待答复" in client.get(f"/office/matching/need/{need.public_id}/matches/").content.decode()
    assert "双方已在对接中" in client.get(url, follow=True).content.decode()
    assert "双方已在对接中" in client.post(url, words).content.decode()


def _another(world: World, need: Need) -> Any:
    other = make_resource(organization=world.laboratory, visibility="national")
    make_match(need, other, rank=2)
    return other.public_id


def test_the_side_of_a_resource_asks_too(world: World, browse: Browse, need: Need, resource: Resource) -> None:
    make_match(need, resource)
    url, client = f"{LIST}interest/{need.public_id}/{resource.public_id}/resource/", browse(world.bo)
    assert url in client.get(f"/office/zones/resource/{resource.public_id}/needs/").content.decode()
    client.post(url, {"cooperation_zh": "检测服务", "offer_zh": "设备机时"})
    assert Exchange.plain.get().asked_by_side == Side.RESOURCE


@pytest.mark.parametrize("person", ["bo", "cy", "auditor", "secretariat"])
def test_nobody_asks_for_a_side_that_is_not_theirs(
    world: World, browse: Browse, need: Need, resource: Resource, person: str
) -> None:
    client, words = browse(getattr(world, person)), {"cooperation_zh": "甲", "offer_zh": "乙"}
    url = f"{LIST}interest/{need.public_id}/{resource.public_id}/"
    assert client.get(f"{url}need/").status_code == client.post(f"{url}need/", words).status_code == 404
    assert client.get(f"{url}both/").status_code == 404
    Need.plain.filter(pk=need.pk).update(state=NeedState.PAUSED)
    assert url not in client.get(f"/office/matching/need/{need.public_id}/matches/").content.decode()
    assert Exchange.plain.count() == 0


def test_from_an_interest_to_contacts_and_back(world: World, browse: Browse, waiting: Exchange) -> None:
    ana, bo = browse(world.ana), browse(world.bo)
    assert "已预留" in send(bo, waiting, "accept", words="可以做")
    assert (waiting.state, waiting.answer_zh, Booking.plain.count()) == (ExchangeState.CONSENT_PENDING, "可以做", 1)
    assert "请写明依据" in send(ana, waiting, "consent-need", **consent_of(waiting, Side.NEED) | {"basis": ""})
    send(ana, waiting, "consent-need", **consent_of(waiting, Side.NEED))
    text = bo.get(page_of(waiting)).content.decode()
    assert "东方微电子" not in text
    assert "函件甲号" not in text
    assert "登记同意" in text
    contact = f"{LIST}{waiting.public_id}/contact/"
    assert "双方都同意后" in bo.post(contact, {"side": "resource"}).content.decode()
    assert Disclosure.plain.count() == 0
    send(bo, waiting, "consent-resource", **consent_of(waiting, Side.RESOURCE))
    assert waiting.state == ExchangeState.DISCLOSED
    read = bo.get(page_of(waiting)).content.decode()
    assert "东方微电子有限公司" in read
    assert PHONES[Side.NEED] not in read
    shown = bo.post(contact, {"side": "resource"})
    assert PHONES[Side.NEED] in shown.content.decode()
    assert "no-store" in shown["Cache-Control"]
    assert [(row.user, row.side) for row in Disclosure.plain.all()] == [(world.bo, "resource")]
    send(ana, waiting, "withdraw-need", kind="steps")
    assert waiting.state == ExchangeState.CONSENT_PENDING
    assert PHONES[Side.NEED] not in bo.post(contact, {"side": "resource"}).content.decode()
    assert "东方微电子" not in bo.get(page_of(waiting)).content.decode()
    assert "请填写此项" in send(bo, waiting, "give-up", reason="")
    send(bo, waiting, "give-up", reason="price", words="预算不足")
    assert (waiting.state, waiting.exit_reason, waiting.exit_side) == (ExchangeState.FAILED, "price", "resource")
    assert Booking.plain.get().released_at is not None


def test_an_interest_is_declined_with_a_reason_or_taken_back(
    world: World, browse: Browse, need: Need, waiting: Exchange
) -> None:
    assert "请填写此项" in send(browse(world.bo), waiting, "decline", reason="")
    send(browse(world.bo), waiting, "decline", reason="capacity", words="排期已满")
    assert (waiting.state, waiting.exit_reason) == (ExchangeState.DECLINED, "capacity")
    row = make_exchange(need, make_resource(organization=world.laboratory))
    send(browse(world.ana), row, "recall", kind="steps")
    assert row.state == ExchangeState.RECALLED


def test_a_step_on_what_has_moved_since_it_was_read_is_refused(world: World, browse: Browse, waiting: Exchange) -> None:
    Exchange.plain.filter(pk=waiting.pk).update(version=7)
    client = browse(world.bo)
    for version in ("1", "", "x"):
        values = {"version": version, "reason": "price"}
        client.post(f"{LIST}{waiting.public_id}/panels/decline/", values)
        client.post(f"{LIST}{waiting.public_id}/panels/accept/", values)
    browse(world.ana).post(f"{LIST}{waiting.public_id}/steps/recall/", {"version": "1"})
    waiting.refresh_from_db()
    assert (waiting.state, waiting.version) == (ExchangeState.INTEREST_SENT, 7)


@pytest.mark.parametrize("person", ["ana", "auditor", "cy", "secretariat", "eve", "lin"])
def test_only_the_zone_that_was_asked_answers(world: World, browse: Browse, waiting: Exchange, person: str) -> None:
    client, values = browse(getattr(world, person)), {"version": 1, "reason": "price", "words": "甲"}
    for name in ("accept", "decline"):
        assert client.post(f"{LIST}{waiting.public_id}/panels/{name}/", values).status_code in (302, 404)
    assert client.get(page_of(waiting)).status_code == {"ana": 200, "auditor": 200, "eve": 302, "lin": 302}.get(
        person, 404
    )
    waiting.refresh_from_db()
    assert waiting.version == 1


def test_an_auditor_reads_and_does_nothing(world: World, browse: Browse, waiting: Exchange) -> None:
    client, text = browse(world.auditor), browse(world.auditor).get(page_of(waiting)).content.decode()
    assert "外延片缺陷检测" in text
    assert "panels/" not in text
    assert "steps/" not in text
    for name in PANELS:
        assert client.post(f"{LIST}{waiting.public_id}/panels/{name}/", {"version": 1}).status_code == 404
    for name in STEPS:
        assert client.post(f"{LIST}{waiting.public_id}/steps/{name}/", {"version": 1}).status_code == 404
    assert client.post(f"{LIST}{waiting.public_id}/contact/").status_code == 200
    assert (ExchangeStep.plain.count(), Disclosure.plain.count()) == (1, 0)


def test_who_acted_is_told_to_their_own_side_only(world: World, browse: Browse, waiting: Exchange) -> None:
    somebody = make_staff(world.west, username="someone")
    User.objects.filter(pk=somebody.pk).update(display_name="西山经办人")
    send(browse(somebody), waiting, "decline", reason="other")
    assert "西山经办人" in browse(world.bo).get(page_of(waiting)).content.decode()
    assert "西山经办人" not in browse(world.ana).get(page_of(waiting)).content.decode()
    assert browse(world.ana).get(f"{LIST}{waiting.public_id}/history/").status_code == 404


def test_what_is_due_is_counted_on_the_first_page_and_listed(
    world: World, browse: Browse, need: Need, waiting: Exchange
) -> None:
    day = today()
    soon = {"remind_on": day, "answer_due_on": day + timedelta(1)}
    late = {"remind_on": day - timedelta(2), "answer_due_on": day, "escalated_on": day}
    for terms in (soon, late):
        make_exchange(need, make_resource(organization=world.laboratory), **terms)
    make_exchange(
        need, make_resource(organization=world.laboratory), state="declined", exit_reason="price", exit_side="resource",
        ended_at=waiting.sent_at, **late,
    )  # fmt: skip
    pending = make_exchange(need, make_resource(organization=world.laboratory), state="consent_pending")
    make_consent(pending, Side.NEED)
    counts = {}
    for person in ("bo", "ana", "auditor", "cy", "secretariat"):
        cards = browse(getattr(world, person)).get("/office/").context["cards"]
        counts[person] = [card["count"] for card in cards if "turn=" in card["url"] and "exchange" in card["url"]]
    none = [0, 0, 0, 0]
    assert counts == {"bo": [3, 1, 1, 1], "ana": none, "auditor": none, "cy": none, "secretariat": []}
    client = browse(world.bo)
    asked = {"turn=answer": 3, "turn=soon": 1, "turn=overdue": 1, "turn=consent": 1, "turn=theirs": 0, "": 5}
    asked |= {"state=declined": 1, "side=need": 0, "side=resource": 5, "zone=east": 5, "zone=far": 0}
    asked |= {"association=alliance": 5, "q=缺陷检测仪": 1, "q=无此词": 0}
    told = {query: client.get(f"{LIST}?{query}").context["cl"].result_count for query in asked}
    assert told == asked
    assert browse(world.ana).get(f"{LIST}?turn=theirs").context["cl"].result_count == 1
    overdue = Exchange.plain.get(escalated_on=day, state="interest_sent")
    assert "请尽快接受或谢绝" in client.get(page_of(overdue)).content.decode()
    text = browse(world.ana).get(page_of(overdue)).content.decode()
    assert "可联系对方园区催办" in text
    assert "到期未答复，已告知其园区" in text


def test_one_broker_of_both_sides_says_for_which_he_acts(world: World, browse: Browse, need: Need) -> None:
    resource = make_resource(organization=make_organization(zone=world.east))
    row, client = make_exchange(need, resource), browse(world.ana)
    make_run()
    send(client, row, "accept")
    for side in Side:
        send(client, row, f"consent-{side}", **consent_of(row, side))
    assert Consent.plain.count() == 1
    assert "代表哪一方" in send(client, row, "give-up", reason="price")
    send(client, row, "give-up", reason="price", side="need")
    assert row.exit_side == Side.NEED


def test_a_name_that_was_changed_or_closed_since_is_not_told(
    world: World, browse: Browse, need: Need, waiting: Exchange
) -> None:
    Need.plain.filter(pk=need.pk).update(title_zh="朱雀改名", visibility="zone", state=NeedState.DRAFT)
    client = browse(world.bo)
    for url in (LIST, page_of(waiting)):
        text = client.get(url).content.decode()
        assert "外延片缺陷检测" in text
        assert "朱雀" not in text
    assert client.get(f"{LIST}?q=朱雀").context["cl"].result_count == 0
