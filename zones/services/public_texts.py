"""Texts that others read and that tell of facts, not of people: no name of a person, no way to reach one."""

from collections.abc import Mapping
from typing import Any, Final

from django.db.models import CharField, TextField, URLField
from django.utils.translation import gettext as _

from lexicon.leaks import LeakKind, find_leaks
from zones.errors import InvalidInput

CONTACTS: Final = frozenset({LeakKind.MOBILE, LeakKind.LANDLINE, LeakKind.MESSENGER, LeakKind.EMAIL})
TITLES: Final = frozenset({"title_zh", "title_en"})
"""Where a person would be named; a longer text may cite one, as a document does."""


def must_name_nobody(texts: Mapping[str, str]) -> None:
    """Raises InvalidInput for a title that names a person, and for any text that tells how to reach one."""
    errors: dict[str, list[str]] = {}
    for leak in find_leaks(texts):
        place = {"start": leak.start + 1, "end": leak.end}
        if leak.kind in CONTACTS:
            message = _("第 %(start)d–%(end)d 字疑为联系方式：此处他人可见，请删去。")
            errors.setdefault(leak.field, []).append(message % place)
        elif leak.kind is LeakKind.PERSON and leak.field in TITLES:
            message = _("第 %(start)d–%(end)d 字疑为人名：此处他人可见，请改写为人员类别、岗位或单位。")
            errors.setdefault(leak.field, []).append(message % place)
    if errors:
        raise InvalidInput(errors)


def free_texts(model: Any, values: Mapping[str, Any]) -> dict[str, str]:
    """What of some values people wrote in words of their own: column → text."""
    return {
        name: value
        for name, value in values.items()
        if isinstance(value, str) and value and _is_free(model._meta.get_field(name))
    }


def _is_free(column: Any) -> bool:
    return isinstance(column, CharField | TextField) and not isinstance(column, URLField) and not column.choices
