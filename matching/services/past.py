"""What has already happened, written down together: events that were held, cooperations that documents prove. Rights,
checks and steps are those of the single services; nobody is asked or invited afterwards.
"""

from collections.abc import Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from matching.choices import Confirmation, EventState, TerminationReason
from matching.choices import CooperationState as State
from matching.models import (
    Cooperation,
    CooperationAmount,
    CooperationAssociation,
    CooperationMilestone,
    CooperationParty,
    CooperationStep,
    Event,
    EventOrganizer,
    EventOutcome,
)
from matching.services.cooperation_states import past_day, step_of
from matching.services.cooperations import (
    EVIDENCE_AT_LEAST,
    CooperationParts,
    must_have_a_lead,
    must_read_event,
    placed,
    prepared,
)
from matching.services.events import check_event, written_of_event
from zones.errors import Conflict, InvalidInput, NotAllowed
from zones.models.base import ScopedModel
from zones.scoping import Principal, associations_of
from zones.services.base import (
    check_fields,
    clean_text,
    errors_of,
    must_all_be_editable,
    save_next_version,
    tell,
    tell_all,
)
from zones.services.bulk import insert_many
from zones.services.children import replace_all_children

Values = Mapping[str, Any]
BUILT_ON: Final = "what rests on an event is asked whoever reads it: it cannot be taken back then"


@dataclass(frozen=True, slots=True)
class PastEvent:
    """An event that is over, with who organized it and what came of it."""

    values: Values
    organizers: Sequence[Values] = ()
    result: str = ""


@dataclass(frozen=True, slots=True)
class PastCooperation:
    """A cooperation that was signed, and how it ended where it has."""

    values: Values
    parts: CooperationParts = field(default_factory=CooperationParts)
    completed_on: date | None = None
    terminated_on: date | None = None
    end_reason: str = ""

    @property
    def path(self) -> list[tuple[State, date]]:
        """The states it went through, each with the day it is true of."""
        signed: date = self.values["signed_on"]
        steps = [(State.PROPOSED, signed), (State.AGREED, signed)]
        if self.completed_on is not None:
            steps += [(State.RUNNING, signed), (State.COMPLETED, self.completed_on)]
        elif self.terminated_on is not None:
            steps.append((State.TERMINATED, self.terminated_on))
        return steps


@transaction.atomic
def record_held_events(principal: Principal, past: Sequence[PastEvent], *, is_sample: bool = False) -> list[Event]:
    """Write down events that have taken place: figures count them at once. Without a term for registration it ended
    with the beginning. Raises NotAllowed where the principal is not of a host, InvalidInput for one to come.
    """
    events = []
    for one in past:
        with errors_of(one.values.get("title_zh", "")) if len(past) > 1 else nullcontext():
            events.append(checked_event(principal, one, is_sample=is_sample))
    insert_many(Event, events)
    families = [(event, one.organizers) for event, one in zip(events, past, strict=True)]
    replace_all_children(families, EventOrganizer, foreign_key="event")
    must_all_be_editable(Event, principal, [event.pk for event in events])
    tell_all(events, "event.held")
    return events


def checked_event(principal: Principal, past: PastEvent, *, is_sample: bool = False) -> Event:
    """What would be stored; nothing is. Raises InvalidInput."""
    values, now = written_of_event(past.values), timezone.now()
    values.setdefault("registration_closes_at", values.get("starts_at"))
    event = Event(
        **values, is_sample=is_sample, author_id=principal.user_id, state=EventState.HELD, published_at=now,
        held_at=now, result_zh=clean_text("result", past.result),
    )  # fmt: skip
    check_fields(event)
    check_event(event)
    if event.ends_at > now:
        raise InvalidInput.single("ends_at", _("活动尚未结束：请先发布，结束后再登记已举办。"))
    return event


@transaction.atomic
def take_back_held(principal: Principal, rows: Sequence[Event]) -> None:
    """What was written down by mistake and nobody has built on: it counts no more, and only its hosts read it. The
    caller has locked the rows. Raises NotAllowed; Conflict where results or cooperations name one.
    """
    must_all_be_editable(Event, principal, [row.pk for row in rows])
    named = EventOutcome.objects.unscoped(reason=BUILT_ON).filter(event__in=rows).exists()
    if named or Cooperation.objects.unscoped(reason=BUILT_ON).filter(event__in=rows).exists():
        raise Conflict(_("导入的活动已登记对接结果，或有合作记为由它促成：不能整体撤销，请逐条更正。"))
    for row in rows:
        row.state, row.held_at, row.published_at = EventState.CANCELLED, None, None
        row.cancelled_because_zh = _("导入已撤销")
        tell(save_next_version(row), "event.taken_back")


