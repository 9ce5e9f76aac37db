"""Cooperations of an organization that was merged into another go on with the one that was kept."""

from typing import Final

from django.utils.translation import gettext as _

from matching.models import Cooperation, CooperationParty
from zones.errors import Conflict
from zones.services.base import save_next_version, tell
from zones.services.merging import OrganizationMerge

WHY: Final = "both records were checked"


def move_parties(merge: OrganizationMerge) -> None:
    """Within the transaction of a merge. Raises Conflict where both are parties of one cooperation: a person must say
    whether they are one there too.
    """
    parties = CooperationParty.objects.unscoped(reason=WHY)
    moving, kept = parties.filter(organization=merge.merged), parties.filter(organization=merge.kept)
    rows = Cooperation.objects.unscoped(reason=WHY).filter(pk__in=moving.values("cooperation"))
    if rows.filter(pk__in=kept.values("cooperation")).exists():
        raise Conflict(_("两家单位是同一项合作的两方：请先核对并更正该合作，再合并。"))
    for row in list(rows.order_by("pk").select_for_update(of=("self",))):
        moving.filter(cooperation=row).update(organization=merge.kept)
        tell(save_next_version(row), "cooperation.moved")
