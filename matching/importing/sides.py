"""The two sides of a contract, as a cell names each: by name or by unified social credit code, with its region."""

import re
from collections.abc import Iterable
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from zones.importing.mechanisms.names import COLUMNS_OF, Names
from zones.importing.rows import ReadRow
from zones.models import Organization, Region
from zones.scoping import Principal, read_whole

SIDES: Final = ("seller", "buyer")
CREDIT_CODE: Final = re.compile(r"[0-9A-HJ-NPQRTUWXY]{18}")
ERRORS: Final[dict[str, Promise]] = {
    "unknown_credit_code": _("没有找到统一社会信用代码为“%(text)s”的本园区单位：请改填单位名称，并填写其省级区域。"),
    "region_of_record": _("与该单位在平台上的省级区域（%(text)s）不同：按平台上的统计，请核对。"),
}
NOTES: Final = frozenset({"region_of_record"})


class NamedSides:
    """What the cells of a file name, looked up once for all of them among what the principal may see; codes only where
    it may read them.
    """

    def __init__(self, principal: Principal, rows: list[ReadRow]) -> None:
        said = {row.values.get(f"{side}_organization") or "" for row in rows for side in SIDES} - {""}
        self._keys: dict[str, set[int]] = {}
        self._regions: dict[int, Region | None] = {}
        seen = Organization.objects.visible_to(principal).select_related("region", "zone__region")
        for column in COLUMNS_OF["organization"]:
            self._add(column, seen.filter(**{f"{column}__in": said}))
        codes = {text.upper() for text in said if CREDIT_CODE.fullmatch(text.upper())}
        self._add("credit_code", seen.filter(read_whole(Organization, principal), credit_code__in=codes))
        self._names = {
            side: Names(principal, Region, [row.values.get(f"{side}_region") or "" for row in rows]) for side in SIDES
        }

    def _add(self, column: str, owners: Iterable[Organization]) -> None:
        for owner in owners:
            self._keys.setdefault(getattr(owner, column), set()).add(owner.pk)
            self._regions[owner.pk] = owner.region or (owner.zone.region if owner.zone else None)

    def resolve(self, row: ReadRow) -> None:
        """Names become keys, in the row itself; blames the cells."""
        for side in SIDES:
            if f"{side}_region" in row.values:
                row.values[f"{side}_region"] = self._names[side].find(row, f"{side}_region")
            if text := row.values.get(f"{side}_organization"):
                self._resolve(row, side, text)

    def _resolve(self, row: ReadRow, side: str, text: str) -> None:
        column = f"{side}_organization"
        is_code = CREDIT_CODE.fullmatch(text.upper()) is not None
        found = self._keys.get(text.upper() if is_code else text, set())
        key = next(iter(found)) if len(found) == 1 else None
        row.values[column], row.values[f"{side}_name_zh"] = key, "" if key else text
        if len(found) > 1:
            row.blame("many_names", column, text=text[:40])
        elif key is not None:
            self._compare_region(row, side, key)
        else:
            row.blame("unknown_credit_code" if is_code else "named_only", column, text=text[:40])

    def _compare_region(self, row: ReadRow, side: str, key: int) -> None:
        ours = self._regions[key]
        said = row.values.get(f"{side}_region")
        if ours is not None and said is not None and said != ours.pk:
            row.blame("region_of_record", f"{side}_region", text=ours.name_zh)
            row.values[f"{side}_region"] = ours.pk
