"""Formats records can leave in, by name."""

from collections.abc import Callable, Iterable
from typing import Any, Final, NamedTuple

from django.db.models import QuerySet
from django.utils import translation
from django.utils.translation import gettext as _

from zones.choices import ImportKind, ResourceKind
from zones.errors import InvalidInput
from zones.exporting.documents import to_json_ld, to_nrii
from zones.exporting.records import Exported, export_records
from zones.exporting.tables import UNIQUIP_TYPES, to_csv, to_uniquip, to_xlsx
from zones.importing.importers import IMPORTERS
from zones.importing.kinds import IMPORTABLE, KINDS
from zones.models import Zone
from zones.scoping import Principal

Writer = Callable[[Iterable[Exported], str], bytes]
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


ONE_WAY: Final = frozenset(
    {
        ImportKind.COOPERATION,
        ImportKind.EVENT,
        ImportKind.CONTRACT,
        ImportKind.AGREEMENT,
        ImportKind.COMMITMENT_ACTUAL,
        ImportKind.MEMBERSHIP,
    }
)
"""What files bring in, and lists of the back office give out."""


class Format(NamedTuple):
    """What writes it, the kinds it can say (None: all there are), what people call it, and how its files are named and
    served.
    """

    write: Writer
    kinds: frozenset[str] | None
    title: str
    suffix: str
    media_type: str

    def can_say(self, kind: str) -> bool:
        return kind in IMPORTABLE and kind not in ONE_WAY if self.kinds is None else kind in self.kinds


FORMATS: dict[str, Format] = {
    "xlsx": Format(to_xlsx, None, "XLSX", "xlsx", XLSX),
    "csv": Format(to_csv, None, "CSV", "csv", "text/csv; charset=utf-8"),
    "uniquip": Format(to_uniquip, frozenset(UNIQUIP_TYPES), "UNIQUIP CSV", "uniquip.csv", "text/csv; charset=utf-8"),
    "nrii": Format(to_nrii, frozenset({ResourceKind.EQUIPMENT}), "NRII JSON", "nrii.json", "application/json"),
    "jsonld": Format(to_json_ld, frozenset(KINDS), "schema.org JSON-LD", "jsonld", "application/ld+json"),
}


def export(principal: Principal, *, zone: Zone, kind: str, name: str, language: str = "") -> bytes:
    """What the principal may see of a zone's records of a kind, as a file in a language, the active one unless told.
    Raises InvalidInput for a kind it cannot say.
    """
    _must_say(kind, name)
    rows = IMPORTERS[kind].model.objects.visible_to(principal).filter(zone=zone)
    with translation.override(language or translation.get_language()):
        return export_rows(principal, rows, kind=kind, name=name)


def export_rows(principal: Principal, rows: "QuerySet[Any]", *, kind: str, name: str) -> bytes:
    """Those of some rows that are of a kind, as a file in the active language; `rows` were asked for by `.visible_to`.
    Raises InvalidInput for a kind the format cannot say.
    """
    _must_say(kind, name)
    return FORMATS[name].write(export_records(principal, rows, kind=kind), kind)


def _must_say(kind: str, name: str) -> None:
    if kind in ONE_WAY:
        raise InvalidInput.single("kind", _("此类记录请在后台的列表页导出。"))
    if not FORMATS[name].can_say(kind):
        message = _("格式 %(format)s 不能表达此类资源：请改用 xlsx 或 csv。")
        raise InvalidInput.single("format", message % {"format": name})
