"""What an account follows and has muted; and the buttons on records and notices that do it."""

from http import HTTPStatus
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from matching.services.calls import calls_open_to
from notifications.choices import Rhythm, Way
from notifications.following import follow, followed_by, forget, mute, stance_of, thread_of
from notifications.inbox import inbox_of
from notifications.kinds.fields import LABEL as FIELD
from notifications.kinds.fields import SCHEME, field_id
from notifications.kinds.registry import KINDS
from notifications.subscribing import choose
from portal.base import row_or_404
from portal.forms.sending import sent
from portal.views.own_account import OwnPages
from zones.errors import DomainError
from zones.models import Association, Code
from zones.scoping import Principal


class FollowForm(forms.Form):
    """What has no page of its own with a button, or is easier to find here."""

    what = forms.ChoiceField(
        label=pgettext_lazy("verb", "关注"), help_text=gettext_lazy("有新的需求、资源或进展时告知您")
    )

    def __init__(self, principal: Principal, sent: Any = None) -> None:
        super().__init__(sent)
        self.fields["what"].choices = [  # type: ignore[attr-defined]
            (_("联盟与网络"), [(f"zones.association:{one.public_id}", str(one)) for one in Association.objects.all()]),
            (_("领域"), [(f"{FIELD}:{field_id(one.code)}", str(one)) for one in _fields()]),
            (_("需求征集"), [(f"matching.needcall:{one.public_id}", str(one)) for one in calls_open_to(principal)]),
        ]

    def values(self) -> dict[str, Any]:
        label, _colon, public_id = self.cleaned_data["what"].partition(":")
        return {"label": label, "public_id": UUID(public_id)}


class FollowsPage(OwnPages):
    template = "portal/account/follows.html"
    here = "follows"

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.shown(FollowForm(self.principal))

    def post(self, request: HttpRequest) -> HttpResponse:
        form = FollowForm(self.principal, request.POST)
        if not sent(form, lambda: follow(self.account, **form.values())):
            return self.shown(form, status=HTTPStatus.BAD_REQUEST)
        return self.back()

    def shown(self, form: forms.Form, *, status: int = HTTPStatus.OK) -> HttpResponse:
        return self.page({"form": form, "follows": followed_by(self.principal)}, status=status)


class Follow(OwnPages):
    """The button on a record: follow it, mute it, or neither; then back to where it was pressed."""

    http_method_names = ["post", "options"]
    here = "follows"

    def post(self, request: HttpRequest, label: str, public_id: UUID) -> HttpResponse:
        step = request.POST.get("step", "")
        if step == "follow":
            self._try(lambda: follow(self.account, label=label, public_id=public_id), _("已关注：有变化会告知您。"))
        elif step == "mute":
            self._try(lambda: mute(self.account, label=label, public_id=public_id), _("已静音：不再收到它的通知。"))
        elif step == "forget":
            self._try(lambda: forget(self.principal, public_id=public_id), _("已取消。"))
        else:
            raise Http404
        return HttpResponseRedirect(self._next())

    def _try(self, act: Any, said: str) -> None:
        try:
            act()
        except DomainError as error:
            if not getattr(error, "errors", None):
                raise
            messages.warning(self.request, " ".join(one for many in error.errors.values() for one in many))  # type: ignore[attr-defined]
        else:
            messages.success(self.request, said)

    def _next(self) -> str:
        there = self.request.POST.get("next", "")
        is_ours = url_has_allowed_host_and_scheme(there, {self.request.get_host()}, self.request.is_secure())
        return there if is_ours and there.startswith("/") else reverse("portal:follows")


class StopNotice(OwnPages):
    """From a notice: hear no more of its thread, or of its topic."""

    http_method_names = ["post", "options"]
    here = "inbox"

    def post(self, request: HttpRequest, public_id: UUID) -> HttpResponse:
        notice = row_or_404(inbox_of(self.principal), public_id)
        stop = {"thread": self._thread, "topic": self._topic}.get(request.POST.get("what", ""))
        if stop is None:
            raise Http404
        messages.success(request, stop(notice))
        return HttpResponseRedirect(reverse("portal:inbox"))

    def _thread(self, notice: Any) -> str:
        kind = KINDS.get(notice.kind)
        row = kind and kind.subject.rows(self.principal, [notice.object_public_id]).get(notice.object_public_id)
        thread = thread_of(kind, row) if kind and row else None
        if thread is None:
            raise Http404
        mute(self.account, label=thread[0], public_id=thread[1])
        return _("已静音，不再收到它的通知；可在“关注与静音”恢复。")

    def _topic(self, notice: Any) -> str:
        for way in (Way.INBOX, Way.MAIL):
            choose(self.account, topic=notice.topic, way=way, rhythm=Rhythm.OFF)
        return _("不再通知“%(topic)s”；可在“通知设置”恢复。") % {"topic": notice.get_topic_display()}


def _fields() -> Any:
    return Code.objects.filter(scheme=SCHEME, is_active=True, level__lte=2)


def follow_of(principal: Principal, label: str, public_id: UUID) -> dict[str, Any] | None:
    """What the button on a record needs; None for visitors."""
    if principal.user_id is None:
        return None
    return {"label": label, "key": public_id, "stance": stance_of(principal, public_id)}


def mute_of(principal: Principal, label: str, public_id: UUID) -> dict[str, Any]:
    """What the button on a thread needs: one that tells its sides of itself, so that there is nothing to follow."""
    return {"label": label, "key": public_id, "is_muted": stance_of(principal, public_id) == "muted"}
