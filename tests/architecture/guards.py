"""The guards themselves: functions that take a tree, models or views and tell what breaks the house's rules."""

import ast
import re
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from django.db import models

from api.filters.base import columns_read
from api.views.base import ReadViewSet
from ledger.classification import ClassifiedField, FieldClass, field_class
from zones import scoping
from zones.models.base import ScopedModel

DOORS = ("platform/api", "platform/portal", "platform/backoffice")
FORBIDDEN_IN_DOORS = ("plain", "_default_manager", "_base_manager", "unscoped", "raw")
RELATED_ACCESS = re.compile(r"_set$")
DOMAIN = ("zones", "matching")
FORBIDDEN_IN_DOMAIN = ("rest_framework", "celery", "django.http", "django.contrib.admin", "django_filters")
MAY_BE_UNSCOPED = (
    *("zones/querysets.py", "zones/services/", "zones/importing/", "zones/search/"),
    *(
        "matching/snapshot.py",
        "matching/surroundings.py",
        "matching/store.py",
        "matching/tidying.py",
        "matching/services/",
        "matching/importing/",
    ),
    *("zones/management/", "matching/management/"),
    *("platform/figures/rows.py", "platform/figures/services/"),
)
PUBLIC_TABLES = frozenset(
    {
        *(
            "zones.region",
            "zones.regiongroup",
            "zones.zone",
            "zones.zonelevel",
            "zones.association",
            "zones.membership",
        ),
        *("zones.code", "zones.crosswalk", "zones.organizationalias", "zones.catalogueitem", "matching.scoringconfig"),
        *("zones.specialday", "matching.reviewpolicy"),
    }
)
"""Tables that everybody may read whole; every other table of the domain is a scoped model or never leaves."""
INNER_TABLES = frozenset(
    {
        *("matching.lexicalstatistics", "matching.runstep", "matching.candidatelist", "matching.liveresult"),
        *(
            "matching.resourcedocument",
            "matching.needdocument",
            "matching.needmark",
            "matching.resourcemark",
            "zones.importstep",
        ),
        *("matching.exposure", "matching.needday", "matching.scorecalibration"),
        *("matching.resourcevector", "matching.needvector", "matching.meaningstatistics", "matching.embeddingstep"),
    }
)


class Source(NamedTuple):
    """One Python file, by its path from the repository's root."""

    path: str
    text: str


def sources(root: Path, folders: Iterable[str]) -> list[Source]:
    files = (file for folder in folders for file in sorted((root / folder).rglob("*.py")))
    return [
        Source(file.relative_to(root).as_posix(), file.read_text()) for file in files if "migrations" not in file.parts
    ]


def unscoped_access(files: Iterable[Source]) -> list[str]:
    """Doors that go round `visible_to`: plain managers, `unscoped`, raw SQL, or reverse relations of a row."""
    return [
        f"{file.path}:{node.lineno} .{node.attr}"
        for file in files
        for node in _attributes(file)
        if node not in _empty(file) and (node.attr in FORBIDDEN_IN_DOORS or RELATED_ACCESS.search(node.attr))
    ]


def querysets_of_scoped_models(files: Iterable[Source], scoped: Iterable[str]) -> list[str]:
    """`Model.objects.<x>` of a scoped model where x is neither of the doors."""
    names = set(scoped)
    return [
        f"{file.path}:{node.lineno} {node.value.value.id}.objects.{node.attr}"
        for file in files
        for node in _attributes(file)
        if isinstance(node.value, ast.Attribute)
        and node.value.attr == "objects"
        and isinstance(node.value.value, ast.Name)
        and node.value.value.id in names
        and node.attr not in ("visible_to", "editable_by")
    ]


def unscoped_elsewhere(files: Iterable[Source], allowed: Iterable[str] = MAY_BE_UNSCOPED) -> list[str]:
    """`.unscoped(` outside the listed places."""
    places = tuple(allowed)
    return [
        f"{file.path}:{node.lineno}"
        for file in files
        if not file.path.startswith(places)
        for node in _attributes(file)
        if node.attr == "unscoped"
    ]


def door_imports(files: Iterable[Source]) -> list[str]:
    """Imports of doors or queues by the domain; only a `tasks.py` may know Celery."""
    return [
        f"{file.path} imports {module}"
        for file in files
        for module in _imports(file)
        if module.startswith(FORBIDDEN_IN_DOMAIN)
        and not (file.path in ("matching/tasks.py", "zones/tasks.py") and module.startswith("celery"))
    ]


