"""What is sent to be written: fields by name, rows by their public ids; everything else is refused, never ignored."""

from collections.abc import Mapping
from functools import cached_property
from typing import Any
from uuid import UUID

from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from api.base import Reader
from api.serializers.base import visible_rows

ROWS_AT_MOST = 200
"""Of a list below a record, and of words or codes in a column."""
SHOWN_CHARACTERS = 60
TEXT_CHARACTERS = 60


@extend_schema_field(OpenApiTypes.STR)
class KeyField(serializers.Field[Any, Any, Any, Any]):
    """A row by its public id, or by its slug where it has one: a hidden row is as good as none.

    The context's `keys` remembers what was looked up for one request.
    """

    def __init__(self, model: type[models.Model], **options: Any) -> None:
        super().__init__(**options)
        self.model = model

    def to_internal_value(self, data: Any) -> Any:
        known: dict[Any, Any] = self.context["keys"]
        key = (self.model, data if isinstance(data, str) else None)
        if key not in known:
            known[key] = self._row(data) if isinstance(data, str) else None
        if known[key] is None:
            raise serializers.ValidationError(_("没有找到：它不存在，或您无权查看。请填写公开编号（UUID）或代号。"))
        return known[key]

    def _row(self, text: str) -> Any:
        reader: Reader = self.context["reader"]
        rows = visible_rows(self.model, reader)
        try:
            return rows.filter(public_id=UUID(text)).first()
        except ValueError:
            return rows.filter(slug=text).first() if _has_slug(self.model) else None

    def to_representation(self, value: Any) -> Any:
        return str(value.public_id)


@extend_schema_field({"oneOf": [{"type": "string", "maxLength": TEXT_CHARACTERS}, {"type": "number"}]})
class ChoiceItemField(serializers.Field[Any, Any, Any, Any]):
    """One of the values a metric may have: a word or a number."""

    def to_internal_value(self, data: Any) -> Any:
        if isinstance(data, str) and 0 < len(data.strip()) <= TEXT_CHARACTERS:
            return data.strip()
        if isinstance(data, int | float) and not isinstance(data, bool):
            return data
        raise serializers.ValidationError(_("请填写 1 至 %(most)d 字的文字，或数字。") % {"most": TEXT_CHARACTERS})

    def to_representation(self, value: Any) -> Any:
        return value


class InputSerializer(serializers.ModelSerializer[Any]):
    """Shapes only: what the rows may be is said by the services and by the database."""

    def to_internal_value(self, data: Any) -> Any:
        if isinstance(data, Mapping) and (unknown := [name for name in data if name not in self.fields]):
            message = _("不能填写此字段：请查看接口文档中可以填写的字段。")
            raise serializers.ValidationError({name[:SHOWN_CHARACTERS]: [message] for name in unknown})
        return super().to_internal_value(data)

    def build_relational_field(self, field_name: str, relation_info: Any) -> tuple[type[Any], dict[str, Any]]:
        column = relation_info.model_field
        optional = {"required": False, "allow_null": True} if column.null else {}
        return KeyField, {"model": relation_info.related_model, **optional}

    def build_standard_field(self, field_name: str, model_field: Any) -> tuple[type[Any], dict[str, Any]]:
        """Lists have an end; the choices of a metric are words and numbers."""
        built, options = super().build_standard_field(field_name, model_field)
        if isinstance(model_field, models.JSONField):
            return serializers.ListField, {
                "child": ChoiceItemField(),
                "required": False,
                "max_length": ROWS_AT_MOST,
            }
        if issubclass(built, serializers.ListField):
            options["max_length"] = ROWS_AT_MOST
        return built, options

    def get_uniqueness_extra_kwargs(self, *args: Any) -> tuple[dict[str, Any], dict[str, Any]]:
        """Whether something is unique is asked by the service, of everybody's rows."""
        return args[2], {}

    class Meta:
        model: type[models.Model]
        fields: tuple[str, ...]
        validators: tuple[Any, ...] = ()


class NothingSerializer(serializers.Serializer[Any]):
    """A step takes nothing but its address."""

    def to_internal_value(self, data: Any) -> Any:
        if data:
            raise serializers.ValidationError({"__all__": [_("此步骤不需要正文：请留空。")]})
        return {}


class RowsSerializer(serializers.ListSerializer[Any]):
    """Rows are written whole: what each must have, it must have in a change of their record too."""

    @cached_property
    def _row(self) -> Any:
        """A shape of its own: as a part of a change, no field of it would be required."""
        kind: Any = type(self.child)
        return kind(context=self.context)

    def run_child_validation(self, data: Any) -> Any:
        return self._row.run_validation(data)


def rows_of(kind: type[InputSerializer]) -> Any:
    """A list of rows below a record: the whole list is written in place of what was there."""
    return RowsSerializer(child=kind(), required=False, max_length=ROWS_AT_MOST)


def _has_slug(model: type[models.Model]) -> bool:
    try:
        model._meta.get_field("slug")
    except FieldDoesNotExist:
        return False
    return True
