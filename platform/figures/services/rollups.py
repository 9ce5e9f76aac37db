"""Sums kept ready for dashboards: read while they are those of the rows, made anew when a source has changed.

Which is known, not hoped: a trigger of every source leaves the number of its transaction, and a rollup holds the
snapshot before its rows were read. A transaction that is not visible in it may have changed them.
"""

import json
from collections.abc import Collection, Iterable, Mapping
from decimal import Decimal
from typing import Any, Final

from django.db import connection, transaction

from figures.cells import Cell, Cells, Sums, last_years, sums_of
from figures.definitions.base import GEOGRAPHY, Definition
from figures.definitions.registry import all_definitions
from figures.facts import Reading, reading
from figures.models import Rollup, SourceMark
from figures.pairs import Pairs, packed
from ledger.locks import Lock, leave, take_for_session
from zones.scoping import today

FRESH: Final = """
SELECT r.id FROM figures_rollup r WHERE r.id = ANY(%s) AND NOT EXISTS (
    SELECT FROM figures_sourcemark m WHERE r.sources ? m.source
    AND NOT pg_visible_in_snapshot(m.transaction::text::xid8, r.snapshot::pg_snapshot)
) AND pg_snapshot_xmax(r.snapshot::pg_snapshot) <= pg_snapshot_xmax(pg_current_snapshot())
"""
"""A snapshot of transactions to come is that of another database, restored here: it says nothing."""
SNAPSHOT: Final = """
SELECT CASE WHEN own.xid IS NULL OR own.xid >= pg_snapshot_xmax(s) THEN s::text ELSE
    least(pg_snapshot_xmin(s), own.xid)::text || ':' || pg_snapshot_xmax(s)::text || ':' || (
        SELECT string_agg(x::text, ',' ORDER BY x) FROM (SELECT pg_snapshot_xip(s) UNION SELECT own.xid) AS running(x)
    ) END
FROM pg_current_snapshot() AS s, pg_current_xact_id_if_assigned() AS own(xid)
"""
"""A transaction is not among those its own snapshot calls running, but may go on to write."""
FORGET_MARKS: Final = """
DELETE FROM figures_sourcemark WHERE transaction >= pg_snapshot_xmax(pg_current_snapshot())::text::numeric
AND transaction IS DISTINCT FROM pg_current_xact_id_if_assigned()::text::numeric
"""
"""Marks of transactions to come are those of another database, too: they would never be seen in a snapshot of ours."""
DROP_MARKS: Final = """
DELETE FROM figures_sourcemark m WHERE m.at < now() - interval '1 hour' AND NOT EXISTS (
    SELECT FROM figures_rollup r WHERE r.sources ? m.source
    AND NOT pg_visible_in_snapshot(m.transaction::text::xid8, r.snapshot::pg_snapshot)
)
"""
"""A mark stays for an hour: sums that are being made may have taken their snapshot before it."""
MONTHS: Final = """
SELECT r.id, kept.key, kept.value FROM figures_rollup r, jsonb_each(r.months) kept
WHERE r.id = ANY(%s) AND kept.key = ANY(%s)
"""
Key = tuple[str, str]
"""A definition's id and a milestone."""
ByYear = dict[int, Cells]


def ready(
    keys: Iterable[Key], *, samples: bool, only: Mapping[Key, Collection[int]] | None = None
) -> dict[Key, ByYear]:
    """The sums of the last ten years as of today, from what is kept ready as far as it is right, else from the rows;
    of a key in `only` just these years are read.
    """
    wanted = list(dict.fromkeys(keys))
    found = _kept(wanted, samples=samples, only=only or {})
    made = _made([key for key in wanted if key not in found], samples=samples)
    return found | {key: {year: sums.year for year, sums in by_year.items()} for key, by_year in made.items()}


def ready_months(
    keys: Iterable[Key], *, samples: bool, years: Collection[int], places: Collection[str]
) -> dict[Key, dict[int, dict[int, Cells]]]:
    """In the same way the months of some years, of these places only: year → month → cells."""
    wanted = list(dict.fromkeys(keys))
    right = _right(wanted, samples=samples)
    rows = {by_year[year]: (key, year) for key, by_year in right.items() for year in years if year in by_year}
    found: dict[Key, dict[int, dict[int, Cells]]] = {key: {year: {} for year in years} for key in wanted}
    with connection.cursor() as cursor:
        cursor.execute(MONTHS, [list(rows), list(places)])
        for pk, place, months in cursor.fetchall():
            key, year = rows[pk]
            for month, (amount, number) in json.loads(months).items():
                found[key][year].setdefault(int(month), {})[place] = Cell(Decimal(amount), number)
    made = _made([key for key in wanted if key not in right], samples=samples)
    return found | {key: _of_places(by_year, years, places) for key, by_year in made.items()}


def ready_pairs(key: Key, year: int, *, samples: bool) -> Pairs:
    """In the same way what was traded between places in a year."""
    figure, milestone = key
    if not _right([key], samples=samples):
        _made([key], samples=samples)
    rows = Rollup.objects.filter(figure=figure, milestone=milestone, samples=samples, year=year)
    return Pairs(bytes(rows.values_list("pairs", flat=True).get()) or packed(()))


def _of_places(
    by_year: dict[int, Sums], years: Collection[int], places: Collection[str]
) -> dict[int, dict[int, Cells]]:
    return {
        year: {
            month: {place: cells[place] for place in places if place in cells}
            for month, cells in by_year[year].months.items()
        }
        for year in years
        if year in by_year
    }


