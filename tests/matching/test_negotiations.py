"""Two who have consented talk: messages, files, meetings, what comes next; silence is told once."""

import io
import zipfile
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone
from icalendar import Calendar
from PIL import Image

from accounts.models import User
from ledger.models import OutboxEvent
from matching.choices import ExchangeState as State
from matching.choices import FileKind, Side
from matching.models import Exchange, NegotiationFile, NegotiationMeeting, NegotiationMessage, NextStep
from matching.services.exchanges import sweep
from matching.services.meetings import calendar_of, cancel_meeting, confirm_meeting, move_meeting, propose_meeting
from matching.services.negotiation_files import MOST_BYTES, add_file, clean_name, kind_of
from matching.services.negotiations import finish_next_step, set_next_step, write_message
from tests.builders import make_need, make_resource, principal_of
from tests.conftest import World
from tests.exchanges import make_exchange
from zones.errors import Conflict, DomainError, IllegalTransition, InvalidInput, NotAllowed, NotFound
from zones.scoping import today

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7\n%%EOF"


@pytest.fixture
def exchange(world: World) -> Exchange:
    need = make_need(zone=world.east, organization=world.enterprise)
    return make_exchange(need, make_resource(organization=world.laboratory), state=State.DISCLOSED)


def say(user: User, exchange: Exchange, text: str = "您好") -> NegotiationMessage:
    return write_message(principal_of(user), exchange_id=exchange.pk, text=text)


def propose(user: User, exchange: Exchange, **changed: Any) -> NegotiationMeeting:
    starts = timezone.now() + timedelta(days=2)
    values: dict[str, Any] = {
        "starts_at": starts, "ends_at": starts + timedelta(hours=1), "topic_zh": "样品方案", "place_zh": "西山 3 号楼",
    }  # fmt: skip
    return propose_meeting(principal_of(user), exchange_id=exchange.pk, **(values | changed))


def kinds() -> list[str]:
    return list(OutboxEvent.objects.order_by("pk").values_list("kind", flat=True))


def packed(**parts: bytes) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name.replace("__", "/").replace("_dot_", "."), content)
    return stream.getvalue()


def office(part: str = "word__document_dot_xml", types: bytes = b"<Types/>", **more: bytes) -> bytes:
    return packed(**{"[Content_Types]_dot_xml": types, part: b"<x/>"}, **more)


def picture(form: str) -> bytes:
    stream = io.BytesIO()
    Image.new("RGB", (4, 3)).save(stream, form)
    return stream.getvalue()


def test_the_first_word_begins_the_negotiation_and_stays_as_it_was_said(world: World, exchange: Exchange) -> None:
    message = say(world.lin, exchange, " 请先寄两片样品 ")
    exchange.refresh_from_db()
    assert (exchange.state, message.side, message.author, message.text) == (
        State.NEGOTIATING, Side.RESOURCE, world.lin, "请先寄两片样品"
    )  # fmt: skip
    say(world.eve, exchange, "电话 13812345678")
    exchange.refresh_from_db()
    assert exchange.version == 2
    assert kinds()[-3:] == ["exchange.negotiating", "negotiation.message", "negotiation.message"]
    for change in (NegotiationMessage.plain.update, lambda **_values: NegotiationMessage.plain.all().delete()):
        with pytest.raises(DatabaseError), transaction.atomic():
            change(text="改")


Talk = Callable[[User, Exchange], Any]
TALKS: dict[str, Talk] = {
    "message": say,
    "file": lambda user, exchange: add_file(principal_of(user), exchange_id=exchange.pk, name="a.pdf", content=PDF),
    "meeting": propose,
    "next": lambda user, exchange: set_next_step(
        principal_of(user), exchange_id=exchange.pk, what="寄样", due_on=today(), by="need"
    ),
}


@pytest.mark.parametrize("talk", TALKS.values(), ids=TALKS)
def test_talking_is_for_the_two_sides_after_consent_and_before_the_end(
    world: World, exchange: Exchange, talk: Talk
) -> None:
    with pytest.raises(NotFound):
        talk(world.cy, exchange)
    with pytest.raises(NotAllowed):
        talk(world.auditor, exchange)
    for state in (State.INTEREST_SENT, State.CONSENT_PENDING):
        Exchange.plain.update(state=state, answered_at=timezone.now())
        with pytest.raises(IllegalTransition, match="双方同意互换联系方式后"):
            talk(world.eve, exchange)
    Exchange.plain.update(state=State.FAILED, ended_at=timezone.now(), exit_side="need", exit_reason="price")
    with pytest.raises(IllegalTransition):
        talk(world.eve, exchange)
    assert not NegotiationMessage.plain.exists()


