"""What may be there once is there once, also where two write it in the same moment: each test opens a transaction, and
has another do the same before it ends.
"""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from functools import partial
from threading import Event
from typing import Any

import pytest
from django.db import connection, transaction

from matching.models import Agreement, Conversion
from matching.services import agreements
from tests.agreements import make_agreement
from tests.builders import principal_of
from tests.conftest import World
from tests.mechanisms import make_kept, values_of
from tests.zones.importing.conftest import applied, rows_of, staged, worked
from tests.zones.importing.sheets import workbook
from zones.choices import Role
from zones.errors import DomainError
from zones.importing import jobs
from zones.models import Catalogue, Fund, StaffRole
from zones.scoping import SYSTEM, today
from zones.services.catalogues import publish_catalogue
from zones.services.invariants import funds_recorded_twice
from zones.services.keeping import record_kept
from zones.services.mechanisms import FUND
from zones.services.places import add_membership
from zones.services.staff import grant_role

pytestmark = pytest.mark.django_db(transaction=True)
WAITS = 0.4
"""Seconds after which one who has not come back waits for the other."""


def at_once(*acts: Callable[[], Any]) -> list[str]:
    """What becomes of an act, and of another that begins before its transaction ends."""
    has_written, is_back = Event(), Event()

    def first() -> str:
        with transaction.atomic():
            acts[0]()
            has_written.set()
            is_back.wait(WAITS)
        return "done"

    def second() -> str:
        has_written.wait(5)
        try:
            acts[1]()
        finally:
            is_back.set()
        return "done"

    def told(act: Callable[[], str]) -> str:
        try:
            return act()
        except DomainError as error:
            return " ".join([error.message, *(str(one) for one in getattr(error, "errors", {}).values())])
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        return list(pool.map(told, (first, second)))


def test_a_fund_that_two_record_at_once_is_on_record_once(world: World) -> None:
    ana = principal_of(world.ana)
    done, refused = at_once(*[lambda: record_kept(ana, FUND, **values_of(FUND, world))] * 2)
    assert (done, "已登记同名基金（设立日 2024-01-01）" in refused) == ("done", True)
    assert (Fund.plain.count(), funds_recorded_twice()) == (1, 0)
    make_kept(FUND, world, title_zh="二期")
    Fund.plain.update(title_zh="二期")
    assert funds_recorded_twice() == 1
    secretariat, of_alliance = principal_of(world.secretariat), {"zone": None, "association": world.alliance}
    values = values_of(FUND, world) | of_alliance
    assert at_once(*[lambda: record_kept(secretariat, FUND, **values)] * 2)[1] != "done"


def test_an_agreement_that_two_renew_at_once_has_one_successor(world: World) -> None:
    row, tomorrow = make_agreement(world.east, world.west), today() + timedelta(1)
    renew = partial(agreements.renew_agreement, SYSTEM, agreement_id=row.pk, version=None, valid_from=tomorrow)
    assert at_once(renew, renew) == ["done", "已有续签草稿：请在该草稿中继续。"]
    assert Agreement.plain.filter(renews=row).count() == 1


def test_a_catalogue_and_a_membership_that_two_write_at_once_are_there_once(world: World) -> None:
    """The database refuses the second; what it says is told as if it had been seen before."""
    values: dict[str, Any] = {"zone": world.east, "title_zh": "目录", "published_on": date(2025, 1, 1), "resources": ()}
    publish = partial(publish_catalogue, principal_of(world.ana), **values)
    done, refused = at_once(publish, publish)
    assert (done, Catalogue.plain.count()) == ("done", 1)
    assert "已" in refused, refused
    join = partial(add_membership, SYSTEM, zone=world.far, association=world.alliance, joined_on=date(2025, 1, 1))
    done, refused = at_once(join, join)
    assert (done, "在此期间已是成员" in refused) == ("done", True)


def test_a_role_that_two_grant_at_once_is_granted_once(world: World) -> None:
    grant = partial(grant_role, SYSTEM, user=world.eve, role=Role.ZONE_STAFF, zone=world.east)
    done, refused = at_once(grant, grant)
    assert (done, "已有同一角色" in refused) == ("done", True)
    assert StaffRole.plain.filter(user=world.eve, zone=world.east).count() == 1


def test_a_file_that_was_compared_before_another_was_written_is_compared_again(world: World) -> None:
    """Two upload the same file, both look at it, both press the button."""
    rows = workbook([["名称", "成果所在高新区", "落地高新区", "转化日"], ["某工艺", *["东方高新区"] * 2, "2025-03-01"]])
    first, second = (staged(world, rows, kind="conversion", name=name) for name in ("甲.xlsx", "乙.xlsx"))
    assert (first.counts, second.counts) == ({"new": 1}, {"new": 1})
    ana = principal_of(world.ana)
    for job in (first, second):
        worked(jobs.apply_import(ana, job_id=job.pk))
    second.refresh_from_db()
    assert (first.pk, second.state, second.message) == (
        first.pk, "staged", "核对之后，本园区另一个同类文件已写入或撤销：请重新核对，再写入。",
    )  # fmt: skip
    again = worked(jobs.check_again(ana, job_id=second.pk))
    assert (again.counts, len(rows_of(again)), Conversion.plain.count()) == ({"unchanged": 1}, 1, 1)


def test_a_file_that_was_compared_before_another_was_taken_back_is_compared_again(world: World) -> None:
    """What the other had brought was on record then, and is not when the button is pressed."""
    titles, design, sealing = ["名称", "成果所在高新区", "落地高新区", "转化日"], "设计工艺", "封装工艺"
    rows = [[name, *["东方高新区"] * 2, "2025-03-01"] for name in (design, sealing)]
    first = applied(world, workbook([titles, rows[0]]), kind="conversion", name="甲.xlsx")
    second = staged(world, workbook([titles, *rows]), kind="conversion", name="乙.xlsx")
    assert second.counts == {"unchanged": 1, "new": 1}
    ana = principal_of(world.ana)
    jobs.undo_import(ana, job_id=first.pk)
    jobs.apply_import(ana, job_id=second.pk)
    assert at_once(lambda: worked(first), lambda: worked(second)) == ["done", "done"]
    second.refresh_from_db()
    assert (second.state, "请重新核对" in second.message) == ("staged", True)
    worked(jobs.check_again(ana, job_id=second.pk))
    worked(jobs.apply_import(ana, job_id=second.pk))
    kept = Conversion.plain.filter(withdrawn_on__isnull=True).values_list("title_zh", flat=True)
    assert set(kept) == {design, sealing}
