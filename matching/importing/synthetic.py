"""A large synthetic site: realistic in size, spread and vocabulary, made from the code tables with one seed.

Words follow Zipf's law over some eight hundred topics (disciplines): common and rare terms stand side by side as
in real catalogues; every number comes from the one generator, so the same seed gives the same site.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import numpy as np
from django.db import transaction
from django.db.models.functions import Now
from numpy.typing import NDArray

from matching.choices import NeedKind, NeedState, NeedVisibility
from matching.models import Need, NeedMetric
from matching.services.bulk import open_needs
from zones.choices import OrganizationKind, ResourceKind, Visibility
from zones.models import Capability, Code, Organization, Resource, Zone
from zones.scoping import Principal, today
from zones.services.batches import register_organizations
from zones.services.bulk import publish_resources

RESOURCES_PER_SCALE, NEEDS_PER_SCALE = 1_000, 50
RESOURCES_PER_ORGANIZATION = 12
ZIPF = 1.05
PART = 20_000
QUANTITIES = (
    ("accuracy", "测量精度", "μm", 0.01, 50.0),
    ("range", "量程", "mm", 1.0, 2000.0),
    ("temperature", "最高温度", "℃", 80.0, 1800.0),
    ("throughput", "月处理能力", "件", 5.0, 5000.0),
    ("turnaround", "周期", "工作日", 1.0, 60.0),
    ("purity", "纯度", "%", 90.0, 99.999),
    ("power", "功率", "W", 0.1, 20000.0),
    ("frequency", "频率上限", "GHz", 0.1, 110.0),
)
KIND_WORDS = {
    ResourceKind.LABORATORY: "重点实验室",
    ResourceKind.EQUIPMENT: "测试系统",
    ResourceKind.ACHIEVEMENT: "制备技术",
    ResourceKind.EXPERT_TEAM: "研究团队",
    ResourceKind.TESTBED: "试验场",
    ResourceKind.PILOT_LINE: "中试线",
    ResourceKind.SERVICE: "检测服务",
}
NEED_KINDS = (
    NeedKind.JOINT_DEVELOPMENT,
    NeedKind.COMMISSIONED_DEVELOPMENT,
    NeedKind.TECHNOLOGY_ACQUISITION,
    NeedKind.TESTING_SHARING,
)
VERBS = ("提升", "降低", "实现", "优化", "验证", "开发", "突破", "替代")
ASPECTS = (
    "可靠性",
    "一致性",
    "成品率",
    "能耗",
    "寿命",
    "灵敏度",
    "均匀性",
    "响应速度",
    "重复性",
    "环境适应性",
    "集成度",
    "成本",
)
SCENES = (
    "新能源汽车",
    "航空发动机",
    "轨道交通",
    "医疗器械",
    "消费电子",
    "电力装备",
    "海洋工程",
    "卫星载荷",
    "半导体制造",
    "化工过程",
    "现代农业",
    "城市安全",
)


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What texts are made of."""

    rng: np.random.Generator
    topics: list[tuple[str, str, str]]
    industries: list[tuple[str, str]]
    equipment: list[tuple[str, str]]
    shares: NDArray[np.float64]

    @classmethod
    def of(cls, seed: int) -> "Vocabulary":
        """Read the code tables; the seed decides which topics are common."""
        rng = np.random.default_rng(seed)
        topics = list(_codes("discipline", level=2, columns=("code", "name_zh", "name_en")))
        weights = 1.0 / np.arange(1, len(topics) + 1) ** ZIPF
        industries = list(_codes("industry", level=3, columns=("code", "name_zh")))
        equipment = list(_codes("equipment", level=2, columns=("code", "name_zh")))
        return cls(rng, topics, industries, equipment, rng.permutation(weights / weights.sum()))

    def topic_rows(self, count: int) -> list[int]:
        rows: list[int] = self.rng.choice(len(self.topics), size=count, p=self.shares).tolist()
        return rows

    def pick(self, options: Sequence[Any]) -> Any:
        return options[int(self.rng.integers(len(options)))]


def _codes(scheme: str, *, level: int, columns: tuple[str, ...]) -> Any:
    return Code.objects.filter(scheme=scheme, level=level, is_active=True).order_by("code").values_list(*columns)


