r"""Metrics of a need in one cell, as people write them: ``检测限 <= 5 nm; 通量 >= 10 片/小时 [25 ℃] (加分)``.

Each is a name, a relation, a value and its unit; then, where they apply, the test condition in square brackets and a
mark that it is wished for rather than required. A backslash takes a character for itself that would part something.
"""

import re
from collections.abc import Mapping, Sequence
from math import isfinite
from typing import Any, Final

from django.utils.translation import gettext as _

from lexicon.units import is_known
from matching.choices import MetricOperator, MetricPriority
from zones.importing.cells import NO, YES, About, Cell, Unreadable, text

Metric = dict[str, Any]
PARTS: Final = re.compile(r"(?:\\.?|[^\\;；\n])+", re.DOTALL)
ITEMS: Final = re.compile(r"(?:\\.?|[^\\、，,])+", re.DOTALL)
SIGNS: Final = {
    MetricOperator.AT_LEAST: (">=", "≥", "＞＝", "不低于", "不少于", "不小于", "大于等于"),
    MetricOperator.AT_MOST: ("<=", "≤", "＜＝", "不高于", "不超过", "不大于", "小于等于"),
    MetricOperator.EQUAL: ("=", "＝", "等于"),
    MetricOperator.INCLUDES: ("包含", "includes"),
}
OPERATOR_OF: Final = {sign: operator for operator, signs in SIGNS.items() for sign in signs}
OF_NAMES: Final = re.compile(
    r"([\\;；\n\[\]【】<>=≥≤＞＜＝]|等(?=于)|不(?=[低少小高超大])|包(?=含)|i(?=ncludes))", re.IGNORECASE
)
OF_VALUES: Final = re.compile(r"([\\;；\n\[\]【】、，,]|[(（](?=[^(（]+[)）]$))")
"""Characters that would part something, in what stands before a relation and in what stands behind it."""
_SIGN: Final = "|".join(sorted(OPERATOR_OF, key=len, reverse=True))
METRIC: Final = re.compile(
    rf"(?P<name>(?:\\.|[^\\<>=≤≥＜＞＝])+?)\s*(?P<sign>{_SIGN})\s*(?P<rest>.*)", re.IGNORECASE | re.DOTALL
)
NICE: Final = ("加分", "期望", "期望指标", "nice", "optional")
MUST: Final = ("硬指标", "必须", "must")
PRIORITY: Final = re.compile(rf"\s*(?<!\\)[(（](?P<word>{'|'.join((*NICE, *MUST))})[)）]$", re.IGNORECASE)
CONDITION: Final = re.compile(r"\s*(?<!\\)[\[【](?P<text>(?:\\.|[^\[【\]】\\])+)[\]】]$", re.DOTALL)
NUMBER: Final = r"[-+]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?(?:[eE][-+]?\d+)?"
INTERVAL: Final = re.compile(rf"(?P<low>{NUMBER})\s*(?:[–—~～至-]|to)\s*(?P<high>{NUMBER})(?P<unit>.*)")
SINGLE: Final = re.compile(rf"(?P<number>{NUMBER})(?P<unit>.*)")
HALF_WIDTH: Final = str.maketrans("０１２３４５６７８９．－＋", "0123456789.-+")
MOST: Final = 40
LONGEST: Final = {"name_zh": 60, "unit": 20, "condition_zh": 120}


def read_metrics(cell: Cell, about: About) -> list[Metric]:
    """The metrics of a cell, in its order. Raises Unreadable for the first that cannot be read."""
    parts = [part.strip() for part in PARTS.findall(text(cell, about)) if part.strip()]
    metrics = [_metric(part) for part in parts]
    names = [metric["name_zh"] for metric in metrics]
    if repeated := next((name for name in names if names.count(name) > 1), None):
        raise Unreadable("metric_repeated", text=repeated[:40])
    if len(metrics) > MOST:
        raise Unreadable("too_many_metrics", count=len(metrics), limit=MOST)
    return metrics


def write_metrics(metrics: Sequence[Mapping[str, Any]]) -> str:
    """The inverse of `read_metrics`."""
    return "; ".join(map(_written, metrics))


def value_of(row: Mapping[str, Any]) -> Any:
    """The value of a stored metric as `matching.services.needs.with_bounds` takes it."""
    match row["operator"]:
        case MetricOperator.BETWEEN:
            return [row["low"], row["high"]]
        case MetricOperator.IS:
            return row["truth"]
        case MetricOperator.INCLUDES:
            return row["choices"]
        case MetricOperator.AT_MOST:
            return row["high"]
    return row["low"]


