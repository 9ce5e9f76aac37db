"""The guests of an event as a file, for its badges and its report: what who organizes may read, no contacts."""

from collections.abc import Iterator
from typing import Any, Final

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import path
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from backoffice.base import ScopedModelAdmin
from backoffice.event_rows import guests_of
from backoffice.principals import principal_of
from backoffice.rows import is_on_own_side
from zones.exporting.formats import XLSX
from zones.exporting.tables import csv_of, xlsx_of
from zones.scoping import Principal, today

FORMATS: Final = ("csv", "xlsx")


class ExportPages(ScopedModelAdmin):
    """Two files beside the list of guests."""

    def export_links(self, row: Any) -> list[dict[str, str]]:
        return [
            {"url": self.url_of(row, "exported", name), "title": _("导出 %(format)s") % {"format": name.upper()}}
            for name in FORMATS
        ]

    def exported_view(self, request: HttpRequest, object_id: str, name: str) -> HttpResponse:
        row, principal = self.row_or_404(request, object_id), principal_of(request)
        if name not in FORMATS or not is_on_own_side(row, principal):
            raise Http404
        table = _table(principal, row)
        content = csv_of(table) if name == "csv" else xlsx_of(table, title=_("报名名单"))
        answer = HttpResponse(content, content_type="text/csv; charset=utf-8" if name == "csv" else XLSX)
        filename = f"{_('报名名单')}-{today():%Y%m%d}.{name}"
        answer["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=filename)
        return answer

    def get_urls(self) -> list[Any]:
        view = self.admin_site.admin_view(self.exported_view)
        route = path("<path:object_id>/guests/export/<slug:name>/", view, name="matching_event_exported")
        return [route, *super().get_urls()]


def _table(principal: Principal, row: Any) -> Iterator[list[Any]]:
    yield [
        *(_("单位"), _("高新区"), _("状态"), _("人数"), _("参会人"), _("希望洽谈的内容"), _("列入参会名单")),
        *(_("报名时间"), _("签到时间"), _("签到码")),
    ]
    for guest in guests_of(principal, row):
        yield [
            *(str(guest.organization), str(guest.organization.zone or ""), str(guest.get_state_display())),
            *(guest.seats, guest.attendees_zh, guest.brings_zh, _("是") if guest.is_listed else _("否")),
            *(_time(guest.asked_at), _time(guest.checked_in_at), guest.code),
        ]


def _time(at: Any) -> str:
    return "" if at is None else timezone.localtime(at).strftime("%Y-%m-%d %H:%M")
