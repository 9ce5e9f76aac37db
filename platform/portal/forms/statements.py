"""Wrong alarms about identities: the boxes beside a refused need, in which its writer says why a text is none."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final, NamedTuple

from matching.services.leaks import Finding, place_label

PREFIX: Final = "no-identity-"


class Box(NamedTuple):
    """What is asked of one alarm, and what was answered so far."""

    name: str
    label: str
    text: str
    value: str


def reasons_in(sent: Mapping[str, Any]) -> dict[str, str]:
    """What was said of each alarm, by its fingerprint."""
    return {name.removeprefix(PREFIX): str(sent.get(name, "")) for name in sent if name.startswith(PREFIX)}


def boxes_for(findings: Iterable[Finding], sent: Mapping[str, Any]) -> Sequence[Box]:
    """One box for each alarm that may be a wrong one."""
    given = reasons_in(sent)
    return [
        Box(PREFIX + one.fingerprint, place_label(one.place), one.text, given.get(one.fingerprint, ""))
        for one in findings
        if one.is_statable
    ]
