"""Negotiation in the portal: a thread, files that are only kept, meetings both agree to, the step that comes next."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from accounts.models import User
from matching.models import Exchange, NegotiationFile, NegotiationMeeting, NegotiationMessage, NextStep
from matching.services.negotiation_files import add_file
from matching.services.negotiations import write_message
from tests.builders import principal_of
from tests.conftest import World
from tests.edges.portal.conftest import Page, See
from tests.edges.portal.test_exchanges import disclosed, page_of, take
from zones.scoping import today

ClientOf = Callable[[User | None], Client]
PDF = b"%PDF-1.7\n%%EOF"
MOMENT = "%Y-%m-%dT%H:%M"


def meeting_values(**changed: Any) -> dict[str, Any]:
    starts = timezone.localtime() + timedelta(days=2)
    return {
        "topic_zh": "样品方案", "starts_at": starts.strftime(MOMENT), "place_zh": "西山 3 号楼", "link": "",
        "ends_at": (starts + timedelta(hours=1)).strftime(MOMENT), **changed,
    }  # fmt: skip


def meeting_of(row: Exchange) -> str:
    return f"{page_of(row)}meetings/{NegotiationMeeting.plain.get().public_id}/"


def test_two_sides_write_and_agree_on_what_comes_next(client_of: ClientOf, world: World) -> None:
    row, eve, lin = disclosed(world), client_of(world.eve), client_of(world.lin)
    assert take(eve, row, "message", text="<b>您好</b>").status == 302
    page = Page.of(lin.get(page_of(row)))
    assert "<b>您好" not in page.html
    assert "洽谈中" in page.text
    assert take(lin, row, "message", text=" ").status == 400
    due = (today() + timedelta(3)).isoformat()
    assert take(lin, row, "next", what="寄两片样品", by="need", due_on=due).status == 302
    assert f"寄两片样品 · 需求方 · {due} 前" in Page.of(eve.get(page_of(row))).text
    assert take(eve, row, "done").status == 302
    assert NextStep.plain.get().is_done
    assert take(eve, row, "done").status == 409


def test_a_file_is_given_to_the_two_sides_and_only_kept(client_of: ClientOf, world: World) -> None:
    row, eve = disclosed(world), client_of(world.eve)
    row.refresh_from_db()
    data = {"step": "file", "version": row.version, "file-file": SimpleUploadedFile("检测方案.pdf", PDF)}
    assert eve.post(page_of(row), data).status_code == 302
    path = f"{page_of(row)}files/{NegotiationFile.plain.get().public_id}/"
    page = Page.of(client_of(world.lin).get(page_of(row)))
    assert path in page.links
    assert "检测方案.pdf" in page.text
    answer = client_of(world.lin).get(path)
    assert (answer.content, answer["Content-Type"], answer["X-Content-Type-Options"]) == (
        PDF, "application/pdf", "nosniff"
    )  # fmt: skip
    assert answer["Content-Disposition"].startswith("attachment;")
    assert "sandbox" in answer["Content-Security-Policy"]
    assert answer["Cache-Control"] == "private, no-store"
    wrong = {"step": "file", "version": 0, "file-file": SimpleUploadedFile("a.pdf", b"<html><script>")}
    refused = Page.of(eve.post(page_of(row), wrong))
    assert (refused.status, "不能上传这种文件" in refused.text) == (400, True)


def test_a_meeting_is_proposed_confirmed_moved_and_called_off(client_of: ClientOf, world: World) -> None:
    row, eve, lin = disclosed(world), client_of(world.eve), client_of(world.lin)
    assert take(eve, row, "meeting", **meeting_values(place_zh="")).status == 400
    assert take(eve, row, "meeting", **meeting_values()).status == 302
    path = meeting_of(row)
    assert path in Page.of(lin.get(page_of(row))).links
    assert 'value="confirm"' not in Page.of(eve.get(path)).html
    assert eve.post(path, {"step": "confirm", "version": 1}).status_code == 409
    assert lin.post(path, {"step": "confirm", "version": 1}).status_code == 302
    stale = Page.of(lin.post(path, {"step": "cancel", "version": 1}))
    assert (stale.status, "记录已被他人修改" in stale.text) == (409, True)
    assert lin.post(path, {"step": "move", "version": 2, **meeting_values(ends_at="x")}).status_code == 400
    assert lin.post(path, {"step": "move", "version": 2, **meeting_values(link="https://a.cn/1")}).status_code == 302
    calendar = eve.get(path.removesuffix("/") + ".ics")
    assert (calendar["Content-Type"], b"SEQUENCE:2" in calendar.content) == ("text/calendar; charset=utf-8", True)
    assert eve.post(path, {"step": "cancel", "version": 3}).status_code == 302
    page = Page.of(lin.get(path))
    assert "已取消" in page.text
    assert '<form method="post"' not in page.html.split("<main")[1].split("</main>")[0]
    assert eve.post(path, {"step": "x", "version": 3}).status_code == 404


@pytest.mark.parametrize("person", ["cy", "ana", "bo", "auditor", "ops"])
def test_others_find_nothing_of_it_in_the_portal(client_of: ClientOf, world: World, person: str) -> None:
    row = disclosed(world)
    take(client_of(world.eve), row, "meeting", **meeting_values())
    file = add_file(principal_of(world.eve), exchange_id=row.pk, name="a.pdf", content=PDF)
    client, path = client_of(getattr(world, person)), meeting_of(row)
    for address in (path, path.removesuffix("/") + ".ics", f"{page_of(row)}files/{file.public_id}/"):
        assert client.get(address).status_code == 404
    assert client.post(path, {"step": "cancel", "version": 1}).status_code == 404


def test_a_part_is_found_under_its_own_exchange_only(client_of: ClientOf, world: World) -> None:
    row, other, eve = disclosed(world), disclosed(world), client_of(world.eve)
    file = add_file(principal_of(world.eve), exchange_id=row.pk, name="a.pdf", content=PDF)
    assert eve.get(f"{page_of(row)}files/{file.public_id}/").status_code == 200
    assert eve.get(f"{page_of(other)}files/{file.public_id}/").status_code == 404


def test_a_long_thread_is_turned_over(see: See, world: World) -> None:
    row = disclosed(world)
    for number in range(21):
        write_message(principal_of(world.eve), exchange_id=row.pk, text=f"第{number}条")
    assert "第0条" not in see(world.lin, page_of(row)).text
    assert "第0条" in see(world.lin, page_of(row), page="2").text
    assert see(world.lin, page_of(row), page="0").status == 400
    assert NegotiationMessage.plain.count() == 21


def test_english_pages_hold_no_chinese_of_ours(client_of: ClientOf, see: See, world: World) -> None:
    row = disclosed(world)
    take(client_of(world.eve), row, "meeting", **meeting_values(topic_zh="Plan", place_zh="Room 3"))
    write_message(principal_of(world.eve), exchange_id=row.pk, text="Hello")
    for path in (page_of(row), meeting_of(row)):
        text = see(world.lin, path, language="en").text
        assert not any(words in text for words in ("会议", "留言", "文件", "洽谈", "下一步", "时间", "地点"))
