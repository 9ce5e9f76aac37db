"""Where the ends of flows lie, for the arcs a dashboard draws of its matrix: on the plane of the resource map."""

from collections.abc import Iterable
from dataclasses import dataclass

from portal.projection import project
from zones.models import Region, Zone


@dataclass(frozen=True, slots=True)
class FlowPlaces:
    """Of each place by its code the name, and km east and north in the plane."""

    names: dict[str, str]
    spots: dict[str, str]


def zone_places(zones: Iterable[Zone]) -> FlowPlaces:
    rows = {f"zone:{row.slug}": row for row in zones}
    return _places(rows)


def region_places() -> FlowPlaces:
    return _places({f"region:{row.code}": row for row in Region.objects.all()})


def around(zones: Iterable[Zone]) -> str:
    """All zones as quiet points, which show where in the country one looks: no boundary is drawn."""
    return " ".join(_spot(row) for row in zones)


def _places(rows: "dict[str, Zone] | dict[str, Region]") -> FlowPlaces:
    return FlowPlaces({code: str(row) for code, row in rows.items()}, {code: _spot(row) for code, row in rows.items()})


def _spot(row: Zone | Region) -> str:
    x, y = project(float(row.longitude), float(row.latitude))
    return f"{x:.0f},{y:.0f}"
