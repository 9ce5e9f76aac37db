"""What a zone has already of needs, read once for a whole file: only what the principal may change in that one zone."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import QuerySet

from matching.importing.needs.columns import NEED, PLACED
from matching.importing.needs.metrics import value_of
from matching.models import Need, NeedMetric
from matching.services.intake import ENDED
from matching.services.leaks import Called, names_of, stated_in
from zones.importing.kinds import Values
from zones.importing.known import Existing, Known, plain, read_owners
from zones.models import Association, Organization, Zone
from zones.scoping import Principal, associations_of, today

STORED = tuple(name for name in NEED.fields if name not in PLACED)
METRIC = ("name_zh", "operator", "unit", "priority", "condition_zh")


@dataclass(slots=True)
class KnownNeeds(Known):
    """Needs of one zone by number and by (organization, title), with what rows name: associations and zones by any of
    their names, organizations by name, what they are called, and what was stated of texts.
    """

    states: dict[int, str] = field(default_factory=dict)
    associations: dict[str, Association] = field(default_factory=dict)
    zones: dict[str, Zone] = field(default_factory=dict)
    owners: dict[str, Organization] = field(default_factory=dict)
    called: Mapping[int, Called] = field(default_factory=dict)
    stated: Mapping[int, frozenset[str]] = field(default_factory=dict)

    def of(self, values: Values) -> Existing | None:
        """The need a row means: by its number, else by organization and title."""
        if found := self.by_id.get(values.get("external_id", "")):
            return found
        return self.by_name.get((values["organization"], values["title_zh"]))


def read_known_needs(principal: Principal, zone: Zone) -> KnownNeeds:
    known = KnownNeeds()
    rows = Need.objects.editable_by(principal).filter(zone=zone)
    known.states = dict(rows.values_list("pk", "state"))
    for existing in read_needs(principal, rows.order_by("pk")):
        if number := existing.values["external_id"]:
            known.by_id[number] = existing
        if known.states[existing.id] not in ENDED:
            known.by_name[existing.values["organization"], existing.values["title_zh"]] = existing
    read_owners(known, principal, zone)
    mine = Organization.objects.editable_by(principal).filter(zone=zone)
    known.owners = {row.name_zh: row for row in mine.order_by("-pk")}
    known.called = names_of([row.pk for row in known.owners.values()])
    known.stated = stated_in(rows)
    joined = Association.objects.filter(pk__in=associations_of(frozenset({zone.pk}), on=today()))
    known.associations = {_key(name): row for row in joined for name in (row.slug, row.name_en, row.name_zh)}
    others = Zone.objects.exclude(pk=zone.pk)
    known.zones = {_key(name): row for row in others for name in (row.slug, row.name_en, row.short_zh, row.name_zh)}
    return known


def read_needs(principal: Principal, rows: "QuerySet[Need]") -> list[Existing]:
    """Needs, in their order, as a file writes them; `rows` were asked for by one of the two doors."""
    metrics = _metrics(principal, rows.order_by())
    found = rows.values(
        "pk", "version", "organization__name_zh", "association__name_zh", "review_zone__name_zh", *STORED
    )
    return [_existing(row, metrics.get(row["pk"], [])) for row in found]


def named(rows: Mapping[str, Any], name: str) -> Any:
    """The record of a name, however it is written; None for a name nobody has."""
    return rows.get(_key(name))


def _key(name: str) -> str:
    return name.replace(" ", "").lower()


def _existing(row: Values, metrics: list[Values]) -> Existing:
    pk, version = row.pop("pk"), row.pop("version")
    values = {name: plain(value) for name, value in row.items()}
    for name in ("organization", "association", "review_zone"):
        values[name] = values.pop(f"{name}__name_zh") or ""
    return Existing(pk, version, is_retired=False, values=values | {"metrics": metrics})


def _metrics(principal: Principal, rows: "QuerySet[Need]") -> dict[int, list[Values]]:
    metrics: dict[int, list[Values]] = {}
    found = NeedMetric.objects.visible_to(principal).filter(need__in=rows).order_by("need", "position")
    for row in found.values("need_id", "low", "high", "truth", "choices", *METRIC):
        said = {name: row[name] for name in METRIC} | {"value": value_of(row)}
        metrics.setdefault(row["need_id"], []).append(said)
    return metrics
