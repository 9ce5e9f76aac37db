"""The consortium builder: how a need is split, what counts as covered, and the smallest team against brute force."""

import re
from dataclasses import replace
from itertools import product
from typing import Any

import numpy as np
import pytest

from matching.engine.consortia import Cover, Offer, SubTask, Team, best_teams, plan_teams, tasks_of
from matching.engine.consortia.tasks import requirements_of
from matching.engine.records import NeedFacts, ResourceFacts
from matching.engine.team_wording import team_sentence
from tests.matching.engine.worlds import EAST, FAR, WEST, Shelf, at_least, make_need, make_resource, market_of, offers

CONTENT = "1. 完成氮化镓外延片生长；2. 提供激光剥离装备样机。\n做封装与可靠性考核；短"


def need_of_two_parts(**changes: Any) -> NeedFacts:
    """Wafers of 200 mm and a laser of 50 W: nobody has both."""
    laser = at_least(50.0, "W", key="power", name="激光功率")
    return make_need(kind="consortium", quantities=(at_least(200.0), laser), **changes)


def partner(number: int, organization: int, zone: int = WEST, **changes: Any) -> ResourceFacts:
    return make_resource(id=number, organization=organization, legal_group=organization, zone=zone, **changes)


WAFER = partner(1, 20, quantities=(offers(200.0),))
LASER = partner(2, 30, FAR, quantities=(offers(80.0, "W", key="power", name="激光功率"),))
SMALL = partner(3, 40, EAST, quantities=(offers(100.0),))


def plan(need: NeedFacts, *facts: ResourceFacts, places: dict[int, int] | None = None) -> tuple[Team, ...]:
    shelf = Shelf(facts)
    given = None if places is None else (lambda _ids: places)
    return plan_teams(need, shelf, shelf.load, market_of(facts), given).teams


def test_a_need_is_split_into_metrics_sentences_and_classifications() -> None:
    need = need_of_two_parts(content=CONTENT, discipline_codes=("A.1",), equipment_codes=("B.1",))
    tasks = tasks_of(need)
    assert [(task.kind, task.label, task.wanted) for task in tasks] == [
        ("metric", "晶圆直径", "≥ 200 mm"),
        ("metric", "激光功率", "≥ 50 W"),
        ("requirement", "完成氮化镓外延片生长", ""),
        ("requirement", "提供激光剥离装备样机", ""),
        ("requirement", "做封装与可靠性考核", ""),
        ("discipline", "A.1", ""),
        ("equipment", "B.1", ""),
    ]
    assert tasks[0].is_must


@pytest.mark.parametrize("text", ["", "。", "；；\n\n", "短", "1. 2. 3."])
def test_text_that_asks_for_nothing_gives_no_sentence(text: str) -> None:
    assert requirements_of(text) == []


def test_a_decimal_point_ends_no_sentence_and_repetitions_count_once() -> None:
    assert requirements_of("直径不小于0.5毫米的样件。直径不小于0.5毫米的样件") == ["直径不小于0.5毫米的样件"]


def test_two_zones_cover_together_what_nobody_covers_alone() -> None:
    best = plan(need_of_two_parts(), WAFER, LASER, SMALL)[0]
    assert (set(best.organizations), best.zones, best.uncovered) == ({20, 30}, (WEST, FAR), ())
    assert [(one.task, one.resource, one.evidence) for one in best.assigned] == [
        (0, 1, "晶圆直径 200 mm"),
        (1, 2, "激光功率 80 W"),
    ]


def test_what_nobody_states_stays_uncovered_and_a_small_chuck_does_not_count() -> None:
    best = plan(need_of_two_parts(), LASER, SMALL)[0]
    assert (best.organizations, best.uncovered) == ((30,), (0,))


