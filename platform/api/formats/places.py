"""GeoJSON (RFC 7946): a feature per record, at its own place or else at its zone's; longitude comes first."""

from collections.abc import Collection, Iterable
from typing import Any, NamedTuple

from api.formats.base import DETAIL, LIST, Format, Row, as_json, rows_of
from zones.models import Zone

RECORD, ZONE = "record", "zone"


class Place(NamedTuple):
    """Where a record is, and whose place that is: its own, or its zone's."""

    longitude: float
    latitude: float
    located_by: str


class GeoJson(Format):
    """Features without a place have null geometry: the rows are those of JSON."""

    media_type = "application/geo+json"
    format = "geojson"
    charset = None
    actions = frozenset({LIST, DETAIL, "similar"})
    needs = frozenset({"public_id", "latitude", "longitude", "zone"})
    schema = {
        "type": "object",
        "required": ["type"],
        "properties": {"type": {"type": "string", "enum": ["FeatureCollection", "Feature"]}},
    }

    def write(self, data: Any, view: Any) -> bytes:
        rows = rows_of(data)
        places = _zone_places(rows if rows is not None else [data])
        told = frozenset(view.row_fields())
        features = [_feature(row, places, told) for row in (rows if rows is not None else [data])]
        return as_json({"type": "FeatureCollection", "features": features} if rows is not None else features[0])


def _feature(row: Row, zones: dict[str, Place], told: Collection[str]) -> Row:
    place = _place(row, zones)
    return {
        "type": "Feature",
        "id": row.get("public_id", row.get("id")),
        "geometry": {"type": "Point", "coordinates": [place.longitude, place.latitude]} if place else None,
        "properties": {name: value for name, value in row.items() if name in told}
        | {"located_by": place.located_by if place else None},
    }


def _place(row: Row, zones: dict[str, Place]) -> Place | None:
    """Of a search the place is told with the record; elsewhere it is the record's own, or that of its zone."""
    longitude, latitude = row.get("longitude"), row.get("latitude")
    if longitude is not None and latitude is not None:
        return Place(float(longitude), float(latitude), row.get("located_by", RECORD))
    return zones.get(row.get("zone") or "")


def _zone_places(rows: Iterable[Row]) -> dict[str, Place]:
    """Places of the zones that rows without a place of their own name; where a zone is, everybody may know."""
    wanted = {
        row["zone"] for row in rows if row.get("zone") and row.get("latitude") is None and "located_by" not in row
    }
    zones = Zone.objects.filter(public_id__in=wanted) if wanted else ()
    return {str(zone.public_id): Place(float(zone.longitude), float(zone.latitude), ZONE) for zone in zones}
