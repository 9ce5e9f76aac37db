"""Signed cooperations and financing cases from files: parties by name, sums, ends; compared, written, taken back."""

from collections.abc import Sequence
from typing import Any

import pytest

from matching.models import Cooperation, CooperationAmount, CooperationParty
from matching.services.invariants import cooperations_off_their_path
from tests.builders import make_organization, principal_of
from tests.conftest import World
from tests.zones.importing.conftest import applied, staged, told, worked
from tests.zones.importing.sheets import workbook
from zones.errors import InvalidInput
from zones.exporting.formats import export
from zones.importing import jobs

TITLES = [
    *("合作类型", "合作主题", "签约日", "合作方", "融资额（万元）", "凭证"),
    *("完成日", "终止日", "终止原因", "计入的联盟或网络"),
]
NAME = "融资.xlsx"
LENT = ["科技金融融资", "知识产权质押贷款", "2024-05-06", "东方微电子有限公司、某银行（北京市，出资）", 500,
        "贷款合同 2024-12 号", None, None, None, None]  # fmt: skip
DONE = ["联合研发中心", "光学联合研发中心", "2024-03-01", "东方微电子有限公司（牵头）、西山光学实验室", None,
        "共建协议 2024-1 号", "2025-03-01", None, None, "东西高新区联盟"]  # fmt: skip


def book(*rows: Sequence[Any]) -> bytes:
    return workbook([TITLES, *map(list, rows)])


def test_cases_come_in_with_parties_and_sums_once_and_are_taken_back(world: World) -> None:
    job = applied(world, book(LENT, DONE), kind="cooperation", name=NAME)
    assert (job.message, job.state, job.counts) == ("", "applied", {"new": 2})
    assert told(job) == {"D2": ["named_only"]}
    lent, done = Cooperation.plain.order_by("pk")
    assert (lent.kind, lent.state, lent.confirmed_by) == ("financing", "agreed", "evidence")
    parties = list(CooperationParty.plain.filter(cooperation=lent).order_by("position"))
    assert [(one.organization, one.name_zh, one.zone, one.role) for one in parties] == [
        (world.enterprise, "", world.east, "member"), (None, "某银行", None, "investor"),
    ]  # fmt: skip
    assert [(one.kind, int(one.amount)) for one in CooperationAmount.plain.all()] == [("financing", 5_000_000)]
    assert (done.state, done.association_links.get().association) == ("completed", world.alliance)
    assert staged(world, book(LENT, DONE), kind="cooperation", name=NAME).counts == {"unchanged": 2}
    other = staged(world, book([*LENT[:5], "另一份合同", *LENT[6:]]), kind="cooperation", name=NAME)
    assert (other.counts, told(other)["F2"]) == ({"conflict": 1}, ["cooperation_known"])
    assert worked(jobs.undo_import(principal_of(world.ana), job_id=job.pk)).state == "undone"
    assert {row.state for row in Cooperation.plain.all()} == {"taken_back"}
    assert cooperations_off_their_path() == 0
    assert staged(world, book(LENT), kind="cooperation", name=NAME).counts == {"new": 1}


def test_all_that_a_row_says_is_compared_and_a_difference_told_at_its_cell(world: World) -> None:
    lent = [[LENT[0], title, *LENT[2:]] for title in ("别的数", "没有数", "别的银行", "别的角色", "换了次序")]
    applied(world, book(*lent, DONE), kind="cooperation", name=NAME)
    make_organization(zone=world.far, name_zh="某银行")
    bank = "东方微电子有限公司、某银行（北京市，出资）"
    said: list[list[Any]] = [
        [*lent[0][:4], 50000, *lent[0][5:]],
        [*lent[1][:4], None, *lent[1][5:]],
        [*lent[2][:3], bank.replace("某银行", "他银行"), *lent[2][4:]],
        [*lent[3][:3], bank.replace("，出资", ""), *lent[3][4:]],
        [*lent[4][:3], "某银行（出资）、东方微电子有限公司", *lent[4][4:]],
        [*DONE[:9], None],
    ]
    corrected = [*lent[0][:2], "2024-05-07", *lent[0][3:]]
    other = [*corrected[:2], "2024-05-08", bank.replace("某", "他"), *corrected[4:]]
    new = staged(world, book(corrected, other), kind="cooperation", name=NAME)
    assert (new.counts, told(new).get("C2"), told(new).get("C3")) == ({"new": 2}, ["another_day"], None)
    job = staged(world, book(*said), kind="cooperation", name=NAME)
    at_odds = {cell for cell, codes in told(job).items() if "cooperation_known" in codes}
    assert (job.counts, at_odds) == ({"conflict": 5, "unchanged": 1}, {"E2", "E3", "D4", "D5", "J7"})


def test_what_is_wrong_is_told_by_cell_and_nothing_is_written(world: World) -> None:
    rows: list[list[Any]] = [
        [*LENT[:3], "东方微电子有限公司、某银行", *LENT[4:]],
        [*LENT[:1], "西山的", LENT[2], "西山光学实验室、某银行（北京市）", *LENT[4:]],
        [*LENT[:1], "将来的", "2099-01-01", *LENT[3:]],
        [*LENT[:1], "一方", LENT[2], "东方微电子有限公司", *LENT[4:]],
        [*DONE[:1], "无牵头", DONE[2], "东方微电子有限公司、西山光学实验室", *DONE[4:9], None],
        [*DONE[:1], "别的联盟", *DONE[2:9], "没有的联盟"],
        [*LENT[:1], "无因终止", *LENT[2:7], "2025-01-01", None, None],
        [*LENT[:1], "早于签约", *LENT[2:6], "2023-01-01", None, None, None],
    ]
    job = staged(world, book(*rows), kind="cooperation", name=NAME)
    faults = {cell: [code for code in codes if code != "named_only"] for cell, codes in told(job).items()}
    assert {cell: codes for cell, codes in faults.items() if codes} == {
        "D2": ["party_needs_region"], "D3": ["no_party_of_zone"], "C4": ["refused_line"], "D5": ["refused_line"],
        "D6": ["refused_line"], "J7": ["unknown_association_name"], "I8": ["refused_line"], "G9": ["refused_line"],
    }  # fmt: skip
    with pytest.raises(InvalidInput):
        jobs.apply_import(principal_of(world.ana), job_id=job.pk)
    assert not Cooperation.plain.exists()


def test_a_hidden_organization_is_as_good_as_none_and_no_file_goes_out(world: World) -> None:
    type(world.outside).plain.filter(pk=world.outside.pk).update(is_listed=False)
    row = [*LENT[:3], f"东方微电子有限公司、{world.outside.name_zh}", *LENT[4:]]
    assert told(staged(world, book(row), kind="cooperation", name=NAME)) == {"D2": ["party_needs_region"]}
    with pytest.raises(InvalidInput):
        export(principal_of(world.ana), zone=world.east, kind="cooperation", name="xlsx")
