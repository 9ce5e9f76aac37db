"""A form that makes a record makes one, however often it is sent: each page names its form; a name is used once."""

import re
from collections.abc import Callable
from time import monotonic, sleep
from typing import Any, Final
from uuid import UUID, uuid4

from django.http import QueryDict
from django.utils.translation import gettext as _

from ledger.answers import Answer, AskedOtherwise, UnderWay, once
from portal.views.own import MemberPage
from zones.errors import DomainError

FORM_NAME: Final = "form_name"
MADE: Final = re.compile(r"[0-9a-f]{32}")
WAITED_SECONDS: Final = 8.0
PAUSE_SECONDS: Final = 0.1


class SentBefore(DomainError):
    """The form has made its record already, and says something else now."""

    code = "sent_before"


class MakingPage(MemberPage):
    """A page whose form makes a record."""

    is_used = False

    @property
    def form_name(self) -> str:
        """What was sent, as long as it is good for something, else a new one."""
        sent = self.request.POST.get(FORM_NAME, "")
        return sent if MADE.fullmatch(sent) and not self.is_used else uuid4().hex

    def made_once(self, make: Callable[[], Any], *, find: Callable[[UUID], Any]) -> Any:
        """Make a record, or find the one this form has made. Raises SentBefore, and whatever `make` raises."""
        sent = self.request.POST
        if not MADE.fullmatch(sent.get(FORM_NAME, "")):
            return make()
        made: list[Any] = []

        def act() -> Answer:
            made.append(make())
            return Answer(302, {}, str(made[0].public_id))

        try:
            given = _when_alone(self.principal.user_id or 0, f"form:{sent[FORM_NAME]}", _said(sent), act)
        except AskedOtherwise as error:
            self.is_used = True
            raise SentBefore(
                _("这份表单已经保存过一次：请到“我的需求与资源”中修改那一条；如要另建一条，请再次提交。")
            ) from error
        return made[0] if made else find(UUID(given))


def _when_alone(user_id: int, key: str, asked: str, act: Callable[[], Answer]) -> str:
    """Of two presses of a button the browser shows the answer to the second, which therefore waits for the first."""
    end = monotonic() + WAITED_SECONDS
    while True:
        try:
            return once(user_id=user_id, key=key, asked=asked, act=act).answer.body
        except UnderWay as error:
            if monotonic() > end:
                raise SentBefore(_("这份表单正在保存：请稍候到“我的需求与资源”中查看。")) from error
            sleep(PAUSE_SECONDS)


def _said(sent: QueryDict) -> str:
    return repr(sorted((name, values) for name, values in sent.lists() if name != "csrfmiddlewaretoken"))
