"""What a broker does for a side of two who talk: words, files, meetings, the next step; and what was said, to read."""

from collections.abc import Callable
from datetime import datetime
from typing import Any, Final, NamedTuple
from uuid import UUID

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import path
from django.utils.translation import gettext_lazy as _
from unfold import widgets

from backoffice.panels import Panel, PanelsMixin
from backoffice.principals import principal_of
from ledger.downloads import to_keep
from matching.choices import FileKind, MeetingState, Side
from matching.models import NegotiationFile, NegotiationMeeting, NegotiationMessage, NextStep
from matching.models.negotiations import LONGEST_MESSAGE
from matching.services import meetings, negotiations
from matching.services.consents import OPEN_STATES
from matching.services.exchange_sides import sides_of
from matching.services.negotiation_files import MEDIA_TYPES, MOST_BYTES, add_file
from zones.scoping import Principal

MESSAGES_SHOWN: Final = 50
FILES: Final = ".pdf,.docx,.xlsx,.png,.jpg,.jpeg"
CONFIRM, CANCEL = "confirm", "cancel"


class Talk(NamedTuple):
    """What two who talk have said, sent and agreed to meet for: the latest messages first."""

    messages: list[NegotiationMessage]
    has_older: bool
    meetings: list[NegotiationMeeting]
    files: list[NegotiationFile]
    next_step: NextStep | None


def talk_of(principal: Principal, row: Any) -> Talk | None:
    """None where nothing could be said yet."""
    said, held, sent, steps = (
        model.objects.visible_to(principal).filter(exchange=row)
        for model in (NegotiationMessage, NegotiationMeeting, NegotiationFile, NextStep)
    )
    found = list(said.order_by("-pk")[: MESSAGES_SHOWN + 1])
    talk = Talk(
        found[:MESSAGES_SHOWN], len(found) > MESSAGES_SHOWN, list(held.order_by("-starts_at", "-pk")),
        list(sent.defer("content")), steps.filter(ended_at__isnull=True).first(),
    )  # fmt: skip
    is_silent = not (talk.messages or talk.meetings or talk.files or talk.next_step)
    return None if is_silent and row.state not in OPEN_STATES else talk


class SidedForm(forms.Form):
    """`side` is asked where the reader speaks for both."""

    def __init__(self, principal: Principal, row: Any, data: Any) -> None:
        super().__init__(data)
        if len(sides_of(principal, row)) > 1:
            choices = [("", "—"), *Side.choices]
            self.fields["side"] = forms.ChoiceField(
                label=_("代表哪一方"), choices=choices, widget=widgets.UnfoldAdminSelectWidget()
            )


def _day(label: Any) -> Any:
    attrs = {"type": "date", "class": " ".join(widgets.INPUT_CLASSES)}
    return forms.DateField(label=label, widget=forms.DateInput(format="%Y-%m-%d", attrs=attrs))


def _moment(label: Any) -> Any:
    attrs = {"type": "datetime-local", "class": " ".join(widgets.INPUT_CLASSES)}
    return forms.DateTimeField(label=label, widget=forms.DateTimeInput(format="%Y-%m-%dT%H:%M", attrs=attrs))


def _line(label: Any, *, most: int, **options: Any) -> Any:
    return forms.CharField(label=label, max_length=most, widget=widgets.UnfoldAdminTextInputWidget(), **options)


class MessageForm(SidedForm):
    text = forms.CharField(
        label=_("留言"), max_length=LONGEST_MESSAGE, widget=widgets.UnfoldAdminTextareaWidget(attrs={"rows": 3})
    )


class FileForm(SidedForm):
    file = forms.FileField(
        label=_("文件"),
        help_text=_("PDF、Word（docx）、Excel（xlsx）、PNG 或 JPEG，不超过 10 MB；仅双方可下载。"),
        widget=forms.FileInput(attrs={"class": "office-file", "accept": FILES}),
    )


class MeetingForm(SidedForm):
    """Times are those of Beijing."""

    topic_zh = _line(_("议题"), most=80)
    starts_at = _moment(_("开始时间"))
    ends_at = _moment(_("结束时间"))
    place_zh = _line(_("地点"), most=120, required=False)
    link = forms.URLField(
        label=_("会议链接"), required=False, max_length=200, assume_scheme="https",
        help_text=_("以 https:// 开头；与地点至少填一项。"), widget=widgets.UnfoldAdminURLInputWidget(),
    )  # fmt: skip


