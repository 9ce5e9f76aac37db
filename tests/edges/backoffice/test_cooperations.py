"""Cooperations in the back office: proposed, confirmed across zones or by a document, moved on to their end."""

from typing import Any

import pytest
from django.test import Client

from matching.choices import CooperationState as State
from matching.choices import ExchangeState, Side
from matching.models import Cooperation, CooperationAmount, CooperationMilestone, CooperationParty, Exchange
from tests.builders import make_need, make_resource
from tests.conftest import World
from tests.cooperations import ENDED, SIGNED, make_amount, make_contract, make_cooperation, make_milestone
from tests.edges.backoffice.conftest import Browse, body_of
from tests.events import make_event
from tests.exchanges import make_consent, make_exchange

LIST = "/office/matching/cooperation/"


def page(row: Cooperation) -> str:
    return f"{LIST}{row.public_id}/change/"


def send(client: Client, row: Cooperation, name: str, kind: str = "panels", **values: Any) -> str:
    row.refresh_from_db()
    answer = client.post(f"{LIST}{row.public_id}/{kind}/{name}/", {"version": row.version, **values}, follow=True)
    row.refresh_from_db()
    return answer.content.decode()


def rows_of(prefix: str, *rows: dict[str, Any]) -> dict[str, Any]:
    posted = {f"{prefix}-TOTAL_FORMS": len(rows), f"{prefix}-INITIAL_FORMS": 0}
    return posted | {f"{prefix}-{n}-{name}": value for n, row in enumerate(rows) for name, value in row.items()}


def form_of(*parties: dict[str, Any], **fields: Any) -> dict[str, Any]:
    values = {"kind": "joint_centre", "title_zh": "宽禁带半导体联合研发中心", "signed_on": SIGNED, "source": "direct"}
    posted = {name: str(value) for name, value in (values | fields).items()}
    posted |= rows_of("parties", *parties) | rows_of("milestones", {"name_zh": "揭牌", "due_on": "2026-06-01"})
    posted["evidence_zh"] = "合同 2026-018 号"
    return posted | rows_of("amounts", {"kind": "investment", "amount": "5000000"}) | rows_of("association_links")


def test_a_cooperation_is_recorded_confirmed_by_another_zone_and_completed(world: World, browse: Browse) -> None:
    ana, bo, cy = browse(world.ana), browse(world.bo), browse(world.cy)
    both = (
        {"organization": world.enterprise.public_id, "role": "lead"},
        {"organization": world.laboratory.public_id, "role": "member"},
    )
    assert "牵头单位" in ana.post(f"{LIST}add/", form_of(*({**one, "role": "member"} for one in both))).content.decode()
    text = ana.post(f"{LIST}add/", form_of(*both), follow=True).content.decode()
    assert "等待其他各方确认" in text
    row = Cooperation.plain.get()
    assert (row.state, row.proposer, str(CooperationAmount.plain.get().amount)) == (
        State.PROPOSED, world.ana, "5000000.00",
    )  # fmt: skip
    assert cy.get(page(row)).status_code == 404
    assert "待我方确认" in bo.get(LIST).content.decode()
    assert row.title_zh in bo.get(f"{LIST}?turn=confirm").content.decode()
    assert "确认前不计入统计" in bo.get(page(row)).content.decode()
    assert "请填写此项" in send(bo, row, "refuse")
    assert "已代本方确认" in send(bo, row, "confirm", kind="steps")
    assert row.state == State.PROPOSED
    assert "已凭凭证确认" in send(ana, row, "prove", kind="steps")
    assert (row.state, row.confirmed_by) == (State.AGREED, "evidence")
    assert "实施中" in send(bo, row, "start", kind="steps")
    assert "里程碑已登记" in send(ana, row, "milestone", position=1, met_on=ENDED)
    assert CooperationMilestone.plain.get().met_on == ENDED
    assert "不能晚于今天" in send(ana, row, "complete", completed_on="2027-02-01")
    assert "已登记完成" in send(ana, row, "complete", completed_on=ENDED, words="共建中试线")
    assert (row.state, row.completed_on, row.end_zh) == (State.COMPLETED, ENDED, "共建中试线")


def test_it_names_the_event_it_came_of_among_those_one_reads(world: World, browse: Browse) -> None:
    ana = browse(world.ana)
    shown = make_event(zone=world.west, title_zh="光电对接会")
    hidden = make_event(zone=world.far, title_zh="内部对接会", visibility="zone")
    parties = [{"organization": one.public_id, "role": "member"} for one in (world.enterprise, world.laboratory)]
    form = ana.get(f"{LIST}add/").content.decode()
    assert str(shown.public_id) in form
    assert str(hidden.public_id) not in form
    for wrong in ({"source": "event", "event": hidden.public_id}, {"source": "direct", "event": shown.public_id}):
        ana.post(f"{LIST}add/", form_of(*parties, kind="project", **wrong))
        assert not Cooperation.plain.exists()
    ana.post(f"{LIST}add/", form_of(*parties, kind="project", source="event", event=shown.public_id))
    row = Cooperation.plain.get()
    assert row.event == shown
    assert "光电对接会" in browse(world.bo).get(page(row)).content.decode()


