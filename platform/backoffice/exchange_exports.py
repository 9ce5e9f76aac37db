"""The list of exchanges as a file: the rows its filters give, and what both sides were told; never a contact."""

from collections.abc import Callable, Iterator
from typing import Any, Final, NamedTuple

from django.contrib import messages
from django.contrib.admin.options import IncorrectLookupParameters
from django.core.exceptions import SuspiciousOperation
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import path, reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from backoffice.base import ScopedModelAdmin
from backoffice.exchange_rows import own_sides, pair_of, resource_owners, sides_text
from backoffice.principals import principal_of
from backoffice.rows import Rows
from matching.models import Exchange
from zones.exporting.formats import XLSX
from zones.exporting.tables import csv_of, xlsx_of
from zones.importing.parsing.limits import MAX_ROWS
from zones.scoping import Principal, today

Table = Iterator[list[Any]]


class FileFormat(NamedTuple):
    """What writes a table, and how the file is served."""

    write: Callable[[Table], bytes]
    media_type: str


FORMATS: Final = {
    "csv": FileFormat(csv_of, "text/csv; charset=utf-8"),
    "xlsx": FileFormat(lambda table: xlsx_of(table, title=_("对接")), XLSX),
}


class ExportPages(ScopedModelAdmin):
    """Two files beside the list."""

    def export_links(self, request: HttpRequest) -> list[dict[str, str]]:
        asked = request.GET.copy()
        for name in ("p", "o"):
            asked.pop(name, None)
        return [
            {
                "url": f"{reverse('admin:matching_exchange_exported', args=[name])}?{asked.urlencode()}",
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
        answer = HttpResponse(known.write(_table(principal_of(request), rows)), content_type=known.media_type)
        filename = f"{_('对接')}-{today():%Y%m%d}.{name}"
        answer["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=filename)
        return answer

    def _listed(self, request: HttpRequest) -> Rows:
        try:
            rows: Rows = self.get_changelist_instance(request).queryset
        except IncorrectLookupParameters as error:
            raise SuspiciousOperation("unlisted parameter") from error
        return rows

    def get_urls(self) -> list[Any]:
        view = self.admin_site.admin_view(self.exported_view)
        return [path("export/<slug:name>/", view, name="matching_exchange_exported"), *super().get_urls()]


def _table(principal: Principal, rows: Rows) -> Table:
    """Headings, then a line for each exchange."""
    found: list[Exchange] = list(rows)
    owners = resource_owners(principal, found)
    yield _headings()
    for row in found:
        pair, owner = pair_of(row), owners.get(row.resource.organization_id, "")
        yield [
            *(str(row.public_id), pair.need, pair.resource, str(row.need.zone), str(row.resource.zone), owner),
            *(sides_text(own_sides(principal, row)), row.get_state_display(), row.get_asked_by_side_display()),
            *(_time(row.sent_at), row.answer_due_on.isoformat(), row.expires_on.isoformat(), _time(row.answered_at)),
            *(_time(row.ended_at), row.get_exit_side_display(), row.get_exit_reason_display(), row.exit_zh),
        ]


def _headings() -> list[str]:
    return [
        *(_("编号"), _("需求标题"), _("资源名称"), _("需求方园区"), _("资源方园区"), _("资源方"), _("我方"), _("状态")),
        *(_("发起方"), _("发起时间"), _("应答复日"), _("失效日"), _("答复时间")),
        *(_("结束时间"), _("结束方"), _("结束原因"), _("结束说明")),
    ]


def _time(at: Any) -> str:
    return "" if at is None else timezone.localtime(at).strftime("%Y-%m-%d %H:%M")
