"""What stands around the rows of an import: its stages, its progress, what a file may hold, and the receipt."""

from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from backoffice.rows import visible_rows
from zones.choices import ImportState
from zones.importing.parsing import limits
from zones.models import ImportJob
from zones.scoping import Principal


def with_faults(principal: Principal) -> Q:
    """Files that could not be read or have rows to mend, as long as no later file of the kind came in their place."""
    of_its_kind = visible_rows(ImportJob, principal).filter(zone=OuterRef("zone"), kind=OuterRef("kind"))
    later = of_its_kind.filter(pk__gt=OuterRef("pk"))
    wrong = Q(counts__error__gt=0) | Q(counts__conflict__gt=0)
    return (Q(state=ImportState.REFUSED) | Q(wrong, state=ImportState.STAGED)) & Q(~Exists(later))


def progress_of(job: ImportJob) -> dict[str, Any]:
    """How far the work is; reading tells nothing before it is done."""
    percent = 100 * job.row_done // job.row_total if job.row_total and job.state != ImportState.READING else None
    return {"percent": percent, "state": job.get_state_display(), "done": job.row_done, "total": job.row_total}


def stages(job: ImportJob | None, here: str, columns_url: str = "", job_url: str = "") -> dict[str, Any]:
    """The four stages on top of each page; those that can be looked at are links."""
    titles = {
        "upload": _("上传"),
        "columns": _("列对应"),
        "check": _("核对"),
        "write": _("写入"),
    }
    has_rows = job is not None and job.staged_at is not None
    urls = {
        "columns": columns_url if job is not None and job.titles else "",
        "check": job_url if has_rows and job is not None and job.applied_at is None else "",
        "write": job_url if job is not None and job.applied_at else "",
    }
    names = list(titles)
    shown = [
        {
            "title": title,
            "url": "" if name == here else urls.get(name, ""),
            "is_here": name == here,
            "is_done": names.index(name) < names.index(here),
        }
        for name, title in titles.items()
    ]
    return {"stages": shown}


def limits_told() -> list[str]:
    """What a file may hold, named before it is refused."""
    values = {
        "rows": limits.MAX_ROWS,
        "columns": limits.MAX_COLUMNS,
        "size": limits.MAX_FILE_BYTES // limits.MEGABYTE,
    }
    return [
        _("格式：xlsx、xls、ods、CSV（UTF-8 或 GBK）、UNIQUIP CSV、NRII JSON、EEN XML"),
        _("最多 %(rows)d 行、%(columns)d 列、%(size)d MB；不含宏，不设密码") % values,
        _("首行写列名，中文或英文均可；可带单位，如“原值（万元）”"),
    ]


def file_facts(job: ImportJob) -> dict[str, Any]:
    """What the receipt says of the file and of who did what, when."""
    moments = (
        (_("上传时间"), job.created_at), (_("核对时间"), job.staged_at), (_("写入时间"), job.applied_at),
        (_("撤销时间"), job.undone_at),
    )  # fmt: skip
    facts = [
        (_("文件名"), job.file.name),
        (_("大小"), _("%(size).1f KB") % {"size": job.file.size / 1024}),
        (_("SHA-256"), job.file.sha256),
        (_("工作表"), job.sheet),
        (_("默认权属单位"), str(job.organization) if job.organization else ""),
        (_("上传人"), str(job.file.uploaded_by) if job.file.uploaded_by else ""),
        (_("操作人"), str(job.requested_by) if job.requested_by else ""),
        *((label, timezone.localtime(at).strftime("%Y-%m-%d %H:%M:%S") if at else "") for label, at in moments),
    ]
    return {"facts": [(label, value) for label, value in facts if value]}
