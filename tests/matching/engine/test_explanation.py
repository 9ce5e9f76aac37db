"""Reasons and sentences say what the parts say, and nothing else."""

import json
from typing import Any

import pytest

from matching.engine.config import COMPONENTS
from matching.engine.explanation import sentence
from matching.engine.pipeline import explain_pair
from matching.engine.records import NeedFacts, Quantity, ResourceFacts
from matching.engine.wording import COMPONENT_LABELS, quantity_text
from tests.matching.engine.worlds import (
    FAR,
    TODAY,
    WEST,
    at_least,
    make_need,
    make_resource,
    market_of,
    needs_of,
    offers,
    resources_of,
)


def explain(need: NeedFacts, resource: ResourceFacts) -> dict[str, Any]:
    return explain_pair(needs_of(need), resources_of(resource), market_of([resource]))


FULL_NEED = make_need(
    trl_need=8,
    modes=("testing_service",),
    industry_codes=("A.1.1",),
    quantities=(
        at_least(200),
        Quantity("size", "最小检出尺寸", high=0.5, unit="μm", op="<=", is_must=True),
        at_least(10, "片", key="month", name="月检测能力", is_must=False),
    ),
)
FULL_RESOURCE = make_resource(
    trl=7,
    modes=("testing_service", "licence"),
    industry_codes=("A.1.2",),
    confirmed_day=TODAY - 365,
    quantities=(offers(200), Quantity("size", "检出尺寸", is_known=False, unit="μm")),
    items=("氮化镓外延炉",),
)


def test_contributions_sum_to_the_score() -> None:
    facts = explain(FULL_NEED, FULL_RESOURCE)
    assert sum(row["contribution"] for row in facts["contributions"]) == pytest.approx(facts["score"], abs=1e-9)
    assert [row["component"] for row in facts["contributions"]] == list(COMPONENTS)


def test_facts_are_json() -> None:
    facts = explain(FULL_NEED, FULL_RESOURCE)
    assert json.loads(json.dumps(facts, allow_nan=False)) == facts


def test_shared_terms_are_words_people_wrote_and_their_shares_do_not_exceed_one() -> None:
    terms = explain(FULL_NEED, FULL_RESOURCE)["terms"]
    assert {term["term"] for term in terms} == {"氮化镓", "外延片", "缺陷检测"}
    assert 0 < sum(term["share"] for term in terms) <= 1 + 1e-6


@pytest.mark.parametrize(
    ("title", "keywords", "theirs", "shown", "unseen"),
    [
        ("高速试验台改造", (), "高精度检验台", set(), {"验台"}),
        ("高速试验台改造", ("试验台",), "高精度检验台", set(), {"验台"}),
        ("粉体与颗粒分析", (), "浆料与颗粒筛分", {"颗粒"}, {"与颗", "与颗粒"}),
        ("缺陷检测方法", ("缺陷检测",), "无损检测设备", {"检测"}, {"测方"}),
        ("外延片缺陷检测", (), "外延片缺陷分析", {"外延片缺陷"}, set()),
        ("储能电芯绝热量热", ("储能电芯",), "储能电池", set(), {"储能电", "能电"}),
        ("长时储能示范", ("长时储能",), "小时储能颗粒", {"储能"}, {"时储能"}),
        ("半导体器件清洗", ("半导体器件",), "半导材料", set(), {"半导"}),
        ("污水处理厂曝气控制", ("污水处理",), "污水处理厂曝气设备", {"污水处理"}, {"厂曝气", "处理厂曝气"}),
        ("8英寸晶圆减薄", ("8英寸",), "12英寸晶圆", {"晶圆"}, {"英寸", "英寸晶圆"}),
        ("耐受30 V的驱动", ("驱动30 V",), "驱动30 V", {"驱动30 V"}, {"30"}),
        ("自动驾驶 deep-sea", (), "深海 sea", set(), {"sea"}),
    ],
)
def test_fragments_of_words_are_not_shown(
    title: str, keywords: tuple[str, ...], theirs: str, shown: set[str], unseen: set[str]
) -> None:
    need = make_need(title=title, keywords=keywords)
    resource = make_resource(title=theirs, keywords=("颗粒",))
    terms = {term["term"] for term in explain(need, resource)["terms"]}
    assert shown <= terms
    assert terms.isdisjoint(unseen)


def test_metric_verdicts_name_both_sides() -> None:
    wafer, size, month = explain(FULL_NEED, FULL_RESOURCE)["metrics"]
    assert (wafer["need"], wafer["offer"], wafer["verdict"]) == ("≥ 200 mm", "200 mm", "ok")
    assert (size["need"], size["offer"], size["verdict"], size["is_declared"]) == ("≤ 0.5 μm", "", "unknown", True)
    assert (month["verdict"], month["is_declared"]) == ("unknown", False)


def test_codes_modes_items_and_zones_are_named() -> None:
    facts = explain(FULL_NEED, FULL_RESOURCE)
    assert facts["codes"] == [
        {"scheme": "industries", "need": "A.1.1", "resource": "A.1.2", "similarity": pytest.approx(2 / 3, abs=1e-3)}
    ]
    assert facts["modes"] == ["testing_service"]
    assert facts["items"] == ["氮化镓外延炉"]
    assert facts["zones"] == {"is_cross_zone": True, "relation": "same_alliance"}
    assert facts["trl"] == {"need": 8, "offer": 7}


