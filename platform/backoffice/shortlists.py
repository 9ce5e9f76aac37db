"""The shortlist on the page of a need's matches: put on, added by hand, taken off, pushed; for the need's own side."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import path
from django.utils.decorators import method_decorator
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from backoffice import details
from backoffice.autocomplete import PublicIdAutocomplete
from backoffice.details import EMPTY
from backoffice.dismissals import DismissalPages, named_row
from backoffice.fields import PublicIdChoiceField
from backoffice.principals import principal_of
from backoffice.rows import choices_of, editable_rows, visible_rows
from matching.models import CandidateList, Need, Push, Shortlisting
from matching.services.explanations import Explanation, explain_many, reason_label
from matching.services.pair_facts import match_of
from matching.services.shortlists import change_note, push_pair, score_again, shortlist_pair, shortlisted, take_off
from zones.errors import DomainError
from zones.models import Organization, Resource
from zones.scoping import Principal

Items = Sequence[dict[str, Any]]


def context_of(need: Need, principal: Principal, matches: Items) -> dict[str, Any]:
    """What the page shows of the shortlist; nothing to those who are not of the need's side."""
    shown = shown_shortlist(need, principal, matches)
    return {
        "shortlist": shown,
        "shortlisted_ids": {item["resource"].pk for item in shown},
        "may_shortlist": editable_rows(Need, principal).filter(pk=need.pk).exists(),
        "may_push_some": any(item["may_push"] for item in shown),
    }


def shown_shortlist(need: Need, principal: Principal, matches: Items) -> list[dict[str, Any]]:
    """Every standing pair with what is known of it now: its live match, else what was kept when it was put there."""
    rows = shortlisted(principal, need_id=need.pk)
    live = {item["match"].resource_id: item for item in matches}
    kept = [row for row in rows if row.resource_id not in live and not row.removed_by]
    told = explain_many([match_of(row) for row in kept], principal=principal, language=get_language() or "zh-hans")
    known = {row.pk: explanation for row, explanation in zip(kept, told, strict=True)}
    places, pushes, owners = _places(need), _pushes(need, principal), _owners(rows, principal)
    return [
        {
            "row": row,
            "resource": row.resource,
            "owner": owners.get(row.resource.organization_id, EMPTY),
            "item": live.get(row.resource_id),
            "push": (push := pushes.get(row.resource_id)),
            "may_push": push is None or push.need_version != need.version,
            "may_score_again": row.resource_id not in live,
            **_standing(row, live.get(row.resource_id), known.get(row.pk), places.get(row.resource_id)),
        }
        for row in rows
    ]


def counts_of(needs: Sequence[Need], principal: Principal) -> dict[int, int]:
    """need id → how many resources are shortlisted, for needs of the reader's own side."""
    rows = Shortlisting.objects.visible_to(principal).filter(need__in=[need.pk for need in needs])
    counts: dict[int, int] = {}
    for need_id in rows.filter(ended_at__isnull=True).order_by().values_list("need_id", flat=True):
        counts[need_id] = counts.get(need_id, 0) + 1
    return counts


def _standing(
    row: Shortlisting, item: dict[str, Any] | None, told: Explanation | None, place: tuple[int, float] | None
) -> dict[str, Any]:
    """The score told of a pair, and where the pair stands in the result that readers see now."""
    if item is not None:
        where = _("本次第 %(rank)d 名") % {"rank": item["match"].rank}
        return {"told": item["told"], "score": item["score"], "where": where, "warning": ""}
    if told is None:
        reason = reason_label(row.removed_by, get_language() or "zh-hans")
        return {"told": None, "score": EMPTY, "where": _("本次未进入推荐"), "warning": reason}
    if place is not None:
        where = _("本次列第 %(place)d 位，未进入推荐") % {"place": place[0]}
        return {"told": told, "score": f"{place[1]:.2f}", "where": where, "warning": ""}
    where = _("本次未进入推荐；得分为列入时所算")
    return {"told": told, "score": f"{told.score:.2f}", "where": where, "warning": ""}


def _places(need: Need) -> dict[int, tuple[int, float]]:
    """resource id → place from 1 and present score, of all candidates that were kept."""
    found = CandidateList.objects.filter(need=need, run__live_results__need=need).first()
    if found is None:
        return {}
    pairs = zip(found.resource_ids, found.scores, strict=True)
    return {pk: (place, score) for place, (pk, score) in enumerate(pairs, start=1)}


def _pushes(need: Need, principal: Principal) -> dict[int, Push]:
    rows = Push.objects.visible_to(principal).filter(need=need).select_related("pushed_by").order_by("need_version")
    return {row.resource_id: row for row in rows}


def _owners(rows: Sequence[Shortlisting], principal: Principal) -> dict[int, str]:
    ids = {row.resource.organization_id for row in rows}
    return {row.pk: str(row) for row in visible_rows(Organization, principal).filter(pk__in=ids)}


