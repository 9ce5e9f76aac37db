"""Rows of a large synthetic site and their documents, written by COPY. Django must be set up before this is imported.

The rows are those of ``manage.py seed``. A part is a function of the seed and its number, whichever process makes it.
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import lru_cache
from typing import Any, Final

import numpy as np
from django.conf import settings
from django.db import connection, models, transaction
from django.utils import timezone

from ledger.changes import epoch_of
from ledger.models import Follower
from matching.importing.synthetic import (
    RESOURCES_PER_ORGANIZATION,
    Vocabulary,
    capabilities_of,
    metrics_of,
    need_of,
    owners_of,
    resource_of,
)
from matching.models import Need, NeedMetric, ResourceDocument
from matching.services.documents import document_of
from matching.services.index_places import SUBJECT
from matching.services.need_documents import refresh_stale_needs
from matching.snapshot import read_resource_facts
from zones.importing.reference import load_reference
from zones.models import DETAIL_MODELS, Capability, Organization, Resource, Zone
from zones.scoping import SYSTEM, today

SEED: Final = 1
PART: Final = 2_500
MAX_OWNERS: Final = 20_000
FIRST_BATCH: Final = 1
CAPABILITIES: Final = 3
OF_RESOURCES, OF_NEEDS = 1, 2
FILLED: Final[tuple[type[models.Model], ...]] = (Resource, *DETAIL_MODELS.values(), Capability, Need, NeedMetric)
COUNTED: Final[tuple[type[models.Model], ...]] = (Resource, Capability, Need, NeedMetric)


def prepare(resources: int) -> None:
    """Load the reference tables and register the owners, through the product."""
    load_reference(settings.REFERENCE_DIR)
    zones = list(Zone.objects.select_related("region").order_by("pk"))
    count = min(MAX_OWNERS, max(1, resources // RESOURCES_PER_ORGANIZATION))
    with transaction.atomic():
        owners_of(SYSTEM, Vocabulary.of(SEED), zones, count=count, seed=SEED)


def fill_part(first: int, count: int) -> int:
    """Write resources ``first`` … with their details, capabilities and documents; returns how many."""
    words, owners = _words(OF_RESOURCES, first), _owners()
    numbers = range(first, first + count)
    topics = zip(numbers, words.topic_rows(count), strict=True)
    rows = [resource_of(words, words.pick(owners), topic, f"{SEED}-{number:07d}") for number, topic in topics]
    for number, row in zip(numbers, rows, strict=True):
        row.pk = number
    capabilities = _numbered(capabilities_of(words, rows), 1 + (first - 1) * CAPABILITIES)
    with transaction.atomic():
        copy_rows(Resource, rows)
        for kind, model in DETAIL_MODELS.items():
            copy_rows(model, [model(resource=row) for row in rows if row.kind == kind])
        copy_rows(Capability, capabilities)
        facts = read_resource_facts(list(numbers), on=today())
        copy_rows(ResourceDocument, [document_of(one, 1, FIRST_BATCH) for one in facts])
    return count


def fill_needs(count: int) -> None:
    """Write open needs 1 … with their metrics."""
    words, owners = _words(OF_NEEDS, 1), _owners()
    topics = enumerate(words.topic_rows(count), start=1)
    rows = [need_of(words, words.pick(owners), topic, f"{SEED}-{number:07d}") for number, topic in topics]
    for number, row in enumerate(rows, start=1):
        row.pk, row.opened_at = number, timezone.now()
    with transaction.atomic():
        copy_rows(Need, rows)
        copy_rows(NeedMetric, _numbered(metrics_of(words, rows), 1))


def finish() -> None:
    """Let ids and batches go on behind what was written, make the documents of needs, and analyze."""
    epoch_of(SUBJECT)
    Follower.objects.filter(name=SUBJECT).update(sequence=FIRST_BATCH)
    with connection.cursor() as cursor:
        for model in COUNTED:
            table = model._meta.db_table
            cursor.execute(f"SELECT setval(pg_get_serial_sequence(%s, 'id'), max(id)) FROM \"{table}\"", [table])
        cursor.execute("ANALYZE")
        refresh_stale_needs()
        cursor.execute("VACUUM ANALYZE")


@contextmanager
def quiet_tables() -> Iterator[None]:
    """Switch off triggers that keep history and leave change marks: one row each for every row."""
    _alter("DISABLE")
    try:
        yield
    finally:
        _alter("ENABLE")


def copy_rows(model: type[models.Model], rows: Sequence[models.Model]) -> None:
    """COPY rows into their table, all columns but those that the database fills."""
    if not rows:
        return
    fields = [field for field in model._meta.concrete_fields if field.db_default is models.NOT_PROVIDED]
    names = ", ".join(f'"{field.column}"' for field in fields)
    with (
        connection.cursor() as cursor,
        cursor.cursor.copy(f'COPY "{model._meta.db_table}" ({names}) FROM STDIN') as copy,
    ):
        for row in rows:
            copy.write_row([field.get_db_prep_save(field.pre_save(row, True), connection) for field in fields])


def _alter(verb: str) -> None:
    with connection.cursor() as cursor:
        for model in FILLED:
            cursor.execute(f'ALTER TABLE "{model._meta.db_table}" {verb} TRIGGER USER')


def _numbered(rows: Iterable[Any], first: int) -> list[Any]:
    found = list(rows)
    for number, row in enumerate(found, start=first):
        row.pk = number
    return found


def _words(subject: int, part: int) -> Vocabulary:
    """Topics are as common everywhere; what is drawn from them differs from part to part."""
    return replace(_vocabulary(), rng=np.random.default_rng([SEED, subject, part]))


@lru_cache(maxsize=1)
def _vocabulary() -> Vocabulary:
    return Vocabulary.of(SEED)


@lru_cache(maxsize=1)
def _owners() -> list[Organization]:
    owners = Organization.objects.unscoped(reason="a synthetic site is the system's")
    return list(owners.filter(is_sample=True).select_related("zone").order_by("pk"))
