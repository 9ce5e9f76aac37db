"""Reviews: the list of what a zone is asked to review, and the page on which it is graded."""

from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from unfold import widgets

from backoffice import details
from backoffice.details import EMPTY, LONG
from backoffice.filters import Rows, choice_filter, rule_filter
from backoffice.framework import display
from backoffice.panels import Panel, PanelsMixin
from backoffice.principals import principal_of
from backoffice.rows import is_on_own_side, own_side, visible_rows
from backoffice.statements import statement_tables
from matching.choices import ReviewDecision
from matching.models import Need, NeedReview
from matching.models.reviews import CRITERIA, HIGHEST_GRADE
from matching.services.reviewed_texts import changes_since_last_review, text_as_decided, titles_of
from matching.services.reviews import decide_review, reviewable_by
from matching.services.rubric import Grades
from zones.scoping import Principal, today

DECISION_LABELS = {
    ReviewDecision.PASS: "success",
    ReviewDecision.RETURN: "warning",
    ReviewDecision.REJECT: "danger",
}
TERM_LABELS = {"late": "danger", "today": "warning", "later": "info"}
WHAT_IS_ASKED = {
    "necessity": _("是否真实、必要：0 看不出，3 有实际需要，5 关键难题且效益明确"),
    "clarity": _("是否清楚、可量化：0 无法理解，3 主要指标齐全，5 指标、单位、测试条件齐全"),
    "cooperation": _("对合作方的期望：0 未说明，3 方式明确，5 方式、周期、可提供条件明确"),
    "deidentification": _("是否已隐去单位：0 可直接认出，3 不易认出，5 看不出是谁"),
}
"""What each grade means, for who gives it."""


class GradesForm(forms.Form):
    """Four grades and what the author should know."""

    def __init__(self, review: NeedReview, data: Any = None) -> None:
        super().__init__(data)
        choices = [("", EMPTY), *((grade, str(grade)) for grade in range(HIGHEST_GRADE + 1))]
        for name, label in CRITERIA.items():
            self.fields[name] = forms.TypedChoiceField(
                label=label,
                help_text=WHAT_IS_ASKED[name],
                choices=choices,
                coerce=int,
                widget=widgets.UnfoldAdminSelectWidget(),
            )
        self.fields["comment"] = forms.CharField(
            label=_("审核意见"),
            required=False,
            max_length=500,
            help_text=_("有一项低于 %(bar)d 分时必填") % {"bar": review.policy.comment_below},
            widget=widgets.UnfoldAdminTextareaWidget(attrs={"rows": 4}),
        )


def _decide(principal: Principal, review: NeedReview, values: dict[str, Any]) -> NeedReview:
    grades = Grades(**{name: values[name] for name in CRITERIA})
    return decide_review(principal, review_id=review.pk, grades=grades, comment=values["comment"])


def _asked(rows: Rows, value: str, principal: Principal) -> Rows:
    mine = own_side(NeedReview, principal)
    return rows.filter(mine) if value == "asked" else rows.exclude(mine)


def _by_term(rows: Rows, value: str, principal: Principal) -> Rows:
    waiting = rows.filter(decision="")
    return waiting.filter(due_on__lt=today()) if value == "overdue" else waiting


AskedFilter = rule_filter("asked", _("审核方"), [("asked", _("由我方审核")), ("asking", _("由他方审核"))], _asked)
TermFilter = rule_filter("term", _("进度"), [("waiting", _("待审核")), ("overdue", _("已超期"))], _by_term)