@pytest.mark.parametrize("exclusion", [{"excluded_organizations": (30,)}, {"excluded_zones": (FAR,)}])
def test_an_excluded_organization_or_zone_is_in_no_team(exclusion: dict[str, Any]) -> None:
    teams = plan(need_of_two_parts(**exclusion), WAFER, LASER)
    assert [team.organizations for team in teams] == [(20,)]


def test_a_resource_without_free_place_is_in_no_team() -> None:
    assert plan(need_of_two_parts(), WAFER, replace(LASER, capacity=0))[0].organizations == (20,)
    assert plan(need_of_two_parts(), WAFER, LASER, places={1: 1, 2: 0})[0].organizations == (20,)


def test_a_sentence_is_answered_by_text_with_more_than_one_shared_word() -> None:
    need = make_need(kind="consortium", content="对氮化镓外延片作无损缺陷检测并自动分类")
    best = plan(need, partner(1, 20))[0]
    assert [(one.task, one.resource) for one in best.assigned] == [(0, 1)]
    assert "缺陷检测" in best.assigned[0].evidence
    assert re.fullmatch(r"[^、·]+(?: · [^、·]+)+", best.assigned[0].evidence)
    assert plan(make_need(kind="consortium", content="承担整机联调与在轨支持服务"), partner(1, 20)) == ()


def test_a_resource_about_something_else_covers_nothing() -> None:
    stranger = partner(
        4, 50, title="谐波减速器试验台", text="减速器寿命试验。", keywords=(), quantities=(offers(200.0),)
    )
    assert plan(need_of_two_parts(), stranger, WAFER)[0].organizations == (20,)


def test_nothing_to_cover_gives_no_team() -> None:
    assert plan(make_need(kind="consortium"), WAFER, LASER) == ()


class Puzzle:
    """A small world: up to five sub-tasks, up to five organizations with an offer or two each."""

    def __init__(self, seed: int) -> None:
        random = np.random.default_rng(seed)
        count = int(random.integers(2, 6))
        weights = random.choice([8, 3, 4, 1], count)
        self.tasks = [SubTask("metric", str(n), int(weight)) for n, weight in enumerate(weights)]
        self.offers = [
            Offer(number, 100 + number % int(random.integers(2, 6)), int(random.integers(1, 4)), 1, 0.5, covers)
            for number in range(1, 7)
            if (covers := self._covers(random, count))
        ]
        self.max_members = int(random.integers(1, 4))

    @staticmethod
    def _covers(random: np.random.Generator, count: int) -> tuple[Cover, ...]:
        chosen = np.flatnonzero(random.random(count) < 0.45)
        return tuple(Cover(int(task), float(random.integers(1, 101)) / 100, "") for task in chosen)

    def best(self) -> tuple[float, int, int, float]:
        """The best aims in their order: weight covered, zones (two at most), fewness, strength."""
        choices = [
            [None, *((offer, cover) for offer in self.offers for cover in offer.covers if cover.task == task)]
            for task in range(len(self.tasks))
        ]
        return max(aims for choice in product(*choices) if (aims := self._aims([row for row in choice if row])))

    def _aims(self, taken: list[Any]) -> tuple[float, int, int, float] | None:
        organizations = {offer.organization for offer, _cover in taken}
        if len(organizations) > self.max_members:
            return None
        weight = sum(self.tasks[cover.task].weight for _offer, cover in taken)
        zones = min(len({offer.zone for offer, _cover in taken}), 2)
        return weight, zones, -len(organizations), round(sum(cover.strength for _offer, cover in taken), 6)

    def aims_of(self, team: Team) -> tuple[float, int, int, float]:
        weight = sum(self.tasks[one.task].weight for one in team.assigned)
        strength = round(sum(one.strength for one in team.assigned), 6)
        return weight, min(len(team.zones), 2), -len(team.organizations), strength


