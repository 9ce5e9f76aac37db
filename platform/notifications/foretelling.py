"""What digests would say if they were sent now, to whom, and why not: nothing is written, nothing leaves.

Of another account only the number of entries is told; a group's message is shown to whoever may see its robot.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final

from django.db.models import Q
from django.utils.translation import gettext as _

from accounts.models import User
from notifications.channels.base import Outgoing
from notifications.channels.reasons import SENTENCES, Reason
from notifications.channels.registry import CHANNELS
from notifications.choices import DeliveryKind, Rhythm, Way, Weekday
from notifications.composing import MOST_ENTRIES, Nothing, compose_of, entries_of
from notifications.directory import IN_ZONES
from notifications.hours import china_now, week_of
from notifications.models import Delivery, Endpoint, Notice, NoticeSettings
from notifications.readers import Readers
from notifications.restored import is_held
from zones.choices import Role
from zones.models import StaffRole
from zones.scoping import SYSTEM, Principal, in_force, today, told_here
from zones.services.calendar import is_working_day

MOST: Final = 50
"""Recipients told of at once: robots first, then those who look after the zone, then members with something waiting."""
DIGESTS: Final = (Rhythm.DAILY, Rhythm.WEEKLY)
Waiting = dict[tuple[int | None, int | None, str], list[Notice]]


@dataclass(frozen=True, slots=True)
class Foretold:
    """One digest of one recipient. `why_not`: why it would not leave now; empty where it would. `text`: what the group
    would read, and its `size` in bytes beside the `limit` of its channel.
    """

    recipient: str
    channel: Way
    kind: DeliveryKind | None
    entries: int = 0
    why_not: str = ""
    text: str = ""
    size: int = 0
    limit: int = 0


def foretell(principal: Principal, now: datetime | None = None) -> list[Foretold]:
    """The digests of everybody whose deliveries the principal reads, as if it were that moment."""
    asked = _Asked(principal, now or china_now())
    return [one for recipient in asked.recipients() for one in asked.digests_of(recipient)]


class _Asked:
    """One question: its moment, and what it reads once for all recipients."""

    def __init__(self, principal: Principal, moment: datetime) -> None:
        self.principal, self.moment = principal, moment
        self.is_worked, self.is_held = is_working_day(moment.date()), is_held()

    def recipients(self) -> list[User | Endpoint]:
        rows = Endpoint.objects.visible_to(self.principal).select_related("zone", "association", "organization")
        robots = list(rows.order_by("name", "pk")[:MOST])
        users = self._users()[: MOST - len(robots)]
        self.readers = Readers(ahead=[user.pk for user in users])
        ids = [user.pk for user in users]
        found = NoticeSettings.objects.visible_to(SYSTEM).filter(user_id__in=ids)
        self.settings = {row.user_id: row for row in found}
        self.waiting = _waiting(ids, [robot.pk for robot in robots])
        self.made = self._made(ids, [robot.pk for robot in robots])
        return [*robots, *users]

    def _users(self) -> list[User]:
        """Those who look after places, and members for whom something waits."""
        roles = StaffRole.objects.visible_to(SYSTEM).filter(in_force(today()), told_here(self.principal))
        staff = set(roles.filter(role__in=(*IN_ZONES, Role.SECRETARIAT)).values_list("user_id", flat=True))
        rows = Notice.objects.visible_to(SYSTEM).filter(told_here(self.principal), WAITS).order_by()
        waiting = set(rows.values_list("user_id", flat=True).distinct()[: MOST * 2])
        users = User.objects.filter(pk__in=staff | waiting).order_by("display_name", "pk")
        return sorted(users, key=lambda user: user.pk not in staff)

    def digests_of(self, recipient: User | Endpoint) -> Iterator[Foretold]:
        key = (recipient.pk, None) if isinstance(recipient, User) else (None, recipient.pk)
        waiting = [(kind, self.waiting[*key, kind]) for kind in DIGESTS if self.waiting[*key, kind]]
        if not waiting:
            yield Foretold(str(recipient), _way(recipient), None, why_not=self._why_nothing(recipient))
        for kind, notices in waiting:
            yield self._digest(recipient, DeliveryKind(kind.value), notices)

    def _digest(self, recipient: User | Endpoint, kind: DeliveryKind, notices: Sequence[Notice]) -> Foretold:
        owner = {"user": recipient} if isinstance(recipient, User) else {"endpoint": recipient}
        delivery: Any = Delivery(channel=_way(recipient), kind=kind, **owner)
        entries = entries_of(delivery, notices, self.readers)
        if isinstance(entries, Nothing):
            return Foretold(str(recipient), _way(recipient), kind, why_not=str(SENTENCES[entries.reason]))
        told = Foretold(str(recipient), _way(recipient), kind, entries, self._not_now(recipient, kind))
        message = None if isinstance(recipient, User) else compose_of(delivery, notices, self.readers)
        return told if message is None or isinstance(message, Nothing) else _with_text(told, message)

    def _why_nothing(self, recipient: User | Endpoint) -> str:
        """A reason that stands however much there were, else that there is nothing."""
        if isinstance(recipient, Endpoint):
            return _("没有待汇总的内容。") if recipient.is_enabled else str(SENTENCES[Reason.OFF])
        if not recipient.email:
            return str(SENTENCES[Reason.NO_ADDRESS])
        return _("没有待汇总的内容。") if self._settings(recipient).takes_mail else str(SENTENCES[Reason.STOPPED])

    def _not_now(self, recipient: User | Endpoint, kind: DeliveryKind) -> str:
        """Why what could be said is not said at this moment; empty where it is."""
        if isinstance(recipient, Endpoint) and not recipient.is_enabled:
            return str(SENTENCES[Reason.OFF])
        if self.is_held:
            return _("外发已暂停：系统管理员放行后再发送。")
        if (recipient.pk, isinstance(recipient, User), kind) in self.made:
            return _("本期汇总已发出：其后的内容并入下一期。")
        return self._not_due(self._settings(recipient), kind)

    def _not_due(self, settings: NoticeSettings, kind: DeliveryKind) -> str:
        hour = {"hour": settings.digest_hour}
        if kind == DeliveryKind.WEEKLY and self.moment.weekday() < settings.digest_weekday:
            day = {"day": Weekday(settings.digest_weekday).label}
            return _("每周汇总在%(day)s %(hour)d:00 发送。") % (hour | day)
        if settings.is_working_days_only and not self.is_worked:
            return _("今天休息：下一个工作日 %(hour)d:00 发送。") % hour
        if self.moment.hour < settings.digest_hour:
            return _("今天 %(hour)d:00 发送。") % hour
        return ""

    def _settings(self, recipient: User | Endpoint) -> NoticeSettings:
        return (self.settings.get(recipient.pk) if isinstance(recipient, User) else None) or NoticeSettings()

    def _made(self, users: Sequence[int], endpoints: Sequence[int]) -> set[tuple[int, bool, str]]:
        """Digests of this day and of this week that were begun: what comes later goes with the next."""
        day = self.moment.date()
        keys = {
            f"{kind}:{week_of(day) if kind == Rhythm.WEEKLY else day}:{mark}{pk}": (pk, mark == "u", kind.value)
            for kind in DIGESTS
            for mark, ids in (("u", users), ("e", endpoints))
            for pk in ids
        }
        rows = Delivery.objects.visible_to(SYSTEM).filter(dedupe_key__in=keys)
        begun = rows.exclude(state="pending", attempts=0)
        return {keys[key] for key in begun.values_list("dedupe_key", flat=True)}


def _with_text(told: Foretold, message: Outgoing) -> Foretold:
    channel = CHANNELS[told.channel]
    text = channel.reads(message)
    return replace(told, text=text, size=len(text.encode()), limit=channel.limit_bytes)


WAITS: Final = Q(delivery__isnull=True, rhythm__in=DIGESTS)


def _waiting(users: Sequence[int], endpoints: Sequence[int]) -> Waiting:
    """What waits for each, in the order in which it happened, as many as a digest lists."""
    rows: Any = Notice.objects.visible_to(SYSTEM).filter(WAITS, Q(user_id__in=users) | Q(endpoint_id__in=endpoints))
    found: Waiting = defaultdict(list)
    for notice in rows.order_by("pk"):
        entries = found[notice.user_id, notice.endpoint_id, notice.rhythm]
        if len(entries) < MOST_ENTRIES:
            entries.append(notice)
    return found


def _way(recipient: User | Endpoint) -> Way:
    return Way.MAIL if isinstance(recipient, User) else Way(recipient.kind)
