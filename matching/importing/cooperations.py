"""Signed cooperations from files, financing cases among them: a line each with its parties and sums, as documents prove
them. What is on record already is compared, never changed; taken back, they count no more.
"""

import re
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from functools import partial
from typing import Any, Final

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from matching.choices import AmountKind, CooperationKind, Dimension, TerminationReason
from matching.importing.parties import ERRORS, NamedParties
from matching.models import Cooperation, CooperationAmount, CooperationAssociation, CooperationParty
from matching.models.cooperations import CONFIRMED
from matching.services.cooperations import CooperationParts
from matching.services.past import PastCooperation, checked_cooperation, record_past_cooperations, take_back_recorded
from zones.choices import ImportKind
from zones.errors import InvalidInput
from zones.importing import cells
from zones.importing.cells import About, Cell
from zones.importing.importers import add_importer
from zones.importing.kinds import Column, Kind, Values
from zones.importing.known import Existing, plain
from zones.importing.mechanisms.unchanging import KnownByTitle, WholeColumns, hanging
from zones.importing.rows import ReadRow
from zones.importing.sentences import add_sentences
from zones.importing.verdicts import Judged, blame_repeat
from zones.models import Association, ImportJob, Organization, Region, Zone
from zones.models.base import ScopedModel
from zones.scoping import Principal
from zones.services.batches import Report

AT_ODDS: Final[dict[str, Promise]] = {
    "cooperation_known": _("同一签约日已登记同名合作，此列与登记的不同：更正请在其页面办理，或从文件中删去此行。"),
}
BETWEEN: Final = re.compile(r"[、;；\n]+")
SUMS: Final[dict[str, Promise]] = {
    AmountKind.CONTRACT_SUM: _("合同金额（元）"),
    AmountKind.INVESTMENT: _("投资额（元）"),
    AmountKind.PAID_IN: _("到位资金（元）"),
    AmountKind.GRANT: _("财政资助（元）"),
    AmountKind.FINANCING: _("融资额（元）"),
}
PLAIN: Final = ("kind", "title_zh", "summary_zh", "dimension", "evidence_zh")
PLACES: Final = {"association": "associations", "organization": "parties"}
"""What services call a column otherwise than files do."""


def names(cell: Cell, about: About) -> list[str]:
    """Names between 、 semicolons or new lines: a comma may stand within what is said of one."""
    return [part.strip() for part in BETWEEN.split(cells.text(cell, about)) if part.strip()]


def _amount(kind: str) -> str:
    return f"amount_{kind}"


OWN: Final = (
    "kind", "summary_zh", "dimension", "industry_codes", "evidence_zh", "completed_on", "terminated_on", "end_reason",
)  # fmt: skip
COMPARED: Final = (*OWN, "parties", *(_amount(kind) for kind in SUMS), "associations")
"""Besides title and day, by which one is known again."""
HANGING: Final[dict[str, type[ScopedModel]]] = {
    "parties": CooperationParty, "amounts": CooperationAmount, "association_links": CooperationAssociation
}  # fmt: skip


class CooperationColumns(WholeColumns):
    model = Cooperation


COOPERATION: Final[Kind] = CooperationColumns(
    name=ImportKind.COOPERATION,
    columns=(
        Column("kind", cells.one_of(CooperationKind.choices), is_required=True),
        Column("title_zh", cells.text, is_required=True),
        Column("summary_zh", cells.text),
        Column("signed_on", cells.day, is_required=True),
        Column("parties", names, is_required=True, title=_("合作方")),
        *(Column(_amount(kind), cells.amount, title=title) for kind, title in SUMS.items()),
        Column("dimension", cells.one_of(Dimension.choices)),
        Column("industry_codes", cells.codes),
        Column("evidence_zh", cells.text, is_required=True),
        Column("completed_on", cells.day),
        Column("terminated_on", cells.day),
        Column("end_reason", cells.one_of(TerminationReason.choices)),
        Column("associations", names, title=_("计入的联盟或网络")),
    ),
    row_types=frozenset(),
    named="title_zh",
)


