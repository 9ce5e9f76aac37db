"""The main job, end to end: Ana posts a need, a real worker matches it across zones, the right people see it."""

import time
from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from celery.contrib.testing.worker import start_worker
from django.test import Client

from accounts.models import User
from config.celery import app
from matching.models import LIVE, Match, Need, NeedReview
from matching.services.explanations import explain
from matching.services.needs import NeedParts, draft_need
from matching.services.reviews import decide_review, submit_need
from matching.services.rubric import Grades
from tests.conftest import World
from tests.matching.conftest import make_wafer_inspection
from zones.scoping import scope_of, today

pytestmark = pytest.mark.django_db(transaction=True)
SECONDS = 20.0
METRIC = {"key": "wafer", "name_zh": "支持晶圆直径", "operator": ">=", "value": 200, "unit": "mm"}


@pytest.fixture
def worker() -> Iterator[None]:
    """A real Celery worker in threads, on the test's own queue."""
    with start_worker(app, pool="threads", concurrency=1, perform_ping_check=False):
        yield


def post_need(world: World) -> Need:
    """Ana writes a need on behalf of Eve's enterprise; Bo reviews it."""
    ana = scope_of(world.ana)
    need = draft_need(
        ana,
        with_parts=NeedParts(metrics=[METRIC]),
        kind="testing_sharing",
        title_zh="氮化镓外延片缺陷检测",
        summary_zh="需要对200毫米氮化镓外延片作无损缺陷检测。",
        zone=world.east,
        organization=world.enterprise,
        association=world.alliance,
        consent_recorded_on=today(),
        deadline=today() + timedelta(days=200),
        visibility="association",
        review_zone=world.west,
    )
    submit_need(ana, need_id=need.pk, version=need.version)
    review = NeedReview.objects.visible_to(scope_of(world.bo)).get(need=need)
    decide_review(scope_of(world.bo), review_id=review.pk, grades=Grades(4, 4, 3, 5))
    need.refresh_from_db()
    return need


def wait_for_matches(user: User, need: Need) -> list[Match]:
    deadline = time.monotonic() + SECONDS
    while time.monotonic() < deadline:
        if found := list(Match.objects.visible_to(scope_of(user)).filter(LIVE, need=need)):
            return found
        time.sleep(0.05)
    raise AssertionError("no match within the promised time")


def test_a_need_is_matched_across_zones_and_seen_by_those_who_may(
    world: World, worker: None, client_of: Callable[[User | None], Client]
) -> None:
    instrument = make_wafer_inspection(world, "外延片缺陷检测系统", diameter_mm=200)
    need = post_need(world)
    (match,) = wait_for_matches(world.ana, need)

    assert match.resource_id == instrument.pk
    assert abs(sum(part["contribution"] for part in match.contributions) - match.score) < 1e-9

    told = explain(match, principal=scope_of(world.ana), language="zh-hans")
    assert "1项硬指标全部满足" in told.sentence
    assert "跨区合作" in told.sentence
    assert "must-metric is met" in explain(match, principal=scope_of(world.ana), language="en").sentence

    for insider in (world.ana, world.eve, world.bo, world.lin):
        assert Match.objects.visible_to(scope_of(insider)).filter(pk=match.pk).exists(), insider
    for outsider in (world.cy,):
        assert not Match.objects.visible_to(scope_of(outsider)).filter(pk=match.pk).exists()
        assert client_of(outsider).get(f"/api/v1/matches/{match.public_id}/").status_code == 404
    assert client_of(world.ana).get(f"/api/v1/matches/{match.public_id}/").status_code == 200
