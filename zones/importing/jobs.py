"""Import jobs, the verbs people use: start, choose columns, apply, undo. The work itself is done by `steps`."""

import hashlib
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.db.models.functions import Now
from django.utils.translation import gettext as _

from accounts.models import User
from ledger.bell import IMPORT, ring_after_commit
from zones.choices import KINDS_OF_THE_SYSTEM, ImportStage, ImportState, Verdict
from zones.errors import Conflict, IllegalTransition, InvalidInput
from zones.importing.files import refusal
from zones.importing.kinds import IMPORTABLE
from zones.importing.mapping import title_key
from zones.importing.parsing.archive import kind_of
from zones.importing.parsing.limits import Refused
from zones.models import ImportFile, ImportJob, ImportMapping, ImportStep, Organization, Zone
from zones.scoping import Principal
from zones.services.base import clean_text, editable_or_error, must_be_editable, validated
from zones.services.places import must_be_system

FAULTY = (Verdict.ERROR, Verdict.CONFLICT)
NAME_LENGTH, SHEET_LENGTH = 120, 60


@transaction.atomic
def start_import(
    principal: Principal,
    *,
    user: User | None,
    zone: Zone,
    kind: str,
    name: str,
    content: bytes,
    sheet: str = "",
    organization: Organization | None = None,
) -> ImportJob:
    """Put a file into quarantine and ask for its rows to be staged. Raises InvalidInput for a file that is no table,
    NotAllowed outside the principal's zones.
    """
    if kind in KINDS_OF_THE_SYSTEM:
        must_be_system(principal)
    _check_content(content)
    file = ImportFile(
        zone=zone,
        name=clean_text("file", name)[-NAME_LENGTH:],
        size=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
        content=content,
        uploaded_by=user,
    )
    file.save()
    must_be_editable(file, principal)
    _owner_sits_in_zone(principal, organization, zone)
    job = ImportJob(
        zone=zone, file=file, kind=kind, sheet=clean_text("sheet", sheet)[:SHEET_LENGTH], organization=organization,
        requested_by=user,
    )  # fmt: skip
    validated(job, exclude={"file", "zone"}).save()
    _queue(job, ImportStage.READ)
    return job


@transaction.atomic
def choose_columns(
    principal: Principal, *, job_id: int, columns: Mapping[str, Mapping[str, str]], version: int | None = None
) -> ImportJob:
    """Say what titles mean (title → field and unit; an empty field: nothing), remember it for the zone, read again."""
    job = _in_state(principal, job_id, ImportState.STAGED, ImportState.REFUSED, version=version)
    said = {title_key(title): _meaning(job.kind, meaning) for title, meaning in columns.items()}
    saved, _made = ImportMapping.objects.editable_by(principal).get_or_create(zone=job.zone, kind=job.kind)
    saved.columns = saved.columns | said
    saved.updated_at = Now()
    saved.save()
    job.mapping = job.mapping | said
    return _advance(principal, job, ImportState.READING, ImportStage.READ)


@transaction.atomic
def check_again(principal: Principal, *, job_id: int, version: int | None = None) -> ImportJob:
    """Compare the file once more with what the zone has now."""
    job = _in_state(principal, job_id, ImportState.STAGED, ImportState.REFUSED, version=version)
    return _advance(principal, job, ImportState.READING, ImportStage.READ)


@transaction.atomic
def apply_import(principal: Principal, *, job_id: int, version: int | None = None, reason: str = "") -> ImportJob:
    """Ask for the staged rows to be written, all or none. Raises InvalidInput while a row is wrong or in conflict. Rows
    that change what was published are written for a `reason` only; it stands in the restatement.
    """
    job = _in_state(principal, job_id, ImportState.STAGED, version=version)
    if faulty := sum(job.counts.get(verdict, 0) for verdict in FAULTY):
        message = _("有 %(count)d 行存在错误或冲突：请在文件中更正后重新上传，未写入任何内容。")
        raise InvalidInput.single("rows", message % {"count": faulty})
    job.reason_zh = clean_text("reason", reason)
    return _advance(principal, job, ImportState.APPLYING, ImportStage.APPLY)


@transaction.atomic
def undo_import(principal: Principal, *, job_id: int, version: int | None = None) -> ImportJob:
    """Ask for everything the job wrote to be taken back; refused, when it is done, where a record changed since."""
    job = _in_state(principal, job_id, ImportState.APPLIED, version=version)
    return _advance(principal, job, ImportState.UNDOING, ImportStage.UNDO)


def version_of(job: ImportJob) -> int:
    """What changes with everything that happens to a job: how many steps were asked for."""
    return ImportStep.objects.filter(job=job).count()


def _check_content(content: bytes) -> None:
    try:
        kind_of(content)
    except Refused as refused:
        raise refusal(refused.code, **refused.params) from refused


def _owner_sits_in_zone(principal: Principal, organization: Organization | None, zone: Zone) -> None:
    if organization is None:
        return
    if not Organization.objects.editable_by(principal).filter(pk=organization.pk, zone=zone).exists():
        raise InvalidInput.single("organization", _("权属单位不在该高新区：请选择本园区的单位，或更正所在高新区。"))


def _meaning(kind: str, meaning: Mapping[str, str]) -> dict[str, str]:
    name = meaning.get("field", "")
    if name and name not in IMPORTABLE[kind].fields:
        raise InvalidInput.single("mapping", _("没有字段“%(name)s”：请从列表中选择。") % {"name": name[:40]})
    return {"field": name, "unit": meaning.get("unit", "")}


def _in_state(principal: Principal, job_id: int, *states: ImportState, version: int | None) -> ImportJob:
    """The job, locked. `version` is what the caller saw: what was staged anew since then was not looked at."""
    job = editable_or_error(ImportJob, principal, pk=job_id)
    if version is not None and version != version_of(job):
        raise Conflict(_("导入任务已有变化：请刷新后核对，再次操作。"))
    if job.state not in states:
        message = _("导入任务现为“%(state)s”，不能进行此操作：请刷新后查看。")
        raise IllegalTransition(message % {"state": job.get_state_display()})
    _must_be_kept(job)
    return job


def _must_be_kept(job: ImportJob) -> None:
    """Files and rows are kept for some months only (`zones.services.retention`)."""
    if (
        not ImportFile.objects.unscoped(reason="the job was found by its own rule")
        .filter(pk=job.file_id)
        .exclude(content=b"")
        .exists()
    ):
        raise Conflict(_("文件已过保存期限并删除，不能再核对或撤销：如需更正，请重新上传文件。"))


def _advance(principal: Principal, job: ImportJob, state: ImportState, stage: ImportStage) -> ImportJob:
    """Whoever asked last is whose rights and name the work goes by."""
    job.state, job.message, job.row_done, job.requested_by_id = state, "", 0, principal.user_id
    job.published = []
    job.save(update_fields=["state", "message", "row_done", "mapping", "requested_by", "published", "reason_zh"])
    _queue(job, stage)
    return job


def _queue(job: ImportJob, stage: ImportStage) -> None:
    step = ImportStep.objects.create(job=job, stage=stage)
    ring_after_commit(IMPORT, step.pk)


def allowed_fields(kind: str) -> dict[str, Any]:
    """Fields a column may mean, with their titles in the active language."""
    return {column.field: IMPORTABLE[kind].title(column) for column in IMPORTABLE[kind].columns}
