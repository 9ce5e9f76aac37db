"""What zones of the demo have kept record of: plausible rows of each mechanism, marked as samples, so that every list
and dashboard has something to show. Nobody is named: organizations are those of the sample, people are roles.
What counts for an association is of last year: years the article tells numbers of stay as they are.
"""

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Final

from django.db import transaction
from django.utils import timezone

from matching.choices import AmountKind, CooperationKind, CooperationSource, EventKind, PartyRole, TalentRole
from matching.importing.demo_agreements import DAY
from matching.services.cooperations import CooperationParts
from matching.services.past import PastCooperation, PastEvent, record_held_events, record_past_cooperations
from matching.services.transfers import CONVERSION, TALENT, TRIAL
from zones.choices import ChainRole, ChainStage, Dimension, ResourceKind, Visibility
from zones.models import Association, Organization, Resource, Zone
from zones.scoping import SYSTEM, today
from zones.services.keeping import Shape, record_kept
from zones.services.mechanisms import CHAIN, ENCLAVE, FUND, POLICY

SOURCE: Final = "演示台账（示例）"
WAN: Final = Decimal(10_000)
YI: Final = Decimal(10) ** 8
HOST, SECOND, CAPITAL, ALLIANCE = "shenyang", "wuhan-donghu", "zgc", "dongbei"
EVENTS: Final = (
    (EventKind.INDUSTRY, Dimension.INNOVATION, "智能制造产学研对接会", 3),
    (EventKind.TALENT, Dimension.FACTOR, "高层次人才园区行", 6),
    (EventKind.FINANCE, Dimension.FACTOR, "科技金融对接会", 9),
    (EventKind.EXCHANGE, Dimension.INSTITUTION, "园区经办人交流会", 11),
    (EventKind.FORUM, Dimension.OPENING, "东北高新区创新论坛", 5),
    (EventKind.INDUSTRY, Dimension.SAFEGUARD, "新材料供需对接会", 10),
)
"""Kind, dimension, title, month of last year."""
SIGNED: Final = (
    (CooperationKind.PROJECT, Dimension.INNOVATION, "减速器寿命预测联合攻关", 3, AmountKind.CONTRACT_SUM, 180),
    (CooperationKind.PROJECT, Dimension.INNOVATION, "电驱关键部件中试验证", 8, AmountKind.CONTRACT_SUM, 240),
    (CooperationKind.PROJECT, Dimension.INNOVATION, "精密丝杠工艺开发", 5, AmountKind.CONTRACT_SUM, 96),
    (CooperationKind.JOINT_CENTRE, Dimension.INNOVATION, "智能装备联合研发中心", 4, AmountKind.INVESTMENT, 2000),
    (CooperationKind.CONSORTIUM, Dimension.INNOVATION, "高端数控系统攻关联合体", 5, AmountKind.INVESTMENT, 3600),
    (CooperationKind.SCENARIO_ADOPTION, Dimension.OPENING, "园区巡检机器人示范场景", 9, AmountKind.CONTRACT_SUM, 85),
    (CooperationKind.FINANCING, Dimension.FACTOR, "知识产权质押贷款", 6, AmountKind.FINANCING, 500),
    (CooperationKind.FINANCING, Dimension.FACTOR, "装备融资租赁", 9, AmountKind.FINANCING, 1200),
)
"""Kind, dimension, title, month of last year, which sum, in 万元."""
ENGLISH: Final = {
    "沈阳高新区促进跨园区协同创新若干措施": "Measures for innovation across zones, Shenyang",
    "东北装备协同创新基金": "Northeast equipment innovation fund",
    "整机与系统集成": "Machines and system integration",
    "精密减速器": "Precision reducers",
    "高性能伺服电机": "High-performance servo motors",
    "沈阳高新区光谷离岸创新飞地": "Shenyang enclave in Optics Valley",
    "水下机械臂工艺包许可": "License of an underwater manipulator",
    "腐蚀监测方法转让": "Transfer of a corrosion monitoring method",
    "主轴热补偿技术作价入股": "Spindle heat compensation as equity",
    "干部挂职": "Secondment of officials",
    "工程师互派": "Exchange of engineers",
    "专家巡诊": "Experts on tour",
    "激光通信外场试验": "Field trial of laser communication",
    "量子密钥分发外场试验": "Field trial of quantum key distribution",
}
ENDED: Final = frozenset({"精密丝杠工艺开发", "减速器寿命预测联合攻关"})


@transaction.atomic
def make_mechanisms() -> int:
    """All of them. Returns how many records there are besides events and cooperations."""
    _events()
    _cooperations()
    made = [_policy(), _fund(), *_chain(), _enclave(), *_conversions(), *_exchanges(), *_trials()]
    return len(made)


def _on(years_ago: int, month: int, day: int = 15) -> date:
    return date(today().year - years_ago, month, day)


