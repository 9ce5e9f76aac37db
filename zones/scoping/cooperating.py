"""Rules of what comes of a match: cooperations and their parts."""

from typing import Final

from django.db.models import Exists, OuterRef, Q

from zones.principals import Principal, plain_rows
from zones.scoping.sides import Rule, child_of, children_of, editing_side, nobody, own_side

COUNTED: Final = ("agreed", "running", "delayed", "completed", "terminated")
"""States of cooperations that were confirmed."""


def _of_a_party(side: Rule) -> Rule:
    """Whoever is of the side of any party."""
    return lambda principal: Q(
        pk__in=plain_rows("matching", "CooperationParty").filter(side(principal)).values("cooperation_id")
    )


def _cooperation_visible(principal: Principal) -> Q:
    secret = plain_rows("matching", "CooperationParty").filter(cooperation_id=OuterRef("pk"), published_on__isnull=True)
    return (Q(state__in=COUNTED) & ~Q(Exists(secret))) | _of_a_party(own_side)(principal)


_cooperation_editable = _of_a_party(editing_side)

COOPERATING: Final[dict[str, tuple[Rule, Rule]]] = {
    "matching.cooperation": (_cooperation_visible, _cooperation_editable),
    **{
        f"matching.cooperation{part}": children_of(
            "matching.Cooperation/cooperation_id", _cooperation_visible, _cooperation_editable
        )
        for part in ("party", "milestone", "association")
    },
    "matching.cooperationamount": children_of(
        "matching.Cooperation/cooperation_id", _of_a_party(own_side), _cooperation_editable
    ),
    "matching.cooperationstep": (child_of("matching.Cooperation/cooperation_id", _of_a_party(own_side)), nobody),
}
