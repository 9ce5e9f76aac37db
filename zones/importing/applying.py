"""Applying staged rows and taking them back: one transaction each, all rows or none."""

from collections import Counter
from collections.abc import Callable
from typing import Any

from django.db.models.functions import Now
from django.utils.translation import gettext as _

from ledger.aside import aside
from ledger.rowsets import update_rows
from zones.choices import ImportState, Verdict
from zones.errors import Conflict, listed
from zones.importing.importers import IMPORTERS, Importer
from zones.importing.kinds import Values
from zones.importing.owners import owners_named
from zones.importing.published import Restates, settle, watched
from zones.importing.sentences import Fault
from zones.importing.turns import must_be_compared_last, take_turn
from zones.models import ImportJob, ImportRow
from zones.models.base import ScopedModel
from zones.scoping import Principal
from zones.services.batches import Moved, Report

WHY = "the job was claimed by its step"
WRITTEN = (Verdict.NEW, Verdict.CHANGED)


def apply_rows(job: ImportJob, principal: Principal) -> Callable[[], None]:
    """Returns what writes the rows that are new or changed and remembers what stood there before."""
    return lambda: _apply(job, principal)


def undo_rows(job: ImportJob, principal: Principal) -> Callable[[], None]:
    """Returns what puts changed records back as they were and takes new ones off offer."""
    return lambda: _undo(job, principal)


def mark_moved(job: ImportJob, moved: Moved) -> None:
    """Records that moved between the check and the writing become conflicts to look at."""
    rows = list(_rows(job).filter(record_id__in=moved.ids))
    for row in rows:
        row.verdict = Verdict.CONFLICT
        row.messages = [*row.messages, Fault("changed_meanwhile", "", "", "", {})._asdict()]
    update_rows(ImportRow, rows, ("verdict", "messages"))
    counts = dict(Counter(_rows(job).values_list("verdict", flat=True)))
    _jobs(job).update(state=ImportState.STAGED, counts=counts, message=moved.message)


def mark_restating(job: ImportJob, restates: Restates) -> None:
    """What was published and would be told otherwise: shown before anything is written."""
    _jobs(job).update(published=restates.sentences)


def _apply(job: ImportJob, principal: Principal) -> None:
    importer = IMPORTERS[job.kind]
    must_be_compared_last(job)
    watches = watched(importer.model)
    rows = [row for row in _rows(job).filter(verdict__in=WRITTEN) if "part" not in row.values]
    versions = {row.record_id: row.record_version for row in rows if row.record_id}
    locked = importer.lock(principal, versions)
    written = _editable(importer.model, principal).filter(pk__in=list(versions))
    before = {one.id: one.values for one in importer.read(principal, written)}
    owners = owners_named(principal, job, [row.values for row in rows])
    records, drafts = [], []
    for row in rows:
        record = locked.get(row.record_id) or importer.new(job)
        if row.record_id:
            row.before = _snapshot(row.values, before[row.record_id], importer.overwritten(record))
            importer.renew(record)
        records.append(record)
        drafts.append(importer.draft(record, row.values, owners))
    importer.write(principal, drafts, report=_reporter(job))
    for row, record in zip(rows, records, strict=True):
        row.record_id, row.written_version = record.pk, record.version
    update_rows(ImportRow, rows, ("record_id", "before", "written_version"))
    settle(watches, principal, reason=job.reason_zh)
    _jobs(job).update(state=ImportState.APPLIED, applied_at=Now())


def _undo(job: ImportJob, principal: Principal) -> None:
    importer = IMPORTERS[job.kind]
    take_turn(job)
    watches = watched(importer.model)
    rows = list(_rows(job).filter(written_version__isnull=False))
    try:
        locked = importer.lock(principal, {row.record_id: row.written_version for row in rows})
    except Moved as moved:
        raise _cannot_undo(principal, importer, moved) from moved
    changed = [row for row in rows if row.before is not None]
    owners = owners_named(principal, job, [row.before for row in changed])
    drafts = [importer.draft(locked[row.record_id], row.before, owners) for row in changed]
    made = [locked[row.record_id] for row in rows if row.before is None]
    if drafts:
        importer.write(principal, drafts, report=_reporter(job))
    if made:
        importer.retract(principal, made, report=_reporter(job, after=len(drafts)))
    settle(watches, principal, reason=_("撤销导入 %(file)s") % {"file": job.file.name})
    _jobs(job).update(state=ImportState.UNDONE, undone_at=Now())


def _cannot_undo(principal: Principal, importer: Importer, moved: Moved) -> Conflict:
    rows = _editable(importer.model, principal).filter(pk__in=moved.ids[:5])
    names = listed(rows.order_by("pk").values_list(importer.kind.named, flat=True))
    message = _("有 %(count)d 条记录在导入后又被修改（%(names)s）：不能整体撤销，请逐条更正。")
    return Conflict(message % {"count": len(moved.ids), "names": names})


def _editable(model: Any, principal: Principal) -> Any:
    """Public tables are read by all; their services say who writes."""
    return model.objects.editable_by(principal) if issubclass(model, ScopedModel) else model.objects.all()


def _snapshot(values: Values, before: Values, overwritten: Values) -> Values:
    """What the row is about to overwrite, and the state the record was in."""
    return {name: before.get(name) for name in values} | overwritten


def _reporter(job: ImportJob, *, after: int = 0) -> Report:
    """Progress others can see before the one transaction ends; `after` so many that were done before."""
    return lambda done: aside(lambda: _jobs(job).update(row_done=after + done))


def _rows(job: ImportJob) -> Any:
    return ImportRow.objects.unscoped(reason=WHY).filter(job=job)


def _jobs(job: ImportJob) -> Any:
    return ImportJob.objects.unscoped(reason=WHY).filter(pk=job.pk)
