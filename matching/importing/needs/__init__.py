"""Needs as an import reads, compares and writes them: drafts, which go through review like all others."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from django.db.models import QuerySet

from matching.importing.needs.columns import NEED, PLACED, typed
from matching.importing.needs.known import read_known_needs, read_needs
from matching.importing.needs.verdicts import AT_ODDS, ERRORS, TOLD, judge
from matching.models import Need
from matching.services.intake import ENDED
from matching.services.need_batches import NeedDraft, lock_drafts, withdraw_drafts, write_drafts
from matching.services.needs import NeedParts
from zones.importing.importers import add_importer
from zones.importing.kinds import Kind, Values
from zones.importing.known import Existing
from zones.importing.rows import ReadRow
from zones.importing.sentences import add_sentences
from zones.importing.verdicts import Judged
from zones.models import Association, ImportJob, Organization, Zone
from zones.scoping import Principal, read_whole
from zones.services.batches import Report
from zones.services.organizations import key_of_name

KEYS: Final = "metric_keys"
"""Beside what stood in a need before an import: undoing it gives its metrics their keys back."""
PLACES: Final[dict[str, type[Any]]] = {"association": Association, "review_zone": Zone}


@dataclass(frozen=True, slots=True)
class NeedImporter:
    """The importer of needs (`zones.importing.importers.Importer`)."""

    kind: Kind = NEED
    model: type[Need] = field(default=Need)

    def judge(self, job: ImportJob, principal: Principal, rows: list[ReadRow], *, owner: str) -> list[Judged]:
        return judge(rows, read_known_needs(principal, job.zone), job, owner=owner)

    def read(self, principal: Principal, rows: "QuerySet[Need]") -> list[Existing]:
        return read_needs(principal, rows)

    def offered(self, principal: Principal, rows: "QuerySet[Need]") -> "QuerySet[Need]":
        """The asker's own: what a file says of a need is its own side's affair."""
        own = rows.filter(read_whole(Need, principal))
        return own.exclude(state__in=ENDED).order_by("pk")

    def lock(self, principal: Principal, versions: Mapping[int, int]) -> dict[int, Need]:
        return lock_drafts(principal, versions)

    def new(self, job: ImportJob) -> Need:
        return Need(zone=job.zone)

    def overwritten(self, need: Need) -> Values:
        """The keys of its metrics, which no file says."""
        return {KEYS: _keys(need)}

    def renew(self, need: Need) -> None:
        """A draft stays one."""

    def draft(self, need: Need, values: Values, owners: Mapping[str, Organization]) -> NeedDraft:
        """Set what a row says on its need."""
        for name, value in values.items():
            if name not in PLACED and name != KEYS:
                setattr(need, name, typed(name, value))
        if owner := values.get("organization"):
            need.organization = owners[owner]
        for name, model in PLACES.items():
            if name in values:
                setattr(need, name, _place(model, values[name]))
        return NeedDraft(need, NeedParts(metrics=_metric_rows(values.get("metrics"), values.get(KEYS) or _keys(need))))

    def write(self, principal: Principal, drafts: Sequence[NeedDraft], *, report: Report) -> None:
        write_drafts(principal, drafts, report=report)

    def retract(self, principal: Principal, needs: Sequence[Need], *, report: Report) -> None:
        """Withdrawn."""
        withdraw_drafts(principal, needs)
        report(len(needs))


def add_needs() -> None:
    """Let files bring in needs."""
    add_sentences(ERRORS | AT_ODDS | TOLD, notes=TOLD, conflicts=AT_ODDS)
    add_importer(NeedImporter())


def _place(model: type[Any], name: str) -> Any:
    """The association or zone of a name the check has found."""
    return model.objects.get(name_zh=name) if name else None


def _keys(need: Need) -> dict[str, str]:
    """The keys of a need's metrics by their names."""
    return {metric.name_zh: metric.key for metric in need.metrics.all()} if need.pk else {}


def _metric_rows(metrics: list[Values] | None, keys: Mapping[str, str]) -> list[Values] | None:
    """Metrics with their keys: those they have, by their names, and keys of their own for new ones."""
    if metrics is None:
        return None
    taken = set(keys.values())
    rows = []
    for metric in metrics:
        name = metric["name_zh"]
        key = keys.get(name) or _free_key(key_of_name(name), taken)
        taken.add(key)
        rows.append(metric | {"key": key})
    return rows


def _free_key(key: str, taken: set[str]) -> str:
    """Two names may sound alike."""
    number = 2
    found = key
    while found in taken:
        found, number = f"{key[:37]}-{number}", number + 1
    return found
