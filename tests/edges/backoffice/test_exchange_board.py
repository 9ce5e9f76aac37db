"""The board of exchanges and the list as a file: what each shows to whom, and what a card may do."""

import csv
import io
from typing import Any

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from backoffice import exchange_board
from matching.choices import ExchangeState, Side
from matching.models import Booking, Exchange, Need
from tests.builders import make_need, make_organization, make_resource, make_run
from tests.conftest import World
from tests.edges.backoffice.conftest import Browse
from tests.exchanges import make_consent, make_exchange
from zones.models import Resource

LIST = "/office/matching/exchange/"
BOARD, MOVE = f"{LIST}board/", f"{LIST}board/move/"


@pytest.fixture
def need(world: World) -> Need:
    return make_need(organization=world.enterprise, title_zh="外延片缺陷检测", visibility="national")


def offered(world: World, **fields: Any) -> Resource:
    return make_resource(organization=world.laboratory, visibility="national", **fields)


@pytest.fixture
def waiting(world: World, need: Need) -> Exchange:
    """East's need has asked West's resource; the platform has matched before."""
    make_run()
    return make_exchange(need, offered(world))


def columns_of(client: Any, query: str = "") -> dict[str, Any]:
    return {column.key: column for column in client.get(f"{BOARD}?{query}").context["columns"]}


def moves_on(client: Any, column: str) -> list[str]:
    """The steps offered on the first card of a column."""
    return [move.name for move in columns_of(client)[column].cards[0]["moves"]]


def move(client: Any, row: Exchange, **values: Any) -> Any:
    answer = client.post(MOVE, {"exchange": row.public_id, "version": row.version, **values})
    row.refresh_from_db()
    return answer


def told(client: Any, answer: Any) -> str:
    """What the page says that follows."""
    text: str = client.get(answer["Location"]).content.decode()
    return text


def test_each_column_counts_all_and_shows_the_first(
    world: World, browse: Browse, need: Need, waiting: Exchange, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exchange_board, "PER_COLUMN", 2)
    for _ in range(3):
        make_exchange(need, offered(world))
    for state in ("declined", "expired"):
        ends = {"exit_reason": "price", "exit_side": "resource"} if state == "declined" else {}
        make_exchange(need, offered(world), state=state, ended_at=waiting.sent_at, **ends)
    make_exchange(need, make_resource(organization=make_organization(zone=world.east)), state="negotiating")
    found = columns_of(browse(world.bo))
    assert {key: (column.total, len(column.cards), column.rest) for key, column in found.items()} == {
        "interest_sent": (4, 2, 2), "consent_pending": (0, 0, 0), "disclosed": (0, 0, 0), "negotiating": (0, 0, 0),
        "agreed": (0, 0, 0), "ended": (2, 2, 0),
    }  # fmt: skip
    client = browse(world.ana)
    assert columns_of(client)["negotiating"].total == 1
    assert columns_of(client, "zone=west")["negotiating"].total == 0
    assert columns_of(client, "turn=answer")["interest_sent"].total == 0
    assert columns_of(client, "q=外延片")["interest_sent"].total == 4
    assert client.get(columns_of(client)["ended"].url).context["cl"].result_count == 2
    assert client.get(f"{BOARD}?unknown=1").status_code == 400
    for person in ("cy", "auditor"):
        assert columns_of(browse(getattr(world, person)))["ended"].total == (2 if person == "auditor" else 0)
    assert browse(world.secretariat).get(BOARD).status_code == 404


def test_a_card_offers_what_its_reader_may_do_next(world: World, browse: Browse, need: Need, waiting: Exchange) -> None:
    assert moves_on(browse(world.bo), "interest_sent") == ["accept", "decline"]
    assert moves_on(browse(world.ana), "interest_sent") == ["recall"]
    assert moves_on(browse(world.auditor), "interest_sent") == []
    pending = make_exchange(need, offered(world), state="consent_pending")
    make_consent(pending, Side.NEED)
    assert moves_on(browse(world.ana), "consent_pending") == ["give-up"]
    assert moves_on(browse(world.bo), "consent_pending") == ["consent-resource", "give-up"]


@pytest.mark.parametrize("values", [{"step": "accept"}, {"step": "decline", "target": "consent_pending"}])
def test_a_press_and_a_drop_accept_alike(
    world: World, browse: Browse, waiting: Exchange, values: dict[str, str]
) -> None:
    client = browse(world.bo)
    answer = move(client, waiting, asked="turn=answer", **values)
    assert (waiting.state, Booking.plain.count()) == (ExchangeState.CONSENT_PENDING, 1)
    assert answer["Location"] == f"{BOARD}?turn=answer#x-{waiting.public_id}"
    assert "已办理“接受意向”" in told(client, answer)


