"""Framework agreements: a form while they are drafts, then read, renewed, ended; and what came of each promise."""

from datetime import timedelta
from typing import Any

from django import forms
from django.contrib import admin
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import path
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from unfold import widgets

from backoffice.agreement_files import AgreementFiles
from backoffice.agreement_panels import PANELS, STEPS
from backoffice.base import ChildRows
from backoffice.changelist import name_column
from backoffice.details import EMPTY
from backoffice.filters import Rows, choice_filter, rule_filter
from backoffice.forms import RecordForm
from backoffice.framework import display
from backoffice.inlines import RowsInline
from backoffice.keys import parse_public_id
from backoffice.panels import PanelsMixin
from backoffice.principals import principal_of
from backoffice.rows import visible_rows
from ledger.downloads import to_keep
from matching.agreement_choices import AgreementKind, AgreementScope, AgreementState
from matching.models import Agreement, AgreementCommitment, AgreementDocument, AgreementParty, AgreementStep
from matching.services.agreement_states import keeps
from matching.services.agreements import AgreementParts, add_document, change_draft, draft_agreement
from matching.services.negotiation_files import MEDIA_TYPES, MOST_BYTES
from zones.scoping import Principal, today
from zones.wording import plain_text

TONES = {
    AgreementState.DRAFT: "warning",
    AgreementState.DROPPED: "default",
    AgreementState.IN_FORCE: "success",
    AgreementState.EXPIRED: "danger",
    AgreementState.ENDED: "danger",
    AgreementState.RENEWED: "info",
}


class AgreementForm(RecordForm):
    """The columns, and the signed document beside them."""

    file = forms.FileField(
        label=_("签署文件"),
        required=False,
        help_text=_("PDF、Word、Excel 或图片，10 MB 以内；登记生效前须上传，平台保存其 SHA-256"),
        widget=widgets.UnfoldAdminFileFieldWidget(),
    )

    def values(self) -> dict[str, Any]:
        return super().values() | {"file": self.cleaned_data.get("file")}


class PartyInline(RowsInline):
    model = AgreementParty
    fk_name = "agreement"
    fields = ("zone", "association", "organization", "name_zh")
    verbose_name_plural = _("签署方（至少两个；每行只填一项，按行计序号）")
    max_num = 60


class CommitmentInline(RowsInline):
    model = AgreementCommitment
    fk_name = "agreement"
    fields = ("party_position", "what_zh", "target", "unit", "due_on")
    verbose_name_plural = _("承诺事项（谁、做什么、多少、何时前）")
    max_num = 60


def _by_expiry(rows: Rows, value: str, principal: Principal) -> Rows:
    return rows.filter(state=AgreementState.IN_FORCE, valid_to__lte=today() + timedelta(days=int(value)))


def _by_scope(rows: Rows, value: str, principal: Principal) -> Rows:
    return rows.filter(scopes__contains=[value])


ExpiryFilter = rule_filter("expires", _("到期"), [("30", _("30 天内到期")), ("90", _("90 天内到期"))], _by_expiry)
ScopeFilter = rule_filter("scope", _("合作范围"), list(AgreementScope.choices), _by_scope)


