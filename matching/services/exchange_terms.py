"""Which exchanges wait, for whom, and for how long: the same words for lists, boards and counts."""

from datetime import date
from typing import NamedTuple

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from matching.choices import ExchangeState as State
from matching.choices import Side
from matching.models import Consent, Exchange
from zones.scoping import Principal, as_reader, speaking_for, today

REASON = "whether a side has consented is known to both; the exchanges are found by their own rule"


def to_answer(principal: Principal) -> Q:
    """Interests that wait for an answer of a side the principal speaks for, or reads whole."""
    return Q(state=State.INTEREST_SENT) & _asked(as_reader(principal))


def answered_by_others(principal: Principal) -> Q:
    """Interests of a side the principal speaks for, or reads whole, that wait for the other side."""
    reader = as_reader(principal)
    asked = Q(asked_by_side=Side.NEED) & speaking_for(reader, "need")
    return Q(state=State.INTEREST_SENT) & (asked | Q(asked_by_side=Side.RESOURCE) & speaking_for(reader, "resource"))


def near_deadline(day: date) -> Q:
    """Unanswered, the day of the reminder reached and that of the answer not yet."""
    return Q(state=State.INTEREST_SENT, remind_on__lte=day, answer_due_on__gt=day)


def overdue(day: date) -> Q:
    """Unanswered on the day of the answer, when the zone is told, or later."""
    return Q(state=State.INTEREST_SENT, answer_due_on__lte=day)


def to_consent(principal: Principal) -> Q:
    """Accepted, and a side the principal speaks for, or reads whole, has no consent in force."""
    reader, standing = as_reader(principal), _standing_consents(today())
    lacking = [speaking_for(reader, side) & ~Q(Exists(standing.filter(side=side))) for side in Side.values]
    return Q(state=State.CONSENT_PENDING) & (lacking[0] | lacking[1])


class Waiting(NamedTuple):
    """How many exchanges wait for one side."""

    answer: int
    soon: int
    overdue: int
    consent: int


def waiting(principal: Principal, *, at_most: int) -> Waiting:
    """What waits for the sides the principal speaks for, or reads whole: counted in one query, of each `at_most`."""
    day, rows = today(), Exchange.objects.visible_to(principal).filter(ended_at__isnull=True)
    mine = {"answer": to_answer(principal), "consent": to_consent(principal)}
    mine |= {"soon": mine["answer"] & near_deadline(day), "overdue": mine["answer"] & overdue(day)}
    found = rows.aggregate(**{name: Count("pk", filter=mine[name]) for name in Waiting._fields})
    return Waiting(**{name: min(count, at_most) for name, count in found.items()})


def _asked(principal: Principal) -> Q:
    need = Q(asked_by_side=Side.RESOURCE) & speaking_for(principal, "need")
    return need | Q(asked_by_side=Side.NEED) & speaking_for(principal, "resource")


def _standing_consents(day: date) -> QuerySet[Consent]:
    rows = Consent.objects.unscoped(reason=REASON)
    found: QuerySet[Consent] = rows.filter(exchange=OuterRef("pk"), withdrawn_at__isnull=True, valid_until__gte=day)
    return found
