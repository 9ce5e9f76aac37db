"""Signs of life of worker processes."""

import time
from collections.abc import Callable

from django.conf import settings
from django.db import DatabaseError, close_old_connections
from django.db.models.functions import Now

from ledger.models import WorkerLiveness

EVERY_SECONDS = 10.0
_last: list[float] = []


def report(name: str, *, index_version: Callable[[], int]) -> None:
    """Note that the worker lives and how far its host's index is, at most every ten seconds; a database that is away
    is asked again at the next beat.
    """
    if _last and time.monotonic() - _last[-1] < EVERY_SECONDS:
        return
    _last[:] = [time.monotonic()]
    close_old_connections()
    try:
        values = {"host": settings.HOST_NAME, "seen_at": Now(), "index_version": index_version()}
        WorkerLiveness.objects.update_or_create(name=name, defaults=values)
    except DatabaseError:
        _last.clear()
