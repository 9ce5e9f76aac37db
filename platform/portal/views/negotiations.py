"""What two sides who talk have said, sent and agreed to meet for, as their pages tell it; and its files."""

from collections.abc import Sequence
from http import HTTPStatus
from typing import Any, Final
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from ledger.downloads import to_keep
from matching.choices import FileKind, MeetingState
from matching.models import NegotiationFile, NegotiationMeeting, NegotiationMessage, NextStep
from matching.services.meetings import calendar_of, cancel_meeting, confirm_meeting, move_meeting
from matching.services.negotiation_files import MEDIA_TYPES
from portal.base import row_or_404
from portal.exchange_lists import own_exchanges, sides_in
from portal.forms.negotiations import MeetingForm
from portal.forms.sending import sent, version_in
from portal.views.own import MemberPage
from zones.errors import DomainError
from zones.scoping import Principal

MESSAGES_SHOWN: Final = 20


def talk_of(principal: Principal, row: Any, own: Sequence[str], *, page: int) -> dict[str, Any]:
    """Messages, the latest first, a page at a time; every meeting and file, and the open step."""
    first = (page - 1) * MESSAGES_SHOWN
    rows = NegotiationMessage.objects.visible_to(principal).filter(exchange=row).order_by("-pk")
    found = list(rows[first : first + MESSAGES_SHOWN + 1])
    meetings = NegotiationMeeting.objects.visible_to(principal).filter(exchange=row).order_by("-starts_at", "-pk")
    return {
        "messages": [{"row": one, "is_own": one.side in own} for one in found[:MESSAGES_SHOWN]],
        "newer": page - 1,
        "older": page + 1 if len(found) > MESSAGES_SHOWN else 0,
        "meetings": [{"row": one, "may_confirm": _may_confirm(one, own)} for one in meetings],
        "files": list(NegotiationFile.objects.visible_to(principal).filter(exchange=row).defer("content")),
        "next_step": NextStep.objects.visible_to(principal).filter(exchange=row, ended_at__isnull=True).first(),
    }


def _may_confirm(meeting: Any, own: Sequence[str]) -> bool:
    return meeting.state == MeetingState.PROPOSED and any(side != meeting.side for side in own)


class TalkPage(MemberPage):
    """Something that hangs on an exchange of the reader's."""

    def part(self, model: Any, public_id: UUID, part_id: UUID) -> Any:
        exchange = row_or_404(own_exchanges(self.principal).select_related("need", "resource"), public_id)
        return row_or_404(model.objects.visible_to(self.principal).filter(exchange=exchange), part_id)


class NegotiationFilePage(TalkPage):
    """One file, to be kept and never to be opened in the page's place."""

    def get(self, request: HttpRequest, public_id: UUID, file_id: UUID) -> HttpResponse:
        file = self.part(NegotiationFile, public_id, file_id)
        return to_keep(bytes(file.content), MEDIA_TYPES[FileKind(file.kind)], file.name)


class MeetingCalendar(TalkPage):
    """One meeting for a calendar."""

    def get(self, request: HttpRequest, public_id: UUID, meeting_id: UUID) -> HttpResponse:
        meeting = self.part(NegotiationMeeting, public_id, meeting_id)
        answer = HttpResponse(calendar_of(meeting), content_type="text/calendar; charset=utf-8")
        answer["Content-Disposition"] = f'attachment; filename="meeting-{meeting.public_id}.ics"'
        return answer


class MeetingPage(TalkPage):
    """One meeting: confirmed, put off, called off."""

    template = "portal/my/meeting.html"

    def get(self, request: HttpRequest, public_id: UUID, meeting_id: UUID) -> HttpResponse:
        return self._shown(self.part(NegotiationMeeting, public_id, meeting_id))

    def post(self, request: HttpRequest, public_id: UUID, meeting_id: UUID) -> HttpResponse:
        meeting, step = self.part(NegotiationMeeting, public_id, meeting_id), request.POST.get("step", "")
        if step == "move":
            form = MeetingForm(request.POST)
            if not sent(form, lambda: self._moved(meeting, form)):
                return self._shown(meeting, form=form, status=HTTPStatus.BAD_REQUEST)
            return self._back(public_id)
        service = {"confirm": confirm_meeting, "cancel": cancel_meeting}.get(step)
        if service is None:
            raise Http404
        try:
            service(
                self.principal,
                meeting_id=meeting.pk,
                version=version_in(self.request.POST),
                side=self._side(meeting, step),
            )
        except DomainError as error:
            meeting.refresh_from_db()
            return self._shown(meeting, refused=error.message, status=HTTPStatus.CONFLICT)
        return self._back(public_id)

    def _moved(self, meeting: Any, form: MeetingForm) -> None:
        side = self._side(meeting, "move")
        known: dict[str, Any] = {"meeting_id": meeting.pk, "version": version_in(self.request.POST), "side": side}
        move_meeting(self.principal, **known, **form.cleaned_data)

    def _side(self, meeting: Any, step: str) -> str:
        """Who belongs to both sides confirms for the one that has not proposed."""
        own = [side.value for side in sides_in(self.principal, meeting.exchange)]
        return next((side for side in own if step == "confirm" and side != meeting.side), own[0])

    def _back(self, public_id: UUID) -> HttpResponse:
        return HttpResponseRedirect(reverse("portal:exchange", args=[public_id]))

    def _shown(
        self, meeting: Any, *, form: MeetingForm | None = None, refused: str = "", status: int = HTTPStatus.OK
    ) -> HttpResponse:
        own = [side.value for side in sides_in(self.principal, meeting.exchange)]
        context = {
            "meeting": meeting,
            "may_confirm": _may_confirm(meeting, own),
            "may_change": meeting.state != MeetingState.CANCELLED and meeting.exchange.is_live,
            "form": form or MeetingForm(instance=meeting),
            "refused": refused,
        }
        return self.page(context, status=status)
