"""Needs and resources that nobody would write on a good day: each is matched or ruled out for a stated reason, and the
run has a result."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest

from matching.engine.pipeline import ChunkResult, match_chunk
from matching.engine.records import DEFAULT, NeedFacts, Quantity, ResourceFacts
from tests.matching.engine.worlds import Shelf, make_need, make_resource, market_of, needs_of


def run(need: NeedFacts, resources: Sequence[ResourceFacts]) -> ChunkResult:
    market, shelf = market_of(resources), Shelf(tuple(resources))
    return match_chunk(
        needs_of(need), shelf, shelf.load, market.statistics, market.geography, market.codes, DEFAULT, market.today
    )


@pytest.mark.parametrize(
    "text",
    ["", " ", "镓", "x", "9", "-", "的", "\x00", "\ud800", "检" * 100_000, "GaN外延 на ウェハ 웨이퍼 🧪 ﷺ", "<b>&amp;"],
    ids=["empty", "blank", "han", "latin", "digit", "sign", "stop", "nul", "surrogate", "long", "scripts", "markup"],
)
def test_any_text_is_matched(text: str) -> None:
    result = run(
        make_need(title=text, keywords=(text,), text=text), [make_resource(id=1), make_resource(id=2, text=text)]
    )
    assert sorted(result.pairs.resource_id.tolist()) == [1, 2]
    assert np.isfinite(result.pairs.rank_value).all()
    assert ((result.pairs.rank_value >= 0) & (result.pairs.rank_value <= 1)).all()


def test_boilerplate_that_all_share_decides_nothing() -> None:
    phrase = "本平台面向全国高新区企业开放共享，欢迎洽谈合作。" * 10
    plain = [make_resource(id=number, title="共享平台", keywords=(), text=phrase) for number in range(1, 30)]
    fitting = make_resource(id=40, title="外延片检测", keywords=(), text=phrase + "氮化镓外延片缺陷。")
    result = run(make_need(text=phrase + "氮化镓外延片缺陷检测。"), [*plain, fitting])
    assert result.pairs.resource_id[0] == 40
    assert result.pairs.parts[0, 0] > result.pairs.parts[1, 0] == result.pairs.parts[-1, 0]


def test_ties_go_to_the_lower_id() -> None:
    result = run(make_need(), [make_resource(id=number) for number in (9, 4, 7)])
    assert result.pairs.resource_id.tolist() == [4, 7, 9]


def test_where_no_word_is_shared_scores_are_low_and_the_run_has_a_result() -> None:
    others = [make_resource(id=number, title="无人机", keywords=(), text="试飞") for number in (1, 2)]
    result = run(make_need(title="龘", keywords=(), text="靐"), others)
    assert result.pairs.parts[:, 0].tolist() == [0.0, 0.0]


def test_nobody_has_room_and_the_reason_says_so() -> None:
    result = run(make_need(wanted=50), [make_resource(id=number, capacity=-number) for number in range(3)])
    assert (len(result.pairs), result.reasons) == (0, {"no_capacity": 3})


def test_more_partners_wanted_than_there_are() -> None:
    assert len(run(make_need(wanted=1_000), [make_resource()]).pairs) == 1


def test_exclusions_that_leave_nobody_are_counted_by_reason() -> None:
    need = make_need(excluded_organizations=(20,), excluded_zones=(1, 2, 3))
    resources = [make_resource(id=1), make_resource(id=2, organization=21, legal_group=21)]
    result = run(replace(need, dismissed=(1, 2)), resources)
    assert (len(result.pairs), sum(result.reasons.values())) == (0, 2)
    assert set(result.reasons) <= {"excluded_by_need", "dismissed"}


def test_a_metric_that_contradicts_itself_is_read_as_a_range_or_not_at_all() -> None:
    wanted = (
        Quantity("a", "直径", low=300, high=100, unit="mm", op="between", is_must=True),
        Quantity("b", "频率", op=">=", unit="GHz", is_must=True),
        Quantity("c", "温度", low=float("nan"), op=">=", unit="℃", is_must=True),
    )
    offered = (Quantity("a", "直径", low=200, high=200, unit="mm"), Quantity("b", "频率", low=1, high=1, unit="GHz"))
    result = run(make_need(quantities=wanted), [make_resource(quantities=offered)])
    assert len(result.pairs) == 1
