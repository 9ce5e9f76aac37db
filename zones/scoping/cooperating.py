"""Rules of what comes of a match: cooperations and their parts, technology contracts."""

from datetime import timedelta
from typing import Final

from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Now

from zones.principals import Principal, plain_rows
from zones.scoping.sides import Rule, child_of, children_of, editing_side, nobody, own_side, zone_staff

COUNTED: Final = ("agreed", "running", "delayed", "completed", "terminated")
"""States of cooperations that were confirmed."""
FINISHED: Final = ("completed", "terminated")
PARTY_RATING_DAYS: Final = 30
"""How long after a cooperation has ended its parties may rate each other."""


def _of_a_party(side: Rule) -> Rule:
    """Whoever is of the side of any party."""
    return lambda principal: Q(
        pk__in=plain_rows("matching", "CooperationParty").filter(side(principal)).values("cooperation_id")
    )


def _cooperation_visible(principal: Principal) -> Q:
    secret = plain_rows("matching", "CooperationParty").filter(cooperation_id=OuterRef("pk"), published_on__isnull=True)
    return (Q(state__in=COUNTED) & ~Q(Exists(secret))) | _of_a_party(own_side)(principal)


def _told_ratings() -> Q:
    """Ratings both parties may read: the other has rated too, or can no more."""
    others = plain_rows("matching", "CooperationRating").filter(
        rater_id=OuterRef("rated_id"), rated_id=OuterRef("rater_id")
    )
    over = plain_rows("matching", "CooperationStep").filter(
        cooperation_id=OuterRef("rater__cooperation_id"), to_state__in=FINISHED,
        at__lt=Now() - timedelta(days=PARTY_RATING_DAYS),
    )  # fmt: skip
    return Q(Exists(others)) | Q(Exists(over))


def _rating_visible(principal: Principal) -> Q:
    own = plain_rows("matching", "CooperationParty").filter(own_side(principal)).values("pk")
    return Q(rater_id__in=own) | (Q(rated_id__in=own) & _told_ratings())


def _of_contract_sides(zones: Rule) -> Rule:
    """The zone that registers it, and the organizations of both sides with their zones at the time."""
    return lambda principal: (
        zones(principal)
        | Q(seller_organization_id__in=principal.organizations)
        | Q(buyer_organization_id__in=principal.organizations)
    )


def _contract_zones(principal: Principal) -> Q:
    own = principal.own_zones
    return Q(zone_id__in=own) | Q(seller_zone_id__in=own) | Q(buyer_zone_id__in=own)


_contract_visible = _of_contract_sides(_contract_zones)
_contract_editable = _of_contract_sides(zone_staff)
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
    "matching.outcomepoll": children_of("matching.CooperationParty/party_id", own_side, editing_side),
    "matching.cooperationrating": (_rating_visible, child_of("matching.CooperationParty/rater_id", editing_side)),
    "matching.techcontract": (_contract_visible, _contract_editable),
    "matching.contractregistration": (child_of("matching.TechContract/contract_id", _contract_visible), nobody),
    "matching.cooperationstep": (child_of("matching.Cooperation/cooperation_id", _of_a_party(own_side)), nobody),
}
