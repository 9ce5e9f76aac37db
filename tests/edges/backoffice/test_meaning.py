"""What pages say of the comparison by meaning: on the run and on the need's matches, amounts only to the system."""

from typing import Any

import pytest

from matching.choices import RunState
from matching.embedding import EmbeddingSettings
from tests.builders import make_contributions, make_match, make_need, make_resource, make_run
from tests.conftest import World
from tests.edges.backoffice.conftest import Browse

MODEL = "openai:topics"


def run_page(world: World, browse: Browse, who: str, language: str, **fields: Any) -> str:
    run = make_run(state=RunState.PUBLISHED, need_total=7, **fields)
    url = f"/office/matching/matchrun/{run.public_id}/change/"
    return browse(getattr(world, who)).get(url, headers={"accept-language": language}).content.decode()


@pytest.mark.parametrize(
    ("language", "off", "partly"),
    [
        ("zh-hans", "未启用，只按词语比较", "3 / 7 条需求（openai:topics），其余只按词语比较。 原因：answers 503"),
        (
            "en",
            "Meaning: off, compared by words only.",
            "Meaning: 3 of 7 needs (openai:topics), the others by words only.",
        ),
    ],
)
def test_the_system_reads_how_many_needs_were_compared_by_meaning(
    world: World, browse: Browse, language: str, off: str, partly: str
) -> None:
    assert off in run_page(world, browse, "ops", language)
    assert partly in run_page(
        world, browse, "ops", language, meaning_model=MODEL, need_by_meaning=3, meaning_error="answers 503"
    )


def test_others_read_only_that_it_is_on(world: World, browse: Browse) -> None:
    fields = {"meaning_model": MODEL, "need_by_meaning": 3, "meaning_error": "answers 503"}
    told = run_page(world, browse, "ana", "en", **fields)
    assert "Meaning: on." in told
    assert "answers 503" not in told
    assert "topics" not in told


@pytest.mark.parametrize(
    ("model", "fit", "words"),
    [
        ("", None, ""),
        (MODEL, None, "compared by words only this time"),
        (MODEL, 0.4, "Compared by words and by meaning."),
    ],
)
def test_a_need_s_own_side_reads_how_it_was_compared(
    world: World, browse: Browse, model: str, fit: float | None, words: str
) -> None:
    need = make_need(organization=world.enterprise, visibility="national")
    rows = [row if row["component"] != "semantic" else row | {"fit": fit} for row in make_contributions(0.5)]
    match = make_match(need, make_resource(organization=world.laboratory), score=0.5, contributions=rows)
    match.run.meaning_model = model
    match.run.save()
    url = f"/office/matching/need/{need.public_id}/matches/"
    for who, is_own in ((world.ana, True), (world.bo, False)):
        told = browse(who).get(url, headers={"accept-language": "en"}).content.decode()
        assert "West" in told
        for line in ("compared by words only this time", "Compared by words and by meaning."):
            assert (line in told) is (is_own and line == words)


@pytest.mark.parametrize(("visibility", "is_told"), [("public", False), ("national", True), ("sealed", True)])
def test_a_need_that_is_sent_nowhere_is_told_why(
    world: World, browse: Browse, settings: Any, visibility: str, is_told: bool
) -> None:
    settings.EMBEDDING = EmbeddingSettings("openai", url="http://localhost:1/v1", model="topics")
    need = make_need(organization=world.enterprise, visibility=visibility)
    rows = [row if row["component"] != "semantic" else row | {"fit": None} for row in make_contributions(0.5)]
    match = make_match(need, make_resource(organization=world.laboratory), score=0.5, contributions=rows)
    match.run.meaning_model = MODEL
    match.run.save()
    url = f"/office/matching/need/{need.public_id}/matches/"
    told = browse(world.ana).get(url, headers={"accept-language": "en"}).content.decode()
    assert ("its text is not sent to the semantic service" in told) is is_told
    assert ("compared by words only this time" in told) is not is_told


def test_the_run_page_tells_of_the_second_look_amounts_only_to_the_system(world: World, browse: Browse) -> None:
    fields = {"rerank_model": "rerank:judge", "need_reranked": 3, "rerank_error": "answers 503"}
    whole = run_page(world, browse, "ops", "en", **fields)
    assert "Second look: 3 of 7 needs (rerank:judge), the others keep their order." in whole
    assert "answers 503" in whole
    assert "逐对精读：3 / 7 条需求（rerank:judge），其余保持原顺序。" in run_page(
        world, browse, "ops", "zh-hans", **fields
    )
    told = run_page(world, browse, "ana", "en", **fields)
    assert "Second look: on." in told
    assert "judge" not in told
    assert "Second look" not in run_page(world, browse, "ops", "en")


@pytest.mark.parametrize(
    ("model", "fit", "is_told"), [("rerank:judge", 0.4, True), ("rerank:judge", None, False), ("", 0.4, False)]
)
def test_a_need_s_own_side_reads_of_the_second_look(
    world: World, browse: Browse, model: str, fit: float | None, is_told: bool
) -> None:
    need = make_need(organization=world.enterprise, visibility="national")
    rows = [row if row["component"] != "rerank" else row | {"fit": fit} for row in make_contributions(0.5)]
    match = make_match(need, make_resource(organization=world.laboratory), score=0.5, contributions=rows)
    match.run.rerank_model = model
    match.run.save()
    url = f"/office/matching/need/{need.public_id}/matches/"
    for who, is_own in ((world.ana, True), (world.bo, False)):
        told = browse(who).get(url, headers={"accept-language": "en"}).content.decode()
        assert ("also read side by side with the need" in told) is (is_own and is_told)
        assert "compared by words only this time" not in told
