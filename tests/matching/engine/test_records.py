"""Facts become bytes and tables, and nothing is lost or reordered on the way."""

import json
from dataclasses import fields
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lexicon.hashing import token_hash
from matching.engine.config import BOUNDS, BadSetting
from matching.engine.features import code_similarity
from matching.engine.records import (
    DEFAULT,
    EncodingMismatch,
    Quantity,
    ScoringConfig,
    TermStatistics,
    decode_needs,
    decode_resources,
    encode_need,
    encode_resource,
    index_document,
)
from matching.engine.surroundings import CodeTree
from tests.matching.engine.worlds import (
    EAST,
    FAR,
    WEST,
    codes,
    geography,
    make_need,
    make_resource,
    needs_of,
    resources_of,
    statistics_of,
)

ODD_TEXTS = ["", " ", "x", "镓", "\x00\ud800", "氮化镓 GaN ガン", "字" * 100_000, "word " * 20_000, "\n" * 50]


def test_encoding_is_a_pure_function_of_the_facts() -> None:
    facts = make_resource(items=("扫描电镜", "探针台"), quantities=(Quantity("wafer", "直径", choices=(200, 150)),))
    assert encode_resource(facts) == encode_resource(facts)
    assert encode_need(make_need()) == encode_need(make_need())


def test_attributes_come_back_as_they_went_in() -> None:
    table = resources_of(make_resource(trl=8, capacity=0, price_from=1.5), make_resource(id=2, status="expired"))
    assert table.trl.tolist() == [8, -1]
    assert table.capacity.tolist() == [0, 1]
    assert table.is_active.tolist() == [True, False]
    assert table.price_from[0] == 1.5
    assert np.isnan(table.price_from[1])
    assert table.details_of(1)["title"] == "外延片缺陷检测系统"


def test_need_tokens_stand_in_the_order_of_their_hashes() -> None:
    table = needs_of(make_need())
    assert len(table.tokens_of(0)) == table.tokens.length[0]
    assert (np.diff(table.tokens.row(0).astype(object)) > 0).all()


def test_rows_can_be_taken_in_any_order() -> None:
    table = resources_of(*(make_resource(id=number, title="外延" * number) for number in (1, 2, 3)))
    taken = table.take(np.array([2, 0]))
    assert taken.id.tolist() == [3, 1]
    assert taken.tokens.row(1).tolist() == table.tokens.row(0).tolist()


@pytest.mark.parametrize("text", ODD_TEXTS)
def test_odd_texts_make_records_that_decode(text: str) -> None:
    resource = make_resource(title=text, text=text, keywords=(text,), items=(text,))
    need = make_need(title=text, text=text, keywords=(text,))
    assert len(resources_of(resource)) == len(needs_of(need)) == 1
    assert json.dumps(resources_of(resource).details_of(0))
    assert len(index_document(resource)[0].split()) < 200_000


def test_a_record_of_another_version_is_refused() -> None:
    blob = encode_resource(make_resource())
    with pytest.raises(EncodingMismatch):
        decode_resources([bytes([blob[0] + 1]) + blob[1:]])
    with pytest.raises(EncodingMismatch):
        decode_needs([blob])
    with pytest.raises(EncodingMismatch):
        decode_resources([blob[:-8]])


def test_no_records_make_empty_tables() -> None:
    assert len(decode_resources([])) == len(decode_needs([])) == 0


def test_the_index_document_carries_both_kinds_of_scope() -> None:
    tokens, scopes = index_document(make_resource(see_scopes=("national",), use_scopes=("zone:2",), items=("探针台",)))
    assert scopes == ("national", "use:zone:2")
    assert tokens.split().count("缺陷") > tokens.split().count("探针") == 1


def test_statistics_do_not_depend_on_the_order_of_documents() -> None:
    blobs = [encode_resource(make_resource(id=number, text="外延" * number)) for number in range(1, 30)]
    assert TermStatistics.of(blobs).to_bytes() == TermStatistics.of(reversed(blobs)).to_bytes()


def test_statistics_survive_storage() -> None:
    statistics = statistics_of([make_resource()])
    restored = TermStatistics.from_bytes(statistics.to_bytes())
    assert restored.to_bytes() == statistics.to_bytes()
    assert restored.document_count == 101


