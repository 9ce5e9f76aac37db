"""The inbox and what one wants to be told, through the API: one's own, as it may be read now."""

import pytest

from ledger.events import record_event
from notifications.models import Notice, Subscription
from notifications.planning import plan
from tests.builders import make_need
from tests.conftest import World
from tests.edges.test_api_writing import Writer, writer

SCOPE = "write:notices"


@pytest.fixture
def eve(world: World) -> Writer:
    """Two notices of one need wait for Eve."""
    need = make_need(organization=world.enterprise, title_zh="降低光刻胶缺陷")
    for kind in ("need.opened", "need.expiring_7"):
        record_event(kind, object_type="matching.need", public_id=need.public_id)
    plan()
    return writer(world.eve)


def rows(one: Writer, query: str = "") -> list[dict[str, object]]:
    found: list[dict[str, object]] = one.client.get(f"/api/v1/notices/{query}").json()["results"]
    return found


def test_notices_are_told_in_words_filtered_and_taken_as_read(world: World, eve: Writer) -> None:
    newest = rows(eve)[0]
    assert (newest["title"], newest["kind"]) == ("需求 7 天后到期：降低光刻胶缺陷", "need.expiring_7")
    assert str(newest["url"]).startswith("http")
    path = f"notices/{newest['public_id']}/"
    assert eve.post(f"{path}read/").json()["read_at"] is not None
    assert [row["kind"] for row in rows(eve, "?is_read=false")] == ["need.opened"]
    assert [row["kind"] for row in rows(eve, "?is_read=true&topic=needs")] == ["need.expiring_7"]
    assert rows(eve, "?kind=need.nothing") == rows(eve, "?topic=calls") == []
    assert eve.post(f"{path}unread/").json()["read_at"] is None
    assert eve.post("notices/read_all/").json() == {"read": 2}
    assert rows(eve, "?is_read=false") == []


def test_nobody_else_reads_or_marks_them_not_even_the_system(world: World, eve: Writer) -> None:
    key = Notice.plain.filter(user=world.eve).first().public_id  # type: ignore[union-attr]
    for other in (writer(world.lin), writer(world.ops)):
        assert other.client.get(f"/api/v1/notices/{key}/").status_code == 404
        assert other.post(f"notices/{key}/read/").status_code == 404
        assert not [row for row in rows(other) if row["public_id"] == str(key)]
        other.post("notices/read_all/")
    assert not Notice.plain.filter(user=world.eve, read_at__isnull=False).exists()


def test_what_is_hidden_meanwhile_is_null(world: World, eve: Writer) -> None:
    world.eve.staff_roles.all().delete()
    assert [(row["title"], row["items"], row["why"]) for row in rows(eve)] == [(None, None, None)] * 2


def test_subscriptions_are_read_and_changed_in_part(world: World, eve: Writer) -> None:
    sent = {"topics": [{"topic": "matches", "mail": "weekly"}], "digest_hour": 7}
    told = eve.patch("subscriptions/", sent).json()
    assert told == eve.client.get("/api/v1/subscriptions/").json()
    assert {"topic": "matches", "inbox": True, "mail": "weekly"} in told["topics"]
    assert (told["digest_hour"], told["quiet_from"]) == (7, 22)
    assert Subscription.plain.count() == 1
    for wrong in (
        {"digest_hour": 24},
        {"topics": [{"topic": "weather", "mail": "off"}]},
        {"color": "red"},
        {"takes_mail": 0},
    ):
        assert eve.patch("subscriptions/", wrong).status_code == 400
    assert Subscription.plain.count() == 1
    assert eve.client.__class__().get("/api/v1/subscriptions/").status_code == 401


def test_a_token_needs_the_scope(world: World, eve: Writer) -> None:
    key = Notice.plain.filter(user=world.eve).first().public_id  # type: ignore[union-attr]
    reader = writer(world.eve, "read")
    assert len(rows(reader)) == 2
    assert reader.post(f"notices/{key}/read/").status_code == reader.patch("subscriptions/", {}).status_code == 403
    assert writer(world.eve, "read", SCOPE).post(f"notices/{key}/read/").status_code == 200


def test_all_are_taken_as_read_once_under_one_key(world: World, eve: Writer) -> None:
    """What comes between a request and its repetition stays unread."""
    told = eve.post("notices/read_all/", idempotency_key="all")
    assert told.json() == {"read": 2}
    need = make_need(organization=world.enterprise)
    record_event("need.opened", object_type="matching.need", public_id=need.public_id)
    plan()
    again = eve.post("notices/read_all/", idempotency_key="all")
    assert (again.json(), again["Idempotency-Replayed"]) == ({"read": 2}, "true")
    assert len(rows(eve, "?is_read=false")) == 1
    assert eve.post("notices/read_all/", {"other": 1}, idempotency_key="all").status_code == 422
