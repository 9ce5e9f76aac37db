"""The parties a cell names: organizations on record, or others with their region; in brackets what each is."""

import re
from collections.abc import Iterable, Iterator
from typing import Any, Final

from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from matching.choices import PartyRole
from zones.importing.kinds import Values
from zones.importing.mechanisms.names import COLUMNS_OF
from zones.importing.rows import ReadRow
from zones.models import Association, Organization, Region, Zone
from zones.scoping import Principal

ERRORS: Final[dict[str, Promise]] = {
    "party_needs_region": _("“%(text)s”不在平台上：请在名称后用括号写明省份，如“某银行（北京市，出资）”。"),
    "no_party_of_zone": _("合作方中没有本园区的单位：请由合作方所在园区导入，或核对单位名称。"),
    "unknown_association_name": _("没有名为“%(text)s”的联盟或网络：请核对名称。"),
}
WITH_BRACKETS: Final = re.compile(r"(.+?)\s*[（(]([^（()）]*)[)）]")
WORDS: Final = re.compile(r"[,，/\s]+")


class NamedParties:
    """What the cells of a file name, looked up once for all of them among what the principal may see."""

    def __init__(self, principal: Principal, rows: list[ReadRow]) -> None:
        self._roles = dict(_role_names())
        self._regions = {
            name: region.pk for region in Region.objects.all() for name in (region.code, region.short_zh, str(region))
        } | {region.name_zh: region.pk for region in Region.objects.all()}
        self._associations = {
            name: one.pk for one in Association.objects.all() for name in (one.slug, one.name_zh, one.name_en) if name
        }
        named = {name for row in rows for text in row.values.get("parties") or () for name in self._names(text)}
        self._owners: dict[str, set[int]] = {}
        self._zones: dict[int, int | None] = {}
        for column in COLUMNS_OF["organization"]:
            for owner in Organization.objects.visible_to(principal).filter(**{f"{column}__in": named}):
                self._owners.setdefault(getattr(owner, column), set()).add(owner.pk)
                self._zones[owner.pk] = owner.zone_id

    def resolve(self, row: ReadRow, zone: Zone) -> None:
        """Names become keys, in the row itself; blames the cells."""
        if "associations" in row.values:
            row.values["associations"] = list(self._linked(row, row.values["associations"] or ()))
        if not row.values.get("parties"):
            return
        parties = [self._party(row, text) for text in row.values["parties"]]
        row.values["parties"] = parties
        if row.is_sound and zone.pk not in {self._zones.get(party["organization"]) for party in parties}:
            row.blame("no_party_of_zone", "parties")

    def as_told(self, party: Values) -> Values:
        """A party on record as a cell names it today: one that was only named may be on the platform since."""
        owners = self._owners.get(party["name_zh"], set())
        return _on_record(next(iter(owners)), party["role"]) if len(owners) == 1 else party

    def _linked(self, row: ReadRow, texts: Iterable[str]) -> Iterator[int]:
        for text in texts:
            if text in self._associations:
                yield self._associations[text]
            else:
                row.blame("unknown_association_name", "associations", text=text[:40])

    def _party(self, row: ReadRow, text: str) -> Values:
        name, words = self._told(text)
        role = next((self._roles[word] for word in words if word in self._roles), PartyRole.MEMBER.value)
        region = next((self._regions[word] for word in words if word in self._regions), None)
        owners = self._owners.get(name, set())
        if len(owners) > 1:
            row.blame("many_names", "parties", text=name[:40])
        if len(owners) == 1:
            return _on_record(next(iter(owners)), role)
        if not owners and region is None:
            row.blame("party_needs_region", "parties", text=name[:40])
        elif not owners:
            row.blame("named_only", "parties")
        return {"organization": None, "name_zh": name, "region": region, "role": role}

    def _names(self, text: str) -> tuple[str, str]:
        return text, self._told(text)[0]

    def _told(self, text: str) -> tuple[str, list[str]]:
        """A name, and what brackets behind it say; brackets that say neither role nor region belong to the name."""
        found = WITH_BRACKETS.fullmatch(text)
        words = [word for word in WORDS.split(found[2]) if word] if found else []
        if found and words and all(word in self._roles or word in self._regions for word in words):
            return found[1], words
        return text, []


def _on_record(owner: int, role: str) -> Values:
    return {"organization": owner, "name_zh": "", "region": None, "role": role}


def _role_names() -> Iterator[tuple[str, Any]]:
    for value, label in PartyRole.choices:
        yield value, value
        for language in ("zh-hans", "en"):
            with translation.override(language):
                yield str(label), value
                yield str(label).removesuffix("单位"), value
