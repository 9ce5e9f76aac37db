"""Cooperations and technology contracts through the API: from a signed agreement to a registered contract, by the steps
of the portal; amounts are the parties' own.
"""

from typing import Any

import pytest

from matching.choices import CooperationState as State
from matching.choices import ExchangeState, Side
from matching.models import Cooperation, CooperationMilestone, CooperationParty, TechContract
from tests.builders import make_code, make_need, make_resource
from tests.conftest import World
from tests.cooperations import ENDED, SIGNED, make_amount, make_contract, make_cooperation, make_milestone, make_poll
from tests.edges.test_api_writing import ROOT, Writer, writer
from tests.exchanges import make_consent, make_exchange
from zones.choices import CodeScheme

NUMBER = "2026110100000001"


def path_of(row: Any) -> str:
    return f"{'contracts' if isinstance(row, TechContract) else 'cooperations'}/{row.public_id}/"


def take(person: Writer, row: Any, step: str, **body: Any) -> Any:
    return person.post(f"{path_of(row)}{step}/", body, if_match=person.tag(path_of(row)))


def met(world: World) -> Any:
    need = make_need(zone=world.east, organization=world.enterprise)
    row = make_exchange(need, make_resource(organization=world.laboratory), state=ExchangeState.NEGOTIATING)
    for side in Side:
        make_consent(row, side)
    return row


def test_what_two_have_signed_is_proposed_confirmed_and_carried_out(world: World) -> None:
    exchange, eve, lin = met(world), writer(world.eve), writer(world.lin)
    path = f"exchanges/{exchange.public_id}/"
    body: dict[str, Any] = {"kind": "project", "title_zh": "联合攻关", "signed_on": SIGNED.isoformat()}
    body |= {"amounts": [{"kind": "contract_sum", "amount": "1200000.00"}]}
    body |= {"milestones": [{"name_zh": "样机验收", "due_on": "2026-09-30"}]}
    assert eve.post(f"{path}propose/", body).status_code == 428
    assert eve.post(f"{path}propose/", body, if_match=eve.tag(path)).status_code == 200
    row = Cooperation.plain.get()
    told = lin.client.get(ROOT + path_of(row)).json()
    assert [one["name"] for one in told["parties"]] == [world.enterprise.name_zh, world.laboratory.name_zh]
    assert (told["amounts"][0]["amount"], told["exchange"]) == ("1200000.00", str(exchange.public_id))
    assert take(eve, row, "confirm").status_code == 403
    assert take(lin, row, "confirm").json()["state"] == State.AGREED
    assert eve.client.get(ROOT + path).json()["state"] == ExchangeState.AGREED
    assert take(lin, row, "start").json()["state"] == State.RUNNING
    done = take(lin, row, "meet_milestone", position=1, met_on=ENDED.isoformat(), evidence="验收意见 12 号")
    assert (done.json()["milestones"][0]["met_on"], done.json()["milestones"][0]["evidence_zh"]) == (
        ENDED.isoformat(), "验收意见 12 号",
    )  # fmt: skip
    assert take(lin, row, "meet_milestone", position=1, met_on=ENDED.isoformat()).status_code == 409
    assert take(eve, row, "complete", completed_on="2100-01-01").status_code == 400
    assert take(eve, row, "complete", completed_on=ENDED.isoformat()).json()["completed_on"] == ENDED.isoformat()


def test_a_contract_is_recorded_by_a_side_and_registered_by_its_zone(world: World) -> None:
    make_code(CodeScheme.CONTRACT_TYPE, "KF-WT")
    row = make_cooperation(world.enterprise, world.laboratory)
    body = {
        "title_zh": "外延片检测委托开发", "contract_type": "KF-WT", "signed_on": SIGNED.isoformat(),
        "seller_organization": str(world.laboratory.public_id), "buyer_organization": str(world.enterprise.public_id),
        "total_amount": "1200000.00", "traded_amount": "900000.00", "cooperation": str(row.public_id),
    }  # fmt: skip
    lin, bo = writer(world.lin), writer(world.bo)
    made = lin.post("contracts/", body, idempotency_key="k")
    assert made.status_code == 201, made.content
    assert lin.post("contracts/", body, idempotency_key="k").content == made.content
    contract = TechContract.plain.get()
    assert (
        take(lin, contract, "register", registered_on=ENDED.isoformat(), registration_number=NUMBER).status_code == 403
    )
    assert take(lin, contract, "submit", submitted_on=SIGNED.isoformat()).json()["state"] == "submitted"
    told = take(bo, contract, "register", registered_on=ENDED.isoformat(), registration_number=NUMBER).json()
    assert (told["state"], told["registrations"][0]["registration_number"]) == ("registered", NUMBER)
    changed = take(
        bo, contract, "change", changed_on=ENDED.isoformat(), reason="增补", total_amount="1300000.00"
    ).json()
    assert [one["total_amount"] for one in changed["registrations"]] == ["1200000.00", "1300000.00"]
    assert [one["title_zh"] for one in lin.client.get(f"{ROOT}{path_of(row)}").json()["contracts"]] == [
        body["title_zh"]
    ]


