"""Mail against a real server: what it takes, refuses, loses or drags out, and what becomes of a delivery."""

import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone

from accounts.models import User
from ledger.events import record_event
from notifications.channels import mail
from notifications.channels.base import Outcome, Outgoing, Result, Target
from notifications.channels.reasons import Reason
from notifications.channels.registry import CHANNELS
from notifications.choices import DeliveryState as State
from notifications.choices import Rhythm, Topic, Way
from notifications.delivering import cancel, claim, deliver_due, finish, give_up_lost
from notifications.models import Delivery, Endpoint, Notice
from notifications.planning import plan
from notifications.subscribing import choose, set_times, settings_of
from tests.builders import make_need, make_resource
from tests.conftest import World
from tests.exchanges import make_exchange
from tests.notifications.sink import Sink, free_port, sink, tarpit

pytestmark = pytest.mark.django_db
TARGET = Target("u", "lin@example.cn")
TOLD = {"need": {"title_zh": "降低光刻胶缺陷"}, "resource": {"name_zh": "缺陷检测平台"}}


@contextmanager
def mail_to(port: int, django_settings: Any) -> Iterator[None]:
    django_settings.EMAIL_BACKEND = mail.SMTP
    django_settings.EMAIL_HOST, django_settings.EMAIL_PORT = "127.0.0.1", port
    django_settings.EMAIL_TIMEOUT, django_settings.MAIL_DEADLINE_SECONDS = 1, 1
    yield


@pytest.fixture
def server(settings: Any) -> Iterator[Sink]:
    with sink() as (handler, port), mail_to(port, settings):
        yield handler


def outgoing(**fields: Any) -> Outgoing:
    values = {"id": "5f0c", "kind": "x", "language": "zh-hans", "title": "标题\r\nBcc: all@example.cn", "text": "正文"}
    return Outgoing(**(values | {"created_at": timezone.now()} | fields))


