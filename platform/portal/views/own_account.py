"""What everybody who is logged in sets for themselves: name, language, password, browsers."""

from http import HTTPStatus
from typing import Any, ClassVar

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext, gettext_lazy, override
from django.views.decorators.debug import sensitive_post_parameters

from accounts.browsers import in_language_of
from accounts.models import User
from portal.base import PortalPage
from portal.browsers import named
from portal.forms.accounts import OwnAccountForm, PasswordForm
from portal.forms.sending import sent
from zones.services.accounts import change_own_password, end_other_sessions, sessions_of, update_own_account
from zones.services.registrations import own_registration

NAMES = {
    "inbox": gettext_lazy("收件箱"),
    "notifications": gettext_lazy("通知设置"),
    "follows": gettext_lazy("关注与静音"),
    "account": gettext_lazy("名称与语言"),
    "password": gettext_lazy("密码"),
    "security": gettext_lazy("登录安全"),
    "devices": gettext_lazy("登录的设备"),
    "searches": gettext_lazy("保存的检索"),
    "tokens": gettext_lazy("接口令牌"),
    "feeds": gettext_lazy("日历与订阅源"),
    "endpoints": gettext_lazy("机器人与 Webhook"),
    "colleagues": gettext_lazy("本单位同事"),
    "registration": gettext_lazy("单位注册"),
    "personal": gettext_lazy("个人信息"),
}
"""The pages of an account, in their order."""


class OwnPages(PortalPage):
    """Pages of an account: visitors log in first; nothing of them is kept by the browser."""

    here: ClassVar[str]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path(), reverse("portal:log_in"))
        answer = super().dispatch(request, *args, **kwargs)
        answer["Cache-Control"] = "private, no-store"
        return answer

    @property
    def account(self) -> User:
        user = self.request.user
        assert isinstance(user, User)
        return user

    def frame(self) -> dict[str, Any]:
        """With the ways to the other pages, as far as there is something on them."""
        keeps = self.principal.organizations | self.principal.manager_zones | self.principal.secretariats
        hidden = set() if self.principal.organizations else {"colleagues"}
        hidden |= set() if keeps else {"endpoints"}
        hidden |= set() if own_registration(self.principal) else {"registration"}
        ways = [
            {"name": name, "url": reverse(f"portal:{page}"), "is_here": page == self.here}
            for page, name in NAMES.items()
            if page not in hidden
        ]
        return super().frame() | {"account_ways": ways, "account_title": NAMES[self.here]}

    def back(self) -> HttpResponse:
        """To the page again, which says that it is done."""
        messages.success(self.request, gettext("已保存"))
        return HttpResponseRedirect(reverse(f"portal:{self.here}"))


class AccountPage(OwnPages):
    template = "portal/account/account.html"
    here = "account"

    def get(self, request: HttpRequest) -> HttpResponse:
        kept = {"display_name": self.account.display_name, "language": self.account.language}
        return self.page({"form": OwnAccountForm(initial=kept)})

    def post(self, request: HttpRequest) -> HttpResponse:
        form = OwnAccountForm(request.POST)
        if not sent(form, lambda: update_own_account(self.account, **form.cleaned_data)):
            return self.page({"form": form}, status=HTTPStatus.BAD_REQUEST)
        with override(self.account.language):
            return in_language_of(request, self.back())


@method_decorator(sensitive_post_parameters(), name="dispatch")
class PasswordPage(OwnPages):
    """Other browsers are logged out by a new password; this one stays."""

    template = "portal/account/password.html"
    here = "password"

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.page({"form": PasswordForm()})

    def post(self, request: HttpRequest) -> HttpResponse:
        form = PasswordForm(request.POST)
        if not sent(form, lambda: self._changed(form.cleaned_data)):
            return self.page({"form": form}, status=HTTPStatus.BAD_REQUEST)
        update_session_auth_hash(request, self.account)
        return self.back()

    def _changed(self, values: dict[str, str]) -> None:
        change_own_password(self.account, old=values["old"], password=values["password"])


class DevicesPage(OwnPages):
    template = "portal/account/devices.html"
    here = "devices"

    def get(self, request: HttpRequest) -> HttpResponse:
        devices = [
            {
                "name": named(row.browser),
                "since": row.started_at,
                "is_this": row.session_key == request.session.session_key,
            }
            for row in sessions_of(self.account)
        ]
        devices.sort(key=lambda one: not one["is_this"])
        return self.page({"devices": devices})

    def post(self, request: HttpRequest) -> HttpResponse:
        end_other_sessions(self.account, kept=request.session.session_key)
        return self.back()
