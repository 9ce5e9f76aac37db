"""Writing the records of the mechanisms: one is recorded, changed, or withdrawn because it should never have been.

What differs from kind to kind stands in its `Shape`; what else a kind asks for, in its `check`.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain
from typing import Any, Final, TypeAlias

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import CheckConstraint
from django.utils.translation import gettext as _

from zones.choices import ResourceKind
from zones.errors import IllegalTransition, InvalidInput, RowPlace
from zones.models.base import ScopedModel
from zones.models.kept import Kept
from zones.scoping import Principal, today
from zones.services.base import (
    check_fields,
    clean_text,
    clean_values,
    constraint_errors,
    editable_or_error,
    expect_version,
    must_be_editable,
    save_next_version,
    tell,
    validated,
)
from zones.services.codes import check_codes
from zones.services.public_texts import free_texts, must_name_nobody

Values: TypeAlias = Mapping[str, Any]
Parts: TypeAlias = Mapping[str, Sequence[Values]]
"""What hangs on a record, by the name of the list; a list that is not named stays as it is."""
REASON: Final = "the record was found by its own rule; its parts are compared with what is written"
WORDS_AT_LEAST: Final = 4
NOT_WRITTEN: Final = frozenset({"id", "public_id", "version", "is_sample", "created_at", "updated_at"})


def no_check(row: Any, parts: Mapping[str, Sequence[Any]]) -> None:
    """Nothing beyond fields and constraints."""


@dataclass(frozen=True, slots=True)
class Shape:
    """A kind of record: its table, its parts by the name of their list, and what is checked of them together."""

    name: str
    model: type[Kept]
    parts: Mapping[str, type[ScopedModel]] = field(default_factory=dict)
    whole: str = ""
    resources: Mapping[str, str] = field(default_factory=dict)
    """Columns that name a resource → the kind it must be of."""
    check: Callable[[Any, Mapping[str, Sequence[Any]]], None] = no_check

    @property
    def written(self) -> frozenset[str]:
        """The columns people fill."""
        return frozenset(column.name for column in self.model._meta.fields if column.editable) - NOT_WRITTEN

    def part_columns(self, name: str) -> tuple[str, ...]:
        """The columns of a part people fill, in their order."""
        skipped = NOT_WRITTEN | {"position", self.whole}
        columns = (column.name for column in self.parts[name]._meta.fields if column.editable)
        return tuple(column for column in columns if column not in skipped)


@transaction.atomic
def record_kept(
    principal: Principal, shape: Shape, *, with_parts: Parts | None = None, is_sample: bool = False, **values: Any
) -> Any:
    """Write a fact down for a zone or an association. Raises InvalidInput; NotAllowed for who keeps nothing there."""
    row = shape.model(is_sample=is_sample, author_id=principal.user_id)
    _write(principal, shape, row, values)
    validated(row).save()
    row.refresh_from_db(fields=["created_at", "updated_at"])
    must_be_editable(row, principal)
    _write_parts(principal, shape, row, with_parts or {})
    tell(row, f"{shape.name}.recorded")
    return row


@transaction.atomic
def change_kept(
    principal: Principal, shape: Shape, *, record_id: int, version: int | None, with_parts: Parts | None = None,
    is_restoring: bool = False, **values: Any,
) -> Any:  # fmt: skip
    """Change it. Raises NotFound, NotAllowed, Conflict, InvalidInput; IllegalTransition once it was withdrawn. What
    gives back what stood there (`is_restoring`) may name what the principal does not see.
    """
    row = _locked(principal, shape, record_id, version)
    _write(principal, shape, row, values, is_restoring=is_restoring)
    save_next_version(validated(row))
    must_be_editable(row, principal)
    _write_parts(principal, shape, row, with_parts or {})
    tell(row, f"{shape.name}.changed")
    return row


@transaction.atomic
def add_parts(principal: Principal, shape: Shape, *, record_id: int, version: int | None, added: Parts) -> Any:
    """Append to lists of a record and leave what stands there. Raises what `change_kept` does."""
    row = _locked(principal, shape, record_id, version)
    lists = {name: [*_told(shape, row, name), *rows] for name, rows in added.items()}
    save_next_version(row)
    _write_parts(principal, shape, row, lists)
    tell(row, f"{shape.name}.changed")
    return row


@transaction.atomic
def withdraw_kept(principal: Principal, shape: Shape, *, record_id: int, version: int | None, because: str) -> Any:
    """It should never have been recorded: nobody counts it any more, and only its own side reads it. Raises NotFound,
    NotAllowed, Conflict, InvalidInput without a reason, IllegalTransition.
    """
    row = _locked(principal, shape, record_id, version)
    row.withdrawn_because_zh = clean_text("because", because)
    if len(row.withdrawn_because_zh) < WORDS_AT_LEAST:
        message = _("请写明撤销原因（至少 %(count)d 个字）。")
        raise InvalidInput.single("because", message % {"count": WORDS_AT_LEAST})
    row.withdrawn_on = today()
    tell(save_next_version(validated(row)), f"{shape.name}.withdrawn")
    return row


def _locked(principal: Principal, shape: Shape, record_id: int, version: int | None) -> Any:
    row = editable_or_error(shape.model, principal, pk=record_id)
    expect_version(row, version)
    if row.withdrawn_on is not None:
        raise IllegalTransition(_("该记录已撤销，不再修改：需要时请重新登记。"))
    return row


def _write(principal: Principal, shape: Shape, row: Any, values: Values, *, is_restoring: bool = False) -> None:
    cleaned = clean_values({name: values[name] for name in values if name in shape.written})
    check_codes(cleaned)
    must_name_nobody(free_texts(shape.model, cleaned))
    for name, value in cleaned.items():
        kind = shape.resources.get(name)
        if kind and value is not None and value.kind != kind:
            message = _("请选择“%(kind)s”类的资源。")
            raise InvalidInput.single(name, message % {"kind": ResourceKind(kind).label})
        if isinstance(value, ScopedModel) and value.pk != getattr(row, f"{name}_id") and not is_restoring:
            _must_see(principal, name, type(value), {value.pk})
        setattr(row, name, value)
    must_have_begun(row)


def must_have_begun(row: Any) -> None:
    """Facts are recorded once they are some. Raises InvalidInput."""
    began = getattr(row, row.begins)
    if began is not None and began > today():
        raise InvalidInput.single(row.begins, _("日期不能晚于今天：请在发生之后登记。"))


def _must_see(principal: Principal, place: str, model: type[ScopedModel], ids: Iterable[int]) -> None:
    """Every one of them is one the principal may see."""
    wanted = set(ids)
    if model.objects.visible_to(principal).filter(pk__in=wanted).count() != len(wanted):
        raise InvalidInput.single(place, _("没有找到：它不存在，或您无权查看。请重新选择。"))


def _write_parts(principal: Principal, shape: Shape, row: Any, parts: Parts) -> None:
    for name, model in shape.parts.items():
        if name in parts:
            with constraint_errors(model):
                _rewrite(principal, shape, row, name, parts[name])
    shape.check(row, {name: stored_rows(shape, row, name) for name in shape.parts})


def stored_rows(shape: Shape, row: Any, name: str) -> list[Any]:
    """The rows of a list of a record that was found by its own rule, in their order."""
    rows = shape.parts[name].objects.unscoped(reason=REASON).filter(**{shape.whole: row})
    return list(rows.order_by("position", "pk"))


def _told(shape: Shape, row: Any, name: str) -> list[dict[str, Any]]:
    """The stored rows of a list, as they would be written."""
    columns = shape.part_columns(name)
    return [{column: getattr(one, column) for column in columns} for one in stored_rows(shape, row, name)]


def _rewrite(principal: Principal, shape: Shape, row: Any, name: str, rows: Sequence[Values]) -> None:
    """The list as it is written now. What has not changed keeps its row: figures name rows as their evidence."""
    model, columns, before = shape.parts[name], shape.part_columns(name), stored_rows(shape, row, name)
    wanted = numbered(model, [clean_values({name: one[name] for name in columns if name in one}) for one in rows])
    _must_see_named(principal, model, wanted, before)
    known: dict[tuple[Any, ...], list[Any]] = defaultdict(list)
    for child in before:
        known[_facts(child, columns)].append(child)
    fresh: list[ScopedModel] = []
    for position, values in enumerate(wanted, start=1):
        child = model(**{shape.whole: row, "position": position}, **values)
        check_fields(child, position=position)
        same = known[_facts(child, columns)]
        if same:
            _move_to(same.pop(0), position)
        else:
            check_row(child, position=position)
            fresh.append(child)
    for gone in chain.from_iterable(known.values()):
        gone.delete()
    for child in fresh:
        child.save()


def check_row(child: ScopedModel, *, position: int) -> None:
    """What the database refuses of one row alone, told at the row. Asked before `full_clean`, which would make a range
    of days that are the wrong way round. Raises InvalidInput.
    """
    _must_name_nobody(child, position)
    for column, message in broken_rules(child):
        raise at_row(type(child), position, column, message)


def broken_rules(row: ScopedModel, *, unread: Collection[str] = ()) -> Iterator[tuple[str, str]]:
    """What the database refuses of a row, each with the last column it is about; nothing of columns that could not be
    read.
    """
    fields = [column.name for column in row._meta.fields]
    for constraint in row._meta.constraints:
        if not isinstance(constraint, CheckConstraint):
            continue
        read: Any = constraint.condition.referenced_base_fields  # type: ignore[union-attr]
        if not read.isdisjoint(unread):
            continue
        try:
            constraint.validate(type(row), row)
        except ValidationError as error:
            yield max(read, key=fields.index), error.messages[0]


def _must_name_nobody(child: ScopedModel, position: int) -> None:
    """As in the record itself, told at the row."""
    try:
        must_name_nobody(
            free_texts(
                type(child), {column.name: getattr(child, column.attname) for column in child._meta.concrete_fields}
            )
        )
    except InvalidInput as error:
        column, messages = next(iter(error.errors.items()))
        raise at_row(type(child), position, column, messages[0]) from error


def _move_to(child: Any, position: int) -> None:
    if child.position != position:
        child.position = position
        child.save(update_fields=["position"])


def _facts(child: Any, columns: Iterable[str]) -> tuple[Any, ...]:
    return tuple(getattr(child, child._meta.get_field(column).attname) for column in columns)


def numbered(model: type[ScopedModel], rows: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Rows of lists whose rows are called by a number: those without one get the next."""
    if not any(column.name == "number" for column in model._meta.fields):
        return list(rows)
    last = max((row["number"] for row in rows if row.get("number")), default=0)
    numbered = []
    for row in rows:
        if not row.get("number"):
            last += 1
        numbered.append(row | {"number": row.get("number") or last})
    return numbered


def _must_see_named(
    principal: Principal, model: type[ScopedModel], rows: Sequence[Values], before: Sequence[Any]
) -> None:
    """Rows of scoped tables that are named anew."""
    for column in model._meta.fields:
        target = column.related_model
        if isinstance(target, type) and issubclass(target, ScopedModel):
            known = {getattr(one, column.attname) for one in before}
            named = {value.pk for row in rows if isinstance(value := row.get(column.name), target)}
            if named - known:
                _must_see(principal, column.name, target, named - known)


def at_row(model: type[ScopedModel], position: int, column: str, message: str) -> InvalidInput:
    """What is wrong with one row of a list, told at that row."""
    return InvalidInput({RowPlace.of(model, position, column): [message]})
