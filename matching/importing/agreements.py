"""Framework agreements from files: a line each with its parties, scopes, days and what each party promises. They come
as drafts: one is in force once its signed document stands beside it. What is on record already is compared, never
changed.
"""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from functools import partial
from typing import Any, Final

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from matching.agreement_choices import AgreementKind, AgreementScope, AgreementState
from matching.choices import Dimension
from matching.importing.cooperations import names
from matching.importing.signing import ERRORS, NamedSigners, promises, scopes
from matching.models import Agreement, AgreementCommitment, AgreementParty
from matching.services.agreements import AgreementParts, check_agreement, draft_agreement, drop_draft
from zones.choices import ImportKind
from zones.importing import cells
from zones.importing.importers import add_importer
from zones.importing.kinds import Column, Kind, Values
from zones.importing.known import Existing, plain
from zones.importing.mechanisms.unchanging import KnownByTitle, WholeColumns, hanging
from zones.importing.rows import ReadRow
from zones.importing.sentences import add_sentences
from zones.importing.verdicts import Judged, blame_repeat
from zones.models import Association, ImportJob, Organization, Zone
from zones.models.base import ScopedModel
from zones.scoping import Principal
from zones.services.batches import Report

AT_ODDS: Final[dict[str, Promise]] = {
    "agreement_known": _("同一生效日已登记同名协议，此列与登记的不同：更正请在其页面办理，或从文件中删去此行。"),
}
TEXTS: Final = ("kind", "title_zh", "title_en", "summary_zh", "scopes", "industry_codes", "dimension")
DAYS: Final = ("signed_on", "valid_from", "valid_to")
COMPARED: Final = (*TEXTS, "signed_on", "valid_to", "parties", "commitments")
"""Besides the day it is valid from, by which with its title one is known again."""
HANGING: Final[dict[str, type[ScopedModel]]] = {"parties": AgreementParty, "commitments": AgreementCommitment}


class AgreementColumns(WholeColumns):
    model = Agreement


AGREEMENT: Final[Kind] = AgreementColumns(
    name=ImportKind.AGREEMENT,
    columns=(
        Column("kind", cells.one_of(AgreementKind.choices), is_required=True),
        Column("title_zh", cells.text, is_required=True),
        Column("title_en", cells.text),
        Column("summary_zh", cells.text),
        Column("scopes", scopes(AgreementScope.choices), is_required=True),
        Column("industry_codes", cells.codes),
        Column("dimension", cells.one_of(Dimension.choices)),
        Column("signed_on", cells.day),
        Column("valid_from", cells.day, is_required=True),
        Column("valid_to", cells.day),
        Column("parties", names, is_required=True, title=_("签署方")),
        Column("commitments", promises, title=_("承诺事项")),
    ),
    row_types=frozenset(),
    named="title_zh",
)


class AgreementImporter(KnownByTitle):
    """The importer of framework agreements (`zones.importing.importers.Importer`)."""

    kind = AGREEMENT
    model = Agreement
    day = "valid_from"
    compared = COMPARED
    at_odds = "agreement_known"

    def judge(self, job: ImportJob, principal: Principal, rows: list[ReadRow], *, owner: str) -> list[Judged]:
        own = Agreement.objects.editable_by(principal).filter(zone=job.zone).exclude(state=AgreementState.DROPPED)
        titles = {row.values.get("title_zh") for row in rows}
        stored = self.read(principal, own.filter(title_zh__in=titles).order_by("pk"))
        known = self.titled(stored)
        signers, seen = NamedSigners(principal, rows), dict[Any, int]()
        for one in stored:
            one.values["parties"] = [signers.as_told(party) for party in one.values["parties"]]
        for row in rows:
            blame_repeat(row, seen, self.key(row.values), "same_record", "title_zh")
            signers.resolve(row)
        return [self.judged(row, known, partial(_check, principal, job.zone, row.values)) for row in rows]

    def read(self, principal: Principal, rows: "QuerySet[Any]") -> list[Existing]:
        whole = rows.prefetch_related(*hanging(principal, HANGING))
        return [Existing(row.pk, row.version, row.state == AgreementState.DROPPED, _values(row)) for row in whole]

    def comparable(self, values: Values) -> Values:
        """Each promise with who gives it, not with his place in the list."""
        if "commitments" not in values:
            return values
        parties: list[Values] = values["parties"]
        promised = [
            {"of": parties[one["party_position"] - 1], "target": Decimal(one["target"])}
            | {name: one[name] for name in ("what_zh", "unit", "due_on")}
            for one in values["commitments"] or ()
        ]
        return values | {"commitments": promised}

    def new(self, job: ImportJob) -> Any:
        return Agreement(zone=job.zone)

    def write(self, principal: Principal, drafts: Sequence[tuple[Any, Values]], *, report: Report) -> None:
        for done, (record, values) in enumerate(drafts, start=1):
            stored = draft_agreement(principal, **_past(record.zone, values))
            record.pk, record.version = stored.pk, stored.version
            report(done)

    def retract(self, principal: Principal, records: Sequence[Any], *, report: Report) -> None:
        """Dropped, as drafts are; one that was changed or put in force since is not reached here."""
        for done, record in enumerate(records, start=1):
            drop_draft(principal, agreement_id=record.pk, version=record.version)
            report(done)


def add_agreements() -> None:
    """Let files bring in framework agreements."""
    add_sentences(ERRORS | AT_ODDS, conflicts=AT_ODDS)
    add_importer(AgreementImporter())


def _values(row: Agreement) -> Values:
    """What is on record, as rows of files say it."""
    told = {name: plain(getattr(row, name)) for name in (*TEXTS, *DAYS)}
    parties = [
        {
            "zone": one.zone_id, "association": one.association_id, "organization": one.organization_id,
            "name_zh": one.name_zh,
        }
        for one in row.parties.all()
    ]  # fmt: skip
    names = ("party_position", "what_zh", "target", "unit", "due_on")
    promised = [{name: plain(getattr(one, name)) for name in names} for one in row.commitments.all()]
    return told | {"parties": parties, "commitments": promised}


def _check(principal: Principal, zone: Zone, values: Values) -> None:
    check_agreement(principal, **_past(zone, values))


def _past(zone: Zone, values: Values) -> dict[str, Any]:
    """What a row says, as the service takes it."""
    told = {name: values[name] for name in TEXTS if values.get(name)}
    days = {name: date.fromisoformat(values[name]) for name in DAYS if values.get(name)}
    commitments = [
        dict(one) | {"target": Decimal(one["target"]), "due_on": date.fromisoformat(one["due_on"])}
        for one in values.get("commitments") or ()
    ]
    parts = AgreementParts(parties=_parties(values["parties"]), commitments=commitments)
    return {"zone": zone, "with_parts": parts} | told | days


def _parties(rows: Sequence[Values]) -> list[dict[str, Any]]:
    owners = Organization.objects.unscoped(reason="checked by the row")
    tables = {"zone": Zone.objects.all(), "association": Association.objects.all(), "organization": owners}
    found = {name: table.in_bulk([row[name] for row in rows if row[name]]) for name, table in tables.items()}
    return [dict(row) | {name: kept.get(row[name]) for name, kept in found.items()} for row in rows]
