"""The next steps of an exchange as the board offers them: from which side, into which column, at once or by a form."""

from collections.abc import Callable, Collection
from typing import Any, NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from matching.choices import ExchangeState as State
from matching.choices import Side
from matching.models import Exchange
from matching.services.exchange_sides import sides_of
from matching.services.exchange_states import TRANSITIONS
from matching.services.exchanges import accept_interest
from zones.errors import listed
from zones.scoping import Principal

ENDED = "ended"
"""The column of all ends."""
LABELS = {
    State.CONSENT_PENDING: gettext_lazy("接受意向"),
    State.DECLINED: gettext_lazy("谢绝意向"),
    State.RECALLED: gettext_lazy("撤回意向"),
    State.FAILED: gettext_lazy("结束对接"),
    State.DISCLOSED: gettext_lazy("登记同意"),
    State.NEGOTIATING: gettext_lazy("留言，进入洽谈"),
}
Given = Collection[str]


class Move(NamedTuple):
    """One step: the column it leads into, and the part of the exchange's page that asks what it needs; empty where
    nothing is asked.
    """

    name: str
    label: Any
    column: str
    form: str


def moves_of(principal: Principal, exchange: Exchange, given: Given) -> list[Move]:
    """What the principal may do now; `given` are the sides whose consent stands."""
    sides = sides_of(principal, exchange)
    if exchange.state == State.INTEREST_SENT:
        return _of_interest(exchange, sides)
    found = [
        Move(f"consent-{side}", LABELS[State.DISCLOSED], State.DISCLOSED, f"consent-{side}")
        for side in Side
        if side in sides and side not in given and exchange.state == State.CONSENT_PENDING
    ]
    if sides and exchange.state == State.DISCLOSED:
        found.append(Move("message", LABELS[State.NEGOTIATING], State.NEGOTIATING, "message"))
    if sides and exchange.state in TRANSITIONS[State.FAILED]:
        found.append(Move("give-up", LABELS[State.FAILED], ENDED, "give-up"))
    return found


def _of_interest(exchange: Exchange, sides: frozenset[Side]) -> list[Move]:
    found = []
    if exchange.answering_side in sides:
        found.append(Move("accept", LABELS[State.CONSENT_PENDING], State.CONSENT_PENDING, ""))
        found.append(Move("decline", LABELS[State.DECLINED], ENDED, "decline"))
    if Side(exchange.asked_by_side) in sides:
        found.append(Move("recall", LABELS[State.RECALLED], ENDED, "steps"))
    return found


AT_ONCE: dict[str, Callable[[Principal, Exchange, int], Any]] = {
    "accept": lambda principal, row, version: accept_interest(principal, exchange_id=row.pk, version=version),
}
"""Steps that need no more than the press of a button."""


def why_not(exchange: Exchange, moves: Collection[Move], column: str) -> str:
    """Why an exchange cannot be put into the column of that title, or a step cannot be taken, and what can be done."""
    state = exchange.get_state_display()
    if column:
        refused = _("对接现为“%(now)s”，不能由您移到“%(target)s”。") % {"now": state, "target": column}
    else:
        refused = _("对接现为“%(now)s”，这一步已不能办理。") % {"now": state}
    if moves:
        names = listed(list(dict.fromkeys(str(move.label) for move in moves)))
        return refused + _("现在可办理：%(steps)s。") % {"steps": names}
    return refused + (_("请等待对方办理。") if exchange.is_live else _("它已结束；可重新表达意向。"))
