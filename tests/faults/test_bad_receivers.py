"""Mail servers and receivers of every bad kind, met by senders of their own: what the ledger says of each message, that
it comes once they are well again, and that nobody else waits for it.
"""

import signal
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.db.models import Q

from accounts.sealing import seal
from notifications.channels.registry import CHANNELS
from notifications.choices import DeliveryState as State
from notifications.choices import Way
from notifications.models import Delivery, Endpoint
from notifications.replaying import replay_delivery
from tests.conftest import World
from tests.egress.servers import Answer, Asked, drip, drip_headers, hang_up, says, serving
from tests.faults.outside import ALL_DUE, POSTED, ROBOTS, Outside, happen, make_recipients, standing_outside
from tests.faults.senders import Order, broken_invariants, database_now, pass_time, run, settle, started, wait_until
from tests.faults.test_notification_kills import ONCE_EACH, came
from tests.notifications.sink import tarpit
from zones.scoping import SYSTEM

pytestmark = [pytest.mark.faults, pytest.mark.django_db(transaction=True)]

SHORT_SECONDS = 1.0
MAILS = ALL_DUE["mail"]
Ends = set[tuple[str, str]]


@pytest.fixture
def outside(world: World) -> Iterator[Outside]:
    """Everybody who is to be told, with all planned."""
    with standing_outside() as running:
        make_recipients(world, running)
        happen(world)
        assert run(Order(works=("plan", "look"))) == 0
        yield running


def ends(channels: Q) -> Ends:
    """States and reasons in the ledger."""
    return set(Delivery.plain.filter(channels).values_list("state", "reason"))


def get_well(outside: Outside) -> None:
    """Everybody outside behaves, and whatever waits is due."""
    outside.answers.clear()
    outside.mail.answer, outside.mail.refuses, outside.mail.drops = "250 OK", "", False
    pass_time(timedelta(hours=30))
    settle(Order(mail_port=outside.mail_port))


MAIL = Q(channel=Way.MAIL)


@pytest.mark.parametrize(("fault", "said", "end", "copies"), [
    ("refuses", "451 later", (State.PENDING, "busy 451"), 1),
    ("answer", "452 full", (State.PENDING, "busy 452"), 1),
    ("drops", True, (State.PENDING, "broke_off"), 2),
])  # fmt: skip
def test_a_mail_server_that_puts_off_or_drops_gets_each_mail_again(
    outside: Outside, fault: str, said: Any, end: tuple[str, str], copies: int
) -> None:
    setattr(outside.mail, fault, said)
    assert run(Order(mail_port=outside.mail_port)) == 0
    assert ends(MAIL) == {end}
    get_well(outside)
    assert came(outside) == ONCE_EACH | {"mail": (MAILS, copies * MAILS)}
    assert set(Delivery.plain.values_list("state", flat=True)) == {State.SENT}


@pytest.mark.parametrize(("fault", "said", "end"), [
    ("refuses", "550 unknown user", (State.DEAD, "refused 550")),
    ("answer", "554 spam", (State.DEAD, "refused 554")),
])  # fmt: skip
def test_a_mail_that_was_refused_is_shown_and_can_be_sent_again_by_hand(
    outside: Outside, fault: str, said: str, end: tuple[str, str]
) -> None:
    setattr(outside.mail, fault, said)
    assert run(Order(mail_port=outside.mail_port)) == 0
    assert ends(MAIL) == {end}
    for public_id in Delivery.plain.filter(MAIL).values_list("public_id", flat=True):
        replay_delivery(SYSTEM, public_id=public_id)
    get_well(outside)
    assert came(outside) == ONCE_EACH
    assert broken_invariants() == {}


@pytest.mark.parametrize("drips", [False, True], ids=["hangs", "drips"])
def test_a_mail_server_that_hangs_or_drips_loses_nothing(outside: Outside, drips: bool) -> None:
    with tarpit(drips=drips) as port:
        assert run(Order(mail_port=port, patience_seconds=SHORT_SECONDS, works=("mail",))) == 0
    ((state, reason),) = ends(MAIL)
    assert (state, reason.split()[0]) == (State.PENDING, "no_connection")
    get_well(outside)
    assert came(outside) == ONCE_EACH


@pytest.mark.parametrize(("said", "end"), [
    ({"refuses": "451 later"}, (State.DEAD, "busy 451")),
    ({"drops": True}, (State.UNKNOWN, "broke_off")),
])  # fmt: skip
def test_the_last_try_ends_as_dead_or_where_it_may_have_come_as_unknown(
    outside: Outside, said: dict[str, Any], end: tuple[str, str]
) -> None:
    Delivery.plain.update(attempts=len(CHANNELS["mail"].waits))
    vars(outside.mail).update(said)
    assert run(Order(works=("mail",), mail_port=outside.mail_port)) == 0
    assert ends(MAIL) == {end}
    assert broken_invariants() == {}


