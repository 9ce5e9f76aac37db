"""How rows of requests, events, notices and mechanisms are broken, each so that one invariant sees it."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

from django.db import connection
from django.utils import timezone

from ledger.models import ChangeMark
from matching.models import Agreement, Event, EventRegistration, Match
from notifications.models import Delivery, Notice
from tests.agreements import make_agreement, make_commitment
from tests.builders import make_user, plain_create
from tests.events import make_event, make_event_meeting, make_registration
from tests.requests import columns_of, make_rating, make_record, make_request
from zones.choices import RequestSide
from zones.models import Fund, FundPayment, PolicyActual, PolicyDocument, ServiceRequest
from zones.scoping import today


def drop_constraint(table: str, pattern: str) -> None:
    """The database refuses such rows: only without its constraint can the check be shown to see them."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(
            "SELECT conname FROM pg_constraint WHERE conrelid = %s::regclass AND conname LIKE %s", [table, pattern]
        )
        for (name,) in cursor.fetchall():
            cursor.execute(f'ALTER TABLE {table} DROP CONSTRAINT "{name}"')


def request_for(match: Match, **fields: Any) -> Any:
    return make_request(resource=match.resource, organization=match.need.organization, **fields)


def move(request: ServiceRequest, *states: str) -> None:
    """Behind the services, with the columns a state asks for."""
    for state in states:
        ServiceRequest.plain.filter(pk=request.pk).update(**columns_of(state))


def confirm_what_was_never_accepted(match: Match) -> None:
    request = request_for(match)
    make_record(request, confirmed_at=timezone.now())
    move(request, "confirmed")


def ask_for_what_is_agreed_already(match: Match) -> None:
    request_for(match, state="accepted")


def record_without_a_record(match: Match) -> None:
    move(request_for(match), "accepted", "recorded")


def confirm_a_record_alone(match: Match) -> None:
    request = request_for(match)
    move(request, "accepted", "recorded")
    make_record(request, confirmed_at=timezone.now())


def rate_too_early(match: Match) -> None:
    make_rating(request_for(match), RequestSide.REQUESTER)


def miscount_the_hours(match: Match) -> None:
    request_for(match, price_unit="hour", price_from=100, hours=2, estimate_from=200, estimate_to=300)


def notify(match: Match, **fields: object) -> None:
    """A notice of an account, told at once and sent."""
    user, public_id = make_user(), match.run.public_id
    ended = {"state": "sent", "finished_at": timezone.now()}
    sent = {"user": user, "channel": "mail", "kind": "notice", "dedupe_key": str(uuid4())} | ended
    delivery = plain_create(Delivery, sent | {key: value for key, value in fields.items() if key in DELIVERY_FIELDS})
    told = {"user": user, "kind": "run.published", "topic": "matches", "object_type": "x", "delivery": delivery}
    told |= {"object_public_id": public_id, "rhythm": "immediate", "happened_at": timezone.now()}
    more = {key: value for key, value in fields.items() if key not in DELIVERY_FIELDS}
    plain_create(Notice, told | {"dedupe_key": str(uuid4())} | more)


DELIVERY_FIELDS = ("state", "lease_until", "finished_at", "next_at", "dedupe_key")
LONG_AGO = timedelta(days=40)


def leave_an_event_untold(match: Match) -> None:
    ChangeMark.objects.create(subject="outbox_failed", object_id=1)


def forget_to_plan(match: Match) -> None:
    ChangeMark.objects.filter(subject="outbox").update(created_at=timezone.now() - LONG_AGO)


def tell_without_a_delivery(match: Match) -> None:
    notify(match, delivery=None)


def let_a_digest_leave_it(match: Match) -> None:
    notify(match, delivery=None, rhythm="weekly")
    Notice.plain.update(created_at=timezone.now() - LONG_AGO)


def send_twice(match: Match) -> None:
    drop_constraint("notifications_delivery", "%dedupe_key%")
    notify(match, dedupe_key="again")
    notify(match, dedupe_key="again")


def forget_a_delivery(match: Match) -> None:
    notify(match, state="pending", finished_at=None, next_at=timezone.now() - LONG_AGO)


def forget_a_lease_of_a_delivery(match: Match) -> None:
    notify(match, state="leased", finished_at=None, lease_until=timezone.now() - LONG_AGO)


def event_with_a_meeting(match: Match) -> Event:
    event = make_event(zone=match.need.zone)
    owners = (match.need.organization, match.resource.organization)
    make_event_meeting(*(make_registration(event, owner) for owner in owners))
    return event


def take_a_seat_for_nobody(match: Match) -> None:
    Event.plain.filter(pk=event_with_a_meeting(match).pk).update(taken=9)


def meet_somebody_who_has_called_off(match: Match) -> None:
    event = event_with_a_meeting(match)
    EventRegistration.plain.update(state="cancelled", cancelled_at=timezone.now())
    Event.plain.filter(pk=event.pk).update(taken=0)


def unpublish_an_event(match: Match) -> None:
    Event.plain.filter(pk=event_with_a_meeting(match).pk).update(state="draft", published_at=None)


def end_an_agreement_without_a_step(match: Match) -> None:
    row = _agreement(match)
    Agreement.plain.filter(pk=row.pk).update(state="expired")


def promise_for_nobody(match: Match) -> None:
    make_commitment(_agreement(match), party_position=3)


def change_what_was_signed(match: Match) -> None:
    Agreement.plain.filter(pk=_agreement(match).pk).update(document_sha256="0" * 64)


def _agreement(match: Match) -> Agreement:
    return make_agreement(match.need.zone, match.resource.organization)


def pay_in_for_nobody(match: Match) -> None:
    values = {"zone": match.need.zone, "title_zh": "基金", "size": 10, "established_on": today()}
    fund = plain_create(Fund, values)
    plain_create(FundPayment, {"fund": fund, "position": 1, "commitment_number": 1, "amount": 1, "paid_on": today()})


def record_a_fund_twice(match: Match) -> None:
    values = {"zone": match.need.zone, "title_zh": "基金", "size": 10, "established_on": today()}
    plain_create(Fund, values)
    plain_create(Fund, values | {"established_on": today() - timedelta(1)})


def report_on_no_target(match: Match) -> None:
    document = plain_create(PolicyDocument, {"zone": match.need.zone, "title_zh": "方案", "issued_on": today()})
    actual = {"target_number": 1, "as_of": today(), "actual_count": 1, "evidence_zh": "年报"}
    plain_create(PolicyActual, {"document": document, "position": 1, **actual})
