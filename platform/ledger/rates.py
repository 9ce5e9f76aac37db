"""How many requests somebody makes in a minute: counted in Valkey, together for all processes and hosts.

`ledger.pace` counts in rows what is tried seldom; a row per request would make every reader a writer. Counts are not
the record of anything: where Valkey does not answer, nothing is counted and nobody is refused.
"""

import logging
import time
from functools import cache
from typing import Any, Final, NamedTuple

import redis
from django.conf import settings
from redis.backoff import NoBackoff
from redis.retry import Retry

from ledger.pace import key_of

WINDOW_SECONDS: Final = 60
ANSWERS_WITHIN_SECONDS: Final = 0.25
ASKED_AGAIN_AFTER_SECONDS: Final = 5.0
log = logging.getLogger(__name__)


class Rate(NamedTuple):
    """At most so many requests in a minute; 0: as many as they like."""

    name: str
    most: int


class Count(NamedTuple):
    """How things stand after a request was counted; `seconds` are left of its minute."""

    rate: Rate
    taken: int
    seconds: int

    @property
    def is_within(self) -> bool:
        return self.taken <= self.rate.most

    @property
    def left(self) -> int:
        return max(0, self.rate.most - self.taken)


class _Silence:
    """Until when Valkey is not asked, after it did not answer: no request waits for it twice."""

    until = 0.0


def counted(rate: Rate, subject: str) -> Count | None:
    """Count one more request of `subject`; None where nothing is counted."""
    if rate.most <= 0 or time.monotonic() < _Silence.until:
        return None
    minute, second = divmod(int(time.time()), WINDOW_SECONDS)
    key = f"{settings.CELERY_BROKER_TRANSPORT_OPTIONS['global_keyprefix']}rate:{key_of(rate.name, subject)}:{minute}"
    try:
        taken, _set = _client().pipeline().incr(key).expire(key, 2 * WINDOW_SECONDS).execute()
    except (redis.RedisError, OSError) as error:
        _Silence.until = time.monotonic() + ASKED_AGAIN_AFTER_SECONDS
        log.warning("requests are not counted: %s", error)
        return None
    return Count(rate, int(taken), WINDOW_SECONDS - second)


def _client() -> Any:
    return _client_of(settings.REDIS_URL)


@cache
def _client_of(url: str) -> Any:
    """Connections are kept per process: redis-py makes new ones after a fork."""
    return redis.Redis.from_url(
        url,
        socket_connect_timeout=ANSWERS_WITHIN_SECONDS,
        socket_timeout=ANSWERS_WITHIN_SECONDS,
        retry=Retry(NoBackoff(), 0),
    )
