"""Rules of what comes of a match: cooperations and their parts, technology contracts."""

from typing import Final

from django.db.models import Exists, OuterRef, Q

from zones.principals import Principal, plain_rows
from zones.scoping.sides import Rule, child_of, children_of, editing_side, nobody, own_side, zone_staff

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
    "matching.techcontract": (_contract_visible, _contract_editable),
    "matching.contractregistration": (child_of("matching.TechContract/contract_id", _contract_visible), nobody),
    "matching.cooperationstep": (child_of("matching.Cooperation/cooperation_id", _of_a_party(own_side)), nobody),
}
