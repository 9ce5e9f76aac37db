"""One record in a list: what is shown of it, read from public columns, with owners only where they may be seen."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from zones.models import Organization
from zones.models.base import in_language
from zones.scoping import Principal, today
from zones.search.highlighting import Piece, Pieces
from zones.search.requests import NEED, ORGANIZATION, RESOURCE
from zones.search.results import Hit
from zones.wording import amount_text

PAGES: Final = {RESOURCE: "portal:resource", ORGANIZATION: "portal:organization", NEED: "portal:need"}
EXCERPT_CHARACTERS: Final = 110
Owners = dict[int, Organization]


class Link(NamedTuple):
    """A name, and the page it leads to; empty where there is none."""

    name: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Card:
    """`matched` and `missing`: words of the question that the record answers to, or does not."""

    subject: str
    kind: str
    url: str
    title: Pieces
    excerpt: Pieces = ()
    owner: Link | None = None
    zone: Link | None = None
    facts: tuple[str, ...] = ()
    matched: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    is_sample: bool = False


def cards_of(principal: Principal, hits: Sequence[Hit]) -> list[Card]:
    """Return a card per record found."""
    owners = owners_of(principal, [hit.row for hit in hits if hit.subject == RESOURCE])
    return [_found(hit, owners) for hit in hits]


def plain_cards(principal: Principal, subject: str, rows: Sequence[Any]) -> list[Card]:
    """Return a card per row that was fetched for the reader."""
    return cards_of(principal, [Hit(subject, row, 0.0, (Piece(str(row), False),), ()) for row in rows])


def owners_of(principal: Principal, rows: Iterable[Any]) -> Owners:
    """The owners of resources, as far as the reader may see them, by key."""
    keys = {row.organization_id for row in rows}
    owners: Owners = Organization.objects.visible_to(principal).in_bulk(keys) if keys else {}
    return owners


def link_to_owner(row: Any, owners: Owners) -> Link | None:
    owner = owners.get(row.organization_id)
    return Link(str(owner), reverse("portal:organization", args=[owner.public_id])) if owner else None


def link_to_zone(row: Any) -> Link | None:
    return Link(str(row.zone), reverse("portal:zone", args=[row.zone.slug])) if row.zone else None


def freshness(confirmed_on: Any) -> str:
    """When somebody last said that this is so."""
    if confirmed_on is None:
        return _("尚未核实")
    days = max((today() - confirmed_on).days, 0)
    if days <= 30:
        return _("近期已核实")
    months = days // 30
    if months < 12:
        return ngettext("%(count)d 个月前核实", "%(count)d 个月前核实", months) % {"count": months}
    return _("%(day)s 核实") % {"day": confirmed_on.isoformat()}


def _found(hit: Hit, owners: Owners) -> Card:
    row: Any = hit.row
    away = () if hit.distance_km is None else (_("距离 %(km)s 公里") % {"km": round(hit.distance_km)},)
    return Card(
        subject=hit.subject,
        kind=row.get_kind_display(),
        url=reverse(PAGES[hit.subject], args=[row.public_id]),
        title=hit.title,
        excerpt=_excerpt(hit),
        owner=link_to_owner(row, owners) if hit.subject == RESOURCE else None,
        zone=link_to_zone(row),
        facts=(*away, *filter(None, _facts(hit.subject, row))),
        matched=hit.matched,
        missing=hit.missing,
        is_sample=row.is_sample,
    )


def _facts(subject: str, row: Any) -> list[str]:
    if subject == RESOURCE:
        level = _("就绪度 %(level)d 级") % {"level": row.trl} if row.trl else ""
        return [amount_text(row) or row.price_note, level, freshness(row.confirmed_on)]
    if subject == NEED and row.deadline:
        return [_("%(day)s 前完成") % {"day": row.deadline.isoformat()}]
    return []


def _excerpt(hit: Hit) -> Pieces:
    """Where its words stand; of a record whose words stand nowhere the beginning of what it says of itself."""
    row: Any = hit.row
    if any(piece.is_hit for piece in hit.excerpt):
        return hit.excerpt
    if hit.subject == ORGANIZATION:
        return ()
    text = row.summary_zh if hit.subject == NEED else in_language(row.description_zh, row.description_en)
    return (Piece(Truncator(text).chars(EXCERPT_CHARACTERS), False),) if text else ()
