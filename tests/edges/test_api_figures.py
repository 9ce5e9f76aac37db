"""Figures by the API: value, sentence, version, evidence; strangers are not told small numbers."""

import json
from datetime import date, timedelta
from io import StringIO

import pytest
from django.core.management import call_command

from figures.services.observations import add_series, record_observation
from tests.builders import make_code
from tests.conftest import World
from tests.cooperations import make_cooperation
from tests.edges.conftest import Ask
from tests.figures.asking import register
from zones.scoping import SYSTEM, today

ASKED = {"scope": "zone:east", "period": "2024", "milestone": "signed"}


def test_every_figure_says_what_it_counts_and_what_can_be_derived(ask: Ask, db: None) -> None:
    told = {row["id"]: row for row in ask(None, "figures/").body["results"]}
    assert told["contracts.flow"]["derivations"] == ["yoy", "mom", "cumulative", "cagr"]
    assert told["members.all"]["derivations"] == []
    assert all(row["rule"] and row["name"] and row["version"] >= 1 for row in told.values())
    english = ask(None, "figures/", "en").body["results"]
    assert all(row["rule"].isascii() for row in english)


def test_a_figure_comes_with_its_sentence_its_version_and_its_rows(ask: Ask, world: World) -> None:
    row = make_cooperation(world.enterprise, signed_on=date(2024, 3, 1))
    answer = ask(world.ana, "figures/cooperations.projects/", **ASKED)
    assert answer.status == 200
    assert answer.body | {"sentence_en": ""} == {
        "figure": "cooperations.projects", "version": 2, "scope": "zone:east", "period": "2024", "milestone": "signed",
        "as_of": answer.body["as_of"], "value": "1", "unit": "items", "is_forecast": False, "is_suppressed": False,
        "sentence_zh": "2024年，东方高新区促成产学研与科研合作项目1个。", "sentence_en": "", "reported": None,
        "evidence_count": 1, "evidence_hidden": 0, "whole_count": None, "zones": [],
        "evidence": [
            {"table": "matching.cooperation", "id": str(row.public_id), "on": "2024-03-01", "amount": "1"},
        ],
    }  # fmt: skip


@pytest.mark.parametrize("name", ["bo", "cy", "eve", "visitor"])
def test_a_stranger_is_told_the_same_of_none_as_of_a_few(ask: Ask, world: World, name: str) -> None:
    reader = world.people().get(name)
    none = ask(reader, "figures/cooperations.projects/", **ASKED).body
    for _ in range(4):
        make_cooperation(world.enterprise, signed_on=date(2024, 3, 1))
    assert ask(reader, "figures/cooperations.projects/", **ASKED).body == none
    assert (none["value"], none["is_suppressed"], none["evidence_count"], none["evidence"]) == (None, True, None, [])
    make_cooperation(world.enterprise, signed_on=date(2024, 3, 1))
    assert ask(reader, "figures/cooperations.projects/", **ASKED).body["value"] == "5"
    for other in ({"period": "2024-H1"}, {"as_of": (today() - timedelta(days=1)).isoformat()}):
        told = ask(reader, "figures/cooperations.projects/", **ASKED | other).body
        assert told["is_suppressed"], other  # by the difference of two days or periods a single row would be told


def test_contracts_are_picked_by_type_and_field_for_who_reads_an_end_whole(ask: Ask, world: World) -> None:
    for code, name in (("KF", "技术开发合同"), ("KF-WT", "委托开发合同"), ("ZR", "技术转让合同")):
        make_code("contract_type", code, name_zh=name, name_en=code)
    for number, kind in enumerate(("KF-WT", "KF-WT", "ZR")):
        register(world.enterprise, world.laboratory, "100", date(2024, 3, 1), number=number, contract_type=kind)
    asked = {"scope": "flow:zone:east>zone:west", "period": "2024", "contract_type": "KF"}
    told = ask(world.ana, "figures/contracts.flow/", **asked).body
    assert (told["figure"], told["value"], told["evidence_count"]) == ("contracts.flow.KF", "200", 2)
    assert told["sentence_zh"] == "2024年，东方高新区流向西山高新区技术合同成交额（技术开发合同）200元。"
    for reader in (world.cy, world.eve, None):
        assert ask(reader, "figures/contracts.flow/", **asked).body["is_suppressed"]
    out = StringIO()
    call_command(
        "figure", "contracts.flow", scope=asked["scope"], period="2024", contract_type="KF-WT", json=True, stdout=out
    )
    assert json.loads(out.getvalue())["value"] == "200"


