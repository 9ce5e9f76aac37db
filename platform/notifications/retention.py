"""Personal data are forgotten when their time is over: the rules of all floors, swept once a day, told in one row."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any, Final, NamedTuple

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.db.models.functions import Now
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from ledger.answers import KEPT_FOR
from ledger.events import record_fact
from ledger.models import KeptAnswer
from ledger.retention import Rule, delete
from ledger.ticks import take_daily_tick
from matching.services import retention as of_matching
from notifications.models import Delivery, Notice
from notifications.models.notices import FINISHED
from zones.scoping import SYSTEM, today
from zones.services import retention as of_zones


class Due(NamedTuple):
    """What one rule finds today."""

    rule: Rule
    rows: int


def _notices(period: timedelta) -> "QuerySet[Any]":
    found: QuerySet[Any] = Notice.objects.visible_to(SYSTEM).filter(created_at__lt=Now() - period)
    return found


def _read_notices(period: timedelta) -> "QuerySet[Any]":
    found: QuerySet[Any] = Notice.objects.visible_to(SYSTEM).filter(read_at__lt=Now() - period)
    return found


def _deliveries(period: timedelta) -> "QuerySet[Any]":
    """Without those a kept notice has left with: it would wait for a digest again."""
    rows = Delivery.objects.visible_to(SYSTEM).filter(state__in=FINISHED, finished_at__lt=Now() - period)
    found: QuerySet[Any] = rows.filter(~Exists(Notice.objects.visible_to(SYSTEM).filter(delivery=OuterRef("pk"))))
    return found


def _answers(period: timedelta) -> "QuerySet[Any]":
    return KeptAnswer.objects.filter(created_at__lte=Now() - period)


RULES: Final = (
    *of_zones.RULES,
    *of_matching.RULES,
    Rule(
        "read_notices", 90, gettext_lazy("已读的站内通知"),
        gettext_lazy("读过的通知三个月内可回看；所指的记录不受影响"),
        _read_notices, delete,
    ),
    Rule(
        "notices", 180, gettext_lazy("站内通知，无论是否读过"),
        gettext_lazy("半年前的事项已办结或已过期；通知不含正文，只指向记录"),
        _notices, delete,
    ),
    Rule(
        "deliveries", 180, gettext_lazy("消息发送台账：收件账号、渠道、结果"),
        gettext_lazy("半年内可查明是否送达、可重发；台账从不保存收件地址和正文"),
        _deliveries, delete,
    ),
    Rule(
        "kept_answers", KEPT_FOR.days, gettext_lazy("接口按 Idempotency-Key 保留的答复"),
        gettext_lazy("两天内重复请求得到同一答复"),
        _answers, delete, is_fixed=True,
    ),
)  # fmt: skip
"""In this order: notices go before the deliveries they have left with."""


def sweep_daily() -> None:
    """Once a day, whoever asks and however often."""
    with transaction.atomic():
        if take_daily_tick("notifications.retention", on=today()):
            sweep()


@transaction.atomic
def sweep() -> list[Due]:
    """Forget what is over; one row tells by which periods, and how much. Returns what was forgotten."""
    swept = []
    for rule in RULES:
        rows = rule.found(rule.period)
        swept.append(Due(rule, rows.count()))
        if swept[-1].rows:
            rule.forget(rows)
    record_fact("retention.swept", object_type="ledger.retention", key="all", payload=_told(swept))
    return swept


def preview() -> list[Due]:
    """What a sweep would forget now; nothing is changed. A later rule may find less, once an earlier one is done."""
    return [Due(rule, rule.found(rule.period).count()) for rule in RULES]


def unknown_names(chosen: dict[str, int]) -> list[str]:
    """Periods the operator has set for what no rule is called, or cannot set."""
    return sorted(chosen.keys() - {rule.name for rule in RULES if not rule.is_fixed})


def lines(language: str = "en") -> Iterator[str]:
    """The table of docs/privacy.md: a test compares the two."""
    with override(language):
        yield _("| 名称 | 内容 | 保存天数 | 理由 |")
        yield "|---|---|---|---|"
        for rule in RULES:
            days = _("%(days)d（固定）") % {"days": rule.days} if rule.is_fixed else str(rule.days)
            yield f"| `{rule.name}` | {rule.what} | {days} | {rule.why} |"


def _told(swept: list[Due]) -> dict[str, Any]:
    return {due.rule.name: {"days": due.rule.period.days, "count": due.rows} for due in swept}
