"""Texts get vectors in the background: what is missing, changed or of another model, and nothing else."""

import io
import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any
from unittest.mock import patch

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from ledger.leases import claim
from matching.choices import NeedVisibility, VectorKind
from matching.embedding import EmbeddingFailed, Role
from matching.engine.vectors import packed, text_hash, whole
from matching.models import EmbeddingStep, Match, MatchRun, Need, NeedVector, ResourceVector
from matching.services import embedding
from matching.services.documents import follow_resources, refresh_stale_documents
from matching.services.embedders import embedder
from matching.services.embedding import plan_embedding, work_on
from matching.services.maintenance import tidy
from matching.services.need_documents import follow_needs
from matching.services.runs import request_run_of_need
from matching.services.steps import work_until_idle
from matching.services.vectors import lack_of, save_vectors, texts_of, withheld_of
from tests.builders import make_need, make_resource
from tests.conftest import World
from tests.egress.servers import Answer, Running, says
from tests.matching.conftest import make_market
from tests.matching.meaning_server import embedding_server, knows, settings_for
from zones.models import Resource
from zones.scoping import SYSTEM
from zones.services.resources import retire_resource, update_resource

pytestmark = pytest.mark.django_db(transaction=True)
MODEL = "openai:topics"


@pytest.fixture
def asked_for() -> list[str]:
    """Every text the server was asked for."""
    return []


@pytest.fixture
def server(world: World, settings: Any, asked_for: list[str]) -> Iterator[Running]:
    """Twelve resources, four needs and a server that knows their topics."""
    make_market(world, needs=4, resources=12)
    make_documents()
    with embedding_server(knows(asked_for=asked_for)) as running:
        settings.EMBEDDING = settings_for(running)
        yield running


def make_documents() -> None:
    refresh_stale_documents()
    follow_resources()
    follow_needs()


def embed(*arguments: str) -> dict[str, Any]:
    out = io.StringIO()
    call_command("embed", "--json", *arguments, stdout=out)
    report: dict[str, Any] = json.loads(out.getvalue())
    return report


def vectors_of(table: type[ResourceVector] | type[NeedVector], owner: str) -> dict[int, tuple[str, int, bytes, bytes]]:
    rows = table.objects.values_list(owner, "model", "dimensions", "text_hash", "packed")
    return {pk: (model, size, bytes(text), bytes(numbers)) for pk, model, size, text, numbers in rows}


def first_resource() -> Resource:
    found: Resource = Resource.objects.visible_to(SYSTEM).order_by("pk")[0]
    return found


def test_every_text_gets_the_vector_of_the_back_end(server: Running) -> None:
    report = embed()
    assert (report["embedded"], report["lacking"], report["failed"]) == (16, {"resources": 0, "needs": 0}, 0)
    back_end = embedder()
    assert back_end is not None
    for kind, rows, role in (
        (VectorKind.RESOURCE, vectors_of(ResourceVector, "resource_id"), Role.PASSAGE),
        (VectorKind.NEED, vectors_of(NeedVector, "need_id"), Role.QUERY),
    ):
        for pk, text in texts_of(kind, sorted(rows)).items():
            expected = packed(whole(back_end.embed([text], role))[0])
            assert rows[pk] == (MODEL, 48, text_hash(text), expected)


def test_a_sealed_need_is_sent_to_no_server(world: World, server: Running, asked_for: list[str]) -> None:
    sealed = make_need(
        zone=world.east, organization=world.enterprise, title_zh="密封需求甲", visibility=NeedVisibility.SEALED
    )
    make_documents()
    report = embed()
    request_run_of_need(SYSTEM, need_id=sealed.pk)
    work_until_idle()
    assert len(asked_for) == 16
    assert not any("密封需求甲" in text for text in asked_for)
    assert (report["lacking"], Match.objects.visible_to(SYSTEM).filter(need=sealed).exists()) == (
        {"resources": 0, "needs": 0}, True,
    )  # fmt: skip


