"""The page that puts two runs side by side: which of the reader's needs got other first candidates, and why."""

from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from backoffice.keys import parse_public_id
from matching.choices import RunState
from matching.engine.wording import COMPONENT_LABELS
from matching.models import MatchRun
from matching.services.comparisons import ENTERED, LEFT, REASON_TEXTS, Change, compare_runs, previous_run
from matching.services.explanations import reason_label
from zones.scoping import Principal

CHOICES = 10
EMPTY = "—"


def context_of(run: MatchRun, principal: Principal, key: str) -> dict[str, Any]:
    """Everything the template needs; `key` names the other run, the one before unless told."""
    others = _others(run, principal)
    chosen = _chosen(others, key) if key else previous_run(principal, run)
    context = {"others": [{"run": other, "is_chosen": other == chosen} for other in others[:CHOICES]], "other": chosen}
    if chosen is None:
        return context
    found = compare_runs(principal, before=chosen, after=run)
    needs = [{"need": need, "rows": [_row(change) for change in changes]} for need, changes in found.needs]
    return context | {"comparison": found, "needs": needs}


def _others(run: MatchRun, principal: Principal) -> Any:
    rows = MatchRun.objects.visible_to(principal).filter(state=RunState.PUBLISHED).exclude(pk=run.pk)
    return rows.select_related("config").order_by("-pk")


def _chosen(others: Any, key: str) -> MatchRun | None:
    public_id = parse_public_id(key)
    found: MatchRun | None = others.filter(public_id=public_id).first() if public_id else None
    return found


def _row(change: Change) -> dict[str, Any]:
    kinds = {ENTERED: (_("新进前五"), "add"), LEFT: (_("退出前五"), "remove")}
    text, icon = kinds.get(change.kind, (_("名次变化"), "swap_vert"))
    return {
        "resource": change.resource,
        "kind": change.kind,
        "kind_text": text,
        "icon": icon,
        "places": f"{change.before or EMPTY} → {change.after or EMPTY}",
        "scores": f"{_score(change.score_before)} → {_score(change.score_after)}",
        "why": "；".join(_why(change)) if _is_chinese() else "; ".join(_why(change)),
    }


def _why(change: Change) -> list[str]:
    texts = [str(REASON_TEXTS[reason]) for reason in change.reasons]
    if change.removed_by:
        texts.append(reason_label(change.removed_by, get_language() or "zh-hans"))
    if change.component:
        label = COMPONENT_LABELS[change.component]["zh" if _is_chinese() else "en"]
        texts.append(_("主要是“%(component)s”") % {"component": label})
    return texts


def _is_chinese() -> bool:
    return (get_language() or "zh-hans").startswith("zh")


def _score(value: float | None) -> str:
    return EMPTY if value is None else f"{value:.2f}"
