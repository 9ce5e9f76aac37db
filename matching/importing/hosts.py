"""Zones and associations that a cell names, each by what people call it; in brackets, what it is there."""

from collections.abc import Iterator
from typing import Any, Final

from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from matching.choices import OrganizerRole
from matching.importing.parties import WITH_BRACKETS
from zones.importing.kinds import Values
from zones.importing.rows import ReadRow
from zones.models import Association, Zone

ERRORS: Final[dict[str, Promise]] = {
    "not_of_a_host": _("本园区不是主办或协办方：请由主办方所在园区导入，或在“协办与支持”中写上本园区。"),
}


class NamedHosts:
    """Zones and associations by name, read once for a whole file: both are public."""

    def __init__(self) -> None:
        self._zones = {
            name: one.pk
            for one in Zone.objects.all()
            for name in (one.slug, one.short_zh, one.name_zh, one.name_en)
            if name
        }
        self._associations = {
            name: one.pk for one in Association.objects.all() for name in (one.slug, one.name_zh, one.name_en) if name
        }
        self._roles = dict(_role_names())

    def resolve(self, row: ReadRow, zone: Zone) -> None:
        """Names become keys, in the row itself; blames the cells."""
        if name := row.values.get("association"):
            row.values["association"] = self._associations.get(name)
            if row.values["association"] is None:
                row.blame("unknown_association_name", "association", text=name[:40])
        organizers = [self.named(row, text, "organizers") for text in row.values.get("organizers") or ()]
        if "organizers" in row.values:
            row.values["organizers"] = organizers
        helping = {one["zone"] for one in organizers if one["role"] == OrganizerRole.CO_HOST}
        if row.is_sound and row.values.get("association") and zone.pk not in helping:
            row.blame("not_of_a_host", "association")

    def keys_of(self, name: str) -> dict[str, int]:
        """The zone or the association of a name, by the column it goes into; nothing where there is none."""
        if name in self._zones:
            return {"zone": self._zones[name]}
        return {"association": self._associations[name]} if name in self._associations else {}

    def as_told(self, host: Values) -> Values:
        """A host on record as a cell names it today: one that was only named may be on the platform since."""
        keys = self.keys_of(host["name_zh"]) if host["name_zh"] else {}
        return host | keys | {"name_zh": ""} if keys else host

    def named(self, row: ReadRow, text: str, column: str) -> Values:
        """A zone, an association, or the name of somebody else, who is told."""
        found = WITH_BRACKETS.fullmatch(text)
        is_role = found is not None and found[2].strip() in self._roles
        name = found[1] if found and is_role else text
        role = self._roles[found[2].strip()] if found and is_role else OrganizerRole.CO_HOST.value
        host = self.keys_of(name)
        if not host:
            row.blame("named_only", column)
        return {"role": role, "zone": None, "association": None, "name_zh": "" if host else name} | host


def _role_names() -> Iterator[tuple[str, Any]]:
    for value, label in OrganizerRole.choices:
        yield value, value
        for language in ("zh-hans", "en"):
            with translation.override(language):
                yield str(label), value
                yield f"{label}单位", value