@admin.register(NeedReview)
class NeedReviewAdmin(PanelsMixin):
    """Reviews are read here and decided by a panel."""

    ordering = ("decision", "due_on", "id")
    when_empty = _("需求提交审核后会显示在这里。")
    list_display = ("shown_need", "zone", "shown_due", "shown_decision")
    list_select_related = ("need", "need__zone", "zone", "policy")
    list_filter = (AskedFilter, TermFilter, choice_filter("decision", _("结论"), ReviewDecision.choices))
    search_fields = ("need__title_zh",)
    search_help_text = _("按需求标题查找")
    actions = None
    panels = (
        Panel(
            "grade",
            _("评分"),
            _("提交审核结论"),
            lambda principal, review, data: GradesForm(review, data),
            _decide,
            lambda principal, review: not review.decision and bool(reviewable_by(principal, [review])),
            _("审核结论已登记"),
        ),
    )

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Reviews are asked for by submitting a need, and decided by the panel."""
        return False

    def may_write_here(self, principal: Principal) -> bool:
        return False

    def get_inline_instances(self, request: HttpRequest, obj: Any = None) -> list[Any]:
        return []

    # The list

    def prepare_page(self, request: HttpRequest, rows: list[Any]) -> None:
        titles = titles_of(principal_of(request), rows)
        for review in rows:
            review.title = titles.get(review.pk, EMPTY)

    def get_search_results(self, request: HttpRequest, queryset: Rows, search_term: str) -> tuple[Rows, bool]:
        """By titles of needs that the reader sees."""
        found, is_repeating = super().get_search_results(request, queryset, search_term)
        seen = visible_rows(Need, principal_of(request)).values("pk")
        return found.filter(need__in=seen) if search_term else found, is_repeating

    @admin.display(description=_("需求"))
    def shown_need(self, review: Any) -> str:
        return str(review.title)

    @display(description=_("应审结日"), ordering="due_on", label=TERM_LABELS)
    def shown_due(self, review: NeedReview) -> Any:
        if review.decision:
            return review.due_on.isoformat()
        key = "late" if review.due_on < today() else "today" if review.due_on == today() else "later"
        return key, review.due_on.isoformat()

    @display(description=_("结论"), label=DECISION_LABELS | {"": "info"})
    def shown_decision(self, review: NeedReview) -> tuple[str, str]:
        return review.decision, review.get_decision_display() or gettext("待审核")

    # One review

    def record_context(self, request: HttpRequest, row: Any) -> dict[str, Any]:
        state, text = self.shown_decision(row)
        badge = {"text": text, "type": (DECISION_LABELS | {"": "info"})[state]}
        facts = [str(row.need.zone), gettext("由 %(zone)s 审核") % {"zone": row.zone}]
        facts.append(gettext("应于 %(day)s 前审结") % {"day": row.due_on.isoformat()})
        title = titles_of(principal_of(request), [row]).get(row.pk, EMPTY)
        told = {"record_badge": badge, "record_facts": facts, "subtitle": f"{title} · {row.zone}"}
        told["record_note"] = _why_not_mine(principal_of(request), row)
        return super().record_context(request, row) | told

    def read_view(self, request: HttpRequest, row: Any, context: dict[str, Any]) -> Any:
        """The text that is reviewed, as its reader may read it."""
        principal = principal_of(request)
        decided = text_as_decided(principal, row)
        told = self._need_told(request, row.need) if decided is None else {"sections": _as_decided(decided)}
        tables = [*told.get("tables", ()), *_changes(principal, row), *told.get("statements", ()), *grade_tables([row])]
        shown = {"sections": told["sections"], "tables": tables}
        return self.page(request, "admin/backoffice/detail.html", row, {**context, **shown})

    def _need_told(self, request: HttpRequest, need: Need) -> dict[str, Any]:
        """What the need's own page tells this reader."""
        principal = principal_of(request)
        is_own = is_on_own_side(need, principal)
        page: Any = self.admin_site.get_model_admin(Need)
        return {
            "sections": details.sections(need, page.read_fieldsets(request, need), principal, is_own=is_own),
            "tables": page.read_tables(request, need, is_own=is_own),
            "statements": statement_tables(request, need),
        }


def _why_not_mine(principal: Principal, review: NeedReview) -> str:
    """What a reader who was told that a review waits, and finds no form, has to know."""
    if review.decision or reviewable_by(principal, [review]):
        return ""
    if review.zone_id in principal.staff_zones:
        return gettext("这条需求由您填报或提交，须由本园区的其他人审核。")
    return gettext("由 %(zone)s 的经办人或负责人评分，您可在此查看进度。") % {"zone": review.zone}


def _as_decided(texts: dict[str, str]) -> list[dict[str, Any]]:
    """A need its reader does not see any more, as it was when decided."""
    pairs = [{"label": label, "value": text, "is_long": len(text) > LONG} for label, text in texts.items()]
    return [{"title": gettext("审核时的文本"), "pairs": pairs}]


def _changes(principal: Principal, review: NeedReview) -> list[dict[str, Any]]:
    """What has changed since the last review, side by side."""
    changes = changes_since_last_review(principal, review)
    if changes is None:
        return []
    headings = [gettext("字段"), gettext("上次审核时"), gettext("本次")]
    rows = [[change.label, change.before or EMPTY, change.after or EMPTY] for change in changes]
    return [
        {"title": gettext("与上次审核相比"), "headings": headings, "rows": rows, "empty": gettext("文本没有变化。")}
    ]


def review_tables(request: HttpRequest, need: Need) -> list[dict[str, Any]]:
    """The reviews of a need, for those who may see them, newest first; none yet: no table."""
    rows = NeedReview.objects.visible_to(principal_of(request)).filter(need=need)
    found = list(rows.select_related("zone", "policy").order_by("-pk"))
    return grade_tables(found, with_link=True) if found else []


def grade_tables(reviews: list[NeedReview], *, with_link: bool = False) -> list[dict[str, Any]]:
    """Who reviews until when, and what was decided."""
    names = [str(label) for label in CRITERIA.values()]
    headings = [gettext("审核园区"), gettext("应审结日"), *names, gettext("结论"), gettext("审核意见")]
    rows = [
        [
            _zone_cell(review) if with_link else str(review.zone),
            review.due_on.isoformat(),
            *(EMPTY if (grade := getattr(review, name)) is None else grade for name in CRITERIA),
            review.get_decision_display() or gettext("待审核"),
            review.comment_zh or EMPTY,
        ]
        for review in reviews
    ]
    return [{"title": gettext("审核"), "headings": headings, "rows": rows}]


def _zone_cell(review: NeedReview) -> str:
    url = reverse("admin:matching_needreview_change", args=[review.public_id])
    return format_html('<a href="{}">{}</a>', url, review.zone)
