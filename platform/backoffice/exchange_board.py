"""The board of exchanges: a column for each state, a card for each exchange, the next step on the card."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from django.contrib import messages
from django.contrib.admin.options import IncorrectLookupParameters
from django.core.exceptions import SuspiciousOperation
from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.urls import path, reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from backoffice.bare import bare_page
from backoffice.base import ScopedModelAdmin
from backoffice.counting import MOST, UpTo
from backoffice.details import refusal_text
from backoffice.exchange_moves import AT_ONCE, ENDED, Move, moves_of, why_not
from backoffice.exchange_rows import own_sides, pair_of, sides_text, urgency_of, zones_text
from backoffice.principals import principal_of
from backoffice.rows import Rows, visible_rows
from backoffice.steps import version_read
from matching.choices import ExchangeState as State
from matching.models import Consent, Exchange
from matching.models.exchanges import LIVE_EXCHANGES
from matching.services.exchange_states import ENDS
from zones.errors import DomainError, NotFound
from zones.scoping import Principal, today

PER_COLUMN = 20
DUE_TONES = {"overdue": "danger", "soon": "warning", "later": "info"}


class Column(NamedTuple):
    """One column with its first cards; `rest` is how many more there are, `url` the list of them all."""

    key: str
    title: str
    total: UpTo
    cards: list[dict[str, Any]]
    rest: int
    url: str


class BoardPages(ScopedModelAdmin):
    """The board and its moves, with the filters of the list."""

    def board_view(self, request: HttpRequest) -> HttpResponse:
        """All columns, as far as the reader may see, narrowed as the list is."""
        if not self.has_view_permission(request):
            raise Http404
        changes = self._narrowed(request)
        context = {
            "title": _("对接看板"),
            "columns": self._columns(request, changes.queryset),
            "filters": [_drawn(spec) for spec in changes.filter_specs if spec.parameter_name != "state"],
            "query": changes.query,
            "asked": request.GET.urlencode(),
            "list_url": f"{reverse(self.name_of('changelist'))}?{request.GET.urlencode()}",
            "move_url": reverse("admin:matching_exchange_move"),
        }
        return bare_page(self, request, "admin/backoffice/board.html", context)

    @method_decorator(require_POST)
    def move_view(self, request: HttpRequest) -> HttpResponse:
        """Take the step a card names, or the one that leads into the column it was dropped on. What asks for more opens
        its form; what cannot be done is told, and nothing is changed.
        """
        principal = principal_of(request)
        row = self.row_or_404(request, request.POST.get("exchange", ""))
        moves = moves_of(principal, row, consents_of(principal, [row]).get(row.pk, ()))
        move = _chosen(moves, request)
        back = f"{reverse('admin:matching_exchange_board')}?{_own_query(request)}#x-{row.public_id}"
        if move is None:
            messages.error(request, why_not(row, moves, _target(request)))
            return HttpResponseRedirect(back)
        if move.name not in AT_ONCE:
            return HttpResponseRedirect(f"{self.url_of(row)}#{move.form}")
        try:
            AT_ONCE[move.name](principal, row, version_read(request))
        except NotFound as error:
            raise Http404 from error
        except DomainError as error:
            messages.error(request, refusal_text(error))
        else:
            told = {"name": pair_of(row).need, "step": move.label}
            messages.success(request, _("%(name)s：已办理“%(step)s”") % told)
        return HttpResponseRedirect(back)

    def board_link(self, request: HttpRequest) -> dict[str, str]:
        """From the list, with its filters but that of states, which are the board's columns."""
        asked = _without(request, "state", "p", "o")
        return {"url": f"{reverse('admin:matching_exchange_board')}?{asked}", "title": _("看板"), "icon": "view_kanban"}

    def _narrowed(self, request: HttpRequest) -> Any:
        try:
            return self.get_changelist_instance(request)
        except IncorrectLookupParameters as error:
            raise SuspiciousOperation("unlisted parameter") from error

    def _columns(self, request: HttpRequest, rows: Rows) -> list[Column]:
        principal, counts = principal_of(request), _counts(rows)
        shown = _shown(rows)
        given = consents_of(principal, [row for cards in shown.values() for row in cards])
        asked = request.GET.copy()
        found = []
        for key, title, states in _plan():
            asked["state"] = key
            count = sum(counts.get(state, 0) for state in states)
            cards = [_card(principal, row, given.get(row.pk, ())) for row in shown[key]]
            url = f"{reverse(self.name_of('changelist'))}?{asked.urlencode()}"
            found.append(Column(key, title, UpTo(min(count, MOST + 1)), cards, count - len(cards), url))
        return found

    def get_urls(self) -> list[Any]:
        view = self.admin_site.admin_view
        return [
            path("board/", view(self.board_view), name="matching_exchange_board"),
            path("board/move/", view(self.move_view), name="matching_exchange_move"),
            *super().get_urls(),
        ]


