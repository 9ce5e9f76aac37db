"""Code tables: read for checks, changed by the system; crosswalks are written with the code they start at."""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import reduce
from operator import or_
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from ledger.events import record_event
from zones.errors import InvalidInput, NotAllowed, NotFound, listed
from zones.models import Code, Crosswalk
from zones.scoping import Principal
from zones.services.base import clean_values, errors_of, expect_version, validated

Values = dict[str, Any]
CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,19}")

SCHEME_OF_FIELD = {
    "industry_codes": "industry",
    "discipline_codes": "discipline",
    "equipment_codes": "equipment",
    "modes": "mode",
}


def check_codes(*records: Mapping[str, object]) -> None:
    """Every code in the codes fields of the records exists and is active; the error names the field and the unknown
    codes.
    """
    wanted = {
        (scheme, str(code)): field
        for field, scheme in SCHEME_OF_FIELD.items()
        for record in records
        if isinstance(codes := record.get(field), Iterable)
        for code in codes
    }
    unknown: dict[str, list[str]] = defaultdict(list)
    for scheme, code in _unknown(wanted):
        unknown[wanted[scheme, code]].append(code)
    if unknown:
        message = _("未知代码：%(codes)s。请从代码表中选择。")
        raise InvalidInput({field: [message % {"codes": listed(codes)}] for field, codes in unknown.items()})


def check_all_codes(rows: Sequence[object]) -> None:
    """The same for many records, with one query while all is well; the error names the record, too."""
    records = [{field: getattr(row, field) for field in SCHEME_OF_FIELD if hasattr(row, field)} for row in rows]
    try:
        check_codes(*records)
    except InvalidInput:
        for row, record in zip(rows, records, strict=True):
            with errors_of(row):
                check_codes(record)


def unknown_codes(scheme: str, codes: Iterable[str]) -> list[str]:
    """The codes that are not in a table or not active, in their order."""
    return [code for _scheme, code in _unknown(dict.fromkeys((scheme, code) for code in codes))]


def _unknown(wanted: Collection[tuple[str, str]]) -> list[tuple[str, str]]:
    """Those (scheme, code) that are not known; one query for all."""
    if not wanted:
        return []
    tables: dict[str, list[str]] = defaultdict(list)
    for scheme, code in wanted:
        tables[scheme].append(code)
    named = reduce(or_, (Q(scheme=scheme, code__in=codes) for scheme, codes in tables.items()))
    known = set(Code.objects.filter(named, is_active=True).values_list("scheme", "code"))
    return [one for one in wanted if one not in known]


@transaction.atomic
def add_code(principal: Principal, *, crosswalks: Sequence[Values] = (), **values: Any) -> Code:
    """Add an entry to a code table, with its crosswalks. Raises InvalidInput, NotAllowed."""
    _must_be_system(principal)
    code = Code(**clean_values(values))
    if not CODE.fullmatch(code.code):
        raise InvalidInput.single("code", _("代码由字母、数字、点、横线组成，最多 20 位。"))
    code.level = _level_below(code)
    validated(code).save()
    _write_crosswalks(code, crosswalks)
    _tell(code, "code.added")
    return code


@transaction.atomic
def update_code(
    principal: Principal,
    *,
    code_id: int,
    version: int | None,
    crosswalks: Sequence[Values] | None = None,
    **values: Any,
) -> Code:
    """Change an entry; its scheme and code stay, because records name it by them. None leaves the crosswalks.

    Raises Conflict, InvalidInput, NotAllowed, NotFound.
    """
    _must_be_system(principal)
    code = Code.objects.select_for_update().filter(pk=code_id).first()
    if code is None:
        raise NotFound(_("没有找到：它不存在，或您无权查看。"))
    expect_version(code, version)
    if fixed := {"scheme", "code"} & values.keys():
        raise InvalidInput.single(min(fixed), _("代码登记后不能更改：记录按代码引用它。请停用后另建。"))
    for name, value in clean_values(values).items():
        setattr(code, name, value)
    code.level = _level_below(code)
    _check_children(code)
    code.version += 1
    validated(code).save()
    if crosswalks is not None:
        _write_crosswalks(code, crosswalks)
    _tell(code, "code.updated")
    return code


def public_id_of(code: Code) -> UUID:
    """The id of a code in events: made of its natural key, which never changes."""
    return uuid5(NAMESPACE_URL, f"urn:zonelink:code:{code.scheme}:{code.code}")


def _tell(code: Code, kind: str) -> None:
    key = {"scheme": code.scheme, "code": code.code}
    record_event(kind, object_type="zones.code", public_id=public_id_of(code), version=code.version, payload=key)


def _must_be_system(principal: Principal) -> None:
    if not principal.is_system:
        raise NotAllowed(_("代码表由系统管理员维护：请联系管理员。"))


def _level_below(code: Code) -> int:
    """One below its parent. Raises InvalidInput where the parent is not there, not active or below the code itself."""
    if not code.parent_code:
        return 1
    known = {row.code: row for row in Code.objects.filter(scheme=code.scheme, is_active=True)}
    parent = known.get(code.parent_code)
    if parent is None:
        message = _("上级代码 %(code)s 不在该分类中或已停用：请从代码表中选择。")
        raise InvalidInput.single("parent_code", message % {"code": code.parent_code})
    if code.code in _line(parent, known):
        raise InvalidInput.single("parent_code", _("上级代码形成了循环：请检查上下级关系。"))
    return parent.level + 1


def _line(code: Code, known: Mapping[str, Code]) -> set[str]:
    """A code and those above it."""
    line: set[str] = set()
    above: Code | None = code
    while above is not None and above.code not in line:
        line.add(above.code)
        above = known.get(above.parent_code)
    return line


def _check_children(code: Code) -> None:
    below = Code.objects.filter(scheme=code.scheme, parent_code=code.code)
    if not code.is_active and below.filter(is_active=True).exists():
        raise InvalidInput.single("is_active", _("仍有启用的下级代码：请先停用下级代码。"))
    for child in below.exclude(level=code.level + 1):
        child.level, child.version = code.level + 1, child.version + 1
        child.save(update_fields=["level", "version"])
        _check_children(child)


def _write_crosswalks(code: Code, rows: Sequence[Values]) -> None:
    """Put the rows in place of the crosswalks that start at a code; rows that are as stored are not written."""
    wanted = {row["target"]: row for row in map(clean_values, rows)}
    if len(wanted) < len(rows):
        raise InvalidInput.single("crosswalks", _("同一代码只能对照一次：请删去重复的行。"))
    if unknown := [target for target in wanted if target in {code.code, *unknown_codes(code.scheme, wanted)}]:
        message = _("对照的代码须在同一分类中启用，且不是自身：%(codes)s。")
        raise InvalidInput.single("crosswalks", message % {"codes": listed(unknown)})
    stored = Crosswalk.objects.filter(scheme=code.scheme, source=code.code)
    stored.exclude(target__in=wanted).delete()
    known = {crosswalk.target: crosswalk for crosswalk in stored}
    for target, row in wanted.items():
        _write_crosswalk(known.get(target) or Crosswalk(scheme=code.scheme, source=code.code, target=target), row)


def _write_crosswalk(crosswalk: Crosswalk, row: Values) -> None:
    weight, origin = float(row["weight"]), str(row.get("origin", ""))
    if not 0 < weight <= 1:
        raise InvalidInput.single("crosswalks", _("相似度须大于 0 且不超过 1。"))
    if crosswalk.pk and (crosswalk.weight, crosswalk.origin) == (weight, origin):
        return
    crosswalk.weight, crosswalk.origin = weight, origin
    validated(crosswalk).save()
