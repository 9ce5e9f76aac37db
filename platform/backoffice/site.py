"""The admin site: who may enter, what it refuses, and how it names itself."""

from collections.abc import Callable, Iterable
from functools import partial, update_wrapper
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.middleware.csrf import get_token
from django.urls import URLPattern, URLResolver, path, reverse
from django.utils.functional import SimpleLazyObject
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.browsers import is_of_an_account, of_who_entered, read_as_a_stranger, without_language
from accounts.entering import EntryInTwoSteps
from accounts.lockout import TellingForm
from backoffice.autocomplete import ScopedAutocompleteView
from backoffice.framework import AuthenticationForm, UnfoldAdminSite
from backoffice.index import what_to_do
from backoffice.own_account import own_account_view
from backoffice.principals import principal_of
from backoffice.sidebar import sidebar
from backoffice.theme import UNFOLD
from zones.services.identities import zone_doors


class EntryForm(TellingForm, AuthenticationForm):
    """Log-in, as the theme draws it."""


class BackOffice(UnfoldAdminSite):
    """Entry is decided by roles (`Principal.has_back_office`), not by Django's permissions."""

    site_header = _("高新链 工作台")
    site_title = _("高新链")
    index_title = _("首页")
    site_url = None
    login_form = EntryForm
    index_template = "admin/backoffice/index.html"

    def has_permission(self, request: HttpRequest) -> bool:
        return bool(request.user.is_active) and principal_of(request).has_back_office

    def register(
        self, model_or_iterable: type[Model] | Iterable[type[Model]], admin_class: Any = None, **options: Any
    ) -> None:
        """Only scoped pages get in; what third parties would register is left out."""
        if getattr(admin_class, "is_scoped_page", False):
            super().register(model_or_iterable, admin_class, **options)

    def get_urls(self) -> list[Any]:
        """Without Django's `view_on_site`, which finds any row of any model by integer key."""
        urls: list[URLPattern | URLResolver] = super().get_urls()
        own = path("account/", self.admin_view(self.own_account), name="own_account")
        session = path("session/", self.admin_view(_session), name="session")
        return [own, session, *(url for url in urls if getattr(url, "name", None) != "view_on_site")]

    def get_app_list(self, request: HttpRequest, app_label: str | None = None) -> Any:
        """Made when a page draws it; few do, and it asks every page for its rights and its addresses."""
        if app_label is not None:
            return super().get_app_list(request, app_label)
        return SimpleLazyObject(partial(super().get_app_list, request))

    def get_sidebar_list(self, request: HttpRequest) -> list[dict[str, Any]]:
        """A deployment's own navigation may hold whatever Unfold knows; of ours we know what it is."""
        if settings.UNFOLD is UNFOLD:
            return sidebar(request)
        listed: list[dict[str, Any]] = super().get_sidebar_list(request)  # type: ignore[misc]
        return listed

    def own_account(self, request: HttpRequest) -> HttpResponse:
        answer: HttpResponse = own_account_view(request, self.each_context(request))
        return answer

    def search(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """Unfold's search over all models goes by its own rules: closed."""
        raise Http404

    def admin_view(self, view: Any, cacheable: bool = False) -> Any:
        """What a principal may not do or see answers 404 with the one body, never 403."""
        inner = super().admin_view(_without_403(view), cacheable)
        return update_wrapper(_telling_when_logged_out(inner, self.has_permission), inner)

    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        """In the account's own language, unless another was chosen on this page. Who has no page here has some in the
        portal.
        """
        if request.user.is_authenticated and not self.has_permission(request):
            return HttpResponseRedirect(reverse("portal:account"))
        if request.method == "GET" and request.user.is_authenticated:
            return HttpResponseRedirect(reverse("admin:index"))
        if request.method != "POST" and is_of_an_account(request):
            read_as_a_stranger(request)
            return without_language(self._entry(request, extra_context))
        answer = self._entry(request, extra_context)
        if request.method != "POST" or not request.user.is_authenticated:
            return answer
        return of_who_entered(request, answer)

    def _entry(self, request: HttpRequest, extra_context: dict[str, Any] | None) -> Any:
        """Django's page with our view, for which its own has no place."""
        context = {**self.each_context(request), "app_path": request.get_full_path(), **(extra_context or {})}
        context["zone_doors"] = zone_doors()
        if "next" not in request.GET and "next" not in request.POST:
            context["next"] = reverse("admin:index")
        view = EntryInTwoSteps.as_view(
            extra_context=context, authentication_form=self.login_form, template_name="admin/login.html"
        )
        return view(request)

    def index(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        return super().index(request, {**(extra_context or {}), **what_to_do(request)})

    def autocomplete_view(self, request: HttpRequest) -> Any:
        return ScopedAutocompleteView.as_view(admin_site=self)(request)


def _without_403(view: Callable[..., Any]) -> Callable[..., Any]:
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        try:
            return view(request, *args, **kwargs)
        except PermissionDenied as error:
            raise Http404 from error

    return update_wrapper(guarded, view)


def _session(request: HttpRequest) -> JsonResponse:
    """Whether the reader is still logged in, and with which token a form goes on."""
    return JsonResponse({"token": get_token(request)}, headers={"Cache-Control": "no-store"})


def _telling_when_logged_out(view: Callable[..., Any], may_enter: Callable[[HttpRequest], bool]) -> Callable[..., Any]:
    """What a visitor sends is not stored: say so, and lead back to the page it came from, which can be opened."""

    def told(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        is_part = "HX-Request" in request.headers
        if (request.method != "POST" and not is_part) or request.path == reverse("admin:logout") or may_enter(request):
            answer = view(request, *args, **kwargs)
            is_left_over = request.method == "GET" and answer.status_code == HTTPStatus.METHOD_NOT_ALLOWED
            return HttpResponseRedirect(_record_of(request)) if is_left_over else answer
        if is_part:
            return HttpResponse(status=401)
        messages.warning(request, gettext("登录已过期：刚才的操作没有保存，登录后请重新操作。"))
        return redirect_to_login(_page_before(request), reverse("admin:login"))

    return told


def _record_of(request: HttpRequest) -> str:
    """What an address that only takes forms belongs to: a reload, or a change of language, asks to see it."""
    match = request.resolver_match
    assert match is not None
    if match.url_name == "logout":
        return reverse("admin:index")
    page = "_".join(str(match.url_name).split("_")[:2])
    key = match.kwargs.get("object_id")
    return reverse(f"admin:{page}_change", args=[key]) if key else reverse(f"admin:{page}_changelist")


def _page_before(request: HttpRequest) -> str:
    before = request.headers.get("referer", "")
    is_ours = url_has_allowed_host_and_scheme(before, {request.get_host()}, require_https=request.is_secure())
    return before if is_ours else reverse("admin:index")
