"""Technology contracts from a register's export: a line each, with its two sides, its amounts and what the register has
seen of it. Of what is on record already the changes and cancellations since are entered, as new versions; the rest is
compared. Taken back, new ones count in no total, and the others are as they were.
"""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any, Final

from django.db.models import Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from matching.choices import ContractEnd, ContractState
from matching.importing.register import VERSIONS, compared, news_of, shown, version_values
from matching.importing.sides import ERRORS as SIDE_ERRORS
from matching.importing.sides import NOTES as SIDE_NOTES
from matching.importing.sides import SIDES, NamedSides
from matching.models import TechContract
from matching.services.contract_versions import versions_of
from matching.services.past_contracts import (
    NEVER_COUNTED,
    PastContract,
    check_past,
    checked_contract,
    record_past_contracts,
    take_back_contracts,
)
from matching.services.register_news import BEFORE, enter_news, restore_contracts
from zones.choices import CodeScheme, ImportKind, Verdict
from zones.importing import cells
from zones.importing.cells import About, Cell, Unreadable
from zones.importing.importers import add_importer
from zones.importing.kinds import Column, Kind, Values
from zones.importing.known import Existing, plain
from zones.importing.mechanisms.names import instances, tell_refusal, written_by
from zones.importing.mechanisms.records import RecordColumns
from zones.importing.mechanisms.unchanging import Unchanging
from zones.importing.rows import ReadRow
from zones.importing.sentences import add_sentences
from zones.importing.verdicts import Judged, blame_repeat
from zones.models import ImportJob, Organization, Region, Zone
from zones.scoping import Principal
from zones.services.batches import Report

AT_ODDS: Final[dict[str, Promise]] = {
    "contract_known": _(
        "已登记的合同在此列为“%(ours)s”：变更请写明变更登记日与变更内容，注销请写明注销日与原因；登记有误的，请核对此列。"
    ),
    "contract_elsewhere": _("同一合同已以编号 %(text)s 登记，未注销：请先注销原登记，或核对编号。"),
    "contract_open": _("同一合同已在平台上、尚未登记：请在其页面办理登记，或从文件中删去此行。"),
}
ERRORS: Final[dict[str, Promise]] = {
    "number_twice": _("登记编号与第 %(row)d 行相同：一个编号只属于一份合同，请核对。"),
    "contract_twice": _("与第 %(row)d 行是同一合同，编号不同，且都未注销：请注明其中一份的注销日，或删去重复的行。"),
    "state_at_odds": _("按各日期，合同应为“%(text)s”：请补充日期，或更正状态。"),
}
AGAIN: Final[dict[str, Promise]] = {
    "registered_again": _("同一合同的另一次登记（%(text)s）已注销：此行作为重新登记计入，请核对。"),
    "contract_newer": _("记录中此合同已有更新的登记：此行较旧，不改动记录。"),
}
WRITTEN: Final = frozenset(
    {"title_zh", "contract_type", "total_amount", "traded_amount", "signed_on"}
    | {f"{side}_{name}" for side in SIDES for name in ("organization", "name_zh", "region", "nature")}
)
COMPARED: Final = (
    "title_zh", "contract_type", "total_amount", "traded_amount", "signed_on", "registered_on", "cancelled_on",
    "end_reason", "state",
)  # fmt: skip
DAYS: Final = ("submitted_on", "registered_on", "changed_on", "cancelled_on")
FORMER: Final = ("former_total", "former_traded")
TEXTS: Final = ("registration_number", "change_reason", "end_reason", "end_zh")


def one_code(cell: Cell, about: About) -> str:
    """A single code, or its name."""
    found = cells.codes(cell, about)
    if len(found) != 1:
        raise Unreadable("unknown_code", text=cells.as_written(cell, limit=40))
    return found[0]


class ContractColumns(RecordColumns):
    model = TechContract

    def scheme(self, name: str) -> str:
        return str(CodeScheme.CONTRACT_TYPE) if name == "contract_type" else ""


