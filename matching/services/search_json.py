"""A page of a search as plain values, for commands and serializers: public fields only."""

from dataclasses import asdict
from typing import Any

from django.utils.timezone import localtime

from zones.search.highlighting import Pieces
from zones.search.requests import ORGANIZATION, RESOURCE
from zones.search.results import Hit, SearchPage


def page_as_json(page: SearchPage) -> dict[str, Any]:
    """Everything a page tells; records by their public ids."""
    return {
        "total": page.total,
        "level": page.level,
        "page": page.request.page,
        "pages": page.pages,
        "sort": page.sort,
        "read_as": [{"typed": typed, "read": read} for typed, read in page.read_as],
        "is_cut": page.is_cut,
        "is_wordless": page.is_wordless,
        "hits": [hit_as_json(hit) for hit in page.hits],
        "facets": {name: [asdict(value) for value in values] for name, values in page.facets.items()},
        "help": asdict(page.help),
    }


def hit_as_json(hit: Hit) -> dict[str, Any]:
    """One record found, by its public id."""
    row: Any = hit.row
    place, located_by = _place(row)
    kind = row.kind if hit.subject == RESOURCE else f"{hit.subject}.{row.kind}"
    return {
        "subject": hit.subject,
        "id": str(row.public_id),
        "name": str(row),
        "kind": kind,
        "zone": row.zone.slug if row.zone else None,
        "score": hit.score,
        "title": _pieces(hit.title),
        "excerpt": _pieces(hit.excerpt),
        "matched": list(hit.matched),
        "missing": list(hit.missing),
        "distance_km": None if hit.distance_km is None else round(hit.distance_km, 1),
        "latitude": place and float(place.latitude),
        "longitude": place and float(place.longitude),
        "located_by": located_by,
        "updated_at": _moment(hit),
    }


def _place(row: Any) -> tuple[Any, str | None]:
    """What has the coordinates of a record, as distances are measured to it: itself, or its zone, or nothing."""
    if getattr(row, "latitude", None) is not None and row.longitude is not None:
        return row, "record"
    return (row.zone, "zone") if row.zone else (None, None)


def _moment(hit: Hit) -> str | None:
    """When it last changed; of organizations that is for their own side."""
    row: Any = hit.row
    return None if hit.subject == ORGANIZATION else localtime(row.updated_at).isoformat()


def _pieces(pieces: Pieces) -> list[dict[str, Any]]:
    return [{"text": piece.text, "is_hit": piece.is_hit} for piece in pieces]
