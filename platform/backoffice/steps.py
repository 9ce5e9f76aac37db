"""Steps: buttons that post one verb of a service (open, pause, retire …), with the version the reader saw."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from zones.errors import Conflict
from zones.scoping import Principal

VERSION = re.compile("[0-9]{1,9}")

Run = Callable[[Principal, Any, int | None], Any]
Offer = Callable[[Principal, Any], bool]


@dataclass(frozen=True, slots=True)
class Step:
    """One button: `is_offered` says for which rows, `run` calls the service with (principal, row, version read)."""

    name: str
    label: Any
    icon: str
    run: Run
    is_offered: Offer
    done: Any
    style: str = "default"
    confirm: Any = ""


def version_read(request: HttpRequest) -> int:
    """The version the reader saw, as its page posts it. Raises Conflict without one: nobody changes a record unread."""
    text = request.POST.get("version", "")
    if not VERSION.fullmatch(text):
        raise unread()
    return int(text)


def unread() -> Conflict:
    """The refusal of what comes without the version its sender has read."""
    return Conflict(_("请求未带记录的版本，未作更改：请打开该记录的页面，核对后再操作。"))
