"""Rules of what is told: robots, webhooks, feeds, notices, and the ledger of what was sent."""

from typing import Final

from django.db.models import Q

from zones.principals import Ids, Principal, in_force, plain_rows, today
from zones.scoping.sides import NOTHING, Rule, nobody, secretariat


def _of_organizations(principal: Principal) -> Q:
    """One of an organization that was merged into another is that one's."""
    ids = principal.organizations
    return Q(organization_id__in=ids) | Q(organization__merged_into_id__in=ids)


def _endpoint_visible(principal: Principal) -> Q:
    return Q(zone_id__in=principal.own_zones) | secretariat(principal) | _of_organizations(principal)


def _endpoint_editable(principal: Principal) -> Q:
    return Q(zone_id__in=principal.manager_zones) | secretariat(principal) | _of_organizations(principal)


def own_account(principal: Principal) -> Q:
    """Rows of one account, that no other reads."""
    return NOTHING if principal.user_id is None else Q(user_id=principal.user_id)


def _of_accounts(principal: Principal, zones: Ids) -> Q:
    """Told to accounts that belong to these zones or to one's secretariats, and to nothing else, now or before.

    Of an account that also has to do with other places nobody but itself reads what it is sent, and when: it would tell
    that something hidden has happened there.
    """
    here = Q(zone_id__in=zones) | Q(organization__zone_id__in=zones) | Q(association_id__in=principal.secretariats)
    roles = plain_rows("zones", "StaffRole")
    standing, elsewhere = roles.filter(here, in_force(today())), roles.exclude(pk__in=roles.filter(here).values("pk"))
    return Q(user_id__in=standing.values("user_id")) & ~Q(user_id__in=elsewhere.values("user_id"))


def told_here(principal: Principal) -> Q:
    """Rows told to accounts of whose messages the principal reads that they were sent, or would be."""
    if principal.is_system:
        return Q(user_id__isnull=False)
    return own_account(principal) | _of_accounts(principal, principal.own_zones)


def _delivery_visible(principal: Principal) -> Q:
    """What was sent to an account is its own and known to its zone; to a robot or webhook, its owner's."""
    endpoints = plain_rows("notifications", "Endpoint").filter(_endpoint_visible(principal))
    return told_here(principal) | Q(endpoint_id__in=endpoints.values("pk"))


def _delivery_editable(principal: Principal) -> Q:
    """Who may have it sent again: who keeps the robot or webhook, and the staff of an account's zone."""
    endpoints = plain_rows("notifications", "Endpoint").filter(_endpoint_editable(principal))
    return Q(endpoint_id__in=endpoints.values("pk")) | _of_accounts(principal, principal.staff_zones)


TELLING: Final[dict[str, tuple[Rule, Rule]]] = {
    "notifications.endpoint": (_endpoint_visible, _endpoint_editable),
    "notifications.feedlink": (own_account, own_account),
    "notifications.notice": (own_account, own_account),
    "notifications.delivery": (_delivery_visible, _delivery_editable),
    "notifications.subscription": (own_account, own_account),
    "notifications.watch": (own_account, own_account),
    "notifications.noticesettings": (own_account, own_account),
    "notifications.toldpair": (nobody, nobody),
    "notifications.sendingplace": (nobody, nobody),
}
