"""G12: three policy documents, with their numbered parts and targets, and two that must not be counted."""

from datetime import date
from decimal import Decimal
from typing import Any, Final

from figures.golden.cast import Cast
from zones.choices import MoneyUnit, PolicyItemKind, Visibility
from zones.scoping import SYSTEM
from zones.services.keeping import record_kept, withdraw_kept
from zones.services.mechanisms import POLICY

BEIJING: Final = "北京市建立未来产业投入增长机制促进未来产业发展的若干措施"
OPTICS_VALLEY: Final = "中国光谷未来产业发展实施方案"
XIAN: Final = "推动未来产业创新发展的实施方案"
SOURCE: Final = "《国家高新区加快打造未来产业“试验场”》；原文未列出的条目文字为示例"
REPEALED: Final = "中国光谷未来产业行动方案（旧）"
DRAWN_BACK: Final = {"title_zh": BEIJING, "issued_on": date(2025, 8, 1)}
"""Written down first, with a line too few, and withdrawn: whoever looks for the title must not find this one."""


def _items(**texts: Any) -> list[dict[str, Any]]:
    """Parts by kind: their texts, or how many there are of which only the number was published."""
    found = []
    for kind, said in texts.items():
        label = PolicyItemKind(kind).label
        lines = said if isinstance(said, tuple) else [f"{label}{number}（示例）" for number in range(1, said + 1)]
        found += [{"kind": kind, "text_zh": text} for text in lines]
    return found


FIELDS: Final = ("未来信息", "未来空间", "未来智造", "未来健康", "未来能源", "未来材料")
CLUSTERS: Final = {
    "indicator_zh": "通用人工智能、先进半导体赛道未来产业集群", "year": 2030, "planned_count": 2, "count_unit_zh": "个",
    "planned_value": Decimal(1000) * 10**8, "value_unit": MoneyUnit.YI, "is_each": True,
}  # fmt: skip
"""The year is made up: the article names none."""
DOCUMENTS: Final[tuple[tuple[str, dict[str, Any], dict[str, Any]], ...]] = (
    ("zgc", DRAWN_BACK, {"items": {"measure": 15}}),
    ("zgc", {"title_zh": BEIJING, "issued_on": date(2025, 8, 1), "issuer_zh": "北京市政府办公厅"},
     {"items": {"measure": 16}}),
    ("wuhan-donghu", {"title_zh": OPTICS_VALLEY, "issued_on": date(2024, 10, 1)},
     {"items": {"element": 7, "action": 8}, "targets": [CLUSTERS]}),
    ("xian", {"title_zh": XIAN, "issued_on": date(2024, 5, 1)}, {"items": {"field": FIELDS}}),
    ("wuhan-donghu", {"title_zh": REPEALED, "issued_on": date(2021, 3, 1), "ended_on": date(2024, 10, 1)},
     {"items": {"element": 5, "action": 6}}),
)  # fmt: skip


def load(cast: Cast) -> int:
    for slug, values, parts in DOCUMENTS:
        row = record_kept(
            SYSTEM, POLICY, is_sample=True, zone=cast.zones[slug], visibility=Visibility.PUBLIC, source_zh=SOURCE,
            with_parts={"items": _items(**parts["items"]), "targets": parts.get("targets", [])}, **values,
        )  # fmt: skip
        if values is DRAWN_BACK:
            withdraw_kept(SYSTEM, POLICY, record_id=row.pk, version=None, because="漏登一条，重新登记")
    return len(DOCUMENTS)
