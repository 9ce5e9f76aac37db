"""What was published rests on rows that files write. Who keeps it, on a floor above, says what a file would change of
it: without a reason nothing is written then, with one it is told again.
"""

from collections.abc import Callable, Sequence
from typing import Any, Final, NamedTuple

from django.utils.translation import gettext as _

from zones.errors import Conflict
from zones.scoping import Principal


class Changed(NamedTuple):
    """What was published, may be read by whoever asked for the writing, and says something else than the rows now; and
    how to settle all of it for a reason, with the rights of whoever asked.
    """

    sentences: Sequence[str]
    settle: Callable[[Principal, str], None]


Watch = Callable[[Principal], Changed]
WATCHERS: Final[list[Callable[[str], Watch]]] = []
"""Each is given the table that is to be written, and returns what is asked after the writing."""


class Restates(Conflict):
    """Rows would change what was published, and nobody has said why."""

    def __init__(self, sentences: Sequence[str]) -> None:
        self.sentences = list(sentences)
        message = _(
            "写入后，%(count)d 项已发布的统计将与记录不符，未写入任何内容：请写明原因后再写入。"
            "由您发布的统计随即按此重述，其他的通知其发布单位。"
        )
        super().__init__(message % {"count": len(self.sentences)})


def watched(model: Any) -> list[Watch]:
    """Asked before a table is written; each knows what was told before."""
    return [watcher(model._meta.label_lower) for watcher in WATCHERS]


def settle(watches: list[Watch], principal: Principal, *, reason: str) -> None:
    """After the writing, in its transaction. Raises Restates without a reason."""
    found = [watch(principal) for watch in watches]
    sentences = [sentence for changed in found for sentence in changed.sentences]
    if sentences and not reason:
        raise Restates(sentences)
    for changed in found:
        changed.settle(principal, reason)
