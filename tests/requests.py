"""Builders of requests for service, and the steps of one told through its services."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

from django.utils import timezone

from accounts.models import User
from ledger.models import OutboxEvent
from tests.builders import make_resource, plain_create, principal_of
from tests.conftest import World
from zones.choices import RequestKind, RequestSide, RequestState
from zones.models import Resource, ServiceEntry, ServiceRating, ServiceRecord, ServiceRequest
from zones.models.service_requests import AGREED, ENDED, WAITING
from zones.scoping import today
from zones.services.service_records import confirm_record, record_service
from zones.services.service_requests import accept_request, ask_back, reply_to_question, send_request

PURPOSE = "检测 6 英寸外延片 20 片，需要缺陷分布图。"


def make_request(**fields: Any) -> ServiceRequest:
    """A request in any state, with what the state requires."""
    day = today()
    values: dict[str, Any] = {
        "kind": RequestKind.COMMISSIONED, "wished_from": day + timedelta(3), "wished_to": day + timedelta(4),
        "purpose": PURPOSE, "zone": fields["organization"].zone,
    }  # fmt: skip
    return plain_create(ServiceRequest, values | columns_of(fields.get("state", RequestState.SENT)) | fields)


def columns_of(state: str) -> dict[str, Any]:
    """A state, and what it requires of its columns."""
    day = today()
    terms = ("remind_on", "due_on", "expires_on", "ended_at")
    values: dict[str, Any] = {"state": state, "ended_side": ""} | dict.fromkeys(terms)
    if state in AGREED or state == RequestState.CANCELLED:
        values |= {"agreed_from": day, "agreed_to": day, "agreed_fee": Decimal(800)}
    if state in ENDED:
        values |= {"ended_at": timezone.now(), "ended_side": RequestSide.PROVIDER}
    else:
        values |= {"remind_on": day + timedelta(5), "due_on": day + timedelta(7)}
    if state in WAITING:
        values |= {"expires_on": day + timedelta(21)}
    if state in (RequestState.DECLINED, RequestState.CANCELLED):
        values |= {"reason": "no_time"}
    return values


def make_entry(request: ServiceRequest, **fields: Any) -> ServiceEntry:
    values = {"request": request, "kind": "message", "side": RequestSide.REQUESTER, "text": "请问何时可以送样？"}
    return plain_create(ServiceEntry, values | fields)


def make_record(request: ServiceRequest, **fields: Any) -> ServiceRecord:
    values = {"request": request, "started_on": today(), "ended_on": today(), "fee": Decimal(800)}
    return plain_create(ServiceRecord, values | fields)


def make_rating(request: ServiceRequest, side: str, **fields: Any) -> ServiceRating:
    return plain_create(ServiceRating, {"request": request, "side": side, "stars": 5} | fields)


def offered(world: World, **fields: Any) -> Resource:
    """An instrument of Lin's laboratory at 400 to 500 元 an hour, which the whole nation sees."""
    values: dict[str, Any] = {
        "organization": world.laboratory, "name_zh": "外延片缺陷检测仪", "kind": "equipment", "visibility": "national",
        "price_from": Decimal(400), "price_to": Decimal(500), "price_unit": "hour",
    }  # fmt: skip
    return make_resource(**(values | fields))


def asked(world: World, resource: Resource | None = None, *, by: User | None = None, **fields: Any) -> ServiceRequest:
    """Eve's enterprise asks for two hours."""
    values: dict[str, Any] = {
        "organization": world.enterprise, "kind": RequestKind.COMMISSIONED, "wished_from": today() + timedelta(3),
        "wished_to": today() + timedelta(4), "purpose": PURPOSE, "hours": Decimal(2), "quantity": 20,
    }  # fmt: skip
    resource = resource or offered(world)
    return send_request(principal_of(by or world.eve), resource_id=resource.pk, **(values | fields))


def accepted(world: World, row: ServiceRequest, *, by: User | None = None, **fields: Any) -> ServiceRequest:
    """Lin's laboratory agrees on today, for 900 元."""
    values: dict[str, Any] = {"agreed_from": today(), "agreed_to": today(), "agreed_fee": Decimal(900)}
    known = {"request_id": row.pk, "version": row.version}
    return accept_request(principal_of(by or world.lin), **(known | values | fields))


def recorded(world: World, row: ServiceRequest, **fields: Any) -> ServiceRequest:
    """Lin's laboratory tells that it was done today, for 850 元."""
    values: dict[str, Any] = {
        "started_on": today(), "ended_on": today(), "fee": Decimal(850), "hours": Decimal("1.5"), "result": "已出报告。"
    }  # fmt: skip
    known = {"request_id": row.pk, "version": row.version}
    return record_service(principal_of(world.lin), **(known | values | fields))


def served(world: World, resource: Resource | None = None) -> ServiceRequest:
    """Asked for, agreed on, done and confirmed."""
    row = recorded(world, accepted(world, asked(world, resource)))
    return confirm_record(principal_of(world.eve), request_id=row.pk, version=row.version)


def known(row: ServiceRequest, version: int | None) -> dict[str, Any]:
    return {"request_id": row.pk, "version": version}


def placed(world: World, state: str) -> ServiceRequest:
    row = make_request(resource=offered(world), organization=world.enterprise, state=state)
    if state in ("recorded", "disputed", "confirmed"):
        make_record(row)
    return row


def question(world: World, row: ServiceRequest) -> ServiceRequest:
    row.refresh_from_db()
    return ask_back(principal_of(world.lin), text="请补充样品尺寸。", **known(row, row.version))


def reply(world: World, row: ServiceRequest, **wishes: Any) -> ServiceRequest:
    row.refresh_from_db()
    return reply_to_question(principal_of(world.eve), text="6 英寸。", **known(row, row.version), **wishes)


def told(row: ServiceRequest) -> list[str]:
    """What the outbox tells of a request, in order."""
    rows = OutboxEvent.objects.filter(object_public_id=row.public_id).order_by("pk")
    return [kind.removeprefix("service_request.") for kind in rows.values_list("kind", flat=True)]