@transaction.atomic
def seed_site(principal: Principal, *, scale: int, seed: int) -> tuple[int, int]:
    """Make `scale` × 1,000 resources and `scale` × 50 open needs; returns how many of each."""
    words = Vocabulary.of(seed)
    zones = list(Zone.objects.select_related("region").order_by("pk"))
    resources = scale * RESOURCES_PER_SCALE
    owners = owners_of(principal, words, zones, count=max(1, resources // RESOURCES_PER_ORGANIZATION), seed=seed)
    for first in range(0, resources, PART):
        count = min(PART, resources - first)
        rows = [
            resource_of(words, words.pick(owners), topic, f"{seed}-{first + i:07d}")
            for i, topic in enumerate(words.topic_rows(count))
        ]
        publish_resources(principal, rows, capabilities_of(words, rows))
    needs = [
        need_of(words, words.pick(owners), topic, f"{seed}-{i:07d}")
        for i, topic in enumerate(words.topic_rows(scale * NEEDS_PER_SCALE))
    ]
    open_needs(principal, needs, metrics_of(words, needs))
    return resources, len(needs)


def owners_of(
    principal: Principal, words: Vocabulary, zones: list[Zone], *, count: int, seed: int
) -> list[Organization]:
    kinds = (OrganizationKind.INSTITUTE, OrganizationKind.UNIVERSITY, OrganizationKind.ENTERPRISE)
    owners = []
    for number in range(count):
        zone = zones[number % len(zones)]
        name = f"示例{zone.city}{words.pick(words.industries)[1]}研究院{seed}-{number:06d}"
        owners.append(
            Organization(
                name_zh=name,
                kind=words.pick(kinds),
                zone=zone,
                region=zone.region,
                is_sample=True,
            )
        )
    register_organizations(principal, owners)
    return owners


def resource_of(words: Vocabulary, owner: Organization, topic: int, number: str) -> Resource:
    kind = words.pick(tuple(KIND_WORDS))
    code, name, name_en = words.topics[topic]
    equipment_code, equipment = words.pick(words.equipment)
    industry_code, industry = words.pick(words.industries)
    scene, aspect = words.pick(SCENES), words.pick(ASPECTS)
    return Resource(
        kind=kind,
        name_zh=f"{scene}用{name}{equipment}{KIND_WORDS[kind]} {number}"[:80],
        organization=owner,
        zone=owner.zone,
        visibility=words.pick(
            (Visibility.NATIONAL, Visibility.NATIONAL, Visibility.NATIONAL, Visibility.PUBLIC, Visibility.ZONE)
        ),
        description_zh=_text(words, name, equipment, industry, scene, aspect),
        description_en=f"{name_en} for {industry_code}",
        keywords=[name[:40], equipment[:40], aspect],
        industry_codes=[industry_code],
        discipline_codes=[code],
        equipment_codes=[equipment_code],
        modes=[words.pick(("commissioned_rd", "joint_attack", "testing_service", "equipment_sharing"))],
        trl=int(words.rng.integers(3, 10)),
        capacity=int(words.rng.integers(1, 6)),
        lead_time_days=int(words.rng.integers(1, 60)),
        confirmed_on=today() - timedelta(days=int(words.rng.integers(0, 720))),
        external_id=f"seed:{number}",
        is_sample=True,
    )


def _text(words: Vocabulary, *subjects: str) -> str:
    """Some 150 characters: subjects in changing company, two further topics, and numbers."""
    others = [words.topics[row][1] for row in words.topic_rows(2)]
    rng = words.rng
    claim = f"面向{subjects[3]}的{subjects[0]}方向，{words.pick(VERBS)}{subjects[2]}中{subjects[1]}的{subjects[4]}，"
    company = f"兼顾{others[0]}与{others[1]}。已完成{int(rng.integers(2, 400))}项验证，"
    effect = f"{words.pick(ASPECTS)}改善{int(rng.integers(3, 60))}%，在{int(rng.integers(1, 40))}家单位应用，"
    return claim + company + effect + f"可{words.pick(VERBS)}{words.pick(SCENES)}场景的{words.pick(ASPECTS)}。"


def capabilities_of(words: Vocabulary, resources: Sequence[Resource]) -> Iterator[Capability]:
    for resource in resources:
        for position, place in enumerate(words.rng.choice(len(QUANTITIES), size=3, replace=False).tolist(), start=1):
            key, name, unit, low, high = QUANTITIES[place]
            value = float(np.round(np.exp(words.rng.uniform(np.log(low), np.log(high))), 3))
            yield Capability(
                resource=resource, position=position, key=key, name_zh=name, unit=unit, low=value, high=value
            )


def need_of(words: Vocabulary, asker: Organization, topic: int, number: str) -> Need:
    code, name, _name_en = words.topics[topic]
    equipment_code, equipment = words.pick(words.equipment)
    industry_code, industry = words.pick(words.industries)
    scene, aspect = words.pick(SCENES), words.pick(ASPECTS)
    minimum = int(words.rng.integers(20, 500)) * 10_000
    day = today()
    return Need(
        kind=words.pick(NEED_KINDS),
        title_zh=f"{scene}{name}{aspect}{words.pick(VERBS)}技术 {number}"[:80],
        summary_zh=_text(words, name, equipment, industry, scene, aspect)[:200],
        problem_zh=_text(words, name, equipment, industry, scene, aspect),
        zone=asker.zone,
        organization=asker,
        consent_recorded_on=day,
        state=NeedState.OPEN,
        opened_at=Now(),
        expires_on=day + timedelta(days=180),
        visibility=NeedVisibility.NATIONAL,
        budget_min=Decimal(minimum),
        budget_max=Decimal(minimum * 2),
        deadline=_deadline(words, day),
        trl_have=3,
        trl_need=int(words.rng.integers(5, 10)),
        industry_codes=[industry_code],
        discipline_codes=[code],
        equipment_codes=[equipment_code],
        modes=["commissioned_rd"],
        keywords=[name[:40], aspect],
        external_id=f"seed:{number}",
        is_sample=True,
    )


def _deadline(words: Vocabulary, day: date) -> date:
    return day + timedelta(days=int(words.rng.integers(90, 900)))


def metrics_of(words: Vocabulary, needs: Sequence[Need]) -> Iterator[NeedMetric]:
    for need in needs:
        for position, place in enumerate(words.rng.choice(len(QUANTITIES), size=2, replace=False).tolist(), start=1):
            key, name, unit, low, high = QUANTITIES[place]
            value = float(np.round(np.exp(words.rng.uniform(np.log(low), np.log(high))), 3))
            priority = "must" if position == 1 else "nice"
            yield NeedMetric(
                need=need,
                position=position,
                key=key,
                name_zh=name,
                operator=">=",
                low=value,
                unit=unit,
                priority=priority,
            )