def unclassified(fields: Iterable[ClassifiedField]) -> list[str]:
    return [f"{row.model}.{row.field}" for row in fields if row.field_class is None]


def without_scoping_rule(candidates: Iterable[type[models.Model]]) -> list[str]:
    """Scoped models for which `zones.scoping` has no rule, and models that are neither scoped nor listed as public."""
    faults = []
    for model in candidates:
        label = model._meta.label_lower
        if not issubclass(model, ScopedModel):
            faults += [] if label in PUBLIC_TABLES | INNER_TABLES else [f"{label}: neither scoped nor public"]
        elif not _has_rule(model):
            faults.append(f"{label}: no scoping rule")
        elif model._meta.default_manager_name != "plain":
            faults.append(f"{label}: its default manager is not the plain one")
    return faults


def unreadable_parameters(view: type[ReadViewSet]) -> list[str]:
    """Filters and orderings of a view that compare columns the caller may not read."""
    serializer: Any = view.serializer_class
    model: type[models.Model] = serializer.Meta.model
    filters = view.filterset_class.base_filters.items()
    read = [(f"filter {name}", column) for name, declared in filters for column in columns_read(declared)]
    read += [(f"ordering {name}", name.removeprefix("-")) for name in view.ordering_fields]
    return [f"{view.__name__} {what}: {column}" for what, column in read if not _is_public(model, column)]


def not_made_by_visible_to(view: type[ReadViewSet]) -> bool:
    """A view that does not take its rows from its serializer's `rows`, or keeps a ready-made queryset."""
    return "queryset" in vars(view) or not issubclass(view, ReadViewSet)


def _is_public(model: type[models.Model], path: str) -> bool:
    """Every step of the path is a public column, and no reverse relation leads to a scoped model."""
    for name in path.split("__"):
        field = model._meta.get_field(name)
        if isinstance(field, models.Field):
            if field_class(model, name) is not FieldClass.PUBLIC:
                return False
        elif issubclass(field.related_model, ScopedModel):
            return False
        model = field.related_model or model
    return True


def _has_rule(model: type[models.Model]) -> bool:
    try:
        scoping.visible(model, scoping.VISITOR)
        scoping.editable(model, scoping.VISITOR)
    except KeyError:
        return False
    return True


def _empty(file: Source) -> set[ast.expr]:
    """What `.none()` is asked of: it gives no row to anybody."""
    return {node.value for node in _attributes(file) if node.attr == "none"}


def _attributes(file: Source) -> Iterator[ast.Attribute]:
    return (node for node in ast.walk(_parsed(file.text)) if isinstance(node, ast.Attribute))


@cache
def _parsed(text: str) -> ast.Module:
    return ast.parse(text)


def _imports(file: Source) -> Iterator[str]:
    for node in ast.walk(_parsed(file.text)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module


TELLS = ("tell", "tell_fact", "record_event", "record_events", "record_fact")
NOT_FOLLOWED = ("active_config",)
"""It writes, and tells, its default when it is first asked for: that is no fact of whoever asks."""
WRITES = ("save", "create", "bulk_create", "get_or_create", "update_or_create", "delete")


Function = tuple[str, str]
"""Path and name."""


def silent_services(files: Iterable[Source]) -> list[str]:
    """Public functions of services that take a principal, write rows (also through what they call) and leave no
    outbox row.
    """
    bodies = {
        (file.path, node.name): node
        for file in files
        for node in _parsed(file.text).body
        if isinstance(node, ast.FunctionDef)
    }
    return sorted(
        name
        for (path, name), node in bodies.items()
        if not name.startswith("_")
        and [argument.arg for argument in node.args.args[:1]] == ["principal"]
        and (reached := _reached((path, name), bodies)).intersection(WRITES)
        and not reached.intersection(TELLS)
    )


def _reached(start: Function, bodies: dict[Function, ast.FunctionDef]) -> set[str]:
    """Names of everything a function calls, and what those call: in its own file, or a public one of any service."""
    public = {name: (path, name) for path, name in bodies if not name.startswith("_")}
    seen: set[str] = set()
    waiting, done = [start], {start}
    while waiting:
        path, name = waiting.pop()
        called = set(_calls(bodies[path, name])) - set(NOT_FOLLOWED)
        seen |= called
        found = [(path, one) if (path, one) in bodies else public.get(one) for one in called]
        fresh = {one for one in found if one is not None} - done
        done |= fresh
        waiting += fresh
    return seen


def _calls(node: ast.AST) -> Iterator[str]:
    for call in ast.walk(node):
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name):
            yield call.func.id
        elif isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute):
            yield call.func.attr
