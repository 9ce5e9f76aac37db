"""Official series: set up, and their values written down, version by version. Values come with the unit they were
published in; a correction says why, and where a published figure rests on it, that figure is restated by it.
"""

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any, Final, TypeVar

from django.db import transaction
from django.utils.translation import gettext as _

from figures import periods
from figures.models import Observation, Series
from figures.services.locks import published_from, restate_for
from figures.units import UNITS, Unit, in_yuan, number_of, rounded
from ledger.events import record_fact
from zones.errors import InvalidInput
from zones.scoping import SYSTEM, Principal, today
from zones.services.base import (
    clean_text,
    clean_values,
    editable_or_error,
    expect_version,
    must_be_editable,
    save_next_version,
    tell,
    validated,
)

Read = TypeVar("Read")
WRITTEN: Final = frozenset(
    {
        "code",
        "name_zh",
        "name_en",
        "unit",
        "zone",
        "association",
        "figure",
        "scope",
        "milestone",
        "source_zh",
        "source_url",
    }
)
SIGNED_UNITS: Final = frozenset({"percent"})
"""Only rates fall below zero: there is no negative number of things, and a negative sum is a slip of the pen."""
FIXED: Final = frozenset({"code", "unit"})
"""What never changes once there are values."""


@transaction.atomic
def add_series(principal: Principal, *, is_sample: bool = False, **values: Any) -> Series:
    """Set up a series. Raises InvalidInput, NotAllowed."""
    row = Series(is_sample=is_sample, author_id=principal.user_id)
    _write(row, values)
    validated(row).save()
    row.refresh_from_db(fields=["created_at", "updated_at"])
    must_be_editable(row, principal)
    tell(row, "series.created")
    return row


@transaction.atomic
def change_series(principal: Principal, *, series_id: int, version: int | None, **values: Any) -> Series:
    """Change what is said of a series; its code and unit stay once it has values. Raises NotFound, NotAllowed,
    Conflict, InvalidInput.
    """
    row: Series = editable_or_error(Series, principal, pk=series_id)
    expect_version(row, version)
    changed = {name for name in FIXED & values.keys() if getattr(row, name) != values[name]}
    if changed and row.observations.exists():
        raise InvalidInput({name: [_("已有数据的系列不能改代号与计量单位：请另建系列。")] for name in sorted(changed)})
    _write(row, values)
    save_next_version(validated(row))
    must_be_editable(row, principal)
    tell(row, "series.updated")
    return row


def _write(row: Series, values: Mapping[str, Any]) -> None:
    unknown = values.keys() - WRITTEN
    if unknown:
        raise InvalidInput.single(min(unknown), _("没有此项。"))
    for name, value in clean_values(values).items():
        setattr(row, name, value)
    if row.figure:
        _check_figure(row)


def _check_figure(row: Series) -> None:
    """It reports a figure there is, of a scope there is, and says which of its milestones."""
    from figures.questions import question  # which reads series

    asked = question(row.figure, scope=row.scope, period=str(today().year - 1), milestone=row.milestone)
    row.milestone = asked.milestone


@transaction.atomic
def record_observation(
    principal: Principal, *, series_id: int, period: str, value: str, unit: str = "", published_on: date,
    is_forecast: bool = False, source: str = "", reason: str = "",
) -> Observation:  # fmt: skip
    """Write down the value of a period. A second value of a period is a correction and says why; figures that were
    published from the first are restated with that reason, never silently. Raises NotFound, NotAllowed, InvalidInput.
    """
    series: Series = editable_or_error(Series, principal, pk=series_id)
    told = read_value(series, period=period, value=value, unit=unit, published_on=published_on, is_forecast=is_forecast)
    days, number = told
    before = _newest(series, days)
    row = Observation(
        series=series, period=days.code, first_day=days.start, last_day=days.end, value=number,
        is_forecast=is_forecast, published_on=published_on, number=1 if before is None else before.number + 1,
        source_zh=clean_text("source", source), reason_zh=clean_text("reason", reason), user_id=principal.user_id,
    )  # fmt: skip
    if before is not None:
        _check_correction(series, row, before)
    validated(row, exclude=["series"]).save()
    record_fact("observation.recorded", object_type="figures.observation", key=row.pk, payload={"series": series.code})
    if before is not None:
        restate_for(principal, series=series, reason=row.reason_zh, days=days)
    return row


