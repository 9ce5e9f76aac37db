"""All kinds of notices: a new one is an entry beside its neighbors; a new file is named here."""

from typing import Final

from notifications.kinds import accounts, calls, exchanges, matches, needs, requests, resources, searches
from notifications.kinds.base import Kind

ALL: Final[tuple[Kind, ...]] = (
    *needs.KINDS, *matches.KINDS, *exchanges.KINDS, *requests.KINDS, *resources.KINDS, *calls.KINDS, *searches.KINDS,
    *accounts.KINDS,
)  # fmt: skip
KINDS: Final[dict[str, Kind]] = {kind.name: kind for kind in ALL}
