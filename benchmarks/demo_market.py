"""The demo's files as engine facts: what the snapshot reads from the database, read here from ``data/`` so that no
database is needed."""

import csv
import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, Final

from matching.engine.records import CodeTree, Geography, NeedFacts, Quantity, ResourceFacts

ROOT: Final = Path(__file__).resolve().parents[1]
REFERENCE: Final = ROOT / "data" / "reference"
DEMO: Final = ROOT / "data" / "demo"
CODE_TABLES: Final = ("industries.csv", "disciplines.csv", "equipment_classes.csv")
CROSSWALK_WEIGHT: Final = 0.8
CALENDAR_DAYS_PER_WORKING_DAY: Final = 1.4
YUAN_PER_WAN: Final = 10_000
NEED_TEXTS: Final = ("summary_zh", "background_zh", "problem_zh", "content_zh")
RESOURCE_TEXTS: Final = ("description_zh", "description_en")
DEFAULT_CAPACITY: Final = 3

Row = dict[str, Any]


@dataclass(frozen=True)
class Reference:
    """Zones, memberships and codes of the reference tables; ids are positions in the tables."""

    zones: Mapping[str, int]
    provinces: Mapping[str, str]
    associations: Mapping[str, int]
    members: Mapping[str, frozenset[str]]
    geography: Geography
    codes: CodeTree


@dataclass
class DemoMarket:
    """Facts of a folder of demo files, with what its needs expect; ids of files and of facts translate both ways."""

    resources: list[ResourceFacts] = field(default_factory=list)
    needs: list[NeedFacts] = field(default_factory=list)
    names: dict[int, str] = field(default_factory=dict)
    expected: dict[int, set[int]] = field(default_factory=dict)
    decoys: dict[int, set[int]] = field(default_factory=dict)
    need_names: dict[int, str] = field(default_factory=dict)


def load_reference(folder: Path = REFERENCE) -> Reference:
    """Read zones, associations, region groups and code trees."""
    zone_rows, association_rows = _table(folder / "zones.csv"), _table(folder / "associations.csv")
    zones = {row["slug"]: number for number, row in enumerate(zone_rows, start=1)}
    provinces = {row["slug"]: row["gb2260"] for row in zone_rows}
    members: defaultdict[str, set[str]] = defaultdict(set)
    for row in _table(folder / "memberships.csv"):
        members[row["association_id"]].add(row["zone_id"])
    kinds = {row["slug"]: row["type"] for row in association_rows}
    ids = {slug: [zones[zone] for zone in sorted(group) if zone in zones] for slug, group in members.items()}
    geography = Geography.of(
        zones.values(),
        networks=[group for slug, group in ids.items() if kinds[slug] == "network"],
        alliances=[group for slug, group in ids.items() if kinds[slug] != "network"],
        region_groups=[
            _zones_of_group(row["members_gb2260"], zones, provinces) for row in _table(folder / "region_groups.csv")
        ],
    )
    associations = {row["slug"]: number for number, row in enumerate(association_rows, start=1)}
    frozen = {slug: frozenset(group) for slug, group in members.items()}
    return Reference(zones, provinces, associations, frozen, geography, load_codes(folder))


def load_parents(folder: Path = REFERENCE) -> dict[str, str]:
    """Read each code's parent."""
    return {row["code"]: row["parent"] for name in CODE_TABLES for row in _table(folder / name)}


def load_codes(folder: Path = REFERENCE) -> CodeTree:
    """Read the three code trees and the crosswalk between industry schemes."""
    rows = [row for name in CODE_TABLES for row in _table(folder / name)]
    crosswalk = [
        (row["code"], other.strip(), CROSSWALK_WEIGHT)
        for row in rows
        for other in (row.get("maps_to") or "").split(";")
    ]
    return CodeTree.of(load_parents(folder), crosswalk)


def load_market(reference: Reference, resources: Iterable[Path], needs: Iterable[Path]) -> DemoMarket:
    """Read demo files; a need's expectation of a resource that is not among the files is left out."""
    market = DemoMarket()
    organizations: defaultdict[str, int] = defaultdict(lambda: len(organizations) + 1)
    for number, row in enumerate(_lines(resources), start=1):
        market.resources.append(resource_facts(row, number, reference, organizations))
        market.names[number] = row["id"]
    ids = {name: number for number, name in market.names.items()}
    for number, row in enumerate(_lines(needs), start=1):
        market.needs.append(need_facts(row, number, reference, organizations))
        market.need_names[number] = row["id"]
        market.expected[number] = {ids[name] for name in row.get("expected_best", ()) if name in ids}
        market.decoys[number] = {ids[decoy["id"]] for decoy in row.get("decoys", ()) if decoy["id"] in ids}
    return market


def load_demo(reference: Reference, folder: Path = DEMO) -> DemoMarket:
    """Read all needs and resources of the demo."""
    return load_market(
        reference, sorted((folder / "resources").glob("*.jsonl")), sorted((folder / "needs").glob("*.jsonl"))
    )


