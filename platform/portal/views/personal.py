"""What the platform holds of oneself: taken along as a file, or erased, each after the password."""

import json
from http import HTTPStatus
from typing import Any, Final

from django import forms
from django.contrib import messages
from django.contrib.auth import logout
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext, gettext_lazy
from django.views.decorators.debug import sensitive_post_parameters

from portal.forms.accounts import password_field
from portal.forms.sending import sent
from portal.views.own_account import OwnPages
from zones.errors import Conflict
from zones.services.erasing import erase_person, hindrance, must_be_password_of
from zones.services.persons import export_person

EXPORT: Final = "export"
FILE_NAME: Final = "zonelink-my-data.json"


class ExportForm(forms.Form):
    step = forms.CharField(widget=forms.HiddenInput, initial=EXPORT)
    password = password_field(gettext_lazy("密码"), "current-password")


class EraseForm(forms.Form):
    step = forms.CharField(widget=forms.HiddenInput, initial="erase")
    password = password_field(gettext_lazy("密码"), "current-password")
    is_sure = forms.BooleanField(label=gettext_lazy("我已了解：删除后无法恢复，账号不能再登录"))


@method_decorator(sensitive_post_parameters(), name="dispatch")
class PersonalDataPage(OwnPages):
    template = "portal/account/personal.html"
    here = "personal"

    def get(self, request: HttpRequest) -> HttpResponse:
        return self._page()

    def post(self, request: HttpRequest) -> HttpResponse:
        if request.POST.get("step") == EXPORT:
            return self._export(ExportForm(request.POST, auto_id="export_%s"))
        return self._erase(EraseForm(request.POST, auto_id="erase_%s"))

    def _page(self, *, status: int = HTTPStatus.OK, **bound: Any) -> HttpResponse:
        unbound = {"export": ExportForm(auto_id="export_%s"), "erase": EraseForm(auto_id="erase_%s")}
        return self.page({**unbound, **bound, "why_not": hindrance(self.account)}, status=status)

    def _export(self, form: ExportForm) -> HttpResponse:
        if not sent(form, lambda: must_be_password_of(self.account, form.cleaned_data["password"])):
            return self._page(status=HTTPStatus.BAD_REQUEST, export=form)
        told = json.dumps(export_person(self.principal, user=self.account), ensure_ascii=False, indent=2)
        answer = HttpResponse(told, content_type="application/json; charset=utf-8")
        answer["Content-Disposition"] = f'attachment; filename="{FILE_NAME}"'
        return answer

    def _erase(self, form: EraseForm) -> HttpResponse:
        if not sent(form, lambda: self._erased(form.cleaned_data["password"])):
            return self._page(status=HTTPStatus.BAD_REQUEST, erase=form)
        logout(self.request)
        messages.success(self.request, gettext("您的个人信息已删除，账号已注销。"))
        return HttpResponseRedirect(reverse("portal:home"))

    def _erased(self, password: str) -> None:
        must_be_password_of(self.account, password)
        try:
            erase_person(self.principal, user=self.account)
        except OperationalError as error:  # others hold rows it needs
            raise Conflict(gettext("站点正忙，什么都没有删除：请过几分钟再试。")) from error
