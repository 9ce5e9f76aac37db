"""Making reports: asked for by who publishes a zone's or an association's figures, and by the clock."""

import logging
from datetime import date
from typing import Final

from django.db import transaction
from django.db.models import Max

from figures import periods, scopes
from figures.answering import Answering
from figures.errors import ReportsFailed
from figures.models import FigureReport
from figures.reports.content import content_of
from ledger.events import record_event
from zones.errors import listed
from zones.models import Association, StaffRole, Zone
from zones.scoping import SYSTEM, Principal, today
from zones.services.base import constraint_errors, must_be_editable, validated

log = logging.getLogger(__name__)
REASON: Final = "versions of a report are counted whoever keeps them"


@transaction.atomic
def make_report(principal: Principal, *, scope: str, period: str, samples: bool = False) -> FigureReport:
    """Write a report of a period as of today. A second one of the same period is the next version. Raises InvalidInput,
    NotAllowed.
    """
    return _made(principal, scope, period, Answering(as_of=today(), samples=samples))


def _made(principal: Principal, scope: str, period: str, answering: Answering) -> FigureReport:
    place, samples = scopes.parsed(scope, principal), answering.reading.samples
    asked = periods.parsed(period, as_of=today()).until(today())
    row = FigureReport(
        scope=place.code, period=asked.code, as_of=today(), samples=samples, user_id=principal.user_id,
        number=_versions(place.code, asked.code, samples=samples) + 1,
        content=content_of(place, asked, answering),
        zone=Zone.objects.get(slug=place.code.partition(":")[2]) if place.kind == "zone" else None,
        association=_association(place),
    )  # fmt: skip
    with constraint_errors(FigureReport):  # somebody else may make the same at the same time
        validated(row).save()
    must_be_editable(row, principal)
    payload = {"scope": row.scope, "period": row.period}
    record_event(
        "figures.reported",
        object_type="figures.figurereport",
        public_id=row.public_id,
        version=row.number,
        payload=payload,
    )
    return row


def make_due_reports(*, samples: bool) -> int:
    """Of the month that ended last, and in January of the year too, one report for every zone and association somebody
    works for that has none of its whole days yet. Returns how many were made.
    """
    due = [
        (scope, period)
        for period in _ended(today())
        for scope in _worked_for()
        if not _is_reported(scope, period, samples=samples)
    ]
    answering = Answering(as_of=today(), samples=samples)
    failed = [one for one in due if not _is_made(*one, answering)]
    if failed:
        raise ReportsFailed(listed(f"{scope} {period}" for scope, period in failed))
    return len(due)


def _is_made(scope: str, period: str, answering: Answering) -> bool:
    """Whether it could be written: what is wrong with one zone keeps no other from its report."""
    try:
        with transaction.atomic():
            _made(SYSTEM, scope, period, answering)
    except Exception:  # whatever is wrong with the rows of one place
        log.exception("no report of %s for %s", scope, period)
        return False
    return True


def _is_reported(scope: str, period: str, *, samples: bool) -> bool:
    """Whether there is a report that was made when the period was over."""
    rows = FigureReport.objects.unscoped(reason=REASON).filter(scope=scope, period=period, samples=samples)
    return bool(rows.filter(as_of__gt=periods.parsed(period, as_of=today()).end).exists())


def _ended(day: date) -> list[str]:
    year, month = (day.year, day.month - 1) if day.month > 1 else (day.year - 1, 12)
    return [f"{year}-{month:02d}", *([str(year)] if day.month == 1 else [])]


def _worked_for() -> list[str]:
    roles = StaffRole.objects.unscoped(reason=REASON)
    zones = Zone.objects.filter(pk__in=roles.filter(zone__isnull=False).values("zone_id"))
    associations = Association.objects.filter(pk__in=roles.filter(association__isnull=False).values("association_id"))
    return [*(f"association:{row.slug}" for row in associations), *(f"zone:{row.slug}" for row in zones)]


def _association(place: scopes.Scope) -> Association | None:
    return Association.objects.get(slug=place.code.partition(":")[2]) if place.kind == "association" else None


def _versions(scope: str, period: str, *, samples: bool) -> int:
    rows = FigureReport.objects.unscoped(reason=REASON).filter(scope=scope, period=period, samples=samples)
    most: int | None = rows.aggregate(most=Max("number"))["most"]
    return most or 0
