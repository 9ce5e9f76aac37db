"""Every invariant is 0 on sound rows and goes red when its rows are broken."""

import json
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from io import StringIO
from uuid import uuid4

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from config.management.commands.check_invariants import ALL
from ledger.events import record_event
from ledger.models import OutboxEvent, Tick
from matching.choices import RunStage, RunState, Side
from matching.models import (
    Booking,
    CandidateList,
    ConsortiumMember,
    ConsortiumPart,
    Cooperation,
    Disclosure,
    EmbeddingStep,
    Exchange,
    ExchangeStep,
    Match,
    MatchRun,
    Need,
    ResourceDocument,
    RunStep,
)
from tests.builders import (
    make_code,
    make_match,
    make_need,
    make_organization,
    make_resource,
    make_run,
    plain_create,
    principal_of,
)
from tests.conftest import World
from tests.cooperations import make_cooperation
from tests.edges.sabotage import (
    ask_for_what_is_agreed_already,
    change_what_was_signed,
    confirm_a_record_alone,
    confirm_what_was_never_accepted,
    drop_constraint,
    end_an_agreement_without_a_step,
    forget_a_delivery,
    forget_a_lease_of_a_delivery,
    forget_to_plan,
    leave_an_event_untold,
    let_a_digest_leave_it,
    meet_somebody_who_has_called_off,
    miscount_the_hours,
    pay_in_for_nobody,
    promise_for_nobody,
    rate_too_early,
    record_a_fund_twice,
    record_without_a_record,
    report_on_no_target,
    send_twice,
    take_a_seat_for_nobody,
    tell_without_a_delivery,
    unpublish_an_event,
)
from tests.exchanges import make_consent, make_exchange
from tests.requests import accepted, asked, known, offered, served
from tests.teams import make_team
from zones.models import Organization, OrganizationAlias, Resource
from zones.services.service_requests import cancel_request


def counts() -> dict[str, int]:
    out = StringIO()
    with suppress(SystemExit):
        call_command("check_invariants", "--json", stdout=out)
    found: dict[str, int] = json.loads(out.getvalue())
    return found


def sound(world: World) -> Match:
    """One live match on sound rows."""
    make_code("industry", "1.2")
    need = make_need(organization=world.enterprise, industry_codes=["1.2"])
    resource = make_resource(organization=world.laboratory, industry_codes=["1.2"])
    run = make_run()
    RunStep.objects.create(
        run=run, stage=RunStage.SCORE, state="leased", lease_until=timezone.now() + timedelta(seconds=5)
    )
    RunStep.objects.create(run=run, stage=RunStage.TEAM, need_ids=[need.pk])
    make_team(need, resource, run=run)
    ResourceDocument.objects.create(
        resource=resource,
        resource_version=1,
        encoding=1,
        sequence=1,
        is_searchable=True,
        tokens="",
        scopes=[],
        packed=b"",
    )
    return make_match(need, resource, run=run)


def repeat_outbox_key(match: Match) -> None:
    drop_constraint("ledger_outboxevent", "%dedupe_key_%")
    event = OutboxEvent.objects.get(object_public_id=match.run.public_id)
    event.pk, event.kind = None, "run.noticed"
    event.save()


def repeat_tick(match: Match) -> None:
    drop_constraint("ledger_tick", "one_tick_per_slot")
    now = timezone.now()
    Tick.objects.bulk_create(Tick(task="sweep", due_slot=now) for _ in range(2))


def lose_candidates(match: Match) -> None:
    CandidateList.objects.filter(need=match.need).delete()


def point_to_an_unfinished_run(match: Match) -> None:
    MatchRun.plain.filter(pk=match.run_id).update(state=RunState.SCORING)


def publish_twice(match: Match) -> None:
    OutboxEvent.objects.create(
        kind="run.published", object_type="x", object_public_id=match.run.public_id, dedupe_key="again"
    )


def publish_without_telling(match: Match) -> None:
    OutboxEvent.objects.filter(kind="run.published").delete()


def oversell(match: Match) -> None:
    make_match(make_need(), match.resource, run=match.run)


def promise_a_held_place_to_a_team(match: Match) -> None:
    make_team(make_need(), match.resource)


def forget_a_lease(match: Match) -> None:
    long_ago = timezone.now() - timedelta(seconds=settings.LEASE_SECONDS + 1)
    RunStep.objects.filter(run=match.run).update(lease_until=long_ago)


