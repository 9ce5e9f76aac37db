"""Metrics in one cell: what people write is read, and what is stored comes back."""

from typing import Any

import pytest
from django.utils import translation
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from matching.choices import MetricOperator, MetricPriority
from matching.importing.needs.metrics import read_metrics, write_metrics
from zones.importing.cells import About, Unreadable


def only(text: str) -> tuple[Any, ...]:
    (metric,) = read_metrics(text, About())
    return tuple(metric[name] for name in ("name_zh", "operator", "value", "unit", "priority", "condition_zh"))


@pytest.mark.parametrize(
    ("text", "metric"),
    [
        ("检测限 <= 5 nm", ("检测限", "<=", 5.0, "nm", "must", "")),
        ("检测限≤５nm", ("检测限", "<=", 5.0, "nm", "must", "")),
        ("通量不低于10片/小时（加分）", ("通量", ">=", 10.0, "片/小时", "nice", "")),
        ("碳含量 <= 0.02 %", ("碳含量", "<=", 0.02, "%", "must", "")),
        ("厚度 = 5–20 μm [室温]", ("厚度", "between", [5.0, 20.0], "μm", "must", "室温")),
        ("温度 = -40至85 ℃", ("温度", "between", [-40.0, 85.0], "℃", "must", "")),
        ("防水 = 是", ("防水", "bool", True, "", "must", "")),
        ("Waterproof = no (optional)", ("Waterproof", "bool", False, "", "nice", "")),
        ("材料 包含 铝、钢、304", ("材料", "includes", ["铝", "钢", 304], "", "must", "")),
        ("寿命 >= 1,200,000 次", ("寿命", ">=", 1_200_000.0, "次", "must", "")),
        ("导热 >= 3 W/(m·K) 【25 ℃】 (硬指标)", ("导热", ">=", 3.0, "W/(m·K)", "must", "25 ℃")),
    ],
)
def test_a_metric_is_read_as_people_write_it(text: str, metric: tuple[Any, ...]) -> None:
    assert only(text) == metric


@pytest.mark.parametrize("text", ["越快越好", "检测限 <=", "<= 5 nm", "检测限 <= 很小", "厚度 = 9–3 mm", "材料 包含"])
def test_what_is_no_metric_is_refused(text: str) -> None:
    with pytest.raises(Unreadable) as refused:
        read_metrics(text, About())
    assert refused.value.code == "bad_metric"


NAMES = st.text("检测限<>=≤不低于等包含includes;；[]()（）加分\\、 5x", min_size=1, max_size=20).map(
    lambda text: " ".join(text.split())
)
SOME_NAMES = NAMES.filter(lambda text: text.strip() not in ("", "'") and not text.startswith("'"))
NUMBERS = st.floats(allow_nan=False, allow_infinity=False)
VALUES: dict[str, st.SearchStrategy[Any]] = {
    MetricOperator.AT_LEAST.value: NUMBERS,
    MetricOperator.AT_MOST.value: NUMBERS,
    MetricOperator.EQUAL.value: NUMBERS,
    MetricOperator.BETWEEN.value: st.tuples(NUMBERS, NUMBERS).map(sorted),
    MetricOperator.IS.value: st.booleans(),
    MetricOperator.INCLUDES.value: st.lists(st.one_of(SOME_NAMES, st.integers(-9999, 9999)), min_size=1, max_size=4),
}


@st.composite
def metrics(draw: st.DrawFn) -> dict[str, Any]:
    operator = draw(st.sampled_from(sorted(VALUES)))
    measured = operator not in (MetricOperator.IS, MetricOperator.INCLUDES)
    return {
        "name_zh": draw(SOME_NAMES),
        "operator": operator,
        "value": draw(VALUES[operator]),
        "unit": draw(st.sampled_from(["", "nm", "W/(m·K)", "%", "次/天"])) if measured else "",
        "priority": draw(st.sampled_from(MetricPriority.values)),
        "condition_zh": draw(st.one_of(st.just(""), SOME_NAMES)),
    }


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(metrics(), max_size=4, unique_by=lambda metric: metric["name_zh"]), st.sampled_from(["zh-hans", "en"]))
def test_what_is_written_is_read_again(stored: list[dict[str, Any]], language: str) -> None:
    with translation.override(language):
        assert read_metrics(write_metrics(stored), About()) == stored
