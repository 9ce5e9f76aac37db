"""Notices about registrations and invitations."""

from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from ledger.models import OutboxEvent
from notifications.choices import Topic
from notifications.kinds.base import Audience, Kind, Subject, address, named_in, only
from zones.models import Invitation, Registration
from zones.scoping import Principal


def _registration_url(row: Registration, principal: Principal) -> str:
    if row.user_id == principal.user_id:
        return address(("portal:registration", ()))
    return address(("admin:zones_registration_change", (row.public_id,)))


def _invitation_url(row: Invitation, principal: Principal) -> str:
    if row.organization_id in principal.organizations:
        return address(("portal:colleagues", ()))
    return address(("admin:zones_invitation_changelist", ()))


REGISTRATION: Final = Subject("zones.registration", lambda row: str(row.name_zh), _registration_url)
INVITATION: Final = Subject("zones.invitation", lambda row: str(row.display_name), _invitation_url)


def _zone(row: Registration, event: OutboxEvent) -> Audience:
    return Audience(zones=only(row.zone_id))


def _applicant(row: Registration, event: OutboxEvent) -> Audience:
    return Audience(users=only(row.user_id))


def _inviter(row: Invitation, event: OutboxEvent) -> Audience:
    return Audience(users=only(row.invited_by_id))


_BY_ZONE: Final[dict[str, Any]] = {
    "topic": Topic.ACCOUNTS, "subject": REGISTRATION, "audience": _zone,
    "who": _("所申请园区的工作人员"), "why": _("您所在园区须核验该单位"),
}  # fmt: skip
_BY_APPLICANT: Final[dict[str, Any]] = {
    "topic": Topic.ACCOUNTS, "subject": REGISTRATION, "audience": _applicant, "is_urgent": True,
    "who": _("申请人"), "why": _("您提交了单位注册"),
}  # fmt: skip
KINDS: Final = (
    Kind(
        event="registration.submitted", title=_("单位注册待核验：%(name)s"),
        sentence=_("核对后通过，或说明原因退回。"), is_urgent=True, **_BY_ZONE,
    ),
    Kind(
        event="registration.corrected", title=_("单位注册已补正：%(name)s"),
        sentence=_("请再次核验。"), is_urgent=True, **_BY_ZONE,
    ),
    Kind(
        event="registration.accepted", title=_("单位注册已通过：%(name)s"),
        sentence=_("您现在可以发布需求与资源。"), **_BY_APPLICANT,
    ),
    Kind(
        event="registration.refused", title=_("单位注册未通过：%(name)s"),
        sentence=_("请阅读说明，补正后再提交。"), **_BY_APPLICANT,
    ),
    Kind(
        event="invitation.accepted", topic=Topic.ACCOUNTS, subject=INVITATION, record=named_in("invitation"),
        title=_("邀请已被接受：%(name)s"), sentence=_("新账号已可使用。"), audience=_inviter,
        who=_("邀请人"), why=_("您发出了该邀请"),
    ),
)  # fmt: skip
