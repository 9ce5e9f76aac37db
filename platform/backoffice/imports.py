"""Imports: a file goes in, its columns are named, its rows checked, all of them written, and taken back if need be."""

from typing import Any

from django import forms
from django.contrib import admin
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import path, reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from unfold import widgets

from backoffice import staged
from backoffice.bare import bare_page
from backoffice.base import is_editable
from backoffice.cooperation_panels import StepForm
from backoffice.details import EMPTY
from backoffice.filters import Rows, ZoneFilter, choice_filter, rule_filter
from backoffice.framework import display
from backoffice.panels import Panel, PanelsMixin, submitted
from backoffice.polling import POLL_SECONDS, progress_fragment
from backoffice.principals import principal_of
from backoffice.receipts import file_facts, limits_told, progress_of, stages, with_faults
from backoffice.steps import Step, version_read
from backoffice.uploads import ColumnsForm, UploadForm, kinds_of, lacks_owner, missing
from zones.choices import ImportKind, ImportState
from zones.errors import listed
from zones.exporting.comments import commented
from zones.exporting.formats import XLSX
from zones.exporting.tables import to_xlsx
from zones.importing import jobs
from zones.importing.kinds import IMPORTABLE
from zones.importing.mapping import Title
from zones.importing.mixed import told_types
from zones.importing.other_zones import is_zone_column
from zones.models import ImportJob
from zones.scoping import Principal

WORKING = (ImportState.READING, ImportState.APPLYING, ImportState.UNDOING)
OPEN = (ImportState.STAGED, ImportState.REFUSED)
STATE_LABELS = {
    ImportState.APPLIED: "success",
    ImportState.REFUSED: "danger",
    ImportState.STAGED: "warning",
    **dict.fromkeys(WORKING, "info"),
}


def _with_faults(rows: Rows, value: str, principal: Principal) -> Rows:
    return rows.filter(with_faults(principal))


def _may(principal: Principal, job: ImportJob, *states: ImportState) -> bool:
    return job.state in states and is_editable(ImportJob)(principal, job)


class RestatingForm(StepForm):
    """Why rows are written that change what was published."""

    reason = forms.CharField(
        label=_("原因"), max_length=300, help_text=_("将写入重述的版次，例如：补报 2024 年一项成果转化"),
        widget=widgets.UnfoldAdminTextareaWidget(attrs={"rows": 3}),
    )  # fmt: skip


STEPS = (
    Step(
        "apply",
        _("写入"),
        "save",
        lambda principal, job, version: jobs.apply_import(principal, job_id=job.pk, version=version),
        lambda principal, job: staged.is_ready(job) and not job.published and _may(principal, job, ImportState.STAGED),
        _("已开始写入"),
        style="primary",
    ),
    Step(
        "check",
        _("重新核对"),
        "refresh",
        lambda principal, job, version: jobs.check_again(principal, job_id=job.pk, version=version),
        lambda principal, job: _may(principal, job, *OPEN),
        _("正在重新核对"),
    ),
    Step(
        "undo",
        _("撤销本次导入"),
        "undo",
        lambda principal, job, version: jobs.undo_import(principal, job_id=job.pk, version=version),
        lambda principal, job: _may(principal, job, ImportState.APPLIED),
        _("已开始撤销"),
        style="danger",
        confirm=_("新增的记录将下线（需求则撤回），有变化的记录恢复原值。确定撤销？"),
    ),
)


