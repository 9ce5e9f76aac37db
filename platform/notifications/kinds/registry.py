"""All kinds of notices: a new one is an entry beside its neighbors; a new file is named here."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Final

from notifications.kinds import (
    accounts,
    agreements,
    calls,
    cooperations,
    events,
    exchanges,
    figures,
    imports,
    matches,
    needs,
    negotiations,
    news,
    outcomes,
    requests,
    resources,
    searches,
)
from notifications.kinds.base import Kind

ALL: Final[tuple[Kind, ...]] = (
    *needs.KINDS, *matches.KINDS, *exchanges.KINDS, *negotiations.KINDS, *cooperations.KINDS, *agreements.KINDS,
    *outcomes.KINDS, *requests.KINDS, *resources.KINDS, *calls.KINDS, *events.KINDS, *figures.KINDS, *news.KINDS,
    *searches.KINDS, *imports.KINDS, *accounts.KINDS,
)  # fmt: skip
KINDS: Final[dict[str, Kind]] = {kind.name: kind for kind in ALL}


def _by_event() -> Mapping[str, Sequence[Kind]]:
    found: dict[str, list[Kind]] = defaultdict(list)
    for kind in ALL:
        found[kind.event].append(kind)
    return dict(found)


KINDS_OF_EVENT: Final = _by_event()
"""What is told of an event, in this order: who is told by one kind is not told by the next."""
