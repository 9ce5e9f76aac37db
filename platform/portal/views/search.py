"""The search page and what goes on while somebody types."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from http import HTTPStatus
from typing import Any, Final, NamedTuple

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy

from lexicon.normalise import normalise
from matching.services.saved_searches import is_savable, saved_as
from matching.services.search import search, suggest
from portal.base import PortalPage
from portal.cards import cards_of
from portal.facets import TITLES, Chip, boxes_of, chips_of
from portal.links import Way, map_url, read_address, search_url
from zones.errors import InvalidInput
from zones.models import Zone
from zones.scoping import Principal
from zones.search.requests import (
    DISTANCE,
    FACETS,
    FRESHNESS,
    MAX_PLACE,
    NAME,
    PARAMETERS,
    RELEVANCE,
    SearchRequest,
)
from zones.search.results import SearchPage

SORTS: Final = {
    RELEVANCE: gettext_lazy("最相关"),
    FRESHNESS: gettext_lazy("最近核实"),
    DISTANCE: gettext_lazy("距离最近"),
    NAME: gettext_lazy("名称"),
}
LEVELS: Final = {
    "most": gettext_lazy("没有一条记录符合全部词语；以下符合其中大部分。"),
    "some": gettext_lazy("没有一条记录符合全部词语；以下符合其中一部分。"),
    "any": gettext_lazy("没有一条记录符合全部词语；以下至少符合一处。"),
}
PAGES_AROUND: Final = 2
NAME_CHARACTERS: Final = 60


class Turn(NamedTuple):
    """An order or a page one can turn to; without an address it is a gap."""

    name: str
    url: str = ""
    is_here: bool = False
    key: str = ""


@dataclass(frozen=True, slots=True)
class Pager:
    """`turns`: pages around this one, the first and the last."""

    turns: list[Turn]
    before: str
    after: str


class SearchResults(PortalPage):
    template = "portal/search.html"
    parameters = PARAMETERS

    def refuse_unknown_parameters(self) -> None:
        """`read_request` does, and knows what was meant."""

    def get(self, request: HttpRequest) -> HttpResponse:
        wanted = read_address(request.GET)
        found = search(self.principal, wanted)
        template = "portal/parts/fresh_answer.html" if self.is_part else self.template
        return self.page(self._context(wanted, found), template=template)

    def _context(self, wanted: SearchRequest, found: SearchPage) -> dict[str, Any]:
        return {
            "words": wanted.words,
            "found": found,
            "cards": cards_of(self.principal, found.hits),
            "level": LEVELS.get(found.level, "") if found.total and not found.is_wordless else "",
            "boxes": boxes_of(found),
            "chips": (chips := chips_of(found)),
            "keep": _keep(self.principal, found, chips),
            "map_url": map_url(wanted),
            "bare_url": search_url(SearchRequest(words=wanted.words)),
            "sorts": _sorts(found),
            "zones": (zones := list(Zone.objects.all())),
            "origin": next((zone for zone in zones if zone.slug == wanted.near), None),
            "nowhere_url": search_url(_nowhere(wanted)),
            "kept": _kept(wanted),
            "pager": _pager(found),
            "help": _help(found),
            "canonical": self.request.build_absolute_uri(search_url(wanted)),
            "is_for_robots": not wanted.parameters(),
        }

    def refusal(self, error: InvalidInput) -> HttpResponse:
        """What is wrong with the address, in place of the results where only these are asked for."""
        answer = super().refusal(error)
        if self.is_part:
            answer["HX-Redirect"] = self.request.get_full_path()
            answer.status_code = HTTPStatus.OK
        return answer


class Suggestions(PortalPage):
    """Options for the box, as a fragment: nothing where nothing goes on so."""

    template = "portal/parts/suggestions.html"
    parameters = ("q",)

    def get(self, request: HttpRequest) -> HttpResponse:
        found = suggest(self.principal, request.GET.get("q", ""))
        return self.page({"suggestions": found})


def _keep(principal: Principal, found: SearchPage, chips: Sequence[Chip]) -> dict[str, Any] | None:
    """What keeping this search needs: its address, and what it is called until somebody says otherwise."""
    wanted = found.request
    if not is_savable(wanted):
        return None
    name = " · ".join(filter(None, [" ".join(wanted.words.split()), *(chip.label for chip in chips)]))
    return {"address": search_url(wanted), "name": name[:NAME_CHARACTERS], "saved": saved_as(principal, wanted)}


def _kept(wanted: SearchRequest) -> list[tuple[str, str]]:
    """What a form besides its own fields must send to keep what is chosen."""
    return [pair for pair in wanted.parameters() if pair[0] in FACETS]


def _sorts(found: SearchPage) -> list[Turn]:
    """Orders that make sense here: relevance needs words, distance a place."""
    wanted = found.request
    useless = {RELEVANCE} if not wanted.words.strip() else set()
    useless |= set() if wanted.near else {DISTANCE}
    return [
        Turn(str(title), search_url(replace(wanted, sort=name, page=1)), name == found.sort, name)
        for name, title in SORTS.items()
        if name not in useless
    ]


def _nowhere(wanted: SearchRequest) -> SearchRequest:
    """The same without a place from which distances are measured."""
    return replace(wanted.without("within"), near="", sort="" if wanted.sort == DISTANCE else wanted.sort)


def _pager(found: SearchPage) -> Pager | None:
    wanted, last = found.request, min(found.pages, MAX_PLACE // found.request.size)
    if last <= 1:
        return None
    before = _turned(wanted, wanted.page - 1) if wanted.page > 1 else ""
    after = _turned(wanted, wanted.page + 1) if wanted.page < last else ""
    return Pager(list(_turns(wanted, last)), before, after)


def _turns(wanted: SearchRequest, last: int) -> Iterator[Turn]:
    around = range(max(wanted.page - PAGES_AROUND, 1), min(wanted.page + PAGES_AROUND, last) + 1)
    shown = 0
    for number in sorted({1, *around, last}):
        if number > shown + 1:
            yield Turn("…")
        yield Turn(str(number), _turned(wanted, number), number == wanted.page)
        shown = number


def _turned(wanted: SearchRequest, number: int) -> str:
    return search_url(replace(wanted, page=number))


def _help(found: SearchPage) -> dict[str, list[Way]]:
    """Searches to try instead."""
    wanted, told = replace(found.request, page=1), found.help
    whole = " ".join(normalise(wanted.words).split())
    return {
        "meant": [Way(words, search_url(replace(wanted, words=words))) for words in told.did_you_mean],
        "words": [
            Way(one.name, search_url(replace(wanted, words=_without(whole, one.name))), one.count) for one in told.words
        ],
        "facets": [Way(str(TITLES[one.name]), search_url(wanted.without(one.name)), one.count) for one in told.facets],
    }


def _without(whole: str, word: str) -> str:
    return " ".join(whole.replace(word, " ", 1).split())
