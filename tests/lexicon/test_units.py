"""Values of different units compare."""

import math
import re

import pytest
from django.conf import settings
from hypothesis import given
from hypothesis import strategies as st

from lexicon.units import canonical, difference_unit, is_known

DEMO = settings.BASE_DIR / "data" / "demo"


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ((0.3, "mm"), (300, "μm")),
        ((300, "um"), (300, "µm")),
        ((1500, "万元"), (0.15, "亿元")),
        ((250, "℃"), (523.15, "K")),
        ((25, "°C"), (77, "℉")),
        ((1, "W/(m·K)"), (1, "W/m·K")),
        ((30, "Ω/sq"), (30, "Ω/□")),
        ((3, "元/㎡·天"), (3 * 365.25 / 12, "元/㎡·月")),
        ((5, "工作日"), (1, "周")),
        ((12, "月"), (1, "年")),
        ((20, "台"), (20, "台(套)")),
        ((0.5, "%"), (5000, "ppm")),
        ((1, "m³/d"), (1000 / 24, "L/h")),
        ((1, "Gbps"), (1000, "Mbit/s")),
        ((1, "℃/min"), (1, "K/min")),
        ((60, "r/min"), (60, "rpm")),
        ((1, "°"), (3600, "″")),
        ((2, "万片/月"), (20000, "片/月")),
        ((1, "cm⁻²"), (10000, "m-2")),
    ],
)
def test_different_writings_of_one_quantity_are_equal(left: tuple[float, str], right: tuple[float, str]) -> None:
    ours, theirs = canonical(*left), canonical(*right)
    assert ours.dimension == theirs.dimension
    assert ours.value == pytest.approx(theirs.value, rel=1e-9)


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("片", "台"),
        ("%", "%FS"),
        ("%", ""),
        ("dB", "dBm"),
        ("小时/年", "%"),
        ("mm", "mm/m"),
        ("次", "架次"),
        ("pH", "H"),
        ("°", "%"),
    ],
)
def test_quantities_of_different_nature_do_not_compare(left: str, right: str) -> None:
    assert canonical(1.0, left).dimension != canonical(1.0, right).dimension


def test_case_matters_where_it_means_a_factor() -> None:
    assert canonical(1, "MPa").value == 1e9 * canonical(1, "mPa").value


@pytest.mark.parametrize(
    "unit", ["HRC", "级", "JND2", "foo/bar", "((", "/", "·", "**", "9" * 40, "a" * 500, "__import__('os')"]
)
def test_an_unknown_unit_keeps_its_value_and_is_its_own_dimension(unit: str) -> None:
    assert canonical(7.5, unit).value == 7.5


@given(st.text(max_size=40), st.floats(allow_nan=True, allow_infinity=True))
def test_no_unit_raises(unit: str, value: float) -> None:
    result = canonical(value, unit)
    assert isinstance(result.value, float)
    assert isinstance(result.dimension, str)


@given(st.floats(min_value=-1e9, max_value=1e9))
def test_a_value_without_unit_stays(value: float) -> None:
    assert math.isclose(canonical(value, "").value, value, rel_tol=1e-11, abs_tol=1e-300)


@pytest.mark.parametrize(
    ("value", "unit", "other", "other_unit"),
    [
        (3_000, "rpm", 50, "Hz"),
        (3_000, "转/分", 50, "赫兹"),
        (1, "兆帕", 10, "bar"),
        (1, "%", 10_000, "ppm"),
        (20, "万元", 200_000, "元"),
        (25, "℃", 298.15, "K"),
        (1, "英寸", 25.4, "毫米"),
        (1, "千瓦时", 3.6, "MJ"),
        (1, "公顷", 15, "亩"),
        (1, "Gs", 0.1, "mT"),
        (5, "微米", 0.005, "mm"),
    ],
)
def test_the_same_amount_in_other_words_is_the_same(value: float, unit: str, other: float, other_unit: str) -> None:
    assert canonical(value, unit) == pytest.approx(canonical(other, other_unit))


def test_a_difference_of_temperatures_is_written_in_kelvin() -> None:
    assert [difference_unit(unit) for unit in ("℃", "°C", "℉", "K", "mm")] == ["K", "K", "degR", "K", "mm"]


@pytest.mark.parametrize(
    "unit",
    [
        *("", "mm", "μm", "万元", "元/㎡·天", "℃", "pH", "dBm", "%FS", "%", "次/天", "台(套)", "kW·h", "W/m·K", "HRC"),
        *("级", "箱/h", "10^15 vg", "MPa·m½", "m/z", "lp/mm", "kGs", "片/月", "ＭＨｚ", "m³/h", "lx", "倍"),
    ],
)
def test_a_unit_people_write_is_known(unit: str) -> None:
    assert is_known(unit)


@pytest.mark.parametrize(
    "unit", ["qqq", "米米米", "天天向上", "毫来", "mm/qqq", "很多", "__import__", "x" * 60, "nm或更小"]
)
def test_what_is_no_unit_is_not_known(unit: str) -> None:
    assert not is_known(unit)


def test_every_unit_of_the_demo_is_known() -> None:
    found = {
        unit for path in sorted(DEMO.rglob("*.jsonl")) for unit in re.findall(r'"unit": ?"([^"]*)"', path.read_text())
    }
    assert len(found) > 100
    assert sorted(unit for unit in found if not is_known(unit)) == []