@admin.register(ImportJob)
class ImportJobAdmin(PanelsMixin):
    """One job a page; where it stands says what the page shows."""

    steps = STEPS
    panels = (
        Panel(
            "apply-with-reason", _("改变已发布的统计"), _("按此原因写入"),
            lambda principal, job, data: RestatingForm(data, initial={"version": jobs.version_of(job)}),
            lambda principal, job, values: jobs.apply_import(principal, job_id=job.pk, **values),
            lambda principal, job: bool(job.published) and _may(principal, job, ImportState.STAGED),
            _("已开始写入"),
        ),
    )  # fmt: skip
    add_title = _("导入文件")
    when_empty = _("上传现有的 Excel 或 CSV 目录，逐格核对后再写入，写入后可整体撤销。")
    ordering = ("-created_at",)
    list_display = ("shown_file", "kind", "shown_state", "shown_counts", "zone", "shown_who", "created_at")
    list_select_related = ("zone", "file", "requested_by")
    list_filter = (
        rule_filter("faults", _("问题"), [("yes", _("有错误，待更正"))], _with_faults),
        choice_filter("kind", _("导入内容"), ImportKind.choices),
        choice_filter("state", _("状态"), ImportState.choices),
        ZoneFilter,
    )
    search_fields = ("file__name",)
    search_help_text = _("按文件名查找")
    actions = None

    def get_queryset(self, request: HttpRequest) -> Rows:
        """Without the files themselves: a page of fifty would load a gigabyte."""
        return super().get_queryset(request).select_related("file", "zone").defer("file__content")

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """A job is looked at; it moves by steps."""
        return False

    def version_of(self, row: ImportJob) -> int:
        return jobs.version_of(row)

    # The list

    @display(description=_("文件"))
    def shown_file(self, job: ImportJob) -> str:
        return job.file.name

    @display(description=_("状态"), label=STATE_LABELS)
    def shown_state(self, job: ImportJob) -> tuple[str, str]:
        return job.state, job.get_state_display()

    @display(description=_("行数"))
    def shown_counts(self, job: ImportJob) -> str:
        return staged.counts_text(job)

    @display(description=_("操作人"))
    def shown_who(self, job: ImportJob) -> str:
        return str(job.requested_by) if job.requested_by else EMPTY

    # A new file

    def add_view(self, request: HttpRequest, form_url: str = "", extra_context: Any = None) -> HttpResponse:
        if not self.has_add_permission(request):
            raise Http404
        places = {
            name: self.formfield_for_foreignkey(ImportJob._meta.get_field(name), request)
            for name in ("zone", "organization")
        }
        is_system = principal_of(request).is_system
        form = UploadForm(places, request.POST or None, request.FILES or None, is_system=is_system)
        made: list[ImportJob] = []
        if form.is_valid() and submitted(form, lambda: made.append(self._start(request, form.cleaned_data))):
            return HttpResponseRedirect(self.url_of(made[0]))
        context = {"form": form, "title": gettext("导入文件"), "limits": limits_told()}
        context |= {"templates": self.templates(is_system=is_system)} | stages(None, "upload")
        return bare_page(self, request, "admin/backoffice/import_upload.html", context)

    def _start(self, request: HttpRequest, values: dict[str, Any]) -> ImportJob:
        file = values.pop("file")
        user: Any = request.user
        return jobs.start_import(principal_of(request), user=user, name=file.name, content=file.read(), **values)

    # One job

    def record_context(self, request: HttpRequest, row: ImportJob) -> dict[str, Any]:
        badge = {"text": row.get_state_display(), "type": STATE_LABELS.get(ImportState(row.state), "default")}
        facts = [row.get_kind_display(), str(row.zone)]
        named = {"subtitle": row.file.name, "record_title": row.file.name}
        return super().record_context(request, row) | {"record_badge": badge, "record_facts": facts} | named

    def tabs(self, request: HttpRequest, row: Any, *, is_own: bool) -> list[dict[str, Any]]:
        """None: the stages lead from page to page."""
        return []

    def read_view(self, request: HttpRequest, row: ImportJob, context: dict[str, Any]) -> HttpResponse:
        shown = stages(row, "write" if row.applied_at else "check", self.url_of(row, "columns"), self.url_of(row))
        if row.state in WORKING:
            shown |= progress_of(row) | {"progress_url": self.url_of(row, "progress"), "poll_seconds": POLL_SECONDS}
            return self.page(request, "admin/backoffice/import_working.html", row, context | shown)
        shown |= staged.context_of(row, principal_of(request), request.GET) | file_facts(row)
        titles = [Title(**title) for title in row.titles]
        shown |= {
            "job": row,
            "columns_url": self.url_of(row, "columns"),
            "comments_url": self.url_of(row, "comments"),
            "ignored": listed(title.title for title in titles if not title.field and not is_zone_column(title)),
            "missing": listed(missing(row)) if row.titles else "",
            "lacks_owner": lacks_owner(row),
            "mixed": told_types(row.kind, row.row_types),
            "may_add": self.has_add_permission(request),
        }
        return self.page(request, "admin/backoffice/import_job.html", row, context | shown)

    def progress_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        row = self.row_or_404(request, object_id)
        is_finished = row.state not in WORKING
        return progress_fragment(
            request, "admin/backoffice/import_progress.html", progress_of(row), is_finished=is_finished
        )

    def columns_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """What the titles mean, for those who may import; read by others of the zone."""
        row, principal = self.row_or_404(request, object_id), principal_of(request)
        if not row.titles:
            raise Http404
        may_choose = _may(principal, row, *OPEN)
        if request.method == "POST" and not may_choose:
            raise Http404
        form = ColumnsForm(row, request.POST if request.method == "POST" else None)
        if form.is_valid() and self._columns_chosen(request, row, form):
            return HttpResponseRedirect(self.url_of(row))
        context = stages(row, "columns", request.path, self.url_of(row)) | {
            "form": form, "may_choose": may_choose, "missing": listed(missing(row)), "title": gettext("列对应"),
            "record_steps": [],
        }  # fmt: skip
        return self.page(request, "admin/backoffice/import_columns.html", row, context)

    def _columns_chosen(self, request: HttpRequest, row: ImportJob, form: ColumnsForm) -> bool:
        columns = form.changed()
        if not columns:
            return True
        return submitted(
            form,
            lambda: jobs.choose_columns(
                principal_of(request), job_id=row.pk, columns=columns, version=version_read(request)
            ),
        )

    def comments_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """The file once more, with what is wrong beside each row."""
        row = self.row_or_404(request, object_id)
        if not staged.faulty(row):
            raise Http404
        answer = HttpResponse(commented(principal_of(request), row), content_type=XLSX)
        stem = row.file.name.rpartition(".")[0] or row.file.name
        name = gettext("%(file)s-核对意见.xlsx") % {"file": stem}
        answer["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name)
        return answer

    def template_view(self, request: HttpRequest, kind: str) -> HttpResponse:
        """A table of a kind with nothing but its headings, in the reader's language."""
        if kind not in IMPORTABLE or not self.has_add_permission(request):
            raise Http404
        answer = HttpResponse(to_xlsx([], kind), content_type=XLSX)
        name = gettext("%(kind)s-导入模板.xlsx") % {"kind": ImportKind(kind).label}
        answer["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name)
        return answer

    def templates(self, *, is_system: bool) -> list[dict[str, str]]:
        """A link to the template of each kind."""
        named = self.name_of("template")
        return [
            {"title": str(label), "url": reverse(named, args=[kind])} for kind, label in kinds_of(is_system=is_system)
        ]

    def get_urls(self) -> list[Any]:
        views = {"columns": self.columns_view, "progress": self.progress_view, "comments": self.comments_view}
        routes = [
            path(
                f"<path:object_id>/{name}/",
                self.admin_site.admin_view(view),
                name=self.name_of(name).removeprefix("admin:"),
            )
            for name, view in views.items()
        ]
        template, name = self.admin_site.admin_view(self.template_view), self.name_of("template").removeprefix("admin:")
        return [path("template/<slug:kind>/", template, name=name), *routes, *super().get_urls()]
