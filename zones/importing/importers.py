"""What brings in each kind of rows: resources here, other records from floors above, which add theirs."""

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from django.db.models import QuerySet

from zones.importing.kinds import IMPORTABLE, KINDS, Kind, Values
from zones.importing.known import Existing
from zones.importing.resources import ResourceImporter
from zones.importing.rows import ReadRow
from zones.importing.verdicts import Judged
from zones.models import ImportJob, Organization
from zones.scoping import Principal
from zones.services.batches import Report


class Importer(Protocol):
    """One kind of records as an import reads, compares and writes them. All writing goes through their own services."""

    @property
    def kind(self) -> Kind: ...

    @property
    def model(self) -> Any: ...

    def judge(self, job: ImportJob, principal: Principal, rows: list[ReadRow], *, owner: str) -> list[Judged]:
        """Verdicts in the order of the file; `owner` is whose rows are that name none."""

    def read(self, principal: Principal, rows: "QuerySet[Any]") -> list[Existing]:
        """Records as a file would write them; `rows` were asked for by one of the two doors."""

    def offered(self, principal: Principal, rows: "QuerySet[Any]") -> "QuerySet[Any]":
        """Those of some visible rows that a file is made of, in the order of their entry."""

    def lock(self, principal: Principal, versions: Mapping[int, int]) -> Mapping[int, Any]:
        """Records by id, locked. Raises Moved where one is no longer what was compared."""

    def new(self, job: ImportJob) -> Any:
        """A record that nobody has stored."""

    def overwritten(self, record: Any) -> Values:
        """What writing changes besides what a row says."""

    def renew(self, record: Any) -> None:
        """What happens to a stored record because a file names it."""

    def draft(self, record: Any, values: Values, owners: Mapping[str, Organization]) -> Any:
        """The record with what a row says, as `write` takes it."""

    def write(self, principal: Principal, drafts: Sequence[Any], *, report: Report) -> None:
        """All of them or none."""

    def retract(self, principal: Principal, records: Sequence[Any], *, report: Report) -> None:
        """Take back locked records that the job had made."""


IMPORTERS: dict[str, Importer] = {name: ResourceImporter(kind) for name, kind in KINDS.items()}


def add_importer(importer: Importer) -> None:
    """Let files bring in another kind of records; its name is one of `ImportKind`."""
    IMPORTERS[importer.kind.name] = importer
    IMPORTABLE[importer.kind.name] = importer.kind
