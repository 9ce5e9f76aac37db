"""`manage.py dispatch`: plan, build and send what is due, or (`--dry-run`) only say what would be sent."""

from collections.abc import Iterator
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import transaction

from notifications import delivering, digests, planning
from notifications.channels.registry import CHANNELS
from notifications.composing import Nothing, compose
from notifications.models import Delivery
from zones.scoping import SYSTEM


class _Undone(Exception):
    """Nothing of a dry run is kept."""


class Command(BaseCommand):
    help = "计划并发送到期的通知 / plan and send the notices that are due"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--once", action="store_true", help="发送一轮后退出（默认） / one round, the default")
        parser.add_argument("--dry-run", action="store_true", help="只列出将发送的内容 / say what would be sent")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["dry_run"]:
            try:
                with transaction.atomic():
                    lines = list(would_send())
                    for line in lines or ["没有到期的通知。 / Nothing is due."]:
                        self.stdout.write(line)
                    raise _Undone
            except _Undone:
                return
        notices, built = planning.plan(), digests.build_due()
        tried = {channel: delivering.deliver_due(channel) for channel in CHANNELS}
        sent = " · ".join(f"{channel} {count}" for channel, count in tried.items() if count) or "0"
        self.stdout.write(
            f"通知 {notices} 条，汇总 {built} 份，发送 {sent} / {notices} notices, {built} digests, sent {sent}"
        )


def would_send() -> Iterator[str]:
    """A line for each message of this moment: to whom, by which channel, with which title."""
    planning.plan()
    digests.build_due()
    rows = Delivery.objects.visible_to(SYSTEM).filter(delivering.due()).order_by("next_at", "pk")
    for delivery in rows.select_related("user", "endpoint__organization"):
        message = compose(delivery)
        told = f"({message.reason})" if isinstance(message, Nothing) else message.title
        yield f"{delivery.channel:9} {delivery.user or delivery.endpoint}  {told}"
