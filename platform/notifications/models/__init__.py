"""The tables of notifications."""

from notifications.models.endpoints import Endpoint
from notifications.models.feeds import FeedLink

__all__ = ["Endpoint", "FeedLink"]
