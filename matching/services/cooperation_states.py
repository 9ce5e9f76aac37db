"""The states of cooperations: which follows which, who acts for which party, and the one function that moves one on."""

from datetime import date
from typing import Final

from django.utils.translation import gettext as _

from matching.choices import CooperationState as State
from matching.models import Cooperation, CooperationParty, CooperationStep, Exchange
from zones.errors import IllegalTransition, InvalidInput, NotAllowed
from zones.scoping import Principal, today
from zones.services.base import clean_text, editable_or_error, expect_version, save_next_version, tell, validated

TRANSITIONS: Final[dict[str, frozenset[str]]] = {
    State.REFUSED: frozenset({State.PROPOSED}),
    State.TAKEN_BACK: frozenset({State.PROPOSED}),
    State.AGREED: frozenset({State.PROPOSED}),
    State.RUNNING: frozenset({State.AGREED, State.DELAYED}),
    State.DELAYED: frozenset({State.AGREED, State.RUNNING}),
    State.COMPLETED: frozenset({State.RUNNING, State.DELAYED}),
    State.TERMINATED: frozenset({State.AGREED, State.RUNNING, State.DELAYED}),
}
"""target state → states it may be entered from."""
REASON = "the cooperation was found by its own rule; its parties are read to know who acts for whom"


def locked_cooperation(principal: Principal, *, cooperation_id: int, version: int | None) -> Cooperation:
    """The cooperation, locked for a step. Raises NotFound, NotAllowed, Conflict where it has changed since."""
    cooperation = editable_or_error(Cooperation, principal, pk=cooperation_id)
    expect_version(cooperation, version)
    return cooperation


def parties_of(cooperation: Cooperation) -> list[CooperationParty]:
    """All parties, in their order."""
    rows = CooperationParty.objects.unscoped(reason=REASON).filter(cooperation=cooperation)
    return list(rows.select_related("organization", "zone", "region"))


def acts_for_party(principal: Principal, party: CooperationParty) -> bool:
    """Whether the principal speaks for a party: as its member, or as the staff of the zone it signed in."""
    is_member = party.organization_id in principal.organizations
    return principal.is_system or is_member or party.zone_id in principal.staff_zones


def is_staff_of_a_party(principal: Principal, parties: list[CooperationParty]) -> bool:
    """Whether the principal is staff of the zone of any party."""
    return principal.is_system or any(party.zone_id in principal.staff_zones for party in parties)


def move(
    principal: Principal,
    cooperation: Cooperation,
    target: State,
    *,
    on_day: date | None = None,
    reason: str = "",
    words: str = "",
) -> Cooperation:
    """Move a locked cooperation on: its row, its step, and the outbox row. Raises IllegalTransition, InvalidInput."""
    before, said = cooperation.state, clean_text("words", words)
    if before not in TRANSITIONS[target]:
        message = _("合作现为“%(now)s”，不能转为“%(target)s”：请刷新后再看。")
        raise IllegalTransition(message % {"now": cooperation.get_state_display(), "target": target.label})
    cooperation.state = target
    save_next_version(validated(cooperation))
    step = step_of(principal, cooperation, before=before, on_day=on_day, reason=reason, words=said)
    validated(step).save()
    tell(cooperation, f"cooperation.{target}", reason=reason)
    return cooperation


def step_of(
    principal: Principal, cooperation: Cooperation, *, before: str, on_day: date | None, reason: str, words: str
) -> CooperationStep:
    """The row of a transition that has just been made, to be saved with it."""
    return CooperationStep(
        cooperation=cooperation,
        from_state=before,
        to_state=cooperation.state,
        on_day=on_day or today(),
        user_id=principal.user_id,
        reason=reason,
        words_zh=words,
    )


def past_day(field: str, day: date, *, not_before: date | None = None) -> date:
    """A day on which something has happened: not in the future, nor before the signature. Raises InvalidInput."""
    if day > today():
        raise InvalidInput.single(field, _("日期不能晚于今天：请在发生之后再登记。"))
    if not_before is not None and day < not_before:
        message = _("日期不得早于签约日 %(day)s。")
        raise InvalidInput.single(field, message % {"day": not_before.isoformat()})
    return day


def must_act(principal: Principal, parties: list[CooperationParty]) -> None:
    """Raises NotAllowed where the principal speaks for none of these parties."""
    if not any(acts_for_party(principal, party) for party in parties):
        raise NotAllowed(_("您不能代表该方：请由其单位或所在园区办理。"))


def drop_proposals(principal: Principal, exchange: Exchange) -> None:
    """An exchange that ends takes along what was proposed in it; the caller has locked the exchange."""
    rows = Cooperation.objects.unscoped(reason=REASON).filter(exchange=exchange, state=State.PROPOSED)
    for row in rows.select_for_update(of=("self",)):
        move(principal, row, State.TAKEN_BACK)
