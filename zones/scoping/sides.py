"""What the rules are put together from: sides, visibility, and parts that follow their whole."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from django.db.models import Q

from zones.choices import Visibility
from zones.principals import Principal, plain_rows

NOTHING = Q(pk__in=[])
EVERYTHING = ~Q(pk__in=[])
Rule = Callable[[Principal], Q]
READ_BY_OTHER_ZONES: Final = frozenset({Visibility.ASSOCIATION, Visibility.NATIONAL, Visibility.PUBLIC})
"""Visibilities under which other zones read an open record; under every other one only its own side does."""


def open_by_visibility(principal: Principal, *, granted: Q) -> Q:
    """The four steps of the drawn example."""
    q = Q(visibility=Visibility.PUBLIC) | granted
    if principal.is_member:
        q |= Q(visibility=Visibility.NATIONAL)
    if principal.zones:
        q |= Q(visibility=Visibility.ZONE, zone_id__in=principal.zones)
    return q


def own_side(principal: Principal) -> Q:
    return Q(zone_id__in=principal.own_zones) | Q(organization_id__in=principal.organizations)


def editing_side(principal: Principal) -> Q:
    return Q(zone_id__in=principal.staff_zones) | Q(organization_id__in=principal.organizations)


def secretariat(principal: Principal) -> Q:
    return Q(association_id__in=principal.secretariats)


def zone_staff(principal: Principal) -> Q:
    return Q(zone_id__in=principal.staff_zones)


def zone_side(principal: Principal) -> Q:
    return Q(zone_id__in=principal.own_zones)


def nobody(principal: Principal) -> Q:
    return NOTHING


@dataclass(frozen=True, slots=True)
class ChildOf:
    """A part is seen and edited with its whole; `parent` is app.Model/foreign key."""

    parent: str
    rule: Rule

    def __call__(self, principal: Principal) -> Q:
        label, _, column = self.parent.partition("/")
        app, _, model = label.partition(".")
        return Q(**{f"{column}__in": plain_rows(app, model).filter(self.rule(principal)).values("pk")})


def child_of(parent: str, rule: Rule) -> Rule:
    """The rule of a part that is seen, or edited, with its whole."""
    return ChildOf(parent, rule)


def children_of(parent: str, visible_rule: Rule, editable_rule: Rule) -> tuple[Rule, Rule]:
    """Both rules of a part."""
    return child_of(parent, visible_rule), child_of(parent, editable_rule)
