"""The papers of a need, for its own side: each as a page to print, as DOCX and as PDF."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import path
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from backoffice import results
from backoffice.base import ScopedModelAdmin
from backoffice.papers import card, report
from backoffice.papers.blocks import Block, Paper, numbered
from backoffice.principals import principal_of
from backoffice.rows import is_on_own_side
from matching.models import Need
from zones.scoping import Principal

TYPES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
}


@dataclass(frozen=True, slots=True)
class Kind:
    """One paper: its name in addresses, its title, and what stands in it."""

    name: str
    title: Any
    blocks: Callable[[Need, Principal], tuple[Block, ...]]
    has_cover: bool
    hint: Any


KINDS = (
    Kind(
        "report",
        gettext_lazy("对接建议书"),
        report.blocks_of,
        has_cover=True,
        hint=gettext_lazy("入围资源（没有入围时为前五名）的得分、理由与指标比对，供本园区与需求单位研究。"),
    ),
    Kind(
        "card",
        gettext_lazy("需求卡片"),
        card.blocks_of,
        has_cover=False,
        hint=gettext_lazy("不含单位名称、预算，可转给其他园区与资源方。"),
    ),
    Kind(
        "signing-card",
        gettext_lazy("需求卡片（授权书）"),
        card.signing_blocks_of,
        has_cover=False,
        hint=gettext_lazy("含单位名称与预算，仅交需求单位核对、签字，请勿转发。"),
    ),
)


clock: Callable[[], datetime] = timezone.localtime


def paper_of(kind: Kind, need: Need, principal: Principal, *, printed_by: str, now: datetime) -> Paper:
    """The paper as its reader gets it at that time."""
    return Paper(
        title=str(kind.title),
        subject=str(need),
        facts=report.facts_of(need, now.date().isoformat()),
        blocks=kind.blocks(need, principal),
        footer=_footer(kind, need, printed_by, now.strftime("%Y-%m-%d %H:%M")),
        has_cover=kind.has_cover,
        is_chinese=(get_language() or "zh-hans").startswith("zh"),
    )


def _footer(kind: Kind, need: Need, printed_by: str, at: str) -> str:
    """From which run and configuration a report comes; a card that is handed on names no one."""
    if not kind.has_cover:
        return _("%(number)s · %(at)s 制作") % {"number": card.number_of(need), "at": at}
    live = results.live_run(need)
    made = results.live_run_text(live) if live else _("尚未匹配")
    return _("%(made)s · %(who)s %(at)s 打印") % {"made": made, "who": printed_by, "at": at}


class PaperPages(ScopedModelAdmin):
    """Three views per paper; whoever is not of the need's side gets 404."""

    def paper(self, request: HttpRequest, object_id: str, kind: Kind) -> tuple[Need, Paper]:
        need, principal = self.row_or_404(request, object_id), principal_of(request)
        if not is_on_own_side(need, principal):
            raise Http404
        return need, paper_of(kind, need, principal, printed_by=str(request.user), now=clock())

    def paper_view(self, request: HttpRequest, object_id: str, kind: Kind) -> HttpResponse:
        """The paper as a page: read, print, or take along as a file."""
        need, paper = self.paper(request, object_id, kind)
        others = [{"kind": one, "url": self.url_of(need, one.name), "is_here": one is kind} for one in KINDS]
        files = [{"ending": ending.upper(), "url": self.url_of(need, f"{kind.name}_{ending}")} for ending in TYPES]
        blocks = numbered(paper.blocks, is_chinese=paper.is_chinese)
        context = {"paper": paper, "blocks": blocks, "papers": others, "files": files, "hint": kind.hint}
        return self.page(request, "admin/backoffice/paper.html", need, context | {"title": paper.title})

    def file_view(self, request: HttpRequest, object_id: str, kind: Kind, ending: str) -> HttpResponse:
        """The paper as a file with a Chinese name."""
        _need, paper = self.paper(request, object_id, kind)
        answer = HttpResponse(bytes_of(paper, ending), content_type=TYPES[ending])
        name = f"{paper.file_name}.{ending}"
        answer["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name) or ""
        return answer

    def tabs(self, request: HttpRequest, row: Any, *, is_own: bool) -> list[dict[str, Any]]:
        found = super().tabs(request, row, is_own=is_own)
        if not is_own:
            return found
        urls = [self.url_of(row, kind.name) for kind in KINDS]
        return [*found, {"url": urls[0], "title": _("文书"), "icon": "print", "is_here": request.path in urls}]

    def get_urls(self) -> list[Any]:
        routes = [
            route
            for kind in KINDS
            for route in (self._page_route(kind), *[self._file_route(kind, ending) for ending in TYPES])
        ]
        return [*routes, *super().get_urls()]

    def _page_route(self, kind: Kind) -> Any:
        view = self.admin_site.admin_view(self.paper_view)
        return path(f"<path:object_id>/{kind.name}/", view, {"kind": kind}, name=f"matching_need_{kind.name}")

    def _file_route(self, kind: Kind, ending: str) -> Any:
        view, named = self.admin_site.admin_view(self.file_view), {"kind": kind, "ending": ending}
        name = f"matching_need_{kind.name}_{ending}"
        return path(f"<path:object_id>/{kind.name}.{ending}", view, named, name=name)


def bytes_of(paper: Paper, ending: str) -> bytes:
    """The writers are loaded when a file is asked for: they are large, and most pages need neither."""
    if ending == "docx":
        from backoffice.papers.as_docx import docx_of

        return docx_of(paper)
    from backoffice.papers.as_pdf import pdf_of

    return pdf_of(paper)
