"""Celery entries: ids in, one call. Rows are the record of work; every task may run twice or never."""

from celery import shared_task

from ledger.audit import acting
from zones.importing import steps
from zones.services import service_terms


@shared_task
def work_on_import(step_id: int) -> None:
    """Do one step of an import, if it can be claimed."""
    steps.work_on(step_id)


@shared_task
def ring_imports_again() -> None:
    """Ring for imports nobody came for."""
    steps.ring_again()


@shared_task
def remind_of_requests() -> None:
    """Tell whose turn it is in requests for service, before and after the day by which they should act."""
    with acting("zones.remind_of_requests"):
        service_terms.remind_of_requests()
