"""Events that were held, from files: days, hosts by name, how many came; compared, written, taken back."""

from collections.abc import Sequence
from typing import Any

import pytest
from django.utils import timezone

from ledger.models import OutboxEvent
from matching.models import Event, EventOrganizer, EventOutcome
from matching.services.event_invariants import events_off_their_path
from tests.builders import principal_of
from tests.conftest import World
from tests.zones.importing.conftest import applied, staged, told, worked
from tests.zones.importing.sheets import csv_text, workbook
from zones.errors import InvalidInput
from zones.exporting.formats import export
from zones.importing import jobs
from zones.scoping import VISITOR

TITLES = [
    *("类别", "名称", "活动说明", "地点", "开始日", "结束日", "主办联盟或网络", "协办与支持", "到会单位数", "到会人数"),
    *("活动成效", "协同维度", "可见范围"),
]
NAME = "活动.xlsx"
SALON = ["交流活动", "光电子沙龙", "小范围交流", "东方高新区 一号楼", "2024-05-06", None, None,
         "西山高新区、某协会（支持）", 12, 30, "达成意向 3 项。", "创新协同", "公开"]  # fmt: skip
FORUM = ["论坛", "东西论坛", "两天的论坛", "线上", "2024-06-01", "2024-06-02", "东西高新区联盟", "东方高新区",
         *[None] * 5]  # fmt: skip


def book(*rows: Sequence[Any]) -> bytes:
    return workbook([TITLES, *map(list, rows)])


def test_events_come_in_with_who_held_them_once_and_are_taken_back(world: World) -> None:
    job = applied(world, book(SALON, FORUM), kind="event", name=NAME)
    assert (job.message, job.state, job.counts) == ("", "applied", {"new": 2})
    assert told(job) == {"H2": ["named_only"]}
    salon, forum = Event.plain.order_by("pk")
    assert (salon.zone, salon.state, salon.kind, salon.visibility) == (world.east, "held", "exchange", "public")
    assert (salon.result_zh, salon.taken) == ("到会 12 家单位、30 人。达成意向 3 项。", 0)
    assert [f"{timezone.localtime(at):%m-%d %H:%M}" for at in (forum.starts_at, forum.ends_at)] == [
        "06-01 00:00", "06-02 23:59",
    ]  # fmt: skip
    assert (forum.zone, forum.association, forum.visibility) == (None, world.alliance, "national")
    helpers = EventOrganizer.plain.order_by("event__pk", "position")
    assert [(one.role, one.zone, one.association, one.name_zh) for one in helpers] == [
        ("co_host", world.west, None, ""), ("support", None, None, "某协会"), ("co_host", world.east, None, ""),
    ]  # fmt: skip
    again = csv_text([TITLES, SALON, FORUM]).encode()
    assert staged(world, again, kind="event", name="活动.csv").counts == {"unchanged": 2}
    other = staged(world, book([*SALON[:8], 13, *SALON[9:]]), kind="event", name=NAME)
    assert (other.counts, "event_known" in told(other)["K2"]) == ({"conflict": 1}, True)
    assert worked(jobs.undo_import(principal_of(world.ana), job_id=job.pk)).state == "undone"
    assert {row.state for row in Event.plain.all()} == {"cancelled"}
    assert (events_off_their_path(), Event.objects.visible_to(VISITOR).count()) == (0, 0)
    assert OutboxEvent.objects.filter(kind="event.taken_back").count() == 2
    assert staged(world, book(SALON), kind="event", name=NAME).counts == {"new": 1}


def test_who_organized_is_compared_and_a_difference_told_at_its_cell(world: World) -> None:
    rows = [[SALON[0], title, *SALON[2:]] for title in ("别的角色", "没有协办", "换了次序")]
    applied(world, book(*rows), kind="event", name=NAME)
    told_so = ["西山高新区（支持）、某协会（支持）", None, "某协会（支持）、西山高新区"]
    job = staged(world, book(*([*row[:7], one, *row[8:]] for row, one in zip(rows, told_so, strict=True))),
                 kind="event", name=NAME)  # fmt: skip
    at_odds = {cell for cell, codes in told(job).items() if "event_known" in codes}
    assert (job.counts, at_odds) == ({"conflict": 2, "unchanged": 1}, {"H2", "H3"})


def test_what_results_were_written_of_is_not_taken_back(world: World) -> None:
    job = applied(world, book(SALON), kind="event", name=NAME)
    EventOutcome.plain.create(event=Event.plain.get(), result="nothing", reason="time")
    after = worked(jobs.undo_import(principal_of(world.ana), job_id=job.pk))
    assert (after.state, "对接结果" in after.message, Event.plain.get().state) == ("applied", True, "held")


def test_what_is_wrong_is_told_by_cell_and_nothing_is_written(world: World) -> None:
    rows: list[list[Any]] = [
        [*SALON[:1], "将来的", *SALON[2:4], "2099-01-01", *SALON[5:]],
        [*SALON[:1], "倒着的", *SALON[2:5], "2024-05-01", *SALON[6:]],
        [*FORUM[:1], "别人的", *FORUM[2:7], "西山高新区", *FORUM[8:]],
        [*FORUM[:1], "只支持的", *FORUM[2:7], "东方高新区（支持）", *FORUM[8:]],
        [*FORUM[:1], "无此联盟", *FORUM[2:6], "没有的联盟", *FORUM[7:]],
        [*FORUM[:12], "本园区"],
        [*SALON[:2], None, *SALON[3:]],
    ]
    job = staged(world, book(*rows), kind="event", name=NAME)
    faults = {cell: [code for code in codes if code != "named_only"] for cell, codes in told(job).items()}
    assert {cell: codes for cell, codes in faults.items() if codes} == {
        "F2": ["refused_line"], "F3": ["event_backward"], "G4": ["not_of_a_host"], "G5": ["not_of_a_host"],
        "G6": ["unknown_association_name"], "row 7": ["refused_line"], "C8": ["required"],
    }  # fmt: skip
    with pytest.raises(InvalidInput):
        jobs.apply_import(principal_of(world.ana), job_id=job.pk)
    assert not Event.plain.exists()
    with pytest.raises(InvalidInput):
        export(principal_of(world.ana), zone=world.east, kind="event", name="xlsx")
