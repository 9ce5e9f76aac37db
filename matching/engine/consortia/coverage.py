"""Which resource covers which sub-task, how well, and by what evidence. What rules a pair out for a single partner
rules it out for a team, but for one thing: a member need not meet the metrics that others cover."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final, NamedTuple

import numpy as np

from matching.engine import constraints, features, retrieval
from matching.engine.consortia.tasks import DISCIPLINE, METRIC, REQUIREMENT, SubTask
from matching.engine.encoding import NeedTable, ResourceTable, decode_needs, encode_need
from matching.engine.facts import NeedFacts
from matching.engine.metric_kernels import MET
from matching.engine.packing import Floats, Integers
from matching.engine.shared_terms import SharedTerms
from matching.engine.surroundings import Market
from matching.engine.wording import quantity_text

RELEVANT: Final = 0.3
"""Text score with the whole need below which a resource is about something else, whatever its capabilities
are called."""

ANSWERS: Final = 0.4
"""Text score with one sentence from which a resource is taken to cover it."""

SAME_CLASS: Final = 0.8
MEETS: Final = 1.0
EVIDENCE_TERMS: Final = 4
BETWEEN_TERMS: Final = " · "
"""Reads as a list in every language: evidence is stored once for all readers."""

FEWEST_TERMS: Final = 2
"""One word shared with a sentence ("寿命", "知识产权") does not answer it."""


@dataclass(frozen=True, slots=True)
class Cover:
    """One sub-task (its position) that an offer covers, and the evidence as people read it.

    strength in (0, 1]: how well it answers the sub-task, times how relevant the resource is to the whole need.
    """

    task: int
    strength: float
    evidence: str


@dataclass(frozen=True, slots=True)
class Offer:
    """What one resource could bring into a team. places: needs it can take on now; relevance: text score in [0, 1)."""

    resource: int
    organization: int
    zone: int
    places: int
    relevance: float
    covers: tuple[Cover, ...]


def probes_of(need: NeedFacts, tasks: Sequence[SubTask]) -> NeedTable:
    """Return the need itself (row 0) and each sentence as a need of its own, with the same rights and exclusions."""
    sentences = [task.label for task in tasks if task.kind == REQUIREMENT]
    bare = replace(need, keywords=(), text="", content="", quantities=())
    return decode_needs([encode_need(need), *(encode_need(replace(bare, title=text)) for text in sentences)])


def offers_of(
    probes: NeedTable,
    tasks: Sequence[SubTask],
    resources: ResourceTable,
    market: Market,
    places: Mapping[int, int] | None = None,
) -> tuple[Offer, ...]:
    """Return what each resource that may meet the need covers, by resource id; ``places`` overrides capacities."""
    rows = _free_rows(probes, resources, market, places)
    texts = _text_scores(probes, resources, rows, market)
    case = _Case(probes, tasks, resources, market, SharedTerms.of(probes, resources, market.statistics))
    offers = []
    for column, row in enumerate(rows.tolist()):
        relevance = float(texts[0, column])
        if relevance < RELEVANT:
            continue
        if covers := tuple(_covers(case, row, texts[:, column])):
            offers.append(_offer(resources, row, relevance, covers, places))
    return tuple(sorted(offers, key=lambda offer: offer.resource))


class _Case(NamedTuple):
    """One need with its sub-tasks, and the resources that may cover them."""

    probes: NeedTable
    tasks: Sequence[SubTask]
    resources: ResourceTable
    market: Market
    terms: SharedTerms


def _offer(
    resources: ResourceTable, row: int, relevance: float, covers: tuple[Cover, ...], places: Mapping[int, int] | None
) -> Offer:
    pk = int(resources.id[row])
    return Offer(
        pk, int(resources.organization[row]), int(resources.zone[row]), _places(resources, row, places), relevance,
        covers,
    )  # fmt: skip


def _places(resources: ResourceTable, row: int, places: Mapping[int, int] | None) -> int:
    capacity = int(resources.capacity[row])
    return capacity if places is None else min(places.get(int(resources.id[row]), capacity), capacity)


def _free_rows(
    probes: NeedTable, resources: ResourceTable, market: Market, places: Mapping[int, int] | None
) -> Integers:
    """Rows of resources that nothing rules out and that have a place."""
    rows = np.arange(len(resources))
    none = np.zeros_like(rows)
    is_free = constraints.check(probes, resources, none, rows, none, market.config).is_free
    has_place = np.array([_places(resources, row, places) > 0 for row in rows.tolist()], dtype=np.bool_)
    return np.flatnonzero(is_free & has_place)


def _text_scores(probes: NeedTable, resources: ResourceTable, rows: Integers, market: Market) -> Floats:
    """float64[probes, rows]: text score of each probe with each resource."""
    queries = retrieval.text_queries(probes, market.statistics)
    scores = retrieval.score_pairs_of_text(
        probes, queries, resources, np.repeat(np.arange(len(probes)), rows.size), np.tile(rows, len(probes)),
        statistics=market.statistics, config=market.config,
    )  # fmt: skip
    return scores.score.reshape(len(probes), rows.size)


def _covers(case: _Case, row: int, texts: Floats) -> Iterator[Cover]:
    verdicts = features.verdicts_of(case.probes, case.resources, 0, row)
    details, sentence = case.resources.details_of(row), 0
    for number, task in enumerate(case.tasks):
        if task.kind == METRIC:
            found = _by_metric(number, verdicts[task.position], details)
        elif task.kind == REQUIREMENT:
            sentence += 1
            found = _by_text(number, case, sentence, row, float(texts[sentence]))
        else:
            found = _by_code(number, task, details, case.market)
        if found:
            yield replace(found, strength=found.strength * float(texts[0]))


def _by_metric(number: int, verdict: Floats, details: Mapping[str, Any]) -> Cover | None:
    """A capability that is stated and meets the metric; one without a value proves nothing."""
    if int(verdict[0]) != MET:
        return None
    offer = details["quantities"][int(verdict[2])]
    return Cover(number, MEETS, f"{offer['name']} {quantity_text(offer)}".strip())


def _by_text(number: int, case: _Case, probe: int, row: int, score: float) -> Cover | None:
    if score < ANSWERS:
        return None
    terms = case.terms.best(probe, row, EVIDENCE_TERMS)
    told = BETWEEN_TERMS.join(term["term"] for term in terms)
    return Cover(number, score, told) if len(terms) >= FEWEST_TERMS else None


def _by_code(number: int, task: SubTask, details: Mapping[str, Any], market: Market) -> Cover | None:
    codes = details["disciplines" if task.kind == DISCIPLINE else "equipment"]
    similar = [(features.code_similarity(market.codes, task.label, code), code) for code in sorted(codes)]
    similarity, code = max(similar, key=lambda pair: pair[0], default=(0.0, ""))
    return Cover(number, similarity, code) if similarity >= SAME_CLASS else None