def test_the_counterfactual_is_a_real_score() -> None:
    facts = explain(FULL_NEED, FULL_RESOURCE)
    change = facts["counterfactual"]
    assert change["kind"] == "confirm_metric"
    assert change["subject"] == "最小检出尺寸"
    confirmed = make_resource(
        **{name: getattr(FULL_RESOURCE, name) for name in ("trl", "modes", "industry_codes", "confirmed_day", "items")},
        quantities=(offers(200), Quantity("size", "检出尺寸", low=0.1, high=0.1, unit="μm")),
    )
    after = explain(FULL_NEED, confirmed)
    assert change["score"] == [pytest.approx(facts["score"]), pytest.approx(after["score"])]
    assert change["rank_value"][1] == pytest.approx(after["rank_value"])


def test_a_change_that_cannot_be_seen_in_the_numbers_is_not_told() -> None:
    facts = explain(FULL_NEED, FULL_RESOURCE)

    def told(score: list[float], confidence: list[float]) -> str:
        change = facts["counterfactual"] | {"score": score, "confidence": confidence}
        return sentence(facts | {"counterfactual": change}, "en").partition("; ")[2]

    assert told([0.846, 0.854], [0.5, 0.6]).endswith("confidence rises 0.50→0.60.")
    assert told([0.846, 0.856], [0.5, 0.6]).endswith("the score rises 0.85→0.86.")
    assert told([0.846, 0.854], [0.501, 0.504]) == ""


def test_an_accepted_trl_is_rescored_as_the_need_would_be() -> None:
    resource = make_resource(trl=5, confirmed_day=TODAY)
    change = explain(make_need(trl_need=9), resource)["counterfactual"]
    assert (change["kind"], change["value"]) == ("relax_trl", "5")
    assert change["score"][1] == pytest.approx(explain(make_need(trl_need=5), resource)["score"])


def test_a_relaxed_metric_is_rescored() -> None:
    need = make_need(quantities=(at_least(200, is_must=False), at_least(5, "h", key="h", name="机时")))
    resource = make_resource(quantities=(offers(150), offers(9, "h", key="h", name="机时")))
    change = explain(need, resource)["counterfactual"]
    assert (change["kind"], change["value"]) == ("relax_metric", "150 mm")


def test_what_is_told_to_the_other_side_does_not_depend_on_the_budget() -> None:
    resource = make_resource(trl=5, confirmed_day=TODAY, price_from=200.0, price_unit="project")
    worlds = [explain(make_need(trl_need=6, budget_max=budget), resource) for budget in (100.0, 1e6)]
    told = [
        {name: facts[name] for name in ("told_score", "told_confidence", "told_counterfactual")} for facts in worlds
    ]
    assert told[0] == told[1]
    assert told[0]["told_counterfactual"]["kind"] == "relax_trl"
    parts = [[row["told"] for row in facts["contributions"]] for facts in worlds]
    assert parts[0] == parts[1]
    assert sum(parts[0]) == pytest.approx(told[0]["told_score"], abs=1e-9)
    assert worlds[0]["counterfactual"]["kind"] == "raise_budget"
    assert worlds[0]["score"] < worlds[1]["score"]


def test_a_perfect_pair_needs_no_change() -> None:
    resource = make_resource(quantities=(offers(300),), confirmed_day=TODAY)
    assert explain(make_need(quantities=(at_least(200),)), resource)["counterfactual"] is None


def test_a_pair_that_is_ruled_out_says_why() -> None:
    assert explain(make_need(), make_resource(capacity=0)) == {"removed_by": "no_capacity"}


def test_the_sentence_in_chinese() -> None:
    text = sentence(explain(FULL_NEED, FULL_RESOURCE), "zh-hans")
    assert text.endswith("。")
    assert text.count("。") == 1
    assert "2项硬指标中1项满足、1项待对方确认" in text
    assert "技术就绪度7级，距要求的8级差1级" in text
    assert "可依托氮化镓外延炉" in text
    assert "同属一个区域联盟" in text
    assert "若对方确认满足“最小检出尺寸”" in text


def test_the_sentence_in_english() -> None:
    text = sentence(explain(FULL_NEED, FULL_RESOURCE), "en")
    assert text.endswith(".")
    assert "1 of 2 must-metrics met and 1 to be confirmed" in text
    assert "TRL 7 is 1 below the 8 asked" in text
    assert "if the partner confirms" in text


def test_a_bare_pair_has_a_sentence_too() -> None:
    need, resource = make_need(title="x", keywords=(), text=""), make_resource(zone=FAR, confirmed_day=TODAY)
    facts = explain(need, resource)
    assert sentence(facts, "zh") == "主题用词少有重合，跨区合作加分。"
    assert sentence(facts, "en") == "Few words in common, cooperation crosses zones."


def test_neighbours_in_one_zone_are_told_so() -> None:
    assert "双方同在一个高新区" in sentence(explain(make_need(zone=WEST), make_resource()), "zh")


@pytest.mark.parametrize(
    ("quantity", "text"),
    [
        ({"name": "n", "low": 0.3, "high": 0.3, "unit": "μm"}, "0.3 μm"),
        ({"name": "n", "low": 5.0, "high": 20.0, "unit": "μm"}, "5–20 μm"),
        ({"name": "n", "high": 20.0, "unit": ""}, "≤ 20"),
        ({"name": "n", "low": 200000.0, "op": ">=", "unit": "次"}, "≥ 200000 次"),
        ({"name": "n", "choices": [100, 150.0], "unit": "mm"}, "100/150 mm"),
        ({"name": "n", "choices": ["CNAS"]}, "CNAS"),
        ({"name": "n", "truth": False}, "✗"),
        ({"name": "n"}, ""),
    ],
)
def test_quantities_are_written_as_people_write_them(quantity: dict[str, Any], text: str) -> None:
    assert quantity_text(quantity) == text


def test_every_component_has_a_label() -> None:
    assert set(COMPONENT_LABELS) == set(COMPONENTS)
