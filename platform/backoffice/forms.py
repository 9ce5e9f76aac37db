"""The form of a record and the rows below it. They check shape; what is right is decided by the service behind them."""

from collections.abc import Iterable
from typing import Any, ClassVar, cast

from django import forms
from django.apps import apps
from django.core.validators import MaxLengthValidator
from django.db.models import Model
from django.forms.formsets import DELETION_FIELD_NAME
from django.forms.utils import ErrorDict
from django.http import HttpRequest

from backoffice.framework import BaseInlineFormSet, ModelForm
from zones.errors import DomainError, InvalidInput, RowPlace

COUNTED = 1_000
"""Texts with a limit up to here show how much of it is used."""


class RecordForm(ModelForm):
    """A record with the version its reader saw; shows what the service refused on the field at fault."""

    version = forms.IntegerField(required=False, widget=forms.HiddenInput)
    request: ClassVar[HttpRequest]
    row_tables: ClassVar[frozenset[str]] = frozenset()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            if isinstance(field, forms.ModelChoiceField) and self.instance.pk:
                self.initial[name] = getattr(self.instance, name)
        _tell_rather_than_cut(self)
        self.fields["version"].required = bool(self.instance.pk)
        self.initial["version"] = getattr(self.instance, "version", self.initial.get("version"))

    def full_clean(self) -> None:
        super().full_clean()
        refusal = getattr(self.request, "refusal", None)
        if refusal is not None:
            self._show(refusal)
            self.request.record_form = self  # type: ignore[attr-defined]
        self._errors = ErrorDict({name: self.errors[name] for name in [*self.fields, "__all__"] if name in self.errors})

    def _show(self, refusal: DomainError) -> None:
        if not isinstance(refusal, InvalidInput):
            self.add_error(refusal.field if refusal.field in self.fields else None, refusal.message)
            return
        for name, messages in refusal.errors.items():
            if isinstance(name, RowPlace) and name.table in self.row_tables:
                continue  # the rows show it, and give back what none of them claims
            at = name if name in self.fields else None
            for message in messages:
                self.add_error(at, f"{place_text(name)}　{message}" if ":" in name else message)

    def _get_validation_exclusions(self) -> set[str]:
        """The service validates the whole row; here uniqueness would be asked before scoping is."""
        return {field.name for field in self.instance._meta.fields}

    def values(self) -> dict[str, Any]:
        """What goes to the service: columns only."""
        columns = {field.name for field in self._meta.model._meta.fields} - {"version"}
        return {name: value for name, value in self.cleaned_data.items() if name in columns}


