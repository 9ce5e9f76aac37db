"""Framework agreements through the API: drafted with parties and promises, put in force, renewed, ended, fulfilled."""

import base64
from datetime import timedelta
from typing import Any

from matching.models import Agreement
from tests.agreements import PDF
from tests.conftest import World
from tests.edges.test_api_writing import ROOT, Writer, writer
from zones.scoping import today


def agreement_body(world: World, **fields: Any) -> dict[str, Any]:
    day = today()
    promise = {"party_position": 2, "what_zh": "联合举办对接会", "target": "4.00", "unit": "场"}
    return {
        "zone": "east", "kind": "framework", "title_zh": "东西高新区合作框架协议", "scopes": ["research", "talent"],
        "dimension": "institution", "signed_on": (day - timedelta(31)).isoformat(),
        "valid_from": (day - timedelta(30)).isoformat(), "valid_to": (day + timedelta(300)).isoformat(),
        "parties": [{"zone": "east"}, {"organization": str(world.laboratory.public_id)}, {"name_zh": "某研究院"}],
        "commitments": [promise | {"due_on": (day + timedelta(60)).isoformat()}],
    } | fields  # fmt: skip


def take(person: Writer, path: str, step: str, **body: Any) -> Any:
    return person.post(f"{path}{step}/", body, if_match=person.tag(path))


def test_an_agreement_is_drafted_signed_fulfilled_renewed_and_ended(world: World) -> None:
    ana, lin = writer(world.ana), writer(world.lin)
    assert writer(world.bo).post("agreements/", agreement_body(world)).status_code == 403
    made = ana.post("agreements/", agreement_body(world))
    assert made.status_code == 201, made.content.decode()
    path = f"agreements/{made.json()['public_id']}/"
    assert (made.json()["dimension"], [one["name"] for one in made.json()["parties"]][2]) == ("institution", "某研究院")
    assert lin.client.get(ROOT + path).status_code == 404
    changed = ana.patch(path, {"dimension": "factor", "title_zh": "协议"}, if_match=ana.tag(path)).json()
    assert (changed["dimension"], len(changed["parties"]), len(changed["commitments"])) == ("factor", 3, 1)
    assert take(ana, path, "put_in_force").status_code == 400
    assert take(ana, path, "add_document", name="协议.pdf", content="不是").status_code == 400
    content = base64.b64encode(PDF).decode()
    assert len(take(ana, path, "add_document", name="协议.pdf", content=content).json()["documents"]) == 1
    assert take(ana, path, "put_in_force").json()["state"] == "in_force"
    assert ana.patch(path, {"title_zh": "别的"}, if_match=ana.tag(path)).status_code == 409
    done = {"position": 1, "actual": "4", "reported_on": today().isoformat(), "evidence": "活动台账 12 号"}
    assert take(lin, path, "report", **done).json()["commitments"][0]["is_kept"] is True
    assert take(lin, path, "end", ended_on=today().isoformat(), reason="mutual").status_code == 403
    renewal = take(ana, path, "renew", valid_from=today().isoformat())
    assert (renewal.json()["state"], len(renewal.json()["parties"])) == ("draft", 3)
    draft = f"agreements/{renewal.json()['public_id']}/"
    assert take(ana, draft, "drop").json()["state"] == "dropped"
    assert take(ana, path, "end", ended_on=today().isoformat(), reason="mutual").json()["state"] == "ended"


def test_what_an_agreement_may_not_be_is_told_by_field(world: World) -> None:
    ana = writer(world.ana)
    body = agreement_body(world)
    twice = [{"zone": "east"}, {"zone": "east"}]
    refused: list[dict[str, Any]] = [
        {"scopes": []}, {"scopes": ["x"]}, {"parties": twice}, {"state": "in_force"}, {"commitments": [{}]},
    ]  # fmt: skip
    for wrong in refused:
        assert ana.post("agreements/", body | wrong).status_code == 400, wrong
    assert not Agreement.plain.exists()
