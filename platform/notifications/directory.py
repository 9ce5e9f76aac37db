"""Who stands behind an audience today: accounts by their roles, robots and webhooks by their owner."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.db.models import Count, Q

from accounts.models import User
from notifications.choices import DeliveryKind, Rhythm, Topic, Way
from notifications.endpoints import audience_of
from notifications.kinds.base import Audience, Kind
from notifications.models import Delivery, Endpoint, NoticeSettings, Subscription, Watch
from notifications.subscribing import chosen_by, default_of, default_of_endpoint
from zones.choices import Role
from zones.models import StaffRole
from zones.scoping import SYSTEM, Ids, Principal, in_force, scopes_of, today

IN_ZONES = (Role.ZONE_STAFF, Role.ZONE_MANAGER)


@dataclass(frozen=True, slots=True)
class Recipient:
    """An account, or a robot or webhook; `is_staff`: told as somebody who looks after a zone or an association."""

    user_id: int | None = None
    endpoint_id: int | None = None
    is_staff: bool = False

    @property
    def key(self) -> str:
        return f"u{self.user_id}" if self.user_id is not None else f"e{self.endpoint_id}"


class Directory:
    """What one round of planning asks of accounts, asked once."""

    def __init__(self) -> None:
        self._principals: dict[Recipient, Principal] = {}
        self._users: dict[int, User] = {}
        self._settings: dict[int, NoticeSettings] = {}
        self._chosen: dict[tuple[int, str, str], Rhythm] = {}
        self._mails_today: dict[int, int] = {}
        self._endpoints: dict[int, Endpoint] = {}
        self._chosen_for: dict[tuple[int, str], Rhythm] = {}
        self._muted: dict[Any, set[int | None]] | None = None

    def recipients(self, audience: Audience) -> list[Recipient]:
        """Everybody once; who is both staff and member is told as a member."""
        staff, others = _users_of(audience)
        found = [Recipient(user_id=pk) for pk in sorted(others)]
        found += [Recipient(user_id=pk, is_staff=True) for pk in sorted(staff - others)]
        found += [Recipient(endpoint_id=pk) for pk in _endpoints_of(audience)]
        self._meet(found)
        return [one for one in found if one.endpoint_id is not None or one.user_id in self._users]

    def followers(self, public_ids: Collection[Any]) -> list[Recipient]:
        """Accounts that follow one of the records."""
        rows = Watch.objects.visible_to(SYSTEM).filter(object_public_id__in=public_ids, is_muted=False).order_by()
        found = [Recipient(user_id=pk) for pk in sorted(set(rows.values_list("user_id", flat=True)))]
        self._meet(found)
        return [one for one in found if one.user_id in self._users]

    def muted(self, public_ids: Collection[Any]) -> set[int | None]:
        """Accounts that want to hear nothing of one of the records; all that are muted are read once."""
        if self._muted is None:
            self._muted = defaultdict(set)
            rows = Watch.objects.visible_to(SYSTEM).filter(is_muted=True).order_by()
            for key, user_id in rows.values_list("object_public_id", "user_id"):
                self._muted[key].add(user_id)
        return {user_id for key in public_ids for user_id in self._muted.get(key, ())}

    def principal_of(self, recipient: Recipient) -> Principal:
        return self._principals[replace(recipient, is_staff=False)]

    def is_in_inbox(self, recipient: Recipient, topic: Topic) -> bool:
        user_id = recipient.user_id
        return user_id is not None and self._chosen.get((user_id, topic, Way.INBOX)) != Rhythm.OFF

    def rhythm_of(self, recipient: Recipient, kind: Kind) -> Rhythm:
        """How a notice of this kind leaves: what is urgent at once, unless the topic is switched off."""
        rhythm = self._usual_rhythm(recipient, kind.topic)
        return Rhythm.IMMEDIATE if kind.is_urgent and rhythm != Rhythm.OFF else rhythm

    def may_mail_now(self, user_id: int) -> bool:
        """Whether the account has not had its share of single mails today; counts one."""
        self._mails_today[user_id] = self._mails_today.get(user_id, 0) + 1
        return self._mails_today[user_id] <= self.settings_of(user_id).most_mails_a_day

    def settings_of(self, user_id: int) -> NoticeSettings:
        return self._settings.get(user_id) or NoticeSettings(user_id=user_id)

    def endpoint(self, endpoint_id: int) -> Endpoint:
        return self._endpoints[endpoint_id]

    def _usual_rhythm(self, recipient: Recipient, topic: Topic) -> Rhythm:
        if recipient.endpoint_id is not None:
            endpoint = self._endpoints[recipient.endpoint_id]
            return self._chosen_for.get((endpoint.pk, topic)) or default_of_endpoint(endpoint, topic)
        assert recipient.user_id is not None
        user = self._users[recipient.user_id]
        if not (user.email and self.settings_of(user.pk).takes_mail):
            return Rhythm.OFF
        chosen = self._chosen.get((user.pk, topic, Way.MAIL))
        return chosen or default_of(topic, is_staff=recipient.is_staff)

    def _meet(self, found: Collection[Recipient]) -> None:
        self._meet_users({one.user_id for one in found if one.user_id is not None} - self._users.keys())
        new = {one.endpoint_id for one in found if one.endpoint_id is not None} - self._endpoints.keys()
        if new:
            self._meet_endpoints(new)

    def _meet_users(self, ids: set[int]) -> None:
        if not ids:
            return
        self._users |= User.objects.filter(is_active=True).in_bulk(ids)
        self._principals |= {Recipient(user_id=pk): one for pk, one in scopes_of(ids).items()}
        settings = NoticeSettings.objects.visible_to(SYSTEM).filter(user_id__in=ids)
        self._settings |= {row.user_id: row for row in settings}
        self._chosen |= chosen_by(ids)
        self._mails_today |= _mails_of_today(ids)

    def _meet_endpoints(self, ids: set[Any]) -> None:
        rows = Endpoint.objects.visible_to(SYSTEM).filter(pk__in=ids).select_related("organization")
        self._endpoints |= {row.pk: row for row in rows}
        self._principals |= {Recipient(endpoint_id=pk): audience_of(self._endpoints[pk]) for pk in ids}
        chosen = Subscription.objects.visible_to(SYSTEM).filter(endpoint_id__in=ids)
        self._chosen_for |= {(row.endpoint_id, row.topic): Rhythm(row.rhythm) for row in chosen}


def _users_of(audience: Audience) -> tuple[set[int], set[int]]:
    """Accounts told as staff, and the others."""
    roles = StaffRole.objects.visible_to(SYSTEM).filter(in_force(today()))
    of_places = Q(role__in=IN_ZONES, zone_id__in=audience.zones) | Q(
        role=Role.SECRETARIAT, association_id__in=audience.secretariats
    )
    staff = set(roles.filter(of_places).values_list("user_id", flat=True))
    members = roles.filter(role=Role.ORGANIZATION_MEMBER, organization_id__in=audience.organizations)
    others = set(members.values_list("user_id", flat=True)) | audience.users
    return staff - audience.but, others - audience.but


def _endpoints_of(audience: Audience) -> list[int]:
    owned: Ids = audience.organizations
    owners = Q(zone_id__in=audience.zones) | Q(organization_id__in=owned) | Q(association_id__in=audience.secretariats)
    rows = Endpoint.objects.visible_to(SYSTEM).filter(owners, is_enabled=True)
    return list(rows.order_by("pk").values_list("pk", flat=True))


def _mails_of_today(ids: Collection[int]) -> Mapping[int, int]:
    """How many single mails were planned for accounts since midnight in China."""
    start = datetime.combine(today(), datetime.min.time()).astimezone()
    rows = Delivery.objects.visible_to(SYSTEM).filter(
        user_id__in=ids, channel=Way.MAIL, kind=DeliveryKind.NOTICE, created_at__gte=start
    )
    return dict(rows.values_list("user_id").annotate(Count("pk")))
