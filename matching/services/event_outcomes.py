"""What came of an event: a coded result for a meeting or for the event at large, and the cooperation it led to."""

from typing import Any, Final

from django.db import transaction
from django.utils.translation import gettext as _

from matching.choices import CooperationSource, EventResult, EventState
from matching.models import Cooperation, Event, EventMeeting, EventOutcome
from matching.services.event_states import locked_event, must_be
from zones.errors import InvalidInput
from zones.scoping import Principal
from zones.services.base import (
    clean_values,
    editable_or_error,
    expect_version,
    save_next_version,
    tell,
    validated,
)

WRITTEN: Final = ("meeting", "result", "reason", "words_zh", "cooperation")


@transaction.atomic
def record_outcome(principal: Principal, *, event_id: int, **values: Any) -> EventOutcome:
    """Write down what came of an event that has begun. Raises NotFound, NotAllowed, InvalidInput, IllegalTransition."""
    event = locked_event(principal, event_id=event_id, version=None)
    must_be(event, EventState.RUNNING, EventState.HELD)
    row = EventOutcome(event=event, is_sample=event.is_sample, recorder_id=principal.user_id)
    _write(principal, row, values)
    validated(row).save()
    row.refresh_from_db(fields=["created_at", "updated_at"])
    tell(row, "event_outcome.recorded")
    return row


@transaction.atomic
def change_outcome(principal: Principal, *, outcome_id: int, version: int | None, **values: Any) -> EventOutcome:
    """Write it down otherwise. Raises as above, and Conflict."""
    row = editable_or_error(EventOutcome, principal, pk=outcome_id)
    expect_version(row, version)
    _write(principal, row, values)
    save_next_version(validated(row))
    tell(row, "event_outcome.changed")
    return row


def _write(principal: Principal, row: EventOutcome, values: dict[str, Any]) -> None:
    for name, value in clean_values({name: value for name, value in values.items() if name in WRITTEN}).items():
        setattr(row, name, value)
    if row.result not in EventResult.values:
        raise InvalidInput.single("result", _("请从列表中选择结果。"))
    _check_meeting(principal, row.event, row.meeting)
    _check_cooperation(principal, row.event, row.cooperation)


def _check_meeting(principal: Principal, event: Event, meeting: EventMeeting | None) -> None:
    if meeting is None:
        return
    own = EventMeeting.objects.visible_to(principal).filter(pk=meeting.pk, event=event, cancelled_at__isnull=True)
    if event.timetable_released_at is None or not own.exists():
        raise InvalidInput.single("meeting", _("所选洽谈不在本活动已发布的安排中：请重新选择。"))


def _check_cooperation(principal: Principal, event: Event, cooperation: Cooperation | None) -> None:
    if cooperation is None:
        return
    if not Cooperation.objects.visible_to(principal).filter(pk=cooperation.pk).exists():
        raise InvalidInput.single("cooperation", _("所选合作不存在，或您无权查看：请重新选择。"))
    is_other = cooperation.event_id not in (None, event.pk)
    if is_other or cooperation.source == CooperationSource.CALL:
        raise InvalidInput.single("cooperation", _("所选合作记有其他来源：请核对该合作的来源。"))
