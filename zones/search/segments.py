"""Records of one subject in arrays, as search reads them: which record holds which term, who may see it, what it is.

A segment is made once and never changed; it lies in memory or, mapped, in a folder. What a term
is worth in a record depends on that record alone: means over all records would tell of those one may not see.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from lexicon.hashing import token_hash
from zones.search.distances import unit_vectors
from zones.search.phrases import PhraseTable, phrase_table
from zones.search.postings import Postings, Tokens, postings_of

Flags = NDArray[np.bool_]
Rows = NDArray[np.int64]
NO_DAY: Final = 0
UNDATED: Final = -1
"""A record that nobody confirms, such as an organization."""
KEY_BYTES: Final = 40
KEY_ENCODING: Final = "gb18030"
"""Its first 3,755 characters, nearly all that names are made of, stand in the order of their pinyin."""
VALUES_FILE: Final = "values.json"
TEXT_LIMIT: Final = 6_000


class Card(NamedTuple):
    """What search keeps of one record besides its tokens. `phrases` are its name and keywords, `text` all of it in
    normal form, `key` what names are sorted by; `day` a proleptic ordinal, NO_DAY or UNDATED; places in degrees or NaN.
    """

    id: int
    scopes: tuple[str, ...]
    facets: Mapping[str, Sequence[str]]
    phrases: tuple[str, ...]
    text: str
    key: str
    day: int = NO_DAY
    latitude: float = float("nan")
    longitude: float = float("nan")


@dataclass(frozen=True, slots=True)
class FacetColumn:
    """The values of one facet. Thousands of records share a few hundred sets of values: record r has set `of[r]`, and
    set s is `codes[starts[s] : starts[s + 1]]`, numbers of `values`. of int32[d]; starts int64[s + 1]; codes int32[c].
    """

    values: list[str]
    starts: Rows
    codes: NDArray[np.int32]
    of: NDArray[np.int32]

    def counts(self, rows: Rows) -> NDArray[np.int64]:
        """How many of the rows have each value."""
        of_sets = np.bincount(self.of[rows], minlength=self.starts.size - 1)
        weights = np.repeat(of_sets, np.diff(self.starts))
        return np.bincount(self.codes, weights=weights, minlength=len(self.values)).astype(np.int64)

    def having(self, wanted: NDArray[np.bool_]) -> Flags:
        """Which records have one of the wanted values (bool[values]); bool[d]."""
        sums = np.concatenate([[0], np.cumsum(wanted[self.codes])])
        flags: Flags = (sums[self.starts[1:]] > sums[self.starts[:-1]])[self.of]
        return flags


@dataclass(frozen=True, slots=True, eq=False)
class Segment:
    """d records, by ascending id.

    ids int64[d]; audience int32[d], with scope uint64[s] ascending and scope_audience int32[s]: which scopes are in
    which audience; place float64[d, 3]: the unit vector to it (NaN: unknown); day int32[d]; key bytes[d]; text
    uint8[n] and text_ends int64[d + 1]: UTF-8; is_current bool[d]: no newer segment has the record.
    """

    subject: str
    ids: Rows
    postings: Postings
    audience: NDArray[np.int32]
    scope: NDArray[np.uint64]
    scope_audience: NDArray[np.int32]
    place: NDArray[np.float64]
    day: NDArray[np.int32]
    key: NDArray[np.bytes_]
    text: NDArray[np.uint8]
    text_ends: Rows
    facets: dict[str, FacetColumn]
    phrases: PhraseTable
    is_current: Flags

    def __len__(self) -> int:
        return int(self.ids.size)

    def visible(self, scopes: Sequence[str] | None) -> Flags:
        """Which records carry one of the scopes; all that are current where there is no restriction (None)."""
        if scopes is None:
            return self.is_current.copy()
        is_open = np.zeros(int(self.audience.max(initial=-1)) + 1, dtype=np.bool_)
        hashes = np.array([token_hash(scope) for scope in scopes], dtype=np.uint64)
        firsts, lasts = (np.searchsorted(self.scope, hashes, side) for side in ("left", "right"))
        for first, last in zip(firsts.tolist(), lasts.tolist(), strict=True):
            is_open[self.scope_audience[first:last]] = True
        flags: Flags = is_open[self.audience] & self.is_current
        return flags

    def without(self, ids: Rows) -> "Segment":
        """The same, less the records with these ids: they are in another segment by now, or gone."""
        return replace(self, is_current=self.is_current & ~np.isin(self.ids, ids))

    def holds(self, row: int, phrase: bytes) -> bool:
        """Whether the record's text has the phrase (UTF-8, normal form) in it."""
        return phrase in self.text[self.text_ends[row] : self.text_ends[row + 1]].tobytes()


