"""The only reader of matching: rows of the database become records of the engine. Nothing here writes."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar

import numpy as np
from django.db import connection
from django.db.models import Q
from numpy.typing import NDArray

from matching.engine.material import fingerprint_of_need, fingerprint_of_resource
from matching.engine.records import (
    ENCODING_VERSION,
    NeedFacts,
    NeedTable,
    Quantity,
    ResourceFacts,
    ResourceTable,
    decode_needs,
    decode_resources,
    encode_need,
)
from matching.models import Booking, Dismissal, Need, NeedExclusion, NeedMetric, ResourceDocument
from matching.surroundings import NeedContext, legal_groups, read_need_context
from zones.choices import GrantScope, Visibility
from zones.models import Capability, Resource, ResourceExclusion, ResourcePart, SharingGrant
from zones.models.base import ScopedModel
from zones.scoping import EVERYTHING, in_force

Ids = Sequence[int]
Row = TypeVar("Row", bound=ScopedModel)
REASON = "the snapshot reads for the engine, which applies scopes itself"
DOCUMENT_BATCH = 2_000


def read_resource_facts(ids: Ids, *, on: date) -> list[ResourceFacts]:
    """Facts of the given resources as of a day, in ascending id."""
    if not ids:
        return []
    resources = (
        Resource.objects.unscoped(reason=REASON).filter(pk__in=ids).select_related("zone__region").order_by("pk")
    )
    capabilities = _children(Capability, "resource", ids, order="position")
    parts = _children(ResourcePart, "resource", ids, order="position")
    grants = _children(SharingGrant, "resource", ids, only=in_force(on))
    exclusions = _children(ResourceExclusion, "resource", ids)
    limited = set(
        SharingGrant.objects.unscoped(reason=REASON).filter(resource_id__in=ids).values_list("resource_id", flat=True)
    )
    groups, booked = legal_groups(), _booked_places(ids)
    return [
        _resource_facts(
            row,
            capabilities.get(row.pk, []),
            parts.get(row.pk, []),
            grants.get(row.pk, []),
            exclusions.get(row.pk, []),
            groups,
            is_limited=row.pk in limited,
            booked=booked[row.pk],
        )
        for row in resources
    ]


def _booked_places(ids: Ids) -> Counter[int]:
    """Resource id → places that exchanges hold now."""
    rows = Booking.objects.unscoped(reason=REASON).filter(resource_id__in=ids, released_at__isnull=True)
    return Counter(rows.values_list("resource_id", flat=True))


def _resource_facts(
    row: Resource,
    capabilities: list[Capability],
    parts: list[ResourcePart],
    grants: list[SharingGrant],
    exclusions: list[ResourceExclusion],
    groups: Mapping[int, int],
    *,
    is_limited: bool,
    booked: int,
) -> ResourceFacts:
    return ResourceFacts(
        id=row.pk,
        zone=row.zone_id,
        region=row.zone.region.code,
        organization=row.organization_id,
        legal_group=groups.get(row.organization_id, row.organization_id),
        kind=row.kind,
        title=f"{row.name_zh} {row.name_en}".strip(),
        keywords=tuple(row.keywords),
        text=f"{row.description_zh} {row.description_en}".strip(),
        items=tuple(f"{part.name_zh} {part.model}".strip() for part in parts),
        industry_codes=tuple(row.industry_codes),
        discipline_codes=tuple(row.discipline_codes),
        equipment_codes=tuple(row.equipment_codes),
        modes=tuple(row.modes),
        trl=row.trl,
        capacity=max(row.capacity - booked, 0),
        quantities=tuple(_offered(capability) for capability in capabilities),
        lead_time_days=row.lead_time_days,
        price_from=_float(row.price_from),
        price_unit=row.price_unit,
        see_scopes=_see_scopes(row, grants),
        use_scopes=_use_scopes(row, grants, is_limited=is_limited),
        confirmed_day=row.confirmed_on.toordinal() if row.confirmed_on else None,
        status=row.status,
        accepted=row.accepted_count,
        decided=row.decided_count,
        excluded_organizations=_with_heads((item.organization_id for item in exclusions), groups),
        excluded_zones=tuple(item.zone_id for item in exclusions if item.zone_id),
        latitude=_float(row.latitude),
        longitude=_float(row.longitude),
    )


def _see_scopes(row: Resource, grants: list[SharingGrant]) -> tuple[str, ...]:
    """Mirror of the drawn example in `zones.scoping`: who may see the resource, as scope tokens."""
    scopes = [f"zone:{row.zone_id}", f"organization:{row.organization_id}"]
    scopes += [f"zone:{grant.zone_id}" for grant in grants if grant.scope == GrantScope.ZONE]
    if row.visibility == Visibility.ASSOCIATION:
        scopes += [f"association:{grant.association_id}" for grant in grants if grant.scope == GrantScope.ASSOCIATION]
    if row.visibility in (Visibility.NATIONAL, Visibility.PUBLIC):
        scopes.append(str(row.visibility))
    return tuple(dict.fromkeys(scopes))


def _use_scopes(row: Resource, grants: list[SharingGrant], *, is_limited: bool) -> tuple[str, ...]:
    """Who may use it: everybody who sees it where nothing was ever granted, else its own zone and the grants in
    force.
    """
    if not is_limited:
        return ("public",)
    scopes = [f"zone:{row.zone_id}", *(_grant_scope(grant) for grant in grants)]
    return tuple(dict.fromkeys(scopes))


def _grant_scope(grant: SharingGrant) -> str:
    match grant.scope:
        case GrantScope.ZONE:
            return f"zone:{grant.zone_id}"
        case GrantScope.ASSOCIATION:
            return f"association:{grant.association_id}"
    return "national"


def _offered(row: Capability) -> Quantity:
    return Quantity(
        key=row.key,
        name=row.name_zh,
        low=row.low,
        high=row.high,
        truth=row.truth,
        choices=tuple(row.choices),
        unit=row.unit,
        is_known=row.is_known,
    )


def read_need_facts(ids: Ids, *, context: NeedContext) -> list[NeedFacts]:
    """Facts of the given needs in their context, without what they have dismissed, in ascending id."""
    needs = Need.objects.unscoped(reason=REASON).filter(pk__in=ids).select_related("zone__region").order_by("pk")
    metrics = _children(NeedMetric, "need", ids, order="position")
    exclusions = _children(NeedExclusion, "need", ids)
    return [_need_facts(row, metrics.get(row.pk, []), exclusions.get(row.pk, []), context) for row in needs]


def _need_facts(
    row: Need, metrics: list[NeedMetric], exclusions: list[NeedExclusion], context: NeedContext
) -> NeedFacts:
    associations = context.associations.get(row.zone_id, ())
    return NeedFacts(
        id=row.pk,
        zone=row.zone_id,
        region=row.zone.region.code,
        organization=row.organization_id,
        legal_group=context.groups.get(row.organization_id, row.organization_id),
        kind=row.kind,
        title=f"{row.title_zh} {row.title_en}".strip(),
        keywords=tuple(row.keywords),
        text=" ".join(filter(None, (row.summary_zh, row.background_zh, row.problem_zh, row.content_zh))),
        content=row.content_zh or row.summary_zh,
        associations=associations,
        industry_codes=tuple(row.industry_codes),
        discipline_codes=tuple(row.discipline_codes),
        equipment_codes=tuple(row.equipment_codes),
        modes=tuple(row.modes),
        trl_have=row.trl_have,
        trl_need=row.trl_need,
        budget_min=_float(row.budget_min),
        budget_max=_float(row.budget_max),
        deadline_day=row.deadline.toordinal() if row.deadline else None,
        duration_months=row.duration_months,
        quantities=tuple(_required(metric) for metric in metrics),
        scopes=need_scopes(row.zone_id, row.organization_id, associations),
        excluded_organizations=_with_heads((item.organization_id for item in exclusions), context.groups),
        excluded_zones=tuple(item.zone_id for item in exclusions if item.zone_id),
        wanted=row.wanted_partners,
    )


def _with_heads(organizations: Iterable[int | None], groups: Mapping[int, int]) -> tuple[int, ...]:
    """Each organization and the head of its group: excluding one excludes them all."""
    named = [pk for pk in organizations if pk is not None]
    return tuple(dict.fromkeys([*named, *(groups.get(pk, pk) for pk in named)]))


def need_scopes(zone: int, organization: int, associations: Iterable[int]) -> tuple[str, ...]:
    """All scopes in which the side of a need sees and uses resources."""
    return (
        "public",
        "national",
        f"zone:{zone}",
        f"organization:{organization}",
        *(f"association:{pk}" for pk in associations),
    )


def _required(row: NeedMetric) -> Quantity:
    return Quantity(
        key=row.key,
        name=row.name_zh,
        low=row.low,
        high=row.high,
        truth=row.truth,
        choices=tuple(row.choices),
        unit=row.unit,
        op=row.operator,
        is_must=row.priority == "must",
    )


def read_needs(ids: Ids, *, on: date) -> NeedTable:
    """The given needs as the engine's table, in ascending id: from their documents, and from their facts where a
    document is missing or not of today. The same bytes either way. What they have dismissed is laid over: it hangs on
    both sides, so that no document of one can hold it.
    """
    context = read_need_context(on=on)
    packed = _current_need_documents(ids, context)
    missing = [pk for pk in ids if pk not in packed]
    packed |= {facts.id: encode_need(facts) for facts in read_need_facts(missing, context=context)} if missing else {}
    table = decode_needs([packed[pk] for pk in sorted(packed)])
    return table.with_dismissed(dismissed_resources(ids, on=on))


DISMISSED = (
    "need_version", "need_fingerprint", "need__version",
    "resource_version", "resource_fingerprint", "resource__version",
)  # fmt: skip


def dismissed_resources(ids: Ids, *, on: date) -> dict[int, tuple[int, ...]]:
    """Need → resources it has dismissed, ascending, where neither side has changed materially since; needs without are
    left out. Fingerprints are compared only where a version has moved.
    """
    rows = Dismissal.objects.unscoped(reason=REASON).filter(need_id__in=ids, ended_at__isnull=True)
    pairs = list(rows.select_related("need", "resource").only(*DISMISSED).order_by("need_id", "resource_id"))
    asked = _fingerprints_of_needs({row.need_id for row in pairs if row.need.version != row.need_version}, on=on)
    offered = {
        facts.id: fingerprint_of_resource(facts)
        for facts in read_resource_facts(
            sorted({row.resource_id for row in pairs if row.resource.version != row.resource_version}), on=on
        )
    }
    standing: dict[int, list[int]] = defaultdict(list)
    for row in pairs:
        is_same_need = asked.get(row.need_id, row.need_fingerprint) == row.need_fingerprint
        if is_same_need and offered.get(row.resource_id, row.resource_fingerprint) == row.resource_fingerprint:
            standing[row.need_id].append(row.resource_id)
    return {need: tuple(found) for need, found in standing.items()}


def _fingerprints_of_needs(ids: set[int], *, on: date) -> dict[int, str]:
    if not ids:
        return {}
    facts = read_need_facts(sorted(ids), context=read_need_context(on=on))
    return {need.id: fingerprint_of_need(need) for need in facts}


def _current_need_documents(ids: Ids, context: NeedContext) -> dict[int, bytes]:
    query = (
        "SELECT d.need_id, n.zone_id, d.context, d.packed FROM matching_needdocument d "
        "JOIN matching_need n ON n.id = d.need_id AND n.version = d.need_version "
        "WHERE d.need_id = ANY(%s) AND d.encoding = %s AND d.is_open"
    )
    with connection.cursor() as cursor:
        cursor.execute(query, [list(ids), ENCODING_VERSION])
        rows = cursor.fetchall()
    return {pk: bytes(packed) for pk, zone, key, packed in rows if key == context.key_of(zone)}


def read_resources(ids: NDArray[np.int64]) -> ResourceTable:
    """Resources by id from their documents, in ascending id; an id without a document is left out."""
    return ResourceReader()(ids)


@dataclass(slots=True)
class ResourceReader:
    """Reads documents and remembers from which version of its resource each was made.

    One array parameter instead of thousands, and no sorting of wide rows in the database.
    """

    versions: dict[int, int] = field(default_factory=dict)

    def __call__(self, ids: NDArray[np.int64]) -> ResourceTable:
        query = (
            "SELECT resource_id, resource_version, packed FROM matching_resourcedocument WHERE resource_id = ANY(%s)"
        )
        with connection.cursor() as cursor:
            cursor.execute(query, [ids.tolist()])
            rows: list[tuple[int, int, bytes]] = sorted(cursor.fetchall())
        self.versions.update((pk, version) for pk, version, _packed in rows)
        return decode_resources([bytes(packed) for _pk, _version, packed in rows])


def searchable_documents() -> Iterator[bytes]:
    """Packed records of everything that can be found, streamed in ascending id."""
    return (packed for _version, packed in searchable_records())


def searchable_records() -> Iterator[tuple[int, bytes]]:
    """Version of the resource and packed record of everything that can be found, streamed in ascending id."""
    rows = ResourceDocument.objects.filter(is_searchable=True).order_by("pk").values_list("resource_version", "packed")
    return ((version, bytes(packed)) for version, packed in rows.iterator(chunk_size=DOCUMENT_BATCH))


def _children(
    model: type[Row], parent: str, ids: Ids, *, order: str = "pk", only: Q = EVERYTHING
) -> dict[int, list[Row]]:
    """Parent id → the rows that hang on it, in their order."""
    groups: dict[int, list[Row]] = defaultdict(list)
    for row in model.objects.unscoped(reason=REASON).filter(only, **{f"{parent}_id__in": ids}).order_by(order):
        groups[getattr(row, f"{parent}_id")].append(row)
    return groups


def _float(value: object) -> float | None:
    return None if value is None else float(str(value))
