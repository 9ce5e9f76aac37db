"""Events: what is to come and what was, one with its registration, whom one wishes to meet, and one's own agenda."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any, Final
from uuid import UUID

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from matching.choices import EventKind
from matching.models import Event, EventInvitation, EventRegistration, EventWish
from matching.models.event_guests import COMING
from matching.services.event_calendar import agenda_of, appointments_of
from matching.services.event_invitations import decline_invitation
from matching.services.event_registrations import cancel_registration, change_registration, register
from matching.services.event_states import TO_COME
from matching.services.event_wishes import may_wish, set_wishes
from matching.wording import event_time_text, slot_text
from portal.base import PortalPage, row_or_404
from portal.event_lists import (
    coming,
    host_of,
    organizers_of,
    own_events,
    own_registrations,
    past,
    seats_text,
    state_text,
    told_all,
)
from portal.forms.events import GuestForm, RegisterForm
from portal.forms.sending import sent, version_in
from portal.views.exchanges import page_of
from portal.views.own import MemberPage
from zones.errors import DomainError, InvalidInput
from zones.models import Organization

SHOWN_AT_ONCE: Final = 20
TIMES: Final = {"coming": gettext_lazy("将举办"), "past": gettext_lazy("往期")}


class EventsPage(PortalPage):
    """Everybody's list, as far as each may see; with `mine`, the events one is registered for."""

    template = "portal/events.html"
    parameters = ("time", "kind", "mine", "page")

    def get(self, request: HttpRequest) -> HttpResponse:
        time, kind = self._choice("time", TIMES) or "coming", self._choice("kind", dict(EventKind.choices))
        is_mine, number = request.GET.get("mine", "") == "1", page_of(request)
        rows = (coming if time == "coming" else past)(self.principal)
        rows = rows.filter(kind=kind) if kind else rows
        rows = rows.filter(own_events(self.principal)) if is_mine else rows
        first = (number - 1) * SHOWN_AT_ONCE
        found = list(rows[first : first + SHOWN_AT_ONCE + 1])
        context = {
            "time": time,
            "times": TIMES.items(),
            "kind": kind,
            "kinds": EventKind.choices,
            "is_mine": is_mine,
            "events": told_all(self.principal, found[:SHOWN_AT_ONCE]),
            "before": number - 1,
            "after": number + 1 if len(found) > SHOWN_AT_ONCE else 0,
        }
        return self.page(context)

    def _choice(self, name: str, known: Any) -> str:
        value = self.request.GET.get(name, "")
        if value and value not in known:
            raise InvalidInput.single(name, _("没有这个选项：请从列表中选择。"))
        return value


