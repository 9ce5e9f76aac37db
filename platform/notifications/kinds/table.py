"""The table of all notices, as it stands in docs/notifications.md: a test compares the two."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import override

from notifications.choices import Rhythm
from notifications.kinds.base import Kind
from notifications.kinds.registry import ALL
from notifications.subscribing import default_of


def lines(language: str = "en") -> Iterator[str]:
    """A header, and a line for each kind: who, when, why, and how to stop it."""
    with override(language):
        yield _("| 事件 | 说什么 | 告知谁 | 为什么 | 邮件何时发出（成员 / 园区人员） | 如何停止 |")
        yield "|---|---|---|---|---|---|"
        for kind in ALL:
            yield _line(kind)


def _line(kind: Kind) -> str:
    title = str(kind.title).replace("%(name)s", "…")
    cells = (f"`{kind.event}`", title, str(kind.who), str(kind.why), _when(kind), _how_to_stop(kind))
    return f"| {' | '.join(cells)} |"


def _when(kind: Kind) -> str:
    if kind.is_urgent:
        return str(Rhythm.IMMEDIATE.label)
    member, staff = (default_of(kind.topic, is_staff=is_staff) for is_staff in (False, True))
    return str(member.label) if member == staff else f"{member.label} / {staff.label}"


def _how_to_stop(kind: Kind) -> str:
    return _("“通知设置”中的“%(topic)s”，或邮件底部退订") % {"topic": kind.topic.label}
