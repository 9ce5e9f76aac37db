"""Accounts of a zone's own identity provider that log people in here.

A provider vouches for its zone's people only: an account that holds a role anywhere else, or one of the system's, is
not entered by it, or whoever runs a zone's provider could act elsewhere. What somebody may do follows from roles here,
never from what a provider claims; who is who follows from a link its own account has made, never from an address.
"""

from typing import Final, NamedTuple
from uuid import UUID

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.identity_providers import IdentityProvider
from accounts.models import ExternalIdentity, User
from zones.errors import Conflict, NotAllowed, NotFound
from zones.models import StaffRole, Zone
from zones.scoping import in_force, today
from zones.services.accounts import tell_account
from zones.services.base import clean_text

NAME_CHARACTERS: Final = 80


class Vouched(NamedTuple):
    """Whom a provider vouches for; `shown_name` is only shown."""

    subject: str
    shown_name: str


class ZoneDoor(NamedTuple):
    """A zone whose people may log in by its own provider."""

    zone: Zone
    provider: IdentityProvider


def zone_doors() -> list[ZoneDoor]:
    """Of every zone the operator has named a provider for."""
    providers = settings.IDENTITY_PROVIDERS
    if not providers:
        return []
    return [ZoneDoor(zone, providers[zone.slug]) for zone in Zone.objects.filter(slug__in=providers).order_by("pk")]


def zone_door(slug: str) -> ZoneDoor:
    """Raises NotFound where the operator has named none."""
    door = next((one for one in zone_doors() if one.zone.slug == slug), None)
    if door is None:
        raise NotFound(_("没有找到：它不存在，或您无权查看。"))
    return door


def is_of_zone(user: User, zone: Zone) -> bool:
    """Whether every role the account holds today is held in the zone."""
    rows = StaffRole.objects.unscoped(reason="whom a zone's provider may vouch for")
    roles = rows.filter(in_force(today()), user=user).values_list("zone_id", "organization__zone_id")
    return {zone_id or of_organization for zone_id, of_organization in roles} == {zone.pk}


def must_be_of_zone(user: User, zone: Zone) -> None:
    """Raises NotAllowed where the zone's provider may not vouch for the account."""
    if not is_of_zone(user, zone):
        raise NotAllowed(_("园区登录服务只用于本园区人员：您没有本园区的角色，或在别处还有角色，请用密码登录。"))


@transaction.atomic
def account_of(door: ZoneDoor, vouched: Vouched) -> User:
    """The account that was linked. Raises NotAllowed, with one sentence for every reason there can be."""
    rows = ExternalIdentity.objects.select_related("user")
    row = rows.filter(issuer=door.provider.issuer, subject=vouched.subject).first()
    if row is None or not row.user.is_active or not is_of_zone(row.user, door.zone):
        raise NotAllowed(_("这个园区账号不能登录本站：请先用密码登录，在“我的账号”的“登录安全”中关联。"))
    row.used_at = timezone.now()
    row.save(update_fields=["used_at"])
    return row.user


@transaction.atomic
def link_identity(user: User, door: ZoneDoor, vouched: Vouched) -> ExternalIdentity:
    """From now on this account of the provider's logs in as `user`. Raises NotAllowed, Conflict."""
    must_be_of_zone(user, door.zone)
    row = ExternalIdentity(
        user=user,
        issuer=door.provider.issuer,
        subject=vouched.subject,
        shown_name=clean_text("shown_name", vouched.shown_name)[:NAME_CHARACTERS],
    )
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as error:
        raise Conflict(_("这个园区账号已关联到一个账号，或您已关联另一个园区账号：请先解除原来的关联。")) from error
    tell_account(user, "account.identity_linked", zone=door.zone.slug)
    return row


@transaction.atomic
def unlink_identity(user: User, *, public_id: UUID) -> None:
    """The provider's account logs in no more. Raises NotFound."""
    deleted, _by_table = ExternalIdentity.objects.filter(user=user, public_id=public_id).delete()
    if not deleted:
        raise NotFound(_("没有找到：它不存在，或您无权查看。"))
    tell_account(user, "account.identity_unlinked")


def identities_of(user: User) -> list[ExternalIdentity]:
    return list(ExternalIdentity.objects.filter(user=user).order_by("linked_at"))
