"""What pages say of the comparison by meaning: whether a run had it, and whether a need's matches did."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from matching.choices import VectorKind
from matching.engine.config import RERANK, SEMANTIC
from matching.models import Match, MatchRun, Need
from matching.services.sending import embeds_elsewhere, sendable_ids


def text_of_run(run: MatchRun, *, is_whole: bool) -> str:
    """One line for a run; how many needs only where `is_whole`: they may be needs the reader may not see."""
    if not run.meaning_model:
        return _("语义比较：未启用，只按词语比较。")
    if not is_whole:
        return _("语义比较：已启用。")
    line = _("语义比较：%(done)d / %(total)d 条需求（%(model)s），其余只按词语比较。") % {
        "done": run.need_by_meaning,
        "total": run.need_total,
        "model": run.meaning_model,
    }
    return _("%(line)s 原因：%(reason)s") % {"line": line, "reason": run.meaning_error} if run.meaning_error else line


def text_of_second_look(run: MatchRun, *, is_whole: bool) -> str:
    """One line for a run's reranking; nothing where it is off. How many needs only where `is_whole`, as above."""
    if not run.rerank_model and not run.rerank_error:
        return ""
    if not is_whole:
        return _("逐对精读：已启用。")
    line = _("逐对精读：%(done)d / %(total)d 条需求（%(model)s），其余保持原顺序。") % {
        "done": run.need_reranked,
        "total": run.need_total,
        "model": run.rerank_model or "-",
    }
    return _("%(line)s 原因：%(reason)s") % {"line": line, "reason": run.rerank_error} if run.rerank_error else line


def text_of_need(need: Need, run: MatchRun | None, matches: Iterable[Match]) -> str:
    """What models had to do with a need's matches, for its own side; nothing where all are off or nothing was found."""
    parts = [part for match in matches for part in match.contributions]
    if run is None or not parts:
        return ""
    read = _("排在前面的候选另经逐对精读。") if run.rerank_model and _is_known(RERANK, parts) else ""
    return " ".join(line for line in (_text_of_vectors(need, run, parts), read) if line)


def _text_of_vectors(need: Need, run: MatchRun, parts: list[dict[str, Any]]) -> str:
    if not run.meaning_model:
        return ""
    if _is_known(SEMANTIC, parts):
        return _("已按词语和语义比较。")
    if not sendable_ids(VectorKind.NEED, [need.pk], elsewhere=embeds_elsewhere()):
        return _("该需求未公开，文本不会发送给语义服务，只按词语比较。")
    return _("语义模型当时不可用或向量未就绪，本次只按词语比较；就绪后自动重新匹配。")


def _is_known(component: str, parts: Iterable[dict[str, Any]]) -> bool:
    return any(part["component"] == component and part.get("fit") is not None for part in parts)
