"""Cooperations and contracts of an organization that was merged into another go on with the one that was kept."""

from typing import Final

from django.utils.translation import gettext as _

from matching.models import Agreement, AgreementParty, Cooperation, CooperationParty, TechContract
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
    _move_agreements(merge)
    for side in ("seller", "buyer"):
        _move_contracts(merge, f"{side}_organization")


def _move_agreements(merge: OrganizationMerge) -> None:
    """Raises Conflict where both have put their name to one agreement: its commitments name a party by its place."""
    parties = AgreementParty.objects.unscoped(reason=WHY)
    moving, kept = parties.filter(organization=merge.merged), parties.filter(organization=merge.kept)
    rows = Agreement.objects.unscoped(reason=WHY).filter(pk__in=moving.values("agreement"))
    if rows.filter(pk__in=kept.values("agreement")).exists():
        raise Conflict(_("两家单位是同一份协议的两个签署方：请先核对该协议，再合并。"))
    for row in list(rows.order_by("pk").select_for_update(of=("self",))):
        moving.filter(agreement=row).update(organization=merge.kept)
        tell(save_next_version(row), "agreement.moved")


def _move_contracts(merge: OrganizationMerge, column: str) -> None:
    """A contract between the two would be one with oneself: the database refuses it, and so does this, in words."""
    rows = TechContract.objects.unscoped(reason=WHY).filter(**{column: merge.merged})
    for contract in list(rows.order_by("pk").select_for_update(of=("self",))):
        setattr(contract, column, merge.kept)
        if contract.seller_organization_id == contract.buyer_organization_id:
            raise Conflict(_("两家单位是同一份技术合同的买卖双方：请先核对该合同，再合并。"))
        tell(save_next_version(contract), "contract.moved")