def resource_facts(row: Row, number: int, reference: Reference, organizations: defaultdict[str, int]) -> ResourceFacts:
    """Return the facts of one line of a resource file."""
    slug, organization = row["zone_slug"], organizations[row["organization_zh"]]
    items = row.get("items", [])
    equipment = [row.get("equipment_class"), *(item.get("equipment_class") for item in items)]
    lead = row.get("lead_time_working_days")
    capacity = row.get("capacity")
    return ResourceFacts(
        id=number, zone=reference.zones[slug], region=reference.provinces[slug], organization=organization,
        legal_group=organization,
        kind=row["kind"], title=_joined(row, ("name_zh", "name_en"), " "), keywords=tuple(row.get("keywords_zh", ())),
        text=_joined(row, RESOURCE_TEXTS),
        items=tuple(f"{item['name_zh']} {item.get('model', '')}".strip() for item in items),
        industry_codes=tuple(row.get("industry_codes", ())), discipline_codes=tuple(row.get("discipline_codes", ())),
        equipment_codes=tuple(dict.fromkeys(code for code in equipment if code)),
        modes=tuple(row.get("cooperation_modes", ())),
        trl=row.get("trl"), capacity=DEFAULT_CAPACITY if capacity is None else capacity,
        quantities=tuple(capability(entry) for entry in row.get("capabilities", ())),
        lead_time_days=round(lead * CALENDAR_DAYS_PER_WORKING_DAY) if lead else None,
        see_scopes=_see_scopes(row, reference), use_scopes=_use_scopes(row, reference),
        confirmed_day=_day(row.get("confirmed_on")),
    )  # fmt: skip


def need_facts(row: Row, number: int, reference: Reference, organizations: defaultdict[str, int]) -> NeedFacts:
    """Return the facts of one line of a need file."""
    slug, organization = row["zone_slug"], organizations[row["organization_zh"]]
    budget = row.get("budget_wan") or {}
    return NeedFacts(
        id=number, zone=reference.zones[slug], region=reference.provinces[slug], organization=organization,
        legal_group=organization,
        kind=row["kind"], title=_joined(row, ("title_zh", "title_en"), " "), keywords=(*row.get("keywords_zh", ()),
        *row.get("keywords_en", ())),
        text=_joined(row, NEED_TEXTS), content=row.get("content_zh") or row.get("summary_zh", ""),
        industry_codes=tuple(row.get("industry_codes", ())),
        discipline_codes=tuple(row.get("discipline_codes", ())), equipment_codes=tuple(row.get("equipment_classes",
        ())),
        modes=tuple(row.get("cooperation_modes", ())), trl_have=row.get("trl_have"), trl_need=row.get("trl_need"),
        budget_min=_yuan(budget.get("min")), budget_max=_yuan(budget.get("max")),
        deadline_day=_day(row.get("deadline")),
        duration_months=row.get("duration_months"), quantities=tuple(metric(entry) for entry in row.get("metrics", ())),
        scopes=("public", "national", f"zone:{reference.zones[slug]}", *_association_scopes(slug, reference)),
        excluded_organizations=tuple(organizations[name] for name in row.get("excluded_organizations", ())),
    )  # fmt: skip


def metric(entry: Row) -> Quantity:
    """Return a metric of a need."""
    value, operator = entry["value"], entry["op"]
    return Quantity(
        key=entry["key"], name=entry["name_zh"], unit=entry["unit"], op=operator, is_must=entry["priority"] == "must",
        low=float(value) if operator in (">=", "=") else None, high=float(value) if operator in ("<=", "=") else None,
        truth=value if operator == "bool" else None, choices=tuple(value) if operator == "includes" else (),
    )  # fmt: skip


def capability(entry: Row) -> Quantity:
    """Return a capability of a resource; one that is named without a value is not known."""
    value = entry.get("value")
    low, high = (value, value) if value is not None else (entry.get("min"), entry.get("max"))
    stated = [entry.get("bool"), low, high, entry.get("set")]
    return Quantity(
        key=entry["key"], name=entry["name_zh"], unit=entry["unit"], truth=entry.get("bool"),
        choices=tuple(entry.get("set") or ()),
        low=None if low is None else float(low), high=None if high is None else float(high),
        is_known=any(part is not None for part in stated),
    )  # fmt: skip


def _see_scopes(row: Row, reference: Reference) -> tuple[str, ...]:
    zone = f"zone:{reference.zones[row['zone_slug']]}"
    wide = {
        "public": ("public", "national"),
        "national": ("national",),
        "association": _association_scopes(row["zone_slug"], reference),
    }
    return (*wide.get(row["visibility"], ()), zone)


def _use_scopes(row: Row, reference: Reference) -> tuple[str, ...]:
    zone = f"zone:{reference.zones[row['zone_slug']]}"
    named = row.get("sharing_scope") or ["national"]
    return (
        zone,
        *(
            f"association:{reference.associations[name]}" if name in reference.associations else name
            for name in named
            if name != "zone"
        ),
    )


def _association_scopes(slug: str, reference: Reference) -> tuple[str, ...]:
    return tuple(
        f"association:{reference.associations[name]}"
        for name, zones in sorted(reference.members.items())
        if slug in zones
    )


def _zones_of_group(members: str, zones: Mapping[str, int], provinces: Mapping[str, str]) -> list[int]:
    """A region group lists provinces (xx0000) and cities (xxxx00)."""
    prefixes = tuple(code[:2] if code.endswith("0000") else code[:4] for code in members.split(";"))
    return [number for slug, number in zones.items() if provinces[slug].startswith(prefixes)]


def _joined(row: Row, names: Iterable[str], separator: str = "\n") -> str:
    return separator.join(filter(None, (row.get(name) for name in names)))


def _yuan(wan: float | None) -> float | None:
    return None if wan is None else wan * YUAN_PER_WAN


def _day(text: str | None) -> int | None:
    return date.fromisoformat(text).toordinal() if text else None


def _table(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as lines:
        return list(csv.DictReader(lines))


def _lines(paths: Iterable[Path]) -> list[Row]:
    return [
        json.loads(line) for path in paths for line in path.read_text(encoding="utf-8").splitlines() if line.strip()
    ]
