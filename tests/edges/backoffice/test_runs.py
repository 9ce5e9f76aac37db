"""The page of a run: what the solver proved of its assignment."""

import pytest

from matching.models import MatchRun
from tests.builders import make_run
from tests.conftest import World
from tests.edges.backoffice.conftest import Browse

COUNTS = {"assigned": 7, "solver": "auction", "total_value": 4.0, "gap": 0.01}


def told(world: World, browse: Browse, counts: dict[str, object], *, person: str = "ops") -> str:
    run = make_run()
    MatchRun.plain.filter(pk=run.pk).update(counts=counts)
    address = f"/office/matching/matchrun/{run.public_id}/change/"
    page: str = browse(getattr(world, person)).get(address).content.decode()
    return page


def test_the_page_tells_how_far_the_assignment_can_be_from_the_best(world: World, browse: Browse) -> None:
    page = told(world, browse, COUNTS)
    assert "竞价求解：共分配 7 对，排序值之和 4.00；" in page
    assert "至多再高 0.0100（0.25%）" in page


@pytest.mark.parametrize(("solver", "name"), [("flow", "精确求解"), ("auction", "竞价求解")])
def test_without_a_gap_the_sum_is_the_largest(world: World, browse: Browse, solver: str, name: str) -> None:
    page = told(world, browse, COUNTS | {"solver": solver, "gap": 0.0})
    assert f"{name}：共分配 7 对，排序值之和 4.00，已证明为最大。" in page


def test_a_run_that_stored_no_gap_tells_none(world: World, browse: Browse) -> None:
    assert "求解" not in told(world, browse, {"assigned": 7})


def test_amounts_are_for_the_system(world: World, browse: Browse) -> None:
    assert "求解" not in told(world, browse, COUNTS, person="ana")
