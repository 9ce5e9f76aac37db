"""Days that come near: each becomes one fact, whose version is the day itself, so that it is told once however often
it is looked for.
"""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any, Final
from uuid import UUID

from django.db import transaction

from ledger.events import record_events
from ledger.ticks import take_daily_tick
from matching.agreement_choices import AgreementState
from matching.choices import CallState, NeedState
from matching.models import Agreement, Need, NeedCall, NextStep, SavedSearch
from notifications.hours import week_of
from notifications.kinds.news import KINDS as NEWS
from notifications.kinds.resources import stale_resources, unanswered_resources
from notifications.models import Watch
from notifications.planning import plan_failed_again
from zones.scoping import SYSTEM, today

BEFORE_NEEDS_EXPIRE: Final = (1, 7, 30)
BEFORE_CALLS_CLOSE: Final = (1, 7)
BEFORE_AGREEMENTS_EXPIRE: Final = (1, 7, 30)


def sweep() -> None:
    """Once a day, whoever asks and however often."""
    with transaction.atomic():
        if take_daily_tick("notifications.sweep", on=today()):
            tell_of_expiring_needs()
            tell_of_closing_calls()
            tell_of_expiring_agreements()
            tell_of_stale_resources()
            tell_of_due_steps()
            tell_of_news()
            tell_of_search_hits()
            plan_failed_again()


def tell_of_expiring_needs() -> None:
    """Each open need in the nearest of its terms only: what expires tomorrow is not told of in thirty days."""
    rows = Need.objects.visible_to(SYSTEM).filter(state=NeedState.OPEN, expires_on__gt=today())
    _tell_of("need.expiring", "matching.need", rows, "expires_on", BEFORE_NEEDS_EXPIRE)


def tell_of_closing_calls() -> None:
    rows = NeedCall.objects.visible_to(SYSTEM).filter(state=CallState.OPEN, closes_on__gt=today())
    _tell_of("call.closing", "matching.needcall", rows, "closes_on", BEFORE_CALLS_CLOSE)


def tell_of_expiring_agreements() -> None:
    """Those in force that have a last day, in the nearest of its terms."""
    rows = Agreement.objects.visible_to(SYSTEM).filter(state=AgreementState.IN_FORCE, valid_to__gt=today())
    _tell_of("agreement.expiring", "matching.agreement", rows, "valid_to", BEFORE_AGREEMENTS_EXPIRE)


def tell_of_stale_resources() -> None:
    """Once a week: each organization, while it has something to confirm; and each zone, while nobody answers."""
    _tell_weekly("organization", stale_resources(SYSTEM), "organization.resources_stale")
    _tell_weekly("zone", unanswered_resources(SYSTEM), "zone.resources_unanswered")


def tell_of_search_hits() -> None:
    """Every kept search, once a day; whether something is new is asked when it is planned."""
    version = today().toordinal()
    ids = SavedSearch.objects.visible_to(SYSTEM).order_by().values_list("public_id", flat=True)
    record_events("search.hits", object_type="matching.savedsearch", versions=[(pk, version) for pk in ids])


def tell_of_due_steps() -> None:
    """What two sides wanted to have done by today or tomorrow, or earlier, once for each day that was set."""
    rows = NextStep.objects.visible_to(SYSTEM).filter(ended_at__isnull=True, due_on__lte=today() + timedelta(days=1))
    versions = [(key, day.toordinal()) for key, day in rows.order_by("pk").values_list("public_id", "due_on")]
    record_events("next_step.due", object_type="matching.nextstep", versions=versions)


def tell_of_news() -> None:
    """Everything that somebody follows and that others add to, once a day; whether there is news is asked later."""
    version = today().toordinal()
    rows = Watch.objects.visible_to(SYSTEM).filter(is_muted=False, object_type__in=[one.subject.label for one in NEWS])
    found = set(rows.order_by().values_list("object_type", "object_public_id"))
    for kind in NEWS:
        versions = [(key, version) for label, key in sorted(found) if label == kind.subject.label]
        record_events(kind.event, object_type=kind.subject.label, versions=versions)


def _tell_weekly(owner: str, rows: Any, kind: str) -> None:
    version = week_of(today()).toordinal()
    ids = rows.filter(**{f"{owner}__isnull": False}).order_by().values_list(f"{owner}__public_id", flat=True).distinct()
    record_events(kind, object_type=f"zones.{owner}", versions=[(pk, version) for pk in ids])


def _tell_of(kind: str, object_type: str, rows: Any, column: str, terms: Iterable[int]) -> None:
    """`kind_N` for rows whose day is at most N days away and more than the next smaller term."""
    nearest = 0
    for days in terms:
        ends, begins = today() + timedelta(days=days), today() + timedelta(days=nearest)
        within = rows.filter(**{f"{column}__gt": begins, f"{column}__lte": ends}).order_by("pk")
        versions: list[tuple[UUID, int]] = [
            (public_id, day.toordinal()) for public_id, day in within.values_list("public_id", column)
        ]
        record_events(f"{kind}_{days}", object_type=object_type, versions=versions)
        nearest = days
