"""`manage.py learn`: calibrate, learn weights from decisions, and promote them if the guard lets them pass."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from ledger.audit import acting
from matching.engine.learning import MINIMUM_NEEDS
from matching.models import ScoreCalibration
from matching.services.learning import Lesson, learn, rehearse
from zones.scoping import SYSTEM

WORDS = {
    "too_few": f"已评价的需求少于 {MINIMUM_NEEDS} 个：沿用默认权重。"
    f" / Fewer than {MINIMUM_NEEDS} reviewed needs: the default stays.",
    "nothing": "评价未给出可学的权重。 / The decisions teach no other weights.",
    "refused": "新权重未被证明更好：不启用。 / The learned weights are not certainly better: refused.",
    "would_promote": "新权重通过检验（试运行，未保存）。 / The learned weights pass (dry run, nothing kept).",
    "promoted": "新权重通过检验，已成为新的评分配置。 / The learned weights passed and are the new configuration.",
}


class Command(BaseCommand):
    help = (
        "从评价中学习：校准得分，学习权重，通过检验才启用。 / Learn from decisions: calibrate, learn weights, promote "
        "only what passes the guard."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="say what would happen, keep nothing")
        parser.add_argument("--json", action="store_true", help="print one JSON object")

    def handle(self, *args: Any, **options: Any) -> None:
        with acting("manage.py learn"):
            lesson = rehearse(SYSTEM) if options["dry_run"] else learn(SYSTEM)
        report = _report(lesson, is_dry=options["dry_run"])
        if options["json"]:
            self.stdout.write(json.dumps(report, ensure_ascii=False))
            return
        for line in _lines(report):
            self.stdout.write(line)


def _report(lesson: Lesson, *, is_dry: bool) -> dict[str, Any]:
    is_rehearsed = is_dry and lesson.outcome == "promoted"
    return {
        "outcome": "would_promote" if is_rehearsed else lesson.outcome,
        "needs": lesson.needs,
        "decisions": lesson.decisions,
        "from_config": lesson.from_config,
        "config": lesson.promoted.number if lesson.promoted and not is_dry else None,
        "calibration": _calibration(lesson.calibration) if lesson.calibration else None,
        "evidence": lesson.evidence,
    }


def _calibration(fitted: ScoreCalibration) -> dict[str, float]:
    names = ("slope", "intercept", "error_before", "error_after")
    return {name: round(getattr(fitted, name), 6) for name in names}


def _lines(report: dict[str, Any]) -> list[str]:
    lines = [
        WORDS[report["outcome"]],
        f"needs {report['needs']} · decisions {report['decisions']} · config v{report['from_config']}",
    ]
    if fitted := report["calibration"]:
        lines.append(f"ECE {fitted['error_before']:.3f} → {fitted['error_after']:.3f}")
    if evidence := report["evidence"]:
        for name in ("ndcg_at_5_gain", "log_loss_saved"):
            lines.append("{} {mean:+.4f} [{low:+.4f}, {high:+.4f}]".format(name, **evidence[name]))
    return lines
