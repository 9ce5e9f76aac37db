"""Search over resources, organizations and needs, for people: one box, facets, why, what else to try.

Which records answer is found in this process's copy, for the records the reader may see; rows are fetched by
`visible_to` once more, and what is stale is left out.
"""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from math import ceil
from typing import Any, Final, NamedTuple
from uuid import UUID

import numpy as np
from django.db.models import QuerySet
from numpy.typing import NDArray

from lexicon.normalise import normalise
from matching.models import Need
from matching.services.search_copies import current_pools, read_stamp
from matching.services.search_help import help_for, reread
from matching.services.search_places import SCHEMES, Places, read_places
from zones.errors import InvalidInput
from zones.models import Organization, Resource, Zone
from zones.models.base import ScopedModel, in_language
from zones.scoping import Principal, today
from zones.search.asking import Outcome, Pool, ask
from zones.search.audience import scopes_of
from zones.search.distances import distance_km
from zones.search.facets import BY_NAME, Narrowed, Surroundings, View, narrow
from zones.search.highlighting import Marker, marker_of
from zones.search.ordering import Place, best_places
from zones.search.requests import (
    DISTANCE,
    FRESHNESS,
    NEED,
    ORGANIZATION,
    RELEVANCE,
    RESOURCE,
    SearchRequest,
    check_values,
)
from zones.search.results import FacetValue, Help, Hit, SearchPage, Suggestion
from zones.search.words import read_question

MODELS: Final[dict[str, type[ScopedModel]]] = {RESOURCE: Resource, ORGANIZATION: Organization, NEED: Need}
MAX_FACET_VALUES: Final = 40
MAX_SUGGESTIONS: Final = 10
MAX_SIMILAR: Final = 20
Row = Any
Answers = dict[str, NDArray[np.int64]]
"""Records by subject: their keys, ascending."""


class Ground(NamedTuple):
    """What one principal searches in."""

    pools: list[Pool]
    places: Places


@dataclass(frozen=True)
class _Found:
    """A search before its rows are fetched."""

    request: SearchRequest
    outcome: Outcome
    views: Sequence[View]
    narrowed: Narrowed
    places: Places
    words: str
    read_as: tuple[tuple[str, str], ...]
    is_wordless: bool


def search(principal: Principal, request: SearchRequest) -> SearchPage:
    """Answer a search with one page. Raises InvalidInput for values that cannot be, SearchNotReady."""
    ground = _ground(principal)
    _check(request, ground.places)
    if (uuid := _public_id(request.words)) is not None:
        return _page_of_one(principal, request, uuid)
    return _page(principal, _found(ground, request))


def answers(principal: Principal, request: SearchRequest) -> Answers:
    """Which records answer a search, all of them. One that is asked for by its public id is no answer. Raises as
    `search` does.
    """
    return _answers(_ground(principal), request)


def answers_of_many(principal: Principal, requests: Sequence[SearchRequest]) -> list[Answers | None]:
    """The same for many searches, in their order; None for one that cannot be asked. Raises SearchNotReady."""
    ground = _ground(principal) if requests else None
    found: list[Answers | None] = []
    for request in requests:
        try:
            found.append(_answers(ground, request) if ground else None)
        except InvalidInput:
            found.append(None)
    return found


def _answers(ground: Ground, request: SearchRequest) -> Answers:
    _check(request, ground.places)
    if _public_id(request.words) is not None:
        return {}
    found = _found(ground, request)
    ids: dict[str, list[NDArray[np.int64]]] = {}
    for view, rows in zip(found.views, found.narrowed.rows, strict=True):
        ids.setdefault(view.pool.segment.subject, []).append(view.pool.segment.ids[rows])
    return {subject: np.sort(np.concatenate(parts)) for subject, parts in ids.items()}


def _found(ground: Ground, request: SearchRequest) -> _Found:
    question = read_question(request.words)
    outcome, read_as = reread(ground.pools, ask(ground.pools, question), request.words)
    views = _views(ground, request)
    narrowed = narrow(views, outcome.matched, request.chosen)
    words = read_as[-1][1] if read_as else request.words
    is_wordless = bool(request.words.strip()) and not question.tokens
    found = _Found(request, outcome, views, narrowed, ground.places, words, read_as, is_wordless)
    return _nothing(found) if is_wordless else found


