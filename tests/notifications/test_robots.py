"""Robots of groups: signatures, limits in bytes, and answers that say no with HTTP 200."""

import base64
import hashlib
import hmac
import json
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qs, unquote_plus, urlsplit

import pytest
from django.conf import settings
from django.utils.translation import override

from egress.client import Limits
from egress.endpoints import trusted
from notifications.channels import dingtalk, feishu, posting, wecom
from notifications.channels.base import Channel, Item, Outcome, Result, Target
from notifications.channels.markdown import composed
from notifications.channels.registry import CHANNELS
from notifications.endpoints import why_here
from notifications.kinds.registry import KINDS
from notifications.models import Endpoint
from tests.conftest import World
from tests.egress.servers import Answer, drip, hang_up, pour, says
from tests.notifications.receivers import ITEM, outgoing, receiving
from zones.models import Zone

SECRET = "SEC-group+/="
ROBOTS = (wecom.CHANNEL, dingtalk.CHANNEL, feishu.CHANNEL)
MANY = tuple(Item(f"第{number}条：微纳加工平台与封装产线", "苏州 · 需确认交期" * 6, ITEM.url) for number in range(400))
pytestmark = pytest.mark.django_db


def say(monkeypatch: pytest.MonkeyPatch, channel: Channel, answer: Answer, *items: Item) -> tuple[Outcome, Any]:
    """What came of one message, and what the robot's server was sent."""
    with receiving(monkeypatch, answer) as server:
        target = Target("robot", f"{server.url}/send?key=k-e-y", SECRET)
        return channel.send(outgoing(*items), target), server.seen


def body_of(seen: Any) -> Any:
    ((_path, _headers, body),) = seen
    return json.loads(body)


def ok(**more: Any) -> Answer:
    return says(200, json.dumps({"errcode": 0, "errmsg": "ok", "code": 0} | more).encode())


def test_wecom_is_told_in_markdown_by_the_key_in_its_address(monkeypatch: pytest.MonkeyPatch) -> None:
    outcome, seen = say(monkeypatch, wecom.CHANNEL, ok())
    assert outcome == Outcome.sent()
    assert seen[0][0] == "/send?key=k-e-y"
    text = f"**本周匹配**\n- [{ITEM.title}]({ITEM.url})\n  {ITEM.text}"
    assert body_of(seen) == {"msgtype": "markdown", "markdown": {"content": text}}


def test_dingtalk_s_signature_is_encoded_for_an_address_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """What the server decodes once is the base64 of HMAC-SHA256 over time and secret."""
    _outcome, seen = say(monkeypatch, dingtalk.CHANNEL, ok())
    query = urlsplit(seen[0][0]).query
    told = parse_qs(query)
    key, text = SECRET.encode(), f"{told['timestamp'][0]}\n{SECRET}".encode()
    assert base64.b64decode(told["sign"][0], validate=True) == hmac.new(key, text, hashlib.sha256).digest()
    assert unquote_plus(query).count("%") == 0
    assert len(told["timestamp"][0]) == 13


def test_dingtalk_s_signature_is_that_of_a_known_case() -> None:
    signed = dingtalk.signed("https://oapi.dingtalk.com/robot/send?access_token=t", "SECsecret", 1_700_000_000_000)
    digest = hmac.digest(b"SECsecret", b"1700000000000\nSECsecret", "sha256")
    sign = base64.b64encode(digest).decode().replace("+", "%2B").replace("/", "%2F").replace("=", "%3D")
    assert signed == f"https://oapi.dingtalk.com/robot/send?access_token=t&timestamp=1700000000000&sign={sign}"
    assert dingtalk.signed("https://a/?access_token=t", "", 1) == "https://a/?access_token=t"


def test_feishu_signs_nothing_with_time_and_secret_as_its_key(monkeypatch: pytest.MonkeyPatch) -> None:
    outcome, seen = say(monkeypatch, feishu.CHANNEL, says(200, b'{"code":0,"msg":"success","data":{}}'))
    body = body_of(seen)
    key = f"{body['timestamp']}\n{SECRET}".encode()
    assert outcome.result == Result.SENT
    assert base64.b64decode(body["sign"]) == hmac.new(key, digestmod=hashlib.sha256).digest()
    assert body["card"]["header"]["title"]["content"] == "本周匹配"
    assert "sign" not in feishu.content("t", "", 1, "x")


