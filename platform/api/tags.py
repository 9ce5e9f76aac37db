"""Entity tags: which representation somebody has read, and of which version of its record.

A tag is the record's version, which its readers are told anyway, and a hash of the very bytes they got: it depends on
nothing that they cannot see.
"""

import hashlib
import re
from typing import Any, Final

from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _
from rest_framework import exceptions
from rest_framework.request import Request

VERSIONED: Final = re.compile(r'"([1-9][0-9]{0,8})-[0-9a-f]{32}"')
TAG: Final = re.compile(r'(W/)?("[^"]*")')
HASH_CHARACTERS: Final = 32


class MustSayWhatWasRead(exceptions.APIException):
    status_code = 428
    default_code = "precondition_required"
    default_detail = _("请在 If-Match 头中附上读取该记录时得到的 ETag：避免覆盖他人的修改。")


class IsStale(exceptions.APIException):
    status_code = 412
    default_code = "precondition_failed"
    default_detail = _("记录已被他人修改：请重新读取后核对，再次提交。")


def tag_of(content: bytes, *, version: int | None) -> str:
    """A strong tag; `version` where the record has one."""
    digest = hashlib.sha256(content).hexdigest()[:HASH_CHARACTERS]
    return f'"{version}-{digest}"' if version is not None else f'"{digest}"'


def version_read(request: Request, current: int) -> int:
    """The version whose tag was sent, for the service to compare under its lock.

    Raises MustSayWhatWasRead, also for `*`, which would overwrite whatever is there; IsStale where it is not `current`.
    """
    sent = request.headers.get("If-Match", "").strip()
    if not sent or sent == "*":
        raise MustSayWhatWasRead
    strong = [tag for weak, tag in TAG.findall(sent) if not weak]
    versions = {int(found[1]) for tag in strong if (found := VERSIONED.fullmatch(tag))}
    if current not in versions:
        raise IsStale
    return current


def with_tag(answer: Any) -> Any:
    """Called when an answer has its bytes: its tag, or 304 and no body where the reader has these bytes already."""
    answer["ETag"] = tag_of(answer.content, version=getattr(answer, "version", None))
    sent = answer.renderer_context["request"].headers.get("If-None-Match", "")
    if sent.strip() != "*" and answer["ETag"] not in [tag for _weak, tag in TAG.findall(sent)]:
        return None
    unchanged = HttpResponse(status=304)
    for name in ("ETag", "Vary", "Cache-Control", "Content-Language"):
        if name in answer:
            unchanged[name] = answer[name]
    return unchanged