@pytest.mark.parametrize(
    ("person", "values", "form"),
    [
        ("bo", {"step": "decline"}, "decline"),
        ("bo", {"target": "ended"}, "decline"),
        ("ana", {"target": "ended"}, "steps"),
    ],
)
def test_what_needs_a_form_opens_it(
    world: World, browse: Browse, waiting: Exchange, person: str, values: dict[str, str], form: str
) -> None:
    client = browse(getattr(world, person))
    answer = move(client, waiting, **values)
    assert answer["Location"] == f"{LIST}{waiting.public_id}/change/#{form}"
    assert f'id="{form}"' in told(client, answer)
    assert (waiting.state, waiting.version) == (ExchangeState.INTEREST_SENT, 1)


@pytest.mark.parametrize(
    ("person", "values", "why"),
    [
        ("bo", {"target": "negotiating"}, "不能由您移到“洽谈中”。现在可办理：接受意向、谢绝意向。"),
        ("ana", {"target": "consent_pending"}, "不能由您移到“待双方同意”。现在可办理：撤回意向。"),
        ("auditor", {"target": "ended"}, "不能由您移到“已结束”。请等待对方办理。"),
        ("bo", {"step": "consent-resource"}, "这一步已不能办理。现在可办理：接受意向、谢绝意向。"),
        ("bo", {"step": "accept", "version": "7"}, "记录已被他人修改"),
        ("bo", {"step": "accept", "version": ""}, "请求未带记录的版本"),
    ],
)
def test_what_cannot_be_done_says_why_and_loses_nothing(
    world: World, browse: Browse, waiting: Exchange, person: str, values: dict[str, str], why: str
) -> None:
    client = browse(getattr(world, person))
    assert why in told(client, move(client, waiting, **values))
    assert (waiting.state, waiting.version) == (ExchangeState.INTEREST_SENT, 1)


def test_others_move_nothing_and_an_unknown_column_is_refused(world: World, browse: Browse, waiting: Exchange) -> None:
    for person in ("cy", "secretariat"):
        assert move(browse(getattr(world, person)), waiting, step="accept").status_code == 404
    assert move(browse(world.bo), waiting, target="heaven").status_code == 400
    assert browse(world.bo).get(MOVE).status_code in (302, 405)
    assert waiting.version == 1


def test_the_board_costs_the_same_at_any_length(world: World, browse: Browse, need: Need) -> None:
    client, counts = browse(world.ana), []
    for _ in range(2):
        for state in ("interest_sent", "consent_pending", "disclosed"):
            make_exchange(need, offered(world), state=state)
        with CaptureQueriesContext(connection) as captured:
            client.get(BOARD)
        counts.append(len(captured))
    assert counts[0] == counts[1] <= 25


def test_the_list_leaves_as_a_file_of_what_its_reader_sees(world: World, browse: Browse, waiting: Exchange) -> None:
    other = make_organization(name_zh="远海隐名所", zone=world.far, is_listed=False)
    asked = make_need(organization=world.enterprise, title_zh="=HYPERLINK(1)", visibility="national")
    make_exchange(asked, make_resource(organization=other, name_zh="隐名仪器"))
    make_exchange(make_need(organization=world.outside), make_resource(organization=world.outside, name_zh="朱雀仪"))
    client = browse(world.ana)
    answer = client.get(f"{LIST}export/csv/")
    lines = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert [line[1] for line in lines] == ["需求标题", "'=HYPERLINK(1)", "外延片缺陷检测"]
    assert "隐名所" not in answer.content.decode()
    book = openpyxl.load_workbook(io.BytesIO(client.get(f"{LIST}export/xlsx/?q=外延片").content))
    sheet = book.worksheets[0]
    assert [[cell.value for cell in row][6:8] for row in sheet.rows] == [["我方", "状态"], ["需求方", "待答复"]]
    assert client.get(f"{LIST}export/pdf/").status_code == 404
    assert client.get(f"{LIST}export/csv/?unknown=1").status_code == 400
    assert len(browse(world.cy).get(f"{LIST}export/csv/").content.decode().splitlines()) == 3
    assert browse(world.secretariat).get(f"{LIST}export/csv/").status_code == 404