@pytest.mark.parametrize("trusts", [False, True])
def test_what_few_may_see_is_sent_only_where_the_operator_says_so(
    world: World, server: Running, settings: Any, asked_for: list[str], trusts: bool
) -> None:
    Resource.objects.unscoped(reason="a test").update(visibility="public")
    Need.objects.unscoped(reason="a test").update(visibility="public")
    for visibility in ("zone", "association", "national", "public", "sealed"):
        title = f"受限文本{visibility}"
        make_need(
            zone=world.east,
            organization=world.enterprise,
            title_zh=title,
            visibility=visibility,
            association=world.alliance if visibility == "association" else None,
        )
        if visibility != "sealed":
            make_resource(organization=world.laboratory, name_zh=title, description_zh=title, visibility=visibility)
    make_documents()
    settings.EMBEDDING = replace(settings.EMBEDDING, sends_restricted=trusts)
    assert embed()["lacking"] == {"resources": 0, "needs": 0}
    sent = Counter(text.splitlines()[0] for text in asked_for if "受限文本" in text)
    told = ("zone", "association", "national", "public") if trusts else ("public",)
    assert sent == {f"受限文本{visibility}": 2 for visibility in told}
    assert withheld_of(MODEL) == ((0, 1) if trusts else (3, 4))


def test_what_is_closed_after_it_was_planned_is_not_sent(server: Running, settings: Any, asked_for: list[str]) -> None:
    settings.EMBEDDING = replace(settings.EMBEDDING, sends_restricted=False)
    Resource.objects.unscoped(reason="a test").update(visibility="public")
    assert plan_embedding() == 1
    closed = first_resource()
    Resource.objects.unscoped(reason="a test").filter(pk=closed.pk).update(visibility="zone")
    step = EmbeddingStep.objects.get()
    assert work_on(step.pk)
    assert len(asked_for) == 11
    assert not any(closed.name_zh in text for text in asked_for)


def test_what_has_a_vector_is_not_asked_for_again(server: Running, asked_for: list[str]) -> None:
    embed()
    asked_for.clear()
    assert embed()["embedded"] == 0
    assert asked_for == []


def test_only_a_changed_text_is_embedded_again(server: Running, asked_for: list[str]) -> None:
    embed()
    asked_for.clear()
    resource = first_resource()
    update_resource(SYSTEM, resource_id=resource.pk, version=resource.version, qualification="资质说明")
    follow_resources()
    assert embed()["embedded"] == 0
    resource.refresh_from_db()
    update_resource(SYSTEM, resource_id=resource.pk, version=resource.version, description_zh="改做显示面板检测。")
    follow_resources()
    assert embed()["embedded"] == 1
    assert [("显示面板" in text) for text in asked_for] == [True]


def test_a_text_whose_document_is_behind_waits_for_it(server: Running) -> None:
    embed()
    resource = first_resource()
    update_resource(SYSTEM, resource_id=resource.pk, version=resource.version, description_zh="改做显示面板检测。")
    assert lack_of(MODEL).total == 0
    follow_resources()
    assert lack_of(MODEL).resources == 1


def test_a_retired_resource_is_not_embedded(server: Running) -> None:
    retire_resource(SYSTEM, resource_id=first_resource().pk, version=None)
    follow_resources()
    assert embed()["embedded"] == 15


def test_another_model_has_vectors_of_its_own_and_the_old_ones_are_tidied(server: Running, settings: Any) -> None:
    embed()
    settings.EMBEDDING = settings_for(server, model="other")
    assert embed()["embedded"] == 16
    assert ResourceVector.objects.count() == 24
    tidy()
    assert set(ResourceVector.objects.values_list("model", flat=True)) == {"openai:other"}
    assert set(NeedVector.objects.values_list("model", flat=True)) == {"openai:other"}


def test_vectors_of_an_unfinished_run_are_kept(server: Running, settings: Any) -> None:
    embed()
    MatchRun.objects.unscoped(reason="a test").update(meaning_model=MODEL)
    assert MatchRun.objects.unscoped(reason="a test").filter(state="preparing").exists()
    settings.EMBEDDING = settings_for(server, model="other")
    embed()
    tidy()
    assert ResourceVector.objects.filter(model=MODEL).count() == 12


def test_without_a_back_end_nothing_is_planned(world: World) -> None:
    make_market(world, needs=1, resources=1)
    make_documents()
    assert plan_embedding() == 0
    with pytest.raises(CommandError, match="EMBEDDING_BACKEND"):
        embed()


def test_no_more_steps_are_open_than_may_be(server: Running) -> None:
    with patch.object(embedding, "TEXTS_PER_STEP", 2):
        assert plan_embedding() == embedding.OPEN_STEPS
        assert plan_embedding() == 0
        step = EmbeddingStep.objects.order_by("pk")[0]
        assert work_on(step.pk)
        waiting = EmbeddingStep.objects.filter(state="queued")
    assert waiting.count() == embedding.OPEN_STEPS
    assert (
        len(
            {pk for ids in EmbeddingStep.objects.filter(kind="need").values_list("object_ids", flat=True) for pk in ids}
        )
        == 4
    )


