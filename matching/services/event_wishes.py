"""Whom a guest wishes to meet: known to its own side alone, until both meet by the timetable."""

from collections.abc import Collection
from typing import Final
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from matching.models import Event, EventRegistration, EventWish
from matching.models.event_guests import COMING
from matching.services.event_registrations import speaks_for
from matching.services.event_states import TO_COME, event_of_guest, must_be
from zones.errors import IllegalTransition, InvalidInput, NotAllowed, NotFound
from zones.scoping import Principal
from zones.services.base import expect_version, save_next_version, tell

REASON: Final = "the guest was found by its own rule, and is of the principal's side"
MOST_WISHES: Final = 60


@transaction.atomic
def set_wishes(
    principal: Principal, *, registration_id: int, version: int | None, wanted: Collection[UUID]
) -> EventRegistration:
    """Say whom a guest would like to meet, in place of what was said before. Raises NotFound, NotAllowed for others
    than its own side, Conflict, InvalidInput, and IllegalTransition where there are no meetings to be arranged (any
    more) or the guest is not listed. What was released stays; wishes made later are heard when it is built anew.
    """
    guest = _own_guest(principal, registration_id)
    expect_version(guest, version)
    _must_be_arranged(guest)
    found = list(others_to_meet(guest).filter(public_id__in=wanted))
    if len(found) != len(set(wanted)):
        raise InvalidInput.single("wishes", _("有的单位已不在参会名单中：请刷新后重新选择。"))
    if len(found) > MOST_WISHES:
        raise InvalidInput.single("wishes", _("最多选择 %(most)d 家：请减少一些。") % {"most": MOST_WISHES})
    rows = EventWish.objects.unscoped(reason=REASON)
    rows.filter(asker=guest).exclude(asked__in=found).delete()
    known = set(rows.filter(asker=guest).values_list("asked_id", flat=True))
    for asked in found:
        if asked.pk not in known:
            EventWish(asker=guest, asked=asked).save()
    tell(save_next_version(guest), "event_registration.wished")
    return guest


def others_to_meet(guest: EventRegistration) -> "QuerySet[EventRegistration]":
    """The other guests who come and let themselves be listed."""
    rows: QuerySet[EventRegistration] = EventRegistration.objects.unscoped(reason=REASON)
    listed = rows.filter(event=guest.event_id, state__in=COMING, is_listed=True).exclude(pk=guest.pk)
    return listed.select_related("organization__zone").order_by("organization__pinyin_key", "pk")


def may_wish(event: Event, guest: EventRegistration) -> bool:
    """Whether a wish would be heard."""
    return event.state in TO_COME and event.has_meetings and guest.is_coming and guest.is_listed


def _own_guest(principal: Principal, registration_id: int) -> EventRegistration:
    rows = EventRegistration.objects.visible_to(principal).filter(pk=registration_id)
    found = rows.select_related("organization").first()
    if found is None:
        raise NotFound(_("没有找到：它不存在，或您无权查看。"))
    if not speaks_for(principal, found):
        raise NotAllowed(_("您不能代表该单位选择：请由其成员或所在园区办理。"))
    event = event_of_guest(principal, event_id=found.event_id)
    guest: EventRegistration = rows.select_for_update(of=("self",)).select_related("organization").get()
    guest.event = event
    return guest


def _must_be_arranged(guest: EventRegistration) -> None:
    event: Event = guest.event
    must_be(event, *TO_COME)
    if not event.has_meetings:
        raise IllegalTransition(_("本活动不安排一对一洽谈。"))
    if not (guest.is_coming and guest.is_listed):
        raise IllegalTransition(_("报名成功并列入参会名单后才能预约洽谈：请先修改报名。"))
