"""Many rows at once, for imports and synthetic sites: the same columns and constraints, one history row each by
trigger.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import TypeVar
from uuid import uuid4

from django.db import connection, models, transaction

from ledger.bell import CHANGES, ring_after_commit
from ledger.events import record_event
from ledger.rowsets import insert_rows
from zones.errors import NotAllowed
from zones.models import DETAIL_MODELS, Capability, Resource
from zones.scoping import Principal
from zones.services.base import constraint_errors

BATCH = 2_000
MANY = 500
"""From so many rows on, a table is analysed behind them."""
Row = TypeVar("Row", bound=models.Model)


@transaction.atomic
def publish_resources(principal: Principal, resources: Sequence[Resource], capabilities: Iterable[Capability]) -> None:
    """Insert checked resources with their capabilities and empty details. Raises InvalidInput; then nothing is
    stored.
    """
    must_be_system(principal)
    insert_many(Resource, resources)
    for kind, model in DETAIL_MODELS.items():
        insert_many(model, (model(resource=resource) for resource in resources if resource.kind == kind))
    insert_many(Capability, capabilities)
    tell_many(Resource, len(resources))
    ring_after_commit(CHANGES)


def tell_many(model: type[models.Model], count: int) -> None:
    """One outbox row for the whole: each record's own history has the rest."""
    label = model._meta.label_lower
    record_event("bulk.stored", object_type=label, public_id=uuid4(), payload={"count": count})


def must_be_system(principal: Principal) -> None:
    """Bulk writes skip the checks people need, so people may not use them."""
    if not principal.is_system:
        raise NotAllowed("bulk writes are the system's")


def insert_many(model: type[Row], rows: Iterable[Row]) -> None:
    """Insert rows in batches inside the caller's transaction. Raises InvalidInput for a broken constraint.

    A table that is small as far as PostgreSQL knows is analysed behind a first batch that is long: the checks of
    foreign keys keep the plan they made when it was empty, and would read it whole for every row that follows.
    """
    with constraint_errors(model):
        for number, batch in enumerate(_batches(iter(rows))):
            insert_rows(model, batch)
            if number == 0 and len(batch) >= MANY:
                _count_anew(model, len(batch))


def _count_anew(model: type[models.Model], added: int) -> None:
    """Let PostgreSQL count a table it knows fewer rows of than have just been added."""
    table = connection.ops.quote_name(model._meta.db_table)
    with connection.cursor() as cursor:
        cursor.execute("SELECT reltuples < %s FROM pg_class WHERE oid = %s::regclass", [added, table])
        if cursor.fetchone() == (True,):
            cursor.execute(f"ANALYZE {table}")


def _batches(rows: Iterator[Row]) -> Iterator[list[Row]]:
    while batch := list(islice(rows, BATCH)):
        yield batch
