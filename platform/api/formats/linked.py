"""JSON-LD: the records in the words of schema.org. What others read as null is not said at all."""

from collections.abc import Callable, Iterable
from typing import Any, Final

from django.urls import reverse
from rest_framework.request import Request

from api.formats.base import DETAIL, LIST, Format, Row, as_json, model_of, rows_of
from matching.models import Need
from zones.choices import OrganizationKind, ResourceKind
from zones.exporting.documents import SCHEMA_TYPES
from zones.models import Association, Organization, Resource, Zone

CONTEXT: Final = "https://schema.org"
SCHEMES: Final = ("industry", "discipline", "equipment")
ORGANIZATION_TYPES: Final = {
    OrganizationKind.ENTERPRISE: "Corporation",
    OrganizationKind.UNIVERSITY: "CollegeOrUniversity",
    OrganizationKind.INSTITUTE: "ResearchOrganization",
    OrganizationKind.HOSPITAL: "Hospital",
    OrganizationKind.LABORATORY: "ResearchOrganization",
    OrganizationKind.GOVERNMENT: "GovernmentOrganization",
}
Address = Callable[[str, str | None], "Row | None"]


class JsonLd(Format):
    """A graph of the records of a page, or one of them, under the one context of schema.org."""

    media_type = "application/ld+json"
    format = "jsonld"
    charset = None
    actions = frozenset({LIST, DETAIL})
    needs = frozenset({"public_id", "kind"})
    schema = {"type": "object", "required": ["@context"], "properties": {"@context": {"type": "string"}}}

    def write(self, data: Any, view: Any) -> bytes:
        model = model_of(view)
        assert model is not None
        describe, refer = _DESCRIBE[model], _references(view.request)
        rows = rows_of(data)
        things = [
            _said({"@id": refer(view.basename, row["public_id"])["@id"]} | describe(row, refer))  # type: ignore[index]
            for row in (rows if rows is not None else [data])
        ]
        return as_json({"@context": CONTEXT} | ({"@graph": things} if rows is not None else things[0]))


def _references(request: Request) -> Address:
    """A record is named by its address here; None names nothing."""

    def refer(name: str, public_id: str | None) -> Row | None:
        if not public_id:
            return None
        return {"@id": request.build_absolute_uri(reverse(f"api:{name}-detail", args=[public_id]))}

    return refer


def _zone(row: Row, refer: Address) -> Row:
    return {
        "@type": "AdministrativeArea",
        "name": _names(row, "name"),
        "alternateName": [*_filled([row.get("short_zh")]), *(row.get("aliases") or ())],
        "identifier": row.get("slug"),
        "geo": _coordinates(row),
        "address": _postal(row),
        "url": row.get("website"),
        "additionalProperty": _property("level", row.get("level")),
    }


def _association(row: Row, refer: Address) -> Row:
    return {
        "@type": "Organization",
        "name": _names(row, "name"),
        "identifier": row.get("slug"),
        "description": row.get("theme_zh"),
        "foundingDate": row.get("founded_on"),
        "areaServed": [refer("zones", member["zone"]) for member in row.get("members") or ()],
    }


def _organization(row: Row, refer: Address) -> Row:
    return {
        "@type": ORGANIZATION_TYPES.get(row["kind"], "Organization"),
        "name": _names(row, "name"),
        "alternateName": [alias["name"] for alias in row.get("aliases") or ()],
        "taxID": row.get("credit_code"),
        "location": refer("zones", row.get("zone")),
        "address": _postal(row),
        "parentOrganization": refer("organizations", row.get("parent")),
        "knowsAbout": _terms(row),
        "url": row.get("website"),
    }


def _resource(row: Row, refer: Address) -> Row:
    """An offer, as files of resources say it too, of what its kind is."""
    thing = {
        "@type": SCHEMA_TYPES[ResourceKind(row["kind"])],
        "name": _names(row, "name"),
        "description": _filled([row.get("description_zh"), row.get("description_en")]),
        "keywords": row.get("keywords"),
    }
    return {
        "@type": "Offer",
        "itemOffered": _said(thing),
        "category": _terms(row),
        "offeredBy": refer("organizations", row.get("organization")),
        "areaServed": refer("zones", row.get("zone")),
        "availableAtOrFrom": _said({"@type": "Place", "geo": geo}) if (geo := _coordinates(row)) else None,
        "priceSpecification": _price(row),
    }


def _need(row: Row, refer: Address) -> Row:
    return {
        "@type": "Demand",
        "name": _names(row, "title"),
        "description": row.get("summary_zh"),
        "itemOffered": _said({"@type": "Service", "name": row.get("title_zh"), "keywords": row.get("keywords")}),
        "category": _terms(row),
        "areaServed": refer("zones", row.get("zone")),
        "validFrom": row.get("opened_at"),
        "validThrough": row.get("expires_on"),
        "priceSpecification": _budget(row),
    }


_DESCRIBE: Final[dict[Any, Callable[[Row, Address], Row]]] = {
    Zone: _zone,
    Association: _association,
    Organization: _organization,
    Resource: _resource,
    Need: _need,
}


def _names(row: Row, stem: str) -> list[str]:
    return _filled([row.get(f"{stem}_zh"), row.get(f"{stem}_en")])


def _filled(values: Iterable[str | None]) -> list[str]:
    return [value for value in values if value]


def _coordinates(row: Row) -> Row | None:
    latitude, longitude = row.get("latitude"), row.get("longitude")
    if latitude is None or longitude is None:
        return None
    return {"@type": "GeoCoordinates", "latitude": float(latitude), "longitude": float(longitude)}


def _postal(row: Row) -> Row | None:
    said = _said({"addressLocality": row.get("city"), "addressRegion": row.get("region")})
    return {"@type": "PostalAddress", "addressCountry": "CN", **said} if said else None


def _terms(row: Row) -> list[Row]:
    return [
        {"@type": "DefinedTerm", "inDefinedTermSet": f"urn:zonelink:{scheme}", "termCode": code}
        for scheme in SCHEMES
        for code in row.get(f"{scheme}_codes") or ()
    ]


def _property(name: str, value: Any) -> Row | None:
    return {"@type": "PropertyValue", "propertyID": name, "value": value} if value else None


def _price(row: Row) -> Row | None:
    """A fixed price, or one from … to …, in yuan per unit."""
    if row.get("price_from") is None:
        return None
    said = {"minPrice": row["price_from"], "maxPrice": row.get("price_to"), "unitText": row.get("price_unit")}
    return {"@type": "UnitPriceSpecification", "priceCurrency": "CNY", **_said(said)}


def _budget(row: Row) -> Row | None:
    """What it may cost, for those who read it."""
    said = _said({"minPrice": row.get("budget_min"), "maxPrice": row.get("budget_max")})
    return {"@type": "PriceSpecification", "priceCurrency": "CNY", **said} if said else None


def _said(values: Row) -> Row:
    return {key: value for key, value in values.items() if value not in (None, "", [], {})}
