"""What somebody is told of a topic, and how: by default as their role brings it, else as they have chosen."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.db import transaction
from django.db.models.functions import Now
from django.utils.translation import gettext as _

from accounts.models import User
from notifications.choices import EndpointKind, Rhythm, Topic, Way
from notifications.models import Endpoint, NoticeSettings, Subscription
from zones.errors import InvalidInput
from zones.services.base import validated

FOR_PERSONS: Final = (Way.INBOX, Way.MAIL)
DEFAULTS: Final[dict[Topic, Rhythm]] = {
    Topic.REVIEWS: Rhythm.IMMEDIATE,
    Topic.NEEDS: Rhythm.IMMEDIATE,
    Topic.MATCHES: Rhythm.DAILY,
    Topic.EXCHANGES: Rhythm.IMMEDIATE,
    Topic.COOPERATIONS: Rhythm.IMMEDIATE,
    Topic.REQUESTS: Rhythm.IMMEDIATE,
    Topic.RESOURCES: Rhythm.WEEKLY,
    Topic.CALLS: Rhythm.IMMEDIATE,
    Topic.EVENTS: Rhythm.IMMEDIATE,
    Topic.FIGURES: Rhythm.DAILY,
    Topic.SEARCHES: Rhythm.DAILY,
    Topic.WATCHES: Rhythm.DAILY,
    Topic.ACCOUNTS: Rhythm.IMMEDIATE,
}
"""By mail, for members of organizations and for whoever a notice names."""
FOR_STAFF: Final[Mapping[Topic, Rhythm]] = DEFAULTS | {
    Topic.NEEDS: Rhythm.DAILY,
    Topic.EXCHANGES: Rhythm.DAILY,
    Topic.COOPERATIONS: Rhythm.DAILY,
    Topic.REQUESTS: Rhythm.DAILY,
    Topic.EVENTS: Rhythm.DAILY,
}
"""By mail, for the staff of a zone, who look after many; what is urgent comes at once all the same."""
FOR_ROBOTS: Final[Mapping[Topic, Rhythm]] = {topic: Rhythm.WEEKLY for topic in Topic} | {Topic.ACCOUNTS: Rhythm.OFF}
FOR_WEBHOOKS: Final[Mapping[Topic, Rhythm]] = {topic: Rhythm.IMMEDIATE for topic in Topic} | {
    Topic.ACCOUNTS: Rhythm.OFF
}


@dataclass(frozen=True, slots=True)
class Choice:
    """How one topic reaches a person."""

    topic: Topic
    is_in_inbox: bool
    mail: Rhythm


def default_of(topic: Topic, *, is_staff: bool) -> Rhythm:
    return (FOR_STAFF if is_staff else DEFAULTS)[topic]


def default_of_endpoint(endpoint: Endpoint, topic: Topic) -> Rhythm:
    return (FOR_WEBHOOKS if endpoint.kind == EndpointKind.WEBHOOK else FOR_ROBOTS)[topic]


def chosen_by(users: Collection[int]) -> dict[tuple[int, str, str], Rhythm]:
    """(account, topic, way) → what was chosen, where something was."""
    rows = Subscription.plain.filter(user_id__in=users)
    found = rows.values_list("user_id", "topic", "channel", "rhythm")
    return {(user_id or 0, topic, way): Rhythm(rhythm) for user_id, topic, way, rhythm in found}


def settings_of(user: User) -> NoticeSettings:
    """As they were set, or the defaults."""
    return NoticeSettings.plain.filter(user=user).first() or NoticeSettings(user=user)


def choices_of(user: User, *, is_staff: bool) -> list[Choice]:
    """Every topic with what holds for the account."""
    chosen = chosen_by([user.pk])
    return [
        Choice(
            topic,
            chosen.get((user.pk, topic, Way.INBOX), Rhythm.IMMEDIATE) != Rhythm.OFF,
            chosen.get((user.pk, topic, Way.MAIL), default_of(topic, is_staff=is_staff)),
        )
        for topic in Topic
    ]


@transaction.atomic
def choose(user: User, *, topic: str, way: str, rhythm: str) -> None:
    """Be told of a topic by a way, this often. Raises InvalidInput for what is not in the lists."""
    if topic not in Topic.values or way not in FOR_PERSONS or rhythm not in Rhythm.values:
        raise InvalidInput.single("topic", _("没有这个选项：请从列表中选择。"))
    Subscription.plain.update_or_create(
        user=user, topic=topic, channel=way, defaults={"rhythm": rhythm, "changed_at": Now()}
    )


@transaction.atomic
def set_times(user: User, **values: Any) -> NoticeSettings:
    """When mails may come. Raises InvalidInput."""
    row = settings_of(user)
    for name, value in values.items():
        setattr(row, name, value)
    row.changed_at = Now()
    validated(row, exclude=("changed_at", "user")).save()
    return row
