"""Sending again, by hand, what could not be delivered or of which nobody knows whether it was."""

from typing import Any, Final
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.db.models.functions import Now
from django.utils.translation import gettext as _

from ledger.bell import ring_after_commit
from ledger.events import record_event
from notifications.bells import bell_of
from notifications.choices import DeliveryState
from notifications.models import Delivery, Endpoint
from zones.errors import Conflict, IllegalTransition, NotAllowed, NotFound
from zones.scoping import Principal

MOST: Final = 100
REPLAYABLE: Final = (DeliveryState.DEAD, DeliveryState.UNKNOWN)


@transaction.atomic
def replay_delivery(principal: Principal, *, public_id: UUID, version: int | None = None) -> Delivery:
    """Put a message back into the queue, under its id, with all its attempts before it; what it says, and whether its
    recipient may still be told, is asked for anew. `version`: what was seen of it, so that what was asked for once is
    never sent twice.

    Raises NotFound, NotAllowed, Conflict where it has moved since, and IllegalTransition for one that was sent or
    waits, or whose endpoint is switched off.
    """
    row = _kept_or_error(principal, public_id)
    if row.state not in REPLAYABLE:
        raise IllegalTransition(_("只有未能发出或结果不明的消息可以重发。"))
    if version is not None and row.version != version:
        raise Conflict(_("这条消息此后已重发过：请刷新，按最新结果再决定。"))
    if row.endpoint is not None and not row.endpoint.is_enabled:
        raise IllegalTransition(_("接收端已停用：请先启用，再重发。"))
    again = {"state": DeliveryState.PENDING, "attempts": 0, "next_at": Now(), "finished_at": None, "reason": ""}
    Delivery.objects.editable_by(principal).filter(pk=row.pk).update(**again, rung_at=None, fence=row.fence + 1)
    payload = {"channel": row.channel, "was": row.state, "fence": row.fence}
    record_event(
        "delivery.replayed", object_type=row._meta.label_lower, public_id=row.public_id, version=row.fence + 1,
        payload=payload,
    )  # fmt: skip
    ring_after_commit(bell_of(row.channel))
    return row


def _kept_or_error(principal: Principal, public_id: UUID) -> Delivery:
    """The row, locked, if the principal may have it sent again."""
    rows = Delivery.objects.editable_by(principal).filter(public_id=public_id)
    row: Delivery | None = rows.select_for_update(of=("self",), no_key=True).select_related("endpoint").first()
    if row is not None:
        return row
    if Delivery.objects.visible_to(principal).filter(public_id=public_id).exists():
        raise NotAllowed(_("您可以查看但不能重发这条消息：请由其负责人重发。"))
    raise NotFound(_("没有找到：它不存在，或您无权查看。"))


@transaction.atomic
def replay_endpoint(principal: Principal, *, endpoint_id: int) -> int:
    """Send again everything an endpoint certainly was not told, the newest so many; returns how many. Raises
    IllegalTransition where there is nothing, or the endpoint is switched off.
    """
    rows = Delivery.objects.editable_by(principal).filter(endpoint_id=endpoint_id, state=DeliveryState.DEAD)
    keys = list(rows.order_by("-pk").values_list("public_id", flat=True)[:MOST])
    if not keys:
        raise IllegalTransition(_("没有未能发出的消息，无需重发。"))
    for key in keys:
        replay_delivery(principal, public_id=key)
    return len(keys)


def undelivered(principal: Principal, endpoint: Endpoint) -> "QuerySet[Any]":
    """What an endpoint was not, or perhaps not, told: newest first."""
    rows: QuerySet[Any] = Delivery.objects.visible_to(principal).filter(endpoint=endpoint, state__in=REPLAYABLE)
    return rows.order_by("-pk")


def has_failed(principal: Principal, endpoint: Endpoint) -> bool:
    """Whether there is something for the principal to send again."""
    rows = Delivery.objects.editable_by(principal).filter(endpoint=endpoint, state=DeliveryState.DEAD)
    return bool(rows.exists())
