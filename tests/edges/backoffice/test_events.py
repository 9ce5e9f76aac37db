"""Events in the back office: written, guests invited and checked in, meetings arranged, outcomes recorded."""

from datetime import timedelta
from io import BytesIO
from typing import Any

import openpyxl
from django.test import Client
from django.utils import timezone

from matching.choices import EventState, RegistrationState
from matching.models import Event, EventInvitation, EventOutcome, EventRegistration
from matching.services.event_timetables import build_timetable
from tests.builders import make_match, make_need, make_organization, make_resource
from tests.conftest import World
from tests.cooperations import make_cooperation
from tests.edges.backoffice.conftest import Browse
from tests.events import event_values, make_co_host, make_event, make_invitation, make_registration, make_wish

LIST = "/office/matching/event/"
PAGES = ("invitations", "guests", "door", "meetings", "outcomes")


def page(row: Event, name: str = "change") -> str:
    return f"{LIST}{row.public_id}/{name}/"


def send(client: Client, row: Event, name: str, **values: Any) -> str:
    row.refresh_from_db()
    return client.post(page(row, name), {"version": row.version, **values}, follow=True).content.decode()


def tap(client: Client, guest: EventRegistration, step: str) -> str:
    values = {"guest": guest.public_id, "page": "door"}
    return client.post(page(guest.event, f"guests/{step}"), values, follow=True).content.decode()


def form_of(world: World, **fields: Any) -> dict[str, Any]:
    posted: dict[str, Any] = {}
    values = event_values(zone=world.east.public_id, slot_minutes=20)
    for name, value in (values | fields).items():
        if hasattr(value, "hour"):
            local = timezone.localtime(value)
            posted |= {f"{name}_0": f"{local:%Y-%m-%d}", f"{name}_1": f"{local:%H:%M:%S}"}
        else:
            posted[name] = "" if value is None else str(value)
    rows = [{"role": "co_host", "zone": str(world.west.public_id)}, {"role": "support", "name_zh": "行业协会"}]
    posted |= {"organizers-TOTAL_FORMS": 2, "organizers-INITIAL_FORMS": 0}
    return posted | {f"organizers-{n}-{name}": value for n, row in enumerate(rows) for name, value in row.items()}


def test_an_event_is_written_published_and_changed_by_host_and_co_host(world: World, browse: Browse) -> None:
    ana, bo, cy = browse(world.ana), browse(world.bo), browse(world.cy)
    assert "晚于活动结束" in ana.post(f"{LIST}add/", form_of(world, slots=40)).content.decode()
    text = ana.post(f"{LIST}add/", form_of(world, dimension="opening"), follow=True).content.decode()
    row = Event.plain.get()
    assert ("已保存" in text, row.state, row.organizers.count()) == (True, EventState.DRAFT, 2)
    assert row.dimension == "opening"
    assert [client.get(page(row)).status_code for client in (ana, bo, cy)] == [200, 200, 404]
    assert "活动已发布" in send(bo, row, "steps/publish")
    assert cy.get(page(row)).status_code == 200
    assert "半导体检测对接会" in cy.get(LIST).content.decode()
    assert [cy.get(page(row, name)).status_code for name in PAGES] == [404] * len(PAGES)
    assert cy.post(page(row), form_of(world, title_zh="改名")).status_code == 404
    changed = form_of(world, title_zh="检测对接会") | {"version": 2}
    ana.post(page(row), changed)
    assert Event.plain.get().title_zh == "检测对接会"
    assert "被他人修改" in ana.post(page(row), changed).content.decode()
    assert "活动已取消" not in send(ana, row, "outcomes/panels/off", because="")
    assert "活动已取消" in send(ana, row, "outcomes/panels/off", because="台风")
    assert "台风" in ana.get(page(row)).content.decode()


