"""Notices about what two sides who have consented tell each other. A lively talk is gathered, not told line by line."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final, NamedTuple
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from ledger.models import OutboxEvent
from matching.choices import Side
from matching.models import NegotiationMeeting, NegotiationMessage, NextStep
from matching.services.meetings import calendar_of
from notifications.channels.base import Attachment
from notifications.choices import Topic
from notifications.kinds.base import Audience, Kind, Subject, Tiding, Told, named_in
from notifications.kinds.exchanges import EXCHANGE, both, exchange_name, exchange_url, of_sides, other
from notifications.models import Notice
from zones.scoping import Principal

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as StrPromise

RELATED: Final = ("exchange__need", "exchange__resource")


def _name_of(row: Any) -> str:
    return exchange_name(row.exchange)


def _url_of(row: Any, principal: Principal) -> str:
    return exchange_url(row.exchange, principal)


MEETING: Final = Subject("matching.negotiationmeeting", _name_of, _url_of, RELATED)
STEP: Final = Subject("matching.nextstep", _name_of, _url_of, RELATED)


class _OfThread(Kind):
    """Whoever has muted the exchange hears nothing of what is in it."""

    def thread(self, row: Any) -> tuple[str, UUID]:
        return EXCHANGE.label, row.exchange.public_id


class MeetingNotice(_OfThread):
    """When and where stand in it as they are at the moment of reading, and a mail brings the calendar's file."""

    def told(self, row: NegotiationMeeting, notice: Notice, principal: Principal) -> Told | None:
        words = {"name": _name_of(row), "topic": row.topic_zh, "when": _when(row), "place": row.place_zh or row.link}
        return Told(str(self.title) % words, str(self.sentence) % words, self.subject.url_of(row, principal))

    def attachments(self, row: NegotiationMeeting) -> tuple[Attachment, ...]:
        return (Attachment("meeting.ics", calendar_of(row).decode(), "text/calendar"),)


class NewMessages(Kind):
    """Counted when it is read: what the other side has said since."""

    def tidings(self, row: Any, event: OutboxEvent) -> Sequence[Tiding]:
        return [Tiding(self.audience(row, event), {"side": event.payload["side"], "from": event.payload["message"]})]

    def told(self, row: Any, notice: Notice, principal: Principal) -> Told | None:
        said = NegotiationMessage.objects.visible_to(principal).filter(exchange=row, side=notice.facts["side"])
        first = said.filter(public_id=notice.facts["from"]).values("pk")
        count = said.filter(pk__gte=first).count()
        words: Mapping[str, Any] = {"name": exchange_name(row), "count": count}
        title = ngettext("对接有 %(count)d 条新留言：%(name)s", "对接有 %(count)d 条新留言：%(name)s", count) % words
        return Told(title, str(self.sentence), self.subject.url_of(row, principal))


class StepDue(_OfThread):
    """Only while the step is open."""

    def told(self, row: NextStep, notice: Notice, principal: Principal) -> Told | None:
        if row.ended_at is not None:
            return None
        words = {"name": _name_of(row), "what": row.what_zh, "day": row.due_on.isoformat()}
        return Told(str(self.title) % words, str(self.sentence) % words, self.subject.url_of(row, principal))


def _when(row: NegotiationMeeting) -> str:
    start, end = timezone.localtime(row.starts_at), timezone.localtime(row.ends_at)
    until = f"{end:%H:%M}" if start.date() == end.date() else f"{end:%Y-%m-%d %H:%M}"
    return f"{start:%Y-%m-%d %H:%M}–{until}"


def _other_of_part(row: Any, event: OutboxEvent) -> Audience:
    return other(row.exchange, event)


def _whose_step(row: NextStep, event: OutboxEvent) -> Audience:
    return of_sides(row.exchange, [Side(row.side)])


_OTHER: Final = _("另一方：单位的成员与所在园区的工作人员")
_WHY: Final = _("您所在的单位或园区是该对接的一方")
_COMMON: Final[dict[str, Any]] = {"topic": Topic.EXCHANGES, "why": _WHY}


class _Step(NamedTuple):
    """A change of a meeting in words."""

    event: str
    title: "StrPromise"
    sentence: "StrPromise"


_AT: Final = _("%(topic)s，%(when)s，%(place)s。请确认，或另提时间。")
MEETINGS: Final = (
    _Step("meeting.proposed", _("对方提议会议：%(name)s"), _AT),
    _Step("meeting.moved", _("会议改期，待您确认：%(name)s"), _AT),
    _Step("meeting.confirmed", _("会议已确认：%(name)s"), _("%(topic)s，%(when)s，%(place)s。")),
    _Step("meeting.cancelled", _("会议已取消：%(name)s"), _("%(topic)s，原定 %(when)s。如需再约，请新提议一次。")),
)


KINDS: Final = (
    NewMessages(
        event="negotiation.message", subject=EXCHANGE, record=named_in("exchange"), title=_("对接有新留言：%(name)s"),
        sentence=_("请在对接页查看并回复。"), who=_OTHER, audience=other, is_urgent=True, is_talk=True, **_COMMON,
    ),
    Kind(
        event="negotiation.file", subject=EXCHANGE, record=named_in("exchange"), title=_("对接有新文件：%(name)s"),
        sentence=_("请在对接页下载。"), who=_OTHER, audience=other, is_urgent=True, is_talk=True, **_COMMON,
    ),
    *(
        MeetingNotice(
            event=step.event, subject=MEETING, title=step.title, sentence=step.sentence, who=_OTHER,
            audience=_other_of_part, is_urgent=True, **_COMMON,
        )
        for step in MEETINGS
    ),
    Kind(
        event="next_step.set", subject=EXCHANGE, record=named_in("exchange"), title=_("登记了下一步：%(name)s"),
        sentence=_("由谁办理、何时截止，见对接页。"), who=_OTHER, audience=other, is_talk=True, **_COMMON,
    ),
    Kind(
        event="next_step.done", subject=EXCHANGE, record=named_in("exchange"), title=_("下一步已完成：%(name)s"),
        sentence=_("请在对接页登记接下来做什么。"), who=_OTHER, audience=other, is_talk=True, **_COMMON,
    ),
    StepDue(
        event="next_step.due", subject=STEP, title=_("下一步即将到期：%(name)s"),
        sentence=_("%(what)s（%(day)s 前）。办完请标记完成。"),
        who=_("办理下一步的一方：单位的成员与所在园区的工作人员"), audience=_whose_step, is_urgent=True,
        **_COMMON,
    ),
    Kind(
        event="exchange.stale", subject=EXCHANGE, record=named_in("exchange"), title=_("对接已沉寂 14 天：%(name)s"),
        sentence=_("请说一句进展，或登记下一步；不再继续的，请结束对接。"),
        who=_("双方：单位的成员与所在园区的工作人员"), audience=both, is_urgent=True, **_COMMON,
    ),
)  # fmt: skip
