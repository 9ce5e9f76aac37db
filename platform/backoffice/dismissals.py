"""Taking a resource off a need's matches, and back: two posts on the page of the matches, for the need's own side."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from backoffice import details
from backoffice.base import ScopedModelAdmin
from backoffice.keys import parse_public_id
from backoffice.principals import principal_of
from backoffice.rows import editable_rows, visible_rows
from matching.choices import DismissalReason
from matching.models import Dismissal, Need
from matching.services.dismissals import dismiss_pair, restore_pair, standing_dismissals
from zones.errors import DomainError, NotFound
from zones.models import Resource
from zones.scoping import Principal


def context_of(need: Need, principal: Principal) -> dict[str, Any]:
    """What the page shows of dismissals; nothing to those who are not of the need's side."""
    return {
        "dismissed": standing_dismissals(principal, need_id=need.pk),
        "dismissal_reasons": DismissalReason.choices,
        "may_dismiss": editable_rows(Need, principal).filter(pk=need.pk).exists(),
    }


class DismissalPages(ScopedModelAdmin):
    """The two views beside the page of a need's matches."""

    @method_decorator(require_POST)
    def dismiss_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        need, principal = self.row_or_404(request, object_id), principal_of(request)
        resource = named_row(request, "resource", visible_rows(Resource, principal))

        def act() -> str:
            given = {name: request.POST.get(name, "") for name in ("reason", "note")}
            dismiss_pair(principal, need_id=need.pk, resource_id=resource.pk, **given)
            return _("已排除：%(name)s") % {"name": resource}

        return self.answer(request, need, act)

    @method_decorator(require_POST)
    def restore_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        need, principal = self.row_or_404(request, object_id), principal_of(request)
        dismissal = named_row(request, "dismissal", visible_rows(Dismissal, principal).filter(need=need))

        def act() -> str:
            restored = restore_pair(principal, dismissal_id=dismissal.pk)
            return _("已恢复：%(name)s") % {"name": restored.resource}

        return self.answer(request, need, act)

    def answer(self, request: HttpRequest, need: Need, act: Any) -> HttpResponse:
        """Run one post beside the matches and come back to them; a refusal is told there."""
        try:
            messages.success(request, act())
        except NotFound as error:
            raise Http404 from error
        except DomainError as error:
            messages.error(request, details.refusal_text(error))
        return HttpResponseRedirect(self.url_of(need, "matches"))


def named_row(request: HttpRequest, parameter: str, rows: Any) -> Any:
    """The row a form names by its public id, among those its sender may see."""
    public_id = parse_public_id(request.POST.get(parameter, ""))
    row = rows.filter(public_id=public_id).first() if public_id else None
    if row is None:
        raise Http404
    return row
