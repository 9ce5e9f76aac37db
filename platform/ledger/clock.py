"""The database's clock: the one by which leases, pauses and signatures go, whatever a worker's own clock says."""

from django.db import connection


def database_seconds() -> float:
    """Seconds since 1970, now."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT extract(epoch FROM clock_timestamp())")
        (seconds,) = cursor.fetchone()
    return float(seconds)
