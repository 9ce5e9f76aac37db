"""G1, G2: the catalogue of Hangzhou: 63 public laboratories and 317 sets, and what must not be counted among them."""

from collections.abc import Iterator
from datetime import date
from typing import Any, Final

from figures.golden.cast import MADE_UP, Cast
from zones.choices import OrganizationKind, ResourceKind, Visibility
from zones.importing.records import Places, Record, publish_records
from zones.models import CatalogueItem, Organization, Resource
from zones.scoping import SYSTEM
from zones.services.batches import register_organizations
from zones.services.catalogues import list_resource, publish_catalogue, withdraw_resource
from zones.services.resources import retire_resource

ZONE, PUBLISHED_ON = "hangzhou", date(2024, 6, 18)
TITLE: Final = "杭州高新区公共实验室与成套设备目录（示例）"
LABORATORIES, SETS = 63, 317
GROUP, DEPARTMENTS = "示例杭州检测集团", ("示例杭州检测集团电子检测部", "示例杭州检测集团材料检测部")
OWNERS: Final = (
    "示例钱塘微电子研究院", "示例滨江智能感知实验室", "示例浙东生物医药研究院", "示例杭州智能装备研究所",
    "示例杭州先进材料研究院", "示例杭州数字安防研究院", "示例杭州网络通信实验室",
)  # fmt: skip
FIELDS: Final = (
    "集成电路可靠性", "毫米波射频", "机器视觉", "工业软件", "网络安全", "生物医药质量",
    "细胞制备", "医疗器械电磁兼容", "新能源电池",
)  # fmt: skip
WORDS: Final = ("测试", "分析", "中试验证", "检测", "仿真", "计量", "环境试验")
MACHINES: Final = (
    "扫描电子显微镜", "矢量网络分析仪", "X射线衍射仪", "高效液相色谱仪", "半导体参数分析仪", "激光共聚焦显微镜",
    "三坐标测量机",
    "电磁兼容测试系统", "高低温交变试验箱", "流式细胞仪", "光谱分析仪", "原子力显微镜", "疲劳试验机",
    "示波器", "动力电池测试系统",
    "质谱仪", "晶圆探针台", "振动试验台", "热成像仪", "核磁共振波谱仪",
)  # fmt: skip
SHARED: Final[dict[str, Any]] = {"zone_slug": ZONE, "visibility": Visibility.PUBLIC, "spec_basis_zh": MADE_UP}
TWIN: Final = "集成电路可靠性测试公共实验室"
"""Trap: two departments of one group list it."""
GONE, PRIVATE, LATER = "柔性电子工艺公共实验室（已出目录）", "企业内部工艺实验室", "量子精密测量公共实验室（后入目录）"
SET, FOUR = "晶圆级封装成套检测线", "台式扫描电镜"
SCRAPPED, RETURNED = "报废的冲击试验台", "已退出共享的气相色谱仪"
OUT_ON, LATER_ON = date(2025, 6, 30), date(2026, 3, 2)


def load(cast: Cast) -> int:
    """Publish and list everything. Returns how many rows the catalogue has seen."""
    zone = cast.zones[ZONE]
    _departments(cast)
    partner = Organization(
        name_zh="上海南部创新创业咨询服务中心", kind=OrganizationKind.SERVICE, zone=None,
        region=cast.zones["zhangjiang"].region, is_sample=True,
    )  # fmt: skip
    register_organizations(SYSTEM, [partner])
    resources = publish_records(SYSTEM, [*_laboratories(), *_equipment()], Places(), is_sample=True)
    named = {row.name_zh: row for row in resources}
    catalogue = publish_catalogue(
        SYSTEM, zone=zone, title_zh=TITLE, title_en="Public laboratories and sets of Hangzhou (sample)",
        published_on=PUBLISHED_ON, resources=[row for row in resources if row.name_zh != LATER], partner=partner,
        is_sample=True,
    )  # fmt: skip
    list_resource(SYSTEM, catalogue=catalogue, resource=named[LATER], listed_on=LATER_ON)
    for name in (GONE, SCRAPPED, RETURNED):
        _withdraw(named[name])
    retire_resource(SYSTEM, resource_id=named[SCRAPPED].pk, version=None)
    return len(resources)


def _withdraw(resource: Resource) -> None:
    item = CatalogueItem.objects.select_related("catalogue", "resource").get(resource=resource)
    withdraw_resource(SYSTEM, item=item, withdrawn_on=OUT_ON)


def _departments(cast: Cast) -> None:
    zone = cast.zones[ZONE]
    fields: dict[str, Any] = {
        "kind": OrganizationKind.ENTERPRISE, "zone": zone, "region": zone.region, "is_sample": True
    }  # fmt: skip
    group = Organization(name_zh=GROUP, **fields)
    register_organizations(SYSTEM, [group])
    register_organizations(SYSTEM, [Organization(name_zh=name, parent=group, **fields) for name in DEPARTMENTS])


def _laboratory(name: str, owner: str, *, is_public: bool = True) -> Record:
    return SHARED | {
        "kind": ResourceKind.LABORATORY, "name_zh": name, "organization_zh": owner, "is_public": is_public,
        "description_zh": f"{name}，面向长三角企业开放共享。",
    }  # fmt: skip


def _laboratories() -> Iterator[Record]:
    """The twin is one of the 63; a withdrawn, a private and a later one are none of them."""
    names = [f"{field}{word}公共实验室" for word in WORDS for field in FIELDS]
    for number, name in enumerate(names[1:LABORATORIES]):
        yield _laboratory(name, OWNERS[number % len(OWNERS)])
    for department in DEPARTMENTS:
        yield _laboratory(TWIN, department)
    yield _laboratory(GONE, OWNERS[0])
    yield _laboratory(PRIVATE, OWNERS[1], is_public=False)
    yield _laboratory(LATER, OWNERS[2])


def _machine(name: str, owner: str, quantity: int, *, unit: str = "台", **more: Any) -> Record:
    return SHARED | {
        "kind": ResourceKind.EQUIPMENT, "name_zh": name, "organization_zh": owner, "quantity": quantity, "unit": unit,
        "description_zh": f"{name}，可预约机时或委托测试。", **more,
    }  # fmt: skip


def _equipment() -> Iterator[Record]:
    """A set counts one and its parts none; one row has four; the rest adds up to 317 with them."""
    parts = [
        {"name_zh": f"{name}（部件）", "quantity": 2, "counts_as": 0} for name in ("上片机构", "光学模组", "工作站")
    ]
    yield _machine(SET, OWNERS[0], 1, unit="套", parts=parts)
    yield _machine(FOUR, OWNERS[1], 4)
    left = SETS - 5
    for number, name in enumerate(MACHINES):
        quantity = left if number == len(MACHINES) - 1 else 12 + number % 8
        left -= quantity
        yield _machine(f"{name}机组", OWNERS[number % len(OWNERS)], quantity)
    yield _machine(SCRAPPED, OWNERS[2], 9)
    yield _machine(RETURNED, OWNERS[3], 7)