@pytest.mark.parametrize("seed", range(40))
def test_small_worlds_are_solved_as_brute_force_solves_them(seed: int) -> None:
    puzzle = Puzzle(seed)
    teams = best_teams(puzzle.tasks, puzzle.offers, max_members=puzzle.max_members)
    found = [puzzle.aims_of(team) for team in teams]
    assert found[:1] == [puzzle.best()][: len(found)]
    assert found == sorted(found, reverse=True)
    assert all(team.is_proven for team in teams)


@pytest.mark.parametrize("seed", range(8))
def test_alternatives_differ_and_the_order_of_offers_does_not_matter(seed: int) -> None:
    puzzle = Puzzle(seed)
    teams = best_teams(puzzle.tasks, puzzle.offers)
    assert teams == best_teams(puzzle.tasks, puzzle.offers[::-1])
    for place, team in enumerate(teams):
        assert all(set(earlier.organizations) - set(team.organizations) for earlier in teams[:place])


def test_a_place_carries_six_sub_tasks_and_the_seventh_needs_another() -> None:
    tasks = [SubTask("metric", str(n), 1) for n in range(7)]
    everything = tuple(Cover(n, 1.0, "") for n in range(7))
    one = Offer(1, 10, EAST, 1, 0.9, everything)
    assert len(best_teams(tasks, [one])[0].uncovered) == 1
    assert best_teams(tasks, [replace(one, places=2)])[0].uncovered == ()


def test_one_who_covers_all_is_joined_by_a_second_zone_where_there_is_one() -> None:
    tasks = [SubTask("metric", "a", 8), SubTask("metric", "b", 8)]
    able = Offer(1, 10, EAST, 1, 0.9, (Cover(0, 1.0, ""), Cover(1, 1.0, "")))
    helper = Offer(2, 20, WEST, 1, 0.4, (Cover(1, 0.4, ""),))
    assert best_teams(tasks, [able])[0].organizations == (10,)
    assert best_teams(tasks, [able, helper])[0].organizations == (10, 20)


def test_one_alone_comes_first_only_where_nobody_adds_to_it_and_is_no_alternative() -> None:
    tasks = [SubTask("metric", "a", 8), SubTask("metric", "b", 8)]
    able = Offer(1, 10, EAST, 1, 0.9, (Cover(0, 1.0, ""), Cover(1, 1.0, "")))
    neighbour = Offer(2, 20, EAST, 1, 0.4, (Cover(1, 0.4, ""),))
    helper = replace(neighbour, resource=3, organization=30, zone=WEST)
    assert [team.organizations for team in best_teams(tasks, [able, neighbour])] == [(10,)]
    assert [team.organizations for team in best_teams(tasks, [able, helper])] == [(10, 30)]


def test_one_alone_is_told_as_one_with_what_is_missing() -> None:
    known: dict[str, Any] = {"lead": "西山光学实验室", "members": 1, "zones": 1, "covered": 3, "total": 4}
    assert team_sentence("zh", **known, uncovered=["封装"]) == (
        "未组成联合体：西山光学实验室一家即覆盖4项分任务中的3项，其他单位均无补充；暂无单位覆盖：封装。"
    )
    assert team_sentence("en", **known, uncovered=["packaging"]) == (
        "No consortium: 西山光学实验室 alone covers 3 of 4 sub-tasks, and nobody adds to it. Nobody covers: packaging."
    )


def test_the_sentence_says_who_leads_what_is_covered_and_what_is_missing() -> None:
    known: dict[str, Any] = {"lead": "西山光学实验室", "members": 2, "zones": 2, "covered": 3, "total": 4}
    assert team_sentence("zh", **known, uncovered=["封装"]) == (
        "建议由西山光学实验室牵头，2家单位、2个园区联合，覆盖4项分任务中的3项；暂无单位覆盖：封装。"
    )
    assert team_sentence("en", **known, uncovered=[]).endswith("3 of 4 sub-tasks covered, nothing missing.")
    assert "等5项" in team_sentence("zh", **known, uncovered=list("甲乙丙丁戊"))
    assert "and 2 more" in team_sentence("en", **known, uncovered=list("abcde"))
