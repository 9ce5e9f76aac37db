"""What an organization that was merged into another had to do with events goes on with the one that was kept."""

from typing import Final

from django.utils.translation import gettext as _

from matching.choices import RegistrationState
from matching.models import EventInvitation, EventRegistration
from zones.errors import Conflict
from zones.services.base import save_next_version, tell
from zones.services.merging import OrganizationMerge

WHY: Final = "both records were checked"


def move_guests(merge: OrganizationMerge) -> None:
    """Within the transaction of a merge. Where both are guests of one event, a person must say which comes: raises
    Conflict; a doubled invitation, or a registration that was called off, stays where it is.
    """
    guests = EventRegistration.objects.unscoped(reason=WHY)
    doubled = guests.filter(organization=merge.merged, event__in=guests.filter(organization=merge.kept).values("event"))
    if doubled.exclude(state=RegistrationState.CANCELLED).exists():
        raise Conflict(_("两家单位报名了同一活动：请先取消其中一个报名，再合并。"))
    for model, kind in ((EventRegistration, "event_registration.moved"), (EventInvitation, "event_invitation.moved")):
        rows = model.objects.unscoped(reason=WHY)
        known = rows.filter(organization=merge.kept).values("event")
        moving = rows.filter(organization=merge.merged).exclude(event__in=known)
        for row in list(moving.order_by("pk").select_for_update(of=("self",))):
            row.organization = merge.kept
            tell(save_next_version(row), kind)
