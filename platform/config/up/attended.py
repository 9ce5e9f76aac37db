"""The Celery application as the supervisor runs it: says when it is ready, and no pool process outlives its worker."""

import os
import signal
from pathlib import Path

from celery.signals import beat_init, worker_process_init, worker_ready

from config.celery import app as app
from config.up.kernel import die_with
from config.up.paths import READY_MARK


def _announce(**_: object) -> None:
    mark = os.environ.get(READY_MARK)
    if mark:
        Path(mark).touch()


def _die_with_worker(**_: object) -> None:
    die_with(os.getppid(), death_signal=signal.SIGKILL)


worker_ready.connect(_announce, weak=False)
beat_init.connect(_announce, weak=False)
worker_process_init.connect(_die_with_worker, weak=False)
