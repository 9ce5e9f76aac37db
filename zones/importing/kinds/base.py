"""What a kind of import is: its columns, and the fields they fill. A new kind is a copy of its neighbour."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from zones.choices import Visibility
from zones.importing import cells
from zones.importing.cells import Reader
from zones.models import DETAIL_MODELS, Resource
from zones.models.codes import CodesField

Values = dict[str, Any]
Cells = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Column:
    """One field a file may fill. `title` is only needed where no field of a table has that name, `write` where its
    values are no plain ones.
    """

    field: str
    read: Reader
    is_required: bool = False
    title: str | Promise = ""
    write: Callable[[Any], str] | None = None


ORGANIZATION = Column("organization", cells.text, is_required=True, title=_("权属单位"))
VERSION = Column("version", cells.whole)
PARENT = Column("parent", cells.identifier, title=_("所属设备编号"))
ROW_TYPE = Column("row_type", cells.text, title=_("行类型"))
PSEUDO_FIELDS = frozenset({"organization", "version", "parent", "row_type", "laboratory"})
"""Columns that are resolved or compared rather than stored as they stand."""

COMMON = (
    Column("external_id", cells.identifier),
    Column("name_zh", cells.text, is_required=True),
    Column("name_en", cells.text),
    ORGANIZATION,
    Column("visibility", cells.one_of(Visibility.choices)),
    Column("description_zh", cells.text),
    Column("description_en", cells.text),
    Column("keywords", cells.words),
    Column("industry_codes", cells.codes),
    Column("discipline_codes", cells.codes),
    Column("equipment_codes", cells.codes),
    Column("modes", cells.codes),
    Column("trl", cells.level),
    Column("capacity", cells.whole),
    Column("capacity_note", cells.text),
    Column("price_note", cells.text),
    Column("share_mode", cells.text),
    Column("lead_time_days", cells.whole),
    Column("qualification", cells.text),
    Column("conditions", cells.text),
    Column("confirmed_on", cells.day),
    VERSION,
    ROW_TYPE,
)


def as_read(values: Values, row: Cells) -> Values:
    return values


@dataclass(frozen=True)
class Kind:
    """One kind of import. `finish` completes what was read of a row; `row_types`: rows of a mixed file it takes;
    `named`: the field that holds a record's name.
    """

    name: str
    columns: tuple[Column, ...]
    row_types: frozenset[str]
    finish: Callable[[Values, Cells], Values] = as_read
    joined: frozenset[str] = frozenset({"description_zh"})
    named: str = "name_zh"

    @cached_property
    def fields(self) -> dict[str, Column]:
        return {column.field: column for column in self.columns}

    @property
    def has_parts(self) -> bool:
        return "parent" in self.fields

    @property
    def tables(self) -> tuple[type[models.Model], ...]:
        """The tables whose columns a file fills."""
        return Resource, DETAIL_MODELS[self.name]

    def model_field(self, name: str) -> "models.Field[Any, Any] | None":
        """The column of the record or of its details; None for a column that is neither."""
        for model in self.tables:
            for known in model._meta.concrete_fields:
                if known.name == name:
                    return known
        return None

    def title(self, column: Column) -> str:
        """The column's title in the language that is active."""
        known = self.model_field(column.field)
        return str(column.title or (known.verbose_name if known else column.field))

    def label_of(self, name: str, value: Any) -> str:
        """One of a closed list as people call it, in the language that is active; "" for any other column."""
        known = self.model_field(name)
        return str(dict(known.flatchoices)[value]) if known is not None and known.choices and value else ""

    def scheme(self, name: str) -> str:
        """The code table of a column of codes; "" for other columns."""
        known = self.model_field(name)
        return known.scheme if isinstance(known, CodesField) else ""

    def blank(self, name: str) -> Any:
        """What a blank cell means: empty, or NOT_SAID where the field has a default of its own."""
        known = self.model_field(name)
        if known is None or name in PSEUDO_FIELDS or name == "external_id":
            return NOT_SAID
        default = known.get_default()
        return default if default in (None, "", []) else NOT_SAID

    @cached_property
    def stored(self) -> tuple[str, ...]:
        """Fields of the resource and its details that a file may fill and that are stored as they stand."""
        return tuple(name for name in self.fields if name not in PSEUDO_FIELDS)


NOT_SAID = object()
