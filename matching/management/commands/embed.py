"""`manage.py embed`: give every text a vector; works on the steps too, so that it ends with or without workers."""

import json
import time
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from ledger.audit import acting
from matching.embedding import Embedder, EmbeddingFailed
from matching.models import EmbeddingStep
from matching.services.embedders import embedder
from matching.services.embedding import failed_texts, next_step, plan_embedding, work_on
from matching.services.vectors import forget_vectors, lack_of

POLL_SECONDS = 0.2


class Command(BaseCommand):
    help = (
        "计算缺少的语义向量；已有且文本未变的不重算。 / Embed the texts that lack a vector; what has one and has not "
        "changed is left alone."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--again", action="store_true", help="弃去该模型的全部向量并重算 / drop all of the model first"
        )
        parser.add_argument("--json", action="store_true", help="以 JSON 输出 / as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        back_end = _back_end()
        with acting("manage.py embed"):
            if options["again"]:
                forget_vectors(back_end.model)
            started, total = time.monotonic(), lack_of(back_end.model).total
            self._work(back_end.model, total, is_shown=self.stdout.isatty() and not options["json"])
        lack = lack_of(back_end.model)
        report = {
            "model": back_end.model,
            "embedded": total - lack.total,
            "lacking": lack._asdict(),
            "failed": failed_texts(back_end.model),
            "seconds": round(time.monotonic() - started, 3),
        }
        self.stdout.write(json.dumps(report, ensure_ascii=False) if options["json"] else _told(report))
        if report["failed"]:
            raise SystemExit(1)

    def _work(self, model: str, total: int, *, is_shown: bool) -> None:
        started = time.monotonic()
        while True:
            plan_embedding()
            step = next_step()
            if step is None and not _open_steps(model):
                return
            if step is None or not work_on(step):
                _must_go_on(model)
                time.sleep(POLL_SECONDS)
            if is_shown:
                self._show(total - lack_of(model).total, total, time.monotonic() - started)

    def _show(self, done: int, total: int, seconds: float) -> None:
        rate = done / seconds if seconds else 0.0
        left = f" · {rate:.0f}/s · ETA {(total - done) / rate:.0f} s" if rate else ""
        self.stdout.write(f"\r{100 * done // max(total, 1):3d} % · {done}/{total}{left}   ", ending="")
        self.stdout.flush()


def _back_end() -> Embedder:
    try:
        back_end = embedder()
    except EmbeddingFailed as error:
        raise CommandError(f"语义后端不可用：{error} / The embedding back end cannot be used.") from error
    if back_end is None:
        raise CommandError(
            "未设置 EMBEDDING_BACKEND：可选 bundled、openai、local。 / "
            "EMBEDDING_BACKEND is none: set bundled, openai or local."
        )
    return back_end


def _open_steps(model: str) -> list[EmbeddingStep]:
    states = (EmbeddingStep.State.QUEUED, EmbeddingStep.State.LEASED)
    return list(EmbeddingStep.objects.filter(model=model, state__in=states))


def _must_go_on(model: str) -> None:
    """Stop where every open step waits for a back end that is away; what is done stays, workers go on later."""
    steps = _open_steps(model)
    if steps and all(step.last_error and step.state == EmbeddingStep.State.QUEUED for step in steps):
        raise CommandError(f"语义后端没有给出可用的向量：{steps[0].last_error} / The back end gives no usable vectors.")


def _told(report: dict[str, Any]) -> str:
    return (
        f"\n已计算 embedded {report['embedded']} · 缺少 lacking {sum(report['lacking'].values())} · "
        f"失败 failed {report['failed']} · {report['model']} · {report['seconds']:.1f} s"
    )
