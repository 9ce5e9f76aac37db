"""Applying staged rows and taking them back: one transaction each, all rows or none."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.db.models.functions import Now
from django.utils.translation import gettext as _

from ledger.aside import aside
from ledger.rowsets import update_rows
from zones.choices import ImportState, ResourceStatus, Verdict, Visibility
from zones.errors import Conflict, listed
from zones.importing.kinds import KINDS, Kind, Values
from zones.importing.known import read_records
from zones.importing.records import organization_kind
from zones.importing.sentences import Fault
from zones.models import ImportJob, ImportRow, Organization, OrganizationAlias, Resource, Zone
from zones.scoping import Principal
from zones.services.base import clean_values
from zones.services.batches import Draft, Moved, Report, lock_resources, register_organizations, write_resources
from zones.services.resources import ResourceParts

WHY = "the job was claimed by its step"
WRITTEN = (Verdict.NEW, Verdict.CHANGED)
OWN_FIELDS = frozenset(column.name for column in Resource._meta.concrete_fields)


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
    counts = job.counts | {Verdict.CONFLICT: len(rows), Verdict.CHANGED: job.counts.get(Verdict.CHANGED, 0) - len(rows)}
    _jobs(job).update(state=ImportState.STAGED, counts=counts, message=moved.message)


def _apply(job: ImportJob, principal: Principal) -> None:
    kind = KINDS[job.kind]
    rows = [row for row in _rows(job).filter(verdict__in=WRITTEN) if "name_zh" in row.values or row.record_id]
    versions = {row.record_id: row.record_version for row in rows if row.record_id}
    locked = lock_resources(principal, versions)
    written = Resource.objects.editable_by(principal).filter(pk__in=list(versions))
    before = {one.id: one.values for one in read_records(principal, written, kind)}
    owners = _owners(principal, job, [row.values for row in rows])
    drafts = []
    for row in rows:
        resource = locked.get(row.record_id) or _new_resource(job, kind)
        if row.record_id:
            row.before = _snapshot(row.values, before[row.record_id], resource)
            resource.status = _revived(resource.status)
        drafts.append(_draft(resource, row.values, owners))
    write_resources(principal, drafts, report=_reporter(job))
    for row, draft in zip(rows, drafts, strict=True):
        row.record_id, row.written_version = draft.resource.pk, draft.resource.version
    update_rows(ImportRow, rows, ("record_id", "before", "written_version"))
    _jobs(job).update(state=ImportState.APPLIED, applied_at=Now())


def _undo(job: ImportJob, principal: Principal) -> None:
    rows = list(_rows(job).filter(written_version__isnull=False))
    try:
        locked = lock_resources(principal, {row.record_id: row.written_version for row in rows})
    except Moved as moved:
        raise _cannot_undo(principal, moved) from moved
    before = [row.before or {"status": ResourceStatus.RETIRED} for row in rows]
    owners = _owners(principal, job, before)
    drafts = [_draft(locked[row.record_id], values, owners) for row, values in zip(rows, before, strict=True)]
    write_resources(principal, drafts, report=_reporter(job))
    _jobs(job).update(state=ImportState.UNDONE, undone_at=Now())


def _cannot_undo(principal: Principal, moved: Moved) -> Conflict:
    rows = Resource.objects.visible_to(principal).filter(pk__in=moved.ids[:5])
    names = listed(rows.order_by("pk").values_list("name_zh", flat=True))
    message = _("有 %(count)d 条记录在导入后又被修改（%(names)s）：不能整体撤销，请逐条更正。")
    return Conflict(message % {"count": len(moved.ids), "names": names})


def _revived(status: str) -> str:
    """A record the file still names is on offer again; paused ones and drafts stay what they are."""
    return ResourceStatus.ACTIVE if status == ResourceStatus.RETIRED else status


def _draft(resource: Resource, values: Values, owners: Mapping[str, Organization]) -> Draft:
    """Set what a row says on its resource; what belongs to the details or the parts goes beside it."""
    said = dict(values)
    parts = said.pop("parts", None)
    if name := said.pop("organization", None):
        resource.organization = owners[name]
    details = {name: said.pop(name) for name in list(said) if name not in OWN_FIELDS}
    if "laboratory" in details:
        details["laboratory_id"] = details.pop("laboratory")
    for name, value in said.items():
        setattr(resource, name, value)
    return Draft(resource, ResourceParts(details=details, parts=parts))


def _new_resource(job: ImportJob, kind: Kind) -> Resource:
    zone = job.zone
    return Resource(
        kind=kind.name,
        zone=zone,
        visibility=Visibility.NATIONAL,
        latitude=zone.latitude,
        longitude=zone.longitude,
        source_note=job.file.name[:200],
    )


def _snapshot(values: Values, before: Values, resource: Resource) -> Values:
    """What the row is about to overwrite, and the state the record was in."""
    return {name: before.get(name) for name in values} | {"status": resource.status}


def _owners(principal: Principal, job: ImportJob, said: Iterable[Values]) -> dict[str, Organization]:
    """Organizations of the job's zone by name or alias; those the rows name and the zone does not have are registered.
    Between the check and the writing one may have been merged into another: its name is an alias by now.
    """
    own = {row.pk: row for row in Organization.objects.editable_by(principal).filter(zone=job.zone)}
    aliases = OrganizationAlias.objects.filter(organization__in=own).order_by("-pk")
    known = {row.name: own[row.organization_id] for row in aliases} | {row.name_zh: row for row in own.values()}
    named = dict.fromkeys(name for values in said if (name := values.get("organization")))
    fresh = [_new_owner(name, job.zone) for name in named if name not in known]
    register_organizations(principal, fresh)
    return known | {row.name_zh: row for row in fresh}


def _new_owner(name: str, zone: Zone) -> Organization:
    values = clean_values({"name_zh": name, "region": zone.region, "city": zone.city})
    return Organization(**values, zone=zone, kind=organization_kind(name))


def _reporter(job: ImportJob) -> Report:
    """Progress others can see before the one transaction ends."""
    return lambda done: aside(lambda: _jobs(job).update(row_done=done))


def _rows(job: ImportJob) -> Any:
    return ImportRow.objects.unscoped(reason=WHY).filter(job=job)


def _jobs(job: ImportJob) -> Any:
    return ImportJob.objects.unscoped(reason=WHY).filter(pk=job.pk)
