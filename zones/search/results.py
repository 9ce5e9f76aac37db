"""What a search answers: plain records that pages and serializers read."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from zones.models.base import ScopedModel
from zones.search.highlighting import Pieces
from zones.search.requests import SearchRequest


@dataclass(frozen=True, slots=True)
class FacetValue:
    """One choice: `count` records would have it, given everything else that is chosen. `parent`: the value it is part
    of, empty for none.
    """

    value: str
    label: str
    count: int
    is_chosen: bool
    parent: str = ""


@dataclass(frozen=True, slots=True)
class Hit:
    """One record found. `row` was fetched for the reader; `title` and `excerpt` in pieces; `matched` and `missing`: the
    words of the question it answers to, or does not; `distance_km` from where distances are measured, None where
    unknown.
    """

    subject: str
    row: ScopedModel
    score: float
    title: Pieces
    excerpt: Pieces
    matched: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    distance_km: float | None = None


@dataclass(frozen=True, slots=True)
class Loosened:
    """What to give up, a word or a facet, and how many records there would be then."""

    name: str
    count: int


@dataclass(frozen=True, slots=True)
class Help:
    """What to try when little was found. `did_you_mean`: other spellings that are found; `words`: without which word
    how many are found; `facets`: without which choice how many.
    """

    did_you_mean: tuple[str, ...] = ()
    words: tuple[Loosened, ...] = ()
    facets: tuple[Loosened, ...] = ()


@dataclass(frozen=True, slots=True)
class SearchPage:
    """One page of a search. `total` records have everything chosen; `level` tells how much of the question they cover
    (`asking.LEVELS`); `read_as`: words as typed and as they were read; `is_cut`: the text was longer than is read;
    `is_wordless`: nothing in it is a word; `by_zone`: slug → records, as if no zone were chosen.
    """

    request: SearchRequest
    total: int
    level: str
    hits: Sequence[Hit]
    facets: Mapping[str, Sequence[FacetValue]]
    pages: int
    sort: str
    read_as: tuple[tuple[str, str], ...] = ()
    help: Help = field(default_factory=Help)
    is_cut: bool = False
    is_wordless: bool = False
    by_zone: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A way to go on typing, and how many records one may see have it."""

    text: str
    count: int
