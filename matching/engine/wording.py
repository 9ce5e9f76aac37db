"""Chinese and English for what the engine found: labels of reasons and components, quantities, and the one sentence."""

from collections.abc import Mapping
from typing import Any, Final

from matching.engine import reasons

Facts = Mapping[str, Any]

REASON_LABELS: Final[Mapping[str, Mapping[str, str]]] = {
    reasons.INACTIVE: {"zh": "资源已停用或已过期", "en": "the resource is inactive or expired"},
    reasons.NOT_VISIBLE: {"zh": "资源对需求方不可见", "en": "the need's side may not see the resource"},
    reasons.NOT_SHARED: {
        "zh": "资源未向需求方所在范围开放共享",
        "en": "the resource is not shared with the need's side",
    },
    reasons.SAME_ORGANIZATION: {"zh": "与需求方为同一单位", "en": "same organization as the need"},
    reasons.SAME_GROUP: {"zh": "与需求方属同一集团", "en": "same corporate group as the need"},
    reasons.EXCLUDED_BY_NEED: {"zh": "需求方已排除该单位或高新区", "en": "excluded by the need"},
    reasons.EXCLUDED_BY_RESOURCE: {
        "zh": "资源方已排除需求方",
        "en": "the resource's owner excludes the need's organization",
    },
    reasons.DISMISSED: {"zh": "此前已被判定为不合适", "en": "dismissed before and unchanged since"},
    reasons.NO_CAPACITY: {"zh": "资源方当前无余量", "en": "no free capacity"},
    reasons.KIND_MISMATCH: {
        "zh": "资源类型不能满足该类需求",
        "en": "this kind of resource cannot answer this kind of need",
    },
    reasons.TRL_GAP: {"zh": "技术就绪度差距过大", "en": "technology readiness is too far below the need"},
    reasons.METRIC_IMPOSSIBLE: {"zh": "硬指标不满足", "en": "a must-metric is not met"},
    reasons.TOLD_AS_CONDITIONS: {"zh": "不满足对方条件", "en": "does not meet the other side's conditions"},
    reasons.EXPOSURE_CAP: {
        "zh": "可作备选，但该资源本周推荐次数已达上限",
        "en": "a candidate, not proposed: the resource was put before enough new needs this week",
    },
}

COMPONENT_LABELS: Final[Mapping[str, Mapping[str, str]]] = {
    "text": {"zh": "主题相近", "en": "topic"},
    "semantic": {"zh": "语义相近", "en": "meaning"},
    "rerank": {"zh": "逐对精读", "en": "read side by side"},
    "class": {"zh": "分类相近", "en": "classification"},
    "metric": {"zh": "指标符合", "en": "metrics"},
    "trl": {"zh": "技术就绪度", "en": "technology readiness"},
    "budget": {"zh": "预算", "en": "budget"},
    "time": {"zh": "时间", "en": "time"},
    "mode": {"zh": "合作方式", "en": "cooperation mode"},
    "proximity": {"zh": "区域协同", "en": "regional ties"},
    "availability": {"zh": "可用余量", "en": "availability"},
    "track": {"zh": "合作记录", "en": "track record"},
    "freshness": {"zh": "信息时效", "en": "freshness"},
}

SIGNS: Final = {">=": "≥ ", "<=": "≤ ", "=": ""}
TRUTH: Final = {True: "✓", False: "✗"}
CLOSE_TOPIC, NEAR_TOPIC = 0.6, 0.35
NEAR_MEANING: Final = 0.375
"""Three spreads above what the need has in common with any document."""
JUDGED_RELEVANT: Final = 0.5
TERMS_SHOWN, ITEMS_SHOWN = 3, 3
VISIBLE_DIFFERENCE: Final = 0.005
WHOLE_NUMBER_LIMIT: Final = 1e15


