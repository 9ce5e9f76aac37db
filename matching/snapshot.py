"""The only reader of matching: rows of the database become records of the engine. Nothing here writes."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar

import numpy as np
from django.db import connection
from numpy.typing import NDArray

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
from matching.models import Need, NeedExclusion, NeedMetric, ResourceDocument
from matching.surroundings import NeedContext, legal_groups, read_need_context
from zones.choices import GrantScope, Visibility
from zones.models import Capability, Resource, ResourcePart, SharingGrant
from zones.scoping import in_force

Ids = Sequence[int]
Row = TypeVar("Row")
REASON = "the snapshot reads for the engine, which applies scopes itself"
DOCUMENT_BATCH = 2_000


def read_resource_facts(ids: Ids, *, on: date) -> list[ResourceFacts]:
    """Facts of the given resources as of a day, in ascending id."""
    resources = (
        Resource.objects.unscoped(reason=REASON).filter(pk__in=ids).select_related("zone__region").order_by("pk")
    )
    capabilities = _grouped(
        Capability.objects.unscoped(reason=REASON).filter(resource_id__in=ids).order_by("resource_id", "position"),
        "resource_id",
    )
    parts = _grouped(
        ResourcePart.objects.unscoped(reason=REASON).filter(resource_id__in=ids).order_by("resource_id", "position"),
        "resource_id",
    )
    grants = _grouped(
        SharingGrant.objects.unscoped(reason=REASON).filter(in_force(on), resource_id__in=ids).order_by("pk"),
        "resource_id",
    )
    limited = set(
        SharingGrant.objects.unscoped(reason=REASON).filter(resource_id__in=ids).values_list("resource_id", flat=True)
    )
    groups = legal_groups()
    return [
        _resource_facts(
            row,
            capabilities.get(row.pk, []),
            parts.get(row.pk, []),
            grants.get(row.pk, []),
            groups,
            is_limited=row.pk in limited,
        )
        for row in resources
    ]


def _resource_facts(
    row: Resource,
    capabilities: list[Capability],
    parts: list[ResourcePart],
    grants: list[SharingGrant],
    groups: Mapping[int, int],
    *,
    is_limited: bool,
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
        capacity=row.capacity,
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
    """Facts of the given needs in their context, in ascending id."""
    needs = Need.objects.unscoped(reason=REASON).filter(pk__in=ids).select_related("zone__region").order_by("pk")
    metrics = _grouped(
        NeedMetric.objects.unscoped(reason=REASON).filter(need_id__in=ids).order_by("need_id", "position"), "need_id"
    )
    exclusions = _grouped(
        NeedExclusion.objects.unscoped(reason=REASON).filter(need_id__in=ids).order_by("pk"), "need_id"
    )
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
    document is missing or not of today. The same bytes either way.
    """
    context = read_need_context(on=on)
    packed = _current_need_documents(ids, context)
    missing = [pk for pk in ids if pk not in packed]
    packed |= {facts.id: encode_need(facts) for facts in read_need_facts(missing, context=context)} if missing else {}
    return decode_needs([packed[pk] for pk in sorted(packed)])


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
    rows = ResourceDocument.objects.filter(is_searchable=True).order_by("pk").values_list("packed", flat=True)
    return (bytes(packed) for packed in rows.iterator(chunk_size=DOCUMENT_BATCH))


def _grouped(rows: Iterable[Row], column: str) -> dict[int, list[Row]]:
    groups: dict[int, list[Row]] = defaultdict(list)
    for row in rows:
        groups[getattr(row, column)].append(row)
    return groups


def _float(value: object) -> float | None:
    return None if value is None else float(str(value))
