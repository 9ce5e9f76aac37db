"""The page of a need's matches: parts that sum, reasons in the reader's language, only for those whom it concerns."""

import re
from typing import Any

import pytest
from django.utils.translation import override

from backoffice import results
from matching.choices import RunKind, RunState
from matching.models import CandidateList, Match, Need, RunStep
from tests.builders import make_facts, make_match, make_need, make_resource, make_run
from tests.conftest import World
from tests.edges.backoffice.conftest import Browse
from zones.scoping import scope_of

METRICS = [
    {"name": "分辨率", "is_must": True, "need": "≤ 5 nm", "offer": "1–5 nm", "verdict": "ok"},
    {"name": "产能", "is_must": True, "need": "≥ 10", "offer": "", "verdict": "unknown"},
]


def matched(world: World, **fields: Any) -> Match:
    """A need of East matched with a resource of West."""
    need = make_need(organization=world.enterprise, visibility="national")
    resource = make_resource(organization=world.laboratory, name_zh="西山缺陷检测平台")
    facts = make_facts(0.5, metrics=METRICS, terms=[{"term": "晶圆", "share": 1.0}])
    return make_match(need, resource, score=0.5, facts=facts, **fields)


def url_of(need: Need) -> str:
    return f"/office/matching/need/{need.public_id}/matches/"


@pytest.mark.parametrize(
    ("language", "words"),
    [
        (
            "zh-hans",
            ["主题相近（晶圆）", "2项硬指标中1项满足", "主题相近", "得分构成", "分辨率", "≤ 5 nm", "1–5 nm", "待确认"],
        ),
        ("en", ["Close topic (晶圆)", "1 of 2 must-metrics met", "topic"]),
    ],
)
def test_ana_reads_why_in_her_language(world: World, browse: Browse, language: str, words: list[str]) -> None:
    match = matched(world)
    told = browse(world.ana).get(url_of(match.need), headers={"accept-language": language}).content.decode()
    for word in ["西山缺陷检测平台", *words]:
        assert word in told


@pytest.mark.parametrize(
    ("state", "told"),
    [
        ("draft", "点击上方“提交审核”"),
        ("returned", "点击上方“提交审核”"),
        ("submitted", "正在审核"),
        ("paused", "点击上方“开放对接”"),
        ("rejected", "不再对接"),
        ("open", "正在寻找合适的资源"),
    ],
)
def test_a_need_without_matches_says_what_it_waits_for(world: World, browse: Browse, state: str, told: str) -> None:
    page = browse(world.ana).get(url_of(make_need(organization=world.enterprise, state=state))).content.decode()
    assert told in page
    if "点击上方" in told:
        button = told.partition("“")[2].rstrip("”")
        assert re.search(rf"</span>{button}\s*</button>", page), "the page has what it speaks of"


def test_the_widths_of_the_parts_sum_to_the_score(world: World, browse: Browse) -> None:
    told = browse(world.ana).get(url_of(matched(world).need)).content.decode()
    stack = re.search(r'class="office-stack".*?</div>', told, re.DOTALL)
    assert stack is not None
    widths = [float(width) for width in re.findall(r"width:([\d.]+)%", stack[0])]
    assert sum(widths) == pytest.approx(50.0, abs=0.05)


def test_the_need_s_side_sees_what_was_ruled_out_and_which_run(world: World, browse: Browse) -> None:
    match = matched(world)
    CandidateList.objects.filter(need=match.need).update(removed_by_reason={"no_capacity": 12, "kind_mismatch": 340})
    told = browse(world.ana).get(url_of(match.need)).content.decode()
    assert "资源方当前无余量" in told
    assert "请资源方更新可承接数" in told
    assert told.index("340") < told.index(">12<")
    assert "全量匹配" in told


def test_the_resource_s_side_sees_its_own_match_without_rank_and_run(world: World, browse: Browse) -> None:
    match = matched(world)
    make_match(match.need, make_resource(organization=world.outside), run=match.run, rank=2, is_live=False)
    response = browse(world.bo).get(url_of(match.need))
    assert [item["match"] for item in response.context["matches"]] == [match]
    told = response.content.decode()
    assert "office-rank" not in told
    assert "全量匹配" not in told
    assert world.enterprise.name_zh not in told


@pytest.mark.parametrize("person", ["cy", "secretariat"])
def test_others_see_no_match_and_are_told_why(world: World, browse: Browse, person: str) -> None:
    response = browse(getattr(world, person)).get(url_of(matched(world).need))
    assert response.context["matches"] == []
    assert "匹配结果由需求所在园区" in response.content.decode()