def _plan() -> list[tuple[str, str, Sequence[str]]]:
    """Key, title and states of each column."""
    live = [(state.value, str(state.label), (state.value,)) for state in LIVE_EXCHANGES]
    return [*live, (ENDED, _("已结束"), sorted(ENDS))]


def _counts(rows: Rows) -> dict[str, int]:
    found = rows.order_by().values("state").annotate(count=Count("pk"))
    return dict(found.values_list("state", "count"))


def _shown(rows: Rows) -> dict[str, list[Exchange]]:
    """The first of each column, found by their keys alone and then read together: they bring need, resource and zones,
    which would cost more to ask for in each column than to find.
    """
    firsts = {key: _first(rows, states) for key, _title, states in _plan()}
    of_board = rows.order_by().select_related("need__zone", "resource__zone")
    found = of_board.in_bulk([pk for keys in firsts.values() for pk in keys])
    return {key: [found[pk] for pk in keys if pk in found] for key, keys in firsts.items()}


def _first(rows: Rows, states: Sequence[str]) -> list[int]:
    """What is due first stands first, what was begun or ended last thereafter."""
    order = ("answer_due_on", "-pk") if State.INTEREST_SENT in states else ("-pk",)
    return list(rows.filter(state__in=states).order_by(*order).values_list("pk", flat=True)[:PER_COLUMN])


def consents_of(principal: Principal, rows: Sequence[Exchange]) -> dict[int, set[str]]:
    """exchange id → the sides whose consent stands."""
    standing = visible_rows(Consent, principal).filter(withdrawn_at__isnull=True, valid_until__gte=today())
    found: dict[int, set[str]] = {}
    for pk, side in standing.filter(exchange__in=[row.pk for row in rows]).values_list("exchange_id", "side"):
        found.setdefault(pk, set()).add(side)
    return found


def _card(principal: Principal, row: Exchange, given: Any) -> dict[str, Any]:
    waits, pair = row.state == State.INTEREST_SENT, pair_of(row)
    return {
        "row": row,
        "pair": pair,
        "zones": zones_text(row),
        "side": sides_text(own_sides(principal, row)),
        "due": row.answer_due_on if waits else None,
        "tone": DUE_TONES[urgency_of(row)] if waits else "",
        "end": row.get_state_display() if row.ended_at else "",
        "moves": moves_of(principal, row, given),
    }


def _chosen(moves: Sequence[Move], request: HttpRequest) -> Move | None:
    """By its name, as the card's list has it, or by the column, as a drop tells it."""
    target, name = request.POST.get("target", ""), request.POST.get("step", "")
    wanted = (move for move in moves if (move.column == target if target else move.name == name))
    return next(wanted, None)


def _target(request: HttpRequest) -> str:
    """The title of the column that was meant, empty where none was; an unknown one is refused."""
    target = request.POST.get("target", "")
    titles = {"": "", **{key: title for key, title, _states in _plan()}}
    if target not in titles:
        raise SuspiciousOperation("no such column")
    return titles[target]


def _own_query(request: HttpRequest) -> str:
    """The filters a card was shown under."""
    return QueryDict(request.POST.get("asked", "")).urlencode()


def _without(request: HttpRequest, *names: str) -> str:
    asked = request.GET.copy()
    for name in names:
        asked.pop(name, None)
    return asked.urlencode()


def _drawn(spec: Any) -> dict[str, Any]:
    chosen = spec.value() or ""
    options = [(str(key), label, str(key) == chosen) for key, label in spec.lookup_choices]
    return {"name": spec.parameter_name, "title": spec.title, "options": options, "is_chosen": bool(chosen)}
