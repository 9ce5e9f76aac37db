"""Brokers take part in the negotiation of two sides: words, files, meetings, the next step, from the back office."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from matching.choices import ExchangeState as State
from matching.choices import MeetingState, Side
from matching.models import Exchange, NegotiationFile, NegotiationMeeting, NegotiationMessage, NextStep
from tests.builders import make_need, make_resource
from tests.conftest import World
from tests.edges.backoffice.conftest import Browse
from tests.exchanges import make_consent, make_exchange
from zones.scoping import today

SAID = "样品本周寄出，请确认晶圆直径。"


@pytest.fixture
def row(world: World) -> Exchange:
    """Both have consented; nothing is said yet."""
    need = make_need(zone=world.east, organization=world.enterprise)
    made = make_exchange(need, make_resource(organization=world.laboratory), state=State.DISCLOSED)
    for side in Side:
        make_consent(made, side)
    return made


def page(row: Exchange) -> str:
    return f"/office/matching/exchange/{row.public_id}/"


def test_both_zones_brokers_talk_for_their_sides(world: World, row: Exchange, browse: Browse) -> None:
    ana, bo, address = browse(world.ana), browse(world.bo), page(row)

    def send(client: Any, name: str, **values: Any) -> str:
        told: str = client.post(f"{address}panels/{name}/", values, follow=True).content.decode()
        return told

    assert "即进入洽谈" in ana.get(f"{address}change/").content.decode()
    assert SAID in send(ana, "message", text=SAID)
    row.refresh_from_db()
    assert (row.state, NegotiationMessage.plain.get().side) == (State.NEGOTIATING, Side.NEED)
    assert SAID in bo.get(f"{address}change/").content.decode()
    day = today() + timedelta(days=7)
    times = {"starts_at": f"{day}T10:00", "ends_at": f"{day}T11:00"}
    assert "与地点至少填一项" in send(bo, "meeting", topic_zh="检测方案沟通", **times)
    assert "检测方案沟通" in send(bo, "meeting", topic_zh="检测方案沟通", place_zh="线上会议", **times)
    meeting = NegotiationMeeting.plain.get()
    chosen = {"meeting": f"{meeting.pk} {meeting.version}", "answer": "confirm"}
    assert "须由对方确认" in send(bo, "meeting-answer", **chosen)
    send(ana, "meeting-answer", **chosen)
    meeting.refresh_from_db()
    assert meeting.state == MeetingState.CONFIRMED
    assert "会议已有变化" in send(ana, "meeting-answer", **(chosen | {"answer": "cancel"}))
    send(ana, "next", what="寄出首批样品", by="need", due_on=day.isoformat())
    assert (NextStep.plain.get().side, "寄出首批样品" in bo.get(f"{address}change/").content.decode()) == ("need", True)


def test_a_file_is_sent_kept_and_read_by_both_sides_only(world: World, row: Exchange, browse: Browse) -> None:
    ana, address = browse(world.ana), page(row)
    wrong = ana.post(f"{address}panels/file/", {"file": SimpleUploadedFile("a.pdf", b"MZ")}).content.decode()
    assert "PDF" in wrong
    assert NegotiationFile.plain.count() == 0
    ana.post(f"{address}panels/file/", {"file": SimpleUploadedFile("大纲.pdf", b"%PDF-1.7\n%%EOF")})
    file = NegotiationFile.plain.get()
    answer = browse(world.bo).get(f"{address}files/{file.public_id}/")
    assert (answer.content[:5], answer["Content-Disposition"].startswith("attachment")) == (b"%PDF-", True)
    assert "sandbox" in answer["Content-Security-Policy"]
    assert browse(world.cy).get(f"{address}files/{file.public_id}/").status_code == 404
    other = make_exchange(row.need, make_resource(organization=world.laboratory), state=State.DISCLOSED)
    assert ana.get(f"{page(other)}files/{file.public_id}/").status_code == 404


def test_nobody_talks_before_both_have_consented_or_for_another_side(
    world: World, row: Exchange, browse: Browse
) -> None:
    early = make_exchange(row.need, make_resource(organization=world.laboratory))
    assert (
        "洽谈" not in browse(world.ana).get(f"{page(early)}change/").content.decode().split("进程")[0].split("详情")[-1]
    )
    for person, path in ((world.ana, page(early)), (world.cy, page(row)), (world.auditor, page(row))):
        assert browse(person).post(f"{path}panels/message/", {"text": SAID}).status_code == 404
    assert NegotiationMessage.plain.count() == 0
