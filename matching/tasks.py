"""Celery entries: ids in, one service call. Rows are the record of work; every task may run twice or never."""

from celery import shared_task

from ledger.audit import acting
from matching.services import (
    agreements,
    contracts,
    cooperation_progress,
    embedding,
    event_timetables,
    events,
    exchanges,
    maintenance,
    outcomes,
    reviews,
    search_copies,
    steps,
    watch,
)


@shared_task
def work_on_step(step_id: int) -> None:
    """Do one step of a run, if it can be claimed."""
    with acting("matching.work_on_step"):
        steps.work_on(step_id)


@shared_task
def look() -> None:
    """Match what has changed; a small run is worked off at once, because somebody is watching."""
    with acting("matching.look"):
        steps.match_changes()


@shared_task
def ring_again() -> None:
    """Ring for work nobody came for."""
    watch.ring_again()
    event_timetables.ring_again()


@shared_task
def keep_search_files() -> None:
    """Make what this host searches anew, where much has changed since."""
    search_copies.write_search_files()


@shared_task
def plan_embedding() -> None:
    """See that texts without a vector are embedded."""
    with acting("matching.plan_embedding"):
        embedding.plan_embedding()
        embedding.ring_again()


@shared_task
def work_on_embedding(step_id: int) -> None:
    """Embed some texts, if the step can be claimed."""
    with acting("matching.work_on_embedding"):
        embedding.work_on(step_id)


@shared_task
def run_nightly() -> None:
    """Match everything anew, once per night."""
    with acting("matching.run_nightly"):
        maintenance.run_nightly()


@shared_task
def remind_reviewers() -> None:
    """Tell of reviews that are due, once per day and review."""
    with acting("matching.remind_reviewers"):
        reviews.remind()


@shared_task
def sweep_exchanges() -> None:
    """Remind, report and expire interests that wait; each is told once."""
    with acting("matching.sweep_exchanges"):
        exchanges.sweep()


@shared_task
def sweep_cooperations() -> None:
    """Tell of milestones and commitments that are due and of contracts that are to be submitted, ask what came of
    cooperations, each once; agreements end with their day.
    """
    with acting("matching.sweep_cooperations"):
        cooperation_progress.sweep()
        agreements.sweep()
        contracts.remind_of_submission()
        outcomes.sweep()


@shared_task
def sweep_events() -> None:
    """Start events that have begun, remind of those of tomorrow; each is told once."""
    with acting("matching.sweep_events"):
        events.sweep()


@shared_task
def build_timetable(event_id: int) -> None:
    """Build the timetable of an event, if one is asked for."""
    with acting("matching.build_timetable"):
        event_timetables.build_timetable(event_id)


@shared_task
def calibrate() -> None:
    """Read scores anew as likelihoods, once per day."""
    with acting("matching.calibrate"):
        maintenance.calibrate_daily()


@shared_task
def tidy() -> None:
    """Drop results no reader can reach, and old ticks and exposures."""
    maintenance.tidy()