def _zone(slug: str) -> Zone:
    return Zone.objects.get(slug=slug)


def _owner(slug: str, kind: str = "") -> Organization:
    """The first organization of the sample in a zone, or the first that offers such a resource."""
    return _resource(slug, kind).organization


def _resource(slug: str, kind: str = "") -> Resource:
    rows = Resource.objects.visible_to(SYSTEM).filter(zone__slug=slug, is_sample=True).order_by("pk")
    found: Resource | None = (
        (rows.filter(kind=kind) if kind else rows).select_related("organization__zone__region").first()
    )
    assert found is not None, f"the sample has no {kind or 'resource'} in {slug}"
    return found


def _kept(shape: Shape, slug: str, title: str, **values: Any) -> Any:
    return record_kept(
        SYSTEM, shape, is_sample=True, zone=_zone(slug), title_zh=f"{title}（示例）",
        title_en=f"{ENGLISH[title]} (sample)", source_zh=SOURCE,
        visibility=Visibility.PUBLIC, **values,
    )  # fmt: skip


def _events() -> None:
    alliance, partner = Association.objects.get(slug=ALLIANCE), _zone("changchun")
    past = []
    for kind, dimension, title, month in EVENTS:
        begins = timezone.make_aware(datetime(today().year - 1, month, 18, 9))
        values = {
            "association": alliance, "kind": kind, "dimension": dimension, "title_zh": f"{title}（示例）",
            "summary_zh": "演示数据：路演与分组交流。", "place_zh": "沈阳高新区", "visibility": Visibility.PUBLIC,
            "starts_at": begins, "ends_at": begins + DAY / 3,
        }  # fmt: skip
        past.append(PastEvent(values, [{"zone": partner}], "达成合作意向若干项（示例）。"))
    record_held_events(SYSTEM, past, is_sample=True)


def _cooperations() -> None:
    lead, partner = _owner(HOST, ResourceKind.ACHIEVEMENT), _owner("dalian", ResourceKind.ACHIEVEMENT)
    lender = _owner(HOST, ResourceKind.FINANCE_PRODUCT)
    alliance = Association.objects.get(slug=ALLIANCE)
    past = []
    for kind, dimension, title, month, amount, wan in SIGNED:
        is_financing = kind == CooperationKind.FINANCING
        other = (lender, PartyRole.INVESTOR) if is_financing else (partner, PartyRole.MEMBER)
        past.append(_past(kind, title, _on(1, month), [(lead, PartyRole.LEAD), other], dimension=dimension,
                          sums={amount: wan}, link=alliance))  # fmt: skip
    paired = [(lead, PartyRole.HOST), (_owner(CAPITAL), PartyRole.INVESTOR)]
    past.append(_past(CooperationKind.PAIRED_PROJECT, "对口合作装备产业园", _on(1, 4), paired,
                      sums={AmountKind.INVESTMENT: 32_000}, link=alliance))  # fmt: skip
    record_past_cooperations(SYSTEM, past, is_sample=True)


def _past(
    kind: str, title: str, signed_on: date, parties: Sequence[tuple[Organization, str]], *, sums: dict[str, int],
    link: Association, dimension: str = Dimension.INNOVATION,
) -> PastCooperation:  # fmt: skip
    return PastCooperation(
        {"kind": kind, "title_zh": f"{title}（示例）", "summary_zh": "演示数据。", "dimension": dimension,
         "source": CooperationSource.DIRECT, "signed_on": signed_on, "evidence_zh": f"{SOURCE}：{title}"},
        CooperationParts(
            parties=[{"organization": owner, "role": role} for owner, role in parties],
            amounts=[{"kind": name, "amount": wan * WAN} for name, wan in sums.items()],
            associations=[{"association": link}],
        ),
        completed_on=signed_on + 200 * DAY if title in ENDED else None,
    )  # fmt: skip


def _policy() -> Any:
    aim = today().year + 2
    texts = ("支持跨园区共建研发平台", "开放公共实验室与仪器设备", "设立跨园区成果转化专项")
    return _kept(
        POLICY, HOST, "沈阳高新区促进跨园区协同创新若干措施", number="沈高管（示例）1 号", issued_on=_on(2, 3),
        dimension=Dimension.INSTITUTION,
        with_parts={
            "items": [{"kind": "measure", "text_zh": text} for text in texts],
            "targets": [
                {"indicator_zh": "跨园区联合项目", "year": aim, "planned_count": 60, "count_unit_zh": "项"},
                {"indicator_zh": "技术合同成交额", "year": aim, "planned_value": 12 * YI},
            ],
            "actuals": [
                {"target_number": 1, "as_of": _on(1, 12, 31), "actual_count": 21, "evidence_zh": SOURCE},
                {"target_number": 2, "as_of": _on(1, 12, 31), "actual_value": 4 * YI, "evidence_zh": SOURCE},
            ],
        },
    )  # fmt: skip


