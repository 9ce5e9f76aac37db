"""Events of the demo: one to come that guests have registered for, and one that was held, with what came of it; both by
the services that organizers and guests use.
"""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Any, Final

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from matching.choices import CooperationKind, CooperationSource, EventKind, EventResult, ExitReason, PartyRole
from matching.importing.demo import AUTHOR, MEMBER
from matching.importing.demo_exchanges import PAIRS
from matching.models import Event, EventMeeting, EventRegistration, Need
from matching.services.cooperations import CooperationParts, confirm_by_evidence, record_cooperation
from matching.services.event_invitations import invite_drawn
from matching.services.event_outcomes import record_outcome
from matching.services.event_registrations import check_in, register
from matching.services.event_timetables import ask_timetable, build_timetable, release_timetable
from matching.services.event_wishes import set_wishes
from matching.services.events import draft_event, hold_event, publish_event, start_event
from zones.choices import Visibility
from zones.models import Association, Organization, Resource, Zone
from zones.scoping import SYSTEM, Principal, scope_of, today

HOST_TO_COME, HOST_OF_PAST = "shenyang", "wuhan-donghu"
MANAGER: Final = "demo-manager"
DAYS_AHEAD, DAYS_AGO = 20, 16
BRINGS: Final = (
    "减速器寿命试验与故障诊断", "光学检测与镜头装调", "样机小批量试制", "排产软件与数据接口", "测试夹具与标准样件",
    "联合申报项目",
)  # fmt: skip
TO_COME: Final[dict[str, Any]] = {
    "kind": EventKind.INDUSTRY, "title_zh": "东北装备与仪器共享产学研对接会",
    "title_en": "Northeast matchmaking: equipment and shared instruments",
    "summary_zh": "上午路演 8 个项目，下午一对一洽谈。欢迎带着样品、图纸或难题来；双方都想见的优先安排。",
    "place_zh": "沈阳高新区 创新天地 二楼报告厅", "capacity": 60, "slots": 6, "tables": 8, "slot_minutes": 20,
}  # fmt: skip
PAST: Final[dict[str, Any]] = {
    "kind": EventKind.EXCHANGE, "title_zh": "光电子与智能运维技术沙龙",
    "title_en": "Salon: optoelectronics and condition monitoring",
    "summary_zh": "小范围交流：每家 10 分钟介绍，之后分桌洽谈。",
    "place_zh": "武汉东湖高新区 光谷创业咖啡", "capacity": 30, "slots": 4, "tables": 3, "slot_minutes": 25,
}  # fmt: skip


@transaction.atomic
def make_events() -> int:
    """Both events. Returns how many there are."""
    owners = _owners()
    _to_come(owners[: len(owners) // 2])
    _past(owners[len(owners) // 2 :])
    return 2


def _owners() -> list[Organization]:
    """Who talks in the demo, each once, but for the member's own organization."""
    found: dict[int, Organization] = {}
    for pair in PAIRS:
        need = Need.objects.visible_to(SYSTEM).select_related("organization").get(title_zh=pair.need)
        resource = Resource.objects.visible_to(SYSTEM).select_related("organization").get(name_zh=pair.resource)
        found |= {one.pk: one for one in (need.organization, resource.organization) if one.name_zh != MEMBER[2]}
    return list(found.values())


def _to_come(owners: Sequence[Organization]) -> None:
    host, member = _account(AUTHOR), _account(MEMBER[0])
    event = _published(host, HOST_TO_COME, "dongbei", today() + timedelta(days=DAYS_AHEAD), TO_COME)
    invite_drawn(host, event_id=event.pk, version=event.version)
    own = Organization.objects.visible_to(SYSTEM).get(name_zh=MEMBER[2])
    _join(member, event, own, 0, attendees_zh="示例参会人")
    for number, owner in enumerate(owners, start=1):
        _join(SYSTEM, event, owner, number)
    _wish(event)


def _past(owners: Sequence[Organization]) -> None:
    host = _account(MANAGER)
    event = _published(host, HOST_OF_PAST, "net-opto", today() - timedelta(days=DAYS_AGO), PAST)
    guests = [_join(SYSTEM, event, owner, number) for number, owner in enumerate(owners)]
    _wish(event)
    ask_timetable(host, event_id=event.pk, version=None)
    build_timetable(event.pk)
    release_timetable(host, event_id=event.pk, version=None)
    for guest in guests:
        check_in(host, registration_id=guest.pk)
    start_event(host, event_id=event.pk, version=None)
    _record(host, event, guests)
    hold_event(host, event_id=event.pk, version=None, result=f"到会 {len(guests)} 家单位，形成合作 1 项。")


def _published(host: Principal, zone: str, association: str, day: date, values: dict[str, Any]) -> Event:
    starts = timezone.make_aware(datetime.combine(day, time(9)))
    event = draft_event(
        host, zone=Zone.objects.get(slug=zone), starts_at=starts, ends_at=starts + timedelta(hours=8),
        registration_closes_at=starts - timedelta(days=1), meetings_start_at=starts + timedelta(hours=5),
        visibility=Visibility.PUBLIC, is_sample=True,
        organizers=[{"association": Association.objects.get(slug=association)}], **values,
    )  # fmt: skip
    return publish_event(host, event_id=event.pk, version=event.version)


def _join(speaker: Principal, event: Event, owner: Organization, number: int, **more: Any) -> EventRegistration:
    told = {"seats": 1 + number % 2, "brings_zh": BRINGS[number % len(BRINGS)], "is_listed": True, **more}
    return register(speaker, event_id=event.pk, organization_id=owner.pk, **told)


def _wish(event: Event) -> None:
    """Each wants to meet the next two, and the one before."""
    rows = EventRegistration.objects.visible_to(SYSTEM).filter(event=event).order_by("pk")
    guests = list(rows)
    for number, guest in enumerate(guests):
        wanted = {guests[(number + step) % len(guests)].public_id for step in (1, 2, -1)} - {guest.public_id}
        set_wishes(SYSTEM, registration_id=guest.pk, version=guest.version, wanted=wanted)


def _record(host: Principal, event: Event, guests: Sequence[EventRegistration]) -> None:
    """Two talks with their results, and a cooperation that came of the event."""
    meetings = list(EventMeeting.objects.visible_to(host).filter(event=event).order_by("slot", "table")[:2])
    results: list[dict[str, Any]] = [
        {"result": EventResult.INTERESTED, "words_zh": "约定两周内寄送样品"},
        {"result": EventResult.NOTHING, "reason": ExitReason.TIME, "words_zh": "对方设备排期已满"},
    ]
    for meeting, told in zip(meetings, results, strict=False):
        record_outcome(host, event_id=event.pk, meeting=meeting, **told)
    roles = (PartyRole.LEAD, PartyRole.MEMBER)
    parties = [{"organization": guest.organization, "role": role} for guest, role in zip(guests, roles, strict=False)]
    cooperation = record_cooperation(
        SYSTEM, with_parts=CooperationParts(parties=parties), is_sample=True, kind=CooperationKind.PROJECT,
        title_zh="智能运维联合试验", source=CooperationSource.EVENT, event=event, evidence_zh="合作协议（示例）2026-11",
        signed_on=today() - timedelta(days=DAYS_AGO - 4),
    )  # fmt: skip
    confirm_by_evidence(SYSTEM, cooperation_id=cooperation.pk, version=cooperation.version)
    record_outcome(host, event_id=event.pk, result=EventResult.COOPERATION, cooperation=cooperation)


def _account(username: str) -> Principal:
    return scope_of(User.objects.get(username=username))