class CooperationImporter(KnownByTitle):
    """The importer of signed cooperations (`zones.importing.importers.Importer`)."""

    kind = COOPERATION
    model = Cooperation
    day = "signed_on"
    compared = COMPARED
    at_odds = "cooperation_known"

    def judge(self, job: ImportJob, principal: Principal, rows: list[ReadRow], *, owner: str) -> list[Judged]:
        titles = {row.values.get("title_zh") for row in rows}
        stored = self.read(principal, _of_zone(principal, job.zone).filter(title_zh__in=titles))
        known = self.titled(stored)
        parties, seen = NamedParties(principal, rows), dict[Any, int]()
        for one in stored:
            one.values["parties"] = [parties.as_told(party) for party in one.values["parties"]]
        for row in rows:
            blame_repeat(row, seen, self.key(row.values), "same_record", "title_zh")
            parties.resolve(row, job.zone)
        return [self.judged(row, known, partial(_check, principal, row.values)) for row in rows]

    def read(self, principal: Principal, rows: "QuerySet[Any]") -> list[Existing]:
        whole = rows.prefetch_related(*hanging(principal, HANGING))
        return [Existing(row.pk, row.version, row.state not in CONFIRMED, _values(row)) for row in whole]

    def new(self, job: ImportJob) -> Any:
        return Cooperation()

    def write(self, principal: Principal, drafts: Sequence[tuple[Any, Values]], *, report: Report) -> None:
        stored = record_past_cooperations(principal, [_past(values) for _record, values in drafts])
        for (record, _values), row in zip(drafts, stored, strict=True):
            record.pk, record.version = row.pk, row.version
        report(len(drafts))

    def retract(self, principal: Principal, records: Sequence[Any], *, report: Report) -> None:
        """Taken back: nobody counts them any more."""
        take_back_recorded(principal, records)
        report(len(records))


def add_cooperations() -> None:
    """Let files bring in signed cooperations and financing cases."""
    add_sentences(ERRORS | AT_ODDS, conflicts=AT_ODDS)
    add_importer(CooperationImporter())


def _of_zone(principal: Principal, zone: Zone) -> "QuerySet[Any]":
    """Signed cooperations with a party of the zone."""
    rows: QuerySet[Any] = Cooperation.objects.editable_by(principal).filter(parties__zone=zone, state__in=CONFIRMED)
    return rows.distinct().order_by("pk")


def _values(row: Cooperation) -> Values:
    """What is on record, as rows of files say it."""
    told = {name: plain(getattr(row, name)) for name in ("title_zh", "signed_on", *OWN)}
    sums = {_amount(kind): None for kind in SUMS} | {_amount(one.kind): plain(one.amount) for one in row.amounts.all()}
    parties = [
        {
            "organization": one.organization_id, "name_zh": one.name_zh, "role": one.role,
            "region": None if one.organization_id else one.region_id,
        }
        for one in row.parties.all()
    ]  # fmt: skip
    associations = [one.association_id for one in row.association_links.all()]
    return told | sums | {"parties": parties, "associations": associations}


def _check(principal: Principal, values: Values) -> None:
    try:
        checked_cooperation(principal, _past(values))
    except InvalidInput as error:
        raise InvalidInput({PLACES.get(name, name): told for name, told in error.errors.items()}) from error


def _past(values: Values) -> PastCooperation:
    """What a row says, as the service takes it."""
    told = {
        name: values[name] for name in ("kind", "title_zh", "summary_zh", "dimension", "evidence_zh") if name in values
    }
    sums = [(kind, values.get(_amount(kind))) for kind in AmountKind.values]
    return PastCooperation(
        told | {"signed_on": _day(values["signed_on"]), "industry_codes": values.get("industry_codes") or []},
        CooperationParts(
            parties=_parties(values["parties"]),
            amounts=[{"kind": kind, "amount": Decimal(amount)} for kind, amount in sums if amount],
            associations=[{"association": one} for one in _associations(values.get("associations") or [])],
        ),
        completed_on=_day(values.get("completed_on")),
        terminated_on=_day(values.get("terminated_on")),
        end_reason=values.get("end_reason") or "",
    )


def _parties(rows: Iterable[Values]) -> list[dict[str, Any]]:
    found = [dict(row) for row in rows]
    owners = Organization.objects.unscoped(reason="checked by the row").select_related("zone__region", "region")
    by_key = owners.in_bulk([row["organization"] for row in found if row["organization"]])
    regions = {region.pk: region for region in Region.objects.all()}
    return [
        row | {"organization": by_key.get(row["organization"]), "region": regions.get(row["region"])} for row in found
    ]


def _associations(keys: Sequence[int]) -> list[Association]:
    return list(Association.objects.filter(pk__in=keys).order_by("pk"))


def _day(text: str | None) -> Any:
    return date.fromisoformat(text) if text else None
