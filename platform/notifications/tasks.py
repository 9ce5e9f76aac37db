"""Celery entries: rows are the record of work; every task may run twice or never."""

from celery import shared_task

from ledger.audit import acting
from notifications import planning


@shared_task
def plan() -> None:
    """Turn what was written into notices."""
    with acting("notifications.plan"):
        planning.plan()
