"""Invitations to events: drawn from matches and exchanges, or by hand; each organization is asked once.

Whose a need is stays untold: the owner of one that the organizers may read but not attribute is invited without them
learning who it is.
"""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from matching.models import LIVE, Event, EventInvitation, EventRegistration, Exchange, Match, Need
from matching.models.exchanges import LIVE_EXCHANGES
from matching.services.event_states import TO_COME, event_of_guest, locked_event, must_be
from zones.errors import IllegalTransition, InvalidInput, NotFound
from zones.models import Association, Membership, Organization, Resource
from zones.scoping import Ids, Principal, in_force, read_whole, today
from zones.services.base import editable_or_error, expect_version, save_next_version, tell, tell_all, validated

REASON: Final = "pairs are looked at whose need and resource the organizers read; owners of needs stay unnamed"
MOST: Final = 2_000


@dataclass(frozen=True, slots=True)
class Drawing:
    """Whom matches would bring: organization → by how many pairs; `anonymous` are owners of needs whose names the
    organizers may not read, `needs` how many such needs there are.
    """

    named: dict[int, int]
    anonymous: dict[int, int]
    needs: int
    pairs: int

    @property
    def is_empty(self) -> bool:
        return not (self.named or self.anonymous)


def draw(principal: Principal, event: Event, *, association: Association | None = None) -> Drawing:
    """What live matches and exchanges would bring, of the members of an association and of the call the event goes
    with; nobody twice, and nobody who was invited or registered before.
    """
    zones = None if association is None else _members(association)
    pairs = [*_matched(principal, event, zones), *_talking(principal, event, zones)]
    own = set(Need.objects.visible_to(principal).filter(read_whole(Need, principal)).values_list("pk", flat=True))
    named: Counter[int] = Counter()
    hidden: Counter[int] = Counter()
    for need_id, asker, owner in set(pairs):
        named[owner] += 1
        (named if need_id in own else hidden)[asker] += 1
    gone = _met_before(event)
    secret = {pk: count for pk, count in hidden.items() if pk not in gone and pk not in named}
    needs = {need_id for need_id, asker, _owner in set(pairs) if need_id not in own}
    return Drawing({pk: count for pk, count in named.items() if pk not in gone}, secret, len(needs), len(set(pairs)))


@transaction.atomic
def invite_drawn(
    principal: Principal, *, event_id: int, version: int | None, association: Association | None = None
) -> Drawing:
    """Invite whom `draw` shows, each once. Raises NotFound, NotAllowed, Conflict, IllegalTransition before the event is
    published, InvalidInput where nobody is left to invite.
    """
    event = _inviting(principal, event_id, version)
    drawing = draw(principal, event, association=association)
    if drawing.is_empty:
        raise InvalidInput.single(
            "association", _("没有新的单位可邀请：相关匹配的单位都已邀请或报名，或范围内还没有匹配。")
        )
    _send(principal, event, drawing.named, is_anonymous=False)
    _send(principal, event, drawing.anonymous, is_anonymous=True)
    return drawing


@transaction.atomic
def invite(principal: Principal, *, event_id: int, version: int | None, organizations: Collection[int]) -> int:
    """Invite these organizations; who was invited before is not asked again. Returns how many were named. Raises as
    above, and NotFound for one the principal may not read.
    """
    event = _inviting(principal, event_id, version)
    known = set(Organization.objects.visible_to(principal).filter(pk__in=organizations).values_list("pk", flat=True))
    if not organizations or known != set(organizations):
        raise NotFound(_("没有找到：单位不存在，或您无权查看。请重新选择。"))
    before = EventInvitation.objects.unscoped(reason=REASON).filter(event=event, organization__in=known)
    for row in before.filter(is_anonymous=True).select_for_update(of=("self",)):
        row.is_anonymous, row.matches = (
            False,
            0,
        )  # named by the organizers themselves: by what it was drawn stays untold
        tell(save_next_version(row), "event_invitation.named")
    _send(principal, event, dict.fromkeys(known - set(before.values_list("organization_id", flat=True)), 0))
    return len(known)


@transaction.atomic
def decline_invitation(principal: Principal, *, invitation_id: int, version: int | None) -> EventInvitation:
    """Say that the organization does not come. Raises NotFound, NotAllowed, Conflict, IllegalTransition."""
    row = editable_or_error(EventInvitation, principal, pk=invitation_id)
    expect_version(row, version)
    event_of_guest(principal, event_id=row.event_id)
    if row.declined_at is not None:
        raise IllegalTransition(_("已谢绝：无需再次办理；如改变主意，可直接报名。"))
    row.declined_at = timezone.now()
    save_next_version(validated(row))
    tell(row, "event_invitation.declined")
    return row


def _inviting(principal: Principal, event_id: int, version: int | None) -> Event:
    event = locked_event(principal, event_id=event_id, version=version)
    must_be(event, *TO_COME)
    return event


def _send(principal: Principal, event: Event, organizations: dict[int, int], *, is_anonymous: bool = False) -> None:
    """One row and one outbox row each; the event is locked, so that none is made twice."""
    if len(organizations) > MOST:
        raise InvalidInput.single("association", _("一次最多邀请 %(most)d 家：请缩小范围。") % {"most": MOST})
    rows = [
        EventInvitation(
            event=event, organization_id=pk, matches=count, is_anonymous=is_anonymous, inviter_id=principal.user_id,
            is_sample=event.is_sample,
        )
        for pk, count in sorted(organizations.items())
    ]  # fmt: skip
    EventInvitation.plain.bulk_create(rows)
    tell_all(rows, "event_invitation.sent")


def _members(association: Association) -> Ids:
    rows = Membership.objects.filter(in_force(today(), start="joined_on", end="left_on"), association=association)
    return frozenset(rows.values_list("zone_id", flat=True))


Pair = tuple[int, int, int]
"""A need, its owner, and the owner of a resource."""


def _matched(principal: Principal, event: Event, zones: Ids | None) -> list[Pair]:
    """Live matches of needs and resources the principal reads; a zone's staff only those it is a side of."""
    rows = Match.objects.unscoped(reason=REASON).filter(LIVE, is_told=True)
    if not principal.secretariats:
        rows = Match.objects.visible_to(principal).filter(LIVE)
    needs = Need.objects.visible_to(principal).filter(state="open").values("pk")
    resources = Resource.objects.visible_to(principal).values("pk")
    return _pairs(rows.filter(need_id__in=needs, resource_id__in=resources), event, zones)


def _talking(principal: Principal, event: Event, zones: Ids | None) -> list[Pair]:
    rows = Exchange.objects.visible_to(principal).filter(state__in=LIVE_EXCHANGES)
    return _pairs(rows, event, zones)


def _pairs(rows: "QuerySet[Match] | QuerySet[Exchange]", event: Event, zones: Ids | None) -> list[Pair]:
    if event.call_id is not None:
        rows = rows.filter(need__call=event.call_id)
    if zones is not None:
        rows = rows.filter(need__zone__in=zones, resource__zone__in=zones)
    return list(rows.values_list("need_id", "need__organization_id", "resource__organization_id"))


def _met_before(event: Event) -> set[int]:
    found: set[int] = set()
    for model in (EventInvitation, EventRegistration):
        rows = model.objects.unscoped(reason=REASON).filter(event=event)
        found |= set(rows.values_list("organization_id", flat=True))
    return found
