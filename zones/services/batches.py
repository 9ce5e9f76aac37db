"""Many resources of people at once: rights, versions and constraints as of single writes, for all together."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Model
from django.db.models.functions import Now
from django.utils.translation import gettext as _

from ledger.bell import CHANGES, ring_after_commit
from ledger.events import record_events
from zones.errors import Conflict, NotAllowed
from zones.models import DETAIL_MODELS, Resource, ResourcePart
from zones.scoping import Principal
from zones.services.base import constraint_errors
from zones.services.bulk import insert_many

Values = dict[str, Any]
Report = Callable[[int], None]
BATCH = 1_000


@dataclass(frozen=True, slots=True)
class Draft:
    """A resource to write: new, or locked by `lock_resources` and changed. `details` hold what changes in its details;
    `parts` replace the parts there are, None leaves them.
    """

    resource: Resource
    details: Values
    parts: Sequence[Values] | None = None


class Moved(Conflict):
    """Records changed since their versions were read; `ids` says which."""

    def __init__(self, ids: Sequence[int]) -> None:
        super().__init__(_("有 %(count)d 条记录在核对之后被修改：请重新核对。") % {"count": len(ids)})
        self.ids = list(ids)


def lock_resources(principal: Principal, versions: Mapping[int, int]) -> dict[int, Resource]:
    """The rows, locked in the order of their ids. Raises Moved where a version is another or the row out of reach."""
    rows = Resource.objects.editable_by(principal).filter(pk__in=list(versions))
    found = {row.pk: row for row in rows.order_by("pk").select_for_update(of=("self",))}
    moved = [pk for pk, version in versions.items() if pk not in found or found[pk].version != version]
    if moved:
        raise Moved(moved)
    return found


@transaction.atomic
def write_resources(principal: Principal, drafts: Sequence[Draft], *, report: Report | None = None) -> None:
    """Write checked drafts of one kind. Raises InvalidInput for a broken constraint, NotAllowed for a zone that is not
    the principal's; then nothing is stored. `report` is told how many rows are done.
    """
    for first in range(0, len(drafts), BATCH):
        _write(principal, drafts[first : first + BATCH])
        if report is not None:
            report(first + len(drafts[first : first + BATCH]))
    ring_after_commit(CHANGES)


def _write(principal: Principal, drafts: Sequence[Draft]) -> None:
    new = [draft for draft in drafts if draft.resource.pk is None]
    changed = [draft for draft in drafts if draft.resource.pk is not None]
    insert_many(Resource, [draft.resource for draft in new])
    for draft in changed:
        draft.resource.version += 1
        draft.resource.updated_at = Now()
    _overwrite(Resource, [draft.resource for draft in changed], key="id")
    _must_all_be_editable(principal, drafts)
    _write_details(new, changed)
    _write_parts([draft for draft in drafts if draft.parts is not None])
    _tell(new, "resource.published")
    _tell(changed, "resource.updated")


def _must_all_be_editable(principal: Principal, drafts: Sequence[Draft]) -> None:
    ids = [draft.resource.pk for draft in drafts]
    if Resource.objects.editable_by(principal).filter(pk__in=ids).count() != len(ids):
        raise NotAllowed(_("您没有在该园区（单位）填报的权限：请选择您所属的园区或单位。"))


def _write_details(new: Sequence[Draft], changed: Sequence[Draft]) -> None:
    for kind, model in DETAIL_MODELS.items():
        insert_many(model, [model(resource=one.resource, **one.details) for one in new if one.resource.kind == kind])
        touched = {one.resource.pk: one.details for one in changed if one.resource.kind == kind and one.details}
        if touched:
            plain = model.objects.unscoped(reason="the resources were checked")
            rows = list(plain.filter(resource__in=touched))
            for row in rows:
                for name, value in touched[row.pk].items():
                    setattr(row, name, value)
            _overwrite(model, rows, key="resource")


def _overwrite(model: type[Model], rows: Sequence[Any], *, key: str) -> None:
    """Update whole rows in one statement; the triggers write their history as of any update."""
    if rows:
        columns = [column.name for column in model._meta.concrete_fields if not column.primary_key]
        with constraint_errors(model):
            model._default_manager.bulk_create(rows, update_conflicts=True, unique_fields=[key], update_fields=columns)


def _write_parts(drafts: Sequence[Draft]) -> None:
    ResourcePart.objects.unscoped(reason="the resources were checked").filter(
        resource__in=[draft.resource.pk for draft in drafts]
    ).delete()
    parts = [
        ResourcePart(resource=draft.resource, position=position, **values)
        for draft in drafts
        for position, values in enumerate(draft.parts or (), start=1)
    ]
    insert_many(ResourcePart, parts)


def _tell(drafts: Sequence[Draft], kind: str) -> None:
    record_events(
        kind,
        object_type=Resource._meta.label_lower,
        versions=[(draft.resource.public_id, draft.resource.version) for draft in drafts],
    )