def test_document_frequencies_are_counted_once_per_document() -> None:
    statistics = statistics_of([make_resource(text="租赁租赁")])
    hashes = np.array([token_hash("租赁"), token_hash("氮化"), token_hash("nowhere")], dtype=np.uint64)
    assert statistics.document_frequencies(hashes).tolist() == [101, 1, 0]


def test_statistics_of_nothing_can_be_asked() -> None:
    statistics = TermStatistics.of([])
    assert statistics.document_frequencies(np.array([1, 2], dtype=np.uint64)).tolist() == [0, 0]


def test_zones_know_their_relations() -> None:
    zones = geography()
    east, west, far, nowhere = zones.positions(np.array([EAST, WEST, FAR, 99]))
    assert nowhere == -1
    assert zones.same_alliance[east, west]
    assert zones.same_network[west, far]
    assert not zones.same_network[east, far]


@pytest.mark.parametrize(
    ("a", "b", "similarity"),
    [
        ("A.1.1", "A.1.1", 1.0),
        ("A.1.1", "A.1.2", 2 * 2 / 6),
        ("A.1", "A.1.1", 2 * 2 / 5),
        ("A.1.1", "A.2", 2 * 1 / 5),
        ("A", "B", 0.8 * 4 / 9),
        ("A.1.1", "B", 0.0),
        ("A.2", "B.1", 0.8),
        ("A.1", "B.1", 0.8 * 2 * 1 / 4),
        ("B.1", "A.2", 0.8),
    ],
)
def test_codes_are_similar_by_common_ancestors_and_bridges(a: str, b: str, similarity: float) -> None:
    assert code_similarity(codes(), a, b) == pytest.approx(similarity, abs=1e-6)


def test_a_circle_among_codes_ends() -> None:
    assert CodeTree.of({"a": "b", "b": "a"}).similarity.shape == (2, 2)


def test_settings_survive_storage_and_unknown_ones_are_refused() -> None:
    assert ScoringConfig.from_dict(json.loads(json.dumps(DEFAULT.to_dict()))) == DEFAULT
    with pytest.raises(BadSetting) as unknown:
        ScoringConfig.from_dict({"weigths": []})
    assert (unknown.value.path, unknown.value.params["near"]) == ("weigths", "weights")
    with pytest.raises(BadSetting, match=r"weights\.txet"):
        ScoringConfig.from_dict({"weights": {"txet": 1.0}})
    with pytest.raises(ValueError, match="weights"):
        ScoringConfig(weights=(1.0,))


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("keep", 0),
        ("depth", -5),
        ("top", 10**7),
        ("trl_gap_max", -1),
        ("alpha", 1.5),
        ("freshness_half_life_days", 0.0),
        ("track_prior_accepted", 0.0),
        ("semantic_ceiling", 0.0),
        ("rerank_share", 0.95),
        ("weekly_exposures", -1),
    ],
)
def test_settings_no_run_can_work_with_are_told_by_name(name: str, value: float) -> None:
    with pytest.raises(BadSetting) as bad:
        ScoringConfig.from_dict({name: value})
    assert (bad.value.path, bad.value.given) == (name, value)


def test_every_number_among_the_settings_has_its_bounds() -> None:
    numbers = {field.name for field in fields(ScoringConfig) if isinstance(field.default, int | float)}
    assert numbers - set(BOUNDS) == {"exploration_slots", "semantic_floor", "semantic_ceiling"}


@pytest.mark.parametrize("number", [10**400, float("nan"), float("inf"), True, "1"])
@pytest.mark.parametrize("settings", [lambda number: {"weights": {"text": number}}, lambda number: {"alpha": number}])
def test_numbers_that_are_none_are_told_by_their_setting(settings: Any, number: Any) -> None:
    with pytest.raises(BadSetting) as bad:
        ScoringConfig.from_dict(settings(number))
    assert bad.value.wanted == "number"


@given(st.text(max_size=60), st.lists(st.text(max_size=10), max_size=4))
def test_any_text_round_trips_to_the_same_bytes(title: str, keywords: list[str]) -> None:
    facts = make_resource(title=title, keywords=tuple(keywords))
    assert encode_resource(facts) == encode_resource(facts)
    assert len(resources_of(facts)) == 1
