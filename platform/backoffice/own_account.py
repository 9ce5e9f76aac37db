"""One's own account: name, language; the password has a page of Django's beside it."""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _
from unfold import widgets

from accounts.browsers import in_language_of
from accounts.models import User
from backoffice.panels import submitted
from zones.services.accounts import update_own_account


class OwnAccountForm(forms.Form):
    display_name = forms.CharField(
        label=_("显示名称"), max_length=80, help_text=_("同事看到的名称"), widget=widgets.UnfoldAdminTextInputWidget()
    )
    language = forms.ChoiceField(
        label=_("界面语言"), choices=settings.LANGUAGES, widget=widgets.UnfoldAdminSelectWidget()
    )


def own_account_view(request: HttpRequest, context: dict[str, Any]) -> HttpResponse:
    """Only ever the reader's own: no key is asked for. `context` is the site's."""
    user = request.user
    assert isinstance(user, User)
    initial = {"display_name": user.display_name, "language": user.language}
    form = OwnAccountForm(request.POST if request.method == "POST" else None, initial=initial)
    if form.is_valid() and submitted(form, lambda: update_own_account(user, **form.cleaned_data)):
        return _saved(request, user.language)
    told = {**context, "title": gettext("我的账号"), "form": form}
    return TemplateResponse(request, "admin/backoffice/own_account.html", told)


def _saved(request: HttpRequest, language: str) -> HttpResponse:
    """Back on the page, in the language that was chosen."""
    with override(language):
        messages.success(request, gettext("已保存"))
    return in_language_of(request, HttpResponseRedirect(reverse("admin:own_account")))