@pytest.mark.parametrize(("channel", "answer", "result", "reason", "is_gone"), [
    (wecom.CHANNEL, {"errcode": 93000, "errmsg": "invalid webhook url k-e-y"}, Result.DEAD, "code 93000", True),
    (wecom.CHANNEL, {"errcode": 40058}, Result.DEAD, "code 40058", False),
    (wecom.CHANNEL, {"errcode": 45009}, Result.RETRY, "busy 45009", False),
    (wecom.CHANNEL, {"errcode": -1}, Result.RETRY, "busy -1", False),
    (dingtalk.CHANNEL, {"errcode": 310000, "errmsg": "sign not match"}, Result.DEAD, "code 310000", False),
    (dingtalk.CHANNEL, {"errcode": 410100}, Result.RETRY, "busy 410100", False),
    (feishu.CHANNEL, {"code": 19021, "msg": "sign match fail"}, Result.DEAD, "code 19021", False),
    (feishu.CHANNEL, {"code": 11232}, Result.RETRY, "busy 11232", False),
    (feishu.CHANNEL, {"StatusCode": 0}, Result.SENT, "", False),
    (wecom.CHANNEL, {"errcode": "0"}, Result.UNKNOWN, "unreadable", False),
    (wecom.CHANNEL, ["ok"], Result.UNKNOWN, "unreadable", False),
])  # fmt: skip
def test_http_200_with_another_code_than_0_is_a_failure(
    monkeypatch: pytest.MonkeyPatch, channel: Channel, answer: Any, result: Result, reason: str, is_gone: bool
) -> None:
    outcome, _seen = say(monkeypatch, channel, says(200, json.dumps(answer).encode()))
    assert (outcome.result, outcome.reason, outcome.is_gone) == (result, reason, is_gone)


@pytest.mark.parametrize(("answer", "result", "after"), [
    (says(429, b"", Retry_After="7"), Result.RETRY, timedelta(seconds=7)),
    (says(500), Result.RETRY, None),
    (says(502), Result.UNKNOWN, None),
    (says(403), Result.DEAD, None),
    (says(200, b"<html>"), Result.UNKNOWN, None),
    (says(302, b"", Location="http://127.0.0.1:1/"), Result.DEAD, None),
    (drip, Result.UNKNOWN, None),
    (hang_up, Result.UNKNOWN, None),
    (pour, Result.UNKNOWN, None),
])  # fmt: skip
def test_what_may_have_arrived_is_unknown_and_not_said_twice(
    monkeypatch: pytest.MonkeyPatch, answer: Answer, result: Result, after: timedelta | None
) -> None:
    monkeypatch.setattr(posting, "LIMITS", Limits(seconds=0.5))
    outcome, seen = say(monkeypatch, wecom.CHANNEL, answer)
    assert (outcome.result, outcome.after) == (result, after)
    assert len(seen) == 1


def test_nobody_who_listens_is_no_doubt(monkeypatch: pytest.MonkeyPatch) -> None:
    with receiving(monkeypatch, ok()) as server:
        address = server.url
    with monkeypatch.context() as patched:
        patched.setattr(posting, "untrusted", trusted)
        outcome = wecom.send(outgoing(), Target("robot", f"{address}/"))
    assert (outcome.result, outcome.reason) == (Result.RETRY, "no_connection")


@pytest.mark.parametrize("channel", ROBOTS, ids=lambda channel: str(channel.kind))
@pytest.mark.parametrize("address", ["https://127.0.0.1/x", "https://[::ffff:10.0.0.1]/", "http://example.com/"])
def test_no_robot_leads_to_an_inner_address(channel: Channel, address: str) -> None:
    outcome = channel.send(outgoing(), Target("robot", address, "s"))
    assert (outcome.result, outcome.reason) == (Result.DEAD, "address")


@pytest.mark.parametrize("channel", ROBOTS, ids=lambda channel: str(channel.kind))
def test_what_does_not_fit_is_left_out_item_by_item_and_counted(
    monkeypatch: pytest.MonkeyPatch, channel: Channel
) -> None:
    _outcome, seen = say(monkeypatch, channel, ok(), *MANY)
    body = seen[0][2]
    text = text_of(json.loads(body))
    size = len(text.encode()) if channel is wecom.CHANNEL else len(body)
    kept = text.count("交期") // 6
    assert channel.limit_bytes - 300 < size <= channel.limit_bytes
    assert f"[… 另有 {400 - kept} 条](https://zonelink.test/my/notices/)" in text
    assert 0 < kept < 400
    assert f"第{kept - 1}条" in text
    assert f"第{kept}条" not in text


@pytest.mark.parametrize("length", range(4_060, 4_075))
def test_a_single_long_text_is_never_cut_within_a_character(length: int) -> None:
    message = outgoing(items=(), markdown="x" * (length % 4) + "汉😀" * length)
    text = composed(message, lambda said: len(said.encode()) <= wecom.LIMIT)
    assert wecom.LIMIT - 8 < len(text.encode()) <= wecom.LIMIT
    assert text.endswith("…")