def quantity_text(quantity: Facts) -> str:
    """Return a quantity as people write it, the same in both languages: ≤ 0.5 μm, 5–20 μm, 100/150/200 mm, ✓; empty if
    unstated."""
    if "truth" in quantity:
        return TRUTH[quantity["truth"]]
    unit = f" {quantity['unit']}" if quantity.get("unit") else ""
    if quantity.get("choices"):
        return "/".join(choice if isinstance(choice, str) else _number(choice) for choice in quantity["choices"]) + unit
    low, high = quantity.get("low"), quantity.get("high")
    if low is None and high is None:
        return ""
    return _interval(low, high, quantity.get("op", "")) + unit


def sentence(facts: Facts, language: str) -> str:
    """Return one sentence in ``zh`` or ``en`` that says no more than the facts do."""
    return _chinese(facts) if language.startswith("zh") else _english(facts)


def _interval(low: float | None, high: float | None, operator: str) -> str:
    if low is None or high is None:
        bound = high if low is None else low
        sign = SIGNS.get(operator) or ("≤ " if low is None else "≥ ")
        return sign + _number(bound)
    return _number(low) if low == high else f"{_number(low)}–{_number(high)}"


def _number(value: float | None) -> str:
    if value is None:
        return ""
    return str(int(value)) if float(value).is_integer() and abs(value) < WHOLE_NUMBER_LIMIT else f"{value:.6g}"


def _fit(facts: Facts, component: str) -> float | None:
    fits = {row["component"]: row["fit"] for row in facts["contributions"]}
    return fits.get(component)


def _is_near(facts: Facts) -> bool:
    """Whether a model finds the two sides close, by vectors or side by side."""
    return (_fit(facts, "semantic") or 0.0) >= NEAR_MEANING or (_fit(facts, "rerank") or 0.0) >= JUDGED_RELEVANT


def _terms(facts: Facts, separator: str) -> str:
    return separator.join(term["term"] for term in facts["terms"][:TERMS_SHOWN])


def _chinese(facts: Facts) -> str:
    parts = [_topic_zh(facts), _metrics_zh(facts), _trl_zh(facts), _items_zh(facts), _zones_zh(facts)]
    told = "，".join(part for part in parts if part)
    change = _change_zh(facts)
    return told + (f"；{change}" if change else "") + "。"


def _topic_zh(facts: Facts) -> str:
    fit, terms = _fit(facts, "text") or 0.0, _terms(facts, "、")
    level = "主题高度相近" if fit >= CLOSE_TOPIC else "主题相近" if fit >= NEAR_TOPIC else "主题部分相关"
    apart = "用词不同而语义相近" if _is_near(facts) else "主题用词少有重合"
    return f"{level}（{terms}）" if terms else apart


def _metrics_zh(facts: Facts) -> str:
    total, met, missed, unknown = _tally(facts)
    if total == 0:
        return ""
    if met == total:
        return f"{total}项硬指标全部满足"
    parts = [f"{total}项硬指标中{met}项满足"] if met else []
    parts += [f"{missed}项不满足"] if missed else []
    parts += [f"{unknown}项待对方确认"] if unknown and met else [f"{unknown}项硬指标待对方确认"] if unknown else []
    return "、".join(parts)


def _trl_zh(facts: Facts) -> str:
    trl = facts["trl"]
    if not trl:
        return ""
    gap = trl["need"] - trl["offer"]
    return (
        f"技术就绪度{trl['offer']}级达到要求"
        if gap <= 0
        else f"技术就绪度{trl['offer']}级，距要求的{trl['need']}级差{gap}级"
    )


def _items_zh(facts: Facts) -> str:
    return f"可依托{'、'.join(facts['items'][:ITEMS_SHOWN])}" if facts["items"] else ""


def _zones_zh(facts: Facts) -> str:
    return {
        "same_zone": "双方同在一个高新区",
        "same_network": "双方高新区同属一个产业协同创新网络，跨区合作加分",
        "same_alliance": "双方高新区同属一个区域联盟，跨区合作加分",
        "same_region_group": "双方高新区同属一个区域，跨区合作加分",
    }.get(facts["zones"]["relation"], "跨区合作加分")


