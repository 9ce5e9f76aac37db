"""Whose texts may leave this process, to a server of vectors or of judgments: the one place that says so.

Asked when work is planned and again when it is sent, because a record may be closed in between.
"""

from collections.abc import Iterable
from typing import Final

from django.conf import settings

from matching.choices import NeedVisibility, VectorKind
from matching.embedding.choice import OPENAI
from matching.models import Need
from zones.choices import Visibility
from zones.models import Resource

RECORDS: Final[dict[str, type[Resource] | type[Need]]] = {VectorKind.RESOURCE: Resource, VectorKind.NEED: Need}
VISIBILITIES: Final = {VectorKind.RESOURCE: Visibility.values, VectorKind.NEED: NeedVisibility.values}
REASON: Final = "the system asks whose texts may be sent"


def embeds_elsewhere() -> bool:
    """Whether texts leave this process to be embedded."""
    return bool(settings.EMBEDDING.backend == OPENAI)


def sendable(kind: str, *, elsewhere: bool) -> list[str]:
    """Visibilities of records whose texts may be sent: all where nothing leaves; to a server those of public records,
    or, where the operator trusts it with what few may see, all but sealed needs.
    """
    every = VISIBILITIES[VectorKind(kind)]
    if not elsewhere:
        return every
    if settings.EMBEDDING.sends_restricted:
        return [visibility for visibility in every if visibility != NeedVisibility.SEALED]
    return [Visibility.PUBLIC]


def withheld(kind: str, *, elsewhere: bool) -> list[str]:
    """The other visibilities."""
    return [
        visibility
        for visibility in VISIBILITIES[VectorKind(kind)]
        if visibility not in sendable(kind, elsewhere=elsewhere)
    ]


def sendable_ids(kind: str, ids: Iterable[int], *, elsewhere: bool) -> list[int]:
    """Which records may be sent as they stand now, ascending."""
    rows = RECORDS[kind].objects.unscoped(reason=REASON).filter(pk__in=list(ids))
    return list(
        rows.filter(visibility__in=sendable(kind, elsewhere=elsewhere)).order_by("pk").values_list("pk", flat=True)
    )
