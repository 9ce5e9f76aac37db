"""Rules of what comes of a match: cooperations and their parts, technology contracts; and of framework agreements."""

from datetime import timedelta
from typing import Final

from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Now

from zones.principals import Ids, Principal, plain_rows
from zones.scoping.sides import (
    EVERYTHING,
    Rule,
    child_of,
    children_of,
    editing_side,
    nobody,
    own_side,
    secretariat,
    zone_staff,
)

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


def _of_an_agreement_party(zones: Ids, principal: Principal) -> Q:
    """Agreements with a party among these zones, their organizations, or what else the principal speaks for."""
    mine = (
        Q(zone_id__in=zones)
        | Q(organization__zone_id__in=zones)
        | Q(organization_id__in=principal.organizations)
        | secretariat(principal)
    )
    parties = plain_rows("matching", "AgreementParty").filter(mine)
    return ~Q(state__in=("draft", "dropped")) & Q(pk__in=parties.values("agreement_id"))


def keeping(principal: Principal) -> Q:
    """Agreements whose record the principal keeps."""
    return EVERYTHING if principal.is_system else zone_staff(principal) | secretariat(principal)


def _agreement_visible(principal: Principal) -> Q:
    own = principal.own_zones
    return Q(zone_id__in=own) | secretariat(principal) | _of_an_agreement_party(own, principal)


def _agreement_editable(principal: Principal) -> Q:
    return keeping(principal) | _of_an_agreement_party(principal.staff_zones, principal)


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
    "matching.agreement": (_agreement_visible, _agreement_editable),
    **{
        f"matching.agreement{part}": children_of(
            "matching.Agreement/agreement_id", _agreement_visible, _agreement_editable
        )
        for part in ("party", "commitment")
    },
    **{
        f"matching.agreement{part}": (child_of("matching.Agreement/agreement_id", _agreement_visible), nobody)
        for part in ("document", "step")
    },
    "matching.cooperationstep": (child_of("matching.Cooperation/cooperation_id", _of_a_party(own_side)), nobody),
}