def test_a_proposal_is_changed_by_its_proposer_only(world: World, browse: Browse) -> None:
    row = make_cooperation(world.enterprise, world.laboratory, state=State.PROPOSED, proposer=world.ana)
    make_milestone(row)
    both = ({"organization": one.public_id, "role": "member"} for one in (world.enterprise, world.laboratory))
    posted = form_of(*both, kind="project", title_zh="改题", version=row.version)
    assert browse(world.bo).post(page(row), posted).status_code == 404
    browse(world.ana).post(page(row), posted)
    row.refresh_from_db()
    assert (row.title_zh, row.version, row.milestones.get().name_zh) == ("改题", 2, "揭牌")
    browse(world.ana).post(page(row), posted | {"title_zh": "旧版本"})
    row.refresh_from_db()
    assert row.title_zh == "改题"


def test_the_two_sides_of_an_exchange_agree_on_its_page(world: World, browse: Browse) -> None:
    exchange = make_exchange(
        make_need(organization=world.enterprise), make_resource(organization=world.laboratory),
        state=ExchangeState.DISCLOSED,
    )  # fmt: skip
    url, ana, bo = f"/office/matching/exchange/{exchange.public_id}/", browse(world.ana), browse(world.bo)
    assert "提交合作" not in ana.get(f"{url}change/").content.decode()
    for side in Side:
        make_consent(exchange, side)
    posted = {
        "version": 1, "kind": "project", "title_zh": "缺陷检测", "signed_on": SIGNED, "contract_sum": "1200000",
    }  # fmt: skip
    assert "不能晚于今天" in ana.post(f"{url}panels/propose/", posted | {"signed_on": "2027-01-01"}).content.decode()
    assert "合作已提交" in ana.post(f"{url}panels/propose/", posted, follow=True).content.decode()
    row = Cooperation.plain.get()
    assert "原有合作" in bo.post(f"{url}panels/propose/", posted).content.decode()
    assert "已代本方确认" in send(bo, row, "confirm", kind="steps")
    assert (row.state, Exchange.plain.get().state) == (State.AGREED, ExchangeState.AGREED)
    assert page(row) in ana.get(f"{url}change/").content.decode()


def test_it_is_shown_outside_once_both_zones_have_registered_consent(world: World, browse: Browse) -> None:
    row = make_cooperation(world.enterprise, world.laboratory)
    assert "请写明依据" in send(browse(world.ana), row, "publish")
    for person in (world.ana, world.bo):
        send(browse(person), row, "publish", basis="同意函 2026-11-20")
    seen = browse(world.cy).get(page(row)).content.decode()
    assert row.title_zh in seen
    assert "合同 2026-018" not in seen
    assert "合作进程" not in seen
    send(browse(world.bo), row, "hide", kind="steps")
    assert browse(world.cy).get(page(row)).status_code == 404


@pytest.mark.parametrize("person", ["cy", "auditor", "secretariat"])
def test_whoever_speaks_for_no_party_does_nothing(world: World, browse: Browse, person: str) -> None:
    row = make_cooperation(world.enterprise, world.laboratory, state=State.PROPOSED)
    client = browse(getattr(world, person))
    for door in ("steps/confirm", "panels/evidence"):
        answer = client.post(f"{LIST}{row.public_id}/{door}/", {"version": 1, "evidence": "合同 1 号"})
        assert answer.status_code in (403, 404)
    assert CooperationParty.plain.filter(confirmed_at__isnull=False).count() == 0


def test_what_cy_may_not_see_changes_no_byte_of_the_lists(world: World, browse: Browse) -> None:
    make_cooperation(world.outside, world.laboratory)
    make_contract(world.outside, world.laboratory)
    contracts, cy = "/office/matching/techcontract/", browse(world.cy)
    asked = [LIST, f"{LIST}?turn=confirm", f"{LIST}?state=proposed", f"{LIST}?association={world.alliance.slug}"]
    asked += [f"{LIST}?side=others", f"{LIST}?q=涡轮", f"{LIST}?o=1", contracts, f"{contracts}?q=涡轮", "/office/"]

    def read() -> list[bytes]:
        answers = [cy.get(url) for url in asked]
        assert {answer.status_code for answer in answers} == {200}
        return [body_of(answer) for answer in answers]

    before = read()
    for state in (State.PROPOSED, State.AGREED):
        row = make_cooperation(world.enterprise, world.laboratory, state=state, title_zh="涡轮叶片")
        make_milestone(row)
    make_contract(world.enterprise, world.laboratory, title_zh="涡轮叶片")
    assert read() == before
    assert "涡轮叶片" in browse(world.ana).get(f"{LIST}?q=涡轮").content.decode()


def test_the_lists_are_files_with_the_amounts_one_may_see(world: World, browse: Browse) -> None:
    row = make_cooperation(world.enterprise, world.laboratory)
    make_amount(row)
    make_milestone(row, met_on=ENDED)
    make_contract(world.laboratory, world.enterprise, seller_region=world.west.region, buyer_region=world.east.region)
    row.parties.update(published_on=SIGNED)
    own, others = [body_of(browse(one).get(f"{LIST}export/csv/")).decode() for one in (world.ana, world.cy)]
    assert all(word in own for word in (row.title_zh, "1200000.00", "1/1", world.laboratory.name_zh))
    assert (row.title_zh in others, "1200000" in others) == (True, False)
    contracts = "/office/matching/techcontract/"
    assert "900000.00" in body_of(browse(world.bo).get(f"{contracts}export/csv/?state=signed")).decode()
    assert browse(world.ana).get(f"{contracts}export/xlsx/").content.startswith(b"PK")
    assert "1200000" not in body_of(browse(world.cy).get(f"{contracts}export/csv/")).decode()
    assert browse(world.ana).get(f"{contracts}export/xml/").status_code == 404
