"""Rows of evidence as a page shows them: their names, and where each may be opened."""

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from typing import Any, Final, NamedTuple

from django.apps import apps
from django.urls import reverse
from django.utils.translation import gettext as _

from figures.evidence import EvidenceRow
from figures.units import Unit, value_en, value_zh
from zones.models.base import in_language
from zones.scoping import Principal


class ShownRow(NamedTuple):
    """One row: what it is, its name, its days, what it counts, and its page where it has one."""

    kind: str
    name: str
    on: date | None
    until: date | None
    amount: str
    url: str


def _zone(row: Any) -> str:
    return reverse("portal:zone", args=[row.zone.slug])


PUBLIC: Final[dict[str, Callable[[Any], str]]] = {
    "zones.catalogueitem": lambda row: reverse("portal:resource", args=[row.resource.public_id]),
    "zones.membership": _zone,
    "zones.zonelevel": _zone,
    "zones.association": lambda row: reverse("portal:association", args=[row.slug]),
    "matching.event": lambda row: reverse("portal:event", args=[row.public_id]),
}
"""Tables whose rows have a page for everybody who may see them."""
OWN: Final = {"matching.cooperation": "cooperation", "matching.techcontract": "contract"}
"""Those with one for the members of a party; staff open them in the back office."""


def shown_rows(rows: Iterable[EvidenceRow], unit: Unit, principal: Principal) -> Iterator[ShownRow]:
    for row in rows:
        kind = str(apps.get_model(row.table)._meta.verbose_name)
        yield ShownRow(kind, _name(row), row.on, row.until, _amount(row, unit), _url(row, principal))


def table_of(rows: Iterable[ShownRow]) -> Iterator[list[Any]]:
    """Headings, then a line for each row: for a file."""
    yield [_("类别"), _("名称"), _("日期"), _("截至"), _("计入")]
    for row in rows:
        yield [row.kind, row.name, row.on, row.until, row.amount]


def _name(row: EvidenceRow) -> str:
    """Of an entry of a catalogue what is listed: the page names the catalogue's zone already."""
    return str(row.row.resource) if row.table == "zones.catalogueitem" else row.name


def _amount(row: EvidenceRow, unit: Unit) -> str:
    """Of what is only counted nothing: each row is one. Empty where the reader is not told the sum."""
    if row.amount is None:
        return ""
    if row.amount == 1 and not unit.is_money:
        return "1"
    return in_language(value_zh(row.amount, unit), value_en(row.amount, unit))


def _url(row: EvidenceRow, principal: Principal) -> str:
    if row.table in PUBLIC:
        return PUBLIC[row.table](row.row)
    if row.table not in OWN:
        return ""
    if principal.has_back_office:
        return reverse(f"admin:{row.table.replace('.', '_')}_change", args=[row.row.pk])
    return reverse(f"portal:{OWN[row.table]}", args=[row.row.public_id]) if principal.organizations else ""
