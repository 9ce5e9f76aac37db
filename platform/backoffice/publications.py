"""Publishing figures: put down as a draft, looked at with its rows, locked; restated with a reason, never changed."""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib import admin
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from unfold import widgets

from backoffice.base import ChildRows
from backoffice.changelist import name_column
from backoffice.cooperation_panels import StepForm
from backoffice.details import EMPTY
from backoffice.filters import choice_filter
from backoffice.framework import display
from backoffice.panels import Panel, PanelsMixin
from backoffice.principals import principal_of
from backoffice.publishable import Choices, Grouped, everything_publishable, publishable_figures
from backoffice.rows import editable_rows
from backoffice.steps import Step
from figures.answering import answer
from figures.choices import MILESTONES, LockState
from figures.evidence import evidence
from figures.models import LockedFigure
from figures.periods import name_of
from figures.questions import Question, question
from figures.services.locks import (
    asked_of,
    differs_from_rows,
    draft_figure,
    drop_draft,
    lock_figure,
    moved_since,
    open_draft,
)
from figures.units import plain
from zones.errors import InvalidInput
from zones.scoping import Principal

TONES = {
    LockState.DRAFT: "warning",
    LockState.LOCKED: "success",
    LockState.RESTATED: "default",
    LockState.DROPPED: "default",
}
MOST_ROWS = 200


def _milestones(offered: Grouped) -> Choices:
    return [("", "—"), *((key, str(name)) for key, name in MILESTONES.items())]


CHOICES = {"figure": publishable_figures, "scope": lambda offered: offered, "milestone": _milestones}


def _offered(request: HttpRequest) -> Grouped:
    """What the reader may publish of: read once for a form."""
    known: dict[str, Grouped] = request.__dict__
    if "_publishable" not in known:
        known["_publishable"] = everything_publishable(principal_of(request))
    return known["_publishable"]


class RestatementForm(StepForm):
    reason = forms.CharField(
        label=_("重述原因"), max_length=300, widget=widgets.UnfoldAdminTextareaWidget(attrs={"rows": 3})
    )


def _publishes(principal: Principal, row: Any) -> bool:
    return editable_rows(LockedFigure, principal).filter(pk=row.pk).exists()


def _is_draft(principal: Principal, row: Any) -> bool:
    return row.state == LockState.DRAFT and _publishes(principal, row)


def _is_locked(principal: Principal, row: Any) -> bool:
    return row.state == LockState.LOCKED and _publishes(principal, row)


def _restate(principal: Principal, row: Any, values: dict[str, Any]) -> Any:
    """A draft of the next version, as of today; the locked one stays until that is locked."""
    return _put_down(principal, asked_of(row, is_anew=True), values["reason"])


def _put_down(principal: Principal, asked: Question, reason: str) -> LockedFigure:
    """A draft. Where there is one already, the refusal leads to it."""
    if (draft := open_draft(principal, asked)) is not None:
        address = reverse("admin:figures_lockedfigure_change", args=[draft.public_id])
        words = gettext("该指标已有草稿：请先锁定或作废。"), address, gettext("打开草稿")
        raise InvalidInput.single("figure", format_html('{} <a href="{}">{}</a>', *words))
    return draft_figure(principal, asked=asked, reason=reason)


