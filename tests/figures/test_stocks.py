"""What was there on a day is counted with the memberships of that day, whoever asks and when."""

from datetime import date
from typing import Any

import pytest

from figures.answering import Answering
from figures.boards import Board
from figures.definitions.base import Definition
from figures.definitions.registry import all_definitions
from figures.questions import question
from matching.models import CooperationAssociation
from tests.agreements import make_agreement, make_commitment
from tests.builders import (
    make_association,
    make_catalogue,
    make_membership,
    make_organization,
    make_resource,
    make_zone,
    plain_create,
)
from tests.conftest import World
from tests.cooperations import make_amount, make_cooperation, make_milestone
from tests.figures.asking import value
from tests.mechanisms import SHAPES, make_kept
from zones.models import ZoneLevel
from zones.scoping import SYSTEM, today
from zones.services.keeping import record_kept
from zones.services.mechanisms import CHAIN, POLICY

pytestmark = pytest.mark.django_db
TURN = date(2026, 6, 1)
YEARS = (2024, 2025)


def _stocks() -> list[Definition]:
    return [one for one in all_definitions().values() if one.is_stock]


def _of_every_kind(world: World) -> dict[str, list[str]]:
    """Something there since 2024 of each stock, in a zone that changed its associations since. Scopes by kind."""
    late = make_association(slug="late", founded_on=date(2020, 1, 1))
    gone = make_association(slug="gone", founded_on=date(2020, 1, 1))
    make_membership(world.east, late, joined_on=TURN)
    make_membership(world.east, gone, joined_on=date(2020, 1, 1), left_on=TURN)
    ZoneLevel.objects.filter(zone=world.west).update(level="provincial")
    day = date(2024, 2, 1)
    agreement = make_agreement(world.east, world.far, valid_from=day, valid_to=None, signed_on=day)
    make_commitment(agreement, due_on=date(2024, 6, 1), actual=4, reported_on=date(2024, 5, 1), evidence_zh="纪要")
    for shape in SHAPES:
        make_kept(shape, world)
    make_kept(CHAIN, world, with_parts=False)
    for kind, details in (
        ("laboratory", {"is_public": True}), ("equipment", {"quantity": 2, "original_value": 600_000}),
    ):  # fmt: skip
        listed = make_resource(organization=world.enterprise, zone=world.east, kind=kind, details=details)
        make_catalogue(listed, zone=world.east, published_on=day)
    for kind in ("joint_centre", "consortium"):
        row = make_cooperation(world.enterprise, world.outside, kind=kind, signed_on=day)
        row.parties.update(role="lead")
        plain_create(CooperationAssociation, {"cooperation": row, "association": gone})
        make_amount(row, kind="contract_sum")
        make_milestone(row, due_on=date(2024, 9, 1), met_on=date(2024, 8, 1))
    policy = _document(world)
    return {
        "nation": ["nation"], "region": ["region:110000"], "group": [], "zone": ["zone:east", "zone:far"],
        "association": ["association:late", "association:gone", "association:alliance"],
        "agreement": [f"agreement:{agreement.public_id}"], "policy": [f"policy:{policy.public_id}"],
    }  # fmt: skip


def _document(world: World) -> Any:
    """A policy document with parts of every kind, and what has come of its targets in each year."""
    kinds = ("element", "action", "measure", "field")
    targets = [{"indicator_zh": "集群", "year": 2030, "planned_count": 2, "planned_value": 5, "is_each": True}]
    actuals = [
        {"target_number": 1, "as_of": date(year, 5, 31), "actual_count": year, "actual_value": year,
         "evidence_zh": "表"}
        for year in (*YEARS, 2026)
    ]  # fmt: skip
    return record_kept(
        SYSTEM, POLICY, zone=world.east, title_zh="实施方案", issued_on=date(2024, 1, 1), visibility="public",
        with_parts={"items": [{"kind": one, "text_zh": one} for one in kinds], "targets": targets, "actuals": actuals},
    )  # fmt: skip


def test_a_stock_of_a_past_year_is_that_of_its_last_day(world: World) -> None:
    scopes = _of_every_kind(world)
    now = Answering(as_of=today(), samples=False)
    then = {year: Answering(as_of=date(year, 12, 31), samples=False) for year in YEARS}
    wrong, counted = [], set()
    for one in _stocks():
        for code in (code for kind in one.scopes for code in scopes.get(kind, [])):
            for milestone in one.milestones or ("",):
                for year in YEARS:
                    asked: dict[str, Any] = {"scope": code, "milestone": milestone, "reader": SYSTEM}
                    here = now.answer(question(one.id, period=str(year), **asked))
                    there = then[year].answer(question(one.id, as_of=date(year, 12, 31), **asked))
                    counted |= {one.id} if here.facts else set()
                    if (here.value, len(here.facts)) != (there.value, len(there.facts)):
                        wrong.append((one.id, code, year, here.value, there.value))
    assert wrong == []
    assert counted == {one.id for one in _stocks()}  # a stock this test has nothing of would pass it unseen


def test_who_has_left_counts_where_he_was_and_who_has_come_does_not_yet(world: World) -> None:
    _of_every_kind(world)
    board = Board([("agreements.active", "")], principal=SYSTEM, samples=False)
    for slug, before, after in (("gone", 1, 0), ("late", 0, 1)):
        at = {"scope": f"association:{slug}"}
        assert value("agreements.active", period="2025", **at) == before
        assert value("agreements.active", as_of=date(2026, 5, 31), **at) == before
        assert value("agreements.active", as_of=TURN, **at) == after
        assert board.counted(("agreements.active", ""), f"association:{slug}", 2025).number == before


def test_a_turn_of_its_zone_makes_no_second_activity(world: World) -> None:
    for slug, day in (("one", date(2025, 2, 1)), ("two", date(2025, 3, 1))):
        make_membership(world.far, make_association(slug=slug), joined_on=day)
    make_agreement(world.far, world.west, valid_from=date(2025, 1, 1), valid_to=None)
    assert value("activities.all", period="2025") == 1
    assert value("activities.all", scope="association:two", period="2025") == 0  # on the day it began


def test_laboratories_of_one_name_in_two_zones_are_two() -> None:
    group = make_organization()
    owners = [make_organization(zone=make_zone(slug=slug), parent=group) for slug in ("aa", "bb")]
    labs = [
        make_resource(organization=one, zone=one.zone, kind="laboratory", name_zh="分析测试中心",
                      details={"is_public": True})
        for one in owners
    ]  # fmt: skip
    for lab in labs:
        make_catalogue(lab, zone=lab.zone)
    scopes = ("zone:aa", "zone:bb", "nation")
    assert [value("catalogue.laboratories", scope=one) for one in scopes] == [1, 1, 2]
    make_catalogue(labs[0], zone=labs[1].zone, published_on=date(2025, 6, 1))  # the same one, in both catalogues
    assert [value("catalogue.laboratories", scope=one) for one in scopes] == [1, 2, 2]
    type(labs[1]).plain.filter(pk=labs[1].pk).update(merged_into=labs[0], status="retired")
    then = {"as_of": date(2025, 7, 1)}
    assert [value("catalogue.laboratories", scope=one, **then) for one in scopes] == [1, 1, 1]
    assert value("catalogue.laboratories", scope="zone:bb", as_of=date(2025, 5, 1)) == 1  # listed there all along
