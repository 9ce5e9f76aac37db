"""Who may do what in a zone or an association: people × roles × until, and who could before."""

from datetime import date
from typing import Any

from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import path, reverse
from django.utils.translation import gettext as _

from backoffice.details import EMPTY
from backoffice.filters import Rows
from backoffice.panels import PanelsMixin
from backoffice.principals import principal_of
from backoffice.roles import ends_soon
from zones.models import Association, StaffRole, Zone
from zones.scoping import Principal, today


def roles_in(place: Zone | Association, principal: Principal) -> Rows:
    """Roles held in the place, its organizations' members among them, as far as the principal may see them."""
    is_here = Q(zone=place) | Q(organization__zone=place) if isinstance(place, Zone) else Q(association=place)
    rows: Rows = StaffRole.objects.visible_to(principal).filter(is_here)
    named = rows.select_related("user", "zone", "organization", "association")
    return named.order_by("role", "user__display_name", "valid_from", "pk")


def oversees(place: Any, principal: Principal) -> bool:
    """Whether a principal reads who may do what there: the zone's own people, the association's secretariat."""
    own = principal.own_zones if isinstance(place, Zone) else principal.secretariats
    return principal.is_system or place.pk in own


class PeoplePages(PanelsMixin):
    """The page of people beside a place."""

    def tabs(self, request: HttpRequest, row: Any, *, is_own: bool) -> list[dict[str, Any]]:
        found = super().tabs(request, row, is_own=is_own)
        if oversees(row, principal_of(request)):
            url = self.url_of(row, "people")
            found.insert(1, {"url": url, "title": _("人员与角色"), "icon": "groups", "is_here": url == request.path})
        return found

    def people_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        row, principal = self.row_or_404(request, object_id), principal_of(request)
        if not oversees(row, principal):
            raise Http404
        roles = [_line(role) for role in roles_in(row, principal)]
        context = {
            "standing": [line for line in roles if not line["is_over"]],
            "over": [line for line in roles if line["is_over"]],
            "may_invite": principal.may_grant,
        }
        return self.page(request, "admin/backoffice/people.html", row, context)

    def own_people_view(self, request: HttpRequest) -> HttpResponse:
        """To the people of one's own zone or association: the first, for who has several."""
        own = {Zone: principal_of(request).own_zones, Association: principal_of(request).secretariats}[self.model]
        row = self.get_queryset(request).filter(pk__in=own).first()
        if row is None:
            raise Http404
        return HttpResponseRedirect(self.url_of(row, "people"))

    def get_urls(self) -> list[Any]:
        view, name = self.admin_site.admin_view, self.name_of("{}").removeprefix("admin:")
        return [
            path("people/", view(self.own_people_view), name=name.format("own_people")),
            path("<path:object_id>/people/", view(self.people_view), name=name.format("people")),
            *super().get_urls(),
        ]


def _line(role: StaffRole) -> dict[str, Any]:
    return {
        "who": str(role.user),
        "url": reverse("admin:accounts_user_change", args=[role.user.public_id]),
        "role": role.get_role_display(),
        "organization": str(role.organization or EMPTY),
        "valid_from": role.valid_from.isoformat(),
        "valid_to": role.valid_to.isoformat() if role.valid_to else _("长期"),
        "is_over": role.valid_to is not None and role.valid_to <= today(),
        "mark": _mark(role.valid_from, role.valid_to),
    }


def _mark(valid_from: date, valid_to: date | None) -> str:
    if ends_soon(valid_to):
        return _("30 天内到期")
    return _("尚未生效") if valid_from > today() else ""