def forget_a_lease_of_embedding(match: Match) -> None:
    long_ago = timezone.now() - timedelta(seconds=settings.LEASE_SECONDS + 1)
    EmbeddingStep.objects.create(
        kind="need", model="m", object_ids=[match.need_id], state=EmbeddingStep.State.LEASED, lease_until=long_ago
    )


def lose_dates(match: Match) -> None:
    drop_constraint("matching_need", "open_need_has_dates")
    Need.plain.filter(pk=match.need_id).update(expires_on=None)


def use_an_unknown_code(match: Match) -> None:
    Resource.plain.filter(pk=match.resource_id).update(modes=["nothing"])


def change_the_score(match: Match) -> None:
    Match.plain.filter(pk=match.pk).update(score=match.score + 1e-6)


def join_a_group(match: Match) -> None:
    group = make_organization()
    for organization in (match.need.organization, match.resource.organization):
        type(organization).plain.filter(pk=organization.pk).update(parent=group)


def match_with_itself(match: Match) -> None:
    Need.plain.filter(pk=match.need_id).update(organization=match.resource.organization)


def date_a_document_ahead(match: Match) -> None:
    ResourceDocument.objects.update(resource_version=2)


def lose_a_told_record(match: Match) -> None:
    record_event("need.drafted", object_type="matching.need", public_id=uuid4())


def change_behind_the_history(match: Match) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE zones_organization DISABLE TRIGGER USER")
    Organization.plain.filter(pk=match.need.organization_id).update(version=9)


def publish_before_all_is_done(match: Match) -> None:
    MatchRun.plain.filter(pk=match.run_id).update(need_total=7)


def forget_who_covers_a_part(match: Match) -> None:
    ConsortiumPart.plain.filter(position=0).update(member=None, resource=None, zone=None)


def lend_a_member_to_another_team(match: Match) -> None:
    another = make_team(make_need(), make_resource())
    ConsortiumPart.plain.filter(proposal=another, position=0).update(
        member=ConsortiumMember.plain.get(proposal__need=match.need)
    )


def learn_another_name(match: Match) -> None:
    """The need was opened before anybody knew that its organization is called so."""
    Need.plain.filter(pk=match.need_id).update(summary_zh="兆和智造的产线需要检测。")
    OrganizationAlias.objects.create(organization=match.need.organization, name="兆和智造")


def put_a_number_into_a_metric(match: Match) -> None:
    match.need.metrics.update(name_zh="致电13812345678")


def overbook(match: Match) -> None:
    for slot in range(match.resource.capacity + 1):
        exchange = make_exchange(make_need(), match.resource, state="consent_pending")
        plain_create(Booking, {"exchange": exchange, "resource": match.resource, "slot": slot})


def book_for_what_has_ended(match: Match) -> None:
    ended = {"state": "failed", "exit_reason": "time", "exit_side": "need", "ended_at": timezone.now()}
    exchange = make_exchange(match.need, match.resource, **ended)
    plain_create(Booking, {"exchange": exchange, "resource": match.resource, "slot": 0})


def agree_without_a_cooperation(match: Match) -> None:
    make_exchange(match.need, match.resource, state="agreed")


def confirm_without_the_exchange(match: Match) -> None:
    exchange = make_exchange(match.need, match.resource, state="negotiating")
    make_cooperation(match.need.organization, match.resource.organization, source="match", exchange=exchange)


def run_without_a_step(match: Match) -> None:
    row = make_cooperation(match.need.organization, match.resource.organization)
    Cooperation.plain.filter(pk=row.pk).update(state="running")


def confirm_for_a_party_that_did_not(match: Match) -> None:
    make_cooperation(match.need.organization, match.resource.organization, confirmed_by="parties")


def move_without_a_step(match: Match) -> None:
    exchange = make_exchange(match.need, match.resource, state="consent_pending")
    Exchange.plain.filter(pk=exchange.pk).update(state="negotiating")


def jump_over_a_step(match: Match) -> None:
    exchange = make_exchange(match.need, match.resource, state="consent_pending")
    steps = {"exchange": exchange, "from_state": "disclosed", "to_state": "consent_pending"}
    plain_create(ExchangeStep, steps)


def show_before_consent(match: Match) -> None:
    exchange = make_exchange(match.need, match.resource, state="consent_pending")
    consent = make_consent(exchange, Side.RESOURCE)
    shown = {
        "side": "need",
        "contact": consent.contact,
        "fields": ["phone"],
        "seen_at": consent.given_at - timedelta(1),
    }
    plain_create(Disclosure, {"exchange": exchange, "consent": consent} | shown)


