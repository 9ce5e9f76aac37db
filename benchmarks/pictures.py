"""The pictures of "How matching works", in Chinese and English, drawn from a real pair of the demo.

Run ``python -m benchmarks.pictures`` from the repository after a change of weights or formulas.
"""

from pathlib import Path
from typing import Any, Final

from benchmarks import svg
from benchmarks.demo_market import load_demo, load_reference
from benchmarks.svg import Bar, arrow, boxed, text
from matching.engine.pipeline import explain_pair
from matching.engine.records import (
    DEFAULT,
    Market,
    TermStatistics,
    decode_needs,
    decode_resources,
    encode_need,
    encode_resource,
)

FIGURES: Final = Path(__file__).resolve().parents[1] / "docs" / "figures"
TODAY: Final = 739_943
EXAMPLE: Final = "SN-04"
LANGUAGES: Final = ("zh", "en")
NAMES: Final = {
    "text": ("文字", "text"), "class": ("分类", "class"), "metric": ("指标", "metrics"), "trl": ("成熟度", "readiness"),
    "budget": ("预算", "budget"), "time": ("时间", "time"), "mode": ("合作方式", "mode"),
    "proximity": ("协同关系", "proximity"),
    "availability": ("余量", "availability"), "track": ("以往合作", "track record"),
    "freshness": ("新鲜度", "freshness"), "semantic": ("语义", "meaning"),
}  # fmt: skip
WAY: Final = {
    "zh": (
        ("需求", "一句话和指标"), ("找出候选", "按词检索 300 项"), ("先过滤", "不合条件的", "说明原因"),
        ("再打分", "各项 0—1", "未知不等于零"),
        ("分配", "名额不超出", "尽量都有着落"), ("说明理由", "分项相加等于", "总分"),
    ),
    "en": (
        ("Need", "words and metrics"), ("Candidates", "300 by words"), ("Filters", "each removal", "has a reason"),
        ("Scores", "parts in 0–1,", "unknown ≠ zero"), ("Assignment", "no place is", "promised twice"),
        ("Reasons", "parts sum up", "to the score"),
    ),
}  # fmt: skip
FILTERS: Final = {
    "zh": (
        "全部候选",
        ("不可见或不共享", "同一法人或集团", "已排除或已否决", "没有余量", "成熟度差距过大", "必须指标不满足"),
        "进入打分",
    ),
    "en": (
        "all candidates",
        (
            "not visible or not shared", "same group", "excluded or dismissed", "no free place", "readiness too low",
            "a must-metric is missed",
        ),
        "are scored",
    ),
}  # fmt: skip
CAPACITY: Final = {
    "zh": ("需求甲", "需求乙", "实验室 A（余 1）", "实验室 B（余 1）", "逐个挑选：甲得 A，乙落空",
           "整体最优：甲得 B，乙得 A，合计更高"),
    "en": ("Need 1", "Need 2", "Lab A (1 place)", "Lab B (1 place)", "One by one: 1 takes A, 2 gets nothing",
           "Together: 1 takes B, 2 takes A, more in all"),
}  # fmt: skip


def main() -> None:
    """Draw all pictures in both languages."""
    pair = example()
    for language in LANGUAGES:
        draw_way(language)
        draw_score(language, pair)
        draw_filters(language)
        draw_capacity(language)


def example() -> dict[str, Any]:
    """Return the facts of a demo need with the resource its zone expects."""
    reference = load_reference()
    market = load_demo(reference)
    number = next(number for number, name in market.need_names.items() if name == EXAMPLE)
    need = next(facts for facts in market.needs if facts.id == number)
    resource = next(facts for facts in market.resources if facts.id in market.expected[number])
    statistics = TermStatistics.of(map(encode_resource, market.resources))
    around = Market(statistics, reference.geography, reference.codes, DEFAULT, TODAY)
    return explain_pair(decode_needs([encode_need(need)]), decode_resources([encode_resource(resource)]), around)


def draw_way(language: str) -> None:
    """Six boxes from the need to the reasons."""
    parts, width, gap = [], 118, 26
    for place, lines in enumerate(WAY[language]):
        x = 16 + place * (width + gap)
        parts.append(boxed(x, 24, width, lines))
        if place:
            parts.append(arrow(x - gap + 2, 60, x - 2, 60))
    svg.picture(FIGURES / f"way-{language}.svg", 880, 116, WAY[language][0][0], parts)


def draw_score(language: str, pair: dict[str, Any]) -> None:
    """One bar per component: what it adds to the score, out of which fit and weight."""
    column = LANGUAGES.index(language)
    unknown, sign = (("未知，不计入", "得分"), ("unknown, left out", "score"))[column]
    known = sum(part["known"] * part["weight"] for part in pair["contributions"])
    rows = [
        Bar(
            NAMES[part["component"]][column],
            part["contribution"],
            unknown if part["fit"] is None else _sum_of(part, known),
        )
        for part in pair["contributions"]
        if part["weight"] > 0
    ]
    title = (
        f"{EXAMPLE} → 8英寸外延片缺陷检测：{sign} {pair['score']:.3f}，把握度 {pair['confidence']:.2f}",
        f"{EXAMPLE} → 8-inch epi-wafer inspection: {sign} {pair['score']:.3f}, confidence {pair['confidence']:.2f}",
    )[column]
    svg.bars(FIGURES / f"score-{language}.svg", title, rows)


def _sum_of(part: dict[str, Any], known: float) -> str:
    """How a contribution comes about: fit times weight over all known weights."""
    return f"{part['contribution']:.3f} = {part['fit']:.2f} × {part['known'] * part['weight']:.2f} ÷ {known:.2f}"


def draw_filters(language: str) -> None:
    """A way with exits: each filter lets pairs leave for a stated reason."""
    start, exits, end = FILTERS[language]
    parts = [
        boxed(16, 20, 130, (start,)),
        arrow(148, 37, 852, 37),
        boxed(856, 20, 110, (end,), fill="#ebfbee", stroke=svg.GREEN),
    ]
    for place, name in enumerate(exits):
        x = 186 + place * 112
        parts += [
            arrow(x, 37, x, 92 + 34 * (place % 2)),
            text(x, 112 + 34 * (place % 2), name, size=12, anchor="middle", color=svg.RED),
        ]
    svg.picture(FIGURES / f"filters-{language}.svg", 984, 164, start, parts)


def draw_capacity(language: str) -> None:
    """Two needs, two laboratories with one place each: greedy against optimal."""
    first, second, one, two, greedy, best = CAPACITY[language]
    parts = []
    for left, caption, chosen in ((16, greedy, ((0, 0, "0.90"),)), (460, best, ((0, 1, "0.85"), (1, 0, "0.80")))):
        parts.append(text(left, 24, caption, size=13))
        for row, (need, lab) in enumerate(((first, one), (second, two))):
            parts += [boxed(left, 44 + 70 * row, 110, (need,)), boxed(left + 260, 44 + 70 * row, 140, (lab,))]
        for row, target, value in chosen:
            y1, y2 = 61 + 70 * row, 61 + 70 * target
            parts += [
                arrow(left + 112, y1, left + 258, y2, color=svg.BLUE),
                text(left + 140, y1 + (y2 - y1) * 0.2 - 6, value, size=12),
            ]
    svg.picture(FIGURES / f"capacity-{language}.svg", 880, 176, best, parts)


if __name__ == "__main__":
    main()
