"""Rules of what fits: needs, reviews, matches, decisions about pairs, exchanges."""

from typing import Final

from django.db.models import Exists, F, OuterRef, Q

from zones.choices import Visibility
from zones.principals import Principal, plain_rows
from zones.scoping.existing import resource_visible
from zones.scoping.sides import (
    EVERYTHING,
    NOTHING,
    Rule,
    child_of,
    children_of,
    editing_side,
    nobody,
    open_by_visibility,
    own_side,
    secretariat,
    zone_staff,
)


def need_visible(principal: Principal) -> Q:
    granted = Q(visibility=Visibility.ASSOCIATION, association_id__in=principal.associations)
    asked = plain_rows("matching", "NeedReview").filter(zone_id__in=principal.own_zones, decision="")
    is_open = Q(state="open") & open_by_visibility(principal, granted=granted)
    return is_open | own_side(principal) | Q(Exists(asked.filter(need_id=OuterRef("pk"))))


def _call_visible(principal: Principal) -> Q:
    told = Q(association_id__in=principal.associations) & ~Q(state="draft")
    return secretariat(principal) | told


def _of_own_needs(principal: Principal) -> Q:
    return Q(need_id__in=plain_rows("matching", "Need").filter(own_side(principal)).values("pk"))


def _review_visible(principal: Principal) -> Q:
    return Q(zone_id__in=principal.own_zones) | _of_own_needs(principal)


def _statement_visible(principal: Principal) -> Q:
    """Why a text is no identity may tell one: it is read by the need's side and by the zones that review it."""
    reviews = plain_rows("matching", "NeedReview").filter(_review_visible(principal))
    return Q(need_id__in=reviews.values("need_id")) | _of_own_needs(principal)


def _match_visible(principal: Principal) -> Q:
    needs = plain_rows("matching", "Need").filter(need_visible(principal)).values("pk")
    resources = plain_rows("zones", "Resource").filter(resource_visible(principal)).values("pk")
    need_side = Q(need__zone_id__in=principal.own_zones) | Q(need__organization_id__in=principal.organizations)
    resource_side = Q(resource__zone_id__in=principal.own_zones) | Q(
        resource__organization_id__in=principal.organizations
    )
    # what an older version of the need said was for those who could read it then
    told = Q(is_told=True, need_version=F("need__version"))
    return Q(need_id__in=needs) & Q(resource_id__in=resources) & (need_side | (told & resource_side))


def _proposal_visible(principal: Principal) -> Q:
    """A team is seen by the side of its need, and only where every resource in it is visible to it."""
    hidden = plain_rows("matching", "ConsortiumPart").filter(proposal_id=OuterRef("pk"), resource__isnull=False)
    resources = plain_rows("zones", "Resource").filter(resource_visible(principal)).values("pk")
    return _of_own_needs(principal) & ~Q(Exists(hidden.exclude(resource_id__in=resources)))


def _decided_pair_visible(principal: Principal) -> Q:
    """For the need's side only, while it may see the resource."""
    resources = plain_rows("zones", "Resource").filter(resource_visible(principal)).values("pk")
    return _of_own_needs(principal) & Q(resource_id__in=resources)


def _push_visible(principal: Principal) -> Q:
    """For both sides, while they may see need and resource."""
    needs = plain_rows("matching", "Need").filter(need_visible(principal)).values("pk")
    resources = plain_rows("zones", "Resource").filter(resource_visible(principal)).values("pk")
    offered = plain_rows("zones", "Resource").filter(own_side(principal)).values("pk")
    return Q(need_id__in=needs) & Q(resource_id__in=resources) & (_of_own_needs(principal) | Q(resource_id__in=offered))


def both_sides(sides: Rule) -> Rule:
    """The rule of an exchange: whoever is of the side of its need or of the side of its resource."""
    return lambda principal: (
        Q(need_id__in=plain_rows("matching", "Need").filter(sides(principal)).values("pk"))
        | Q(resource_id__in=plain_rows("zones", "Resource").filter(sides(principal)).values("pk"))
    )


def speaking_for(principal: Principal, relation: str) -> Q:
    """Rows whose `relation`, the need or the resource of a pair, is of a side the principal acts for."""
    if principal.is_system:
        return EVERYTHING
    label = {"need": ("matching", "Need"), "resource": ("zones", "Resource")}[relation]
    return Q(**{f"{relation}_id__in": plain_rows(*label).filter(editing_side(principal)).values("pk")})


def _run_visible(principal: Principal) -> Q:
    """Full runs concern everybody who works here; an incremental one would tell that a hidden need has changed."""
    if not principal.is_member:
        return NOTHING
    mine = Q(need__zone_id__in=principal.own_zones) | Q(need__organization_id__in=principal.organizations)
    lists = plain_rows("matching", "CandidateList").filter(mine, run_id=OuterRef("pk"))
    return Q(kind="full") | Q(Exists(lists))


FITTING: Final[dict[str, tuple[Rule, Rule]]] = {
    "matching.need": (need_visible, editing_side),
    "matching.needmetric": children_of("matching.Need/need_id", need_visible, editing_side),
    "matching.needexclusion": children_of("matching.Need/need_id", own_side, editing_side),
    "matching.label": children_of("matching.Need/need_id", own_side, editing_side),
    "matching.needcall": (_call_visible, secretariat),
    "matching.leakstatement": (_statement_visible, child_of("matching.Need/need_id", editing_side)),
    "matching.needreview": (_review_visible, zone_staff),
    "matching.dismissal": (_decided_pair_visible, child_of("matching.Need/need_id", editing_side)),
    "matching.shortlisting": (_decided_pair_visible, child_of("matching.Need/need_id", editing_side)),
    "matching.savedsearch": (lambda one: Q(user_id=one.user_id), lambda one: Q(user_id=one.user_id)),
    "matching.push": (_push_visible, nobody),
    "matching.exchange": (both_sides(own_side), both_sides(editing_side)),
    **{
        f"matching.{part}": (child_of("matching.Exchange/exchange_id", both_sides(own_side)), nobody)
        for part in (
            "exchangestep",
            "consent",
            "disclosure",
            "booking",
            "negotiationmessage",
            "negotiationfile",
            "negotiationmeeting",
            "nextstep",
        )
    },
    "matching.match": (_match_visible, nobody),
    "matching.matchrun": (_run_visible, nobody),
    "matching.consortiumproposal": (_proposal_visible, nobody),
    "matching.consortiummember": (child_of("matching.ConsortiumProposal/proposal_id", _proposal_visible), nobody),
    "matching.consortiumpart": (child_of("matching.ConsortiumProposal/proposal_id", _proposal_visible), nobody),
}
