"""Named crash points: `CRASH_AT=point:n` kills this process with SIGKILL at the n-th passage. Off unless set;
used by the fault suites.
"""

import os
import signal
from collections import Counter

from django.conf import settings

_passages: Counter[str] = Counter()


def crash_point(name: str) -> None:
    """Pass the point `name`; die here without any clean-up when the environment asks for it."""
    if not settings.CRASH_AT:
        return
    wanted, _, count = settings.CRASH_AT.partition(":")
    _passages[name] += 1
    if name == wanted and _passages[name] == int(count or 1):
        os.kill(os.getpid(), signal.SIGKILL)
