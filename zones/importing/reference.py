"""Reference facts from `data/reference`: places, associations, organizations and code tables. A re-run changes
nothing.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any
from uuid import uuid4

from django.core.exceptions import ValidationError
from django.db import models, transaction

from ledger.events import record_event
from ledger.history import event_model
from zones.choices import AssociationKind, DatePrecision, MemberRole, OrganizationKind, ZoneLevelKind
from zones.errors import InvalidInput
from zones.importing.tables import read_csv
from zones.models import (
    Association,
    Code,
    Crosswalk,
    Membership,
    Organization,
    Region,
    RegionGroup,
    SpecialDay,
    Zone,
    ZoneLevel,
)
from zones.services.organizations import clean_credit_code, pinyin_key

Row = dict[str, str]
Values = dict[str, Any]

LEVELS = {
    "national": ZoneLevelKind.NATIONAL,
    "provincial": ZoneLevelKind.PROVINCIAL,
    "national economic zone": ZoneLevelKind.NATIONAL_ECONOMIC,
}
LEAD_ROLES = frozenset({"founder", "host", "lead"})
ORGANIZATION_KINDS = {
    "university": OrganizationKind.UNIVERSITY,
    "institute": OrganizationKind.INSTITUTE,
    "company R&D": OrganizationKind.ENTERPRISE,
    "public platform": OrganizationKind.SERVICE,
    "national key lab": OrganizationKind.LABORATORY,
}
CODE_FILES = {
    "industry": "industries.csv",
    "discipline": "disciplines.csv",
    "equipment": "equipment_classes.csv",
    "sector": "gb4754_divisions.csv",
    "contract_type": "contract_types.csv",
    "mode": "cooperation_modes.csv",
    "trl": "trl.csv",
}
KNOWN_CODE_COLUMNS = frozenset({"code", "parent", "level", "zh", "en", "scheme", "confidence", "maps_to"})


@dataclass(slots=True)
class Tally:
    """How many rows of a table were new, changed and unchanged; `kept` names those that a person has edited, which
    the files do not overwrite.
    """

    table: str
    added: int = 0
    changed: int = 0
    unchanged: int = 0
    kept: list[str] = field(default_factory=list)


@transaction.atomic
def load_reference(folder: Path) -> list[Tally]:
    """Bring the tables to what the files say; rows that are not in the files, or that people have edited, stay."""
    steps: tuple[Callable[[Path], Tally], ...] = (
        _regions, _region_groups, _codes, _crosswalks, _zones, _levels, _associations, _memberships, _organizations,
        _special_days,
    )  # fmt: skip
    return [step(folder) for step in steps]


def _regions(folder: Path) -> Tally:
    rows = read_csv(folder / "regions.csv", columns=frozenset({"gb2260", "name_zh"}))
    return _upsert(Region, ("code",), [_region(row) for row in rows])


def _region(row: Row) -> Values:
    return {
        "code": row["gb2260"],
        "name_zh": row["name_zh"],
        "name_en": row["name_en"],
        "short_zh": row["abbr_zh"],
        "kind": row["kind"],
        "region4_zh": row["region4_zh"],
        "region7_zh": row["region7_zh"],
        "latitude": row["centroid_lat"],
        "longitude": row["centroid_lon"],
    }


def _region_groups(folder: Path) -> Tally:
    rows = read_csv(folder / "region_groups.csv", columns=frozenset({"group_id", "members_gb2260"}))
    return _upsert(
        RegionGroup,
        ("slug",),
        [
            {
                "slug": row["group_id"],
                "name_zh": row["name_zh"],
                "name_en": row["name_en"],
                "member_codes": _split(row["members_gb2260"]),
                "notes": row["notes"],
            }
            for row in rows
        ],
    )


def _codes(folder: Path) -> Tally:
    rows = [_code(scheme, row) for scheme, name in CODE_FILES.items() for row in read_csv(folder / name)]
    return _upsert(Code, ("scheme", "code"), rows)


def _code(scheme: str, row: Row) -> Values:
    return {
        "scheme": scheme,
        "code": row["level"] if scheme == "trl" else row["code"],
        "parent_code": row.get("parent", ""),
        "level": 1 if scheme == "trl" else int(row.get("level") or (2 if row.get("parent") else 1)),
        "name_zh": row["zh"],
        "name_en": row["en"],
        "family": row.get("scheme", ""),
        "confidence": row.get("confidence", ""),
        "extra": {key: value for key, value in row.items() if key not in KNOWN_CODE_COLUMNS and value},
    }


def _crosswalks(folder: Path) -> Tally:
    edited = _edited_by_people(Code)
    kept = set(Code.objects.filter(pk__in=edited, scheme="industry").values_list("code", flat=True))
    rows = [row for row in read_csv(folder / "industries.csv") if row["maps_to"] and row["code"] not in kept]
    pairs = [(row["code"], target) for row in rows for target in _split(row["maps_to"])]
    origin = "data/reference/industries.csv"
    return _upsert(
        Crosswalk,
        ("scheme", "source", "target"),
        [
            {"scheme": "industry", "source": source, "target": target, "weight": 0.5, "origin": origin}
            for source, target in pairs
        ],
    )


def _zones(folder: Path) -> Tally:
    regions = dict(Region.objects.values_list("code", "pk"))
    return _upsert(
        Zone, ("slug",), [_zone(row, regions) for row in read_csv(folder / "zones.csv", columns=frozenset({"slug"}))]
    )


def _zone(row: Row, regions: Mapping[str, int]) -> Values:
    return {
        "slug": row["slug"],
        "name_zh": row["name_zh"],
        "name_en": row["name_en"],
        "short_zh": row["short_zh"],
        "pinyin_key": pinyin_key(row["short_zh"]),
        "region_id": regions[row["province_code"]],
        "city": row["city"],
        "district": row["district"],
        "division_code": row["gb2260"],
        "latitude": row["latitude"],
        "longitude": row["longitude"],
        "website": row["website"],
        "aliases": _split(row["aliases_zh"]),
        "confidence": row["confidence"],
        "notes": row["notes"],
    }


def _levels(folder: Path) -> Tally:
    """Year-precise levels of `zones.csv`; `zone_levels.csv` overrides them where the day and the decree are known."""
    known = {row["slug"]: row for row in read_csv(folder / "zone_levels.csv")}
    zones = dict(Zone.objects.values_list("slug", "pk"))
    rows = [_level(row, known.get(row["slug"])) for row in read_csv(folder / "zones.csv")]
    return _upsert(ZoneLevel, ("zone_id", "level"), [{"zone_id": zones[slug], **values} for slug, values in rows])


def _level(row: Row, known: Row | None) -> tuple[str, Values]:
    if known is not None:
        values = {
            "level": known["level"],
            "valid_from": date.fromisoformat(known["valid_from"]),
            "precision": known["precision"],
            "source": known["source"],
        }
        return row["slug"], values
    year = row["approved_year"]
    return row["slug"], {
        "level": LEVELS[row["level"]],
        "valid_from": date(int(year), 1, 1) if year else None,
        "precision": DatePrecision.YEAR if year else DatePrecision.UNKNOWN,
        "source": "data/reference/zones.csv",
    }


def _associations(folder: Path) -> Tally:
    zones = dict(Zone.objects.values_list("slug", "pk"))
    return _upsert(Association, ("slug",), [_association(row, zones) for row in read_csv(folder / "associations.csv")])


def _association(row: Row, zones: Mapping[str, int]) -> Values:
    precision = (row["founded_precision"].split() or ["unknown"])[0]
    return {
        "slug": row["slug"],
        "kind": AssociationKind.CORRIDOR if row["type"] == "initiative" else row["type"],
        "name_zh": row["name_zh"],
        "name_en": row["name_en"],
        "theme_zh": row["theme_zh"],
        "founded_on": _partial_date(row["founded_on"]),
        "founded_precision": precision,
        "place_zh": row["place_zh"],
        "host_id": zones.get(row["host_zone_id"]),
        "members_stated": int(row["members_stated"]) if row["members_stated"] else None,
        "confidence": row["confidence"],
        "notes": row["notes"],
    }


def _memberships(folder: Path) -> Tally:
    zones = dict(Zone.objects.values_list("slug", "pk"))
    associations = {
        slug: (pk, founded) for slug, pk, founded in Association.objects.values_list("slug", "pk", "founded_on")
    }
    rows = []
    for row in read_csv(folder / "memberships.csv"):
        association, founded_on = associations[row["association_id"]]
        role = MemberRole.LEAD if row["role"] in LEAD_ROLES else MemberRole.MEMBER
        zone = zones[row["zone_id"]]
        rows.append(
            {
                "zone_id": zone,
                "association_id": association,
                "role": role,
                "joined_on": founded_on,
                "confidence": row["confidence"],
            }
        )
    return _upsert(Membership, ("zone_id", "association_id"), rows)


def _organizations(folder: Path) -> Tally:
    zones = dict(Zone.objects.values_list("slug", "pk"))
    regions = dict(Region.objects.values_list("name_zh", "pk"))
    return _upsert(
        Organization,
        ("name_zh",),
        [_organization(row, zones, regions) for row in read_csv(folder / "organizations.csv")],
    )


def _organization(row: Row, zones: Mapping[str, int], regions: Mapping[str, int]) -> Values:
    return {
        "name_zh": row["name_zh"],
        "name_en": row["name_en"],
        "pinyin_key": pinyin_key(row["name_zh"]),
        "kind": ORGANIZATION_KINDS[row["type"]],
        "credit_code": clean_credit_code(row["uscc"]),
        "zone_id": zones.get(row["zone_id"]),
        "region_id": regions.get(row["province"]),
        "city": row["city"],
        "industry_codes": _split(row["industry_codes"]),
        "discipline_codes": _split(row["discipline_codes"]),
        "website": row["website"],
        "confidence": row["confidence"],
    }


def _special_days(folder: Path) -> Tally:
    rows = read_csv(folder / "special_days.csv", columns=frozenset({"day", "is_working"}))
    names = ("name_zh", "name_en", "source")
    return _upsert(
        SpecialDay,
        ("day",),
        [
            {"day": date.fromisoformat(row["day"]), "is_working": row["is_working"] == "1"}
            | {name: row[name] for name in names}
            for row in rows
        ],
    )


def _upsert(model: type[models.Model], key: tuple[str, ...], rows: Iterable[Values]) -> Tally:
    tally = Tally(model._meta.label_lower)
    existing = {tuple(getattr(row, name) for name in key): row for row in model._default_manager.all()}
    edited = _edited_by_people(model)
    fresh: dict[tuple[Any, ...], models.Model] = {}
    for values in rows:
        identity = tuple(values[name] for name in key)
        row = existing.get(identity)
        if row is None:
            fresh.setdefault(identity, model(**values))
        elif row.pk in edited and _differs(row, values):
            tally.kept.append("/".join(map(str, identity)))
        elif _differs(row, values):
            row.save(update_fields=_assign(row, values))
            tally.changed += 1
        else:
            tally.unchanged += 1
    _check_fields(model, fresh)
    tally.added = len(model._default_manager.bulk_create(list(fresh.values())))
    if tally.added or tally.changed:
        counts = {"added": tally.added, "changed": tally.changed}
        record_event("reference.loaded", object_type=tally.table, public_id=uuid4(), payload=counts)
    return tally


def _edited_by_people(model: type[models.Model]) -> set[int]:
    """Keys of the rows whose last change, as the history tells, was made by a user."""
    events = event_model(model)
    if events is None:
        return set()
    newest = events.objects.order_by("pgh_obj_id", "-pgh_id").distinct("pgh_obj_id")
    told = newest.values_list("pgh_obj_id", "pgh_context__metadata")
    return {pk for pk, metadata in told if metadata and metadata.get("user")}


def _check_fields(model: type[models.Model], rows: Mapping[tuple[Any, ...], models.Model]) -> None:
    """Raises InvalidInput naming the table and the row; foreign keys were looked up by the caller."""
    relations = [field.name for field in model._meta.fields if field.is_relation]
    for identity, row in rows.items():
        try:
            row.clean_fields(exclude=relations)
        except ValidationError as error:
            place = f"{model._meta.verbose_name} {'/'.join(map(str, identity))}"
            raise InvalidInput(
                {f"{place}: {field}": messages for field, messages in error.message_dict.items()}
            ) from error


def _differs(row: models.Model, values: Values) -> bool:
    return any(_stored(row, name, value) != getattr(row, name) for name, value in values.items())


def _stored(row: models.Model, name: str, value: Any) -> Any:
    return value if name.endswith("_id") else _concrete(row, name).to_python(value)


def _concrete(row: models.Model, name: str) -> "models.Field[Any, Any]":
    return next(column for column in row._meta.concrete_fields if column.name == name)


def _assign(row: models.Model, values: Values) -> list[str]:
    for name, value in values.items():
        setattr(row, name, value)
    return [name.removesuffix("_id") for name in values]


def _split(text: str) -> list[str]:
    return [part.strip() for part in text.split(";") if part.strip()]


def _partial_date(text: str) -> date | None:
    """2025-08 → 2025-08-01, 2020 → 2020-01-01: the precision stands beside it."""
    if not text:
        return None
    year, month, day = (*map(int, text.split("-")), 1, 1)[:3]
    return date(year, month, day)