def test_a_message_says_something_and_not_too_much(world: World, exchange: Exchange) -> None:
    for text in ("", "  ", "长" * 2001):
        with pytest.raises(InvalidInput) as refused:
            say(world.eve, exchange, text)
        assert "text" in refused.value.errors
    exchange.refresh_from_db()
    assert exchange.state == State.DISCLOSED


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (PDF, FileKind.PDF),
        (office(), FileKind.DOCX),
        (office("xl__workbook_dot_xml"), FileKind.XLSX),
        (picture("PNG"), FileKind.PNG),
        (picture("JPEG"), FileKind.JPEG),
    ],
)
def test_a_file_is_what_it_holds_and_is_kept_as_it_was_sent(
    world: World, exchange: Exchange, content: bytes, kind: FileKind
) -> None:
    file = add_file(principal_of(world.eve), exchange_id=exchange.pk, name="../方案\u202efdp.exe", content=content)
    file.refresh_from_db()
    assert (file.kind, file.size, bytes(file.content)) == (kind, len(content), content)
    assert file.name == f"_方案_fdp.{kind.value}"


@pytest.mark.parametrize(
    "content",
    [
        b"", b"<html><script>", b"MZ\x90", b"\x89PNG\r\n\x1a\nbroken", b"PK\x03\x04broken", b"\xd0\xcf\x11\xe0",
        b"GIF89a", packed(a_dot_txt=b"x"), office(types=b"application/vnd.ms-word.document.macroEnabled.main+xml"),
        office(word__vbaProject_dot_bin=b"x"), picture("WEBP"), b"%PDF-" + b"x" * MOST_BYTES,
        packed(**{"word__document_dot_xml": b"x"}),
    ],
)  # fmt: skip
def test_what_is_none_of_the_kinds_is_refused(world: World, exchange: Exchange, content: bytes) -> None:
    with pytest.raises(InvalidInput) as refused:
        add_file(principal_of(world.eve), exchange_id=exchange.pk, name="a.pdf", content=content)
    assert list(refused.value.errors) == ["file"]
    assert not NegotiationFile.plain.exists()


def test_a_directory_that_unpacks_to_too_much_is_not_unpacked() -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", b"<Types/>")
        archive.writestr("word/document.xml", bytes(201 * 1024 * 1024))
    with pytest.raises(InvalidInput, match="压缩内容异常"):
        kind_of(stream.getvalue())


@pytest.mark.parametrize(
    ("name", "expected"),
    [("报价.final.PDF", "报价.final.pdf"), ("", "文件.pdf"), ("....", "文件.pdf"), ("a" * 300, "a" * 116 + ".pdf")],
)
def test_a_name_may_stand_on_any_disk(name: str, expected: str) -> None:
    assert clean_name(name, FileKind.PDF) == expected


def test_a_meeting_is_confirmed_by_the_other_side_and_again_after_it_has_moved(
    world: World, exchange: Exchange
) -> None:
    eve, lin = principal_of(world.eve), principal_of(world.lin)
    meeting = propose(world.eve, exchange)
    with pytest.raises(NotAllowed, match="须由对方确认"):
        confirm_meeting(eve, meeting_id=meeting.pk, version=1)
    with pytest.raises(Conflict):
        confirm_meeting(lin, meeting_id=meeting.pk, version=7)
    assert confirm_meeting(lin, meeting_id=meeting.pk, version=1).state == "confirmed"
    with pytest.raises(IllegalTransition, match="已确认"):
        confirm_meeting(lin, meeting_id=meeting.pk, version=2)
    starts = timezone.now() + timedelta(days=5)
    told: dict[str, Any] = {
        "starts_at": starts,
        "ends_at": starts + timedelta(hours=2),
        "topic_zh": "样品方案",
        "link": "https://a.cn/1",
    }
    moved = move_meeting(lin, meeting_id=meeting.pk, version=2, **told)
    assert (moved.state, moved.side, moved.confirmed_at) == ("proposed", Side.RESOURCE, None)
    with pytest.raises(NotAllowed):
        confirm_meeting(lin, meeting_id=meeting.pk, version=3)
    confirm_meeting(eve, meeting_id=meeting.pk, version=3)
    cancelled = cancel_meeting(lin, meeting_id=meeting.pk, version=4)
    assert (cancelled.state, cancelled.sequence) == ("cancelled", 4)
    with pytest.raises(IllegalTransition, match="已取消"):
        move_meeting(eve, meeting_id=meeting.pk, version=5, **told)
    with pytest.raises(NotFound):
        cancel_meeting(principal_of(world.cy), meeting_id=meeting.pk, version=5)
    assert [kind for kind in kinds() if kind.startswith("meeting")] == [
        f"meeting.{word}" for word in ("proposed", "confirmed", "moved", "confirmed", "cancelled")
    ]


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"starts_at": datetime(2020, 1, 1, tzinfo=timezone.get_default_timezone())}, "starts_at"),
        ({"ends_at": timezone.now()}, "ends_at"),
        ({"ends_at": timezone.now() + timedelta(days=9)}, "ends_at"),
        ({"place_zh": ""}, "__all__"),
        ({"link": "http://a.cn"}, "link"),
        ({"link": "javascript:alert(1)"}, "link"),
        ({"topic_zh": ""}, "topic_zh"),
    ],
)
def test_a_meeting_has_a_time_to_come_and_a_place(
    world: World, exchange: Exchange, changed: dict[str, Any], field: str
) -> None:
    with pytest.raises(InvalidInput) as refused:
        propose(world.eve, exchange, **changed)
    assert list(refused.value.errors) == [field]


