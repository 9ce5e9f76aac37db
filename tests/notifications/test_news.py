"""Those who follow a place, a field or an organization hear what is new there, as far as they may read it."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.utils import timezone

from accounts.models import User
from ledger.events import record_event
from matching.models import Need
from notifications.inbox import inbox_of
from notifications.kinds.fields import field_id
from notifications.models import Notice, Watch
from notifications.planning import plan
from notifications.showing import shown
from notifications.sweeping import sweep, tell_of_news
from tests.builders import make_live, make_match, make_need, make_resource, principal_of
from tests.conftest import World
from tests.imports import make_import_job
from zones.models import Code, ImportJob, Resource

YESTERDAY = timezone.now() - timedelta(days=1)


def told(user: User) -> list[tuple[str, list[str]]]:
    principal = principal_of(user)
    found = shown(list(inbox_of(principal)), principal)
    return [(one.told.title, [item.title for item in one.told.items]) for one in found if one.told]


def follow(user: User, label: str, key: UUID) -> None:
    Watch.plain.create(user=user, object_type=label, object_public_id=key)


@pytest.fixture
def fresh(world: World) -> None:
    """Opened and offered yesterday in the east: a need and a resource for all, and a need of the zone alone."""
    Code.objects.create(scheme="industry", code="SEI-1", name_zh="新一代信息技术")
    Code.objects.create(scheme="industry", code="SEI-1.2", parent_code="SEI-1", name_zh="集成电路")
    codes: dict[str, Any] = {"industry_codes": ["SEI-1.2"]}
    for title, visibility in (("公开难题", "public"), ("本区难题", "zone")):
        make_need(organization=world.enterprise, title_zh=title, visibility=visibility, **codes)
    make_resource(organization=world.enterprise, name_zh="公开平台", visibility="public", **codes)
    Need.plain.update(opened_at=YESTERDAY)
    Resource.plain.update(created_at=YESTERDAY)


def test_followers_of_places_and_fields_hear_once_a_day_what_they_may_read(world: World, fresh: None) -> None:
    follow(world.cy, "zones.zone", world.east.public_id)
    follow(world.cy, "zones.code", field_id("SEI-1"))
    follow(world.ana, "zones.zone", world.east.public_id)
    for _beat in range(2):
        tell_of_news()
        plan()
    public = ["公开难题", "公开平台"]
    assert sorted(told(world.cy)) == sorted(
        [(f"“{world.east}”新增 2 项", public), ("“新一代信息技术”新增 2 项", public)]
    )
    assert told(world.ana) == [(f"“{world.east}”新增 3 项", ["公开难题", "本区难题", "公开平台"])]


def test_following_an_organization_never_tells_whose_a_need_is(world: World, fresh: None) -> None:
    follow(world.cy, "zones.organization", world.enterprise.public_id)
    tell_of_news()
    plan()
    assert told(world.cy) == [(f"“{world.enterprise}”新增 1 项", ["公开平台"])]


def test_who_started_an_import_hears_what_came_of_it_and_nobody_else(world: World) -> None:
    """What waited for a decision is not said any more once the decision is made."""
    job = make_import_job(world.east, name="设备.xlsx", requested_by=world.ana)
    facts: dict[str, Any] = {"object_type": "zones.importjob", "public_id": job.public_id}
    record_event("import.staged", **facts)
    plan()
    assert told(world.ana) == [("导入待确认：设备.xlsx · 仪器设备", [])]
    ImportJob.plain.update(state="applied", applied_at=timezone.now())
    record_event("import.applied", version=2, **facts)
    plan()
    assert told(world.ana) == [("导入已写入：设备.xlsx · 仪器设备", [])]
    assert set(Notice.plain.values_list("user", flat=True)) == {world.ana.pk}


def test_staff_hear_that_a_full_run_has_ended_unless_it_found_something_new(world: World) -> None:
    match = make_match(
        need=make_need(organization=world.enterprise), resource=make_resource(organization=world.laboratory)
    )
    make_live(match)
    for version in (1, 2):
        run: dict[str, Any] = {"object_type": "matching.matchrun", "public_id": match.run.public_id, "version": version}
        record_event("run.published", **run)
        plan()
    assert told(world.ana)[0][0] == "匹配运行已完成：本园区 1 项需求，1 个匹配"
    assert len(told(world.ana)) == 2
    assert told(world.cy) == []


def test_a_day_without_news_is_silent(world: World) -> None:
    follow(world.cy, "zones.association", world.alliance.public_id)
    for _beat in range(2):
        sweep()
    plan()
    assert told(world.cy) == []
    assert not Notice.plain.exists()
