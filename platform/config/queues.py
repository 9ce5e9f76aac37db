"""Addresses of the queue and the table of what the beat fires. Imported by settings: no Django here."""

from typing import Any

from celery.schedules import crontab

OWN_PREFIX = "zonelink: "
CHANNELS = ("mail", "wecom", "dingtalk", "feishu", "webhook")
"""Each has a task and a queue of its own: a slow one keeps no other waiting."""
DELIVERY_QUEUES = tuple(f"deliver-{channel}" for channel in CHANNELS)
DELIVERY_TASKS = {f"deliver-{channel}": f"notifications.tasks.deliver_{channel}" for channel in CHANNELS}


def task_routes() -> dict[str, dict[str, str]]:
    """Which queue a task goes to, where it is not the common one."""
    return {task: {"queue": queue} for queue, task in DELIVERY_TASKS.items()}


def celery_broker_url(redis_url: str) -> str:
    """Return `redis_url` as Celery spells it: unix:// becomes redis+socket://. Converted here and nowhere else."""
    return redis_url.replace("unix://", "redis+socket://", 1) if redis_url.startswith("unix://") else redis_url


def beat_schedule(tick_seconds: int) -> dict[str, dict[str, Any]]:
    """The beat's table. Every task in it may fire twice: ticks and conditional updates make that harmless."""
    entries = {
        "look": ("matching.tasks.look", tick_seconds),
        "ring again": ("matching.tasks.ring_again", min(5, tick_seconds)),
        "ring imports again": ("zones.tasks.ring_imports_again", min(5, tick_seconds)),
        "keep search files": ("matching.tasks.keep_search_files", tick_seconds),
        "look for notices": ("notifications.tasks.look", tick_seconds),
        "keep figures": ("figures.tasks.refresh", max(60, tick_seconds)),
        "plan embedding": ("matching.tasks.plan_embedding", tick_seconds),
        "nightly run": ("matching.tasks.run_nightly", crontab(hour="2", minute="30")),
        "sweep notices": ("notifications.tasks.sweep", crontab(hour="8", minute="20")),
        "sweep exchanges": ("matching.tasks.sweep_exchanges", crontab(hour="8", minute="30")),
        "sweep cooperations": ("matching.tasks.sweep_cooperations", crontab(hour="8", minute="40")),
        "sweep events": ("matching.tasks.sweep_events", crontab(hour="8,12,16", minute="45")),
        "remind reviewers": ("matching.tasks.remind_reviewers", crontab(hour="8", minute="30")),
        "remind of requests": ("zones.tasks.remind_of_requests", crontab(hour="8", minute="35")),
        "calibrate": ("matching.tasks.calibrate", crontab(hour="3", minute="50")),
        "report": ("figures.tasks.report", crontab(hour="6", minute="40", day_of_month="2-5")),
        "forget": ("notifications.tasks.retain", crontab(hour="4", minute="30")),
        "tidy": ("matching.tasks.tidy", crontab(hour="4", minute="10")),
    }
    return {OWN_PREFIX + name: {"task": task, "schedule": when} for name, (task, when) in entries.items()}