def _metric(part: str) -> Metric:
    rest, priority = _cut(PRIORITY, part, "word")
    rest, condition = _cut(CONDITION, rest, "text")
    found = METRIC.fullmatch(rest)
    if found is None or not found["rest"]:
        raise Unreadable("bad_metric", text=part[:40])
    operator, value, unit = _valued(OPERATOR_OF[found["sign"].lower()], found["rest"], part)
    metric = {
        "name_zh": _plain(found["name"]).strip(),
        "operator": operator,
        "value": value,
        "unit": unit,
        "priority": MetricPriority.NICE if priority.lower() in NICE else MetricPriority.MUST,
        "condition_zh": _plain(condition),
    }
    return _checked(metric)


def _checked(metric: Metric) -> Metric:
    for name, limit in LONGEST.items():
        if len(metric[name]) > limit:
            raise Unreadable("metric_too_long", text=metric[name][:20], length=len(metric[name]), limit=limit)
    if not is_known(metric["unit"]):
        raise Unreadable("unknown_unit", unit=metric["unit"])
    return metric


def _cut(pattern: re.Pattern[str], part: str, group: str) -> tuple[str, str]:
    """The text without what the pattern finds at its end, and that."""
    found = pattern.search(part)
    return (part[: found.start()], found[group]) if found else (part, "")


def _valued(operator: MetricOperator, rest: str, part: str) -> tuple[MetricOperator, Any, str]:
    """Relation, value and unit: = means an interval or a yes as well, as its value says."""
    if operator is MetricOperator.INCLUDES:
        return operator, [_item(item.strip()) for item in ITEMS.findall(rest) if item.strip()], ""
    plain = rest.translate(HALF_WIDTH).strip()
    if operator is MetricOperator.EQUAL:
        if plain.lower() in YES - {"1"} or plain.lower() in NO - {"0"}:
            return MetricOperator.IS, plain.lower() in YES, ""
        if found := INTERVAL.fullmatch(plain):
            return MetricOperator.BETWEEN, _ordered(found, part), _plain(found["unit"]).strip()
    found = SINGLE.fullmatch(plain)
    if found is None:
        raise Unreadable("bad_metric", text=part[:40])
    return operator, _number(found["number"]), _plain(found["unit"]).strip()


def _ordered(found: re.Match[str], part: str) -> list[float]:
    low, high = _number(found["low"]), _number(found["high"])
    if low > high:
        raise Unreadable("bad_metric", text=part[:40])
    return [low, high]


def _number(digits: str) -> float:
    """Raises Unreadable for what is larger than a number can be."""
    number = float(digits.replace(",", ""))
    if not isfinite(number):
        raise Unreadable("out_of_range", low="-10^308", high="10^308")
    return number


def _item(item: str) -> Any:
    """One of what must be included; a number stays one, unless a backslash says that it is a word."""
    if not re.fullmatch(NUMBER, item):
        return _plain(item)
    number = _number(item)
    return int(number) if number.is_integer() and abs(number) < 1e15 else number


def _plain(escaped: str) -> str:
    return re.sub(r"\\(.)", r"\1", escaped, flags=re.DOTALL)


def _escaped(plain: str, special: re.Pattern[str] = OF_VALUES) -> str:
    return special.sub(r"\\\1", plain)


def _written(metric: Mapping[str, Any]) -> str:
    condition = f" [{_escaped(metric['condition_zh'])}]" if metric["condition_zh"] else ""
    nice = " (加分)" if metric["priority"] == MetricPriority.NICE else ""
    return f"{_escaped(metric['name_zh'], OF_NAMES)} {_value_written(metric)}{condition}{nice}"


def _value_written(metric: Mapping[str, Any]) -> str:
    value, unit = metric["value"], f" {_escaped(metric['unit'])}" if metric["unit"] else ""
    match metric["operator"]:
        case MetricOperator.BETWEEN:
            return f"= {_digits(value[0])}–{_digits(value[1])}{unit}"
        case MetricOperator.IS:
            return f"= {_('是') if value else _('否')}"
        case MetricOperator.INCLUDES:
            return f"{_('包含')} {'、'.join(map(_item_written, value))}"
    return f"{metric['operator']} {_digits(value)}{unit}"


def _item_written(item: Any) -> str:
    if not isinstance(item, str):
        return _digits(item)
    return f"\\{item}" if re.fullmatch(NUMBER, item) else _escaped(item)


def _digits(number: float) -> str:
    """All digits that tell the number from its neighbors."""
    return str(int(number)) if float(number).is_integer() and abs(number) < 1e15 else repr(float(number))
