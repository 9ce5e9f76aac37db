"""What people call the browser and the machine that a session was begun with."""

from typing import Final

from django.utils.translation import gettext as _

BROWSERS: Final = {
    "MicroMessenger": "WeChat", "DingTalk": "DingTalk", "Edg": "Edge", "Firefox": "Firefox", "Chrome": "Chrome",
    "Safari": "Safari",
}  # fmt: skip
SYSTEMS: Final = {
    "HarmonyOS": "HarmonyOS", "Android": "Android", "iPhone": "iPhone", "iPad": "iPad", "Windows": "Windows",
    "Mac OS": "macOS", "Linux": "Linux",
}  # fmt: skip
"""Marks in what a browser says of itself: the first that is found, since each names those it came from as well."""


def named(told: str) -> str:
    found = [_first(told, BROWSERS), _first(told, SYSTEMS)]
    return " · ".join(name for name in found if name) or _("未知设备")


def _first(told: str, names: dict[str, str]) -> str:
    return next((name for mark, name in names.items() if mark in told), "")
