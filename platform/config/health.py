"""The health page: is the database there, is the queue there, who works."""

from typing import Any

import redis
from django.conf import settings
from django.db import DatabaseError, connection
from django.http import HttpRequest, JsonResponse

from ledger.models import WorkerLiveness

STALE_AFTER_SECONDS = 60


def health(request: HttpRequest) -> JsonResponse:
    """200 when database and queue answer, else 503; never a record, never a secret."""
    report: dict[str, Any] = {"database": _database(), "queue": _queue()}
    if report["database"] == "ok":
        report |= _workers()
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
    alive = WorkerLiveness.objects.extra(select={"age": "extract(epoch from clock_timestamp() - seen_at)"}).values_list(
        "name", "age"
    )
    ages = {name: round(float(age)) for name, age in alive}
    return {
        "workers": sum(age <= STALE_AFTER_SECONDS for age in ages.values()),
        "workers_stale": sum(age > STALE_AFTER_SECONDS for age in ages.values()),
    }
