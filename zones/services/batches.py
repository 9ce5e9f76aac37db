"""Many records of people at once: rights, versions and constraints as of single writes, for all together."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Model
from django.db.models.functions import Now
from django.utils.translation import gettext as _

from ledger.rowsets import update_rows
from zones.errors import Conflict
from zones.models import DETAIL_MODELS, Organization, Resource
from zones.scoping import Principal
from zones.services.base import (
    check_fields,
    clean_values,
    constraint_errors,
    errors_of,
    must_all_be_editable,
    tell_all,
)
from zones.services.bulk import insert_many
from zones.services.codes import check_all_codes
from zones.services.organizations import clean_credit_code, pinyin_key
from zones.services.resources import NO_PARTS, ResourceParts, check_parts, owner_sits_in_zone, write_all_children

Report = Callable[[int], None]
BATCH = 1_000


@dataclass(frozen=True, slots=True)
class Draft:
    """A resource to write with what hangs on it: new, or locked by `lock_resources` and changed."""

    resource: Resource
    with_parts: ResourceParts = NO_PARTS


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
def register_organizations(principal: Principal, organizations: Sequence[Organization]) -> None:
    """What `register_organization` does, for many in a few statements. Raises InvalidInput naming organization and
    field, NotAllowed; then nothing is stored.
    """
    check_all_codes(organizations)
    for organization in organizations:
        organization.pinyin_key = pinyin_key(organization.name_zh)
        with errors_of(organization):
            organization.credit_code = clean_credit_code(organization.credit_code)
            check_fields(organization)
    insert_many(Organization, organizations)
    must_all_be_editable(Organization, principal, [organization.pk for organization in organizations])
    tell_all(organizations, "organization.registered")


@transaction.atomic
def publish_resources(principal: Principal, drafts: Sequence[Draft]) -> None:
    """What `publish_resource` does, for many new ones in a few statements. Raises InvalidInput naming resource and
    field, NotAllowed; then nothing is stored.
    """
    check_all_codes([draft.resource for draft in drafts])
    for draft in drafts:
        with errors_of(draft.resource):
            owner_sits_in_zone(draft.resource)
            check_fields(draft.resource)
            check_fields(_details(draft))
            check_parts(draft.with_parts)
    write_resources(principal, drafts)


@transaction.atomic
def confirm_resources(principal: Principal, *, versions: Mapping[int, int], confirmed_on: date) -> int:
    """What `confirm_resource` does, for many (id → version read) in a few statements; returns how many. Raises Moved;
    then nothing is stored.
    """
    resources = list(lock_resources(principal, versions).values())
    for resource in resources:
        resource.confirmed_on = confirmed_on
    write_resources(principal, [Draft(resource) for resource in resources])
    return len(resources)


@transaction.atomic
def write_resources(principal: Principal, drafts: Sequence[Draft], *, report: Report | None = None) -> None:
    """Write checked drafts of one kind. Raises InvalidInput for a broken constraint, NotAllowed for a zone that is not
    the principal's; then nothing is stored. `report` is told how many rows are done.
    """
    for first in range(0, len(drafts), BATCH):
        _write(principal, drafts[first : first + BATCH])
        if report is not None:
            report(first + len(drafts[first : first + BATCH]))


def _write(principal: Principal, drafts: Sequence[Draft]) -> None:
    new = [draft for draft in drafts if draft.resource.pk is None]
    changed = [draft for draft in drafts if draft.resource.pk is not None]
    insert_many(Resource, [draft.resource for draft in new])
    for draft in changed:
        draft.resource.version += 1
        draft.resource.updated_at = Now()
    overwrite(Resource, [draft.resource for draft in changed])
    must_all_be_editable(Resource, principal, [draft.resource.pk for draft in drafts])
    _insert_details(new)
    _change_details(changed)
    write_all_children([(draft.resource, draft.with_parts) for draft in drafts])
    tell_all([draft.resource for draft in new], "resource.published")
    tell_all([draft.resource for draft in changed], "resource.updated")


def _details(draft: Draft) -> Model:
    """The row of the details of a new resource."""
    return DETAIL_MODELS[draft.resource.kind](resource=draft.resource, **clean_values(draft.with_parts.details or {}))


def _insert_details(new: Sequence[Draft]) -> None:
    for kind, model in DETAIL_MODELS.items():
        insert_many(model, [_details(draft) for draft in new if draft.resource.kind == kind])


def _change_details(changed: Sequence[Draft]) -> None:
    for kind, model in DETAIL_MODELS.items():
        touched = {
            draft.resource.pk: details
            for draft in changed
            if draft.resource.kind == kind and (details := draft.with_parts.details)
        }
        if touched:
            plain = model.objects.unscoped(reason="the resources were checked")
            rows = list(plain.filter(resource__in=touched))
            for row in rows:
                for name, value in touched[row.pk].items():
                    setattr(row, name, value)
            overwrite(model, rows)


def overwrite(model: type[Model], rows: Sequence[Any]) -> None:
    """Update whole rows in one statement; the triggers write their history as of any update."""
    with constraint_errors(model):
        update_rows(model, rows, [field.name for field in model._meta.concrete_fields if not field.primary_key])
