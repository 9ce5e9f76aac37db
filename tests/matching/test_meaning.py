"""Runs compare meaning besides words: what is found by it, on what it depends, and what happens when it is away."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from matching.choices import RunKind, RunState, VectorKind
from matching.embedding import EmbeddingSettings
from matching.engine import scales
from matching.engine.config import COMPONENTS, DEFAULT
from matching.engine.records import decode_needs, encode_need
from matching.engine.retrieval import queries_of, text_queries
from matching.engine.semantics import nearest_of
from matching.models import LIVE, CandidateList, Match, MatchRun, Need, NeedVector, ResourceVector
from matching.services import steps, vector_copies
from matching.services.documents import follow_resources, refresh_stale_documents
from matching.services.embedding import next_step, plan_embedding, work_on
from matching.services.meaning import latest_semantics
from matching.services.need_documents import follow_needs
from matching.services.replays import replay_run
from matching.services.runs import request_full_run, start_delta
from matching.services.statistics import latest_statistics
from matching.services.steps import work_until_idle
from matching.services.watch import look, needs_concerned_by
from matching.snapshot import read_need_facts
from matching.surroundings import read_need_context
from tests.builders import make_config, make_need, make_resource
from tests.conftest import World
from tests.egress.servers import Answer, Running, hang_up, says
from tests.matching.conftest import make_market, published
from tests.matching.meaning_server import embedding_server, knows, settings_for
from tests.matching.test_incremental import candidates
from zones.models import Resource
from zones.scoping import SYSTEM, today
from zones.services.resources import update_resource

pytestmark = pytest.mark.django_db(transaction=True)
SEMANTIC = COMPONENTS.index("semantic")


@pytest.fixture
def server(world: World) -> Iterator[Running]:
    make_market(world, needs=4, resources=12)
    with embedding_server(knows()) as running:
        yield running


@pytest.fixture
def asking(world: World) -> Need:
    """East asks in words that no resource uses."""
    return make_need(
        zone=world.east,
        organization=world.enterprise,
        title_zh="束流熔合金属",
        summary_zh="求束流熔合金属。",
        metrics=0,
    )


def make_welding(world: World, name: str = "激光焊接试验线", **fields: Any) -> Resource:
    values: dict[str, Any] = {
        "zone": world.west,
        "organization": world.laboratory,
        "name_zh": name,
        "description_zh": name,
    } | fields
    return make_resource(**values)


def embed_all() -> None:
    refresh_stale_documents()
    follow_resources()
    follow_needs()
    plan_embedding()
    while (step := next_step()) is not None:
        assert work_on(step)


def full_run() -> MatchRun:
    run = request_full_run(SYSTEM, reason="test")
    work_until_idle()
    run.refresh_from_db()
    return run


def settle() -> None:
    """Embed, look and work until nothing is out of date."""
    work_until_idle()
    while look() is not None:
        work_until_idle()
    embed_all()
    work_until_idle()
    while look() is not None:
        work_until_idle()


def listed(need: Need) -> set[int]:
    rows = CandidateList.objects.filter(need=need, run__live_results__need=need)
    return {pk for ids in rows.values_list("resource_ids", flat=True) for pk in ids}


def test_a_paraphrase_without_a_shared_word_is_found_by_meaning_only(
    world: World, server: Running, asking: Need, settings: Any
) -> None:
    welding = make_welding(world)
    words = full_run()
    assert (words.meaning_model, words.need_by_meaning) == ("", 0)
    assert welding.pk not in listed(asking)
    settings.EMBEDDING = settings_for(server)
    embed_all()
    run = full_run()
    assert (run.state, run.meaning_model, run.need_by_meaning, run.meaning_error) == (
        RunState.PUBLISHED, "openai:topics", 5, "",
    )  # fmt: skip
    best = Match.objects.visible_to(SYSTEM).filter(LIVE, need=asking).order_by("rank")
    titles = [match.resource.name_zh for match in best]
    assert all("激光焊接" in title for title in titles[:2])
    assert {part["component"] for part in best[0].contributions} > {"semantic"}
    assert abs(sum(part["contribution"] for part in best[0].contributions) - best[0].score) < 1e-9


def test_the_bundled_model_finds_a_paraphrase_of_ordinary_words(world: World, settings: Any) -> None:
    subjects = (
        "果蔬保鲜冷库", "财税代理服务", "少儿编程培训", "建筑幕墙设计", "宠物医院诊疗", "古籍修复工坊", "电影后期制作",
        "跨境物流仓储", "光学显微成像设备",
    )  # fmt: skip
    for subject in subjects:
        make_welding(world, subject)
    need = make_need(
        zone=world.east, organization=world.enterprise, title_zh="Looking for a microscope", title_en="",
        summary_zh="We want to look at very small things under a microscope.", keywords=[], metrics=0,
    )  # fmt: skip
    assert full_run().need_by_meaning == 0
    assert listed(need) == set()
    settings.EMBEDDING = EmbeddingSettings("bundled")
    embed_all()
    assert full_run().need_by_meaning == 1
    first = Match.objects.visible_to(SYSTEM).filter(LIVE, need=need).order_by("rank")[0]
    assert first.resource.name_zh == "光学显微成像设备"


def test_the_same_input_gives_the_same_bytes(world: World, server: Running, asking: Need, settings: Any) -> None:
    make_welding(world)
    settings.EMBEDDING = settings_for(server)
    embed_all()
    first, before = full_run(), published()
    ResourceVector.objects.all().delete()
    NeedVector.objects.all().delete()
    embed_all()
    second, after = full_run(), published()
    assert first.pk < second.pk
    assert first.input_hash == second.input_hash
    assert before == after


def test_without_vectors_the_bytes_are_those_of_words_and_the_input_hash_tells_the_two_apart(
    world: World, server: Running, asking: Need, settings: Any
) -> None:
    words, before = full_run(), published()
    settings.EMBEDDING = settings_for(server)
    embed_all()
    meant, after = full_run(), published()
    assert words.input_hash != meant.input_hash
    assert before != after
    settings.EMBEDDING = EmbeddingSettings()
    again = full_run()
    assert again.input_hash == words.input_hash
    assert published() == before


def test_a_new_need_is_compared_by_meaning_at_once(world: World, server: Running, settings: Any) -> None:
    welding = make_welding(world)
    settings.EMBEDDING = settings_for(server)
    embed_all()
    full_run()
    need = make_need(
        zone=world.east,
        organization=world.enterprise,
        title_zh="束流熔合金属",
        summary_zh="求束流熔合金属。",
        metrics=0,
    )
    run = look()
    assert run is not None
    assert run.kind == RunKind.DELTA
    work_until_idle()
    run.refresh_from_db()
    assert (run.need_by_meaning, run.need_total) == (1, 1)
    assert welding.pk in listed(need)


def test_a_resource_whose_vector_comes_later_reaches_the_needs_it_concerns(
    world: World, server: Running, asking: Need, settings: Any
) -> None:
    settings.EMBEDDING = settings_for(server)
    embed_all()
    full_run()
    welding = make_welding(world)
    look()
    work_until_idle()
    assert welding.pk not in listed(asking)
    settle()
    assert welding.pk in listed(asking)


def test_following_changes_ends_where_matching_everything_anew_would(
    world: World, server: Running, asking: Need, settings: Any
) -> None:
    settings.EMBEDDING = settings_for(server)
    embed_all()
    full_run()
    welding = make_welding(world)
    make_welding(world, "束流熔合金属工坊")
    settle()
    update_resource(SYSTEM, resource_id=welding.pk, version=welding.version, description_zh="改做显示面板检测。")
    settle()
    before = candidates()
    needs = Need.objects.unscoped(reason="a test matches all")
    start_delta(list(needs.values_list("pk", flat=True)), reason="all anew")
    work_until_idle()
    assert candidates() == before


def test_the_watch_scores_what_a_run_would(world: World, server: Running, asking: Need, settings: Any) -> None:
    welding = make_welding(world)
    settings.EMBEDDING = settings_for(server)
    embed_all()
    full_run()
    CandidateList.objects.filter(need=asking).update(resource_ids=[], rank_values=[])
    assert asking.pk in needs_concerned_by([welding.pk])
    settings.EMBEDDING = EmbeddingSettings()
    assert latest_semantics() is None


def test_a_look_compares_only_needs_that_are_new_with_the_sample(
    world: World, server: Running, asking: Need, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    welding, compare = make_welding(world), scales._compared
    settings.EMBEDDING = settings_for(server)
    embed_all()
    full_run()
    needs_concerned_by([welding.pk])
    compared: list[int] = []

    def counting(vectors: Any, frozen: Any) -> Any:
        compared.append(len(vectors))
        return compare(vectors, frozen)

    monkeypatch.setattr(scales, "_compared", counting)
    needs_concerned_by([welding.pk])
    assert compared == []
    make_need(zone=world.east, organization=world.enterprise, title_zh="激光焊接又一题")
    embed_all()
    needs_concerned_by([welding.pk])
    assert compared == [1]


AWAY: dict[str, Answer] = {
    "HTML": says(200, b"<html>Welcome</html>"),
    "nothing": says(200),
    "an error": says(500),
    "no answer": hang_up,
    "NaN": says(200, b'{"data": [{"index": 0, "embedding": [NaN, 1.0]}]}'),
    "other dimensions": knows(dimensions=7),
}


@pytest.mark.parametrize("answer", AWAY.values(), ids=AWAY.keys())
def test_a_run_publishes_by_words_when_the_model_is_away_and_says_so(
    world: World, server: Running, asking: Need, settings: Any, answer: Answer
) -> None:
    settings.EMBEDDING = settings_for(server)
    embed_all()
    full_run()
    late = make_need(
        zone=world.east, organization=world.enterprise, title_zh="激光焊接新题", summary_zh="求激光焊接。", metrics=0
    )
    with embedding_server(answer) as bad:
        settings.EMBEDDING = settings_for(bad)
        run = full_run()
    assert run.state == RunState.PUBLISHED
    assert (run.need_by_meaning, run.need_total) == (5, 6)
    assert run.meaning_error
    assert listed(late)
    parts = np.frombuffer(bytes(CandidateList.objects.get(run=run, need=late).parts)).reshape(-1, len(COMPONENTS))
    assert np.isnan(parts[:, SEMANTIC]).all()


def test_a_need_that_went_without_is_matched_again_once_it_has_a_vector(
    world: World, server: Running, asking: Need, settings: Any
) -> None:
    welding = make_welding(world)
    settings.EMBEDDING = settings_for(server)
    embed_all()
    full_run()
    needs = Need.objects.unscoped(reason="a test edits").filter(pk=asking.pk)
    needs.update(summary_zh="急求束流熔合金属。", version=asking.version + 1)
    follow_needs()
    with embedding_server(says(503)) as bad:
        settings.EMBEDDING = settings_for(bad)
        full_run()
    assert welding.pk not in listed(asking)
    settings.EMBEDDING = settings_for(server)
    embed_all()
    work_until_idle()
    assert welding.pk in listed(asking)


def test_settings_that_cannot_work_let_the_run_publish_too(world: World, asking: Need, settings: Any) -> None:
    make_welding(world)
    settings.EMBEDDING = EmbeddingSettings("openai")
    run = full_run()
    assert run.state == RunState.PUBLISHED
    assert run.need_by_meaning == 0
    assert "EMBEDDING_URL" in run.meaning_error


def test_vectors_that_come_after_a_run_has_begun_are_not_used_by_it(
    world: World, server: Running, asking: Need, settings: Any
) -> None:
    settings.EMBEDDING = settings_for(server)
    embed_all()
    full_run()
    run = request_full_run(SYSTEM, reason="test")
    prepare = run.steps.get()

    assert steps.work_on(prepare.pk)
    welding = make_welding(world)
    embed_all()
    work_until_idle()
    run.refresh_from_db()
    assert run.vector_version < ResourceVector.objects.get(resource=welding).sequence
    assert welding.pk not in CandidateList.objects.get(run=run, need=asking).resource_ids


def test_a_private_resource_is_never_compared_with_needs_of_other_zones(
    world: World, server: Running, asking: Need, settings: Any
) -> None:
    private = make_welding(world, visibility="zone")
    shared = make_welding(world, "激光焊接开放线")
    settings.EMBEDDING = settings_for(server)
    embed_all()
    full_run()
    assert ResourceVector.objects.filter(resource=private).exists()
    assert shared.pk in nearest(asking)
    assert private.pk not in nearest(asking)
    Resource.objects.unscoped(reason="a test opens it").filter(pk=private.pk).update(visibility="national", version=2)
    follow_resources()
    assert private.pk in nearest(asking)


def nearest(need: Need) -> set[int]:
    """What meaning proposes for a need, before any constraint."""
    semantics, statistics = latest_semantics(), latest_statistics()
    assert semantics is not None
    assert statistics is not None
    (facts,) = read_need_facts([need.pk], context=read_need_context(on=today()))
    table = decode_needs([encode_need(facts)])

    filters = queries_of(table, statistics, DEFAULT, text_queries(table, statistics))
    (found,) = nearest_of(table, filters, semantics, 100)
    return set(found.tolist())


def test_a_copy_follows_what_changes_and_gives_what_reading_all_would(
    world: World, server: Running, settings: Any
) -> None:

    settings.EMBEDDING = settings_for(server)
    embed_all()
    copy = vector_copies.vector_copy(VectorKind.RESOURCE, "openai:topics", 48)
    resource = Resource.objects.visible_to(SYSTEM).order_by("pk")[0]
    update_resource(SYSTEM, resource_id=resource.pk, version=resource.version, description_zh="改做显示面板检测。")
    follow_resources()
    copy.follow()
    assert resource.pk not in copy.as_of(1_000).table().ids
    embed_all()
    copy.follow()
    followed = copy.as_of(1_000).table()
    vector_copies.forget()
    anew = vector_copies.vector_copy(VectorKind.RESOURCE, "openai:topics", 48).as_of(1_000).table()
    assert followed.ids.tolist() == anew.ids.tolist()
    assert followed.vectors.tobytes() == anew.vectors.tobytes()
    assert resource.pk in anew.ids


def test_a_replay_knows_how_words_and_meaning_shared_their_topic(
    world: World, server: Running, asking: Need, settings: Any
) -> None:
    make_welding(world)
    settings.EMBEDDING = settings_for(server)
    embed_all()
    run = full_run()
    report = replay_run(SYSTEM, run=run, config=make_config(parameters=replace(DEFAULT, alpha=0.1).to_dict()))
    assert len(report.needs) == 5
    assert [need.inexact for need in report.needs] == [0] * 5
