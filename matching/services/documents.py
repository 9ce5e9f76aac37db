"""Documents of resources: derived rows, brought up to date from the change marks, and every host's index fed from
them.
"""

import fcntl
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.db.models import F, Q, QuerySet

from ledger.changes import START, changes_since, follow
from ledger.crash import crash_point
from matching.engine.records import ENCODING_VERSION, ResourceFacts, encode_resource, index_document
from matching.models import ResourceDocument
from matching.snapshot import read_resource_facts
from zones.choices import ResourceStatus
from zones.models import Resource
from zones.scoping import today
from zones.search.index import IndexedDocument, TextIndex

FOLLOWER = "documents"
BATCH = 500


def follow_resources() -> list[int]:
    """Make the documents of changed resources again; returns the ids of those resources."""
    return follow(FOLLOWER, subject="resource", handle=refresh_documents)


def refresh_documents(ids: Iterable[int]) -> None:
    """Derive and store the documents of the given resources."""
    wanted = list(ids)
    for first in range(0, len(wanted), BATCH):
        batch = wanted[first : first + BATCH]
        versions = dict(
            Resource.objects.unscoped(reason="documents are made for every resource")
            .filter(pk__in=batch)
            .values_list("pk", "version")
        )
        documents = [_document(facts, versions[facts.id]) for facts in read_resource_facts(batch, on=today())]
        ResourceDocument.objects.bulk_create(
            documents,
            update_conflicts=True,
            unique_fields=["resource"],
            update_fields=["resource_version", "encoding", "is_searchable", "tokens", "scopes", "packed"],
        )


def refresh_stale_documents() -> int:
    """Make every document again that is missing, of an old version or of an old encoding; returns how many."""
    resources = Resource.objects.unscoped(reason="documents are made for every resource")
    stale = resources.filter(
        Q(document__isnull=True) | ~Q(document__encoding=ENCODING_VERSION) | ~Q(document__resource_version=F("version"))
    )
    ids = list(stale.order_by("pk").values_list("pk", flat=True))
    refresh_documents(ids)
    return len(ids)


def _document(facts: ResourceFacts, version: int) -> ResourceDocument:
    tokens, scopes = index_document(facts)
    return ResourceDocument(
        resource_id=facts.id,
        resource_version=version,
        encoding=ENCODING_VERSION,
        is_searchable=facts.status == ResourceStatus.ACTIVE,
        tokens=tokens,
        scopes=list(scopes),
        packed=encode_resource(facts),
    )


def caught_up_index() -> TextIndex:
    """This host's index, brought up to the last document everybody can see."""
    index = _open_index(_index_path())
    if (
        changes_since(index.version if index.version > START else START, subject="document").ids
        or index.version < START
    ):
        with _one_writer(index.path):
            _apply_changes(index)
    return index


def _apply_changes(index: TextIndex) -> None:
    index.reload()
    changes = changes_since(max(index.version, START), subject="document")
    if not changes.ids and index.version >= START:
        return
    rows = ResourceDocument.objects.filter(pk__in=changes.ids).order_by("pk")
    index.delete(rows.filter(is_searchable=False).values_list("pk", flat=True))
    index.add(_indexed(rows.filter(is_searchable=True)))
    crash_point("before_index_commit")
    index.commit(changes.place)


def _indexed(rows: QuerySet[ResourceDocument]) -> Iterator[IndexedDocument]:
    values = rows.values_list("pk", "tokens", "scopes").iterator(chunk_size=2_000)
    return (IndexedDocument(pk, tokens, tuple(scopes)) for pk, tokens, scopes in values)


def _index_path() -> Path:
    """One index per host, database and encoding: a copy of another database or of an old lexicon is never read."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT datname || '-' || oid FROM pg_database WHERE datname = current_database()")
        identity = cursor.fetchone()[0]
    folder = Path(settings.DATA_PATHS.index)
    folder.mkdir(parents=True, exist_ok=True)
    return folder / f"{identity}-{ENCODING_VERSION}"


@lru_cache(maxsize=2)
def _open_index(path: Path) -> TextIndex:
    return TextIndex(path)


@contextmanager
def _one_writer(path: Path) -> Iterator[None]:
    """Hold the host's write lock of the index; it ends with the process, whatever ends the process."""
    with (path.parent / f"{path.name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
