"""All definitions by their ids: those counted from rows, and what is derived from each (`contracts.flow:yoy`)."""

from functools import cache
from importlib import import_module
from typing import Final

from django.utils.translation import gettext as _

from figures.definitions.base import Definition
from figures.definitions.parts import part_of
from zones.errors import InvalidInput
from zones.scoping import SYSTEM, Principal

_DEFINITIONS: Final[dict[str, Definition]] = {}


def define(definition: type[Definition]) -> type[Definition]:
    """Class decorator: the definition can be asked for by its id."""
    if definition.id in _DEFINITIONS:
        raise ValueError(f"two definitions are called {definition.id}")
    _DEFINITIONS[definition.id] = definition()
    return definition


def definition_of(figure: str, *, reader: Principal = SYSTEM) -> Definition:
    """The definition of an id, with or without a derivation. Raises InvalidInput for one nobody knows, and alike for
    a part the reader may see nothing of.
    """
    from figures.definitions.derived import DERIVATIONS  # derivations are definitions of other definitions

    base, _colon, way = figure.partition(":")
    found = all_definitions().get(base) or part_of(all_definitions(), base, reader)
    if found is None or (way and (way not in DERIVATIONS or not DERIVATIONS[way].fits(found))):
        message = _("没有“%(figure)s”这一指标：请在指标目录中选择。")
        raise InvalidInput.single("figure", message % {"figure": figure[:60]})
    return DERIVATIONS[way](found) if way else found


def all_definitions() -> dict[str, Definition]:
    """Every definition counted from rows, by id."""
    _load()
    return _DEFINITIONS


@cache
def _load() -> None:
    """Once: dashboards ask for thousands of definitions."""
    from figures.definitions import SUBJECTS

    for name in SUBJECTS:
        import_module(f"figures.definitions.{name}")