def segment_of(subject: str, batches: Iterable[tuple[Sequence[Card], Tokens]], facets: Sequence[str]) -> Segment:
    """Build a segment from records in ascending id, some at a time: the card of each and the tokens of all."""
    cards: list[_Kept] = []
    tokens: list[Tokens] = []
    phrases: list[tuple[str, ...]] = []
    for batch, found in batches:
        cards.append(_Kept.of(batch, facets))
        phrases += [card.phrases for card in batch]
        tokens.append(found)
    audience, scope, scope_audience = _audiences([scopes for kept in cards for scopes in kept.scopes])
    text = np.concatenate([kept.text for kept in cards] or [np.empty(0, dtype=np.uint8)])
    sizes = [size for kept in cards for size in kept.sizes]
    numbers = np.array([line for kept in cards for line in kept.numbers], dtype=np.float64).reshape(-1, 4)
    return Segment(
        subject=subject,
        ids=numbers[:, 0].astype(np.int64),
        postings=postings_of(tokens),
        audience=audience,
        scope=scope,
        scope_audience=scope_audience,
        place=unit_vectors(numbers[:, 2], numbers[:, 3]),
        day=numbers[:, 1].astype(np.int32),
        key=np.array([key for kept in cards for key in kept.keys], dtype=f"S{KEY_BYTES}"),
        text=text,
        text_ends=_ends(sizes),
        facets={name: _column([row for kept in cards for row in kept.facets[name]]) for name in facets},
        phrases=phrase_table(phrases),
        is_current=np.ones(len(sizes), dtype=np.bool_),
    )


class _Kept(NamedTuple):
    """A batch of cards in less memory."""

    scopes: list[tuple[str, ...]]
    text: NDArray[np.uint8]
    sizes: list[int]
    numbers: list[tuple[float, float, float, float]]
    keys: list[bytes]
    facets: dict[str, list[Sequence[str]]]

    @classmethod
    def of(cls, cards: Sequence[Card], facets: Sequence[str]) -> "_Kept":
        texts = [card.text[:TEXT_LIMIT].encode() for card in cards]
        return cls(
            [card.scopes for card in cards],
            np.frombuffer(b"".join(texts), dtype=np.uint8),
            [len(text) for text in texts],
            [(card.id, card.day, card.latitude, card.longitude) for card in cards],
            [card.key.encode(KEY_ENCODING, "replace")[:KEY_BYTES] for card in cards],
            {name: [card.facets.get(name, ()) for card in cards] for name in facets},
        )


def _column(rows: Sequence[Sequence[str]]) -> FacetColumn:
    sets: dict[tuple[str, ...], int] = {}
    of = np.array([sets.setdefault(tuple(row), len(sets)) for row in rows], dtype=np.int32)
    values = sorted({value for row in sets for value in row})
    number = {value: place for place, value in enumerate(values)}
    codes = np.array([number[value] for row in sets for value in row], dtype=np.int32)
    return FacetColumn(values, _ends([len(row) for row in sets]), codes, of)


def _audiences(scopes: Sequence[tuple[str, ...]]) -> tuple[NDArray[np.int32], NDArray[np.uint64], NDArray[np.int32]]:
    """Number the sets of scopes: thousands of records share a few dozen."""
    numbers: dict[tuple[str, ...], int] = {}
    audience = np.array([numbers.setdefault(group, len(numbers)) for group in scopes], dtype=np.int32)
    hashes = np.array([token_hash(scope) for group in numbers for scope in group], dtype=np.uint64)
    places = np.repeat(np.arange(len(numbers), dtype=np.int32), [len(group) for group in numbers])
    order = np.argsort(hashes, kind="stable")
    return audience, hashes[order], places[order]


def _ends(sizes: Sequence[int]) -> Rows:
    return np.concatenate([[0], np.cumsum(np.array(sizes, dtype=np.int64))]).astype(np.int64)


FACET_PARTS: Final = ("starts", "codes", "of")
PLAIN: Final = (
    "ids", "audience", "scope", "scope_audience", "place", "day", "key", "text", "text_ends",
)  # fmt: skip


def write_segment(segment: Segment, folder: Path) -> None:
    """Write a segment into an existing folder."""
    for name, column in _arrays(segment).items():
        np.save(folder / f"{name}.npy", column, allow_pickle=False)
    told = {"subject": segment.subject, "facets": {name: one.values for name, one in segment.facets.items()}}
    (folder / VALUES_FILE).write_text(json.dumps(told, ensure_ascii=False), encoding="utf-8")


def read_segment(folder: Path) -> Segment:
    """Map a folder; raises ``OSError`` or ``ValueError`` where it is not whole."""
    told = json.loads((folder / VALUES_FILE).read_text(encoding="utf-8"))
    columns: dict[str, Any] = {name: _mapped(folder, name) for name in PLAIN}
    return Segment(
        subject=told["subject"],
        postings=Postings(*(_mapped(folder, f"postings-{name}") for name in Postings._fields)),
        facets={
            name: FacetColumn(values, *(_mapped(folder, f"{name}-{part}") for part in FACET_PARTS))
            for name, values in told["facets"].items()
        },
        phrases=PhraseTable(*(_mapped(folder, f"phrases-{name}") for name in PhraseTable._fields)),
        is_current=np.ones(columns["ids"].size, dtype=np.bool_),
        **columns,
    )


def _arrays(segment: Segment) -> dict[str, Any]:
    arrays = {name: getattr(segment, name) for name in PLAIN}
    for name, column in segment.facets.items():
        arrays |= {f"{name}-{part}": getattr(column, part) for part in FACET_PARTS}
    arrays |= {f"postings-{name}": column for name, column in segment.postings._asdict().items()}
    return arrays | {f"phrases-{name}": column for name, column in segment.phrases._asdict().items()}


def _mapped(folder: Path, name: str) -> Any:
    return np.asarray(np.load(folder / f"{name}.npy", mmap_mode="r", allow_pickle=False))
