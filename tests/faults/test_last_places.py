"""P7: runs that publish at the same time never promise a place twice, and of those who accept at the same time one gets
the last place. Two thousand races of runs and two thousand accepts, on real connections.
"""

from collections.abc import Sequence
from threading import Barrier, Thread

import pytest
from django.db import connection, transaction

from matching.choices import ExchangeState, RunState
from matching.models import LIVE, Booking, CandidateList, LiveResult, Match, MatchRun, Need
from matching.services.exchanges import accept_interest
from matching.services.invariants import exchanges_off_their_path, overbooked_resources, oversold_resources
from matching.store import NewMatch, publish, save_matches
from tests.builders import make_facts, make_need, make_organization, make_resource, make_run, make_user
from tests.conftest import World
from tests.exchanges import make_exchange
from zones.errors import Conflict
from zones.models import Resource
from zones.scoping import SYSTEM

pytestmark = pytest.mark.django_db(transaction=True)
RACES_PER_BATCH, BATCHES, RIVALS = 250, 8, 2
ACCEPT_RACES, ACCEPT_RIVALS = 500, 4
TIMEOUT_SECONDS = 60
FACTS = make_facts(0.5)


def scarce_resources(world: World) -> list[Resource]:
    owner = make_organization(zone=world.west)
    return [
        make_resource(zone=world.west, organization=owner, name_zh=f"仪器{number}", capacity=1)
        for number in range(RACES_PER_BATCH)
    ]


def needs_of_one_rival(world: World) -> list[Need]:
    author = make_user()
    return [
        make_need(zone=world.east, organization=world.enterprise, author=author, metrics=0)
        for _ in range(RACES_PER_BATCH)
    ]


def ready_run(needs: Sequence[Need]) -> MatchRun:
    """A run that has scored its needs and is about to publish."""
    run = make_run(state=RunState.ASSIGNING, published_at=None)
    empty = {"resource_ids": [], "resource_versions": [], "parts": b"", "scores": []}
    CandidateList.objects.bulk_create(
        CandidateList(run=run, need=need, need_version=1, confidences=[], rank_values=[], **empty) for need in needs
    )
    return run


def race(runs: Sequence[MatchRun], needs: Sequence[Sequence[Need]], resources: Sequence[Resource]) -> None:
    """Every run promises every resource, and all publish at once."""
    start, errors = Barrier(len(runs), timeout=TIMEOUT_SECONDS), list[BaseException]()

    def publish_one(run: MatchRun, own: Sequence[Need]) -> None:
        pairs = zip(own, resources, strict=True)
        matches = [NewMatch(need.pk, 1, row.pk, 1, 1, 0.5, 0.8, FACTS, True, True) for need, row in pairs]
        try:
            with transaction.atomic():
                save_matches(run, matches)
                start.wait()
                publish(run, counts={})
        except BaseException as error:
            errors.append(error)
            start.abort()
        finally:
            connection.close()

    threads = [Thread(target=publish_one, args=pair) for pair in zip(runs, needs, strict=True)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(TIMEOUT_SECONDS)
    assert errors == []


def test_two_thousand_races_for_a_last_place_have_one_winner_each(world: World) -> None:
    resources = scarce_resources(world)
    needs = [needs_of_one_rival(world) for _ in range(RIVALS)]
    for _ in range(BATCHES):
        LiveResult.objects.all().delete()
        Match.plain.all().delete()
        race([ready_run(own) for own in needs], needs, resources)
        assert oversold_resources() == 0
        assert LiveResult.objects.count() == RIVALS * RACES_PER_BATCH
        winners = Match.plain.filter(LIVE, is_assigned=True)
        assert winners.count() == winners.values("resource").distinct().count() == RACES_PER_BATCH


def accept(exchange_id: int) -> str:
    """What accepting came to: the new state, or what it was refused with."""
    try:
        return str(accept_interest(SYSTEM, exchange_id=exchange_id, version=None).state)
    except Conflict as error:
        return error.message


def accept_in_turn(work: Sequence[int], start: Barrier, outcomes: list[str]) -> None:
    """One accept after the other, each at the moment at which the rival accepts for the same place."""
    try:
        for exchange_id in work:
            start.wait()
            outcomes.append(accept(exchange_id))
    finally:
        start.abort()
        connection.close()


def waiting_exchanges(needs: Sequence[Need], resources: Sequence[Resource]) -> list[list[int]]:
    """Of each need one interest in each resource, unanswered."""
    return [[make_exchange(need, resource).pk for resource in resources] for need in needs]


def rivals_accept(rivals: Sequence[Sequence[int]]) -> list[str]:
    start, outcomes = Barrier(len(rivals), timeout=TIMEOUT_SECONDS), list[str]()
    threads = [Thread(target=accept_in_turn, args=(work, start, outcomes)) for work in rivals]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return outcomes


def test_of_two_thousand_who_accept_for_last_places_one_for_each_gets_it(world: World) -> None:
    make_run()
    owner, author = make_organization(zone=world.west), make_user()
    resources = [make_resource(zone=world.west, organization=owner, capacity=1) for _ in range(ACCEPT_RACES)]
    needs = [make_need(zone=world.east, organization=world.enterprise, author=author) for _ in range(ACCEPT_RIVALS)]
    outcomes = rivals_accept(waiting_exchanges(needs, resources))
    assert len(outcomes) == ACCEPT_RIVALS * ACCEPT_RACES
    assert outcomes.count(ExchangeState.CONSENT_PENDING) == ACCEPT_RACES
    assert sum("现已排满" in outcome for outcome in outcomes) == (ACCEPT_RIVALS - 1) * ACCEPT_RACES
    standing = Booking.plain.filter(released_at__isnull=True)
    assert standing.count() == standing.values("resource").distinct().count() == ACCEPT_RACES
    assert (overbooked_resources(), exchanges_off_their_path()) == (0, 0)
