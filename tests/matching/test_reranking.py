"""Runs have their best candidates read side by side: what moves, what is sent, what is kept, and what happens when the
model is away.
"""

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from matching.choices import RunState
from matching.embedding.reranking import RerankSettings
from matching.engine.config import COMPONENTS, DEFAULT
from matching.models import LIVE, CandidateList, Match, MatchRun, Need
from matching.services import reranking
from matching.services.documents import follow_resources
from matching.services.replays import replay_run
from matching.services.runs import start_delta
from matching.services.steps import work_until_idle
from matching.services.watch import look, needs_concerned_by
from tests.builders import make_config, make_need
from tests.conftest import World
from tests.egress.servers import Answer, Asked, Running, drip, hang_up, says, serving
from tests.matching.conftest import make_market, published
from zones.models import Resource
from zones.scoping import SYSTEM
from zones.services.resources import update_resource

pytestmark = pytest.mark.django_db(transaction=True)
COLUMN = COMPONENTS.index("rerank")
RunAll = Callable[[], MatchRun]


def favors(word: str) -> Answer:
    """Judge every text by whether it holds a word."""

    def answer(asked: Asked) -> None:
        texts = json.loads(asked.server.seen[-1][2])["documents"]
        rows = [{"index": place, "relevance_score": 0.99 if word in text else 0.01} for place, text in enumerate(texts)]
        asked.reply(200, json.dumps({"results": rows[::-1]}).encode())

    return answer


def asks(server: Running, **more: Any) -> RerankSettings:
    values: dict[str, Any] = {"url": f"{server.url}/rerank", "model": "judge", "timeout_seconds": 3.0} | more
    return RerankSettings(**values)


@pytest.fixture
def market(world: World, settings: Any) -> None:
    """Four needs, twelve resources, and an operator who trusts the server."""
    make_market(world, needs=4, resources=12)
    settings.EMBEDDING = replace(settings.EMBEDDING, sends_restricted=True)


@pytest.fixture
def server(market: None, settings: Any) -> Iterator[Running]:
    with serving(favors("平台11")) as running:
        settings.RERANK = asks(running)
        yield running


def first_titles() -> list[str]:
    best = Match.objects.visible_to(SYSTEM).filter(LIVE, rank=1).order_by("need_id").select_related("resource")
    return [match.resource.name_zh for match in best]


def ids_of(row: tuple[Any, ...]) -> list[int]:
    """Resources of a published list."""
    ids: list[int] = row[1]
    return ids


def sent(server: Running) -> list[dict[str, Any]]:
    return [json.loads(body) for _, _, body in server.seen]


def judged_of(run: MatchRun) -> Any:
    rows = CandidateList.objects.filter(run=run).order_by("need_id").values_list("parts", flat=True)
    return [np.frombuffer(bytes(parts)).reshape(-1, len(COMPONENTS))[:, COLUMN] for parts in rows]


def test_off_by_default_a_run_tells_of_no_model(market: None, run_all: RunAll) -> None:
    run = run_all()
    assert (run.state, run.rerank_model, run.need_reranked, run.rerank_error) == (RunState.PUBLISHED, "", 0, "")


def test_the_model_s_favorite_comes_first_as_a_part_of_the_score(
    market: None, server: Running, settings: Any, run_all: RunAll
) -> None:
    settings.RERANK = RerankSettings()
    run_all()
    words = first_titles()
    settings.RERANK = asks(server)
    run = run_all()
    assert (run.rerank_model, run.need_reranked, run.rerank_error) == ("rerank:judge", 4, "")
    assert first_titles() != words
    for match in Match.objects.visible_to(SYSTEM).filter(LIVE):
        assert abs(sum(part["contribution"] for part in match.contributions) - match.score) < 1e-9
        (part,) = [part for part in match.contributions if part["component"] == "rerank"]
        assert part["fit"] in (0.01, 0.99)
    assert len(server.seen) == 4


def test_matches_beyond_the_explained_ones_carry_their_judgments_too(
    server: Running, settings: Any, run_all: RunAll
) -> None:
    """What is assigned below the first five is scored again at publishing; it must be the same pair."""
    make_config(parameters=replace(DEFAULT, top=1).to_dict(), is_active=True)
    run_all()
    beyond = Match.objects.visible_to(SYSTEM).filter(LIVE, rank__gt=1)
    assert beyond.exists()
    assert all(match.facts["score"] == match.score for match in beyond)


def test_an_unchanged_site_is_not_asked_again_and_keeps_its_bytes(
    server: Running, settings: Any, run_all: RunAll
) -> None:
    first = run_all()
    before = published()
    server.seen.clear()
    with serving(says(500)) as away:
        settings.RERANK = asks(away)
        second = run_all()
        assert away.seen == []
    assert first.input_hash == second.input_hash
    assert second.need_reranked == 4
    assert published() == before


def test_only_what_has_changed_is_asked_again(server: Running, run_all: RunAll) -> None:
    run_all()
    server.seen.clear()
    resource = Resource.objects.visible_to(SYSTEM).order_by("pk")[0]
    update_resource(SYSTEM, resource_id=resource.pk, version=resource.version, description_zh="激光焊接改造后。")
    assert look() is not None
    work_until_idle()
    assert {tuple(len(ask["documents"]) for ask in sent(server))} <= {(1,) * number for number in range(1, 5)}
    assert all("改造后" in ask["documents"][0] for ask in sent(server))


