"""What every writing service does: clean input, check rights by scoping, validate, save, audit, leave an outbox row."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from decimal import Decimal
from functools import partial
from math import isfinite
from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import BaseConstraint, Model, UniqueConstraint
from django.db.models.functions import Now
from django.utils.translation import gettext as _

from ledger.bell import CHANGES, ring_after_commit
from ledger.events import record_event, record_events, record_fact
from lexicon.units import is_known
from zones.errors import Conflict, InvalidInput, NotAllowed, NotFound, RowPlace
from zones.models import Code, SpecialDay
from zones.models.base import Recorded, ScopedModel
from zones.scoping import Principal

Row = TypeVar("Row", bound=ScopedModel)
AnyRow = TypeVar("AnyRow", bound=Model)
RecordedRow = TypeVar("RecordedRow", bound=Recorded)
MAX_TEXT_CHARACTERS = 20_000


def clean_text(field: str, text: str) -> str:
    """Refuse what no column should hold: NUL, lone surrogates, megabytes. Returns the text without outer blanks."""
    if "\x00" in text:
        raise InvalidInput.single(field, _("含有空字符（NUL）：请删除后重试。"))
    if any("\ud800" <= character <= "\udfff" for character in text):
        raise InvalidInput.single(field, _("含有不完整的字符：请重新输入该段文字。"))
    if len(text) > MAX_TEXT_CHARACTERS:
        raise InvalidInput.single(field, _("文字过长：最多 %(limit)d 字。") % {"limit": MAX_TEXT_CHARACTERS})
    return text.strip()


def clean_values(values: Mapping[str, Any]) -> dict[str, Any]:
    """`clean_text` on every string, and no number that is none; also inside lists."""
    return {field: _clean(field, value) for field, value in values.items()}


def _clean(field: str, value: Any) -> Any:
    if isinstance(value, str):
        return clean_text(field, value)
    if isinstance(value, float | Decimal) and not isfinite(value):
        raise InvalidInput.single(field, _("不是有效的数值：请填写有限的数字。"))
    if isinstance(value, list):
        return [_clean(field, item) for item in value]
    return value


def check_units(rows: Iterable[Mapping[str, Any]], *, model: type[Model]) -> None:
    """Refuse a quantity in a unit nobody knows: it would compare with nothing. The rows are those of `model`."""
    errors: dict[str, list[str]] = {}
    for position, row in enumerate(rows, start=1):
        unit = str(row.get("unit") or "")
        if not is_known(unit):
            message = _("单位“%(unit)s”无法识别：请用通行写法，例如 mm、℃、万元、次/天；没有单位请留空。")
            errors[RowPlace.of(model, position, "unit")] = [message % {"unit": unit[:20]}]
    if errors:
        raise InvalidInput(errors)


def validated(row: AnyRow, *, exclude: Iterable[str] = ()) -> AnyRow:
    """`full_clean`, with the domain's error."""
    try:
        row.full_clean(exclude=set(exclude))
    except ValidationError as error:
        raise InvalidInput.of(error) from error
    return row


def editable_or_error(model: type[Row], principal: Principal, *, pk: int) -> Row:
    """The row, locked, if the principal may edit it; NotFound where it may not even be seen.

    Its key never changes, so that what names it meanwhile need not wait: such a wait against the order of locks would
    be a deadlock.
    """
    rows = model.objects.editable_by(principal).select_for_update(of=("self",), no_key=True)
    row: Row | None = rows.filter(pk=pk).first()
    if row is not None:
        return row
    if model.objects.visible_to(principal).filter(pk=pk).exists():
        raise NotAllowed(_("您可以查看但不能修改此记录：请联系其所在园区。"))
    raise NotFound(_("没有找到：它不存在，或您无权查看。"))


def must_be_editable(row: ScopedModel, principal: Principal) -> None:
    """After an insert: a row the principal could not edit must not have been made; the transaction rolls back."""
    must_all_be_editable(type(row), principal, [row.pk])


def must_all_be_editable(model: type[ScopedModel], principal: Principal, ids: Collection[int]) -> None:
    """The same for the rows of many `ids`."""
    if model.objects.editable_by(principal).filter(pk__in=ids).count() != len(ids):
        raise NotAllowed(_("您没有在该园区（单位）填报的权限：请选择您所属的园区或单位。"))


def expect_version(row: Recorded | Code | SpecialDay, version: int | None) -> None:
    """Optimistic locking: `version` is what the caller read; None means the caller just made the row."""
    if version is not None and row.version != version:
        raise Conflict(_("记录已被他人修改：请刷新后核对，再次保存。"))


def save_next_version(row: RecordedRow) -> RecordedRow:
    """Save a changed row under the next version."""
    row.version += 1
    row.updated_at = Now()
    row.save()
    row.refresh_from_db(fields=["updated_at"])
    return row


def tell(row: Recorded, kind: str, **payload: Any) -> None:
    """The outbox row of this change, and the bell for those who look at changes."""
    record_event(kind, object_type=row._meta.label_lower, public_id=row.public_id, version=row.version, payload=payload)
    ring_after_commit(CHANGES)


def tell_all(rows: Sequence[Recorded], kind: str) -> None:
    """The outbox rows of one change to many records of a kind, and the bell."""
    for label in {row._meta.label_lower for row in rows}:
        record_events(kind, object_type=label, versions=[(row.public_id, row.version) for row in rows])
    ring_after_commit(CHANGES)


def tell_fact(row: Model, kind: str, **payload: Any) -> None:
    """The outbox row of a fact that has no version of its own; other records are named in it by their public ids."""
    named = {name: _named(value) for name, value in payload.items()}
    record_fact(kind, object_type=row._meta.label_lower, key=row.pk, payload=named)


def _named(value: Any) -> Any:
    if isinstance(value, Model):
        return str(value.public_id) if hasattr(value, "public_id") else str(value)
    return value.isoformat() if isinstance(value, date) else value


def check_fields(row: Model, *, exclude: Iterable[str] = (), position: int = 0) -> None:
    """The checks of single fields, without a query for related rows: those were looked up. `position`, from 1, is that
    of a row below a record.
    """
    relations = {column.name for column in row._meta.fields if column.is_relation}
    try:
        row.clean_fields(exclude={*exclude, *relations})
    except ValidationError as error:
        errors = error.message_dict.items()
        place = partial(RowPlace.of, type(row), position) if position else str
        raise InvalidInput({place(field): list(said) for field, said in errors}) from error


@contextmanager
def errors_of(record: object) -> Iterator[None]:
    """Put the record's name in front of each field at fault: for many records at once."""
    try:
        yield
    except InvalidInput as error:
        raise InvalidInput({f"{record}: {field}": messages for field, messages in error.errors.items()}) from error


@contextmanager
def constraint_errors(model: type[Model]) -> Iterator[None]:
    """Turn a violated constraint of `model` into InvalidInput with the constraint's own sentence."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        name = getattr(getattr(error.__cause__, "diag", None), "constraint_name", None)
        constraint = next((known for known in model._meta.constraints if known.name == name), None)
        if constraint is None:
            raise
        raise InvalidInput({str(model._meta.verbose_name): [_sentence(model, constraint)]}) from error


def _sentence(model: type[Model], constraint: BaseConstraint) -> str:
    """Its own; of one that says nothing itself what a form says that has seen the other row."""
    is_silent = constraint.violation_error_message == BaseConstraint.default_violation_error_message
    if is_silent and isinstance(constraint, UniqueConstraint) and constraint.fields:
        return str(model().unique_error_message(model, constraint.fields).messages[0])
    return str(constraint.get_violation_error_message())
