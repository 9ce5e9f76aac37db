"""The history of a record as the database wrote it: who, when, through which door, and what changed."""

from collections.abc import Iterator
from functools import cache
from typing import Any, NamedTuple

from django.apps import apps
from django.db.models import Model
from django.utils.translation import gettext as _

from accounts.models import User
from backoffice.details import EMPTY, plain_text, related_text
from backoffice.rows import may_show
from backoffice.statements import field_label
from matching.models import LeakStatement, Need
from zones.scoping import Principal

NOT_TOLD = frozenset({"id", "version", "updated_at", "created_at", "public_id", "pinyin_key"})
LONG = 160
ENTRIES_AT_MOST = 100


class Change(NamedTuple):
    label: str
    before: str
    after: str


class Entry(NamedTuple):
    at: Any
    who: str
    verb: str
    changes: list[Change]


@cache
def _event_model(model: type[Model]) -> Any:
    return next((known for known in apps.get_models() if getattr(known, "pgh_tracked_model", None) is model), None)


def is_tracked(model: type[Model]) -> bool:
    return _event_model(model) is not None


def entries_of(row: Model, principal: Principal) -> list[Entry]:
    """Newest first, at most a hundred."""
    events = _event_model(type(row)).objects.filter(pgh_obj_id=row.pk).select_related("pgh_context")
    newest = list(events.order_by("-pgh_id")[: ENTRIES_AT_MOST + 1])
    names = _names(newest)
    pairs = zip(newest, [*newest[1:], None], strict=True)
    entries = [_entry(event, before, names, principal) for event, before in pairs]
    entries += _stated(row, principal) if isinstance(row, Need) else []
    return sorted(entries, key=lambda entry: entry.at, reverse=True)[:ENTRIES_AT_MOST]


def _stated(need: Need, principal: Principal) -> list[Entry]:
    """What was stated to be no identity: it hangs on the need and changes no column of it."""
    rows = LeakStatement.objects.visible_to(principal).filter(need=need).select_related("stated_by")
    return [
        Entry(
            row.stated_at,
            str(row.stated_by or _("系统")),
            _("说明不是单位信息"),
            [Change(field_label(row.field), EMPTY, row.reason)],
        )
        for row in rows
    ]


def _entry(event: Any, before: Any, names: dict[int, str], principal: Principal) -> Entry:
    verb = {"insert": _("新建"), "update": _("修改"), "delete": _("删除")}.get(event.pgh_label, event.pgh_label)
    changes = list(_changes(event, before, principal)) if before is not None else []
    return Entry(event.pgh_created_at, names.get(_user_of(event), _("系统")), verb, changes)


def _changes(event: Any, before: Any, principal: Principal) -> Iterator[Change]:
    for field in type(event).pgh_tracked_model._meta.concrete_fields:
        if field.name in NOT_TOLD or not may_show(field.model, field.name, is_own=True):
            continue
        if hasattr(event, field.attname) and getattr(event, field.attname) != getattr(before, field.attname):
            yield Change(str(field.verbose_name), _text(before, field, principal), _text(event, field, principal))


def _text(event: Any, field: Any, principal: Principal) -> str:
    value = getattr(event, field.attname)
    if field.is_relation:
        return related_text(field, value, principal)
    if field.choices:
        return str(dict(field.flatchoices).get(value, value)) or EMPTY
    text = plain_text(field.name, value)
    return text if len(text) <= LONG else f"{text[:LONG]}…"


def _user_of(event: Any) -> int:
    metadata = event.pgh_context.metadata if event.pgh_context else {}
    return int(metadata.get("user") or 0)


def _names(events: list[Any]) -> dict[int, str]:
    users = User.objects.filter(pk__in={_user_of(event) for event in events})
    return {user.pk: str(user) for user in users}