def _change_zh(facts: Facts) -> str:
    change = facts["counterfactual"]
    if not change:
        return ""
    condition = {
        "confirm_metric": "若对方确认满足“{subject}”",
        "relax_metric": "若“{subject}”放宽到{value}",
        "relax_trl": "若技术就绪度放宽到{value}级",
        "reconfirm": "若对方重新确认信息",
        "raise_budget": "若预算提高到{value}元",
        "extend_deadline": "若完成期限可以顺延",
    }[change["kind"]].format(**change)
    difference = _difference(change, "得分", "可信度", "")
    return f"{condition}，{difference}" if difference else ""


def _english(facts: Facts) -> str:
    parts = [_topic_en(facts), _metrics_en(facts), _trl_en(facts), _items_en(facts), _zones_en(facts)]
    told = ", ".join(part for part in parts if part)
    change = _change_en(facts)
    return told + (f"; {change}" if change else "") + "."


def _topic_en(facts: Facts) -> str:
    fit, terms = _fit(facts, "text") or 0.0, _terms(facts, ", ")
    level = "Very close topic" if fit >= CLOSE_TOPIC else "Close topic" if fit >= NEAR_TOPIC else "Partly related topic"
    apart = "Close in meaning, in other words" if _is_near(facts) else "Few words in common"
    return f"{level} ({terms})" if terms else apart


def _metrics_en(facts: Facts) -> str:
    total, met, missed, unknown = _tally(facts)
    if total == 0:
        return ""
    if met == total:
        return f"all {total} must-metrics met" if total > 1 else "the must-metric is met"
    parts = [f"{met} of {total} must-metrics met"] if met else []
    parts += [f"{missed} missed"] if missed else []
    parts += (
        [f"{unknown} to be confirmed"]
        if unknown and met
        else [f"{unknown} must-metrics to be confirmed"]
        if unknown
        else []
    )
    return " and ".join(parts)


def _trl_en(facts: Facts) -> str:
    trl = facts["trl"]
    if not trl:
        return ""
    offered, wanted = trl["offer"], trl["need"]
    return (
        f"TRL {offered} reaches what is asked"
        if offered >= wanted
        else f"TRL {offered} is {wanted - offered} below the {wanted} asked"
    )


def _items_en(facts: Facts) -> str:
    return f"with {', '.join(facts['items'][:ITEMS_SHOWN])}" if facts["items"] else ""


def _zones_en(facts: Facts) -> str:
    return {
        "same_zone": "both in one zone",
        "same_network": "the two zones share an industry network and cooperation crosses zones",
        "same_alliance": "the two zones share an alliance and cooperation crosses zones",
        "same_region_group": "the two zones share a region and cooperation crosses zones",
    }.get(facts["zones"]["relation"], "cooperation crosses zones")


def _change_en(facts: Facts) -> str:
    change = facts["counterfactual"]
    if not change:
        return ""
    condition = {
        "confirm_metric": "if the partner confirms “{subject}”",
        "relax_metric": "if “{subject}” is relaxed to {value}",
        "relax_trl": "if TRL {value} is accepted",
        "reconfirm": "if the partner confirms its data again",
        "raise_budget": "if the budget is raised to {value} CNY",
        "extend_deadline": "if the deadline can be extended",
    }[change["kind"]].format(**change)
    difference = _difference(change, "the score rises", "confidence rises", " ")
    return f"{condition}, {difference}" if difference else ""


def _difference(change: Facts, score: str, confidence: str, space: str) -> str:
    """Name the number that visibly changes: the score, or else the confidence; nothing where neither does."""
    before, after = change["score"]
    told = f"{before:.2f}→{after:.2f}"
    if after - before >= VISIBLE_DIFFERENCE and f"{before:.2f}" != f"{after:.2f}":
        return f"{score}{space}{told}"
    before, after = (f"{value:.2f}" for value in change["confidence"])
    return f"{confidence}{space}{before}→{after}" if before != after else ""


def _tally(facts: Facts) -> tuple[int, int, int, int]:
    """Return how many must-metrics there are, are met, are missed, are unknown."""
    verdicts = [metric["verdict"] for metric in facts["metrics"] if metric["is_must"]]
    return len(verdicts), verdicts.count("ok"), verdicts.count("no"), verdicts.count("unknown")