def test_what_is_counted_and_what_is_reported_stand_side_by_side(ask: Ask, world: World) -> None:
    register(world.enterprise, world.laboratory, "84370000000", date(2024, 3, 1), number=1)
    series = add_series(
        SYSTEM, code="output", name_zh="输出技术合同", unit="yuan", source_zh="公报", figure="contracts.sold",
        scope="zone:east",
    )  # fmt: skip
    record_observation(
        SYSTEM, series_id=series.pk, period="2024", value="843.7", unit="亿元", published_on=date(2025, 2, 1)
    )
    told = ask(world.ana, "figures/contracts.sold/", scope="zone:east", period="2024").body
    assert (told["value"], told["reported"]) == ("84370000000", "84370000000")
    assert ask(world.ana, "figures/contracts.sold/", scope="zone:east", period="2023").body["reported"] is None
    listed = ask(None, f"series/{series.public_id}/").body
    assert [row["value"] for row in listed["observations"]] == ["84370000000.000000"]


@pytest.mark.parametrize(
    ("path", "asked", "field"),
    [
        ("events.all", {}, "period"),
        ("cooperations.all", {"milestone": "signed"}, "period"),
        ("events.all", {"period": "2024", "scope": "zone:nowhere"}, "scope"),
        ("events.all", {"period": "2024", "scope": "everywhere"}, "scope"),
        ("events.all", {"period": "20244"}, "period"),
        ("events.all", {"period": "2199"}, "period"),
        ("events.all", {"period": "9999"}, "period"),
        ("events.all", {"period": "2099"}, "period"),
        ("members.all", {"period": "2199", "scope": "nation"}, "period"),
        ("events.all", {"period": "2024..2013"}, "period"),
        ("events.all", {"period": "2024", "as_of": "2024-02-30"}, "as_of"),
        ("events.all", {"period": "2024", "as_of": "2199-01-01"}, "as_of"),
        ("events.all", {"period": "2024", "samples": "maybe"}, "samples"),
        ("events.all", {"period": "2024", "colour": "red"}, "colour"),
        ("events.all", {"period": "2024", "milestone": "signed"}, "milestone"),
        ("contracts.flow", {"period": "2024", "contract_type": "kf"}, "contract_type"),
        ("contracts.flow", {"period": "2024", "contract_type": "KF"}, "contract_type"),
        ("contracts.flow", {"period": "2024", "field": "SEI"}, "field"),
        ("contracts.flow", {"period": "2024", "field": "SEI99"}, "field"),
        ("events.all", {"period": "2024", "field": "SEI1"}, "field"),
        ("cooperations.all", {"period": "2024"}, "milestone"),
        ("cooperations.all", {"period": "2024", "milestone": "begun"}, "milestone"),
        ("members.all", {"scope": "nation"}, "scope"),
        ("agreement.parties", {"scope": "agreement:0b8e7a52-0f0b-4f6e-9c55-0d3c5a1b2c3d"}, "scope"),
        ("agreement.parties", {"scope": "agreement:nothing"}, "scope"),
    ],
)
def test_a_question_that_means_nothing_names_the_parameter(
    ask: Ask, db: None, path: str, asked: dict[str, str], field: str
) -> None:
    answer = ask(None, f"figures/{path}/", **asked)
    assert (answer.status, list(answer.body["errors"])) == (400, [field])


@pytest.mark.parametrize(
    ("language", "said"), [("zh-hans", "请改选范围（联盟（网络））。"), ("en", "(an association).")]
)
def test_a_figure_that_is_not_of_such_places_says_of_which_it_is(ask: Ask, db: None, language: str, said: str) -> None:
    assert ask(None, "figures/members.all/", language, scope="nation").body["errors"]["scope"][0].endswith(said)


def test_years_out_of_range_are_called_so(ask: Ask, db: None) -> None:
    for year in ("2199", "9999", "1200"):
        assert "超出范围" in ask(None, "figures/events.all/", period=year).body["errors"]["period"][0]


@pytest.mark.parametrize("typed", ["２０２４", "2024年", "２０２４年", " 2024 "])
def test_a_year_is_read_as_a_chinese_keyboard_writes_it(ask: Ask, db: None, typed: str) -> None:
    assert ask(None, "figures/zones.national/", period=typed).body["period"] == "2024"


def test_a_month_is_read_as_people_write_it(ask: Ask, db: None) -> None:
    assert ask(None, "figures/zones.national/", period="2024年5月").body["period"] == "2024-05"


def test_a_figure_nobody_knows_is_not_there(ask: Ask, db: None) -> None:
    assert ask(None, "figures/nothing/", period="2024").status == 404
    assert ask(None, "figures/members.all:yoy/", period="2024", scope="association:x").status == 404


def test_what_cannot_be_computed_says_what_is_missing(ask: Ask, db: None) -> None:
    add_series(SYSTEM, code="output", name_zh="产值", unit="yuan", source_zh="公报")
    answer = ask(None, "figures/series.value:cagr/", scope="series:output", period="2020..2021")
    assert (answer.status, answer.body["type"]) == (409, "urn:zonelink:figure_refused")
    assert "2020、2021" in answer.body["detail"]
