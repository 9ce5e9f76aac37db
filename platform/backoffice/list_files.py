"""A list of the back office as a file beside it: the rows its filters give, in the columns its admin names."""

from collections.abc import Callable, Iterator
from typing import Any, ClassVar, Final, NamedTuple

from django.contrib import messages
from django.contrib.admin.options import IncorrectLookupParameters
from django.core.exceptions import SuspiciousOperation
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import path, reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from backoffice.base import ScopedModelAdmin
from backoffice.principals import principal_of
from backoffice.rows import Rows
from zones.exporting.formats import XLSX
from zones.exporting.tables import csv_of, xlsx_of
from zones.importing.parsing.limits import MAX_ROWS
from zones.scoping import Principal, today

Table = Iterator[list[Any]]


class FileFormat(NamedTuple):
    """What writes a table under a title, and how the file is served."""

    write: Callable[[Table, str], bytes]
    media_type: str


FORMATS: Final = {
    "csv": FileFormat(lambda table, title: csv_of(table), "text/csv; charset=utf-8"),
    "xlsx": FileFormat(lambda table, title: xlsx_of(table, title=title), XLSX),
}


class ListFiles(ScopedModelAdmin):
    """Two files beside the list."""

    file_title: ClassVar[Any]

    def table(self, principal: Principal, rows: Rows) -> Table:
        """Headings, then a line for each row."""
        raise NotImplementedError

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> Any:
        links = [*(extra_context or {}).get("list_links", []), *self.export_links(request)]
        return super().changelist_view(request, (extra_context or {}) | {"list_links": links})

    def export_links(self, request: HttpRequest) -> list[dict[str, str]]:
        asked = request.GET.copy()
        for name in ("p", "o"):
            asked.pop(name, None)
        return [
            {
                "url": f"{reverse(self.name_of('exported'), args=[name])}?{asked.urlencode()}",
                "title": _("导出 %(format)s") % {"format": name.upper()},
                "icon": "download",
            }
            for name in FORMATS
        ]

    def exported_view(self, request: HttpRequest, name: str) -> HttpResponse:
        """One file. A list that is too long for one is sent back to be narrowed."""
        known = FORMATS.get(name)
        if known is None or not self.has_view_permission(request):
            raise Http404
        rows = self._listed(request)
        if rows.count() > MAX_ROWS:
            messages.error(request, _("最多导出 %(limit)d 条：请用筛选或查找缩小范围。") % {"limit": MAX_ROWS})
            return HttpResponseRedirect(f"{reverse(self.name_of('changelist'))}?{request.GET.urlencode()}")
        title = str(self.file_title)
        content = known.write(self.table(principal_of(request), rows), title)
        answer = HttpResponse(content, content_type=known.media_type)
        filename = f"{title}-{today():%Y%m%d}.{name}"
        answer["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=filename)
        return answer

    def _listed(self, request: HttpRequest) -> Rows:
        try:
            rows: Rows = self.get_changelist_instance(request).queryset
        except IncorrectLookupParameters as error:
            raise SuspiciousOperation("unlisted parameter") from error
        return rows

    def get_urls(self) -> list[Any]:
        view, name = self.admin_site.admin_view(self.exported_view), self.name_of("exported").partition(":")[2]
        return [path("export/<slug:name>/", view, name=name), *super().get_urls()]


def time_text(at: Any) -> str:
    """A moment in a cell."""
    return "" if at is None else timezone.localtime(at).strftime("%Y-%m-%d %H:%M")


def day_text(day: Any) -> str:
    return "" if day is None else str(day.isoformat())
