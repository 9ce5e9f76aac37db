"""Exchanges of a resource that was merged into another go on with the one that was kept, with the places they hold."""

from typing import Final

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from matching.models import Booking, Exchange
from zones.errors import Conflict
from zones.services.base import save_next_version, tell
from zones.services.merging import Merge

WHY: Final = "both records were checked"


def move_exchanges(merge: Merge) -> None:
    """Within the transaction of a merge. Raises Conflict where both talk with the same need, or where the kept resource
    has too few places for what both have accepted.
    """
    rows = Exchange.objects.unscoped(reason=WHY).filter(resource=merge.merged)
    talking = Exchange.objects.unscoped(reason=WHY).filter(resource=merge.kept, ended_at__isnull=True)
    if rows.filter(ended_at__isnull=True, need__in=talking.values("need")).exists():
        raise Conflict(_("两条记录与同一需求都在对接中：请先结束其中一个，再合并。"))
    _move_places(merge)
    for exchange in rows.order_by("pk").select_for_update(of=("self",)):
        exchange.resource = merge.kept
        save_next_version(exchange)
        tell(exchange, "exchange.moved")


def _move_places(merge: Merge) -> None:
    taken = set(_standing(merge.kept).values_list("slot", flat=True))
    free = [slot for slot in range(merge.kept.capacity) if slot not in taken]
    moving = list(_standing(merge.merged).order_by("slot"))
    if len(moving) > len(free):
        message = _("两条记录已接受的对接超过保留记录可同时承接的 %(count)d 项：请先调高可承接数，再合并。")
        raise Conflict(message % {"count": merge.kept.capacity})
    for booking, slot in zip(moving, free, strict=False):
        booking.resource, booking.slot = merge.kept, slot
        booking.save(update_fields=["resource", "slot"])
    Booking.objects.unscoped(reason=WHY).filter(resource=merge.merged).update(resource=merge.kept)


def _standing(resource: object) -> "QuerySet[Booking]":
    rows: QuerySet[Booking] = Booking.objects.unscoped(reason=WHY).filter(resource=resource, released_at__isnull=True)
    return rows
