"""What came of the promises of agreements, from files: a line each, with the value, its day and the evidence. A line
that is on record already changes nothing; taken back, each promise says again what it said before.
"""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import partial
from typing import Any, Final

from django.db.models import Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from matching.agreement_choices import AgreementState
from matching.models import Agreement, AgreementCommitment
from matching.services.agreement_reports import check_report, take_back_reports
from matching.services.agreements import report_commitment
from zones.choices import ImportKind, Verdict
from zones.errors import InvalidInput, NotAllowed
from zones.importing import cells
from zones.importing.cells import About, Cell, Unreadable
from zones.importing.importers import add_importer
from zones.importing.kinds import Column, Kind, Values
from zones.importing.known import Existing, plain
from zones.importing.mechanisms.names import tell_refusal
from zones.importing.mechanisms.records import RecordColumns
from zones.importing.mechanisms.unchanging import Unchanging
from zones.importing.rows import ReadRow
from zones.importing.sentences import add_sentences
from zones.importing.verdicts import Judged, blame_repeat
from zones.models import ImportJob, Zone
from zones.scoping import Principal
from zones.services.batches import Report

ERRORS: Final[dict[str, Promise]] = {
    "no_agreement": _("没有找到生效过的协议“%(text)s”，或不由本园区填报：请核对名称与生效日。"),
    "many_agreements": _("有多份名为“%(text)s”的协议：请填写生效日以示区别。"),
    "no_promise": _("该协议没有这项承诺：请核对承诺事项或序号。"),
    "many_promises": _("该协议有多项同名承诺：请填写序号。"),
    "other_unit": _("该承诺以“%(text)s”计：请换算后填写。"),
}
QUANTITY: Final = re.compile(r"(-?\d[\d,]*(?:\.\d+)?)\s*([^\d\s]*)")
BEFORE: Final = "reports_before"
"""Beside what a line says: what the promises of its agreement said before the import."""
SAID: Final = ("actual", "reported_on", "evidence_zh")
MARK: Final = "|"
PLACES: Final = {"evidence": "evidence_zh"}
"""What services call a column otherwise than files do."""


def quantity(cell: Cell, about: About) -> str:
    """A number, with its unit behind it or without: what a promise is counted in is known only by the promise."""
    found = QUANTITY.fullmatch(cells.text(cell, About()) if isinstance(cell, str) else str(cell))
    if found is None:
        raise Unreadable("not_a_number", text=cells.as_written(cell, limit=40))
    amount = cells.number(found[1], about)
    return f"{amount}{MARK}{found[2] or about.unit}"


class ReportColumns(RecordColumns):
    model = AgreementCommitment


REPORT: Final[Kind] = ReportColumns(
    name=ImportKind.COMMITMENT_ACTUAL,
    columns=(
        Column("title_zh", cells.text, is_required=True, title=_("协议名称")),
        Column("valid_from", cells.day, title=_("生效日")),
        Column("position", cells.whole),
        Column("what_zh", cells.text),
        Column("actual", quantity, is_required=True),
        Column("reported_on", cells.day, is_required=True),
        Column("evidence_zh", cells.text, is_required=True),
    ),
    row_types=frozenset(),
    named="title_zh",
)


class ReportImporter(Unchanging):
    """The importer of what came of promises (`zones.importing.importers.Importer`)."""

    kind = REPORT
    model = Agreement

    def judge(self, job: ImportJob, principal: Principal, rows: list[ReadRow], *, owner: str) -> list[Judged]:
        known, seen = _Known(principal, job.zone, rows), dict[Any, int]()
        return [self._judged(principal, row, known, seen) for row in rows]

    def _judged(self, principal: Principal, row: ReadRow, known: "_Known", seen: dict[Any, int]) -> Judged:
        agreement = known.agreement(row)
        promise = known.promise(row, agreement) if agreement else None
        if promise is not None:
            blame_repeat(row, seen, promise.pk, "same_record", "title_zh")
            _split_unit(row, promise)
        if agreement is None or promise is None or not row.is_sound:
            return Judged(row, Verdict.ERROR, row.values)
        existing = Existing(agreement.pk, agreement.version, False, {})
        row.values["position"] = promise.position
        if all(row.values[name] == plain(getattr(promise, name)) for name in SAID):
            return Judged(row, Verdict.UNCHANGED, row.values, existing)
        verdict = Verdict.NEW if promise.actual is None else Verdict.CHANGED
        tell_refusal(row, partial(_check, principal, agreement, promise, row.values))
        return Judged(row, verdict if row.is_sound else Verdict.ERROR, row.values, existing)

    def read(self, principal: Principal, rows: "QuerySet[Any]") -> list[Existing]:
        return [Existing(row.pk, row.version, False, {}) for row in rows]

    def overwritten(self, record: Any) -> Values:
        """What its promises said, so that undoing says it again."""
        rows = AgreementCommitment.objects.unscoped(reason="the agreement is locked").filter(agreement=record)
        names = (*SAID, "reporter_id")
        return {BEFORE: {str(row.position): {name: plain(getattr(row, name)) for name in names} for row in rows}}

    def new(self, job: ImportJob) -> Any:
        raise NotImplementedError("what came of a promise is of an agreement there is")

    def write(self, principal: Principal, drafts: Sequence[tuple[Any, Values]], *, report: Report) -> None:
        lines: dict[int, list[Values]] = defaultdict(list)
        records = {record.pk: record for record, _values in drafts}
        for record, values in drafts:
            lines[record.pk].append(values)
        for done, (pk, found) in enumerate(lines.items(), start=1):
            if BEFORE in found[0]:
                take_back_reports(principal, records[pk], _reports_before(found[0][BEFORE]))
            else:
                for values in found:
                    report_commitment(
                        principal, agreement_id=pk, version=None, position=values["position"], **_report(values)
                    )
            report(done)
        now = dict(Agreement.objects.editable_by(principal).filter(pk__in=records).values_list("pk", "version"))
        for record, _values in drafts:
            record.version = now[record.pk]

    def retract(self, principal: Principal, records: Sequence[Any], *, report: Report) -> None:
        """No record is new."""


