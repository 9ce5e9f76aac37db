"""Zones' levels and memberships: dated facts, written by the system role."""

from collections.abc import Collection, Sequence
from datetime import date
from typing import Final, NamedTuple

from django.db import transaction
from django.utils.translation import gettext as _

from zones.choices import MemberRole
from zones.errors import Conflict, InvalidInput, NotAllowed
from zones.models import Association, Membership, Zone, ZoneLevel
from zones.scoping import Principal
from zones.services.base import constraint_errors, tell_fact, validated

INFERRED: Final = "inferred"
"""The confidence of a membership that was concluded from counts, because nobody published the list."""
MADE_UP: Final = "made up"
"""The confidence of a membership of the demonstration: made up so that there are as many as were announced."""


def is_member_list_published(association: Association, members: Collection[Membership]) -> bool:
    """True where the members on record are all there are: as many as were announced, and none only inferred."""
    is_uncertain = any(member.confidence in (INFERRED, MADE_UP) for member in members)
    return association.members_stated == len(members) and not is_uncertain


def must_be_system(principal: Principal) -> None:
    """Raises NotAllowed."""
    if not principal.is_system:
        raise NotAllowed(_("园区级别与成员关系由系统管理员登记：请联系管理员。"))


@transaction.atomic
def change_zone_level(principal: Principal, *, zone: Zone, level: str, valid_from: date, source: str) -> ZoneLevel:
    """End the zone's present level on `valid_from` and begin the new one. Raises InvalidInput before the present
    level began.
    """
    must_be_system(principal)
    current = ZoneLevel.objects.select_for_update().filter(zone=zone, valid_to__isnull=True).first()
    if current is not None:
        if current.valid_from is not None and valid_from <= current.valid_from:
            message = _("级别变更日 %(day)s 不得早于现级别的批准日 %(approved)s：请核对批文日期。")
            raise InvalidInput.single("valid_from", message % {"day": valid_from, "approved": current.valid_from})
        current.valid_to = valid_from
        validated(current).save(update_fields=["valid_to"])
    changed = ZoneLevel(zone=zone, level=level, valid_from=valid_from, source=source)
    validated(changed).save()
    tell_fact(changed, "zone.level_changed", zone=zone, level=level, day=valid_from)
    return changed


@transaction.atomic
def add_membership(
    principal: Principal,
    *,
    zone: Zone,
    association: Association,
    joined_on: date | None,
    role: str = MemberRole.MEMBER,
    confidence: str = "",
    left_on: date | None = None,
) -> Membership:
    """Record that a zone joined. Raises InvalidInput where it already is a member in that time."""
    must_be_system(principal)
    membership = Membership(
        zone=zone, association=association, joined_on=joined_on, left_on=left_on, role=role, confidence=confidence
    )
    with constraint_errors(Membership):  # somebody else may record the same at the same time
        validated(membership).save()
    tell_fact(membership, "membership.added", zone=zone, association=association, day=joined_on)
    return membership


@transaction.atomic
def end_membership(principal: Principal, *, membership: Membership, left_on: date) -> Membership:
    """Record the first day on which the zone is no member any more. Raises InvalidInput; Conflict where somebody was
    faster.
    """
    must_be_system(principal)
    membership = Membership.objects.select_for_update().get(pk=membership.pk)
    if membership.left_on is not None:
        raise Conflict(_("该高新区已登记退出：请刷新页面。"))
    if membership.joined_on is not None and left_on <= membership.joined_on:
        raise InvalidInput.single("left_on", _("退出日须晚于加入日。"))
    membership.left_on = left_on
    validated(membership).save(update_fields=["left_on"])
    tell_fact(membership, "membership.ended", zone=membership.zone, association=membership.association, day=left_on)
    return membership


class Told(NamedTuple):
    """A membership as a file tells it."""

    zone_id: int
    joined_on: date | None
    left_on: date | None


@transaction.atomic
def take_back_memberships(
    principal: Principal, association: Association, told: Sequence[Told], before: Sequence[Told]
) -> None:
    """Memberships a file told are as they were before it: those it brought are gone, those it ended go on. The caller
    has locked the association. Raises Conflict where one was changed since.
    """
    must_be_system(principal)
    former = {(one.zone_id, one.joined_on): one for one in before}
    for one in reversed(told):  # what came last goes first: a zone may have left and joined again
        rows = Membership.objects.select_for_update().filter(association=association, zone=one.zone_id)
        row = next((row for row in rows if row.joined_on == one.joined_on), None)
        if row is None or row.left_on != one.left_on:
            raise Conflict(_("有成员关系在导入后又被修改：不能整体撤销，请逐条更正。"))
        known = former.get((one.zone_id, one.joined_on))
        tell_fact(row, "membership.taken_back", zone=row.zone, association=association, day=one.joined_on)
        if known is None:
            row.delete()
        else:
            row.left_on = known.left_on
            validated(row).save(update_fields=["left_on"])


@transaction.atomic
def leave_association(principal: Principal, *, association: Association, zone: Zone, left_on: date) -> Membership:
    """End the membership of a zone that has no end yet. Raises what `end_membership` does, and Conflict where
    there is none.
    """
    must_be_system(principal)
    membership = Membership.objects.filter(association=association, zone=zone, left_on__isnull=True).first()
    if membership is None:
        raise Conflict(_("该高新区现无未结束的成员关系，可能已登记退出：请刷新后核对。"))
    return end_membership(principal, membership=membership, left_on=left_on)
