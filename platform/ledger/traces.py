"""Where the database holds the words of a person, in any column of any table, histories among them, and how they are
taken out. What is a person's word, and which rows are theirs, the floors above know.
"""

import json
import re
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final, NamedTuple

import pgtrigger
from django.apps import apps
from django.db import connection
from django.db.models import Field, Model
from psycopg import sql
from psycopg.types.json import Jsonb

from ledger.classification import FieldClass, field_class

GONE: Final = "已删除"
"""Stands where a word was."""
OF_OTHERS: Final = frozenset({"auth", "contenttypes", "django_celery_beat", "sites"})
"""Applications whose rows are the platform's own names."""
TEXTS: Final = frozenset({"CharField", "TextField", "EmailField", "URLField", "SlugField", "JSONField", "ArrayField"})
NAMES_OF_THINGS: Final = re.compile(
    r"(?:^|_)(?:code|codes|number|id|key|hash|sha256|digest|password|secret|figure|scope|period|unit|kind|type|task)$"
)
"""Columns that end so hold what a program reads: words of a language stand there that are nobody's."""
NAMES_OF_PEOPLE: Final = re.compile(r"attendees_zh|username|(?:display|shown|person|first|last)_name")
DIGITS_APART: Final = "[ -]?"
SHORTEST_NAME: Final = 2


@dataclass(frozen=True, slots=True)
class Words:
    """What a person is recognized by. `addresses` and `numbers` are nobody else's and are taken out wherever they
    stand; `names` others may bear too: they are taken out of rows that belong to the person, or in which one of the
    first stands; `labels` may be words of the language, and are taken out only where such a row says who somebody is.
    """

    addresses: frozenset[str] = frozenset()
    numbers: frozenset[str] = frozenset()
    names: frozenset[str] = frozenset()
    labels: frozenset[str] = frozenset()

    @property
    def sure(self) -> str:
        """A regular expression for PostgreSQL and Python alike; empty where there are none."""
        return either(self.addresses | self.numbers)

    @property
    def every(self) -> str:
        return either(self.addresses | self.numbers | self.names | self.labels)


Rows = Mapping[type[Model], Collection[int]]


@dataclass(frozen=True, slots=True)
class Ties:
    """Model → keys. A row that refers to one of them, or to a row that does, belongs to the person; of `rows` these
    themselves do, too.
    """

    referred: Rows
    rows: Rows

    @property
    def every(self) -> Rows:
        return {**self.referred, **self.rows}


Condition = tuple[sql.Composable, list[Any]]


class Column(NamedTuple):
    """A column with text, and what may stand in it."""

    name: str
    is_json: bool
    most: int | None
    is_unique: bool
    is_free: bool
    """Somebody writes what they like."""
    is_personal: bool
    """It says who somebody is."""


def unguarded() -> AbstractContextManager[Any]:
    """Inside, rows that are otherwise written once can be changed, and no history is kept of it: to take a person's
    words out, and for nothing else. What search and figures follow is marked as ever.
    """
    guards = [
        f"{model._meta.label}:{trigger.name}"
        for model, trigger in pgtrigger.registered()
        if not str(trigger.name).startswith("mark_")
    ]
    ignored: AbstractContextManager[Any] = pgtrigger.ignore(*guards)
    return ignored


def take_out(words: Words, ties: Ties) -> dict[str, int]:
    """Put `GONE` where the words stood. Returns how many rows of which table changed. Call it `unguarded`."""
    if not words.every:
        return {}
    tables = {model._meta.db_table: model for model in apps.get_models(include_auto_created=True) if _is_ours(model)}
    counts = {table: _Table(model, ties).take_out(words) for table, model in sorted(tables.items())}
    return {table: count for table, count in counts.items() if count}


def either(words: Collection[str]) -> str:
    """A pattern for any of some words, the longest first."""
    found = {_pattern(form) for word in words if len(word) >= SHORTEST_NAME for form in (word, _in_json(word))}
    return "|".join(sorted(found, key=lambda one: (-len(one), one)))


