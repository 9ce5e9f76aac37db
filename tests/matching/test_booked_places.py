"""Places that exchanges hold are not proposed to others: documents, assignment and teams know them within seconds."""

from collections.abc import Callable

import pytest
from django.db import connection, transaction

from matching.choices import ExchangeState
from matching.engine.records import encode_resource
from matching.models import LIVE, Booking, Exchange, Match, MatchRun, Need, ResourceDocument, RunStep
from matching.services.consortia import _Places
from matching.services.exchanges import accept_interest, give_up
from matching.services.invariants import oversold_resources
from matching.services.publishing import assign_and_publish
from matching.services.runs import start_delta
from matching.services.steps import work_on, work_until_idle
from matching.services.watch import look
from matching.snapshot import read_resource_facts
from tests.builders import make_match, make_need, make_resource
from tests.conftest import World
from tests.exchanges import make_exchange
from tests.matching.conftest import make_wafer_inspection
from zones.models import Resource
from zones.scoping import SYSTEM, today

pytestmark = pytest.mark.django_db(transaction=True)
RunAll = Callable[[], MatchRun]


def rival_of(world: World, need: Need) -> Need:
    title, text = need.title_zh, need.summary_zh
    return make_need(zone=world.east, organization=world.enterprise, title_zh=title, summary_zh=text)


def booked(need: Need, resource: Resource) -> Exchange:
    """The exchange of this pair, accepted: it holds a place."""
    exchange = make_exchange(need, resource)
    return accept_interest(SYSTEM, exchange_id=exchange.pk, version=None)


def settle() -> None:
    work_until_idle()
    while look() is not None:
        work_until_idle()


def proposed(resource: Resource) -> set[int]:
    """The needs to which the resource is proposed now."""
    found = Match.plain.filter(LIVE, resource=resource)
    return set(found.values_list("need_id", flat=True))


def assigned(resource: Resource) -> set[int]:
    found = Match.plain.filter(LIVE, resource=resource, is_assigned=True)
    return set(found.values_list("need_id", flat=True))


def test_a_resource_whose_places_are_booked_is_proposed_again_once_one_is_free(
    world: World, need: Need, run_all: RunAll
) -> None:
    rival, scarce = rival_of(world, need), make_wafer_inspection(world, "检测系统", diameter_mm=200, capacity=1)
    run_all()
    assert proposed(scarce) == {need.pk, rival.pk}
    exchange = booked(need, scarce)
    settle()
    assert (proposed(scarce), oversold_resources()) == (set(), 0)
    assert Exchange.plain.get().state == ExchangeState.CONSENT_PENDING
    give_up(SYSTEM, exchange_id=exchange.pk, version=None, reason="price", side="need")
    settle()
    assert proposed(scarce) == {need.pk, rival.pk}
    assert len(assigned(scarce)) == 1


def test_a_document_counts_free_places_wherever_a_booking_goes(world: World, need: Need, run_all: RunAll) -> None:
    rows = [make_wafer_inspection(world, f"检测系统{number}", diameter_mm=200, capacity=2) for number in (1, 2)]
    run_all()
    booked(need, rows[0])
    settle()
    assert [facts.capacity for facts in read_resource_facts([row.pk for row in rows], on=today())] == [1, 2]
    Booking.plain.update(resource=rows[1])
    settle()
    read = read_resource_facts([row.pk for row in rows], on=today())
    assert [facts.capacity for facts in read] == [2, 1]
    kept = {row.pk: bytes(row.packed) for row in ResourceDocument.objects.all()}
    assert kept == {facts.id: encode_resource(facts) for facts in read}


def test_who_has_booked_a_place_takes_no_second_one(world: World, need: Need, run_all: RunAll) -> None:
    rival, scarce = rival_of(world, need), make_wafer_inspection(world, "检测系统", diameter_mm=200, capacity=2)
    run_all()
    assert assigned(scarce) == {need.pk, rival.pk}
    booked(need, scarce)
    settle()
    late = rival_of(world, need)
    settle()
    assert proposed(scarce) == {need.pk, rival.pk, late.pk}
    assert (len(assigned(scarce)), need.pk in assigned(scarce), oversold_resources()) == (1, False, 0)
    assert (run_all().counts["released"], len(assigned(scarce))) == (0, 1)


def test_a_place_booked_while_a_run_assigns_is_not_promised_by_it(world: World, need: Need, run_all: RunAll) -> None:
    rival, scarce = rival_of(world, need), make_wafer_inspection(world, "检测系统", diameter_mm=200, capacity=1)
    run_all()
    run = start_delta([need.pk, rival.pk], reason="test")
    while step := RunStep.objects.filter(run=run, state="queued").exclude(stage="assign").first():
        work_on(step.pk)
    publish = assign_and_publish(RunStep.objects.select_related("run__config").get(run=run, stage="assign"))
    booked(need, scarce)
    with transaction.atomic():
        publish()
    assert (assigned(scarce), oversold_resources()) == (set(), 0)


def test_a_team_finds_taken_what_exchanges_of_others_hold(world: World, need: Need, run_all: RunAll) -> None:
    scarce = make_wafer_inspection(world, "检测系统", diameter_mm=200, capacity=2)
    run_all()
    booked(need, scarce)
    rival = rival_of(world, need)
    assert _Places(rival.pk, {}).of([scarce.pk]) == {scarce.pk: 1}
    assert _Places(need.pk, {}).of([scarce.pk]) == {scarce.pk: 2}


def test_a_promise_beyond_what_was_booked_before_it_is_told(world: World, need: Need, run_all: RunAll) -> None:
    run_all()
    other = make_need(zone=world.east, organization=world.enterprise)
    resource = make_resource(organization=world.laboratory, capacity=1)
    match = make_match(other, resource, is_assigned=True)
    booked(need, resource)
    assert oversold_resources() == 0  # the promise is older than the booking, and waits for its next run
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE matching_liveresult SET published_at = clock_timestamp() WHERE run_id = %s", [match.run_id]
        )
    assert oversold_resources() == 1
