"""Facts become bytes once, when they are saved; bytes become tables of columns whenever a run needs them.

Nothing is tokenised, normalised or converted after this module: a change of the lexicon or of the layout raises
``ENCODING_VERSION``.
"""

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any, Final

import numpy as np

from lexicon.hashing import token_hash
from lexicon.normalise import clean
from lexicon.tokenise import token_weight, tokens_of
from matching.engine.facts import (
    ACTIVE,
    ENCODING_VERSION,
    MAX_TOKENS,
    NEED_KINDS,
    PRICE_UNITS,
    RESOURCE_KINDS,
    NeedFacts,
    ResourceFacts,
)
from matching.engine.packing import (
    Flags,
    Floats,
    Integers,
    Joined,
    Ragged,
    float_words,
    hash_words,
    integer_words,
    pack,
    unpack,
)
from matching.engine.quantities import QUANTITY_SECTIONS, QuantityTable, displayed, quantity_sections

RESOURCE_RECORD: Final = 1
NEED_RECORD: Final = 2
UNKNOWN: Final = -1
LIGHT_TOKEN: Final = 1 << 24
"""Flag in a packed count: the token is a single character and weighs less."""

MAX_ITEMS: Final = 200
MAX_KEYWORDS: Final = 100
SHORT_TEXT: Final = 500
"""Titles, keywords and items are read up to here."""

MAX_EXACT_COUNT: Final = 255
TITLE_SHIFT, KEYWORD_SHIFT, TEXT_SHIFT = 0, 8, 16

RESOURCE_SCALARS: Final = (
    "id", "zone", "organization", "legal_group", "kind", "trl", "capacity", "lead_time_days", "confirmed_day",
    "is_active", "accepted", "decided", "title_length", "keyword_length", "text_length", "own_terms", "price_unit",
)  # fmt: skip
NEED_SCALARS: Final = (
    "id",
    "zone",
    "organization",
    "legal_group",
    "kind",
    "trl_have",
    "trl_need",
    "deadline_day",
    "duration_months",
    "wanted",
    "characters",
)
SHARED_SECTIONS: Final = (
    "tokens", "counts", "industries", "disciplines", "equipment", "modes", "excluded_organizations", "details",
)  # fmt: skip
RESOURCE_SECTIONS: Final = (
    "scalars",
    "floats",
    *SHARED_SECTIONS,
    "see_scopes",
    "use_scopes",
    "items",
    "excluded_zones",
)
NEED_SECTIONS: Final = ("scalars", "floats", *SHARED_SECTIONS, "scopes", "excluded_zones", "dismissed", "token_text")


@dataclass(frozen=True, slots=True)
class ResourceTable:
    """Resources as columns, one row each; int64 columns use -1 for unknown, float64 columns NaN; the rest are ragged
    rows.

    ``tokens``: sorted uint64 hashes; ``counts``: one uint32 per token (title | keywords << 8 | text << 16 | light <<
    24), two to a word; ``items``: uint32 item count, then the end of each item, then token positions; ``details``: JSON
    for people.
    """

    id: Integers
    zone: Integers
    organization: Integers
    legal_group: Integers
    kind: Integers
    trl: Integers
    capacity: Integers
    lead_time_days: Integers
    confirmed_day: Integers
    is_active: Flags
    accepted: Integers
    decided: Integers
    title_length: Integers
    keyword_length: Integers
    text_length: Integers
    own_terms: Integers
    price_unit: Integers
    price_from: Floats
    latitude: Floats
    longitude: Floats
    tokens: Ragged
    counts: Ragged
    industries: Ragged
    disciplines: Ragged
    equipment: Ragged
    modes: Ragged
    excluded_organizations: Ragged
    details: Ragged
    see_scopes: Ragged
    use_scopes: Ragged
    items: Ragged
    excluded_zones: Ragged
    quantities: QuantityTable

    def __len__(self) -> int:
        return int(self.id.size)

    def take(self, rows: Integers) -> "ResourceTable":
        """Return the given rows; ragged content is shared, not copied."""
        return ResourceTable(**_taken(self, rows))

    def details_of(self, row: int) -> dict[str, Any]:
        """Return what people read of one resource: title, keywords, items, codes, quantities as written."""
        return _read_details(self.details, row)


