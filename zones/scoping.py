"""Who may see and who may edit what: the only file that says so.

Drawn example. Zones East and West are members of alliance A; zone Far is a member of nothing.

    East ──┐
           ├── alliance A          Far (alone)
    West ──┘

    a record of East with visibility      East   West   Far   visitor
      zone                                 yes    no    no     no
      association, granted to A            yes    yes   no     no
      national                             yes    yes   yes    no
      public                               yes    yes   yes    yes
      sealed (needs only)                  yes    no    no     no      matched, never listed

* A zone's staff, managers and auditors see everything of their zone; members of an organization see everything of
  their organization and what is visible to their zone.
* An association's secretariat sees what is granted to that association.
* A sharing grant also opens a record while it is in force: to the zone it names, and to the association it names where
  the visibility is "association".
* Drafts and retired records are seen by their own side only.
* Editing: staff and managers of the zone, members of the owning organization; auditors and secretariats never.
* Roles and invitations are seen by the zone or the secretariat they are held under, whose managers and which grant and
  end them, and by the members of their organization, who may invite colleagues to it and take that back.
* A registration of an organization is known to the staff and auditors of the zone it is addressed to, whose staff
  decide it, and to the account that waits for it.
* Who was shown a contact point whole is known to the managers and auditors of its organization's zone.
* A file on its way in, its rows and what its columns mean are its zone's own.
* What a need's side says about a match (a label) is seen by that side only.
* A match is seen by the side of its need (if the resource is visible to it) and by the side of its resource (if the
  need is visible to it, and the pair is among the need's first without its budget).
* A proposed consortium is seen by the side of its need only, and only where every resource in it is visible to it.
* While a zone is asked to review a need, its staff read what other zones would read of it.
* A review is seen by the side of its need and by the zone that was asked, and decided by that zone's staff.
* A request for service is known to the organization that sent it and its zone, and to the resource's organization and
  zone; members of the one write as requester, members of the other and the staff of its zone as provider.
* A rating is its own side's until both have rated or the time for rating is over; then both sides read it.
* A call for needs is its association's and its zones'; a draft of one is the secretariat's, who alone edits it.
* A dismissed or shortlisted pair is known to the side of its need only; a resource's exclusions to the side of the
  resource only.
* A search somebody keeps is that account's alone.
* A pair its need's side has pushed is seen by both sides, each as long as it may see the need and the resource.
* An exchange, its steps, consents and disclosures are its two sides' own: of whoever reads need or resource whole.
  Contacts are another matter: see `matching.services.consents`.
What a principal may not see does not exist for it: 404, and no trace in counts, orders, facets or exports.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Final

from django.db.models import Exists, F, Model, OuterRef, Q
from django.db.models.functions import Now

from zones.choices import GrantScope, RequestSide, ResourceKind, ResourceStatus, Visibility
from zones.principals import (
    NO_IDS,
    SYSTEM,
    VISITOR,
    Ids,
    Principal,
    associations_of,
    in_force,
    scope_of,
    staff_of,
    today,
)
from zones.principals import plain_rows as _plain

__all__ = [
    "EVERYTHING", "NOTHING", "NO_IDS", "RATING_DAYS", "READ_BY_OTHER_ZONES", "SYSTEM", "VISITOR", "Ids", "Principal",
    "as_reader", "associations_of", "editable", "in_force", "providing", "read_whole", "requesting", "scope_of",
    "speaking_for", "staff_of", "today", "told_ratings", "visible",
]  # fmt: skip

NOTHING = Q(pk__in=[])
EVERYTHING = ~Q(pk__in=[])
DETAIL_NAMES = tuple(kind.replace("_", "") for kind in ResourceKind.values)
"""How the table of details of each kind is called, less `detail`."""
RATING_DAYS: Final = 14
"""How long after a service is confirmed both sides may rate it."""
Rule = Callable[[Principal], Q]


def visible(model: type[Model], principal: Principal) -> Q:
    """The rows of `model` the principal may read."""
    return EVERYTHING if principal.is_system else _rules(model)[0](principal)


def editable(model: type[Model], principal: Principal) -> Q:
    """The rows of `model` the principal may change."""
    return EVERYTHING if principal.is_system else _rules(model)[1](principal)


def read_whole(model: type[Model], principal: Principal) -> Q:
    """The rows of `model` whose `scoped` fields the principal reads: what it could edit if auditing were editing."""
    return editable(model, as_reader(principal))


def as_reader(principal: Principal) -> Principal:
    """The principal with its rights to audit taken for rights to edit: for questions of reading only."""
    return replace(principal, staff_zones=principal.own_zones)


READ_BY_OTHER_ZONES: Final = frozenset({Visibility.ASSOCIATION, Visibility.NATIONAL, Visibility.PUBLIC})
"""Visibilities under which other zones read an open record; under every other one only its own side does."""


def _open_by_visibility(principal: Principal, *, granted: Q) -> Q:
    """The four steps of the drawn example."""
    q = Q(visibility=Visibility.PUBLIC) | granted
    if principal.is_member:
        q |= Q(visibility=Visibility.NATIONAL)
    if principal.zones:
        q |= Q(visibility=Visibility.ZONE, zone_id__in=principal.zones)
    return q


def _own_side(principal: Principal) -> Q:
    return Q(zone_id__in=principal.own_zones) | Q(organization_id__in=principal.organizations)


def _editing_side(principal: Principal) -> Q:
    return Q(zone_id__in=principal.staff_zones) | Q(organization_id__in=principal.organizations)


def _resource_visible(principal: Principal) -> Q:
    grants = _plain("zones", "SharingGrant").filter(in_force(today()), resource_id=OuterRef("pk"))
    to_zone = Q(scope=GrantScope.ZONE, zone_id__in=principal.zones)
    to_association = Q(scope=GrantScope.ASSOCIATION, association_id__in=principal.associations)
    granted = Exists(grants.filter(to_zone)) | (
        Q(visibility=Visibility.ASSOCIATION) & Exists(grants.filter(to_association))
    )
    return (Q(status=ResourceStatus.ACTIVE) & _open_by_visibility(principal, granted=Q(granted))) | _own_side(principal)


def _need_visible(principal: Principal) -> Q:
    granted = Q(visibility=Visibility.ASSOCIATION, association_id__in=principal.associations)
    asked = _plain("matching", "NeedReview").filter(zone_id__in=principal.own_zones, decision="")
    is_open = Q(state="open") & _open_by_visibility(principal, granted=granted)
    return is_open | _own_side(principal) | Q(Exists(asked.filter(need_id=OuterRef("pk"))))


def _call_visible(principal: Principal) -> Q:
    told = Q(association_id__in=principal.associations) & ~Q(state="draft")
    return _secretariat(principal) | told


def _secretariat(principal: Principal) -> Q:
    return Q(association_id__in=principal.secretariats)


def _of_own_needs(principal: Principal) -> Q:
    return Q(need_id__in=_plain("matching", "Need").filter(_own_side(principal)).values("pk"))


def _review_visible(principal: Principal) -> Q:
    return Q(zone_id__in=principal.own_zones) | _of_own_needs(principal)


def _statement_visible(principal: Principal) -> Q:
    """Why a text is no identity may tell one: it is read by the need's side and by the zones that review it."""
    reviews = _plain("matching", "NeedReview").filter(_review_visible(principal))
    return Q(need_id__in=reviews.values("need_id")) | _of_own_needs(principal)