def read_value(
    series: Series, *, period: str, value: str, unit: str, published_on: date | None, is_forecast: bool | None,
    errors: Mapping[str, list[str]] | None = None,
) -> tuple[periods.Period, Decimal]:  # fmt: skip
    """The days and the number of a value as it is written. Raises InvalidInput with everything that is wrong, `errors`
    that are known already among it; of a day or a mark that could not be read nothing more is said.
    """
    found = dict(errors or {})
    days = _tried(found, lambda: _single_period(period))
    number = _tried(found, lambda: _in_unit(series, value, unit))
    if published_on is not None and published_on > today():
        found["published_on"] = [_("公布日不能晚于今天。")]
    if days and published_on and is_forecast is False and days.end > published_on:
        found["is_forecast"] = [_("公布时该期尚未结束：请标明为预计数，或更正统计期与公布日。")]
    if found or days is None or number is None:
        raise InvalidInput(found)
    return days, number


def _tried(errors: dict[str, list[str]], read: Callable[[], Read]) -> Read | None:
    try:
        return read()
    except InvalidInput as error:
        errors.update({name: words for name, words in error.errors.items() if name not in errors})
        return None


def _single_period(text: str) -> periods.Period:
    days = periods.parsed(clean_text("period", text), as_of=today())
    if days.is_range or days.is_to_date:
        raise InvalidInput.single("period", _("官方数据按一个期间登记：请写 2024、2024-H1、2024-Q3 或 2024-05。"))
    return days


def _newest(series: Series, days: periods.Period) -> Observation | None:
    """The last version of a period. The series is locked: nobody adds one meanwhile."""
    rows = Observation.objects.editable_by(SYSTEM).filter(series=series, first_day=days.start, last_day=days.end)
    found: Observation | None = rows.order_by("-number").first()
    return found


def _check_correction(series: Series, row: Observation, before: Observation) -> None:
    """It comes after what it corrects, or the former value would stay in force; and it says why."""
    if row.published_on < before.published_on:
        message = _("更正的公布日不能早于第 %(number)d 版的公布日 %(day)s：请填写更正公布之日。")
        told = {"number": before.number, "day": before.published_on.isoformat()}
        raise InvalidInput.single("published_on", message % told)
    if row.reason_zh:
        return
    locked = published_from(series, row.first_day, row.last_day)
    message = _("%(period)s 已有数据：更正请写明原因。") % {"period": row.period}
    if locked:
        message = _("%(period)s 的数据已用于锁定的统计“%(figure)s”：更正须写明原因，并将重述该统计。") % {
            "period": row.period, "figure": locked[0].sentence_zh,
        }  # fmt: skip
    raise InvalidInput.single("reason", message)


def _in_unit(series: Series, value: str, unit: str) -> Decimal:
    """The value in the unit of the series; money in 元. Raises InvalidInput for another unit."""
    found = _number_in(UNITS[series.unit], value, unit)
    if found < 0 and series.unit not in SIGNED_UNITS:
        message = _("金额与数量不能为负：请核对数值；增减请按百分比系列登记。")
        raise InvalidInput.single("value", message)
    if found and rounded(found) == 0:
        raise InvalidInput.single("value", _("数值过小，按此单位会显示为 0：请核对数值与单位。"))
    return found


def _number_in(own: Unit, value: str, unit: str) -> Decimal:
    if own.is_money:
        if not unit:
            raise InvalidInput.single("unit", _("请填写金额单位：元、万元、亿元或万亿元。"))
        return in_yuan(value, unit)
    if unit not in ("", own.zh, own.en):
        message = _("计量单位“%(unit)s”与系列的“%(own)s”不符：请换算后填写。")
        raise InvalidInput.single("unit", message % {"unit": unit[:20], "own": own.zh})
    return number_of(value)
