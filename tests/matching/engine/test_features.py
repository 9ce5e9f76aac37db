"""Components one at a time, with the answers written beside them."""

from dataclasses import replace

import numpy as np
import pytest
from numpy.typing import NDArray

from matching.engine import features
from matching.engine.facts import PRICE_UNITS
from matching.engine.records import DEFAULT
from tests.matching.engine.worlds import (
    EAST,
    FAR,
    TODAY,
    WEST,
    codes,
    geography,
    make_need,
    make_resource,
    needs_of,
    resources_of,
)

ONE = np.zeros(1, dtype=np.int64)


def ints(*values: int) -> NDArray[np.int64]:
    return np.array(values, dtype=np.int64)


def reals(*values: float) -> NDArray[np.float64]:
    return np.array(values, dtype=np.float64)


def approximately(*values: float) -> object:
    return pytest.approx(list(values), nan_ok=True)


def test_trl_is_full_at_the_wanted_level_and_falls_with_the_gap() -> None:
    fit = features.trl_fit(ints(4, 4, 4, -1, 1, 4), ints(7, 7, 7, 7, 9, -1), ints(7, 9, 6, 6, 8, 5))
    assert fit.tolist() == approximately(1.0, 1.0, 1 - 1 / 4, 1 - 1 / 4, 1 - 1 / 9, np.nan)


def test_a_unit_price_within_the_budget_says_nothing_and_above_it_something() -> None:
    hour, project = (PRICE_UNITS.index(unit) for unit in ("hour", "project"))
    units = ints(hour, hour, project, project, hour)
    fit = features.budget_fit(reals(100, 100, 100, 100, np.nan), reals(5, 150, 80, 300, 5), units)
    assert fit.tolist() == approximately(np.nan, 0.5, 1.0, 0.0, np.nan)


@pytest.mark.filterwarnings("error")
def test_a_budget_near_zero_is_exceeded_without_a_warning() -> None:
    project, hour = (PRICE_UNITS.index(unit) for unit in ("project", "hour"))
    fit = features.budget_fit(reals(5e-324, 2.5e-310, np.nan), reals(1e12, 1.0, 1.0), ints(project, hour, project))
    assert fit.tolist() == approximately(0.0, 0.0, np.nan)


def test_time_falls_when_the_work_ends_after_the_deadline() -> None:
    deadlines, days = ints(TODAY + 100, TODAY + 100, TODAY + 100, -1, TODAY - 5), ints(10, 150, -1, 10, 1)
    fit = features.time_fit(deadlines, ints(-1, -1, -1, -1, -1), days, TODAY)
    assert fit.tolist() == approximately(1.0, 0.5, np.nan, np.nan, 1.0)


def test_duration_counts_as_well_as_lead_time() -> None:
    month = features.DAYS_PER_MONTH
    fit = features.time_fit(ints(TODAY + 60), ints(2), ints(30), TODAY)
    assert fit.tolist() == approximately(1 - (30 + 2 * month - 60) / 60)


def test_modes_overlap() -> None:
    needs = needs_of(make_need(modes=("a", "b")), make_need(modes=()))
    resources = resources_of(make_resource(modes=("b", "c", "d")))
    fit = features.mode_fit(needs.modes, resources.modes, ints(0, 1), ints(0, 0))
    assert fit.tolist() == approximately(0.5, np.nan)


def test_crossing_zones_is_rewarded_by_closeness() -> None:
    fit = features.proximity_fit(
        ints(EAST, EAST, WEST, EAST, EAST), ints(EAST, WEST, FAR, FAR, 99), geography(), DEFAULT
    )
    same, alliance, network, far, unknown = fit.tolist()
    assert network > alliance > same > far == unknown
    assert network == pytest.approx(1.0)


def test_availability_grows_with_free_places() -> None:
    assert features.availability_fit(ints(0, 1, 3, -2)).tolist() == approximately(0.0, 0.5, 0.75, 0.0)


def test_a_track_record_starts_from_a_prior() -> None:
    assert features.track_fit(ints(0, 1, 8), ints(0, 1, 8), DEFAULT).tolist() == approximately(np.nan, 0.6, 0.85)


def test_freshness_halves_each_half_life() -> None:
    fit = features.freshness_fit(ints(TODAY, TODAY - 365, -1, TODAY + 10), TODAY, DEFAULT)
    assert fit.tolist() == approximately(1.0, 0.5, np.nan, 1.0)


def test_class_is_the_mean_over_classifications_both_sides_use() -> None:
    needs = needs_of(make_need(industry_codes=("A.1.1", "A.2"), discipline_codes=("B",)), make_need())
    resources = resources_of(
        make_resource(industry_codes=("A.1.2", "B.1")), make_resource(discipline_codes=("unlisted",))
    )
    fit = features.class_fit(needs, resources, ints(0, 0, 1), ints(0, 1, 0), codes())
    assert fit.tolist() == approximately((2 * 2 / 6 + 0.8) / 2, 0.0, np.nan)


def test_a_code_outside_the_tree_equals_itself() -> None:
    needs = needs_of(make_need(industry_codes=("unlisted",)))
    resources = resources_of(make_resource(industry_codes=("unlisted", "A")), make_resource(industry_codes=("other",)))
    assert features.class_fit(needs, resources, ints(0, 0), ints(0, 1), codes()).tolist() == approximately(1.0, 0.0)


def test_parts_stay_between_zero_and_one_or_unknown() -> None:
    config = replace(DEFAULT, cross_zone_bonus=0.0)
    fit = features.proximity_fit(ints(EAST), ints(FAR), geography(), config)
    assert 0 <= fit[0] <= 1
