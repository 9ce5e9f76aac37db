"""What an organization says of itself is changed through the API; what its zone has verified is not."""

from datetime import timedelta

import pytest

from matching.models import LeakStatement, Need
from matching.services.merging import merge_resources
from tests.builders import make_need, make_resource
from tests.conftest import World
from tests.edges.test_api_writing import need_body, writer
from tests.reviews import make_call
from zones.models import OrganizationAlias, Resource
from zones.scoping import scope_of, today


def test_eve_changes_what_her_enterprise_says_of_itself(world: World) -> None:
    eve, path = writer(world.eve), f"organizations/{world.enterprise.public_id}/"
    answer = eve.patch(path, {"website": "https://east.example.cn/", "city": "东城"}, if_match=eve.tag(path))
    assert answer.status_code == 200, answer.content
    assert (answer.json()["website"], answer.json()["version"]) == ("https://east.example.cn/", 2)
    assert eve.patch(path, {"city": "西城"}, if_match=f'"1-{"0" * 32}"').status_code == 412
    assert eve.patch(path, {"city": "西城"}).status_code == 428


@pytest.mark.parametrize("field", ["name_zh", "credit_code", "kind", "zone", "parent", "is_listed"])
def test_what_was_verified_is_not_changed(world: World, field: str) -> None:
    eve, path = writer(world.eve), f"organizations/{world.enterprise.public_id}/"
    assert list(eve.patch(path, {field: "x"}, if_match=eve.tag(path)).json()["errors"]) == [field]


def test_nobody_else_changes_it(world: World) -> None:
    path = f"organizations/{world.enterprise.public_id}/"
    for other in (world.lin, world.cy, world.auditor):
        program = writer(other)
        assert program.patch(path, {"city": "东城"}, if_match=program.tag(path)).status_code == 404
    assert writer(world.ana).patch(path, {"city": "东城"}, if_match=writer(world.ana).tag(path)).status_code == 200


def test_a_need_answers_a_call_that_its_writer_may_see(world: World) -> None:
    call, hidden = make_call(world.alliance, state="open"), make_call(world.alliance, state="draft")
    eve = writer(world.eve)
    told = eve.post("needs/", need_body(world, call=str(call.public_id)))
    assert (told.status_code, told.json()["call"]) == (201, str(call.public_id)), told.content
    refused = eve.post("needs/", need_body(world, call=str(hidden.public_id)))
    assert list(refused.json()["errors"]) == ["call"]
    assert [row["public_id"] for row in eve.client.get("/api/v1/calls/").json()["results"]] == [str(call.public_id)]
    for other, count in ((writer(world.cy), 0), (writer(world.secretariat), 2)):
        assert len(other.client.get("/api/v1/calls/").json()["results"]) == count


def test_a_wrong_alarm_of_identity_is_answered_with_its_reason(world: World) -> None:
    OrganizationAlias.objects.create(organization=world.enterprise, name="银力牌")
    eve = writer(world.eve)
    draft = eve.post("needs/", need_body(world, visibility="association", summary_zh="用于银力牌焊膏的检测装置。"))
    path = f"needs/{draft.json()['public_id']}/"
    refused = eve.post(f"{path}submit/", if_match=eve.tag(path))
    assert refused.status_code == 400, refused.content
    said = {"no_identity": {one["fingerprint"]: "这是材料术语" for one in refused.json()["findings"]}}
    assert eve.patch(path, said, if_match=eve.tag(path)).status_code == 200
    submitted = eve.post(f"{path}submit/", if_match=eve.tag(path))
    assert submitted.json().get("state") == "submitted", submitted.content.decode()


def test_a_reason_is_given_with_the_submission_and_both_or_neither_hold(world: World) -> None:
    OrganizationAlias.objects.create(organization=world.enterprise, name="银力牌")
    eve = writer(world.eve)
    draft = eve.post("needs/", need_body(world, visibility="association", summary_zh="用于银力牌焊膏的检测装置。"))
    path = f"needs/{draft.json()['public_id']}/"
    found = eve.post(f"{path}submit/", if_match=draft["ETag"]).json()["findings"]
    too_short, said = ({"no_identity": {found[0]["fingerprint"]: reason}} for reason in ("否", "这是材料术语"))
    assert eve.post(f"{path}submit/", too_short, if_match=draft["ETag"]).status_code == 400
    need = Need.plain.get()
    need.deadline = None
    need.save()
    assert eve.post(f"{path}submit/", said, if_match=draft["ETag"]).status_code == 400
    assert (Need.plain.get().version, LeakStatement.plain.count()) == (1, 0)
    need.deadline = today() + timedelta(90)
    need.save()
    submitted = eve.post(f"{path}submit/", said, if_match=draft["ETag"])
    assert submitted.json().get("state") == "submitted", submitted.content.decode()
    assert LeakStatement.plain.get().reason == "这是材料术语"


def test_what_was_merged_is_not_changed_by_its_name_in_bulk(world: World) -> None:
    kept, merged = (
        make_resource(organization=world.enterprise, name_zh=name, kind="equipment") for name in ("电镜甲", "电镜乙")
    )
    merge_resources(scope_of(world.ana), kept_id=kept.pk, merged_id=merged.pk)
    item = {"kind": "equipment", "organization": str(world.enterprise.public_id), "name_zh": "电镜乙", "trl": 5}
    told = writer(world.eve).post("resources/bulk/", {"items": [item]}).json()["results"][0]
    assert told["verdict"] == "error"
    assert str(kept.public_id) in told["problem"]["errors"]["__all__"][0]
    assert Resource.plain.get(pk=merged.pk).trl is None


def test_a_statement_alone_is_no_unchanged_item(world: World) -> None:
    need = make_need(organization=world.enterprise, state="draft")
    item = {"public_id": str(need.public_id), "version": 1, "no_identity": {"x": "没有这一处"}}
    told = writer(world.eve).post("needs/bulk/", {"items": [item]}).json()["results"][0]
    assert told["verdict"] == "updated"
