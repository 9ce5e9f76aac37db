"""What people type as the value of a metric, read by its operator."""

from typing import Any

from matching.choices import MetricOperator
from zones.services.typed import parse_choices, parse_interval, parse_number, parse_truth


def parse_metric(operator: str, text: str) -> Any:
    """The value of a metric as `matching.services.needs.with_bounds` takes it."""
    match operator:
        case MetricOperator.BETWEEN:
            return parse_interval(text)
        case MetricOperator.IS:
            return parse_truth(text)
        case MetricOperator.INCLUDES:
            return parse_choices(text)
        case _:
            return parse_number(text)
