"""Metrics against capabilities: units, ranges, sets, and what is not known."""

import numpy as np
import pytest

from matching.engine.features import Metrics, metrics_of, verdicts_of
from matching.engine.metric_kernels import BY_KEY, BY_NAME, BY_OVERLAP, MET, MISSED, NOT_DECLARED, UNKNOWN
from matching.engine.records import Quantity
from tests.matching.engine.worlds import at_least, make_need, make_resource, needs_of, offers, resources_of

ONE = np.zeros(1, dtype=np.int64)


def judge(wanted: Quantity, *offered: Quantity) -> tuple[int, int]:
    """Verdict and relation of one metric against some capabilities."""
    needs, resources = needs_of(make_need(quantities=(wanted,))), resources_of(make_resource(quantities=offered))
    verdict, _, _, relation = verdicts_of(needs, resources, 0, 0)[0]
    return int(verdict), int(relation)


def fit(wanted: list[Quantity], offered: list[Quantity]) -> Metrics:
    needs = needs_of(make_need(quantities=tuple(wanted)))
    return metrics_of(needs, resources_of(make_resource(quantities=tuple(offered))), ONE, ONE)


def at_most(value: float, unit: str) -> Quantity:
    return Quantity("size", "最小检出尺寸", high=value, unit=unit, op="<=", is_must=True)


def ranges(low: float | None, high: float | None, unit: str) -> Quantity:
    return Quantity("size", "最小检出尺寸", low=low, high=high, unit=unit)


@pytest.mark.parametrize(
    ("wanted", "offered", "verdict"),
    [
        (at_most(0.5, "μm"), ranges(0.3, 0.3, "μm"), MET),
        (at_most(0.5, "μm"), ranges(20, 20, "μm"), MISSED),
        (at_most(0.3, "mm"), ranges(300, 300, "μm"), MET),
        (at_most(0.3, "mm"), ranges(301, 301, "μm"), MISSED),
        (at_most(10, "μm"), ranges(5, 20, "μm"), MET),
        (at_most(10, "μm"), ranges(40, 80, "μm"), MISSED),
        (at_most(10, "μm"), ranges(None, 80, "μm"), MET),
        (at_most(10, "μm"), ranges(None, None, "μm"), UNKNOWN),
        (at_most(10, "μm"), ranges(5, 5, "%"), UNKNOWN),
        (at_least(1500, "万元", key="size"), ranges(0.1, 0.5, "亿元"), MET),
        (at_least(1500, "万元", key="size"), ranges(0.05, 0.1, "亿元"), MISSED),
        (
            Quantity("size", "直径", low=200, op="=", unit="mm"),
            Quantity("size", "直径", choices=(100, 150, 200), unit="mm"),
            MET,
        ),
        (
            Quantity("size", "直径", low=200, op="=", unit="mm"),
            Quantity("size", "直径", choices=(50, 100), unit="mm"),
            MISSED,
        ),
        (Quantity("size", "直径", low=200, op="=", unit="mm"), ranges(100, 300, "mm"), MET),
        (Quantity("size", "温度", low=-40, high=85, op="between", unit="℃"), ranges(-55, 150, "℃"), MET),
        (Quantity("size", "温度", low=-40, high=85, op="between", unit="℃"), ranges(100, 150, "℃"), MISSED),
        (
            Quantity("size", "波段", choices=(1310, 1550), op="includes", unit="nm"),
            Quantity("size", "波段", choices=(1550, 1310), unit="nm"),
            MET,
        ),
        (
            Quantity("size", "波段", choices=(1310, 1550), op="includes", unit="nm"),
            Quantity("size", "波段", choices=(1310,), unit="nm"),
            MISSED,
        ),
        (Quantity("size", "波段", choices=(1310, 1550), op="includes", unit="nm"), ranges(1.2, 1.6, "μm"), MET),
        (
            Quantity("size", "资质", choices=("CNAS",), op="includes"),
            Quantity("size", "资质", choices=("CMA", "ｃｎａｓ")),
            MET,
        ),
        (
            Quantity("size", "资质", choices=("CNAS",), op="includes"),
            Quantity("size", "资质", choices=("CMA",)),
            MISSED,
        ),
        (Quantity("size", "资质", choices=("CNAS",), op="includes"), ranges(1, 2, ""), UNKNOWN),
        (Quantity("size", "无损", truth=True, op="bool"), Quantity("size", "无损", truth=True), MET),
        (Quantity("size", "无损", truth=True, op="bool"), Quantity("size", "无损", truth=False), MISSED),
        (Quantity("size", "无损", truth=False, op="bool"), Quantity("size", "无损", truth=False), MET),
        (Quantity("size", "无损", truth=True, op="bool"), ranges(1, 1, ""), UNKNOWN),
    ],
)
def test_verdicts_by_hand(wanted: Quantity, offered: Quantity, verdict: int) -> None:
    assert judge(wanted, offered) == (verdict, BY_KEY)


def test_a_capability_named_without_a_value_is_unknown() -> None:
    assert judge(at_least(200), offers(None)) == (UNKNOWN, BY_KEY)


def test_an_undeclared_metric_is_unknown() -> None:
    assert judge(at_least(200), offers(5, "h", key="other", name="机时")) == (UNKNOWN, NOT_DECLARED)


