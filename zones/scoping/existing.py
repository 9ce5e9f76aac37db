"""Rules of what exists: organizations, resources, people's roles, requests for service, files on their way in."""

from datetime import timedelta
from typing import Final

from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Now

from zones.choices import GrantScope, RequestSide, ResourceKind, ResourceStatus, Visibility
from zones.principals import Principal, as_reader, in_force, plain_rows, today
from zones.scoping.sides import (
    EVERYTHING,
    Rule,
    child_of,
    children_of,
    editing_side,
    nobody,
    open_by_visibility,
    own_side,
    zone_side,
    zone_staff,
)

DETAIL_NAMES = tuple(kind.replace("_", "") for kind in ResourceKind.values)
"""How the table of details of each kind is called, less `detail`."""
RATING_DAYS: Final = 14
"""How long after a service is confirmed both sides may rate it."""


def resource_visible(principal: Principal) -> Q:
    grants = plain_rows("zones", "SharingGrant").filter(in_force(today()), resource_id=OuterRef("pk"))
    to_zone = Q(scope=GrantScope.ZONE, zone_id__in=principal.zones)
    to_association = Q(scope=GrantScope.ASSOCIATION, association_id__in=principal.associations)
    granted = Exists(grants.filter(to_zone)) | (
        Q(visibility=Visibility.ASSOCIATION) & Exists(grants.filter(to_association))
    )
    return (Q(status=ResourceStatus.ACTIVE) & open_by_visibility(principal, granted=Q(granted))) | own_side(principal)


def requesting(principal: Principal) -> Q:
    """Requests in which the principal acts for who asks."""
    return EVERYTHING if principal.is_system else Q(organization_id__in=principal.organizations)


def providing(principal: Principal) -> Q:
    """Requests in which the principal acts for who answers."""
    if principal.is_system:
        return EVERYTHING
    return Q(resource__zone_id__in=principal.staff_zones) | Q(resource__organization_id__in=principal.organizations)


def _request_visible(principal: Principal) -> Q:
    return own_side(principal) | providing(as_reader(principal))


def _request_editable(principal: Principal) -> Q:
    return requesting(principal) | providing(principal)


def told_ratings() -> Q:
    """Ratings both sides may read: the other side has rated too, or can no more."""
    others = (
        plain_rows("zones", "ServiceRating").filter(request_id=OuterRef("request_id")).exclude(side=OuterRef("side"))
    )
    return Q(Exists(others)) | Q(request__ended_at__lt=Now() - timedelta(days=RATING_DAYS))


def _rating_visible(principal: Principal) -> Q:
    requests = plain_rows("zones", "ServiceRequest")
    asked = Q(side=RequestSide.REQUESTER, request_id__in=requests.filter(own_side(principal)).values("pk"))
    answered = requests.filter(providing(as_reader(principal)))
    own = asked | Q(side=RequestSide.PROVIDER, request_id__in=answered.values("pk"))
    known = Q(request_id__in=requests.filter(_request_visible(principal)).values("pk"))
    return known & (own | told_ratings())


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


def _overseeing(principal: Principal) -> Q:
    return Q(zone_id__in=principal.manager_zones | principal.auditor_zones)


_contact_editable = child_of("zones.Organization/organization_id", _organization_editable)

EXISTING: Final[dict[str, tuple[Rule, Rule]]] = {
    "zones.organization": (_organization_visible, _organization_editable),
    "zones.contactpoint": (_contact_editable, _contact_editable),
    "zones.contactaccess": (child_of("zones.Organization/organization_id", _overseeing), nobody),
    "zones.resource": (resource_visible, editing_side),
    "zones.sharinggrant": children_of("zones.Resource/resource_id", own_side, editing_side),
    "zones.resourceexclusion": children_of("zones.Resource/resource_id", own_side, editing_side),
    **{
        f"zones.{part}": children_of("zones.Resource/resource_id", resource_visible, editing_side)
        for part in ("resourcepart", "resourcephoto", "capability", *(f"{kind}detail" for kind in DETAIL_NAMES))
    },
    "zones.catalogue": (lambda principal: EVERYTHING, zone_staff),
    "zones.importfile": (zone_side, zone_staff),
    "zones.importjob": (zone_side, zone_staff),
    "zones.importrow": children_of("zones.ImportJob/job_id", zone_side, zone_staff),
    "zones.importmapping": (zone_side, zone_staff),
    "zones.separatepair": (zone_side, zone_staff),
    "zones.staffrole": (_role_visible, _role_editable),
    "zones.invitation": (_roles_here, lambda one: _role_editable(one) | Q(organization_id__in=one.organizations)),
    "zones.registration": (lambda one: zone_side(one) | Q(user_id=one.user_id), zone_staff),
    "zones.servicerequest": (_request_visible, _request_editable),
    "zones.serviceentry": children_of("zones.ServiceRequest/request_id", _request_visible, _request_editable),
    "zones.servicerecord": children_of("zones.ServiceRequest/request_id", _request_visible, _request_editable),
    "zones.servicerating": (_rating_visible, child_of("zones.ServiceRequest/request_id", _request_editable)),
}