@dataclass(frozen=True)
class _Table:
    model: type[Model]
    ties: Ties

    @cached_property
    def columns(self) -> list[Column]:
        return [
            _column(self.model, field)
            for field in self.model._meta.concrete_fields
            if field.get_internal_type() in TEXTS and not getattr(field, "generated", False)
        ]

    def take_out(self, words: Words) -> int:
        """Returns how many rows changed."""
        return sum(self._change(pk, values, words, is_theirs=is_theirs) for pk, is_theirs, values in self._rows(words))

    def _rows(self, words: Words) -> list[tuple[Any, bool, list[Any]]]:
        """Rows in which a word stands: key, whether they belong to the person, and their texts."""
        if not self.columns:
            return []
        theirs, keys = any_of([*self._tied(), (sql.SQL("{} ~* %s").format(self._text), [words.sure or "$^"])])
        query = sql.SQL("SELECT {}, {}, {} FROM {} AS r WHERE {} ~* %s").format(
            self._key, theirs, sql.SQL(", ").join(sql.Identifier("r", one.name) for one in self.columns), self._name,
            self._text,
        )  # fmt: skip
        with connection.cursor() as cursor:
            cursor.execute(_as_text(query), [*keys, words.every])
            return [(pk, bool(is_theirs), values) for pk, is_theirs, *values in cursor.fetchall()]

    def _change(self, pk: Any, values: list[Any], words: Words, *, is_theirs: bool) -> bool:
        changed = {}
        for column, kept in zip(self.columns, values, strict=True):
            value = json.loads(kept) if column.is_json and isinstance(kept, str) else kept
            made = _without(value, _patterns(words, column, is_theirs=is_theirs), column, pk)
            if made != value:
                changed[column] = made
        if changed:
            self._write(pk, changed)
        return bool(changed)

    def _write(self, pk: Any, changed: dict[Column, Any]) -> None:
        assigned = sql.SQL(", ").join(sql.SQL("{} = %s").format(sql.Identifier(one.name)) for one in changed)
        query = sql.SQL("UPDATE {} AS r SET {} WHERE {} = %s").format(self._name, assigned, self._key)
        values: list[Any] = [Jsonb(value) if column.is_json else value for column, value in changed.items()]
        with connection.cursor() as cursor:
            cursor.execute(_as_text(query), [*values, pk])

    def _tied(self) -> Iterator[Condition]:
        """Rows that refer to what the person is tied to, and those that refer to such rows."""
        if self.model in self.ties.rows:
            yield sql.SQL("{} = ANY(%s)").format(self._key), [sorted(self.ties.rows[self.model])]
        yield from _direct(self.model, "r", self.ties.every)
        for field in self.model._meta.concrete_fields:
            parent = field.related_model
            if not isinstance(parent, type) or parent in self.ties.every or not _is_ours(parent):
                continue
            found = list(_direct(parent, "p", self.ties.every))
            if found:
                condition, keys = any_of(found)
                yield (
                    sql.SQL("{} IN (SELECT p.{} FROM {} AS p WHERE {})").format(
                        sql.Identifier("r", str(field.column)), sql.Identifier(str(parent._meta.pk.column)),
                        sql.Identifier(parent._meta.db_table), condition,
                    ),
                    keys,
                )  # fmt: skip

    @property
    def _name(self) -> sql.Identifier:
        return sql.Identifier(self.model._meta.db_table)

    @property
    def _key(self) -> sql.Identifier:
        return sql.Identifier("r", str(self.model._meta.pk.column))

    @property
    def _text(self) -> sql.Composable:
        """All columns as one text."""
        parts = (sql.SQL("{}::text").format(sql.Identifier("r", column.name)) for column in self.columns)
        return sql.SQL("concat_ws(E'\\n', {})").format(sql.SQL(", ").join(parts))


