"""What came of promises, from files: by agreement and promise, in the unit of the promise; compared, taken back."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from figures.questions import question
from figures.services.locks import draft_figure, lock_figure
from matching.models import Agreement, AgreementCommitment
from tests.agreements import make_agreement, make_commitment
from tests.builders import principal_of
from tests.conftest import World
from tests.zones.importing.conftest import applied, staged, told, worked
from tests.zones.importing.sheets import workbook
from zones.errors import InvalidInput
from zones.importing import jobs
from zones.scoping import SYSTEM

TITLES = ["协议名称", "生效日", "序号", "承诺事项", "实际值", "实际值的日期", "凭证"]
FILE: dict[str, Any] = {"kind": "commitment_actual", "name": "承诺.xlsx"}
DONE: list[Any] = ["东西协议", None, 1, "举办对接会", "3 场", "2025-11-30", "活动总结 2025-7"]
MONEY: list[Any] = ["东西协议", None, None, "投入设备", 120, "2025-12-01", "验收单 2025-12"]


@pytest.fixture
def agreement(world: World) -> Agreement:
    """Between East, which keeps it, and West; in force since 2024, with two promises of East and one of West."""
    row = make_agreement(world.east, world.west, zone=world.east, title_zh="东西协议", valid_from=date(2024, 1, 1))
    for position, (what, unit, party) in enumerate(
        (("举办对接会", "场", 1), ("投入设备", "万元", 1), ("接待", "人次", 2)), 1
    ):
        make_commitment(row, position=position, what_zh=what, unit=unit, target=4, party_position=party)
    return row


def book(*rows: Sequence[Any]) -> bytes:
    return workbook([TITLES, *map(list, rows)])


def reports() -> list[tuple[int, Decimal | None, str]]:
    return list(AgreementCommitment.plain.order_by("position").values_list("position", "actual", "evidence_zh"))


def test_reports_come_in_once_are_corrected_and_taken_back(world: World, agreement: Agreement) -> None:
    content = book(DONE, MONEY)
    job = applied(world, content, **FILE)
    assert (job.message, job.state, job.counts) == ("", "applied", {"new": 2})
    written = [(1, Decimal(3), "活动总结 2025-7"), (2, Decimal(120), "验收单 2025-12"), (3, None, "")]
    assert reports() == written
    assert staged(world, content, **FILE).counts == {"unchanged": 2}
    later = [*DONE[:4], "5场", "2025-12-20", "活动总结 2025-9"]
    second = applied(world, book(later, MONEY), **FILE)
    assert (second.counts, reports()[0][1]) == ({"changed": 1, "unchanged": 1}, Decimal(5))
    ana = principal_of(world.ana)
    assert worked(jobs.undo_import(ana, job_id=job.pk)).state == "applied"  # one of them has been corrected since
    assert worked(jobs.undo_import(ana, job_id=second.pk)).state == "undone"
    assert reports() == written
    assert AgreementCommitment.plain.get(position=1).reporter == world.ana


def test_what_is_wrong_is_told_by_cell_and_nothing_is_written(world: World, agreement: Agreement) -> None:
    make_agreement(world.west, world.far, zone=world.west, title_zh="西边协议")
    make_agreement(world.east, world.west, zone=world.east, title_zh="草稿", state="draft")
    for _ in range(2):
        make_agreement(world.east, world.west, zone=world.east, title_zh="两份")
    wrong: list[tuple[list[Any], str, str]] = [
        (["西边协议", *DONE[1:]], "A", "no_agreement"),
        (["没有的协议", *DONE[1:]], "A", "no_agreement"),
        (["草稿", *DONE[1:]], "A", "no_agreement"),
        (["两份", *DONE[1:]], "A", "many_agreements"),
        ([DONE[0], "2023-01-01", *DONE[2:]], "A", "no_agreement"),
        ([*DONE[:2], 9, *DONE[3:]], "C", "no_promise"),
        ([*DONE[:2], 2, *DONE[3:]], "C", "no_promise"),
        ([*DONE[:2], None, "别的", *DONE[4:]], "D", "no_promise"),
        ([*DONE[:4], "3 万元", *DONE[5:]], "E", "other_unit"),
        ([*DONE[:4], "-3 场", *DONE[5:]], "E", "out_of_range"),
        ([*DONE[:4], "许多", *DONE[5:]], "E", "not_a_number"),
        ([*DONE[:5], "2099-01-01", DONE[6]], "F", "refused_line"),
        ([*DONE[:5], "2023-12-31", DONE[6]], "F", "refused_line"),
        ([*DONE[:5], "2025-11", DONE[6]], "F", "no_day"),
        ([*DONE[:6], "无"], "G", "refused_line"),
        ([*DONE[:6], None], "G", "required"),
    ]
    for row, column, code in wrong:
        assert told(staged(world, book(row), **FILE)) == {f"{column}2": [code]}, row
    twice = staged(world, book(DONE, DONE), **FILE)
    assert told(twice) == {"A3": ["same_record"]}
    with pytest.raises(InvalidInput):
        jobs.apply_import(principal_of(world.ana), job_id=twice.pk)
    assert {actual for _position, actual, _evidence in reports()} == {None}


def test_a_party_reports_its_own_promises_and_nobody_learns_of_the_others(world: World, agreement: Agreement) -> None:
    west: dict[str, Any] = FILE | {"zone": world.west, "user": world.bo}
    own = ["东西协议", None, 3, None, "40人次", "2025-11-30", "接待记录 12"]
    job = staged(world, book(own, DONE), **west)
    assert (job.counts, told(job)) == ({"new": 1, "error": 1}, {"A3": ["refused_line"]})
    job = applied(world, book(own), **west)
    assert (job.state, reports()[2][1]) == ("applied", Decimal(40))
    assert worked(jobs.undo_import(principal_of(world.bo), job_id=job.pk)).state == "undone"
    assert reports() == [(1, None, ""), (2, None, ""), (3, None, "")]
    far: dict[str, Any] = FILE | {"zone": world.far, "user": world.cy}
    assert told(staged(world, book(own), **far)) == {"A2": ["no_agreement"]}


def test_what_was_published_of_promises_asks_for_a_reason(world: World, agreement: Agreement) -> None:
    AgreementCommitment.plain.update(due_on=date(2025, 6, 30))
    asked = question("commitments.fulfilled", scope="zone:east", period="2025", reader=SYSTEM)
    lock_figure(SYSTEM, locked_id=draft_figure(SYSTEM, asked=asked).pk)
    job = applied(world, book([*DONE[:4], "9 场", *DONE[5:]]), **FILE)
    assert (job.state, len(job.published)) == ("staged", 1)
    assert worked(jobs.apply_import(principal_of(world.ana), job_id=job.pk, reason="年报")).state == "applied"
