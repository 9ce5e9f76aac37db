"""Mechanisms from files: lines of lists with the record they belong to, and whole records; written and taken back."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.http import QueryDict

from backoffice.staged import context_of
from matching.models import Conversion, Trial
from matching.services.transfers import CONVERSION
from tests.builders import make_organization, make_resource, principal_of
from tests.conftest import World
from tests.mechanisms import make_kept, make_track
from tests.zones.importing.conftest import applied, rows_of, staged, told, worked
from tests.zones.importing.sheets import workbook
from zones.choices import ResourceKind
from zones.errors import InvalidInput
from zones.exporting.formats import export
from zones.importing import jobs
from zones.importing.importers import IMPORTERS
from zones.importing.sentences import sentence
from zones.models import (
    ChainPlace,
    Enclave,
    EnclaveTenant,
    Fund,
    FundCommitment,
    FundPayment,
    PolicyActual,
    PolicyItem,
    PolicyTarget,
)
from zones.scoping import today
from zones.services.keeping import change_kept
from zones.services.mechanisms import CHAIN, ENCLAVE, FUND, POLICY

FUND_TITLE = "东方的协同基金"
LARGE = Decimal(200_000_000)
"""Twice what is committed."""


def undone(world: World, job: Any) -> Any:
    return worked(jobs.undo_import(principal_of(world.ana), job_id=job.pk))


def commitments(world: World) -> bytes:
    return workbook([
        ["协同基金", "出资高新区", "单位", "认缴额（万元）", "认缴日"],
        [FUND_TITLE, "西山高新区", None, 500, "2024-02-01"],
        [FUND_TITLE, None, "西山光学实验室", 300, "2024-02-01"],
        [FUND_TITLE, None, "某国有资本公司", 200, "2024-02-01"],
    ])  # fmt: skip


def test_commitments_are_added_to_their_fund_once_and_taken_back(world: World) -> None:
    row = make_kept(FUND, world, size=LARGE)
    job = applied(world, commitments(world), kind="fund_commitment", name="认缴.xlsx")
    assert (job.message, job.state, job.counts) == ("", "applied", {"new": 3})
    added = FundCommitment.plain.filter(position__gt=2).order_by("position")
    assert [(one.number, one.zone, one.organization, one.name_zh, int(one.amount)) for one in added] == [
        (3, world.west, None, "", 5_000_000),
        (4, None, world.laboratory, "", 3_000_000),
        (5, None, None, "某国有资本公司", 2_000_000),
    ]
    assert told(job) == {"C4": ["named_only"]}
    again = staged(world, commitments(world), kind="fund_commitment", name="认缴.xlsx")
    assert again.counts == {"unchanged": 3}
    assert Fund.plain.get(pk=row.pk).version == 2
    assert (undone(world, job).state, FundCommitment.plain.count()) == ("undone", 2)


def test_lines_without_a_record_or_with_what_cannot_be_are_told_by_cell(world: World) -> None:
    make_kept(ENCLAVE, world)
    sheet = [
        ["飞地", "单位", "入驻日", "迁出日"],
        ["没有的飞地", "某公司", "2024-03-01", None],
        ["东方的飞地", "某公司", "2024-03-01", "2024-02-01"],
        ["东方的飞地", None, "2024-03-01", None],
        ["东方的飞地", "东方微电子有限公司", "2024-03-01", None],
    ]
    job = staged(world, workbook(sheet), kind="enclave_tenant", name="入驻.xlsx")
    assert job.counts == {"error": 4}
    faults = {row.number: [one["code"] for one in row.messages if one["code"] != "named_only"] for row in rows_of(job)}
    assert faults == {2: ["no_record"], 3: ["refused_line"], 4: ["refused_line"], 5: ["refused_line"]}


@pytest.mark.parametrize(
    ("kind", "shape", "sheet", "model"),
    [
        ("policy_item", POLICY, [["政策文件", "类别", "内容"], ["东方的政策文件", "措施", "第一条"]], PolicyItem),
        (
            "policy_target", POLICY,
            [["政策文件", "指标", "目标年份", "目标金额（亿元）"], ["东方的政策文件", "产业规模", 2030, 2000]],
            PolicyTarget,
        ),
        (
            "policy_actual", POLICY,
            [["政策文件", "目标编号", "截至日", "实际数量", "凭证"], ["东方的政策文件", 1, "2026-06-30", 2, "半年报"]],
            PolicyActual,
        ),
        (
            "fund_payment", FUND,
            [["协同基金", "认缴编号", "到位额（万元）", "到位日"], [FUND_TITLE, 1, 3000, "2024-05-01"]], FundPayment,
        ),
        (
            "chain_place", CHAIN,
            [["产业链节点", "单位", "角色", "列入日"], ["东方的产业链节点", "某公司", "链主", "2024-03-01"]],
            ChainPlace,
        ),
        (
            "enclave_tenant", ENCLAVE, [["飞地", "单位", "入驻日"], ["东方的飞地", "某公司", "2024-03-01"]],
            EnclaveTenant,
        ),
    ],
)  # fmt: skip
def test_each_list_takes_lines_and_comes_back_unchanged(
    world: World, kind: str, shape: Any, sheet: list[list[Any]], model: Any
) -> None:
    make_kept(shape, world)
    before = model.plain.count()
    job = applied(world, workbook(sheet), kind=kind, name="明细.xlsx")
    assert (job.state, job.counts, model.plain.count()) == ("applied", {"new": 1}, before + 1)
    content = export(principal_of(world.ana), zone=world.east, kind=kind, name="xlsx")
    assert set(staged(world, content, kind=kind, name="明细.xlsx").counts) == {"unchanged"}


@pytest.mark.parametrize(
    ("kind", "sheet"),
    [
        ("policy", [["名称", "发文机关", "文号", "印发日"], ["若干措施", "管委会", "东新〔2024〕1 号", "2024-10-01"]]),
        ("fund", [["名称", "基金规模（亿元）", "管理机构", "设立日"], ["协同一号", 2, "某投资公司", "2024-01-01"]]),
        ("chain_node", [["名称", "产业链", "环节", "列入日"], ["封装", "集成电路", "下游", "2024-01-01"]]),
        (
            "enclave",
            [
                ["名称", "飞出地", "飞入地高新区", "运营机构", "面积（平方米）", "启用日"],
                ["西山创新飞地", "东方高新区", "西山高新区", "西山光学实验室", "3,000", "2024-01-01"],
            ],
        ),
    ],
)
def test_records_with_lists_come_in_and_go_out_and_are_withdrawn(
    world: World, kind: str, sheet: list[list[Any]]
) -> None:
    job = applied(world, workbook(sheet), kind=kind, name="记录.xlsx")
    assert (job.message, job.state, job.counts) == ("", "applied", {"new": 1})
    content = export(principal_of(world.ana), zone=world.east, kind=kind, name="xlsx")
    assert staged(world, content, kind=kind, name="记录.xlsx").counts == {"unchanged": 1}
    row = IMPORTERS[kind].model.plain.get(pk=rows_of(job)[0].record_id)
    assert (row.title_zh, row.zone, undone(world, job).state) == (sheet[1][0], world.east, "undone")
    row.refresh_from_db()
    assert row.withdrawn_on is not None


def test_who_runs_a_fund_or_an_enclave_is_found_by_name_or_only_named(world: World) -> None:
    funds = [["名称", "基金规模（亿元）", "管理机构", "设立日"], ["协同一号", 2, "某投资公司", "2024-01-01"]]
    job = applied(world, workbook(funds), kind="fund", name="基金.xlsx")
    fund = Fund.plain.get()
    assert (told(job), fund.manager, fund.manager_zh, int(fund.size)) == (
        {"C2": ["named_only"]}, None, "某投资公司", 200_000_000,
    )  # fmt: skip
    enclaves = [
        ["名称", "飞出地", "飞入地高新区", "运营机构", "面积（平方米）", "启用日"],
        ["西山二号飞地", "东方高新区", "西山高新区", "西山光学实验室", "很大", "2024-01-01"],
        ["西山创新飞地", "东方高新区", "西山高新区", "西山光学实验室", 3000, "2024-01-01"],
    ]
    assert told(staged(world, workbook(enclaves), kind="enclave", name="飞地.xlsx")) == {"E2": ["not_a_number"]}
    applied(world, workbook([enclaves[0], enclaves[2]]), kind="enclave", name="飞地.xlsx")
    enclave = Enclave.plain.get()
    assert (enclave.operator, enclave.operator_zh, enclave.area_m2) == (world.laboratory, "", Decimal(3000))


def test_what_a_file_replaced_comes_back_also_where_its_importer_may_not_see_it(world: World) -> None:
    hidden = make_organization(name_zh="远海隐名公司", zone=world.far, is_listed=False)
    fund = make_kept(FUND, world, manager=hidden)
    for manager, stored in (("某投资公司", (None, "某投资公司")), ("西山光学实验室", (world.laboratory, ""))):
        funds = [["名称", "基金规模（亿元）", "管理机构", "设立日"], [FUND_TITLE, 1, manager, "2024-01-01"]]
        job = applied(world, workbook(funds), kind="fund", name="基金.xlsx")
        fund.refresh_from_db()
        assert (job.message, job.counts, (fund.manager, fund.manager_zh)) == ("", {"changed": 1}, stored)
        shown = context_of(job, principal_of(world.ana), QueryDict())["rows"]
        assert (manager in str(shown), hidden.name_zh in str(shown)) == (True, False)
        assert undone(world, job).state == "undone"
        fund.refresh_from_db()
        assert (fund.manager, fund.manager_zh) == (hidden, "")


def test_a_corrected_day_is_said_to_be_a_second_record(world: World) -> None:
    sheet = [*CONVERSIONS[:2], ["别处落地", None, "东方高新区", "西山高新区", None, "2025-03-01"]]
    make_resource(kind=ResourceKind.ACHIEVEMENT, organization=world.enterprise, external_id="A-7")
    applied(world, workbook(sheet), kind="conversion", name="转化.xlsx")
    corrected = [[*row[:5], "2025-03-02"] for row in sheet[1:]]
    corrected[1][3] = "东方高新区"
    job = staged(world, workbook([sheet[0], *corrected]), kind="conversion", name="转化.xlsx")
    assert (told(job), job.counts) == ({"F2": ["another_day"]}, {"new": 2})
    assert "2025-03-01" in sentence(**{name: rows_of(job)[0].messages[0][name] for name in ("code", "params")})


TOO_MUCH: list[Any] = [
    (
        "fund_payment", FUND,
        [
            ["协同基金", "认缴编号", "到位额（万元）", "到位日"],
            [FUND_TITLE, 1, 2000, "2024-05-01"], [FUND_TITLE, 1, 2000, "2024-06-01"],
            [FUND_TITLE, 9, 1, "2024-06-01"], [FUND_TITLE, 1, 1000, "2024-07-01"],
            [FUND_TITLE, 2, 1, "2022-06-01"],
        ],
        {"C3": ["refused_line"], "B4": ["refused_line"], "D6": ["refused_line"]},
    ),
    (
        "policy_actual", POLICY,
        [
            ["政策文件", "目标编号", "截至日", "实际数量", "凭证"],
            ["东方的政策文件", 1, "2026-06-30", 2, "半年报"], ["东方的政策文件", 1, "2026-06-30", 3, "快报"],
            ["东方的政策文件", 1, "2099-06-30", 3, "快报"],
        ],
        {"C3": ["refused_line"], "C4": ["refused_line"]},
    ),
    (
        "fund_commitment", FUND,
        [
            ["协同基金", "编号", "单位", "认缴额（万元）", "认缴日"],
            [FUND_TITLE, 7, "西山光学实验室", 300, "2024-02-01"], [FUND_TITLE, 7, "西山光学实验室", 200, "2024-02-01"],
            [FUND_TITLE, 8, "西山光学实验室", 9800, "2024-02-01"], [FUND_TITLE, 9, "某公司", 9700, "2024-02-01"],
        ],
        {"B3": ["refused_line"], "D4": ["refused_line"], "C5": ["named_only"]},
    ),
    (
        "enclave_tenant", ENCLAVE,
        [
            ["飞地", "单位", "入驻日", "迁出日"],
            ["东方的飞地", "西山光学实验室", "2024-03-01", "2024-06-01"],
            ["东方的飞地", "西山光学实验室", "2024-05-01", None],
            ["东方的飞地", "西山光学实验室", "2024-06-01", None],
        ],
        {"C3": ["refused_line"]},
    ),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "shape", "sheet", "cells"), TOO_MUCH, ids=[one[0] for one in TOO_MUCH])
def test_lines_that_do_not_go_together_are_told_by_cell_and_nothing_is_written(
    world: World, kind: str, shape: Any, sheet: list[list[Any]], cells: dict[str, list[str]]
) -> None:
    larger: dict[str, Any] = {"size": LARGE} if shape is FUND else {}
    row = make_kept(shape, world, **larger)
    job = staged(world, workbook(sheet), kind=kind, name="明细.xlsx")
    wrong = {cell for cell, codes in cells.items() if codes == ["refused_line"]}
    assert (told(job), job.counts["error"]) == (cells, len(wrong))
    with pytest.raises(InvalidInput):
        jobs.apply_import(principal_of(world.ana), job_id=job.pk)
    assert shape.model.plain.get(pk=row.pk).version == 1


CONVERSIONS: list[list[Any]] = [
    ["名称", "科技成果", "成果所在高新区", "落地高新区", "转化金额（万元）", "转化日"],
    ["微加工工艺", "A-7", "东方高新区", "西山高新区", 36, "2025-03-01"],
    ["涂层工艺", None, "东方高新区", "东方高新区", None, "2025-04-01"],
]


def test_conversions_are_recorded_changed_and_withdrawn(world: World) -> None:
    result = make_resource(kind=ResourceKind.ACHIEVEMENT, organization=world.enterprise, external_id="A-7")
    job = applied(world, workbook(CONVERSIONS), kind="conversion", name="转化.xlsx")
    assert (job.message, job.state, job.counts) == ("", "applied", {"new": 2})
    row = Conversion.plain.get(title_zh="微加工工艺")
    assert (row.resource, row.landing_zone, int(row.amount or 0), row.zone) == (
        result, world.west, 360_000, world.east,
    )  # fmt: skip
    assert staged(world, workbook(CONVERSIONS), kind="conversion", name="转化.xlsx").counts == {"unchanged": 2}
    changed = [CONVERSIONS[0], [*CONVERSIONS[1][:4], 48, "2025-03-01"]]
    second = applied(world, workbook(changed), kind="conversion", name="转化.xlsx")
    assert (second.counts, int(Conversion.plain.get(pk=row.pk).amount or 0)) == ({"changed": 1}, 480_000)
    undone(world, second)
    assert int(Conversion.plain.get(pk=row.pk).amount or 0) == 360_000
    content = export(principal_of(world.ana), zone=world.east, kind="conversion", name="xlsx")
    assert set(staged(world, content, kind="conversion", name="转化.xlsx").counts) == {"unchanged"}


def test_trials_and_exchanges_come_in_and_what_is_hidden_is_not_found(world: World) -> None:
    make_track()
    make_resource(kind=ResourceKind.TESTBED, organization=world.enterprise, name_zh="低空试验场")
    make_resource(kind=ResourceKind.TESTBED, organization=world.outside, name_zh="远海试验场", visibility="zone")
    make_organization(name_zh="远海隐名厂", zone=world.far, is_listed=False)
    sheet = [
        ["名称", "试验场", "试验单位", "赛道", "开始日"],
        ["航线验证", "低空试验场", "东方微电子有限公司", "FI2", "2025-05-01"],
        ["航线验证二", "低空试验场", "远海隐名厂", "FI2", "2025-05-01"],
        ["航线验证三", "远海试验场", "某公司", "FI2", "2025-05-01"],
    ]
    job = staged(world, workbook(sheet), kind="trial", name="试验.xlsx")
    assert job.counts == {"new": 2, "error": 1}
    assert told(job) == {"C3": ["named_only"], "C4": ["named_only"], "B4": ["unknown_name"]}
    job = applied(world, workbook(sheet[:3]), kind="trial", name="试验.xlsx")
    assert [(one.organization, one.name_zh) for one in Trial.plain.order_by("pk")] == [
        (world.enterprise, ""), (None, "远海隐名厂"),
    ]  # fmt: skip
    people: list[list[Any]] = [
        ["名称", "派出高新区", "接收省份", "人员类别", "人次", "开始日"],
        ["挂职", "东方高新区", "北京市", "管理干部", 6, "2025-03-01"],
    ]
    assert applied(world, workbook(people), kind="talent_exchange", name="人才.xlsx").counts == {"new": 1}
    named = [people[0], ["李明华研究员驻点", *people[1][1:]]]
    assert told(staged(world, workbook(named), kind="talent_exchange", name="人才.xlsx")) == {"A2": ["refused_line"]}


def test_a_line_that_tells_how_to_reach_somebody_is_refused_by_cell(world: World) -> None:
    make_kept(FUND, world)
    people: list[list[Any]] = [
        ["名称", "派出高新区", "接收省份", "人员类别", "人次", "开始日", "可见范围", "依据"],
        ["挂职", "东方高新区", "北京市", "管理干部", 6, "2025-03-01", "公开", "张三13800138000"],
    ]
    paid: list[list[Any]] = [["协同基金", "认缴编号", "到位额（万元）", "到位日", "凭证"]]
    paid += [[FUND_TITLE, 2, 1, "2024-05-01", "张三13800138000"]]
    for kind, sheet, cell in (("talent_exchange", people, "H2"), ("fund_payment", paid, "E2")):
        job = staged(world, workbook(sheet), kind=kind, name="记录.xlsx")
        assert (told(job), job.counts) == ({cell: ["refused_line"]}, {"error": 1})


def test_a_fund_in_a_file_is_once_and_keeps_its_payments_in_order(world: World) -> None:
    make_kept(FUND, world)
    funds: list[list[Any]] = [["名称", "基金规模（亿元）", "设立日"]]
    funds += [[FUND_TITLE, 2, "2024-02-01"], [FUND_TITLE, 0.5, "2024-01-01"]]
    job = staged(world, workbook(funds), kind="fund", name="基金.xlsx")
    assert (told(job), job.counts) == ({"A2": ["refused_line"], "row 3": ["refused_line"]}, {"error": 2})


def test_what_cells_say_of_each_other_is_told_beside_what_cannot_be_read(world: World) -> None:
    make_kept(ENCLAVE, world)
    later = (today() + timedelta(days=1)).isoformat()
    funds: list[list[Any]] = [["名称", "基金规模（亿元）", "设立日", "清算日"]]
    funds += [["一号", "很大", "2024-05-01", "2024-04-01"], ["二号", 2, "2024-05-01", "2024-04-01"]]
    funds += [["三号", 2, later, None], ["四号", "很大", later, None], ["五号", 2, "五月", "2024-04-01"]]
    assert told(staged(world, workbook(funds), kind="fund", name="基金.xlsx")) == {
        "B2": ["not_an_amount"], "D2": ["refused_line"], "D3": ["refused_line"], "C4": ["refused_line"],
        "B5": ["not_an_amount"], "C5": ["refused_line"], "C6": ["not_a_date"],
    }  # fmt: skip
    exchanges: list[list[Any]] = [["名称", "派出高新区", "接收省份", "人员类别", "人次", "开始日", "结束日"]]
    exchanges += [["挂职", "月球高新区", "北京市", "管理干部", 0, "2024-05-01", "2024-04-01"]]
    assert told(staged(world, workbook(exchanges), kind="talent_exchange", name="人才.xlsx")) == {
        "B2": ["unknown_name"], "E2": ["refused_line"], "G2": ["refused_line"],
    }  # fmt: skip
    tenants = [["飞地", "单位", "入驻日", "迁出日"], ["没有的飞地", "某公司", "2024-03-01", "2024-02-01"]]
    assert told(staged(world, workbook(tenants), kind="enclave_tenant", name="入驻.xlsx")) == {
        "A2": ["no_record"], "B2": ["named_only"], "D2": ["refused_line"],
    }  # fmt: skip


@pytest.mark.parametrize("title", ["高新区", "所在高新区", "High-tech zones"])
def test_a_row_of_another_zone_is_refused_by_cell_whatever_the_file_brings(world: World, title: str) -> None:
    zones = ["西山高新区", "east", "东方高新区", None, "东方高新区（北区）", "月球高新区", " 东方 高新区"]
    funds: list[list[Any]] = [["名称", "基金规模（亿元）", "设立日", title]]
    funds += [[f"协同{place}号", 2, "2024-01-01", zone] for place, zone in enumerate(zones)]
    job = staged(world, workbook(funds), kind="fund", name="基金.xlsx")
    assert (told(job), job.counts) == ({"D2": ["other_zone"], "D7": ["other_zone"]}, {"error": 2, "new": 5})
    assert "东方高新区" in sentence(**{name: rows_of(job)[0].messages[0][name] for name in ("code", "params")})
    with pytest.raises(InvalidInput):
        jobs.apply_import(principal_of(world.ana), job_id=job.pk)
    tools = [["设备名称", "权属单位", title], ["光谱仪", world.enterprise.name_zh, "西山高新区"]]
    assert "other_zone" in told(staged(world, workbook(tools)))["C2"]


def test_what_changed_since_the_check_is_not_written(world: World) -> None:
    row = make_kept(FUND, world, size=LARGE)
    job = staged(world, commitments(world), kind="fund_commitment", name="认缴.xlsx")
    change_kept(principal_of(world.ana), FUND, record_id=row.pk, version=row.version, focus_zh="新材料")
    job = worked(jobs.apply_import(principal_of(world.ana), job_id=job.pk))
    assert (job.state, job.counts, FundCommitment.plain.count()) == ("staged", {"conflict": 3}, 2)


def test_a_file_names_nothing_that_is_hidden_and_comes_back_unchanged(world: World) -> None:
    far = make_resource(kind=ResourceKind.ACHIEVEMENT, organization=world.outside, name_zh="远海成果")
    make_kept(CONVERSION, world, resource=far)
    make_kept(ENCLAVE, world)
    EnclaveTenant.plain.filter(organization__isnull=False).update(organization=world.outside)
    type(far).plain.filter(pk=far.pk).update(visibility="zone")
    type(world.outside).plain.filter(pk=world.outside.pk).update(is_listed=False)
    for kind, word in (("conversion", "远海成果"), ("enclave_tenant", world.outside.name_zh)):
        content = export(principal_of(world.ana), zone=world.east, kind=kind, name="csv")
        assert word not in content.decode("utf-8-sig")
        assert set(staged(world, content, kind=kind, name="明细.csv").counts) == {"unchanged"}
