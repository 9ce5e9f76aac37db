"""What stands outside a site: a mail server, robots of three vendors and a webhook's receiver, as bad as told to be."""

import json
import re
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, Final

from accounts.models import User
from accounts.sealing import seal
from ledger.events import record_event
from notifications.channels.registry import CHANNELS
from notifications.channels.webhook import new_secret
from notifications.choices import Rhythm, Topic, Way
from notifications.models import Endpoint, Subscription
from notifications.subscribing import set_times
from tests.builders import make_need, make_role, make_user, plain_create
from tests.conftest import World
from tests.egress.servers import Answer, Asked, says, serving
from tests.notifications.sink import Sink, sink
from zones.choices import Role

ROBOTS: Final = ("wecom", "dingtalk", "feishu")
POSTED: Final = (*ROBOTS, "webhook")
MEMBERS: Final = 3
MESSAGES: Final = 2
"""What each member, robot and webhook is told."""
DAY_AND_NIGHT: Final = {"quiet_from": 0, "quiet_to": 0, "digest_hour": 0, "is_working_days_only": False}
TAKES: Final = says(200, json.dumps({"errcode": 0, "code": 0}).encode())
MARK: Final = re.compile(r"仪器检测[甲乙]")


@dataclass
class Outside:
    """Who was told what. `answers`: what a channel's receiver does instead of taking a message; while a channel is
    `held`, its receiver keeps silent.
    """

    mail: Sink
    mail_port: int
    url: str = ""
    answers: dict[str, Answer] = field(default_factory=dict)
    held: set[str] = field(default_factory=set)
    asked: dict[str, list[tuple[dict[str, str], bytes]]] = field(default_factory=lambda: defaultdict(list))
    taken: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))

    def arrived(self, channel: str) -> Counter[str]:
        """How often each message was taken, by what its receiver knows it by."""
        if channel == Way.MAIL:
            return Counter(str(one["Message-ID"]) for one in self.mail.mails)
        return Counter(self.taken[channel])

    def answer(self, asked: Asked) -> None:
        """Take a message, or do with it what is told."""
        channel = asked.path.split("/")[1]
        _path, headers, body = next(one for one in reversed(asked.server.seen) if one[0] == asked.path)
        self.asked[channel].append((headers, body))
        while channel in self.held:
            time.sleep(0.02)
        if channel in self.answers:
            self.answers[channel](asked)
            return
        self.taken[channel].append(headers.get("webhook-id") or MARK.findall(body.decode())[0])
        TAKES(asked)

    def hold(self, channel: str) -> None:
        """Keep silent from now on."""
        self.held.add(channel)
        self.mail.holds = Way.MAIL in self.held

    def release(self) -> None:
        """Answer again."""
        self.held.clear()
        self.mail.holds = False


@contextmanager
def standing_outside() -> Iterator[Outside]:
    """Servers on this host for as long as the block lasts."""
    with sink() as (mail, port):
        outside = Outside(mail, port)
        with serving(outside.answer) as server:
            outside.url = server.url
            yield outside
            outside.release()


def make_recipients(world: World, outside: Outside) -> None:
    """Members of an enterprise with mail, its robots and webhook, and a colleague of the zone's staff with a digest."""
    for number in range(MEMBERS):
        member = make_user(f"member{number}", email=f"member{number}@example.cn")
        make_role(member, Role.ORGANIZATION_MEMBER, organization=world.enterprise)
        set_times(member, **DAY_AND_NIGHT)
    User.objects.filter(pk=world.ana.pk).update(email="ana@example.cn")
    set_times(world.ana, **DAY_AND_NIGHT)
    for channel in POSTED:
        make_receiver(channel, world.enterprise, f"{outside.url}/{channel}/hook")


def make_receiver(channel: str, owner: Any, address: str) -> Endpoint:
    """A robot or webhook that is told of needs at once."""
    secret = new_secret() if channel == "webhook" else "s"
    row = Endpoint.plain.create(
        kind=channel, name=channel, organization=owner, language="zh-hans", sealed_address=seal(address),
        sealed_secret=seal(secret),
    )  # fmt: skip
    told = {"endpoint": row, "topic": Topic.NEEDS, "channel": channel, "rhythm": Rhythm.IMMEDIATE}
    plain_create(Subscription, told)
    return row


def happen(world: World) -> None:
    """Two things that everybody is told, the staff of the zone the second one in its digest."""
    for kind, mark in (("need.returned", "甲"), ("need.expired", "乙")):
        need = make_need(organization=world.enterprise, title_zh=f"仪器检测{mark}")
        record_event(kind, object_type="matching.need", public_id=need.public_id)


def due(channel: str) -> int:
    """How many messages that makes."""
    return MESSAGES * MEMBERS + 1 if channel == Way.MAIL else MESSAGES


ALL_DUE: Final[dict[str, int]] = {channel: due(channel) for channel in CHANNELS}
