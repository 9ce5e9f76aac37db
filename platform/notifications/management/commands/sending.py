"""`manage.py sending`: whether messages leave, what waits, and the operator's word after a restore."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from ledger.audit import acting
from notifications import restored


class Command(BaseCommand):
    help = (
        "外发消息：查看是否暂停、待发多少；恢复备份后放行或取消。 / "
        "Messages: whether they are held, what waits; release or cancel them after a restore."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        step = parser.add_mutually_exclusive_group()
        step.add_argument("--hold", action="store_true", help="let nothing leave until it is released")
        step.add_argument("--release", action="store_true", help="let messages leave, and what waits")
        step.add_argument("--cancel", action="store_true", help="cancel what waits, then let messages leave")

    def handle(self, *args: Any, **options: Any) -> None:
        with acting("manage.py sending"):
            if options["hold"]:
                restored.hold()
            if options["cancel"]:
                count = restored.cancel()
                self.stdout.write(f"已取消 {count} 条待发消息。 / {count} messages cancelled.")
            if options["release"] or options["cancel"]:
                restored.release()
        self._say()

    def _say(self) -> None:
        is_held = restored.is_held()
        self.stdout.write("外发已暂停。 / Messages are held." if is_held else "外发正常。 / Messages leave.")
        for channel, count in sorted(restored.waiting().items()):
            self.stdout.write(f"{channel}: {count} 条待发 / waiting")
