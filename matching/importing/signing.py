"""Who signs an agreement and what each promises, as cells say it: 甲方：联合举办对接会 4 场（2026-12-31）."""

import re
from collections.abc import Sequence
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from matching.importing.hosts import NamedHosts
from zones.importing import cells
from zones.importing.cells import About, Cell, Reader, Unreadable
from zones.importing.kinds import Values
from zones.importing.mechanisms.names import COLUMNS_OF
from zones.importing.rows import ReadRow
from zones.models import Organization
from zones.scoping import Principal

ERRORS: Final[dict[str, Promise]] = {
    "not_a_promise": _(
        "看不懂“%(text)s”：请写作“签署方：事项 目标值 单位（应完成日）”，"
        "如“东湖高新区：举办对接会 4 场（2026-12-31）”，多项以分号隔开。"
    ),
    "promise_of_no_party": _("“%(text)s”不在签署方中：请核对名称，与“签署方”一栏写法一致。"),
    "too_few_parties": _("协议至少有两个签署方：请补充签署方。"),
}
BETWEEN: Final = re.compile(r"[;；\n]+")
PROMISE: Final = re.compile(
    r"(?P<party>[^：:]+)[：:]\s*(?P<what>.+?)\s*(?P<target>\d[\d,]*(?:\.\d{1,2})?)\s*(?P<unit>[^\d\s]+?)\s*"
    r"[（(](?P<due>[^（）()]+?)前?[)）]"
)
FEWEST: Final = 2
NOBODY: Final[Values] = {"zone": None, "association": None, "organization": None, "name_zh": ""}


def scopes(choices: Sequence[tuple[str, Any]]) -> Reader:
    """Several of a closed list."""
    one = cells.one_of(choices)
    return lambda cell, about: [one(word, about) for word in cells.words(cell, about)]


def promises(cell: Cell, about: About) -> list[Values]:
    """What parties promise, each by the name of the party as it stands in the column of parties."""
    return [_promise(part.strip(), about) for part in BETWEEN.split(cells.text(cell, about)) if part.strip()]


def _promise(text: str, about: About) -> Values:
    found = PROMISE.fullmatch(text)
    if found is None:
        raise Unreadable("not_a_promise", text=text[:40])
    return {
        "party": found["party"].strip(), "what_zh": found["what"], "unit": found["unit"],
        "target": found["target"].replace(",", ""), "due_on": cells.day(found["due"], about),
    }  # fmt: skip


class NamedSigners:
    """Zones, associations and organizations that cells name, looked up once among what the principal may see."""

    def __init__(self, principal: Principal, rows: list[ReadRow]) -> None:
        self._hosts = NamedHosts()
        named = {name for row in rows for name in row.values.get("parties") or ()}
        self._owners: dict[str, set[int]] = {}
        for column in COLUMNS_OF["organization"]:
            for owner in Organization.objects.visible_to(principal).filter(**{f"{column}__in": named}):
                self._owners.setdefault(getattr(owner, column), set()).add(owner.pk)

    def resolve(self, row: ReadRow) -> None:
        """Names become keys, promises get the position of their party, in the row itself; blames the cells."""
        said = row.values.get("parties") or []
        row.values["parties"] = [self._party(row, name) for name in said]
        if said and len(said) < FEWEST:
            row.blame("too_few_parties", "parties")
        for promise in row.values.get("commitments") or ():
            party = promise.pop("party")
            if party in said:
                promise["party_position"] = said.index(party) + 1
            else:
                row.blame("promise_of_no_party", "commitments", text=party[:40])

    def as_told(self, party: Values) -> Values:
        """A party on record as a cell names it today: one that was only named may be on the platform since."""
        return (self._on_record(party["name_zh"]) if party["name_zh"] else None) or party

    def _party(self, row: ReadRow, name: str) -> Values:
        if party := self._on_record(name):
            return party
        row.blame("many_names" if name in self._owners else "named_only", "parties", text=name[:40])
        return NOBODY | {"name_zh": name}

    def _on_record(self, name: str) -> Values | None:
        if host := self._hosts.keys_of(name):
            return NOBODY | host
        owners = self._owners.get(name, set())
        return NOBODY | {"organization": next(iter(owners))} if len(owners) == 1 else None
