"""Embedding survives `kill -9` of its worker, in the middle of a request too, and ends with exactly the vectors of an
undisturbed site.
"""

import signal
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from threading import Event
from typing import Any

import pytest

from ledger.leases import claimable
from matching.models import EmbeddingStep, MatchRun, NeedVector, ResourceVector
from matching.services.documents import follow_resources, refresh_stale_documents
from matching.services.embedding import next_step, plan_embedding, ring_again, work_on
from matching.services.need_documents import follow_needs
from matching.services.vectors import forget_vectors
from tests.conftest import World
from tests.egress.servers import Asked, Running
from tests.faults.test_run_kills import wait_for, worker
from tests.matching.conftest import make_market
from tests.matching.meaning_server import embedding_server, knows, settings_for

pytestmark = [pytest.mark.faults, pytest.mark.django_db(transaction=True)]

MODEL = "openai:topics"
Vectors = set[tuple[int, bytes, bytes]]


class Held:
    """A server of vectors that can let a request wait until its sender is dead."""

    def __init__(self) -> None:
        self.is_holding, self.has_come, self.may_answer = False, Event(), Event()
        self._answer = knows()

    def __call__(self, asked: Asked) -> None:
        if self.is_holding:
            self.has_come.set()
            self.may_answer.wait()
            return
        self._answer(asked)


@pytest.fixture
def held() -> Held:
    return Held()


@pytest.fixture
def server(world: World, settings: Any, held: Held) -> Iterator[Running]:
    """Texts for three steps, all told in documents."""
    make_market(world, needs=6, resources=40)
    refresh_stale_documents()
    follow_resources()
    follow_needs()
    with embedding_server(held) as running:
        settings.EMBEDDING = replace(settings_for(running), timeout_seconds=60.0)
        yield running
        held.may_answer.set()


@pytest.fixture
def undisturbed(server: Running) -> Vectors:
    """The vectors of this process, which are then thrown away with the run they asked for: it would embed needs too."""
    plan_embedding()
    while (step := next_step()) is not None:
        assert work_on(step)
    found = vectors()
    assert len(found) == 46
    forget_vectors(MODEL)
    MatchRun.objects.unscoped(reason="a test begins anew").delete()
    return found


def vectors() -> Vectors:
    rows = [
        *ResourceVector.objects.values_list("resource_id", "text_hash", "packed"),
        *NeedVector.objects.values_list("need_id", "text_hash", "packed"),
    ]
    return {(pk, bytes(text), bytes(numbers)) for pk, text, numbers in rows}


def environment(server: Running) -> dict[str, str]:
    """What the worker is told of the back end."""
    return {
        "EMBEDDING_BACKEND": "openai",
        "EMBEDDING_URL": server.url,
        "EMBEDDING_MODEL": "topics",
        "EMBEDDING_TIMEOUT_SECONDS": "60",
        "SEND_RESTRICTED_TEXTS": "1",
    }


def open_steps() -> int:
    return EmbeddingStep.objects.exclude(state=EmbeddingStep.State.DONE).count()


def finish_elsewhere(server: Running, folder: Path) -> None:
    """A second worker takes up what the first one left."""
    with worker(folder=folder, **environment(server)):
        wait_for(lambda: open_steps() == 0, ring=ring_again)


def test_a_worker_killed_while_it_waits_for_vectors_changes_none(
    undisturbed: Vectors, server: Running, held: Held, tmp_path: Path
) -> None:
    held.is_holding = True
    plan_embedding()
    with worker(folder=tmp_path, **environment(server)) as victim:
        wait_for(held.has_come.is_set, ring=ring_again)
        victim.kill()
        assert victim.wait() == -signal.SIGKILL
    begun = EmbeddingStep.objects.exclude(state=EmbeddingStep.State.DONE).filter(attempts__gt=0)
    assert (vectors(), list(begun.values_list("state", "last_error"))) == (set(), [("leased", "")])
    held.is_holding = False
    held.may_answer.set()
    finish_elsewhere(server, tmp_path)
    assert vectors() == undisturbed
    assert EmbeddingStep.objects.filter(claimable()).count() == 0


@pytest.mark.parametrize("crash_at", ["after_claim:1", "before_finish_embedding:1", "before_finish_embedding:2"])
def test_a_worker_killed_at_a_named_point_changes_no_vector(
    undisturbed: Vectors, server: Running, crash_at: str, tmp_path: Path
) -> None:
    plan_embedding()
    with worker(folder=tmp_path, crash_at=crash_at, **environment(server)) as victim:
        wait_for(lambda: victim.poll() is not None, ring=ring_again)
        assert victim.returncode == -signal.SIGKILL
    assert vectors() < undisturbed
    finish_elsewhere(server, tmp_path)
    assert vectors() == undisturbed