def test_the_same_name_serves_where_keys_differ() -> None:
    assert judge(at_least(200), offers(300, key="diameter")) == (MET, BY_NAME)


def test_a_similar_name_serves_when_the_dimension_is_the_same() -> None:
    assert judge(at_least(200), offers(300, key="diameter", name="支持晶圆直径")) == (MET, BY_OVERLAP)
    assert judge(at_least(200), offers(300, "h", key="diameter", name="支持晶圆直径")) == (UNKNOWN, NOT_DECLARED)


def test_the_key_counts_before_the_name() -> None:
    assert judge(at_least(200), offers(500, key="other"), offers(100)) == (MISSED, BY_KEY)


def test_of_several_capabilities_with_one_key_the_best_counts() -> None:
    assert judge(at_least(200), offers(100), offers(300), offers(None)) == (MET, BY_KEY)


def test_a_must_metric_contradicted_by_a_known_value_is_impossible() -> None:
    assert fit([at_least(200)], [offers(100)]).impossible.tolist() == [1]


def test_a_nice_metric_is_never_impossible_and_a_near_miss_keeps_some_fit() -> None:
    result = fit([at_least(200, is_must=False)], [offers(150)])
    assert result.impossible.tolist() == [0]
    assert result.fit.tolist() == [pytest.approx(0.5 * 0.75)]


def test_a_merely_similar_name_never_excludes() -> None:
    assert fit([at_least(200)], [offers(100, key="x", name="支持晶圆直径")]).impossible.tolist() == [0]


def test_must_counts_twice_and_unknown_lowers_the_known_share_only() -> None:
    wanted = [
        at_least(200),
        at_least(5, "h", key="hours", name="机时", is_must=False),
        at_least(1, "kg", key="m", name="质量"),
    ]
    result = fit(wanted, [offers(200), offers(4, "h", key="hours", name="机时")])
    assert result.fit[0] == pytest.approx((2 * 1.0 + 1 * 0.5 * 0.8) / 3)
    assert result.known_share[0] == pytest.approx(3 / 5)


def test_a_need_without_metrics_says_nothing() -> None:
    result = fit([], [offers(1)])
    assert np.isnan(result.fit[0])
    assert (result.known_share[0], result.impossible[0]) == (0.0, 0)


TEMPERED = Quantity("t", "温控范围", low=20, high=85, op="between", unit="℃", is_must=True)


@pytest.mark.parametrize(
    ("low", "high", "expected"), [(10, 90, 1.0), (20, 52.5, 0.5), (80, 150, 5 / 65), (30, 30, 1.0), (90, 150, 0.0)]
)
def test_a_range_counts_by_how_much_of_it_is_covered(low: float, high: float, expected: float) -> None:
    """Covered in part it is missed in part, and excludes nobody; not covered at all it excludes."""
    found = fit([TEMPERED], [Quantity("t", "温控范围", low=low, high=high, unit="℃")])
    assert found.fit[0] == pytest.approx(expected, abs=0.5 if expected == 0 else 1e-9)
    assert found.impossible[0] == (expected == 0)


def states(name: str, truth: bool, key: str = "") -> Quantity:
    return Quantity(key, name, truth=truth, op="bool", is_must=True)


@pytest.mark.parametrize(
    ("wanted", "offered", "verdict"),
    [
        (states("不含铅", True), states("含铅", False), MET),
        (states("不含铅", True), states("含铅", True), MISSED),
        (states("不含铅", True), states("无铅", True), MET),
        (states("lead-free", True), states("contains lead", True), MISSED),
        (states("lead-free", True), states("Lead free", True), MET),
        (states("无需不动产抵押", True), states("需要不动产抵押", False), MET),
        (states("不含卤素阻燃剂成分", True), states("含卤素阻燃剂的成分", True), MISSED),
        (states("无损检测", True, "ndt"), states("支持超声扫描", True, "ndt"), MET),
        (states("无损检测", True, "ndt"), states("支持无损检测", False, "ndt"), MISSED),
        (states("不含铅", False), states("含铅", True), MET),
    ],
)
def test_a_denial_and_its_opposite_are_the_same_question(wanted: Quantity, offered: Quantity, verdict: int) -> None:
    assert judge(wanted, offered)[0] == verdict


@pytest.mark.parametrize(
    ("name", "limit", "unit", "value", "offered_unit", "verdict"),
    [
        ("温度均匀性", 0.02, "K", 0.01, "℃", MET),
        ("温度均匀性", 0.02, "K", 0.5, "℃", MISSED),
        ("温控精度", 1, "℃", 0.9, "℉", MET),
        ("temperature stability", 0.1, "℃", 0.2, "K", MISSED),
        ("工作温度", 300, "K", 20, "℃", MET),
        ("工作温度", 290, "K", 20, "℃", MISSED),
    ],
)
def test_a_difference_of_temperatures_is_no_temperature(
    name: str, limit: float, unit: str, value: float, offered_unit: str, verdict: int
) -> None:
    wanted = Quantity("t", name, high=limit, unit=unit, op="<=", is_must=True)
    assert judge(wanted, Quantity("t", name, low=value, high=value, unit=offered_unit))[0] == verdict
