"""Cooperations and technology contracts of a member's organizations: which there are, and what a list tells of each."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import Q, QuerySet

from matching.choices import CooperationState as State
from matching.models import (
    Cooperation,
    CooperationAmount,
    CooperationMilestone,
    CooperationParty,
    TechContract,
)
from matching.services.cooperation_progress import UNDER_WAY
from matching.services.outcomes import answerable
from zones.scoping import Principal

Rows = QuerySet[Any]
OPEN = (State.PROPOSED, *UNDER_WAY)


def own_cooperations(principal: Principal) -> Rows:
    """Those of which an organization of the principal is a party."""
    rows: Rows = Cooperation.objects.visible_to(principal)
    return rows.filter(pk__in=_own_parties(principal).values("cooperation"))


def own_contracts(principal: Principal) -> Rows:
    """Those an organization of the principal has bought or sold by."""
    own = principal.organizations
    rows: Rows = TechContract.objects.visible_to(principal)
    return rows.filter(Q(seller_organization__in=own) | Q(buyer_organization__in=own))


def waiting(principal: Principal) -> Q:
    """Those the principal's organizations are asked to confirm, or to say what came of them."""
    own = _own_parties(principal)
    asked = own.filter(confirmed_at__isnull=True)
    polls = answerable(principal).filter(answered_at__isnull=True, party__in=own.values("pk")).order_by()
    return Q(state=State.PROPOSED, pk__in=asked.values("cooperation")) | Q(pk__in=polls.values("party__cooperation"))


def count_waiting(principal: Principal) -> int:
    return own_cooperations(principal).filter(waiting(principal)).count()


def told_all(principal: Principal, rows: Sequence[Any]) -> list[dict[str, Any]]:
    """Each with its partners, its sum, and the milestone that comes next; three queries for all."""
    partners = _by_cooperation(
        CooperationParty.objects.visible_to(principal).filter(cooperation__in=rows).select_related("organization")
    )
    sums = _by_cooperation(CooperationAmount.objects.visible_to(principal).filter(cooperation__in=rows))
    open_rows = [row for row in rows if row.state in UNDER_WAY]
    steps = CooperationMilestone.objects.visible_to(principal).filter(cooperation__in=open_rows, met_on__isnull=True)
    waited = _by_cooperation(steps.order_by("due_on", "position"))
    return [
        {
            "row": row,
            "partners": [str(one) for one in partners[row.pk] if one.organization_id not in principal.organizations],
            "sums": sums.get(row.pk, []),
            "next": next(iter(waited.get(row.pk, [])), None),
        }
        for row in rows
    ]


def _own_parties(principal: Principal) -> Rows:
    rows: Rows = CooperationParty.objects.visible_to(principal)
    return rows.filter(organization__in=principal.organizations)


def _by_cooperation(rows: Iterable[Any]) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = {}
    for row in rows:
        found.setdefault(row.cooperation_id, []).append(row)
    return found
