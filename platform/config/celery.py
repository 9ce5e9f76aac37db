"""The Celery application: bells become messages, the beat's schedule, signs of life. Rows are the record of work."""

import os
from typing import Any

from celery import Celery
from celery.signals import beat_init, heartbeat_sent, worker_ready

from config.queues import DELIVERY_TASKS, OWN_PREFIX

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

TASK_OF_BELL = {
    "changes": "matching.tasks.look",
    "embedding": "matching.tasks.work_on_embedding",
    "events": "notifications.tasks.plan",
    "import": "zones.tasks.work_on_import",
    "step": "matching.tasks.work_on_step",
    "timetable": "matching.tasks.build_timetable",
    **DELIVERY_TASKS,
}

app = Celery("zonelink")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


def ring(bell: str, ids: tuple[int, ...]) -> None:
    """Send the message of a bell; raises at once when the broker does not answer."""
    app.send_task(TASK_OF_BELL[bell], args=list(ids), retry=False)


@beat_init.connect
def drop_foreign_schedules(**kwargs: Any) -> None:
    """Rows of entries the code no longer has would fire for ever: remove them when the beat starts."""
    from django_celery_beat.models import PeriodicTask

    known = app.conf.beat_schedule.keys()
    PeriodicTask.objects.filter(name__startswith=OWN_PREFIX).exclude(name__in=known).delete()


@worker_ready.connect
@heartbeat_sent.connect
def report_life(**kwargs: Any) -> None:
    """One row per worker, seen now by the database's clock."""
    from django.conf import settings

    from ledger.liveness import report
    from matching.services.index_places import index_version

    report(f"worker-{os.getpid()}@{settings.HOST_NAME}", index_version=index_version)