@dataclass(frozen=True, slots=True)
class NeedTable:
    """Needs as columns, one row each; the same conventions as :class:`ResourceTable`; ``token_text``: the tokens
    themselves."""

    id: Integers
    zone: Integers
    organization: Integers
    legal_group: Integers
    kind: Integers
    trl_have: Integers
    trl_need: Integers
    deadline_day: Integers
    duration_months: Integers
    wanted: Integers
    characters: Integers
    budget_min: Floats
    budget_max: Floats
    tokens: Ragged
    counts: Ragged
    industries: Ragged
    disciplines: Ragged
    equipment: Ragged
    modes: Ragged
    excluded_organizations: Ragged
    details: Ragged
    scopes: Ragged
    excluded_zones: Ragged
    dismissed: Ragged
    token_text: Ragged
    quantities: QuantityTable

    def __len__(self) -> int:
        return int(self.id.size)

    def take(self, rows: Integers) -> "NeedTable":
        """Return the given rows; ragged content is shared, not copied."""
        return NeedTable(**_taken(self, rows))

    def with_dismissed(self, dismissed: Mapping[int, Sequence[int]]) -> "NeedTable":
        """Return the same needs with other dismissed resources: need id → resource ids; who is not named has none."""
        return replace(self, dismissed=Ragged.of([dismissed.get(need, ()) for need in self.id.tolist()]))

    def details_of(self, row: int) -> dict[str, Any]:
        """Return what people read of one need: title, keywords, codes, quantities as written, scopes."""
        return _read_details(self.details, row)

    def tokens_of(self, row: int) -> list[str]:
        """Return the token texts of one need, in the order of its hashes."""
        text = self.token_text.text(row)
        return text.split("\n") if text else []


@dataclass(frozen=True, slots=True)
class _Tokens:
    """Distinct tokens of one record in the order of their hashes, with packed counts and field lengths."""

    texts: list[str]
    hashes: list[int]
    counts: list[int]
    lengths: tuple[int, int, int]

    @property
    def own_terms(self) -> int:
        """Number of distinct tokens in the record's own fields; tokens of items alone have no count."""
        return sum(1 for count in self.counts if count & (LIGHT_TOKEN - 1))


def encode_resource(facts: ResourceFacts) -> bytes:
    """Return the record of a resource: a pure function of the facts and the lexicon, byte for byte."""
    items = [tokens_of(title[:SHORT_TEXT]) for title in facts.items[:MAX_ITEMS]]
    tokens = _count_tokens(facts.title, facts.keywords, facts.text, extra=items)
    scalars = [
        facts.id,
        facts.zone,
        facts.organization,
        facts.legal_group,
        _kind(facts.kind, RESOURCE_KINDS),
        _known(facts.trl),
        facts.capacity,
        _known(facts.lead_time_days),
        _known(facts.confirmed_day),
        facts.status == ACTIVE,
        facts.accepted,
        facts.decided,
        *tokens.lengths,
        tokens.own_terms,
        _kind(facts.price_unit, PRICE_UNITS),
    ]
    sections = [
        integer_words(scalars),
        float_words([facts.price_from, facts.latitude, facts.longitude]),
        *_shared_sections(
            facts, tokens, _details(facts, items=[clean(item)[:SHORT_TEXT] for item in facts.items[:MAX_ITEMS]])
        ),
        hash_words([token_hash(scope) for scope in facts.see_scopes]),
        hash_words([token_hash(scope) for scope in facts.use_scopes]),
        _item_section(items, tokens),
        hash_words(facts.excluded_zones),
        *quantity_sections(facts.quantities),
    ]
    return pack(ENCODING_VERSION, RESOURCE_RECORD, sections)


