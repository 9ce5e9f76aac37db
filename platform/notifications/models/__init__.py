"""The tables of notifications."""

from notifications.models.endpoints import Endpoint
from notifications.models.feeds import FeedLink
from notifications.models.notices import Delivery, Notice, SendingPlace, ToldPair
from notifications.models.subscriptions import NoticeSettings, Subscription, Watch

__all__ = [
    "Delivery", "Endpoint", "FeedLink", "Notice", "NoticeSettings", "SendingPlace", "Subscription", "ToldPair", "Watch",
]  # fmt: skip
