"""What can be bent in the golden data set: each trap of PRODUCT.md §4, and any fact at all."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models.functions import Now

from figures.article import DAY
from figures.golden import catalogue
from figures.golden.policies import OPTICS_VALLEY
from figures.models import Observation
from matching.models import (
    Agreement,
    AgreementParty,
    ContractRegistration,
    Cooperation,
    CooperationAssociation,
    CooperationParty,
    Event,
    EventOrganizer,
    TechContract,
)
from tests.figures.golden import rows
from zones.models import (
    Association,
    CatalogueItem,
    EquipmentDetail,
    LaboratoryDetail,
    Membership,
    PolicyDocument,
    PolicyItem,
    PolicyTarget,
    Region,
    Resource,
    ResourcePart,
    ZoneLevel,
)

YI = Decimal(10) ** 8


def contract(number: int) -> Any:
    return {"contract__title_zh__endswith": f"-{number}"}


def resource(name: str) -> Any:
    return {"resource__name_zh": name}


def held(title: str) -> Any:
    return rows(Event, title_zh=title)


def centre(title: str) -> Any:
    return rows(Cooperation, title_zh=title)


Bend = Callable[[], object]
CHINA = ZoneInfo("Asia/Shanghai")
TIANJIN = "120000"
BENT: dict[str, tuple[Bend, dict[str, Any]]] = {
    "G1 withdrawn": (lambda: rows(CatalogueItem, **resource(catalogue.GONE)).update(withdrawn_on=None), {"F03": 64}),
    "G1 private": (
        lambda: rows(LaboratoryDetail, **resource(catalogue.PRIVATE)).update(is_public=True), {"F03": 64}
    ),
    "G1 later": (lambda: rows(CatalogueItem, **resource(catalogue.LATER)).update(listed_on=DAY), {"F03": 64}),
    "G1 two departments": (
        lambda: rows(Resource, name_zh=catalogue.TWIN, organization__name_zh=catalogue.DEPARTMENTS[1]).update(
            name_zh="另一间实验室"
        ),
        {"F03": 64},
    ),
    "G2 parts": (lambda: rows(ResourcePart, **resource(catalogue.SET)).update(counts_as=1), {}),
    "G2 four": (lambda: rows(EquipmentDetail, **resource(catalogue.FOUR)).update(quantity=1), {"F04": 314}),
    "G2 scrapped": (
        lambda: rows(CatalogueItem, **resource(catalogue.SCRAPPED)).update(withdrawn_on=None), {"F04": 326}
    ),
    "G3 cancelled": (
        lambda: rows(ContractRegistration, kind="cancellation", **contract(9)).delete(),
        {"F05": Decimal("898.7") * YI, "F06": None},
    ),
    "G3 changed": (
        lambda: rows(ContractRegistration, kind="change", **contract(8)).delete(),
        {"F05": Decimal("859.8") * YI, "F06": None},
    ),
    "G3 signed in 2023": (
        lambda: rows(TechContract, title_zh__endswith="2024-7").update(signed_on=date(2024, 1, 2)), {}
    ),
    "G3 registered in 2023": (
        lambda: rows(ContractRegistration, **contract(7)).update(registered_on=date(2023, 12, 29)),
        {"F05": Decimal("803.7") * YI, "F06": None},
    ),
    "G3 buyer in Beijing": (
        lambda: rows(TechContract, title_zh__endswith="2024-10").update(buyer_region=Region.objects.get(code=TIANJIN)),
        {"F05": Decimal("963.7") * YI, "F06": None},
    ),
    "G3 registered in 2025": (
        lambda: rows(ContractRegistration, **contract(12)).update(registered_on=date(2024, 12, 31)),
        {"F05": Decimal("887.7") * YI, "F06": None},
    ),
    "G3 traded": (lambda: rows(ContractRegistration, **contract(3)).update(traded_amount=1), {}),
    "G4 missing year": (
        lambda: rows(Observation, period="2016").delete(), {"F07": "2016", "F08": "2016"}
    ),
    "G5 in two": (
        lambda: rows(CooperationAssociation, association__slug="dongbei", cooperation__kind="paired_project").delete(),
        {},
    ),
    "G6 dissolved": (
        lambda: centre("已撤销的联合研发中心（示例）").update(state="agreed", terminated_on=None, end_reason=""),
        {"F12": 36},
    ),
    "G6 three partners": (
        lambda: rows(
            CooperationParty, cooperation__title_zh="第三代半导体联合研发中心（示例 01）",
            zone__slug__in=("shenzhen", "xiamen"),
        ).delete(),
        {},
    ),
    "G6 lead": (
        lambda: rows(CooperationParty, cooperation__title_zh="厦门牵头的联合研发中心（示例）").update(role="lead"),
        {"F12": 36},
    ),
    "G7 completed later": (
        lambda: rows(Cooperation, title_zh="物联网产学研项目 2024-01（示例）").update(completed_on=date(2026, 1, 1)),
        {"F14": 19},
    ),
    "G7 signed earlier": (
        lambda: rows(Cooperation, title_zh="物联网产学研项目 2024-01（示例）").update(signed_on=date(2023, 12, 31)),
        {"F13": 8},
    ),
    "G7 unconfirmed": (
        lambda: rows(Cooperation, title_zh="尚未确认的合作项目（示例）").update(
            state="agreed", confirmed_by="evidence", confirmed_at=Now()
        ),
        {"F13": 10, "F21": 58},
    ),
    "G8 co-hosts": (lambda: rows(EventOrganizer, zone__slug__in=("harbin", "changchun")).delete(), {}),
    "G8 cancelled": (lambda: held("取消的交流活动（示例）").update(
            state="held", published_at=Now(), held_at=Now(), cancelled_because_zh=""
        ),
        {"F19": 24},),
    "G8 new year": (
        lambda: held("跨年交流活动（示例）").update(starts_at=datetime(2024, 12, 31, 23, 59, tzinfo=CHINA)), {"F19": 24}
    ),
    "G8 supporter": (
        lambda: rows(EventOrganizer, event__title_zh="外区域主办的交流活动（示例）").update(role="co_host"), {"F19": 24}
    ),
    "G9 left": (
        lambda: rows(Membership, association__slug="net-nano", zone__slug="changzhou").update(left_on=None),
        {"F26": 10},
    ),
    "G9 provincial": (
        lambda: rows(ZoneLevel, zone__slug="hefei-xinzhan").update(level="national"),
        {"F01": 179, "F02": 37, "F10": 11, "F11": 0},
    ),
    "G10 179th": (lambda: rows(ZoneLevel, zone__slug="xiongan").update(valid_from=DAY), {"F01": 179}),
    "G10 economic": (lambda: rows(ZoneLevel, zone__slug="beijing-etown").delete(), {}),
    "G11 forecast": (
        lambda: rows(Observation, series__code="future-industry-output", period="2025").update(is_forecast=False),
        {"F34": Decimal("13.4") * 10_000 * YI, "F35": None},
    ),
    "G12 withdrawn record": (lambda: rows(PolicyDocument, withdrawn_on__isnull=False).update(
        withdrawn_on=None, withdrawn_because_zh=""
    ), {"F36": 15}),
    "G12 another kind": (
        lambda: rows(PolicyItem, text_zh="要素1（示例）", document__title_zh=OPTICS_VALLEY).update(kind="action"),
        {"F37": 6, "F38": 9},
    ),
    "draft": (
        lambda: rows(Agreement, state="draft").update(state="in_force", document_sha256="0" * 64), {"F17": 5}
    ),
}  # fmt: skip
"""Trap → what takes it away, and the figures that say something else then (None: whatever it is)."""


def _end(model: Any, key: int) -> Bend:
    return lambda: rows(model, pk=key).update(left_on=DAY)


def _remove(model: Any, key: int) -> Bend:
    return lambda: rows(model, pk=key)._raw_delete("default")


MUTATED: dict[str, Callable[[int], Bend]] = {
    "zones.membership": lambda key: _end(Membership, key),
    "zones.zonelevel": lambda key: lambda: rows(ZoneLevel, pk=key).update(valid_to=DAY),
    "zones.catalogueitem": lambda key: _remove(CatalogueItem, key),
    "zones.association": lambda key: lambda: rows(Association, pk=key).update(founded_on=DAY - timedelta(days=9)),
    "zones.policyitem": lambda key: _remove(PolicyItem, key),
    "zones.policytarget": lambda key: _remove(PolicyTarget, key),
    "matching.techcontract": lambda key: lambda: rows(ContractRegistration, contract_id=key)._raw_delete("default"),
    "matching.cooperation": lambda key: _remove(Cooperation, key),
    "matching.event": lambda key: _remove(Event, key),
    "matching.agreementparty": lambda key: _remove(AgreementParty, key),
    "figures.observation": lambda key: _remove(Observation, key),
}