class ShortlistPages(DismissalPages):
    """The six posts beside the page of a need's matches."""

    def hand_form(self, principal: Principal, data: Any = None) -> forms.Form:
        """Any resource the reader may see, found by its name, and a note."""
        field = Shortlisting._meta.get_field("resource")
        form = forms.Form(data, prefix="hand")
        form.fields["resource"] = PublicIdChoiceField(
            choices_of(Shortlisting, "resource", principal),
            widget=PublicIdAutocomplete(field, self.admin_site, attrs={"data-width": "100%"}),
            label=_("资源"),
        )
        form.fields["note"] = forms.CharField(label=_("备注"), max_length=200, required=False)
        return form

    @method_decorator(require_POST)
    def shortlist_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Put a proposed resource on the shortlist."""
        need, principal = self.row_or_404(request, object_id), principal_of(request)
        resource = named_row(request, "resource", visible_rows(Resource, principal))

        def act() -> str:
            note = request.POST.get("note", "")
            shortlist_pair(principal, need_id=need.pk, resource_id=resource.pk, note=note)
            return _("已入围：%(name)s") % {"name": resource}

        return self.answer(request, need, act)

    @method_decorator(require_POST)
    def add_by_hand_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Put a resource on the shortlist that was not proposed."""
        need, principal = self.row_or_404(request, object_id), principal_of(request)
        form = self.hand_form(principal, request.POST)
        if not form.is_valid():
            messages.error(request, _("请先搜索并选择一个资源；备注最多 200 字。"))
            return HttpResponseRedirect(self.url_of(need, "matches"))

        def act() -> str:
            chosen = form.cleaned_data
            named = {"resource_id": chosen["resource"].pk, "note": chosen["note"], "by_hand": True}
            return _added(shortlist_pair(principal, need_id=need.pk, **named))

        return self.answer(request, need, act)

    @method_decorator(require_POST)
    def take_off_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        need, principal = self.row_or_404(request, object_id), principal_of(request)
        row = self._standing_row(request, need, principal)

        def act() -> str:
            return _("已移出入围：%(name)s") % {"name": take_off(principal, shortlisting_id=row.pk).resource}

        return self.answer(request, need, act)

    @method_decorator(require_POST)
    def note_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        need, principal = self.row_or_404(request, object_id), principal_of(request)
        row = self._standing_row(request, need, principal)
        given = {name: request.POST.get(name, "") for name in ("note", "seen")}

        def act() -> str:
            changed = change_note(principal, shortlisting_id=row.pk, **given)
            return _("备注已更新：%(name)s") % {"name": changed.resource}

        return self.answer(request, need, act)

    @method_decorator(require_POST)
    def score_again_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        need, principal = self.row_or_404(request, object_id), principal_of(request)
        row = self._standing_row(request, need, principal)
        return self.answer(request, need, lambda: _rescored(score_again(principal, shortlisting_id=row.pk)))

    @method_decorator(require_POST)
    def push_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Hand one shortlisted pair to its resource's zone, or all that are not handed over yet."""
        need, principal = self.row_or_404(request, object_id), principal_of(request)
        if "shortlisting" not in request.POST:
            return self._push_all(request, need, principal)
        row = self._standing_row(request, need, principal)

        def act() -> str:
            return _("已推送：%(name)s") % {"name": push_pair(principal, shortlisting_id=row.pk).resource}

        return self.answer(request, need, act)

    def _push_all(self, request: HttpRequest, need: Need, principal: Principal) -> HttpResponse:
        if not editable_rows(Need, principal).filter(pk=need.pk).exists():
            raise Http404
        done = 0
        for item in shown_shortlist(need, principal, ()):
            if not item["may_push"]:
                continue
            try:
                push_pair(principal, shortlisting_id=item["row"].pk)
            except DomainError as error:
                messages.error(request, details.about(item["resource"], details.refusal_text(error)))
            else:
                done += 1
        if done:
            messages.success(request, _("已推送 %(count)d 个资源") % {"count": done})
        return HttpResponseRedirect(self.url_of(need, "matches"))

    def _standing_row(self, request: HttpRequest, need: Need, principal: Principal) -> Shortlisting:
        row: Shortlisting = named_row(request, "shortlisting", visible_rows(Shortlisting, principal).filter(need=need))
        return row

    def get_urls(self) -> list[Any]:
        view, name, matches = self.admin_site.admin_view, "matching_need_{}", "<path:object_id>/matches/"
        return [
            path(f"{matches}shortlist/", view(self.shortlist_view), name=name.format("shortlist")),
            path(f"{matches}add/", view(self.add_by_hand_view), name=name.format("add_by_hand")),
            path(f"{matches}take-off/", view(self.take_off_view), name=name.format("take_off")),
            path(f"{matches}note/", view(self.note_view), name=name.format("note")),
            path(f"{matches}score-again/", view(self.score_again_view), name=name.format("score_again")),
            path(f"{matches}push/", view(self.push_view), name=name.format("push")),
            *super().get_urls(),
        ]


def _added(row: Shortlisting) -> str:
    """What was computed at once, or why the engine would not have proposed the pair."""
    if row.removed_by:
        return _("已人工添加：%(name)s。请注意：%(reason)s。") % _told_of(row)
    return _("已人工添加：%(name)s，得分 %(score)s") % _told_of(row)


def _rescored(row: Shortlisting) -> str:
    if row.removed_by:
        return _("已重新计算：%(name)s。请注意：%(reason)s。") % _told_of(row)
    return _("已重新计算：%(name)s，得分 %(score)s") % _told_of(row)


def _told_of(row: Shortlisting) -> dict[str, Any]:
    reason = reason_label(row.removed_by, get_language() or "zh-hans") if row.removed_by else ""
    score = EMPTY if row.removed_by else f"{row.facts['score']:.2f}"
    return {"name": row.resource, "reason": reason, "score": score}
