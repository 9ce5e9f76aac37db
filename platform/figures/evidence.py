"""The rows an answer is made of, as far as a reader may see them; of the others only how many there are."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Final

from django.apps import apps
from django.db.models import Model
from django.utils.translation import gettext as _

from figures.answering import Answer
from figures.facts import Fact
from zones.models.base import ScopedModel
from zones.scoping import Principal

WITH: Final = {
    "zones.membership": ("association", "zone"),
    "zones.zonelevel": ("zone",),
    "zones.catalogueitem": ("catalogue", "resource"),
    "matching.agreementparty": ("zone", "association", "organization"),
    "figures.observation": ("series",),
}
PARTS: Final = {
    "zones.membership": ("association.slug", "zone.slug"),
    "zones.zonelevel": ("zone.slug", "level"),
    "zones.catalogueitem": ("catalogue.public_id", "resource.public_id"),
}
"""By what rows without a public id are known."""
AMOUNTS: Final = {"matching.cooperation": "matching.CooperationAmount/cooperation_id"}
"""Tables whose sums stand in another one, which fewer people read: a row may be public and its sum not."""
NAMED_BY_ORGANIZATION: Final = ("zones.chainplace", "zones.enclavetenant", "matching.agreementparty")
"""Rows that are called by an organization's name, and may be read by who may not be told it."""


@dataclass(frozen=True, slots=True)
class EvidenceRow:
    """One row: its table, the id it is known by outside, its name, its day and what it counts; None where the reader is
    told the row and not its sum.
    """

    table: str
    id: str
    name: str
    on: date | None
    until: date | None
    amount: Decimal | None
    row: Any


@dataclass(frozen=True, slots=True)
class Evidence:
    """The rows one may read, in the order of their days, and the number of those one may not."""

    rows: tuple[EvidenceRow, ...]
    hidden: int


def evidence(answer: Answer, principal: Principal, *, most: int | None = None) -> Evidence:
    """What the answer is made of. With `most` only the first are read; `hidden` always counts all."""
    facts = sorted(answer.facts, key=lambda fact: (fact.start or date.min, fact.table, fact.key))
    seen = {table: _visible_keys(table, principal, keys) for table, keys in _keys(facts).items()}
    shown = [fact for fact in facts if fact.key in seen[fact.table]]
    told = _told(shown if most is None else shown[:most], principal, is_money=_is_money(answer))
    return Evidence(tuple(told), len(facts) - len(shown))


def readable(answers: Iterable[Answer], principal: Principal) -> list[int]:
    """Of each answer how many of its rows one may read, from one reading of each table."""
    given = list(answers)
    keys = _keys(fact for one in given for fact in one.facts)
    seen = {table: _visible_keys(table, principal, found) for table, found in keys.items()}
    return [sum(fact.key in seen[fact.table] for fact in one.facts) for one in given]


def _is_money(answer: Answer) -> bool:
    """Whether the facts are sums; of a growth those of what grows."""
    base = answer.parts[0] if answer.parts else answer
    return base.unit.is_money


def _keys(facts: Iterable[Fact]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for fact in facts:
        found.setdefault(fact.table, []).append(fact.key)
    return found


def _visible_keys(table: str, principal: Principal, keys: list[int]) -> set[int]:
    model = apps.get_model(table)
    if table == "zones.catalogueitem":  # a public table of rows that are not
        resources = apps.get_model("zones.resource").objects.visible_to(principal)
        return set(model._default_manager.filter(pk__in=keys, resource__in=resources).values_list("pk", flat=True))
    rows: Any = model.objects.visible_to(principal) if issubclass(model, ScopedModel) else model._default_manager
    return set(rows.filter(pk__in=keys).values_list("pk", flat=True))


def _told(facts: list[Fact], principal: Principal, *, is_money: bool) -> Iterator[EvidenceRow]:
    rows: dict[tuple[str, int], Model] = {}
    secret: set[tuple[str, int]] = set()
    for table, keys in _keys(facts).items():
        model = apps.get_model(table)
        found = model._base_manager.select_related(*WITH.get(table, ())).in_bulk(keys)
        rows |= {(table, key): row for key, row in found.items()}
        if is_money and table in AMOUNTS:
            secret |= {(table, key) for key in set(keys) - _with_readable_sums(AMOUNTS[table], principal, keys)}
    unnamed = _unnamed(rows.values(), principal)
    for fact in facts:
        row, amount = rows[fact.table, fact.key], None if (fact.table, fact.key) in secret else fact.amount
        name = _("未公开名称的单位") if (fact.table, fact.key) in unnamed else str(row)
        yield EvidenceRow(fact.table, reference(row), name, fact.start, fact.end, amount, row)


def _with_readable_sums(path: str, principal: Principal, keys: list[int]) -> set[int]:
    label, _slash, column = path.partition("/")
    rows: Any = apps.get_model(label)
    return set(rows.objects.visible_to(principal).filter(**{f"{column}__in": keys}).values_list(column, flat=True))


def _unnamed(rows: Iterable[Any], principal: Principal) -> set[tuple[str, int]]:
    """Rows whose name is that of an organization the reader may not see."""
    named = [row for row in rows if row._meta.label_lower in NAMED_BY_ORGANIZATION and row.organization_id]
    keys = {row.organization_id for row in named}
    organizations: Any = apps.get_model("zones.organization")
    seen = set(organizations.objects.visible_to(principal).filter(pk__in=keys).values_list("pk", flat=True))
    return {(row._meta.label_lower, row.pk) for row in named if row.organization_id not in seen}


def reference(row: Model) -> str:
    """The id a row is known by outside: its public id, or what it joins."""
    named = getattr(row, "public_id", None) or getattr(row, "slug", None)
    return str(named) if named else "/".join(str(_at(row, path)) for path in PARTS[row._meta.label_lower])


def _at(row: Any, path: str) -> Any:
    for name in path.split("."):
        row = getattr(row, name)
    return row
