"""Memberships from files of the system's administrators: joined, ended, compared, taken back."""

from datetime import date
from typing import Any

import pytest

from accounts.models import User
from figures.models import LockedFigure
from figures.questions import question
from figures.services.locks import draft_figure, lock_figure
from tests.builders import principal_of
from tests.conftest import World
from tests.zones.importing.conftest import applied, staged, told, worked
from tests.zones.importing.sheets import workbook
from zones.errors import NotAllowed
from zones.importing import jobs
from zones.models import Membership
from zones.scoping import SYSTEM
from zones.services.places import end_membership

TITLES = ["联盟或网络", "高新区", "角色", "加入日", "退出日"]
FILE: dict[str, Any] = {"kind": "membership", "name": "成员.xlsx"}
FAR: list[Any] = ["alliance", "远海高新区", "成员单位", "2024-03-01", None]


@pytest.fixture
def root(world: World) -> User:
    return world.ops


@pytest.fixture
def west(world: World) -> Membership:
    """Of West in the alliance, as the cast has it."""
    return Membership.objects.get(association=world.alliance, zone=world.west)


def book(*rows: list[Any]) -> bytes:
    return workbook([TITLES, *rows])


def members(world: World) -> list[tuple[str, date | None, date | None]]:
    rows = Membership.objects.filter(association=world.alliance).order_by("zone__slug", "joined_on")
    return list(rows.values_list("zone__slug", "joined_on", "left_on"))


def test_members_join_and_leave_by_file_once_and_are_taken_back(world: World, root: User, west: Membership) -> None:
    before, ended = members(world), ["alliance", "西山高新区", None, None, "2025-06-01"]
    back = ["alliance", "西山高新区", None, "2025-09-01", None]
    content = book(FAR, ended, back)
    job = applied(world, content, user=root, **FILE)
    assert (job.message, job.state, job.counts) == ("", "applied", {"new": 2, "changed": 1})
    now = members(world)
    assert ("far", date(2024, 3, 1), None) in now
    assert ("west", west.joined_on, date(2025, 6, 1)) in now
    assert ("west", date(2025, 9, 1), None) in now
    assert "changed" not in staged(world, book(FAR, back), user=root, **FILE).counts
    assert staged(world, book(FAR, back), user=root, **FILE).counts == {"unchanged": 2}
    job = worked(jobs.undo_import(principal_of(root), job_id=job.pk))
    assert (job.message, job.state) == ("", "undone")
    assert members(world) == before
    again = applied(world, content, user=root, **FILE)
    far = Membership.objects.get(association=world.alliance, zone=world.far)
    end_membership(SYSTEM, membership=far, left_on=date(2026, 1, 1))
    left = worked(jobs.undo_import(principal_of(root), job_id=again.pk))
    assert (left.state, "又被修改" in left.message) == ("applied", True)


def test_what_is_wrong_is_told_by_cell_and_nothing_is_written(world: World, root: User, west: Membership) -> None:
    Membership.objects.filter(pk=west.pk).update(joined_on=date(2020, 1, 1))
    before = members(world)
    wrong: list[tuple[list[Any], str, str]] = [
        (["没有的联盟", *FAR[1:]], "A", "unknown_name"),
        ([FAR[0], "没有的高新区", *FAR[2:]], "B", "unknown_name"),
        ([*FAR[:2], "嘉宾", *FAR[3:]], "C", "unknown_choice"),
        ([*FAR[:3], "2024年", None], "D", "no_day"),
        ([*FAR[:4], "2024-03-01"], "E", "refused_line"),
        (["alliance", "西山高新区", None, "2021-01-01", None], "D", "member_since"),
        (["alliance", "西山高新区", "牵头单位", "2020-01-01", None], "C", "member_known"),
        (["alliance", "西山高新区", None, "2020-01-01", "2019-01-01"], "E", "refused_line"),
    ]
    for row, column, code in wrong:
        assert told(staged(world, book(row), user=root, **FILE)) == {f"{column}2": [code]}, row
    twice = staged(world, book(FAR, [*FAR[:3], "2024-05-01", None]), user=root, **FILE)
    assert told(twice) == {"B3": ["member_twice"]}
    assert members(world) == before


def test_only_the_system_brings_in_members(world: World) -> None:
    for person in (world.ana, world.secretariat):
        with pytest.raises(NotAllowed):
            jobs.start_import(
                principal_of(person), user=person, zone=world.east, kind="membership", name="x.xlsx", content=book(FAR)
            )


def test_what_was_published_of_an_association_asks_for_a_reason(world: World, root: User) -> None:
    asked = question("members.all", scope="association:alliance", as_of=date(2025, 1, 1), reader=SYSTEM)
    lock_figure(SYSTEM, locked_id=draft_figure(SYSTEM, asked=asked).pk)
    job = applied(world, book(FAR), user=root, **FILE)
    assert (job.state, len(job.published)) == ("staged", 1)
    job = worked(jobs.apply_import(principal_of(root), job_id=job.pk, reason="补登成员"))
    assert (job.state, LockedFigure.plain.filter(number=2).count()) == ("applied", 1)