CONTRACT: Final[Kind] = ContractColumns(
    name=ImportKind.CONTRACT,
    columns=(
        Column("registration_number", cells.identifier),
        Column("title_zh", cells.text, is_required=True),
        Column("contract_type", one_code, is_required=True),
        *(
            column
            for side in SIDES
            for column in (
                Column(f"{side}_organization", cells.text, is_required=True, write=written_by(Organization)),
                Column(f"{side}_region", cells.text, write=written_by(Region)),
                Column(f"{side}_nature", cells.identifier),
            )
        ),
        Column("total_amount", cells.amount, is_required=True),
        Column("traded_amount", cells.amount, is_required=True),
        Column("signed_on", cells.day, is_required=True),
        Column("submitted_on", cells.day),
        Column("registered_on", cells.day),
        Column("state", cells.one_of(ContractState.choices)),
        Column("changed_on", cells.day, title=_("变更登记日")),
        Column("change_reason", cells.text, title=_("变更内容")),
        Column("former_total", cells.amount, title=_("变更前成交额（元）")),
        Column("former_traded", cells.amount, title=_("变更前技术交易额（元）")),
        Column("cancelled_on", cells.day),
        Column("end_reason", cells.one_of(ContractEnd.choices)),
        Column("end_zh", cells.text, title=_("注销说明")),
    ),
    row_types=frozenset(),
    named="title_zh",
)


class ContractImporter(Unchanging):
    """The importer of technology contracts (`zones.importing.importers.Importer`)."""

    kind = CONTRACT
    model = TechContract

    def judge(self, job: ImportJob, principal: Principal, rows: list[ReadRow], *, owner: str) -> list[Judged]:
        sides = NamedSides(principal, rows)
        for row in rows:
            sides.resolve(row)
        known = _Known(principal, rows)
        _blame_repeats(rows)
        return [self._judged(principal, job, row, known) for row in rows]

    def _judged(self, principal: Principal, job: ImportJob, row: ReadRow, known: "_Known") -> Judged:
        if not row.is_sound:
            return Judged(row, Verdict.ERROR, row.values)
        existing = known.by_number.get(row.values.get("registration_number", ""))
        if existing is None and not row.values.get("registration_number"):
            existing = next((one for one in known.twins(row.values) if not one.values["registration_number"]), None)
        if existing is not None and existing.values[VERSIONS]:
            return _news(row, existing)
        if existing is not None:
            return _compared(row, existing)
        tell_refusal(row, lambda: _check(principal, job, row))
        if not row.is_sound:
            return Judged(row, Verdict.ERROR, row.values)
        known.tell_twins(row)
        return Judged(row, Verdict.NEW if row.is_sound else Verdict.CONFLICT, row.values)

    def read(self, principal: Principal, rows: "QuerySet[Any]") -> list[Existing]:
        found = list(rows)
        versions = versions_of(row.pk for row in found)
        return [
            Existing(
                row.pk,
                row.version,
                False,
                {name: plain(getattr(row, name)) for name in _READ}
                | {name: getattr(row, f"{name}_id") for name in _KEYS}
                | {VERSIONS: [version_values(one) for one in versions.get(row.pk, ())]},
            )
            for row in found
        ]

    def new(self, job: ImportJob) -> Any:
        return TechContract(zone=job.zone)

    def overwritten(self, record: Any) -> Values:
        """What the contract was, and how many versions stood."""
        standing = versions_of([record.pk]).get(record.pk, ())
        return {name: plain(getattr(record, name)) for name in BEFORE} | {VERSIONS: len(standing)}

    def write(self, principal: Principal, drafts: Sequence[tuple[Any, Values]], *, report: Report) -> None:
        fresh = [(record, values) for record, values in drafts if record.pk is None]
        known = [(record, values) for record, values in drafts if record.pk is not None]
        stored = record_past_contracts(principal, [_past(record.zone, values) for record, values in fresh])
        for (record, _values), row in zip(fresh, stored, strict=True):
            record.pk, record.version = row.pk, row.version
        restored = [one for one in known if VERSIONS in one[1]]
        restore_contracts(principal, [(record, _before(values)) for record, values in restored])
        self._enter(principal, [one for one in known if VERSIONS not in one[1]])
        report(len(drafts))

    def _enter(self, principal: Principal, rows: Sequence[tuple[Any, Values]]) -> None:
        kept = TechContract.objects.editable_by(principal).filter(pk__in=[record.pk for record, _said in rows])
        ours = {one.id: one.values for one in self.read(principal, kept)}
        told = [(record, news_of(said, ours[record.pk], _past(record.zone, said).values)) for record, said in rows]
        for (record, _said), row in zip(rows, enter_news(principal, told), strict=True):
            record.version = row.version

    def retract(self, principal: Principal, records: Sequence[Any], *, report: Report) -> None:
        """Taken back: no total of any day counts them."""
        take_back_contracts(principal, records)
        report(len(records))