def _match_visible(principal: Principal) -> Q:
    needs = _plain("matching", "Need").filter(_need_visible(principal)).values("pk")
    resources = _plain("zones", "Resource").filter(_resource_visible(principal)).values("pk")
    need_side = Q(need__zone_id__in=principal.own_zones) | Q(need__organization_id__in=principal.organizations)
    resource_side = Q(resource__zone_id__in=principal.own_zones) | Q(
        resource__organization_id__in=principal.organizations
    )
    # what an older version of the need said was for those who could read it then
    told = Q(is_told=True, need_version=F("need__version"))
    return Q(need_id__in=needs) & Q(resource_id__in=resources) & (need_side | (told & resource_side))


def _proposal_visible(principal: Principal) -> Q:
    """A team is seen by the side of its need, and only where every resource in it is visible to it."""
    hidden = _plain("matching", "ConsortiumPart").filter(proposal_id=OuterRef("pk"), resource__isnull=False)
    resources = _plain("zones", "Resource").filter(_resource_visible(principal)).values("pk")
    return _of_own_needs(principal) & ~Q(Exists(hidden.exclude(resource_id__in=resources)))


def _decided_pair_visible(principal: Principal) -> Q:
    """For the need's side only, while it may see the resource."""
    resources = _plain("zones", "Resource").filter(_resource_visible(principal)).values("pk")
    return _of_own_needs(principal) & Q(resource_id__in=resources)


