"""Rules of what is told: robots, webhooks, feeds, notices, and the ledger of what was sent."""

from typing import Final

from django.db.models import Q

from zones.principals import Principal, plain_rows
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


def _delivery_visible(principal: Principal) -> Q:
    """What was sent to an account is its own; what was sent to a robot or webhook is its owner's."""
    endpoints = plain_rows("notifications", "Endpoint").filter(_endpoint_visible(principal))
    return own_account(principal) | Q(endpoint_id__in=endpoints.values("pk"))


def _delivery_editable(principal: Principal) -> Q:
    endpoints = plain_rows("notifications", "Endpoint").filter(_endpoint_editable(principal))
    return Q(endpoint_id__in=endpoints.values("pk"))


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