def test_a_zombie_s_vectors_are_dropped(server: Running) -> None:
    plan_embedding()
    step = EmbeddingStep.objects.order_by("pk")[0]

    def lose_the_lease(kind: str, ids: Any) -> dict[int, str]:
        EmbeddingStep.objects.filter(pk=step.pk).update(lease_until=timezone.now() - timedelta(seconds=1))
        assert claim(EmbeddingStep.objects.all(), step.pk) is not None
        return texts_of(kind, ids)

    with patch.object(embedding, "texts_to_embed", lose_the_lease):
        assert not work_on(step.pk)
    assert NeedVector.objects.count() == 0
    step.refresh_from_db()
    assert (step.state, step.fence) == ("leased", 2)


def test_a_step_whose_process_died_is_taken_up_when_its_lease_has_run_out(server: Running) -> None:
    plan_embedding()
    step = EmbeddingStep.objects.order_by("pk")[0]
    assert claim(EmbeddingStep.objects.all(), step.pk) is not None
    assert not work_on(step.pk)
    EmbeddingStep.objects.filter(pk=step.pk).update(lease_until=timezone.now() - timedelta(seconds=1))
    assert work_on(step.pk)
    assert NeedVector.objects.count() == 4


def test_one_bad_text_costs_only_itself(world: World, settings: Any) -> None:
    make_market(world, needs=0, resources=12)
    resource = first_resource()
    update_resource(SYSTEM, resource_id=resource.pk, version=resource.version, description_zh="读不了的文字。")
    make_documents()
    with embedding_server(knows(poison="读不了")) as running:
        settings.EMBEDDING = settings_for(running)
        with patch.object(embedding, "RETRY_AFTER", timedelta(0)), pytest.raises(SystemExit):
            embed()
        assert ResourceVector.objects.count() == 11
        assert plan_embedding() == 0
    (failed,) = EmbeddingStep.objects.filter(state="failed")
    assert failed.object_ids == [resource.pk]
    assert "500" in failed.last_error


NONSENSE: dict[str, Answer] = {
    "HTML": says(200, b"<html>Welcome</html>"),
    "an error": says(503),
    "other dimensions": knows(dimensions=32),
}


@pytest.mark.parametrize("answer", NONSENSE.values(), ids=NONSENSE.keys())
def test_a_back_end_that_is_away_is_waited_for_and_no_text_is_given_up(
    server: Running, settings: Any, answer: Answer
) -> None:
    embed()
    resource = first_resource()
    update_resource(SYSTEM, resource_id=resource.pk, version=resource.version, description_zh="改做显示面板检测。")
    follow_resources()
    with embedding_server(answer) as bad:
        settings.EMBEDDING = settings_for(bad)
        for _ in range(5):
            with pytest.raises(CommandError, match="no usable vectors"):
                embed()
            EmbeddingStep.objects.filter(state="queued").update(next_at=timezone.now() - timedelta(seconds=1))
    (step,) = EmbeddingStep.objects.exclude(state="done")
    assert (step.state, step.attempts) == ("queued", 0)
    settings.EMBEDDING = settings_for(server)
    assert embed()["embedded"] == 1


def test_vectors_of_two_lengths_never_stand_under_one_name(server: Running) -> None:
    embed()
    back_end, pk = embedder(), first_resource().pk
    assert back_end is not None
    with pytest.raises(EmbeddingFailed, match="--again"):
        save_vectors(
            VectorKind.RESOURCE,
            model=MODEL,
            texts=texts_of(VectorKind.RESOURCE, [pk]),
            vectors=back_end.embed(["a"], Role.PASSAGE)[:, :16],
        )


def test_beginning_anew_takes_the_length_the_model_has_now(server: Running, settings: Any) -> None:
    embed()
    with embedding_server(knows(dimensions=32)) as running:
        settings.EMBEDDING = settings_for(running)
        assert embed("--again")["embedded"] == 16
    assert set(ResourceVector.objects.values_list("dimensions", flat=True)) == {32}


def test_the_last_vector_asks_for_the_run_that_freezes_them(server: Running) -> None:
    embed()
    (run,) = MatchRun.objects.unscoped(reason="a test").all()
    assert (run.kind, run.reason) == ("full", "vectors")
    plan_embedding()
    assert MatchRun.objects.unscoped(reason="a test").count() == 1
