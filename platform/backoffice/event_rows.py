"""What the pages of an event show: whom matches would bring, who comes, who is at the door, who meets whom."""

import re
from collections import Counter
from collections.abc import Mapping
from typing import Any, Final

from django.db.models import Q
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _

from backoffice.details import EMPTY
from backoffice.keys import parse_public_id
from backoffice.rows import Rows, visible_rows
from matching.choices import RegistrationState
from matching.models import EventInvitation, EventMeeting, EventOutcome, EventRegistration
from matching.models.event_guests import CODE_LENGTH, CODE_LETTERS, COMING
from matching.services.event_invitations import draw
from matching.services.event_states import TO_COME
from matching.wording import slot_text
from zones.models import Association, Organization
from zones.scoping import Principal, today

SHOWN_NAMES: Final = 30
AT_THE_DOOR: Final = 60
"""Guests shown at once at the door: more are found by searching."""
CODE: Final = re.compile(f"[{CODE_LETTERS}]{{{CODE_LENGTH}}}")
TONES: Final = {
    RegistrationState.REGISTERED: "info",
    RegistrationState.WAITING: "warning",
    RegistrationState.CHECKED_IN: "success",
    RegistrationState.CANCELLED: "default",
}


def version_of(posted: QueryDict) -> int | None:
    """The version of the guest that was seen; the door goes by what the guest is now."""
    text = posted.get("version", "")
    return int(text) if re.fullmatch("[0-9]{1,9}", text) else None


def invitations_context(principal: Principal, row: Any, asked: QueryDict) -> dict[str, Any]:
    """Whom matches would bring, of the association that is asked for, and who was invited before."""
    association = _association(asked)
    drawing = draw(principal, row, association=association) if row.state in TO_COME else None
    names = {} if drawing is None else _names(principal, drawing.named)
    invited = visible_rows(EventInvitation, principal).filter(event=row).select_related("organization__zone")
    answers = _answers(principal, row)
    return {
        "drawing": drawing,
        "drawn_names": list(names.items())[:SHOWN_NAMES],
        "drawn_more": max(len(names) - SHOWN_NAMES, 0),
        "associations": Association.objects.all(),
        "association": association,
        "invitations": [
            [one.organization, one.organization.zone or EMPTY, one.matches or EMPTY, _answer(one, answers)]
            for one in invited.order_by("organization__pinyin_key", "pk")
        ],
    }


def guests_context(principal: Principal, row: Any, asked: QueryDict) -> dict[str, Any]:
    """Everybody who registered, by state."""
    guests = list(guests_of(principal, row))
    counts = Counter(guest.state for guest in guests)
    seats = Counter[str]()
    for guest in guests:
        seats[guest.state] += guest.seats
    state = asked.get("state", "")
    shown = [guest for guest in guests if guest.state == state] if state in counts else guests
    return {
        "guests": [_shown(guest) for guest in shown],
        "counts": [
            {"state": key, "label": label, "organizations": counts[key], "seats": seats[key], "is_here": key == state}
            for key, label in RegistrationState.choices
            if counts[key]
        ],
        "may_cancel": row.state in TO_COME,
    }


def door_context(principal: Principal, row: Any, asked: QueryDict) -> dict[str, Any]:
    """Those who are awaited, the ones that were searched for first; a scanned code finds exactly one."""
    query = asked.get("q", "").strip()[:80]
    guests = guests_of(principal, row).exclude(state=RegistrationState.CANCELLED)
    found = _searched(guests, query) if query else guests
    here = guests.filter(state=RegistrationState.CHECKED_IN)
    ordered = sorted(found, key=lambda guest: (guest.state == RegistrationState.CHECKED_IN, guest.asked_at, guest.pk))
    return {
        "query": query,
        "guests": [_shown(guest) for guest in ordered[:AT_THE_DOOR]],
        "more": max(len(ordered) - AT_THE_DOOR, 0),
        "here": here.count(),
        "awaited": guests.filter(state__in=COMING).count(),
        "is_open": row.state in TO_COME and timezone.localdate(row.starts_at) <= today(),
    }


