"""A zone's digest of the last days, made anew from what has happened: for who wants to see one before there is a robot.

Everything is done in a transaction that is taken back: nothing is written, nobody is told.
"""

from collections.abc import Collection
from datetime import timedelta
from typing import Any, Final

from django.db import transaction
from django.db.models.functions import Now

from accounts.models import User
from ledger.models import OutboxEvent
from notifications.channels.base import Outgoing
from notifications.choices import DeliveryKind, EndpointKind, Way
from notifications.composing import MOST_ENTRIES, Nothing, composed
from notifications.directory import IN_ZONES, Directory, Recipient
from notifications.kinds.base import Audience
from notifications.kinds.registry import KINDS_OF_EVENT
from notifications.models import Delivery, Endpoint, Notice, ToldPair
from notifications.planning import notices_for
from zones.models import StaffRole, Zone
from zones.scoping import SYSTEM, in_force, staff_of, today

A_WEEK: Final = timedelta(days=7)


def recall_digest(zone: Zone, *, channel: Way, language: str, within: timedelta = A_WEEK) -> Outgoing | Nothing:
    """What a robot of the zone, or a mail to its staff, would have said of those days, to whom they are told today."""
    with transaction.atomic():
        kind = channel.value if channel.value in EndpointKind.values else EndpointKind.WECOM.value
        robot = Endpoint(kind=kind, name=str(zone), zone=zone, language=language)
        robot.save()
        ToldPair.objects.editable_by(SYSTEM).all().delete()  # matches are told anew
        notices = _told_to(robot, within)
        message = _message(robot, channel, language, notices)
        transaction.set_rollback(True)
    return message


class _Alone(Directory):
    """As if there were nobody but one robot."""

    def __init__(self, robot: Endpoint) -> None:
        super().__init__()
        self._robot = Recipient(endpoint_id=robot.pk)
        self._zone_id = robot.zone_id
        self._meet([self._robot])

    def recipients(self, audience: Audience) -> list[Recipient]:
        return [self._robot] if self._zone_id in audience.zones else []

    def followers(self, public_ids: Collection[Any]) -> list[Recipient]:
        return []


def _told_to(robot: Endpoint, within: timedelta) -> list[Notice]:
    rows = OutboxEvent.objects.filter(created_at__gt=Now() - within, kind__in=KINDS_OF_EVENT.keys())
    return notices_for(list(rows.order_by("pk")), _Alone(robot))[:MOST_ENTRIES]


def _message(robot: Endpoint, channel: Way, language: str, notices: list[Notice]) -> Outgoing | Nothing:
    assert robot.zone_id is not None
    is_mail = channel == Way.MAIL
    delivery = Delivery(channel=channel, kind=DeliveryKind.WEEKLY, endpoint=None if is_mail else robot)
    user = _staff_of(robot.zone_id) if is_mail else None
    return composed(delivery, notices, staff_of(robot.zone_id), language=language, user=user)


def _staff_of(zone_id: int) -> User | None:
    """One who would get it: the mail says how to unsubscribe."""
    roles = StaffRole.objects.visible_to(SYSTEM).filter(in_force(today()), role__in=IN_ZONES, zone_id=zone_id)
    return User.objects.filter(is_active=True, pk__in=roles.values("user_id")).order_by("pk").first()
