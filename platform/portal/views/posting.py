"""Posting a need and changing it: the same services as in the back office, the zone's review follows."""

from collections.abc import Sequence
from http import HTTPStatus
from typing import Any, Final
from uuid import UUID

from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from matching.choices import NeedState
from matching.models import Need, NeedMetric
from matching.services.leaks import LeaksFound, leaks_of
from matching.services.needs import TRANSITIONS, NeedParts, draft_need, update_need
from matching.services.reviews import submit_need
from portal.base import row_or_404
from portal.forms.needs import MetricFormSet, NeedForm, initial_of, tell_refusal
from portal.forms.sending import version_in
from portal.forms.statements import Box, boxes_for, reasons_in
from portal.sent_once import MakingPage
from portal.views.own import sentences_of
from zones.errors import Conflict, DomainError, InvalidInput

ROWS: Final = "metrics"
TITLE_CHARACTERS: Final = 80
TEXT_CHARACTERS: Final = 1000


class NeedEditor(MakingPage):
    """The form with its rows, stored whole or not at all."""

    template = "portal/my/posting.html"

    def store(self, values: dict[str, Any], parts: NeedParts, need: Need | None) -> Need:
        if need is None:
            return draft_need(self.principal, with_parts=parts, **values)
        version = version_in(self.request.POST)
        return update_need(self.principal, need_id=need.pk, version=version, with_parts=parts, **values)

    @transaction.atomic
    def written(self, form: NeedForm, rows: Any, need: Need | None) -> Need:
        """Store, and ask for the review where that is wanted: both or neither."""
        parts = NeedParts(metrics=rows.values(), no_identity=reasons_in(self.request.POST))
        stored = self.store(form.values(), parts, need)
        return submit_need(self.principal, need_id=stored.pk) if "submit" in self.request.POST else stored

    def kept(self, form: NeedForm, rows: Any, need: Need | None) -> Need:
        """A new need once for each form, a stored one as often as it is sent."""
        if need is not None:
            return self.written(form, rows, need)
        new: Need = self.made_once(
            lambda: self.written(form, rows, None), find=lambda public_id: row_or_404(self.own_needs(), public_id)
        )
        return new

    def answered(self, form: NeedForm, rows: Any, need: Need | None = None) -> HttpResponse:
        """The stored need, or the form with what is wrong."""
        boxes: Sequence[Box] = ()
        newer = False
        if form.is_valid() & rows.is_valid():
            try:
                stored = self.kept(form, rows, need)
                return HttpResponseRedirect(reverse("portal:own_need", args=[stored.public_id]))
            except InvalidInput as error:
                tell_refusal(form, error.errors)
                boxes = boxes_for(error.findings, self.request.POST) if isinstance(error, LeaksFound) else ()
            except Conflict:
                newer = True
            except DomainError as error:
                tell_refusal(form, {"": sentences_of(error)})
        status = HTTPStatus.CONFLICT if newer else HTTPStatus.BAD_REQUEST
        return self.shown(form, rows, need, boxes=boxes, is_stale=newer, status=status)

    def shown(
        self,
        form: NeedForm,
        rows: Any,
        need: Need | None = None,
        *,
        boxes: Sequence[Box] = (),
        is_stale: bool = False,
        status: int = HTTPStatus.OK,
    ) -> HttpResponse:
        """After a conflict the form carries the version of now: whoever sends it again has been told."""
        typed = "" if is_stale else self.request.POST.get("version", "")
        version = typed or (need.version if need else "")
        may_submit = need is None or need.state in TRANSITIONS[NeedState.SUBMITTED]
        context = {"form": form, "rows": rows, "need": need, "version": version, "may_submit": may_submit}
        context |= {"leak_boxes": boxes, "is_stale": is_stale, "form_name": self.form_name}
        return self.page(context, status=status)


class NewNeed(NeedEditor):
    """An empty form, or one that begins with what somebody searched for."""

    parameters = ("words",)

    def get(self, request: HttpRequest) -> HttpResponse:
        words = " ".join(request.GET.get("words", "").split())
        text = words[:TEXT_CHARACTERS] if len(words) > TITLE_CHARACTERS else ""
        initial = {"title_zh": words[:TITLE_CHARACTERS], "problem_zh": text}
        return self.shown(NeedForm(self.principal, initial=initial), MetricFormSet(prefix=ROWS))

    def post(self, request: HttpRequest) -> HttpResponse:
        return self.answered(NeedForm(self.principal, request.POST), MetricFormSet(request.POST, prefix=ROWS))


class ChangeNeed(NeedEditor):
    """A need that is stored; what others have changed meanwhile is not lost, nor is what was typed. Reasons are asked
    for before it is refused for want of them.
    """

    def get(self, request: HttpRequest, public_id: UUID) -> HttpResponse:
        need = row_or_404(self.own_needs(), public_id)
        boxes = boxes_for(leaks_of(need), {})
        return self.shown(*self._forms(need, None), need, boxes=boxes)

    def post(self, request: HttpRequest, public_id: UUID) -> HttpResponse:
        need = row_or_404(self.own_needs(), public_id)
        return self.answered(*self._forms(need, request.POST), need)

    def _forms(self, need: Need, sent: Any) -> tuple[NeedForm, Any]:
        columns, rows = initial_of(need, NeedMetric.objects.visible_to(self.principal).filter(need=need))
        return NeedForm(self.principal, sent, initial=columns), MetricFormSet(sent, initial=rows, prefix=ROWS)
