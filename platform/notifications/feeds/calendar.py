"""iCalendar (RFC 5545): a personal calendar, the same bytes as long as nothing in it has changed."""

from collections.abc import Callable, Iterable
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any, Final
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from notifications.feeds.dates import Entry

if TYPE_CHECKING:
    from icalendar import Calendar, Event

ZONE: Final = ZoneInfo("Asia/Shanghai")
READ_EVERY: Final = timedelta(hours=6)
DAY: Final = timedelta(days=1)
Absolute = Callable[[str], str]


def written(entries: Iterable[Entry], absolute: Absolute) -> bytes:
    """The calendar; `absolute` makes an address of a path."""
    from icalendar import Calendar  # a library that pages do without

    calendar = Calendar()
    calendar.add("PRODID", f"-//{settings.TAG_AUTHORITY}//ZoneLink//{(get_language() or 'zh-hans')[:2].upper()}")
    calendar.add("VERSION", "2.0")
    calendar.add("METHOD", "PUBLISH")
    _named(calendar)
    for entry in entries:
        calendar.add_component(_event(entry, absolute))
    calendar.add_missing_timezones()
    return bytes(calendar.to_ical())


def _named(calendar: "Calendar") -> None:
    """Its name and how often it is worth asking, in the words of the standard and in those that are understood."""
    name = _("高新链 · 我的日程")
    calendar.add("NAME", name)
    calendar.add("X-WR-CALNAME", name)
    calendar.add("X-WR-TIMEZONE", str(ZONE))
    calendar.add("REFRESH-INTERVAL", READ_EVERY, {"VALUE": "DURATION"})
    calendar.add("X-PUBLISHED-TTL", "PT6H")


def _event(entry: Entry, absolute: Absolute) -> "Event":
    from icalendar import Event

    event = Event()
    start, end = _span(entry)
    address = absolute(entry.path) if entry.path else ""
    told: dict[str, Any] = {
        "UID": f"{entry.uid}@{settings.TAG_AUTHORITY}",
        "DTSTAMP": entry.updated_at,
        "LAST-MODIFIED": entry.updated_at,
        "SEQUENCE": entry.sequence,
        "SUMMARY": entry.title,
        "DTSTART": start,
        "DTEND": end,
        "STATUS": "CANCELLED" if entry.is_cancelled else "CONFIRMED",
        "TRANSP": "OPAQUE" if isinstance(entry.start, datetime) else "TRANSPARENT",
        "DESCRIPTION": "\n".join(filter(None, (entry.text, address))),
        "URL": address,
        "LOCATION": entry.place,
    }
    for name, value in told.items():
        if value != "":
            event.add(name, value)
    return event


def _span(entry: Entry) -> tuple[date, date]:
    """From and until; the last day of several is the first one after, as the standard has it."""
    if isinstance(entry.start, datetime):
        end = entry.end if isinstance(entry.end, datetime) else entry.start
        return entry.start.astimezone(ZONE), end.astimezone(ZONE)
    return entry.start, (entry.end or entry.start) + DAY
