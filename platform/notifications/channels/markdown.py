"""What a robot says, as long as its group's messages may be: whole items, and how many were left out."""

from collections.abc import Callable, Sequence
from typing import Final

from django.utils import translation
from django.utils.translation import gettext as _

from notifications.channels.base import Item, Outgoing

Fits = Callable[[str], bool]
HARMLESS: Final = str.maketrans({
    "[": "［", "]": "］", "<": "＜", ">": "＞", "*": "＊", "`": "｀", "~": "～", "|": "｜", "#": "＃",
    "\n": " ", "\r": " ",
})  # fmt: skip
"""Robots know no escapes: what would be a link, a mention or a heading is written in wide characters."""
SHORTENED: Final = "…"
BELOW: Final = "　· "
"""Not every group knows lists in lists."""


def plain(text: str) -> str:
    """Text of others, in which nothing is markup."""
    return text.translate(HARMLESS).strip()


def composed(outgoing: Outgoing, fits: Fits) -> str:
    """As many items as fit, in order, a line that says how many did not, and always why it comes and who can stop it;
    never part of a character.
    """
    with translation.override(outgoing.language):
        foot = _foot(outgoing)
        if not outgoing.items:
            return _cut_above(_headed(outgoing, outgoing.markdown or plain(outgoing.text)), foot, fits)
        return _most_items(outgoing, foot, fits)


def cut(text: str, fits: Fits) -> str:
    """The longest beginning that fits, with a mark that there was more."""
    if fits(text):
        return text
    return text[: _largest(len(text), lambda size: fits(text[:size] + SHORTENED))] + SHORTENED


def _cut_above(text: str, foot: str, fits: Fits) -> str:
    return cut(text, lambda shorter: fits(shorter + foot)) + foot


def _most_items(outgoing: Outgoing, foot: str, fits: Fits) -> str:
    lines = [_line(item) for item in outgoing.items]

    def said(count: int) -> str:
        return _headed(outgoing, "\n".join([*lines[:count], *_left_out(outgoing, outgoing.items[count:])]))

    count = _largest(len(lines), lambda number: fits(said(number) + foot))
    return _cut_above(said(count), foot, fits)


def _foot(outgoing: Outgoing) -> str:
    """Why it comes to this group, and where its keeper switches it off."""
    if not outgoing.why:
        return ""
    link = f" [{_('由负责人停用或更改')}]({outgoing.stop_url})" if outgoing.stop_url else ""
    return f"\n\n{plain(outgoing.why)}{link}"


def _headed(outgoing: Outgoing, body: str) -> str:
    return f"**{plain(outgoing.title)}**\n{body}"


def _line(item: Item) -> str:
    title = f"[{plain(item.title)}]({item.url})" if item.url else plain(item.title)
    if item.is_below:
        return f"{BELOW}{title} {plain(item.text)}".rstrip()
    return f"- {title}\n  {plain(item.text)}" if item.text else f"- {title}"


def _left_out(outgoing: Outgoing, items: Sequence[Item]) -> list[str]:
    """How many entries are missing, or parts of the last one."""
    if not items:
        return []
    count = sum(not item.is_below for item in items) or len(items)
    more = _("… 另有 %(count)d 条") % {"count": count}
    return [f"[{more}]({outgoing.url})" if outgoing.url else more]


def _largest(most: int, fits: Callable[[int], bool]) -> int:
    """The largest number up to `most` that fits, where whatever is smaller than one that fits, fits too."""
    low, high = 0, most
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if fits(middle) else (low, middle - 1)
    return low
