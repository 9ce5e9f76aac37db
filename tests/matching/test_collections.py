"""Labelled collections through the product: loaded by services, matched by a run, measured from stored results."""

import json
from collections.abc import Callable
from dataclasses import replace
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from matching.importing.collections import Collection, load_collection
from matching.models import MatchRun, Need, ScoringConfig
from matching.services.configs import active_config, settings_of
from matching.services.evaluation import stored_rankings
from tests.conftest import World
from zones.models import Resource
from zones.scoping import SYSTEM

pytestmark = pytest.mark.django_db
LONG_TITLE = "Electro-optic frequency response of thin-film lithium niobate modulators measured on wafer up to 110 GHz"
LONG_QUESTION = (
    "Which laboratory measures the electro-optic response of modulator chips on wafer at more than one hundred GHz?"
)


@pytest.fixture
def collection(tmp_path: Path) -> Collection:
    write(
        tmp_path / "corpus.jsonl", [{"id": "d1", "title": LONG_TITLE, "text": "Two bands."}, {"id": "d2", "text": "空"}]
    )
    write(
        tmp_path / "queries.jsonl",
        [
            {"id": "7_a", "text": LONG_QUESTION},
            {"id": "8", "text": "频响？"},
            {"id": "9", "title": "频响", "text": "频响测试"},
        ],
    )
    (tmp_path / "qrels.tsv").write_text("7_a\td1\t1\n8\td1\t1\n9\td1\t1\n")
    return Collection(tmp_path)


def write(path: Path, rows: list[dict[str, str]]) -> None:
    path.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in rows), encoding="utf-8")


def test_no_word_of_a_long_title_is_lost(world: World, collection: Collection) -> None:
    load_collection(SYSTEM, collection)
    document = Resource.objects.visible_to(SYSTEM).get(external_id=collection.external_id("d1"))
    assert len(document.name_zh) <= 80
    assert LONG_TITLE in document.description_zh


def test_the_beginning_of_a_long_question_weighs_no_more_than_its_end(world: World, collection: Collection) -> None:
    load_collection(SYSTEM, collection)
    titles = dict(Need.objects.visible_to(SYSTEM).values_list("external_id", "title_zh"))
    assert titles == {
        collection.external_id("7_a"): "query7a",
        collection.external_id("8"): "频响？",
        collection.external_id("9"): "频响",
    }


def test_a_run_that_keeps_more_changes_no_setting_of_the_site(world: World, collection: Collection) -> None:
    before = active_config()
    load_collection(SYSTEM, collection)
    for _twice in range(2):
        call_command("match", "--full", "--keep", "101", stdout=StringIO())
    run = MatchRun.objects.unscoped(reason="a test looks").filter(kind="full").latest("pk")
    assert settings_of(run.config) == replace(settings_of(before), keep=101)
    assert active_config() == before
    assert ScoringConfig.objects.count() == 2


def test_stored_results_are_measured_against_the_judgments(
    world: World, collection: Collection, run_all: Callable[[], MatchRun]
) -> None:
    with pytest.raises(CommandError, match="load_collection"):
        call_command("evaluate", str(collection.folder))
    load_collection(SYSTEM, collection)
    run_all()
    out = StringIO()
    call_command("evaluate", str(collection.folder), "--json", stdout=out)
    report = json.loads(out.getvalue())
    ours = report["systems"]["zonelink"]
    found = set(stored_rankings(collection.external_id("")))
    assert found == {collection.external_id(query) for query in ("7_a", "8", "9")}
    assert (ours["queries"], ours["recall@100"]) == (3, pytest.approx(1 / 3))
    assert report["systems"]["words (jieba BM25)"]["queries"] == 3
    assert "3 queries" in report["note"]


def test_keeping_more_is_for_full_runs(db: None) -> None:
    with pytest.raises(CommandError, match="--full"):
        call_command("match", "--keep", "101")