def test_a_result_of_an_older_run_or_unpublished_is_not_shown(world: World, browse: Browse) -> None:
    match = matched(world)
    newer = make_run(state=RunState.SCORING)
    make_match(match.need, match.resource, run=newer, is_live=False, score=0.9)
    response = browse(world.ana).get(url_of(match.need))
    assert [item["match"] for item in response.context["matches"]] == [match]


def test_the_page_waits_refreshes_itself_and_tells_the_progress(world: World, browse: Browse) -> None:
    need = make_need(organization=world.enterprise)
    client = browse(world.ana)
    told = client.get(url_of(need)).content.decode()
    assert '<noscript><meta http-equiv="refresh"' in told
    assert f'hx-get="{url_of(need)}progress/"' in told
    assert "等待匹配" in client.get(f"{url_of(need)}progress/").content.decode()
    run = make_run(kind=RunKind.DELTA, state=RunState.SCORING, need_total=4, need_done=1)
    RunStep.objects.create(run=run, stage="score", need_ids=[need.pk])
    answer = client.get(f"{url_of(need)}progress/")
    fragment = answer.content.decode()
    assert (answer.status_code, "正在匹配：计算中，25%" in fragment, "<html" in fragment) == (200, True, False)


def test_the_asking_ends_when_the_result_is_there(world: World, browse: Browse) -> None:
    match, client = matched(world), browse(world.ana)
    answer = client.get(f"{url_of(match.need)}progress/")
    assert (answer.status_code, answer["HX-Refresh"], answer.content) == (286, "true", b"")
    told = client.get(url_of(match.need)).content.decode()
    assert f'hx-get="{url_of(match.need)}progress/"' not in told


@pytest.mark.parametrize(("state", "status"), [(RunState.SCORING, 200), (RunState.PUBLISHED, 286)])
def test_a_run_is_followed_until_it_ends(world: World, browse: Browse, state: RunState, status: int) -> None:
    run = make_run(state=state, need_total=4, need_done=1)
    client, url = browse(world.ops), f"/office/matching/matchrun/{run.public_id}/"
    assert client.get(f"{url}progress/").status_code == status
    assert (f'hx-get="{url}progress/"' in client.get(f"{url}change/").content.decode()) is (status == 200)


def test_a_changed_need_is_out_of_date_until_it_is_matched_again(world: World) -> None:
    match, ana = matched(world), scope_of(world.ana)
    assert results.progress_of_need(match.need, ana).is_current
    Need.plain.filter(pk=match.need_id).update(version=2)
    match.need.refresh_from_db()
    assert not results.progress_of_need(match.need, ana).is_current


def test_progress_of_a_foreign_need_tells_nothing(world: World, browse: Browse) -> None:
    need = make_need(organization=world.enterprise)
    answer = browse(world.cy).get(f"{url_of(need)}progress/")
    assert (answer.status_code, answer.content) == (286, b"")


def test_the_list_shows_count_and_best_score_of_what_may_be_seen(world: World, browse: Browse) -> None:
    match = matched(world)
    make_match(
        match.need, make_resource(organization=world.enterprise), run=match.run, rank=2, is_live=False, score=0.3
    )
    told = browse(world.ana).get("/office/matching/need/?side=own").content.decode()
    assert f'href="{url_of(match.need)}" class="office-link">2</a>' in told
    assert "0.50" in told
    foreign = browse(world.cy).get("/office/matching/need/").content.decode()
    assert "office-score-number" not in foreign


@pytest.mark.parametrize(
    ("person", "told", "untold"), [("ops", ["隔离数", "340"], []), ("ana", ["进度"], ["隔离数", "340", "预计剩余"])]
)
def test_amounts_of_a_run_are_told_to_the_system_only(
    world: World, browse: Browse, person: str, told: list[str], untold: list[str]
) -> None:
    run = make_run(need_total=5, need_done=5, quarantined=1, removed_by_reason={"no_capacity": 340})
    client = browse(getattr(world, person))
    page = client.get(f"/office/matching/matchrun/{run.public_id}/change/").content.decode()
    page = re.sub(r"<script.*?</script>|<[^>]*>", " ", page, flags=re.DOTALL)  # a key or token may hold any digits
    assert all(word in page for word in told)
    assert not any(word in page for word in untold)
    running = make_run(state=RunState.SCORING, need_total=777, need_done=5)
    fragment = client.get(f"/office/matching/matchrun/{running.public_id}/progress/").content.decode()
    fragment = re.sub(r"<[^>]*>", " ", fragment)
    assert ("777" in fragment) is (person == "ops")


def test_the_page_says_by_what_the_ranks_go_and_why_some_are_missing() -> None:
    with override("en"):
        assert "score × (0.75 + 0.25 × confidence)" in results.ranking_text(0.75, [1, 2, 3])
        assert "missing ranks" not in results.ranking_text(0.75, [1, 2, 3])
        assert "missing ranks" in results.ranking_text(0.75, [1, 2, 4])
