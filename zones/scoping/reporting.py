"""Rules of figures: who reads the numbers of a zone or an association whole, and who publishes them."""

from typing import Final

from django.db.models import Q

from zones.principals import Principal
from zones.scoping.sides import EVERYTHING, Rule, child_of, nobody, secretariat, zone_side, zone_staff


def reads_figures_of(principal: Principal, *, zone_id: int | None = None, association_id: int | None = None) -> bool:
    """Whether small numbers are told: to the side of a zone, to the staff of an association's zones, to the system."""
    if principal.is_system:
        return True
    if zone_id is not None:
        return zone_id in principal.own_zones
    return association_id is not None and principal.has_back_office and association_id in principal.associations


def _published_visible(principal: Principal) -> Q:
    """What the nation's figures say is read by everybody; a zone's and an association's by who reads their numbers.
    What was not published is read by who would publish it, and by auditors of the zone.
    """
    everybody = Q(zone__isnull=True, association__isnull=True)
    within = Q(association_id__in=principal.associations if principal.has_back_office else ())
    published = ~Q(state__in=("draft", "dropped")) & (everybody | zone_side(principal) | within)
    return published | _publishing(principal) | Q(zone_id__in=principal.auditor_zones)


def _report_visible(principal: Principal) -> Q:
    """A report tells small numbers: read by who is told them."""
    within = Q(association_id__in=principal.associations if principal.has_back_office else ())
    return zone_side(principal) | within


def _publishing(principal: Principal) -> Q:
    return Q(zone_id__in=principal.manager_zones) | secretariat(principal)


def _series_kept(principal: Principal) -> Q:
    return zone_staff(principal) | secretariat(principal)


def _everything(principal: Principal) -> Q:
    return EVERYTHING


REPORTING: Final[dict[str, tuple[Rule, Rule]]] = {
    "figures.series": (_everything, _series_kept),
    "figures.observation": (child_of("figures.Series/series_id", _everything), nobody),
    "figures.lockedfigure": (_published_visible, _publishing),
    "figures.figurereport": (_report_visible, _publishing),
}
