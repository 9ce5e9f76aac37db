"""Accounts that mails go to, as they stand at this moment: what they want, and for whom records are asked.

A sender reads them for many at once, for a second at most: roles that end meanwhile count from the next second on. What
each may see of a record is asked for each message.
"""

import time
from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

from accounts.models import User
from notifications.choices import DeliveryState, Rhythm, Way
from notifications.models import Delivery, Endpoint, NoticeSettings
from notifications.subscribing import chosen_by
from zones.scoping import SYSTEM, VISITOR, Principal, scopes_of

AHEAD: Final = 100
FRESH_SECONDS: Final = 1.0


@dataclass(frozen=True, slots=True)
class Reader:
    """An account, whether it takes mail, the topics it wants none of, and for whom records are asked."""

    user: User
    takes_mail: bool
    unwanted: frozenset[str]
    principal: Principal

    def wants(self, topic: str) -> bool:
        return self.takes_mail and topic not in self.unwanted


def read(ids: Collection[int]) -> dict[int, Reader]:
    """In as many queries for a hundred as for one."""
    rows = NoticeSettings.objects.visible_to(SYSTEM).filter(user_id__in=ids)
    takes_mail = dict(rows.values_list("user_id", "takes_mail"))
    off: dict[int, set[str]] = {pk: set() for pk in ids}
    for (pk, topic, way), rhythm in chosen_by(ids).items():
        if way == Way.MAIL and rhythm == Rhythm.OFF:
            off[pk].add(topic)
    principals = scopes_of(ids)
    return {
        pk: Reader(user, takes_mail.get(pk, True), frozenset(off[pk]), principals.get(pk, VISITOR))
        for pk, user in User.objects.in_bulk(ids).items()
    }


class Readers:
    """Those of one sender's turn: whoever is next is read together with those behind them."""

    def __init__(self, ahead: Collection[int] = ()) -> None:
        """`ahead`: accounts that will be asked for in the next second."""
        self._known: dict[int, Reader] = read(ahead) if ahead else {}
        self._fresh_until = time.monotonic() + FRESH_SECONDS if ahead else 0.0

    def of(self, user: User) -> Reader:
        """Return the account as it was a second ago at most."""
        return self._of(user.pk)

    def addressed(self, delivery: Delivery) -> Delivery:
        """A claimed delivery with whom it goes to: the account as it was a second ago at most."""
        if delivery.user_id is not None:
            delivery.user = self._of(delivery.user_id).user
        elif delivery.endpoint_id is not None:
            rows = Endpoint.objects.visible_to(SYSTEM).select_related("organization")
            delivery.endpoint = rows.get(pk=delivery.endpoint_id)
        return delivery

    def _of(self, user_id: int) -> Reader:
        if user_id not in self._known or time.monotonic() > self._fresh_until:
            began = time.monotonic()
            self._known = read({user_id, *_next_in_line()})
            self._fresh_until = began + FRESH_SECONDS
        return self._known[user_id]


def _next_in_line() -> list[int]:
    rows = Delivery.objects.visible_to(SYSTEM).filter(channel=Way.MAIL, state=DeliveryState.PENDING)
    found = rows.order_by("next_at", "pk").values_list("user_id", flat=True)[:AHEAD]
    return [pk for pk in found if pk is not None]
