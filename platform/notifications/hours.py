"""Hours in China, by the database's clock: when digests are due and when it is quiet."""

from datetime import date, datetime, time, timedelta
from typing import Final

from django.utils import timezone

from ledger.clock import database_seconds
from notifications.models import NoticeSettings

DAY: Final = timedelta(days=1)
HOURS: Final = 24


def china_now() -> datetime:
    """Now in China, whatever this host's own clock says."""
    return datetime.fromtimestamp(database_seconds(), tz=timezone.get_default_timezone())


def is_quiet(settings: NoticeSettings, hour: int) -> bool:
    """Whether an hour lies in the quiet ones; from and to the same: none does."""
    begin, end = settings.quiet_from, settings.quiet_to
    return begin != end and (hour - begin) % HOURS < (end - begin) % HOURS


def first_hour_outside(settings: NoticeSettings, now: datetime | None = None) -> datetime | None:
    """When the quiet hours end, or None where it is not quiet."""
    moment = now or china_now()
    if not is_quiet(settings, moment.hour):
        return None
    end = datetime.combine(moment.date(), time(settings.quiet_to), tzinfo=moment.tzinfo)
    return end if end > moment else end + DAY


def is_daily_due(settings: NoticeSettings, now: datetime, *, is_worked: bool) -> bool:
    """Whether the digest of this day is due; `is_worked`: whether the day is worked in China."""
    if now.hour < settings.digest_hour:
        return False
    return is_worked or not settings.is_working_days_only


def is_weekly_due(settings: NoticeSettings, now: datetime, *, is_worked: bool) -> bool:
    """Whether the digest of this week is due: on its day, or on the first working day after it in the same week."""
    return now.weekday() >= settings.digest_weekday and is_daily_due(settings, now, is_worked=is_worked)


def week_of(day: date) -> date:
    """The Monday of a day's week."""
    return day - timedelta(days=day.weekday())
