"""Matching done again in another world: what one side alone knows changes nothing that another side is told (P10).

Every world is a real run. A reader asks for every list, order, filter, detail and comparison of the API and for the
pages of the back office, and gets the same bytes, ids of runs and the time apart.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from importlib import import_module
from typing import Any
from uuid import UUID

import numpy as np
import pytest
from django.db import connection
from django.db.models import F, Q
from django.test import Client
from django.utils import timezone

from accounts.models import User
from matching.embedding.reranking import RerankSettings
from matching.engine.reasons import TOLD_AS_CONDITIONS
from matching.engine.wording import REASON_LABELS
from matching.models import LIVE, Match, MatchRun, Need, ScoreCalibration
from matching.services import explanations, publishing, removals, reranking
from matching.services.configs import active_config
from matching.services.documents import follow_resources
from tests.builders import make_match, make_resource, principal_of
from tests.conftest import World
from tests.egress.servers import Running, serving
from tests.matching.conftest import make_wafer_inspection
from tests.matching.test_reranking import favors
from zones import scoping
from zones.models import Resource
from zones.scoping import SYSTEM, today
from zones.services.resources import ResourceParts, update_resource

pytestmark = pytest.mark.django_db(transaction=True)
RunAll = Callable[[], MatchRun]
ClientOf = Callable[[User | None], Client]
Answers = dict[str, bytes]
LOW, HIGH = Decimal(100_000), Decimal(10_000_000)
DEAR, CHEAP = Decimal(1_000_000), Decimal(50_000)
CHANGING = re.compile(
    rb"(?s:<option.*?</option>)|csrfmiddlewaretoken\" value=\"[^\"]*|nonce=\"[^\"]*"
    rb"|\"resource_version\":\d+|\d{4}-\d\d-\d\d[ T]\d\d:\d\d(:\d\d)?(\.\d+)?(Z|\+\d\d:\d\d)?"
)
"""Which other runs there are to compare with, marks of the session, versions of resources, and times."""


@pytest.fixture
def offers(world: World, need: Need) -> list[Resource]:
    """Seven offers of one text, each confirmed later than the next; the first three cost more than a low budget.

    With it the first three fall behind the others: who stands among the first five depends on the budget.
    """
    return [
        make_wafer_inspection(
            world, f"外延片缺陷检测系统{number}号", diameter_mm=200.0,
            price_from=DEAR if number < 3 else CHEAP, price_unit="project",
            confirmed_on=today() - timedelta(20 * number),
        )
        for number in range(7)
    ]  # fmt: skip


def with_budget(need: Need, budget: Decimal | None) -> None:
    Need.plain.filter(pk=need.pk).update(budget_max=budget)


def addresses(need: Need, run: MatchRun, before: MatchRun) -> Iterator[str]:
    """Everything that tells of matches."""
    lists = "/api/v1/matches/?page_size=200"
    yield from (f"{lists}&ordering={sign}{name}" for name in ("told_score", "told_confidence") for sign in ("", "-"))
    yield from (f"{lists}&{query}" for query in (f"need={need.public_id}", "is_assigned=true", "is_assigned=false"))
    matches = Match.objects.visible_to(SYSTEM).filter(LIVE)
    yield from (f"/api/v1/matches/{match.public_id}/" for match in matches)
    yield "/api/v1/needs/"
    yield f"/api/v1/runs/{run.public_id}/compare/?with={before.public_id}"
    yield f"/office/matching/matchrun/{run.public_id}/compare/?with={before.public_id}"
    yield "/office/matching/need/"
    yield f"/office/matching/need/{need.public_id}/matches/"
    yield "/office/"


def name_matches(run: MatchRun) -> None:
    """Public ids are random and end ties: here they follow from the pair."""
    Match.plain.exclude(run=run).delete()
    for match in Match.plain.filter(run=run):
        Match.plain.filter(pk=match.pk).update(public_id=UUID(int=match.need_id << 32 | match.resource_id))


def read(client: Client, need: Need, run: MatchRun, before: MatchRun) -> Answers:
    """address → what is answered, with ids of runs replaced by what they stand for."""
    names = {str(run.public_id): "run", str(before.public_id): "before", f"#{run.pk}": "run", f"#{before.pk}": "before"}
    answers = {}
    for address in addresses(need, run, before):
        response = client.get(address)
        body = CHANGING.sub(b"", response.content)
        for name, meaning in names.items():
            address, body = address.replace(name, meaning), body.replace(name.encode(), meaning.encode())
        answers[address] = str(response.status_code).encode() + body
    return answers


@pytest.fixture
def in_worlds(
    world: World, need: Need, run_all: RunAll, client_of: ClientOf
) -> Callable[..., dict[str, tuple[Answers, Answers]]]:
    """`in_worlds(change, "bo", …)`: what each reads before and after a change, matching done anew each time."""

    def answers(change: Callable[[], Any], *people: str) -> dict[str, tuple[Answers, Answers]]:
        first, before = run_all(), run_all()
        name_matches(before)
        told = {person: read(client_of(getattr(world, person)), need, before, first) for person in people}
        change()
        after = run_all()
        name_matches(after)
        return {
            person: (told[person], read(client_of(getattr(world, person)), need, after, before)) for person in people
        }

    return answers


InWorlds = Callable[..., dict[str, tuple[Answers, Answers]]]


def differing(both: tuple[Answers, Answers]) -> list[str]:
    first, second = both
    assert len(first) > 10
    return sorted(name for name in first.keys() & second.keys() if first[name] != second[name])


def calibrate() -> None:
    """Scores are read as likelihoods, in percent: a small difference of scores shows."""
    now = timezone.now()
    ScoreCalibration.objects.create(
        number=1, config=active_config(), slope=20.0, intercept=-14.0, needs=40, decisions=300, positives=100,
        error_before=0.2, error_after=0.02, decided_from=now, decided_to=now,
    )  # fmt: skip


def others_see_the_budget(need: Need, in_worlds: InWorlds, other: Decimal | None = LOW) -> dict[str, list[str]]:
    calibrate()
    with_budget(need, HIGH)
    told = in_worlds(lambda: with_budget(need, other), "bo", "lin", "cy", "ana")
    return {person: differing(both) for person, both in told.items()}


@pytest.mark.parametrize("other", [LOW, None])
def test_another_budget_or_none_changes_no_byte_for_others_than_the_needs_side(
    need: Need, offers: list[Resource], in_worlds: InWorlds, other: Decimal | None
) -> None:
    changed = others_see_the_budget(need, in_worlds, other)
    assert changed["ana"], "the need's side is told, else nothing would be compared"
    assert changed["bo"] == changed["lin"] == changed["cy"] == []


@pytest.mark.parametrize("guard", ["numbers", "pairs"])
def test_the_comparison_goes_red_without_a_guard(
    need: Need, offers: list[Resource], in_worlds: InWorlds, monkeypatch: pytest.MonkeyPatch, guard: str
) -> None:
    if guard == "numbers":
        tell_all = explanations._told
        monkeypatch.setattr(explanations, "_told", lambda match, *, is_need_side: tell_all(match, is_need_side=True))
    else:
        both, nobody = scoping._RULES["matching.match"]

        def whatever_is_stored(principal: scoping.Principal) -> Any:
            return both(principal) | Q(resource__organization_id__in=principal.organizations)

        monkeypatch.setitem(scoping._RULES, "matching.match", (whatever_is_stored, nobody))
    assert others_see_the_budget(need, in_worlds)["lin"]


@pytest.fixture
def judge(settings: Any) -> Iterator[Running]:
    """A reranking model that may read all, and does so for the first two of a need only where it is left to it."""
    with serving(favors("系统5号")) as server:
        settings.EMBEDDING = replace(settings.EMBEDDING, sends_restricted=True)
        settings.RERANK = RerankSettings(url=f"{server.url}/rerank", model="judge")
        yield server


def test_a_model_that_reads_the_best_tells_no_budget(
    need: Need, offers: list[Resource], judge: Running, in_worlds: InWorlds, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reranking, "JUDGED", 2)
    changed = others_see_the_budget(need, in_worlds)
    assert judge.seen
    assert changed["ana"]
    assert changed["bo"] == changed["lin"] == changed["cy"] == []


def test_the_comparison_goes_red_where_only_the_best_are_read(
    need: Need, offers: list[Resource], judge: Running, in_worlds: InWorlds, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        reranking, "_rows_to_judge", lambda result, row: np.arange(len(result.pairs))[result.rows_of(row)][:2]
    )
    assert others_see_the_budget(need, in_worlds)["lin"]


def decide(world: World, resource: Resource, **parts: Any) -> None:
    """West says whom its resource serves."""
    resource.refresh_from_db()
    with_parts = ResourceParts(**parts)
    update_resource(principal_of(world.bo), resource_id=resource.pk, version=resource.version, with_parts=with_parts)


def test_an_exclusion_and_a_narrower_sharing_are_one_to_the_needs_side(
    world: World, need: Need, offers: list[Resource], in_worlds: InWorlds
) -> None:
    """In both worlds the offer is ruled out for what its own side alone knows."""
    decide(world, offers[1], exclusions=[{"organization": world.enterprise}])

    def share_instead() -> None:
        decide(world, offers[1], exclusions=[], grants=[{"scope": "zone", "zone": world.far}])

    told = in_worlds(share_instead, "ana", "eve", "auditor", "cy")
    for person, both in told.items():
        assert differing(both) == [], person


def test_an_exclusion_of_what_another_rule_takes_out_changes_no_byte(
    world: World, need: Need, offers: list[Resource], decoy: Resource, in_worlds: InWorlds
) -> None:
    def exclude() -> None:
        decide(world, decoy, exclusions=[{"organization": world.enterprise}])

    for person, both in in_worlds(exclude, "ana", "eve", "bo", "cy").items():
        assert differing(both) == [], person


@pytest.mark.parametrize("what", ["exclusions", "grants"])
def test_why_a_pair_has_gone_is_one_reason_to_the_needs_side(
    world: World, need: Need, offers: list[Resource], run_all: RunAll, client_of: ClientOf, what: str
) -> None:
    """Whom a resource excludes and with whom it is shared cannot be told apart, at either door."""
    before = run_all()
    rows = {"exclusions": {"organization": world.enterprise}, "grants": {"scope": "zone", "zone": world.far}}
    decide(world, offers[0], **{what: [rows[what]]})
    after = run_all()
    address = f"{after.public_id}/compare/?with={before.public_id}"
    body = client_of(world.ana).get(f"/api/v1/runs/{address}").json()
    (left,) = [change for change in body["needs"][0]["changes"] if change["kind"] == "left"]
    assert (left["removed_by"], left["reasons"]) == (TOLD_AS_CONDITIONS, ["constraint"])
    page = client_of(world.ana).get(f"/office/matching/matchrun/{address}").content.decode()
    assert "不满足对方条件" in page
    assert REASON_LABELS["excluded_by_resource"]["zh"] not in page
    assert REASON_LABELS["not_shared"]["zh"] not in page


def test_each_side_reads_its_own_reasons() -> None:
    tell = removals.told_reason
    assert tell("excluded_by_resource", is_need_side=False, is_resource_side=True) == "excluded_by_resource"
    assert tell("excluded_by_need", is_need_side=True, is_resource_side=False) == "excluded_by_need"
    assert tell("excluded_by_need", is_need_side=False, is_resource_side=True) == TOLD_AS_CONDITIONS
    assert tell("trl_gap", is_need_side=False, is_resource_side=False) == "trl_gap"


def test_what_the_other_side_alone_decides_and_hidden_resources_are_in_no_count() -> None:
    counts = {
        "not_visible": 4,
        "inactive": 2,
        "excluded_by_resource": 1,
        "not_shared": 2,
        "trl_gap": 3,
        "same_group": 1,
    }
    assert removals.told_counts(counts, scoping.VISITOR) == {"trl_gap": 3}
    assert removals.told_counts(counts, SYSTEM) == counts


@pytest.mark.parametrize(("accepted", "decided", "is_told"), [(31, 41, False), (1, 41, True)])
def test_the_acceptance_rate_is_told_in_steps_and_the_counts_behind_it_are_not(
    need: Need, offers: list[Resource], in_worlds: InWorlds, accepted: int, decided: int, is_told: bool
) -> None:
    def answer(accepted: int, decided: int) -> None:
        counts = {"accepted_count": accepted, "decided_count": decided}
        Resource.plain.filter(pk=offers[3].pk).update(version=F("version") + 1, **counts)
        follow_resources()

    answer(30, 40)
    told = in_worlds(lambda: answer(accepted, decided), "ana", "eve")
    for person, both in told.items():
        assert bool(differing(both)) is is_told, person


def test_earlier_matches_are_given_their_numbers_by_the_migration(
    need: Need, offers: list[Resource], run_all: RunAll
) -> None:
    with_budget(need, LOW)
    rows = Match.plain.filter(run=run_all()).order_by("pk").values_list("told_score", "told_confidence")
    stored = list(rows)
    Match.plain.update(told_score=0, told_confidence=0)
    with connection.cursor() as cursor:
        cursor.execute(import_module("matching.migrations.0010_told_numbers").FILL)
    for filled, told in zip(rows.all(), stored, strict=True):
        assert filled == pytest.approx(told, abs=1e-12)


def test_after_an_edit_the_other_side_is_told_only_what_the_need_says_now(world: World, need: Need) -> None:
    match = make_match(need, make_resource(zone=world.west, organization=world.laboratory), is_told=True)
    resource_side = scoping.scope_of(world.bo)
    assert Match.objects.visible_to(resource_side).filter(pk=match.pk).exists()
    Need.plain.filter(pk=need.pk).update(version=F("version") + 1)
    assert not Match.objects.visible_to(resource_side).filter(pk=match.pk).exists()
    assert Match.objects.visible_to(scoping.scope_of(world.ana)).filter(pk=match.pk).exists()


def test_what_others_are_told_of_is_explained_with_the_best_and_not_scored_again(
    need: Need, offers: list[Resource], run_all: RunAll, monkeypatch: pytest.MonkeyPatch
) -> None:
    with_budget(need, LOW)
    asked: list[Any] = []

    def note(run: MatchRun, wanted: Any) -> dict[Any, Any]:
        asked.append(wanted)
        return {}

    monkeypatch.setattr(publishing, "facts_of_pairs", note)
    run = run_all()
    told = Match.objects.visible_to(SYSTEM).filter(run=run, need=need, is_told=True, rank__gt=5)
    assert [match.facts["told_score"] for match in told]
    assert asked == [{}]
