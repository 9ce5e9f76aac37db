"""Celery entries: rows are the record of work; every task may run twice or never."""

from celery import shared_task
from django.conf import settings

from figures.services import reports, rollups


@shared_task
def refresh() -> None:
    """Keep the sums of dashboards ready; on a demonstration with its rows."""
    rollups.refresh(samples=settings.DEMO)


@shared_task
def report() -> None:
    """The reports of the month that ended, and of the year in January; once each."""
    reports.make_due_reports(samples=settings.DEMO)
