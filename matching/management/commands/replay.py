"""`manage.py replay RUN --config N`: an old run under other weights, as a diff; nothing is published."""

import json
from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError, CommandParser

from matching.models import MatchRun, ScoringConfig
from matching.services.replays import as_json, replay_run
from zones.errors import DomainError
from zones.scoping import SYSTEM

SHOWN = 20


class Command(BaseCommand):
    help = (
        "回放：用另一评分配置重排一次旧运行，只比较，不发布。 / Replay an old run under another scoring configuration; "
        "compares, publishes nothing."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("run", type=UUID, metavar="RUN", help="public id of a published run")
        parser.add_argument("--config", type=int, required=True, metavar="N", help="number of the configuration")
        parser.add_argument("--json", action="store_true", help="print one JSON object with every change")

    def handle(self, *args: Any, **options: Any) -> None:
        runs = MatchRun.objects.visible_to(SYSTEM).select_related("config")
        run = runs.filter(public_id=options["run"]).first()
        config = ScoringConfig.objects.filter(number=options["config"]).first()
        if run is None:
            raise CommandError(f"没有公开编号为 {options['run']} 的运行。 / There is no run with this public id.")
        if config is None:
            raise CommandError(f"没有评分配置 v{options['config']}。 / There is no such scoring configuration.")
        try:
            report = as_json(replay_run(SYSTEM, run=run, config=config))
        except DomainError as error:
            raise CommandError(f"{error.message} / The run's candidates are gone.") from error
        if options["json"]:
            self.stdout.write(json.dumps(report, ensure_ascii=False))
            return
        for line in _lines(report):
            self.stdout.write(line)


def _lines(report: dict[str, Any]) -> list[str]:
    lines = [
        f"v{report['config_before']} → v{report['config_after']}: needs {report['needs']} · other top 5 "
        f"{report['needs_with_other_top_5']} · τ {report['mean_rank_correlation']:.3f} · "
        f"overlap {report['mean_top_5_overlap']:.3f}",
        f"不能精确回放 not exact: pairs {report['pairs_not_exact']} · other components "
        f"{report['needs_of_other_components']} · full lists {report['needs_with_full_lists']} · settings "
        f"{', '.join(report['settings_not_replayed']) or '-'} · resources changed since "
        f"{report['resources_changed_since']}",
    ]
    for need in report["changes"][:SHOWN]:
        lines.append(f"{need['title']} · τ {need['rank_correlation']:.2f}")
        lines += [
            f"  {move['before']:>3} → {move['after']:<3} {move['name']} · {move['component']} {move['change']:+.3f}"
            for move in need["moves"]
        ]
    return lines
