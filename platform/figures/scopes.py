"""Of whom a figure is asked: the nation, a region, a group of regions, an association, a zone; of a flow from one place
to others; of one document or one official series.

A scope is written as a code: `nation`, `region:110000`, `group:jjj`, `association:dongbei`, `zone:zgc`,
`flow:region:110000>region:120000+region:130000`, `agreement:…`, `policy:…`, `series:…`. A fact belongs to a scope if
one of its places is among `places`; however many are, it counts once.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db.models import Model
from django.utils.translation import gettext as _
from django.utils.translation import override

from zones.errors import InvalidInput, listed
from zones.models import Association, Region, RegionGroup, Zone
from zones.models.base import in_language
from zones.scoping import VISITOR, Principal

NATION: Final = "nation"
PLACES: Final = ("region", "group", "association", "zone")
CODE: Final = re.compile(r"(region|group|association|zone|agreement|policy|series):([0-9A-Za-z._-]{1,80})")
MOST_PLACES: Final = 60
_MODELS: Final[dict[str, tuple[type[Model], str]]] = {
    "region": (Region, "code"),
    "group": (RegionGroup, "slug"),
    "association": (Association, "slug"),
    "zone": (Zone, "slug"),
}
DOCUMENTS: Final = ("agreement", "policy", "series")
_DOCUMENTS: Final = {
    "agreement": ("matching.Agreement", "public_id"),
    "policy": ("zones.PolicyDocument", "public_id"),
    "series": ("figures.Series", "code"),
}


@dataclass(frozen=True, slots=True)
class Scope:
    """`places` holds the codes of places any of which makes a fact count; empty for the nation, where all count."""

    code: str
    kind: str
    name_zh: str
    name_en: str
    places: frozenset[str]

    @property
    def name(self) -> str:
        """In the reader's language."""
        return in_language(self.name_zh, self.name_en)

    def covers(self, places: frozenset[str]) -> bool:
        return self.kind == NATION or not self.places.isdisjoint(places)

    def __str__(self) -> str:
        return self.name


def nation() -> Scope:
    return Scope(NATION, NATION, *_in_both(lambda: _("全国")), frozenset())


def parsed(code: str, reader: Principal) -> Scope:
    """The scope of a code. Raises InvalidInput for what nobody knows, or the reader may not see."""
    if code == NATION:
        return nation()
    if code.startswith("flow:"):
        return _flow(code)
    return _single(code, reader)


def _single(code: str, reader: Principal = VISITOR) -> Scope:
    found = CODE.fullmatch(code)
    row = None if found is None else _row(found[1], found[2], reader)
    if found is None or row is None:
        message = _(
            "统计范围“%(code)s”无法识别：请写 nation、region:110000、group:jjj、association:代号 或 zone:代号。"
        )
        raise InvalidInput.single("scope", message % {"code": code[:60]})
    return Scope(code, found[1], *_in_both(lambda: str(row)), frozenset({code}))


def _in_both(name: Callable[[], str]) -> tuple[str, str]:
    """A name in Chinese and in English."""
    with override("zh-hans"):
        chinese = name()
    with override("en"):
        return chinese, name()


def _row(kind: str, key: str, reader: Principal) -> Model | None:
    """What the code names; None where there is none."""
    if kind in _DOCUMENTS:
        return _document(kind, key, reader)
    model, column = _MODELS[kind]
    return model._default_manager.filter(**{column: key}).first()


def _document(kind: str, key: str, reader: Principal) -> Model | None:
    label, column = _DOCUMENTS[kind]
    model: Any = apps.get_model(label)
    try:
        row: Model | None = model.objects.visible_to(reader).filter(**{column: key}).first()
    except ValidationError:
        return None
    return row


def _flow(code: str) -> Scope:
    """From places to places: `flow:A+B>C+D`. A pair of codes is the place of a fact that goes from one to the other."""
    sides = code.removeprefix("flow:").split(">")
    if len(sides) != 2:
        message = _("流向“%(code)s”无法识别：请写 flow:region:110000>region:120000+region:130000。")
        raise InvalidInput.single("scope", message % {"code": code[:60]})
    if any(side.count("+") >= MOST_PLACES for side in sides):
        message = _("流向的一端最多列 %(most)d 个地方：请改用省级区域，或分几次查询。")
        raise InvalidInput.single("scope", message % {"most": MOST_PLACES})
    sellers, buyers = ([_place(one) for one in side.split("+")] for side in sides)
    pairs = frozenset(f"{seller.code}>{buyer.code}" for seller in sellers for buyer in buyers)
    return Scope(code, "flow", *_in_both(lambda: _told(sellers, buyers)), pairs)


def _told(sellers: list[Scope], buyers: list[Scope]) -> str:
    names = [listed(one.name for one in side) for side in (sellers, buyers)]
    return _("%(seller)s流向%(buyer)s") % {"seller": names[0], "buyer": names[1]}


def _place(code: str) -> Scope:
    """An end of a flow: a region or a zone."""
    if not code.startswith(("region:", "zone:")):
        raise InvalidInput.single("scope", _("流向的两端须为省级区域（region:…）或高新区（zone:…）。"))
    return _single(code)
