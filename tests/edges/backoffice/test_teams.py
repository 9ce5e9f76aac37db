"""Proposed consortia on the page of a need's matches: who covers what, for whom, and the button that asks for them."""

import pytest

from matching.models import RunStep
from tests.builders import make_code, make_live, make_match, make_need, make_resource, make_run
from tests.conftest import World
from tests.edges.backoffice.conftest import Browse
from tests.teams import make_team
from zones.models import Resource


@pytest.fixture
def resources(world: World) -> list[Resource]:
    """One of West, one of Far, both visible to East."""
    return [
        make_resource(organization=world.laboratory, name_zh="西山缺陷检测平台"),
        make_resource(organization=world.outside, name_zh="远海封装平台"),
    ]


@pytest.mark.parametrize(
    ("language", "words"),
    [
        (
            "zh-hans",
            ["联合体方案", "首选方案", "备选方案 1", "建议牵头", "暂无单位覆盖", "覆盖 2/3", "材料表面（430）"],
        ),
        ("en", ["Proposed consortia", "First choice", "Alternative 1", "Suggested lead", "Nobody covers", "2/3"]),
    ],
)
def test_ana_reads_who_covers_what_in_her_language(
    world: World, browse: Browse, resources: list[Resource], language: str, words: list[str]
) -> None:
    make_code("discipline", "430", name_zh="材料表面")
    need = make_need(organization=world.enterprise)
    make_team(need, *resources).parts.filter(position=2).update(kind="discipline", label="430")
    make_team(need, *resources[::-1], rank=2)
    url = f"/office/matching/need/{need.public_id}/matches/"
    told = browse(world.ana).get(url, headers={"accept-language": language}).content.decode()
    for word in ["西山缺陷检测平台", "远海封装平台", "实测0", *words]:
        assert word in told
    assert "office-teams" not in browse(world.cy).get(url).content.decode()


@pytest.mark.parametrize(
    ("language", "headline", "told"),
    [
        ("zh-hans", "未组成联合体", "一家即覆盖2项分任务中的1项，其他单位均无补充；暂无单位覆盖：指标1。"),
        ("en", "No consortium", "alone covers 1 of 2 sub-tasks, and nobody adds to it. Nobody covers: 指标1."),
    ],
)
def test_one_organization_is_not_shown_as_a_consortium(
    world: World, browse: Browse, resources: list[Resource], language: str, headline: str, told: str
) -> None:
    need = make_need(organization=world.enterprise)
    make_team(need, resources[0])
    page = browse(world.ana).get(
        f"/office/matching/need/{need.public_id}/matches/", headers={"accept-language": language}
    )
    text = page.content.decode()
    assert f"<b>{headline}</b>" in text
    assert told in text
    for word in ("首选方案", "First choice", "建议牵头", "Suggested lead"):
        assert word not in text


def test_the_button_asks_for_teams_once_the_need_is_matched(
    world: World, browse: Browse, resources: list[Resource]
) -> None:
    need = make_need(organization=world.enterprise)
    url = f"/office/matching/need/{need.public_id}/steps/teams/"
    assert browse(world.ana).post(url).status_code == 404
    make_live(make_match(need, resources[0], run=make_run(), is_live=False))
    assert browse(world.bo).post(url).status_code == 404
    assert browse(world.ana).post(url, {"version": need.version}).headers["Location"].endswith("/matches/")
    assert list(RunStep.objects.values_list("stage", "need_ids")) == [("team", [need.pk])]


def test_the_page_follows_until_the_teams_are_built(world: World, browse: Browse, resources: list[Resource]) -> None:
    need = make_need(organization=world.enterprise)
    make_live(make_match(need, resources[0], run=make_run(), is_live=False))
    url, ana = f"/office/matching/need/{need.public_id}/", browse(world.ana)
    ana.post(f"{url}steps/teams/", {"version": need.version})
    assert "正在组建联合体方案" in ana.get(f"{url}matches/progress/").content.decode()
    assert f'hx-get="{url}matches/progress/"' in ana.get(f"{url}matches/").content.decode()
    assert browse(world.bo).get(f"{url}matches/progress/").status_code == 286
    RunStep.objects.update(state=RunStep.State.DONE)
    answer = ana.get(f"{url}matches/progress/")
    assert (answer.status_code, answer.headers["HX-Refresh"]) == (286, "true")
