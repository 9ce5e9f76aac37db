"""Formats resources can leave in, by name."""

from collections.abc import Callable, Iterable
from typing import NamedTuple

from django.db.models import QuerySet
from django.utils import translation
from django.utils.translation import gettext as _

from zones.choices import ResourceKind
from zones.errors import InvalidInput
from zones.exporting.documents import to_json_ld, to_nrii
from zones.exporting.records import Exported, export_records
from zones.exporting.tables import UNIQUIP_TYPES, to_csv, to_uniquip, to_xlsx
from zones.importing.kinds import KINDS
from zones.models import Resource, Zone
from zones.scoping import Principal

Writer = Callable[[Iterable[Exported], str], bytes]
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class Format(NamedTuple):
    """What writes it, the kinds it can say, what people call it, and how its files are named and served."""

    write: Writer
    kinds: frozenset[str]
    title: str
    suffix: str
    media_type: str


FORMATS: dict[str, Format] = {
    "xlsx": Format(to_xlsx, frozenset(KINDS), "XLSX", "xlsx", XLSX),
    "csv": Format(to_csv, frozenset(KINDS), "CSV", "csv", "text/csv; charset=utf-8"),
    "uniquip": Format(to_uniquip, frozenset(UNIQUIP_TYPES), "UNIQUIP CSV", "uniquip.csv", "text/csv; charset=utf-8"),
    "nrii": Format(to_nrii, frozenset({ResourceKind.EQUIPMENT}), "NRII JSON", "nrii.json", "application/json"),
    "jsonld": Format(to_json_ld, frozenset(KINDS), "schema.org JSON-LD", "jsonld", "application/ld+json"),
}


def export(principal: Principal, *, zone: Zone, kind: str, name: str, language: str = "") -> bytes:
    """What the principal may see of a zone's resources, as a file in a language, the active one unless told. Raises
    InvalidInput for a kind it cannot say.
    """
    rows = Resource.objects.visible_to(principal).filter(zone=zone)
    with translation.override(language or translation.get_language()):
        return export_rows(principal, rows, kind=kind, name=name)


def export_rows(principal: Principal, rows: "QuerySet[Resource]", *, kind: str, name: str) -> bytes:
    """Those of some rows that are of a kind, as a file in the active language; `rows` were asked for by `.visible_to`.
    Raises InvalidInput for a kind the format cannot say.
    """
    if kind not in FORMATS[name].kinds:
        message = _("格式 %(format)s 不能表达此类资源：请改用 xlsx 或 csv。")
        raise InvalidInput.single("format", message % {"format": name})
    return FORMATS[name].write(export_records(principal, rows, kind=kind), kind)