def _push_visible(principal: Principal) -> Q:
    """For both sides, while they may see need and resource."""
    needs = _plain("matching", "Need").filter(_need_visible(principal)).values("pk")
    resources = _plain("zones", "Resource").filter(_resource_visible(principal)).values("pk")
    offered = _plain("zones", "Resource").filter(_own_side(principal)).values("pk")
    return Q(need_id__in=needs) & Q(resource_id__in=resources) & (_of_own_needs(principal) | Q(resource_id__in=offered))


def requesting(principal: Principal) -> Q:
    """Requests in which the principal acts for who asks."""
    return EVERYTHING if principal.is_system else Q(organization_id__in=principal.organizations)


def providing(principal: Principal) -> Q:
    """Requests in which the principal acts for who answers."""
    if principal.is_system:
        return EVERYTHING
    return Q(resource__zone_id__in=principal.staff_zones) | Q(resource__organization_id__in=principal.organizations)


def _request_visible(principal: Principal) -> Q:
    return _own_side(principal) | providing(as_reader(principal))


def _request_editable(principal: Principal) -> Q:
    return requesting(principal) | providing(principal)


def told_ratings() -> Q:
    """Ratings both sides may read: the other side has rated too, or can no more."""
    others = _plain("zones", "ServiceRating").filter(request_id=OuterRef("request_id")).exclude(side=OuterRef("side"))
    return Q(Exists(others)) | Q(request__ended_at__lt=Now() - timedelta(days=RATING_DAYS))


def _rating_visible(principal: Principal) -> Q:
    requests = _plain("zones", "ServiceRequest")
    asked = Q(side=RequestSide.REQUESTER, request_id__in=requests.filter(_own_side(principal)).values("pk"))
    answered = requests.filter(providing(as_reader(principal)))
    own = asked | Q(side=RequestSide.PROVIDER, request_id__in=answered.values("pk"))
    known = Q(request_id__in=requests.filter(_request_visible(principal)).values("pk"))
    return known & (own | told_ratings())


def _both_sides(sides: Rule) -> Rule:
    """The rule of an exchange: whoever is of the side of its need or of the side of its resource."""
    return lambda principal: (
        Q(need_id__in=_plain("matching", "Need").filter(sides(principal)).values("pk"))
        | Q(resource_id__in=_plain("zones", "Resource").filter(sides(principal)).values("pk"))
    )


def speaking_for(principal: Principal, relation: str) -> Q:
    """Rows whose `relation`, the need or the resource of a pair, is of a side the principal acts for."""
    if principal.is_system:
        return EVERYTHING
    label = {"need": ("matching", "Need"), "resource": ("zones", "Resource")}[relation]
    return Q(**{f"{relation}_id__in": _plain(*label).filter(_editing_side(principal)).values("pk")})


def _organization_visible(principal: Principal) -> Q:
    """One that was merged into another is nobody's: its address leads to the one that was kept."""
    own = Q(zone_id__in=principal.own_zones) | Q(pk__in=principal.organizations)
    return (Q(is_listed=True) | own) & Q(merged_into__isnull=True)


def _organization_editable(principal: Principal) -> Q:
    return (Q(zone_id__in=principal.staff_zones) | Q(pk__in=principal.organizations)) & Q(merged_into__isnull=True)


def _roles_here(principal: Principal) -> Q:
    zones = principal.own_zones
    in_zones = Q(zone_id__in=zones) | Q(organization__zone_id__in=zones)
    in_organizations = Q(organization_id__in=principal.organizations)
    return in_zones | in_organizations | Q(association_id__in=principal.secretariats)


def _role_visible(principal: Principal) -> Q:
    return Q(user_id=principal.user_id) | _roles_here(principal)


def _role_editable(principal: Principal) -> Q:
    """Nobody grants what they lack: managers roles of their zones and its organizations, secretariats their own."""
    zones = principal.manager_zones
    in_zones = Q(zone_id__in=zones) | Q(organization__zone_id__in=zones)
    return in_zones | Q(association_id__in=principal.secretariats)


def _child_of(parent: str, rule: Rule) -> Rule:
    """A part is seen and edited with its whole; `parent` is app.Model/foreign key."""
    label, _, column = parent.partition("/")
    app, _, model = label.partition(".")
    return lambda principal: Q(**{f"{column}__in": _plain(app, model).filter(rule(principal)).values("pk")})


def _overseeing(principal: Principal) -> Q:
    return Q(zone_id__in=principal.manager_zones | principal.auditor_zones)


def _children_of(parent: str, visible_rule: Rule, editable_rule: Rule) -> tuple[Rule, Rule]:
    """Both rules of a part."""
    return _child_of(parent, visible_rule), _child_of(parent, editable_rule)


