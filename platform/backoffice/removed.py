"""Why candidates were ruled out, by count, and what the need's side could change about it."""

from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from matching.engine import reasons
from matching.models import CandidateList
from matching.services.explanations import reason_label
from matching.services.removals import told_counts
from zones.scoping import Principal

HINTS = {
    reasons.METRIC_IMPOSSIBLE: _("放宽硬指标的数值，或把次要的硬指标改为期望指标"),
    reasons.TRL_GAP: _("降低目标就绪度，或改为联合攻关、组建联合体"),
    reasons.KIND_MISMATCH: _("核对需求类型：例如检测类需求不会推荐科技成果"),
    reasons.NO_CAPACITY: _("延后要求完成日，或请资源方更新可承接数"),
    reasons.EXCLUDED_BY_NEED: _("核对“排除的单位或园区”"),
    reasons.DISMISSED: _("可在“已排除的资源”中恢复"),
    reasons.EXPOSURE_CAP: _("名额每周更新；确有把握可人工添加"),
    reasons.SAME_ORGANIZATION: _("本单位的资源不需对接"),
}
"""What to do about a reason; nothing can be done about the others."""


def removed_by_reason(found: CandidateList | None, principal: Principal) -> list[dict[str, Any]]:
    """How many candidates each rule took out, most first, each with what could be relaxed."""
    counts = told_counts(found.removed_by_reason if found else {}, principal)
    language = get_language() or "zh-hans"
    return [
        {"label": reason_label(reason, language), "count": count, "hint": HINTS.get(reason, "")}
        for reason, count in counts.items()
    ]
