"""What becomes of a cooperation that counts: it runs, is late, reaches milestones, is completed or ended with a reason,
and is published where all its parties agree.
"""

from contextlib import suppress
from datetime import date, timedelta
from typing import Any, Final

from django.db import transaction
from django.utils.translation import gettext as _

from matching.choices import CooperationState as State
from matching.choices import TerminationReason
from matching.models import Cooperation, CooperationMilestone, CooperationParty
from matching.services.cooperation_states import (
    acts_for_party,
    locked_cooperation,
    move,
    must_act,
    parties_of,
    past_day,
)
from matching.services.places_booked import release_place
from zones.errors import Conflict, DomainError, IllegalTransition, InvalidInput, NotFound
from zones.scoping import SYSTEM, Principal, today
from zones.services.base import clean_text, save_next_version, tell, validated

UNDER_WAY: Final = (State.AGREED, State.RUNNING, State.DELAYED)
REMIND_BEFORE: Final = timedelta(days=7)
BASIS_AT_LEAST: Final = 4
SWEEP = "milestones are watched by the system for all parties"


@transaction.atomic
def start_cooperation(principal: Principal, *, cooperation_id: int, version: int | None) -> Cooperation:
    """It is being carried out, for the first time or again after a delay. Raises NotFound, NotAllowed, Conflict,
    IllegalTransition.
    """
    row = locked_cooperation(principal, cooperation_id=cooperation_id, version=version)
    return move(principal, row, State.RUNNING)


@transaction.atomic
def delay_cooperation(principal: Principal, *, cooperation_id: int, version: int | None, words: str) -> Cooperation:
    """It is late, and why. Raises NotFound, NotAllowed, Conflict, InvalidInput without words, IllegalTransition."""
    row = locked_cooperation(principal, cooperation_id=cooperation_id, version=version)
    if not clean_text("words", words):
        raise InvalidInput.single("words", _("请写明延期原因与新的时间安排。"))
    return move(principal, row, State.DELAYED, words=words)


@transaction.atomic
def complete_cooperation(
    principal: Principal, *, cooperation_id: int, version: int | None, completed_on: date, words: str = ""
) -> Cooperation:
    """It has reached its end: the day of 完成. The place its exchange holds is free again. Raises NotFound, NotAllowed,
    Conflict, InvalidInput, IllegalTransition.
    """
    row = locked_cooperation(principal, cooperation_id=cooperation_id, version=version)
    row.completed_on = past_day("completed_on", completed_on, not_before=row.signed_on)
    row.end_zh = clean_text("words", words)
    return _ended(principal, row, State.COMPLETED, completed_on)


@transaction.atomic
def terminate_cooperation(
    principal: Principal, *, cooperation_id: int, version: int | None, terminated_on: date, reason: str,
    words: str = "",
) -> Cooperation:  # fmt: skip
    """It ends before its end, with a coded reason; 促成 stays what it was. The place its exchange holds is free again.
    Raises NotFound, NotAllowed, Conflict, InvalidInput, IllegalTransition.
    """
    row = locked_cooperation(principal, cooperation_id=cooperation_id, version=version)
    if reason not in TerminationReason.values:
        raise InvalidInput.single("reason", _("请从列表中选择原因。"))
    row.terminated_on = past_day("terminated_on", terminated_on, not_before=row.signed_on)
    row.end_reason, row.end_zh = reason, clean_text("words", words)
    return _ended(principal, row, State.TERMINATED, terminated_on)


def _ended(principal: Principal, row: Cooperation, target: State, day: date) -> Cooperation:
    moved = move(principal, row, target, on_day=day, reason=row.end_reason, words=row.end_zh)
    if row.exchange is not None:
        release_place(row.exchange)
    return moved


@transaction.atomic
def meet_milestone(
    principal: Principal, *, cooperation_id: int, version: int | None, position: int, met_on: date, evidence: str = ""
) -> CooperationMilestone:
    """A milestone of a cooperation under way was reached on a day, by what evidence. Raises NotFound, NotAllowed,
    Conflict, InvalidInput, IllegalTransition.
    """
    row = locked_cooperation(principal, cooperation_id=cooperation_id, version=version)
    if row.state not in UNDER_WAY:
        message = _("合作现为“%(now)s”，不能登记里程碑：请刷新后再看。")
        raise IllegalTransition(message % {"now": row.get_state_display()})
    rows = CooperationMilestone.objects.visible_to(principal).filter(cooperation=row, position=position)
    milestone: CooperationMilestone | None = rows.first()
    if milestone is None:
        raise NotFound(_("没有找到：它不存在，或您无权查看。"))
    if milestone.met_on is not None:
        raise Conflict(_("该里程碑已登记达到：请刷新后再看。"))
    milestone.met_on = past_day("met_on", met_on, not_before=row.signed_on)
    milestone.evidence_zh = clean_text("evidence", evidence)
    validated(milestone).save(update_fields=["met_on", "evidence_zh"])
    tell(save_next_version(row), "cooperation.milestone_met", milestone=str(milestone.public_id))
    return milestone


