"""Rules of the records of the mechanisms: kept by a zone or an association, read as far as each is open."""

from typing import Final

from django.db.models import Q

from zones.choices import Visibility
from zones.principals import Principal, in_force, plain_rows, today
from zones.scoping.sides import Rule, children_of, open_by_visibility, secretariat, zone_side, zone_staff

OF_ZONES: Final = {
    "policydocument": ("document", ("policyitem", "policytarget", "policyactual")),
    "fund": ("fund", ("fundcommitment", "fundpayment")),
    "chainnode": ("node", ("chainplace",)),
    "enclave": ("enclave", ("enclavetenant",)),
}
"""Record → the column by which its parts name it, and the parts."""
OF_MATCHING: Final = ("conversion", "talentexchange", "trial")


def _visible(principal: Principal) -> Q:
    members = plain_rows("zones", "Membership").filter(
        in_force(today(), start="joined_on", end="left_on"), association_id__in=principal.associations
    )
    among = Q(association_id__in=principal.associations) | Q(zone_id__in=members.values("zone_id"))
    told = open_by_visibility(principal, granted=Q(visibility=Visibility.ASSOCIATION) & among)
    return zone_side(principal) | secretariat(principal) | (Q(withdrawn_on__isnull=True) & told)


def _editable(principal: Principal) -> Q:
    return zone_staff(principal) | secretariat(principal)


KEPT: Final[dict[str, tuple[Rule, Rule]]] = {
    **{f"zones.{name}": (_visible, _editable) for name in OF_ZONES},
    **{f"matching.{name}": (_visible, _editable) for name in OF_MATCHING},
    **{
        f"zones.{part}": children_of(f"zones.{name}/{column}_id", _visible, _editable)
        for name, (column, parts) in OF_ZONES.items()
        for part in parts
    },
}