def suggest(principal: Principal, typed: str, *, limit: int = 8) -> list[Suggestion]:
    """How names and keywords go on that begin with what was typed, in characters, pinyin or initials; the most
    frequent first.
    """
    text = " ".join(normalise(typed).split())
    counts: Counter[str] = Counter()
    written: dict[str, str] = {}
    if text:
        for pool in _ground(principal).pools:
            table = pool.segment.phrases
            for form, as_written, count in table.counts(table.beginning(text), pool.visible):
                counts[form] += count
                written[form] = min(written.get(form, as_written), as_written)
    best = sorted(counts, key=lambda form: (-counts[form], len(form), form))[: min(max(limit, 0), MAX_SUGGESTIONS)]
    return [Suggestion(written[form], counts[form]) for form in best]


def similar_to(principal: Principal, row: Resource, *, limit: int = 6) -> list[Hit]:
    """Resources the principal may see whose words are nearest to those of one it sees."""
    ground = _ground(principal)
    pools = [_less(pool, row.pk) for pool in ground.pools if pool.segment.subject == RESOURCE]
    text = " ".join([row.name_zh, row.name_en, *row.keywords, row.description_zh, row.description_en])
    outcome = ask(pools, replace(read_question(text), is_long=True))
    rows = [np.flatnonzero(flags) for flags in outcome.matched]
    return _hits(
        principal,
        best_places(pools, rows, outcome.scores, min(max(limit, 0), MAX_SIMILAR)),
        marker_of(text),
        outcome,
        {},
        ground.places.rows,
    )


def _less(pool: Pool, pk: int) -> Pool:
    """The same without one record."""
    return Pool.of(pool.segment, pool.visible & (pool.segment.ids != pk))


def _ground(principal: Principal) -> Ground:
    stamp = read_stamp()
    return Ground(current_pools(stamp, scopes_of(principal)), read_places(stamp.places))


def _check(request: SearchRequest, places: Places) -> None:
    """Refuse values of facets that no record could have, whoever asks."""
    for name, values in request.chosen.items():
        known = places.known(name)
        if known is not None:
            check_values(name, values, known)
    if request.near:
        check_values("near", [request.near], places.known("zone") or ())


def _views(ground: Ground, request: SearchRequest) -> list[View]:
    origin = ground.places.origin(request.near) if request.near else None
    surroundings = Surroundings(today().toordinal(), ground.places.zones, origin)
    return [View(pool, surroundings) for pool in ground.pools]


def _nothing(found: _Found) -> _Found:
    rows = [np.empty(0, dtype=np.int64) for _view in found.views]
    return replace(found, narrowed=Narrowed(rows, {name: Counter() for name in BY_NAME}, Counter()))


def _page(principal: Principal, found: _Found) -> SearchPage:
    request, outcome, narrowed = found.request, found.outcome, found.narrowed
    sort = request.sort or (RELEVANCE if outcome.question.tokens else FRESHNESS)
    last = request.page * request.size
    places = best_places(outcome.pools, narrowed.rows, _ranks(found, sort), last, by_name=sort == "name")
    shown = places[last - request.size :]
    distances = _distances(found, shown)
    return SearchPage(
        request=request,
        total=narrowed.total,
        level=outcome.level,
        hits=_hits(principal, shown, marker_of(found.words), outcome, distances, found.places.rows),
        facets=_facets(found),
        pages=ceil(narrowed.total / request.size),
        sort=sort,
        read_as=found.read_as,
        help=Help() if found.is_wordless else help_for(outcome, narrowed, found.words, found.read_as),
        is_cut=outcome.question.is_cut,
        is_wordless=found.is_wordless,
        by_zone=dict(narrowed.counts["zone"]),
    )


def _ranks(found: _Found, sort: str) -> list[Any]:
    """Per view, what its records are ordered by: more is earlier; float64[d]."""
    if sort == FRESHNESS:
        return [view.pool.segment.day.astype(np.float64) for view in found.views]
    if sort == DISTANCE:
        return [np.nan_to_num(view.nearness, nan=-np.inf) for view in found.views]
    return found.outcome.scores


def _distances(found: _Found, places: Sequence[Place]) -> dict[Place, float]:
    if found.views and found.views[0].surroundings.origin is None:
        return {}
    near = {place: float(found.views[place.pool].nearness[place.row]) for place in places}
    return {place: distance_km(value) for place, value in near.items() if not np.isnan(value)}


