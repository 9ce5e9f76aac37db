"""Lists for owners to confirm: what they have on offer, with the day it was last confirmed for them to renew.

A list comes back by the import: it holds what tells a record, its version, and the one column to fill.
"""

import io
from collections.abc import Iterator
from typing import Any

import openpyxl
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from zones.choices import ResourceKind
from zones.exporting.tables import neutral
from zones.importing.kinds import KINDS
from zones.models import Organization, Resource
from zones.scoping import Principal

COLUMNS = ("external_id", "name_zh", "organization__name_zh", "version", "confirmed_on")
WIDTHS = (18, 40, 30, 8, 14, 40)


def to_confirm(principal: Principal, rows: "QuerySet[Resource]") -> bytes:
    """One sheet per kind. Rows are the principal's own: numbers of their systems are theirs to read."""
    owned = rows.filter(organization__in=Organization.objects.visible_to(principal).values("pk"))
    book = openpyxl.Workbook(write_only=True)
    for kind in ResourceKind:
        listed = owned.filter(kind=kind).order_by("organization__pinyin_key", "name_zh")
        if found := list(listed.values_list(*COLUMNS)):
            _fill(book.create_sheet(str(kind.label)), found)
    if not book.worksheets:
        _fill(book.create_sheet(), [])
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def _fill(sheet: Any, rows: list[tuple[Any, ...]]) -> None:
    for letter, width in zip("ABCDEF", WIDTHS, strict=True):
        sheet.column_dimensions[letter].width = width
    sheet.append(list(_titles()))
    for row in rows:
        sheet.append([neutral(cell) for cell in row])


def _titles() -> Iterator[str]:
    """The titles the import knows, and a column for remarks that it passes over."""
    kind = KINDS[ResourceKind.EQUIPMENT]
    for name in ("external_id", "name_zh", "organization", "version", "confirmed_on"):
        yield kind.title(kind.fields[name])
    yield _("备注（如已停用请注明）")