@admin.register(Agreement)
class AgreementAdmin(AgreementFiles, PanelsMixin):
    """Whoever keeps a draft writes it; once in force it is read by all parties."""

    form = AgreementForm
    add_title = _("登记协议")
    when_empty = _("登记第一份合作协议后，会显示在这里。")
    ordering = ("-valid_from", "-id")
    shown_title = name_column(_("协议名称"), "title_zh")
    list_display = ("shown_title", "kind", "shown_parties", "shown_state", "valid_from", "valid_to")
    list_filter = (
        choice_filter("state", _("状态"), AgreementState.choices),
        choice_filter("kind", _("协议类型"), AgreementKind.choices),
        ScopeFilter,
        ExpiryFilter,
    )
    search_fields = ("title_zh", "title_en", "summary_zh")
    search_help_text = _("按协议名称、内容查找")
    actions = None
    inlines = (PartyInline, CommitmentInline)
    panels = PANELS
    steps = STEPS
    fieldsets = (
        (
            _("协议"),
            {
                "fields": (("zone", "association"), ("kind", "title_zh"), "title_en", "summary_zh"),
                "description": _("由一个高新区或一个联盟登记；登记生效前只有登记方可见。"),
            },
        ),
        (_("范围"), {"fields": ("scopes", "industry_codes", "dimension")}),
        (_("期限与文件"), {"fields": ("signed_on", ("valid_from", "valid_to"), "file")}),
    )

    def has_module_permission(self, request: HttpRequest) -> bool:
        principal = principal_of(request)
        return principal.is_system or bool(principal.own_zones or principal.secretariats)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.has_module_permission(request) and super().has_view_permission(request, obj)

    def may_write_here(self, principal: Principal) -> bool:
        return super().may_write_here(principal) or bool(principal.secretariats)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Only a draft is changed, by who keeps it."""
        if obj is None or obj.pk is None:
            return super().has_change_permission(request, obj)
        return obj.state == AgreementState.DRAFT and keeps(principal_of(request), obj)

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "scopes":
            return forms.MultipleChoiceField(
                label=db_field.verbose_name,
                choices=AgreementScope.choices,
                widget=widgets.UnfoldAdminSelect2MultipleWidget(),
            )
        return super().formfield_for_dbfield(db_field, request, **kwargs)

    def write(
        self, principal: Principal, *, row: Any, version: int | None, values: dict[str, Any], rows: ChildRows
    ) -> Any:
        upload = values.pop("file", None)
        parts = AgreementParts(parties=rows.get("parties"), commitments=rows.get("commitments"))
        if row is None:
            stored = draft_agreement(principal, with_parts=parts, **values)
        else:
            stored = change_draft(principal, agreement_id=row.pk, version=version, with_parts=parts, **values)
        if upload is None:
            return stored
        upload.seek(0)  # a refused form is read a second time
        content = upload.read(MOST_BYTES + 1)
        return add_document(
            principal, agreement_id=stored.pk, version=stored.version, name=upload.name, content=content
        ).agreement

    # The list and one agreement

    def prepare_page(self, request: HttpRequest, rows: list[Any]) -> None:
        parties = visible_rows(AgreementParty, principal_of(request)).filter(agreement__in=rows)
        by_key = {row.pk: row for row in rows}
        for row in rows:
            row.told_parties = []
        for party in parties.select_related("zone", "association", "organization").order_by("position"):
            by_key[party.agreement_id].told_parties.append(str(party))

    @admin.display(description=_("签署方"))
    def shown_parties(self, row: Any) -> str:
        return " · ".join(row.told_parties)

    @display(description=_("状态"), label=TONES)
    def shown_state(self, row: Agreement) -> tuple[str, str]:
        return row.state, row.get_state_display()

    def record_context(self, request: HttpRequest, row: Any) -> dict[str, Any]:
        self.prepare_page(request, [row])
        told = {
            "record_badge": {"text": row.get_state_display(), "type": TONES[row.state]},
            "record_facts": [row.get_kind_display(), " · ".join(row.told_parties)],
            "record_note": _note(row),
        }
        return super().record_context(request, row) | told

    def read_fieldsets(self, request: HttpRequest, row: Any) -> list[tuple[Any, list[str]]]:
        what = ["zone", "association", "kind", "title_en", "summary_zh", "scopes", "industry_codes", "dimension"]
        what.append("renews")
        days = ["signed_on", "valid_from", "valid_to", "document_sha256", "ended_on", "end_reason", "end_zh"]
        return [(gettext("协议"), what), (gettext("期限与文件"), days)]

    def read_tables(self, request: HttpRequest, row: Any, *, is_own: bool) -> list[dict[str, Any]]:
        principal = principal_of(request)

        def found(model: Any, *related: str) -> Any:
            return visible_rows(model, principal).filter(agreement=row).select_related(*related)

        parties = list(found(AgreementParty, "zone", "association", "organization"))
        names = {party.position: str(party) for party in parties}
        promises = [
            [names.get(one.party_position, EMPTY), one.what_zh, f"{one.target:f} {one.unit}", one.due_on,
             EMPTY if one.actual is None else f"{one.actual:f} {one.unit}", one.reported_on or EMPTY,
             one.evidence_zh or EMPTY]
            for one in found(AgreementCommitment)
        ]  # fmt: skip
        documents = [
            [self._link(row, one), one.sha256, plain_text("", one.at)]
            for one in found(AgreementDocument).defer("content")
        ]
        steps = [
            [plain_text("", one.at), one.get_to_state_display(), one.on_day, one.user or EMPTY, _said(one) or EMPTY]
            for one in found(AgreementStep, "user")
        ]
        promise = [gettext("承诺方"), gettext("承诺事项"), gettext("目标值"), gettext("应完成日")]
        promise += [gettext("实际值"), gettext("实际值的日期"), gettext("凭证")]
        step = [gettext("登记时间"), gettext("状态"), gettext("日期"), gettext("经手人"), gettext("说明")]
        return [
            {"title": gettext("签署方"), "headings": [gettext("签署方")], "rows": [[str(one)] for one in parties]},
            *([{"title": gettext("承诺事项"), "headings": promise, "rows": promises}] if promises else []),
            {
                "title": gettext("签署文件"),
                "headings": [gettext("文件名"), "SHA-256", gettext("时间")],
                "rows": documents,
            },
            {"title": gettext("协议进程"), "headings": step, "rows": steps},
        ]

    def _link(self, row: Any, document: Any) -> str:
        return format_html('<a href="{}">{}</a>', self.url_of(row, "document", str(document.public_id)), document.name)

    def document_view(self, request: HttpRequest, object_id: str, document_id: str) -> HttpResponse:
        """One signed document, to be saved and not opened here."""
        row, key = self.row_or_404(request, object_id), parse_public_id(document_id)
        rows = visible_rows(AgreementDocument, principal_of(request)).filter(agreement=row)
        document = rows.filter(public_id=key).first() if key else None
        if document is None:
            raise Http404
        return to_keep(bytes(document.content), MEDIA_TYPES[document.kind], document.name)

    def get_urls(self) -> list[Any]:
        view, name = self.admin_site.admin_view, self.name_of("document").removeprefix("admin:")
        return [
            path("<path:object_id>/documents/<str:document_id>/", view(self.document_view), name=name),
            *super().get_urls(),
        ]


def _note(row: Any) -> str:
    """What has to be done before it is in force, or until when it is."""
    if row.state == AgreementState.DRAFT:
        return gettext("草稿：填写签署日、上传签署文件后登记生效。生效前只有登记方可见。")
    if row.state == AgreementState.IN_FORCE and row.valid_to:
        return gettext("有效至 %(day)s（含当天）；到期前 30、7、1 天提醒各方。") % {"day": row.valid_to.isoformat()}
    return ""


def _said(step: Any) -> str:
    return " · ".join(text for text in (str(step.get_reason_display()), step.words_zh) if text)
