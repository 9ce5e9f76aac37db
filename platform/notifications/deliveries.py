"""The ledger in words: what became of a message, what to do about it, and which ones did not arrive."""

from datetime import date, datetime, time, timedelta
from typing import Final

from django.db.models import Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from notifications.channels.reasons import explained
from notifications.choices import DeliveryState as State
from notifications.models import Delivery
from zones.scoping import today

UNDELIVERED: Final = (State.DEAD, State.UNKNOWN)
COUNTED_DAYS: Final = 30
"""How long a message that did not arrive is counted as something to do."""
NEXT: Final = {
    State.LEASED: gettext_lazy("正在发送，稍后刷新查看结果。"),
    State.SENT: gettext_lazy("对方已接收，无需处理。"),
    State.UNKNOWN: gettext_lazy("请先向收件方核实；确认没有收到，再重发。"),
    State.DEAD: gettext_lazy("不会自动再试：排除上述原因后可重发，收件人也可在站内查看。"),
    State.CANCELLED: gettext_lazy("无需处理：没有需要发出的内容。"),
}


def undelivered(*, days: int = COUNTED_DAYS) -> Q:
    """What did not, or perhaps did not, arrive in the last days."""
    return Q(state__in=UNDELIVERED) & made_in_last(days)


def made_in_last(days: int) -> Q:
    """What was made today in China or in the days before: so many days together."""
    return Q(created_at__gte=_midnight(today() - timedelta(days=days - 1)))


def made_on(day: date) -> Q:
    return Q(created_at__gte=_midnight(day), created_at__lt=_midnight(day + timedelta(days=1)))


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), tzinfo=timezone.get_default_timezone())


def reason_of(delivery: Delivery) -> str:
    """Why it has not arrived, as people read it; nothing where there is no reason."""
    return explained(delivery.reason)


def next_of(delivery: Delivery) -> str:
    """What happens next, or what its reader can do."""
    if delivery.state in NEXT:
        return str(NEXT[State(delivery.state)])
    moment = date_format(timezone.localtime(delivery.next_at), "m-d H:i")
    if delivery.next_at <= timezone.now():
        return _("即将发送，无需处理。")
    if delivery.attempts:
        return _("已试 %(count)d 次，将于 %(time)s 再试，无需处理。") % {"count": delivery.attempts, "time": moment}
    return _("将于 %(time)s 发送，无需处理。") % {"time": moment}
