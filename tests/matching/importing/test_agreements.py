"""Framework agreements from files: drafts with parties by name, scopes, days and promises; compared, taken back."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import pytest

from matching.models import Agreement, AgreementCommitment, AgreementParty
from matching.services.agreement_invariants import agreements_not_whole, agreements_off_their_path
from matching.services.agreements import change_draft
from tests.builders import principal_of
from tests.conftest import World
from tests.zones.importing.conftest import applied, staged, told, worked
from tests.zones.importing.sheets import csv_text, workbook
from zones.errors import InvalidInput
from zones.exporting.formats import export
from zones.importing import jobs

TITLES = [
    *("协议类型", "协议名称", "合作范围", "协同维度", "签署日", "生效日", "到期日", "签署方", "承诺事项"),
]
NAME = "协议.xlsx"
PROMISES = "东方高新区：联合举办5G对接会 4 场（2025-12-31）；某大学：接收实习工程师 6人次（2026-06-30前）"
FRAME = ["合作框架协议", "东西合作框架协议", "研发资源共享、交流对接活动", "开放协同", "2024-05-01", "2024-05-06",
         "2027-05-05", "东方高新区、西山光学实验室、东西高新区联盟、某大学", PROMISES]  # fmt: skip
PLAIN = ["合作备忘录", "东西备忘录", "人才交流", None, None, "2024-06-01", None, "东方高新区、西山高新区", None]


def book(*rows: Sequence[Any]) -> bytes:
    return workbook([TITLES, *map(list, rows)])


def test_agreements_come_in_as_drafts_with_promises_once_and_are_taken_back(world: World) -> None:
    job = applied(world, book(FRAME, PLAIN), kind="agreement", name=NAME)
    assert (job.message, job.state, job.counts) == ("", "applied", {"new": 2})
    assert told(job) == {"H2": ["named_only"]}
    frame, plain = Agreement.plain.order_by("pk")
    assert (frame.zone, frame.state, frame.kind, frame.scopes, frame.dimension) == (
        world.east, "draft", "framework", ["sharing", "events"], "opening",
    )  # fmt: skip
    assert (frame.signed_on, frame.valid_to, plain.valid_to) == (date(2024, 5, 1), date(2027, 5, 5), None)
    parties = AgreementParty.plain.filter(agreement=frame).order_by("position")
    assert [one.zone or one.organization or one.association or one.name_zh for one in parties] == [
        world.east, world.laboratory, world.alliance, "某大学",
    ]  # fmt: skip
    promises = AgreementCommitment.plain.order_by("position")
    assert [(one.party_position, one.what_zh, int(one.target), one.unit, one.due_on) for one in promises] == [
        (1, "联合举办5G对接会", 4, "场", date(2025, 12, 31)), (4, "接收实习工程师", 6, "人次", date(2026, 6, 30)),
    ]  # fmt: skip
    again = csv_text([TITLES, FRAME, PLAIN]).encode()
    assert staged(world, again, kind="agreement", name="协议.csv").counts == {"unchanged": 2}
    other = staged(world, book([*FRAME[:6], "2026-05-05", *FRAME[7:]]), kind="agreement", name=NAME)
    assert (other.counts, told(other)["G2"]) == ({"conflict": 1}, ["agreement_known"])
    assert worked(jobs.undo_import(principal_of(world.ana), job_id=job.pk)).state == "undone"
    assert {row.state for row in Agreement.plain.all()} == {"dropped"}
    assert agreements_off_their_path() == agreements_not_whole() == 0
    job = applied(world, book(FRAME), kind="agreement", name=NAME)
    row = Agreement.plain.get(state="draft")
    change_draft(principal_of(world.ana), agreement_id=row.pk, version=row.version, title_en="East and West")
    after = worked(jobs.undo_import(principal_of(world.ana), job_id=job.pk))
    assert (after.state, FRAME[1] in after.message) == ("applied", True)


def test_all_that_a_row_says_is_compared_and_a_difference_told_at_its_cell(world: World) -> None:
    rows = [[FRAME[0], title, *FRAME[2:]] for title in ("别的签署方", "没有承诺", "别的数", "换了次序")]
    applied(world, book(*rows), kind="agreement", name=NAME)
    said: list[list[Any]] = [
        [*rows[0][:7], "东方高新区、西山高新区、东西高新区联盟、某大学", PROMISES],
        [*rows[1][:8], None],
        [*rows[2][:8], PROMISES.replace(" 4 场", " 40 场")],
        [*rows[3][:7], "某大学、东西高新区联盟、西山光学实验室、东方高新区", PROMISES],
    ]
    job = staged(world, book(*said), kind="agreement", name=NAME)
    at_odds = {cell for cell, codes in told(job).items() if "agreement_known" in codes}
    assert (job.counts, at_odds) == ({"conflict": 3, "unchanged": 1}, {"H2", "I3", "I4"})


def test_what_is_wrong_is_told_by_cell_and_nothing_is_written(world: World) -> None:
    type(world.outside).plain.filter(pk=world.outside.pk).update(is_listed=False)
    rows: list[list[Any]] = [
        [*FRAME[:1], "别方承诺", *FRAME[2:8], "西山高新区：举办对接会 4 场（2025-12-31）"],
        [*FRAME[:1], "看不懂", *FRAME[2:8], "东方高新区：办好事"],
        [*PLAIN[:1], "一方", *PLAIN[2:7], "东方高新区", None],
        [*PLAIN[:1], "两次", *PLAIN[2:7], "东方高新区、东方高新区", None],
        [*PLAIN[:1], "将来签", *PLAIN[2:4], "2099-01-01", *PLAIN[5:]],
        [*PLAIN[:1], "范围", "唱歌", *PLAIN[3:]],
        [*PLAIN[:1], "隐名", *PLAIN[2:7], f"东方高新区、{world.outside.name_zh}", None],
        [*PLAIN[:1], "倒着", *PLAIN[2:6], "2024-01-01", *PLAIN[7:]],
    ]
    job = staged(world, book(*rows), kind="agreement", name=NAME)
    faults = {cell: [code for code in codes if code != "named_only"] for cell, codes in told(job).items()}
    assert {cell: codes for cell, codes in faults.items() if codes} == {
        "I2": ["promise_of_no_party"], "I3": ["not_a_promise"], "H4": ["too_few_parties"], "row 5": ["refused_line"],
        "E6": ["refused_line"], "C7": ["unknown_choice"], "row 9": ["refused_line"],
    }  # fmt: skip
    assert (told(job)["H8"], job.counts) == (["named_only"], {"error": 7, "new": 1})
    assert not Agreement.plain.exists()
    with pytest.raises(InvalidInput):
        jobs.apply_import(principal_of(world.ana), job_id=job.pk)
    with pytest.raises(InvalidInput):
        export(principal_of(world.ana), zone=world.east, kind="agreement", name="xlsx")
