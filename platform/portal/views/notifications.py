"""What an account is told, how and when; and ending mails without logging in."""

from http import HTTPStatus
from typing import Any, Final

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _
from django.views.decorators.csrf import csrf_exempt

from notifications.choices import Rhythm, Topic, Way, Weekday
from notifications.composing import waiting_entries
from notifications.subscribing import choices_of, choose, set_times, settings_of
from notifications.unsubscribing import EVERYTHING, Ending, read_token, unsubscribe
from portal.base import PortalPage
from portal.forms.sending import sent
from portal.views.own_account import OwnPages

HOURS: Final = [(hour, f"{hour:02}:00") for hour in range(24)]


class TimesForm(forms.Form):
    """When mails may come."""

    takes_mail = forms.BooleanField(label=_("接收邮件"), required=False)
    digest_hour = forms.TypedChoiceField(label=_("汇总时间（北京时间）"), choices=HOURS, coerce=int)
    digest_weekday = forms.TypedChoiceField(label=_("每周汇总日"), choices=Weekday.choices, coerce=int)
    is_working_days_only = forms.BooleanField(label=_("汇总只在工作日发送"), required=False)
    quiet_from = forms.TypedChoiceField(
        label=_("免打扰开始"), choices=HOURS, coerce=int, help_text=_("开始与结束相同表示不设免打扰")
    )
    quiet_to = forms.TypedChoiceField(label=_("免打扰结束"), choices=HOURS, coerce=int)
    most_mails_a_day = forms.IntegerField(
        label=_("每天最多即时邮件数"), min_value=0, max_value=200, help_text=_("超出的并入每日汇总")
    )


class NotificationsPage(OwnPages):
    """All on one form: what, by which way, how often, at what time."""

    template = "portal/account/notifications.html"
    here = "notifications"

    def get(self, request: HttpRequest) -> HttpResponse:
        row = settings_of(self.account)
        return self._shown(TimesForm(initial={name: getattr(row, name) for name in TimesForm.base_fields}))

    def post(self, request: HttpRequest) -> HttpResponse:
        form = TimesForm(request.POST)
        if not sent(form, lambda: self._save(form.cleaned_data)):
            return self._shown(form, status=HTTPStatus.BAD_REQUEST)
        return self.back()

    def _save(self, values: dict[str, Any]) -> None:
        """Only what differs from what holds becomes a choice: the rest goes on following the role."""
        set_times(self.account, **values)
        for held in choices_of(self.account, is_staff=self.is_staff):
            mail = self.request.POST.get(f"mail-{held.topic}", held.mail)
            if mail != held.mail:
                choose(self.account, topic=held.topic, way=Way.MAIL, rhythm=mail)
            is_in_inbox = f"inbox-{held.topic}" in self.request.POST
            if is_in_inbox != held.is_in_inbox:
                rhythm = Rhythm.IMMEDIATE if is_in_inbox else Rhythm.OFF
                choose(self.account, topic=held.topic, way=Way.INBOX, rhythm=rhythm)

    @property
    def is_staff(self) -> bool:
        return self.principal.has_back_office and not self.principal.organizations

    def _shown(self, form: forms.Form, *, status: int = HTTPStatus.OK) -> HttpResponse:
        context = {
            "form": form,
            "choices": choices_of(self.account, is_staff=self.is_staff),
            "rhythms": Rhythm.choices,
            "has_address": bool(self.account.email),
            "waiting": waiting_entries(self.account),
        }
        return self.page(context, status=status)


@method_decorator(csrf_exempt, name="dispatch")
class Unsubscribe(PortalPage):
    """A look changes nothing: programs follow links in mails. One POST ends them, a mail program's or the button's."""

    template = "portal/unsubscribe.html"

    def get(self, request: HttpRequest, token: str) -> HttpResponse:
        return self._shown(_ending(token), is_done=False)

    def post(self, request: HttpRequest, token: str) -> HttpResponse:
        ending = _ending(token)
        unsubscribe(ending)
        return self._shown(ending, is_done=True)

    def _shown(self, ending: Ending, *, is_done: bool) -> HttpResponse:
        topic = "" if ending.topic == EVERYTHING else Topic(ending.topic).label
        answer = self.page({"topic": topic, "is_done": is_done})
        answer["Cache-Control"] = "private, no-store"
        return answer


def _ending(token: str) -> Ending:
    ending = read_token(token)
    if ending is None:
        raise Http404
    return ending
