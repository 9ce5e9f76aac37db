"""Resources as an import reads, compares and writes them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.db.models import QuerySet

from zones.choices import ResourceStatus, Visibility
from zones.importing.kinds import Kind, Values
from zones.importing.known import Existing, read_known, read_records
from zones.importing.rows import ReadRow
from zones.importing.verdicts import Judged, judge
from zones.models import ImportJob, Organization, Resource
from zones.scoping import Principal
from zones.services.batches import Draft, Report, lock_resources, write_resources
from zones.services.resources import ResourceParts

OWN_FIELDS = frozenset(column.name for column in Resource._meta.concrete_fields)


@dataclass(frozen=True, slots=True)
class ResourceImporter:
    """The importer of one kind of resource (`zones.importing.importers.Importer`)."""

    kind: Kind
    model: type[Resource] = field(default=Resource)

    def judge(self, job: ImportJob, principal: Principal, rows: list[ReadRow], *, owner: str) -> list[Judged]:
        return judge(rows, read_known(principal, job.zone, self.kind), self.kind, owner=owner)

    def read(self, principal: Principal, rows: "QuerySet[Resource]") -> list[Existing]:
        return read_records(principal, rows.filter(kind=self.kind.name), self.kind)

    def offered(self, principal: Principal, rows: "QuerySet[Resource]") -> "QuerySet[Resource]":
        return rows.filter(kind=self.kind.name).exclude(status=ResourceStatus.RETIRED).order_by("pk")

    def lock(self, principal: Principal, versions: Mapping[int, int]) -> dict[int, Resource]:
        return lock_resources(principal, versions)

    def new(self, job: ImportJob) -> Resource:
        zone = job.zone
        return Resource(
            kind=self.kind.name,
            zone=zone,
            visibility=Visibility.NATIONAL,
            latitude=zone.latitude,
            longitude=zone.longitude,
            source_note=job.file.name[:200],
        )

    def overwritten(self, resource: Resource) -> Values:
        return {"status": resource.status}

    def renew(self, resource: Resource) -> None:
        """A record the file still names is on offer again; paused ones and drafts stay what they are."""
        if resource.status == ResourceStatus.RETIRED:
            resource.status = ResourceStatus.ACTIVE

    def draft(self, resource: Resource, values: Values, owners: Mapping[str, Organization]) -> Draft:
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

    def write(self, principal: Principal, drafts: Sequence[Draft], *, report: Report) -> None:
        write_resources(principal, drafts, report=report)

    def retract(self, principal: Principal, resources: Sequence[Resource], *, report: Report) -> None:
        """Off offer."""
        for resource in resources:
            resource.status = ResourceStatus.RETIRED
        write_resources(principal, [Draft(resource) for resource in resources], report=report)