class EventPage(PortalPage):
    """One event; a member's registration stands beside it, and is sent from it."""

    template = "portal/event.html"

    def get(self, request: HttpRequest, public_id: UUID) -> HttpResponse:
        return self._shown(self._event(public_id))

    def post(self, request: HttpRequest, public_id: UUID) -> HttpResponse:
        """Register, change, call off, decline; a refusal comes back with what was typed."""
        if not request.user.is_authenticated:
            return redirect_to_login(request.path, reverse("portal:log_in"))
        event = self._event(public_id)
        step: Callable[[Event], HttpResponse] | None = {
            "register": self._register, "change": self._change, "cancel": self._cancel, "decline": self._decline,
        }.get(request.POST.get("step", ""))  # fmt: skip
        if step is None or not self.principal.organizations:
            raise Http404
        return step(event)

    def _register(self, event: Event) -> HttpResponse:
        form = RegisterForm(event, self._unregistered(event), self.request.POST)
        if sent(form, lambda: register(self.principal, event_id=event.pk, **form.values())):
            return self._back(event)
        return self._shown(self._event(event.public_id), register=form, status=HTTPStatus.BAD_REQUEST)

    def _change(self, event: Event) -> HttpResponse:
        guest = self._named(event)
        form = GuestForm(event, self.request.POST, prefix=str(guest.pk))
        named = {"registration_id": guest.pk, "version": version_in(self.request.POST)}
        if sent(form, lambda: change_registration(self.principal, **named, **form.cleaned_data)):
            return self._back(event)
        return self._shown(self._event(event.public_id), bound=(guest.pk, form), status=HTTPStatus.BAD_REQUEST)

    def _cancel(self, event: Event) -> HttpResponse:
        guest = self._named(event)
        named = {"registration_id": guest.pk, "version": version_in(self.request.POST)}
        return self._taken(event, lambda: cancel_registration(self.principal, **named))

    def _decline(self, event: Event) -> HttpResponse:
        invitation = row_or_404(self._invitations(event), _key(self.request))
        named = {"invitation_id": invitation.pk, "version": version_in(self.request.POST)}
        return self._taken(event, lambda: decline_invitation(self.principal, **named))

    def _taken(self, event: Event, call: Callable[[], Any]) -> HttpResponse:
        try:
            call()
        except DomainError as error:
            return self._shown(self._event(event.public_id), refused=error.message, status=HTTPStatus.CONFLICT)
        return self._back(event)

    def _back(self, event: Event) -> HttpResponse:
        return HttpResponseRedirect(reverse("portal:event", args=[event.public_id]))

    def _event(self, public_id: UUID) -> Event:
        rows = Event.objects.visible_to(self.principal).filter(published_at__isnull=False)
        found: Event = row_or_404(rows.select_related("zone", "association"), public_id)
        return found

    def _named(self, event: Event) -> EventRegistration:
        found: EventRegistration = row_or_404(own_registrations(self.principal).filter(event=event), _key(self.request))
        return found

    def _invitations(self, event: Event) -> Any:
        rows = EventInvitation.objects.visible_to(self.principal).filter(event=event, declined_at__isnull=True)
        return rows.filter(organization__in=self.principal.organizations).select_related("organization")

    def _unregistered(self, event: Event) -> list[Organization]:
        """The reader's organizations that could still register."""
        live = [
            guest.organization_id for guest in own_registrations(self.principal).filter(event=event) if guest.is_live
        ]
        rows = Organization.objects.visible_to(self.principal).filter(pk__in=self.principal.organizations)
        return list(rows.exclude(pk__in=live).order_by("pinyin_key", "pk"))

    def _shown(
        self, event: Event, *, register: RegisterForm | None = None, bound: tuple[int, GuestForm] | None = None,
        refused: str = "", status: int = HTTPStatus.OK,
    ) -> HttpResponse:  # fmt: skip
        guests = [guest for guest in own_registrations(self.principal).filter(event=event) if guest.is_live]
        left = self._unregistered(event) if event.is_open_at(timezone.now()) else []
        registered = {guest.organization_id for guest in guests}
        context = {
            "event": event,
            "host": host_of(event),
            "organizers": organizers_of(self.principal, event),
            "time": event_time_text(event),
            "seats": seats_text(event),
            "state": state_text(event),
            "may_change": event.state in TO_COME,
            "guests": [self._stand(event, guest, bound) for guest in guests],
            "form": (register or RegisterForm(event, left)) if left else None,
            "is_tried": register is not None,
            "invitations": [one for one in self._invitations(event) if one.organization_id not in registered],
            "fellows": self._fellows(event, guests),
            "refused": refused,
        }
        answer = self.page(context, status=status)
        if self.request.user.is_authenticated:
            answer["Cache-Control"] = "private, no-store"
        return answer

    def _stand(self, event: Event, guest: EventRegistration, bound: tuple[int, GuestForm] | None) -> dict[str, Any]:
        guest.event = event
        is_tried = bound is not None and bound[0] == guest.pk
        form = bound[1] if bound and is_tried else GuestForm.of(event, guest, prefix=str(guest.pk))
        return {
            "row": guest,
            "form": form,
            "is_tried": is_tried,
            "may_wish": may_wish(event, guest),
            "appointments": [
                {"time": slot_text(event, one.meeting.slot), "table": one.table, "other": one.other,
                 "is_cancelled": one.is_cancelled}
                for one in appointments_of(self.principal, guest)
            ],
        }  # fmt: skip

    def _fellows(self, event: Event, guests: list[EventRegistration]) -> list[EventRegistration]:
        """The others who come and let themselves be listed, to those who come."""
        if not any(guest.is_coming for guest in guests):
            return []
        rows = EventRegistration.objects.visible_to(self.principal).filter(event=event, is_listed=True)
        others = rows.filter(state__in=COMING).exclude(organization__in=self.principal.organizations)
        return list(others.select_related("organization__zone").order_by("organization__pinyin_key", "pk"))