def test_strangers_read_what_is_published_without_its_amounts(world: World) -> None:
    row = make_cooperation(world.enterprise, world.laboratory)
    make_amount(row)
    make_milestone(row)
    make_contract(world.laboratory, world.enterprise, cooperation=row)
    cy = writer(world.cy)
    assert cy.client.get(ROOT + path_of(row)).status_code == 404
    for person in (world.ana, world.lin):
        own = writer(person)
        assert take(own, row, "publish", basis="同意函 2026-11-20").status_code == 200
    told = cy.client.get(ROOT + path_of(row)).json()
    assert (told["title_zh"], told["amounts"], told["steps"], told["contracts"], told["evidence_zh"]) == (
        row.title_zh, [], [], [], None,
    )  # fmt: skip
    assert take(cy, row, "hide").status_code == 404
    assert writer(world.lin).post(f"{path_of(row)}hide/").status_code == 200
    assert cy.client.get(ROOT + path_of(row)).status_code == 404
    assert set(CooperationParty.plain.values_list("published_on", flat=True)) != {None}


@pytest.mark.parametrize(
    ("step", "body", "field"),
    [
        ("terminate", {"terminated_on": "2026-10-09", "reason": "dislike"}, "reason"),
        ("meet_milestone", {"position": 1, "met_on": "2026-01-01"}, "met_on"),
        ("delay", {}, "words"),
        ("start", {"words": "x"}, "words"),
    ],
)
def test_a_step_that_will_not_do_names_its_field(world: World, step: str, body: Any, field: str) -> None:
    row = make_cooperation(world.enterprise, world.laboratory)
    make_milestone(row)
    answer = take(writer(world.eve), row, step, **body)
    assert (answer.status_code, field in answer.json()["errors"]) == (400, True), answer.content
    assert CooperationMilestone.plain.get().met_on is None


def test_what_came_of_it_is_told_for_one_s_own_party_and_the_other_is_rated(world: World) -> None:
    row = make_cooperation(world.enterprise, world.laboratory, state=State.COMPLETED)
    east, west = CooperationParty.plain.filter(cooperation=row).order_by("position")
    polls = {party: make_poll(party) for party in (east, west)}
    eve, lin = writer(world.eve), writer(world.lin)
    body = {"poll": str(polls[east].public_id), "poll_version": 1, "result": "on_track", "gains": ["sales"], "jobs": 4}
    told = eve.post(f"{path_of(row)}answer/", body).json()
    assert [(one["result"], one["jobs"]) for one in told["polls"]] == [("on_track", 4)]
    assert eve.post(f"{path_of(row)}answer/", body).status_code == 409  # read before it was answered
    assert eve.post(f"{path_of(row)}answer/", body | {"poll": str(polls[west].public_id)}).status_code == 400
    other = make_poll(make_cooperation(world.enterprise).parties.get())
    assert eve.post(f"{path_of(row)}answer/", body | {"poll": str(other.public_id)}).status_code == 400
    rating = {"rated": str(west.public_id), "stars": 5, "comment": "交付准时"}
    assert [one["stars"] for one in eve.post(f"{path_of(row)}rate/", rating).json()["ratings"]] == [5]
    assert lin.client.get(ROOT + path_of(row)).json()["ratings"] == []
    assert lin.client.get(ROOT + path_of(row)).json()["polls"][0]["result"] == ""
    assert eve.post(f"{path_of(row)}rate/", rating).status_code == 409
