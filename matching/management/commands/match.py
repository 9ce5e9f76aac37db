"""`manage.py match`: ask for a run and show it; works on its steps too, so that it ends with or without workers."""

import time
from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from ledger.audit import acting
from matching.choices import RunState
from matching.models import MatchRun, Need
from matching.services.configs import config_keeping
from matching.services.runs import UNFINISHED, Progress, progress_of, request_full_run, request_run_of_need
from matching.services.steps import next_step, work_on
from matching.services.watch import look
from zones.management.telling import answered
from zones.scoping import SYSTEM

POLL_SECONDS = 0.2


class Command(BaseCommand):
    help = (
        "匹配：默认只算有变化的需求；--full 全量，--need 单个需求。 / Match what has changed; --full "
        "everything, --need one need."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        group = parser.add_mutually_exclusive_group()
        group.add_argument("--need", type=UUID, metavar="PUBLIC_ID", help="match one open need")
        group.add_argument("--full", action="store_true", help="match all open needs anew")
        parser.add_argument("--keep", type=int, metavar="N", help="candidates stored per need by this full run only")

    def handle(self, *args: Any, **options: Any) -> None:
        with acting("manage.py match"):
            run = self._ask(options)
            if run is None:
                self.stdout.write("没有需要匹配的变化。 / Nothing has changed since the last run.")
                return
            self._work(run)
        self._report(run)

    def _ask(self, options: dict[str, Any]) -> MatchRun | None:
        if options["keep"] is not None and (not options["full"] or options["keep"] < 1):
            raise CommandError("--keep 须为正数，且仅用于 --full。 / --keep is a positive number and goes with --full.")
        if options["full"]:
            return self._ask_for_all(options["keep"])
        if options["need"] is None:
            return look()
        need = Need.objects.editable_by(SYSTEM).filter(public_id=options["need"]).first()
        if need is None:
            raise CommandError(f"没有公开编号为 {options['need']} 的需求。 / There is no need with this public id.")
        return answered(lambda: request_run_of_need(SYSTEM, need_id=need.pk))

    def _ask_for_all(self, keep: int | None) -> MatchRun:
        return answered(lambda: _request_full_run(keep))

    def _work(self, run: MatchRun) -> None:
        shown = ""
        while (progress := progress_of(run)).state in UNFINISHED:
            line = f"\r{_told(progress)}"
            if line != shown and self.stdout.isatty():
                self.stdout.write(line, ending="")
                self.stdout.flush()
                shown = line
            step = next_step()
            if step is None or not work_on(step):
                time.sleep(POLL_SECONDS)

    def _report(self, run: MatchRun) -> None:
        run.refresh_from_db()
        if run.state == RunState.FAILED:
            raise CommandError(f"匹配失败：{run.error} / The run failed.")
        counts = " · ".join(f"{name} {value}" for name, value in sorted(run.counts.items()))
        removed = " · ".join(f"{name} {value}" for name, value in sorted(run.removed_by_reason.items()))
        self.stdout.write(
            f"\n已发布 published: {run} · needs {run.need_total} · resources {run.resource_total} · {counts}"
        )
        self.stdout.write(f"过滤 removed: {removed or '-'} · 隔离 quarantined {run.quarantined}")


@transaction.atomic
def _request_full_run(keep: int | None) -> MatchRun:
    config = None if keep is None else config_keeping(SYSTEM, keep=keep)
    return request_full_run(SYSTEM, reason="command", config=config)


def _told(progress: Progress) -> str:
    rate, eta = progress.rate_per_second, progress.eta_seconds
    pace = f" · {rate:.0f}/s · ETA {eta or 0:.0f} s" if rate else ""
    return f"{progress.state} {progress.percent:3d} % · {progress.done}/{progress.total}{pace}"
