"""What people type as a quantity becomes columns: numbers, intervals, yes or no, lists."""

import re
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

INTERVAL: Final = re.compile(r"^(-?[\d.eE+]+)\s*(?:–|—|-|~|～|至|到)\s*(-?[\d.eE+]+)$")
YES: Final = frozenset({"是", "有", "yes", "true", "y", "1", "✓"})
NO: Final = frozenset({"否", "无", "no", "false", "n", "0", "✗"})


def parse_number(text: str) -> float:
    """A finite number as typed, full-width digits too."""
    try:
        number = float(text.strip())
    except ValueError as error:
        raise ValidationError(_("请填写数字，例如 0.5。")) from error
    if number != number or number in (float("inf"), float("-inf")):
        raise ValidationError(_("请填写数字，例如 0.5。"))
    return number


def parse_interval(text: str) -> tuple[float, float]:
    match = INTERVAL.match(text.strip())
    if match is None:
        raise ValidationError(_("请填写区间，例如 5–20。"))
    low, high = parse_number(match[1]), parse_number(match[2])
    if low > high:
        raise ValidationError(_("区间的前一个数不得大于后一个数。"))
    return low, high


def parse_truth(text: str) -> bool:
    word = text.strip().lower()
    if word in YES | NO:
        return word in YES
    raise ValidationError(_("请填写“是”或“否”。"))


def parse_quantity(text: str) -> dict[str, Any]:
    """The columns of a capability from what was typed."""
    text = text.strip()
    if not text:
        return {"is_known": False}
    if text[0] in "≥>":
        return {"low": parse_number(text.lstrip("≥>= "))}
    if text[0] in "≤<":
        return {"high": parse_number(text.lstrip("≤<= "))}
    if text.lower() in YES | NO - {"0", "1"} and not text.isdigit():
        return {"truth": parse_truth(text)}
    if INTERVAL.match(text):
        low, high = parse_interval(text)
        return {"low": low, "high": high}
    items = parse_choices(text)
    if len(items) == 1 and not isinstance(items[0], str):
        return {"low": float(items[0]), "high": float(items[0])}
    return {"choices": items}


def parse_choices(text: str) -> list[Any]:
    """Items as typed; numbers stay numbers, as the catalogues write them."""
    items = [item.strip() for item in re.split(r"[、，,;；/]+", text) if item.strip()]
    if not items:
        raise ValidationError(_("请列出各项，用顿号分隔。"))
    return [_as_number(item) for item in items]


def _as_number(item: str) -> Any:
    try:
        number = parse_number(item)
    except ValidationError:
        return item
    return int(number) if number.is_integer() and abs(number) < 1e15 else number
