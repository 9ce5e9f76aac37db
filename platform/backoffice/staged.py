"""What the page of an import shows of its rows: verdicts counted, messages by cell, before and after, page by page."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django.core.exceptions import SuspiciousOperation
from django.core.paginator import Paginator
from django.db.models import Model
from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from backoffice.details import EMPTY, plain_text
from backoffice.rows import Rows, visible_rows
from zones.choices import ImportState, ResourceKind, ResourceStatus, Verdict
from zones.errors import listed
from zones.importing import cells
from zones.importing.importers import IMPORTERS
from zones.importing.kinds import Kind, Values
from zones.importing.sentences import NOTES, sentence
from zones.models import ImportJob, ImportRow, Resource
from zones.scoping import Principal
from zones.wording import money

ROWS_PER_PAGE = 50
FAULTY = (Verdict.ERROR, Verdict.CONFLICT)
ALL = "all"
TONES = {
    Verdict.NEW: "success",
    Verdict.CHANGED: "info",
    Verdict.UNCHANGED: "default",
    Verdict.CONFLICT: "warning",
    Verdict.ERROR: "danger",
}


def context_of(job: ImportJob, principal: Principal, asked: QueryDict) -> dict[str, Any]:
    """The tiles, and one page of rows of the verdict that was asked for."""
    verdict = _verdict(job, asked.get("verdict", ""))
    rows = visible_rows(ImportRow, principal).filter(job=job).order_by("number")
    page = Paginator(rows if verdict == ALL else rows.filter(verdict=verdict), ROWS_PER_PAGE).get_page(asked.get("p"))
    return {
        "tiles": _tiles(job, verdict),
        "verdict": verdict,
        "page": page,
        "rows": _shown(job, principal, list(page.object_list)),
        "counts": job.counts,
        "faulty": faulty(job),
        "to_write": to_write(job),
        "is_of_resources": IMPORTERS[job.kind].model is Resource,
        "records_url": _list_url(IMPORTERS[job.kind].model),
    }


def faulty(job: ImportJob) -> int:
    return sum(job.counts.get(verdict, 0) for verdict in FAULTY)


def to_write(job: ImportJob) -> int:
    return sum(job.counts.get(verdict, 0) for verdict in (Verdict.NEW, Verdict.CHANGED))


def is_ready(job: ImportJob) -> bool:
    """Something is to be written, and nothing is to be mended first."""
    return bool(to_write(job)) and not faulty(job)


def counts_text(job: ImportJob) -> str:
    """The verdicts of a job in one line."""
    found = [f"{label} {job.counts[verdict]}" for verdict, label in Verdict.choices if job.counts.get(verdict)]
    return " · ".join(str(text) for text in found) or EMPTY


def _verdict(job: ImportJob, asked: str) -> str:
    """What is asked for; by default what needs mending first. An unlisted one is refused."""
    if not asked:
        wrong = (verdict for verdict in FAULTY if job.counts.get(verdict))
        return next(wrong, ALL) if job.state == ImportState.STAGED else ALL
    if asked not in {ALL, *Verdict.values}:
        raise SuspiciousOperation("unlisted verdict")
    return asked


def _tiles(job: ImportJob, here: str) -> list[dict[str, Any]]:
    counts = [(ALL, _("全部"), sum(job.counts.values()))]
    counts += [(verdict, str(label), job.counts.get(verdict, 0)) for verdict, label in Verdict.choices]
    return [
        {"verdict": verdict, "label": label, "count": count, "is_here": verdict == here}
        for verdict, label, count in counts
    ]


def _shown(job: ImportJob, principal: Principal, rows: list[ImportRow]) -> list[dict[str, Any]]:
    importer = IMPORTERS[job.kind]
    kind = importer.kind
    ids = [row.record_id for row in rows if row.record_id]
    records = visible_rows(importer.model, principal).filter(pk__in=ids)
    stored = {one.id: one.values for one in importer.read(principal, records)}
    urls = {pk: _url(importer.model, key) for pk, key in records.values_list("pk", "public_id")}
    names = _Laboratories(principal, rows, stored.values())
    shown = [_row(row, kind, stored.get(row.record_id or 0, {}), names) for row in rows]
    pairs = zip(shown, rows, strict=True)
    return [known | {"url": urls.get(row.record_id), "faults": _faults(job, row, kind)} for known, row in pairs]


def _url(model: type[Model], key: Any) -> str:
    """The page of a record."""
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_change", args=[key])


def _list_url(model: type[Model]) -> str:
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")


def _faults(job: ImportJob, row: ImportRow, kind: Kind) -> list[dict[str, Any]]:
    """What is wrong; notes of what will happen only until it has."""
    faults = [_fault(fault, kind) for fault in row.messages]
    return [fault for fault in faults if not (job.applied_at and fault["is_note"])]


def _row(row: ImportRow, kind: Kind, stored: Values, names: "_Laboratories") -> dict[str, Any]:
    verdict = Verdict(row.verdict)
    before = stored if row.before is None else row.before
    changes = _changes(row, kind, before, names) if verdict == Verdict.CHANGED and row.record_id else []
    return {
        "number": row.number,
        "verdict": verdict.label,
        "tone": TONES[verdict],
        "name": row.values.get(kind.named) or stored.get(kind.named) or row.values.get("part") or EMPTY,
        "is_part": "part" in row.values,
        "changes": changes,
    }


def _fault(fault: dict[str, Any], kind: Kind) -> dict[str, Any]:
    """A message; of a column that the file does not have, by the name of its field."""
    column = kind.fields.get(fault["field"])
    return {
        "cell": fault["cell"],
        "title": fault["title"] or (kind.title(column) if column else ""),
        "written": fault.get("written", ""),
        "sentence": sentence(fault["code"], fault["params"]),
        "is_note": fault["code"] in NOTES,
    }


def _changes(row: ImportRow, kind: Kind, before: Values, names: "_Laboratories") -> list[dict[str, str]]:
    """What differs, field by field, in the order of a file's columns; a record that only comes back on offer changes
    its state.
    """
    order = {name: place for place, name in enumerate(kind.fields)}
    said = sorted(row.values.items(), key=lambda one: order.get(one[0], len(order)))
    pairs = {
        _label(kind, name): (_text(kind, name, before.get(name), names), _text(kind, name, value, names))
        for name, value in said
    } or {_("状态"): (str(ResourceStatus.RETIRED.label), str(ResourceStatus.ACTIVE.label))}
    return [{"label": label, "before": old, "after": new} for label, (old, new) in pairs.items() if old != new]


def _label(kind: Kind, name: str) -> str:
    if name == "parts":
        return _("部件")
    column = kind.fields.get(name)
    return kind.title(column) if column else str(kind.model_field(name).verbose_name)  # type: ignore[union-attr]


def _text(kind: Kind, name: str, value: Any, names: "_Laboratories") -> str:
    if name == "parts":
        return listed(_part_text(part) for part in value or []) or EMPTY
    if name == "laboratory":
        return names.name_of(value)
    column = kind.fields.get(name)
    if column is not None and column.write is not None and value:
        return column.write(value)
    if label := kind.label_of(name, value):
        return label
    if column is not None and column.read is cells.amount:
        return money(Decimal(value)) if value else EMPTY
    return plain_text(name, value)


def _part_text(part: Values) -> str:
    return f"{part['name_zh']} × {part.get('quantity', 1)}"


class _Laboratories:
    """Names of the laboratories a page of rows mentions, as far as its reader sees them."""

    def __init__(self, principal: Principal, rows: Iterable[ImportRow], stored: Iterable[Values]) -> None:
        said = [row.values for row in rows] + [row.before or {} for row in rows] + list(stored)
        keys = {key for values in said if isinstance(key := values.get("laboratory"), int)}
        found: Rows = visible_rows(Resource, principal).filter(kind=ResourceKind.LABORATORY, pk__in=keys)
        self._names = {row.pk: str(row) for row in found} if keys else {}

    def name_of(self, key: Any) -> str:
        return self._names.get(key, EMPTY)
