"""The health page: is the database there, is the queue there, who works, does the beat fire, are index and vectors
behind.
"""

from typing import Any

import redis
from django.conf import settings
from django.db import DatabaseError, connection
from django.http import HttpRequest, JsonResponse
from django_celery_beat.models import PeriodicTask

from config.queues import OWN_PREFIX
from ledger.models import WorkerLiveness
from matching.services.embedding import meaning_state
from matching.services.judges import rerank_state
from matching.services.replicas import host_index, index_replicas

STALE_AFTER_SECONDS = 60
AGE = "extract(epoch from clock_timestamp() - %s)"
"""Seconds since a moment, on the database's clock."""


def health(request: HttpRequest) -> JsonResponse:
    """200 when database and queue answer, else 503; never a record, never a secret."""
    report: dict[str, Any] = {"database": _database(), "queue": _queue()}
    if report["database"] == "ok":
        report |= {
            **_workers(),
            "beat": _beat(),
            "index": _index(),
            "meaning": meaning_state(),
            "rerank": rerank_state(),
        }
    is_well = report["database"] == report["queue"] == "ok"
    return JsonResponse({"status": "ok" if is_well else "degraded", **report}, status=200 if is_well else 503)


def _database() -> str:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return "unreachable"
    return "ok"


def _queue() -> str:
    try:
        with redis.Redis.from_url(settings.REDIS_URL, socket_connect_timeout=1, socket_timeout=1) as client:
            client.ping()
    except redis.RedisError:
        return "unreachable"
    return "ok"


def _workers() -> dict[str, Any]:
    ages = [
        round(float(age))
        for age in WorkerLiveness.objects.extra(select={"age": AGE % "seen_at"}).values_list("age", flat=True)
    ]
    return {
        "workers": sum(age <= STALE_AFTER_SECONDS for age in ages),
        "workers_stale": sum(age > STALE_AFTER_SECONDS for age in ages),
    }


def _beat() -> str:
    """Whether the beat has fired lately; every tick of it is written down."""
    fired = PeriodicTask.objects.filter(name__startswith=OWN_PREFIX, last_run_at__isnull=False)
    age = (
        fired.extra(select={"age": AGE % "last_run_at"}).order_by("-last_run_at").values_list("age", flat=True).first()
    )
    if age is None:
        return "never"
    return "ok" if float(age) <= STALE_AFTER_SECONDS else "stale"


def _index() -> dict[str, int]:
    """This host's text index: its version, the latest there could be, and how many documents it lacks; and of the
    workers of all hosts how many are behind, and the furthest by how many batches. No host is named.
    """
    lags = [row.lag for row in index_replicas() if row.silent_seconds <= STALE_AFTER_SECONDS]
    behind = [lag for lag in lags if lag > 0]
    return host_index()._asdict() | {"workers_behind": len(behind), "batches_behind": max(behind, default=0)}
