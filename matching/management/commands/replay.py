"""`manage.py replay RUN --config N`: an old run under other weights, as a diff; nothing is published."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from matching.engine.wording import COMPONENT_LABELS
from matching.models import ScoringConfig
from matching.services.replays import as_json, replay_run
from matching.services.runs import find_run
from zones.management.telling import answered
from zones.scoping import SYSTEM

SHOWN = 20


class Command(BaseCommand):
    help = (
        "回放：用另一评分配置重排一次旧运行，只比较，不发布。 / Replay an old run under another scoring configuration; "
        "compares, publishes nothing."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "run", metavar="RUN", help="运行：6、#6、latest 或公开编号 / a run: 6, #6, latest, or its public id"
        )
        parser.add_argument("--config", type=int, required=True, metavar="N", help="number of the configuration")
        parser.add_argument("--json", action="store_true", help="print one JSON object with every change")

    def handle(self, *args: Any, **options: Any) -> None:
        run = find_run(SYSTEM, options["run"])
        config = ScoringConfig.objects.filter(number=options["config"]).first()
        if run is None:
            raise CommandError(
                f"没有运行“{options['run']}”：请用 match 打印的编号（如 #6）、latest 或公开编号。 / There is no run "
                f"{options['run']!r}: give the number that match prints (such as #6), latest, or a public id."
            )
        if config is None:
            raise CommandError(f"没有评分配置 v{options['config']}。 / There is no such scoring configuration.")
        report = answered(lambda: as_json(replay_run(SYSTEM, run=run, config=config)))
        if options["json"]:
            self.stdout.write(json.dumps(report, ensure_ascii=False))
            return
        for line in [*_headline(report, f"#{run.pk}"), *_limits(report), *_changes(report)]:
            self.stdout.write(line)


def _headline(report: dict[str, Any], run: str) -> list[str]:
    old, new, needs, changed = (
        report[name] for name in ("config_before", "config_after", "needs", "needs_with_other_top_5")
    )
    overlap, correlation = 5 * report["mean_top_5_overlap"], report["mean_rank_correlation"]
    return [
        f"运行 {run}：评分配置 v{old} 换为 v{new}，{needs} 项需求中有 {changed} 项的前五名不同；"
        f"平均前五名保留 {overlap:.1f} 个，名次相关 τ = {correlation:.3f}（1 为不变）。",
        f"Run {run}: under configuration v{new} instead of v{old}, {changed} of {needs} needs get another top five; on "
        f"average {overlap:.1f} of five stay, rank correlation τ = {correlation:.3f} (1: unchanged).",
    ]


def _limits(report: dict[str, Any]) -> list[str]:
    """What the replay could not know; nothing where it is exact."""
    counts = {
        "近似计算的配对 pairs recomputed approximately": report["pairs_not_exact"],
        "因分项不同而未回放的需求 needs not replayed, their run had other components": report[
            "needs_of_other_components"
        ],
        "候选存满的需求，榜外者不可知 needs whose stored list was full": report["needs_with_full_lists"],
        "其后有修改的资源 resources changed since": report["resources_changed_since"],
    }
    lines = [f"  {name}: {count}" for name, count in counts.items() if count]
    if report["settings_not_replayed"]:
        lines.append(f"  未回放的设置 settings not replayed: {', '.join(report['settings_not_replayed'])}")
    return ["局限 Limits:", *lines] if lines else []


def _changes(report: dict[str, Any]) -> list[str]:
    lines = []
    for need in report["changes"][:SHOWN]:
        lines += ["", f"{need['title']}", "  原名次 before → 新名次 after   资源 resource   主因 main cause"]
        lines += [
            f"  {move['before']:>3} → {move['after']:<3} {move['name']}   {_cause(move)}" for move in need["moves"]
        ]
    hidden = len(report["changes"]) - SHOWN
    return [*lines, f"另有 {hidden} 项，见 --json。 / {hidden} more: see --json."] if hidden > 0 else lines


def _cause(move: dict[str, Any]) -> str:
    label = COMPONENT_LABELS[move["component"]]
    return f"{label['zh']} {label['en']} {move['change']:+.3f}"