def meetings_context(principal: Principal, row: Any, asked: QueryDict) -> dict[str, Any]:
    """The timetable by slot, with how good it is."""
    meetings = visible_rows(EventMeeting, principal).filter(event=row)
    rows = [
        {
            "time": slot_text(row, one.slot) if one.slot < row.slots else EMPTY,
            "table": one.table + 1,
            "first": one.first.organization,
            "second": one.second.organization,
            "is_mutual": one.is_mutual,
            "is_off": one.cancelled_at is not None,
        }
        for one in meetings.select_related("first__organization", "second__organization")
    ]
    return {"meetings": rows, "is_building": row.timetable_asked_at is not None, "tiles": _tiles(row.timetable)}


def outcomes_context(principal: Principal, row: Any, asked: QueryDict) -> dict[str, Any]:
    """What came of it, as far as it was written down."""
    found = visible_rows(EventOutcome, principal).filter(event=row)
    related = found.select_related("meeting__first__organization", "meeting__second__organization", "cooperation")
    rows = [
        [one.get_result_display(), _pair(one.meeting), one.cooperation or EMPTY, _why(one)]
        for one in related.order_by("pk")
    ]
    return {
        "tables": [
            {
                "title": _("成果"),
                "headings": [_("结果"), _("一对一洽谈"), _("形成的合作"), _("说明")],
                "rows": rows,
                "empty": _("还没有登记成果。活动开始后，可在这里逐场登记洽谈结果，或登记形成的合作。"),
            }
        ]
    }


def guests_of(principal: Principal, row: Any) -> Rows:
    """Registrations of the event, in the order in which they asked."""
    found = visible_rows(EventRegistration, principal).filter(event=row)
    return found.select_related("organization__zone").order_by("asked_at", "pk")


def _searched(guests: Rows, query: str) -> Rows:
    codes = CODE.findall(query.upper())
    if codes and (exact := guests.filter(code__in=codes)).exists():
        return exact
    named = Q(organization__name_zh__icontains=query) | Q(organization__pinyin_key__icontains=query)
    return guests.filter(named | Q(attendees_zh__icontains=query))


def _shown(guest: EventRegistration) -> dict[str, Any]:
    return {
        "row": guest,
        "zone": guest.organization.zone or EMPTY,
        "badge": {"text": guest.get_state_display(), "type": TONES[RegistrationState(guest.state)]},
        "is_here": guest.state == RegistrationState.CHECKED_IN,
        "is_live": guest.is_live,
    }


def _association(asked: QueryDict) -> Association | None:
    key = parse_public_id(asked.get("association", ""))
    return Association.objects.filter(public_id=key).first() if key else None


def _names(principal: Principal, counts: Mapping[int, int]) -> dict[str, int]:
    """Those drawn by the most pairs first."""
    found = visible_rows(Organization, principal).filter(pk__in=counts)
    return {str(one): counts[one.pk] for one in sorted(found, key=lambda one: (-counts[one.pk], one.pinyin_key))}


def _answers(principal: Principal, row: Any) -> dict[int, str]:
    return {guest.organization_id: str(guest.get_state_display()) for guest in guests_of(principal, row)}


def _answer(invitation: EventInvitation, answers: dict[int, str]) -> str:
    if invitation.organization_id in answers:
        return answers[invitation.organization_id]
    return _("已谢绝") if invitation.declined_at else _("未回复")


def _tiles(numbers: Mapping[str, Any]) -> list[tuple[str, str]]:
    if not numbers:
        return []
    return [
        (_("双方都想见"), f"{numbers['mutual_met']} / {numbers['mutual']}"),
        (_("一方想见"), f"{numbers['one_sided_met']} / {numbers['one_sided']}"),
        (_("洽谈桌位使用"), f"{numbers['used']} / {numbers['places']}"),
        (_("参加洽谈的单位"), str(numbers["guests"])),
        (_("方案"), _("已是最优") if numbers["is_proven"] else _("限时内最好")),
    ]


def _pair(meeting: EventMeeting | None) -> str:
    return EMPTY if meeting is None else f"{meeting.first.organization} × {meeting.second.organization}"


def _why(outcome: EventOutcome) -> str:
    return " · ".join(text for text in (str(outcome.get_reason_display()), outcome.words_zh) if text) or EMPTY
