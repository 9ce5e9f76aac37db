"""The only writer of vectors, and which texts lack one: one row per record and model, current while its text is."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Final, NamedTuple

from django.db import connection, transaction

from ledger.changes import begin_anew, hand_over
from ledger.models import Follower
from matching.choices import VectorKind
from matching.embedding import EmbeddingFailed
from matching.embedding.base import Vectors
from matching.engine.vectors import packed, text_hash, text_of, whole
from matching.models import NeedVector, ResourceVector
from matching.services.sending import embeds_elsewhere, sendable, sendable_ids, withheld
from matching.snapshot import read_need_facts, read_resource_facts
from matching.surroundings import read_need_context
from zones.scoping import today

SUBJECT: Final = "vector"
TABLES: Final[dict[str, type[ResourceVector] | type[NeedVector]]] = {
    VectorKind.RESOURCE: ResourceVector,
    VectorKind.NEED: NeedVector,
}
FOUND: Final = {VectorKind.RESOURCE: "d.is_searchable", VectorKind.NEED: "d.is_open"}
OWNERS: Final = {VectorKind.RESOURCE: "zones_resource", VectorKind.NEED: "matching_need"}
LACKING: Final = """
FROM matching_{kind}document d JOIN {owner} o ON o.id = d.{kind}_id AND o.version = d.{kind}_version
WHERE {found} AND o.visibility = ANY(%(visibilities)s) AND d.text_hash <> '' AND NOT EXISTS (
    SELECT FROM matching_{kind}vector v WHERE v.{kind}_id = d.{kind}_id AND v.model = %(model)s
    AND v.text_hash = d.text_hash)
"""
"""Documents of today's version whose text has no vector; one that is behind is made again first."""
BEING_DONE: Final = """
AND d.{kind}_id <> ALL (ARRAY (SELECT unnest(s.object_ids) FROM matching_embeddingstep s
    WHERE s.kind = %(kind)s AND s.model = %(model)s AND s.state <> 'done'))
"""
Texts = Mapping[int, str]
"""id → what is embedded of it."""


class Lack(NamedTuple):
    """How many texts have no vector of the model."""

    resources: int
    needs: int

    @property
    def total(self) -> int:
        """Of both kinds."""
        return self.resources + self.needs


def texts_to_embed(kind: str, ids: Sequence[int]) -> dict[int, str]:
    """What is embedded of those records that may be sent to where that is done."""
    return texts_of(kind, sendable_ids(kind, ids, elsewhere=embeds_elsewhere()))


def texts_of(kind: str, ids: Sequence[int]) -> dict[int, str]:
    """What is embedded of each record, as it stands now."""
    if kind == VectorKind.RESOURCE:
        return {facts.id: text_of(facts) for facts in read_resource_facts(ids, on=today())}
    context = read_need_context(on=today())
    return {facts.id: text_of(facts) for facts in read_need_facts(ids, context=context)}


@transaction.atomic
def save_vectors(kind: str, *, model: str, texts: Texts, vectors: Vectors) -> None:
    """Store one vector per text, in their order, as one batch. Raises EmbeddingFailed where the model has other
    dimensions than before: two lengths under one name are two models.
    """
    _must_fit(model, vectors.shape[1])
    rows = dict(zip(texts, whole(vectors), strict=True))

    def write(ids: list[int], sequence: int) -> None:
        table: Any = TABLES[kind]
        owner = f"{kind}_id"
        made: list[Any] = [
            table(
                **{owner: pk},
                model=model,
                dimensions=vectors.shape[1],
                text_hash=text_hash(texts[pk]),
                sequence=sequence,
                packed=packed(rows[pk]),
            )
            for pk in ids
        ]
        columns = ["dimensions", "text_hash", "sequence", "packed"]
        table.objects.bulk_create(made, update_conflicts=True, unique_fields=[kind, "model"], update_fields=columns)

    hand_over(SUBJECT, sorted(texts), write)


def _must_fit(model: str, dimensions: int) -> None:
    known = dimensions_of(model)
    if known not in (None, dimensions):
        raise EmbeddingFailed(
            f"{model} gives vectors of {dimensions} numbers, those stored have {known}: "
            "set another EMBEDDING_MODEL, or begin anew with manage.py embed --again"
        )


def dimensions_of(model: str) -> int | None:
    """How long the stored vectors of a model are; None before the first."""
    lengths = (
        table.objects.filter(model=model).values_list("dimensions", flat=True).first() for table in TABLES.values()
    )
    return next((length for length in lengths if length is not None), None)


def current_resources(model: str) -> int:
    """How many resources that can be found have a current vector."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM matching_resourcevector v JOIN matching_resourcedocument d "
            "ON d.resource_id = v.resource_id AND d.text_hash = v.text_hash AND d.is_searchable WHERE v.model = %s",
            [model],
        )
        count: int = cursor.fetchone()[0]
    return count


def latest_version() -> int:
    """The number of the last batch; 0 before the first."""
    return Follower.objects.filter(name=SUBJECT).values_list("sequence", flat=True).first() or 0


def lack_of(model: str) -> Lack:
    """How many texts lack a vector of the model and may get one."""
    return _counted(model, sendable)


def withheld_of(model: str) -> Lack:
    """How many texts lack a vector of the model because they may not be sent to it."""
    return _counted(model, withheld)


def lacking_ids(kind: str, *, model: str, limit: int, among: Iterable[int] | None = None) -> list[int]:
    """Ids of texts without a vector, ascending; those that are being embedded, or cannot be, only if asked for."""
    values: dict[str, Any] = {"model": model, "kind": str(kind), "limit": limit, "among": list(among or ())}
    narrowed = BEING_DONE if among is None else "AND d.{kind}_id = ANY(%(among)s)"
    query = f"SELECT d.{{kind}}_id {LACKING} {narrowed} ORDER BY 1 LIMIT %(limit)s"
    with connection.cursor() as cursor:
        cursor.execute(_told(query, kind), values | {"visibilities": sendable(kind, elsewhere=embeds_elsewhere())})
        return [pk for (pk,) in cursor.fetchall()]


def _counted(model: str, visibilities: Callable[..., list[str]]) -> Lack:
    counts = []
    for kind in (VectorKind.RESOURCE, VectorKind.NEED):
        values: dict[str, Any] = {"model": model, "visibilities": visibilities(kind, elsewhere=embeds_elsewhere())}
        with connection.cursor() as cursor:
            cursor.execute(_told(f"SELECT count(*) {LACKING}", kind), values)
            counts.append(cursor.fetchone()[0])
    return Lack(*counts)


def _told(query: str, kind: str) -> str:
    table = VectorKind(kind)
    return query.format(kind=table.value, owner=OWNERS[table], found=FOUND[table])


@transaction.atomic
def forget_vectors(model: str) -> None:
    """Delete the vectors of a model, to begin anew; who follows them reads all again."""
    for table in TABLES.values():
        table.objects.filter(model=model).delete()
    begin_anew(SUBJECT)


def drop_other_models(models: Iterable[str]) -> int:
    """Delete vectors of every model but these; returns how many."""
    kept = sorted(set(models))
    return sum(table.objects.exclude(model__in=kept).delete()[0] for table in TABLES.values())