def _fund() -> Any:
    begun = _on(2, 6)
    return _kept(
        FUND, HOST, "东北装备协同创新基金", size=5 * YI, manager=_owner(HOST, ResourceKind.FINANCE_PRODUCT),
        focus_zh="智能装备与新材料早期项目", established_on=begun, dimension=Dimension.FACTOR,
        with_parts={
            "commitments": [
                {"zone": _zone(HOST), "amount": 2 * YI, "committed_on": begun},
                {"zone": _zone("changchun"), "amount": YI, "committed_on": begun},
                {"name_zh": "某国有资本运营公司（示例）", "amount": YI, "committed_on": begun},
            ],
            "payments": [
                {"commitment_number": 1, "amount": YI, "paid_on": _on(2, 9), "evidence_zh": SOURCE},
                {"commitment_number": 2, "amount": YI / 2, "paid_on": _on(1, 3), "evidence_zh": SOURCE},
            ],
        },
    )  # fmt: skip


def _chain() -> list[Any]:
    leading = {"organization": _owner(HOST, ResourceKind.ACHIEVEMENT), "role": ChainRole.LEADING}
    supplying = {"name_zh": "某精密铸造企业（示例）", "zone": _zone("dalian"), "role": ChainRole.SUPPORTING}
    nodes: tuple[tuple[str, str, list[dict[str, Any]]], ...] = (
        ("整机与系统集成", ChainStage.DOWNSTREAM, [leading]),
        ("精密减速器", ChainStage.MIDSTREAM, [supplying]),
        ("高性能伺服电机", ChainStage.UPSTREAM, []),
    )
    since = _on(2, 1)
    return [
        _kept(CHAIN, HOST, title, chain_zh="机器人", stage=stage, valid_from=since,
              with_parts={"places": [place | {"valid_from": since} for place in places]})
        for title, stage, places in nodes
    ]  # fmt: skip


def _enclave() -> Any:
    space = _resource(SECOND, ResourceKind.ENCLAVE_SPACE)
    tenants = [
        {"name_zh": "某光学检测初创公司（示例）", "entered_on": _on(1, 4), "landed_back_on": _on(1, 12)},
        {"name_zh": "某伺服驱动初创公司（示例）", "entered_on": _on(1, 6)},
    ]
    return _kept(
        ENCLAVE, HOST, "沈阳高新区光谷离岸创新飞地", home_zone=_zone(HOST), host_zone=_zone(SECOND), resource=space,
        operator=space.organization, area_m2=Decimal(3200), opened_on=_on(2, 11), dimension=Dimension.OPENING,
        sharing_terms_zh="在孵期间指标归飞入地；回流落地后税收按约定分成（示例）。", with_parts={"tenants": tenants},
    )  # fmt: skip


def _conversions() -> list[Any]:
    result = _resource(HOST, ResourceKind.ACHIEVEMENT)
    ways = (("水下机械臂工艺包许可", SECOND, 1, 5, 320), ("腐蚀监测方法转让", "changchun", 1, 10, 150),
            ("主轴热补偿技术作价入股", HOST, 2, 7, 480))  # fmt: skip
    return [
        _kept(
            CONVERSION,
            HOST,
            title,
            resource=result,
            from_zone=_zone(HOST),
            landing_zone=_zone(slug),
            amount=wan * WAN,
            converted_on=_on(years_ago, month),
            dimension=Dimension.FACTOR,
        )
        for title, slug, years_ago, month, wan in ways
    ]


def _exchanges() -> list[Any]:
    ways = (
        ("干部挂职", HOST, SECOND, TalentRole.MANAGER, 6, 1, 3),
        ("工程师互派", SECOND, HOST, TalentRole.ENGINEER, 12, 1, 5),
        ("专家巡诊", HOST, "changchun", TalentRole.EXPERT, 8, 2, 9),
    )
    return [
        _kept(
            TALENT,
            HOST,
            title,
            from_zone=_zone(home),
            to_zone=_zone(host),
            role=role,
            person_times=count,
            started_on=_on(years_ago, month),
            ended_on=_on(years_ago, month, 28),
            dimension=Dimension.FACTOR,
        )
        for title, home, host, role, count, years_ago, month in ways
    ]


def _trials() -> list[Any]:
    ground = _resource("changchun", ResourceKind.TESTBED)
    over = {"ended_on": _on(1, 11), "result": "passed", "result_zh": "通过验收（示例）"}
    return [
        _kept(TRIAL, "changchun", title, testbed=ground, name_zh="某空间光通信企业（示例）", track_code=track,
              started_on=_on(1, 6), dimension=Dimension.INNOVATION, **end)
        for title, track, end in (("激光通信外场试验", "FI5", over), ("量子密钥分发外场试验", "FI2", dict[str, Any]()))
    ]  # fmt: skip
