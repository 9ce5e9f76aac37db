"""Files that change what was published: asked for a reason before anything is written, then restated and told."""

from datetime import date
from typing import Any

import pytest

from figures.models import LockedFigure
from figures.questions import question
from figures.services.locks import draft_figure, drop_draft, lock_figure
from figures.services.restating import watch
from ledger.models import OutboxEvent
from matching.models import Conversion
from matching.services.transfers import CONVERSION
from notifications.kinds.registry import KINDS
from tests.builders import make_role
from tests.conftest import World, principal_of
from tests.mechanisms import make_kept
from tests.zones.importing.conftest import applied, worked
from tests.zones.importing.sheets import workbook
from zones.choices import Role
from zones.importing import jobs
from zones.scoping import SYSTEM

pytestmark = pytest.mark.django_db
ROWS: list[list[Any]] = [
    ["名称", "成果所在高新区", "落地高新区", "转化金额（万元）", "转化日"],
    ["微加工工艺", "东方高新区", "西山高新区", 36, "2024-03-01"],
]
NODES: list[list[Any]] = [["名称", "产业链", "环节", "列入日"], ["封装", "集成电路", "下游", "2024-01-01"]]
FILE: dict[str, Any] = {"kind": "conversion", "name": "转化.xlsx"}


def _publish(scope: str, period: str = "2024", figure: str = "conversions.count") -> LockedFigure:
    asked = question(figure, scope=scope, period=period, reader=SYSTEM)
    return lock_figure(SYSTEM, locked_id=draft_figure(SYSTEM, asked=asked).pk)


def _versions(scope: str) -> list[tuple[str, str]]:
    rows = LockedFigure.plain.filter(scope=scope, period="2024").order_by("number")
    return list(rows.values_list("state", "reason_zh"))


def _told(kind: str) -> set[str]:
    return {event.payload["scope"] for event in OutboxEvent.objects.filter(kind=kind)}


def _reasons(kind: str) -> list[str]:
    return [event.payload["reason"] for event in OutboxEvent.objects.filter(kind=kind).order_by("pk")]


def test_a_file_that_changes_what_was_published_needs_a_reason_and_restates(world: World) -> None:
    make_role(world.ana, Role.ZONE_MANAGER, zone=world.east)
    for scope in ("zone:east", "association:alliance", "zone:west"):
        _publish(scope)
    _publish("zone:east", "2023")
    refused = applied(world, workbook(ROWS), **FILE)
    assert refused.state == "staged"
    assert "2 项已发布的统计将与记录不符" in refused.message
    assert sorted(refused.published) == [  # not what West has published, which is not Ana's to read
        "2024年，东方高新区科技成果转化0个。", "2024年，东西高新区联盟科技成果转化0个。",
    ]  # fmt: skip
    assert not Conversion.plain.exists()
    assert _told("figure.outdated") == set()

    ana = principal_of(world.ana)
    written = worked(jobs.apply_import(ana, job_id=refused.pk, reason="补报一项转化"))
    assert (written.state, written.message) == ("applied", "")
    assert _versions("zone:east") == [("restated", ""), ("locked", "补报一项转化")]
    assert LockedFigure.plain.get(scope="zone:east", number=2).value == 1
    assert _versions("association:alliance") == _versions("zone:west") == [("locked", "")]
    assert (_told("figure.restated"), _told("figure.outdated")) == (
        {"zone:east"}, {"association:alliance", "zone:west"},
    )  # fmt: skip

    worked(jobs.undo_import(ana, job_id=written.pk))
    assert LockedFigure.plain.get(scope="zone:east", number=3).reason_zh == "撤销导入 转化.xlsx"


def test_a_file_that_leaves_what_was_published_as_it_is_is_written_at_once(world: World) -> None:
    _publish("zone:east", "2023")
    _publish("zone:far")
    assert applied(world, workbook(ROWS), **FILE).state == "applied"
    assert Conversion.plain.count() == 1


def test_what_only_others_may_read_is_not_told_and_their_keepers_are(world: World) -> None:
    _publish("zone:west")
    job = applied(world, workbook(ROWS), **FILE)
    assert (job.state, job.published) == ("applied", [])
    assert _told("figure.outdated") == {"zone:west"}


def test_each_file_that_changes_what_was_published_is_told(world: World) -> None:
    _publish("zone:west")
    applied(world, workbook(ROWS), **FILE)
    second = applied(world, workbook([ROWS[0], ["封装工艺", *ROWS[1][1:]]]), **FILE)
    worked(jobs.undo_import(principal_of(world.ana), job_id=second.pk))
    assert _reasons("figure.outdated") == ["", "", "撤销导入 转化.xlsx"]


def test_a_file_is_taken_back_though_nothing_is_left_to_publish(world: World) -> None:
    make_role(world.ana, Role.ZONE_MANAGER, zone=world.east)
    job = applied(world, workbook(NODES), kind="chain_node", name="产业链.xlsx")
    _publish("zone:east", "", "chains.coverage")
    undone = worked(jobs.undo_import(principal_of(world.ana), job_id=job.pk))
    assert (undone.state, undone.message) == ("undone", "")
    assert (_told("figure.restated"), _told("figure.outdated")) == (set(), {"zone:east"})
    assert LockedFigure.plain.get().state == "locked"


def test_a_draft_that_is_in_the_way_is_named(world: World) -> None:
    make_role(world.ana, Role.ZONE_MANAGER, zone=world.east)
    _publish("zone:east")
    first = applied(world, workbook(ROWS), **FILE)
    ana = principal_of(world.ana)
    worked(jobs.apply_import(ana, job_id=first.pk, reason="补报"))
    make_kept(CONVERSION, world)
    draft = draft_figure(SYSTEM, asked=question("conversions.count", scope="zone:east", period="2024"), reason="再补报")
    refused = worked(jobs.undo_import(ana, job_id=first.pk))
    assert refused.state == "applied"
    assert "“2024年，东方高新区科技成果转化1个。”另有草稿未锁定" in refused.message
    drop_draft(SYSTEM, locked_id=draft.pk)
    assert worked(jobs.undo_import(ana, job_id=first.pk)).state == "undone"


def test_a_file_that_puts_other_rows_behind_the_same_number_needs_a_reason_too(world: World) -> None:
    make_role(world.ana, Role.ZONE_MANAGER, zone=world.east)
    old = make_kept(CONVERSION, world)
    _publish("zone:east")
    settled = watch("matching.conversion")
    Conversion.plain.filter(pk=old.pk).update(withdrawn_on=date(2026, 1, 1), withdrawn_because_zh="重复登记")
    make_kept(CONVERSION, world, title_zh="封装工艺")
    assert settled(principal_of(world.ana)).sentences == ["2024年，东方高新区科技成果转化1个。"]


def test_people_of_the_place_are_told(world: World) -> None:
    row = _publish("zone:east")
    event = OutboxEvent(kind="figure.outdated", object_public_id=row.public_id)
    audience = KINDS["figure.outdated"].audience(row, event)
    assert (set(audience.zones), set(audience.secretariats)) == ({world.east.pk}, set())
