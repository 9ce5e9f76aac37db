"""Hours in China, by the database's clock: when digests are due and when it is quiet."""

from datetime import date, datetime, time, timedelta
from typing import Final

from django.utils import timezone

from ledger.clock import database_seconds
from notifications.models import NoticeSettings
from zones.services.calendar import is_working_day

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


def is_daily_due(settings: NoticeSettings, now: datetime) -> bool:
    """Whether the digest of this day is due."""
    if now.hour < settings.digest_hour:
        return False
    return not settings.is_working_days_only or is_working_day(now.date())


def is_weekly_due(settings: NoticeSettings, now: datetime) -> bool:
    """Whether the digest of this week is due: on its day, or on the first working day after it in the same week."""
    if now.weekday() < settings.digest_weekday:
        return False
    return is_daily_due(settings, now)


def week_of(day: date) -> date:
    """The Monday of a day's week."""
    return day - timedelta(days=day.weekday())
