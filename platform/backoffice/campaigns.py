"""Confirming anew: what a zone has on offer and nobody confirmed for long, owner by owner, and how far it has come."""

from collections.abc import Iterable
from datetime import date, timedelta
from itertools import groupby
from typing import Any, NamedTuple

from django.contrib import messages
from django.core.exceptions import SuspiciousOperation
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import path, reverse
from django.utils.decorators import method_decorator
from django.utils.http import content_disposition_header, urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from backoffice.bare import bare_page
from backoffice.details import refusal_text
from backoffice.exports import ExportPages
from backoffice.keys import parse_public_id
from backoffice.principals import principal_of
from backoffice.rows import Rows, editable_rows, own_rows
from zones.choices import ResourceStatus
from zones.errors import DomainError
from zones.exporting.confirmations import to_confirm
from zones.exporting.formats import XLSX
from zones.models import Resource, Zone
from zones.querysets import CONFIRM_AFTER_DAYS, unconfirmed
from zones.scoping import Principal, today
from zones.services.batches import confirm_resources

SINCE_DAYS = 30
ROWS_AT_MOST = 2_000


class Campaign(NamedTuple):
    """A zone, and the day from which confirmations count."""

    zone: Zone
    since: date

    @property
    def query(self) -> str:
        return urlencode({"zone": self.zone.slug, "since": self.since.isoformat()})


class ReconfirmPages(ExportPages):
    """The page of a zone's campaign, its list as a file, and the button that confirms."""

    def list_links(self, request: HttpRequest) -> list[dict[str, str]]:
        links = super().list_links(request)
        if not zones_of(principal_of(request)).exists():
            return links
        return [*links, {"url": reverse(self.name_of("reconfirm")), "title": _("集中核实"), "icon": "fact_check"}]

    def reconfirm_view(self, request: HttpRequest) -> HttpResponse:
        principal = principal_of(request)
        campaign = _campaign(request)
        context = {
            "title": _("集中核实"),
            "campaign": campaign,
            "zones": zones_of(principal),
            "progress": progress_of(campaign, principal),
            "owners": owners_of(campaign, principal),
            "rows_at_most": ROWS_AT_MOST,
            "days": CONFIRM_AFTER_DAYS,
            "may_confirm": editable_rows(Resource, principal).filter(zone=campaign.zone).exists(),
            "today": today(),
        }
        return bare_page(self, request, "admin/backoffice/reconfirm.html", context)

    def list_view(self, request: HttpRequest) -> HttpResponse:
        """The list as a workbook, of one owner where it is named."""
        principal, campaign = principal_of(request), _campaign(request)
        rows = stale_rows(campaign, principal)
        if owner := request.GET.get("owner", ""):
            rows = rows.filter(organization__public_id=parse_public_id(owner))
        answer = HttpResponse(to_confirm(principal, rows), content_type=XLSX)
        name = _("待核实清单-%(zone)s-%(day)s.xlsx") % {"zone": campaign.zone, "day": f"{today():%Y%m%d}"}
        answer["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name)
        return answer

    @method_decorator(require_POST)
    def confirm_view(self, request: HttpRequest) -> HttpResponse:
        """Confirm the chosen rows as of today, all or none, each in the version its reader saw."""
        principal, campaign = principal_of(request), _campaign(request)
        versions = _chosen(request, editable_rows(Resource, principal).filter(zone=campaign.zone))
        try:
            count = confirm_resources(principal, versions=versions, confirmed_on=today())
        except DomainError as error:
            messages.error(request, refusal_text(error))
        else:
            messages.success(request, _("已登记今日核实：%(count)d 条") % {"count": count})
        return HttpResponseRedirect(f"{reverse(self.name_of('reconfirm'))}?{campaign.query}")

    def get_urls(self) -> list[Any]:
        views = {"reconfirm": self.reconfirm_view, "list": self.list_view, "confirm": self.confirm_view}
        paths = {"reconfirm": "reconfirm/", "list": "reconfirm/list/", "confirm": "reconfirm/confirm/"}
        prefix = f"{self.opts.app_label}_{self.opts.model_name}"
        routes = [
            path(paths[name], self.admin_site.admin_view(view), name=f"{prefix}_{name}") for name, view in views.items()
        ]
        return [*routes, *super().get_urls()]


def zones_of(principal: Principal) -> Any:
    """Zones whose records the principal reads whole."""
    zones = Zone.objects.order_by("pinyin_key", "pk")
    return zones if principal.is_system else zones.filter(pk__in=principal.own_zones)


def stale_rows(campaign: Campaign, principal: Principal) -> Rows:
    """What of the zone is on offer and not confirmed for long, by owner and name."""
    rows = own_rows(Resource, principal).filter(unconfirmed(), zone=campaign.zone, status=ResourceStatus.ACTIVE)
    return rows.select_related("organization").order_by("organization__pinyin_key", "organization_id", "name_zh", "pk")


def progress_of(campaign: Campaign, principal: Principal) -> dict[str, int]:
    """How many were confirmed since the day, of those and what is left."""
    active = own_rows(Resource, principal).filter(zone=campaign.zone, status=ResourceStatus.ACTIVE)
    done, left = active.filter(confirmed_on__gte=campaign.since).count(), active.filter(unconfirmed()).count()
    total = done + left
    return {"done": done, "left": left, "total": total, "percent": 100 * done // total if total else 100}


def owners_of(campaign: Campaign, principal: Principal) -> list[dict[str, Any]]:
    rows: Iterable[Resource] = stale_rows(campaign, principal)[:ROWS_AT_MOST]
    return [{"owner": owner, "rows": list(found)} for owner, found in groupby(rows, lambda row: row.organization)]


def _campaign(request: HttpRequest) -> Campaign:
    """The zone that is asked for among the reader's own, by default the first; anything else is not there."""
    zones = zones_of(principal_of(request))
    slug = request.GET.get("zone", "").replace("\x00", "")
    zone = zones.filter(slug=slug).first() if slug else zones.first()
    if zone is None:
        raise Http404
    return Campaign(zone, _since(request.GET.get("since", "")))


def _since(text: str) -> date:
    if not text:
        return today() - timedelta(days=SINCE_DAYS)
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise SuspiciousOperation("not a date") from error


def _chosen(request: HttpRequest, rows: Rows) -> dict[int, int]:
    """id → version of the rows that are named by public id and version, among those the sender may change."""
    named = {}
    for text in request.POST.getlist("row"):
        key, _colon, version = text.partition(":")
        if (public_id := parse_public_id(key)) and version.isdecimal() and len(version) < 10:
            named[public_id] = int(version)
    found = rows.filter(public_id__in=named).values_list("pk", "public_id")
    return {pk: named[public_id] for pk, public_id in found}
