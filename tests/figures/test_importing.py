"""Files that change what was published: asked for a reason before anything is written, then restated and told."""

from typing import Any

import pytest

from figures.models import LockedFigure
from figures.questions import question
from figures.services.locks import draft_figure, lock_figure
from ledger.models import OutboxEvent
from matching.models import Conversion
from notifications.kinds.registry import KINDS
from tests.builders import make_role
from tests.conftest import World, principal_of
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
FILE: dict[str, Any] = {"kind": "conversion", "name": "转化.xlsx"}


def _publish(scope: str, period: str = "2024", figure: str = "conversions.count") -> LockedFigure:
    asked = question(figure, scope=scope, period=period, reader=SYSTEM)
    return lock_figure(SYSTEM, locked_id=draft_figure(SYSTEM, asked=asked).pk)


def _versions(scope: str) -> list[tuple[str, str]]:
    rows = LockedFigure.plain.filter(scope=scope, period="2024").order_by("number")
    return list(rows.values_list("state", "reason_zh"))


def _told(kind: str) -> set[str]:
    return {event.payload["scope"] for event in OutboxEvent.objects.filter(kind=kind)}


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


def test_people_of_the_place_are_told(world: World) -> None:
    row = _publish("zone:east")
    event = OutboxEvent(kind="figure.outdated", object_public_id=row.public_id)
    audience = KINDS["figure.outdated"].audience(row, event)
    assert (set(audience.zones), set(audience.secretariats)) == ({world.east.pk}, set())
