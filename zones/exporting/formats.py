"""Formats a zone's resources can leave in, by name."""

from collections.abc import Callable, Iterable

from django.utils import translation
from django.utils.translation import gettext as _

from zones.choices import ResourceKind
from zones.errors import InvalidInput
from zones.exporting.documents import to_json_ld, to_nrii
from zones.exporting.records import Exported, export_records
from zones.exporting.tables import UNIQUIP_TYPES, to_csv, to_uniquip, to_xlsx
from zones.importing.kinds import KINDS
from zones.models import Zone
from zones.scoping import Principal

Writer = Callable[[Iterable[Exported], str], bytes]
FORMATS: dict[str, tuple[Writer, frozenset[str]]] = {
    "xlsx": (to_xlsx, frozenset(KINDS)),
    "csv": (to_csv, frozenset(KINDS)),
    "uniquip": (to_uniquip, frozenset(UNIQUIP_TYPES)),
    "nrii": (to_nrii, frozenset({ResourceKind.EQUIPMENT})),
    "jsonld": (to_json_ld, frozenset(KINDS)),
}
"""name → what writes it, and the kinds it can say."""


def export(principal: Principal, *, zone: Zone, kind: str, name: str, language: str = "") -> bytes:
    """What the principal may see of a zone's resources, as a file in a language, the active one unless told. Raises
    InvalidInput for a kind it cannot say.
    """
    write, kinds = FORMATS[name]
    if kind not in kinds:
        message = _("格式 %(format)s 不能表达此类资源：请改用 xlsx 或 csv。")
        raise InvalidInput.single("format", message % {"format": name})
    with translation.override(language or translation.get_language()):
        return write(export_records(principal, zone=zone, kind=kind), kind)
