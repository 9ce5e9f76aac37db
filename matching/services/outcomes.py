"""What came of cooperations: each party on record is asked once a year, reminded once, and closed unanswered once."""

from collections.abc import Sequence
from contextlib import suppress
from datetime import date, timedelta
from decimal import Decimal
from typing import Final

from django.db import transaction
from django.db.models import F, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from matching.choices import Gain, OutcomeResult
from matching.models import CooperationParty, OutcomePoll
from matching.models.cooperations import CONFIRMED
from matching.models.outcomes import LAST_YEAR, WAITING
from zones.errors import DomainError, IllegalTransition, InvalidInput
from zones.scoping import Principal, today
from zones.services.base import clean_text, editable_or_error, expect_version, save_next_version, tell, validated

TERM: Final = timedelta(days=30)
REMIND_BEFORE: Final = timedelta(days=7)
SWEEP = "polls are watched by the system for all parties"


@transaction.atomic
def answer_poll(
    principal: Principal, *, poll_id: int, version: int | None, result: str, gains: Sequence[str] = (),
    revenue: Decimal | None = None, patents: int | None = None, jobs: int | None = None, words: str = "",
) -> OutcomePoll:  # fmt: skip
    """Say for one party what has come of a cooperation, or put that right while its term lasts. Raises NotFound,
    NotAllowed, Conflict where it has changed, InvalidInput, IllegalTransition after its term.
    """
    poll = editable_or_error(OutcomePoll, principal, pk=poll_id)
    expect_version(poll, version)
    if not answerable(principal).filter(pk=poll.pk).exists():
        raise IllegalTransition(_("本次回访已过填报期：请在下一年度回访时填报，或联系所在园区。"))
    if result not in OutcomeResult.values:
        raise InvalidInput.single("result", _("请选择进展。"))
    poll.result, poll.gains = result, _clean_gains(gains)
    poll.revenue, poll.patents, poll.jobs = revenue, patents, jobs
    poll.words_zh = clean_text("words", words)
    poll.answered_at, poll.answerer_id = timezone.now(), principal.user_id
    save_next_version(validated(poll))
    tell(poll, "outcome.answered", result=result)
    return poll


def answerable(principal: Principal) -> "QuerySet[OutcomePoll]":
    """Polls the principal can answer today, or put right; unanswered ones first."""
    rows: QuerySet[OutcomePoll] = OutcomePoll.objects.editable_by(principal)
    return rows.filter(closed_on__isnull=True, due_on__gte=today()).order_by(
        F("answered_at").asc(nulls_first=True), "pk"
    )


def _clean_gains(gains: Sequence[str]) -> list[str]:
    chosen = [gain for gain in Gain.values if gain in gains]
    if len(chosen) != len(set(gains)):
        raise InvalidInput.single("gains", _("请从列表中选择成效。"))
    return chosen


def sweep() -> int:
    """Ask, remind and close; each once. Returns how many polls were touched."""
    day = today()
    asked = sum(_asked(pk, year, day) for year in range(1, LAST_YEAR + 1) for pk in _to_ask(year, day))
    return asked + sum(_hurried(pk, day) for pk in _waiting(day))


def anniversary(signed_on: date, year: int) -> date:
    """The same day of a later year; for the 29th of February the 1st of March."""
    try:
        return signed_on.replace(year=signed_on.year + year)
    except ValueError:
        return date(signed_on.year + year, 3, 1)


def _to_ask(year: int, day: date) -> list[int]:
    """Parties on record of what counts, signed this many years ago and not yet asked. Who is asked for the first time
    long after the day is asked about the latest year only.
    """
    latest, earliest = anniversary(day, -year), anniversary(day, -year - 1)
    parties = CooperationParty.objects.unscoped(reason=SWEEP).filter(
        organization__isnull=False, cooperation__state__in=CONFIRMED, cooperation__signed_on__lte=latest,
        cooperation__signed_on__gt=earliest,
    )  # fmt: skip
    return list(parties.exclude(polls__year=year).order_by("pk").values_list("pk", flat=True))


def _asked(party_id: int, year: int, day: date) -> bool:
    with suppress(DomainError), transaction.atomic():
        rows = CooperationParty.objects.unscoped(reason=SWEEP).select_for_update(of=("self",), no_key=True)
        party = rows.select_related("cooperation").get(pk=party_id)
        if OutcomePoll.objects.unscoped(reason=SWEEP).filter(party=party, year=year).exists():
            return False
        poll = OutcomePoll(
            party=party, year=year, asked_on=day, due_on=day + TERM, is_sample=party.cooperation.is_sample
        )
        validated(poll).save()
        poll.refresh_from_db(fields=["created_at", "updated_at"])
        tell(poll, "outcome.asked", year=year)
        return True
    return False


def _waiting(day: date) -> list[int]:
    rows = OutcomePoll.objects.unscoped(reason=SWEEP).filter(WAITING)
    return list(rows.filter(due_on__lte=day + REMIND_BEFORE).order_by("pk").values_list("pk", flat=True))


def _hurried(poll_id: int, day: date) -> bool:
    """What a day means for a poll nobody has answered."""
    with transaction.atomic():
        rows = OutcomePoll.objects.unscoped(reason=SWEEP).select_for_update(of=("self",))
        poll: OutcomePoll | None = rows.filter(WAITING, pk=poll_id).first()
        if poll is None:
            return False
        if day > poll.due_on:
            poll.closed_on = day
            tell(save_next_version(poll), "outcome.unanswered")
        elif poll.reminded_on is None:
            poll.reminded_on = day
            poll.save(update_fields=["reminded_on"])
            tell(poll, "outcome.reminded")
        else:
            return False
        return True