def test_nothing_a_user_wrote_is_markup_in_a_group(monkeypatch: pytest.MonkeyPatch) -> None:
    evil = Item("[点我](https://evil.test) <@all> **急**", "# 标题\n<font color=warning>", ITEM.url)
    _outcome, seen = say(monkeypatch, wecom.CHANNEL, ok(), evil)
    text = text_of(body_of(seen))
    assert text.count("](") == 1
    assert "<" not in text
    assert text.count("\n") == 2


def test_english_groups_are_told_in_english() -> None:
    text = composed(outgoing(*MANY, language="en", url=""), lambda said: len(said.encode()) <= wecom.LIMIT)
    assert text.splitlines()[-1].endswith(" more")


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("kind", ["wecom", "dingtalk", "feishu"])
def test_a_group_is_told_why_and_who_stops_it_however_much_is_left_out(
    world: World, monkeypatch: pytest.MonkeyPatch, kind: str, language: str
) -> None:
    """A digest of many reasons by its owner, a single notice by its own; both within the bytes of the group."""
    owner = Zone.objects.get(pk=world.east.pk)
    owner.short_zh, owner.name_en = "东方*区*", "East *Zone*"
    robot = Endpoint(kind=kind, name="群", zone=owner, language=language)
    channel = CHANNELS[kind]
    with override(language):
        foots = [why_here(robot), why_here(robot, str(KINDS["need.opened"].why))]
    for foot in foots:
        with receiving(monkeypatch, ok()) as server:
            target = Target("robot", f"{server.url}/send?key=k-e-y", SECRET)
            channel.send(outgoing(*MANY, language=language, **foot), target)
        text, size = text_of(body_of(server.seen)), len(server.seen[0][2])
        size = len(text.encode()) if kind == "wecom" else size
        assert channel.limit_bytes - 400 < size <= channel.limit_bytes
        link = {"zh-hans": "由负责人停用或更改", "en": "Its keeper changes or stops it"}[language]
        assert "](https://zonelink.test/my/notices/)\n\n" in text, "whole items, how many are missing, and the foot"
        assert text.endswith(f" [{link}]({settings.SITE_URL}/account/endpoints/{robot.public_id}/)")
    (by_owner, by_kind) = (foot["why"] for foot in foots)
    assert (
        by_owner
        == {
            "zh-hans": "发到本群，是因为东方*区*在此接入了高新链。",
            "en": "This group is told because East *Zone* has connected ZoneLink here.",
        }[language]
    )
    assert by_kind.startswith({"zh-hans": "发到本群，是因为您所在", "en": "This group is told because your "}[language])
    last = composed(outgoing(language=language, **foots[0]), lambda said: True).splitlines()[-1]
    assert "*" not in last


def test_parts_of_an_entry_stand_below_it_and_are_not_counted_as_entries() -> None:
    parts = [Item(f"部件{number}", "匹配度 88%", ITEM.url, is_below=True) for number in range(3)]
    message = outgoing(Item("有 3 个新匹配", "请查看。", ITEM.url), *parts, Item("逾期", "", ITEM.url), url="")
    whole = composed(message, lambda said: True)
    assert f"  请查看。\n　· [部件0]({ITEM.url}) 匹配度 88%\n" in whole
    assert composed(message, lambda said: "部件1" not in said).endswith("匹配度 88%\n… 另有 1 条")
    assert composed(message, lambda said: "逾期" not in said).splitlines()[-2].startswith("　· [部件2]")


def test_the_foot_stays_where_a_single_text_is_cut() -> None:
    message = outgoing(items=(), markdown="汉" * 4_000, why="因为", stop_url="https://zonelink.test/stop/")
    text = composed(message, lambda said: len(said.encode()) <= wecom.LIMIT)
    assert text.endswith("…\n\n因为 [由负责人停用或更改](https://zonelink.test/stop/)")
    assert wecom.LIMIT - 8 < len(text.encode()) <= wecom.LIMIT


def test_a_robot_is_not_asked_to_repeat_and_a_webhook_is() -> None:
    assert {kind: channel.may_repeat for kind, channel in CHANNELS.items() if kind != "mail"} == {
        "wecom": False, "dingtalk": False, "feishu": False, "webhook": True,
    }  # fmt: skip


def text_of(body: Any) -> str:
    """The markdown of any robot's message."""
    if "card" in body:
        return str(body["card"]["elements"][0]["content"])
    return str(body["markdown"].get("text") or body["markdown"]["content"])