@transaction.atomic
def agree_to_publish(principal: Principal, *, cooperation_id: int, version: int | None, basis: str = "") -> Cooperation:
    """Let strangers see it, for the parties the principal speaks for; seen it is once all parties have. Zone staff name
    by what they may, and speak for outside parties too. Raises NotFound, NotAllowed, Conflict, InvalidInput.
    """
    row = locked_cooperation(principal, cooperation_id=cooperation_id, version=version)
    said, parties = clean_text("basis", basis), parties_of(row)
    mine = [party for party in parties if party.published_on is None and _publishes_for(principal, party)]
    must_act(principal, [party for party in parties if acts_for_party(principal, party)])
    if not row.is_confirmed or not mine:
        raise Conflict(_("现在不能登记公开：合作须已确认，且本方尚未登记。"))
    for party in mine:
        if party.organization_id not in principal.organizations and len(said) < BASIS_AT_LEAST:
            message = _("代单位同意公开时，请写明依据（至少 %(count)d 个字），例如“同意函 2026-11-20”。")
            raise InvalidInput.single("basis", message % {"count": BASIS_AT_LEAST})
        party.published_on, party.publish_basis_zh = today(), said
        party.save(update_fields=["published_on", "publish_basis_zh"])
    tell(save_next_version(row), "cooperation.publishing_agreed")
    return row


@transaction.atomic
def hide_again(principal: Principal, *, cooperation_id: int, version: int | None = None) -> Cooperation:
    """Take back, for any party, that strangers may see it: as easily as it was given, and at once. Raises NotFound,
    NotAllowed, Conflict.
    """
    row = locked_cooperation(principal, cooperation_id=cooperation_id, version=version)
    mine = [party for party in parties_of(row) if _publishes_for(principal, party)]
    must_act(principal, mine)
    for party in mine:
        party.published_on, party.publish_basis_zh = None, ""
        party.save(update_fields=["published_on", "publish_basis_zh"])
    tell(save_next_version(row), "cooperation.publishing_withdrawn")
    return row


def _publishes_for(principal: Principal, party: CooperationParty) -> bool:
    is_outside = party.organization_id is None and bool(principal.staff_zones)
    return acts_for_party(principal, party) or is_outside


def sweep() -> int:
    """Tell once of each milestone that is due within a week, and once of each that is over its day; returns how many
    were told.
    """
    day = today()
    waiting = _waiting(due_on__range=(day, day + REMIND_BEFORE), told_on__isnull=True)
    late = _waiting(due_on__lt=day, late_told_on__isnull=True)
    told = [_told(pk, "told_on", "milestone_due") for pk in list(waiting.values_list("pk", flat=True))]
    told += [_told(pk, "late_told_on", "milestone_late") for pk in list(late.values_list("pk", flat=True))]
    return sum(told)


def _waiting(**found: Any) -> Any:
    rows = CooperationMilestone.objects.unscoped(reason=SWEEP).filter(met_on__isnull=True, **found)
    return rows.filter(cooperation__state__in=UNDER_WAY).order_by("pk")


def _told(pk: int, column: str, event: str) -> bool:
    """Under the lock of its cooperation, as every step is; what was told stands in the row."""
    with suppress(DomainError), transaction.atomic():
        rows = _waiting(pk=pk, **{f"{column}__isnull": True})
        found = rows.values_list("cooperation_id", flat=True).first()
        if found is None:
            return False
        row = locked_cooperation(SYSTEM, cooperation_id=found, version=None)
        milestone = rows.select_for_update(of=("self",)).first()
        if milestone is None:
            return False
        setattr(milestone, column, today())
        milestone.save(update_fields=[column])
        tell(save_next_version(row), f"cooperation.{event}", milestone=str(milestone.public_id))
        return True
    return False
