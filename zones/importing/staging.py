"""Staging: a file's rows with their verdicts, made outside any transaction and stored when the step finishes."""

from collections import Counter
from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from ledger.rowsets import insert_rows
from zones.choices import ImportState
from zones.errors import InvalidInput
from zones.importing.files import Table, read_file
from zones.importing.importers import IMPORTERS
from zones.importing.kinds import Kind
from zones.importing.mapping import Header, find_header, likely_header, with_samples
from zones.importing.mixed import told_types
from zones.importing.other_zones import other_zones_blamed
from zones.importing.parsing.limits import MAX_ROWS
from zones.importing.rows import count_row_types, read_rows
from zones.importing.turns import after_others
from zones.importing.verdicts import Judged
from zones.models import ImportFile, ImportJob, ImportMapping, ImportRow
from zones.scoping import Principal

WHY = "the job was claimed by its step"


def stage(job: ImportJob, principal: Principal) -> Callable[[], None]:
    """Read, map and judge; returns what is to be written. Raises InvalidInput where the file is no table of ours."""
    importer = IMPORTERS[job.kind]
    began = after_others(job)
    table, header = read_again(job, principal)
    if header is None or not _is_table(header, importer.kind):
        unknown = with_samples(likely_header(table.rows), table.rows)
        return lambda: _store_unknown(job, unknown)
    rows = list(read_rows(table.rows, header, importer.kind))
    types = count_row_types(table.rows, header)
    if not rows:
        message = told_types(job.kind, types) or _("表头之下没有可导入的行：请检查工作表与行类型。")
        raise InvalidInput.single("file", message)
    if len(rows) > MAX_ROWS:
        message = _("共 %(rows)d 行，最多 %(limit)d 行：请拆分文件。")
        raise InvalidInput.single("file", message % {"rows": len(rows), "limit": MAX_ROWS})
    owner = job.organization.name_zh if job.organization else ""
    judged = importer.judge(job, principal, rows, owner=owner)
    judged = other_zones_blamed(job.zone, table.rows, header, judged)
    told = with_samples(header, table.rows)
    return lambda: _store(job, told, types, judged, began)


def read_again(job: ImportJob, principal: Principal) -> tuple[Table, Header | None]:
    """The rows of a job's file as written, and where its header stands. Raises InvalidInput for a file not read."""
    content = ImportFile.objects.visible_to(principal).values_list("content", flat=True).get(pk=job.file_id)
    table = read_file(bytes(content), sheet=job.sheet)
    return table, find_header(table.rows, IMPORTERS[job.kind].kind, _said(job, principal))


def _is_table(header: Header, kind: Kind) -> bool:
    """Prose may hold the name of one column; a table names another, or the one its rows cannot do without."""
    known = {title.field for title in header.titles if title.field}
    return len(known) > 1 or kind.named in known


def _said(job: ImportJob, principal: Principal) -> dict[str, Any]:
    """What the zone has said of titles before, and what was said for this job."""
    saved = ImportMapping.objects.visible_to(principal).filter(zone=job.zone, kind=job.kind).first()
    said: dict[str, Any] = (saved.columns if saved else {}) | job.mapping
    return said


def _store(job: ImportJob, header: Header, types: dict[str, int], judged: list[Judged], began: datetime) -> None:
    rows = ImportRow.objects.unscoped(reason=WHY)
    rows.filter(job=job).delete()
    insert_rows(ImportRow, [_row(job, one) for one in judged])
    ImportJob.objects.unscoped(reason=WHY).filter(pk=job.pk).update(
        state=ImportState.STAGED,
        titles=[title._asdict() for title in header.titles],
        row_types=types,
        counts=dict(Counter(one.verdict for one in judged)),
        row_total=len(judged),
        row_done=len(judged),
        staged_at=began,
        message="",
    )


def _store_unknown(job: ImportJob, header: Header) -> None:
    """No title is known: the job is refused, and keeps the titles so that people can say what they mean."""
    ImportRow.objects.unscoped(reason=WHY).filter(job=job).delete()
    ImportJob.objects.unscoped(reason=WHY).filter(pk=job.pk).update(
        state=ImportState.REFUSED,
        titles=[title._asdict() for title in header.titles],
        message=_no_header_found().errors["file"][0],
    )


def must_be_readable(job: ImportJob, principal: Principal) -> None:
    """Say again why a file was refused. Raises InvalidInput."""
    _table, header = read_again(job, principal)
    if header is None or not _is_table(header, IMPORTERS[job.kind].kind):
        raise _no_header_found()
    stage(job, principal)


def _no_header_found() -> InvalidInput:
    return InvalidInput.single("file", _("没有认出表头：请在首行写明列名（如“名称”“权属单位”），或指定列对应。"))


def _row(job: ImportJob, one: Judged) -> ImportRow:
    return ImportRow(
        job=job,
        number=one.row.number,
        verdict=one.verdict,
        values=one.values,
        messages=[fault._asdict() for fault in one.faults],
        record_id=one.existing.id if one.existing else None,
        record_version=one.existing.version if one.existing else None,
    )