SABOTAGE: list[tuple[str, Callable[[Match], None]]] = [
    ("one_outbox_row_per_key", repeat_outbox_key),
    ("one_tick_per_slot", repeat_tick),
    ("live_pointer_complete", lose_candidates),
    ("live_pointer_complete", point_to_an_unfinished_run),
    ("run_published_once", publish_twice),
    ("run_published_once", publish_without_telling),
    ("capacity_not_oversold", oversell),
    ("capacity_not_oversold", promise_a_held_place_to_a_team),
    ("no_overdue_lease", forget_a_lease),
    ("no_overdue_lease", forget_a_lease_of_embedding),
    ("open_need_has_dates", lose_dates),
    ("codes_exist", use_an_unknown_code),
    ("score_is_sum", change_the_score),
    ("no_match_within_group", join_a_group),
    ("no_match_within_group", match_with_itself),
    ("told_is_stored", lose_a_told_record),
    ("history_is_complete", change_behind_the_history),
    ("published_run_is_done", publish_before_all_is_done),
    ("document_not_newer", date_a_document_ahead),
    ("open_need_tells_nobody", learn_another_name),
    ("open_need_tells_nobody", put_a_number_into_a_metric),
    ("places_not_overbooked", overbook),
    ("places_not_overbooked", book_for_what_has_ended),
    ("exchange_path_is_legal", move_without_a_step),
    ("exchange_path_is_legal", jump_over_a_step),
    ("exchange_path_is_legal", show_before_consent),
    ("agreed_is_cooperation", agree_without_a_cooperation),
    ("agreed_is_cooperation", confirm_without_the_exchange),
    ("cooperation_path_is_legal", run_without_a_step),
    ("cooperation_path_is_legal", confirm_for_a_party_that_did_not),
    ("events_are_planned", leave_an_event_untold),
    ("events_are_planned", forget_to_plan),
    ("no_silent_notice", tell_without_a_delivery),
    ("no_silent_notice", let_a_digest_leave_it),
    ("one_delivery_per_due", send_twice),
    ("no_forgotten_delivery", forget_a_delivery),
    ("no_old_delivery_lease", forget_a_lease_of_a_delivery),
    ("event_seats_are_counted", take_a_seat_for_nobody),
    ("event_meetings_have_guests", meet_somebody_who_has_called_off),
    ("event_path_is_legal", unpublish_an_event),
    ("agreement_path_is_legal", end_an_agreement_without_a_step),
    ("agreement_is_whole", promise_for_nobody),
    ("agreement_is_whole", change_what_was_signed),
    ("team_covers_its_claim", forget_who_covers_a_part),
    ("team_covers_its_claim", lend_a_member_to_another_team),
    ("fund_adds_up", pay_in_for_nobody),
    ("fund_recorded_once", record_a_fund_twice),
    ("policy_actuals_have_targets", report_on_no_target),
    ("request_path_is_legal", confirm_what_was_never_accepted),
    ("request_path_is_legal", ask_for_what_is_agreed_already),
    ("request_adds_up", record_without_a_record),
    ("request_adds_up", confirm_a_record_alone),
    ("request_adds_up", rate_too_early),
    ("request_adds_up", miscount_the_hours),
]


def test_sound_rows_break_no_invariant(world: World) -> None:
    sound(world)
    served(world)
    cancel_request(
        principal_of(world.eve),
        reason="price",
        **known(accepted(world, asked(world, offered(world, name_zh="另一台"))), 2),
    )
    assert counts() == dict.fromkeys([invariant.name for invariant in ALL], 0)
    call_command("check_invariants", stdout=StringIO())


@pytest.mark.parametrize(("name", "break_it"), SABOTAGE, ids=[function.__name__ for _, function in SABOTAGE])
def test_an_invariant_goes_red_when_its_rows_are_broken(
    world: World, name: str, break_it: Callable[[Match], None]
) -> None:
    break_it(sound(world))
    assert {key for key, count in counts().items() if count} == {name}


def test_every_invariant_has_a_sabotage() -> None:
    assert {name for name, _ in SABOTAGE} == {invariant.name for invariant in ALL}


def test_a_violation_ends_the_command_with_exit_code_1(world: World) -> None:
    change_the_score(sound(world))
    out = StringIO()
    with pytest.raises(SystemExit) as stop:
        call_command("check_invariants", stdout=out)
    assert stop.value.code == 1
    assert "score_is_sum" in out.getvalue()
