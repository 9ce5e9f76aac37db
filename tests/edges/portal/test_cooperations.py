"""Cooperations and technology contracts of a member: confirmed, carried out and completed on one page; amounts and
partners are the parties' own.
"""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from matching.choices import CooperationState as State
from matching.models import Cooperation, CooperationMilestone, TechContract
from tests.builders import make_code, make_organization
from tests.conftest import World
from tests.cooperations import ENDED, SIGNED, make_amount, make_contract, make_cooperation, make_milestone
from zones.choices import CodeScheme

ClientOf = Callable[[User | None], Client]


def page(row: Any) -> str:
    return f"/my/{'contracts' if isinstance(row, TechContract) else 'cooperations'}/{row.public_id}/"


def send(client: Client, row: Any, step: str, **values: Any) -> Any:
    row.refresh_from_db()
    named = {f"{step}-{name}": value for name, value in values.items()}
    answer = client.post(page(row), {"step": step, "version": row.version, **named}, follow=True)
    row.refresh_from_db()
    return answer


@pytest.fixture
def row(world: World) -> Cooperation:
    """Proposed by Lin's laboratory to Eve's enterprise."""
    made = make_cooperation(world.enterprise, world.laboratory, state=State.PROPOSED)
    made.parties.filter(organization=world.laboratory).update(is_proposing=True, confirmed_at="2026-03-02T00:00Z")
    make_amount(made)
    make_milestone(made)
    return made


def test_a_member_confirms_carries_out_and_completes(world: World, row: Cooperation, client_of: ClientOf) -> None:
    eve, lin = client_of(world.eve), client_of(world.lin)
    text = eve.get("/my/cooperations/?state=waiting").content.decode()
    assert all(word in text for word in (row.title_zh, world.laboratory.name_zh, "1200000.00"))
    assert row.title_zh not in lin.get("/my/cooperations/?state=waiting").content.decode()
    assert "1 项待办" in eve.get("/my/").content.decode()
    assert send(lin, row, "confirm").status_code == 409
    assert "请填写此项" in send(eve, row, "refuse").content.decode()
    assert send(eve, row, "confirm").status_code == 200
    assert row.state == State.AGREED
    assert "2026-09-30" in eve.get("/my/cooperations/?state=open").content.decode()
    send(lin, row, "start")
    done = send(lin, row, "milestone", position=1, met_on=ENDED, evidence="验收意见 12 号").content.decode()
    assert "验收意见 12 号" in done
    assert CooperationMilestone.plain.get().met_on == ENDED
    assert "不能晚于今天" in send(eve, row, "complete", completed_on="2100-01-01").content.decode()
    send(eve, row, "complete", completed_on=ENDED, words="共建中试线")
    assert (row.state, row.end_zh) == (State.COMPLETED, "共建中试线")
    assert row.title_zh in lin.get("/my/cooperations/?state=ended").content.decode()
    stale = eve.post(page(row), {"step": "publish", "version": row.version - 1})
    assert (stale.status_code, "他人修改" in stale.content.decode()) == (400, True)


def test_a_contract_is_recorded_on_the_page_and_submitted(world: World, client_of: ClientOf) -> None:
    make_code(CodeScheme.CONTRACT_TYPE, "KF-WT")
    row, lin = make_cooperation(world.enterprise, world.laboratory), client_of(world.lin)
    values = {"title_zh": "外延片检测委托开发", "contract_type": "KF-WT", "signed_on": SIGNED}
    values |= {"total_amount": "1200000", "traded_amount": "1300000", "seller": "2", "buyer": "1"}
    assert "技术交易额须在" in send(lin, row, "contract", **values).content.decode()
    assert send(lin, row, "contract", **(values | {"traded_amount": "900000"})).status_code == 200
    made = TechContract.plain.get()
    assert (made.cooperation, made.zone, made.seller_organization) == (row, world.west, world.laboratory)
    eve = client_of(world.eve)
    assert made.title_zh in eve.get("/my/contracts/?state=open").content.decode()
    assert "提交登记" in eve.get(page(made)).content.decode()
    assert send(eve, made, "correct", **(values | {"traded_amount": "800000"})).status_code == 200
    assert str(made.traded_amount) == "800000.00"
    send(lin, made, "submit", submitted_on=SIGNED)
    assert made.state == "submitted"
    assert send(lin, made, "register").status_code == 404


def test_what_is_not_one_s_own_is_not_there(world: World, client_of: ClientOf) -> None:
    member = make_organization(zone=world.far)
    hidden = make_cooperation(world.enterprise, world.laboratory)
    hidden.parties.update(published_on=SIGNED)
    contract = make_contract(world.laboratory, world.enterprise)
    cy = client_of(world.cy)
    assert cy.get(page(hidden)).status_code == 404
    eve = client_of(world.eve)
    others = make_cooperation(member, world.laboratory)
    assert eve.get(page(others)).status_code == 404
    assert eve.get(page(contract)).status_code == 200
    assert eve.get("/my/cooperations/?state=nothing").status_code == 400
    assert client_of(None).get("/my/cooperations/").status_code == 302


def test_a_partner_may_let_it_be_published_and_take_that_back(world: World, client_of: ClientOf) -> None:
    row, eve = make_cooperation(world.enterprise, world.laboratory), client_of(world.eve)
    assert "同意公开" in send(eve, row, "publish").content.decode()
    assert row.parties.get(organization=world.enterprise).published_on is not None
    send(eve, row, "hide")
    assert row.parties.get(organization=world.enterprise).published_on is None
