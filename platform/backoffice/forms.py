"""The form of a record and the rows below it. They check shape; what is right is decided by the service behind them."""

from collections.abc import Iterable
from typing import Any, ClassVar, cast

from django import forms
from django.db.models import Model
from django.forms.formsets import DELETION_FIELD_NAME
from django.forms.utils import ErrorDict
from django.http import HttpRequest

from backoffice.framework import BaseInlineFormSet, ModelForm
from zones.errors import DomainError, InvalidInput


class RecordForm(ModelForm):
    """A record with the version its reader saw; shows what the service refused on the field at fault."""

    version = forms.IntegerField(required=False, widget=forms.HiddenInput)
    request: ClassVar[HttpRequest]
    row_labels: ClassVar[frozenset[str]] = frozenset()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            if isinstance(field, forms.ModelChoiceField) and self.instance.pk:
                self.initial[name] = getattr(self.instance, name)
        _tell_rather_than_cut(self.fields.values())
        self.fields["version"].required = bool(self.instance.pk)
        self.initial["version"] = getattr(self.instance, "version", None)

    def full_clean(self) -> None:
        super().full_clean()
        refusal = getattr(self.request, "refusal", None)
        if refusal is not None:
            self._show(refusal)
        self._errors = ErrorDict({name: self.errors[name] for name in [*self.fields, "__all__"] if name in self.errors})

    def _show(self, refusal: DomainError) -> None:
        if not isinstance(refusal, InvalidInput):
            self.add_error(refusal.field if refusal.field in self.fields else None, refusal.message)
            return
        for name, messages in refusal.errors.items():
            if name.rpartition(" ")[0].rpartition(" ")[0] in self.row_labels:
                continue
            at = name if name in self.fields else None
            is_named = at is not None or name in ("__all__", *self._meta.model._meta.fields_map)
            for message in messages:
                self.add_error(at, message if is_named or ":" not in name else f"{self._place(name)}　{message}")

    def _place(self, name: str) -> str:
        """Where in the rows below the record a service found a fault: “指标 2: unit” as people read it."""
        label, _colon, column = name.partition(": ")
        for relation in self._meta.model._meta.related_objects:
            fields = {field.name: field for field in relation.related_model._meta.fields}
            if label.startswith(f"{relation.related_model._meta.verbose_name} ") and column in fields:
                return f"{label}　{fields[column].verbose_name}"
        return label

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
        _tell_rather_than_cut(self.fields.values())

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

    def full_clean(self) -> None:
        super().full_clean()
        refusal = getattr(self.request, "refusal", None)
        if self.is_bound and isinstance(refusal, InvalidInput):
            self._show(refusal)

    def _show(self, refusal: InvalidInput) -> None:
        """What the service refused about a row, at that row: “指标 2: unit” counts the rows it was given."""
        for position, form in enumerate(self._written(), start=1):
            place = f"{self.model._meta.verbose_name} {position}: "
            for name, messages in refusal.errors.items():
                column = name.removeprefix(place)
                if column != name:
                    form.add_error(column if column in form.fields else None, messages)

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


def _tell_rather_than_cut(fields: Iterable[forms.Field]) -> None:
    """A browser cuts a pasted text at `maxlength` and says nothing: without it the form says what is too long."""
    for field in fields:
        field.widget.attrs.pop("maxlength", None)


def _start_at_what_the_browser_selects(field: forms.Field) -> None:
    """A list without an empty choice comes back with its first one: a blank row that does so is still blank."""
    if isinstance(field, forms.ChoiceField) and not isinstance(field, forms.ModelChoiceField) and field.initial is None:
        first = next(iter(cast("Iterable[Any]", field.choices)), None)
        if isinstance(first, tuple) and first[0] not in ("", None):
            field.initial = first[0]
