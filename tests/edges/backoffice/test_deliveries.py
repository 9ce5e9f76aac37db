"""The ledger of deliveries: who reads it, what it says, and what is sent again from there."""

from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from ledger.events import record_event
from ledger.models import OutboxEvent
from matching.models import Need
from notifications.channels.base import Outcome
from notifications.choices import Way
from notifications.deliveries import next_of
from notifications.delivering import deliver_due
from notifications.models import Delivery, Endpoint
from notifications.planning import plan
from notifications.subscribing import set_times
from tests.builders import make_need, make_role, make_user, plain_create
from tests.conftest import World
from tests.edges.backoffice.conftest import Browse, fixed
from tests.notifications.messages import make_delivery
from zones.choices import Role
from zones.models import StaffRole
from zones.scoping import today

LEDGER = "/office/notifications/delivery/"


def replay(client: Client, *rows: Delivery) -> str:
    """The page after rows were chosen and sent again."""
    keys = [f"{row.public_id}:{row.version}" for row in rows]
    answer = client.post(LEDGER, {"action": "replay_chosen", "_selected_action": keys}, follow=True)
    return str(answer.content.decode())


def states() -> dict[Any, str]:
    return dict(Delivery.plain.values_list("public_id", "state"))


def test_the_staff_of_a_zone_read_what_became_of_its_messages_and_no_address(world: World, browse: Browse) -> None:
    world.eve.email = "eve@example.cn"
    world.eve.save(update_fields=["email"])
    robot = plain_create(Endpoint, {"name": "东方工作群", "kind": "wecom", "zone": world.east})
    dead, asked = make_delivery(world.eve), make_delivery(robot, "unknown", reason="lease")
    for user in (world.ana, world.auditor):
        page = browse(user).get(LEDGER).content.decode()
        assert f"{LEDGER}{dead.public_id}/change/" in page
        assert "东方工作群" in page
        assert "发送途中中断，可能已送达" in page
        assert "eve@example.cn" not in page
    one = browse(world.ana).get(f"{LEDGER}{asked.public_id}/change/").content.decode()
    assert next_of(asked) in one
    assert browse(world.cy).get(f"{LEDGER}{dead.public_id}/change/").status_code == 404


@pytest.mark.parametrize("role", ["elsewhere", "formerly", "system"])
def test_an_account_that_has_to_do_with_other_places_is_nobody_s(world: World, browse: Browse, role: str) -> None:
    user = make_user("divided", display_name="两区任职")
    make_role(user, Role.ZONE_STAFF, zone=world.east)
    row = make_delivery(user)
    assert browse(world.ana).get(f"{LEDGER}{row.public_id}/change/").status_code == 200
    if role == "system":
        make_role(user, Role.SYSTEM)
    else:
        make_role(user, Role.ZONE_STAFF, zone=world.west)
    if role == "formerly":
        StaffRole.plain.filter(user=user, zone=world.west).update(valid_from="2020-01-01", valid_to="2021-01-01")
    for reader in (world.ana, world.bo):
        assert browse(reader).get(f"{LEDGER}{row.public_id}/change/").status_code == 404
    assert browse(world.ops).get(f"{LEDGER}{row.public_id}/change/").status_code == 200


def test_who_left_the_zone_is_not_read_there_any_more(world: World, browse: Browse) -> None:
    row = make_delivery(world.eve)
    StaffRole.plain.filter(user=world.eve).update(valid_to=today())
    assert browse(world.ana).get(f"{LEDGER}{row.public_id}/change/").status_code == 404


def test_filters_tell_states_channels_kinds_and_days_apart(world: World, browse: Browse) -> None:
    old = timezone.now() - timedelta(days=12)
    robot = plain_create(Endpoint, {"name": "东方工作群", "kind": "wecom", "zone": world.east})
    rows = {
        "dead": make_delivery(world.eve), "unknown": make_delivery(robot, "unknown"),
        "sent": make_delivery(world.ana, "sent", kind="daily"), "old": make_delivery(world.eve, created_at=old),
    }  # fmt: skip
    client, day = browse(world.ana), timezone.localdate(old)

    def found(query: str) -> set[str]:
        page = client.get(f"{LEDGER}?{query}").content.decode()
        return {name for name, row in rows.items() if str(row.public_id) in page}

    assert found("state=undelivered") == {"dead", "unknown", "old"}
    assert found("state=undelivered&day=7") == {"dead", "unknown"}
    assert found("channel=wecom") == {"unknown"}
    assert found("kind=daily") == {"sent"}
    assert found(f"day={day}") == {"old"}
    assert found("q=工作群") == {"unknown"}
    for query in ("day=2020-01-01", "state=lost", "channel=inbox", "user=1"):
        assert client.get(f"{LEDGER}?{query}").status_code == 400, query