def encode_need(facts: NeedFacts) -> bytes:
    """Return the record of a need: a pure function of the facts and the lexicon, byte for byte."""
    tokens = _count_tokens(facts.title, facts.keywords, facts.text)
    scalars = [
        facts.id,
        facts.zone,
        facts.organization,
        facts.legal_group,
        _kind(facts.kind, NEED_KINDS),
        _known(facts.trl_have),
        _known(facts.trl_need),
        _known(facts.deadline_day),
        _known(facts.duration_months),
        facts.wanted,
        _characters(facts),
    ]
    sections = [
        integer_words(scalars),
        float_words([facts.budget_min, facts.budget_max]),
        *_shared_sections(facts, tokens, _details(facts, scopes=list(facts.scopes))),
        hash_words([token_hash(scope) for scope in facts.scopes]),
        hash_words(facts.excluded_zones),
        hash_words(facts.dismissed),
        "\n".join(tokens.texts).encode("utf-8"),
        *quantity_sections(facts.quantities),
    ]
    return pack(ENCODING_VERSION, NEED_RECORD, sections)


def decode_resources(blobs: Sequence[bytes] | Joined) -> ResourceTable:
    """Return resources as columns, in the order given; raises ``EncodingMismatch`` for records of another version."""
    count = len(RESOURCE_SECTIONS)
    unpacked = unpack(blobs, version=ENCODING_VERSION, kind=RESOURCE_RECORD, sections=count + QUANTITY_SECTIONS)
    named: dict[str, Any] = dict(zip(RESOURCE_SECTIONS[2:], unpacked.sections[2:count], strict=True))
    columns = _columns(unpacked.integers(0, len(RESOURCE_SCALARS)), RESOURCE_SCALARS)
    columns["is_active"] = columns["is_active"] != 0
    floats = _columns(unpacked.integers(1, 3).view(np.float64), ("price_from", "latitude", "longitude"))
    return ResourceTable(**columns, **floats, **named, quantities=QuantityTable(*unpacked.sections[count:]))


def decode_needs(blobs: Sequence[bytes]) -> NeedTable:
    """Return needs as columns, in the order given; raises ``EncodingMismatch`` for records of another version."""
    count = len(NEED_SECTIONS)
    unpacked = unpack(blobs, version=ENCODING_VERSION, kind=NEED_RECORD, sections=count + QUANTITY_SECTIONS)
    named: dict[str, Any] = dict(zip(NEED_SECTIONS[2:], unpacked.sections[2:count], strict=True))
    columns = _columns(unpacked.integers(0, len(NEED_SCALARS)), NEED_SCALARS)
    floats = _columns(unpacked.integers(1, 2).view(np.float64), ("budget_min", "budget_max"))
    return NeedTable(**columns, **floats, **named, quantities=QuantityTable(*unpacked.sections[count:]))


def index_document(facts: ResourceFacts) -> tuple[str, tuple[str, ...]]:
    """Return what the text index stores of a resource: its tokens, title and keywords twice, and its scope tokens.

    Scopes that may see it stand as they are, scopes that may use it carry the prefix ``use:``.
    """
    weighty = [*tokens_of(facts.title[:SHORT_TEXT]), *_keyword_tokens(facts.keywords)]
    items = [token for item in facts.items[:MAX_ITEMS] for token in tokens_of(item[:SHORT_TEXT])]
    scopes = (*facts.see_scopes, *(f"use:{scope}" for scope in facts.use_scopes))
    return " ".join([*weighty, *weighty, *tokens_of(facts.text), *items]), scopes


def _keyword_tokens(keywords: Sequence[str]) -> list[str]:
    return [token for keyword in keywords[:MAX_KEYWORDS] for token in tokens_of(keyword[:SHORT_TEXT])]


