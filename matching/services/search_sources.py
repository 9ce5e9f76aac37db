"""What search reads: resources and needs from their documents, organizations from their rows, each followed by a
number that only grows.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from itertools import islice
from typing import Any, Final, NamedTuple, Protocol, TypeVar

import numpy as np
from django.apps import apps
from django.db.models import Model
from django.utils import timezone

from lexicon.hashing import token_hash
from lexicon.normalise import normalise
from lexicon.tokenise import tokens_of
from matching.engine.packing import Ragged, flat_index
from matching.engine.records import ENCODING_VERSION, decode_needs, decode_resources
from matching.models import NeedDocument, ResourceDocument
from zones.choices import CodeScheme
from zones.models import Code, Organization, SharingGrant
from zones.scoping import in_force, today
from zones.search.audience import PUBLIC, opened_by, own_side
from zones.search.postings import Tokens
from zones.search.requests import FREE, NEED, ORGANIZATION, RESOURCE, STATED, UNKNOWN
from zones.search.segments import NO_DAY, UNDATED, Card

BATCH: Final = 2_000
REASON: Final = "search holds everything, each record with those who may see it"
EVENTS_READ_AGAIN: Final = 1_000
"""History numbers are given before a transaction ends: one that ends late may bear a smaller number."""
NOWHERE: Final = float("nan")
Values = dict[str, Any]
Batch = tuple[list[Card], Tokens]
Row = TypeVar("Row")


class Source(Protocol):
    """One subject of search."""

    subject: str

    def batches(self, *, after: int, until: int) -> Iterator[Batch]:
        """The records that have changed after a number, by ascending id; those that are gone are not among them."""
        ...

    def changed(self, *, after: int, until: int) -> list[int]:
        """The ids of all that have changed, gone ones too."""
        ...


class Codes(NamedTuple):
    """Every code with those above it, nearest first, by scheme."""

    above: dict[str, dict[str, tuple[str, ...]]]

    @classmethod
    def read(cls) -> "Codes":
        parents: defaultdict[str, dict[str, str]] = defaultdict(dict)
        for scheme, code, parent in Code.objects.values_list("scheme", "code", "parent_code"):
            parents[scheme][code] = parent
        return cls({scheme: {code: tuple(_up(code, rows)) for code in rows} for scheme, rows in parents.items()})

    def all_of(self, scheme: str, codes: Sequence[str]) -> tuple[str, ...]:
        """The codes and all above them: who looks for a class finds what is of its parts."""
        known = self.above.get(scheme, {})
        return tuple(dict.fromkeys(one for code in codes for one in (code, *known.get(code, ()))))


def _up(code: str, parents: dict[str, str]) -> Iterator[str]:
    seen = {code}
    while (code := parents.get(code, "")) and code not in seen:
        seen.add(code)
        yield code


class ResourceSource:
    """Active resources, from their documents."""

    subject = RESOURCE
    columns = (
        "pk", "packed", "resource__kind", "resource__zone_id", "resource__organization_id", "resource__visibility",
        "resource__name_zh", "resource__name_en", "resource__keywords", "resource__description_zh",
        "resource__description_en", "resource__industry_codes", "resource__equipment_codes", "resource__trl",
        "resource__price_from", "resource__share_mode", "resource__confirmed_on", "resource__latitude",
        "resource__longitude", "resource__zone__latitude", "resource__zone__longitude",
    )  # fmt: skip

    def changed(self, *, after: int, until: int) -> list[int]:
        rows = ResourceDocument.objects.filter(sequence__gt=after, sequence__lte=until)
        return list(rows.values_list("pk", flat=True))

    def batches(self, *, after: int, until: int) -> Iterator[Batch]:
        codes = Codes.read()
        rows = ResourceDocument.objects.filter(
            sequence__gt=after, sequence__lte=until, is_searchable=True, encoding=ENCODING_VERSION
        )
        for batch in _batched(rows.order_by("pk").values(*self.columns).iterator(BATCH)):
            grants = _grants([row["pk"] for row in batch])
            table = decode_resources([bytes(row["packed"]) for row in batch])
            yield [_resource_card(row, codes, grants[row["pk"]]) for row in batch], _tokens(table.tokens, table.counts)


def _grants(ids: list[int]) -> defaultdict[int, list[SharingGrant]]:
    found: defaultdict[int, list[SharingGrant]] = defaultdict(list)
    rows = SharingGrant.objects.unscoped(reason=REASON).filter(in_force(today()), resource_id__in=ids)
    for grant in rows.order_by("pk"):
        found[grant.resource_id].append(grant)
    return found


def _resource_card(row: Values, codes: Codes, grants: Sequence[SharingGrant]) -> Card:
    value = {name.removeprefix("resource__"): column for name, column in row.items()}
    opened = opened_by(
        value["visibility"],
        zone=value["zone_id"],
        associations=[one.association_id for one in grants if one.association_id is not None],
        zones=[one.zone_id for one in grants if one.zone_id is not None],
    )
    facets = {
        "kind": (value["kind"],),
        "zone": (str(value["zone_id"]),),
        "field": codes.all_of(CodeScheme.INDUSTRY, value["industry_codes"]),
        "equipment": codes.all_of(CodeScheme.EQUIPMENT, value["equipment_codes"]),
        "trl": _some(value["trl"]),
        "price": (_price(value["price_from"]),),
        "sharing": _some(value["share_mode"].strip()),
    }
    names = _names(value["name_zh"], value["name_en"])
    has_place = value["latitude"] is not None and value["longitude"] is not None
    prefix = "" if has_place else "zone__"
    return Card(
        id=value["pk"],
        scopes=(*own_side(zone=value["zone_id"], organization=value["organization_id"]), *opened),
        facets=facets,
        phrases=(*names, *value["keywords"]),
        text=_text(*names, *value["keywords"], value["description_zh"], value["description_en"]),
        key=_key(value["name_zh"]),
        day=_day(value["confirmed_on"]),
        latitude=float(value[f"{prefix}latitude"]),
        longitude=float(value[f"{prefix}longitude"]),
    )


class NeedSource:
    """Open needs, from their documents."""

    subject = NEED
    columns = (
        "pk", "packed", "need__kind", "need__zone_id", "need__organization_id", "need__visibility",
        "need__association_id", "need__title_zh", "need__title_en", "need__keywords", "need__summary_zh",
        "need__background_zh", "need__problem_zh", "need__content_zh", "need__industry_codes",
        "need__equipment_codes", "need__trl_need", "need__opened_at", "need__zone__latitude",
        "need__zone__longitude",
    )  # fmt: skip

    def changed(self, *, after: int, until: int) -> list[int]:
        rows = NeedDocument.objects.filter(sequence__gt=after, sequence__lte=until)
        return list(rows.values_list("pk", flat=True))

    def batches(self, *, after: int, until: int) -> Iterator[Batch]:
        codes = Codes.read()
        rows = NeedDocument.objects.filter(
            sequence__gt=after, sequence__lte=until, is_open=True, encoding=ENCODING_VERSION
        )
        for batch in _batched(rows.order_by("pk").values(*self.columns).iterator(BATCH)):
            table = decode_needs([bytes(row["packed"]) for row in batch])
            yield [_need_card(row, codes) for row in batch], _tokens(table.tokens, table.counts)


def _need_card(row: Values, codes: Codes) -> Card:
    value = {name.removeprefix("need__"): column for name, column in row.items()}
    association = value["association_id"]
    opened = opened_by(value["visibility"], zone=value["zone_id"], associations=_present(association))
    names = _names(value["title_zh"], value["title_en"])
    sections = (value[name] for name in ("summary_zh", "background_zh", "problem_zh", "content_zh"))
    return Card(
        id=value["pk"],
        scopes=(*own_side(zone=value["zone_id"], organization=value["organization_id"]), *opened),
        facets={
            "kind": (f"{NEED}.{value['kind']}",),
            "zone": (str(value["zone_id"]),),
            "field": codes.all_of(CodeScheme.INDUSTRY, value["industry_codes"]),
            "equipment": codes.all_of(CodeScheme.EQUIPMENT, value["equipment_codes"]),
            "trl": _some(value["trl_need"]),
        },
        phrases=(*names, *value["keywords"]),
        text=_text(*names, *value["keywords"], *sections),
        key=_key(value["title_zh"]),
        day=_day(value["opened_at"]),
        latitude=float(value["zone__latitude"]),
        longitude=float(value["zone__longitude"]),
    )


class OrganizationSource:
    """Organizations that were not merged into others, from their rows and by the numbers of their history."""

    subject = ORGANIZATION

    def changed(self, *, after: int, until: int) -> list[int]:
        return sorted(set(self._events(after, until)))

    def batches(self, *, after: int, until: int) -> Iterator[Batch]:
        codes = Codes.read()
        rows = Organization.objects.unscoped(reason=REASON).filter(merged_into__isnull=True)
        if after >= 0:
            rows = rows.filter(pk__in=self.changed(after=after, until=until))
        rows = rows.select_related("zone").prefetch_related("aliases").order_by("pk")
        for batch in _batched(rows.iterator(BATCH)):
            yield [_organization_card(row, codes) for row in batch], _counted(_organization_names(row) for row in batch)

    def _events(self, after: int, until: int) -> Iterable[int]:
        events = history_of(Organization)._default_manager.filter(
            pgh_id__gt=after - EVENTS_READ_AGAIN, pgh_id__lte=until
        )
        return events.values_list("pgh_obj_id", flat=True)


def history_of(model: type[Model]) -> type[Model]:
    """The table of a model's history."""
    return apps.get_model(model._meta.app_label, f"{model.__name__}Event")


