"""Index replicas: how far each worker's host is behind the documents."""

from typing import NamedTuple

from django.db.models import F
from django.db.models.functions import Now

from ledger.models import WorkerLiveness
from matching.models import ResourceDocument
from matching.services.index_places import index_version, latest_sequence


class HostIndex(NamedTuple):
    """This host's index: its `version` (-1: none yet), the `latest` there could be, the `lag` between them in
    documents.
    """

    version: int
    latest: int
    lag: int


class Replica(NamedTuple):
    """One worker's index: `version` is the last batch of documents in it (-1: none yet), `lag` how many batches came
    since.
    """

    worker: str
    host: str
    silent_seconds: float
    version: int
    lag: int


def host_index() -> HostIndex:
    """The index of the host that asks, against the last committed document."""
    version = index_version()
    return HostIndex(version, latest_sequence(), ResourceDocument.objects.filter(sequence__gt=version).count())


def index_replicas() -> list[Replica]:
    """Every worker that has reported, by host and name."""
    latest = latest_sequence()
    rows = WorkerLiveness.objects.annotate(silent=Now() - F("seen_at")).order_by("host", "name")
    return [
        Replica(name, host, silent.total_seconds(), version, latest - max(version, 0))
        for name, host, silent, version in rows.values_list("name", "host", "silent", "index_version")
    ]
