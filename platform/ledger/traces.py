"""Where the database holds the words of a person, in any column of any table, histories among them, and how they are
taken out. What is a person's word, and which rows are theirs, the floors above know.
"""

import json
import re
from collections.abc import Collection, Iterator, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

import pgtrigger
from django.apps import apps
from django.db import connection
from django.db.models import Model
from psycopg import sql

GONE: Final = "已删除"
"""Stands where a word was."""
COLUMNS: Final = """
SELECT c.table_name, c.column_name, c.udt_name, c.character_maximum_length
FROM information_schema.columns c JOIN information_schema.tables t USING (table_schema, table_name)
WHERE c.table_schema = current_schema() AND t.table_type = 'BASE TABLE' AND c.is_generated = 'NEVER'
    AND c.udt_name IN ('text', 'varchar', 'bpchar', 'json', 'jsonb', '_text', '_varchar')
ORDER BY c.table_name, c.ordinal_position
"""
DIGITS_APART: Final = "[ -]?"
SHORTEST_NAME: Final = 2


@dataclass(frozen=True, slots=True)
class Words:
    """`sure` are those nobody else has: they are taken out wherever they stand. `names` may be another's too, or a word
    of the language: they are taken out of rows that belong to the person, or in which a sure word stands.
    """

    sure: frozenset[str]
    names: frozenset[str]

    def pattern(self, *, is_sure: bool) -> str:
        """As a regular expression of PostgreSQL; empty where there are none."""
        words = self.sure if is_sure else self.sure | self.names
        found = {_pattern(form) for word in words if len(word) >= SHORTEST_NAME for form in (word, _in_json(word))}
        return "|".join(sorted(found, key=lambda one: (-len(one), one)))


class Column(NamedTuple):
    name: str
    kind: str
    most: int | None


Ties = Mapping[type[Model], Collection[int]]
"""Model → keys: a row that refers to one of them belongs to the person."""


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
    changed = {}
    for table, columns in _tables().items():
        with connection.cursor() as cursor:
            cursor.execute(*_statement(table, columns, words, _tied(table, ties)))
            if cursor.rowcount:
                changed[table] = cursor.rowcount
    return changed


def _tables() -> dict[str, list[Column]]:
    with connection.cursor() as cursor:
        cursor.execute(COLUMNS)
        rows = cursor.fetchall()
    found: dict[str, list[Column]] = {}
    for table, name, kind, most in rows:
        found.setdefault(table, []).append(Column(name, kind, most))
    return found


def _tied(table: str, ties: Ties) -> Iterator[tuple[str, list[int]]]:
    """Columns of the table that refer to what the person is tied to."""
    for model in apps.get_models(include_auto_created=True):
        if model._meta.db_table == table:
            for field in model._meta.concrete_fields:
                keys = ties.get(field.related_model) if isinstance(field.related_model, type) else None
                if keys and field.column:
                    yield field.column, sorted(keys)


def _statement(table: str, columns: list[Column], words: Words, tied: Iterator[tuple[str, list[int]]]) -> Any:
    every, sure = words.pattern(is_sure=False), words.pattern(is_sure=True)
    belongs, values = [sql.SQL("{} ~* %s").format(_text(columns))], [sure]
    for column, keys in tied:
        belongs.append(sql.SQL("{} = ANY(%s)").format(sql.Identifier("r", column)))
        values.append(keys)  # type: ignore[arg-type]
    query = sql.SQL("UPDATE {} AS r SET {} WHERE {} ~* %s AND ({})").format(
        sql.Identifier(table), sql.SQL(", ").join(map(_changed, columns)), _text(columns), sql.SQL(" OR ").join(belongs)
    )
    text = query.as_string(connection.connection)  # what looks at statements on their way reads text
    return text, [*([every] * len(columns)), every, *values]


def _text(columns: list[Column]) -> sql.Composable:
    """All columns as one text."""
    parts = (sql.SQL("{}::text").format(sql.Identifier("r", column.name)) for column in columns)
    return sql.SQL("concat_ws(E'\\n', {})").format(sql.SQL(", ").join(parts))


def _changed(column: Column) -> sql.Composable:
    name = sql.Identifier(column.name)
    text = sql.SQL("regexp_replace(r.{}::text, %s, {}, 'gi')").format(name, sql.Literal(GONE))
    if column.most:
        text = sql.SQL("left({}, {})").format(text, sql.Literal(column.most))
    kind = {"_text": "text[]", "_varchar": "text[]"}.get(column.kind, column.kind)
    return sql.SQL("{} = {}::{}").format(name, text, sql.SQL(kind))


def _pattern(word: str) -> str:
    """A word as it stands by itself: a log-in name is not part of a longer one, a number not of another."""
    if re.fullmatch(r"[+\d][\d -]{5,}", word):
        digits = DIGITS_APART.join(re.escape(one) for one in re.sub(r"[ -]", "", word))
        return rf"(?<!\d){digits}(?!\d)"
    before = r"(?<![A-Za-z0-9_])" if _is_latin(word[0]) else ""
    after = r"(?![A-Za-z0-9_])" if _is_latin(word[-1]) else ""
    return before + re.sub(r"([.^$*+?()\[\]{}|\\-])", r"\\\1", word) + after


def _is_latin(letter: str) -> bool:
    return letter.isascii() and letter.isalnum()


def _in_json(word: str) -> str:
    return json.dumps(word, ensure_ascii=False)[1:-1]
