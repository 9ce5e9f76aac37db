"""Notices about imports: whoever started one hears when it waits for a decision, and when it has ended."""

from collections.abc import Iterable
from typing import Any, Final
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from ledger.models import OutboxEvent
from notifications.choices import Topic
from notifications.kinds.base import Audience, Kind, Subject, Told, address, only
from notifications.models import Notice
from zones.choices import ImportState
from zones.models import ImportJob
from zones.scoping import Principal


def _name_of(job: ImportJob) -> str:
    return f"{job.file.name} · {job.get_kind_display()}"


def _url_of(job: ImportJob, principal: Principal) -> str:
    return address(("admin:zones_importjob_change", (job.public_id,)), ("admin:index", ()))


class _Jobs(Subject):
    """Without the file itself, which may be large."""

    def _visible(self, principal: Principal, ids: Iterable[UUID]) -> Any:
        return Subject._visible(self, principal, ids).defer("file__content")


JOB: Final = _Jobs("zones.importjob", _name_of, _url_of, ("file",))


class ImportNotice(Kind):
    """Said while it is so: an import that has gone on is told by what came of it."""

    def told(self, row: ImportJob, notice: Notice, principal: Principal) -> Told | None:
        ended = self.event.removeprefix("import.")
        is_so = bool(row.message) if ended == ImportState.REFUSED else row.state == ended
        return Kind.told(self, row, notice, principal) if is_so else None


def _starter(job: ImportJob, event: OutboxEvent) -> Audience:
    return Audience(users=only(job.requested_by_id))


_COMMON: Final[dict[str, Any]] = {
    "topic": Topic.RESOURCES, "subject": JOB, "audience": _starter, "who": _("发起导入的工作人员"),
    "why": _("您发起了该导入"),
}  # fmt: skip
KINDS: Final = (
    ImportNotice(
        event="import.staged", title=_("导入待确认：%(name)s"), sentence=_("文件已核对：请查看逐行结论，再写入。"),
        **_COMMON,
    ),
    ImportNotice(
        event="import.refused", title=_("导入未能完成：%(name)s"), sentence=_("没有写入任何内容：原因见导入页。"),
        is_urgent=True, **_COMMON,
    ),
    ImportNotice(
        event="import.applied", title=_("导入已写入：%(name)s"), sentence=_("如有不妥，可在导入页撤销。"), **_COMMON
    ),
    ImportNotice(
        event="import.undone", title=_("导入已撤销：%(name)s"), sentence=_("记录已恢复为导入前的样子。"), **_COMMON
    ),
)  # fmt: skip
