"""How the metrics of needs are written for people, the same in every door."""

from typing import Any

from django.utils.translation import gettext as _

from matching.choices import MetricOperator
from zones.errors import listed
from zones.wording import number_text


def metric_text(row: Any) -> str:
    """What a metric compares with, without operator and unit: 5, 5–20, 是."""
    match row.operator:
        case MetricOperator.BETWEEN:
            return f"{number_text(row.low)}–{number_text(row.high)}"
        case MetricOperator.IS:
            return _("是") if row.truth else _("否")
        case MetricOperator.INCLUDES:
            return listed(map(str, row.choices))
        case _:
            return number_text(row.high if row.low is None else row.low)


def requirement_text(row: Any) -> str:
    """A metric for reading: ≥ 600 m, 5–20 μm, 是."""
    sign = row.operator in (MetricOperator.AT_LEAST, MetricOperator.AT_MOST, MetricOperator.INCLUDES)
    parts = (row.get_operator_display() if sign else "", metric_text(row), row.unit)
    return " ".join(part for part in parts if part)
