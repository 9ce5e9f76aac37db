"""Rules of what is told: robots, webhooks, feeds."""

from typing import Final

from django.db.models import Q

from zones.principals import Principal
from zones.scoping.sides import Rule, secretariat


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
    return Q(user_id=principal.user_id)


TELLING: Final[dict[str, tuple[Rule, Rule]]] = {
    "notifications.endpoint": (_endpoint_visible, _endpoint_editable),
    "notifications.feedlink": (own_account, own_account),
}