def test_calendars_follow_a_meeting_by_its_uid_and_sequence(world: World, exchange: Exchange) -> None:
    meeting = propose(world.eve, exchange, link="https://meet.example.cn/1")
    events: list[Any] = [Calendar.from_ical(calendar_of(meeting)).walk("VEVENT")[0]]
    cancelled = cancel_meeting(principal_of(world.lin), meeting_id=meeting.pk, version=1)
    calendar = Calendar.from_ical(calendar_of(cancelled))
    events += calendar.walk("VEVENT")
    assert str(calendar["METHOD"]) == "CANCEL"
    assert len({str(event["UID"]) for event in events}) == 1
    assert [int(event["SEQUENCE"]) for event in events] == [0, 1]
    assert [str(event["STATUS"]) for event in events] == ["TENTATIVE", "CANCELLED"]
    assert events[0]["DTSTART"].dt == meeting.starts_at.replace(microsecond=0)
    assert str(events[0]["DTSTART"].params["TZID"]) == "Asia/Shanghai"
    text = calendar_of(meeting).decode()
    assert world.enterprise.name_zh not in text
    assert calendar_of(meeting) == calendar_of(meeting)


def test_what_comes_next_takes_the_place_of_what_was_to_come(world: World, exchange: Exchange) -> None:
    eve, day = principal_of(world.eve), today() + timedelta(3)
    with pytest.raises(NotFound, match="请先登记"):
        finish_next_step(eve, exchange_id=exchange.pk)
    first = set_next_step(eve, exchange_id=exchange.pk, what="寄样", due_on=day, by="need")
    second = set_next_step(eve, exchange_id=exchange.pk, what="报价", due_on=day, by="resource")
    first.refresh_from_db()
    assert (first.is_done, first.ended_at is None) == (False, False)
    assert finish_next_step(principal_of(world.lin), exchange_id=exchange.pk).pk == second.pk
    assert not NextStep.plain.filter(ended_at__isnull=True).exists()
    right: dict[str, Any] = {"what": "寄样", "due_on": day, "by": "need"}
    too_early, too_late = today() - timedelta(1), today() + timedelta(999)
    for wrong in ({"by": "x"}, {"due_on": too_early}, {"due_on": too_late}, {"what": ""}):
        with pytest.raises(InvalidInput):
            set_next_step(eve, exchange_id=exchange.pk, **(right | wrong))


def test_silence_is_told_once_and_again_only_after_somebody_has_spoken(world: World, exchange: Exchange) -> None:
    say(world.eve, exchange)
    assert sweep() == 0

    def silent() -> None:
        old = timezone.now() - timedelta(days=14)
        Exchange.plain.update(stirred_at=old, updated_at=old)

    silent()
    assert [sweep(), sweep()] == [1, 0]
    assert kinds().count("exchange.stale") == 1
    say(world.lin, exchange)
    assert sweep() == 0
    silent()
    assert [sweep(), kinds().count("exchange.stale")] == [1, 2]


def test_who_waits_for_a_day_that_was_agreed_on_is_not_nudged(world: World, exchange: Exchange) -> None:
    day = today() + timedelta(30)
    set_next_step(principal_of(world.eve), exchange_id=exchange.pk, what="等样品", due_on=day, by="need")
    old = timezone.now() - timedelta(days=20)
    Exchange.plain.update(stirred_at=old, updated_at=old)
    assert sweep() == 0
    NextStep.plain.update(due_on=today())
    assert sweep() == 1


def test_what_is_refused_begins_nothing(world: World, exchange: Exchange) -> None:
    with pytest.raises(DomainError):
        propose(world.eve, exchange, topic_zh="")
    exchange.refresh_from_db()
    assert (exchange.state, exchange.stirred_at) == (State.DISCLOSED, None)
