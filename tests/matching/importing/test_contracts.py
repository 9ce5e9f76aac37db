"""Technology contracts from a register's export: sides by name or code, amounts, versions; compared, taken back."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from figures.models import LockedFigure
from figures.questions import question
from figures.services.locks import draft_figure, lock_figure
from figures.telling import told as figure
from matching.importing.contracts import CONTRACT
from matching.models import ContractRegistration, TechContract
from tests.builders import make_code, make_region, make_role, principal_of
from tests.conftest import World
from tests.zones.importing.conftest import applied, rows_of, staged, told, worked
from tests.zones.importing.sheets import workbook
from zones.choices import Role
from zones.errors import InvalidInput
from zones.exporting.formats import export
from zones.importing import jobs
from zones.importing.kinds import IMPORTABLE
from zones.models import ImportJob
from zones.scoping import SYSTEM

TITLES = [
    *("登记编号", "合同名称", "合同类型", "卖方单位", "卖方省级区域", "买方单位", "买方省级区域"),
    *("合同成交额（万元）", "技术交易额（万元）"),
    *("签订日", "登记日", "状态", "变更登记日", "变更内容", "变更前成交额（万元）", "注销日", "注销原因"),
]  # fmt: skip
FIRST, SECOND = "2024110000000018", "2024110000000026"
PLAIN: dict[str, Any] = {
    "登记编号": FIRST, "合同名称": "外延片检测委托开发", "合同类型": "KF-WT", "卖方单位": "东方微电子有限公司",
    "买方单位": "某机床厂", "买方省级区域": "北京市", "合同成交额（万元）": 120, "技术交易额（万元）": "90万元",
    "签订日": "2024-03-02", "登记日": "2024年3月20日",
}  # fmt: skip
CODE = "91110000100000006E"
FILE: dict[str, Any] = {"kind": "contract", "name": "技术合同.xlsx"}


@pytest.fixture(autouse=True)
def _types(world: World) -> None:
    make_code("contract_type", "KF-WT")
    type(world.enterprise).plain.filter(pk=world.enterprise.pk).update(credit_code=CODE)


def book(*rows: dict[str, Any]) -> bytes:
    lines: list[Sequence[Any]] = [[(PLAIN | row).get(title) for title in TITLES] for row in rows]
    return workbook([TITLES, *map(list, lines)])


def codes(job: ImportJob) -> dict[str, list[str]]:
    """Without the note that a side is only named."""
    found = {cell: [code for code in codes if code != "named_only"] for cell, codes in told(job).items()}
    return {cell: codes for cell, codes in found.items() if codes}


def versions(number: str) -> list[tuple[str, date, int]]:
    rows = ContractRegistration.plain.filter(registration_number=number).order_by("number")
    return [(row.kind, row.registered_on, int(row.total_amount)) for row in rows]


CHANGED = {"登记编号": SECOND, "合同名称": "另一份", "卖方单位": CODE, "状态": "已注销", "变更登记日": "2024-05-06",
           "变更内容": "减项", "变更前成交额（万元）": 150, "注销日": "2024-07-01", "注销原因": "合同解除"}  # fmt: skip


def test_contracts_come_in_with_each_version_once_and_are_taken_back_and_come_again(world: World) -> None:
    content = book({}, CHANGED, {"登记编号": None, "登记日": None, "合同名称": "未登记"})
    job = applied(world, content, **FILE)
    assert (job.message, job.state, job.counts) == ("", "applied", {"new": 3})
    one, other, signed = TechContract.plain.order_by("pk")
    assert (one.zone, one.seller_organization, one.seller_zone) == (world.east, world.enterprise, world.east)
    assert (one.buyer_organization_id, one.buyer_name_zh, one.total_amount) == (None, "某机床厂", Decimal(1_200_000))
    assert (one.traded_amount, one.state, one.submitted_on) == (Decimal(900_000), "registered", date(2024, 3, 20))
    assert (other.seller_organization, other.state, other.end_reason) == (world.enterprise, "cancelled", "dissolved")
    assert (signed.state, signed.registration_number) == ("signed", "")
    assert versions(SECOND) == [
        ("first", date(2024, 3, 20), 1_500_000), ("change", date(2024, 5, 6), 1_200_000),
        ("cancellation", date(2024, 7, 1), 1_200_000),
    ]  # fmt: skip
    assert staged(world, content, **FILE).counts == {"unchanged": 3}

    assert worked(jobs.undo_import(principal_of(world.ana), job_id=job.pk)).state == "undone"
    assert {row.state for row in TechContract.plain.all()} == {"cancelled"}
    for asked in ("2024", "2025"):
        given = figure(question("contracts.count", scope="zone:east", period=asked, reader=SYSTEM), SYSTEM)
        assert given.value in (0, None)
    moved = staged(world, book({"登记日": "2024-04-01"}), **FILE)
    assert codes(moved) == {"K2": ["refused_line"]}
    again = applied(world, book({"合同成交额（万元）": 130}), **FILE)
    assert (again.state, again.counts) == ("applied", {"new": 1})
    assert TechContract.plain.get(registration_number=FIRST).pk == one.pk
    assert [row[2] for row in versions(FIRST)] == [1_200_000, 1_200_000, 1_300_000]


def test_types_regions_and_states_are_read_as_registers_shorten_them(world: World) -> None:
    make_code("contract_type", "KF", name_zh="技术开发合同")
    make_region(code="150000", name_zh="内蒙古自治区", short_zh="蒙")
    short = {"合同类型": "技术开发", "买方省级区域": "内蒙古", "状态": "登记"}
    job = staged(world, book(short), **FILE)
    assert (job.counts, codes(job)) == ({"new": 1}, {})
    worked(jobs.apply_import(principal_of(world.ana), job_id=job.pk))
    contract = TechContract.plain.get()
    assert (contract.contract_type, str(contract.buyer_region), contract.state) == ("KF", "内蒙古自治区", "registered")


def test_what_is_on_record_is_compared_by_cell_and_not_changed_without_a_day(world: World) -> None:
    applied(world, book({}, CHANGED), **FILE)
    job = staged(
        world,
        book(
            {"合同成交额（万元）": 130, "注销日": "2024-08-01", "注销原因": "合同解除"},
            CHANGED | {"登记编号": "2024110000000034", "状态": None, "注销日": None, "注销原因": None},
            {"登记编号": "2024110000000042"},
            {"买方单位": "另一家厂"},
        ),
        **FILE,
    )
    assert codes(job) == {
        "H2": ["contract_known"], "A3": ["registered_again"],
        "A4": ["registered_again", "contract_elsewhere"], "A5": ["number_twice"],
    }  # fmt: skip
    assert job.counts == {"conflict": 2, "new": 1, "error": 1}
    assert rows_of(job)[0].messages[1]["params"]["ours"] == {"zh-hans": ["1200000.00"], "en": ["1200000.00"]}
    assert codes(staged(world, book({"买方单位": "另一家厂"}), **FILE)) == {"F2": ["contract_known"]}


def test_what_is_wrong_is_told_by_cell_and_nothing_is_written(world: World) -> None:
    wrong: list[tuple[dict[str, Any], str, str]] = [
        ({"登记编号": "123"}, "A", "refused_line"),
        ({"合同类型": "没有的"}, "C", "unknown_code"),
        ({"卖方单位": "91110000100000007A"}, "D", "unknown_credit_code"),
        ({"买方省级区域": None}, "G", "refused_line"),
        ({"合同成交额（万元）": "-5万元"}, "H", "out_of_range"),
        ({"技术交易额（万元）": 150}, "I", "refused_line"),
        ({"登记日": None}, "K", "refused_line"),
        ({"登记编号": None}, "A", "refused_line"),
        ({"登记日": "2024-01-01"}, "K", "refused_line"),
        ({"登记日": "2099-01-01"}, "K", "refused_line"),
        ({"状态": "已注销"}, "L", "state_at_odds"),
        ({"变更登记日": "2024-03-10", "变更内容": "减项"}, "M", "refused_line"),
        ({"变更登记日": "2024-05-10"}, "N", "refused_line"),
        ({"注销日": "2024-03-10", "注销原因": "合同解除"}, "P", "refused_line"),
        ({"注销日": "2024-06-10"}, "Q", "refused_line"),
        ({"买方单位": "东方微电子有限公司"}, "F", "refused_line"),
    ]
    rows = [
        {"登记编号": f"20241100000001{at:02d}", "合同名称": f"第{at}份"} | said
        for at, (said, _column, _code) in enumerate(wrong)
    ]
    job = staged(world, book(*rows), **FILE)
    assert codes(job) == {f"{column}{at}": [code] for at, (_said, column, code) in enumerate(wrong, start=2)}
    with pytest.raises(InvalidInput):
        jobs.apply_import(principal_of(world.ana), job_id=job.pk)
    assert not TechContract.plain.exists()
    no_unit = workbook([["合同名称", "合同成交额", "技术交易额"], ["一份", 120, 90]])
    assert told(staged(world, no_unit, **FILE))["B2"] == ["no_unit"]
    twice = staged(world, book({}, {"登记编号": SECOND}, {"登记编号": FIRST, "合同名称": "别的"}), **FILE)
    assert codes(twice) == {"A3": ["contract_twice"], "A4": ["number_twice"]}


def test_a_published_year_asks_for_a_reason(world: World) -> None:
    make_role(world.ana, Role.ZONE_MANAGER, zone=world.east)
    asked = question("contracts.amount", scope="zone:east", period="2024", reader=SYSTEM)
    lock_figure(SYSTEM, locked_id=draft_figure(SYSTEM, asked=asked).pk)
    job = applied(world, book({}), **FILE)
    assert (job.state, len(job.published)) == ("staged", 1)
    assert not TechContract.plain.exists()
    written = worked(jobs.apply_import(principal_of(world.ana), job_id=job.pk, reason="补报"))
    assert (written.state, TechContract.plain.count()) == ("applied", 1)


CHANGE: dict[str, Any] = {
    "合同成交额（万元）": 100,
    "变更登记日": "2025-05-06",
    "变更内容": "减项",
    "变更前成交额（万元）": 120,
}
END: dict[str, Any] = {"状态": "已注销", "注销日": "2025-07-01", "注销原因": "合同解除"}


def counted(**asked: Any) -> int:
    value = figure(question("contracts.amount", scope="zone:east", reader=SYSTEM, **asked), SYSTEM).value
    assert isinstance(value, Decimal)
    return int(value)


def test_the_monthly_export_of_the_register_enters_what_it_has_seen_since(world: World) -> None:
    """First registered, changed, cancelled: the same line three times; each file again, and an older one, change
    nothing.
    """
    applied(world, book({}), **FILE)
    row = TechContract.plain.get()
    for said, state, seen in (({}, "registered", 1), (CHANGE, "changed", 2), (CHANGE | END, "cancelled", 3)):
        job = applied(world, book(said), **FILE)
        assert job.counts == ({"changed": 1} if seen > 1 else {"unchanged": 1}), told(job)
        row.refresh_from_db()
        assert (row.state, row.registrations.count()) == (state, seen)
        assert staged(world, book(said), **FILE).counts == {"unchanged": 1}
    assert versions(FIRST)[1:] == [
        ("change", date(2025, 5, 6), 1_000_000),
        ("cancellation", date(2025, 7, 1), 1_000_000),
    ]
    assert [counted(period="2024", as_of=date(2025, month, 30)) for month in (4, 6, 7)] == [1_200_000, 1_000_000, 0]
    for older in ({}, CHANGE):
        again = staged(world, book(older), **FILE)
        assert (again.counts, codes(again)) == ({"unchanged": 1}, {"A2": ["contract_newer"]})


def test_a_change_and_a_cancellation_of_one_file_are_taken_back_and_come_again(world: World) -> None:
    applied(world, book({}), **FILE)
    row, ana = TechContract.plain.get(), principal_of(world.ana)
    content = book(CHANGE | END | {"合同名称": "改名"}, {"登记编号": SECOND, "合同名称": "另一份"})
    for times in (1, 2):
        job = applied(world, content, **FILE)
        assert job.counts == {"changed": 1, "new": 1}
        assert TechContract.plain.get(pk=row.pk).state == "cancelled"
        assert worked(jobs.undo_import(ana, job_id=job.pk)).state == "undone"
        now = TechContract.plain.get(pk=row.pk)
        assert (now.state, now.title_zh, now.total_amount, now.cancelled_on, now.end_reason) == (
            "registered", PLAIN["合同名称"], Decimal(1_200_000), None, "",
        )  # fmt: skip
        assert [kind for kind, _day, _sum in versions(FIRST)][-4 * times :] == [
            "change", "cancellation", "restored", "restored",
        ] * times  # fmt: skip
        assert counted(period="2024") == 1_200_000
    earlier = CHANGE | {"变更登记日": "2025-05-05"}
    assert applied(world, book(earlier), **FILE).counts == {"changed": 1}
    assert (counted(period="2024"), counted(period="2024", as_of=date(2025, 5, 5))) == (1_000_000, 1_000_000)


def test_what_a_later_file_must_not_say_is_told_by_cell(world: World) -> None:
    numbers = [f"20241100000002{at:02d}" for at in range(12)]
    applied(world, book(*({"登记编号": one, "合同名称": f"第{at}份"} for at, one in enumerate(numbers))), **FILE)
    wrong: list[tuple[dict[str, Any], str, str]] = [
        ({"合同成交额（万元）": 100}, "H", "contract_known"),
        (CHANGE | {"变更内容": None}, "N", "refused_line"),
        (CHANGE | {"变更内容": "字" * 301}, "N", "refused_line"),
        (CHANGE | {"变更登记日": "2024-03-19"}, "M", "contract_known"),
        (CHANGE | {"变更登记日": "2099-01-01"}, "M", "refused_line"),
        (CHANGE | {"变更前成交额（万元）": 130}, "O", "contract_known"),
        (CHANGE | {"合同成交额（万元）": "80"}, "I", "refused_line"),
        (CHANGE | {"合同成交额（万元）": "-1元"}, "H", "out_of_range"),
        (CHANGE | {"签订日": "2024-03-03"}, "J", "contract_known"),
        (CHANGE | {"状态": "已登记"}, "L", "state_at_odds"),
        (END | {"注销原因": None}, "Q", "refused_line"),
        (END | {"注销日": "2024-03-01"}, "P", "refused_line"),
    ]
    rows = [
        {"登记编号": number, "合同名称": f"第{at}份"} | said
        for at, (number, (said, _column, _code)) in enumerate(zip(numbers, wrong, strict=True))
    ]
    job = staged(world, book(*rows), **FILE)
    assert codes(job) == {f"{column}{at}": [code] for at, (_said, column, code) in enumerate(wrong, start=2)}
    assert ContractRegistration.plain.count() == len(numbers)


def test_a_change_of_a_published_year_asks_for_a_reason_and_restates_it_once(world: World) -> None:
    make_role(world.ana, Role.ZONE_MANAGER, zone=world.east)
    applied(world, book({}), **FILE)
    for figure_id in ("contracts.amount", "contracts.count"):
        asked = question(figure_id, scope="zone:east", period="2024", reader=SYSTEM)
        lock_figure(SYSTEM, locked_id=draft_figure(SYSTEM, asked=asked).pk)
    job = applied(world, book(CHANGE), **FILE)
    assert (job.state, len(job.published), len(versions(FIRST))) == ("staged", 1, 1)
    job = worked(jobs.apply_import(principal_of(world.ana), job_id=job.pk, reason="登记系统月报"))
    assert (job.state, len(versions(FIRST))) == ("applied", 2)
    assert sorted(LockedFigure.plain.values_list("figure", "number", "state")) == [
        ("contracts.amount", 1, "restated"), ("contracts.amount", 2, "locked"), ("contracts.count", 1, "locked"),
    ]  # fmt: skip
    assert staged(world, book(CHANGE), **FILE).counts == {"unchanged": 1}


def test_a_contract_of_another_zone_is_told_by_nothing_before_it_is_written(world: World) -> None:
    """Its number is as good as free: what is known is looked for among what one keeps; only the register refuses it."""
    west: dict[str, Any] = {"zone": world.west, "user": world.bo}
    make_role(world.bo, Role.ZONE_STAFF, zone=world.west)
    sides = {"卖方单位": "西边甲厂", "卖方省级区域": "北京市", "买方单位": "西边乙厂"}
    assert applied(world, book(sides), **FILE, **west).state == "applied"
    job = staged(world, book(sides | CHANGE | END), **FILE)
    assert (job.counts, codes(job)) == ({"new": 1}, {})
    job = worked(jobs.apply_import(principal_of(world.ana), job_id=job.pk))
    assert (job.state, TechContract.plain.count()) == ("staged", 1)
    assert "该登记编号已用于另一份合同" in job.message
    assert "西" not in job.message.replace(PLAIN["合同名称"], "")


def test_codes_and_names_that_are_hidden_are_as_good_as_none_and_no_file_goes_out(world: World) -> None:
    type(world.laboratory).plain.filter(pk=world.laboratory.pk).update(credit_code="91210000200000006X")
    type(world.outside).plain.filter(pk=world.outside.pk).update(is_listed=False)
    hidden = {"登记编号": SECOND, "买方单位": world.outside.name_zh}
    job = staged(world, book({"买方单位": "91210000200000006X"}, hidden), **FILE)
    assert told(job) == {"F2": ["unknown_credit_code"], "F3": ["named_only"]}
    by_name = staged(world, book({"买方单位": world.laboratory.name_zh, "买方省级区域": "北京市"}), **FILE)
    assert told(by_name) in ({}, {"G2": ["region_of_record"]})
    assert IMPORTABLE["contract"] is CONTRACT
    with pytest.raises(InvalidInput):
        export(principal_of(world.ana), zone=world.east, kind="contract", name="xlsx")