class MeetingAnswerForm(SidedForm):
    """One meeting with the version that was read, and what becomes of it."""

    meeting = forms.ChoiceField(
        label=_("会议"), widget=widgets.UnfoldAdminSelectWidget(),
        error_messages={"invalid_choice": _("会议已有变化：请按最新状态重新选择。")},
    )  # fmt: skip
    answer = forms.ChoiceField(
        label=_("办理"), choices=[(CONFIRM, _("确认参加")), (CANCEL, _("取消会议"))],
        widget=widgets.UnfoldAdminSelectWidget(),
    )  # fmt: skip

    def __init__(self, principal: Principal, row: Any, data: Any) -> None:
        super().__init__(principal, row, data)
        choices = [(f"{one.pk} {one.version}", _called(one)) for one in open_meetings(principal, row)]
        self.fields["meeting"].choices = choices  # type: ignore[attr-defined]


class NextStepForm(SidedForm):
    what = _line(_("下一步做什么"), most=200)
    by = forms.ChoiceField(label=_("由哪一方办理"), choices=Side.choices, widget=widgets.UnfoldAdminSelectWidget())
    due_on = _day(_("截止日"))


def open_meetings(principal: Principal, row: Any) -> list[NegotiationMeeting]:
    """Those that are to be held."""
    rows = NegotiationMeeting.objects.visible_to(principal).filter(exchange=row).exclude(state=MeetingState.CANCELLED)
    return list(rows.order_by("starts_at", "pk"))


def _called(meeting: NegotiationMeeting) -> str:
    starts: datetime = meeting.starts_at
    return f"{starts.astimezone():%Y-%m-%d %H:%M} {meeting.topic_zh}（{meeting.get_state_display()}）"


def may_talk(principal: Principal, row: Any) -> bool:
    return row.state in OPEN_STATES and bool(sides_of(principal, row))


def _send(service: Callable[..., Any]) -> Callable[[Principal, Any, dict[str, Any]], Any]:
    """What is said asks for no version: it changes nothing that somebody has read."""
    return lambda principal, row, values: service(principal, exchange_id=row.pk, **values)


def _send_file(principal: Principal, row: Any, values: dict[str, Any]) -> Any:
    sent = values.pop("file")
    return add_file(principal, exchange_id=row.pk, name=sent.name, content=sent.read(MOST_BYTES + 1), **values)


def _answer_meeting(principal: Principal, row: Any, values: dict[str, Any]) -> Any:
    meeting_id, version = map(int, values.pop("meeting").split())
    service = {CONFIRM: meetings.confirm_meeting, CANCEL: meetings.cancel_meeting}[values.pop("answer")]
    return service(principal, meeting_id=meeting_id, version=version, **values)


TALK_PANELS: Final = (
    Panel("message", _("留言"), _("发送留言"), MessageForm, _send(negotiations.write_message), may_talk,
          _("留言已发送")),
    Panel("next", _("登记下一步"), _("登记下一步"), NextStepForm, _send(negotiations.set_next_step), may_talk,
          _("下一步已登记")),
    Panel("meeting", _("提议会议"), _("提议会议"), MeetingForm, _send(meetings.propose_meeting), may_talk,
          _("会议已提议，等待对方确认")),
    Panel("meeting-answer", _("办理会议"), _("办理会议"), MeetingAnswerForm, _answer_meeting,
          lambda principal, row: may_talk(principal, row) and bool(open_meetings(principal, row)), _("会议已办理")),
    Panel("file", _("上传文件"), _("上传文件"), FileForm, _send_file, may_talk, _("文件已上传")),
)  # fmt: skip


class TalkPages(PanelsMixin):
    """The files of a negotiation, to be kept and never to be opened in the page's place."""

    def file_view(self, request: HttpRequest, object_id: str, file_id: UUID) -> HttpResponse:
        row, principal = self.row_or_404(request, object_id), principal_of(request)
        file = NegotiationFile.objects.visible_to(principal).filter(exchange=row, public_id=file_id).first()
        if file is None:
            raise Http404
        return to_keep(bytes(file.content), MEDIA_TYPES[FileKind(file.kind)], file.name)

    def get_urls(self) -> list[Any]:
        view = self.admin_site.admin_view(self.file_view)
        return [
            path("<path:object_id>/files/<uuid:file_id>/", view, name="matching_exchange_file"),
            *super().get_urls(),
        ]