class _Known:
    """Contracts on record that rows of a file may mean: those the principal keeps, without what was taken back."""

    def __init__(self, principal: Principal, rows: Sequence[ReadRow]) -> None:
        numbers = {row.values.get("registration_number") for row in rows} - {None, ""}
        titles = {row.values.get("title_zh") for row in rows} - {None, ""}
        kept = TechContract.objects.editable_by(principal).exclude(**NEVER_COUNTED)
        found = kept.filter(Q(registration_number__in=numbers) | Q(title_zh__in=titles)).order_by("pk")
        existing = CONTRACTS.read(principal, found)
        self.by_number = {one.values["registration_number"]: one for one in existing}
        self.by_number.pop("", None)
        self._twins: dict[Any, list[Existing]] = {}
        for one in existing:
            self._twins.setdefault(_twin(one.values), []).append(one)

    def twins(self, values: Values) -> list[Existing]:
        """What has the same title, sides and day of signing."""
        return self._twins.get(_twin(values), [])

    def tell_twins(self, row: ReadRow) -> None:
        """The same contract under another number counts anew only where that one was cancelled."""
        for one in self.twins(row.values):
            number = one.values["registration_number"]
            if one.values["state"] == ContractState.CANCELLED:
                row.blame("registered_again", "registration_number", text=number or one.values["title_zh"])
            else:
                code = "contract_elsewhere" if number else "contract_open"
                row.blame(code, "registration_number", text=number)


CONTRACTS: Final = ContractImporter()
_READ: Final = (*COMPARED, "registration_number", "submitted_on", "end_zh", *(f"{side}_name_zh" for side in SIDES))
_KEYS: Final = tuple(f"{side}_{name}" for side in SIDES for name in ("organization", "region"))


def add_contracts() -> None:
    """Let files bring in technology contracts."""
    add_sentences(AT_ODDS | ERRORS | AGAIN | SIDE_ERRORS, notes={*AGAIN, *SIDE_NOTES}, conflicts=AT_ODDS)
    add_importer(CONTRACTS)


def _twin(values: Values) -> tuple[Any, ...]:
    sides = (values.get(f"{side}_organization") or values.get(f"{side}_name_zh") for side in SIDES)
    return (values.get("title_zh"), values.get("signed_on"), *sides)


def _blame_repeats(rows: Sequence[ReadRow]) -> None:
    """A number is of one contract; a contract stands in the register once, unless it was cancelled and comes again."""
    numbers: dict[Any, int] = {}
    twins: dict[Any, ReadRow] = {}
    for row in rows:
        number = row.values.get("registration_number")
        blame_repeat(row, numbers, number, "number_twice", "registration_number")
        if not row.is_sound:
            continue
        other = twins.get(_twin(row.values))
        if other is not None:
            _tell_twin(row, other)
        if other is None or other.values.get("cancelled_on"):
            twins[_twin(row.values)] = row


