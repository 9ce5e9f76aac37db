"""Invitations: offered by those who may grant the role, taken by whoever holds the link, once.

The token has 256 random bits and is told once; its hash is stored, found by the database's index, and worth nothing
to who reads it. A link that does not work says nothing of why.
"""

import hashlib
import secrets
from datetime import date, timedelta
from typing import Any, Final, NamedTuple

from django.db import transaction
from django.db.models import Q
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from ledger.audit import acting
from zones.choices import InvitationState
from zones.errors import IllegalTransition, InvalidInput, NotFound
from zones.models import Association, Invitation, Organization, Zone
from zones.scoping import SYSTEM, Principal, scope_of, today
from zones.services.base import clean_text, editable_or_error, must_be_editable, tell_fact, validated
from zones.services.staff import create_account, grant_role

OPEN_FOR: Final = timedelta(days=7)
TOKEN_BYTES: Final = 32


class NewInvitation(NamedTuple):
    """A fresh invitation; `token` is shown once and stored only as a hash."""

    invitation: Invitation
    token: str


def hash_of(token: str) -> str:
    """What is stored of a token: its SHA-256. A slow hash would add nothing to 256 random bits."""
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()


@transaction.atomic
def invite(
    principal: Principal,
    *,
    display_name: str,
    role: str,
    zone: Zone | None = None,
    association: Association | None = None,
    organization: Organization | None = None,
    valid_to: date | None = None,
) -> NewInvitation:
    """Offer a role to somebody without an account. Raises InvalidInput, NotAllowed."""
    token = secrets.token_urlsafe(TOKEN_BYTES)
    invitation = Invitation(
        display_name=clean_text("display_name", display_name),
        role=role,
        zone=zone,
        association=association,
        organization=organization,
        valid_to=valid_to,
        token_hash=hash_of(token),
        invited_by_id=principal.user_id,
        expires_at=timezone.now() + OPEN_FOR,
    )
    if valid_to is not None and valid_to <= today():
        raise InvalidInput.single("valid_to", _("终止日须晚于今天。"))
    validated(invitation).save()
    must_be_editable(invitation, principal)
    _tell(invitation, "invitation.created")
    return NewInvitation(invitation, token)


@transaction.atomic
def revoke_invitation(principal: Principal, *, invitation_id: int) -> Invitation:
    """Take an invitation back; its link works no more. Raises IllegalTransition where it is not open."""
    invitation = editable_or_error(Invitation, principal, pk=invitation_id)
    if invitation.state != InvitationState.OPEN:
        raise IllegalTransition(_("该邀请已接受或已撤回，无需再撤回。"))
    _end(invitation, InvitationState.REVOKED)
    _tell(invitation, "invitation.revoked")
    return invitation


def usable_invitation(token_hash: str) -> Invitation | None:
    """The invitation whose link still works, or None for every other, whatever is the matter with it."""
    rows = Invitation.objects.unscoped(reason="who holds the token may read it")
    in_time = Q(expires_at__gt=Now()) & (Q(valid_to__isnull=True) | Q(valid_to__gt=today()))
    found: Invitation | None = (
        rows.filter(in_time, token_hash=token_hash, state=InvitationState.OPEN)
        .select_related("zone", "association", "organization__zone", "invited_by")
        .first()
    )
    return found if found is not None and _may_still_be_given(found) else None


@transaction.atomic
def accept_invitation(
    token_hash: str, *, username: str, display_name: str, password: str, language: str = "zh-hans"
) -> User:
    """Make the account with its role, in the name of who invited. Raises NotFound where the link does not work,
    InvalidInput.
    """
    locked = Invitation.objects.unscoped(reason="who holds the token may take it").select_for_update(of=("self",))
    list(locked.filter(token_hash=token_hash))
    invitation = usable_invitation(token_hash)
    if invitation is None:
        raise NotFound(_("没有找到：它不存在，或您无权查看。"))
    with acting("invitation", user_id=invitation.invited_by_id):
        account = create_account(
            username=username, display_name=display_name, password=_given(password), language=language
        )
        invitation.accepted_by = account.user
        _end(invitation, InvitationState.ACCEPTED)
        # whoever invited may still give the role: `usable_invitation` asked
        grant_role(SYSTEM, user=account.user, role=invitation.role, **_places(invitation))
    _tell(invitation, "invitation.accepted", account=account.user)
    return account.user


def _given(password: str) -> str:
    """An empty password would make an account nobody can enter."""
    if not password:
        raise InvalidInput.single("password", _("请设置密码。"))
    return password


def _giver(invitation: Invitation) -> Principal:
    """Who gives the role, with the rights of today."""
    return SYSTEM if invitation.invited_by is None else scope_of(invitation.invited_by)


def _may_still_be_given(invitation: Invitation) -> bool:
    """Nobody grants what they lack, nor what they have lost since."""
    return bool(Invitation.objects.editable_by(_giver(invitation)).filter(pk=invitation.pk).exists())


def _places(invitation: Invitation) -> dict[str, Any]:
    return {name: getattr(invitation, name) for name in ("zone", "association", "organization", "valid_to")}


def _end(invitation: Invitation, state: InvitationState) -> None:
    invitation.state, invitation.ended_at = state, timezone.now()
    validated(invitation).save(update_fields=["state", "ended_at", "accepted_by"])


def _tell(invitation: Invitation, kind: str, **more: object) -> None:
    """The fact, without the token: who knows that has the role."""
    places = {"zone": invitation.zone, "association": invitation.association, "organization": invitation.organization}
    tell_fact(invitation, kind, invitation=invitation, role=invitation.role, **places, **more)
