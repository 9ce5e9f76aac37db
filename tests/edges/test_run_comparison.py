"""The comparison of two runs at both doors: for the need's side, in its language, and for nobody else."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import numpy as np
import pytest
from django.test import Client

from accounts.models import User
from matching.choices import RunKind
from matching.engine.config import COMPONENTS, DEFAULT
from matching.engine.parts import Parts
from matching.engine.scoring import combine
from matching.models import CandidateList, MatchRun, Need
from tests.builders import make_need, make_resource, make_run
from tests.conftest import World
from tests.edges.conftest import Ask
from zones.models import Resource

ClientOf = Callable[[User | None], Client]
TEXT = COMPONENTS.index("text")


def listed(run: MatchRun, need: Need, text: dict[Resource, float], *, version: int = 1) -> None:
    """A candidate list as a run stores it, of pairs that differ in their topic only; the last has that version."""
    order = sorted(text, key=lambda resource: -text[resource])
    value = np.full((len(order), len(COMPONENTS)), 0.5)
    value[:, TEXT] = [text[resource] for resource in order]
    scores = combine(Parts(value, np.ones_like(value)), DEFAULT)
    CandidateList.objects.create(
        run=run,
        need=need,
        need_version=1,
        resource_ids=[resource.pk for resource in order],
        resource_versions=[1] * (len(order) - 1) + [version],
        parts=value.astype("<f8").tobytes(),
        scores=scores.score.tolist(),
        confidences=scores.confidence.tolist(),
        rank_values=scores.rank_value.tolist(),
    )


@pytest.fixture
def runs(world: World) -> tuple[MatchRun, MatchRun]:
    """Two full runs; between them West's platform was edited, and falls from the first place to the second."""
    need = make_need(organization=world.enterprise, title_zh="晶圆检测需求", visibility="national")
    west = make_resource(organization=world.laboratory, name_zh="西山检测平台")
    other = make_resource(organization=world.outside, name_zh="远海检测平台")
    first, second = make_run(), make_run()
    listed(first, need, {west: 0.9, other: 0.6})
    listed(second, need, {west: 0.5, other: 0.6}, version=2)
    return first, second


def page_of(run: MatchRun) -> str:
    return f"/office/matching/matchrun/{run.public_id}/compare/"


@pytest.mark.parametrize(
    ("language", "words"),
    [
        (
            "zh-hans",
            ["晶圆检测需求", "西山检测平台", "名次变化", "1 → 2", "资源已修改", "主要是“主题相近”", "其他候选变化所致"],
        ),
        ("en", ["Moved", "1 → 2", "mainly “topic”", "1 need has another top 5"]),
    ],
)
def test_ana_reads_what_changed_and_why(
    world: World, runs: tuple[MatchRun, MatchRun], client_of: ClientOf, language: str, words: list[str]
) -> None:
    page = client_of(world.ana).get(page_of(runs[1]), headers={"accept-language": language}).content.decode()
    for word in words:
        assert word in page


@pytest.mark.parametrize("person", ["bo", "cy", "secretariat"])
def test_others_read_of_no_need(
    world: World, runs: tuple[MatchRun, MatchRun], client_of: ClientOf, ask: Ask, person: str
) -> None:
    user = getattr(world, person)
    assert "检测平台" not in client_of(user).get(page_of(runs[1])).content.decode()
    assert ask(user, f"runs/{runs[1].public_id}/compare/").body["needs"] == []


def test_the_api_tells_the_same(world: World, runs: tuple[MatchRun, MatchRun], ask: Ask) -> None:
    first, second = runs
    answer = ask(world.eve, f"runs/{second.public_id}/compare/", **{"with": str(first.public_id)})
    assert (answer.body["before"], answer.body["after"]) == (str(first.public_id), str(second.public_id))
    (need,) = answer.body["needs"]
    moved = {change["before"]: change for change in need["changes"]}
    assert (moved[1]["after"], moved[1]["kind"], moved[1]["component"]) == (2, "moved", "text")
    assert (moved[2]["after"], moved[2]["reasons"]) == (1, ["displaced"])
    assert ask(world.eve, f"runs/{second.public_id}/compare/").body == answer.body


def test_the_other_way_round_is_asked_for_by_name(
    world: World, runs: tuple[MatchRun, MatchRun], client_of: ClientOf
) -> None:
    page = client_of(world.ana).get(page_of(runs[0]), {"with": str(runs[1].public_id)}).content.decode()
    assert "2 → 1" in page


def test_the_first_run_waits_for_a_choice_and_an_only_run_offers_none(world: World, client_of: ClientOf) -> None:
    client, first = client_of(world.ana), make_run()
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "zh-hans"
    alone = client.get(page_of(first)).content.decode()
    assert ("没有更早的运行可供比较" in alone, 'name="with"' in alone) == (True, False)
    make_run()
    waiting = client.get(page_of(first)).content.decode()
    assert ("请选择一次运行" in waiting, 'name="with"' in waiting) == (True, True)


@pytest.mark.parametrize("key", ["nonsense", "00000000-0000-4000-8000-000000000000"])
def test_a_run_that_is_not_there_is_a_404_at_the_api_and_an_empty_page(
    world: World, runs: tuple[MatchRun, MatchRun], client_of: ClientOf, ask: Ask, key: str
) -> None:
    assert ask(world.ana, f"runs/{runs[1].public_id}/compare/", **{"with": key}).status == 404
    page = client_of(world.ana).get(page_of(runs[1]), {"with": key})
    assert page.status_code == 200
    assert "检测平台" not in page.content.decode()


def test_a_hidden_run_is_as_one_that_is_not_there(
    world: World, runs: tuple[MatchRun, MatchRun], client_of: ClientOf, ask: Ask
) -> None:
    hidden = make_run(kind=RunKind.DELTA)
    listed(hidden, make_need(organization=world.laboratory), {make_resource(): 0.5})
    told: Any = ask(world.ana, f"runs/{runs[1].public_id}/compare/", **{"with": str(hidden.public_id)})
    nothing = ask(world.ana, f"runs/{runs[1].public_id}/compare/", **{"with": str(uuid4())})
    assert (told.status, told.body["title"]) == (nothing.status, nothing.body["title"]) == (404, told.body["title"])
    assert client_of(world.ana).get(page_of(hidden)).status_code == 404
    assert str(hidden.public_id) not in client_of(world.ana).get(page_of(runs[1])).content.decode()


def test_an_unknown_parameter_is_refused(world: World, runs: tuple[MatchRun, MatchRun], ask: Ask) -> None:
    assert ask(world.ana, f"runs/{runs[1].public_id}/compare/", wiht="x").status == 400