def _hits(
    principal: Principal,
    places: Sequence[Place],
    marker: Marker,
    outcome: Outcome,
    distances: Mapping[Place, float],
    zones: Mapping[int, Zone],
) -> list[Hit]:
    rows = {subject: _rows(principal, subject, places, zones) for subject in MODELS}
    return [
        _hit(place, rows[place.subject][place.id], marker, outcome, distances.get(place))
        for place in places
        if place.id in rows[place.subject]
    ]


def _hit(place: Place, row: Row, marker: Marker, outcome: Outcome, distance: float | None) -> Hit:
    covered = int(outcome.covered[place.pool][place.row])
    words = outcome.question.words
    title, excerpt = _quoted(place.subject, row)
    return Hit(
        subject=place.subject,
        row=row,
        score=round(float(outcome.scores[place.pool][place.row]), 6),
        title=marker.mark(title),
        excerpt=marker.fragment(excerpt),
        matched=tuple(word.text for word in words if covered & word.units == word.units),
        missing=tuple(word.text for word in words if covered & word.units != word.units),
        distance_km=distance,
    )


def _quoted(subject: str, row: Row) -> tuple[str, str]:
    """The name in the reader's language, and the text of which a piece is shown."""
    rest: tuple[str, ...]
    if subject == RESOURCE:
        rest = (row.name_en, " · ".join(row.keywords), in_language(row.description_zh, row.description_en))
    elif subject == NEED:
        rest = (row.title_en, row.summary_zh, row.problem_zh, row.content_zh)
    else:
        rest = (row.name_en, row.city)
    return str(row), " ".join(filter(None, rest))


def _rows(principal: Principal, subject: str, places: Sequence[Place], zones: Mapping[int, Zone]) -> dict[int, Row]:
    """The rows of one subject as the principal may see them now, each with its zone."""
    ids = [place.id for place in places if place.subject == subject]
    rows: dict[int, Row] = _visible(principal, subject).in_bulk(ids) if ids else {}
    for row in rows.values():
        if row.zone_id in zones:
            row.zone = zones[row.zone_id]
    return rows


def _visible(principal: Principal, subject: str) -> QuerySet[Any]:
    """Rows as search shows them: what is active, open or listed."""
    return _visible_on(today(), principal, subject).all()


@lru_cache(maxsize=256)
def _visible_on(day: date, principal: Principal, subject: str) -> QuerySet[Any]:
    """The same, asked for no row yet: putting the rule together takes longer than fetching a page of rows by it."""
    rows: QuerySet[Any] = MODELS[subject].objects.visible_to(principal)
    if subject == RESOURCE:
        return rows.filter(status="active").select_related("organization")
    return rows.filter(state="open") if subject == NEED else rows


def _facets(found: _Found) -> dict[str, list[FacetValue]]:
    return {name: _values(name, found) for name in BY_NAME}


def _values(name: str, found: _Found) -> list[FacetValue]:
    """The values with most records, and those chosen; of codes the first level, and what is below a chosen one."""
    counts, chosen = found.narrowed.counts[name], found.request.chosen.get(name, ())
    parents, labels = found.places.parents.get(name, {}), found.places.labels(name)
    listed = [value for value in counts if name not in SCHEMES or _is_offered(value, chosen, parents)]
    best = sorted(listed, key=lambda value: (-counts[value], value))[:MAX_FACET_VALUES]
    return [
        FacetValue(value, labels.get(value, value), counts[value], value in chosen, parents.get(value, ""))
        for value in [*best, *(value for value in chosen if value not in best)]
    ]


def _is_offered(value: str, chosen: Collection[str], parents: Mapping[str, str]) -> bool:
    parent = parents.get(value, "")
    return not parent or parent in chosen or value in chosen


def _public_id(words: str) -> UUID | None:
    try:
        return UUID(words.strip()) if len(words.strip()) in (32, 36) else None
    except ValueError:
        return None


def _page_of_one(principal: Principal, request: SearchRequest, public_id: UUID) -> SearchPage:
    """The one record with a public id, whatever is chosen besides."""
    found = [
        Hit(subject, row, 0.0, marker.mark(str(row)), marker.fragment(_quoted(subject, row)[1]))
        for marker in [marker_of("")]
        for subject in MODELS
        for row in _visible(principal, subject).filter(public_id=public_id)
    ]
    facets: dict[str, list[FacetValue]] = {name: [] for name in BY_NAME}
    return SearchPage(request, len(found), "all", found, facets, len(found), RELEVANCE)
