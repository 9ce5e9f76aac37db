"""Who is behind a change, for changes that do not come through a request: tasks and commands."""

from collections.abc import Iterator
from contextlib import contextmanager

import pghistory


@contextmanager
def acting(reason: str, *, user_id: int | None = None) -> Iterator[None]:
    """Changes inside carry `reason` (a task or a command) and the user into the history tables."""
    with pghistory.context(user=user_id, reason=reason):
        yield
