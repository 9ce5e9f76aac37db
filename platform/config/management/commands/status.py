"""`manage.py status`: what the supervisor of this data directory last said; exit code 0 only when all is up."""

import json
from dataclasses import asdict, replace
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from rich.console import Console

from config.up.recovery import is_supervised
from config.up.reporter import status_table
from config.up.status import SiteStatus, read_status


class Command(BaseCommand):
    """Reads `status.json`; asks the lock whether its writer still lives."""

    help = "显示 up 的各部分状态；全部就绪时退出码为 0。 / Show what `up` supervises; exit code 0 when all is ready."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="以 JSON 输出 / as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        status = _status_now()
        if options["json"]:
            self.stdout.write(json.dumps(asdict(status), ensure_ascii=False))
        else:
            console = Console()
            console.print(status_table(status))
            console.print(f"{status.state}  {status.address or ''}  pid {status.supervisor}", highlight=False)
        if status.state != "ready" or not status.is_whole:
            raise SystemExit(1)


def _status_now() -> SiteStatus:
    status = read_status(settings.DATA_PATHS.status)
    if status is None:
        raise CommandError(
            f"{settings.DATA_DIR} 里还没有运行过 up。 / `up` has not run in {settings.DATA_DIR} yet.", returncode=1
        )
    if is_supervised(settings.DATA_PATHS) or status.state in ("stopped", "failed"):
        return status
    return replace(status, state="killed")
