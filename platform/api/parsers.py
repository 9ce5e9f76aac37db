"""JSON as the API reads it: what any two readers would understand differently, or no column should hold, is a 400."""

import json
from collections.abc import Iterator
from typing import IO, Any, Final

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from rest_framework import exceptions
from rest_framework.parsers import BaseParser

MEGABYTE: Final = 1024 * 1024
READ_AT_MOST: Final = 64 * MEGABYTE
DEEPEST: Final = 12
"""A body of many needs with metrics that have choices is six deep."""
LARGEST: Final = 10**18
"""No column holds more; a number with thousands of digits takes its reader's time."""


class TooLarge(exceptions.APIException):
    status_code = 413
    default_code = "too_large"
    default_detail = gettext_lazy("一次提交的内容过大：请分几次提交。")


class StrictJSONParser(BaseParser):
    """UTF-8; every name of an object once; not deep; no NUL, no halves of characters, no number that is none."""

    media_type = "application/json"

    def parse(self, stream: IO[Any], media_type: Any = None, parser_context: Any = None) -> Any:
        most = settings.DATA_UPLOAD_MAX_MEMORY_SIZE
        raw = stream.read(most + 1)
        if len(raw) > most:
            read_the_rest(stream)
            raise TooLarge(_("一次提交的内容超过 %(most)d MB：请分几次提交。") % {"most": most // MEGABYTE})
        try:
            body = json.loads(raw.decode("utf-8"), object_pairs_hook=_named_once, parse_constant=_no_constant)
        except (ValueError, RecursionError) as error:
            raise exceptions.ParseError(_("请求正文不是有效的 JSON（UTF-8）：请检查格式。")) from error
        for place, value, depth in _walk(body):
            _check(place, value, depth)
        return body


def read_the_rest(stream: Any) -> None:
    """A browser that is still sending shows an answer only when it could send all: else it tells of a broken line."""
    left = READ_AT_MOST
    while left > 0 and (chunk := stream.read(MEGABYTE)):
        left -= len(chunk)


def _named_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    named = dict(pairs)
    if len(named) < len(pairs):
        raise exceptions.ParseError(_("同一对象中有重复的字段名：每个字段只填写一次。"))
    return named


def _no_constant(text: str) -> float:
    raise ValueError(text)


def _walk(body: Any) -> Iterator[tuple[str, Any, int]]:
    """Every value and name, the field of the body it stands in (empty: in none), and how deep."""
    waiting: list[tuple[str, Any, int]] = [("", body, 1)]
    while waiting:
        place, value, depth = waiting.pop()
        yield place, value, depth
        if depth <= DEEPEST and isinstance(value, dict):
            waiting += [(place, name, depth + 1) for name in value]
            waiting += [(place or name, one, depth + 1) for name, one in value.items()]
        elif depth <= DEEPEST and isinstance(value, list):
            waiting += [(place, one, depth + 1) for one in value]


def _check(place: str, value: Any, depth: int) -> None:
    if depth > DEEPEST:
        raise exceptions.ParseError(_("请求正文嵌套过深：最多 %(most)d 层。") % {"most": DEEPEST})
    if isinstance(value, str) and ("\x00" in value or any("\ud800" <= character <= "\udfff" for character in value)):
        message = _("含有空字符（NUL）或不完整的字符：请删除后重试。")
        raise exceptions.ValidationError({(place if place.isprintable() else "") or "__all__": [message]})
    if isinstance(value, int | float) and not -LARGEST < value < LARGEST:
        raise exceptions.ParseError(_("数值过大：请检查数值与计量单位。"))
