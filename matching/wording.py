"""How the metrics of needs and the times of events are written for people, the same in every door."""

from datetime import datetime
from typing import Any

from django.utils import timezone
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


def span_text(begin: datetime, end: datetime) -> str:
    """From when to when, in China: 2026-12-10 09:00–17:00; the day is said again only where it is another."""
    start, stop = timezone.localtime(begin), timezone.localtime(end)
    last = f"{stop:%H:%M}" if start.date() == stop.date() else f"{stop:%Y-%m-%d %H:%M}"
    return f"{start:%Y-%m-%d %H:%M}–{last}"


def event_time_text(event: Any) -> str:
    """When an event is."""
    return span_text(event.starts_at, event.ends_at)


def slot_text(event: Any, slot: int) -> str:
    """When a slot of an event is: 14:00–14:20."""
    begin, end = (timezone.localtime(moment) for moment in event.slot_times(slot))
    return f"{begin:%H:%M}–{end:%H:%M}"
