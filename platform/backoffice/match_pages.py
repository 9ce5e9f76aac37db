"""The pages of a need's matches: the ranked list, what a broker does beside it, and the progress of matching."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import path
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from backoffice import dismissals, results, shortlists
from backoffice.base import is_editable
from backoffice.exchange_rows import with_talks
from backoffice.papers.pages import PaperPages
from backoffice.polling import POLL_SECONDS, progress_fragment
from backoffice.principals import principal_of
from backoffice.ratings import RATINGS, rate
from backoffice.side_by_side import SideBySidePages
from matching.choices import Side
from matching.models import Need


class MatchPages(SideBySidePages, PaperPages):
    """What hangs on the page of a need's matches."""

    def matches_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """The ranked matches of a need, with their reasons, as far as the reader may see them."""
        need, principal = self.row_or_404(request, object_id), principal_of(request)
        context = results.context_of(need, principal)
        context |= dismissals.context_of(need, principal)
        context |= shortlists.context_of(need, principal, context["matches"])
        context |= {
            name: with_talks(principal, Side.NEED, need, context[name], "resource") for name in ("matches", "shortlist")
        }
        context |= {"progress_url": self.url_of(need, "progress"), "poll_seconds": POLL_SECONDS}
        may_rate = is_editable(Need)(principal, need)
        context |= {"ratings": RATINGS if may_rate else (), "hand_form": self.hand_form(principal)}
        return self.page(request, "admin/backoffice/matches.html", need, context | {"title": _("匹配结果")})

    @method_decorator(require_POST)
    def rating_view(self, request: HttpRequest, object_id: str, match_id: str, name: str) -> HttpResponse:
        """Record what the broker thinks of one suggestion."""
        need = self.row_or_404(request, object_id)
        rate(request, need, match_id, name)
        return HttpResponseRedirect(self.url_of(need, "matches"))

    def progress_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """The progress of matching this need, as the page of its matches asks for it."""
        progress = results.progress_of_need(self.row_or_404(request, object_id), principal_of(request))
        template = "admin/backoffice/need_progress.html"
        return progress_fragment(request, template, {"progress": progress}, is_finished=progress.is_current)

    def get_urls(self) -> list[Any]:
        view, name, matches = self.admin_site.admin_view, "matching_need_{}", "<path:object_id>/matches/"
        return [
            path(f"{matches}progress/", view(self.progress_view), name=name.format("progress")),
            path(f"{matches}<str:match_id>/<slug:name>/", view(self.rating_view), name=name.format("rating")),
            path(f"{matches}dismiss/", view(self.dismiss_view), name=name.format("dismiss")),
            path(f"{matches}restore/", view(self.restore_view), name=name.format("restore")),
            path(matches, view(self.matches_view), name=name.format("matches")),
            *super().get_urls(),
        ]
