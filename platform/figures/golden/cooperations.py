"""G5, G6, G7 and the 57 projects of G8: paired projects, joint centers, projects by the day of 促成 and of 完成."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, Final

from figures.golden.cast import MADE_UP, Cast
from matching.choices import AmountKind, CooperationKind, CooperationSource, PartyRole, TerminationReason
from matching.services.cooperations import CooperationParts, record_cooperation
from matching.services.past import PastCooperation, record_past_cooperations
from zones.choices import OrganizationKind
from zones.models import Organization
from zones.scoping import SYSTEM
from zones.services.batches import register_organizations

YI: Final = Decimal(10) ** 8
CENTRE: Final = "苏州工业园区三代半国创中心"
CENTRES, PROMOTED, COMPLETED, NORTHEAST = 35, 9, 20, 57
PAIRED: Final = (
    ("集成电路装备零部件生产基地", "15.2"), ("航空发动机精密部件项目", "12.6"), ("智能制造产业园", "9.8"),
    ("工业软件研发中心", "8.4"), ("半导体检测平台", "4.1"), ("无人机系统总装项目", "3.2"),
)  # fmt: skip
"""Invested, in 亿元: more than fifty. The last one counts for another association too."""
FIELDS: Final = ("智能制造", "新材料应用", "生物医药", "新能源", "精密仪器", "轨道交通", "智慧农业", "工业软件")
KINDS: Final = ("联合攻关", "工艺开发", "样机研制", "中试验证", "关键部件国产化")
DAY = timedelta(days=1)


def load(cast: Cast) -> int:
    """All that documents prove, and two proposals that nobody has confirmed."""
    centre = _centre(cast)
    past = [*_paired(cast), *_centres(cast, centre), *_network(cast), *_northeast(cast)]
    record_past_cooperations(SYSTEM, past, is_sample=True)
    for slug, partner, network, day in (
        ("wuxi", "hangzhou", "net-iot", date(2024, 12, 12)), ("shenyang", "harbin", "dongbei", date(2024, 6, 6)),
    ):  # fmt: skip
        proposal = _project(cast, slug, partner, "尚未确认的合作项目（示例）", day, network)
        record_cooperation(SYSTEM, is_sample=True, with_parts=proposal.parts, **proposal.values)
    return len(past) + 2


def _centre(cast: Cast) -> Organization:
    zone = cast.zones["sip"]
    row = Organization(
        name_zh=CENTRE, kind=OrganizationKind.INSTITUTE, zone=zone, region=zone.region, city=zone.city, is_sample=True
    )
    register_organizations(SYSTEM, [row])
    return row


def _past(
    kind: str, title: str, signed_on: date, parties: Sequence[tuple[Organization, str]], *, links: Sequence[Any] = (),
    amount: str = "", **end: Any,
) -> PastCooperation:  # fmt: skip
    amounts = [{"kind": AmountKind.INVESTMENT, "amount": Decimal(amount) * YI}] if amount else None
    return PastCooperation(
        {"kind": kind, "title_zh": title, "summary_zh": MADE_UP, "source": CooperationSource.DIRECT,
         "signed_on": signed_on, "evidence_zh": f"统计台账（示例）：{title}"},
        CooperationParts(
            parties=[{"organization": owner, "role": role} for owner, role in parties], amounts=amounts,
            associations=[{"association": link} for link in links],
        ),
        **end,
    )  # fmt: skip


def _paired(cast: Cast) -> Iterator[PastCooperation]:
    """One counts for another association besides; one is no part of the pairing."""
    pairing, alliance = cast.associations["jing-shen"], cast.associations["dongbei"]
    parties = [(cast.enterprise("zgc"), PartyRole.INVESTOR), (cast.enterprise("shenyang"), PartyRole.HOST)]
    for number, (title, amount) in enumerate(PAIRED):
        links = [pairing, alliance] if number == len(PAIRED) - 1 else [pairing]
        day = date((2021, 2022, 2023, 2023, 2024, 2024)[number], 3 + number, 15)
        yield _past(
            CooperationKind.PAIRED_PROJECT, f"京沈对口合作：{title}（示例）", day, parties, links=links, amount=amount
        )
    yield _past(
        CooperationKind.PAIRED_PROJECT, "不属于京沈对口合作的项目（示例）", date(2024, 4, 18), parties, amount="6.6"
    )


def _centres(cast: Cast, centre: Organization) -> Iterator[PastCooperation]:
    """35 that are active, the first with partners in three zones; one dissolved, one later, one led by another."""
    network, kind = cast.associations["net-nano"], CooperationKind.JOINT_CENTRE
    partners = ("zgc", "shenzhen", "xiamen")
    for number in range(CENTRES):
        slugs = partners if number == 0 else (partners[number % 3],)
        others = [(cast.enterprise(slug), PartyRole.MEMBER) for slug in slugs]
        title = f"第三代半导体联合研发中心（示例 {number + 1:02d}）"
        yield _past(kind, title, date(2022, 1, 10) + 34 * number * DAY, [(centre, PartyRole.LEAD), *others])
    led = [(centre, PartyRole.LEAD), (cast.enterprise("zgc"), PartyRole.MEMBER)]
    yield _past(
        kind, "已撤销的联合研发中心（示例）", date(2022, 5, 6), led, terminated_on=date(2025, 3, 31),
        end_reason=TerminationReason.PARTNER,
    )  # fmt: skip
    yield _past(kind, "后来设立的联合研发中心（示例）", date(2026, 1, 15), led, links=[network])
    other = [(cast.institute("xiamen"), PartyRole.LEAD), (centre, PartyRole.MEMBER)]
    yield _past(kind, "厦门牵头的联合研发中心（示例）", date(2024, 11, 20), other, links=[network])


def _project(
    cast: Cast, slug: str, partner: str, title: str, signed_on: date, *links: str, **end: Any
) -> PastCooperation:
    parties = [(cast.enterprise(slug), PartyRole.LEAD), (cast.institute(partner), PartyRole.MEMBER)]
    named = [cast.associations[link] for link in links]
    return _past(CooperationKind.PROJECT, title, signed_on, parties, links=named, **end)


def _network(cast: Cast) -> Iterator[PastCooperation]:
    """9 signed in 2024, four of them completed in 2025 and one broken off; 16 signed and completed in 2025; of 2025 two
    more, one still running and one completed in 2026.
    """
    partners = ("nanjing", "hangzhou", "chengdu", "shenzhen", "xian")
    for number in range(PROMOTED):
        end: dict[str, Any] = {"completed_on": date(2025, 3 + number, 20)} if number < 4 else {}
        if number == 4:
            end = {"terminated_on": date(2025, 8, 8), "end_reason": TerminationReason.TECHNOLOGY}
        title = f"物联网产学研项目 2024-{number + 1:02d}（示例）"
        yield _project(
            cast, "wuxi", partners[number % 5], title, date(2024, 11, 15) + 5 * number * DAY, "net-iot", **end
        )
    for number in range(COMPLETED - 4):
        title, signed = f"物联网产学研项目 2025-{number + 1:02d}（示例）", date(2025, 1, 8) + 10 * number * DAY
        done = {"completed_on": signed + 150 * DAY}
        yield _project(cast, "wuxi", partners[number % 5], title, signed, "net-iot", **done)
    late: dict[str, dict[str, Any]] = {
        "2025年签约、尚在执行的项目（示例）": {},
        "2025年签约、2026年完成的项目（示例）": {"completed_on": date(2026, 1, 10)},
    }
    for title, more in late.items():
        yield _project(cast, "wuxi", "hefei", title, date(2025, 9, 1), "net-iot", **more)


def _northeast(cast: Cast) -> Iterator[PastCooperation]:
    """57 signed in 2024, the first for two alliances; one of the year before and one of the year after."""
    slugs = cast.members("dongbei")
    for number in range(NORTHEAST):
        first, second = slugs[number % len(slugs)], slugs[(number * 5 + 3) % len(slugs)]
        title = f"{FIELDS[number % 8]}{KINDS[number % 5]}项目（示例 {number + 1:02d}）"
        day = date(2024, 1, 9) + 6 * number * DAY
        if number == 0:
            yield _project(cast, "shenyang", "zgc", title, day, "dongbei", "jjj")
        else:
            yield _project(cast, first, second, title, day, "dongbei")
    yield _project(cast, "shenyang", "dalian", "2023年签约的项目（示例）", date(2023, 12, 28), "dongbei")
    yield _project(cast, "shenyang", "dalian", "2025年签约的项目（示例）", date(2025, 1, 2), "dongbei")