def _is_ours(model: type[Model]) -> bool:
    return bool(model._meta.managed) and not model._meta.proxy and model._meta.app_label not in OF_OTHERS


def _column(model: type[Model], field: "Field[Any, Any]") -> Column:
    """A history's column is judged as the one it tells of."""
    tracked: type[Model] = getattr(model, "pgh_tracked_model", None) or model
    told = {one.name: one for one in tracked._meta.concrete_fields}.get(field.name, field)
    is_named = bool(told.choices) or told.get_internal_type() == "SlugField" or bool(NAMES_OF_THINGS.search(told.name))
    return Column(
        str(field.column), field.get_internal_type() == "JSONField", field.max_length, bool(field.unique),
        is_free=not (is_named or told.unique),
        is_personal=field_class(tracked, told.name) is FieldClass.PII or bool(NAMES_OF_PEOPLE.fullmatch(told.name)),
    )  # fmt: skip


def _direct(model: type[Model], alias: str, ties: Rows) -> Iterator[Condition]:
    for field in model._meta.concrete_fields:
        keys = ties.get(field.related_model) if isinstance(field.related_model, type) else None
        if keys and field.column:
            yield sql.SQL("{} = ANY(%s)").format(sql.Identifier(alias, field.column)), [sorted(keys)]


def any_of(conditions: Collection[Condition]) -> Condition:
    """Rows of which one at least holds."""
    parts, keys = zip(*conditions, strict=True)
    return sql.SQL("coalesce({}, false)").format(sql.SQL(" OR ").join(parts)), [key for some in keys for key in some]


def _patterns(words: Words, column: Column, *, is_theirs: bool) -> "re.Pattern[str] | None":
    """What is taken out of a column of a row. An address is no name of a thing, wherever it stands."""
    found = set(words.addresses)
    if column.is_free:
        found |= words.numbers
    if column.is_free and is_theirs:
        found |= words.names
    if column.is_personal and is_theirs:
        found |= words.labels
    pattern = either(found)
    return re.compile(pattern, re.IGNORECASE) if pattern else None


def _without(value: Any, pattern: "re.Pattern[str] | None", column: Column, pk: Any) -> Any:
    """A value without the words; within JSON in texts only, a number is nobody's."""
    if pattern is None or value is None:
        return value
    made = _walked(value, lambda text: pattern.sub(GONE, text))
    if isinstance(made, str) and made != value:
        made = f"{GONE}-{pk}" if column.is_unique else made
        return made[: column.most] if column.most else made
    return made


def _walked(value: Any, change: Callable[[str], str]) -> Any:
    if isinstance(value, str):
        return change(value)
    if isinstance(value, list):
        return [_walked(one, change) for one in value]
    if isinstance(value, dict):
        return {change(key): _walked(one, change) for key, one in value.items()}
    return value


def _as_text(query: sql.Composed) -> str:
    """What looks at statements on their way reads text."""
    return query.as_string(connection.connection)


def _pattern(word: str) -> str:
    """A word as it stands by itself: a log-in name is not part of a longer one, a number not of another."""
    if re.fullmatch(r"[+\d][\d -]{5,}", word):
        digits = DIGITS_APART.join(re.escape(one) for one in re.sub(r"[ -]", "", word))
        return rf"(?<![\dA-Za-z]){digits}(?![\dA-Za-z])"
    before = r"(?<![A-Za-z0-9_])" if _is_latin(word[0]) else ""
    after = r"(?![A-Za-z0-9_])" if _is_latin(word[-1]) else ""
    return before + re.sub(r"([.^$*+?()\[\]{}|\\-])", r"\\\1", word) + after


def _is_latin(letter: str) -> bool:
    return letter.isascii() and letter.isalnum()


def _in_json(word: str) -> str:
    return json.dumps(word, ensure_ascii=False)[1:-1]