@admin.register(LockedFigure)
class PublicationAdmin(PanelsMixin):
    add_title = _("拟发布统计")
    when_empty = _("拟发布第一项统计后，会显示在这里。")
    list_title = _("统计发布：草稿与已发布")
    ordering = ("-id",)
    shown_sentence = name_column(_("表述"), "sentence_zh")
    list_display = ("shown_sentence", "shown_state", "number", "as_of", "evidence_count", "locked_at")
    list_filter = (choice_filter("state", _("状态"), LockState.choices),)
    search_fields = ("sentence_zh", "sentence_en", "figure")
    search_help_text = _("按表述、指标查找")
    actions = None
    panels = (
        Panel(
            "restate", _("重述"), _("拟重述"),
            lambda principal, row, data: RestatementForm(data, initial={"version": row.version}), _restate, _is_locked,
            _("已按现有记录拟出新版次：核对后锁定，原版次随之标为已重述"),
        ),
    )  # fmt: skip
    steps = (
        Step(
            "lock", _("锁定发布"), "lock", lambda principal, row, version: lock_figure(principal, locked_id=row.pk),
            _is_draft, _("已锁定：今后只能重述，不能修改"), style="primary",
            confirm=_("锁定后数值与依据不再改变，更正只能重述并写明原因。确定锁定？"),
        ),
        Step(
            "drop", _("作废草稿"), "delete", lambda principal, row, version: drop_draft(principal, locked_id=row.pk),
            _is_draft, _("草稿已作废"), style="danger",
        ),
    )  # fmt: skip
    fieldsets = (
        (
            _("统计"),
            {
                "fields": ("figure", "scope", ("period", "milestone"), "reason_zh"),
                "description": _("按现有记录计算并存为草稿，核对表述与依据后锁定。"),
            },
        ),
    )

    def may_write_here(self, principal: Principal) -> bool:
        return principal.is_system or bool(principal.manager_zones or principal.secretariats)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """What was put down is not edited: it is locked, dropped or restated."""
        return obj is None and super().has_change_permission(request, obj)

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        name, choices = db_field.name, CHOICES.get(db_field.name)
        if name == "period":
            kwargs["help_text"] = _(
                "例如 2024、2024-H1、2024-Q3、2024-05、2013..2024；年初至今写 2026-ytd。"
                "按某一天计的指标可留空，按今天计。"
            )
        if choices is None:
            return super().formfield_for_dbfield(db_field, request, **kwargs)
        return forms.ChoiceField(
            label=db_field.verbose_name, choices=choices(_offered(request)), required=name != "milestone",
            help_text=_("“促成”“完成”只用于分口径的指标，其余留空") if name == "milestone" else "",
            widget=widgets.UnfoldAdminSelectWidget(),
        )  # fmt: skip

    def write(
        self, principal: Principal, *, row: Any, version: int | None, values: dict[str, Any], rows: ChildRows
    ) -> Any:
        asked = question(
            values["figure"], scope=values["scope"], period=values.get("period") or "",
            milestone=values.get("milestone") or "", samples=settings.DEMO, reader=principal,
        )  # fmt: skip
        return _put_down(principal, asked, values.get("reason_zh") or "")

    @display(description=_("状态"), label=TONES)
    def shown_state(self, row: LockedFigure) -> tuple[str, str]:
        return row.state, str(row.get_state_display())

    def record_context(self, request: HttpRequest, row: Any) -> dict[str, Any]:
        told = {
            "record_badge": {"text": row.get_state_display(), "type": TONES[row.state]},
            "record_facts": [gettext("第 %(number)d 版") % {"number": row.number}],
            "record_note": _note(row),
        }
        return super().record_context(request, row) | told

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> Any:
        return super().changelist_view(request, {"title": str(self.list_title), **(extra_context or {})})

    def read_sections(self, request: HttpRequest, row: Any, *, is_own: bool) -> list[dict[str, Any]]:
        """With names where codes are kept."""
        names = {str(row._meta.get_field(name).verbose_name): told for name, told in _names(row).items()}
        sections = super().read_sections(request, row, is_own=is_own)
        for pair in (pair for section in sections for pair in section["pairs"]):
            pair["value"] = names.get(pair["label"], pair["value"])
        return sections

    def read_fieldsets(self, request: HttpRequest, row: Any) -> list[tuple[Any, list[str]]]:
        what = [
            *("sentence_zh", "sentence_en", "figure", "definition_version", "scope", "period", "milestone", "as_of"),
            *("value", "unit"),
        ]
        how = ["evidence_count", "evidence_sha256", "reason_zh", "locked_at"]
        return [(gettext("统计"), what), (gettext("依据"), how)]

    def read_tables(self, request: HttpRequest, row: Any, *, is_own: bool) -> list[dict[str, Any]]:
        shown = evidence(answer(asked_of(row)), principal_of(request), most=MOST_ROWS)
        title = gettext("依据（现有记录，最多列出 %(most)d 行）")
        if shown.hidden:
            title = gettext("依据（现有记录，最多列出 %(most)d 行；另有 %(hidden)d 行您无权查看）")
        rows = [[one.name, one.on or EMPTY, EMPTY if one.amount is None else plain(one.amount)] for one in shown.rows]
        headings = [gettext("记录"), gettext("日期"), gettext("数值")]
        return [{"title": title % {"most": MOST_ROWS, "hidden": shown.hidden}, "headings": headings, "rows": rows}]


def _names(row: Any) -> dict[str, str]:
    """What the codes of a publication are called, by column."""
    asked = asked_of(row)
    return {
        "figure": asked.definition.name,
        "scope": asked.scope.name,
        "period": name_of(asked.period) if asked.period else EMPTY,
        "milestone": str(MILESTONES.get(row.milestone, row.milestone)),
        "unit": str(asked.definition.unit_of(asked)) or EMPTY,
    }


def _note(row: Any) -> str:
    if row.state == LockState.DRAFT:
        return moved_since(row) or gettext("草稿：请核对表述与依据，无误后锁定发布。")
    if row.state == LockState.LOCKED and differs_from_rows(row):
        return gettext("现有记录与发布时不同：已发布的数值不变；如需更正，请重述并写明原因。")
    return ""
