"""Reading: how values are shown to people, and the read-only page of a record."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Field, Model
from django.utils.translation import gettext as _

from backoffice.fields import names_of_codes
from backoffice.rows import may_show, visible_rows
from zones import wording
from zones.errors import DomainError, InvalidInput, listed
from zones.models.codes import CodesField
from zones.scoping import Principal

EMPTY = "—"
LONG = 60
"""Characters from which on a value takes a line of its own."""


def unnumbered(title: Any) -> str:
    """A fieldset's title without the number of its step in the form."""
    return str(title or "").lstrip("①②③④⑤⑥ ")


def flat(names: Iterable[Any]) -> list[str]:
    """Field names of a fieldset, without its lines."""
    return [name for entry in names for name in (entry if isinstance(entry, list | tuple) else [entry])]


def sections(
    row: Model, fieldsets: Iterable[tuple[Any, list[str]]], principal: Principal, *, is_own: bool
) -> list[dict[str, Any]]:
    """Titles with (label, value) pairs of the fields this reader may read; empty ones are left out."""
    found = []
    for title, names in fieldsets:
        shown = [name for name in names if may_show(type(row), name, is_own=is_own)]
        pairs = [pair for name in shown if (pair := _pair(row, name, principal)) is not None]
        if pairs:
            found.append({"title": title, "pairs": pairs})
    return found


def _pair(row: Model, name: str, principal: Principal) -> dict[str, Any] | None:
    field = row._meta.get_field(name)
    assert isinstance(field, Field)
    text = value_text(row, field, principal)
    return {"label": str(field.verbose_name), "value": text, "is_long": len(text) > LONG} if text != EMPTY else None


def value_text(row: Model, field: Any, principal: Principal) -> str:
    """One value for reading; a related row the reader may not see is shown as if there were none."""
    if field.is_relation:
        return related_text(field, getattr(row, field.attname), principal)
    if isinstance(field, CodesField):
        return listed(names_of_codes(field.scheme, getattr(row, field.name))) or EMPTY
    if field.choices:
        return str(getattr(row, f"get_{field.name}_display")()) or EMPTY
    return plain_text(field.name, getattr(row, field.name))


def related_text(field: Any, key: Any, principal: Principal) -> str:
    if key is None:
        return EMPTY
    related = visible_rows(field.related_model, principal).filter(pk=key).first()
    return str(related) if related is not None else EMPTY


def plain_text(name: str, value: Any) -> str:
    """A value that is no relation."""
    return wording.plain_text(name, value) or EMPTY


def refusal_text(error: DomainError) -> str:
    """A refusal without its field names: the sentences say which field they mean."""
    if isinstance(error, InvalidInput):
        return " ".join(message for messages in error.errors.values() for message in messages)
    return error.message


def about(what: Any, told: Any) -> str:
    """One sentence about one thing, by the colon of the reader's language."""
    return _("%(what)s：%(told)s") % {"what": what, "told": told}