class RowForm(ModelForm):
    """One row below a record."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _tell_rather_than_cut(self)

    def _get_validation_exclusions(self) -> set[str]:
        return {field.name for field in self.instance._meta.fields}

    def values(self) -> dict[str, Any]:
        columns = {field.name for field in self._meta.model._meta.fields}
        return {name: value for name, value in self.cleaned_data.items() if name in columns}

    @classmethod
    def initial_of(cls, row: Model, names: Iterable[str]) -> dict[str, Any]:
        """The row as its form shows it: the columns among `names`."""
        columns = {field.name for field in row._meta.fields}
        return {name: getattr(row, name) for name in names if name in columns}


class RowsFormSet(BaseInlineFormSet):
    """Rows that the service writes as a whole: every form is a new row, stored ones come as initial values.

    So no integer key of a row stands in the page, and none can be posted.
    """

    blank_rows: ClassVar[int] = 1
    model: Any
    request: ClassVar[HttpRequest | None] = None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        stored = list(kwargs.get("initial") or [])
        self.extra = min(len(stored) + self.blank_rows, self.max_num)
        super().__init__(*args, **kwargs)

    def get_queryset(self) -> Any:
        return self.model._default_manager.none()

    def initial_form_count(self) -> int:
        return 0

    def add_fields(self, form: Any, index: int | None) -> None:
        super().add_fields(form, index)
        form.fields.pop(self.model._meta.pk.name, None)
        form.fields.pop(self.fk.name, None)
        for field in form.fields.values():
            _start_at_what_the_browser_selects(field)
            field.widget.attrs.setdefault("aria-label", field.label)  # a table's heading names no field to who hears it

    def full_clean(self) -> None:
        super().full_clean()
        refusal = getattr(self.request, "refusal", None)
        if self.is_bound and isinstance(refusal, InvalidInput):
            self._show(refusal)

    def is_valid(self) -> bool:
        """Rows the service refused are not written again, whether one of these forms shows why or the record's does."""
        return bool(super().is_valid()) and not self._is_refused()

    def _is_refused(self) -> bool:
        errors = getattr(getattr(self.request, "refusal", None), "errors", {})
        return any(isinstance(name, RowPlace) and name.table == self.model._meta.label_lower for name in errors)

    def _show(self, refusal: InvalidInput) -> None:
        """What the service refused about a row, at that row; about a row that is not here, at the head of the form."""
        written = dict(enumerate(self._written(), start=1))
        for name, messages in refusal.errors.items():
            if not isinstance(name, RowPlace) or name.table != self.model._meta.label_lower:
                continue
            if form := written.get(name.position):
                form.add_error(name.column if name.column in form.fields else None, messages)
            else:
                told = [f"{place_text(name)}　{message}" for message in messages]
                self.request.record_form.add_error(None, told)  # type: ignore[union-attr]

    def validate_unique(self) -> None:
        """Left to the service: it sees the rows together with their record."""

    def rows(self) -> list[dict[str, Any]]:
        """The rows to write, in their order; untouched blank forms are not rows."""
        return [form.values() for form in self._written()]

    def _written(self) -> list[Any]:
        return [
            form
            for form in self.forms
            if form.has_changed() and not (self.can_delete and form.cleaned_data.get(DELETION_FIELD_NAME))
        ]


class OneRowFormSet(RowsFormSet):
    """Exactly one row (the detail of a kind): always validated, always written."""

    blank_rows = 1

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.extra = 1

    def get_form_kwargs(self, index: int | None) -> dict[str, Any]:
        return {**super().get_form_kwargs(index), "empty_permitted": False, "use_required_attribute": False}

    def _written(self) -> list[Any]:
        return list(self.forms)


def place_text(name: str) -> str:
    """Where a service found a fault, as people read it: 指标 2　单位."""
    if not isinstance(name, RowPlace):
        return name.partition(": ")[0]
    column = apps.get_model(name.table)._meta.get_field(name.column)
    return f"{name.row}　{getattr(column, 'verbose_name', name.column)}"


def _tell_rather_than_cut(form: Any) -> None:
    """A browser cuts a pasted text at `maxlength` and says nothing: without it the page counts, and the form says what
    is too long.
    """
    columns = {column.name: column for column in form._meta.model._meta.fields}
    for name, field in form.fields.items():
        limit = field.widget.attrs.pop("maxlength", None) or _longest(columns.get(name))
        is_written = isinstance(field.widget, forms.TextInput | forms.Textarea) and not field.widget.is_hidden
        if limit and int(limit) <= COUNTED and is_written:
            field.widget.attrs["data-limit"] = limit


def _longest(column: Any) -> int | None:
    """The limit that a text column has by its validators only."""
    limits = (one.limit_value for one in getattr(column, "validators", ()) if isinstance(one, MaxLengthValidator))
    return next(limits, None)


def _start_at_what_the_browser_selects(field: forms.Field) -> None:
    """A list without an empty choice comes back with its first one: a blank row that does so is still blank."""
    if isinstance(field, forms.ChoiceField) and not isinstance(field, forms.ModelChoiceField) and field.initial is None:
        first = next(iter(cast("Iterable[Any]", field.choices)), None)
        if isinstance(first, tuple) and first[0] not in ("", None):
            field.initial = first[0]
