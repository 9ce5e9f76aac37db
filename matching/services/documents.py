"""Documents of resources: derived rows, brought up to date from the change marks, and every host's index fed from
them.
"""

import fcntl
import logging
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from functools import lru_cache
from pathlib import Path

from django.db.models import F, Q, QuerySet

from ledger.changes import hand_over, take_changes
from ledger.crash import crash_point
from matching.engine.records import ENCODING_VERSION, ResourceFacts, encode_resource, index_document
from matching.engine.vectors import text_hash, text_of
from matching.models import ResourceDocument
from matching.services.index_places import SUBJECT, index_path, latest_sequence
from matching.snapshot import read_resource_facts
from zones.choices import ResourceStatus
from zones.models import Resource
from zones.scoping import today
from zones.search.index import IndexDamaged, IndexedDocument, TextIndex

log = logging.getLogger(__name__)
BATCH = 500
STALE_BATCH = 5_000
DATED_DAYS = 7


def follow_resources() -> list[int]:
    """Make the documents of changed resources again; returns the ids of those resources."""
    return take_changes(SUBJECT, _refresh)


def _refresh(ids: list[int], sequence: int) -> None:
    """Derive and store the documents of the given resources."""
    for first in range(0, len(ids), BATCH):
        batch = ids[first : first + BATCH]
        versions = dict(_resources().filter(pk__in=batch).values_list("pk", "version"))
        facts = read_resource_facts(batch, on=today())
        ResourceDocument.objects.bulk_create(
            [document_of(found, versions[found.id], sequence) for found in facts],
            update_conflicts=True,
            unique_fields=["resource"],
            update_fields=[
                "resource_version",
                "encoding",
                "sequence",
                "is_searchable",
                "tokens",
                "scopes",
                "text_hash",
                "packed",
            ],
        )


def refresh_stale_documents() -> int:
    """Make every document again that is missing, of an old version or of an old encoding; returns how many."""
    stale = _resources().filter(
        Q(document__isnull=True)
        | Q(document__text_hash=b"")
        | ~Q(document__encoding=ENCODING_VERSION)
        | ~Q(document__resource_version=F("version"))
    )
    ids = list(stale.order_by("pk").values_list("pk", flat=True))
    for first in range(0, len(ids), STALE_BATCH):
        hand_over(SUBJECT, ids[first : first + STALE_BATCH], _refresh)
    return len(ids)


def refresh_dated_documents() -> int:
    """Make documents again whose sharing began or ended within the last days; returns how many."""
    recent = (today() - timedelta(days=DATED_DAYS), today())
    dated = Q(grants__valid_from__range=recent) | Q(grants__valid_to__range=recent)
    ids = sorted(set(_resources().filter(dated).values_list("pk", flat=True)))
    hand_over(SUBJECT, ids, _refresh)
    return len(ids)


def _resources() -> QuerySet[Resource]:
    resources: QuerySet[Resource] = Resource.objects.unscoped(reason="documents are made for every resource")
    return resources


def document_of(facts: ResourceFacts, version: int, sequence: int) -> ResourceDocument:
    tokens, scopes = index_document(facts)
    return ResourceDocument(
        resource_id=facts.id,
        resource_version=version,
        encoding=ENCODING_VERSION,
        sequence=sequence,
        is_searchable=facts.status == ResourceStatus.ACTIVE,
        tokens=tokens,
        scopes=list(scopes),
        text_hash=text_hash(text_of(facts)),
        packed=encode_resource(facts),
    )


def caught_up_index() -> TextIndex:
    """This host's index, brought up to the last committed document; one that cannot be read is built anew.

    All that has changed since the last time goes into one commit, however many batches it came in.
    """
    path = index_path()
    try:
        return _caught_up(path)
    except IndexDamaged as damage:
        log.warning("the index is rebuilt: %s", damage)
        _drop_damaged(path)
        return _caught_up(path)


def _caught_up(path: Path) -> TextIndex:
    index = _open_index(path)
    if index.version != latest_sequence():
        with _one_writer(path):
            _apply_documents(index)
    return index


def _drop_damaged(path: Path) -> None:
    """Remove the folder, unless another process of the host has rebuilt it meanwhile."""
    _open_index.cache_clear()
    with _one_writer(path):
        try:
            TextIndex(path)
        except IndexDamaged:
            shutil.rmtree(path)


def _apply_documents(index: TextIndex) -> None:
    index.reload()
    latest = latest_sequence()
    if index.version == latest:
        return
    if index.version > latest:  # the database was restored to an earlier state
        index.clear()
        index.commit(-1)
    rows = ResourceDocument.objects.filter(sequence__gt=index.version, sequence__lte=latest).order_by("pk")
    index.delete(rows.filter(is_searchable=False).values_list("pk", flat=True))
    index.add(_indexed(rows.filter(is_searchable=True)))
    crash_point("before_index_commit")
    index.commit(latest)


def _indexed(rows: QuerySet[ResourceDocument]) -> Iterator[IndexedDocument]:
    values = rows.values_list("pk", "tokens", "scopes").iterator(chunk_size=2_000)
    return (IndexedDocument(pk, tokens, tuple(scopes)) for pk, tokens, scopes in values)


@lru_cache(maxsize=2)
def _open_index(path: Path) -> TextIndex:
    return TextIndex(path)


@contextmanager
def _one_writer(path: Path) -> Iterator[None]:
    """Hold the host's write lock of the index; it ends with the process, whatever ends the process."""
    with (path.parent / f"{path.name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
