"""Needs and resources small enough to know the answer by heart, and a run worked off in this process."""

from collections.abc import Callable
from datetime import date
from threading import Thread
from typing import Any

import pytest
from django.db import connection, transaction
from django.db.models import F

from matching.models import LIVE, CandidateList, Match, MatchRun, Need
from matching.services.documents import refresh_stale_documents
from matching.services.runs import request_full_run
from matching.services.steps import work_until_idle
from tests.builders import make_capability, make_metric, make_need, make_organization, make_resource
from tests.conftest import World
from zones.choices import ResourceKind
from zones.models import Resource
from zones.scoping import SYSTEM

TODAY = date(2026, 11, 23)
Published = dict[str, list[tuple[object, ...]]]


@pytest.fixture
def need(world: World) -> Need:
    """East asks for defect inspection of 200 mm GaN wafers; a must-metric decides."""
    need = make_need(
        metrics=0,
        kind="testing_sharing",
        title_zh="氮化镓外延片缺陷检测",
        summary_zh="需要对200毫米氮化镓外延片作无损缺陷检测。",
        keywords=["氮化镓", "外延片", "缺陷检测"],
        zone=world.east,
        organization=world.enterprise,
    )
    make_metric(need, key="wafer", name_zh="支持晶圆直径", operator=">=", low=200.0, high=None, unit="mm")
    return need


@pytest.fixture
def fitting(world: World) -> Resource:
    """West's instrument that fits."""
    return make_wafer_inspection(world, "外延片缺陷检测系统", diameter_mm=200.0)


@pytest.fixture
def decoy(world: World) -> Resource:
    """West's instrument with the same words and too small a chuck."""
    return make_wafer_inspection(world, "氮化镓外延片缺陷检测仪", diameter_mm=100.0)


def make_wafer_inspection(world: World, name: str, *, diameter_mm: float, **fields: object) -> Resource:
    values: dict[str, Any] = {
        "kind": ResourceKind.EQUIPMENT,
        "name_zh": name,
        "description_zh": "面向氮化镓外延片的无损缺陷检测与分级。",
        "keywords": ["氮化镓", "外延片", "缺陷检测"],
        "zone": world.west,
        "organization": world.laboratory,
    } | fields
    resource = make_resource(**values)
    make_capability(resource, key="wafer", name_zh="支持晶圆直径", low=diameter_mm, high=diameter_mm, unit="mm")
    return resource


@pytest.fixture
def run_all() -> Callable[[], MatchRun]:
    """Ask for a full run and work it off here."""

    def run() -> MatchRun:
        refresh_stale_documents()
        asked = request_full_run(SYSTEM, reason="test")
        work_until_idle()
        asked.refresh_from_db()
        return asked

    return run


def make_market(world: World, *, needs: int, resources: int) -> None:
    """Many needs of East and offers of West about a handful of topics."""
    topics = ("激光焊接", "氮化镓外延片", "纳米银膏", "显示面板", "物联网传感器")
    for number in range(resources):
        owner = make_organization(zone=world.west)
        topic = topics[number % len(topics)]
        text = f"{topic}第{number}套，可做{topic}的检测、开发与中试。"
        make_resource(
            zone=world.west, organization=owner, name_zh=f"{topic}平台{number}", description_zh=text, capacity=2
        )
    for number in range(needs):
        topic = topics[number % len(topics)]
        title = f"{topic}工艺开发{number}"
        make_need(zone=world.east, organization=world.enterprise, title_zh=title, summary_zh=f"求{topic}的检测与开发。")


def published() -> Published:
    """Everything readers can see of all live results, without what is random (public ids) or temporal."""
    lists = CandidateList.objects.filter(run=F("need__live_result__run")).order_by("need_id")
    matches = Match.objects.unscoped(reason="a test compares").filter(LIVE).order_by("need_id", "rank")
    return {
        "lists": list(
            lists.values_list(
                "need_id", "resource_ids", "resource_versions", "scores", "confidences", "rank_values", "facts"
            )
        ),
        "matches": list(
            matches.values_list(
                "need_id", "resource_id", "rank", "score", "confidence", "contributions", "facts", "is_assigned"
            )
        ),
    }


def write_at_once(first: Callable[[], None], second: Callable[[], object]) -> None:
    """The second writes on a connection of its own while the first has not committed."""
    with transaction.atomic():
        first()
        rival = Thread(target=in_a_transaction, args=(second,))
        rival.start()
        rival.join(1)
    rival.join(30)


def in_a_transaction(write: Callable[[], object]) -> None:
    try:
        with transaction.atomic():
            write()
    finally:
        connection.close()
