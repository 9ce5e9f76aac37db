"""Exposures, ratings and likelihoods at the doors: logged once, read by the right side, one query more at most."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import User
from matching.models import Exposure, Label, Match, ScoreCalibration
from matching.services.configs import add_config
from tests.builders import make_config, make_facts, make_match, make_need, make_resource
from tests.conftest import World
from tests.edges.conftest import Ask
from zones.scoping import SYSTEM

ClientOf = Callable[[User | None], Client]


@pytest.fixture
def match(world: World) -> Match:
    need = make_need(organization=world.enterprise, visibility="national")
    return make_match(need, make_resource(organization=world.laboratory), score=0.5)


def calibrate(*, decisions: int) -> None:
    """A calibration that tells a likelihood of one half at a score of one half."""
    now = timezone.now()
    ScoreCalibration.objects.create(
        number=1, config=make_config(), slope=8.0, intercept=-4.0, needs=40, decisions=decisions, positives=10,
        error_before=0.2, error_after=0.02, decided_from=now - timedelta(days=9), decided_to=now,
    )  # fmt: skip


def page_of(match: Match) -> str:
    return f"/office/matching/need/{match.need.public_id}/matches/"


def own_page_of(match: Match) -> str:
    return f"/my/needs/{match.need.public_id}/"


def rating_url(match: Match, name: str) -> str:
    return f"{page_of(match)}{match.public_id}/{name}/"


def logged() -> list[tuple[Any, ...]]:
    rows = Exposure.objects.order_by("pk")
    return list(rows.values_list("channel", "audience", "reader", "position", "config_number"))


def test_the_page_of_matches_is_logged_for_the_side_that_reads_it(
    world: World, match: Match, client_of: ClientOf
) -> None:
    number = match.run.config.number
    for user in (world.ana, world.ana, world.bo):
        client_of(user).get(page_of(match))
    assert logged() == [("office", "need_side", "staff", 1, number), ("office", "resource_side", "staff", 1, number)]


def test_nothing_is_logged_for_who_sees_nothing(world: World, match: Match, client_of: ClientOf) -> None:
    client_of(world.cy).get(page_of(match))
    client_of(world.cy).get("/api/v1/matches/")
    client_of(world.cy).get(f"/api/v1/matches/{match.public_id}/")
    assert logged() == []


def test_the_api_logs_lists_and_details(world: World, match: Match, ask: Ask) -> None:
    calibrate(decisions=50)
    ask(world.eve, "matches/")
    ask(world.lin, f"matches/{match.public_id}/")
    assert [row[:3] for row in logged()] == [("api", "need_side", "member"), ("api", "resource_side", "member")]
    assert set(Exposure.objects.values_list("calibration_number", flat=True)) == {1}


def test_the_portal_logs_what_it_shows_the_side_of_a_need_and_nobody_else(
    world: World, match: Match, client_of: ClientOf
) -> None:
    make_match(match.need, make_resource(organization=world.laboratory), run=match.run, rank=2, is_live=False)
    hidden = make_resource(organization=world.outside, visibility="zone")
    make_match(match.need, hidden, run=match.run, rank=3, is_live=False)
    for user in (world.eve, world.eve, world.lin, world.ana):
        client_of(user).get(own_page_of(match))
    number = match.run.config.number
    assert logged() == [("portal", "need_side", "member", place, number) for place in (1, 2)]


@pytest.mark.parametrize("address", ["office", "list", "detail", "portal"])
def test_logging_costs_one_query(
    world: World, match: Match, client_of: ClientOf, monkeypatch: pytest.MonkeyPatch, address: str
) -> None:
    url = {
        "portal": own_page_of(match),
        "office": page_of(match),
        "list": "/api/v1/matches/",
        "detail": f"/api/v1/matches/{match.public_id}/",
    }[address]
    client = client_of(world.eve if address == "portal" else world.ana)
    client.get(url)
    with CaptureQueriesContext(connection) as whole:
        client.get(url)
    monkeypatch.setattr("backoffice.results.log_shown", lambda *arguments, **options: None)
    monkeypatch.setattr("portal.views.own.log_shown", lambda *arguments, **options: None)
    monkeypatch.setattr("api.views.matches.log_shown", lambda *arguments, **options: None)
    with CaptureQueriesContext(connection) as without:
        client.get(url)
    assert len(whole) == len(without) + 1


def test_the_page_of_matches_takes_as_many_queries_for_twenty_as_for_one(
    world: World, match: Match, client_of: ClientOf
) -> None:
    client = client_of(world.ana)
    client.get(page_of(match))
    with CaptureQueriesContext(connection) as one:
        client.get(page_of(match))
    for rank in range(2, 21):
        resource = make_resource(organization=world.laboratory)
        make_match(match.need, resource, run=match.run, rank=rank, is_live=False)
    with CaptureQueriesContext(connection) as twenty:
        client.get(page_of(match))
    assert len(twenty) == len(one)


def test_ana_rates_with_one_press_and_sees_her_word(world: World, match: Match, client_of: ClientOf) -> None:
    client = client_of(world.ana)
    answer = client.post(rating_url(match, "unsuitable"), follow=True)
    assert answer.redirect_chain == [(page_of(match), 302)]
    assert answer.context["matches"][0]["rating"] == 0
    label = Label.plain.get()
    assert (label.grade, label.source, label.decided_by) == (0, "rating", world.ana)


@pytest.mark.parametrize("person", ["bo", "cy", "secretariat"])
def test_others_cannot_rate_nor_see_the_rating(world: World, match: Match, client_of: ClientOf, person: str) -> None:
    client_of(world.ana).post(rating_url(match, "unsuitable"))
    client = client_of(getattr(world, person))
    before = client.get(page_of(match)).content
    client.post(rating_url(match, "suitable"))
    assert Label.plain.get().grade == 0
    assert b"office-rat" not in before


def test_an_auditor_sees_the_rating_and_has_no_buttons(world: World, match: Match, client_of: ClientOf) -> None:
    client_of(world.ana).post(rating_url(match, "suitable"))
    page = client_of(world.auditor).get(page_of(match)).content.decode()
    assert "需求方评价" in page or "Rated by" in page
    assert "office-rate" not in page.replace("office-ratings", "")
    client_of(world.auditor).post(rating_url(match, "unsuitable"))
    assert Label.plain.get().grade == 1


@pytest.mark.parametrize("tail", ["{other}/suitable/", "{match}/perfect/", "nonsense/suitable/"])
def test_what_is_not_there_cannot_be_rated(world: World, match: Match, client_of: ClientOf, tail: str) -> None:
    other = make_match()
    url = page_of(match) + tail.format(match=match.public_id, other=other.public_id)
    assert client_of(world.ana).post(url).status_code == 404
    assert client_of(world.ana).get(rating_url(match, "suitable"))["Location"].endswith("/change/")


@pytest.mark.parametrize(("decisions", "told"), [(50, "可能性 中"), (200, "可能性 50%")])
def test_a_likelihood_is_a_band_until_enough_is_known(
    world: World, match: Match, client_of: ClientOf, decisions: int, told: str
) -> None:
    url, client = page_of(match), client_of(world.ana)
    assert "可能性" not in client.get(url, headers={"accept-language": "zh-hans"}).content.decode()
    calibrate(decisions=decisions)
    assert told in client.get(url, headers={"accept-language": "zh-hans"}).content.decode()
    assert "Likely suitable:" in client.get(url, headers={"accept-language": "en"}).content.decode()


def test_the_api_tells_band_and_basis(world: World, match: Match, ask: Ask) -> None:
    address = f"matches/{match.public_id}/"
    assert ask(world.ana, address).body["explanation"]["likelihood"] is None
    calibrate(decisions=50)
    assert ask(world.ana, address).body["explanation"]["likelihood"] == {"band": "中", "percent": None, "decisions": 50}


def test_what_is_shown_to_learn_from_says_so(world: World, match: Match, client_of: ClientOf, ask: Ask) -> None:
    Match.plain.filter(pk=match.pk).update(facts=make_facts(0.5, is_exploration=True))
    assert (
        "探索推荐" in client_of(world.ana).get(page_of(match), headers={"accept-language": "zh-hans"}).content.decode()
    )
    assert ask(world.ana, f"matches/{match.public_id}/").body["explanation"]["is_exploration"] is True


def test_ops_activates_an_old_configuration_and_reads_why_one_was_promoted(world: World, client_of: ClientOf) -> None:
    interval = {"mean": 0.05, "low": 0.01, "high": 0.09}
    counts = {"needs": 30, "decisions": 150}
    evidence = {
        "from_config": 1, "train": counts, "test": counts, "ndcg_at_5_gain": interval, "log_loss_saved": interval,
        "decided_from": "2026-10-01T00:00:00+00:00", "decided_to": "2026-11-01T00:00:00+00:00",
    }  # fmt: skip
    old = make_config()
    learned = add_config(SYSTEM, parameters=old.parameters, note="learned", evidence=evidence)
    client = client_of(world.ops)
    page = client.get(f"/office/matching/scoringconfig/{learned.number}/change/").content.decode()
    assert "+0.0100" in page
    step = f"/office/matching/scoringconfig/{old.number}/steps/activate/"
    shown = client.get(f"/office/matching/scoringconfig/{old.number}/change/").content.decode()
    assert f'name="version" value="{learned.number}"' in shown
    for stale in ({}, {"version": old.number}):
        client.post(step, stale)
        old.refresh_from_db()
        assert not old.is_active
    client.post(step, {"version": learned.number})
    old.refresh_from_db()
    assert old.is_active
    answer = client_of(world.ana).post(f"/office/matching/scoringconfig/{learned.number}/steps/activate/")
    assert answer.status_code == 404
    old.refresh_from_db()
    assert old.is_active