def test_invitations_are_previewed_then_sent_and_a_secret_owner_is_not_shown(world: World, browse: Browse) -> None:
    event = make_event(zone=world.east)
    secret = make_organization(zone=world.west, name_zh="西山匿名厂")
    make_match(make_need(organization=secret), make_resource(organization=world.enterprise))
    client = browse(world.ana)
    text = client.get(page(event, "invitations"), {"association": str(world.alliance.public_id)}).content.decode()
    assert ("东方微电子有限公司" in text, "西山匿名厂" in text) == (True, False)
    assert "邀请已发出" in send(client, event, "invitations/panels/drawn", association=world.alliance.public_id)
    assert EventInvitation.plain.count() == 2
    text = send(client, event, "invitations/panels/drawn")
    assert ("没有新的单位" in text, "西山匿名厂" in text) == (True, False)
    text = send(client, event, "invitations/panels/by-hand", organization=world.laboratory.public_id)
    assert ("邀请已发出" in text, "西山光学实验室" in text, "西山匿名厂" in text) == (True, True, False)


def test_guests_are_registered_listed_exported_and_called_off(world: World, browse: Browse) -> None:
    event = make_event(zone=world.east, capacity=2)
    make_registration(event, world.enterprise, seats=2, attendees_zh="=危险公式")
    client = browse(world.ana)
    values = {"organization": world.outside.public_id, "seats": 1, "attendees_zh": "李工"}
    assert "报名已登记" in send(client, event, "guests/panels/register", **values)
    assert "候补" in client.get(page(event, "guests") + "?state=waiting").content.decode()
    assert "已报名" in send(client, event, "guests/panels/register", **values)
    lines = client.get(page(event, "guests/export/csv")).content.decode("utf-8-sig").splitlines()
    assert ("东方微电子有限公司" in lines[1], "'=危险公式" in lines[1], "李工" in lines[2]) == (True, True, True)
    book = openpyxl.load_workbook(BytesIO(client.get(page(event, "guests/export/xlsx")).content))
    sheet: Any = book.active
    names = [row[0] for row in sheet.iter_rows(values_only=True)]
    assert names == ["单位", "东方微电子有限公司", "远海仪器有限公司"]
    first = EventRegistration.plain.get(organization=world.enterprise)
    assert (
        "已取消报名"
        in client.post(
            page(event, "guests/cancel"), {"guest": first.public_id, "version": 1}, follow=True
        ).content.decode()
    )
    assert EventRegistration.plain.get(organization=world.outside).state == RegistrationState.REGISTERED
    assert [browse(world.cy).get(page(event, f"guests/export/{name}")).status_code for name in ("csv", "x")] == [
        404
    ] * 2


def test_a_guest_is_found_by_name_or_scanned_code_and_checked_in_by_one_tap(world: World, browse: Browse) -> None:
    event, client = make_event(zone=world.east, state="running"), browse(world.ana)
    guest = make_registration(event, world.enterprise)
    make_registration(event, world.laboratory)
    door = page(event, "door")
    assert "西山光学实验室" not in client.get(door, {"q": "dong fang"}).content.decode()
    text = client.get(door, {"q": f"https://x.cn/{guest.code.lower()} "}).content.decode()
    assert ("东方微电子有限公司" in text, "西山光学实验室" in text) == (True, False)
    assert "没有找到" in client.get(door, {"q": "无此单位"}).content.decode()
    text = tap(client, guest, "check-in")
    assert ("已签到：东方微电子有限公司" in text, "<strong>1</strong> / 2" in text) == (True, True)
    assert "已撤销签到" in tap(client, guest, "undo")
    assert "无需撤销" in tap(client, guest, "undo")
    other = make_registration(make_event(zone=world.west), world.enterprise)
    assert client.post(page(event, "guests/check-in"), {"guest": other.public_id}).status_code == 404
    assert browse(world.auditor).get(door).status_code == 200
    assert "当天才能签到" in tap(client, make_registration(make_event(zone=world.east), world.outside), "check-in")


