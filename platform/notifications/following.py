"""What an account follows, and what it wants to hear nothing of: one row for each record, never both."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from notifications.kinds.base import Kind, Subject
from notifications.kinds.calls import CALL
from notifications.kinds.exchanges import EXCHANGE
from notifications.kinds.needs import NEED
from notifications.kinds.news import ASSOCIATION, FIELD, ORGANIZATION, ZONE
from notifications.kinds.requests import REQUEST
from notifications.kinds.resources import RESOURCE
from notifications.models import Watch
from zones.errors import InvalidInput, NotFound
from zones.scoping import Principal, scope_of

FOLLOWED: Final[dict[str, Subject]] = {
    one.label: one for one in (RESOURCE, NEED, ORGANIZATION, ZONE, ASSOCIATION, FIELD, CALL)
}
MUTED: Final[dict[str, Subject]] = FOLLOWED | {one.label: one for one in (EXCHANGE, REQUEST)}
"""What can be silenced: also a thread that tells its sides of itself."""
MOST: Final = 200


@dataclass(frozen=True, slots=True)
class Followed:
    """A record that is followed or muted, as its account may read it now; without a name it is hidden by now."""

    watch: Watch
    name: str
    url: str


def follow(user: User, *, label: str, public_id: UUID) -> Watch:
    """Be told what is new about a record. Raises NotFound, InvalidInput beyond the most that can be followed."""
    return _watch(user, FOLLOWED, label, public_id, is_muted=False)


def mute(user: User, *, label: str, public_id: UUID) -> Watch:
    """Hear nothing of a record, by whatever way. Raises as above."""
    return _watch(user, MUTED, label, public_id, is_muted=True)


@transaction.atomic
def forget(principal: Principal, *, public_id: UUID) -> None:
    """Neither follow nor mute it: what the role brings holds again."""
    Watch.objects.editable_by(principal).filter(user_id=principal.user_id, object_public_id=public_id).delete()


def stance_of(principal: Principal, public_id: UUID) -> str:
    """`followed`, `muted`, or nothing."""
    row = Watch.objects.visible_to(principal).filter(user_id=principal.user_id, object_public_id=public_id).first()
    return "" if row is None else _stance(row)


def followed_by(principal: Principal) -> list[Followed]:
    """Everything an account follows or has muted, latest first; one query for each table."""
    rows = list(Watch.objects.visible_to(principal).filter(user_id=principal.user_id)[:MOST])
    wanted: dict[str, set[UUID]] = defaultdict(set)
    for row in rows:
        wanted[row.object_type].add(row.object_public_id)
    found = {label: MUTED[label].rows(principal, ids) for label, ids in wanted.items() if label in MUTED}
    return [_followed(row, found.get(row.object_type, {}).get(row.object_public_id), principal) for row in rows]


def thread_of(kind: Kind, row: Any) -> tuple[str, UUID] | None:
    """What is muted when somebody wants to hear no more of a notice's record; None: there is no such thread."""
    label, public_id = kind.thread(row)
    return (label, public_id) if label in MUTED else None


@transaction.atomic
def _watch(user: User, subjects: dict[str, Subject], label: str, public_id: UUID, *, is_muted: bool) -> Watch:
    User.objects.select_for_update(no_key=True).get(pk=user.pk)  # two at once are counted in turn
    if label not in subjects or not subjects[label].rows(scope_of(user), [public_id]):
        raise NotFound(_("没有找到：它不存在，或您无权查看。"))
    own = Watch.plain.filter(user=user)
    if not own.filter(object_public_id=public_id).exists() and own.count() >= MOST:
        message = _("最多关注或静音 %(most)d 项：请先取消几项。") % {"most": MOST}
        raise InvalidInput.single("__all__", message)
    row: Watch
    row, _is_new = own.update_or_create(
        user=user, object_public_id=public_id, defaults={"object_type": label, "is_muted": is_muted}
    )
    return row


def _followed(row: Watch, record: Any, principal: Principal) -> Followed:
    if record is None:
        return Followed(row, "", "")
    subject = MUTED[row.object_type]
    return Followed(row, subject.name_of(record), subject.url_of(record, principal))


def _stance(row: Watch) -> str:
    return "muted" if row.is_muted else "followed"
