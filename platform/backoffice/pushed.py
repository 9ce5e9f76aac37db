"""The needs for which a resource is proposed, and those pushed to its zone: a page for the resource's own side."""

from typing import Any

from django.db.models import Exists, OuterRef
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import path
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from backoffice.base import ScopedModelAdmin
from backoffice.exchange_rows import with_talks
from backoffice.filters import Rows, rule_filter
from backoffice.principals import principal_of
from backoffice.rows import is_on_own_side, own_side
from matching.choices import NeedState, Side
from matching.models import LIVE, Match, Push
from matching.services.explanations import explain_many
from zones.models import Resource
from zones.scoping import Principal

SHOWN = 50


def with_open_push(principal: Principal) -> Exists:
    """Resources to whose zone somebody pushed a need that is still open."""
    pushes = Push.objects.visible_to(principal).filter(need__state=NeedState.OPEN)
    return Exists(pushes.filter(resource=OuterRef("pk")))


def _pushed(rows: Rows, value: str, principal: Principal) -> Rows:
    return rows.filter(own_side(Resource, principal)).filter(with_open_push(principal))


PushedFilter = rule_filter("pushed", _("推送"), [("open", _("收到推送，需求仍开放"))], _pushed)


def needs_of(resource: Resource, principal: Principal) -> list[dict[str, Any]]:
    """Pushed needs first, the latest on top, then those that only propose the resource, by the score the reader is
    told.
    """
    live = Match.objects.visible_to(principal).filter(LIVE, resource=resource).select_related("need__zone", "run")
    matches = list(live.order_by("-told_score", "need__title_zh")[:SHOWN])
    told = explain_many(matches, principal=principal, language=get_language() or "zh-hans")
    known = {match.need_id: explanation for match, explanation in zip(matches, told, strict=True)}
    pushed = _latest_pushes(resource, principal)
    rows = [{"need": push.need, "push": push, "told": known.get(push.need_id)} for push in pushed.values()]
    others = [match for match in matches if match.need_id not in pushed]
    return rows + [{"need": match.need, "push": None, "told": known[match.need_id]} for match in others]


def _latest_pushes(resource: Resource, principal: Principal) -> dict[int, Push]:
    rows = Push.objects.visible_to(principal).filter(resource=resource).select_related("need__zone").order_by("-pk")
    found: dict[int, Push] = {}
    for row in rows[:SHOWN]:
        found.setdefault(row.need_id, row)
    return found


class PushedPages(ScopedModelAdmin):
    """The tab beside a resource."""

    def tabs(self, request: HttpRequest, row: Any, *, is_own: bool) -> list[dict[str, Any]]:
        first, *others = super().tabs(request, row, is_own=is_own)
        url = self.url_of(row, "needs")
        tab = {"url": url, "title": gettext("相关需求"), "icon": "hub", "is_here": url == request.path}
        return [first, tab, *others] if is_own else [first, *others]

    def needs_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """For the resource's own side: who would like to talk to it, and who might."""
        resource, principal = self.row_or_404(request, object_id), principal_of(request)
        if not is_on_own_side(resource, principal):
            raise Http404
        rows = with_talks(principal, Side.RESOURCE, resource, needs_of(resource, principal), "need")
        context = {"rows": rows, "title": gettext("相关需求")}
        return self.page(request, "admin/backoffice/resource_needs.html", resource, context)

    def get_urls(self) -> list[Any]:
        view = self.admin_site.admin_view(self.needs_view)
        return [path("<path:object_id>/needs/", view, name="zones_resource_needs"), *super().get_urls()]
