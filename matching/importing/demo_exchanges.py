"""Exchanges of the demo, as far along as its rows say: each is led there by the services the sides themselves use."""

from datetime import date, datetime, time, timedelta
from typing import Final, NamedTuple

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from matching.choices import ContactField, ExitReason, Side
from matching.importing.demo import AUTHOR, MEMBER, NO_DOMAIN
from matching.models import Exchange, Need
from matching.services.consents import TEXT_VERSION, give_consent
from matching.services.exchanges import accept_interest, decline_interest, send_interest
from matching.services.meetings import propose_meeting
from matching.services.negotiations import set_next_step, write_message
from zones.models import Organization, Resource
from zones.scoping import SYSTEM, Principal, scope_of, staff_of, today
from zones.services.organizations import add_contact

SENT, DECLINED, ACCEPTED, ONE_CONSENT, DISCLOSED, TALKING = (
    "sent",
    "declined",
    "accepted",
    "consented",
    "open",
    "talking",
)
LED: Final = (SENT, ACCEPTED, ONE_CONSENT, DISCLOSED, TALKING)
"""The stages of those that go on, each by way of those before it."""
SPEAKERS: Final = {"shenyang": AUTHOR, "wuhan-donghu": "demo-manager", "hefei": MEMBER[0]}
"""Who of the demo's accounts speaks for a zone's side; for the others it is the staff of the zone."""
CONTACT: Final = {"title": "项目负责人", "phone": "13800000000", "email": f"project@{NO_DOMAIN}"}
DAYS_OPEN = 90


class Pair(NamedTuple):
    """Titles of a need and a resource of the sample, who asked, and how far they have come."""

    need: str
    resource: str
    asker: Side
    stage: str


PAIRS: Final = (
    Pair("重载搬运机器人RV减速器整机加速寿命试验", "机器人精密减速器性能与寿命检测实验室", Side.NEED, SENT),
    Pair("混凝土泵车主油泵早期故障车载预测模型开发", "旋转机械与液压系统智能运维团队", Side.NEED, SENT),
    Pair("晶圆明场缺陷检测设备深紫外光学系统联合体", "深紫外显微成像物镜团队", Side.NEED, SENT),
    Pair("8英寸碳化硅衬底降本攻关联合体征集激光切片成员", "碳化硅晶锭激光改质剥离装备团队", Side.RESOURCE, ACCEPTED),
    Pair("4000米级科考ROV电动七功能机械手定制开发", "深海七功能全电驱力控机械手", Side.NEED, ONE_CONSENT),
    Pair(
        "装备零部件集群跨企业柔性排产与产能共享示范场景", "离散制造柔性排产与产能共享工业互联网服务",
        Side.NEED, DISCLOSED,
    ),
    Pair(
        "量子密钥分发用高效率铟镓砷单光子探测模组联合开发", "铟镓砷单光子雪崩探测器芯片与制冷模组",
        Side.NEED, TALKING,
    ),
    Pair("薄膜铌酸锂电光调制器芯片110 GHz在片频响测试", "110 GHz光波元件分析与在片测试系统", Side.NEED, DECLINED),
)  # fmt: skip
ANSWERS: Final = {
    "cooperation_zh": "希望先做一轮小批量试验，再签委托合同。",
    "unclear_zh": "请说明最早可排期的日期，以及试验前需要准备的资料。",
    "offer_zh": "样品、测试大纲与配套经费由我方提供，数据双方共享。",
}
SAID: Final = (
    (Side.NEED, "样品 12 件本周可以寄出，测试大纲见下次会议。"),
    (Side.RESOURCE, "收到后 3 个工作日内安排首轮试验，请在大纲里写明温度范围。"),
)


@transaction.atomic
def make_exchanges() -> int:
    """Lead every pair to its stage. Returns how many there are."""
    return len([_led(pair) for pair in PAIRS])


def _led(pair: Pair) -> Exchange:
    need = Need.objects.visible_to(SYSTEM).select_related("zone", "organization").get(title_zh=pair.need)
    rows = Resource.objects.visible_to(SYSTEM).select_related("zone", "organization")
    resource = rows.get(name_zh=pair.resource)
    speaking = {Side.NEED: _speaker(need), Side.RESOURCE: _speaker(resource)}
    answering = Side.RESOURCE if pair.asker == Side.NEED else Side.NEED
    exchange = send_interest(speaking[pair.asker], need_id=need.pk, resource_id=resource.pk, side=pair.asker, **ANSWERS)
    if pair.stage == DECLINED:
        return decline_interest(
            speaking[answering], exchange_id=exchange.pk, version=exchange.version, reason=ExitReason.CAPACITY,
            words="设备排期已满，预计三个月后可再联系。",
        )  # fmt: skip
    reached = LED.index(pair.stage)
    if reached >= LED.index(ACCEPTED):
        exchange = accept_interest(
            speaking[answering], exchange_id=exchange.pk, version=exchange.version, words="可以承接，请先确认样品数量。"
        )
    for owner, side in ((need.organization, Side.NEED), (resource.organization, Side.RESOURCE))[
        : _consents(pair.stage)
    ]:
        _consent(exchange, side, owner, speaking[side])
    if pair.stage == TALKING:
        _talk(exchange, speaking)
    return exchange


def _speaker(record: Need | Resource) -> Principal:
    name = SPEAKERS.get(record.zone.slug)
    return scope_of(User.objects.get(username=name)) if name else staff_of(record.zone_id)


def _consents(stage: str) -> int:
    return 0 if stage in (SENT, ACCEPTED) else 1 if stage == ONE_CONSENT else 2


def _consent(exchange: Exchange, side: Side, owner: Organization, speaker: Principal) -> None:
    add_contact(SYSTEM, organization_id=owner.pk, **CONTACT)
    exchange.refresh_from_db(fields=["version"])
    contact = owner.contact_points.first()
    assert contact is not None
    give_consent(
        speaker, exchange_id=exchange.pk, version=exchange.version, side=side, contact=contact.public_id,
        fields=[ContactField.PHONE, ContactField.EMAIL], purpose="商谈委托试验与样品寄送",
        valid_until=today() + timedelta(days=DAYS_OPEN), text_version=TEXT_VERSION, basis="单位授权书（示例）",
    )  # fmt: skip


def _talk(exchange: Exchange, speaking: dict[Side, Principal]) -> None:
    for side, text in SAID:
        write_message(speaking[side], exchange_id=exchange.pk, text=text, side=side)
    starts = _morning(today() + timedelta(days=3))
    propose_meeting(
        speaking[Side.RESOURCE], exchange_id=exchange.pk, side=Side.RESOURCE, starts_at=starts,
        ends_at=starts + timedelta(hours=1), topic_zh="首轮试验方案沟通", place_zh="线上会议", link="",
    )  # fmt: skip
    set_next_step(
        speaking[Side.NEED], exchange_id=exchange.pk, side=Side.NEED, by=Side.NEED, what="寄出首批样品与测试大纲",
        due_on=today() + timedelta(days=5),
    )  # fmt: skip


def _morning(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(10)))