def test_a_mail_has_its_own_id_and_ends_by_one_post(server: Sink) -> None:
    sent = outgoing(html="<p>正文</p>", unsubscribe="https://x.cn/unsubscribe/t/")
    assert mail.send(sent, TARGET).result == Result.SENT
    (got,) = server.mails
    assert got["Message-ID"] == mail.message_id("5f0c")
    assert got["List-Unsubscribe"] == "<https://x.cn/unsubscribe/t/>"
    assert got["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert (got["Bcc"], got["Subject"]) == (None, "标题 Bcc: all@example.cn")
    assert [part.get_content_type() for part in got.walk()][1:] == ["text/plain", "text/html"]


@pytest.mark.parametrize(
    ("field", "said", "result"),
    [
        ("refuses", "550 unknown user", Result.DEAD),
        ("refuses", "451 later", Result.RETRY),
        ("answer", "554 spam", Result.DEAD),
        ("answer", "452 full", Result.RETRY),
    ],
)
def test_a_server_that_refuses_is_taken_at_its_word(server: Sink, field: str, said: str, result: Result) -> None:
    setattr(server, field, said)
    assert mail.send(outgoing(), TARGET).result == result
    assert server.mails == []


def test_what_was_lost_after_data_is_sent_again_under_the_same_id(server: Sink) -> None:
    server.drops = True
    lost = mail.send(outgoing(), TARGET)
    assert (lost.result, lost.reason) == (Result.RETRY, Reason.BROKE_OFF)
    server.drops = False
    assert mail.send(outgoing(), TARGET).result == Result.SENT
    assert len(server.mails) == 2
    assert len({got["Message-ID"] for got in server.mails}) == 1


@pytest.mark.parametrize("drips", [False, True])
def test_a_server_that_hangs_or_drips_is_left_in_time(settings: Any, drips: bool) -> None:
    with tarpit(drips=drips) as port, mail_to(port, settings):
        began = time.monotonic()
        assert mail.send(outgoing(), TARGET).result == Result.RETRY
        assert time.monotonic() - began < 4


def test_no_server_is_tried_again_later(settings: Any) -> None:
    with mail_to(free_port(), settings):
        assert mail.send(outgoing(), TARGET) == Outcome.retry("no_connection")


@pytest.fixture
def delivery(world: World) -> Delivery:
    """An interest to be mailed to Lin."""
    need = make_need(organization=world.enterprise, title_zh="降低光刻胶缺陷", visibility="national")
    exchange = make_exchange(need, make_resource(organization=world.laboratory, name_zh="缺陷检测平台"), told=TOLD)
    User.objects.filter(pk=world.lin.pk).update(email="lin@example.cn")
    world.lin.email = "lin@example.cn"
    set_times(world.lin, quiet_from=0, quiet_to=0)
    record_event("exchange.interest_sent", object_type="matching.exchange", public_id=exchange.public_id)
    plan()
    return Delivery.plain.get()


def fresh(row: Delivery) -> Delivery:
    found: Delivery = Delivery.plain.get(pk=row.pk)
    return found


def test_a_delivery_is_sent_once_and_names_nobody(server: Sink, delivery: Delivery, world: World) -> None:
    assert (deliver_due(Way.MAIL), deliver_due(Way.MAIL)) == (1, 0)
    assert fresh(delivery).state == State.SENT
    (got,) = server.mails
    body = "".join(part.get_content() for part in got.walk() if part.get_content_maintype() == "text")
    assert got["Subject"].strip() == "收到合作意向：降低光刻胶缺陷 × 缺陷检测平台"
    assert mail.message_id(str(delivery.public_id)) == got["Message-ID"]
    assert world.enterprise.name_zh not in body
    assert f"{settings.SITE_URL}/my/exchanges/" in body


def test_what_one_may_not_see_any_more_is_not_sent(server: Sink, delivery: Delivery, world: World) -> None:
    """Asked when it is sent, not when it was planned."""
    world.lin.staff_roles.all().delete()
    deliver_due(Way.MAIL)
    assert (fresh(delivery).state, fresh(delivery).reason) == (State.CANCELLED, Reason.HIDDEN)
    assert server.mails == []


@pytest.mark.parametrize("how", ["topic", "all", "inactive", "address"])
def test_who_does_not_want_or_cannot_have_mail_gets_none(
    server: Sink, delivery: Delivery, world: World, how: str
) -> None:
    if how == "topic":
        choose(world.lin, topic=Topic.EXCHANGES, way=Way.MAIL, rhythm=Rhythm.OFF)
    elif how == "all":
        set_times(world.lin, takes_mail=False)
    else:
        changed: dict[str, dict[str, Any]] = {"inactive": {"is_active": False}, "address": {"email": ""}}
        User.objects.filter(pk=world.lin.pk).update(**changed[how])
    deliver_due(Way.MAIL)
    assert fresh(delivery).state == State.CANCELLED
    assert server.mails == []


def test_one_click_ends_a_topic_and_a_look_does_not(server: Sink, delivery: Delivery, world: World) -> None:
    deliver_due(Way.MAIL)
    (path,) = re.findall(rf"<{re.escape(settings.SITE_URL)}(/unsubscribe/[^>]+)>", server.mails[0]["List-Unsubscribe"])
    stranger = Client(enforce_csrf_checks=True)
    assert stranger.get(path).status_code == 200
    assert not world.lin.subscriptions.exists()
    assert stranger.post(path, "List-Unsubscribe=One-Click", "application/x-www-form-urlencoded").status_code == 200
    chosen = world.lin.subscriptions.get()
    assert (chosen.topic, chosen.channel, chosen.rhythm) == (Topic.EXCHANGES, Way.MAIL, Rhythm.OFF)
    assert settings_of(world.lin).takes_mail
    assert stranger.post("/unsubscribe/forged/").status_code == 404


def test_a_zombie_writes_nothing(delivery: Delivery) -> None:
    way = CHANNELS[Way.MAIL]
    zombie = claim(way)
    assert zombie is not None
    Delivery.plain.filter(pk=delivery.pk).update(lease_until=timezone.now() - timedelta(seconds=1))
    second = claim(way)
    assert second is not None
    assert second.fence == zombie.fence + 1
    assert not finish(way, zombie, Outcome.dead("zombie"))
    assert not cancel(zombie, Reason.HIDDEN)
    assert fresh(delivery).state == State.LEASED
    assert finish(way, second, Outcome.sent())
    assert claim(way) is None


def test_it_is_tried_as_often_as_the_channel_says_and_then_shown(delivery: Delivery) -> None:
    way = CHANNELS[Way.MAIL]
    for attempt in range(len(way.waits) + 1):
        Delivery.plain.filter(pk=delivery.pk).update(next_at=timezone.now() - timedelta(seconds=1))
        held = claim(way)
        assert held is not None
        finish(way, held, Outcome.retry("busy 451"))
        is_last = attempt == len(way.waits)
        assert fresh(delivery).state == (State.DEAD if is_last else State.PENDING)
    assert fresh(delivery).reason == "busy 451"


def test_a_last_try_that_broke_off_is_unknown_not_dead(delivery: Delivery) -> None:
    way = CHANNELS[Way.MAIL]
    Delivery.plain.filter(pk=delivery.pk).update(attempts=len(way.waits))
    held = claim(way)
    assert held is not None
    finish(way, held, Outcome.retry(Reason.BROKE_OFF))
    assert fresh(delivery).state == State.UNKNOWN


def test_what_was_held_back_by_our_own_limits_uses_up_no_try(delivery: Delivery) -> None:
    held = claim(CHANNELS[Way.MAIL])
    assert held is not None
    finish(CHANNELS[Way.MAIL], held, Outcome.held("rest", timedelta(minutes=1)))
    assert (fresh(delivery).attempts, fresh(delivery).state) == (0, State.PENDING)


def test_a_robot_whose_sender_died_is_unknown_and_not_told_again(world: World) -> None:
    """Its group would read everything twice; a webhook's receiver knows the id and is told again."""
    endpoint = Endpoint.plain.create(kind="wecom", name="群", zone=world.east, language="zh-hans")
    past = timezone.now() - timedelta(seconds=1)
    for channel in ("wecom", "webhook"):
        Delivery.plain.create(
            endpoint=endpoint, channel=channel, kind="notice", dedupe_key=channel, state="leased", lease_until=past
        )
    assert claim(CHANNELS["wecom"]) is None
    assert claim(CHANNELS["webhook"]) is not None
    assert give_up_lost(CHANNELS["wecom"]) == 1
    assert Delivery.plain.get(channel="wecom").state == State.UNKNOWN


def test_a_message_that_cannot_be_made_holds_up_no_other(
    server: Sink, delivery: Delivery, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_arguments: Any) -> None:
        raise KeyError("pairs")

    monkeypatch.setattr("notifications.composing.readable", broken)
    assert deliver_due(Way.MAIL) == 1
    assert (fresh(delivery).state, fresh(delivery).reason) == (State.PENDING, "error")
    assert Notice.plain.count() == 2