def refresh(*, samples: bool) -> int:
    """Make anew what a change has made wrong, for whoever looks next. Returns how many definitions."""
    if not take_for_session(Lock.KEEP_FIGURES):
        return 0
    try:
        return _refreshed(every_key(), samples=samples)
    finally:
        leave(Lock.KEEP_FIGURES)


def forget() -> None:
    """All sums and marks: in a restored database they are of another one, whose transactions had other numbers."""
    if Rollup._meta.db_table in connection.introspection.table_names():
        Rollup.objects.all().delete()
        SourceMark.objects.all().delete()


def _refreshed(keys: list[Key], *, samples: bool) -> int:
    with connection.cursor() as cursor:
        cursor.execute(FORGET_MARKS)
    right = _right(keys, samples=samples)
    missing = [key for key in keys if key not in right]
    _made(missing, samples=samples)
    with connection.cursor() as cursor:
        cursor.execute(DROP_MARKS)
    return len(missing)


def every_key() -> list[Key]:
    """Every definition with each of its milestones, but for those of single documents."""
    definitions = all_definitions().values()
    return [(one.id, milestone) for one in definitions if is_kept_ready(one) for milestone in one.milestones or ("",)]


def is_kept_ready(definition: Definition) -> bool:
    """Whether its sums over places are kept: not those of one document, a date or a share."""
    return bool({"nation", "zone", "association"}.intersection(definition.scopes)) and definition.unit.key not in (
        "day",
        "percent",
    )


def _kept(keys: list[Key], *, samples: bool, only: Mapping[Key, Collection[int]]) -> dict[Key, ByYear]:
    right = {
        key: {year: pk for year, pk in by_year.items() if key not in only or year in only[key]}
        for key, by_year in _right(keys, samples=samples).items()
    }
    rows = Rollup.objects.filter(pk__in=[pk for by_year in right.values() for pk in by_year.values()])
    cells = dict(rows.values_list("pk", "cells"))
    return {key: {year: _read(cells[pk]) for year, pk in by_year.items()} for key, by_year in right.items()}


def _right(keys: list[Key], *, samples: bool) -> dict[Key, dict[int, int]]:
    """Of the keys whose sums are kept and right, the rows that hold them: year → row."""
    day = today()
    rows = Rollup.objects.filter(figure__in={figure for figure, _ in keys}, samples=samples, as_of=day)
    columns = ("id", "figure", "milestone", "definition_version", "year")
    held = list(rows.values_list(*columns))
    fresh, years = _fresh([row[0] for row in held]), set(last_years(day))
    found: dict[Key, dict[int, int]] = {}
    for pk, figure, milestone, version, year in held:
        if pk in fresh and version == all_definitions()[figure].version:
            found.setdefault((figure, milestone), {})[year] = pk
    return {key: found[key] for key in keys if years <= found.get(key, {}).keys()}


def _fresh(ids: list[int]) -> set[int]:
    with connection.cursor() as cursor:
        cursor.execute(FRESH, [ids])
        return {pk for (pk,) in cursor.fetchall()}


def _made(keys: list[Key], *, samples: bool) -> dict[Key, dict[int, Sums]]:
    """From the rows, and kept. The snapshot is taken first: what changes while they are read makes the sums wrong."""
    if not keys:
        return {}
    snapshot = _snapshot()
    at = reading(as_of=today(), samples=samples)
    found = {}
    for figure, milestone in keys:
        definition = all_definitions()[figure]
        found[figure, milestone] = sums_of(definition, definition.facts(at, milestone), as_of=at.as_of)
        _keep(definition, milestone, found[figure, milestone], at=at, snapshot=snapshot)
    return found


def _snapshot() -> str:
    with connection.cursor() as cursor:
        cursor.execute(SNAPSHOT)
        return str(cursor.fetchone()[0])


@transaction.atomic
def _keep(definition: Definition, milestone: str, by_year: dict[int, Sums], *, at: Reading, snapshot: str) -> None:
    sources, deals = sorted({*definition.sources, *GEOGRAPHY}), definition.deals(at)
    rows = [
        Rollup(
            figure=definition.id, definition_version=definition.version, milestone=milestone, samples=at.samples,
            as_of=at.as_of, year=year, sources=sources, snapshot=snapshot, cells=_written(sums.year),
            months=_months_written(sums.months), pairs=packed(deals[year]) if year in deals else b"",
        )
        for year, sums in sorted(by_year.items())
    ]  # fmt: skip
    changed = ["definition_version", "as_of", "sources", "snapshot", "cells", "months", "pairs", "computed_at"]
    same = ["figure", "milestone", "samples", "year"]
    Rollup.objects.bulk_create(rows, update_conflicts=True, update_fields=changed, unique_fields=same)


def _written(cells: Cells) -> dict[str, Any]:
    return {place: [f"{cell.amount:f}", cell.number] for place, cell in cells.items()}


def _months_written(months: dict[int, Cells]) -> dict[str, dict[int, Any]]:
    """By place, so that those of one place are read alone."""
    found: dict[str, dict[int, Any]] = {}
    for month, cells in months.items():
        for place, cell in cells.items():
            found.setdefault(place, {})[month] = [f"{cell.amount:f}", cell.number]
    return found


def _read(cells: dict[str, Any]) -> Cells:
    return {place: Cell(Decimal(amount), count) for place, (amount, count) in cells.items()}