@transaction.atomic
def record_past_cooperations(
    principal: Principal, past: Sequence[PastCooperation], *, is_sample: bool = False
) -> list[Cooperation]:
    """Write down what documents prove, as it went until today: for the staff of a party's zone, one by one what
    recording, confirming by evidence and ending do. Raises InvalidInput, NotAllowed; then nothing is stored.
    """
    rows, parties = [], []
    for one in past:
        with errors_of(one.values.get("title_zh", "")):
            row, sides = checked_cooperation(principal, one, is_sample=is_sample)
        rows.append(row)
        parties.append(sides)
    insert_many(Cooperation, rows)
    replace_all_children(list(zip(rows, parties, strict=True)), CooperationParty, foreign_key="cooperation")
    _write_lists(rows, past)
    must_all_be_editable(Cooperation, principal, [row.pk for row in rows])
    insert_many(
        CooperationStep,
        [step for row, one in zip(rows, past, strict=True) for step in _steps(principal, row, one)],
    )
    tell_all(rows, "cooperation.recorded")
    return rows


@transaction.atomic
def take_back_recorded(principal: Principal, rows: Sequence[Cooperation]) -> None:
    """What was written down by mistake, all at once and by nobody changed since: it counts no more, its steps stay.
    The caller has locked the rows. Raises NotAllowed.
    """
    must_all_be_editable(Cooperation, principal, [row.pk for row in rows])
    for row in rows:
        before, row.state = row.state, State.TAKEN_BACK
        row.confirmed_by, row.confirmed_at, row.confirmer = "", None, None
        row.completed_on, row.terminated_on, row.end_reason = None, None, ""
        save_next_version(row)
        step_of(principal, row, before=before, on_day=None, reason="", words=_("导入已撤销")).save()
        tell(row, "cooperation.taken_back")


LISTS: Final[dict[str, type[ScopedModel]]] = {
    "milestones": CooperationMilestone, "amounts": CooperationAmount, "associations": CooperationAssociation
}  # fmt: skip


def _write_lists(rows: Sequence[Cooperation], past: Sequence[PastCooperation]) -> None:
    for name, model in LISTS.items():
        given = [(row, getattr(one.parts, name) or ()) for row, one in zip(rows, past, strict=True)]
        replace_all_children(given, model, foreign_key="cooperation")


def checked_cooperation(
    principal: Principal, past: PastCooperation, *, is_sample: bool = False
) -> tuple[Cooperation, list[dict[str, Any]]]:
    """What would be stored, with its parties; nothing is. Raises InvalidInput, NotAllowed."""
    must_read_event(principal, past.values.get("event"))
    row = prepared(
        principal, past.values, is_sample=is_sample, state=past.path[-1][0], confirmed_by=Confirmation.EVIDENCE,
        confirmed_at=timezone.now(), confirmer_id=principal.user_id, completed_on=past.completed_on,
        terminated_on=past.terminated_on, end_reason=past.end_reason,
    )  # fmt: skip
    if len(clean_text("evidence", row.evidence_zh)) < EVIDENCE_AT_LEAST:
        raise InvalidInput.single(
            "evidence_zh",
            _("请写明凭证的名称与编号（至少 %(count)d 个字），例如“技术开发合同 2026-018 号”。")
            % {"count": EVIDENCE_AT_LEAST},
        )
    for name, day in (("completed_on", past.completed_on), ("terminated_on", past.terminated_on)):
        if day is not None:
            past_day(name, day, not_before=row.signed_on)
    if past.terminated_on is not None and past.end_reason not in TerminationReason.values:
        raise InvalidInput.single("end_reason", _("请从列表中选择原因。"))
    check_fields(row)
    parties = placed(principal, past.parts.parties or ())
    must_have_a_lead(row, parties)
    _must_be_of_a_party(principal, parties)
    _must_be_members(row, parties, past.parts.associations or ())
    return row, parties


def _must_be_of_a_party(principal: Principal, parties: Sequence[Values]) -> None:
    zones = {party["zone"].pk for party in parties if party.get("zone")}
    if not (principal.is_system or zones & principal.staff_zones):
        raise NotAllowed(_("凭凭证确认由合作方所在园区办理：请联系园区，或请对方确认。"))


def _must_be_members(row: Cooperation, parties: Sequence[Values], links: Sequence[Values]) -> None:
    if not links:
        return
    known = associations_of(frozenset(party["zone"].pk for party in parties if party.get("zone")), on=row.signed_on)
    for link in links:
        if link["association"].pk not in known:
            message = _("签约日没有合作方所在高新区是“%(association)s”的成员：请核对签约日、合作方或所计入的联盟。")
            raise InvalidInput.single("association", message % {"association": link["association"]})


def _steps(principal: Principal, row: Cooperation, past: PastCooperation) -> list[CooperationStep]:
    before, steps = "", []
    for state, day in past.path:
        reason = past.end_reason if state == State.TERMINATED else ""
        steps.append(
            CooperationStep(
                cooperation=row, from_state=before, to_state=state, on_day=day, user_id=principal.user_id, reason=reason
            )
        )
        before = state
    return steps
