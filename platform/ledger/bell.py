"""The doorbell: after a commit, tell whoever works that there is work. A message may be lost; the row is what counts.

The wiring hands in the function that rings; without one, work waits for the next tick.
"""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import partial

from django.db import transaction

Ringer = Callable[[str, tuple[int, ...]], None]
log = logging.getLogger(__name__)
_ringers: list[Ringer] = []
_muted: ContextVar[frozenset[str]] = ContextVar("muted", default=frozenset())

CHANGES = "changes"
"""Needs or resources have changed: somebody should look."""
EMBEDDING = "embedding"
"""Texts are to be embedded; carries the step's id."""
IMPORT = "import"
"""A step of an import can be claimed; carries its id."""
EVENTS = "events"
"""Outbox events were written: somebody should plan who is told."""
STEP = "step"
"""A step of a run can be claimed; carries its id."""
TIMETABLE = "timetable"
"""A timetable of meetings was asked for; carries the event's id."""


def set_ringer(ringer: Ringer) -> None:
    """Install the one function that rings."""
    _ringers[:] = [ringer]


@contextmanager
def muted(bell: str) -> Iterator[None]:
    """Do not ring while the work inside is done by whoever asks for it; should it die, the beat rings."""
    token = _muted.set(_muted.get() | {bell})
    try:
        yield
    finally:
        _muted.reset(token)


def ring_after_commit(bell: str, *ids: int) -> None:
    """Ring once the surrounding transaction has committed; the same bell rings once per transaction."""
    waiting = {getattr(entry[1], "args", None) for entry in transaction.get_connection().run_on_commit}
    if (bell, *ids) not in waiting:
        transaction.on_commit(partial(ring, bell, *ids), robust=True)


def ring(bell: str, *ids: int) -> None:
    """Ring now, unless the bell is muted; one that does not work is logged and forgotten."""
    if bell in _muted.get():
        return
    for ringer in _ringers:
        try:
            ringer(bell, ids)
        except Exception as error:  # a broker may fail in any way; the row is picked up by the next tick
            log.warning("bell %s %s not rung: %s", bell, ids, error)
