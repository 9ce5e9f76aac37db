"""The one base of all serializers: scoped rows, fields by class, keys of related rows only where those may be seen."""

import math
from collections.abc import Callable, Collection, Mapping
from functools import cached_property
from operator import attrgetter
from typing import Any, ClassVar, final

from django.core.exceptions import FieldDoesNotExist, ImproperlyConfigured
from django.db import models
from django.db.models import BooleanField, ExpressionWrapper, OuterRef, Prefetch, Q, QuerySet, Subquery
from rest_framework import serializers

from api.base import Reader
from ledger.classification import FieldClass, field_class
from zones import scoping
from zones.models import Region
from zones.models.base import ScopedModel

PLAIN = (
    serializers.CharField,
    serializers.ChoiceField,
    serializers.IntegerField,
    serializers.BooleanField,
    serializers.SlugField,
    serializers.URLField,
)
READABLE = (FieldClass.PUBLIC, FieldClass.SCOPED)


def visible_rows(model: type[models.Model], reader: Reader) -> "QuerySet[Any]":
    """Rows of a scoped model the reader may see; all rows of a public one."""
    if issubclass(model, ScopedModel):
        rows: QuerySet[Any] = model.objects.visible_to(reader.principal)
        return rows
    return model._meta.model.objects.all()  # type: ignore[attr-defined, no-any-return]


def own_side(model: type[models.Model], reader: Reader) -> Q:
    """Rows the reader reads whole."""
    return scoping.read_whole(model, reader.principal)


def key_of(model: type[models.Model], reader: Reader, *, by: str) -> Subquery:
    """The public key of the row that column `by` names; null where the reader may not see that row."""
    key = "code" if model is Region else "public_id"
    return Subquery(visible_rows(model, reader).filter(pk=OuterRef(by)).order_by().values(key))


class FiniteFloatField(serializers.FloatField):
    """JSON knows no infinity and no NaN: they are told as null."""

    def to_representation(self, value: Any) -> Any:
        number = float(value)
        return number if math.isfinite(number) else None