def _organization_names(row: Organization) -> list[str]:
    return [*_names(row.name_zh, row.name_en), *(alias.name for alias in row.aliases.all())]


def _organization_card(row: Organization, codes: Codes) -> Card:
    names = _organization_names(row)
    return Card(
        id=row.pk,
        scopes=(*own_side(zone=row.zone_id, organization=row.pk), *([PUBLIC] if row.is_listed else [])),
        facets={
            "kind": (f"{ORGANIZATION}.{row.kind}",),
            "zone": _some(row.zone_id),
            "field": codes.all_of(CodeScheme.INDUSTRY, row.industry_codes),
        },
        phrases=tuple(names),
        text=_text(*names),
        key=_key(row.name_zh),
        day=UNDATED,
        latitude=float(row.zone.latitude) if row.zone else NOWHERE,
        longitude=float(row.zone.longitude) if row.zone else NOWHERE,
    )


SOURCES: Final[tuple[Source, ...]] = (ResourceSource(), OrganizationSource(), NeedSource())


def _tokens(tokens: Ragged, counts: Ragged) -> Tokens:
    """The tokens of packed records, and how often each stands in title, keywords and text."""
    index, _ends = flat_index(tokens.start, tokens.length)
    places, _ends = flat_index(2 * counts.start, tokens.length)
    packed = counts.words.view(np.uint32)[places]
    fields = [((packed >> np.uint32(shift)) & np.uint32(0xFF)).astype(np.float64) for shift in (0, 8, 16)]
    return Tokens(tokens.words[index], tokens.length, np.column_stack(fields))


