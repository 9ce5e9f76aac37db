"""The health page: who works, whether the beat fires, and how far this host's index is behind."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from django_celery_beat.models import IntervalSchedule, PeriodicTask

from config.queues import OWN_PREFIX
from ledger.models import WorkerLiveness
from matching.choices import RunState
from matching.embedding import EmbeddingSettings
from matching.embedding.reranking import RerankSettings
from matching.services.documents import caught_up_index, follow_resources, refresh_stale_documents
from matching.services.index_places import latest_sequence
from tests.builders import make_resource, make_run
from tests.conftest import World

LONG_AGO = timedelta(minutes=5)


def health() -> dict[str, Any]:
    answer = Client().get("/health/")
    assert answer.status_code == 200
    report: dict[str, Any] = answer.json()
    return report


@pytest.mark.parametrize(("age", "told"), [(None, "never"), (timedelta(seconds=5), "ok"), (LONG_AGO, "stale")])
def test_the_beat_is_alive_while_it_fires(db: None, age: timedelta | None, told: str) -> None:
    every, _made = IntervalSchedule.objects.get_or_create(every=5, period=IntervalSchedule.SECONDS)
    fired_at = None if age is None else timezone.now() - age
    PeriodicTask.objects.create(name=f"{OWN_PREFIX}look", task="x", interval=every, last_run_at=fired_at)
    PeriodicTask.objects.create(name="of others", task="y", interval=every, last_run_at=timezone.now())
    assert health()["beat"] == told


def test_workers_are_counted_by_when_they_were_seen(db: None) -> None:
    for name, age in (("a", timedelta(0)), ("b", timedelta(seconds=30)), ("c", LONG_AGO)):
        WorkerLiveness.objects.create(name=name, host="here", seen_at=timezone.now() - age)
    report = health()
    assert (report["workers"], report["workers_stale"]) == (2, 1)


def test_workers_of_other_hosts_that_lack_documents_are_counted_and_not_named(world: World) -> None:
    make_resource(organization=world.laboratory)
    refresh_stale_documents()
    follow_resources()
    latest = latest_sequence()
    seen = {"fresh": (latest, timedelta(0)), "behind": (latest - 1, timedelta(0)), "gone": (-1, LONG_AGO)}
    for name, (version, age) in seen.items():
        seen_at = timezone.now() - age
        WorkerLiveness.objects.create(name=name, host="far-away", seen_at=seen_at, index_version=version)
    report = health()
    assert (report["index"]["workers_behind"], report["index"]["batches_behind"]) == (1, 1)
    assert "far-away" not in str(report)


def test_the_index_tells_how_many_documents_it_lacks(world: World, settings: Any, tmp_path: Any) -> None:
    make_resource(organization=world.laboratory)
    refresh_stale_documents()
    follow_resources()
    caught_up_index()
    before = health()["index"]
    assert before["version"] == before["latest"]
    assert before["lag"] == 0
    make_resource(organization=world.laboratory)
    make_resource(organization=world.enterprise)
    follow_resources()
    behind = health()["index"]
    assert behind["lag"] == 2
    assert behind["version"] == before["version"] < behind["latest"]
    caught_up_index()
    assert health()["index"]["lag"] == 0


def test_health_tells_how_many_texts_lack_a_vector(world: World, settings: Any) -> None:
    assert health()["meaning"] == {"backend": "none", "is_usable": True}
    make_resource(organization=world.laboratory, visibility="public")
    make_resource(organization=world.laboratory, visibility="national")
    follow_resources()
    settings.EMBEDDING = EmbeddingSettings("openai", url="http://localhost:1/v1", model="m", api_key="sk-very-secret")
    assert health()["meaning"] == {"backend": "openai", "is_usable": True, "lacking": 1, "failed": 0, "withheld": 1}
    settings.EMBEDDING = EmbeddingSettings("openai", api_key="sk-very-secret")
    assert health()["meaning"] == {"backend": "openai", "is_usable": False}
    assert "sk-very-secret" not in Client().get("/health/").content.decode()


def test_health_tells_of_the_second_look_and_of_no_address(world: World, settings: Any) -> None:
    assert health()["rerank"] == {"is_on": False}
    make_run(state=RunState.PUBLISHED, need_total=5, need_reranked=3)
    settings.RERANK = RerankSettings("https://rerank.example/very-secret", api_key="sk-very-secret")
    assert health()["rerank"] == {"is_on": True, "is_usable": True, "last_run": {"need_reranked": 3, "need_total": 5}}
    settings.RERANK = RerankSettings("nowhere", api_key="sk-very-secret")
    assert health()["rerank"]["is_usable"] is False
    assert "very-secret" not in Client().get("/health/").content.decode()