class _Known:
    """Agreements that a zone keeps or is a party of and may report on, by name, with their promises."""

    def __init__(self, principal: Principal, zone: Zone, rows: Sequence[ReadRow]) -> None:
        titles = {row.values.get("title_zh") for row in rows} - {None, ""}
        of_zone = Q(zone=zone) | Q(parties__zone=zone) | Q(parties__organization__zone=zone)
        own = Agreement.objects.editable_by(principal).filter(of_zone, title_zh__in=titles)
        self._agreements: dict[str, list[Agreement]] = defaultdict(list)
        for agreement in (
            own.exclude(state__in=(AgreementState.DRAFT, AgreementState.DROPPED)).distinct().order_by("pk")
        ):
            self._agreements[agreement.title_zh].append(agreement)
        promises = AgreementCommitment.objects.visible_to(principal)
        keys = [one.pk for found in self._agreements.values() for one in found]
        self._promises: dict[int, list[AgreementCommitment]] = defaultdict(list)
        for promise in promises.filter(agreement__in=keys).order_by("agreement", "position"):
            self._promises[promise.agreement_id].append(promise)

    def agreement(self, row: ReadRow) -> Agreement | None:
        title, day = row.values.get("title_zh", ""), row.values.get("valid_from")
        found = [one for one in self._agreements.get(title, []) if not day or plain(one.valid_from) == day]
        if title and len(found) != 1:
            row.blame("many_agreements" if found else "no_agreement", "title_zh", text=title[:40])
        return found[0] if len(found) == 1 else None

    def promise(self, row: ReadRow, agreement: Agreement) -> AgreementCommitment | None:
        position, what = row.values.get("position"), row.values.get("what_zh")
        found = [
            one
            for one in self._promises[agreement.pk]
            if (not position or one.position == position) and (not what or one.what_zh == what)
        ]
        if len(found) != 1:
            row.blame("many_promises" if found else "no_promise", "position" if position else "what_zh")
        return found[0] if len(found) == 1 else None


def _split_unit(row: ReadRow, promise: AgreementCommitment) -> None:
    amount, mark, unit = str(row.values.get("actual", "")).partition(MARK)
    if unit and unit != promise.unit:
        row.blame("other_unit", "actual", text=promise.unit)
    if mark:
        row.values["actual"] = amount


def _check(principal: Principal, agreement: Agreement, promise: AgreementCommitment, values: Values) -> None:
    try:
        check_report(principal, agreement, promise, **_report(values))
    except NotAllowed as error:
        raise InvalidInput.single("title_zh", error.message) from error
    except InvalidInput as error:
        raise InvalidInput({PLACES.get(name, name): told for name, told in error.errors.items()}) from error


def _report(values: Values) -> dict[str, Any]:
    """What a row says, as the service takes it."""
    return {
        "actual": Decimal(values["actual"]), "reported_on": date.fromisoformat(values["reported_on"]),
        "evidence": values["evidence_zh"],
    }  # fmt: skip


def _reports_before(told: Mapping[str, Values]) -> dict[int, dict[str, Any]]:
    """As the service takes them."""
    return {int(position): _before(values) for position, values in told.items()}


def _before(values: Values) -> dict[str, Any]:
    actual, day = values["actual"], values["reported_on"]
    return dict(values) | {
        "actual": None if actual is None else Decimal(actual),
        "reported_on": None if day is None else date.fromisoformat(day),
    }


def add_reports() -> None:
    """Let files say what came of promises."""
    add_sentences(ERRORS)
    add_importer(ReportImporter())