def _count_tokens(title: str, keywords: Sequence[str], text: str, extra: Iterable[Sequence[str]] = ()) -> _Tokens:
    """Count the tokens of the three fields; tokens of ``extra`` lists are known but not counted."""
    words = (tokens_of(title[:SHORT_TEXT]), _keyword_tokens(keywords), tokens_of(text))
    packed: dict[str, int] = {}
    for shift, field in zip((TITLE_SHIFT, KEYWORD_SHIFT, TEXT_SHIFT), words, strict=True):
        for token, count in Counter(field).items():
            packed[token] = packed.get(token, 0) | min(count, MAX_EXACT_COUNT) << shift
    for token in (token for field in extra for token in field):
        packed.setdefault(token, 0)
    by_hash = sorted({token_hash(token): token for token in list(packed)[:MAX_TOKENS]}.items())
    counts = [packed[token] | (LIGHT_TOKEN if token_weight(token) < 1.0 else 0) for _, token in by_hash]
    lengths = (len(words[0]), len(words[1]), len(words[2]))
    return _Tokens([token for _, token in by_hash], [number for number, _ in by_hash], counts, lengths)


def _shared_sections(facts: ResourceFacts | NeedFacts, tokens: _Tokens, details: bytes) -> list[bytes]:
    codes = (facts.industry_codes, facts.discipline_codes, facts.equipment_codes, facts.modes)
    return [
        np.array(tokens.hashes, dtype="<u8").tobytes(),
        np.array(tokens.counts, dtype="<u4").tobytes(),
        *(hash_words([token_hash(code) for code in group]) for group in codes),
        hash_words(facts.excluded_organizations),
        details,
    ]


def _item_section(items: Sequence[Sequence[str]], tokens: _Tokens) -> bytes:
    """Item count, then the end of each item in the list that follows, then positions of tokens in the record's token
    row."""
    if not items:
        return b""
    position = {token: index for index, token in enumerate(tokens.texts)}
    rows = [sorted({position[token] for token in item if token in position}) for item in items]
    ends = np.cumsum([len(row) for row in rows])
    return np.array([len(rows), *ends, *(index for row in rows for index in row)], dtype="<u4").tobytes()


def _details(facts: ResourceFacts | NeedFacts, **more: list[str]) -> bytes:
    values = {
        "title": clean(facts.title)[:SHORT_TEXT],
        "kind": facts.kind,
        "region": facts.region,
        "keywords": [clean(word)[:SHORT_TEXT] for word in facts.keywords[:MAX_KEYWORDS]],
        "industries": list(facts.industry_codes),
        "disciplines": list(facts.discipline_codes),
        "equipment": list(facts.equipment_codes),
        "modes": list(facts.modes),
        "quantities": [displayed(quantity) for quantity in facts.quantities],
        **more,
    }
    return json.dumps(values, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode("utf-8", "replace")


def _read_details(details: Ragged, row: int) -> dict[str, Any]:
    values: dict[str, Any] = json.loads(details.text(row))
    return values


def _characters(need: NeedFacts) -> int:
    """Return the length of a need; a text that begins with its title says it once."""
    repeated = len(need.title) if need.text.startswith(need.title) else 0
    return len(need.title) + sum(map(len, need.keywords)) + len(need.text) - repeated


def _known(value: int | None) -> int:
    return UNKNOWN if value is None else value


def _kind(kind: str, kinds: tuple[str, ...]) -> int:
    return kinds.index(kind) if kind in kinds else UNKNOWN


def _columns(values: Any, names: tuple[str, ...]) -> dict[str, Any]:
    return {name: np.ascontiguousarray(values[:, index]) for index, name in enumerate(names)}


def _taken(table: ResourceTable | NeedTable, rows: Integers) -> dict[str, Any]:
    columns = {field.name: getattr(table, field.name) for field in fields(table)}
    return {
        name: column.take(rows) if not isinstance(column, np.ndarray) else column[rows]
        for name, column in columns.items()
    }
