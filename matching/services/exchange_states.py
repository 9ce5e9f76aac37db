"""The states of exchanges: which follows which, and the one function that moves an exchange on."""

from typing import Final

from django.db.models.functions import Now
from django.utils.translation import gettext as _

from matching.choices import ExchangeState as State
from matching.choices import ExitReason, Side
from matching.models import Exchange, ExchangeStep
from matching.services.cooperation_states import drop_proposals
from matching.services.places_booked import release_place
from zones.errors import IllegalTransition, InvalidInput
from zones.scoping import Principal
from zones.services.base import clean_text, save_next_version, tell, validated

TRANSITIONS: Final[dict[str, frozenset[str]]] = {
    State.CONSENT_PENDING: frozenset({State.INTEREST_SENT, State.DISCLOSED}),
    State.DISCLOSED: frozenset({State.CONSENT_PENDING}),
    State.NEGOTIATING: frozenset({State.DISCLOSED}),
    State.AGREED: frozenset({State.DISCLOSED, State.NEGOTIATING}),
    State.DECLINED: frozenset({State.INTEREST_SENT}),
    State.RECALLED: frozenset({State.INTEREST_SENT}),
    State.EXPIRED: frozenset({State.INTEREST_SENT}),
    State.SUPERSEDED: frozenset({State.INTEREST_SENT, State.CONSENT_PENDING}),
    State.FAILED: frozenset({State.CONSENT_PENDING, State.DISCLOSED, State.NEGOTIATING}),
}
"""target state → states it may be entered from."""
ENDS: Final = frozenset({State.DECLINED, State.RECALLED, State.EXPIRED, State.SUPERSEDED, State.FAILED})


def move(
    principal: Principal,
    exchange: Exchange,
    target: State,
    *,
    side: Side | None = None,
    reason: str = "",
    words: str = "",
) -> Exchange:
    """Move a locked exchange on: its row, its step, the place it holds, and the outbox row. Raises IllegalTransition,
    InvalidInput.
    """
    before = exchange.state
    _must_follow(exchange, target)
    exchange.state = target
    if target in ENDS:
        _end(principal, exchange, side=side, reason=reason, words=words)
    validated(exchange, exclude=("ended_at", "answered_at"))
    save_next_version(exchange)
    exchange.refresh_from_db(fields=["ended_at", "answered_at"])
    step_of(principal, exchange, before=before, side=side, reason=reason, words=words).save()
    tell(exchange, f"exchange.{target}", side=side or "", reason=reason)
    return exchange


def step_of(
    principal: Principal, exchange: Exchange, *, before: str, side: Side | None, reason: str = "", words: str = ""
) -> ExchangeStep:
    """The row of a transition that has just been made, to be saved with it."""
    return ExchangeStep(
        exchange=exchange,
        from_state=before,
        to_state=exchange.state,
        side=side or "",
        user_id=principal.user_id,
        reason=reason,
        words_zh=words,
    )


def clean_reason(reason: str) -> str:
    """Raises InvalidInput for what is not in the list."""
    if reason not in ExitReason.values:
        raise InvalidInput.single("reason", _("请从列表中选择原因。"))
    return reason


def _must_follow(exchange: Exchange, target: State) -> None:
    if exchange.state not in TRANSITIONS[target]:
        message = _("对接现为“%(now)s”，不能转为“%(target)s”：请刷新后再看。")
        raise IllegalTransition(message % {"now": exchange.get_state_display(), "target": target.label})


def _end(principal: Principal, exchange: Exchange, *, side: Side | None, reason: str, words: str) -> None:
    exchange.ended_at, exchange.ender_id = Now(), principal.user_id
    exchange.exit_side, exchange.exit_reason = side or "", reason
    exchange.exit_zh = clean_text("words", words)
    release_place(exchange)
    drop_proposals(principal, exchange)