def _tell_twin(row: ReadRow, other: ReadRow) -> None:
    if other.values.get("cancelled_on") or row.values.get("cancelled_on"):
        row.blame("registered_again", "registration_number", text=other.values.get("registration_number") or "")
    else:
        row.blame("contract_twice", "registration_number", row=other.number)


def _compared(row: ReadRow, existing: Existing) -> Judged:
    names: list[str] = [name for name in COMPARED if name in row.values and row.values[name] != existing.values[name]]
    for side in SIDES:
        name = f"{side}_organization"
        if _sides_differ(row, existing, side):
            names.append(name)
    for name in names:
        row.blame("contract_known", name, ours=_shown(existing, name))
    return Judged(row, Verdict.CONFLICT if names else Verdict.UNCHANGED, row.values, existing)


def _news(row: ReadRow, existing: Existing) -> Judged:
    """What the register has seen since, if all else is as it is on record."""
    found = compared(row.values, existing.values)
    sides = [f"{side}_organization" for side in SIDES if _sides_differ(row, existing, side)]
    for name in sides:
        row.blame("contract_known", name, ours=_shown(existing, name))
    for name, value in shown(existing.values, row.values, found.at_odds):
        row.blame("contract_known", name, ours=_in_words(name, value))
    if sides or found.at_odds:
        return Judged(row, Verdict.CONFLICT, row.values, existing)
    tell_refusal(row, lambda: check_past(_past(None, row.values)))
    _check_state(row)
    if found.is_older and not found.is_news:
        row.blame("contract_newer", "registration_number")
    verdict = Verdict.CHANGED if found.is_news else Verdict.UNCHANGED
    said = {name: value for name, value in row.values.items() if value not in (None, "")}
    return Judged(row, verdict if row.is_sound else Verdict.ERROR, said, existing)


def _sides_differ(row: ReadRow, existing: Existing, side: str) -> bool:
    """One that was only named and is on the platform since is still the same."""
    key, name = existing.values[f"{side}_organization"], existing.values[f"{side}_name_zh"]
    if key:
        return bool(row.values[f"{side}_organization"] != key)
    return name not in (row.values[f"{side}_name_zh"], row.written.get(f"{side}_organization"))


def _shown(existing: Existing, name: str) -> Any:
    """What is on record, for whoever keeps it to read, in either language."""
    if not name.endswith("_organization"):
        return _in_words(name, existing.values[name])
    key = existing.values[name]
    rows = Organization.objects.unscoped(reason="a side of a contract that is kept by the reader")
    return str(rows.get(pk=key).name_zh if key else existing.values[name.replace("organization", "name_zh")])


def _in_words(name: str, value: Any) -> Any:
    choices = getattr(TechContract, name, None) and TechContract._meta.get_field(name).flatchoices  # type: ignore[union-attr]
    return cells.by_language([dict(choices or ()).get(value, value) or "—"])


def _before(values: Values) -> dict[str, Any]:
    """As the service takes it."""
    return instances(TechContract, {name: values[name] for name in BEFORE}) | {VERSIONS: values[VERSIONS]}


def _check(principal: Principal, job: ImportJob, row: ReadRow) -> None:
    checked_contract(principal, _past(job.zone, row.values))
    _check_state(row)


def _check_state(row: ReadRow) -> None:
    said, state = row.values.get("state"), _past(None, row.values).state
    if said and said != state:
        row.blame("state_at_odds", "state", text=cells.by_language([state.label]))


def _past(zone: Zone | None, values: Values) -> PastContract:
    """What a row says, as the service takes it."""
    told = instances(TechContract, {name: values[name] for name in values if name in WRITTEN})
    days: dict[str, Any] = {name: date.fromisoformat(values[name]) for name in DAYS if values.get(name)}
    sums: dict[str, Any] = {name: Decimal(values[name]) for name in FORMER if values.get(name) is not None}
    texts: dict[str, Any] = {name: values.get(name) or "" for name in TEXTS}
    return PastContract(told | {"zone": zone}, **days, **sums, **texts)
