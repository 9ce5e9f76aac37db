"""Log-in by a zone's own identity provider, and the link between an account of its and one of ours."""

import time
from http import HTTPStatus
from typing import Any, Final, NamedTuple
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.crypto import constant_time_compare
from django.utils.decorators import method_decorator
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache

from accounts.addresses import address_of
from accounts.browsers import of_who_entered
from accounts.entering import enter_or_hold
from ledger.pace import Pace, is_within
from portal.base import PortalPage
from portal.openid import Addresses, Errand, NotVouched, ProviderSilent, addresses_of, errand, vouched_by, way_to
from portal.views.second_step import first_page_of
from portal.views.security import ChangePage
from zones.errors import DomainError
from zones.services.identities import (
    Vouched,
    ZoneDoor,
    account_of,
    link_identity,
    must_be_of_zone,
    unlink_identity,
    zone_door,
)

SENT: Final = "zone_errand"
FOUND: Final = "zone_identity"
ERRAND_SECONDS: Final = 600
STARTS: Final = Pace("zone_log_in", most=120, seconds=600)
"""Of one address: a whole zone may be behind one."""


class Trip(NamedTuple):
    """A browser on its way to a provider and back; `account` is whose link it is for, None for a log-in."""

    zone: str
    account: int | None
    next_page: str
    until: float
    errand: Errand

    @classmethod
    def read(cls, told: list[Any]) -> "Trip":
        zone, account, next_page, until, (state, nonce, verifier, addresses) = told
        return cls(zone, account, next_page, until, Errand(state, nonce, verifier, Addresses(*addresses)))


class ProviderPage(PortalPage):
    """A provider that fails is one sentence and a way on."""

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.slug = str(kwargs["slug"])

    def sent_out(self, door: ZoneDoor, *, account: int | None, next_page: str) -> HttpResponse:
        """To the provider, with what its answer must fit kept in the session."""
        if not is_within(STARTS, address_of(self.request)):
            told = gettext("请求过于频繁：请几分钟后再试，或用密码登录。")
            return self.failed(door, told, HTTPStatus.TOO_MANY_REQUESTS)
        try:
            sent = errand(addresses_of(door.provider))
        except ProviderSilent:
            return self.silent(door)
        self.request.session[SENT] = Trip(self.slug, account, next_page, time.time() + ERRAND_SECONDS, sent)
        return HttpResponseRedirect(way_to(door.provider, sent, back=self.return_address))

    @property
    def return_address(self) -> str:
        return self.request.build_absolute_uri(reverse("portal:zone_answer", args=[self.slug]))

    def silent(self, door: ZoneDoor) -> HttpResponse:
        told = gettext("园区登录服务暂时没有回应：请稍后再试，或用密码登录。")
        return self.failed(door, told, HTTPStatus.BAD_GATEWAY)

    def failed(self, door: ZoneDoor, sentence: str, status: int = HTTPStatus.BAD_REQUEST) -> HttpResponse:
        context = {"sentence": sentence, "zone": door.zone}
        return self.page(context, template="portal/account/zone_failed.html", status=status)


@method_decorator(never_cache, name="dispatch")
class ZoneLogIn(ProviderPage):
    """On the way to the provider."""

    parameters = ("next",)

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        chosen = request.GET.get("next", "")
        is_ours = url_has_allowed_host_and_scheme(chosen, {request.get_host()}, require_https=request.is_secure())
        return self.sent_out(zone_door(slug), account=None, next_page=chosen if is_ours else "")


@method_decorator(never_cache, name="dispatch")
class ZoneAnswer(ProviderPage):
    """Back from the provider. Its answer fits the one errand of this browser, once."""

    def refuse_unknown_parameters(self) -> None:
        """Providers add some of their own, which the protocol says to ignore."""

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        door, trip = zone_door(slug), self._trip()
        if trip is None:
            return self.failed(door, gettext("登录没有完成：请求已过期，或不是从本浏览器开始的。请重新登录。"))
        try:
            vouched = self._vouched(door, trip)
        except ProviderSilent:
            return self.silent(door)
        except NotVouched:
            return self.failed(door, gettext("登录没有完成：园区登录服务没有确认您的身份。请重试，或用密码登录。"))
        return self._entered(door, vouched, trip) if trip.account is None else self._found(vouched, trip)

    def _trip(self) -> Trip | None:
        """What the browser was sent with, if this is the answer to it."""
        told = self.request.session.pop(SENT, None)
        trip = Trip.read(told) if told else None
        if trip is None or trip.zone != self.slug or trip.until < time.time():
            return None
        is_answer = constant_time_compare(self.request.GET.get("state", ""), trip.errand.state)
        return trip if is_answer else None

    def _vouched(self, door: ZoneDoor, trip: Trip) -> Vouched:
        """Raises ProviderSilent; NotVouched, also where somebody else answers than was asked."""
        told, issuer = self.request.GET, door.provider.issuer
        if "code" not in told or told.get("iss", issuer) != issuer:
            raise NotVouched("no code, or another provider's")
        return vouched_by(door.provider, trip.errand, code=told["code"], back=self.return_address)

    def _entered(self, door: ZoneDoor, vouched: Vouched, trip: Trip) -> HttpResponse:
        try:
            user = account_of(door, vouched)
        except DomainError as error:
            return self.failed(door, error.message)
        answer = enter_or_hold(self.request, user, next_page=trip.next_page or first_page_of(user))
        return of_who_entered(self.request, answer) if self.request.user == user else answer

    def _found(self, vouched: Vouched, trip: Trip) -> HttpResponse:
        """Asked once more, by name: the provider may know this browser as somebody else."""
        self.request.session[FOUND] = [self.slug, trip.account, *vouched]
        return HttpResponseRedirect(reverse("portal:zone_account", args=[self.slug]))


class ZoneAccount(ChangePage, ProviderPage):
    """Links the account of a provider with one's own: there and back first, then a question."""

    template = "portal/account/zone_account.html"

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        door, vouched = zone_door(slug), self._vouched()
        if vouched is not None:
            return self.page({"zone": door.zone, "vouched": vouched})
        try:
            must_be_of_zone(self.account, door.zone)
        except DomainError as error:
            return self.failed(door, error.message)
        return self.sent_out(door, account=self.account.pk, next_page="")

    def post(self, request: HttpRequest, slug: str) -> HttpResponse:
        door, vouched = zone_door(slug), self._vouched()
        if vouched is None:
            return HttpResponseRedirect(reverse("portal:zone_account", args=[slug]))
        del request.session[FOUND]
        try:
            link_identity(self.account, door, vouched)
        except DomainError as error:
            return self.failed(door, error.message, HTTPStatus.CONFLICT)
        messages.success(request, gettext("已关联：今后可以用园区账号登录。"))
        return HttpResponseRedirect(reverse("portal:security"))

    def _vouched(self) -> Vouched | None:
        """Who came back from the provider, on an errand of this account."""
        zone, account, *vouched = self.request.session.get(FOUND, ("", None))
        is_own = zone == self.slug and account == self.account.pk
        return Vouched(*vouched) if is_own else None


class EndZoneAccount(ChangePage):
    def post(self, request: HttpRequest, public_id: UUID) -> HttpResponse:
        try:
            unlink_identity(self.account, public_id=public_id)
            messages.success(request, gettext("已解除关联。"))
        except DomainError as error:
            messages.warning(request, error.message)
        return HttpResponseRedirect(reverse("portal:security"))