def test_another_model_judges_anew(server: Running, settings: Any, run_all: RunAll) -> None:
    first = run_all()
    settings.RERANK = asks(server, model="other")
    second = run_all()
    assert len(server.seen) == 8
    assert first.input_hash != second.input_hash


def test_the_watch_finds_whom_a_change_concerns_by_the_bar_before_any_judgment(
    server: Running, settings: Any, run_all: RunAll
) -> None:
    """Every pair is judged highly relevant: against judged values no newcomer would ever enter."""
    make_config(parameters=replace(DEFAULT, keep=3).to_dict(), is_active=True)
    with serving(favors("")) as generous:
        settings.RERANK = asks(generous)
        run_all()
        follow_resources()
        lists = CandidateList.objects.filter(need__live_result__isnull=False)
        assert all(row.bar < min(row.rank_values) for row in lists)
        everyone = list(Resource.objects.visible_to(SYSTEM).values_list("pk", flat=True))
        settings.RERANK = RerankSettings()
        before = published()
        start_delta([row.need_id for row in lists], reason="without")
        work_until_idle()
        assert [sorted(ids_of(row)) for row in before["lists"]] == [sorted(ids_of(row)) for row in published()["lists"]]
        assert needs_concerned_by(everyone) == sorted(row.need_id for row in lists)


AWAY: dict[str, Answer] = {
    "an error": says(503),
    "HTML": says(200, b"<html>Welcome</html>"),
    "nothing": says(200),
    "wrong count": says(200, b'{"results": [{"index": 0, "relevance_score": 0.5}]}'),
    "NaN": says(200, b'{"results": [{"index": 0, "relevance_score": NaN}]}'),
    "no answer": hang_up,
    "a drip": drip,
}


@pytest.mark.parametrize("answer", AWAY.values(), ids=AWAY.keys())
def test_without_usable_judgments_the_order_is_that_without_the_model_and_the_run_says_so(
    market: None, settings: Any, run_all: RunAll, answer: Answer
) -> None:
    run_all()
    before = published()
    with serving(answer) as bad:
        settings.RERANK = asks(bad)
        run = run_all()
        assert len(bad.seen) == reranking.FAILURES_IN_A_ROW
    assert (run.state, run.need_reranked) == (RunState.PUBLISHED, 0)
    assert run.rerank_error
    assert published() == before


def test_settings_that_cannot_work_let_the_run_publish_too(market: None, settings: Any, run_all: RunAll) -> None:
    settings.RERANK = RerankSettings("nowhere")
    run = run_all()
    assert (run.state, run.need_reranked) == (RunState.PUBLISHED, 0)
    assert "RERANK_URL" in run.rerank_error


def test_a_step_whose_time_is_over_goes_on_without(
    server: Running, run_all: RunAll, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reranking, "SECONDS_PER_STEP", -1.0)
    run = run_all()
    assert (run.state, run.need_reranked, len(server.seen)) == (RunState.PUBLISHED, 0, 0)
    assert "no time left" in run.rerank_error


@pytest.mark.parametrize("trusts", [False, True])
def test_what_may_not_leave_is_never_sent(
    world: World, server: Running, settings: Any, run_all: RunAll, trusts: bool
) -> None:
    settings.EMBEDDING = replace(settings.EMBEDDING, sends_restricted=trusts)
    needs, resources = Need.objects.unscoped(reason="a test"), Resource.objects.unscoped(reason="a test")
    public = needs.order_by("pk")[0]
    needs.filter(pk=public.pk).update(visibility="public")
    open_to_all = list(resources.order_by("pk").values_list("pk", flat=True)[:5])
    resources.filter(pk__in=open_to_all).update(visibility="public")
    sealed = make_need(
        zone=world.east,
        organization=world.enterprise,
        title_zh="密封需求甲",
        summary_zh="激光焊接",
        visibility="sealed",
    )
    run = run_all()
    asked = sent(server)
    assert not any("密封需求甲" in ask["query"] for ask in asked)
    assert (run.need_total, run.need_reranked, len(asked)) == ((5, 4, 4) if trusts else (5, 1, 1))
    names = set(resources.filter(visibility="public").values_list("name_zh", flat=True))
    told = {text.splitlines()[0] for ask in asked for text in ask["documents"]}
    assert told <= names if not trusts else told - names
    assert Match.objects.visible_to(SYSTEM).filter(LIVE, need=sealed).exists()


def test_at_most_fifty_candidates_are_read(server: Running, run_all: RunAll, monkeypatch: pytest.MonkeyPatch) -> None:
    assert reranking.JUDGED == 50
    make_config(parameters=replace(DEFAULT, top=1).to_dict(), is_active=True)
    monkeypatch.setattr(reranking, "JUDGED", 2)
    run = run_all()
    assert {len(ask["documents"]) for ask in sent(server)} == {2}
    assert all(np.count_nonzero(~np.isnan(row)) == 2 for row in judged_of(run))


def test_a_replay_of_a_judged_run_gives_every_stored_score_back(server: Running, run_all: RunAll) -> None:
    run = run_all()
    report = replay_run(SYSTEM, run=run, config=make_config(parameters=replace(DEFAULT, alpha=0.1).to_dict()))
    assert [need.inexact for need in report.needs] == [0] * 4
