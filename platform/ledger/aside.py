"""A statement outside the transaction under way, seen by others at once: progress of long work."""

import logging
from collections.abc import Callable
from threading import Thread

from django.db import DatabaseError, connection

log = logging.getLogger(__name__)


def aside(act: Callable[[], object]) -> None:
    """Run `act` on a connection of its own; what it tells is not worth a failure of the work."""
    worker = Thread(target=_act, args=(act,), daemon=True)
    worker.start()
    worker.join()


def _act(act: Callable[[], object]) -> None:
    try:
        act()
    except DatabaseError as error:
        log.warning("progress not told: %s", error)
    finally:
        connection.close()
