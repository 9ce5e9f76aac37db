"""Organizations that rows name: those of the job's zone, and new ones that the zone does not have yet."""

from collections.abc import Iterable

from zones.importing.kinds import Values
from zones.importing.records import organization_kind
from zones.models import ImportJob, Organization, OrganizationAlias, Zone
from zones.scoping import Principal
from zones.services.base import clean_values
from zones.services.batches import register_organizations


def owners_named(principal: Principal, job: ImportJob, said: Iterable[Values]) -> dict[str, Organization]:
    """Organizations of the job's zone by name or alias; those the rows name and the zone does not have are registered.
    Between the check and the writing one may have been merged into another: its name is an alias by now.
    """
    own = {row.pk: row for row in Organization.objects.editable_by(principal).filter(zone=job.zone)}
    aliases = OrganizationAlias.objects.filter(organization__in=own).order_by("-pk")
    known = {row.name: own[row.organization_id] for row in aliases} | {row.name_zh: row for row in own.values()}
    said_names = (values.get("organization") for values in said)
    named = dict.fromkeys(name for name in said_names if name and isinstance(name, str))  # a key is there already
    fresh = [_new_owner(name, job.zone) for name in named if name not in known]
    register_organizations(principal, fresh)
    return known | {row.name_zh: row for row in fresh}


def _new_owner(name: str, zone: Zone) -> Organization:
    values = clean_values({"name_zh": name, "region": zone.region, "city": zone.city})
    return Organization(**values, zone=zone, kind=organization_kind(name))
