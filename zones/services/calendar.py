"""Working days in China: Monday to Friday, but for the special days on record."""

from collections.abc import Collection, Iterator
from datetime import date, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from zones.errors import InvalidInput, NotAllowed, NotFound
from zones.models import SpecialDay
from zones.scoping import Principal
from zones.services.base import clean_values, expect_version, tell_fact, validated

SATURDAY = 5
MOST_DAYS = 400


def after_working_days(start: date, days: int) -> date:
    """The day on which `days` working days after `start` have passed: the last day of a term that begins the day
    after. Raises InvalidInput for terms longer than 400 days.
    """
    if not 0 <= days <= MOST_DAYS:
        raise InvalidInput.single("days", _("期限须为 0 至 %(most)d 个工作日。") % {"most": MOST_DAYS})
    last, left = start, days
    for day, is_working in _days_after(start):
        if left == 0:
            break
        last, left = day, left - is_working
    return last


def is_working_day(day: date) -> bool:
    """Whether a day is worked."""
    special: bool | None = SpecialDay.objects.filter(day=day).values_list("is_working", flat=True).first()
    return day.weekday() < SATURDAY if special is None else special


def working_days_between(start: date, end: date) -> int:
    """How many working days lie after `start`, up to and with `end`; 0 where `end` is not later."""
    return working_days_until(start, [end])[end]


def working_days_until(start: date, ends: Collection[date]) -> dict[date, int]:
    """The same for many days, in one query."""
    counts = dict.fromkeys(ends, 0)
    last, count = max(counts, default=start), 0
    for day, is_working in _days_after(start):
        if day > last:
            break
        count += is_working
        if day in counts:
            counts[day] = count
    return counts


def _days_after(start: date) -> Iterator[tuple[date, bool]]:
    """Every day after `start` and whether it is worked."""
    special = dict(SpecialDay.objects.filter(day__gt=start).values_list("day", "is_working"))
    day = start
    while True:
        day += timedelta(1)
        yield day, special.get(day, day.weekday() < SATURDAY)


@transaction.atomic
def set_special_day(
    principal: Principal,
    *,
    day: date,
    is_working: bool,
    name_zh: str,
    name_en: str = "",
    source: str = "",
    version: int | None = None,
) -> SpecialDay:
    """Record that a day is off or worked against its weekday; with `version`, change what is on record of it.

    Raises NotAllowed, InvalidInput, and Conflict where the day has changed since `version` was read.
    """
    _must_be_system(principal)
    special = SpecialDay(day=day) if version is None else _on_record(day, version)
    values = {"is_working": is_working, "name_zh": name_zh, "name_en": name_en, "source": source}
    for name, value in clean_values(values).items():
        setattr(special, name, value)
    validated(special).save()
    tell_fact(special, "calendar.changed", day=day, is_working=is_working)
    return special


@transaction.atomic
def drop_special_day(principal: Principal, *, day: date, version: int | None = None) -> None:
    """Let a day be what its weekday says. Raises NotAllowed, NotFound, Conflict."""
    _must_be_system(principal)
    special = _on_record(day, version)
    tell_fact(special, "calendar.dropped", day=day)
    special.delete()


def _on_record(day: date, version: int | None) -> SpecialDay:
    """The day as it stands, locked, under its next version."""
    special = SpecialDay.objects.select_for_update().filter(day=day).first()
    if special is None:
        raise NotFound(_("没有找到：它不存在，或您无权查看。"))
    expect_version(special, version)
    special.version += 1
    return special


def _must_be_system(principal: Principal) -> None:
    if not principal.is_system:
        raise NotAllowed(_("工作日历由系统管理员维护。"))
