"""`Idempotency-Key`: the same key is one effect and one answer, kept with the effect (`ledger.answers`)."""

import json
import re
from collections.abc import Callable
from typing import Any, Final

from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _
from rest_framework import exceptions
from rest_framework.request import Request

from ledger.answers import Answer, AskedOtherwise, UnderWay
from ledger.answers import once as kept_once

HEADER: Final = "Idempotency-Key"
FORM: Final = re.compile(r"[!-~]{1,200}")
KEPT_HEADERS: Final = ("ETag", "Location", "Content-Type")
IN_A_SECOND: Final = 1


class BadKey(exceptions.APIException):
    status_code = 400
    default_code = "bad_idempotency_key"
    default_detail = _("Idempotency-Key 须为 1 至 200 个可见的 ASCII 字符，例如一个 UUID。")


class RequestUnderWay(exceptions.APIException):
    status_code = 409
    default_code = "request_under_way"
    default_detail = _("使用该标识的请求正在处理：请稍后重试。")
    wait = IN_A_SECOND


class KeyUsedOtherwise(exceptions.APIException):
    status_code = 422
    default_code = "idempotency_key_reused"
    default_detail = _("该标识已用于另一请求：新的请求请用新的 Idempotency-Key。")


def once(request: Request, act: Callable[[], HttpResponse], *, must_still_see: Callable[[Any], None]) -> HttpResponse:
    """Answer, or answer again; without a key it is done as often as it is asked.

    `must_still_see` is asked with the body of an answer that is given again: rights may have ended since.
    """
    if HEADER not in request.headers:
        return act()
    try:
        user_id = request.user.pk
        assert user_id is not None  # visitors do not write
        given = kept_once(user_id=user_id, key=_key(request), asked=_asked(request), act=lambda: _kept(act()))
    except UnderWay as error:
        raise RequestUnderWay from error
    except AskedOtherwise as error:
        raise KeyUsedOtherwise from error
    if given.is_repeated:
        must_still_see(json.loads(given.answer.body))
    answer = HttpResponse(given.answer.body, status=given.answer.status)
    for name, value in given.answer.headers.items():
        answer[name] = value
    if given.is_repeated:
        answer["Idempotency-Replayed"] = "true"
    return answer


def _key(request: Request) -> str:
    """As text or, as the drafts of a standard have it, in quotes: both are the same key."""
    sent = request.headers[HEADER].strip()
    key = sent[1:-1] if len(sent) > 2 and sent[0] == sent[-1] == '"' else sent
    if not FORM.fullmatch(key):
        raise BadKey
    return key


def _asked(request: Request) -> str:
    """What makes two requests the same: where they go, what was read, and what they say, however it is written."""
    read = request.headers.get("If-Match", "").strip()
    return json.dumps([request.method, request.path, read, request.data], sort_keys=True, ensure_ascii=True)


def _kept(answer: HttpResponse) -> Answer:
    headers = {name: answer[name] for name in KEPT_HEADERS if name in answer}
    return Answer(answer.status_code, headers, answer.content.decode())
