"""`manage.py up`: the whole site on this machine, without Docker and without root."""

import argparse
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor

from config.up.plan import PARTS, UpOptions, make_plan
from config.up.reporter import reporter_for
from config.up.supervisor import Supervisor


class Command(BaseCommand):
    """Parses the options; the work is in `config.up`."""

    help = (
        "启动并看护整个站点：数据库、队列、工作进程、定时器、网页；Ctrl-C 依次停止。 / "
        "Start and supervise the whole site: database, queue, workers, beat, web; Ctrl-C stops all in order."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--port", type=_port, default=8000, help="网页端口 / port of the web server (8000)")
        parser.add_argument("--workers", type=_count, default=1, help="工作进程 / Celery workers (1)")
        parser.add_argument("--concurrency", type=_count, default=2, help="并发数 / tasks at once in each (2)")
        parser.add_argument(
            "--demo", action="store_true", help="演示模式；库为空时载入演示数据 / demo; seeds an empty database"
        )
        parser.add_argument(
            "--seed-demo", action="store_true", help="再次载入演示数据 / load the demo even if there is data"
        )
        parser.add_argument("--only", type=_parts, default=frozenset(PARTS), metavar="PART,…", help=", ".join(PARTS))
        parser.add_argument("--no-web", action="store_true", help="不启动网页 / without the web server")
        parser.add_argument("--json-status", action="store_true", help="以 JSON 行报告 / report as lines of JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        wanted = UpOptions(
            port=options["port"],
            workers=options["workers"],
            concurrency=options["concurrency"],
            parts=options["only"] - ({"web"} if options["no_web"] else set()),
            is_demo=options["demo"],
            is_seed_forced=options["seed_demo"],
        )
        supervisor = Supervisor(settings.DATA_PATHS, reporter_for(is_json=options["json_status"]))
        code = supervisor.run(lambda: make_plan(wanted, settings.DATA_PATHS, Database()))
        if code:
            raise SystemExit(code)


class Database:
    """Answers the plan's questions through Django, and keeps no connection."""

    def has_pending_migrations(self) -> bool:
        """Say yes also while the database is away: the step then waits for it and tells what is wrong."""
        try:
            executor = MigrationExecutor(connection)
            return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))
        except DatabaseError:
            return True
        finally:
            connection.close()

    def is_empty(self) -> bool:
        try:
            return not apps.get_model("zones", "Resource")._base_manager.exists()
        finally:
            connection.close()


def _port(text: str) -> int:
    port = int(text)
    if not 1 <= port <= 65535:
        raise argparse.ArgumentTypeError("1…65535")
    return port


def _count(text: str) -> int:
    count = int(text)
    if count < 1:
        raise argparse.ArgumentTypeError("≥ 1")
    return count


def _parts(text: str) -> frozenset[str]:
    parts = frozenset(part.strip() for part in text.split(",") if part.strip())
    unknown = sorted(parts - set(PARTS))
    if unknown or not parts:
        raise argparse.ArgumentTypeError(f"{', '.join(unknown)} ∉ {', '.join(PARTS)}")
    return parts
