"""A replay gives what a run under those weights gives, says what it cannot know, and publishes nothing."""

import json
from collections.abc import Callable
from io import StringIO
from typing import Any
from uuid import uuid4

import pytest
from django.core.management import CommandError, call_command

from matching.models import CandidateList, MatchRun, ScoringConfig
from matching.services.configs import active_config, add_config
from matching.services.replays import replay_run
from matching.services.runs import find_run
from tests.conftest import World
from tests.matching.conftest import make_market, published
from zones.errors import NotAllowed, NotFound
from zones.models import Resource
from zones.scoping import SYSTEM, scope_of

pytestmark = pytest.mark.django_db(transaction=True)
Run = Callable[[], MatchRun]


def other_config(**settings: Any) -> ScoringConfig:
    """Weights that ask for places and nearness instead of the topic; stored, not run."""
    weights = dict.fromkeys(active_config().parameters["weights"], 0.02) | {"availability": 1.0, "proximity": 0.5}
    return add_config(SYSTEM, parameters=active_config().parameters | {"weights": weights} | settings, note="other")


def test_a_replay_ranks_as_a_run_under_those_weights_does(world: World, run_all: Run) -> None:
    make_market(world, needs=6, resources=24)
    for place, resource in enumerate(Resource.plain.order_by("pk")):
        Resource.plain.filter(pk=resource.pk).update(capacity=1 + place % 7)
    old = run_all()
    before = published()
    config = other_config()
    report = replay_run(SYSTEM, run=old, config=config)
    assert published() == before
    assert sum(need.inexact for need in report.needs) == 0
    new = run_all()
    assert new.config == config
    told = {need.need_id: {move.resource_id for move in need.moves} for need in report.needs}
    assert any(told.values())
    for row in CandidateList.objects.filter(run=new):
        first = CandidateList.objects.get(run=old, need_id=row.need_id)
        assert told[row.need_id] == set(first.resource_ids[:5]) ^ set(row.resource_ids[:5])


def test_the_same_configuration_changes_nothing(world: World, run_all: Run) -> None:
    make_market(world, needs=3, resources=12)
    run = run_all()
    report = replay_run(SYSTEM, run=run, config=run.config)
    assert (report.mean("correlation"), report.mean("overlap"), report.changed) == (1.0, 1.0, [])


def test_what_cannot_be_replayed_is_said(world: World, run_all: Run) -> None:
    make_market(world, needs=2, resources=12)
    run = run_all()
    lists = CandidateList.objects.filter(run=run).order_by("pk")
    damaged, other = lists[0], lists[1]
    CandidateList.objects.filter(pk=damaged.pk).update(scores=[score / 2 for score in damaged.scores])
    CandidateList.objects.filter(pk=other.pk).update(parts=bytes(other.parts)[8:])
    Resource.plain.filter(pk=damaged.resource_ids[0]).update(version=9)
    report = replay_run(SYSTEM, run=run, config=other_config(trl_gap_max=1))
    assert [need.inexact for need in report.needs] == [len(damaged.resource_ids)]
    assert (report.unreplayed_needs, report.unreplayed_settings) == (1, ["trl_gap_max"])
    assert report.resources_changed_since == 1


def test_a_tidied_run_and_a_stranger_are_refused(world: World, run_all: Run) -> None:
    make_market(world, needs=1, resources=3)
    run = run_all()
    with pytest.raises(NotAllowed):
        replay_run(scope_of(world.ana), run=run, config=run.config)
    CandidateList.objects.all().delete()
    with pytest.raises(NotFound):
        replay_run(SYSTEM, run=run, config=run.config)


def test_the_command_prints_the_diff(world: World, run_all: Run) -> None:
    make_market(world, needs=4, resources=24)
    for place, resource in enumerate(Resource.plain.order_by("pk")):
        Resource.plain.filter(pk=resource.pk).update(capacity=1 + place % 7)
    run, config = run_all(), other_config()
    out = StringIO()
    call_command("replay", str(run.public_id), "--config", str(config.number), "--json", stdout=out)
    report = json.loads(out.getvalue())
    assert (report["needs"], report["pairs_not_exact"]) == (4, 0)
    moves = [move for need in report["changes"] for move in need["moves"]]
    assert {move["component"] for move in moves} == {"text"}, "the topic is what these weights no longer ask for"
    words = StringIO()
    call_command("replay", str(run.public_id), "--config", str(config.number), stdout=words)
    assert moves[0]["name"] in words.getvalue()


def test_a_run_is_known_by_its_number_its_public_id_and_as_the_latest(world: World, run_all: Run) -> None:
    first, second = run_all(), run_all()
    assert first.pk != second.pk
    for reference in (f"#{first.pk}", str(first.pk), str(first.public_id)):
        assert find_run(SYSTEM, reference) == first
    assert find_run(SYSTEM, "latest") == second
    for nonsense in ("", "#", "0", "newest", "9" * 40, "²"):
        assert find_run(SYSTEM, nonsense) is None


def test_the_command_says_in_words_what_it_found(world: World, run_all: Run) -> None:
    make_market(world, needs=2, resources=6)
    run, out = run_all(), StringIO()
    call_command("replay", "latest", "--config", str(run.config.number), stdout=out)
    assert f"运行 #{run.pk}" in out.getvalue()
    assert "0 of 2 needs get another top five; on average 5.0 of five stay" in out.getvalue()


@pytest.mark.parametrize("is_run", [True, False])
def test_the_command_names_what_is_not_there(world: World, run_all: Run, is_run: bool) -> None:
    run = run_all()
    key, number = (run.public_id, 99) if is_run else (uuid4(), run.config.number)
    with pytest.raises(CommandError, match="99" if is_run else str(key)):
        call_command("replay", str(key), "--config", str(number))
