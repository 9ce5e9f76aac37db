"""Receivers on this host in place of those of the open internet, and a message to send to them."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

import pytest

from egress.endpoints import trusted
from notifications.channels import posting
from notifications.channels.base import Item, Outgoing
from tests.egress.servers import Answer, Running, serving

ITEM = Item("外延片检测设备对接", "华东园区 · 匹配度 82", "https://zonelink.test/my/matches/1/")


def outgoing(*items: Item, **fields: Any) -> Outgoing:
    values: dict[str, Any] = {
        "id": "3f1c8a52-0000-4000-8000-000000000001",
        "kind": "digest.weekly",
        "language": "zh-hans",
        "title": "本周匹配",
        "created_at": datetime(2026, 11, 27, 1, 0, tzinfo=UTC),
        "url": "https://zonelink.test/my/notices/",
    }
    return Outgoing(**(values | {"items": items or (ITEM,)} | fields))


@contextmanager
def receiving(monkeypatch: pytest.MonkeyPatch, answer: Answer) -> Iterator[Running]:
    """A real server that answers in that way. Only here is an address of this host taken for one of the internet."""
    with monkeypatch.context() as patched, serving(answer) as server:
        patched.setattr(posting, "untrusted", trusted)
        yield server