def redirect(asked: Asked) -> None:
    """To where only this host may go."""
    asked.reply(307, b"", Location=f"http://127.0.0.1:{asked.server.server_address[1]}/inside")


POST, ROBOT, HOOK = Q(channel__in=POSTED), Q(channel__in=ROBOTS), Q(channel=Way.WEBHOOK)


@pytest.mark.parametrize(("answer", "of_robots", "of_webhooks"), [
    (says(500), (State.PENDING, "status 500"), (State.PENDING, "status 500")),
    (says(502), (State.UNKNOWN, "status 502"), (State.PENDING, "status 502")),
    (redirect, (State.DEAD, "redirect"), (State.PENDING, "redirect")),
    (hang_up, (State.UNKNOWN, "broke_off"), (State.PENDING, "broke_off")),
    (drip, (State.UNKNOWN, "broke_off"), (State.PENDING, "broke_off")),
    (drip_headers, (State.UNKNOWN, "broke_off"), (State.PENDING, "broke_off")),
])  # fmt: skip
def test_a_receiver_that_fails_costs_its_own_messages_and_no_other(
    outside: Outside, answer: Answer, of_robots: tuple[str, str], of_webhooks: tuple[str, str]
) -> None:
    """A webhook is asked again until it takes the message; a robot only where it surely did not."""
    outside.answers = dict.fromkeys(POSTED, answer)
    order = Order(works=POSTED, patience_seconds=SHORT_SECONDS)
    assert run(order) == 0
    assert (ends(ROBOT), ends(HOOK)) == ({of_robots}, {of_webhooks})
    assert "inside" not in outside.asked
    assert run(Order(mail_port=outside.mail_port)) == 0
    assert came(outside)["mail"] == ONCE_EACH["mail"]
    get_well(outside)
    again = ONCE_EACH if of_robots[0] == State.PENDING else dict.fromkeys(ROBOTS, (0, 0))
    assert came(outside) == ONCE_EACH | {channel: again[channel] for channel in ROBOTS}
    assert broken_invariants() == {}


def test_a_receiver_that_says_how_long_to_wait_is_left_alone_as_long(outside: Outside) -> None:
    """Its second message is not even tried."""
    outside.answers = dict.fromkeys(POSTED, says(429, b"", Retry_After="7200"))
    before = database_now()
    for _turn in range(2):
        assert run(Order(works=POSTED)) == 0
    assert {channel: len(asked) for channel, asked in outside.asked.items()} == dict.fromkeys(POSTED, 1)
    waiting = Delivery.plain.filter(POST)
    assert set(waiting.values_list("state", "attempts")) == {(State.PENDING, 1), (State.PENDING, 0)}
    assert min(waiting.values_list("next_at", flat=True)) >= before + timedelta(hours=1, minutes=59)
    get_well(outside)
    assert came(outside) == ONCE_EACH


def test_a_receiver_that_is_gone_is_switched_off_and_asked_once(outside: Outside) -> None:
    outside.answers = dict.fromkeys(POSTED, says(410))
    assert run(Order(works=POSTED)) == 0
    assert len(outside.asked["webhook"]) == 1
    assert ends(HOOK) == {(State.DEAD, "gone 410"), (State.DEAD, "off")}
    assert ends(ROBOT) == {(State.DEAD, "status 410")}
    assert list(Endpoint.plain.filter(is_enabled=False).values_list("kind", flat=True)) == ["webhook"]
    assert broken_invariants() == {}


def test_no_sender_asks_an_inner_address(outside: Outside) -> None:
    """As senders are outside of tests: what stands on this host is not the internet."""
    with serving(says(200)) as inside:
        port = int(inside.url.rpartition(":")[2])
        for channel, scheme in zip(POSTED, ("http", "https", "https", "https"), strict=True):
            Endpoint.plain.filter(kind=channel).update(sealed_address=seal(f"{scheme}://127.0.0.1:{port}/{channel}"))
        assert run(Order(works=POSTED, may_look_inside=False)) == 0
    assert ends(POST) == {(State.DEAD, "address")}
    assert inside.seen == []
    assert outside.asked == {}


def test_a_sender_killed_while_nobody_answers_loses_nothing(outside: Outside) -> None:
    """In the middle of the request, not at a point of ours."""
    for channel in CHANNELS:
        outside.hold(channel)
    victims = [started(Order(works=(channel,), mail_port=outside.mail_port)) for channel in CHANNELS]
    wait_until(lambda: set(outside.asked) == set(POSTED) and outside.mail.is_asked)
    for victim in victims:
        victim.kill()
        victim.join()
        assert victim.exitcode == -signal.SIGKILL
    outside.release()
    settle(Order(mail_port=outside.mail_port))
    for channel, (different, in_all) in came(outside).items():
        assert different == ALL_DUE[channel]
        assert in_all <= different + (channel not in ROBOTS)
    assert ends(ROBOT) == {(State.SENT, ""), (State.UNKNOWN, "lease")}
    assert broken_invariants() == {}