def test_meetings_are_built_shown_with_their_numbers_and_released(world: World, browse: Browse) -> None:
    event, client = make_event(zone=world.east), browse(world.ana)
    one, two = make_registration(event, world.enterprise), make_registration(event, world.laboratory)
    make_wish(one, two)
    make_wish(two, one)
    assert "还没有编排" in client.get(page(event, "meetings")).content.decode()
    assert "正在编排" in send(client, event, "steps/ask-timetable")
    assert client.get(page(event, "meetings/building")).status_code == 200
    build_timetable(event.pk)
    answer = client.get(page(event, "meetings/building"))
    assert (answer.status_code, answer["HX-Refresh"]) == (286, "true")
    text = client.get(page(event, "meetings")).content.decode()
    assert ("1 / 1" in text, "西山光学实验室" in text, "尚未发布" in text) == (True, True, True)
    assert "双方已收到通知" in send(client, event, "steps/release-timetable")
    event.refresh_from_db()
    assert client.post(page(event, "steps/release-timetable"), {"version": event.version}).status_code == 404
    assert "只补充新的洽谈" in client.get(page(event, "meetings")).content.decode()
    assert "正在编排" in send(client, event, "steps/ask-timetable")


def test_outcomes_are_recorded_and_put_right_and_the_event_is_held(world: World, browse: Browse) -> None:
    event, client = make_event(zone=world.east, state="running"), browse(world.ana)
    cooperation = make_cooperation(world.enterprise, world.laboratory)
    make_registration(event, world.enterprise)
    send_outcome = "outcomes/panels/outcome"
    assert "未达成”请选择原因" in send(client, event, send_outcome, result="nothing")
    assert "成果已登记" in send(client, event, send_outcome, result="interested", words_zh="送样")
    row = EventOutcome.plain.get()
    values = {"outcome": row.public_id, "result": "cooperation", "cooperation": cooperation.public_id}
    text = send(client, event, send_outcome, **values)
    assert ("成果已登记" in text, cooperation.title_zh in text) == (True, True)
    assert "已登记为举办" in send(client, event, "outcomes/panels/held", result="签约 1 项")
    event.refresh_from_db()
    assert (event.state, event.result_zh) == (EventState.HELD, "签约 1 项")
    assert client.post(page(event, "outcomes/panels/off"), {"version": event.version}).status_code == 404


def test_a_secretariat_runs_its_events_and_an_auditor_reads(world: World, browse: Browse) -> None:
    event = make_event(association=world.alliance, visibility="association")
    make_invitation(event, world.enterprise)
    make_co_host(event, zone=world.east)
    secretary, auditor = browse(world.secretariat), browse(world.auditor)
    for client in (secretary, auditor):
        assert [client.get(page(event, name)).status_code for name in PAGES] == [200] * len(PAGES)
    before = timezone.now() - timedelta(hours=1)
    Event.plain.update(starts_at=before, registration_closes_at=before, meetings_start_at=before)
    assert "活动已开始" in send(secretary, event, "steps/start")
    assert auditor.post(page(event, "outcomes/panels/held"), {"version": 2}).status_code == 404
    assert auditor.post(page(event, "steps/start"), {"version": 2}).status_code == 404


def test_an_event_that_is_over_is_recorded_on_one_page(world: World, browse: Browse) -> None:
    ana, starts = browse(world.ana), timezone.now().replace(microsecond=0) - timedelta(days=300)
    over = {"starts_at": starts, "ends_at": starts + timedelta(hours=6), "meetings_start_at": None, "slots": 0}
    posted = form_of(world, **over) | {"result": "签约 3 项"}
    assert f"{LIST}held/" in ana.get(LIST).content.decode()
    page_text = ana.get(f"{LIST}held/").content.decode()
    assert ("登记已举办的活动" in page_text, "registration_closes_at" in page_text) == (True, False)
    to_come = form_of(world, **(over | {"ends_at": timezone.now() + timedelta(hours=6)}))
    assert "活动尚未结束" in ana.post(f"{LIST}held/", to_come | {"result": ""}).content.decode()
    assert not Event.plain.exists()
    text = ana.post(f"{LIST}held/", posted, follow=True).content.decode()
    row = Event.plain.get()
    assert ("已保存" in text, row.state, row.result_zh) == (True, EventState.HELD, "签约 3 项")
    assert (row.organizers.count(), row.registration_closes_at) == (2, row.starts_at)
    auditor = browse(world.auditor)
    assert f"{LIST}held/" not in auditor.get(LIST).content.decode()
    assert auditor.get(f"{LIST}held/").status_code in (403, 404)