def test_the_first_page_counts_what_its_list_shows(world: World, browse: Browse) -> None:
    make_delivery(world.eve)
    make_delivery(world.lin)
    make_delivery(world.eve, created_at=timezone.now() - timedelta(days=31))
    make_delivery(world.eve, "sent")
    for user, count in ((world.ana, 1), (world.cy, 0), (world.ops, 2)):
        (card,) = (one for one in browse(user).get("/office/").context["cards"] if "delivery" in one["url"])
        assert card["count"] == count
        assert browse(user).get(card["url"]).content.decode().count("/change/?_changelist_filters") == count


def test_many_are_sent_again_at_once_each_in_the_state_that_was_seen(world: World, browse: Browse) -> None:
    client = browse(world.ana)
    dead, unknown = make_delivery(world.eve), make_delivery(world.ana, "unknown")
    sent, foreign = make_delivery(world.eve, "sent"), make_delivery(world.lin)
    page = replay(client, dead, unknown, sent, foreign)
    assert "已放回发送队列：2 条" in page
    assert "只有未能发出或结果不明的消息可以重发。" in page
    wanted = {dead: "pending", unknown: "pending", sent: "sent", foreign: "dead"}
    assert states() == {row.public_id: state for row, state in wanted.items()}
    told = OutboxEvent.objects.filter(kind="delivery.replayed")
    assert {row.object_public_id for row in told} == {dead.public_id, unknown.public_id}
    Delivery.plain.filter(pk=dead.pk).update(state="dead", finished_at=timezone.now())
    assert "这条消息此后已重发过" in replay(client, dead)
    assert states()[dead.public_id] == "dead"


def test_auditors_and_staff_of_a_robot_s_zone_send_nothing_again(world: World, browse: Browse) -> None:
    """A zone's robots are its managers'."""
    robot = plain_create(Endpoint, {"name": "东方工作群", "kind": "wecom", "zone": world.east})
    row, mailed = make_delivery(robot), make_delivery(world.eve)
    assert "您可以查看但不能重发这条消息" in replay(browse(world.ana), row)
    replay(browse(world.auditor), row, mailed)
    assert browse(world.auditor).post(f"{LEDGER}{mailed.public_id}/steps/replay/", {"version": 10}).status_code == 404
    assert set(states().values()) == {"dead"}
    make_role(world.ana, Role.ZONE_MANAGER, zone=world.east)
    assert "已放回发送队列：1 条" in replay(browse(world.ana), row)


def test_a_mail_that_is_sent_again_says_what_may_be_read_by_then(
    world: World, browse: Browse, monkeypatch: pytest.MonkeyPatch
) -> None:
    world.eve.email = "eve@example.cn"
    world.eve.save(update_fields=["email"])
    set_times(world.eve, quiet_from=0, quiet_to=0)
    need = make_need(organization=world.enterprise, title_zh="降低光刻胶缺陷", public_id=fixed("need"))
    record_event("need.returned", object_type="matching.need", public_id=need.public_id)
    plan()
    monkeypatch.setattr("notifications.channels.sending.send", lambda *_: Outcome.dead("refused 550"))
    deliver_due(Way.MAIL)
    monkeypatch.undo()
    (row,) = Delivery.plain.filter(user=world.eve)
    assert row.state == "dead"
    assert browse(world.ana).post(f"{LEDGER}{row.public_id}/steps/replay/", {"version": row.version}).status_code == 302
    Need.plain.update(title_zh="减少光刻胶缺陷")
    deliver_due(Way.MAIL)
    assert [sent.subject for sent in mail.outbox] == ["需求被退回修改：减少光刻胶缺陷"]
    Delivery.plain.update(state="unknown", finished_at=timezone.now())
    Need.plain.update(organization=world.laboratory, zone=world.west, visibility="zone")
    row.refresh_from_db()
    assert "已放回发送队列：1 条" in replay(browse(world.ana), row)
    deliver_due(Way.MAIL)
    assert len(mail.outbox) == 1
    assert states()[row.public_id] == "cancelled"