_contact_editable = _child_of("zones.Organization/organization_id", _organization_editable)


def _zone_staff(principal: Principal) -> Q:
    return Q(zone_id__in=principal.staff_zones)


def _zone_side(principal: Principal) -> Q:
    return Q(zone_id__in=principal.own_zones)


def _nobody(principal: Principal) -> Q:
    return NOTHING


def _run_visible(principal: Principal) -> Q:
    """Full runs concern everybody who works here; an incremental one would tell that a hidden need has changed."""
    if not principal.is_member:
        return NOTHING
    mine = Q(need__zone_id__in=principal.own_zones) | Q(need__organization_id__in=principal.organizations)
    lists = _plain("matching", "CandidateList").filter(mine, run_id=OuterRef("pk"))
    return Q(kind="full") | Q(Exists(lists))


_RULES: dict[str, tuple[Rule, Rule]] = {
    "zones.organization": (_organization_visible, _organization_editable),
    "zones.contactpoint": (_contact_editable, _contact_editable),
    "zones.contactaccess": (_child_of("zones.Organization/organization_id", _overseeing), _nobody),
    "zones.resource": (_resource_visible, _editing_side),
    "zones.sharinggrant": _children_of("zones.Resource/resource_id", _own_side, _editing_side),
    "zones.resourceexclusion": _children_of("zones.Resource/resource_id", _own_side, _editing_side),
    **{
        f"zones.{part}": _children_of("zones.Resource/resource_id", _resource_visible, _editing_side)
        for part in ("resourcepart", "resourcephoto", "capability", *(f"{kind}detail" for kind in DETAIL_NAMES))
    },
    "zones.catalogue": (lambda principal: EVERYTHING, _zone_staff),
    "zones.importfile": (_zone_side, _zone_staff),
    "zones.importjob": (_zone_side, _zone_staff),
    "zones.importrow": _children_of("zones.ImportJob/job_id", _zone_side, _zone_staff),
    "zones.importmapping": (_zone_side, _zone_staff),
    "zones.separatepair": (_zone_side, _zone_staff),
    "zones.staffrole": (_role_visible, _role_editable),
    "zones.invitation": (_roles_here, lambda one: _role_editable(one) | Q(organization_id__in=one.organizations)),
    "zones.registration": (lambda one: _zone_side(one) | Q(user_id=one.user_id), _zone_staff),
    "zones.servicerequest": (_request_visible, _request_editable),
    "zones.serviceentry": _children_of("zones.ServiceRequest/request_id", _request_visible, _request_editable),
    "zones.servicerecord": _children_of("zones.ServiceRequest/request_id", _request_visible, _request_editable),
    "zones.servicerating": (_rating_visible, _child_of("zones.ServiceRequest/request_id", _request_editable)),
    "matching.need": (_need_visible, _editing_side),
    "matching.needmetric": _children_of("matching.Need/need_id", _need_visible, _editing_side),
    "matching.needexclusion": _children_of("matching.Need/need_id", _own_side, _editing_side),
    "matching.label": _children_of("matching.Need/need_id", _own_side, _editing_side),
    "matching.needcall": (_call_visible, _secretariat),
    "matching.leakstatement": (_statement_visible, _child_of("matching.Need/need_id", _editing_side)),
    "matching.needreview": (_review_visible, _zone_staff),
    "matching.dismissal": (_decided_pair_visible, _child_of("matching.Need/need_id", _editing_side)),
    "matching.shortlisting": (_decided_pair_visible, _child_of("matching.Need/need_id", _editing_side)),
    "matching.savedsearch": (lambda one: Q(user_id=one.user_id), lambda one: Q(user_id=one.user_id)),
    "matching.push": (_push_visible, _nobody),
    "matching.exchange": (_both_sides(_own_side), _both_sides(_editing_side)),
    **{
        f"matching.{part}": (_child_of("matching.Exchange/exchange_id", _both_sides(_own_side)), _nobody)
        for part in ("exchangestep", "consent", "disclosure", "booking")
    },
    "matching.match": (_match_visible, _nobody),
    "matching.matchrun": (_run_visible, _nobody),
    "matching.consortiumproposal": (_proposal_visible, _nobody),
    "matching.consortiummember": (_child_of("matching.ConsortiumProposal/proposal_id", _proposal_visible), _nobody),
    "matching.consortiumpart": (_child_of("matching.ConsortiumProposal/proposal_id", _proposal_visible), _nobody),
}


def _rules(model: type[Model]) -> tuple[Rule, Rule]:
    return _RULES[model._meta.label_lower]
