"""Names in files of mechanisms: zones, regions, organizations, resources by what people call them."""

import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from typing import Any, Final

from django.db import models
from django.db.models import Q
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from zones.errors import InvalidInput
from zones.importing import cells
from zones.importing.cells import Reader
from zones.importing.kinds import Column, Values
from zones.importing.rows import ReadRow
from zones.importing.sentences import NOTES
from zones.models import Association, Organization, Region, Resource, Zone
from zones.models.base import ScopedModel
from zones.models.codes import CodesField
from zones.scoping import Principal
from zones.services.keeping import broken_rules, must_have_begun

SENTENCES: Final[dict[str, Promise]] = {
    "unknown_name": _("没有找到“%(text)s”：请核对名称或编号；它不存在，或您无权查看。"),
    "many_names": _("“%(text)s”不止一个：请写完整名称或编号。"),
    "no_record": _("本园区没有登记名为“%(text)s”的记录：请先登记，再导入明细。"),
    "many_records": _("本园区有多条名为“%(text)s”的记录：请先改名以示区别。"),
    "refused_line": _("不能写入：%(text)s"),
    "named_only": _("平台上没有此单位，写入时只记名称：请核对。"),
    "another_day": _("同名、各方相同的记录已登记于 %(text)s，此行将另记一条：请核对；更正日期请在该记录的页面办理。"),
}
TOLD: Final = frozenset({"named_only", "another_day"})
COLUMNS_OF: Final[dict[str, tuple[str, ...]]] = {
    "zone": ("slug", "short_zh", "name_zh", "name_en"),
    "region": ("code", "short_zh", "name_zh", "name_en"),
    "organization": ("name_zh", "name_en"),
    "association": ("slug", "name_zh", "name_en"),
    "resource": ("external_id", "name_zh"),
    "techcontract": ("registration_number", "title_zh"),
    "cooperation": ("title_zh",),
}
"""By what people call a row of each table that files name."""
KIND_OF_REGION: Final = re.compile("(?:维吾尔|壮族|回族)?自治区$|特别行政区$|[省市]$")
PUBLIC: Final = (Zone, Region, Association)
OTHER_NAMES: Final = {"organization": "name_zh", "manager": "manager_zh", "operator": "operator_zh"}
"""Columns for organizations on record, each with the one for the name of one that is not: files have one column."""
NUMBERS: Final = frozenset({"area_m2"})
"""Decimals that are no money."""
LANGUAGES: Final = ("zh-hans", "en")


def column_of(field: "models.Field[Any, Any]", *, is_required: bool = False, title: Any = "") -> Column:
    """A column of a file for a column of a table."""
    if field.is_relation:
        return Column(field.name, cells.text, is_required, title, written_by(field.related_model))
    return Column(field.name, cells.number if field.name in NUMBERS else _reader(field), is_required, title)


def _reader(field: "models.Field[Any, Any]") -> Reader:
    if field.choices:
        return cells.one_of(list(field.flatchoices))
    for kind, read in (
        (CodesField, cells.codes),
        (models.DateField, cells.day),
        (models.BooleanField, cells.yes_no),
        (models.IntegerField, cells.whole),
        (models.DecimalField, cells.amount),
    ):
        if isinstance(field, kind):
            return read
    return cells.text


def written_by(model: Any) -> Callable[[Any], str]:
    """What a key of one's own record names, for people to read."""

    def written(key: Any) -> str:
        if not key:
            return ""
        rows = model.objects.all() if model in PUBLIC else model.objects.unscoped(reason="named by an own record")
        return str(rows.filter(pk=key).first() or "")

    return written


class Names:
    """Rows of a table by what a file calls them: those the principal may see."""

    def __init__(self, principal: Principal, model: Any, names: Iterable[str], *, kind: str = "") -> None:
        wanted = {name for name in names if name}
        columns = COLUMNS_OF[model._meta.model_name]
        rows = model.objects.all() if model in PUBLIC else model.objects.visible_to(principal)
        is_named = Q(*((f"{column}__in", wanted) for column in columns), _connector=Q.OR)
        found = () if not wanted else rows if model is Region else rows.filter(is_named)
        self._keys: dict[str, set[int]] = defaultdict(set)
        for row in found:
            if not kind or row.kind == kind:
                for name in _names_of(row, columns):
                    self._keys[name].add(row.pk)

    def find(self, row: ReadRow, column: str, *, is_wanted: bool = True) -> int | None:
        """The key of the row a cell names; blames the cell."""
        name = row.values.get(column)
        if not name:
            return None
        keys = self._keys.get(name, set())
        if len(keys) == 1:
            return next(iter(keys))
        if keys or is_wanted:
            row.blame("many_names" if keys else "unknown_name", column, text=name[:40])
        return None


