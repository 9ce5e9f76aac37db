"""Files with rows of several types, such as offers beside requests: which of them an import reads, and which not."""

from collections.abc import Iterator, Mapping
from typing import Final

from django.utils.translation import gettext as _

from zones.choices import ImportKind
from zones.errors import listed
from zones.importing.kinds import IMPORTABLE
from zones.importing.rows import is_taken

NAMED: Final = 5
"""So many types of rows are told by name."""


def told_types(kind: str, types: Mapping[str, int]) -> str:
    """What a file holds that an import of the kind passes over, and what to do for it; "" where it reads every row."""
    others = {name: count for name, count in types.items() if not is_taken(name, IMPORTABLE[kind])}
    if not others:
        return ""
    told = {
        "types": listed(_types_told(types)),
        "kind": ImportKind(kind).label,
        "count": sum(types.values()) - sum(others.values()),
        "others": sum(others.values()),
    }
    message = _(
        "文件中有 %(types)s。本次导入内容为“%(kind)s”，读取其中 %(count)d 行；"
        "其余 %(others)d 行不读取，如需导入请另选导入内容。"
    )
    return message % told


def readers_of(row_type: str) -> list[str]:
    """Kinds of import that read rows of a type."""
    return [name for name, kind in IMPORTABLE.items() if row_type and is_taken(row_type, kind)]


def _types_told(types: Mapping[str, int]) -> Iterator[str]:
    """The most frequent ones by name: a column that is no row type at all may hold thousands."""
    shown = sorted(types.items(), key=lambda one: -one[1])
    for name, count in shown[:NAMED]:
        yield _type_told(name, count)
    if rest := [count for _name, count in shown[NAMED:]]:
        yield _("另有 %(types)d 种共 %(count)d 行") % {"types": len(rest), "count": sum(rest)}


def _type_told(name: str, count: int) -> str:
    """“Technology Offer” 3 行（科技成果）."""
    told = {"name": name or _("未注明类型"), "count": count}
    kinds = listed(str(ImportKind(kind).label) for kind in readers_of(name))
    text = _("“%(name)s” %(count)d 行") % told
    return _("%(text)s（%(kinds)s）") % {"text": text, "kinds": kinds} if kinds else text
