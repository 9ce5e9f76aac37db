"""Proposed consortia through the API."""

import pytest

from tests.builders import make_need, make_resource
from tests.conftest import World
from tests.edges.conftest import Ask
from tests.teams import make_team
from zones.models import Resource


@pytest.fixture
def resources(world: World) -> list[Resource]:
    """One of West, one of Far, both visible to East."""
    return [
        make_resource(organization=world.laboratory, name_zh="西山缺陷检测平台"),
        make_resource(organization=world.outside, name_zh="远海封装平台"),
    ]


def test_a_team_is_told_with_members_parts_and_one_sentence(ask: Ask, world: World, resources: list[Resource]) -> None:
    team = make_team(make_need(organization=world.enterprise), *resources)
    body = ask(world.ana, f"consortia/{team.public_id}/").body
    assert (body["need"], body["rank"], body["covered_count"], body["part_count"]) == (
        str(team.need.public_id), 1, 2, 3,
    )  # fmt: skip
    assert [(row["position"], row["organization"], row["is_lead"]) for row in body["members"]] == [
        (0, str(world.laboratory.public_id), True),
        (1, str(world.outside.public_id), False),
    ]
    assert [(row["label"], row["member"], row["resource"], row["evidence"]) for row in body["parts"]] == [
        ("指标0", 0, str(resources[0].public_id), "实测0"),
        ("指标1", 1, str(resources[1].public_id), "实测1"),
        ("指标2", None, None, ""),
    ]
    assert body["sentence"] == (
        "建议由西山光学实验室牵头，2家单位、2个园区联合，覆盖3项分任务中的2项；暂无单位覆盖：指标2。"
    )
    assert (
        "西山光学实验室 leads 2 organizations"
        in ask(world.ana, f"consortia/{team.public_id}/", language="en").body["sentence"]
    )
    assert ask(world.ana, "consortia/", need=team.need.public_id).ids == [str(team.public_id)]


@pytest.mark.parametrize("person", ["bo", "cy", "lin", "secretariat", None])
def test_others_get_404_and_an_empty_list(
    ask: Ask, world: World, resources: list[Resource], person: str | None
) -> None:
    team = make_team(make_need(organization=world.enterprise, visibility="public"), *resources)
    user = world.people()[person] if person else None
    assert ask(user, f"consortia/{team.public_id}/").status == 404
    assert ask(user, "consortia/").ids == []
    assert ask(user, "consortia/", need=team.need.public_id).ids == []


def test_an_unlisted_organization_is_not_named(ask: Ask, world: World, resources: list[Resource]) -> None:
    type(world.outside).plain.filter(pk=world.outside.pk).update(is_listed=False)
    team = make_team(make_need(organization=world.enterprise), resources[1])
    body = ask(world.ana, f"consortia/{team.public_id}/").body
    assert body["members"][0]["organization"] is None
    assert body["sentence"].startswith("未组成联合体：—一家")
