"""Consortia for the needs of the demo that ask for one: sensible teams out of the demo's own resources."""

from pathlib import Path
from typing import NamedTuple

import pytest

from benchmarks.demo_market import DemoMarket, load_demo, load_reference
from benchmarks.world import World, build, record_of
from matching.engine.consortia import plan_teams
from matching.engine.consortia.plan import Plan
from matching.engine.records import DEFAULT, Market, NeedFacts

TODAY = 739_943


class Demo(NamedTuple):
    """The demo's market, its index, and what surrounds them."""

    market: DemoMarket
    world: World
    surroundings: Market

    def need(self, name: str) -> NeedFacts:
        number = next(number for number, known in self.market.need_names.items() if known == name)
        return self.market.needs[number - 1]

    def plan(self, name: str) -> Plan:
        return plan_teams(self.need(name), self.world.index, self.world.load, self.surroundings)

    def names(self, resources: set[int]) -> set[str]:
        return {self.market.names[pk] for pk in resources}


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Demo:
    reference = load_reference()
    market = load_demo(reference)
    folder: Path = tmp_path_factory.mktemp("index")
    world = build(map(record_of, market.resources), folder, reference.geography, reference.codes)
    return Demo(market, world, Market(world.statistics, world.geography, world.codes, DEFAULT, TODAY))


@pytest.mark.parametrize("name", ["FHEALTH-N06", "FMAT-N07", "FINFO-N04", "IC-N06", "FSPACE-N04", "IOT-N07"])
def test_every_consortium_of_the_demo_has_a_team_of_several_zones_with_its_expected_partner(
    demo: Demo, name: str
) -> None:
    need, plan = demo.need(name), demo.plan(name)
    best = plan.teams[0]
    used = {one.resource for one in best.assigned}
    assert len(best.organizations) >= 2
    assert len(best.zones) >= 2
    assert demo.market.expected[need.id] & used
    assert all(one.task not in best.uncovered for one in best.assigned)
    covered = {one.task for one in best.assigned}
    assert all(number in covered for number, task in enumerate(plan.tasks) if task.is_must)


def test_the_soybean_consortium_covers_everything_with_two_organizations(demo: Demo) -> None:
    best = demo.plan("FHEALTH-N06").teams[0]
    assert (len(best.organizations), len(best.zones), best.uncovered) == (2, 2, ())
    assert "FHEALTH-R20" in demo.names({one.resource for one in best.assigned})


def test_alternatives_to_the_slicing_consortium_differ_and_name_what_is_missing(demo: Demo) -> None:
    plan = demo.plan("FMAT-N07")
    assert len(plan.teams) == 3
    assert len({team.organizations for team in plan.teams}) == 3
    missing = [plan.tasks[number].label for number in plan.teams[0].uncovered]
    assert "与研磨抛光成员共同制定厚度、翘曲和损伤层接口" in missing
