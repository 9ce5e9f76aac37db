"""What every page of the back office shares: scoped rows, random keys, rights by principal, writes by services."""

from collections.abc import Sequence
from typing import Any, ClassVar

from django.contrib import messages
from django.contrib.admin import ShowFacets
from django.contrib.admin.utils import lookup_spawns_duplicates
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Model, Q
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from backoffice import details, history
from backoffice.changelist import ScopedChangeList, require_public
from backoffice.chosen import ChosenRows
from backoffice.counting import UpToPaginator
from backoffice.finding import holds, may_hold, words_of
from backoffice.forms import RecordForm
from backoffice.framework import BaseModelAdmin
from backoffice.inlines import RowsInline, ScopedFields
from backoffice.keys import parse_public_id, public_key
from backoffice.principals import principal_of
from backoffice.rows import Rows, editable_rows, is_on_own_side, own_side, visible_rows
from backoffice.steps import Step, version_read
from zones.errors import Conflict, DomainError, NotFound
from zones.models.base import ScopedModel
from zones.scoping import Principal

ChildRows = dict[str, list[dict[str, Any]]]


class ScopedModelAdmin(ChosenRows, ScopedFields, BaseModelAdmin):
    """A page whose rows, choices and rights come from the principal. Subclasses name columns and call services."""

    is_scoped_page = True
    form: Any = RecordForm
    change_list_template = "admin/backoffice/change_list.html"
    change_form_template = "admin/backoffice/change_form.html"
    show_full_result_count = False
    show_facets = ShowFacets.NEVER
    list_filter_submit = True
    list_fullwidth = True
    list_per_page = 50
    paginator = UpToPaginator
    list_max_show_all = 50
    compressed_fields = True
    warn_unsaved_form = True
    view_on_site = False
    preserve_filters = True
    steps: ClassVar[tuple[Step, ...]] = ()
    own_search_fields: ClassVar[tuple[str, ...]] = ()
    search_grams: ClassVar[Any] = None
    add_title: ClassVar[Any] = ""
    when_empty: ClassVar[Any] = ""

    def __init__(self, model: type[Model], admin_site: Any) -> None:
        super().__init__(model, admin_site)
        require_public(model, self.search_fields)
        require_public(model, self.get_ordering_fields())

    def get_ordering_fields(self) -> Sequence[str]:
        return [name for name in (self.ordering or ()) if isinstance(name, str)]

    # Rows and keys

    def get_queryset(self, request: HttpRequest) -> Rows:
        rows = visible_rows(self.model, principal_of(request))
        ordering = self.get_ordering(request)
        return rows.order_by(*ordering) if ordering else rows

    def key_of(self, row: Any) -> str:
        """The key of a row in addresses."""
        return public_key(row)

    def find(self, rows: Rows, key: str) -> Any:
        """The row with that key among the rows, or None."""
        public_id = parse_public_id(key)
        return rows.filter(public_id=public_id).first() if public_id else None

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> Any:
        return self.find(self.get_queryset(request), object_id)

    def row_or_404(self, request: HttpRequest, key: str) -> Any:
        row = self.get_object(request, key)
        if row is None:
            raise Http404
        return row

    def to_field_allowed(self, request: HttpRequest, to_field: str) -> bool:
        """Rows are known by their public key only."""
        return False

    def name_of(self, page: str) -> str:
        return f"admin:{self.opts.app_label}_{self.opts.model_name}_{page}"

    def url_of(self, row: Any, page: str = "change", *args: str) -> str:
        return reverse(self.name_of(page), args=[self.key_of(row), *args])

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> Any:
        return ScopedChangeList

    def prepare_page(self, request: HttpRequest, rows: list[Any]) -> None:
        """Hook: fetch at once what the rows of one list page show besides their columns."""

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest) -> bool:
        """Only the filters of the page; any other parameter is a 400."""
        return lookup in {getattr(item, "parameter_name", None) for item in self.get_list_filter(request)}

    def get_search_results(self, request: HttpRequest, queryset: Rows, search_term: str) -> tuple[Rows, bool]:
        """Rows of which each word stands in a public column, or in one of `own_search_fields` on the reader's side."""
        if not self.search_fields:
            return queryset, False
        for word in words_of(search_term):
            queryset = queryset.filter(self.holding(principal_of(request), word))
        return queryset, any(lookup_spawns_duplicates(self.opts, path) for path in self.search_fields)

    def holding(self, principal: Principal, word: str) -> Q:
        found = holds(word, self.search_fields)
        if self.own_search_fields:
            found |= own_side(self.model, principal) & holds(word, self.own_search_fields)
        return may_hold(word, self.search_grams) & found

    # Rights

    def may_write_here(self, principal: Principal) -> bool:
        """Whether the principal may add rows at all; where, the service says."""
        return principal.is_system or bool(principal.staff_zones)

    def has_module_permission(self, request: HttpRequest) -> bool:
        return principal_of(request).has_back_office

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        principal = principal_of(request)
        if obj is None or not principal.has_back_office:
            return principal.has_back_office
        return visible_rows(self.model, principal).filter(pk=obj.pk).exists()

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        principal = principal_of(request)
        if obj is None or obj.pk is None:
            return self.may_write_here(principal)
        known: dict[int, bool] = request.__dict__.setdefault(f"_may_change_{self.opts.label_lower}", {})
        if obj.pk not in known:
            known[obj.pk] = editable_rows(self.model, principal).filter(pk=obj.pk).exists()
        return known[obj.pk]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return self.may_write_here(principal_of(request))

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nothing is deleted: records are retired or withdrawn."""
        return False

    # Writing

    def write(
        self, principal: Principal, *, row: Any, version: int | None, values: dict[str, Any], rows: ChildRows
    ) -> Any:
        """Call the one service that stores this form; `row` is None for a new one. Raises DomainError."""
        raise NotFound(_("没有找到：它不存在，或您无权查看。"))

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        form = super().get_form(request, obj, change=change, **kwargs)
        inlines = self.get_inline_instances(request, obj)
        tables = frozenset(inline.model._meta.label_lower for inline in inlines)
        return type(form.__name__, (form,), {"request": request, "row_tables": tables})

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        """Nothing from the address; `initial_values` gives the defaults of a new record."""
        return self.initial_values(request)

    def initial_values(self, request: HttpRequest) -> dict[str, Any]:
        return {}

    def get_inline_instances(self, request: HttpRequest, obj: Any = None) -> list[Any]:
        return super().get_inline_instances(request, obj) if self.has_change_permission(request, obj) else []

    def get_formset_kwargs(self, request: HttpRequest, obj: Any, inline: Any, prefix: str) -> dict[str, Any]:
        kwargs: dict[str, Any] = super().get_formset_kwargs(request, obj, inline, prefix)
        if isinstance(inline, RowsInline) and request.method != "POST":
            kwargs["initial"] = inline.stored(request, obj) if obj.pk else []
        return kwargs

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Nothing: `save_related` has the rows as well, and writes record and rows by one service call."""

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        rows = {formset.prefix: formset.rows() for formset in formsets}
        stored = self.write(
            principal_of(request),
            row=form.instance if change else None,
            version=form.cleaned_data.get("version"),
            values=form.values(),
            rows=rows,
        )
        self.after_write(request, stored)
        form.instance.__dict__.update(stored.__dict__)

    def after_write(self, request: HttpRequest, stored: Any) -> None:
        """Hook, in the transaction of the write: the step of the button that was pressed."""

    def _changeform_view(self, request: HttpRequest, object_id: Any, form_url: str, extra_context: Any) -> Any:
        """Django's view, once more with the refusal on the form when the service said no; nothing is stored then."""
        if request.method != "POST":
            return super()._changeform_view(request, object_id, form_url, extra_context)  # type: ignore[misc]
        try:
            with transaction.atomic():
                return super()._changeform_view(request, object_id, form_url, extra_context)  # type: ignore[misc]
        except NotFound as error:
            raise Http404 from error
        except DomainError as error:
            request.refusal = error  # type: ignore[attr-defined]
        answer = super()._changeform_view(request, object_id, form_url, extra_context)  # type: ignore[misc]
        answer.status_code = 409 if isinstance(request.refusal, Conflict) else 200  # type: ignore[attr-defined]
        return answer

    def changeform_view(
        self, request: HttpRequest, object_id: str | None = None, form_url: str = "", extra_context: Any = None
    ) -> Any:
        if object_id is None:
            context = {"title": str(self.add_title), **(extra_context or {})}
            return super().changeform_view(request, None, form_url, context)
        row = self.row_or_404(request, object_id)
        may_change = self.has_change_permission(request, row)
        if request.method == "POST" and not may_change:
            raise PermissionDenied
        context = {**self.record_context(request, row), **(extra_context or {})}
        if not may_change:
            return self.read_view(request, row, context)
        return super().changeform_view(request, object_id, form_url, context)

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> Any:
        context = {"title": str(self.opts.verbose_name_plural), "add_title": self.add_title}
        return super().changelist_view(request, {**context, **(extra_context or {})})

    def _get_obj_does_not_exist_redirect(self, request: HttpRequest, opts: Any, object_id: str) -> Any:
        raise Http404

    def construct_change_message(self, request: HttpRequest, form: Any, formsets: Any, add: bool = False) -> Any:
        return []

    def log_addition(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        """The history is the database's (pghistory), not Django's log."""

    def log_change(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        """The history is the database's (pghistory), not Django's log."""

    def response_add(self, request: HttpRequest, obj: Any, post_url_continue: str | None = None) -> HttpResponse:
        return self._saved(request, obj)

    def response_change(self, request: HttpRequest, obj: Any) -> HttpResponse:
        return self._saved(request, obj)

    def _saved(self, request: HttpRequest, obj: Any) -> HttpResponse:
        messages.success(request, _("已保存：%(name)s") % {"name": obj})
        return HttpResponseRedirect(self.url_after_save(request, obj))

    def url_after_save(self, request: HttpRequest, row: Any) -> str:
        return self.url_of(row)

    # Pages of one record

    def record_context(self, request: HttpRequest, row: Any) -> dict[str, Any]:
        """What the bar above a record shows: its steps, its tabs, whether it is the reader's own."""
        principal = principal_of(request)
        is_own = is_on_own_side(row, principal)
        return {
            "record_steps": [
                {"step": step, "url": self.url_of(row, "step", step.name)}
                for step in self.steps
                if step.is_offered(principal, row)
            ],
            "record_tabs": self.tabs(request, row, is_own=is_own),
            "record_version": self.version_of(row),
            "is_own_record": is_own,
            "subtitle": str(row),
        }

    def tabs(self, request: HttpRequest, row: Any, *, is_own: bool) -> list[dict[str, Any]]:
        may_change = self.has_change_permission(request, row)
        found = [("change", _("编辑") if may_change else _("详情"), "edit" if may_change else "article")]
        if self.may_read_history(request, is_own=is_own):
            found.append(("history", _("修改记录"), "history"))
        return [
            {"url": (url := self.url_of(row, page)), "title": title, "icon": icon, "is_here": url == request.path}
            for page, title, icon in found
        ]

    def read_view(self, request: HttpRequest, row: Any, context: dict[str, Any]) -> HttpResponse:
        """The record for those who may read but not change it."""
        sections = self.read_sections(request, row, is_own=bool(context["is_own_record"]))
        tables = self.read_tables(request, row, is_own=bool(context["is_own_record"]))
        return self.page(
            request, "admin/backoffice/detail.html", row, {**context, "sections": sections, "tables": tables}
        )

    def read_sections(self, request: HttpRequest, row: Any, *, is_own: bool) -> list[dict[str, Any]]:
        return details.sections(row, self.read_fieldsets(request, row), principal_of(request), is_own=is_own)

    def read_fieldsets(self, request: HttpRequest, row: Any) -> list[tuple[Any, list[str]]]:
        """Fieldsets as (title, field names)."""
        return [
            (details.unnumbered(title), details.flat(options["fields"]))
            for title, options in self.get_fieldsets(request, row)
        ]

    def read_tables(self, request: HttpRequest, row: Any, *, is_own: bool) -> list[dict[str, Any]]:
        """Hook: the rows below a record, for reading."""
        return []

    def page(self, request: HttpRequest, template: str, row: Any, context: dict[str, Any]) -> TemplateResponse:
        request.current_app = self.admin_site.name
        return TemplateResponse(
            request,
            template,
            {
                **self.admin_site.each_context(request),
                **self.record_context(request, row),
                "opts": self.opts,
                "original": row,
                "title": str(self.opts.verbose_name),
                **context,
            },
        )

    def may_read_history(self, request: HttpRequest, *, is_own: bool) -> bool:
        """The record's own side: earlier states are not for others. Who changed public facts is the system's."""
        is_ours = is_own if issubclass(self.model, ScopedModel) else principal_of(request).is_system
        return is_ours and history.is_tracked(self.model)

    def history_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> HttpResponse:
        row = self.row_or_404(request, object_id)
        if not self.may_read_history(request, is_own=is_on_own_side(row, principal_of(request))):
            raise Http404
        entries = history.entries_of(row, principal_of(request))
        return self.page(request, "admin/backoffice/history.html", row, {"entries": entries})

    @method_decorator(require_POST)
    def step_view(self, request: HttpRequest, object_id: str, name: str) -> HttpResponse:
        """Run one step; a refusal is shown on the record."""
        row = self.row_or_404(request, object_id)
        step = next((known for known in self.steps if known.name == name), None)
        if step is None or not step.is_offered(principal_of(request), row):
            raise Http404
        try:
            step.run(principal_of(request), row, version_read(request))
        except NotFound as error:
            raise Http404 from error
        except DomainError as error:
            messages.error(request, details.refusal_text(error))
        else:
            messages.success(request, details.about(step.done, row))
        return HttpResponseRedirect(self.url_after_step(row, step))

    def version_of(self, row: Any) -> int | None:
        """What a step compares with what its reader saw."""
        return getattr(row, "version", None)

    def url_after_step(self, row: Any, step: Step) -> str:
        return self.url_of(row)

    def delete_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> Any:
        raise Http404

    def get_urls(self) -> list[Any]:
        route = path(
            "<path:object_id>/steps/<slug:name>/",
            self.admin_site.admin_view(self.step_view),
            name=self.name_of("step").removeprefix("admin:"),
        )
        return [route, *super().get_urls()]


def is_editable(model: type[ScopedModel]) -> Any:
    """Offer a step to those who may edit the row."""

    def offered(principal: Principal, row: Any) -> bool:
        return editable_rows(model, principal).filter(pk=row.pk).exists()

    return offered
