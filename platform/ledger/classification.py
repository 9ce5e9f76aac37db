"""Classes of model fields: who may read a field of a row they can see. An unclassified field fails the tests.

`public`: everybody who can see the row. `scoped`: the owning side only (editors and auditors of the row).
`pii`: personal contact data, only through `zones.services.contacts`. `secret`: never leaves through a door.
"""

from collections.abc import Callable, Iterator
from enum import StrEnum
from typing import NamedTuple, TypeVar

from django.apps import apps
from django.db import models

OUR_APPS = ("ledger", "accounts", "zones", "matching", "notifications")
Model = TypeVar("Model", bound=models.Model)


class FieldClass(StrEnum):
    PUBLIC = "public"
    SCOPED = "scoped"
    PII = "pii"
    SECRET = "secret"


class ClassifiedField(NamedTuple):
    model: str
    field: str
    field_class: FieldClass | None


_CLASSES: dict[str, dict[str, FieldClass]] = {}


def classified(
    *, public: str = "", scoped: str = "", pii: str = "", secret: str = ""
) -> Callable[[type[Model]], type[Model]]:
    """Register the class of every concrete field of a model; names are separated by blanks."""

    def register(model: type[Model]) -> type[Model]:
        by_class = {
            FieldClass.PUBLIC: public,
            FieldClass.SCOPED: scoped,
            FieldClass.PII: pii,
            FieldClass.SECRET: secret,
        }
        _CLASSES[model._meta.label_lower] = {name: kind for kind, names in by_class.items() for name in names.split()}
        return model

    return register


def field_class(model: type[models.Model], field: str) -> FieldClass | None:
    """Return the class of `field`, or None where nobody has classified it."""
    return _CLASSES.get(model._meta.label_lower, {}).get(field)


def all_fields() -> Iterator[ClassifiedField]:
    """Every concrete field of our own models; history tables repeat their model and are left out."""
    for app in OUR_APPS:
        for model in apps.get_app_config(app).get_models():
            if not hasattr(model, "pgh_tracked_model"):
                yield from (
                    ClassifiedField(model._meta.label_lower, field.name, field_class(model, field.name))
                    for field in model._meta.concrete_fields
                )