class WishesPage(MemberPage):
    """Whom a guest would like to meet: the others that let themselves be listed, with a tick for each."""

    template = "portal/event_wishes.html"

    def get(self, request: HttpRequest, public_id: UUID, registration_id: UUID) -> HttpResponse:
        return self._shown(self._guest(public_id, registration_id))

    def post(self, request: HttpRequest, public_id: UUID, registration_id: UUID) -> HttpResponse:
        guest = self._guest(public_id, registration_id)
        chosen = [key for text in request.POST.getlist("wish") if (key := _uuid(text)) is not None]
        try:
            named = {"registration_id": guest.pk, "version": version_in(request.POST)}
            set_wishes(self.principal, wanted=chosen, **named)
        except InvalidInput as error:
            refused = " ".join(sentence for sentences in error.errors.values() for sentence in sentences)
            return self._shown(self._guest(public_id, registration_id), refused=refused, chosen=set(chosen))
        except DomainError as error:
            return self._shown(self._guest(public_id, registration_id), refused=error.message, chosen=set(chosen))
        return HttpResponseRedirect(reverse("portal:event", args=[public_id]))

    def _guest(self, public_id: UUID, registration_id: UUID) -> EventRegistration:
        rows = own_registrations(self.principal).filter(event__public_id=public_id)
        found: EventRegistration = row_or_404(rows, registration_id)
        return found

    def _shown(self, guest: EventRegistration, *, refused: str = "", chosen: set[UUID] | None = None) -> HttpResponse:
        rows = EventRegistration.objects.visible_to(self.principal).filter(event=guest.event, is_listed=True)
        others = rows.filter(state__in=COMING).exclude(pk=guest.pk).select_related("organization__zone")
        wishes = EventWish.objects.visible_to(self.principal).filter(asker=guest)
        wished = set(wishes.values_list("asked__public_id", flat=True)) if chosen is None else chosen
        context = {
            "event": guest.event,
            "guest": guest,
            "may_wish": may_wish(guest.event, guest),
            "others": [
                {"row": one, "is_wished": one.public_id in wished}
                for one in others.order_by("organization__pinyin_key", "pk")
            ],
            "refused": refused,
        }
        return self.page(context, status=HTTPStatus.BAD_REQUEST if refused else HTTPStatus.OK)


class EventCalendar(PortalPage):
    """The event as .ics; a member's copy holds its own meetings there."""

    def get(self, request: HttpRequest, public_id: UUID) -> HttpResponse:
        rows = Event.objects.visible_to(self.principal).filter(published_at__isnull=False)
        event: Event = row_or_404(rows.select_related("zone", "association"), public_id)
        own = []
        for guest in own_registrations(self.principal).filter(event=event):
            guest.event = event
            own += appointments_of(self.principal, guest)
        answer = HttpResponse(agenda_of(event, own), content_type="text/calendar; charset=utf-8")
        answer["Content-Disposition"] = f'attachment; filename="event-{event.public_id}.ics"'
        answer["Cache-Control"] = "private, no-store"
        return answer


def _key(request: HttpRequest) -> UUID:
    found = _uuid(request.POST.get("row", ""))
    if found is None:
        raise Http404
    return found


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