def _counted(records: Iterable[Sequence[str]]) -> Tokens:
    """The tokens of records that are nothing but names."""
    hashes, size, counts = list[int](), list[int](), list[int]()
    for names in records:
        found: defaultdict[int, int] = defaultdict(int)
        for token in (token for name in names for token in tokens_of(name)):
            found[token_hash(token)] += 1
        hashes += found.keys()
        counts += found.values()
        size.append(len(found))
    numbers = np.array(counts, dtype=np.float64)
    columns = np.column_stack([numbers, np.zeros_like(numbers), np.zeros_like(numbers)])
    return Tokens(np.array(hashes, dtype=np.uint64), np.array(size, dtype=np.int64), columns)


def _names(chinese: str, english: str) -> list[str]:
    return [name for name in (chinese, english) if name]


def _text(*parts: str) -> str:
    return normalise("\n".join(filter(None, parts)))


def _key(name: str) -> str:
    return normalise(name)


def _some(value: object) -> tuple[str, ...]:
    return (str(value),) if value not in (None, "") else ()


def _present(value: int | None) -> list[int]:
    return [value] if value is not None else []


def _price(price_from: object) -> str:
    if price_from is None:
        return UNKNOWN
    return FREE if price_from == 0 else STATED


def _day(value: date | datetime | None) -> int:
    """The day in China as a proleptic ordinal."""
    if value is None:
        return NO_DAY
    return (timezone.localdate(value) if isinstance(value, datetime) else value).toordinal()


def _batched(rows: Iterable[Row]) -> Iterator[list[Row]]:
    found = iter(rows)
    while batch := list(islice(found, BATCH)):
        yield batch
