"""A list as a file: the rows its filters and search give, the columns its reader may read."""

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.contrib.admin.options import IncorrectLookupParameters
from django.core.exceptions import SuspiciousOperation
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.urls import path, reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from backoffice.bare import bare_page
from backoffice.base import ScopedModelAdmin
from backoffice.principals import principal_of
from backoffice.rows import Rows, visible_rows
from zones.choices import ImportKind
from zones.exporting.formats import FORMATS, export_rows
from zones.exporting.records import exportable
from zones.importing.kinds import KINDS
from zones.importing.parsing.limits import MAX_ROWS
from zones.models import Resource
from zones.scoping import Principal, today


class ExportPages(ScopedModelAdmin):
    """A page that says what there is to export, and the files behind it."""

    exported: Iterable[str] = KINDS
    export_title: Any = gettext_lazy("导出资源")

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> Any:
        context = extra_context or {}
        links = [self.export_link(request), *self.list_links(request), *context.get("list_links", [])]
        return super().changelist_view(request, {**context, "list_links": links})

    def list_links(self, request: HttpRequest) -> list[dict[str, str]]:
        """Hook: other pages that belong to the list."""
        return []

    def export_link(self, request: HttpRequest) -> dict[str, str]:
        asked = _filters(request)
        url = f"{reverse(self.name_of('export'))}{asked and '?' + asked}"
        return {"url": url, "title": _("导出"), "icon": "download"}

    def export_view(self, request: HttpRequest) -> HttpResponse:
        """Kinds with the number of their rows, and the formats that can say them."""
        if not self.has_view_permission(request):
            raise Http404
        rows, asked = self.listed_rows(request), _filters(request)
        context = {
            "title": self.export_title,
            "kinds": [self._kind(principal_of(request), rows, kind, asked) for kind in self.exported],
            "limit": MAX_ROWS,
            "back_url": f"{reverse(self.name_of('changelist'))}?{asked}",
            "is_narrowed": bool(asked),
            "is_own": self.model is not Resource,
        }
        return bare_page(self, request, "admin/backoffice/export.html", context)

    def _kind(self, principal: Principal, rows: Rows, kind: str, asked: str) -> dict[str, Any]:
        count = exportable(principal, rows, kind=kind).count()
        files = [
            {"title": known.title, "url": f"{reverse(self.name_of('exported'), args=[kind, name])}?{asked}"}
            for name, known in FORMATS.items()
            if known.can_say(kind)
        ]
        return {"label": ImportKind(kind).label, "count": count, "files": files if 0 < count <= MAX_ROWS else []}

    def export_file_view(self, request: HttpRequest, kind: str, name: str) -> HttpResponse:
        """One file. A list that is too long for one is sent back to be narrowed."""
        known = FORMATS.get(name)
        is_one = known is not None and kind in self.exported and known.can_say(kind)
        if known is None or not is_one or not self.has_view_permission(request):
            raise Http404
        rows = self.listed_rows(request)
        if exportable(principal_of(request), rows, kind=kind).count() > MAX_ROWS:
            messages.error(request, _("最多导出 %(limit)d 条：请用筛选或查找缩小范围。") % {"limit": MAX_ROWS})
            return HttpResponseRedirect(f"{reverse(self.name_of('export'))}?{_filters(request)}")
        content = export_rows(principal_of(request), rows, kind=kind, name=name)
        answer = HttpResponse(content, content_type=known.media_type)
        filename = f"{ImportKind(kind).label}-{today():%Y%m%d}.{known.suffix}"
        answer["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=filename)
        return answer

    def listed_rows(self, request: HttpRequest) -> Rows:
        """The rows of the list as it is filtered and searched, on all its pages."""
        try:
            found = self.get_changelist_instance(request).queryset
        except IncorrectLookupParameters as error:
            raise SuspiciousOperation("unlisted parameter") from error
        return visible_rows(self.model, principal_of(request)).filter(pk__in=found.order_by().values("pk"))

    def get_urls(self) -> list[Any]:
        view = self.admin_site.admin_view
        prefix = f"{self.opts.app_label}_{self.opts.model_name}"
        return [
            path("export/", view(self.export_view), name=f"{prefix}_export"),
            path("export/<slug:kind>/<slug:name>/", view(self.export_file_view), name=f"{prefix}_exported"),
            *super().get_urls(),
        ]


def _filters(request: HttpRequest) -> str:
    """What narrows the list, without its page and its order."""
    asked: QueryDict = request.GET.copy()
    for name in ("p", "o"):
        asked.pop(name, None)
    return asked.urlencode()