class PublicKeyField(serializers.CharField):
    """A foreign key as public id (regions: as code), read from the annotation that `rows` makes."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**(kwargs | {"read_only": True, "allow_null": True}))


class ClassifiedSerializer(serializers.ModelSerializer[Any]):
    """Fields by their class: public ones for everybody, scoped ones null but for the own side, others never.

    `rows` gives the rows with all that the fields need, in a fixed number of queries; nested classified serializers
    with `many=True` bring their own. `only` names the fields that are told; None: all.
    """

    builds_on: ClassVar[Mapping[str, tuple[str, ...]]] = {}
    """Computed fields, and the nested ones whose rows they read."""
    serializer_field_mapping: ClassVar = serializers.ModelSerializer.serializer_field_mapping | {
        models.FloatField: FiniteFloatField
    }

    def __init__(self, *args: Any, only: Collection[str] | None = None, **kwargs: Any) -> None:
        self.only = only
        super().__init__(*args, **kwargs)

    @classmethod
    @final
    def rows(cls, reader: Reader, only: Collection[str] | None = None) -> "QuerySet[Any]":
        """Rows the reader may see, each told whether the reader is on its own side, with what `only` asks for."""
        return cls._told(cls._sided(visible_rows(cls.Meta.model, reader), reader), reader, cls._read(only))

    @classmethod
    def _rows_below(cls, whole: type[models.Model], reader: Reader) -> "QuerySet[Any]":
        """The same rows, to be prefetched below rows of `whole` the reader may see: a rule both share is asked once,
        and whose side a row is on only where a field waits for the answer.
        """
        model: Any = cls.Meta.model
        is_shared = issubclass(model, ScopedModel) and scoping.is_seen_with(model, whole)
        rows = model.objects.below_visible(whole) if is_shared else visible_rows(model, reader)
        is_plain = not any(field_class(model, name) is FieldClass.SCOPED for name in cls._columns())
        return cls._told(rows if is_plain else cls._sided(rows, reader), reader, cls._read(None))

    @classmethod
    def _sided(cls, rows: "QuerySet[Any]", reader: Reader) -> "QuerySet[Any]":
        """The rows, each told whether the reader is on its own side."""
        if not issubclass(cls.Meta.model, ScopedModel):
            return rows
        side = ExpressionWrapper(cls.own_side(reader), output_field=BooleanField())
        sided: QuerySet[Any] = rows.annotate(is_own_side=side)
        return sided

    @classmethod
    def completed(cls, rows: "QuerySet[Any]", reader: Reader) -> "QuerySet[Any]":
        """Hook: the rows with what else the fields need."""
        return rows

    @classmethod
    @final
    def _told(cls, rows: "QuerySet[Any]", reader: Reader, read: Collection[str]) -> "QuerySet[Any]":
        """The rows with what the fields `read` need: nested rows, keys of related rows."""
        children = [
            Prefetch(field.source or name, queryset=field.child._rows_below(cls.Meta.model, reader))
            for name, field in cls._declared_fields.items()
            if name in read
            and isinstance(field, serializers.ListSerializer)
            and isinstance(field.child, ClassifiedSerializer)
        ]
        keyed = rows.prefetch_related(*children).annotate(**cls._keys(reader, read))
        return cls.completed(keyed, reader)

    @classmethod
    def _read(cls, only: Collection[str] | None) -> frozenset[str]:
        """The fields that are told, and those they build on."""
        told = frozenset(cls.Meta.fields if only is None else only)
        return told.union(*(cls.builds_on.get(name, ()) for name in told))

    @classmethod
    def own_side(cls, reader: Reader) -> Q:
        return own_side(cls.Meta.model, reader)

    @classmethod
    def _keys(cls, reader: Reader, read: Collection[str]) -> dict[str, Subquery]:
        relations = {name: field for name, field in cls._columns().items() if name in read and field.is_relation}
        return {f"{name}_key": key_of(_target(field), reader, by=f"{name}_id") for name, field in relations.items()}

    @classmethod
    def _columns(cls) -> "dict[str, models.Field[Any, Any]]":
        """The columns that are told as they are, by name."""
        names = [name for name in cls.Meta.fields if name not in cls._declared_fields]
        return {name: column for name in names if (column := _column(cls.Meta.model, name))}

    def get_fields(self) -> dict[str, serializers.Field[Any, Any, Any, Any]]:
        """The declared fields; one whose column is secret, personal or unclassified is a mistake of ours."""
        fields = super().get_fields()
        for name, field in fields.items():
            if (kind := self._class_of(name, field.source)) not in READABLE:
                raise ImproperlyConfigured(f"{type(self).__name__}.{name} is {kind}: it does not leave through the API")
        return {name: field for name, field in fields.items() if self.only is None or name in self.only}

    @cached_property
    def scoped_names(self) -> list[str]:
        """Fields that are null but for the own side."""
        return [name for name, field in self.fields.items() if self._is_scoped(name, field.source)]

    def _is_scoped(self, name: str, source: str | None = None) -> bool:
        return self._class_of(name, source) is FieldClass.SCOPED

    def _class_of(self, name: str, source: str | None) -> FieldClass | None:
        """The class of the column a field reads; what is computed from columns is as public as its author made it."""
        column = _column(self.Meta.model, (source or name).removesuffix("_key"))
        return FieldClass.PUBLIC if column is None else field_class(self.Meta.model, column.name)

    def get_extra_kwargs(self) -> dict[str, dict[str, Any]]:
        """Everything is read-only here; what others read as null may be null."""
        built = [name for name in self.Meta.fields if name not in self._declared_fields]
        nullable = {name: {"allow_null": True} for name in built if self._is_scoped(name)}
        return {name: {"read_only": True} | nullable.get(name, {}) for name in built}

    def get_uniqueness_extra_kwargs(self, *args: Any) -> tuple[dict[str, Any], dict[str, Any]]:
        """Nothing is written, so nothing must be unique."""
        return args[2], {}

    def build_relational_field(
        self, field_name: str, relation_info: Any
    ) -> tuple[type[PublicKeyField], dict[str, Any]]:
        return PublicKeyField, {"source": f"{field_name}_key"}

    def to_representation(self, instance: Any) -> dict[str, Any]:
        """As Django REST framework tells it, without asking each field of each row what is the same for all rows."""
        told: dict[str, Any] = {}
        for name, read, write in self._ways:
            value = read(instance)
            told[name] = write(value) if write is not None and value is not None else value
        if self.scoped_names and not instance.is_own_side:
            told |= dict.fromkeys(self.scoped_names)
        return told

    @cached_property
    def _ways(self) -> list[tuple[str, Callable[[Any], Any], Callable[[Any], Any] | None]]:
        """How each field is read from a row, and how it is written; None: as it is."""
        return [
            (name, self._way_of_reading(field), None if _is_told_as_it_is(field) else field.to_representation)
            for name, field in self.fields.items()
            if not field.write_only
        ]

    def _way_of_reading(self, field: Any) -> Callable[[Any], Any]:
        """Columns and keys are attributes; what is computed, joined or nested is asked for as the field does it."""
        is_attribute = field.source.endswith("_key") or _column(self.Meta.model, field.source) is not None
        return attrgetter(field.source) if is_attribute else field.get_attribute

    @property
    def reader(self) -> Reader:
        reader: Reader = self.context["reader"]
        return reader

    class Meta:
        model: type[models.Model]
        fields: tuple[str, ...]


def _is_told_as_it_is(field: Any) -> bool:
    """True for texts, numbers and flags, and lists of them: JSON tells them as Python holds them."""
    one = field.child if type(field) is serializers.ListField else field
    return type(one) in PLAIN


def _column(model: type[models.Model], name: str) -> "models.Field[Any, Any] | None":
    try:
        field = model._meta.get_field(name)
    except FieldDoesNotExist:
        return None
    return field if isinstance(field, models.Field) and field.concrete else None


def _target(field: "models.Field[Any, Any]") -> type[models.Model]:
    target = field.related_model
    assert isinstance(target, type)
    return target
