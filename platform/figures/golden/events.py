"""G8: 23 exchanges and 123 matchmaking events of the Northeast in 2024, and those that must not be counted."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any, Final

from django.utils import timezone

from figures.golden.cast import MADE_UP, Cast
from matching.choices import EventKind, OrganizerRole
from matching.services.events import cancel_event, draft_event
from matching.services.past import PastEvent, record_held_events
from zones.choices import Visibility
from zones.scoping import SYSTEM

ALLIANCE: Final = "dongbei"
EXCHANGES: Final = 23
MATCHMAKING: Final = {EventKind.INDUSTRY: 58, EventKind.TALENT: 37, EventKind.FINANCE: 28}
WORDS: Final = {EventKind.INDUSTRY: "产业对接会", EventKind.TALENT: "人才对接会", EventKind.FINANCE: "科技金融对接会"}
THEMES: Final = ("智能制造", "新材料应用", "生物医药", "新能源", "装备制造", "数字经济")


def load(cast: Cast) -> int:
    past = [*_exchanges(cast), *_matchmaking(cast), *_others(cast)]
    record_held_events(SYSTEM, past, is_sample=True)
    event = draft_event(
        SYSTEM, is_sample=True, **_values("取消的交流活动（示例）", date(2024, 7, 9)), zone=_zone(cast, 0)
    )
    cancel_event(SYSTEM, event_id=event.pk, version=None, because="因台风取消（示例）")
    return len(past) + 1


def _zone(cast: Cast, number: int) -> Any:
    slugs = cast.members(ALLIANCE)
    return cast.zones[slugs[number % len(slugs)]]


def _values(title: str, day: date, *, kind: str = EventKind.EXCHANGE, hour: int = 9) -> dict[str, Any]:
    starts_at = timezone.make_aware(datetime.combine(day, time(hour)))
    return {
        "kind": kind, "title_zh": title, "summary_zh": MADE_UP, "place_zh": "东北地区", "starts_at": starts_at,
        "ends_at": starts_at + timedelta(hours=7), "registration_closes_at": starts_at, "visibility": Visibility.PUBLIC,
    }  # fmt: skip


def _co_hosts(cast: Cast, *slugs: str) -> list[dict[str, Any]]:
    return [{"role": OrganizerRole.CO_HOST, "zone": cast.zones[slug]} for slug in slugs]


def _exchanges(cast: Cast) -> Iterator[PastEvent]:
    """The first three have three hosts of the alliance; one has a host of another; one is of the alliance itself."""
    zones = [cast.zones[slug] for slug in cast.members(ALLIANCE)]
    for number in range(EXCHANGES):
        values = _values(
            f"{THEMES[number % 6]}跨区域交流活动（示例 {number + 1:02d}）",
            date(2024, 1, 12) + timedelta(days=15 * number),
        )
        if number < 3:
            yield PastEvent(values | {"zone": cast.zones["shenyang"]}, _co_hosts(cast, "harbin", "changchun"))
        elif number == 3:
            yield PastEvent(values | {"zone": cast.zones["shenyang"]}, _co_hosts(cast, "zgc"))
        elif number == 4:
            yield PastEvent(values | {"association": cast.associations[ALLIANCE]}, _co_hosts(cast, "dalian"))
        else:
            yield PastEvent(values | {"zone": zones[number % len(zones)]})


def _matchmaking(cast: Cast) -> Iterator[PastEvent]:
    zones = [cast.zones[slug] for slug in cast.members(ALLIANCE)]
    for kind, count in MATCHMAKING.items():
        for number in range(count):
            title = f"{THEMES[number % 6]}{WORDS[kind]}（示例 {number + 1:02d}）"
            day = date(2024, 1, 5) + timedelta(days=6 * number)
            yield PastEvent(_values(title, day, kind=kind) | {"zone": zones[(number * 3) % len(zones)]})


def _others(cast: Cast) -> Iterator[PastEvent]:
    """In China already of the next year; of another zone with the alliance only as a supporter; a forum."""
    midnight = _values("跨年交流活动（示例）", date(2025, 1, 1), hour=0)
    yield PastEvent(midnight | {"zone": cast.zones["shenyang"]})
    supported = [{"role": OrganizerRole.SUPPORT, "association": cast.associations[ALLIANCE]}]
    yield PastEvent(
        _values("外区域主办的交流活动（示例）", date(2024, 8, 20)) | {"zone": cast.zones["wuxi"]}, supported
    )
    forum = _values("东北产业论坛（示例）", date(2024, 9, 12), kind=EventKind.FORUM)
    yield PastEvent(forum | {"zone": cast.zones["harbin"]})
