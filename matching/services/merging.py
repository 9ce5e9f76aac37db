"""Merging of doubles: what needs, people and runs hang on records moves with what zones hold of them.

Matches and candidates are not moved: both records have changed, so the watch makes them anew.
"""

from collections.abc import Iterable
from typing import Any, Final

from django.db import transaction
from django.db.models import F
from django.db.models.functions import Now

from matching.engine.material import fingerprint_of_resource
from matching.models import Conversion, Dismissal, Label, Need, NeedExclusion, Push, Shortlisting, Trial
from matching.services.cooperation_merging import move_parties
from matching.services.event_merging import move_guests
from matching.services.exchange_merging import move_exchanges
from matching.snapshot import read_resource_facts
from zones.models import Organization, Resource
from zones.scoping import Principal, today
from zones.services.base import tell_all
from zones.services.kept_merging import Naming, move_named
from zones.services.merging import Merge, absorb_organization, absorb_resource

WHY: Final = "both records were checked"
DECIDED: Final[dict[type[Any], tuple[str, ...]]] = {
    Label: ("need_id", "source"),
    Dismissal: ("need_id", "ended_at"),
    Shortlisting: ("need_id", "ended_at"),
    Push: ("need_id", "need_version"),
}
"""What people decided of pairs → by what a decision is one that the kept resource has already."""
NAMING_RESOURCES: Final = (Naming(Conversion, "resource"), Naming(Trial, "testbed"))
NAMING_ORGANIZATIONS: Final = (Naming(Trial, "organization"),)
"""Records of the mechanisms that name one."""


@transaction.atomic
def merge_resources(
    principal: Principal,
    *,
    kept_id: int,
    merged_id: int,
    kept_version: int | None = None,
    merged_version: int | None = None,
) -> Resource:
    """Keep one of two resources; raises what `absorb_resource` does."""
    merge = absorb_resource(
        principal, kept_id=kept_id, merged_id=merged_id, kept_version=kept_version, merged_version=merged_version
    )
    _move_decisions([merge])
    kept: Resource = merge.kept
    return kept


@transaction.atomic
def merge_organizations(
    principal: Principal,
    *,
    kept_id: int,
    merged_id: int,
    kept_version: int | None = None,
    merged_version: int | None = None,
) -> Organization:
    """Keep one of two organizations, with the resources and needs of both; raises what `absorb_organization` does."""
    done = absorb_organization(
        principal, kept_id=kept_id, merged_id=merged_id, kept_version=kept_version, merged_version=merged_version
    )
    _move_decisions(done.resources)
    move_parties(done)
    move_guests(done)
    move_named(NAMING_ORGANIZATIONS, done.kept, done.merged)
    needs = Need.objects.unscoped(reason=WHY).filter(organization=done.merged)
    moved = list(needs.values_list("pk", flat=True))
    needs.update(organization=done.kept, version=F("version") + 1, updated_at=Now())
    NeedExclusion.objects.unscoped(reason=WHY).filter(organization=done.merged).update(organization=done.kept)
    tell_all(list(Need.objects.unscoped(reason=WHY).filter(pk__in=moved)), "need.updated")
    return done.kept


def _move_decisions(merges: Iterable[Merge]) -> None:
    for merge in merges:
        move_exchanges(merge)
        move_named(NAMING_RESOURCES, merge.kept, merge.merged)
        for model, key in DECIDED.items():
            _move(model, key, merge)


def _move(model: type[Any], key: tuple[str, ...], merge: Merge) -> None:
    rows = model.objects.unscoped(reason=WHY)
    known = {_values(row, key) for row in rows.filter(resource=merge.kept)}
    for row in rows.filter(resource=merge.merged).order_by("pk").select_for_update(of=("self",)):
        if _values(row, key) not in known:
            row.resource = merge.kept
            _stand_anew(row)
            row.save()


def _stand_anew(row: Any) -> None:
    """A dismissal stands until a side changes materially: from the kept resource as it is now."""
    if isinstance(row, Dismissal):
        (facts,) = read_resource_facts([row.resource_id], on=today())
        row.resource_version, row.resource_fingerprint = row.resource.version, fingerprint_of_resource(facts)


def _values(row: Any, names: Iterable[str]) -> tuple[Any, ...]:
    return tuple(getattr(row, name) for name in names)
