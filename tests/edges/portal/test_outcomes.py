"""What a member says came of a cooperation, and how the other party was: on the cooperation's page; each side
reads its own.
"""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from matching.choices import CooperationState as State
from matching.models import Cooperation, CooperationParty, CooperationRating, OutcomePoll
from tests.conftest import World
from tests.cooperations import make_cooperation, make_poll

ClientOf = Callable[[User | None], Client]
SAID = "新增订单来自两家整机厂"


def page(row: Cooperation) -> str:
    return f"/my/cooperations/{row.public_id}/"


@pytest.fixture
def row(world: World) -> Cooperation:
    made = make_cooperation(world.enterprise, world.laboratory, state=State.COMPLETED)
    for party in made.parties.all():
        make_poll(party)
    return made


def party_of(row: Cooperation, owner: Any) -> CooperationParty:
    return CooperationParty.plain.get(cooperation=row, organization=owner)


def test_a_member_answers_and_the_other_side_does_not_read_it(
    world: World, row: Cooperation, client_of: ClientOf
) -> None:
    eve, poll = client_of(world.eve), OutcomePoll.plain.get(party__organization=world.enterprise)
    assert row.title_zh in eve.get("/my/cooperations/?state=waiting").content.decode()
    sent = {"step": "outcome", "version": row.version, "outcome-poll": poll.public_id, "outcome-read": 1}
    sent |= {"outcome-result": "on_track", "outcome-gains": ["sales", "patent"], "outcome-revenue": "1200000"}
    refused = eve.post(page(row), sent | {"outcome-patents": "-1", "outcome-words": SAID})
    assert (refused.status_code, SAID in refused.content.decode()) == (400, True)
    told = eve.post(page(row), sent | {"outcome-words": SAID}, follow=True).content.decode()
    assert all(word in told for word in ("按计划推进", "新增订单或收入", "1200000.00", SAID, "已填报"))
    assert row.title_zh not in eve.get("/my/cooperations/?state=waiting").content.decode()
    assert "他人修改" in eve.post(page(row), sent).content.decode()  # read before it was answered
    other = client_of(world.lin).get(page(row)).content.decode()
    assert SAID not in other
    theirs = OutcomePoll.plain.get(party__organization=world.laboratory)
    assert eve.post(page(row), sent | {"outcome-poll": theirs.public_id}).status_code in (400, 404)
    theirs.refresh_from_db()
    assert theirs.answered_at is None


def test_ratings_meet_when_both_are_there(world: World, row: Cooperation, client_of: ClientOf) -> None:
    eve, lin = client_of(world.eve), client_of(world.lin)
    for client, owner, words in ((eve, world.laboratory, "交付准时"), (lin, world.enterprise, "付款准时")):
        sent = {"step": "rate", "version": row.version, "rate-rated": party_of(row, owner).public_id}
        assert "请填写此项" in client.post(page(row), sent).content.decode()
        assert (
            words
            in client.post(page(row), sent | {"rate-stars": "5", "rate-comment": words}, follow=True).content.decode()
        )
        is_first = client is eve
        assert ("交付准时" in lin.get(page(row)).content.decode()) is not is_first
    assert "付款准时" in eve.get(page(row)).content.decode()
    assert CooperationRating.plain.count() == 2