def _names_of(row: Any, columns: Iterable[str]) -> Iterator[str]:
    """A region is also called without what kind of region it is: 辽宁, 内蒙古, 北京."""
    yield from (getattr(row, column) for column in columns)
    if isinstance(row, Region):
        yield KIND_OF_REGION.sub("", row.name_zh)


def resolve(
    principal: Principal, rows: list[ReadRow], model: Any, *, kinds: Mapping[str, str], skipped: Iterable[str] = ()
) -> None:
    """Names in the columns of a table become keys, in the rows themselves."""
    for field in model._meta.concrete_fields:
        if field.related_model not in (Zone, Region, Organization, Resource) and not _is_scoped(field):
            continue
        if field.name in skipped or not any(field.name in row.values for row in rows):
            continue
        said = [row.values.get(field.name) or "" for row in rows]
        names = Names(principal, field.related_model, said, kind=kinds.get(field.name, ""))
        for row in rows:
            if field.name in row.values:
                row.values[field.name] = names.find(row, field.name)


def _is_scoped(field: Any) -> bool:
    target = field.related_model
    return isinstance(target, type) and issubclass(target, ScopedModel) and target._meta.model_name in COLUMNS_OF


def name_parties(principal: Principal, rows: list[ReadRow], column: str) -> None:
    """One column names an organization on record, or one that is not: another takes what is not found."""
    name = OTHER_NAMES[column]
    parties = Names(principal, Organization, [row.values.get(column) or "" for row in rows])
    for row in rows:
        written = row.values.get(column)
        if not written:
            continue
        key = parties.find(row, column, is_wanted=False)
        row.values[column], row.values[name] = key, "" if key else written
        if key is None and row.is_sound:
            row.blame("named_only", column)


def without_hidden(principal: Principal, model: Any, rows: Iterable[Values]) -> None:
    """Keys of what the principal may not see are taken out of the rows: a file names nothing that is hidden."""
    told = list(rows)
    for field in model._meta.concrete_fields:
        keys = {key for row in told if (key := row.get(field.name))} if _is_scoped(field) else set()
        if not keys:
            continue
        seen = set(field.related_model.objects.visible_to(principal).filter(pk__in=keys).values_list("pk", flat=True))
        for row in told:
            if row.get(field.name) not in seen:
                row[field.name] = None


def instances(model: Any, values: Values) -> dict[str, Any]:
    """Values of a row of a file, as services take them."""
    told = {}
    for name, value in values.items():
        field = model._meta.get_field(name)
        if not field.is_relation:
            told[name] = field.to_python(value)
        elif value is None:
            told[name] = None
        else:
            target = field.related_model
            plain = target.objects.all() if target in PUBLIC else target.objects.unscoped(reason="checked by the row")
            told[name] = plain.get(pk=value)
    return told


def tell_between(row: ReadRow, record: Callable[[Values], Any]) -> None:
    """What the cells of a row say of each other, told together with those that could not be read; `record` makes the
    row of the table that the others would be.
    """
    unread = {fault.field for fault in row.faults if fault.code not in NOTES}
    said = {name: value for name, value in row.values.items() if name not in unread}
    tell_refusal(row, lambda: must_hold(record(said), unread=unread))


def must_hold(row: Any, *, unread: Collection[str] = ()) -> None:
    """Raises InvalidInput with each rule the row breaks, and a beginning that has not come."""
    errors = defaultdict[str, list[str]](list)
    for column, message in broken_rules(row, unread=unread):
        errors[column].append(message)
    if errors:
        raise InvalidInput(errors)
    if hasattr(row, "begins"):
        must_have_begun(row)


def tell_refusal(row: ReadRow, check: Callable[[], Any]) -> None:
    """Put what a check refuses onto the cells it is about, in both languages."""
    told = {}
    for language in LANGUAGES:
        try:
            with translation.override(language):
                check()
            return
        except InvalidInput as error:
            told[language] = [(name, sentence) for name, found in error.errors.items() for sentence in found]
    for (name, chinese), (_same, english) in zip(told[LANGUAGES[0]], told[LANGUAGES[1]], strict=True):
        at = getattr(name, "column", name)
        row.blame("refused_line", at, text={LANGUAGES[0]: [chinese], LANGUAGES[1]: [english]})
