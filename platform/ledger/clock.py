"""The database's clock: the one by which leases, pauses and signatures go, whatever a worker's own clock says."""

import time
from typing import Final

from django.db import connection

FRESH_SECONDS: Final = 1.0
TICKING: Final = getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC)
"""Goes on while the machine sleeps, whatever its hands are set to."""
_asked: list[tuple[float, float]] = []


def database_seconds() -> float:
    """Seconds since 1970, now."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT extract(epoch FROM clock_timestamp())")
        (seconds,) = cursor.fetchone()
    return float(seconds)


def lately_seconds() -> float:
    """The same, asked once a second at most and counted on meanwhile: for what is dated, not for what is decided."""
    now = time.clock_gettime(TICKING)
    if not _asked or now - _asked[0][0] > FRESH_SECONDS:
        _asked[:] = [(now, database_seconds())]
    began, seconds = _asked[0]
    return seconds + now - began
