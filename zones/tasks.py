"""Celery entries: ids in, one call. Rows are the record of work; every task may run twice or never."""

from celery import shared_task

from zones.importing import steps


@shared_task
def work_on_import(step_id: int) -> None:
    """Do one step of an import, if it can be claimed."""
    steps.work_on(step_id)


@shared_task
def ring_imports_again() -> None:
    """Ring for imports nobody came for."""
    steps.ring_again()
